"""How many are said to make a sum, or to have figures of their own, beside how many are told one by one.

甲地3栋，乙地2栋，丙地1栋，四地合计6栋; 培训班4期，人数分别为65人、58人、72人; a line 以上9个乡镇合计 under eight
lines that each begin with a name. The amounts must add up, stand side by side behind 分别为, or take a line each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, how_many
from ..faults import counts_differ
from ..text.quantities import Quantity, quantities
from ..text.sentences import passages

_MANY = r"(?P<many>\d{1,2}|[二两三四五六七八九十]{1,3})"
_SUMS = re.compile(
    rf"(?:^|(?<=[，。；、：这上述]))(?P<found>{_MANY}(?:个[\u4e00-\u9fff]{{1,5}}?|[项类种笔地县乡镇村区市州家所校院场站线组班片方户批期次处季月天日]|标段|部分|科室|支队|[乡县]镇))"
    r"(?:总|累计|一共)?(?:合计|共计|总计|总共|共)[^，。；：\d]{0,6}$"
)
_NAME = re.compile(r"^[\s　]*(?P<name>[\u4e00-\u9fff]{2,12})[：:](?=.*\d)")
_ABOVE = re.compile(
    rf"^[\s　]*(?:以上|上述|前述)(?P<found>{_MANY}(?:个|家|处|所|支|座|条|项|名|位)?)"
    r"[\u4e00-\u9fff]{1,6}?(?:合计|共计|总计|总共|共)"
)
_EACH = re.compile(r"分别(?:为|是|达|有|安排|投入|完成)?$")
_COUNTED = re.compile(
    rf"(?<![第前后\d.])(?P<found>{_MANY}(?P<of>期|场|批|次|家|个(?!月|百分点)|所|类|种|轮|处|座|名|项|片|组|届|年(?=来)))"
)
_JOINT = re.compile(r"[、，]|[和及与]|以及")
_BETWEEN = re.compile(r"[、，；]?(?:和|及|以及)?[^，。；：、\d]{2,14}")
_MORE = re.compile(r"等(?!级)|其余|其中|每|平均|以及其他|不含|另")
_LEAST, _NEAR, _MOST = 3, 30, 30
"""Things that make a list, signs from a count to its figures, and things that are still counted out."""


def check(document: Document) -> Iterator[Finding]:
    """Silent where a list may leave something out."""
    for start, passage in passages(document):
        said = folded(passage)
        if re.search("[合共总]", said) or "分别" in said:
            counted = [each for each in quantities(said) if each.unit and each.unit != "%"]
            yield from _summed(said, start, counted)
            yield from _apiece(said, start, counted)
    yield from _lines(document)


def _summed(said: str, start: int, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """八地合计16.4万栋: as many amounts right before it as make it."""
    for at, total in enumerate(counted):
        match = _SUMS.search(said[max(total.start - 24, 0) : total.start])
        if not match or total.about:
            continue
        offset = max(total.start - 24, 0)
        before = [each for each in counted[:at] if each.end <= offset + match.start()]
        listed: list[Quantity] = []
        for each in reversed(before):
            stop = listed[-1].start if listed else offset + match.start()
            between = said[each.end : stop]
            if each.unit != total.unit or each.about or (listed and not _BETWEEN.fullmatch(between)):
                break
            if not listed and len(between.strip("，。；、（）() ")) > 0:
                break
            listed.append(each)
            summed = sum((one.value for one in listed), Decimal(0))
            if summed >= total.value:
                break
        many = how_many(match["many"])
        if len(listed) < 2 or sum((one.value for one in listed), Decimal(0)) != total.value:
            continue
        if many != len(listed) and 2 <= many <= _MOST:
            low, high = listed[-1].start, listed[0].end
            found = Span(offset + match.start("found"), offset + match.end("found"))
            there = Elsewhere(Span(start + low, start + high), said[low:high])
            yield counts_differ(said, start, found, there, other=f"{len(listed)}")


def _apiece(said: str, start: int, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """培训班4期，人数分别为65人、58人、72人: one figure for each, where nothing else is as many."""
    for match in re.finditer("分别", said):
        listed = _side_by_side(said, match.start(), counted)
        if len(listed) < _LEAST:
            continue
        rest = said[listed[-1].end : listed[-1].end + 2]
        low = max(said.rfind(sign, 0, match.start()) for sign in "。；\n") + 1
        before = said[low : match.start()]
        if rest.startswith("等") or _MORE.search(before[-_NEAR:]):
            continue
        told = [each for each in _COUNTED.finditer(before) if how_many(each["many"]) > 1]
        if not told or any(how_many(each["many"]) == len(listed) for each in told) or "、" in before[-_NEAR:]:
            continue
        last = told[-1]
        between = before[last.end() :]
        if len(between) > _NEAR or re.search(r"\d", between) or "，" not in between + "，":
            continue
        if abs(how_many(last["many"]) - len(listed)) == 1 and last["of"] != listed[0].unit:
            there = Elsewhere(
                Span(start + listed[0].start, start + listed[-1].end), said[listed[0].start : listed[-1].end]
            )
            found = Span(low + last.start("found"), low + last.end("found"))
            yield counts_differ(said, start, found, there, other=f"{len(listed)}")


def _side_by_side(said: str, at: int, counted: Sequence[Quantity]) -> list[Quantity]:
    """The amounts of one unit that follow a 分别为 with nothing between them."""
    after = [each for each in counted if each.start >= at]
    if not after or len(said[at : after[0].start]) > 6 or not _EACH.search(said[at : after[0].start]):
        return []
    listed = after[:1]
    for one, two in pairwise(after):
        if two.unit != one.unit or not _JOINT.fullmatch(said[one.end : two.start]) or two.about:
            break
        listed.append(two)
    return listed


def _lines(document: Document) -> Iterator[Finding]:
    """以上9个乡镇合计, under lines that each begin with the name of one."""
    named = 0
    first = 0
    for paragraph in document.paragraphs:
        said = folded(document.said(paragraph))
        match = _ABOVE.match(said)
        if match and not paragraph.cell and named >= _LEAST:
            many = how_many(match["many"])
            if many != named and abs(many - named) <= _LEAST:
                place = Span(first, paragraph.start - 1)
                there = Elsewhere(place, document.text[place.start : place.end])
                yield counts_differ(
                    said, paragraph.start, Span(*match.span("found")), there, other=f"{named}"
                )
        if _NAME.match(said) and not paragraph.cell:
            first = first if named else paragraph.start
            named += 1
        else:
            named = 0
