"""Papers of a half, a quarter or a term with work of another, and facts of days still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....rulebook import rules
from ..text.dates import Moment, moments
from ..text.frame import Frame, months_of
from ..text.sections import headings, months_set
from ..text.sentences import Sentence, sentences
from .halves import WHICH
from .later import IMPRINT, LATE, TURN
from .planned import BACK, CARRIED, VACATION, goes_on, is_plan, is_planned

# What may speak of another time: plans, comparison, the year before.
_MAY = re.compile(
    r"下一步|不少于|下一?(?:季度|学期|阶段)|下半年计划|定[于在]|将(?!军|相)|拟(?![聘录任稿定推])|(?<![年动善成到占超])(?<!年度)(?<!行动)计划(?!资金|任务|数|书|生育|单列|免疫|[内外的]|完成)|打算|安排|力争|预计|预期(?!效果|目标|目的|成效|收效)|(?<!预期)目标|年底|年末|确保|去年|上年|同期|较(?![好大多强快高为低重少长短差早])|同比|环比|次年|"
    r"明年|以来|前年|历年|每年|往年|常年|汛期|防火期|至次|有效期|期限|时限|规划|到期|准备|即将|迎接|(?<![接招对看等优善])待(?!遇|命)|后续|谋划"
)
# What a deadline or a start may be told with besides: it was set, and need not be past.
_SET = re.compile(
    r"要求|明确|限(?=[期时于在定\d])|责令|约定|承诺|分期|尚|未|剩余|其余|正在|仍|须|应(?!急|用|对)|必须|务必|要(?!求|点)|争取|定于|(?<![预节])约(?!\d)|合同|余下|可(?!靠|燃)|分[^，。；]{1,12}[批期次]"
)
_TAKES = re.compile(r"将(?=[^，。；]{2,40}?(?:到|至|给|为|入|完毕|完成))")
"""将 that takes an object (将资金分解到各镇) and tells no time."""
_UNDER = re.compile(
    r"(?:根据|按照|依据|结合|对照|围绕|列入|纳入)[^，。；]{0,16}(?:计划|安排|要求|规划|目标|部署)(?=[，。；]|$)"
)
"""A plan that something was done by tells no time either."""
_NAMES_TIME = re.compile(r"[月年季]")
_UNTIL = re.compile(r"(?:截至|截止到?|到)$")
"""Up to when something was counted, which cannot lie in a time that the paper is not about."""
_COUNTED = re.compile(r"(?:截至|截止到?)$")
_BY = re.compile(r"\s*(?:底|末|[上中下]旬|份)?(?:之?前|以前)")
_BEFORE = re.compile(r"[^，。；\d]{0,4}前")
_STOOD = re.compile(
    r"\s*(?:[底末]|\d{1,2}日)[，,]?(?:[^，。；\d]{0,8}(?:在册|登记|存量|库存|结余|现有|结存))"
)
"""6月底在册36处 opens the account of a third quarter."""
# 6月底交办的信访件, 比4月: the time only says which.
_WHICH = re.compile(r"\s*(?:[底末初]|[上中下]旬|份)?[\u4e00-\u9fff]{2,6}?的(?=[\u4e00-\u9fff　\d])")
_TENS = re.compile(r"\s*([上中下])旬")
_THAN = re.compile(r"(?:比|较|与|同|相比)$")
_RUNS_TO = re.compile(r"\s*(?:份)?(?:至|到|[—\-–~～]{1,2})\s*")
_FROM = re.compile(r"\s*(?:份|[上中下]旬)?(?:起|开始)(?!步|点|草)")
_SINCE = re.compile(r"[^，。；\d]{0,8}以来")
_OPENS = re.compile(r"\s*(?:(?:19|20)\d{2}年)?(?:\d{1,2}月?\s*[至到—\-－~～]{1,2}\s*)?$")
_FIGURE = re.compile(r"\s*[上中下]?旬?(?:仅|共|为|有|达)?\s*\d")
_TO_COME = re.compile(r"计划|打算|安排|拟|将|预计|力争|下半年")
_AFTER = re.compile(r"\s*(?:之后|以后|后)")
_DONE = re.compile(r"共(?!同|享|建|治|管)|累计|完成了|已|开展了|组织了|召开了|排查|整改了")
_SURELY_DONE = re.compile(
    r"(?<!为)了(?!解|结)|已(?!经?列入)|累计|先后|共(?:查处|出动|检查|排查|完成|接报|发放|培训)"
    r"|(?:参加|参演|参训|参与|观摩|到场|出席)[^，。；]{0,6}\d|\d[余多]?(?:人|名|人次)[^，。；\d]{0,12}(?:参加|参演|参训|参与|观摩|到场)"
)
_ELSEWHEN = re.compile(r"[，,](?:其余|剩余)?[^，。；\d]{0,6}?(?:年底|年末|下半年|明年|\d{1,2}月)")
_DID = re.compile(
    r"召开|举行|举办|开展|组织|启动|印发|下发|完成|发生|检查|排查|出动|转移|发现|查处|整治|培训|演练"
)
_OWN_BEHIND = re.compile(r"[，,][^，。；]{0,4}(?:季度|半年|当季|本[季期])")
_YEAR_BEFORE = re.compile(r"(?:去年|上年|前年|(?P<year>(?:19|20)\d{2})年)$")
_HAS_HIT = re.compile(r"[^，。；]{1,20}影响")
_OTHER_HALF = {  # 比上半年 compares
    1: re.compile(r"(?<![比较与同于前])(?:下半年|[三四]季度|第[三四]季度)|前三(?:个)?季度"),
    2: re.compile(r"(?<![比较与同于前])(?:上半年|[一二]季度|第[一二]季度)"),
}
_QUARTER = re.compile(r"(?<![前至到—\-下上])第?([一二三四1-4])季度")
_LONE = re.compile(r"(?<![\d、至到—\-~～])(\d{1,2})月份?(?![\d、至到—\-~～末底以])")
_TERM = re.compile(
    r"(?P<which>[春秋])季(?=学期|开学|学校|中小学|校园|入学|教材)|(?P<whole>[春秋])季[^，。]{0,6}学期"
    r"|(?:学年|小学|中学|学校|幼儿园)[^，。]{0,12}?(?P<nth>第[一二]|[上下])学期"
)
# What a day is the end of was not done on it: 未到7月5日办结时限, 延期至7月5日.
_LIMIT = re.compile(r"^\s*[^，。；\d]{0,8}?(?:时限|期限|限期|截止|届满|到期|期满)")
_LIMITED = re.compile(
    r"(?:未到|未至|不到|距离?|离|期限|时限|截止日期?|(?:延期?|顺延|推迟|展期|宽限|延长)[至到])[为是至到]?$"
)
_PROGRESS = re.compile("(?:进展|成效|结果)的函$")
_WILL = re.compile(r"将(?!军|相)[^，。；\d]{0,4}$")
_COMPARED = re.compile(
    r"(?:比|较|与|同)?(?:去年|上年|上一年|前年|历年|往年|常年|20\d{2}年)(?:的)?(?:同期|同比)?(?:的)?(?:[^，。；\d]{0,10}?相比)?|同[期比]|环比|(?:19|20)\d{2}年[^，。；]{0,10}以来"
)
"""What a count is compared with, behind it."""


_RATE_OF_CHANGE = re.compile(
    r"(?:同|环)比(?=[增下提上升降减回]|[多少]\d)|自20\d\d年(?:起|开始)?[^，。；]{0,4}每年"
)
"""同比增长, 自2019年起每年一届: what is told besides moves no time."""
_HOLIDAYS = 2


@dataclass(frozen=True, slots=True)
class _Window:
    """The months that a paper is about, and how they are called; `lone` where it is about one."""

    months: frozenset[int]
    first: int
    called: Text
    lone: bool = False
    term: bool = False

    def beside(self, month: int) -> bool:
        """Whether a month is one of those into which a term's holidays reach."""
        return min((month - each) % 12 for each in self.months) <= _HOLIDAYS


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Months outside the paper's own, told as done; and what is told as done on a day after its signing."""
    window = _window(frame)
    if len(set(frame.title_years)) > 1 and not (window and _TERM.search(frame.title)):
        return
    back = bool(BACK.search(frame.title[-8:]) or _PROGRESS.search(frame.title))
    if window is None and not (frame.signed and back):
        return
    parts = frame.parts
    skipped = {*parts.title, parts.number, parts.date, parts.signature} | frame.ahead
    heads = headings(document) if window else []
    for sentence in sentences(document):
        if is_planned(document, sentence):
            continue
        if sentence.cell or not _NAMES_TIME.search(sentence.text) or IMPRINT.fullmatch(sentence.plain):
            continue
        if sentence.index in skipped or sentence.index not in parts.body:
            continue
        text = re.sub(
            r"《[^《》]*》|[（(][^（）()]*[)）]", lambda match: "　" * len(match[0]), sentence.plain
        )
        text = _UNDER.sub(lambda match: "　" * len(match[0]), text)
        set_apart = months_set(heads[sentence.index], frame) if window else None
        if window and (set_apart is None or set_apart <= window.months):
            found = _outside(text, frame, window, plans=is_plan(frame.title))
        else:
            found = None  # a heading names another half, quarter or year for what stands under it
        called = window.called if window else None
        if not found and back and frame.signed:
            found = _to_come(text, frame, frame.signed)
            day = frame.signed
            called = Text(
                en=f"the time up to {day.isoformat()}", zh=f"{day.year}年{day.month}月{day.day}日以前"
            )
        if found and called:
            yield _fault(sentence, *found, called)


