"""Numbered items and the line above or below them that tells what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ....outline import Mark
from ..faults import total_wrong
from ..text.quantities import Quantity, amounts_in, quantities
from ..text.runs import runs
from . import complements
from .breakdown import LEAST, MOST, meant

_COLON = re.compile(r"[：:]\s*$")
_MORE_IN_IT = re.compile(r"^[^。]{0,30}?(?:含|包括|另|其[中他它余]|不可预见|预备费)")
_IN_ALL = re.compile(
    r"\s*(?:以上|上述|该?项目|该?工程|本?项目|各项|建设|[两二三四五六七八九十]项)?(?:工程|项目|资金)?"
    r"(?:总投资|总概算|总预算|总经费|总费用|总造价|概算总投资|计划总投资|估算总投资|预算总额|资金总额|投资总额|合计|共计|总计)(?:资金|投资|费用|经费)?[为是：:]?"
)


def check(document: Document) -> Iterator[Finding]:
    """Silent where any amount of the line is the sum of the items."""
    yield from _numbered(document)
    yield from _summed_below(document)


def _numbered(document: Document) -> Iterator[Finding]:
    """全县作业面积62万亩。, and under it 1.翻埋还田38万亩 2.碎混还田24万亩."""
    for lead, siblings in runs(document):
        above = document.paragraphs[lead]
        said = folded(document.said(above))
        counted = [each for each in amounts_in(said) if not each.han]
        for unit in dict.fromkeys(each.unit for each in counted):
            rows = [_head(document, mark, unit) for mark in siblings]
            held = [row for row in rows if row is not None]
            if len(held) < len(rows):
                continue
            parts = [part for _, part in held]
            closed = _alike([label for label, _ in held]) or (len(parts) > 2 and _COLON.search(said))
            if not closed or any(part.about for part in parts):
                continue
            summed = sum((part.value for part in parts), Decimal(0))
            whole = meant(said, counted, parts, summed)
            if whole is not None and not whole.about:
                start, end = above.start + whole.start, above.start + whole.end
                yield total_wrong(document.text, 0, replace(whole, start=start, end=end), parts)


def _alike(labels: Sequence[str]) -> bool:
    return complements.partition(labels) or complements.kin(labels)


def _head(document: Document, mark: Mark, unit: str) -> tuple[str, Quantity] | None:
    """An item's label and the only amount of a unit that its first clause tells."""
    own = document.paragraphs[mark.index]
    said = folded(document.text[mark.end : own.end])
    clause = re.split(r"[，。；：,;]", said)[0]
    amounts = [each for each in quantities(clause, mark.end) if each.unit == unit]
    if len(amounts) != 1:
        return None
    return document.text[mark.end : amounts[0].start].strip("　 的为"), amounts[0]


def _summed_below(document: Document) -> Iterator[Finding]:
    """1.新建水厂，投资820万元 2.改造管网，投资560万元, and under them 工程总投资1380万元."""
    for _, siblings in runs(document):
        index = siblings[-1].index + 1
        if index >= len(document.paragraphs):
            continue
        below = document.paragraphs[index]
        said = folded(document.said(below))
        lead = _IN_ALL.match(said)
        total = next((each for each in quantities(said) if lead and each.start == lead.end()), None)
        if total is None or total.unit != "元" or total.about or _MORE_IN_IT.search(said[total.end :]):
            continue
        rows = [
            [
                each
                for each in quantities(
                    document.text[mark.end : document.paragraphs[mark.index].end], mark.end
                )
                if each.unit == "元"
            ]
            for mark in siblings
        ]
        if any(len(row) != 1 or row[0].about for row in rows):
            continue
        parts = [row[0] for row in rows]
        summed = sum((each.value for each in parts), Decimal(0))
        if summed != total.value and total.value * LEAST <= summed <= total.value * MOST:
            start, end = below.start + total.start, below.start + total.end
            yield total_wrong(document.text, 0, replace(total, start=start, end=end), parts)
