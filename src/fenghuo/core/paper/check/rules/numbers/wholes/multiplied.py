"""So much for each, how many they are, and what they come to, wherever the three stand in a sentence or two.

平均每村3.5公里 of 18个村 and 新增里程73公里; 每栋65套 of 4栋 and 房源240套; 日均650吨 in 30天 and 当月18600吨.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import reckoned_wrong
from ..text.quantities import Quantity
from ..text.reading import read
from ..text.sentences import begin_of, label_of, passages
from ..text.slips import slipped

_EACH = re.compile(
    r"(?:每(?P<thing>[^，。；、：\d每]{1,12})|(?P<mean>[日月年天户人亩村组班校]均)[^，。；、：\d]{0,8}|(?P<price>单价)[^，。；、：\d]{0,3})$"
)
_TWICE = re.compile(r"每(?P<who>[^，。；、：\d每]{1,4})每个?(?P<term>[年月天日周])[^，。；、：\d]{0,8}$")
_SUM = re.compile(r"[总共][^，。；、：\d]{0,6}$")
_MEASURES = frozenset(
    ("小时", "分钟", "岁", "米", "毫米", "厘米", "页", "年", "公里", "元", "吨", "亩", "平方米")
)
_NO_THING = re.compile(r"[次逢个]?(?:年|月|周|季|晚|夜|轮)|立方|平方|吨|公里|分钟|小时")
_ROUGH = re.compile(
    r"至少|不少于|不低于|不超过|最[高多低少]|约|以[上内下]|左右|原则|起步|控制|达到|不到|不足|近|逾|超"
)
_MORE = re.compile("连同|加上|另加|外加|包括")
_LESS = re.compile(r"[，,]?(?:[（(]|优惠|减免|扣除|折)")
_BREAK = re.compile(r"[。！？\n]")
_OTHER = re.compile(
    r"其中|较|比(?![例重])|[去上]年|同比|另|预留|首|提前|不足|剩|余|缺|还|奖金|违约|罚|最(?!多可)|超|到$"
)
_PEOPLE = frozenset(("人", "人次", "户次", "个"))
_BODIES = frozenset(("个", "人", "家", "所", "名"))
_HAN = re.compile(r"[\u4e00-\u9fff]{0,8}")
_DAYS = {"日均": "天", "天均": "天"}
_LEAST, _MOST = Decimal("0.6"), Decimal("1.67")
_NEAR, _AROUND = 26, 200


def check(document: Document) -> Iterator[Finding]:
    """Silent where any two amounts around make any third of the kind."""
    for start, passage in passages(document):
        said = folded(passage)
        if not re.search("每|均|单价", said):
            continue
        told = [each for each in read(said, times=True) if each.unit]
        for ration in told:
            match = _EACH.search(said, max(ration.start - _NEAR, 0), ration.start)
            if match and ration.value and not ration.about:
                yield from _judged(said, start, told, ration, match)


def _judged(
    said: str, start: int, told: Sequence[Quantity], ration: Quantity, match: re.Match[str]
) -> Iterator[Finding]:
    twice = _TWICE.search(said, max(match.start() - 8, 0), ration.start)
    if (not twice and _NO_THING.match(match["thing"] or match["mean"] or "")) or _ROUGH.search(
        said[match.start() : ration.end + 2]
    ):
        return
    around = [each for each in told if abs(each.start - ration.start) < _AROUND and each is not ration]
    counts, totals = _nearest(said, around, ration, match, twice)
    times = _times(said, around, ration, twice)
    if not counts or not totals or times is None:
        return
    slack = _slack(said, ration, match)
    many = [each.value * times for each in around if each.unit not in _MEASURES or each in counts]
    if any(
        abs(one * ration.value - two.value) <= max(one * slack, two.step if two.step > 1 else 0)
        for one in many
        for two in around
        if two.unit == ration.unit or two.unit in _PEOPLE
    ):
        return
    count = min(counts, key=lambda each: abs(each.start - ration.start))
    after = [each for each in totals if each.start > ration.start]
    total = after[0] if after else totals[-1]
    right = count.value * ration.value * times
    between = said[min(ration.start, total.start) : max(ration.end, total.end)]
    apiece = (
        _EACH.search(said, max(each.start - _NEAR, 0), each.start)
        for each in around
        if each.unit == ration.unit
    )
    if _MORE.search(between) or any(each and not _apart_by(said, each, ration) for each in apiece):
        return  # 每个渔村3人、每个社区2人; 每组3人，连同组长
    if sum(each.value for each in counts) * ration.value * times == total.value:
        return  # 第一批50台、第二批80台，每台3万元，计390万元
    others = [each for each in around if each is not count and each.unit == total.unit]
    if any(each.value in (total.value - right, total.value + right) for each in others) or _LESS.match(
        said, total.end
    ):
        return  # 40人的专业队和6支村级队，每支10人，共计100人; 纯利112万元，户均分红1.6万元，提留44.8万元
    if total.value < right and "已" in label_of(said, total.start, 16) and not slipped(total.value, right):
        return  # 每亩160元，面积3420亩，已兑付43.6万元
    if total.value * _LEAST <= right <= total.value * _MOST:
        yield reckoned_wrong(said, start, total, right, (count, ration))


def _nearest(
    said: str,
    around: Sequence[Quantity],
    ration: Quantity,
    match: re.Match[str],
    twice: re.Match[str] | None,
) -> tuple[list[Quantity], list[Quantity]]:
    """How many they may be and what they may have in all: of the same sentence, else of the next or the one before."""
    counts = [each for each in around if _counts(said, each, twice or match)]
    term = twice["term"] if twice else ""
    totals = [each for each in around if _is_total(said, each, ration, term) and each not in counts]
    own = _bounds(said, match.start(), ration.end)
    end = _BREAK.search(said, ration.end)
    next_ = _bounds(said, end.end(), end.end()) if end and end.end() < len(said) else own
    here = [each for each in totals if own[0] <= each.start < own[1] and not _apart(said, each, ration)]
    mine = [each for each in counts if own[0] <= each.start < own[1]]
    if here:
        return mine or [each for each in counts if each.start < own[0]][-1:], here
    if mine:
        return mine, [each for each in totals if each.start < own[0] and _SUM.search(said, 0, each.start)][
            -1:
        ]
    after = [[each for each in some if next_[0] <= each.start < next_[1]] for some in (counts, totals)]
    return after[0], after[1][:1]


def _bounds(said: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence of a place begins and ends."""
    close = _BREAK.search(said, end)
    low = begin_of(said, start, "。！？\n")
    return low, close.start() if close else len(said)


