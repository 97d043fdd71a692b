"""Years that do not belong to a paper: in its title, its work, its deadlines and the papers it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ....outline import marks
from ....rulebook import rules
from ..text.dates import Moment, moments
from ..text.frame import Frame, years_of
from ..text.sentences import Sentence, sentences
from .occasions import listed, named_events, occasions

# What makes another year the right one: comparison, history, the birth of a law or a thing, a goal.
WITH_REASON = re.compile(
    r"同期|此前|先前|备忘录|相比|较(?![好大多强快高为低重少长短差早])|(?<!对)比(?![例赛武较如])|对照|去年|上年|前年|以来|同比|环比|增长|增加|增至|升至|降至|下降|上升|历年|近年|往年|曾|历史|"
    r"至今|年起|月起|日起|年底|年末|年初|之前|以前|开始|始建|建成|建设|新建|修建|成立|设立|组建|改建|启用|投用|投入使用|挂牌|"
    r"颁布|印发|出台|施行|实施|发布|修订|修正|公布|通过|批准|批复|核定|签发|获|被评|评为|命名|授予|列入|入选|表彰|火灾|事故|"
    r"灾害|地震|洪水|洪涝|洪灾|遭遇|遭受|特大|只有|仅有|仅为|起步|台风|疫情|发生|教训|案例|出生|任职|入职|毕业|截至|截止|基数|基准|规划|纲要|目标|远景|“十|普查|"
    r"清查|统计年鉴|年均|平均|分别|版|标准|合同|协议|购置|采购|竣工|验收|移民|脱贫|搬迁|原定|推迟|延期|延长|承包|到期|有效期|任期|届|遗留"
)
_PURPOSE = re.compile(
    r"(?:^|[，。])\s*为(?:了)?(?:切实|认真|进一步|扎实|全力|统筹)*(?:做好|开展|推进|完成|加强|抓好|搞好|强化|确保)[^，。]{0,8}$"
)
_UNDER = re.compile(
    r"(?:根据|按照?|对照|比照|贯彻|落实|结合|依据|遵照|围绕|传达|吸取|听取|您们?[在于])[^，。《》]{0,14}$"
)
_UNDER_WHAT = re.compile(
    r"^[^，。]{0,28}?(?:会议|要点|方案|计划|通知|部署|精神|要求|文件|安排|任务|责任书|汇报|会(?:上)?(?:通报|确定|提出|明确))"
)
_SPIRIT = re.compile(r"^[^，。；]{0,28}?(?:会议|讲话|通知|文件|批示|电视电话会)(?:的)?(?:精神|要求|部署)")
# 为2027年建成农业强县而努力奋斗 closes a speech.
_AIMED = re.compile(
    r"^[^。；！]{0,30}?(?:而(?:努力|不懈|团结)?奋斗|建成|实现|目标|奠定|打下|贡献|奋进|迈进|[开起]好[局步])"
)
_LORE = re.compile(
    r"史料|史实|史志|党史|军史|村史|校史|口述|征集|文物|遗址|旧址|故居|纪念|烈士|红军|红色|长征|战役|抗[战日美]|解放|革命|传说|回忆|县志|镇志|档案"
)
"""What is told of history, in which a year long past is never a slip."""
_LONG_PAST = 15
_DOING = re.compile(
    r"(?:做好|开展|推进|部署|完成|加强|抓好|搞好|组织|落实|谋划|安排|总结|启动|召开|举办|迎接|备战|应对|(?:要|须|应|拟|将)[^，。]{0,12}[纳列]入)(?:了|好)?(?:我镇|全镇|我县|全县|本单位)?[^，。、]{0,4}$"
)
_DOING_WHAT = re.compile(
    r"^[^，。]{0,24}?(?:工作|任务|活动|行动|检查|整治|演练|培训|会议|防火|宣传|动员|值班|值守|保障|防范|考核|验收|计划)"
)
_OPENING = re.compile(
    r"^(?:[至到—－-]+(?:\d{1,2}月)?\d{1,2}日[，,]?)?(?:上半年|下半年|[第一二三四1-4]+季度|全年|度|以|[春夏秋冬][季天]?|清明|国庆|春节|\d{1,2}月份?)*[，,]?"
    r"(?:我[镇县乡村局办站单]|全[镇县乡村局办站]|本[镇县乡村单]|镇|县|乡|各村|在|围绕|按照|认真|共|累计|紧紧)"
)
_UNTIL = re.compile(
    r"(?:报名|申报|报送|征集|缴费|办理|投标|提交|受理|征求意见|申请|登记)[^，。；]{0,8}(?:截至|截止到?|截止时间[为是：:]?|至|到|为)$"
)
"""A day up to which something is still taken."""
_EVENT = re.compile(
    r"盘点|实施|召开|组织|开展|举办|检查|排查|演练|培训|部署|下发|签订|传达|学习|巡查|督查|督导|走访|慰问|发放|整治|清理|值班|拉练"
)
_DUE = re.compile(
    r"(?:定于|拟于|将于|须在|应在|要在|需在|限于|限在|请[^，。]{0,12}于|务必?于|须于|应于|必须在|务必在|请[^，。]{0,12}在)[^，。]{0,2}$"
)
# Kinds that speak of work to come.
_AHEAD_OF = ("通知", "方案", "工作要点", "要点", "预警单")
_CITED = re.compile(r"《([^《》\n]{2,80})》")
_CITED_WORK = re.compile(
    r"年[^》]{0,28}?(?:工作|方案|要点|通知|行动|会议|防火|检查|整治|计划|预案|安排|名单|清单|责任书|责任状|情况|意见|任务)|年度"
)
_CITED_RIGHT = re.compile(
    r"规划|纲要|年鉴|年报|标准|统计|白皮书|普查|条例|规定|(?<!考核)办法|目录|版|修订|修正|公报|三年行动|合同|协议|审计|决算"
)
_BOUND = re.compile(r"(?:19|20)\d{2}年(?:度)?(?:以?前|之前|以来|以?后|[起届级])")
# What is still a draft is of the day, whatever else such papers may be.
_DRAFT = re.compile(r"年[^（）()]{0,8}(?:征求意见稿|送审稿|讨论稿|报批稿|草案)")
# A paper's number says its year, which is near the one that it is about.
_GIVEN = re.compile(r"\s*[（(][^（）()]*[〔\[]\s*(\d{4})")
_FAR = 5
_MATTER = 5
"""Characters behind a year that make two matters one."""
_EARLY = 4
"""The last month in which a year is told of that is over."""
_TO_DO = re.compile(
    r"(?:做好|开展|加强|组织|推进|落实|抓好|举办|召开|印发).*(?:工作|行动|活动|方案|要点|整治|检查)的?(?:紧急)?通知$|(?:方案|要点|预案|计划|安排|责任[书状]|[清名]单)$"
)
_TOLD_AFTER = re.compile(r"年度|考核|总结|决算|结果|表彰|评价|统计|审计|年报|情况|资金|报送")
# The end of what has still to be done: 须在2018年11月底前全部完成.
_DUE_BY = re.compile(r"^\s*(?:月?[底末初]|[上中下]旬|年底)?(?:之?前|以前|止)")
_WHICH = re.compile(
    r"^[^，。；]{0,24}的(?=[，。；、]|[\u4e00-\u9fff]{1,12}(?:应|须|要|全部|均|予以|作))|^月?[底末初]?(?:之?前|以前)的"
)
_MUST = re.compile(
    r"须|要(?!求|点|素)|请|务必|应(?!急|用|对|收|缴|检|届)|确保|限|力争|争取|必须|拟|计划|不得|责令|尽快|抓紧|前(?:报|将)"
)
_ONCE = re.compile(
    r"已|曾|了|原定|原计划|当时|有效期|承包|合同|任期|追溯|倒查|以来|普查|规划|期满|届满|到期|交付|购|建成于"
)
_INTENDED = re.compile(
    r"(?:计划(?:于|在)?|拟(?:于|在)?|预计(?:于|在)?|将于|定于|争取(?:在|于)?|力争(?:在|于)?|确保(?:在|于)?)$"
)
# 2013年汛期即将到来: what is about to come cannot be long past.
_COMING = re.compile(r"^[^，。；\d]{0,8}?(?:即将|将至|将近|临近|在即|就要|马上|快要)(?!完成|结束|过去|期满)")
# 现阶段要抓住2013年下半年: what has still to be taken hold of.
_SEIZED = re.compile(
    r"(?:要|须|应|务必|必须|全力|切实|紧紧|尽快|抓紧)[^，。；]{0,4}?(?:抓住|抓好|把握|抢抓|用好|迎接|迎战|备战|应对|谋划|部署|做好|守住|守好|打赢|筑牢|护好|迈好)(?:好)?$|(?:当前|目前|现在|眼下|眼前)[^，。；]{0,4}(?:正是|正值|正处|处于|进入|迎来)$"
)
_SPAN_OF = re.compile(
    r"^(?:[上下]半年|[春夏秋冬][季天]?|主?汛期|防火期|暑期|寒假|暑假|旅游|[第一二三四]+季度|全年|度|年?底|剩余)(?![^，。；]{0,3}(?:水毁|灾|损毁|遗留|欠))"
)
_IN_FORCE = re.compile(
    r"(?:(?:本|以上)(?:通知|办法|方案|规定|预案|意见|制度|细则|通告|公告|决定)|同意|决定|现定)自$"
)
_LEARNT = re.compile(r"^[^，。；]{0,24}(?:教训|经验)")
"""What a time must have been for."""
_PLANNED = re.compile(r"^[^，。；]{0,16}(?:计划|安排|打算|思路|设想|目标|任务)[^，。；]{0,4}$")
_DISASTER = re.compile(r"火灾|事故|地震|洪|教训|案例|灾害|泥石流|滑坡|爆炸|坍塌")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where a paper tells no year of its own: nothing is then another year."""
    if not frame.years:
        return
    headings = {mark.index for mark in marks(document)}
    goes_on = _goes_on(document, headings, frame)
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    named = named_events(document)
    for sentence in sentences(document):
        if sentence.index in skipped or sentence.cell:
            continue
        text = sentence.text
        if "年" in text:
            # Of a marked paragraph the first sentence is its heading; those that follow tell.
            yield from _work(
                sentence,
                frame,
                sentence.first
                and sentence.index in headings
                and len(text) < 40
                and _heads(text, frame, goes_on),
            )
        if sentence.figures and "月" in text:
            yield from _due(sentence, frame)
        if "《" in text:
            yield from _cited(sentence, frame)
        yield from occasions(sentence, frame, named)


