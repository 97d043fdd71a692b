"""Percentages: above 100 where that cannot be, shares that do not make a whole, rates against their own counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic, from_han, step
from ....rulebook import rules
from ..faults import rate_wrong
from ..text.quantities import Quantity, amounts_in, plain
from ..text.sentences import Sentence, sentences
from ..wholes.parted import overlap

_PERCENT = re.compile(
    r"(?<![\d.])(?P<number>\d+(?:\.\d+)?)\s*%|百分之(?P<han>[零〇一二三四五六七八九十百点]+)"
)
# Rates of a part in its whole: none can pass 100.
_RATES = (
    r"完成|覆盖|合格|整改|签收|到岗|达标|入户|知晓|参保|参合|普及|复查|销号|办结|满意|成活|出勤|到会|参训|排查|检查|建档|签订|接通|"
    r"反馈|及时|准确|通过|配备|落实|化解|调解|安装|在线|处置|处理|上报|报送|巩固|见面|响应|送达|查处|结案|"
    r"按时|按期|闭环|挂牌|登记|备案|持证|绿化|硬化|保存|发放|兑现|受理|回复|按时签收|按时首报|整改完成|森林覆盖|无害化处理|上岗"
)
_RATE = re.compile(rf"(?P<verb>{_RATES})(?:完成)?(?:率|度)(?P<link>[^，。；、\d]{{0,6}})$")
# Any 率 is the rate of a part in its whole, but for these, which measure one thing by another.
_ANY_RATE = re.compile(
    r"(?P<verb>[\u4e00-\u9fff]{1,10}?)率(?:[由从][^，。；、\d率]{0,6}\d+(?:\.\d+)?%[^，。；、\d率]{0,6}|[^，。；、\d率]{0,6})$"
)
_NOT_OF_WHOLE = re.compile(
    r"(?:增长|增加|增幅|上升|下降|变化|增减|收益|回报|利润|毛利|产销|负债|流动比|速动比|拨备覆盖|准备金覆盖|杠杆|换手|周转|"
    r"完成|达成|实现|含水|持水|孔隙|(?<!有)效|功|频|汇|倍|比|利|返还|赔付|转化|膨胀|压缩|通胀|税|费|"
    r"放大|溢价|偿付|覆盖倍|杠杆|伸长|延伸|应变|速|概|斜|曲|折射|心)$"
)
# A house may hold more than it was made for and last year's money be spent this year: a little more, not half.
_STRETCHED = re.compile(
    r"(?:利用|使用|负荷|负载|生产|自给|满足|回收|上座|客座|载客|承载|入学|床位|超载|超编|超员|产能|保障|征收|入库|执行|支出|兑付|满载|占用|"
    r"吞吐)$"
)
_STRETCH = Decimal(150)
_STEM = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<verb>(?!{_STRETCHED.pattern[3:-2]}|增长|收益|完成|实现)[\u4e00-\u9fff]{{2}})率(?P<link>[^，。；、\d]{{0,4}})$"
)
_BACK = re.compile(r"(?P<verb>回收)率(?P<link>)$")
# What was planned can be passed; so can a bank's reserves what they cover.
_OVER_PLAN = re.compile(
    r"(?:任务|目标|计划|预算|投资|产值|指标|收入|销售|产量|征收|税收|招商|利润|生产)[^，。；\d]{0,6}(?:完成|达成|实现|执行)率|"
    r"(?:拨备|准备金|利息|流动性)覆盖率"
)
_FULFILLED = re.compile(r"(?:^|[\s的])(?:总体|综合|累计)?(?:完成|达成|实现)率[^，。；\d]{0,4}$")
_PLANNED = re.compile(r"计划|任务|目标|指标|下达|超")
_SHARE = re.compile(
    r"(?:占(?:比|到|全[镇县乡村市]|总[^，。；、\d]{0,8}|[^，。；、\d]{0,12}的)?|比重|比例)(?:约|近|不低于|不少于|不超过|超过|低于|高于|提高到|提升到|控制在)?(?:为|达到?|是|的|:|：)?\s*$"
)
_ABOUT = re.compile(r"(?:约|近|[超低高少多大小]于|不足|不到|未[达到满]|[超逾]过?|不超过)\s*$")
_OVER_MAY = re.compile(r"超额|增长(?![到至])|增加(?![到至])|提高(?![到至])|同比|翻番|倍|增幅|上浮")
_ABOVE = 400
_OF_A_BASE = re.compile(r"加计|摊销|缴费基数|赔[偿付]|罚款|配[资比]|溢价|担保|反担保|税前扣除")
"""Of what a ratio may pass the whole: 加计扣除比例为120%."""
_MERELY = re.compile(r"(?:仅|只|不足|低至|降[至到])[有为达]?\s*$")
_PAPER = re.compile(
    r"[发具达出订送交写收](?P<what>[^，。；、\d]{2,8})(?:[单书函表状令卡]|通知|清单|意见|方案)$"
)
"""下发整改通知单11份: of papers the rate that their name holds tells nothing."""
_NOT_YET = re.compile(
    r"[，、](?:还有|尚有|仍有|另有)?(?:正在|正|尚未|暂未|未|其余|剩余|余|限期|待)[^，。；、\d]{0,6}"
)
_COMPOSED = re.compile(
    r"(?:构成|占比|比例|比重|结构|分布)(?:情况)?(?:分别)?(?:为|是|如下)?[：:]?[^，。；、%\d]{0,10}$"
)
# 已有156%的住户: a share of people or things that are counted one by one.
_OF_THEM = re.compile(
    r"^的(?![^，。；]{0,8}(?:目标|任务|计划|速度|比例|价|率|量|负荷|幅))[\u4e00-\u9fff]{0,6}?"
    r"(?:户|员|人|村|镇|乡|企业|单位|学校|车辆|店|家庭|点位|设备|岗位|干部|群众|学生|网点|工程|项目|样品?|区域|路段|农田|耕地|隐患|问题|案件)"
)
_SHARE_OF_THEM = re.compile(r"(?:^|[，,、：；]|[有约近]|目前|现在?|超过|逾|[镇乡县村内])\s*$")
# What says that the shares told leave nothing over.
_NO_MORE = re.compile(
    r"^[，,；]?\s*(?:以上|上述|这)?(?:[两二三四五六七八九十][类项种级者部个]分?)?[^，。；\d]{0,6}?(?:即?[为是]全部|无其[他它]|没有其[他它]|构成(?:全部|整体)|合计100%)"
)
# 三次产业结构为17.5∶38.4∶44.1
_RATIO = re.compile(
    r"(?:结构|构成|比例|比重|之比)(?:比)?(?:调整|优化|变化|变)?[为是：:]?(?:由[^，。；]{5,24}[为到至])?\s*(?P<found>\d+(?:\.\d+)?(?:\s*[∶:：]\s*\d+(?:\.\d+)?){2,4})(?![∶:：\d.])"
)
# 五成, 其中160%以上已超过使用年限
_AMONG = re.compile(r"(?:其中|约有|已有)(?:有|约)?\s*$")
_LEFT = re.compile(r"(?:其余|其他|剩余|余下|剩下)(?:的)?(?:约|则|部分)?(?:占)?\s*$")
_HUMID = re.compile(r"湿度[^，。；、\d]{0,6}(?:\d+(?:\.\d+)?%?[至到—~～\-])?$")
_OF_WHOLE = re.compile(r"^(?:以上)?(?:的|已|未|为|系|属|是|尚|不)(?!目标|任务|计划)")
_TENTHS = re.compile(
    r"(?P<part>\d+(?:\.\d+)?)(?P<unit>[个处座台家户份人名公里亩件支项]{1,2})[，,](?:仅|只|约)?(?:为|占)[^，。；\d]{0,8}(?P<whole>\d+(?:\.\d+)?)(?P=unit)的(?P<found>(?P<tenths>[一二三四五六七八九])成)(?![半多以左])"
)
_TOGETHER, _ANY_OF_THEM = re.compile(r"之和|合计|总和"), re.compile(r"多选|可选多|可重复|不定项")
_MEASURED = re.compile(
    r"[，,；：](?P<name>[\dA-Z\u4e00-\u9fff]{2,12}(?:量|额|值|面积|收入|人数|人次|户数|金额|资金))(?:约|仅|只|就|共)?占[^，。；]{0,8}$"
)
_OF_A_TIME = re.compile(
    r"(?:19|20)\d\d年|\d{1,2}月|第?[一二三四]季度|[上去今明]年|同期|[十“]?[一二三四]?[五]”?期间"
)
_CHANGED_TO = re.compile(r"(?:调整|改|变)为?")
_LENGTHS = ("天", "小时", "分钟")
_REST = re.compile(r"等(?!级)|之一|其中|部分")


def check(document: Document) -> Iterator[Finding]:
    """Percentages in running text, sentence by sentence."""
    for sentence in sentences(document):
        text = sentence.plain
        if not sentence.cell:
            yield from _ratios(sentence)
        if sentence.cell or ("%" not in text and "百分之" not in text):
            continue
        found = list(_PERCENT.finditer(text))
        if not found:
            continue
        over = set()
        for match in found:
            value = _value(match)
            if value is None or value <= 100:
                continue
            begin = max(document.paragraphs[sentence.index].start, sentence.start - _ABOVE)
            if _cannot(text, match.start(), match.end(), value, document.text[begin : sentence.start]):
                over.add(match.start())
                yield rules()["percent-over"].finding(
                    sentence.start + match.start(), sentence.start + match.end(), found=match[0]
                )
        wholes = list(_whole(sentence, text, found))
        yield from wholes
        if not wholes:
            yield from _left_over(sentence, text, found)
        for match in found:
            if match.start() not in over:
                yield from _counted(document, sentence, text, match)


def _ratios(sentence: Sentence) -> Iterator[Finding]:
    """Shares told as a ratio of 100, and tenths beside the two counts they come from."""
    for match in _RATIO.finditer(sentence.plain):
        shares = [from_arabic(each) for each in re.split(r"\s*[∶:：]\s*", match["found"])]
        summed = sum(shares, Decimal(0))
        # Three shares near 100 were meant as its parts; 3∶2∶1 is a ratio of its own.
        if Decimal(70) <= summed <= 130 and abs(summed - 100) > Decimal("0.3"):
            yield rules()["shares-not-whole"].finding(
                sentence.start + match.start("found"),
                sentence.start + match.end("found"),
                found=sentence.text[match.start("found") : match.end("found")],
                sum=plain(summed),
            )
    for match in _TENTHS.finditer(sentence.plain):
        part, whole = from_arabic(match["part"]), from_arabic(match["whole"])
        told = from_han(match["tenths"]) or 0
        if whole and abs(part / whole * 10 - told) > Decimal("0.6"):
            yield rate_wrong(
                sentence.plain,
                sentence.start,
                Span(*match.span("found")),
                match["part"] + match["unit"],
                match["whole"] + match["unit"],
                f"{plain(round(part / whole * 100, 1))}%",
            )


def _value(match: re.Match[str]) -> Decimal | None:
    if match["number"]:
        return from_arabic(match["number"])
    whole, _, rest = match["han"].partition("点")
    value = from_han(whole)
    if value is None:
        return None
    return Decimal(value) + (Decimal(f"0.{from_han(rest) or 0}") if rest else 0)


def _cannot(text: str, at: int, end: int, value: Decimal, above: str) -> bool:
    before = text[:at]
    clause = re.split(r"[，,、；：]", before)[-1]
    if "比例" in clause and _OF_A_BASE.search(above + before):
        return False
    if (
        _OVER_MAY.search(clause)
        or "超额" in before
        or re.search(r"占[^，。；]{0,10}(?:目标|计划|任务|预算|进度|定额|指标)", clause)
    ):
        return False
    if _OVER_PLAN.search(clause) or (_FULFILLED.search(clause) and _PLANNED.search(before)):
        return False
    if _RATE.search(before.rstrip("达为到是约:： 的")) or _RATE.search(before) or _SHARE.search(before):
        return True
    if _AMONG.search(before) and _OF_WHOLE.match(text[end:]):
        return True
    if _OF_THEM.match(text[end:]) and _SHARE_OF_THEM.search(before):
        return True
    if _HUMID.search(clause):
        return True
    sentence = re.split(r"；", before)[-1]
    if _MERELY.search(clause) and "率" in sentence and not _OVER_MAY.search(sentence):
        return True  # 准确率低，12月抽查仅为176%
    rate = _ANY_RATE.search(before[-32:])
    if not rate or _NOT_OF_WHOLE.search(rate["verb"]):
        return False
    return value > _STRETCH or not _STRETCHED.search(rate["verb"])


def _whole(sentence: Sentence, text: str, found: list[re.Match[str]]) -> Iterator[Finding]:
    """分别占45%、30%、20%; 企业占45%、学校占30%、其他占20%; 构成为：通道类37%、线路类25%、其他44%."""
    runs: list[list[re.Match[str]]] = []
    for match in found:
        before = text[: match.start()]
        joint = (
            r"[、，,和及与]+\s*(?:[^，。；、%\d]{0,14}?(?:占(?:比)?(?:为)?)?|[^，。；、%]{0,20}占(?:比)?(?:为)?|"
            r"[^，。；%\d]{2,24}占(?:比)?(?:为)?)"  # 广东、湖南、四川三省占41%
        )
        label = re.search(r"(?:^|[，,：:])(?!同比|环比|较)[^，。；、：:%\d]{1,8}$", before)
        if runs and re.fullmatch(joint, text[runs[-1][-1].end() : match.start()]):
            runs[-1].append(match)
        elif re.search(r"占(?:比)?[^，。；、\d]{0,10}$", before) or _COMPOSED.search(before) or label:
            runs.append([match])
    for run in runs:
        if len(run) > 2 and _TOGETHER.search(text, run[-2].end(), run[-1].start()):
            run.pop()  # 四者之和为100%
        known = [value for value in map(_value, run) if value is not None]
        if len(run) < 2 or len(known) < len(run):
            continue
        summed = sum(known, Decimal(0))
        coarse = max(step(match["number"] or "0") for match in run)
        if abs(summed - 100) <= coarse * len(run) / 2 or _of_several(text, run, known):
            continue
        start, end = run[0].start(), run[-1].end()
        lead, said = text[:start], text[max(start - 20, 0) : end]
        rest = re.search(r"其他|其余|其它|剩余", text[start:end])
        no_more = bool(_NO_MORE.search(text[end:]))
        told = re.search(r"占(?:比)?[^，。；、\d]{0,10}$", lead) or _COMPOSED.search(lead)
        if not told and not no_more:
            continue
        everything = bool(rest or no_more or "分别占" in said or _COMPOSED.search(lead))
        if (
            _ANY_OF_THEM.search(text)
            or _REST.search(text[end : end + 2])
            or re.search(r"同比|增|降|率", said)
        ):
            continue
        if "其中" in said and ("其中" in text[start:end] or not (rest or summed > 100)):
            continue
        near = Decimal(85) <= summed < 100 and len(run) >= 3
        if (everything and (len(run) >= 3 or rest)) or near or (summed > 100 and len(run) >= 3):
            yield rules()["shares-not-whole"].finding(
                sentence.start + start,
                sentence.start + end,
                found=sentence.text[start:end],
                sum=f"{plain(summed)}%",
            )


def _of_several(text: str, run: list[re.Match[str]], known: list[Decimal]) -> bool:
    """31个小区、224栋、1.07万户，分别占67.4%、70.4%、70.3%: each of a whole of its own, as no one slip explains it."""
    if sum(known) - max(known) > 100:
        return True
    labels = [text[one.end() : two.start()].strip("，、；和及") for one, two in pairwise(run)]
    if any(map(_OF_A_TIME.match, labels)) or overlap([each.partition("占")[0] for each in labels]):
        return True  # 1990年占10.2%，1991年占10.4%; 妇女占21.7%，少数民族占14.4%
    if text[: run[0].start()].endswith("各占") or any(map(_CHANGED_TO.match, labels)):
        return True  # 中央和地方各占50%，改为中央占80%
    told = amounts_in(text[: run[0].start()])[-len(run) :]
    return (
        len(told) == len(run)
        and len({each.unit for each in told}) > 1
        and "分别" in text[told[-1].end : run[0].start()]
    )


def _left_over(sentence: Sentence, text: str, found: list[re.Match[str]]) -> Iterator[Finding]:
    """46%用于人工，21%用于材料，其余26%用于运费: what is left makes it whole."""
    for at, match in enumerate(found):
        value = _value(match)
        if value is None or not at or not _LEFT.search(text[: match.start()]):
            continue
        before = [each for each in map(_value, found[:at]) if each is not None]
        sums = [value + sum(before[-many:], Decimal(0)) for many in range(1, len(before) + 1)]
        start = found[0].start()
        told = text[max(start - 12, 0) : match.start()]
        slack = max(step(each["number"] or "0") for each in found[: at + 1]) * (at + 1) / 2
        if any(abs(each - 100) <= slack for each in sums) or re.search(
            r"率|增|降|比(?!例|重)|其中|以上|以下", told
        ):
            continue
        if Decimal(70) <= sums[-1] <= 130:
            yield rules()["shares-not-whole"].finding(
                sentence.start + start,
                sentence.start + match.end(),
                found=sentence.text[start : match.end()],
                sum=f"{plain(sums[-1])}%",
            )


def _counted(document: Document, sentence: Sentence, text: str, match: re.Match[str]) -> Iterator[Finding]:
    """A rate or share beside the counts it comes from."""
    before = text[: match.start()]
    if (
        not match["number"]
        or _ABOUT.search(before)
        or re.match(r"\s*(?:以上|以下|左右)", text[match.end() :])
    ):
        return
    bare = before.rstrip("达为到是:： ")
    rate, share = (
        _RATE.search(bare) or _STEM.search(bare) or _BACK.search(bare),
        re.search(r"占(?:比|总数的|总[^，。；、\d]{0,6}的)?\s*(?:为|达)?$", before),
    )
    if not (rate or share) or "分别" in before[-10:]:
        return  # of several shares in a row each has a count of its own
    # An age names whose share it is.
    counted = [each for each in amounts_in(before) if each.unit not in ("元", "岁")]
    if any(each.about for each in counted):
        return
    if rate:
        parts = _done(text, counted, rate["verb"]) or _among(before, counted) or _due(before, counted)
    else:
        # 占 tells of the amount right before it.
        last = amounts_in(before)[-1:]
        if last and counted and last[0].unit == "元" and last[0].start > counted[-1].start:
            return  # 项目5个、11.2亿元，占总额的88.2%
        if (
            counted
            and counted[-1].unit in _LENGTHS
            and len({each.value for each in counted if each.unit == counted[-1].unit}) == 1
        ):
            return  # 节前20天占48%，节后20天占52%
        parts = counted[-1:] if counted and not re.search(r"[。；]", before[counted[-1].end :]) else []
        parts = _called(before, counted) or ([] if _of_other(before, counted) else parts)
        if parts and len(re.findall(r"[，,]", before[parts[0].end :])) > 1:
            parts = []
    if not parts:
        return
    part = parts[-1]
    wholes = [each for each in counted if each.unit == part.unit and each.start < part.start]
    if not wholes and rate:
        wholes = [each for each in counted if each.unit == part.unit and each.value > part.value]
        wholes = [each for each in wholes if "、" not in text[part.end : each.start]]
    wholes = [each for each in wholes if each.value and each.value >= part.value] or wholes
    if not wholes and rate and counted[-1:] != [part]:
        wholes = _together(text, part, counted[counted.index(part) + 1])
    if not wholes:
        return
    told, ulp = from_arabic(match["number"]), step(match["number"])
    for whole in wholes:
        if not whole.value:
            return
        right = part.value / whole.value * 100
        if share and abs(part.value / (part.value + whole.value) * 100 - told) < ulp:
            return  # 男性2295人，占51.0%，女性2205人，占49.0%: of both together
        # Rounded or cut off, both are in use; a whole 100% must be whole.
        if abs(right - told) < ulp and (told != 100 or right == 100 or right >= Decimal("99.95")):
            return
    if rate and any(
        abs(each * 100 - told) < ulp for each in _otherwise(document, sentence, before, part, wholes)
    ):
        return
    whole = wholes[-1] if share else wholes[0]
    if share and part.value > whole.value:
        return  # 绿翅鸭2318只和豆雁1764只，合计4082只，占总数的37.0%: of another whole
    right = part.value / whole.value * 100
    yield rate_wrong(text, sentence.start, Span(*match.span()), part, whole, f"{right:.1f}%")


def _otherwise(
    document: Document, sentence: Sentence, before: str, part: Quantity, wholes: list[Quantity]
) -> Iterator[Decimal]:
    """The rates that make sense as well: by what the paragraph told before, by all that the list here makes."""
    start = document.paragraphs[sentence.index].start
    told = amounts_in(folded(document.text[start : sentence.start]))
    bases = [each.value for each in told if each.unit == part.unit and each.value]
    yield from (part.value / base for base in bases)
    row = [each for each in amounts_in(before) if each.unit == part.unit]
    if row[0].start != part.start and "、" not in before[part.end - 12 : part.end + 12]:
        return
    if row[0].start != part.start:
        # What is told before a list is no part of it.
        row = row[1:] if "、" not in before[row[0].end : row[1].start] else row
    # 优秀30人、良好50人、合格34人: who is 合格 is the better ones too, and all of them are the whole.
    upto = [each.value for each in row if each.start <= part.start]
    bases += [sum((each.value for each in row), Decimal(0)), *(each.value for each in wholes)]
    parts = [part.value, sum(upto, Decimal(0))]
    yield from (one / base for base in bases for one in parts if base and base != one)


def _called(before: str, counted: list[Quantity]) -> list[Quantity]:
    """护理型112张、普通48张，护理型占70%: who is named before 占 has an amount of his own, not the last one told."""
    name = re.search(
        r"[，,；：](?P<name>[A-ZⅠ-Ⅻ\u4e00-\u9fff]{2,10}?)(?:约|仅|只|就|共)?占[^，。；]{0,8}$", before
    )
    if not name:
        return []
    labels = [re.split(r"[，,、；：（(]", before[: each.start])[-1] for each in counted]
    return [each for each, label in zip(counted, labels, strict=True) if name["name"] in label][:1]


def _of_other(before: str, counted: list[Quantity]) -> bool:
    """一级12人、二级9人、三级4人，重度（一、二级）占60%: of what bears a name and a remark, and none of the amounts."""
    name = re.search(
        r"[，,；：](?P<name>[\u4e00-\u9fff]{2,8})[（(][^（）()]{1,16}[)）](?:约|仅|只|就|共)?占[^，。；]{0,8}$",
        before,
    )
    label = re.split(r"[，,、；：（(]", before[: counted[-1].start])[-1] if counted else ""
    if name and counted and name["name"] not in label:
        return True
    if (
        counted
        and re.search(r"[，,；][^，。；、\d]{2,12}的占$", before)
        and not before.endswith(label + "的占")
    ):
        return True  # 洒水车31台、转运车17台，使用八年以上的占50%
    name = _MEASURED.search(before)  # 3A级6家、2A级2家，4A级接待量占58%
    return bool(name and counted) and not any(
        name["name"][at : at + 2] in label for at in (0, len(name["name"]) - 2)
    )


def _among(before: str, counted: list[Quantity]) -> list[Quantity]:
    """15个行政村中有14个村: the second is a part of the first, whatever was done."""
    if len(counted) < 2 or counted[-1].unit != counted[-2].unit or len(re.findall(r"[，,]", before)) > 3:
        return []
    between = before[counted[-2].end : counted[-1].start]
    return counted[-1:] if re.fullmatch(r"[^，。；\d]{0,8}中[，,]?(?:已?有|已)?", between) else []


def _due(before: str, counted: list[Quantity]) -> list[Quantity]:
    """应检85家，已检82家: what was due and what was done of it."""
    if len(counted) < 2 or counted[-1].unit != counted[-2].unit:
        return []
    due, done = (re.split(r"[，,、；：]", before[: each.start])[-1] for each in counted[-2:])
    told = re.search(r"应|需|须|计划", due) and re.search(r"(?:已|实际|实)[^，。；、\d]{0,6}$", done)
    return counted[-1:] if told else []


def _together(text: str, done: Quantity, rest: Quantity) -> list[Quantity]:
    """已整改56个，正在整改6个，整改率93.0%: what is done and what is not, of both."""
    between = text[done.end : rest.start]
    if done.unit != rest.unit or not _NOT_YET.fullmatch(between):
        return []
    return [replace(done, end=rest.end, value=done.value + rest.value)]


def names_a_paper(label: str, verb: str) -> bool:
    """Whether a verb only stands in the name of papers that are counted."""
    paper = _PAPER.search(label)
    return paper is not None and not set(verb).isdisjoint(paper["what"])


def _done(text: str, counted: list[Quantity], verb: str) -> list[Quantity]:
    """The amounts that a rate's own verb tells: 整改38处 for 整改率, not 不合格9批次 for 合格率."""
    stem = verb.removeprefix("森林")[-2:] if verb != "整改完成" else "整改"
    found = []
    for quantity in counted:
        clause = re.split(r"[，,、；：（(]", text[: quantity.start])[-1]
        if (
            re.search(
                rf"(?<![不未无没非])(?<!不予|未予|不能|未能|未经|未被|没有|不可)(?:{stem}|{stem[::-1]})(?:完成|到位|合格|销号|办结)?(?:了)?(?:[^，。、\d]{{0,6}})$",
                clause,
            )
            and not re.search(r"应|需|须|待|未|限期|正在|计划|要求", clause)
            and not names_a_paper(clause, stem)
        ) or re.match(
            rf"(?:隐患|问题)?(?:已|均)?(?:完成)?{stem}(?:完成|到位)?(?=$|[，,、])", text[quantity.end :]
        ):
            found.append(quantity)
    return found
