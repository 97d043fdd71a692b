"""Totals in a sentence that are not the sum of the parts told beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from ....document import Document
from ....finding import Finding
from ..text.quantities import ARTICLES, Quantity, amounts_in
from ..text.sentences import sentences
from . import complements
from .itemised import CHANGE, JOINT, ORDINAL, OTHER_ACT, parts_told
from .parted import Part, judged

_SOME = re.compile(r"其中[，,:：]?\s*(?:包括|含|有)?")
_ALL = re.compile(
    r"分别(?:为|是|有)|包[括含](?![在于])|分为|(?:即|分别)[：:]|组成如下[：:]|构成(?:如下|为)[：:]?|具体(?:为|是)[：:]?"
)
_LOOSE = ("包括", "包含")
"""What leads to some of the parts as often as to all."""
_SPREAD = re.compile(
    r"(?:安置|安排|分布|分配|分送|分流|转移|疏散|派驻|派遣|投放|存放|收治|寄养|送|运)(?:到|在|于|往|至)|(?<=[，,])(?:涉及|来自|经核[查实]|(?:分别|主要)?用于|投向|(?:经|已)?(?:核[查实定]|查[明实]|[认判评鉴界]定|分解|[细划]分|归[类并]|确[定认]|折算)[^，。；、\d]{0,2}为)"
)
"""What became of the whole, without 其中: 现有47名，安置到甲29名、乙18名."""
_AVERAGE = re.compile(r"(?:平均|[人户亩村]均|每)[^，。；\d]{0,6}(?<!共)(?<!共计)$|[亩单]产$")
"""What leads to an average, which has no parts."""
_GOES_ON = ("其中", "具体为", "具体是", "包括", "分别为", "分别是")
"""What a sentence begins with that goes on about the amounts of the one before."""
_OF = re.compile(r"由\s*(?P<parts>[^。；]*?)\s*(?:组成|构成|合并而成)")
_AMONG = re.compile(r"[^，。；、：\d（）()]{0,10}(?:中|(?<!公)里[面头]?)(?P<pause>[，,])?(?!的)")
_SOMEHOW = re.compile(r"有|已|仅|只|就|共|另")
# A rare sign between two digits is pasted in: 10躽2人 is no count of two.
TORN = re.compile(
    r"\d\s*[^\W\d_A-Za-z年月日时分秒点号度米元角万千百亿比至到和或与及余多个约级类岁人户处起次家份条项件里亩吨台辆套支部场期宗所座"
    r"栋间只头棵株块幅张册本批轮天班具架把艘顶床口盏根桶箱瓶袋面篇则例片组队位站村镇斤克名]\s*\.?\d"
)
_COMES = re.compile(r"的?|[，,]?\s*(?:共计|合计|总计|共|总共|一共|总人数)")
_IN_BRACKETS = re.compile(r"[（(](?P<parts>[^（）()]*)[)）]")
# 三级总计, 以上合计: the whole may name what it is the whole of.
_IN_ALL = re.compile(
    r"^[，,]?\s*(?:以上|上述|前?[两三一二]?个?季度|[上下]半年|全年|(?P<many>[两二三四五六七八九十])(?!个?[月年天]|季)[\u4e00-\u9fff]{1,2}?)?"
    r"(?:共计|合计|总计|共|总共|一共|总(?:数|任务|量|额|规模|里程|面积|长度?|[人户亩台]数|人次|投资)(?:仍?为)?)\s*$"
)
_MONTHS = (("季度", 3), ("半年", 2))
"""Of how many parts at the least a time is the whole, in whose months they are told."""
_LEADS = re.compile(r"^[^，。]{0,10}(?:涉及|具有|取得|获得?|达到|超过)")
"""Verbs of a sentence that stand before the first of a list and tell nothing of it."""
_NOUN = re.compile(r"[\u4e00-\u9fff]{1,4}(?=[、，])")
_SO_FAR = re.compile(r"^[，,]\s*累计\s*$")
_COLON = re.compile(r"\s*[：:]")
_WHEN = re.compile(r"(?:20\d\d年度?|\d{1,2}月份?)(?:[上下]半年)?")
_THEN = re.compile(r"[，,（(](?:上年|去年|上月|上季度)(?:同期)?[^，。；、\d]{0,6}$")
# What an amount is multiplied with: 是2024年19.0万元的2.2倍.
_FOLD = re.compile(r"的\s*[\d.]+\s*倍|的\s*[\d.]+\s*%|的[一二两三四五六七八九十]+(?:倍|分之)")
_SAME_THING = re.compile(r"(?:[、，]?[\u4e00-\u9fff]{0,5}\d[\d.]*[万亿]?[^，。；、：\d]{1,3})+[，,]")
_BARE = re.compile(r"[\u4e00-\u9fff]\d+(?:\.\d+)?[，。；]+$")


def check(document: Document) -> Iterator[Finding]:
    """Parts after 其中, 分别为, 包括 or in brackets, and parts before 合计."""
    told: set[int] = set()
    for start, text in _stretches(document):
        for finding in _sentence(text, start):
            if finding.span.start not in told:
                told.add(finding.span.start)
                yield finding


def _stretches(document: Document) -> Iterator[tuple[int, str]]:
    """Sentences; one that begins with 其中 speaks of the one before and is read together with it."""
    held: tuple[int, int, str] | None = None
    for sentence in sentences(document):
        if sentence.cell:
            continue
        gap = document.text[held[0] + len(held[2]) : sentence.start] if held else ""
        if held and sentence.index == held[1] and sentence.text.lstrip().startswith(_GOES_ON):
            if "。" in gap and document.text[held[0] - 1 : held[0]] == "；":
                held = None  # of which item of a list it tells is open
                continue
            held = held[0], held[1], held[2] + "，" * len(gap) + sentence.text
            continue
        if held:
            yield held[0], held[2]
        held = sentence.start, sentence.index, sentence.text
    if held:
        yield held[0], held[2]


def _sentence(text: str, start: int) -> Iterator[Finding]:
    counted = amounts_in(text)
    if len(counted) < 2 or TORN.search(text):
        return
    if len(counted) < 3:
        # A part above its total needs two only.
        if len(counted) == 2:
            yield from _after(text, start, counted)
        return
    yield from _after(text, start, counted)
    yield from _bracketed(text, start, counted)
    yield from _after_colon(text, start, counted)
    yield from _before(text, start, counted)


def _after(text: str, start: int, counted: Sequence[Quantity]) -> Iterator[Finding]:
    for form, everything in ((_SOME, False), (_ALL, True), (_SPREAD, False)):
        for match in form.finditer(text):
            if everything and text[max(match.start() - 3, 0) : match.start()].endswith("其中"):
                continue
            if everything and text[max(match.start() - 3, 0) : match.start()].endswith(("不", "主要", "还")):
                continue
            if everything and re.search("另[外有]", text[max(match.start() - 10, 0) : match.start()]):
                continue  # 甲店25箱，另外两家店分别为20箱、18箱
            if form is _SPREAD and match[0] in text[: match.start()]:
                continue  # 用于道路128万元，用于水渠82万元: one part after the other
            rest = text[match.end() :]
            told = (each for each in counted if each.start >= match.end())
            above = {each.unit for each in counted if each.end <= match.start()} - ORDINAL
            unit = next((each.unit for each in told if not each.han or each.unit in above), "")
            total = _total(text, match.start(), counted, unit)
            if total is None:
                continue
            if _depth(text, match.start()) > 0:
                rest = re.split(r"[)）]", rest)[0]
            listed = parts_told(rest, match.end(), unit, wide=total.wide)
            unit = total.unit if total.wide and unit in ARTICLES else unit
            if total.unit != unit and everything and total.value == len(listed):
                # 47人，设4个小组，分别为4人、22人、14人、8人: the groups are counted, the people add up.
                same = [each for each in counted if each.end <= total.start and each.unit == unit]
                total = same[-1] if same else total
            if total.unit != unit:
                # 项目24个，总投资19.8亿元，其中续建9个、新建15个: parts made to fill a whole find it further off.
                same = [each for each in counted if each.end <= match.start() and each.unit == unit]
                only = same[-1] if len({each.value for each in same}) == 1 else total
                total = only if _fills(listed, only) or _side_by_side(text, only, match.start()) else total
            each_of = "分别" in match[0] and len(listed) == sum(
                each.unit == unit for each in counted if each.end <= match.start()
            )
            if (
                (everything and len(listed) == 1 and not listed[0].label)
                or (each_of and len(listed) > 1)
                or (form is _SPREAD and (len(listed) < 2 or not all(part.label for part in listed)))
            ):
                continue  # 将8个社区划分为37个网格: other things than those divided
            listed = _not_of_itself(text, total, listed)
            if total.unit == unit and not _mean(text, total, listed):
                closed = everything and match[0] not in _LOOSE
                yield from judged(text, start, total, listed, closed, rest)
    for whole in counted:
        # 6起火灾中，电气原因6起、用火不慎2起、自燃1起
        match = _AMONG.match(text, whole.end)
        if match:
            listed = parts_told(text[match.end() :], match.end(), whole.unit)
            if not listed or (
                not match["pause"] and not complements.stepped([part.label for part in listed])
            ):
                continue
            if len(listed) >= 2 and all(part.label and not _SOMEHOW.match(part.label) for part in listed):
                yield from judged(text, start, whole, listed, False, text[match.end() :])
    for match in _OF.finditer(text):
        inside = [each for each in counted if match.start("parts") <= each.start < match.end("parts")]
        after = [each for each in counted if each.start >= match.end()]
        total = after[0] if after and _COMES.fullmatch(text[match.end() : after[0].start]) else None
        total = total or _total(text, match.start(), counted)
        if total and inside and all(each.unit == total.unit for each in inside):
            listed = parts_told(match["parts"], match.start("parts"), total.unit)
            yield from judged(text, start, total, listed, True, match["parts"])


def _depth(text: str, at: int) -> int:
    return len(re.findall(r"[（(]", text[:at])) - len(re.findall(r"[)）]", text[:at]))


def _bracketed(text: str, start: int, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """42处（企业20处、学校12处、林区10处)."""
    for match in _IN_BRACKETS.finditer(text):
        total = next((each for each in counted if each.end == match.start()), None)
        inside = match["parts"]
        if total is None or _SOME.match(inside) or "：" in inside or _ALL.search(inside):
            continue
        listed = parts_told(inside, match.start("parts"), total.unit)
        if len(listed) >= 2 and all(part.label for part in listed):
            yield from judged(text, start, total, listed, True, inside)


def _after_colon(text: str, start: int, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """108人：村干部32人，养护员34人，企业代表43人."""
    for total in counted:
        colon = _COLON.match(text, total.end)
        if not colon:
            continue
        inside = text[colon.end() :]
        if re.search(r"[：:]", inside):
            continue  # a second list begins: which of them is the whole's cannot be told
        listed = parts_told(inside, colon.end(), total.unit)
        whole = listed and not re.search(r"\d", text[listed[-1].quantity.end :])
        if whole and len(listed) >= 3 and all(part.label for part in listed):
            yield from judged(text, start, total, listed, True, inside)


def _before(text: str, start: int, counted: Sequence[Quantity]) -> Iterator[Finding]:
    """企业20处、学校12处、林区10处，共计42处."""
    for at, total in enumerate(counted):
        listed: list[Part] = []
        end = total.start
        for quantity in reversed(counted[:at]):
            if quantity.han and not listed and _IN_ALL.match("，" + text[quantity.start : total.start]):
                continue  # 三片合计: how many parts there are is none of them
            between = text[quantity.end : end]
            noun = _NOUN.match(between)
            if noun and text.startswith(noun[0], total.end):
                between = between[noun.end() :]  # 东片6个村、西片5个村，共11个村
            match = JOINT.match(between) if listed else _IN_ALL.match(between) or _SO_FAR.match(between)
            label = match["label"].strip() if match and listed else ""
            alike = quantity.unit == total.unit or (total.wide and quantity.unit in ARTICLES)
            if not match or not alike or len(label) > 16 or OTHER_ACT.search(label):
                break
            if len(listed) > 1 and match["sign"] in ("，", ",") and quantity.value > total.value:
                break  # 站里共有82人，夜班排司机4人、调度7人，共11人: told before the list, of all
            if re.search(r"[，,、（）()]", label):
                listed.clear()  # a piece of the list without an amount: half a list adds up to nothing
                break
            if listed:
                listed[-1] = Part(label, listed[-1].quantity)
            listed.append(Part("", quantity))
            end = quantity.start
        if len(listed) < 2:
            continue
        lead = text[:end]
        label = re.split(r"[，,、；：:（(]", lead)[-1].strip()
        each = re.search(r"分别(?:为|是|有)$", lead)
        whole = bool(label) and (each or not lead.rstrip(label).endswith("、"))
        if (
            not whole
            or ("其中" in lead and any(each.unit == total.unit and each.end <= end for each in counted))
            or (CHANGE.search(label) and not all(_WHEN.fullmatch(part.label) for part in listed[:-1]))
            or (any(not part.label for part in listed[:-1]) and not each)
        ):
            continue
        listed[-1] = Part(_LEADS.sub("", label), listed[-1].quantity)
        many = _IN_ALL.search(re.sub(r"^[^，]{1,4}(?=，)", "", text[listed[0].quantity.end : total.start]))
        if many and len(listed) < next((size for word, size in _MONTHS if word in many[0]), 0):
            continue  # 8月、9月分别为25天、26天，三季度合计68天: one month stands elsewhere
        if (
            many
            and many["many"]
            and "零一两三四五六七八九十".find(many["many"].replace("二", "两")) != len(listed)
        ):
            continue
        if _SO_FAR.match(text[listed[0].quantity.end : total.start]) and not re.search(r"上述|以上|由", lead):
            continue  # 累计 may count from long before; of things just named it counts these
        yield from judged(text, start, total, listed[::-1], True, "")


def _total(text: str, at: int, counted: Sequence[Quantity], unit: str = "") -> Quantity | None:
    """The amount that the parts are parts of: the last before them that is no difference.

    In 356户1240人，其中低保户106户 it is the one of the parts' unit.
    """
    ahead = [each for each in counted if each.end <= at]
    if _depth(text, at) == 0:
        # 受理418件，增长6.2%（4月394件），其中…: a remark in brackets is no whole of what follows it.
        outside = [each for each in ahead if _depth(text, each.start) <= 0]
        ahead = outside if any(each.unit == unit for each in outside) else ahead
    if ahead and _BARE.search(text[ahead[-1].end : at]):
        return None  # the whole has lost its unit
    for before, quantity in zip([None, *ahead], ahead, strict=False):
        beside = before and not re.search(r"[，,、；：]", text[before.end : quantity.start])
        if quantity is ahead[-1] and beside and before and quantity.unit != unit == before.unit:
            return before
    for quantity in reversed(ahead):
        if CHANGE.search(re.split(r"[，,、；：:。（(]", text[: quantity.start])[-1]) or _FOLD.match(
            text[quantity.end :]
        ):
            continue
        if _AVERAGE.search(text[: quantity.start]):
            continue
        if quantity is not ahead[0] and _THEN.search(text[: quantity.start]):
            continue  # 完成12.86亿元，上年完成12.12亿元。其中…
        return quantity
    # 每亩成本1026元，其中物资438元、…: a mean has parts where nothing else has.
    last = ahead[-1] if ahead else None
    return last if last and last.unit == unit == "元" and _AVERAGE.search(text[: last.start]) else None


def _not_of_itself(text: str, total: Quantity, listed: list[Part]) -> list[Part]:
    """办结38件；其中县级26件，办结25件: what the whole tells is told of a part too."""
    own = re.split(r"[，,、；：:。]", text[: total.start])[-1].strip()
    return listed[:1] + list(takewhile(lambda part: not own or part.label != own, listed[1:]))


def _side_by_side(text: str, whole: Quantity, at: int) -> bool:
    """事故8起、死亡4人，其中…起: what stands between the whole and its parts is told of the same."""
    return bool(_SAME_THING.fullmatch(text, whole.end, at)) and whole.end < at


def _mean(text: str, total: Quantity, listed: Sequence[Part]) -> bool:
    """Whether a mean is told by kinds of which each has a mean of its own, not by what makes it up."""
    summed = sum((part.quantity.value for part in listed), Decimal(0))
    near = total.value * 3 <= summed * 4 and summed * 4 <= total.value * 5
    return bool(_AVERAGE.search(text[: total.start])) and not (len(listed) > 2 and near)


def _fills(listed: Sequence[Part], whole: Quantity) -> bool:
    """Whether parts look made to fill an amount that stands further off than others."""
    summed = sum((part.quantity.value for part in listed), Decimal(0))
    near = len(listed) > 2 and abs(summed - whole.value) * 10 <= whole.value
    return near or complements.partition([part.label for part in listed])
