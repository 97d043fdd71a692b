"""The figures of a paper in their order, each with the words that stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ....document import Document
from ..text.quantities import Quantity, is_time, quantities
from ..text.sentences import sentences

_PEOPLE = frozenset("人名位")
BREAK = re.compile(r"[，,。；;：:（()）\n]")
LEAD, AFTER = 14, 10
"""What parts clauses, and the signs before and behind a figure that are read of its own."""
_MARK = re.compile(r"\s*(?:[（(]?\d{1,2}[)）、.．]|[（(]?[一二三四五六七八九十]{1,3}[)）、.．])\s*")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at `start` to `end` of the text, in single units; `step` is the worth of its last digit.

    `lead` and `after` stand before and behind it in its clause, `clause`, `sentence` and `paragraph` count those.
    """

    index: int
    start: int
    end: int
    value: float
    step: float
    unit: str
    about: bool
    han: bool
    written: str
    lead: str
    after: str
    mark: str
    clause: int
    sentence: int
    paragraph: int
    cell: bool

    @property
    def is_rate(self) -> bool:
        return self.unit == "%"

    @property
    def is_counted(self) -> bool:
        """Whether no one wrote it: see `tallies`."""
        return self.unit.startswith("#")


def figures(document: Document) -> list[Figure]:
    """Every amount and rate; an amount of a list whose unit the last one names (72万、58万、32万头) has that one."""
    return list(_figures(document))


def _figures(document: Document) -> Iterator[Figure]:
    index = clause = 0
    for number, sentence in enumerate(sentences(document)):
        text = sentence.plain
        read = list(quantities(text))
        units = _units(text, read)
        last = 0
        for each, unit in zip(read, units, strict=True):
            clause += len(BREAK.findall(text, last, each.start))
            last = each.start
            if not unit or (not each.value and unit != "%") or is_time(text, each):
                continue
            lead = text[max(each.start - LEAD, 0) : each.start]
            broken = [match.end() for match in BREAK.finditer(lead)]
            mark = lead[broken[-1] - 1] if broken else ("^" if each.start <= LEAD else "")
            lead = lead[broken[-1] :] if broken else lead
            after = BREAK.split(text[each.end : each.end + AFTER], maxsplit=1)[0]
            yield Figure(
                index,
                sentence.start + each.start,
                sentence.start + each.end,
                float(each.value),
                float(each.step),
                unit,
                each.about,
                each.han,
                text[each.start : each.number_end],
                _MARK.sub("", lead) if mark == "^" else lead,
                after,
                mark,
                clause,
                number,
                sentence.index,
                sentence.cell,
            )
            index += 1
        clause += 1 + len(BREAK.findall(text, last))


def _units(text: str, read: list[Quantity]) -> list[str]:
    """The unit of each; one that has none and stands in a list takes that of the next."""
    units = ["人" if each.unit in _PEOPLE else each.unit for each in read]
    for at in range(len(read) - 2, -1, -1):
        if units[at] or not units[at + 1]:
            continue
        between = text[read[at].end : read[at + 1].start]
        if len(between) < 12 and "、" in between and not re.search(r"[，。；：年月日时号]", between):
            units[at] = units[at + 1]
    return units
