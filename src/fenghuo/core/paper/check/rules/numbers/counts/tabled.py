"""An amount of the text beside the last sum of the table it leads to: 完成5800亩，情况见下表, and 合计 … 5200."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic
from ..faults import counts_differ
from ..text.quantities import quantities
from ..text.slips import slipped

_SUM = re.compile(
    r"^[ 　]*(?:合计|总计|共计|总数)[ 　\t|｜]+(?:[\d.,—/\-]+[ 　\t|｜]+)*(?P<sum>\d[\d,]*(?:\.\d+)?)[ 　\t|｜]*$",
    re.M,
)
_SUMMED = re.compile(r"(?:计|总数|总量|总额)[）)\s　|｜]*$")
_LEADS = re.compile(r"[见如](?:[下附]|以下|附件|后附)?[^，。；]{0,6}表")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_ABOVE, _ROWS = 500, 60
"""Characters of text before a table in which what it shows is told, and rows of a table at the most."""
_NEAR = 5
"""An amount that differs by more than the fifth part is another."""


def check(document: Document) -> Iterator[Finding]:
    """Silent where the sum is told in the text, or more than one amount may be meant."""
    text = folded(document.text)
    for match in _SUM.finditer(text):
        top = _top(text, match.start())
        head, figures = text[top : text.find("\n", top)], match[0].split()
        if "元" in head:
            continue  # 金额（万元）: amounts of the text are told with their unit, a column's are not
        if len(figures) > 2 and not _SUMMED.search(head):
            continue
        value = from_arabic(match["sum"])
        shown = set(_FIGURE.findall(text[top : match.end()]))
        if not value or match["sum"] in _FIGURE.findall(text[:top] + text[match.end() :]):
            continue
        low = max(top - _ABOVE, 0)
        near = [
            each
            for each in quantities(text[low:top], low)
            if each.unit not in ("", "%")
            and not each.about
            and text[each.start : each.number_end] not in shown
            and abs(each.value - value) * _NEAR <= value
        ]
        if len(near) == 1 and (_LEADS.search(text, near[0].end, top) or slipped(near[0].value, value)):
            yield counts_differ(document.text, 0, near[0], Span(match.start("sum"), match.end("sum")))


def _top(text: str, at: int) -> int:
    """Where the lines above a sum begin that are no sentences."""
    for _ in range(_ROWS):
        above = text.rfind("\n", 0, max(at - 1, 0)) + 1
        line = text[above : at - 1]
        if at <= 0 or not _FIGURE.search(line) or "。" in line:
            return above if line.strip() and "。" not in line and above < at else at
        at = above
    return at