def _goes_on(document: Document, headings: set[int], frame: Frame) -> bool:
    """Whether a heading tells what is planned for the paper's own year: one before it may tell of the last."""
    said = (document.said(document.paragraphs[index]) for index in headings)
    return any(
        _PLANNED.search(each) and any(moment.year in frame.years for moment in moments(each)) for each in said
    )


def _heads(text: str, frame: Frame, goes_on: bool) -> bool:
    """Whether a heading is read as one; where the next year's plans follow it may be of the year before."""
    return not goes_on or all(each.year != min(frame.years) - 1 for each in moments(text))


def _fault(rule: str, start: int, end: int, frame: Frame, text: str, **values: object) -> Finding:
    return rules()[rule].finding(start, end, found=text, own=listed(sorted(frame.years)), **values)


def _work(sentence: Sentence, frame: Frame, heading: bool) -> Iterator[Finding]:
    """The paper's own work, told under another year."""
    text = re.sub(r"《[^《》]*》|[（(][^（）()]*[)）]", lambda match: "　" * len(match[0]), sentence.text)
    found = [moment for moment in moments(text) if moment.year]
    if not found or re.search(r"(?:19|20)\d{2}年?\s*[—\-–~～至到]+\s*(?:20)?\d{2}年", folded(text)):
        return
    own = frame.years | set(frame.title_years)
    latest = max(own)
    reason = bool(WITH_REASON.search(text))
    # What begins long ago and comes to 今年 in one sentence is a history.
    together = any(each.year in own or each.relative for each in moments(text))
    for moment in found:
        year = moment.year or 0
        if year in own:
            continue
        before, after = text[: moment.start].strip(), text[moment.end :]
        past = year < min(own)
        if is_lore(year, min(own), text):
            continue
        start = sentence.start + moment.start
        words = sentence.text[moment.start : moment.end]
        if year > latest and _LEARNT.match(after):
            yield _fault("other-year", start, sentence.start + moment.end, frame, words)
            continue
        if past and _far_off(year, own) and _UNTIL.search(before) and not _ONCE.search(text):
            yield _fault("other-year", start, sentence.start + moment.end, frame, words)
            continue
        if past and (_INTENDED.search(before) or (_IN_FORCE.search(before) and re.match(r"起", after))):
            yield _fault("other-year", start, sentence.start + moment.end, frame, words)
            continue
        far = year <= min(own) - 2 or year >= latest + 2
        if (
            past
            and far
            and (
                (_COMING.search(after) and not _DISASTER.search(text))
                or (_SEIZED.search(before) and _SPAN_OF.search(after) and not together)
            )
        ):
            yield _fault("other-year", start, sentence.start + moment.end, frame, words)
            continue
        if (
            past
            and far
            and _overdue(moment, before, after, text, frame, found, sentence.index in frame.ahead)
        ):
            yield _fault("other-year", start, sentence.start + moment.end, frame, words)
            continue
        if re.search(r"现将截[至止]到?$", before) and "如下" in after:
            yield _fault("other-year", start, sentence.start + moment.end, frame, words)
            continue
        if re.search(r"(?:自|从|到|至|截至|由)$", before):
            continue
        far = year <= min(own) - 2 or year >= latest + 2
        if _wrong_year(moment, before, after, text, frame, far, reason or together, heading):
            start = sentence.start + moment.start
            yield _fault(
                "other-year",
                start,
                sentence.start + moment.end,
                frame,
                sentence.text[moment.start : moment.end],
            )


