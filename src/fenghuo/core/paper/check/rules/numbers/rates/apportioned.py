"""Shares told each beside its own amount, and two shares that leave nothing over between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic, step
from ....rulebook import rules
from ..faults import rate_wrong, total_wrong
from ..text.quantities import Quantity, plain, quantities
from ..text.sentences import passages
from ..text.slips import slipped
from ..wholes import complements
from ..wholes.breakdown import meant

_SHARE = re.compile(
    r"[，,（(]?\s*占(?:比|[\u4e00-\u9fff]{0,12}?的?)?(?:比[例重])?(?:约|近)?(?:为|达到?|到)?\s*(?P<number>\d+(?:\.\d+)?)\s*%"
)
_RESPECTIVELY = re.compile(
    r"(?:[两二三四五六七八][项类种级者部个]分?|各)?(?:占比)?分别(?:占(?:比)?[^，。；、%\d]{0,10}?(?:为)?)(?P<list>\d+(?:\.\d+)?%(?:[、，和]+\d+(?:\.\d+)?%)+)"
)
_PERCENT = re.compile(r"(?P<number>\d+(?:\.\d+)?)%")
_SENTENCE = re.compile(r"[^。！？\n]+")
# 5月至10月游客占全年的78%，11月至次年4月只占22%
_OF_TWO = re.compile(
    r"(?P<one>[^，。；、：%]{1,16}?)占(?P<of>[^，。；、%\d]{0,12}?)(?P<first>\d+(?:\.\d+)?)%[，；,;](?P<two>[^，。；、：%]{1,16}?)占(?P<same>[^，。；、%\d]{0,12}?)"
    r"(?P<second>\d+(?:\.\d+)?)%"
)
_MONTHS = re.compile(
    r"(?P<from>\d{1,2})(?:月份?)?\s*[至到—\-~～]\s*(?:次年|翌年|来年|第二年)?(?P<to>\d{1,2})月"
)
_REST = re.compile(r"其[他余它]|剩余|余下")
# Two shares that are all a sentence tells: 理论占60%，实操占40%.
_ALONE = re.compile(r"[\s　]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．])?[\s　]*")
_OF_BOTH = re.compile(
    r"[女男]|党员|本科|大专|学历|岁|以上|以下|其中|重点|少数民族|新增|困难|全[国省市县乡镇]|\d"
)
_ONLY = re.compile(r"(?:只|仅|则|却|才|约|为|比|的|全年|总[量数]|[仅只]有)")


@dataclass(frozen=True, slots=True)
class _Told:
    amount: Quantity
    share: Decimal
    step: Decimal
    start: int
    end: int

    def fits(self, whole: Decimal) -> bool:
        """Whether the share follows from the amount and this whole, rounded or cut off."""
        return bool(whole) and abs(self.amount.value / whole * 100 - self.share) < self.step


def check(document: Document) -> Iterator[Finding]:
    """Silent where no whole explains all but one of the shares."""
    for start, passage in passages(document):
        said = folded(passage)
        if said.count("%") < 2 or "占" not in said:
            continue
        for sentence in _SENTENCE.finditer(said):
            for listed in (_beside(said, sentence), *_aligned(said, sentence)):
                yield from _odd_one(said, start, listed)
            yield from _two(sentence[0], start + sentence.start(), said[: sentence.start()])


def _beside(said: str, sentence: re.Match[str]) -> list[_Told]:
    """930万元，占50%；372万元，占20%; 国控断面（3个，占16.7%）."""
    listed = []
    for amount in quantities(sentence[0], sentence.start()):
        match = _SHARE.match(said, amount.end, sentence.end())
        if match and amount.unit and amount.unit != "%" and not amount.about:
            listed.append(_told(amount, match["number"], match.start("number"), match.end()))
    return [each for each in listed if each.amount.unit == listed[0].amount.unit]


def _aligned(said: str, sentence: re.Match[str]) -> Iterator[list[_Told]]:
    """670万元、402万元、268万元，三项分别占50%、30%、20%."""
    for match in _RESPECTIVELY.finditer(said, sentence.start(), sentence.end()):
        shares = list(_PERCENT.finditer(said, match.start("list"), match.end("list")))
        before = [
            each
            for each in quantities(said[sentence.start() : match.start()], sentence.start())
            if each.unit and each.unit != "%"
        ][-len(shares) :]
        if len(before) == len(shares) and len({each.unit for each in before}) == 1:
            yield [
                _told(amount, share["number"], share.start(), share.end())
                for amount, share in zip(before, shares, strict=True)
            ]


def _told(amount: Quantity, number: str, start: int, end: int) -> _Told:
    return _Told(amount, from_arabic(number), step(number), start, end)


def _odd_one(said: str, start: int, listed: Sequence[_Told]) -> Iterator[Finding]:
    """One share that does not come from the whole which all the others come from."""
    if len(listed) < 2 or any(each.amount.about for each in listed):
        return
    summed = sum((each.amount.value for each in listed), Decimal(0))
    first = listed[0].amount
    wholes = [
        each.value
        for each in quantities(said[: first.start])
        if each.unit == first.unit and each.value >= max(told.amount.value for told in listed)
    ]
    if len(listed) > 2 or any(each.step < 1 and each.fits(summed) for each in listed):
        wholes.append(summed)
    best = max(wholes, key=lambda whole: sum(each.fits(whole) for each in listed), default=None)
    odd = [each for each in listed if best is not None and not each.fits(best)]
    filled = len(listed) > 1 and abs(sum((each.share for each in listed), Decimal(-100))) < 1
    if len(odd) == 1 and best != summed and filled:
        # The shares make a hundred, so that it is the amount beside the odd one that is wrong.
        parts = [each.amount for each in listed]
        whole = meant(said, quantities(said[: first.start]), parts, summed)
        if whole is not None:
            yield total_wrong(said, start, whole, parts)
            return
    if not odd and best == summed and abs(sum((each.share for each in listed), Decimal(-100))) < 1:
        # The shares come from the sum of the parts, so that the whole told before was meant for it.
        parts = [each.amount for each in listed]
        whole = meant(said, quantities(said[: first.start]), parts, summed)
        if whole is not None:
            yield total_wrong(said, start, whole, parts)
    if best is None or len(odd) != 1 or any(odd[0].fits(each) for each in wholes):
        return
    wrong = odd[0]
    whole, asked = f"{plain(best)}{wrong.amount.unit}", f"{wrong.amount.value / best * 100:.1f}%"
    beside = [Span(each.amount.start, each.end) for each in listed if each is not wrong]
    yield rate_wrong(said, start, wrong, wrong.amount, whole, asked, beside=beside)


def _two(said: str, start: int, before: str) -> Iterator[Finding]:
    """Two shares of one whole, of kinds or months that leave nothing over."""
    for match in _OF_TWO.finditer(said):
        one, two = match["one"], match["two"]
        alone = not match["of"] and not match["same"] and _ALONE.fullmatch(said.replace(match[0], ""))
        left = 100 - from_arabic(match["first"])
        alone = (
            alone and slipped(left, from_arabic(match["second"]), least=2) and not _OF_BOTH.search(one + two)
        )
        alone = alone and not (one in before and two in before)  # two of a list that was told
        elided = not _ONLY.sub("", match["same"]) or match["same"] == match["of"]
        summed = from_arabic(match["first"]) + from_arabic(match["second"])
        slack = max(step(match["first"]), step(match["second"]))
        if not elided or abs(summed - 100) <= slack or re.search(r"同比|增|降|率", one + two):
            continue
        if (
            alone
            or _year_round(one, two)
            or complements.opposed((one, two))
            or (summed > 100 and _REST.search(two))
        ):
            yield rules()["shares-not-whole"].finding(
                start + match.start("first"),
                start + match.end(),
                found=said[match.start("first") : match.end()],
                sum=f"{plain(summed)}%",
            )


def _year_round(one: str, two: str) -> bool:
    """Whether two spans of months are the whole year."""
    spans = [_MONTHS.search(each) for each in (one, two)]
    held: list[int] = []
    for span in spans:
        if span is None:
            return False
        first, last = int(span["from"]), int(span["to"])
        held += [(first - 1 + at) % 12 for at in range((last - first) % 12 + 1)]
    return sorted(held) == list(range(12))
