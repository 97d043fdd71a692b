"""What is left, told again with another number: 其余7处正在整改, and further down 完成剩余9处隐患整改."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import sub

from ....document import Document
from ....finding import Finding
from ..text.counted import Count, counts_by_unit
from ..text.frame import Frame
from .retold import differs, is_near

_LEFT = re.compile(
    r"(?:其余|剩余|余下|剩下|尚余|尚有|仍有|还有|还剩|尚剩|正在?整改|在建|[尚暂仍还]?未[\u4e00-\u9fff]{2,6}?)的?[\u4e00-\u9fff]{0,6}$"
)
_STILL = re.compile(r"(?:尚未|暂未|仍未|还未|正在|未(?:整改|完成|销号|落实|修复|办结|抢通|竣工|开工))")
_AGAIN = re.compile(r"(?:剩余|其余|余下|剩下|在建|[对将把])$|的$")
_NAME, _NAMES = 2, 8
_QUOTES = re.compile(r"[“”\"]")
_DONE = re.compile(r"(?:完成|修复|整改|销号|办结|抢通|处置)$")
_DUE = re.compile(r"(?:底|末|日|旬|月|年)(?:之?前|以前)")
_SPEAKS_OF_MORE = re.compile(r"新|另|再|去年|上年|每|全年|累计|目标")
_SIMPLY_LEFT = re.compile(r"其余|剩余|余下|剩下|[尚仍还]?[余有剩]|[尚仍还暂]?未|正在?|的")
_PAIRS = re.compile(r"[\u4e00-\u9fff]{2}")
_APART = re.compile(r"去年|上年|同期|往年|每|平均|另|其中|比|较")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where more than one thing of the unit is left, or the number is told of any other."""
    for alike in counts_by_unit(document, frame).values():
        left = [each for each in alike if _is_left(each)]
        first = left[0] if left else None
        if first and len({each.value for each in left}) == 1:
            yield from _more(document, first, alike, frame)
        for later in left[1:]:
            if later.value == first.value:
                first = later
                continue
            several = sum(each.value for each in left if each.start < later.start)
            # Once two numbers are told, more than one thing is left.
            alone = not any(each.value == later.value and _speak_alike(each, later) for each in alike)
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


def _more(document: Document, first: Count, alike: Sequence[Count], frame: Frame) -> Iterator[Finding]:
    """尚余6处, and 3月底前完成8处水毁工程的修复: of what is left no more can be done than that."""
    sentence = first.sentence
    wholes = [
        each.value for each in alike if each.sentence.index == sentence.index and each.start < first.start
    ]
    for later in alike:
        before = later.sentence.plain[: later.quantity.start]
        if (
            later.start > first.start
            and later.sentence.index != sentence.index
            and first.value < later.value < max(wholes, default=first.value)
            and _DONE.search(later.lead)
            and (_DUE.search(before) or later.sentence.index in frame.ahead)
            and is_near(first, later)
            and not _SPEAKS_OF_MORE.search(before)
            and sum(each.value == later.value for each in alike) == 1
            and len(later.after) >= _NAME
            and later.after[:_NAME] in sentence.plain
        ):
            yield differs(document, later, first)


def _speak_alike(one: Count, later: Count) -> bool:
    """Whether another count may be of the same thing: two signs of what is counted stand beside both."""
    if one is later:
        return False
    words = _SIMPLY_LEFT.sub("", later.after[:_NAMES])
    return len(words) < _NAME or any(
        words[at : at + 2] in f"{one.lead}|{one.after}" for at in range(len(words) - 1)
    )


def _called_alike(later: Count, first: Count) -> bool:
    """正在整改2个 and 对正在整改的3个问题."""
    called = re.sub(r"^[对将把]|的$", "", later.lead)
    return len(called) > _NAME and first.lead.endswith(called)


def _shares(later: Count, first: Count) -> bool:
    """Whether two signs in a row of what is left stand about the first; of the sentence where it is not named."""
    after = later.after or _QUOTES.sub("", later.sentence.plain[later.quantity.end :])[:_NAMES]
    words = _SIMPLY_LEFT.sub("", later.lead + " " + after)
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
