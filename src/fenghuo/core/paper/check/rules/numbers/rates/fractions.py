"""What part of a whole is told right behind the part or right before it, in words and in figures alike.

36人，占四成; 四分之一即22.5万元; 不足一成，为187人; 16.8万元，占应退21万元的八成. The whole is told before in
the same sentence or paragraph. Silent where any of the figures there, or some of them together, make it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, islice

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import rate_wrong
from ..text.magnitudes import Magnitude, figures, magnitudes, roughly
from ..text.quantities import Quantity
from ..text.quantities import is_apiece as _is_apiece
from ..text.sentences import begin_of, label_of, passages
from .shares import names_a_paper

# 36人，占四成; 12栋，即四成; 48处，完成四分之三
BARE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6})?[，,（(]?(?:后者)?(?:[仅只约就还均也已](?!未)|大约|大概)?(?:占(?:到了|到|了|比[例重]?)?|即|也就是|完成|比例)(?:[为达约仅只]|达到)*"
)
# 48人，占实缴人数的八成; 合格率98%
_NAMED = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6})?[，,（(]?[仅只约就还]?(?:占|[是为])(?P<of>[^，。；、\d]{1,14}?)的?(?:比[例重])?(?:[为达约仅只]|达到)*"
)
_RATE = re.compile(
    r"[\u4e00-\u9fff]{0,6}[，,（(](?P<name>[\u4e00-\u9fff]{1,8})[率面度](?:[为达约仅只]|达到)*"
)
# 84人的三分之一; 应清退21万元的八成
_OF = re.compile(r"[\u4e00-\u9fff]{0,6}的(?:约|近)?$")
_OF_LEAD = re.compile(
    r"[^，。；、\d]{0,8}[，,（(]?[^，。；、\d]{0,4}(?:占|[是为]|相当于|完成|达到?)[^，。；、\d]{0,14}"
)
# 近一成，为187人; 四分之一即22.5万元; 占五成，计450万元; 管理率93.5%，即2010例
_THEN = re.compile(
    r"(?:[^，。；、\d]{0,6}[，,（(])?(?:即|也就是|计|为|达到?|共计?|合计?|约)[^，。；、\d]{0,8}"
)
# 75名护林员中50岁以上的有39名; 抽查10人仅6人
_INSIDE = re.compile(r"[^，。；、\d]{0,10}中[，,]?[^，。；、\d]{0,12}(?:\d+[岁年][^，。；、\d]{0,8})?|仅有?")
# 58次中准确54次
_AMONG = re.compile(r"[^，。；、\d]{0,8}[中里][^，。；、\d]{0,10}")
_GROWS = re.compile(
    r"增|降|减|涨|升|同比|环比|较|高于|低于|超过|提高|[上去前]年|同期|不[低高少]于|目标|力争|要求|达到以上"
)
_WIDER = re.compile(r"[与和及对]|全[市省国球区县]|[一二三四五六七八九十]分之|GDP|生产总值|同类|行业|各")
_ANY_WHOLE = re.compile(
    r"^(?:其|总[数量额]?|全部|全[年部体]|以上|上述|该)|(?:总[数量额人]?|任务|计划|目标|人数|户数|件数|数)$"
)
# 500万元，占任务的50%，其中设备200万元，占40%
_OWN = re.compile(r"[）)]?[，,]其中")
_IN_BULK = re.compile(r"米|亩|里|顷|吨|元|克|斤")
_CHANGED = re.compile(r"[增减降缩涨压升退]")
_SUMMED = re.compile(r"合计|共|总|累计|[两二三四五六七八九]者|[两三四五六七八九]类|[两三四五六七八九]项")
NO_PART = frozenset(("岁", "年", "月", "日", "天", "小时", "分钟", "分", "页", "层", "期", "轮", "度"))
OWN_SHARE = re.compile(
    r"[^，。；、\d]{0,4}[，,（(]?(?:[约仅只就还]|大约)?占(?:比)?[^，。；、\d其]{0,8}?(?:\d+(?:\.\d+)?%|[一二两三四五六七八九]成|[一二两三四五六七八九十]{1,2}分之)(?![^，。；、]{0,4}[，,]其中)"
)
"""A share told right behind a figure: it is one of several, and no whole of the next."""
_LEFT = re.compile(r"未|不|缺|脱|剩|无|非|损|漏|欠|空|余|退|逾|流失|故障|失|拒|亏|离")
_LACKS = re.compile(r"缺|差|欠|短")
_A_YEAR = re.compile(r"每[年月季]")
_LIST_OF = re.compile(r"[^，。；、\d]{0,6}、[^，。；、\d]{1,12}")
_LINK = 26
_TOGETHER, _TWO = 6, 2
_HUNDRED, _LEAST = Decimal(100), Decimal(2)


def check(document: Document) -> tuple[list[Finding], list[Finding]]:
    """Parts before and behind what is told of them: those that no other reading can make right, and the others."""
    sure: list[Finding] = []
    likely: list[Finding] = []
    for clear, found in _found(document):
        (sure if clear else likely).append(found)
    return sure, likely


def _found(document: Document) -> Iterator[tuple[bool, Finding]]:
    for start, passage in passages(document):
        said = folded(passage)
        told = magnitudes(said)
        if not told:
            continue
        counted = figures(said)
        shared = shares_in(said, counted, told)
        for each in told:
            if each.doubled:
                continue
            for claim in (_before(said, counted, each, shared), _behind(said, counted, each, shared)):
                if claim and not _explained(said, counted, each, *claim, shared):
                    part, whole = claim
                    right = part.value / whole.value * _HUNDRED
                    asked = f"{right / _HUNDRED:.1f}倍" if each.times else f"{right:.1f}%"
                    clear = _is_clear(said, part, whole, shared)
                    yield clear, rate_wrong(said, start, each, part, whole, asked)
                    break


def shares_in(
    said: str, counted: Sequence[Quantity], told: Sequence[Magnitude]
) -> dict[int, tuple[Quantity, Magnitude]]:
    """The figures of which a share is told right behind or before: the wholes of no other one in their list."""
    found = {}
    for each in told:
        at = bisect_right(counted, each.start, key=lambda one: one.end) - 1
        if at >= 0 and (
            BARE.fullmatch(said, counted[at].end, each.start)
            or (_NAMED.fullmatch(said, counted[at].end, each.start) and not _OWN.match(said, each.end))
        ):
            found[counted[at].start] = counted[at], each
        at = bisect_left(counted, each.end, key=lambda one: one.start)
        if at < len(counted) and _THEN.fullmatch(said, each.end, counted[at].start):
            found.setdefault(counted[at].start, (counted[at], each))
    return found


def of_it(whole: Quantity, part: Quantity, shared: dict[int, tuple[Quantity, Magnitude]]) -> int:
    """How many other shares a whole makes right."""
    return sum(
        one.unit == whole.unit and one.start != part.start and each.holds(one.value / whole.value * _HUNDRED)
        for one, each in shared.values()
    )


def _is_clear(
    said: str, part: Quantity, whole: Quantity, shared: dict[int, tuple[Quantity, Magnitude]]
) -> bool:
    """75名护林员中50岁以上的有39名; a whole that makes the other shares of its list right."""
    return bool(_INSIDE.fullmatch(said, whole.end, part.start)) or of_it(whole, part, shared) >= _TWO


def _before(
    said: str, counted: Sequence[Quantity], told: Magnitude, shared: dict[int, tuple[Quantity, Magnitude]]
) -> tuple[Quantity, Quantity] | None:
    """The part that stands right before, and its whole."""
    before = [each for each in counted if each.end <= told.start]
    if not before:
        return None
    part = before[-1]
    link = said[part.end : told.start]
    if len(link) > _LINK or part.about or part.unit in NO_PART or part.han:
        return None
    if _OF.fullmatch(link) and len(before) > 1:
        part, whole = before[-2], part
        lead = said[part.end : whole.start]
        fits = (
            part.unit == whole.unit and (told.times or part.value <= whole.value) and _OF_LEAD.fullmatch(lead)
        )
        return (
            (part, whole)
            if fits and (told.times or not _GROWS.search(lead)) and not part.about and not whole.about
            else None
        )
    if _GROWS.search(link) or is_apiece(said, part) or told.times or told.value > _HUNDRED:
        return None
    wholes = _wholes(said, before[:-1], part, shared)
    if not wholes:
        return None
    if BARE.fullmatch(link):
        return part, wholes[-1]
    named = _NAMED.fullmatch(link)
    if named and _IN_BULK.search(part.unit) and named["of"].rstrip("的").endswith("数"):
        return None  # 29个小区、35.8万平方米，占小区总数的63%
    if named and not _WIDER.search(named["of"]):
        called = [each for each in wholes if is_called(said, each, named["of"])]
        return (part, called[-1]) if called else None
    rate = _RATE.fullmatch(link)
    if not rate or _CHANGED.search(rate["name"]) or (part.unit == "元" and "面" in link):
        return None
    if not told.soft and wholes[-1] is not _heads(said, before[:-1], part)[-1]:
        return None
    label, other = (
        label_of(said, part.start) + re.split(r"[，,（(]", link)[0],
        label_of(said, wholes[-1].start),
    )
    verb = rate["name"][-2:]
    if (
        told.soft
        and verb not in label
        and (meant := [each for each in before[-3:-1] if verb in label_of(said, each.start)])
    ):
        # 评价9870条，好评9840条，差评30条，好评率约99.7%
        wholes = _wholes(said, before[: before.index(meant[-1])], meant[-1], shared)
        return (meant[-1], wholes[-1]) if wholes and meant[-1].unit == part.unit else None
    called_so = not set(verb).isdisjoint(label) and (verb in label or verb not in other)
    denied = re.search(f"[不未没无非](?:予|能|曾|有|经)?{verb}", label)
    return (part, wholes[-1]) if called_so and not denied and not names_a_paper(label, verb) else None


def _behind(
    said: str, counted: Sequence[Quantity], told: Magnitude, shared: dict[int, tuple[Quantity, Magnitude]]
) -> tuple[Quantity, Quantity] | None:
    """The part that stands right behind, and its whole before."""
    part = next((each for each in counted if each.start >= told.end), None)
    if told.times or told.value > _HUNDRED or part is None or part.about or part.unit in NO_PART or part.han:
        return None
    between = said[told.end : part.start]
    lead = label_of(said, told.start, 16)
    if not _THEN.fullmatch(between) or _GROWS.search(between + lead) or is_apiece(said, part):
        return None
    at = counted.index(part) + 1
    among = counted[at] if at < len(counted) else None
    if among and among.unit == part.unit and _AMONG.fullmatch(said[part.end : among.start]):
        return among, part
    wholes = _wholes(said, [each for each in counted if each.end <= told.start], part, shared)
    return (part, wholes[-1]) if wholes else None


def _wholes(
    said: str, before: Sequence[Quantity], part: Quantity, shared: dict[int, tuple[Quantity, Magnitude]]
) -> list[Quantity]:
    """What the part may be of: in its sentence, else in the paragraph."""
    alike = [
        each
        for each in before
        if each.unit == part.unit
        and each.value >= part.value
        and not (each.about or each.han or each.start in shared or is_apiece(said, each))
    ]
    low = begin_of(said, part.start, "。\n")
    return _heads(said, [each for each in alike if each.start >= low] or alike, part)


def _heads(said: str, before: Sequence[Quantity], part: Quantity) -> list[Quantity]:
    """200户中，盈利118户、持平46户、亏损36户: what stands before the list that a part is the last of."""
    heads = list(before)
    while len(heads) > 1 and _LIST_OF.fullmatch(said, heads[-1].end, part.start):
        part = heads.pop()
    return heads


def is_apiece(said: str, told: Quantity) -> bool:
    """Whether it is what each has, and not what each year brings."""
    return _is_apiece(said, told) and not _A_YEAR.search(said, max(told.start - 12, 0), told.start)


def is_called(said: str, whole: Quantity, name: str) -> bool:
    """Whether a whole is what the rate names: 占实缴人数 of 实缴20094人."""
    if _ANY_WHOLE.search(name) and len(name) <= 5:
        return True
    return _says(said, whole, name)


def _says(said: str, whole: Quantity, name: str) -> bool:
    around = label_of(said, whole.start) + said[whole.end : whole.end + 6]
    return any(name[at : at + 2] in around for at in range(len(name) - 1))


def _explained(
    said: str,
    counted: Sequence[Quantity],
    told: Magnitude,
    part: Quantity,
    whole: Quantity,
    shared: dict[int, tuple[Quantity, Magnitude]],
) -> bool:
    """Whether the part makes it of anything told around, alone or together."""
    alike = [each for each in counted if each.unit == part.unit]
    explicit = bool(_OF.fullmatch(said[whole.end : told.start])) if whole.end <= told.start else False
    if explicit:
        at = alike.index(whole)
        parts = [part.value, *accumulate(each.value for each in reversed(alike[max(at - _TOGETHER, 0) : at]))]
        shares = [each / whole.value * _HUNDRED for each in parts]
        return any(told.holds(each, roughly(each, part, whole)) for each in shares)
    listed = "、" in said[whole.end : part.start]
    if _of_a_told_base(counted, told, part):
        return True
    if told.soft:
        apart = begin_of(said, part.start, "。\n") > whole.end
        # 48万人次 at the head of the paragraph, and far below 9.6万人次，占两成: the whole of all.
        if apart and any(each.value and part.value / each.value * _HUNDRED == told.value for each in alike):
            return True
        low = begin_of(said, min(part.start, whole.start), "\n" if apart else "。\n")
        alike = [each for each in alike if low <= each.start <= max(part.end, told.end)]
    left = bool(_LEFT.search(said[max(part.start - 14, 0) : told.start]))
    named = _NAMED.fullmatch(said, part.end, told.start)
    at = alike.index(part)
    parts = [part.value]
    label = label_of(said, part.start)
    if _SUMMED.search(label + said[part.end : told.start]):
        parts += list(islice(accumulate(each.value for each in reversed(alike[: at + 1])), 1, _TOGETHER))
    if _share_of(said, part, whole, told, parts):
        return True
    if named and whole.end <= told.start and _says(said, whole, named["of"]):
        return False
    wholes = [each.value for each in alike if each is not part and each is not whole]
    if (
        listed
        or "后者" in said[part.end : told.start]
        or "其中" in said[max(whole.start - 14, 0) : whole.start]
    ):
        wholes.append(part.value + whole.value)
    if _LACKS.search(label):
        wholes += [part.value + each.value for each in alike if each is not part]  # 泊位4.2万个，缺口2.1万个
    siblings = [each.value for each in alike if each.start in shared]
    if len(siblings) > _TWO:
        wholes.append(sum(siblings, Decimal(0)))
        alike = []
    for first in range(len(alike)):
        run = alike[first : first + _TOGETHER]
        run = run[: run.index(whole)] if not listed and whole in run else run
        wholes += islice(accumulate(each.value for each in run), 1, None)
    for one in parts:
        for all_ in wholes:
            share = one / all_ * _HUNDRED
            rough = roughly(share, part, whole)
            if told.nearly(share, rough) or (left and told.nearly(_HUNDRED - share, rough)):
                return True
    return False


def _of_a_told_base(counted: Sequence[Quantity], told: Magnitude, part: Quantity) -> bool:
    """每批5000升，糖8.5%计425千克，酸0.15%，计7.5千克: what the part is of is told in another unit."""
    if told.soft or not told.value or told.start > part.start:
        return False
    base = part.value / told.value * _HUNDRED
    return base >= _HUNDRED and any(
        each.value == base and each.unit != part.unit and each.end <= told.start for each in counted
    )


def _share_of(said: str, part: Quantity, whole: Quantity, told: Magnitude, parts: Sequence[Decimal]) -> bool:
    left = bool(_LEFT.search(said[max(part.start - 14, 0) : told.start]))
    shares = [each / whole.value * _HUNDRED for each in parts]
    return any(
        told.holds(each, roughly(each, part, whole)) or (left and told.holds(_HUNDRED - each))
        for each in shares
    )
