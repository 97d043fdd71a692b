"""What the words and places around figures say for one way in which they may belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log10

from ....document import Document
from .candidates import Candidate
from .figures import Figure
from .figures import figures as read
from .slips import significant
from .tallies import SORTS as TALLIES
from .tallies import tallies

_CUES = tuple(
    re.compile(each)
    for each in (
        r"共(?![同享建治管])|合计|总计|累计|总共|小计",
        r"总",
        r"其中|含|包括",
        r"[各每]",
        r"均",
        r"占|比重|比例",
        r"增长|上升|增加|提高|增幅|新增|多|增",
        r"下降|减少|降低|降|缩短|少",
        r"剩|余|尚|还|未|没|待",
        r"分别|依次",
        r"[由从]",
        r"[至到]",
        r"[为达]",
        r"比|较|同期|去年|上年",
        r"计划|任务|目标|预算|拟|应",
        r"完成|已|实际",
        r"全[部县镇乡市区村体年]|所有|上述|以上|这|该|前述",
        r"率$|率[为达仅]",
        r"即|也就是|相当于",
        r"[对将把]",
        r"的$",
        r"[另外再]",
        r"[和与及、]$",
        r"^$",
        r"按|以|标准",
        r"涉及|出动|组织|开展",
        r"其余|其他|其它",
        r"、",
    )
)
_BEHIND = tuple(
    re.compile(each)
    for each in (
        r"^$",
        r"^的",
        r"^[均全都]",
        r"^[和与及、]",
        r"^中",
        r"中|内",
        r"[/／每]",
        r"^以|^左右|^余",
        r"合计|共",
        r"增|升|降|减",
        r"[已未须应将]",
        r"^[\u4e00-\u9fff]{2}",
    )
)
_MARKS = "^，、；：（"
_SORTS = (
    frozenset("%"),
    frozenset(("元",)),
    frozenset(("亩", "公顷", "平方公里", "平方米", "公里", "千米", "米", "吨", "公斤", "立方米")),
    frozenset("人户"),
    frozenset(("天", "小时", "分钟", "场", "次", "期", "起", "班")),
)
"""Units of one sort: rates, money, what is measured, people and households, what happens or lasts."""
_SORT = {unit: float(at) for at, units in enumerate(_SORTS) for unit in units} | {
    sort: float(len(_SORTS) + 1 + at) for at, sort in enumerate(TALLIES)
}


@dataclass(frozen=True, slots=True)
class Context:
    """What is told of all figures of a paper together."""

    figures: Sequence[Figure]
    tallies: Sequence[Figure]
    by_unit: Counter[str]
    told: Counter[tuple[str, float]]
    sentences: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, document: Document) -> Context:
        figures = read(document)
        spans: dict[int, tuple[int, int]] = {}
        for each in figures:
            low, high = spans.get(each.sentence, (each.index, each.index))
            spans[each.sentence] = min(low, each.index), max(high, each.index)
        return cls(
            figures,
            tallies(document, figures),
            Counter(each.unit for each in figures),
            Counter((each.unit, each.value) for each in figures),
            spans,
        )

    def bounds(self, figure: Figure) -> tuple[int, int]:
        """The first and the last figure of the sentence that one stands in."""
        return self.sentences.get(figure.sentence, (figure.index, figure.index))


def sort_of(figure: Figure) -> float:
    """What sort of thing its unit tells of."""
    return _SORT.get(figure.unit, float(len(_SORTS)))


def _cues(figure: Figure) -> list[float]:
    return [1.0 if each.search(figure.lead) else 0.0 for each in _CUES] + [
        1.0 if each.search(figure.after) else 0.0 for each in _BEHIND
    ]


class Cued:
    """Cues of each figure, read once."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, int], list[float]] = {}

    def __getitem__(self, figure: Figure) -> list[float]:
        place = figure.start, figure.end
        if place not in self._held:
            self._held[place] = _cues(figure)
        return self._held[place]


@lru_cache(maxsize=16384)
def _common(one: str, two: str) -> float:
    """The longest stretch that stands in both."""
    best = 0
    for at in range(len(one)):
        while at + best < len(one) and one[at : at + best + 1] in two:
            best += 1
    return float(best)


def _mark(figure: Figure) -> float:
    return float(_MARKS.find(figure.mark)) if figure.mark else -1.0


def _place(told: Figure, each: Figure) -> list[float]:
    return [
        float(told.index - each.index),
        float(told.clause - each.clause),
        float(told.sentence - each.sentence),
        float(told.paragraph - each.paragraph),
    ]


_EMPTY = [0.0] * (len(_CUES) + len(_BEHIND))


def features(candidate: Candidate, context: Context, cued: Cued) -> list[float]:
    """The row of numbers that a forest of the first kind is asked: nothing in it tells what the figure itself is."""
    told, of = candidate.told, candidate.of
    first, last = of[0], of[-1]
    second = of[1] if len(of) > 1 else None
    row = [
        float(len(of)),
        sort_of(told),
        significant(candidate.right),
        log10(max(candidate.right, 1e-3)),
        _mark(told),
        _mark(first),
        _mark(last),
        float(told.about),
        float(any(each.about for each in of)),
        float(told.han),
        float(any(each.han for each in of)),
        float(told.unit == first.unit),
        float(first.unit == last.unit),
        float(context.by_unit[told.unit]),
        float(told.cell or first.cell),
        *_place(told, first),
        *_place(told, last),
        # whether it stands at the end or the beginning of its sentence
        float(context.sentences[told.sentence][1] - told.index),
        float(told.index - context.sentences[told.sentence][0]),
        float(context.bounds(last)[1] - last.index),
        float(first.index - context.bounds(first)[0]),
        sort_of(first),
        float(max(told.start - first.end, first.start - told.end, 0)),
        float(told.start > first.start),
        float(len(told.unit)),
        _common(told.lead, first.lead),
        _common(told.lead, first.after),
        _common(told.after, first.after),
        _common(told.after, first.lead),
        float(told.lead[-2:] == first.lead[-2:]),
        float(told.after[:2] == first.after[:2]),
        float(len(told.after)),
        float(len(told.lead)),
        float(len(first.after)),
        float(len(first.lead)),
    ]
    if second is not None:
        row += [
            _common(told.lead, second.lead),
            _common(first.lead, second.lead),
            _common(first.after, second.after),
            float(first.lead[-2:] == second.lead[-2:]),
            sort_of(second),
            *_place(told, second),
            _mark(second),
            log10(max(second.value, 1e-3)),
        ]
        inner = of[1:] if candidate.kind == "rest" and len(of) > 2 else of
        apart = [two.index - one.index for one, two in pairwise(inner)]
        row += [
            float(sum(one.mark == two.mark for one, two in pairwise(inner))) / max(len(inner) - 1, 1),
            float(max((two.clause - one.clause for one, two in pairwise(inner)), default=0)),
            float(max(apart, default=0)),
            float(max(apart[1:], default=0)),
            float(sum(len(each.after) > 0 for each in inner)) / len(inner),
            max(each.value for each in inner) / max(candidate.right, 1e-9),
            float(last.paragraph - first.paragraph),
        ]
    else:
        row += [0.0] * 18
    row += cued[told]
    row += cued[first]
    row += cued[second] if second is not None else _EMPTY
    row += cued[last] if len(of) > 2 else _EMPTY
    return row
