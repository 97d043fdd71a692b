"""Years that cannot be right for what a phrase says of them, whatever words history may stand in elsewhere.

Every year is read with its clause as one of these: the time by which something has still to be done, a plan, the
year of a matter now dealt with (考核, 资金, 计划), an act of the paper's own business, the year compared with, the
day up to which was counted, an aim. Each has the years it may name, counted from the paper's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ....document import Document
from ....finding import Finding
from ..text.dates import Moment, moments
from ..text.frame import Frame, mostly
from ..text.sentences import Sentence, sentences
from .decades import FAR, ORDERS, Told, misplaced
from .occasions import other_year
from .years import is_lore

# What makes a clause history, in which any year is right.
_HISTORY = re.compile(
    r"以来|至今|曾|此前|先前|备忘录|当年|当时|那年|历年|往年|历史|始建|[建修购设立成编制]于|成立|设立|修建|建成|修订|修正|印发|颁布|施行|出台|发布|公布|编印|购置|投用|投入使用|改建|改造前|"
    r"荣?获|评为|命名|火灾|事故|灾|洪|地震|疫情|普查|遗留|结余|结转|审计|倒查|追[溯缴]|溯源|原[有来为定]|发展到|[增升降减]至|增加到|提高到|下降到|扩大到|版|标准|合同|协议|出生|入职|"
    r"参加工作|毕业|竣工|投产|到期|期满|届满|形成|账册|档案|财务|案例|教训|典型|例如|比如|退役|报废|拖欠|欠[缴付发]|补[缴发]|未?(?:兑付|结清)|逾期|历次|回顾|自[^，。；]{0,3}$"
)
_OVER = re.compile(
    r"已(?!列入|纳入)|了(?!解)|曾|原(?:定|计划|拟)|当时|有效期|承包|合同(?:期|约定|到期)|任期|追溯|倒查|以来|期满|届满|到期"
)
_UP_TO = re.compile(r"^\s*(?:月?[底末初]|[上中下]旬|年底|汛|入冬|开学|春节|雨季)?(?:之?前|以前|止)[，,]?")
_WHICH = re.compile(r"^[^，。；]{0,18}的(?=\d|[\u4e00-\u9fff]{2}|[，。；、]|$)")
_ASKS = re.compile(
    r"须|要(?!求|点|素)|请|务必|应(?!急|用|对|收|缴|检|届)|确保|限|力争|争取|必须|拟|计划|不得|责令|尽快|抓紧|报送|上报|提交|反馈|函复|公示|公布|公告|发布|答复|开标|完成|整改到位|到位|移交|办结|保证|承诺|通过|竣工|完工|建成|交付|投用"
)
_ASKED_FOR = re.compile("须|要|请|务必|应|确保|力争|争取|必须|拟|计划|限")
_HANDS_IN = re.compile(
    r"^(?:将|把)?[^，。；]{0,16}?(?:报[县市省州镇乡区局办党委至到]|送[县市局办至到]|[报送交]我[局办委])"
)
_WILL = re.compile(
    r"^\s*(?:度|全年|[上下]半年)?[，,]?(?:我[们镇县乡市区局办院校所站处馆厂矿队村]|[全本][镇县乡市区局院校所站厅省州旗司]|中心|单位|公司)?(?:工作)?(?:的)?[，,]?(?:将(?!军|相)|拟|计划(?!完成|的|书|执行)|力争|确保|争取|预计|继续|要(?!求|点|素)|重点(?:抓|做|推|实|围)|主要(?:抓|目标|任务|打算|做好)|工作(?:打算|计划|安排|思路|目标)"
    r"|[^，。；\d]{2,10}(?:力争|争取|确保|拟|预计|计划)(?:达到?|完成|实现|新[建增]|突破|控制|提高|增[加长至]|降))"
)
_FORESEEN = re.compile(r"(?:预测|预计|预报|研判|有望|争取|力争|确保)[^。；\d]{0,4}$")
_MATTER = re.compile(
    r"^\s*度?(?:的)?[^，。；、\d]{0,14}?(?:考核|绩效|评优|预算|资金|经费|补助|补贴|奖补|计划|任务|指标|目标|项目|工作|实际|形势|实事|清单|责任书|责任状|述职|评议)"
)
_DEALS = re.compile(
    r"(?:纳入|列入|计入|作为|结合|围绕|针对|总结|回顾|部署|安排|下达|分解|拨付|落实|完成|编制|启动|推进|做好|抓好|开展|制定|申报|签订|用于|谋划|研究|布置|细化|对照|兑现)(?:了|好|到|为|至)?[^，。；]{0,14}$"
)
_DEALT = re.compile(
    r"^[^，。；]{0,24}?(?:下达|分解|拨付|安排到|落实到|发放|到位|启动|开工|签订|纳入|列入|进行了?部署|作了?部署)"
)
_BUSINESS = re.compile(
    r"^\s*(?:[上下]午)?[，,]?(?:经)?[^，。；]{0,14}?(?:会议?(?:研究|审议|讨论|审定|通过|同意|决定|听取)|办公会|常务会|局务会|党组会|党委会|专题会|初步核|核[对实查]|(?:实地)?(?:调研|走访|查看|踏勘|勘[查察]|面商|座谈)|来函|收悉|现场(?:踏勘|查看|核查|检查|办公)|评审|论证|公示|质证|听证|约谈|立案)"
)
_SAME_TIME = re.compile(r"^\s*(?:度)?(?!以来)[^，。；\d]{0,3}(?:同期|同月|同季|同比)")
_COUNTED = re.compile(
    r"^\s*(?:月?[底末初]|[上中下]旬)?[，,][^，。；]{0,16}?(?:共有|现有|现存|实有|拥有|在册|登记|在建|总数|达到?|累计|已|有)"
)
_BY_THEN = re.compile(r"(?:截至|截止到?)$")
_AIM = re.compile(
    r"^\s*(?:年?[底末]|年)?[，,]?(?!时)[^。；]{0,30}?(?:达到|达|实现|建成|完成|提高到|降至|降低到|控制在|不低于|突破|覆盖|基本|全面)"
)
_YEAR_S_FACT = re.compile(
    r"^\s*(?:度|全年)?[，,]?(?:全[镇县乡市区]|我[镇县乡市区]|各|[\u4e00-\u9fff]{2,6})?[^。；]{0,40}?(?:比上年|较上年|同比|比去年|较去年)"
)
_LAST_YEAR = re.compile(r"(?:去年|上年|上一年|过去的?一年|一年来)[^。；\d]{0,30}$")
_SAYS_WHICH = re.compile(r"^\s*度?[^，。；、\d]{2,6}的[^，。；]{1,12}(?:尚|仍|未|还|已|全部|均)")
_OWN_TIME = re.compile(r"^\s*(?:[上下]半年|第?[一二三四]季度|\d{1,2}月?\s*[至—\-－]{1,2}\s*\d{1,2}月)")
_COMPARES = re.compile(r"同期|(?<!对)比|较|增|减|升|降|为基数|基期")
_PERIOD = re.compile(
    r"(?:阶段|时间|时段|步骤|日期|期限|培训|报名|活动|动员|部署|排查|整治|准备|实施|攻坚|验收|收尾|提升|[核自检督抽复]查|评[审估选]|总结|考核|宣传|试点|推广|[一二三四]期)[^，。；]{0,6}[（(：:为是]\s*$"
)
_OF_WHICH = re.compile(r"^[^，。；）)]{0,24}(?:的|期间|之间|形成|出生|注册)")
_RUNS_ON = re.compile(r"\s*(?:[至—\-－~～]|[）)])")
_FROM_ON = re.compile(
    r"^\s*起[，,]?(?![^，。；]{0,16}的)(?:[^，。；]{0,6})(?:实行|执行|开展|启动|全面|组织|停止|暂停|禁止|调整|开放|关闭|封闭|收取)"
)
_CLAUSE = re.compile(r"[，。；：:]")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """By the paper's own years, or where neither title nor date tells them, by the one that most of it speaks of."""
    nearest = min(frame.years, default=0) - 1
    if not frame.years:
        year, times = mostly(document, frame)
        if not year or frame.parts.kind in ("规划", "纲要", "计划", "方案"):
            return
        frame = replace(frame, title_years=(year,))
        nearest = year - (2 if times > 2 else FAR)
    parts = frame.parts
    skipped = {*parts.title, parts.number, parts.date, parts.signature}
    before: Sentence | None = None
    opened = False
    for sentence in sentences(document):
        if sentence.cell or sentence.index in skipped:
            continue
        if sentence.figures and "年" in sentence.text:
            last = before.text if before is not None and before.index == sentence.index else ""
            yield from _sentence(sentence, frame, last, nearest, first=not opened)
        before = sentence
        # Whom it goes to, and who speaks, stand before the first sentence.
        opened = opened or (sentence.index in parts.body and len(sentence.text) >= 8)