def is_lore(year: int, own: int, text: str) -> bool:
    """Whether a year is so long past in a sentence about history that it is meant."""
    return year <= own - _LONG_PAST and bool(_LORE.search(text))


def _far_off(year: int, own: set[int]) -> bool:
    """Two years or more before or after the paper's own."""
    return year <= min(own) - 2 or year >= max(own) + 2


def _overdue(
    moment: Moment, before: str, after: str, text: str, frame: Frame, found: Sequence[Moment], ahead: bool
) -> bool:
    """What must still be done by a month long past, or a period long past as the time of what is announced."""
    clause = re.split(r"[，。；]", before)[-1]
    due = moment.month and _DUE_BY.search(after) and not _WHICH.search(after)
    # Under a heading about what comes next whatever has a term has still to be done.
    if due and (ahead or _MUST.search(clause)) and not _ONCE.search(text):
        return True
    if not (moment.month and moment.day) or frame.parts.kind not in (
        *_AHEAD_OF,
        "计划",
        "预案",
        "公告",
        "通告",
        "批复",
        "函",
        "请示",
        "意见",
    ):
        return False
    to = re.match(r"\s*(?:起)?[至到—－-]{1,2}\s*(?P<year>\d{4}年)?", after)
    if (
        not to
        or _ONCE.search(before + after[:40])
        or _DISASTER.search(before + after[:40])
        or re.search(r"同期|比|增长|下降|统计|情况|数据|发生", after[:40])
        or re.match(r"[^，。；）)]{4,24}(?:的|之间|形成|出生|注册)", after)
    ):
        return False
    # A period opens its sentence, or ends in the paper's own time.
    later = [each for each in found if each.start > moment.start and each.year]
    opens = not clause or bool(
        re.fullmatch(r"[^，。；]{0,8}(?:时间|日期|期限|期)(?:为|是|定为)?[：:]?|\s*自", clause)
    )
    return opens and (not later or later[0].year in frame.years)


