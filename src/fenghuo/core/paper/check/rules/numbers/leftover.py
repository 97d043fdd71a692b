"""What is left, told again with another number: 其余7处正在整改, and further down 完成剩余9处隐患整改."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import sub

from ...document import Document
from ...finding import Finding
from .counted import Count, counts_by_unit
from .frame import Frame
from .retold import differs

_LEFT = re.compile(
    r"(?:其余|剩余|余下|剩下|尚余|尚有|仍有|还有|还剩|尚剩|正在?整改|在建|[尚暂仍还]?未[\u4e00-\u9fff]{2,6}?)的?[\u4e00-\u9fff]{0,6}$"
)
_STILL = re.compile(r"(?:尚未|暂未|仍未|还未|正在|未(?:整改|完成|销号|落实|修复|办结|抢通|竣工|开工))")
_AGAIN = re.compile(r"(?:剩余|其余|余下|剩下|在建|[对将把])$|的$")
_NAME = 2
_SIMPLY_LEFT = re.compile(r"其余|剩余|余下|剩下|[尚仍还]?[余有剩]|[尚仍还暂]?未|正在?|的")
_PAIRS = re.compile(r"[\u4e00-\u9fff]{2}")
_APART = re.compile(r"去年|上年|同期|往年|每|平均|另|其中|比|较")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where more than one thing of the unit is left, or the number is told of any other."""
    for alike in counts_by_unit(document, frame).values():
        left = [each for each in alike if _is_left(each)]
        first = left[0] if left else None
        for later in left[1:]:
            if later.value == first.value:
                first = later
                continue
            several = sum(each.value for each in left if each.start < later.start)
            # Once two numbers are told, more than one thing is left.
            alone = sum(each.value == later.value for each in alike) == 1
            if (
                later.value != several
                and _is_known(later, first, alike)
                and (alone or _called_alike(later, first))
                and (_called_alike(later, first) or _shares(later, first))
            ):
                yield differs(document, later, first)
            break


def _is_left(count: Count) -> bool:
    if _APART.search(count.lead):
        return False
    return bool(_LEFT.search(count.lead) or _STILL.search(count.after))


def _called_alike(later: Count, first: Count) -> bool:
    """正在整改2个 and 对正在整改的3个问题."""
    called = re.sub(r"^[对将把]|的$", "", later.lead)
    return len(called) > _NAME and first.lead.endswith(called)


def _shares(later: Count, first: Count) -> bool:
    """Whether two signs in a row of what is left stand about the first; of the sentence where it is not named."""
    words = _SIMPLY_LEFT.sub("", later.lead + " " + later.after)
    named = _PAIRS.search(words)
    said = words if named else _SIMPLY_LEFT.sub("", later.sentence.plain[: later.quantity.start])
    around = first.around if named else first.sentence.plain
    return any(said[at : at + 2] in around for at in range(len(said) - 1) if _PAIRS.match(said, at))


def _is_known(later: Count, first: Count, alike: Sequence[Count]) -> bool:
    """Whether what is left is spoken of again, in another paragraph."""
    known = _AGAIN.search(later.lead) or later.after.startswith("未")
    before = [
        each.value
        for each in alike
        if each.sentence.index == later.sentence.index and each.start < later.start
    ]
    for at, whole in enumerate(before):
        if any(left == later.value for left in accumulate(before[at + 1 :], sub, initial=whole)):
            return False  # 34个，已完成28个，剩余6个: what is left of something else
    # 集中供水点8处，完工5处，在建2处: what is left of a whole that is told beside it.
    told = {each.value for each in alike if each.sentence.index == first.sentence.index}
    own = any(each > first.value and each not in told for each in before)
    return bool(known) and not own and first.sentence.index != later.sentence.index
