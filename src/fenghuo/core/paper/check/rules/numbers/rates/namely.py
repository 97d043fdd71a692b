"""A rate and, right behind it, what it comes to: 完成总量的60%，即925户; and what is paid in parts that are all of it.

Silent where any amount before makes the rate. Else the whole is the one that would make it but for one slip of the
hand, or the one that another rate beside it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic, how_many, step
from ....rulebook import rules
from ..faults import rate_wrong
from ..text.quantities import Quantity, amounts_in, plain
from ..text.sentences import passages
from .ratios import slip

_NAMELY = re.compile(
    r"(?<![\d.])(?P<rate>\d+(?:\.\d+)?)%[，,（(]?(?:即|也就是|折合|合计?|计|约合|相当于)(?=\d)"
)
_GROWS = re.compile(r"增|降|减|升|涨|提高|超|多|少|上浮|下浮")
_PAID = re.compile(
    r"(?:拨付|支付|预付|付款|付给|兑付|兑现|发放|缴纳|缴存|拨给|付)(?!至|到|清|余)[^，。；：、%\d]{0,8}?(?P<rate>\d+(?:\.\d+)?)%"
)
_TIMES = re.compile(r"分(?P<many>[两二三四五2345])(?:次|期|批|笔|个?阶段)[^，。；]{0,8}(?:拨|付|兑|发|缴)")
_REST = re.compile(r"余款?|剩|尾款|质保|累计|至|其[余他]")
_CASES = 150
"""Parts that make so much are paid each in a case of its own: 优秀的支付100%，合格的支付80%."""
_CASE = re.compile(r"的[\u4e00-\u9fff]{0,2}$|以[上下]|不[足满到够]|[低高少多]于|[等档级次]$")
_AROUND = 40
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Namely:
    rate: Quantity
    amount: Quantity

    def fits(self, whole: Decimal) -> bool:
        return abs(self.amount.value / whole * _HUNDRED - self.rate.value) <= self.rate.step


def check(document: Document) -> Iterator[Finding]:
    """Rates told together with what they come to, and parts of a payment that miss a hundred."""
    told: list[Quantity] = []
    for start, passage in passages(document):
        said = folded(passage)
        counted = [each for each in amounts_in(said, start) if each.value]
        if "%" in said:
            wrong = []
            found = [one for match in _NAMELY.finditer(said) if (one := _read(said, start, match, counted))]
            for at, one in enumerate(found):
                before = [each for each in (*told[-_AROUND:], *counted) if each.end <= one.rate.start]
                wrong += _judged(document.text, one, before, found[max(at - 1, 0) : at + 2])
            yield from wrong or _paid(said, start)
        told += counted
        del told[:-_AROUND]


def _read(said: str, start: int, match: re.Match[str], counted: Sequence[Quantity]) -> _Namely | None:
    amount = next((each for each in counted if each.start == start + match.end()), None)
    clause = re.split(r"[，。；：（]", said[max(match.start() - 16, 0) : match.start()])[-1]
    rate = from_arabic(match["rate"])
    if amount is None or amount.about or _GROWS.search(clause) or not 0 < rate <= _HUNDRED:
        return None
    at = start + match.start("rate")
    end = start + match.end("rate")
    return _Namely(Quantity(at, end + 1, end, rate, step(match["rate"]), "%", False), amount)


def _judged(
    text: str, one: _Namely, before: Sequence[Quantity], near: Sequence[_Namely]
) -> Iterator[Finding]:
    alike = [each for each in before if each.unit == one.amount.unit and each.value >= one.amount.value]
    if any(one.fits(each.value) for each in alike):
        return
    others = [each for each in near if each is not one and each.amount.unit == one.amount.unit]
    if any(each.fits(one.amount.value / one.rate.value * _HUNDRED) for each in others):
        return  # of a whole that is not told: 预付30%，即36万元；到货付40%，即48万元
    alike = [each for each in alike if all(each.start != other.amount.start for other in others)]
    shared = [whole for whole in alike if any(other.fits(whole.value) for other in others)]
    for whole in (*reversed(shared), *reversed(alike)):
        if whole in shared or slip(one.amount, whole, one.rate, grows=False) or _typed(one, whole):
            right = one.amount.value / whole.value * _HUNDRED
            yield rate_wrong(text, 0, one.rate, one.amount, whole, f"{plain(round(right, 1))}%")
            return


def _typed(one: _Namely, whole: Quantity) -> bool:
    """Whether the amount makes another whole per cent: 925 of 1850 are 50%, not 60%."""
    right = one.amount.value / whole.value * _HUNDRED
    return not right % 5 and not one.rate.value % 5 and one.rate.step == 1


def _paid(said: str, start: int) -> Iterator[Finding]:
    """分两次拨付，开工后拨付60%，验收后拨付50%: as many parts as are announced, or more than all."""
    for sentence in re.finditer(r"[^。\n]+", said):
        parts = list(_PAID.finditer(sentence[0]))
        between = sentence[0][parts[0].start() : parts[-1].end()] if len(parts) > 1 else ""
        if not between or _REST.search(between) or _REST.match(sentence[0], parts[-1].end() + 1):
            continue
        if any("%" in between_ for between_ in _gaps(sentence[0], parts)):
            continue
        if _CASE.search(re.split(r"[，；：]", sentence[0][: parts[-1].start()])[-1]):
            continue  # 80分以上的支付90%，不足80分的支付70%
        times = _TIMES.search(sentence[0], 0, parts[0].start())
        summed = sum((from_arabic(each["rate"]) for each in parts), Decimal(0))
        announced = bool(times) and how_many(times["many"].replace("两", "二")) == len(parts)
        if _HUNDRED < summed < _CASES or (announced and summed < _HUNDRED):
            begin = start + sentence.start()
            span = Span(begin + parts[0].start("rate"), begin + parts[-1].end())
            yield rules()["shares-not-whole"].finding(
                span.start,
                span.end,
                found=sentence[0][parts[0].start("rate") : parts[-1].end()],
                sum=f"{plain(summed)}%",
            )


def _gaps(sentence: str, parts: Sequence[re.Match[str]]) -> Iterator[str]:
    return (sentence[one.end() : two.start()] for one, two in pairwise(parts))