def _apart_by(said: str, each: re.Match[str], ration: Quantity) -> bool:
    """Whether what others have is told in another sentence."""
    low, high = sorted((each.start(), ration.start))
    return bool(_BREAK.search(said, low, high)) or "；" in said[low:high]


def _apart(said: str, each: Quantity, ration: Quantity) -> bool:
    low, high = sorted((each.start, ration.start))
    return "；" in said[low:high]


def _times(
    said: str, around: Sequence[Quantity], ration: Quantity, twice: re.Match[str] | None
) -> Decimal | None:
    """每人每月1080元 and 3个月: how often; once where the sum is of one of them (每辆每天6小时, 每天132小时)."""
    if not twice:
        return Decimal(1)
    term = twice["term"]
    told = [
        each
        for each in around
        if each.unit == term or (each.unit == "个" and said.startswith(term, each.end))
    ]
    if len({each.value for each in told}) == 1:
        return told[0].value
    return Decimal(1) if not told and f"每{term}" in said[ration.end : ration.end + _NEAR] else None


def _slack(said: str, ration: Quantity, match: re.Match[str]) -> Decimal:
    """How far what each has may lie from what it was rounded to."""
    mean = match["mean"] or "平均" in said[max(match.start() - 2, 0) : ration.start]
    return ration.step / 2 if mean else Decimal(0)


def _counts(said: str, each: Quantity, match: re.Match[str]) -> bool:
    """Whether an amount counts those of which each has so much."""
    if each.about or each.value <= 1 or each.value % 1:
        return False
    told = match.groupdict()
    if told.get("price"):
        return each.end <= match.start() and bool(re.fullmatch(r"[，,（(]?", said[each.end : match.start()]))
    mean = told.get("mean") or ""
    if mean in _DAYS:
        return each.unit == "天"
    thing = (told.get("who") or told.get("thing") or mean[:1])[:4]
    if each.unit != "个" and thing.startswith(each.unit):
        return True
    core = re.sub("^[个名位家]", "", thing)
    behind = _HAN.match(said, each.end)
    label = re.split(r"[，。；、\d]", said[max(each.start - 12, 0) : each.start])[-1].rstrip("数：为共有")
    if each.unit != "个" and len(core) > 1 and label.endswith(core[:2]):
        return True  # 考场数：57场, of 每个考场
    named = (
        behind and core and (core[:2] in behind[0] or (core[0] in behind[0][:4] and core[0] not in "的了为"))
    )
    return bool(each.unit in _BODIES and named) or (each.unit == "人" and core[:1] == "人")


def _is_total(said: str, each: Quantity, ration: Quantity, term: str) -> bool:
    """Whether an amount can be what all have."""
    if each.about or each.han != ration.han:
        return False
    if each.unit != ration.unit and {each.unit, ration.unit} != {"人", "人次"}:
        return False
    lead = label_of(said, each.start, 16)
    if _OTHER.search(lead):
        return False
    apiece = _EACH.search(said, max(each.start - _NEAR, 0), each.start)
    if apiece and not (
        term and (apiece["thing"] or "").startswith(term) and not _TWICE.search(said, 0, each.start)
    ):
        return False
    if each.unit in ("个", "项", "条"):
        return said[each.end : each.end + 1] == said[ration.end : ration.end + 1]
    return True
