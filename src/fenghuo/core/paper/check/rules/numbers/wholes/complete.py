"""Lists that are surely whole, beside how many they are said to hold.

A list is whole where its amounts make an amount told before it (874家，分布在6个社区，其中甲236家、乙181家、…), or
where it names the first or last of an order (前五名为：…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, how_many
from ..faults import counts_differ
from ..text.quantities import Quantity, quantities
from ..text.sentences import passages

_MOST = 15
_LEAST = 3
_MANY = r"(?P<many>\d{1,2}|[一二两三四五六七八九十]{1,2})"
_BETWEEN = re.compile(r"[、，]?(?:和|及|以及)?[\u4e00-\u9fff“”]{2,12}")
_KINDS = re.compile(
    rf"(?<![\d.第前后每])(?P<found>{_MANY}(?:个(?=(?P<noun>[\u4e00-\u9fff]{{1,4}}))|类|种|大类|方面))"
)
_GENERAL = re.compile(r"(?:乡镇|镇街|县区|县市|部门|行业|类别|方面|环节|渠道|区域|片区|领域|品种|档次|等级)")
_OPEN = re.compile(r"等|其余|其他各|部分|约|主要")
_ORDER = re.compile(
    rf"(?<![\u4e00-\u9fff]以)(?P<found>[前后]{_MANY}[名位])(?:的)?[\u4e00-\u9fff]{{0,8}}?(?:分别为|分别是|依次为|依次是|为|是)[：:]?(?P<list>[^。；\n：:]{{4,160}})"
)
_NAMED = re.compile(r"^[\u4e00-\u9fff]{2,14}(?:[（(]?\d+(?:\.\d+)?(?:分|%|[\u4e00-\u9fff]{1,3})?[)）]?)?$")
_TIED = re.compile(r"并列|同分|等")


def check(document: Document) -> Iterator[Finding]:
    """Silent where the list may leave something out."""
    for start, passage in passages(document):
        said = folded(passage)
        if "、" not in said:
            continue
        yield from _adding_up(said, start)
        yield from _first_of(said, start)


def _adding_up(said: str, start: int) -> Iterator[Finding]:
    counted = [each for each in quantities(said) if each.unit and each.unit != "%"]
    for at, listed in _lists(said, counted):
        whole = next(
            (
                each
                for each in reversed(counted[:at])
                if each.unit == listed[0].unit and each.value == sum((q.value for q in listed), Decimal(0))
            ),
            None,
        )
        if whole is None:
            continue
        between = said[whole.end : listed[0].start]
        first = re.split(r"[，：、]|其中", between)[-1]
        head = between[: len(between) - len(first)]
        if re.search(r"[。；]", head) or _OPEN.search(head):
            continue
        labels = [
            first,
            *(re.sub(r"^[、，]?(?:和|及|以及)?", "", said[a.end : b.start]) for a, b in pairwise(listed)),
        ]
        for match in _KINDS.finditer(head):
            many = how_many(match["many"])
            noun = match["noun"] or ""
            of_kind = not noun or _GENERAL.match(noun) or all(each.endswith(noun[:2]) for each in labels)
            if of_kind and 2 <= many <= _MOST and many != len(listed):
                span = Span(start + listed[0].start - len(first), start + listed[-1].end)
                yield _fault(
                    said,
                    start,
                    (whole.end + match.start("found"), whole.end + match.end("found")),
                    span,
                    len(listed),
                )


def _lists(said: str, counted: list[Quantity]) -> Iterator[tuple[int, list[Quantity]]]:
    """Runs of amounts of one unit with nothing but names between them, and where they begin."""
    at = 0
    while at < len(counted):
        end = at + 1
        while (
            end < len(counted)
            and counted[end].unit == counted[at].unit
            and _BETWEEN.fullmatch(said[counted[end - 1].end : counted[end].start])
            and said[counted[end - 1].end] in "、和及以"
        ):
            end += 1
        if end - at >= _LEAST and not any(each.about for each in counted[at:end]):
            yield at, counted[at:end]
        at = end


def _first_of(said: str, start: int) -> Iterator[Finding]:
    """前五名为：甲县98.7分、乙县98.3分、丙县97.9分."""
    for match in _ORDER.finditer(said):
        words = re.split(r"，", match["list"])[0]
        items = [part for each in words.split("、") for part in _pieces(each)]
        many = how_many(match["many"])
        if not 2 <= len(items) <= _MOST or many == len(items) or _TIED.search(match["list"]):
            continue
        if all(_NAMED.match(each.strip()) for each in items):
            at = start + match.start("list")
            yield _fault(said, start, match.span("found"), Span(at, at + len(words)), len(items))


def _pieces(item: str) -> list[str]:
    """甲县98分和乙县97分 are two; 餐饮和住宿874件 is one, with one amount."""
    pieces = re.split(r"和|以及", item)
    told = [bool(re.search(r"\d", each)) for each in pieces]
    return pieces if all(told) or not any(told) else [item]


def _fault(said: str, start: int, found: tuple[int, int], other: Span, count: int) -> Finding:
    there = Elsewhere(other, said[other.start - start : other.end - start])
    return counts_differ(said, start, Span(*found), there, other=f"{count}")