def _fault(sentence: Sentence, start: int, end: int, called: Text) -> Finding:
    return rules()["other-half"].finding(
        sentence.start + start, sentence.start + end, found=sentence.text[start:end], own=called
    )


def _window(frame: Frame) -> _Window | None:
    spanned = months_of(frame.title)
    if spanned and BACK.search(frame.title):
        start, end = spanned[0], spanned[-1]
        own = Text(en=f"months {start} to {end}", zh=f"{start}月至{end}月")
        return _Window(frozenset(spanned), start, own)
    if frame.half:
        first = Text(en="the first half of the year", zh="上半年")
        own = first if frame.half == 1 else Text(en="the second half of the year", zh="下半年")
        quarters = set(_QUARTER.findall(frame.title))
        months = range(1, 7) if frame.half == 1 else range(7, 13)
        back = BACK.search(frame.title[-8:]) or _PROGRESS.search(frame.title)
        if len(quarters) == 1 and not re.search(r"半年", frame.title) and back:
            at = "一二三四1234".index(quarters.pop()) % 4
            months = range(3 * at + 1, 3 * at + 4)
            own = Text(en=f"quarter {at + 1}", zh=f"第{'一二三四'[at]}季度")
        return _Window(frozenset(months), months[0], own)
    lone = _LONE.findall(frame.title)
    if len(lone) == 1 and 1 <= int(lone[0]) <= 12 and BACK.search(frame.title[-8:]):
        month = int(lone[0])
        return _Window(frozenset((month,)), month, Text(en=f"month {month}", zh=f"{month}月"), lone=True)
    term = _TERM.search(frame.title)
    if term and BACK.search(frame.title):
        autumn = any(term[each] in ("秋", "第一", "上") for each in ("which", "whole", "nth"))
        own = (
            Text(en="the autumn term", zh="秋季学期") if autumn else Text(en="the spring term", zh="春季学期")
        )
        months = (7, 8, 9, 10, 11, 12, 1) if autumn else (1, 2, 3, 4, 5, 6, 7)
        return _Window(frozenset(months), months[0], own, term=True)
    return None


