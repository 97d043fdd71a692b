"""Numbers without their unit, and one measure told in two units that do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded
from ....rulebook import rules
from ....tabular import tables
from ..text.measured import MEASURES
from ..text.quantities import plain, quantities
from ..text.sentences import sentences
from ..text.spaced import spaced
from . import bare

_SAME = re.compile(
    r"^\s*(?:[（(]\s*(?:即|约|折合|合|约合|相当于|折)?|[，,]?\s*(?:折合|约合|合计为|即|合|相当于))\s*约?$"
)

# What a column counts in money, and what says in which.
_MONEY = re.compile(
    r"(?:[预概决估]算|计划|补助|补贴|申请|安排|投入|合计|总)?(?:金额|经费|费用|资金|投资额?|预算|概算|造价|总价|单价)"
)
_UNIT_TOLD = re.compile(r"单位[：:]|[（(/]\s*[万亿百千]?元\s*[)）/]|[万亿]元\s*$", re.MULTILINE)
_FIGURE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_NAME = 2
"""Signs behind a number that make a name with it."""
_ABOVE, _BELOW = 60, 40
"""Signs around a table in which its unit may be told."""


def check(document: Document) -> Iterator[Finding]:
    """Silent in tables, where the unit stands in the head."""
    whole = folded(document.text)
    myriads, doses = not bare.COUNTS_MYRIADS.search(whole), "单位" in whole and bare.counts_doses(whole)
    for sentence in sentences(document):
        if not sentence.figures or sentence.cell or "\t" in sentence.text or "|" in sentence.text:
            continue
        for start, end in bare.spans(sentence.plain, myriads=myriads, doses=doses):
            if _is_named(whole, sentence.plain, start, end):
                continue
            weighs = "权重" in sentence.plain[:start] and sentence.plain[start:end].startswith(("0.", "1"))
            mean = sentence.plain[:start].endswith("均") and any(
                each.unit for each in quantities(sentence.plain[:start])
            )
            if not weighs and not mean and not _goes_on(document, sentence.start + end):
                yield rules()["unit-missing"].finding(
                    sentence.start + start, sentence.start + end, found=sentence.plain[start:end]
                )
        yield from _conversions(sentence.plain, sentence.start)
    yield from _columns(document)


def _is_named(whole: str, said: str, start: int, end: int) -> bool:
    """1205钻井队, told again and again: a number of three or four digits that is the first part of a name."""
    name = said[start : end + _NAME]
    own = (
        end - start in (3, 4)
        and name.isalnum()
        and len(name) == end - start + _NAME
        and said[start:end].isdecimal()
    )
    return own and whole.count(name) > 1


def _columns(document: Document) -> Iterator[Finding]:
    """项目 | 金额 over bare numbers, where neither the table nor a line above it says in what they count."""
    for rows in (*tables(document), *spaced(document)):
        head, *body = rows
        first, last = head[0].start, body[-1][-1].end if body else head[0].start
        around = document.text[max(first - _ABOVE, 0) : last + _BELOW]
        if len(body) < 2 or _UNIT_TOLD.search(around):
            continue
        for at, cell in enumerate(head):
            below = [row[at].text.strip() for row in body if len(row) == len(head)]
            if (
                _MONEY.fullmatch("".join(cell.text.split()))
                and len(below) == len(body)
                and all(_FIGURE.fullmatch(folded(each)) for each in below)
            ):
                yield rules()["unit-missing"].finding(cell.start, cell.end, found=cell.text.strip())


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
        if one.unit not in MEASURES or two.unit not in MEASURES or one.unit == two.unit:
            continue
        if not _SAME.match(re.sub(r"约$", "", text[one.end : two.start])):
            continue
        (kind, first), (other, second) = MEASURES[one.unit], MEASURES[two.unit]
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
