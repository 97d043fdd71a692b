"""Numbers without their unit, and one measure told in two units that do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ...document import Document
from ...finding import Elsewhere, Finding, Span
from ...rulebook import rules
from . import bare
from .quantities import plain, quantities
from .sentences import sentences

# Each unit in its dimension's first; the mu is a fifteenth of a hectare.
_MEASURES: dict[str, tuple[str, Decimal]] = {
    "亩": ("area", Decimal(10000) / 15),
    "公顷": ("area", Decimal(10000)),
    "平方公里": ("area", Decimal(1000000)),
    "平方千米": ("area", Decimal(1000000)),
    "平方米": ("area", Decimal(1)),
    "公里": ("length", Decimal(1000)),
    "千米": ("length", Decimal(1000)),
    "里": ("length", Decimal(500)),
    "米": ("length", Decimal(1)),
    "厘米": ("length", Decimal("0.01")),
    "毫米": ("length", Decimal("0.001")),
    "吨": ("mass", Decimal(1000)),
    "公斤": ("mass", Decimal(1)),
    "千克": ("mass", Decimal(1)),
    "斤": ("mass", Decimal("0.5")),
    "克": ("mass", Decimal("0.001")),
    "小时": ("time", Decimal(60)),
    "分钟": ("time", Decimal(1)),
}
_SAME = re.compile(
    r"^\s*(?:[（(]\s*(?:即|约|折合|合|约合|相当于|折)?|[，,]?\s*(?:折合|约合|合计为|即|合|相当于))\s*约?$"
)


def check(document: Document) -> Iterator[Finding]:
    """Silent in tables, where the unit stands in the head."""
    for sentence in sentences(document):
        if not sentence.figures or sentence.cell or "\t" in sentence.text or "|" in sentence.text:
            continue
        for start, end in bare.spans(sentence.plain):
            if not _goes_on(document, sentence.start + end):
                yield rules()["unit-missing"].finding(
                    sentence.start + start, sentence.start + end, found=sentence.plain[start:end]
                )
        yield from _conversions(sentence.plain, sentence.start)


def _goes_on(document: Document, at: int) -> bool:
    """A number that ends its line may have its unit on the next."""
    rest = document.text[at : at + 3]
    if rest[:1] in ("?", "？", "!", "！"):
        return True  # such a sign in the midst of a number is noise
    return rest[:1] == "\n" and any(each.unit for each in quantities("1" + rest[1:]))


def _conversions(text: str, start: int) -> Iterator[Finding]:
    """15亩（1公顷）."""
    counted = quantities(text)
    for one, two in pairwise(counted):
        if one.unit not in _MEASURES or two.unit not in _MEASURES or one.unit == two.unit:
            continue
        if not _SAME.match(re.sub(r"约$", "", text[one.end : two.start])):
            continue
        (kind, first), (other, second) = _MEASURES[one.unit], _MEASURES[two.unit]
        if kind != other or not one.value:
            continue
        right = one.value * first / second
        about = one.about or two.about or "约" in text[one.end : two.start]
        slack = two.step / 2 + one.step * first / second / 2
        if about:
            slack = max(two.step, slack, right * Decimal("0.02"))
        if abs(right - two.value) > slack:
            yield rules()["units-disagree"].finding(
                start + two.start,
                start + two.end,
                elsewhere=(Elsewhere(Span(start + one.start, start + one.end), text[one.start : one.end]),),
                found=text[two.start : two.end],
                other=text[one.start : one.end],
                asked=f"{plain(round(right, 4))}{two.unit}",
            )
