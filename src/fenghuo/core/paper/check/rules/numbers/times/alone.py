"""A year far behind a paper's own, told once, in a clause that nothing makes history: a slip for the paper's own.

A paper names a year long past with what makes it history in the same breath (建于2009年, 比2019年增长, 2018年印发的,
2016年以来). What has none of this there, and stands where the time of a matter in hand stands, is a slip.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..text.dates import Moment, moments
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .decades import ORDERS
from .occasions import other_year

_ANNOUNCE = ("通知", "方案", "预案", "通告", "公告", "预警单", "批复", "函", "计划")
"""Kinds that announce what is to come."""
_ASKS = ("请示", "函", "复函", "批复", "意见", "讲话", "讲话稿", "决定", "通报")
"""Kinds that give an order and tell how things have come about as well."""
_BEHIND = 3
"""Months before its signing in which nothing lies that a paper announces."""
_FAR = 2
"""Years from which on a year is far from the paper's own."""
_OLDEST = 22
"""Years behind which nobody slips: two digits exchanged or one mistaken lead no farther back (2023, 2003)."""
_HISTORY = re.compile(
    r"以来|至今|曾|此前|先前|当[年时]|[那这同]年|历[年史次届]|上一?[次轮届回]|最近一[次轮]|前次|往年|多年|近年|[两三四五六七八九十几\d]年[来间前后]|年[前后]|年代|以前|之前|首[次届批办创演]|第一次|年年|一年一|"
    r"普查|清查|遗留|结[余转]|审[计定]|倒查|追[溯缴]|溯源|原(?=[为是有定计来址名先拟由系属])|[增升降减高]至|[加高降大少长]到|发展[到为至]|同期|合同|协[议定]|备忘录|到期|期满|届满|形成|"
    r"档案|财务|账|案(?=[件例发值])|[立发旧陈]案|教训|典型|报废|欠|逾期|未|尚|(?<!高)标准|版|定额|基[数期准]|价格|灾|洪|冲毁|震|事故|火|疫[情区]|冰|雪|旱|"
    r"历经|纪录|记[录载]|史|老照片|旧址|文物|照片|移民|脱贫|轮|转办|交办|剩|纪要|文件|被|列为|仅[为有]|只有|如期|滑坡|泥石流|高温|认定|暴雨|换届|文明[村镇单校]|示范|最[多少高低大小早晚好差]|先进|优秀|模范|称号|结构|后$|第[一二三四五六七八九十\d]+届|[\u4e00-\u9fff]时(?![间段限期效])|第\d+号"
)
"""What makes a year history, in its own clause."""
_PREVENTION = re.compile(
    r"(?:[山防抗]洪|地质|水旱|自然|气象|地震|低温|雨雪|冰冻|森林|草原|秋冬|冬春)*(?:灾害|火灾|疫病|疫情|山洪|旱灾)?(?:防御|防治|防范|防控|防火|防灭火|灭火|预防|预警|应急|救助)"
    r"|[防抗减救][灾洪火疫震旱]|防汛抗旱|高标准|老旧"
)
"""What is done against disasters is no disaster."""
_EVENT = re.compile(r"火灾|火情|事故|灾[害情]|洪|暴雨|强降雨|地震|险情|扑救|抢险")
_BEGAN = re.compile(
    r"始建|[建修购设置立成编制装敷改扩生绘出写摄发产拍源次见用创起]于|[修新改扩重]建|建[成造立]|购[置买入]|配[置备]|安装|设立|成立|组建|合并|撤|"
    r"创[办建立]|开[办馆园业]|修[订正编]|印发|颁布|施行|出台|发布|公布|编[印制写]|出版|发行|[投启][用产运]|投入[使运]|通车|对外开放|"
    r"获|评[为定]|命名|授[予牌]|入[选围职伍党]|签[订署约]|出生|毕业|转业|退[役休伍]|竣工|完工|开工|验收|任[职期]|搬迁|扩大|停[办产业用]|调[拨入离任]|划[拨归]|捐|赠|迁[入出至]|落户|担任|了(?!解)|过(?![程去渡节]|重点)"
)
"""What began or came about then, and has been since: history too, but among plans."""
_THAN = re.compile(
    r"(?:[由比较继与同]|超过?|高于|低于|多于|少于|相比|参照|比照|沿用|延续|借鉴|[吸汲]取|恢复到|回顾|执行|追[溯究]到?)$"
)
_HELD = re.compile(
    r"(?:召开|举行|举办|开展|组织|参加|启动|承办|协办|主办|部署|结合|围绕|迎接|做好|备战|研究|推进|申请|申报|布置|动员|安排|[办抓搞管]好)(?:了|好)?"
    r"(?:全?[省市县区镇乡街道村院校局]{1,2}|本[级地])?$"
)
"""What an event stands behind as its object, with the year in which it is held."""
_LOOKS_BACK = re.compile(
    r"总结|回顾|吸取|汲取|审计|评[价估比]|考[核评]|清算|通报|教训|以来|遗留|同期|结果|决算|述职|表彰|年报|统计|档案|调查|资料|学分|以前|普查|成果|后续|管护|质保|旧"
)
_CLAUSE = re.compile(r"[，。；：:]")
_MARK = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\d{1,2}[.．、]|[①-⑳]|第[一二三四五六七八九十]+条\s*)")
_BRACKETED = re.compile(r"《[^《》]*》|[（(][^（）()]*[)）]")
_SPAN_BEFORE = re.compile(r"\d年?(?:\d{1,2}月)?(?:\d{1,2}日)?\s*[—\-–~～至到、和及与]+\s*$")
_SPAN_AFTER = re.compile(r"\s*[起初底度末]?\s*[—\-–~～至到、和及与]+\s*(?:今|\d{2,4}年)")
_TIME_TOLD = re.compile(
    r"(?<!\d)((?:19|20)\d{2})年?(?:\d{1,2}月)?[起初]?\s*(?:[至到]|[—\-–~～]{1,2})\s*((?:19|20)\d{2})年"
)
_SPAN_OF = re.compile(
    r"(?P<first>(?:19|20)\d{2})年\d{1,2}月(?:\d{1,2}日)?\s*[—\-–~～至到]+\s*(?P<last>(?:19|20)\d{2})年\d{1,2}月(?:\d{1,2}日)?(?P<rest>[^。；]*)"
)
_DAY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?P<month>\d{1,2})月\d{1,2}日")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_FUNDS = re.compile(r"^度?[^，。；\d]{0,16}?(?:经费|资金|预[备算]费?|专项|账户)")
_PREPOSITION = re.compile(r"(?P<word>于|自|从|在|截至|截止到?|至|到|对|将|为|是)$")
_NOW = re.compile(
    r"^(?:度|[，,])?(?:[上下]半年|第?[一二三四]季度|汛|\d{1,2}月?\s*[至到—\-－]{1,2}\s*\d{1,2}月|(?:全|我|本|各|贵)[\u4e00-\u9fff]"
    r"|[^，。；\d]{0,16}?(?:计划|任务|预算|经费|资金|目标|指标|共|拟|将|应))"
)
"""What tells of a whole administration's time, or of a matter of a year, right behind it."""
_INTENDS = re.compile(
    r"[^，。；\d]{0,8}?(?:计划(?![的内外])|拟|将(?!军)|力争|争取|确保|前(?:全[面部])?(?:完成|建成|开展|启动|落实))"
)
_BEFORE = re.compile(r"[底末]?之?前(?![^，。；]*[已均了])")
_POINT = re.compile(r"^(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]|其[一二三四五六七八九十])$")
_SINCE = re.compile(r"(?:[上下]半年)?以来")
_TO_OWN = re.compile(
    r"\s*(?:起|开始)?\s*[—\-–~～至到]+\s*(?P<year>20\d{2})年\d{1,2}月(?:\d{1,2}日)?(?P<rest>[^。；]*)"
)
_LONG = re.compile(
    r"共(?!同|享|建)|累计|先后|曾|以来|形成|档案|规划|任期|任职|合同|协议|租|贷|承包|管护|质保|保修|期限|周期|建设期|有效|间的|期间|在[^，。；]{1,10}[工任]作|审计|追溯"
)
"""What runs over years."""
_SINCE_THEN = re.compile(r"历史|均已|目前|如今|现[已有存]|当前|至今|到现在|截至今")
_CHRONICLE = 3
"""Years long past of which a paragraph tells more only where it tells a history."""
_STATE = 5
_DOES = re.compile(r"召开|举[办行]|开展|组织|启动|进行|下发|实施|报|部署|开始|结束|完成|[前]")
"""What an office does and what is not told of a thing, where hardly more is said."""
_ACTS = re.compile(
    r"列入|纳入|计入|申[请报]|下达|拨付|落实|完成|摸清|做好|确保|推进|编制|制定|签订|发放|兑[付现]|安排|分解|开展|召开|举[办行]|组织|参加|结合|围绕|对照|"
    r"按照|根据|启动|部署|研究|审议|听取|通报|总结|谋划|用于|作为|报[送来]|上报|提交|为|将|把|要|须|应|拟|于|建议|争取|力争|确保"
)
"""What makes the year behind it the year of an object; behind a subject alone it tells when something came about."""
_STAGE = re.compile(
    r"(?:^|[，；：。\s])(?:第[一二三四五六七八九十\d]+)?[\u4e00-\u9fff]{0,6}?(?:[一二三四五六七八九十\d][期批轮场次]|阶段|时间|步骤)(?:安排|为|是|自|从|定于|在|于)?\s*[（(：:]?\s*(?:自|从)?$"
)
"""The label of a stage or a time, right before its day."""
_TIMES = re.compile(r"时间|时段|步骤|日程|期限")
_DONE = re.compile(r"已|曾|了(?!解)|原|的|上[一次期]|首[次期]")


