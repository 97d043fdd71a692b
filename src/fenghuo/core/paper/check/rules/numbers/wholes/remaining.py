"""What was done and what is left, of a whole that the paper told long before; and rates of such a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, from_arabic, step
from ....rulebook import rules
from ..faults import rate_wrong, total_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.sentences import passages
from ..text.slips import mended, slipped

_REST = re.compile(r"[^。；：\d]{0,16}[，,](?:其余|剩余|余下|剩下|另外)(?:的)?\s*")
_REST_OF = re.compile(
    r"[^。：；\d]{0,20}(?:占[^，。；\d]{0,10}(?P<share>\d+(?:\.\d+)?)%)?[，；](?:其余|剩余|余下|剩下)的?[^，。；\d]{0,6}"
)
_PAUSE = re.compile(r"[^。；]{0,50}")
_DONE = re.compile(r"已|完成|解决|整改|办结|治理|处置|修复|安置|转移|保障|落实|拆除|化解|销号|发放|签订|恢复")
_APART = re.compile(r"较|比(?!例)|每|均|同比|环比|新增|增加|减少|其中|约|占")
# 合计已整改84个，整改率89.4%
_RATE = re.compile(
    r"(?:合计|累计|共|现)?已?(?:完成)?(?P<verb>整改|办结|化解|治理|修复|销号|拆除|结案|处置)(?:完成|到位)?(?P<number>\d+)(?P<unit>[个件处起条项栋座户家])，(?P=verb)率(?:为|达|达到)?(?P<rate>\d+(?:\.\d+)?)%"
)
_FAR, _ENOUGH = 200, 100
"""Amounts before that are looked at, and what is left where a slip in it is no chance."""
_LEAST, _MOST = Decimal("0.8"), Decimal("1.25")


def check(document: Document) -> Iterator[Finding]:
    """Silent where any amount told before is the sum, or any makes the rate."""
    before: list[Quantity] = []
    for start, passage in passages(document):
        said = folded(passage)
        counted = amounts_in(said)
        for whole, done, rest in zip(counted, counted[1:], counted[2:], strict=False):
            yield from _left_of(said, start, counted, whole, done, rest)
        for at, (done, rest) in enumerate(pairwise(counted)):
            begin = said.rfind("。", 0, done.start)
            beside = at and counted[at - 1].unit == done.unit and counted[at - 1].start > begin
            if done.unit == rest.unit and not beside and _REST.fullmatch(said, done.end, rest.start):
                yield from _left(said, start, done, rest, before[-_FAR:], counted[:at])
        for match in _RATE.finditer(said):
            yield from _rate(said, start, counted, match)
        before += [each for each in counted if not each.about and not each.han]


def _left_of(
    said: str, start: int, counted: Sequence[Quantity], whole: Quantity, done: Quantity, rest: Quantity
) -> Iterator[Finding]:
    """概算186万元，我局承担74.4万元，占40%；其余111.6万元: a share may stand between, and the whole be called rough."""
    link = _REST_OF.fullmatch(said, done.end, rest.start)
    between = said[whole.end : done.start]
    if not link or len({whole.unit, done.unit, rest.unit}) > 1 or done.about or rest.about:
        return
    if not _PAUSE.fullmatch(between) or _APART.search(between) or whole.value <= done.value:
        return
    left = whole.value - done.value
    told = {each.value for each in counted if each.end <= done.start and each.unit == whole.unit}
    if (
        any(each - rest.value in (done.value, done.value + whole.value) for each in told)
        or left == rest.value
    ):
        return
    share = link["share"] and abs(done.value / whole.value * 100 - from_arabic(link["share"])) <= step(
        link["share"]
    )
    if share or slipped(left, rest.value, least=2):
        yield total_wrong(said, start, whole, [done, rest])


def _left(
    said: str,
    start: int,
    done: Quantity,
    rest: Quantity,
    above: Sequence[Quantity],
    before: Sequence[Quantity],
) -> Iterator[Finding]:
    """解决4900人饮水困难，其余1940人送水, of 6840人 told in another paragraph."""
    if done.about or rest.about:
        return
    clause = re.split(r"[，。；：]", said[max(done.start - 14, 0) : done.start])[-1]
    if not _DONE.search(clause) or _APART.search(clause):
        return
    summed = done.value + rest.value
    alike = [each for each in (*above, *before) if each.unit == done.unit]
    sums = accumulate((each.value for each in reversed(alike)), initial=Decimal(0))
    if any(each.value in (summed, done.value) for each in alike) or summed in sums:
        return
    meant = [
        each
        for each in alike
        if each.value > done.value
        and summed * _LEAST <= each.value <= summed * _MOST
        and (slipped(each.value, summed, least=2) or (rest.value >= _ENOUGH and mended(each, [done, rest])))
    ]
    if len({each.value for each in meant}) != 1:
        return
    if any(each is meant[-1] for each in before):
        yield total_wrong(said, start, meant[-1], [done, rest])
    else:
        yield rules()["total-wrong"].finding(
            start + rest.start,
            start + rest.end,
            elsewhere=(Elsewhere(Span(start + done.start, start + done.end), said[done.start : done.end]),),
            found=meant[0].told,
            sum=f"{summed}{done.unit}",
            parts=f"{said[done.start : done.end]} + {said[rest.start : rest.end]}",
        )


def _rate(said: str, start: int, counted: Sequence[Quantity], match: re.Match[str]) -> Iterator[Finding]:
    """反映问题94个，…。合计已整改84个，整改率89.4%: the whole stands sentences before."""
    done = next((each for each in counted if each.start == match.start("number")), None)
    sentence = max(said.rfind(sign, 0, match.start()) for sign in "。；") + 1
    wholes = [
        each
        for each in counted
        if done
        and each.end <= sentence
        and each.unit == done.unit
        and each.value >= done.value
        and not each.about
    ]
    if (
        done is None
        or not wholes
        or any(sentence <= each.start < done.start and each.unit == done.unit for each in counted)
    ):
        return
    told, slack = from_arabic(match["rate"]), step(match["rate"])
    rights = [round(done.value / each.value * 100, 1) for each in wholes]
    if any(abs(each - told) <= slack for each in rights):
        return
    for whole, right in zip(wholes, rights, strict=True):
        if slipped(right, told, least=2):
            yield rate_wrong(said, start, Span(match.start("rate"), match.end()), done, whole, f"{right}%")
            return