def _wrong_year(
    moment: Moment, before: str, after: str, text: str, frame: Frame, far: bool, reason: bool, heading: bool
) -> bool:
    year = moment.year or 0
    past = year < min(frame.years)
    if re.search(r"现将[^，。]{0,14}$", before) and re.search(r"如下", after):
        if _told_next(year, after, frame):
            return False
        if re.match(
            r"(?:\d{1,2}月|[春夏秋冬]季|[上下]半年|年?[底初])?(?:以来|至今|起|至(?!\d{1,2}月)|[—\-－])", after
        ):
            return False  # what goes on since then
        return not (year == max(frame.years) + 1 and "计划" in after)
    if _PURPOSE.search(before) and (frame.title_years or far):
        return (not reason or far) and not (year > max(frame.years) and _AIMED.match(after))
    if heading and not reason:
        return far or (past and bool(re.search(r"总结|开展情况|完成情况|工作情况|主要做法", after)))
    if _UNDER.search(before) and _UNDER_WHAT.search(after):
        clause = re.split(r"[，。]", before)[-1] + re.split(r"[，。]", after)[0]
        if re.match(r"[^，。；]{0,24}目标", after) and year > min(frame.years) - _FAR:
            return False  # 按2022年会议确定的目标，三年建成
        return far and not re.search(r"以来|修订|发布|施行|规划|标准|版", clause)
    if _SPIRIT.search(after) and not re.search(r"以来|自$", before):
        return far
    if moment.hour is not None and far and not _DISASTER.search(text):
        return True  # who tells the hour tells of now
    if reason:
        return False
    if _DOING.search(before) and _DOING_WHAT.search(after):
        return far or (past and bool(frame.half))
    if not before and _OPENING.search(after):
        return far or (past and bool(frame.half) and bool(re.match(r"[上下]半年", after)))
    if moment.month and _EVENT.search(after[:40]):
        return far or (past and bool(frame.half) and frame.parts.kind not in ("通知", "预警单"))
    return False