def _sentence(sentence: Sentence, frame: Frame, last: str, nearest: int, *, first: bool) -> Iterator[Finding]:
    text = re.sub(r"《[^《》]*》", lambda match: "　" * len(match[0]), sentence.plain)
    found = [moment for moment in moments(text) if moment.year]
    years = {moment.year for moment in found}
    own = min(frame.years)
    for moment in found:
        year = moment.year or 0
        before, after = text[: moment.start], text[moment.end :]
        # The times of phases stand in brackets: 攻坚阶段（2015年3月至10月）.
        if re.search(r"　\s*[（(]$", before) or is_lore(year, own, text):
            continue
        if year > nearest or (_in_span(text, moment) and not _PERIOD.search(before)):
            continue
        told = Told(
            year,
            moment,
            before,
            _CLAUSE.split(before)[-1],
            after,
            text,
            sentence.index in frame.ahead,
            first and sentence.index in frame.parts.body,
            tuple(each.year or 0 for each in found),
        )
        alone = years <= {year} | frame.years
        if (
            _due(told, frame)
            or _planned(told)
            or _of_now(told, frame, own, alone, last)
            or misplaced(told, frame.parts.kind, frame.years)
        ):
            yield other_year(sentence, moment.start, moment.end, frame.years)


def _in_span(text: str, moment: Moment) -> bool:
    """2021—2025年, 自2008年至2019年: the years of a span have their own rules."""
    return bool(
        re.match(r"\s*(?:起|初|底)?\s*[—\-–~～至到]+\s*(?:今|(?:20|19)?\d{2}年)", text[moment.end :])
        or re.search(r"\d{2,4}年?(?:\d{1,2}月)?\s*(?:[—\-–~～至到]|——)\s*$", text[: moment.start])
    )