def _outside(text: str, frame: Frame, window: _Window, *, plans: bool) -> tuple[int, int] | None:
    """The first time of a sentence that lies outside the paper's, told as done.

    A plan begins with what was done before, so that there only terms (2月底前) lie outside.
    """
    text = _RATE_OF_CHANGE.sub(lambda match: "　" * len(match[0]), text)
    half = _OTHER_HALF[frame.half].search(text) if frame.half and len(window.months) == 6 else None
    # A quarter with a figure behind it tells of what was done as well.
    done = half and (
        _DONE.search(text)
        or re.search(
            r"^[^，。；占]{0,12}\d(?![\d.]*%)" if "季度" in half[0] else r"^实际[^，。；占]{0,8}\d",
            text[half.end() :],
        )
        or (
            frame.half == 2
            and _OPENS.match(text[: half.start()])
            and re.search(r"^[^占]*\d(?![\d.]*%)", text[half.end() :])
        )
    )
    put_off = half and (
        CARRIED.search(text[: half.start()])
        or _of_another_year(text[: half.start()], frame)
        or (frame.half == 2 and WHICH.match(text[half.end() :]))
    )
    if half and done and not plans and not put_off and not _MAY.search(text) and not _SET.search(text):
        return half.span()
    compared = -1
    # What began up to the signing may last beyond (公示时间为7月3日至7月9日).
    begun = window.months | ({frame.signed.month} if frame.signed else set())
    for moment in moments(text):
        # 比4月至6月, 去年4月至6月: the end of a period is of the same year as its start, and as little the paper's.
        ends = 0 <= compared <= moment.start and bool(_RUNS_TO.fullmatch(text[compared : moment.start]))
        if ends or moment.relative or _THAN.search(text[: moment.start]):
            compared = moment.end
            continue
        if not moment.month or not 1 <= moment.month <= 12 or moment.lunar:
            continue
        if moment.month in window.months or (moment.year and frame.year and moment.year != frame.year):
            continue
        if window.term and moment.day and window.beside(moment.month) and VACATION.search(text):
            continue  # 寒假从1月24日放到2月28日，3月1日返校
        if moment.month == window.first - 1 and _STOOD.match(text, moment.end):
            continue
        if window.lone and not _far_from(moment, window.first):
            continue
        if goes_on(text, moment, begun) or (
            plans and not (_BY.match(text, moment.end) or _FROM.match(text, moment.end))
        ):
            continue
        if _told_done(text, moment, frame, window):
            return moment.start, moment.end
    return None


