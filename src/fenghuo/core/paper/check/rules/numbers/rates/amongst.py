"""Shares of parts that make their whole between them, one of which does not fit the others.

960人，占48%，1040人，占52% (of all of them together); 小麦8.4万吨、稻谷5.6万吨，分别占六成和四成;
不合格率1.5%，余下98.5%合格;
选“很满意”的46%，“较满意”38%，“一般”11%，“不满意”5%.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, from_arabic
from ....rulebook import rules
from ..faults import rate_wrong
from ..text.magnitudes import Magnitude, figures, magnitudes, roughly
from ..text.quantities import Quantity, plain
from ..text.sentences import begin_of, passages
from .fractions import BARE

_NEXT = re.compile(r"[^。；\d%]{0,16}[，,；、][^。；\d%]{0,14}")
_RESPECTIVELY = re.compile(r"[，,]?(?:[一-鿿]{0,6})分别(?:约?占(?:[一-鿿]{1,8}的)?|为|约为|占比)(?:了)?$")
_LISTED = re.compile(r"[、，和及与]{1,2}[^，。；、\d]{1,10}")
_AND = re.compile(r"[、，和及与]{1,2}")
_REST = re.compile(
    r"(?P<one>\d+(?:\.\d+)?)%[，,、；]?(?:余下|其余|剩下|剩余|另外|另有|余者|其他)(?:的|部分|均|则|约|为|占|都|有)*(?P<rest>\d+(?:\.\d+)?)%"
)
_CHOSEN = re.compile(r"“[^“”]{1,12}”(?:的|为|占|者|人数)*(?:占|有)?(?P<share>\d+(?:\.\d+)?)%(?:的人)?")
_MANY_CHOICES = re.compile(r"多选|可选|多项|不定项|分别|同比|增长|下降|比[上去]|提高|率")
_GROWS = re.compile(r"增|降|减|升|较|比|同期|率")
_HUNDRED = Decimal(100)
_MOST = Decimal(130)
_SMALL = Decimal("0.55")
_FEWEST = 3


def check(document: Document) -> Iterator[Finding]:
    """Silent where more than one share of several does not fit."""
    for start, passage in passages(document):
        if not re.search("[%％成之]", passage):
            continue
        said = folded(passage)
        told = magnitudes(said)
        if told:
            counted = [each for each in figures(said) if not each.about]
            yield from _in_a_row(said, start, counted, told)
            yield from _respectively(said, start, counted, told)
        yield from _rests(document, said, start)
        yield from _choices(document, said, start)


def _in_a_row(
    said: str, start: int, counted: Sequence[Quantity], told: Sequence[Magnitude]
) -> Iterator[Finding]:
    """Counts with a share behind each, all of one unit, told one after the other."""
    pairs: list[tuple[Quantity, Magnitude]] = []
    for each in told:
        at = bisect_right(counted, each.start, key=lambda one: one.end)
        before = counted[max(at - 1, 0) : at]
        if (
            before
            and "占" in (link := said[before[0].end : each.start])
            and BARE.fullmatch(link)
            and not each.times
        ):
            pairs.append((before[0], each))
    run: list[tuple[Quantity, Magnitude]] = []
    for one, two in pairwise([*pairs, None]):
        run.append(one)
        if two and two[0].unit == one[0].unit and _NEXT.fullmatch(said, one[1].end, two[0].start):
            continue
        yield from _judged(said, start, run, whole_told=_told_whole(said, counted, run))
        run = []


def _told_whole(said: str, counted: Sequence[Quantity], run: Sequence[tuple[Quantity, Magnitude]]) -> bool:
    return bool(_GROWS.search(said[run[0][0].start : run[-1][1].end]))


def _judged(
    said: str, start: int, run: Sequence[tuple[Quantity, Magnitude]], *, whole_told: bool
) -> Iterator[Finding]:
    """The one share of several that the sum of all does not make."""
    if len(run) < 2 or whole_told:
        return
    whole = sum((each.value for each, _ in run), Decimal(0))
    if not whole:
        return
    rights = [each.value / whole * _HUNDRED for each, _ in run]
    wrong = [
        at
        for at, ((part, told), right) in enumerate(zip(run, rights, strict=True))
        if not told.holds(right, roughly(right, part))
    ]
    if len(wrong) != 1:
        return
    (at,) = wrong
    part, told = run[at]
    beside = [part, *(each for each, _ in run if each is not part)]
    yield rate_wrong(said, start, told, part, plain(whole), f"{rights[at]:.1f}%", beside=beside)


def _respectively(
    said: str, start: int, counted: Sequence[Quantity], told: Sequence[Magnitude]
) -> Iterator[Finding]:
    for at, each in enumerate(told):
        lead = said[max(each.start - 20, 0) : each.start]
        if "分别" not in lead:
            continue
        before = counted[: bisect_right(counted, each.start, key=lambda one: one.end)]
        if not before or not _RESPECTIVELY.fullmatch(said, before[-1].end, each.start):
            continue
        row = [each]
        for later in told[at + 1 :]:
            if not _AND.fullmatch(said, row[-1].end, later.start):
                break
            row.append(later)
        parts = before[-len(row) :]
        low = begin_of(said, each.start)
        if len(row) < 2 or len(parts) != len(row) or parts[0].start < low:
            continue
        listed = all(
            _LISTED.fullmatch(said, one.end, two.start) and one.unit == two.unit
            for one, two in pairwise(parts)
        )
        if listed and not any(one.times for one in row):
            yield from _judged(said, start, list(zip(parts, row, strict=True)), whole_told=False)


def _rests(document: Document, said: str, start: int) -> Iterator[Finding]:
    """不合格率1.5%，余下98.5%合格: the two make all."""
    for match in _REST.finditer(said):
        begin = begin_of(said, match.start())
        before = said[begin : match.start()]
        one, rest = from_arabic(match["one"]), from_arabic(match["rest"])
        if "%" in before[-30:] or "%" in said[match.end() : match.end() + 12] or one + rest == _HUNDRED:
            continue
        if _GROWS.search(before[-12:].replace("率", "")):
            continue
        yield _not_whole(document, said, start, [match.span("one"), match.span("rest")], one + rest)


def _choices(document: Document, said: str, start: int) -> Iterator[Finding]:
    """Answers in quotation marks of which each is one alone: no more than all chose any."""
    run: list[re.Match[str]] = []
    for match in (*_CHOSEN.finditer(said), None):
        if match and (not run or re.fullmatch(r"[，,、；和]{1,2}", said[run[-1].end() : match.start()])):
            run.append(match)
            continue
        shares = [from_arabic(each["share"]) for each in run]
        summed = sum(shares, Decimal(0))
        if len(run) >= _FEWEST and _HUNDRED + _SMALL < summed < _MOST:
            begin = begin_of(said, run[0].start())
            if not _MANY_CHOICES.search(said[begin : run[0].start()]):
                yield _not_whole(document, said, start, [each.span("share") for each in run], summed)
        run = [match] if match else []


def _not_whole(
    document: Document, said: str, start: int, spans: Sequence[tuple[int, int]], summed: Decimal
) -> Finding:
    last = spans[-1][1]
    places = [Span(start + one, start + two + 1) for one, two in spans]
    return rules()["shares-not-whole"].finding(
        start + spans[0][0],
        start + last + 1,
        elsewhere=tuple(Elsewhere(each, document.text[each.start : each.end]) for each in places[:-1]),
        found=said[spans[0][0] : last + 1],
        sum=f"{plain(summed)}%",
    )
