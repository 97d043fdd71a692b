"""What is left over, what is told by kinds, and what numbered paragraphs add up to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_han
from ....outline import Mark, marks
from ..faults import part_exceeds, total_wrong
from ..text.quantities import Quantity, amounts_in, is_apiece
from ..text.sentences import LONGEST, passages
from ..text.slips import slipped
from .breakdown import is_done, is_part

_LEFT = re.compile(r"(?:其余|剩余|余下|剩下|尚有|仍有|还有|另有|另外)(?:的|有)?\s*$")
_CLOSES = re.compile(r"(?:其余|剩余|余下|剩下)(?:的)?\s*$")
_OF_THEM = re.compile(r"^[^，。；、：\d]{0,10}中[，,]?(?:已[^，。；、\d]{0,4}|现)?有?\s*$")
_ABOVE = re.compile(
    r"(?:以上|上述)(?:(?P<count>[两二三四五六七八九十\d]{1,2})(?:个?[组项类种批支]|个[^，。；\d]{0,4})?)?"
    r"(?:人员|各项|几项|经费|资金|费用|装备|物资|项目|所需资金|所需经费)*(?:共计|合计|总计|共需?|总共)(?:为|需|人民币)?\s*$"
)
_ABOVE_ANYWHERE = re.compile(r"以上|上述")
_SENTENCE = re.compile(rf"[^。！？]{{1,{LONGEST}}}")
_SUMS_UP = re.compile(r"(?:计|合计|共计|小计|共|需|金额|经费|资金)(?:为|约)?\s*$")
_CHANGE = re.compile(r"(?:较|比|同比|环比)[^，。、；]*$|(?:增加|减少|增长|下降|新增)(?:了)?\s*$")
_LEFT_OR_OF = re.compile(r"余|剩|[尚仍还另]有|另外|中")
_DONE_AND_LEFT = re.compile(
    r"[^，。；、\d]{0,14}(?:整改|完成|解决|办结|销号|治理|处置|拆除|修复|化解|通过|到位|落实|兑现)[^，。；、\d]{0,4}(?P<done>\d+(?:\.\d+)?)[^，。；、\d]{1,4}，"
    r"[^，。；、\d]{0,6}(?:其余|剩余|余下|剩下)(?:的)?(?P<rest>\d+)"
)
_WHOLE_ITSELF = re.compile(r"[^，。；、：\d]{0,10}中(?!的)")
"""Of 27座小型水库中11座溢洪 the first is no part of what was told before."""
_KINDS = 3
_CLOSE = Decimal("0.1")
BOTH = re.compile(r"^[^。；]{0,40}(?:兼有|兼具|同时|重[复叠]|[两二]者|都有|均有)")
"""What says that some are counted under two heads."""
_STOP = re.compile(r"等(?!级)|左右|每|平均|人均|户均")


def check(document: Document) -> Iterator[Finding]:
    """Sums that run over clauses and paragraphs."""
    known: set[tuple[str, Decimal]] = set()
    for offset, passage in passages(document):
        said = folded(passage)
        told = amounts_in(said) if _LEFT_OR_OF.search(said) else []
        for sentence in _SENTENCE.finditer(said) if _LEFT_OR_OF.search(said) else ():
            if not _LEFT_OR_OF.search(sentence[0]):
                continue
            start = offset + sentence.start()
            counted = [each for each in amounts_in(sentence[0]) if not each.about]
            earlier = [each for each in told if each.end <= sentence.start()]
            yield from _left(sentence[0], start, counted, earlier, known)
            yield from _left_of(said, offset, sentence.start(), earlier)
            yield from _of_them(sentence[0], start, counted)
        known |= {(each.unit, each.value) for each in amounts_in(said)}
    yield from _above(document)


def _left(
    text: str,
    start: int,
    counted: Sequence[Quantity],
    earlier: Sequence[Quantity],
    known: Collection[tuple[str, Decimal]],
) -> Iterator[Finding]:
    """发现214处，完成203处，其余11处: what is left is the whole without what was done.

    The whole may be one of those told `earlier`, in a sentence before, or `known` from a paragraph before.
    """
    for rest in counted:
        if not _LEFT.search(text[: rest.start]):
            continue
        before = [each for each in counted if each.end <= rest.start and each.unit == rest.unit]
        before = [
            each
            for each in before
            if not _CHANGE.search(text[: each.start])
            and not is_apiece(text, each)
            and not (each.han and each.value == 1)  # 一户不漏
        ]
        # What stands before a semicolon tells of another thing, unless nothing is left behind it.
        near = [each for each in before if "；" not in text[each.end : rest.start]]
        before = near if len(near) >= 2 else before
        if len(before) < 2 or _STOP.search(text[before[0].start : rest.start]):
            continue
        if any(_LEFT.search(text[: each.start]) for each in before):
            continue
        filled = sum((each.value for each in before), rest.value)
        if (
            _adds_up(before, rest)
            or (rest.unit, filled) in known
            or any(
                each.unit == rest.unit and each.value in (filled, *(one.value + rest.value for one in before))
                for each in earlier
            )
        ):
            continue
        # Kinds that make the whole stand between it and what was done: 31处，其中9处、15处、7处，已处置29处.
        if len(before) > _KINDS and sum(each.value for each in before[1:-1]) == before[0].value:
            before = [before[0], before[-1]]
        elif len(before) > 2 and is_done(text, before[-1], before):
            before = before[-2:]
        elif len(before) > 2 or "其中" in text[before[0].end : rest.start]:
            # Several parts: only sure where all of them and the rest cannot fill the whole.
            continue
        if not _CLOSES.search(text[: rest.start]) and not re.search(
            r"完成|整改|解决|办结|销号|达标|到位", text[before[0].end : rest.start]
        ):
            continue
        whole, done = before
        if done.value > whole.value:
            continue
        yield total_wrong(text, start, whole, [done, rest])


def _left_of(said: str, offset: int, at: int, earlier: Sequence[Quantity]) -> Iterator[Finding]:
    """发现问题58项，…。现已整改39项，余下19项正在推进: the whole stands in the sentence before."""
    match = _DONE_AND_LEFT.match(said, at)
    if not match:
        return
    both = amounts_in(said[at : match.end() + 4], at)
    done, rest = (
        next((each for each in both if each.start == match.start(name)), None) for name in ("done", "rest")
    )
    if done is None or rest is None or done.unit != rest.unit or done.about or rest.about:
        return
    summed = done.value + rest.value
    alike = [
        each for each in earlier if each.unit == done.unit and not each.about and each.value > rest.value
    ]
    wholes = [each for each in alike if not is_part(said, each, at)]
    if not wholes or any(each.value == summed for each in alike):
        return
    whole = max(wholes, key=lambda each: each.value)
    if abs(whole.value - summed) <= whole.value * _CLOSE or slipped(whole.value, summed, least=2):
        yield total_wrong(said, offset, whole, [done, rest])


def _adds_up(before: Sequence[Quantity], rest: Quantity) -> bool:
    values = [each.value for each in before]
    for at, whole in enumerate(values):
        later = values[at + 1 :]
        if any(whole - part == rest.value for part in later) or (later and whole - sum(later) == rest.value):
            return True
    return False


def _of_them(text: str, start: int, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """6座水库中，有5座低于汛限水位，2座接近: the parts cannot pass the whole."""
    for at, whole in enumerate(counted[:-1]):
        part = counted[at + 1]
        if part.unit != whole.unit or not _OF_THEM.match(text[whole.end : part.start]):
            continue
        listed = [part]
        for other in counted[at + 2 :]:
            lead = re.split(r"[，,、；]", text[: other.start])[-1]
            if other.unit != whole.unit or not re.fullmatch(
                r"\s*(?:有|另有|其余|剩余|还有|尚有|余下)?(?:的)?\s*", lead
            ):
                break
            if _WHOLE_ITSELF.match(text, other.end):
                break
            if not lead.strip() and "；" in text[listed[-1].end : other.start]:
                break
            listed.append(other)
        if BOTH.search(text[listed[-1].end :]):
            continue
        summed = sum((each.value for each in listed), Decimal(0))
        if part.value > whole.value:
            yield part_exceeds(text, start, whole, part, [part])
        elif (len(listed) > 1 and summed > whole.value) or (
            len(listed) > 1 and summed < whole.value and _CLOSES.search(text[: listed[-1].start])
        ):
            yield total_wrong(text, start, whole, listed)


def _above(document: Document) -> Iterator[Finding]:
    """以上四组共37人, after four numbered paragraphs with one such amount each."""
    numbered = [mark for mark in marks(document) if mark.level]
    for index, paragraph in enumerate(document.paragraphs):
        said = document.said(paragraph)
        if "计" not in said and "共" not in said:
            continue
        said = folded(said)
        if not _ABOVE_ANYWHERE.search(said):
            continue
        for total in amounts_in(said):
            match = _ABOVE.search(said[: total.start])
            if not match or total.about:
                continue
            before = [mark for mark in numbered if mark.index < index]
            count = _count(match["count"], before, index)
            siblings = before[-count:] if count > 1 else []
            if (
                not siblings
                or len(siblings) < count
                or len({mark.level for mark in siblings}) > 1
                or siblings[0].value != 1
            ):
                continue
            listed = []
            for mark in siblings:
                own = document.paragraphs[mark.index]
                amounts = [
                    each
                    for each in amounts_in(folded(document.said(own)), own.start)
                    if each.unit == total.unit and not each.about and each.start >= mark.end
                ]
                inner = document.text.find("其中", own.start, own.end)
                if inner >= 0 and sum(each.start < inner for each in amounts) == 1:
                    amounts = [each for each in amounts if each.start < inner]
                if len(amounts) > 1:
                    amounts = [
                        each for each in amounts if _SUMS_UP.search(document.text[own.start : each.start])
                    ]
                listed.append(amounts)
            if any(len(amounts) != 1 for amounts in listed):
                continue
            parts = [amounts[0] for amounts in listed]
            numbers = [mark.value for mark in siblings]
            if numbers != sorted(set(numbers)) or numbers[-1] > len(siblings) + 1:
                continue  # one number may have been left out, no more
            summed = sum((each.value for each in parts), Decimal(0))
            if summed != total.value:
                start, end = paragraph.start + total.start, paragraph.start + total.end
                yield total_wrong(document.text, 0, replace(total, start=start, end=end), parts)


def _count(told: str | None, marked: list[Mark], index: int) -> int:
    """How many numbered paragraphs are meant: as many as the text says, else those right above it."""
    if told:
        return int(told) if told.isdecimal() else from_han(told) or 0
    count = 0
    for mark in reversed(marked):
        if mark.index != index - 1 - count or mark.level != marked[-1].level:
            break
        count += 1
    return count