def _far_from(moment: Moment, month: int) -> bool:
    """Whether a day lies two months and more from the one that a paper is about, which tells of its neighbours."""
    apart = abs((moment.month or 0) - month)
    return bool(moment.day) and min(apart, 12 - apart) > 1


def _of_another_year(before: str, frame: Frame) -> bool:
    match = _YEAR_BEFORE.search(before)
    return bool(match) and not (match["year"] and int(match["year"]) in frame.years)


def _told_done(text: str, moment: Moment, frame: Frame, window: _Window) -> bool:
    before, after = text[: moment.start], text[moment.end :]
    month = moment.month or 0
    later = month > window.first
    if _LIMIT.match(after) or _LIMITED.search(before) or _WILL.search(before):
        return False
    if _UNTIL.search(before):
        if not moment.day and not _COUNTED.search(before):
            return False
        # Counting went on up to the signing; and began with what there was just before.
        if later:
            return frame.signed is None or _past(moment, frame, frame.signed)
        return month < window.first - 1
    if _THAN.search(before) or (not later and _WHICH.match(after) and not re.search(r"其中$", before)):
        return False
    if not moment.day and _WHICH.match(after) and any(each.month in window.months for each in moments(after)):
        return False  # 9月定植的番茄4月拉秧
    if not moment.day and not later and _OWN_BEHIND.search(after):
        return False  # 高峰在6月，三季度回落
    plain = _TAKES.sub("　", text)
    if _AFTER.match(after):
        return False
    if later and moment.day and _SINCE.match(after):
        return True  # 9月1日进入汛期以来: what lies ahead has no since
    signed = frame.signed
    coming = later and moment.day and signed and (month, moment.day) > (signed.month, signed.day)
    if coming and not BACK.search(frame.title) and not _SURELY_DONE.search(text):
        return False  # a letter on a quarter that tells what comes next
    of_own_year = frame.signed and (frame.half != 1 or frame.signed.year == frame.year)
    if later and moment.day and frame.signed and of_own_year and not _past(moment, frame, frame.signed):
        return False  # what was done between the end of the time and the signing may be told
    begins_now = frame.signed and (frame.signed.year, frame.signed.month) == (
        moment.year or frame.year,
        month,
    )
    if later and begins_now and not moment.day and _FROM.match(after):
        return False  # 4月起转入下一阶段, in a paper of April
    if later and begins_now and frame.signed and (tens := _TENS.match(after)):
        return frame.signed.day <= 10 * "上中下".index(tens[1])  # 7月上旬办结, in a paper of 8 July
    if _BY.match(after) or _FROM.match(after) or _BEFORE.match(after):
        if _FROM.match(after) and not later and re.search(r"[自从由]$", before):
            return False
        about = plain[: moment.start] + "，".join(plain[moment.end :].split("，")[:2])
        return not _MAY.search(about) and not _SET.search(about if _FROM.match(after) else text)
    # 4月至6月，…，与去年同期相比下降25%: what the count is compared with does not move its time.
    if _OPENS.match(before) or before.endswith("，"):
        text = before + _COMPARED.sub("　", text[moment.start :])
    if not moment.day and _listed(text, moment, window) and not _TO_COME.search(before):
        return True
    # 1月15日至2月15日开展排查，年底前全部整改: what has a time of its own behind it tells nothing of this one.
    opened = _OPENS.match(before) and _ELSEWHEN.search(text, moment.end)
    if opened and _DID.search(text[moment.end : opened.start()]):
        text = text[: opened.start()]
    # 连续三天承办观摩会，…，分3批参观: of what is told further on.
    text = _TAKES.sub("　", text)
    near = "，".join([*text[: moment.start].split("，")[-2:], *text[moment.end :].split("，")[:2]])
    in_turn = re.search(r"分[^，。；]{1,12}[批期次]", near if moment.day else text)
    return not _MAY.search(text) and not in_turn and not re.search(r"以前|之前|截至|截止", text)


