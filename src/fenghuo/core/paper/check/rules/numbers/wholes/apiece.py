"""What each of some has, and all together, where how many they are is told elsewhere: 小学5所, and 每所推荐4个，共24个.

Whatever stands right behind 每 or 各 and names a thing that the rest of the paper counts, with one number alone, is
taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding
from ..faults import reckoned_wrong
from ..text.counted import Count, counts
from ..text.frame import Frame
from ..text.quantities import Quantity, quantities
from ..text.sentences import Sentence, sentences

_EACH = re.compile(
    r"(?P<each>[每各])(?P<of>[\u4e00-\u9fff]{1,12}(?:[（(][\u4e00-\u9fff]{1,8}[)）][\u4e00-\u9fff]{0,8})?)$"
)
_TIMES = re.compile(r"个?(?:[年月日天周季晚夜次轮人]|季度|学期|星期|小时|分钟)")
_TOGETHER = re.compile(r"(?:共|合计|总计|计)[^，。；、：\d]{0,8}$")
_ROUGH = re.compile(r"少于|低于|至少|超过|最[高多低少]|约|以[上内下]|左右|原则|每|另|其中|优惠|累计")
_SOME = re.compile(r"抽|选取|试点|部分|重点|首批|[前后首第]|其他|其余|剩余|另|新")
_SHORT = frozenset("村镇乡组班校站队点所社")
_PEOPLE = frozenset("人名位")
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SAID = re.compile(r"(?:一?共|总共|共计|合计)(?:有|设)?$")
_LONGEST = 6
_LEAST, _MOST = Decimal("0.6"), Decimal("1.6")
"""How far both products may lie apart: beyond it others are meant."""
_REACH = 24
"""Characters before what each has in which 每 stands."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where some of them may be meant, or another count of them is told."""
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures or not re.search("[每各]", sentence.plain):
            continue
        told = [each for each in quantities(sentence.plain) if each.unit and each.unit != "%"]
        for ration, total in pairwise(told):
            yield from _judged(document, frame, sentence, ration, total)


def _judged(
    document: Document, frame: Frame, sentence: Sentence, ration: Quantity, total: Quantity
) -> Iterator[Finding]:
    text = sentence.plain
    match = _EACH.search(text, max(ration.start - _REACH, 0), ration.start)
    between = text[ration.end : total.start]
    if not match or not ration.value or ration.about or total.about or not _TOGETHER.search(between):
        return
    clause = re.split(r"[，：]", text[: match.start()])[-1]
    if (
        (ration.unit != total.unit and not {ration.unit, total.unit} <= _PEOPLE)
        or _TIMES.match(match["of"])
        or _ROUGH.search(match["of"] + between)
        or _SOME.search(clause)
        or re.search(r"\d", clause)
    ):
        return
    many = _many(match["of"], [each for each in counts(document, frame) if each.sentence is not sentence])
    summed = many.value * ration.value if many else total.value
    if many is None or summed == total.value or not _LEAST * total.value <= summed <= _MOST * total.value:
        return
    # More than all there can be none; fewer are some of them where they come out even.
    some = match["each"] == "每" or _SOME.search(text)
    if total.value < summed and not total.value % ration.value and some:
        return
    at = replace(total, start=total.start + sentence.start, end=total.end + sentence.start)
    own = replace(ration, start=ration.start + sentence.start, end=ration.end + sentence.start)
    yield reckoned_wrong(
        document.text, 0, at, summed, (replace(many.quantity, start=many.start, end=many.end), own)
    )


def _many(run: str, told: Sequence[Count]) -> Count | None:
    """The one count of what a run of signs begins with, known by the longest beginning that any is called."""
    run = _BRACKETED.sub("", run)
    named: dict[int, list[Count]] = {}
    for each in told:
        size = max(_begins(run, each.quantity.unit + each.after), _begins(run, each.after), _ends(run, each))
        if size:
            named.setdefault(size, []).append(each)
    found = named[max(named)] if named else []
    return found[0] if len({each.value for each in found}) == 1 else None


def _begins(run: str, name: str) -> int:
    """How many signs of a name a run begins with; a single one is a name where it stands alone: 14个村."""
    size = next(
        (at for at, (a, b) in enumerate(zip(run, name, strict=False)) if a != b), min(len(run), len(name))
    )
    if size == 1 and not (run[0] in _SHORT and not "\u4e00" <= name[1:2] <= "\u9fff"):
        return 0
    return size


def _ends(run: str, count: Count) -> int:
    """考点8个 of 每个考点, 文艺队27支 and 9个村民小组 of 每队 and 每组."""
    run, lead = run.removeprefix(count.quantity.unit), _SAID.sub("", count.lead)
    for size in range(min(len(run), _LONGEST), 0, -1):
        if lead.endswith(run[:size]) and (size > 1 or run[0] in _SHORT):
            return size + 1
    name = _HAN.match(count.after)
    return int(bool(name and len(name[0]) <= _LONGEST and name[0][-1] == run[:1] and run[0] in _SHORT))