def _due(told: Told, frame: Frame) -> bool:
    """须于2015年底前…: what has still to be done, by a time before the paper's own."""
    by = _UP_TO.match(told.after)
    if not by or _OVER.search(told.text) or told.year > min(frame.years) - 2:
        return False
    rest = told.after[by.end() :]
    if _WHICH.match(rest) or _HISTORY.search(told.clause):
        return False
    if "以前" in by[0] and not _ASKED_FOR.search(told.clause):
        return False  # 其余1.9公里为2023年以前建成
    asks = _HANDS_IN.match(rest) or _ASKS.search(told.clause) or _ASKS.search(_CLAUSE.split(rest)[0])
    return bool(asks) and (told.ahead or frame.parts.kind in ORDERS)


def _planned(told: Told) -> bool:
    """2016年将重点抓好…, in a paper of a later year."""
    will = _WILL.match(told.after) or _FORESEEN.search(told.before)
    # 2024年度计划安排520万元，实际使用503万元 tells of what came of a plan.
    return bool(will) and "实际" not in told.after[:40] and not _OVER.search(told.before + told.after[:24])


def _of_now(told: Told, frame: Frame, own: int, alone: bool, last: str) -> bool:
    """What only a year near the paper's own can be: a matter dealt with, an act of its business, a comparison."""
    gap = own - told.year
    if _SAME_TIME.match(told.after):
        return _compared(told, own, alone)
    if (
        gap >= 1
        and (told.ahead or frame.parts.kind in ORDERS)
        and re.search(r"到$", told.clause)
        and not told.moment.month
    ):
        aim = _AIM.match(told.after)
        return bool(aim) and not _OVER.search(told.text) and not _HISTORY.search(told.after[:24])
    if gap < 2 or told.moment.relative:
        return False
    if frame.half and alone and _OWN_TIME.match(_rest(told)):
        return not _COMPARES.search(told.text) and not _HISTORY.search(told.text)
    orders = frame.parts.kind in ORDERS
    if orders and told.moment.month and _PERIOD.search(told.before) and _RUNS_ON.match(told.after):
        return not _OF_WHICH.match(told.after)
    if told.moment.day and orders and gap >= 4 and _FROM_ON.match(told.after):
        return bool(re.search(r"(?:^|从|自|于|[，：])$", told.before))
    clause = told.clause + told.after[: (_CLAUSE.search(told.after) or re.search("$", told.after)).start()]
    if told.moment.day and _BUSINESS.match(told.after) and not _HISTORY.search(told.clause):
        return not re.search(r"曾|历史|灾[害情后]|受灾|事故|教训", told.text)
    if _BY_THEN.search(told.clause) and _COUNTED.match(told.after):
        return alone and gap >= 3 and not _HISTORY.search(told.text[:60])
    if not told.clause and _YEAR_S_FACT.match(told.after):
        return alone and not re.search(r"曾|历史", told.text)
    if (_LAST_YEAR.search(told.before) or _LAST_YEAR.search(last)) and not told.clause:
        return alone and not _HISTORY.search(clause)
    if (
        gap >= 4
        and _MATTER.match(told.after)
        and not _HISTORY.search(clause)
        and not _SAYS_WHICH.match(told.after)
    ):
        return bool(_DEALS.search(told.clause) or _DEALT.match(told.after))
    return False


def _rest(told: Told) -> str:
    """What stands behind the year itself: 1月至6月 of 2015年1月至6月."""
    return told.text[told.moment.start :].partition("年")[2]


def _compared(told: Told, own: int, alone: bool) -> bool:
    """The same time of the year before; five years back and the year before the epidemic are compared with too."""
    gap = own - told.year
    if gap < 3 or gap == 5 or not alone:
        return False
    return not (told.year == 2019 and own <= 2025)
