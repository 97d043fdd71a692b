"""Wholes and lists known by how their figures stand: what opens or sums up a list, the sign that parts its items.

A list is a chain of amounts of one unit that the same sign parts. What stands before it is its whole where something
opens the list (其中, 分别, a colon, 按户型计) or a full stop parts them; what stands behind it, where it is called so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding
from ....numerals import how_many
from ..faults import total_wrong
from ..text.quantities import ARTICLES, THINGS, Quantity, is_apiece
from ..text.reading import read
from ..text.running import Running
from ..text.sentences import begin_of
from ..text.slips import slipped
from . import complements
from .breakdown import is_done
from .itemised import OTHER_ACT
from .parted import nested, overlap
from .remainders import BOTH
from .totals import TORN

# Remarks in brackets and prices, which are read over.
_ASIDE = re.compile(
    r"[（(][^（）()\n]{0,60}[)）]|(?<=[\u4e00-\u9fff])[，,](?:平均)?(?:每[\u4e00-\u9fff]{1,6}|单价)(?:为|约)?\d[\d.]*[万亿]?元(?=[，,；])"
)
_STOPS = re.compile(
    r"较(?![大重轻好差](?!幅))|比(?![例重])|同[比期]|环比|增[长加幅]|下降|(?<![核裁压])减|[去上]年|每|(?<!平)均(?!衡|已|由|为已)|平均|目标|计划(?![生])|超(?:过|出)?(?:了)?$|超(?:计划|目标|任务|额|支|收)|扣除|不足(?![的部之])|提高|另|约(?!谈)"
)
_SUM = re.compile(
    r"(?:^|[，,；。\n：、])(?P<lead>[^，。；：\n\d]{0,14}?)(?:共计|合计|总计|总共|小计|累计|[一合]?共|总(?:[人户台亩栋件车头床座位票张]?[数量额]|里程|面积|长度?|投[资入]|规模|收入|支出|产[量值]|[库仓]?容[积量]?|任务|资金|经费|费用|预算|概算|造价|重)|[\u4e00-\u9fff]{0,6}总[数量额]|累计)(?:\d+[\u4e00-\u9fff]{1,6})?[^，。；：、\n\d]{0,10}$|(?:以上|上述)[^，。；：\n\d]{0,8}$"
)
_OPENS = re.compile(
    r"其中|分别|包[括含]|分为|构成|组成|具体|[：:]|(?:按(?!照|规定|要求|时|期)|从|分)[^，。；：\d\n]{1,10}[计看分，]|(?<!公)里[，,]|[中内][，,]|的[\u4e00-\u9fff]{1,4}中(?=[\u4e00-\u9fff]{2,5}$)"
)
_AMONG, _NOUN = re.compile(r"[，,]其中[：:，,]?"), re.compile(r"[\u4e00-\u9fff]{2}")
_THINGS_SUM = re.compile(
    r"[^，。；、：\d]{0,6}[，,](?:[\u4e00-\u9fff]{0,4}总数|(?:合|共|总)计|[总一]?共)(?:有|为)?"
)
_BREAK, _MARK = re.compile(r"[。；\n]"), re.compile(r"[。；，、：\n]|其中")
_SUM_OF_ALL = re.compile(r"以上|上述|[两二三四五六七八九十\d][个家条项种类起次]|(?:合|共|总)计")
_COUNT = re.compile(r"(?P<many>[两二三四五六七八九]|\d{1,2})[个家类项座条种处支批]")
_RANK = re.compile("国家级|[省市县区乡镇村]级")
_CHIEFLY = re.compile("重点|主要(?!用于)|居前|前列|例如|如[：:]")
_HOLE = re.compile(r"[万亿]?[，。；、\n]")
_JOINED = re.compile("[和及与]")
_ONE = re.compile("一[名人位个家支条座处件台辆户]")
"""What is too short to be read as a count, and yet is a part: 指挥长一名."""
_AND, _CLAUSE, _SENTENCE = 1, 4, 5
_LEVELS = ((6, "\n"), (_SENTENCE, "。！？"), (_CLAUSE, "；;"), (3, "，,：:"), (2, "、"))
_MANY = re.compile(
    r"(?P<many>\d{1,2}|[两二三四五六七八九十]{1,2})(?:个|家|类|项|座|条|种|支|批|大|部分|方面|级)"
)
_AND_THE_REST = re.compile(r"[，,；](?:其余|余下|剩余|剩下)的?")
_OPEN_END = re.compile(
    r"[^，。；：\d\n]{0,8}(?:等(?!级)|[、和及与](?!其))|[，；][^，。；\d\n]{0,2}(?:其余|剩余|余下|其他|另外)[^，。；\d\n]*(?=[。；\n]|$)"
)
_EACH = re.compile(
    r"(?:^|[，。；：\n]|\d[\d.]*[万亿]?[\u4e00-\u9fff]{1,2}、)(?:其中)?(?P<names>(?:[\u4e00-\u9fff（）]{1,14}[、和及与])+[\u4e00-\u9fff（）]{1,14}?)各$"
)
_THE_REST = re.compile(r"，(?:其余|剩余|余下|其他)(?:的)?")
_LEFT = re.compile(
    r"[仍正尚]在|在[办建]|不足的|其余|剩余|余下|剩下|尚[余缺有未]|还[剩差缺有]|[，,]缺|仍有|未[\u4e00-\u9fff]{1,6}的?$"
)
_MEASURES = frozenset(("小时", "分钟", "岁", "米", "毫米", "厘米", "天", "页", "类", "年", "公里"))
"""What is measured rather than counted: told side by side it seldom is a sum."""
_BLANK = re.compile(
    r"[×□○_＿■△#*＊▲●◎]|数[)）]|[某几][\u4e00-\u9fff]?[，、。；]|[XxＸⅩ](?![A-Za-z\-])|[\d某几]*[^\u0000-\u9fff\uff00-\uffef]"
)
_EXACT, _AROUND = 100, 400
_FAR, _WHOLE_FAR, _MOST, _BACK, _SHORT, _LONG, _FEWEST = 60, 130, 14, 6, 16, 9, 2
_CLOSE, _NEAR, _WIDE = Decimal("0.1"), Decimal("0.2"), Decimal("0.3")
"""How far parts may miss their whole, as a share of it, by how much speaks for their being all of it."""


@dataclass(frozen=True, slots=True)
class _List:
    """Parts beside each other, with the amounts that may be their whole and what leads to or from it."""

    wholes: tuple[Quantity, ...]
    parts: tuple[Quantity, ...]
    cue: str
    many: bool = False
    """Whether the text says how many parts there are."""


def check(document: Document) -> Iterator[Finding]:
    """Silent where the parts make another amount beside them, or some of them the whole."""
    text = Running(document)
    said = _ASIDE.sub(lambda match: "　" * len(match[0]), text.said)
    everything = read(said)
    told: dict[tuple[str, bool], list[Quantity]] = {}
    for each in everything:
        if each.unit:
            told.setdefault((each.unit, each.han), []).append(each)
    for alike in told.values():
        if len(alike) > 2:
            for found in _lists(said, alike):
                parts = _read_over(said, alike, found.parts)
                whole = _missed(said, everything, alike, replace(found, parts=parts))
                if whole is not None:
                    yield total_wrong(text.said, 0, whole, parts)
    yield from _of_things(text.said, said, everything)


def _of_things(shown: str, said: str, everything: Sequence[Quantity]) -> Iterator[Finding]:
    """水库38座、危险区96处、塘坝22口，共计156处: things counted each in its own word, and all of them in one."""
    gaps = [said[one.end : two.start] for one, two in pairwise(everything)]
    for at, whole in enumerate(everything):
        if whole.unit not in THINGS or whole.about:
            continue
        first, last = at - 1, at
        if at > 1 and _THINGS_SUM.fullmatch(gaps[at - 1]):
            level = max(_level(gaps[first - 1]), _level("、"))
            while first and not _kind(gaps[first - 1]) and _level(gaps[first - 1]) in (level, _AND):
                first -= 1
        elif at < len(gaps) and _AMONG.match(gaps[at]):
            first = last = at + 1
            while last < len(gaps) and not _kind(gaps[last]) and _level(gaps[last]) in (_level("、"), _AND):
                last += 1
            last += 1
        parts = everything[first:last]
        units = {each.unit for each in parts}
        if not _FEWEST < len(parts) <= _MOST or len(units) < _FEWEST or not units <= ARTICLES:
            continue
        if any(each.about or each.han or not _is_named(said, each) for each in parts):
            continue
        if last > at and (overlap(_labels(said, parts)) or _OPEN_END.match(said, parts[-1].end)):
            continue
        summed = sum(each.value for each in parts)
        if 0 < abs(summed - whole.value) <= whole.value * _NEAR and not _BLANK.search(
            said, parts[0].start, whole.end
        ):
            yield total_wrong(shown, 0, whole, parts)


def _is_named(said: str, thing: Quantity) -> bool:
    """Whether what is counted is named before or behind: 水库38座, 71艘渡船."""
    return len(_labels(said, [thing])[0]) >= _FEWEST or bool(_NOUN.match(said, thing.end))


def _level(gap: str) -> int:
    """The weight of the heaviest sign of a gap; 和 joins the last of any list."""
    for level, signs in _LEVELS:
        if any(sign in gap for sign in signs):
            return level
    return _AND if _JOINED.search(gap) else 0


def _lists(said: str, alike: Sequence[Quantity]) -> Iterator[_List]:
    gaps = [said[one.end : two.start] for one, two in pairwise(alike)]
    plain = [0 if len(gap) > _FAR or _kind(gap) else _level(gap) for gap in gaps]
    at = 0
    while at < len(gaps):
        if not 0 < plain[at] < _SENTENCE:
            at += 1
            continue
        end = at
        while end + 1 < len(gaps) and plain[end + 1] in (plain[at], _AND):
            end += 1
        yield from _around(said, alike, gaps, at, end + 1, plain[at])
        at = end + 1


def _kind(gap: str) -> str:
    """What a gap is where it joins no two items of a list."""
    if _STOPS.search(gap):
        return "stop"
    if _SUM.search(gap):
        return "sum"
    return "open" if _OPENS.search(_BREAK.split(gap.rstrip("\n"))[-1]) else ""


def _around(
    said: str, alike: Sequence[Quantity], gaps: Sequence[str], first: int, last: int, level: int
) -> Iterator[_List]:
    """The list from one amount to another with what stands around it."""
    if last < len(gaps) and _AND_THE_REST.fullmatch(gaps[last]):
        last += 1
    items = tuple(alike[first : last + 1])
    before, after = gaps[first - 1] if first else "\n", gaps[last] if last < len(gaps) else "\n"
    if not _level(after) and len(after) < _LONG:
        return  # 其余4个乡7个
    kinds = [_kind(gap) for gap in gaps[max(first - 2, 0) : first]]
    opened = bool(first) and kinds[-1] == "open"
    if last < len(gaps) and _sums_up(after, opened):
        many = _COUNT.search(after)
        yield _List((alike[last + 1],), items, "sum", bool(many) and how_many(many["many"]) == len(items))
    elif opened and len(before) <= _WHOLE_FAR:
        goes_on = len(items) == 2 and (_level(after) == _CLAUSE or (level == _CLAUSE and "其中" in before))
        low = _sentence_of(said, items[0].start)
        wholes = [each for each in alike[max(first - _BACK, 0) : first] if each.start >= low]
        if not goes_on:
            yield _List(tuple(wholes[::-1]), items, "open")
    elif (
        len(items) == _FEWEST
        and _LEFT.search("，" + _labels(said, items)[-1])
        and _level(before) == _SENTENCE
    ):
        low = said.rfind("\n", 0, items[0].start)
        yield _List(
            tuple(each for each in alike[max(first - _BACK, 0) : first][::-1] if each.start > low),
            items,
            "pause",
        )
    elif first and not kinds[-1] and len(before) <= _WHOLE_FAR and _level(before) != level:
        if kinds[0] != "open" or _level(before) >= _SENTENCE:
            yield _List((alike[first - 1],), items, "pause" if _level(before) >= _SENTENCE else "")
    elif len(items) > 2 and not _OPENS.search(_lead(said, items[0].start)):
        yield _List((items[0],), items[1:], "")


def _sums_up(gap: str, opened: bool) -> bool:
    """Whether a gap leads to the sum of what stands before it; a sentence of its own must say so."""
    if _kind(gap) != "sum" or len(gap) > _FAR or "个月" in gap:
        return False
    return not _BREAK.search(gap) or bool(not opened and _SUM_OF_ALL.search(gap))


def _sentence_of(said: str, at: int) -> int:
    """Where the sentence begins in which the whole of a list stands: the one before, where the list opens its own."""
    begin = begin_of(said, at, "。\n")
    if re.search(r"\d", said[begin:at]):
        return begin
    begin = begin_of(said, max(begin - 1, 0), "。\n")
    if not re.search(r"\d", said[begin:at]):
        begin = begin_of(said, max(begin - 1, 0), "。\n")
    return begin


def _lead(said: str, at: int) -> str:
    """What a sentence says before a place."""
    return _BREAK.split(said[max(at - _WHOLE_FAR, 0) : at])[-1]


def _missed(
    said: str, everything: Sequence[Quantity], alike: Sequence[Quantity], found: _List
) -> Quantity | None:
    """The whole that the parts were meant for and miss."""
    parts = found.parts
    if not found.wholes or len(parts) > _MOST or any(each.about or is_apiece(said, each) for each in parts):
        return None
    if (not found.cue and parts[0].unit in _MEASURES) or _OPEN_END.match(said, parts[-1].end):
        return None
    values = [each.value for each in parts]
    summed = sum(values, Decimal(0))
    if not any(0 < abs(each.value - summed) <= each.value * _WIDE for each in found.wholes):
        return None
    labels = _labels(said, parts)
    if nested(labels) or complements.staged(labels):
        return None  # 安排104个，开工91个，完工22个
    if any(
        sum(values[at + 1 : end]) == value and _LEFT.search(labels[end - 1])
        for at, value in enumerate(values)
        for end in range(at + 3, len(values) + 1)
    ):
        return None  # 县级198万元，由县财政拨付132万元，其余66万元: a part with parts of its own
    low = bisect_left(everything, parts[0].start, key=lambda each: each.start)
    first = everything[low - 1] if low else None
    gap = said[first.end : parts[0].start] if first and found.cue == "sum" else "\n"
    if not _kind(gap) and _level(gap) == _level(said[parts[0].end : parts[1].start]):
        return None  # 水库38座 stands before them in the list
    inside = everything[low : bisect_left(everything, parts[-1].end + _SHORT, key=lambda each: each.start)]
    if any(not each.unit and _HOLE.match(said, each.end) for each in inside):
        return None
    if _mixed(said, [each for each in inside if each.end <= parts[-1].end], parts):
        return None
    low, high = min(parts[0].start, found.wholes[0].start), max(parts[-1].end, found.wholes[0].end)
    if TORN.search(said, low, high) or _BLANK.search(said, low, high + _SHORT):
        return None
    begin = begin_of(said, parts[0].start, "。；\n")
    ones = len(_ONE.findall(said, begin, parts[-1].end))
    if ones and any(each.value == summed + ones for each in found.wholes):
        return None
    sure = _sure(said, found)
    if len(parts) == _FEWEST and not sure and _level(said[parts[0].end : parts[1].start]) == _CLAUSE:
        return None  # 1460名学生中，在校午餐1388人，占95.1%；清淡窗口供餐42人
    order = sorted(
        found.wholes,
        key=lambda each: (not _names(said, each, parts[0]), not slipped(each.value, summed)),
    )
    if any(each.value == summed for each in order):
        return None
    lead = said[found.wholes[0].end : parts[0].start]
    if not all(each.strip("有为的共约") for each in labels) and "分别" not in _lead(said, parts[0].start):
        return None  # 8座水库中，有5座低于汛限水位，2座接近
    if found.cue in ("", "pause") and not sure and any(map(OTHER_ACT.search, labels)):
        return None  # 补助500万元，已到位300万元，拨付200万元
    ranked = [bool(_RANK.match(each)) for each in labels if not each.startswith("其")]
    if found.cue == "pause" and any(ranked) and not all(ranked):
        return None  # 省级合作社2家，市级合作社5家，种植合作社12家
    if _CHIEFLY.search(lead) and summed < found.wholes[0].value:
        return None
    if not sure and (
        overlap(labels) or (found.cue == "open" and len(parts) == 2 and max(map(len, labels)) > _LONG)
    ):
        return None  # 其中重新交办640件，经二次办理后转为满意的416件
    if BOTH.search(re.split(r"\n", said[parts[-1].end : parts[-1].end + _FAR])[0].lstrip("。；，")):
        return None
    for whole in order:
        if whole.about and not _told_exactly(said, whole):
            if abs(summed - whole.value) <= whole.value * _WIDE:
                return None
            continue
        if is_apiece(said, whole) or (whole.value <= max(values) and found.cue != "sum"):
            continue
        named = _names(said, whole, parts[0])
        if _STOPS.search(_lead(said, whole.start)[-_SHORT:]) or (
            not named and is_done(said, whole, _near(alike, whole))
        ):
            continue
        near = (
            _CLOSE
            if len(parts) == 2 and "包" in said[whole.end : parts[0].start]
            else _nearness(found, sure or _beside(said, everything, whole, parts))
        )
        if _slack(said, whole, parts) < abs(summed - whole.value) <= whole.value * near and not _explained(
            alike, whole, parts, summed
        ):
            return whole
    return None


def _times(said: str, part: Quantity) -> int:
    """Of how many it is told: 人大代表、政协委员各2名."""
    each = _EACH.search(said, max(part.start - _WHOLE_FAR // 2, 0), part.start)
    return len(re.findall(r"[、和及与]", each["names"])) + 1 if each else 1


def _read_over(said: str, alike: Sequence[Quantity], parts: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """With what another sign joins to a list and calls the rest of it: 特大型62处、大型217处，其余12054处为小型."""
    at = bisect_left(alike, parts[-1].end, key=lambda each: each.start)
    rest = alike[at] if at < len(alike) else None
    if rest and _THE_REST.fullmatch(said, parts[-1].end, rest.start):
        parts = (*parts, rest)
    return tuple(replace(each, value=each.value * _times(said, each)) for each in parts)


def _told_exactly(said: str, whole: Quantity) -> bool:
    """约156万元, 不少于46场次: what is called rough, but told to the last digit, or the least that a list fills."""
    least = said.endswith(("不少于", "不低于", "至少"), 0, whole.start)
    return least or (
        said.endswith("约", 0, whole.start)
        and whole.value / whole.step >= _EXACT
        and whole.value / whole.step % 10 != 0
    )


def _slack(said: str, whole: Quantity, parts: Sequence[Quantity]) -> Decimal:
    """By how much figures miss that are written to other places: 2.36亿元 of 1420万元 and 2.22亿元."""
    steps = [each.step for each in (whole, *parts)]
    rough = "." in said[whole.start : whole.number_end] or said[whole.number_end - 1] == "亿"
    return (
        sum(steps, Decimal(0)) / 2
        if min(steps) < max(steps) and (rough or whole.unit != "元") and max(steps) != 1
        else Decimal(0)
    )


def _names(said: str, whole: Quantity, first: Quantity) -> bool:
    """项目支出3060万元，…。项目支出中，安排…: whether what leads to the list names the whole."""
    label = _labels(said, [whole])[0].strip()
    return len(label) > 1 and label in _lead(said, first.start)


def _labels(said: str, parts: Sequence[Quantity]) -> list[str]:
    return [_MARK.split(said[max(each.start - _SHORT, 0) : each.start])[-1] for each in parts]


def _sure(said: str, found: _List) -> bool:
    """Whether the labels leave nothing over."""
    labels = _labels(said, found.parts)
    if _LEFT.search("，" + labels[-1]):
        return True
    return complements.partition(labels) and (found.cue != "pause" or len(labels) > 2)


def _beside(said: str, everything: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether amounts of another unit right beside whole and parts add up: 87户312人, 65户241人 and 32户71人."""
    for way in (1, -1):
        column = []
        for each in (whole, *parts):
            index = bisect_left(everything, each.start, key=lambda one: one.start) + way
            other = everything[index] if 0 <= index < len(everything) else None
            one, two = (each, other) if way > 0 else (other, each)
            if (
                one is None
                or two is None
                or other is None
                or len(said[one.end : two.start].strip("、，")) > 2
            ):
                break
            column.append(other)
        else:
            if (
                len({each.unit for each in column}) == 1
                and column[0].unit
                and column[0].value == sum(each.value for each in column[1:])
            ):
                return True
    return False