def _told_next(year: int, after: str, frame: Frame) -> bool:
    """现将2024年度执行情况公告如下, signed in January 2025 under a title without a year."""
    signed = frame.signed
    early = signed is not None and signed.month <= _EARLY and year == signed.year - 1
    return (
        early and not frame.title_years and bool(re.match(r"度[^，。；]{0,30}(?:情况|结果|总结|报告)", after))
    )


def _due(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """A deadline or an appointment that lies before the day of signing."""
    if not frame.signed:
        return
    for moment in moments(sentence.text):
        if not moment.month or not moment.day or moment.relative:
            continue
        if not _DUE.search(sentence.text[: moment.start]):
            continue
        day = moment.day_in(frame.signed.year)
        if not day or day >= frame.signed:
            continue
        if moment.year or frame.signed - day < timedelta(days=180):
            start = sentence.start + moment.start
            yield _fault(
                "deadline-past",
                start,
                sentence.start + moment.end,
                frame,
                sentence.text[moment.start : moment.end],
                signed=frame.signed.isoformat(),
            )


def _of_title(name: str, year: int, frame: Frame) -> bool:
    """做好2011年秋冬季防火工作的通知, under a paper of 2023年秋冬季防火工作: the same is asked for anew each year."""
    matter = name.partition(f"{year}年")[2][:_MATTER]
    own = frame.title_years[0] if len(frame.title_years) == 1 else 0
    asked = _TO_DO.search(name) and not _TOLD_AFTER.search(name)
    return bool(asked) and len(matter) == _MATTER and f"{own}年{matter}" in folded(frame.title)


def _cited(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """A paper of another year that this one carries out; laws, plans of years and numbered papers are right."""
    own = frame.years
    for match in _CITED.finditer(sentence.text):
        name = folded(match[1])
        years = years_of(name)
        right = _CITED_RIGHT.search(name) or not _CITED_WORK.search(name)
        if len(years) != 1 or (right and not _DRAFT.search(name)) or _BOUND.search(name):
            continue
        year = years[0]
        given = _GIVEN.match(sentence.text, match.end())
        given_late = (
            given and int(given[1]) - year >= 2 and _TO_DO.search(name) and not _TOLD_AFTER.search(name)
        )
        if min(own) - 1 <= year <= max(own) + 1 and not given_late:
            continue
        # A notice of work to do is given by the year that it is for, whatever is told of a year that is over.
        far = 2 if _TO_DO.search(name) and not _TOLD_AFTER.search(name) else _FAR
        if given and int(given[1]) - year < far and not _of_title(name, year, frame):
            continue
        around = sentence.text[max(match.start() - 12, 0) : match.start()].rpartition("，")[2]
        if re.search(
            r"废止|原(?!则)|替代|曾|修订(?!印发|完善|出台)|总结|回顾",
            around + sentence.text[match.end() :][:8],
        ):
            continue
        start = sentence.start + match.start(1) + name.find(str(year))
        yield _fault("other-year", start, start + 5, frame, f"{year}年")
