"""Points by which a rate rose since a time whose rate is told, where today's stands elsewhere in the paragraph.

不合格率1.5%，余下98.5%合格…。上季度合格率为97.9%，本季度回升0.6个百分点: today's rate is told under its name or as what
its opposite leaves. Opposite rates beside each other (出租率88%，空置率12%) make all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, from_arabic, step
from ....rulebook import rules
from ..faults import points, rate_wrong
from ..text.quantities import plain
from ..text.sentences import passages

_NUMBER = r"\d+(?:\.\d+)?"
_SINCE = re.compile(
    rf"(?:上(?:一?(?:个)?(?:季度?|月|周|期|年|学期|半年))|去年|上年|年初|期初)(?:同期|末|底)?(?:的)?(?P<name>[一-鿿]{{2,4}})率(?:为|是|达到?)?(?P<base>{_NUMBER})%"
    rf"[，,](?:本[季月周期年]度?|今年|目前|现在|如今|当前|现)?(?P<way>回升|上升|提高|提升|升高|升了?|高了?|下降|降低|回落|下滑|降了?|低了?)(?:了)?(?P<points>{_NUMBER})个百分点"
)
_FALLS = re.compile(r"降|落|滑|低")
_NOT = ("不", "未", "非")
_OPPOSITE = re.compile(
    rf"(?P<one>[一-鿿]{{2,3}})率(?:为|是|达)?(?P<first>{_NUMBER})%[，,、]{{1,2}}(?P<two>[一-鿿]{{2,4}})率(?:为|是|达|仅)?(?P<second>{_NUMBER})%"
)
_PAIRS = (
    ("出租", "空置"),
    ("入住", "空置"),
    ("使用", "闲置"),
    ("出勤", "缺勤"),
    ("利用", "闲置"),
    ("到岗", "缺岗"),
)
_ALL = Decimal(100)


def check(document: Document) -> Iterator[Finding]:
    """Silent where today's rate is told in two ways, or nowhere."""
    for start, passage in passages(document):
        if "率" not in passage:
            continue
        said = folded(passage)
        for match in _SINCE.finditer(said):
            yield from _climbed(said, start, match)
        for match in _OPPOSITE.finditer(said):
            yield from _opposite(document, start, match)


def _climbed(said: str, start: int, match: re.Match[str]) -> Iterator[Finding]:
    base, told = from_arabic(match["base"]), from_arabic(match["points"])
    now: dict[Decimal, re.Match[str]] = {}
    name, before = match["name"], said[: match.start()]
    for form, leaves in ((name, False), *((each + name, True) for each in _NOT)):
        for each in re.finditer(rf"(?P<lead>.?){form}率(?:为|是|达到?)?(?P<rate>{_NUMBER})%", before):
            if not leaves and each["lead"] in _NOT:
                continue
            rate = from_arabic(each["rate"])
            now[_ALL - rate if leaves else rate] = each
    if len(now) != 1:
        return
    ((rate, place),) = now.items()
    falls = bool(_FALLS.search(match["way"]))
    right = base - rate if falls else rate - base
    if right <= 0 or abs(right - told) <= step(match["points"]) / 2:
        return
    here = Span(*match.span("points"))
    yield rate_wrong(said, start, here, Span(*place.span("rate")), Span(*match.span("base")), points(right))


def _opposite(document: Document, start: int, match: re.Match[str]) -> Iterator[Finding]:
    one, two = match["one"], match["two"]
    opposite = any(two == each + one or one == each + two for each in _NOT)
    opposite = opposite or any({one[-2:], two[-2:]} == set(pair) for pair in _PAIRS)
    summed = from_arabic(match["first"]) + from_arabic(match["second"])
    if not opposite or abs(summed - _ALL) <= max(step(match["first"]), step(match["second"])):
        return
    place = Span(start + match.start("first"), start + match.end("first") + 1)
    yield rules()["shares-not-whole"].finding(
        place.start,
        start + match.end("second") + 1,
        elsewhere=(Elsewhere(place, document.text[place.start : place.end]),),
        found=document.text[place.start : start + match.end("second") + 1],
        sum=f"{plain(summed)}%",
    )
