"""What is left of a whole that another paragraph tells: 立案41宗，结案34宗, and 办结余下的17宗."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...document import Document
from ...finding import Finding
from .counted import Count, counts_by_unit
from .faults import reckoned_wrong
from .frame import Frame
from .quantities import Quantity

_REST = re.compile(r"(?:余下|剩余|剩下|其余|尚未[\u4e00-\u9fff]{2,6}|未(?:办结|完成|整改|结案|销号))的?$")
_DONE = re.compile(
    r"(?:已|现已|按期|累计)?(?:办结|结案|整改|完成|解决|处置|销号|修复|化解|拆除|治理|兑现|发放|签订|验收|开工|竣工)(?:完毕|到位|完成|了)?$"
)
_OF_SOME = re.compile(r"已[\u4e00-\u9fff]{1,6}的(?:其余|剩余|余下|剩下)")
"""Of those begun the others: 已开工的其余8处."""
_HAN = re.compile(r"[\u4e00-\u9fff]{2,8}")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where any whole of the unit leaves what is told, or several may be meant."""
    for alike in counts_by_unit(document, frame).values():
        for rest in alike:
            pairs = list(_wholes(alike, rest.start)) if _is_rest(rest, alike) else []
            named = [pair for pair in pairs if _is_named(pair[0], rest)]
            if len(named) == 1 and all(whole.value - done.value != rest.value for whole, done in pairs):
                whole, done = named[0]
                if rest.value < whole.value != done.value:
                    both, left = [_placed(whole), _placed(done)], whole.value - done.value
                    yield reckoned_wrong(document.text, 0, _placed(rest), left, both, " − ")


def _placed(count: Count) -> Quantity:
    return replace(count.quantity, start=count.start, end=count.end)


def _is_rest(rest: Count, alike: Sequence[Count]) -> bool:
    """Whether it is what is left, told once and behind no whole of its own sentence."""
    if not _REST.search(rest.lead) or _OF_SOME.search(rest.lead):
        return False
    return not any(
        each.value == rest.value or (each.sentence is rest.sentence and each.start < rest.start)
        for each in alike
        if each is not rest
    )


def _is_named(whole: Count, rest: Count) -> bool:
    match = _HAN.match(rest.after)
    noun, beside = match[0] if match else "", f"{whole.lead}|{whole.after}"
    return any(noun[at : at + 2] in beside for at in range(len(noun) - 1))


def _wholes(alike: Sequence[Count], upto: int) -> Iterator[tuple[Count, Count]]:
    """Every whole with what was done of it, told in its paragraph."""
    for at, done in enumerate(alike):
        if done.start >= upto or not _DONE.search(done.lead):
            continue
        for whole in reversed(alike[:at]):
            if whole.sentence.index != done.sentence.index:
                break
            if whole.value >= done.value:
                yield whole, done