def _nearness(found: _List, sure: bool) -> Decimal:
    """How far the parts may miss."""
    if found.cue in ("sum", "open"):
        return _WIDE if len(found.parts) > 2 or found.many else _NEAR
    if len(found.parts) == 2 and not sure:
        return Decimal(0)
    return _NEAR if sure or found.cue else _CLOSE


def _mixed(said: str, inside: Sequence[Quantity], parts: Sequence[Quantity]) -> bool:
    """Whether items of the list are counted in other units: 96台、58台、6架."""
    level = _level(said[parts[0].end : parts[1].start])
    own = {each.start for each in parts}
    for one, two in pairwise(inside):
        if two.start not in own and one.start in own and _level(said[one.end : two.start]) == level:
            after = next((each for each in inside if each.start > two.start), None)
            if after is None or _level(said[two.end : after.start]) == level:
                return True
    return False


def _near(alike: Sequence[Quantity], whole: Quantity) -> Sequence[Quantity]:
    """The amounts of the unit a few sentences around."""
    low, high = (
        bisect_left(alike, whole.start + far, key=lambda each: each.start) for far in (-_AROUND, _AROUND)
    )
    return alike[low:high]


def _explained(
    alike: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity], summed: Decimal
) -> bool:
    if any(each.value == summed for each in _near(alike, whole) if each is not whole):
        return True
    values = [each.value for each in parts]
    sums = {sum(values[a:b]) for a in range(len(values)) for b in range(a + 2, len(values) + 1)}
    return whole.value in sums
