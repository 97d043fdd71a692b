"""Two figures of one unit that only a slip parts, with a word beside both that stands beside no other figure.

The words are not weighed: that two digits are exchanged between two figures that share a word of their own happens
to hardly one clean paper in a hundred. Where a figure stands first in its clause before what was counted (4座在建危桥,
and 在建5座), it is known, and any number near it will do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Finding, Span
from ....words import words
from ..faults import counts_differ
from ..text.counted import OF_ALL
from ..text.quantities import Quantity, is_time, plain, quantities
from ..text.sentences import Sentence, sentences
from ..text.slips import exchanged

_LEAD, _BEHIND = 12, 10
"""Characters before and behind a figure that are compared."""
_INNER = 4
_SHORTEST, _NAME = 2, 3
"""Characters of a word of its own, and of one by which a thing is known."""
_MANY = 3
"""Digits of two figures that hardly any paper tells of two things when they are exchanged."""
_REACH = 60
"""Figures of one unit before each that it is compared with."""
_LEAST, _NEAR = Decimal(3), Decimal("0.4")
_RATES = frozenset(("%", "个百分点", "年", "月", "日"))
_COMMON = frozenset(("人", "名", "人次"))
"""What so much is counted in that any two figures may happen to be exchanged."""
_PEOPLE = frozenset("人名位")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_HEAD = re.compile(r"[\u4e00-\u9fff]{2,8}$")
_OTHER_TIME = re.compile(
    r"去年|上年|同期|往年|计划|目标|任务|预算|(?<![模虚])拟|新增|每|其余|剩余|其中|新建|再"
)
_NEW = re.compile(r"购置|购买|采购|新购|配备|添置|增[设配置]|补充$")
_SORT = re.compile(r"(?:支出|收入|基金|贷款|债[券务]|补[助贴]|奖[金励]|投资|预算|[费税款])$")
"""What sort of money an amount is: 农林水支出 is no 农林水发展基金."""
_SUM = re.compile(r"[合累共总]计|以上")
_LAST_YEAR = re.compile(r"去年|上年|同期|往年")
_NEXT = re.compile("[，、；]")
_CLAUSES = 40
"""Characters before a figure in which its time is told."""
_FIRST = re.compile(r"(?:^|[，。：；（])(?:\d{1,2}[.、．]|[对将把为]|[（(][一二三四五六七八九十]+[)）])?$")


@dataclass(frozen=True, slots=True)
class _Figure:
    """`lead` and `after` stand in its sentence before and behind it; `first` is true where it opens its clause."""

    quantity: Quantity
    sentence: Sentence
    lead: str
    after: str
    first: bool

    @property
    def value(self) -> Decimal:
        return self.quantity.value

    @property
    def span(self) -> Span:
        return Span(self.sentence.start + self.quantity.start, self.sentence.start + self.quantity.end)

    @property
    def said_before(self) -> str:
        return self.sentence.plain[max(self.quantity.start - _CLAUSES, 0) : self.quantity.start]

    @property
    def outer(self) -> str:
        return f"{self.lead}|{self.after}"

    @property
    def inner(self) -> str:
        return f"{self.lead[-_INNER:]}|{self.after[:_INNER]}"

    def beside(self, word: str) -> bool:
        """Whether it stands in its clause: what comes after a comma is what the next one is called."""
        return word in self.lead or word in _NEXT.split(self.after)[0]

    @property
    def clauses(self) -> str:
        """What stands in its clause and the one behind, figures and all."""
        text = self.sentence.plain
        start = text.rfind("，", 0, self.quantity.start) + 1
        return text[start : self.quantity.start] + "|" + "，".join(text[self.quantity.end :].split("，")[:2])


def check(document: Document) -> Iterator[Finding]:
    """Silent where both figures are told again, or make a third that is told."""
    by_unit: dict[str, list[_Figure]] = {}
    for sentence in sentences(document):
        if sentence.figures and not sentence.cell:
            for each in _figures(sentence):
                unit = each.quantity.unit
                by_unit.setdefault("人" if unit in _PEOPLE else unit, []).append(each)
    for alike in by_unit.values():
        for at, later in enumerate(alike):
            near = alike[max(at - _REACH, 0) : at + _REACH]
            told = Counter(each.quantity.value for each in near)
            for first in alike[max(at - _REACH, 0) : at]:
                if _differ(first, later, near, told):
                    yield _fault(document, first, later)
                    break


def _figures(sentence: Sentence) -> Iterator[_Figure]:
    text = sentence.plain
    counted = quantities(text)
    ends = [0, *(each.end for each in counted)]
    starts = [*(each.start for each in counted), len(text)]
    for each, before, behind in zip(counted, ends, starts[1:], strict=False):
        if (
            each.unit
            and each.unit not in _RATES
            and not each.about
            and not each.han
            and each.value > 1
            and not is_time(text, each)
        ):
            yield _Figure(
                each,
                sentence,
                text[max(each.start - _LEAD, before) : each.start],
                text[each.end : min(each.end + _BEHIND, behind)],
                bool(_FIRST.search(text[: each.start][-14:])),
            )


def _differ(first: _Figure, later: _Figure, near: Sequence[_Figure], told: Counter[Decimal]) -> bool:
    one, two = first.value, later.value
    if one == two or first.sentence is later.sentence or first.sentence.text == later.sentence.text:
        return False
    swapped = _exchanged(one, two)
    if not swapped and not (
        (first.first or later.first) and abs(one - two) <= max(_LEAST, max(one, two) * _NEAR)
    ):
        return False
    beside = ({each.value for each in near if each.sentence is one.sentence} for one in (first, later))
    if any({one, two} <= each for each in beside):
        return False  # 62公里土渠中26公里: both stand side by side
    sorts = {sort[0] for each in (first, later) if (sort := _SORT.search(each.lead))}
    if first.quantity.unit == "元" and len(sorts) > 1:
        return False
    if any(_LAST_YEAR.search(each.said_before) for each in (first, later)):
        return False
    if swapped and told[one] == told[two] == 1 and _digits(one) >= _MANY and _rare(first, later, near):
        return True
    if bool(_OTHER_TIME.search(first.lead)) != bool(_OTHER_TIME.search(later.lead)):
        return False
    if (told[one] > 1 and told[two] > 1) or one + two in told:
        return False
    if not swapped and any(_NEW.search(each.lead) for each in (first, later)):
        return False  # 5台铲雪车中有2台超过年限, and 购置铲雪车2台
    beside = _shared(first.outer, later.outer) if swapped else _names(first, later)
    return any(all(each.value in (one, two) or not each.beside(word) for each in near) for word in beside)


def _exchanged(one: Decimal, two: Decimal) -> bool:
    a, b = plain(one), plain(two)
    return a.find(".") == b.find(".") and exchanged(a, b)


def _rare(first: _Figure, later: _Figure, near: Sequence[_Figure]) -> bool:
    """Whether figures so alike are hardly so by chance: not in lists, sums and what everything is counted in."""
    unit = first.quantity.unit
    if unit == "元":
        return False
    if any(
        all(
            each.sentence in (first.sentence, later.sentence) or word not in each.sentence.plain
            for each in near
        )
        for word in _shared(first.clauses, later.clauses)
    ):
        return True
    if any(words().frequency(word) < OF_ALL for word in _shared(first.inner, later.inner)):
        return True
    return unit not in _COMMON and not any(
        _SUM.search(each.lead) or _listed(each, near) for each in (first, later)
    )


def _listed(figure: _Figure, near: Sequence[_Figure]) -> bool:
    """Whether it follows another of its unit in its sentence: a part of that, or an item of a list."""
    beside = next(each for each in near if each.sentence is figure.sentence)
    return beside is not figure


def _digits(value: Decimal) -> int:
    return len(plain(value).replace(".", "").strip("0"))


def _shared(first: str, later: str) -> Iterator[str]:
    """Every word of two characters that stands beside both."""
    for run in _HAN.findall(later):
        for at in range(len(run) - _SHORTEST + 1):
            if run[at : at + _SHORTEST] in first:
                yield run[at : at + _SHORTEST]


def _names(first: _Figure, later: _Figure) -> Iterator[str]:
    """What one of them stands before and the other behind, or both before."""
    for one, two in ((first, later), (later, first)):
        head = _HEAD.search(two.lead)
        for size in range(_NAME, len(one.after) + 1) if one.first else ():
            word = one.after[:size]
            if not _HAN.fullmatch(word):
                break
            if (head and head[0].endswith(word)) or two.after.startswith(word):
                yield word


def _fault(document: Document, first: _Figure, later: _Figure) -> Finding:
    return counts_differ(document.text, 0, later.span, first.span)