@dataclass(frozen=True, slots=True)
class _Told:
    """A year in its clause: what stands before and behind it there, and how its section and paper speak."""

    moment: Moment
    lead: str
    rest: str
    sentence: str
    ahead: bool
    orders: bool
    first: bool
    beside: bool
    event: bool
    attached: bool


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where a paper tells no year of its own."""
    if not frame.years:
        return
    # The years of papers named are their own.
    counted = Counter(map(int, _YEAR.findall(re.sub(r"《[^《》]*》", "", folded(document.text)))))
    low = _latest(frame)
    wanted = {year for year, times in counted.items() if times == 1 and 1 <= low - year <= _OLDEST}
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    opened = False
    for sentence in sentences(document) if wanted else ():
        in_body = sentence.index in frame.parts.body and not sentence.cell
        if sentence.cell or sentence.index in skipped:
            continue
        if sentence.figures and "年" in sentence.text:
            yield from _sentence(document, sentence, frame, wanted, first=in_body and not opened)
        opened = opened or (in_body and len(sentence.text) >= 8)


def _sentence(
    document: Document, sentence: Sentence, frame: Frame, wanted: set[int], *, first: bool
) -> Iterator[Finding]:
    text = sentence.plain
    if not _BRACKETED.fullmatch(text.strip()):  # a title's second line stands in brackets
        text = _BRACKETED.sub(lambda match: "　" * len(match[0]), text)
    found = [each for each in moments(text) if each.year]
    low = min(frame.years)
    alone = [each for each in found if not _spanned(text, each)]
    # Two years long past tell a history, in brackets too.
    far, told_there = (
        {year for year in map(int, _YEAR.findall(_without_spans(said))) if year < low - 1}
        for said in (sentence.plain, folded(document.said(document.paragraphs[sentence.index])))
    )
    for moment in found:
        if moment.year not in wanted:
            continue
        if _staged(document, sentence, moment, frame):
            yield _fault(sentence, moment, frame)
            continue
        # A day is told from the paper's own day, a year alone from the years that the paper is about.
        behind = (_latest(frame) if moment.day else low) - (moment.year or 0)
        if len(far) > 1 or behind < _FAR or len(told_there) > _CHRONICLE:
            continue
        if _within_told(document, sentence, moment):
            continue
        if moment not in alone:
            if _runs_on(sentence.plain, moment, frame, first=first) or _ten_years(
                sentence.plain, moment, frame
            ):
                yield _fault(sentence, moment, frame)
            continue
        told = _Told(
            moment,
            _POINT.sub("", _CLAUSE.split(_MARK.sub("", text[: moment.start]))[-1].strip("　 （(")),
            _CLAUSE.split(text[moment.end :].lstrip("　，, "))[0],
            text,
            sentence.index in frame.ahead,
            sentence.index in frame.ahead or (frame.parts.kind in ORDERS and frame.parts.kind not in _ASKS),
            first,
            any(each.year in frame.years for each in found),
            first and bool(moment.day and _EVENT.search(frame.title) and _EVENT.search(text)),
            frame.parts.attachments is not None and sentence.index >= frame.parts.attachments,
        )
        if (
            _misplaced(told)
            or _since(document, sentence, moment, frame, first=first)
            or _beside_own(document, sentence, moment, frame)
        ):
            yield _fault(sentence, moment, frame)


def _within_told(document: Document, sentence: Sentence, moment: Moment) -> bool:
    """2020年至2024年改造31个。2021年最多: a year of a time that the paragraph tells before it."""
    start = document.paragraphs[sentence.index].start
    before = folded(document.text[start : sentence.start])
    return any(int(each[1]) <= (moment.year or 0) <= int(each[2]) for each in _TIME_TOLD.finditer(before))


def _fault(sentence: Sentence, moment: Moment, frame: Frame) -> Finding:
    return other_year(sentence, moment.start, moment.end, frame.years)


def _staged(document: Document, sentence: Sentence, moment: Moment, frame: Frame) -> bool:
    """第一期：2021年8月9日至13日 in a notice of July 2022: what is announced lies ahead."""
    if not (moment.month and moment.day) or frame.parts.kind not in _ANNOUNCE:
        return False
    year, month = (frame.signed.year, frame.signed.month) if frame.signed else (min(frame.years), 12)
    if (year - (moment.year or 0)) * 12 + month - moment.month < _BEHIND:
        return False
    before, after = sentence.plain[: moment.start], sentence.plain[moment.end : moment.end + 30]
    above = document.said(document.paragraphs[sentence.index - 1]) if sentence.index else ""
    titled = sentence.first and not _MARK.sub("", before).strip() and len(above) < 20 and _TIMES.search(above)
    return bool((titled or _STAGE.search(before)) and not _DONE.search(after))


def _runs_on(plain: str, moment: Moment, frame: Frame, *, first: bool) -> bool:
    """决定自2015年11月20日至2025年3月31日…: an action of years, where the paper is about one."""
    match = _TO_OWN.match(plain, moment.end)
    if not match or not moment.month or int(match["year"]) - (moment.year or 0) < _FAR:
        return False
    lead = _CLAUSE.split(plain[: moment.start])[-1]
    if int(match["year"]) not in frame.years | {max(frame.years) + 1} or _LONG.search(lead + match["rest"]):
        return False
    day = bool(moment.day and (first or frame.parts.kind in ORDERS))
    return (day or frame.parts.kind in _ANNOUNCE) and bool(re.fullmatch(r"|.{0,12}自|.*阶段", lead.strip()))


def _latest(frame: Frame) -> int:
    """The year that days are told from: that of the signing, unless what it tells may have begun the year before."""
    low = min(frame.years)
    return frame.signed.year if frame.signed and frame.signed.month > _BEHIND else low


def _ten_years(plain: str, moment: Moment, frame: Frame) -> bool:
    """2008年7月至2009年6月，…停电9次 in a paper of July 2019: a period that is right ten years later."""
    match = _SPAN_OF.match(plain, moment.start)
    if not match or plain[: moment.start].strip() or _HISTORY.search(match["rest"]):
        return False
    near = {year - back for year in frame.years for back in (0, 1, 2)}
    return {int(match["first"]) + 10, int(match["last"]) + 10} <= near


def _beside_own(document: Document, sentence: Sentence, moment: Moment, frame: Frame) -> bool:
    """2010年1月24日起…, before 2020年1月27日至3月20日 in one paragraph: a digit that is not that of its neighbour."""
    if not moment.day or sentence.plain[: moment.start].strip(" 　0123456789.、．（）一二三四五六七八九十"):
        return False
    said = folded(document.said(document.paragraphs[sentence.index]))
    for match in _DAY.finditer(said):
        own, month = int(match["year"]), int(match["month"])
        digits = sum(a != b for a, b in zip(match["year"], str(moment.year), strict=True))
        if own in frame.years and digits == 1 and abs(month - (moment.month or 0)) <= 1:
            clause = _CLAUSE.split(sentence.plain[moment.end :])[0]
            return not (_HISTORY.search(clause) or _BEGAN.search(clause) or "的" in clause)
    return False


def _since(document: Document, sentence: Sentence, moment: Moment, frame: Frame, *, first: bool) -> bool:
    """2020年7月以来 where the paper's own July is told besides, or 2012年下半年以来 in a paper of another."""
    if not _SINCE.match(sentence.plain, moment.end) or sentence.plain[: moment.start].strip():
        return False
    if not moment.month:
        return bool(frame.half) and sentence.plain[moment.end : moment.end + 2] in ("上半", "下半")
    if first and not moment.day and moment.month == (0, 1, 7)[frame.half]:
        return True
    own = "|".join(map(str, sorted(frame.years)))
    rest = folded(document.text[sentence.start + moment.end :])
    told = re.search(rf"(?:(?:{own})年|(?<![\d年至到—-])){moment.month}月(?:份|\d{{1,2}}日)?", rest)
    return bool(told) and not re.search(r"先后|多次", sentence.text)


