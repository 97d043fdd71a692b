"""The plainest sums of one sentence, known by the units beside each other and hardly by words.

A whole, what was done and what is left; as many parts as a count says; parts that are more than their whole; two
columns side by side of which one adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ....document import Document
from ....finding import Finding
from ..faults import total_wrong
from ..text.quantities import Quantity, amounts_in, is_apiece
from ..text.sentences import Sentence, label_of, sentences
from . import complements
from .parted import overlap

_DONE = re.compile(r"[，,][^，。；、\d]{0,8}已[^，。；、\d]{1,8}")
_LEFT = re.compile(r"[^，。；、\d]{0,6}[，,](?:其余|剩余|余下|剩下|还剩|尚余)(?:的)?")
_COUNTED = re.compile(r"[，,（(]?[^，。；、\d]{0,12}")
_OPENS = re.compile(r"[^，。；、\d]{0,10}[，,]?(?:其中|分别(?:为|是)?|即)?[:：]?[，,]?[^，。；\d]{0,12}")
_JOINT = re.compile(r"[^，。；、\d]{0,6}[，,、](?!其中|同比|较|比)[^，。；\d]{1,14}")
_AMONG = re.compile(r"[^，。；、\d]{0,6}[，,]其中[^。；\d]{1,18}")
_MORE = re.compile(r"[^，。；、\d]{0,6}[，,](?!其中|同比|较|比)[^。；，\d]{1,14}")
_NO_PART = re.compile(
    r"同比|环比|增|减|降|较|比(?!例|重)|每|均(?!衡)|目标|计划|去年|上年|累计|合计|共|占|含|不[少低]于|超"
)
_SUM = re.compile(r"[，,、；][^，。；、\d]{0,10}(?:共|合计|总计|总共|计)[^，。；、\d]{0,6}")
_FEWEST, _MOST = 2, 9


def check(document: Document) -> Iterator[Finding]:
    """One finding a sentence at the most of each look; silent in tables."""
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures:
            continue
        text = sentence.plain
        counted = [each for each in amounts_in(text) if not each.about and not each.han]
        if len(counted) > 1:
            yield from _left(sentence, text, counted)
            yield from _as_many(sentence, text, counted)
            yield from _too_much(sentence, text, counted)
        if len(counted) > 3:
            yield from _columns(sentence, text, counted)


def _left(sentence: Sentence, text: str, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """征收18户，已签约16户，剩余3户; silent where some told later make it."""
    for whole, done, rest in zip(counted, counted[1:], counted[2:], strict=False):
        if not (whole.unit == done.unit == rest.unit) or whole.value <= max(done.value, rest.value):
            continue
        if not _DONE.fullmatch(text, whole.end, done.start) or not _LEFT.fullmatch(
            text, done.end, rest.start
        ):
            continue
        apart = whole.value - done.value - rest.value
        later = [each.value for each in counted if each.start > rest.start and each.unit == whole.unit]
        if apart and apart not in later:
            yield total_wrong(text, sentence.start, whole, [done, rest])
            return


def _as_many(sentence: Sentence, text: str, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """投入85万元，实施项目3个，其中甲40万元、乙28万元、丙27万元: three parts, as is said."""
    for at, (whole, many) in enumerate(pairwise(counted)):
        size = int(many.value) if many.value == many.value.to_integral_value() else 0
        parts = counted[at + 2 : at + 2 + size]
        after = counted[at + 2 + size : at + 3 + size]
        if (
            not _FEWEST <= size <= _MOST
            or many.unit == whole.unit
            or is_apiece(text, whole)
            or len(parts) != size
            or any(each.unit != whole.unit for each in parts)
            or (
                after
                and after[0].unit == whole.unit
                and _JOINT.fullmatch(text, parts[-1].end, after[0].start)
            )
            or not _COUNTED.fullmatch(text, whole.end, many.start)
            or not _OPENS.fullmatch(text, many.end, parts[0].start)
            or not all(_JOINT.fullmatch(text, one.end, two.start) for one, two in pairwise(parts))
            or any(_is_no_part(text, each) for each in parts)
        ):
            continue
        if sum(each.value for each in parts) != whole.value:
            yield total_wrong(text, sentence.start, whole, parts)
            return


def _too_much(sentence: Sentence, text: str, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """资金150万元，其中购置救生衣等物资65万元，维护45万元，补助60万元: whatever else there is, it is too much."""
    for at, whole in enumerate(counted[:-2]):
        row = counted[at + 1 :]
        if not _AMONG.fullmatch(text, whole.end, row[0].start):
            continue
        parts = [row[0]]
        for one, two in pairwise(row):
            if not _MORE.fullmatch(text, one.end, two.start):
                break
            parts.append(two)
        if len(parts) <= _FEWEST or any(each.unit != whole.unit or _is_no_part(text, each) for each in parts):
            continue
        if overlap([label_of(text, each.start, 16) for each in parts]):
            continue
        values = [each.value for each in parts]
        runs = {sum(values[a:b]) for a in range(len(values)) for b in range(a + 2, len(values) + 1)}
        labels = [re.split("其中", label_of(text, each.start))[-1] for each in parts]
        if overlap(labels) and not complements.partition(labels):
            continue
        if sum(values) > whole.value and whole.value not in runs and max(values) < whole.value:
            yield total_wrong(text, sentence.start, whole, parts)
            return


def _is_no_part(text: str, part: Quantity) -> bool:
    lead = label_of(text, part.start, 16)
    return bool(_NO_PART.search(lead)) or is_apiece(text, part)


def _columns(sentence: Sentence, text: str, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """专业队1支45人，半专业队14支360人，共有队伍15支395人: one column adds up, and the other does not."""
    pairs = [
        (one, two) for one, two in pairwise(counted) if two.start - one.end <= 1 and one.unit != two.unit
    ]
    for at, (first, second) in enumerate(pairs):
        before = [each for each in pairs[:at] if (each[0].unit, each[1].unit) == (first.unit, second.unit)]
        if (
            len(before) < _FEWEST
            or len(before) != at
            or not _SUM.fullmatch(text, before[-1][1].end, first.start)
        ):
            continue
        for whole, column, other, beside in (
            (first, 0, second, 1),
            (second, 1, first, 0),
        ):
            parts = [each[column] for each in before]
            holds = sum(each[beside].value for each in before) == other.value
            if holds and sum(each.value for each in parts) != whole.value:
                yield total_wrong(text, sentence.start, whole, parts)
                return