def _listed(text: str, moment: Moment, window: _Window) -> bool:
    """4月96人次、11月131人次: a month counted beside one of the paper's own."""
    if not _FIGURE.match(text, moment.end):
        return False
    return any(
        each.month in window.months and not each.day and _FIGURE.match(text, each.end)
        for each in moments(text)
    )


def _past(moment: Moment, frame: Frame, signed: date) -> bool:
    """Whether a time lies behind the day of signing."""
    # A title whose year is far off is wrong itself.
    own = frame.year if frame.year and 0 <= signed.year - frame.year <= 1 else signed.year
    year = moment.year or own
    return (year, moment.month or 0, moment.day or 0) > (signed.year, signed.month, signed.day)


def _to_come(text: str, frame: Frame, signed: date) -> tuple[int, int] | None:
    """12月8日，…完成了… in a paper of October."""
    found = moments(text)
    for moment in found:
        # 受7月17日…影响: a cause has been, whatever its effect is compared with.
        hit = text[: moment.start].endswith("受") and _HAS_HIT.match(text[moment.end :])
        if hit and moment.month and not moment.relative and _past(moment, frame, signed):
            return moment.start, moment.end
    if _MAY.search(text) or _SET.search(text):
        return None
    for moment in found:
        if not moment.month or not 1 <= moment.month <= 12 or moment.relative or moment.lunar:
            continue
        turned = signed.month <= TURN and moment.month >= LATE
        if not moment.year and (turned or (not frame.title_years and moment.month - signed.month > 5)):
            continue  # of the year before, told without it
        if _BY.match(text[moment.end :]) or not _past(moment, frame, signed) or goes_on(text, moment):
            continue
        if _COUNTED.search(text[: moment.start]) or _SURELY_DONE.search(text[moment.end :]):
            return moment.start, moment.end
    return None