def _without_spans(plain: str) -> str:
    return re.sub(r"《[^《》]*》|\d{4}年?[^，。；年]{0,6}[—\-–~～至到]+\s*\d{2,4}年", "　", plain)


def _spanned(text: str, moment: Moment) -> bool:
    """Whether a year is one end of a span, or one of several."""
    return bool(_SPAN_BEFORE.search(text[: moment.start]) or _SPAN_AFTER.match(text, moment.end))


def _misplaced(told: _Told) -> bool:
    own = told.sentence[told.moment.start : told.moment.end][4:]
    if _SINCE_THEN.search(told.sentence[told.moment.end :]):
        return False
    if _HELD.search(told.lead):
        return not _LOOKS_BACK.search(told.lead + "　" + told.rest)
    if told.event:
        return not _BEGAN.search(own + told.rest)
    if told.ahead and not told.lead and _INTENDS.match(told.rest):
        return True
    clause = _PREVENTION.sub("", told.lead + "　" + own + told.rest)
    if _HISTORY.search(clause) or "的" in told.rest or _THAN.search(told.lead):
        return False
    planned = not told.lead and (told.ahead or _BEFORE.match(told.rest))
    if _BEGAN.search(clause) and not planned:
        return False
    word = _PREPOSITION.search(told.lead)
    if not told.rest.strip() and (word or told.lead):
        return False  # 最近一次大修是2018年
    since = told.rest.startswith("起")
    if not told.lead and since:
        return told.orders and bool(told.moment.day)
    if not told.lead:
        return told.first or told.orders or bool(told.moment.day or _NOW.match(told.rest))
    if not word:
        return not told.beside and (told.attached or bool(_ACTS.search(told.lead)))
    if word["word"] in ("于", "在") and len(told.rest.strip()) <= _STATE and not _DOES.search(told.rest):
        return False  # 1号点于2019年6月查明: when a thing became what it is
    if word["word"] in ("从", "由") and _FUNDS.match(told.rest):
        return True
    if word["word"].startswith("截") and not told.moment.month:
        return False
    if word["word"] in ("自", "从", "到", "至"):
        return (told.orders and not (since and not told.moment.day)) or (told.first and bool(told.moment.day))
    return True
