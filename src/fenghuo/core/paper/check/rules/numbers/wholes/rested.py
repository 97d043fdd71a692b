"""What is left of a whole that another paragraph tells: 立案41宗，结案34宗, and 办结余下的17宗."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ....document import Document
from ....finding import Finding
from ..faults import reckoned_wrong
from ..text.counted import Count, counts_by_unit
from ..text.frame import Frame
from ..text.quantities import Quantity

_REST = re.compile(r"(?:余下|剩余|剩下|其余|尚未[\u4e00-\u9fff]{2,6}|未(?:办结|完成|整改|结案|销号))的?$")
_DONE = re.compile(
    r"(?:已|现已|按期|累计)?(?:办结|结案|整改|完成|解决|处置|销号|修复|化解|拆除|治理|兑现|发放|签订|验收|开工|竣工)(?:完毕|到位|完成|了)?$"
)
_NOT_YET = re.compile(r"[尚仍还]?未(?P<verb>[\u4e00-\u9fff]{2})的?")
"""27条未整改隐患, and of 329条 312条 were told as 整改: what was not done is the rest of what was."""
_OF_SOME = re.compile(r"已[\u4e00-\u9fff]{1,6}的(?:其余|剩余|余下|剩下)")
"""Of those begun the others: 已开工的其余8处."""
_NEAR = 24
"""Signs before what was done in which the verb stands: 改造42所小规模学校中的36所."""
_HAN = re.compile(r"[\u4e00-\u9fff]{2,8}")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where any whole of the unit leaves what is told, or several may be meant."""
    for alike in counts_by_unit(document, frame).values():
        for rest in alike:
            pairs = list(_wholes(alike, rest)) if _is_rest(rest, alike) else []
            named = [pair for pair in pairs if _not_yet(rest) or _is_named(pair[0], rest)]
            left_over = {done.start: whole.value - done.value for whole, done in reversed(pairs)}
            if sum(left_over.values()) == rest.value:
                continue  # 两月未办结的12件: what is left of several wholes
            if len(named) == 1 and all(whole.value - done.value != rest.value for whole, done in pairs):
                whole, done = named[0]
                some = not _REST.search(rest.lead) and rest.value < whole.value - done.value
                if rest.value < whole.value != done.value and not some:
                    both, left = [_placed(whole), _placed(done)], whole.value - done.value
                    yield reckoned_wrong(document.text, 0, _placed(rest), left, both, " − ")


def _placed(count: Count) -> Quantity:
    return replace(count.quantity, start=count.start, end=count.end)


def _is_rest(rest: Count, alike: Sequence[Count]) -> bool:
    """Whether it is what is left, told once and behind no whole of its own sentence."""
    if not (_REST.search(rest.lead) or _not_yet(rest)) or _OF_SOME.search(rest.lead):
        return False
    return not any(
        each.value == rest.value or (each.sentence is rest.sentence and each.start < rest.start)
        for each in alike
        if each is not rest
    )


def _not_yet(rest: Count) -> str:
    """What was not done to it yet, in two signs."""
    match = _NOT_YET.match(rest.after)
    return match["verb"] if match else ""


def _is_named(whole: Count, rest: Count) -> bool:
    match = _HAN.match(rest.after)
    noun, beside = match[0] if match else "", f"{whole.lead}|{whole.after}"
    return any(noun[at : at + 2] in beside for at in range(len(noun) - 1))


def _wholes(alike: Sequence[Count], rest: Count) -> Iterator[tuple[Count, Count]]:
    """Every whole with what was done of it, told in its paragraph."""
    verb = _not_yet(rest)
    for at, done in enumerate(alike):
        if done.start >= rest.start:
            break
        said = done.sentence.plain[max(done.quantity.start - _NEAR, 0) : done.quantity.start]
        if not (_DONE.search(done.lead) or (verb and verb in said)):
            continue
        for whole in reversed(alike[:at]):
            if whole.sentence.index != done.sentence.index:
                break
            if whole.value >= done.value:
                yield whole, done
                if verb:
                    break
