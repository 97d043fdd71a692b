"""Years held against what stands beside them: rows of years, 上年（2012年）, phases, days that tell no year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from datetime import date, timedelta
from itertools import pairwise

from ....document import Document
from ....finding import Finding
from ....rulebook import rules
from ..text.dates import Moment, moments, ranges
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .occasions import listed, other_year

_NAMED_BY = re.compile(
    r"(?P<which>今年|本年度?|当年|去年|上年度?|上一年度?|前年|明年|来年|次年)(?:的)?"
    r"(?:同期|度|[春夏秋冬][季天]?|汛期|清明|国庆|春节|年?[底末初])?"
    r"\s*(?:[（(](?:即|指|截至)?|，?[即指](?!将))\s*(?P<year>(?:19|20)\d{2})年(?!\d{1,2}月[^，。；）)]{0,6}[至—\-～~])"
)
_LAST_TIME = re.compile(
    r"上一?(?:个)?(?:[\u4e00-\u9fff]{0,4}(?:期|季|年度|学年|学期))[（(]\s*(?P<year>(?:19|20)\d{2})年(?:\d{1,2}月)?"
)
_STEPS = {"今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "前": -2, "明": 1, "来": 1, "次": 1}
_MOST_BACK = 2
_ROW = re.compile(
    r"(?<![\d—\-～至])(?P<year>(?:19|20)\d{2})年(?:度|计划|投入|完成|改造|安排|消除|安装)?(?=\s*\d)[^，。；、年]{1,14}(?=[，、；。和及]|$)"
)
_SPAN_OF_YEARS = re.compile(r"[三四五六]年(?!级)|三个年度")
_BETWEEN = re.compile(r"[，、和及与]{1,2}")
_HELD = re.compile(
    r"(?:召开|举行|举办|开展|结合|组织开展|组织|启动|传达|部署|落实|宣传)(?:了)?(?:全?[省市州县区镇乡街道村校]{0,2})$"
)
_HELD_WHAT = re.compile(
    r"年度?(?P<what>[^，。；]{0,24}?(?:会议?(?![员商同])|[日周月节][”\"]?[^，。；]{0,8}活动|检查|演练|培训|行动))"
)
_JUST_HELD = re.compile(
    r"(?:[上中下]旬|份)?(?:[（(][^（）()]{1,8}[)）])?(?:[上下]午)?，?(?:将|拟)?(?:在[^，。；\d]{1,12})?"
    r"(?:召开|举行|举办|启动|开幕)[的了]?(?:全?[省市州县区镇乡街道村校]{0,2})"
)
"""What stands between a month and the year of what is held in it: 10月召开的2025年…大会."""
_OPENS_WITH = re.compile(r"(?:[（(][^（）()]{1,8}[)）])?，[\u4e00-\u9fff]{0,8}")
_MEETS = re.compile(
    r"年度?(?P<what>[^，。；\d]{2,20}?(?:大会|晚会|推介会|对接会|座谈会|现场会|总结会|动员会|培训会|展|大?赛|竞赛|比武|演练|普查|活动|仪式|论坛|文化节))"
)
_THEN_HELD = re.compile(
    r"(?:^|[，。；])(?P<year>(?:19|20)\d{2})年[^，。；\d]{2,20}?(?:月活动|日活动|大会|晚会|展|大?赛|竞赛|比武|演练|仪式|论坛|文化节)"
    r"[定将]?于(?P<month>\d{1,2})月\d{1,2}日[^，。；\d]{0,8}(?:[（(][^（）()]{1,6}[)）])?[^，。；]{0,12}(?:举行|召开|举办|开幕|启动)"
)
_CODE_NAME = re.compile(
    r"(?:[（(][^（）()]{1,8}[)）])?(?:将|拟)?(?:在[^，。；\d]{1,12})?(?:举行|举办|组织|开展|召开)[^，。；\d“]{0,8}“[^”\d]{1,8}[—\-–·]{1,2}(?P<year>20\d\d)”"
)
"""9月18日（星期五）举行“蓝海—2023”海上搜救综合演练."""
_IS_HELD = re.compile(r"[^，。；\d]{0,4}(?:在[^，。；\d]{1,14})?(?:举行|召开|举办|开幕|启动)")
_DECIDED = re.compile(
    r"(?:^|[，。；])(?:[业已])?经[^，。；\d]{2,14}(?P<year>(?:19|20)\d{2})年第[\d一二三四五六七八九十]{1,3}次[^，。；\d]{0,10}会议?"
    r"[^，。；\d]{0,4}(?:研究|审议|讨论|审定|同意)"
)
"""经县政府2026年第4次常务会议研究: what a paper of that year tells."""
_LOOKS_BACK = re.compile(
    r"总结|表彰|考核|回顾|审计|决算|以来|结果|情况|评[估价]|通报|届|资金|计划|任务|预算|要点|规划|前期|筹备"
)
_HIT = re.compile(r"受(?P<year>(?:19|20)\d{2})年(?:第[\d一二三四五六七八九十]+号)?[^，。；]{0,10}影响[，,]")
_PHASE = re.compile(r"阶段|步骤")
_BY = re.compile(r"\s*(?:[底末]|[上中下]旬|年底)?(?:之?前|以前)(?![^，。；]{0,12}的)")
_YEARS = re.compile(r"年|20\d\d”")
_A_YEAR, _SELDOM = re.compile(r"(20\d\d)年"), 2
"""A year told more often may be the paper's own, whatever its title says."""
_OPENS, _LATE = 3, 10
"""The last month in which the year before is still dealt with, and the first in which the next one is."""
_ASKS = ("通知", "方案", "通告", "公告")
"""Kinds whose terms all lie ahead."""
_ONCE = re.compile(r"已|曾|了(?!解)|原|有效期|合同|承包|期满|届满|到期|欠|形成|建成|建的|以来|毕业|出生|约定")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent of what only the paper's own years can tell where it has none."""
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    told = Counter(int(each[1]) for each in _A_YEAR.finditer(document.text))
    often = {year for year, many in told.items() if many > _SELDOM}
    periods: list[tuple[int, str, Moment, Moment]] = []
    for sentence in sentences(document):
        if (
            sentence.cell
            or not sentence.figures
            or sentence.index in skipped
            or not _YEARS.search(sentence.text)
        ):
            continue
        yield from _rows(sentence)
        if frame.years:
            yield from _relative(sentence, frame)
            yield from _of_its_day(sentence, frame, often)
        if frame.signed and (sentence.index in frame.ahead or frame.parts.kind in _ASKS):
            yield from _over(sentence, frame, frame.signed)
        periods += (
            (sentence.start, sentence.text, first, second)
            for first, second in ranges(sentence.text, moments(sentence.text))
            if first.year and first.day
        )
    yield from _phases(periods, frame)


def _rows(sentence: Sentence) -> Iterator[Finding]:
    """其中2013年20公里、2025年26公里、2026年20公里: one year after the other but for one."""
    row: list[re.Match[str]] = []
    for match in (*_ROW.finditer(sentence.plain), None):
        if match and (not row or _BETWEEN.fullmatch(sentence.plain[row[-1].end() : match.start()])):
            row.append(match)
            continue
        years = [int(each["year"]) for each in row]
        slip = _slip(years) if len(row) >= 3 else None
        # Years may be left out of a row that does not say how many there are.
        if slip and (_SPAN_OF_YEARS.search(sentence.plain) or sorted(years) not in (years, years[::-1])):
            at, right = slip
            yield other_year(sentence, *row[at].span("year"), [right])
        row = [match] if match else []


def _slip(years: list[int]) -> tuple[int, int] | None:
    """Which of several years breaks their row, and what it would be; None where none does, or more."""
    for step in (1, -1):
        first = [year - step * at for at, year in enumerate(years)]
        usual = max(set(first), key=first.count)
        wrong = [at for at, each in enumerate(first) if each != usual]
        if len(wrong) == 1 and len(years) >= 3:
            return wrong[0], usual + step * wrong[0]
    return None


def _relative(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """比上年（2002年）晚6天 in a paper of 2013."""
    told = {each.year for each in moments(sentence.text) if each.year}
    for match in _NAMED_BY.finditer(sentence.plain):
        year = int(match["year"])
        near = frame.years | {each for each in told if each and each != year and each in frame.years}
        right = sorted({each + _STEPS[match["which"][0]] for each in near})
        if year not in right:
            yield other_year(sentence, *match.span("year"), right)
    for match in _LAST_TIME.finditer(sentence.plain):
        if not min(frame.years) - _MOST_BACK - 1 <= int(match["year"]) <= max(frame.years):
            yield other_year(sentence, *match.span("year"), sorted(frame.years))


def _of_its_day(sentence: Sentence, frame: Frame, often: Set[int]) -> Iterator[Finding]:
    """8月30日召开2012年秋季动员会: what was held on a day of the paper's own year is of that year."""
    found = moments(sentence.text)
    own = sorted(frame.years)
    for match in _HIT.finditer(sentence.plain):
        if int(match["year"]) not in own and any(each.day and not each.year for each in found):
            yield other_year(sentence, *match.span("year"), own)
    yield from _just_held(sentence, frame, found, often)
    days = [each for each in found if each.month and each.day and not each.relative]
    for moment in found:
        year, before = moment.year or 0, sentence.plain[: moment.start]
        if not year or moment.month or year in own or not _HELD.search(before):
            continue
        what = _HELD_WHAT.match(sentence.plain, moment.start + 4)
        day = next((each for each in reversed(days) if each.end <= moment.start), None)
        if not what or not day or (day.year and day.year not in own) or _LOOKS_BACK.search(what["what"]):
            continue
        # The last month of a year may open the next, and the first close the last; so may the paper's own.
        month = day.month or 0
        early = month <= 3 or (frame.signed is not None and frame.signed.month <= 3)
        if (year == own[-1] + 1 and month >= 10) or (year == own[0] - 1 and early):
            continue
        yield other_year(sentence, moment.start, moment.end, own)


def _just_held(sentence: Sentence, frame: Frame, found: list[Moment], often: Set[int]) -> Iterator[Finding]:
    """3月27日召开的2025年…现场会, 9月17日，区2024年…竞赛在…举行, 经…2022年第4次常务会议研究 in a paper of 2026."""
    text, own = sentence.plain, sorted(frame.years)
    signed = frame.signed
    opens = signed is not None and signed.month <= _OPENS
    near = {*own, *([signed.year, signed.year - opens] if signed else [])}
    for match in _DECIDED.finditer(text):
        if int(match["year"]) not in near and not _ONCE.search(text):
            yield other_year(sentence, *match.span("year"), own)
    for match in _THEN_HELD.finditer(text):
        year, month = int(match["year"]), int(match["month"])
        if year not in near and year not in often and not (year == own[-1] + 1 and month <= _OPENS):
            yield other_year(sentence, *match.span("year"), own)
    for day in found:
        named = _CODE_NAME.match(text, day.end) if day.month and day.day and not day.year else None
        if named and int(named["year"]) not in near | often and not day.relative:
            yield other_year(sentence, *named.span("year"), own)
    for month, year in pairwise(found):
        if not month.month or month.year or month.relative or not year.year or year.month or year.year in own:
            continue
        between, what = text[month.end : year.start], _MEETS.match(text, year.start + 4)
        if not what or year.year in often or (year.year > own[-1] and month.month >= _LATE):
            continue
        if _LOOKS_BACK.search(what["what"]) and year.year >= own[0] - 1:
            continue
        if year.year == own[0] - 1 and (month.month <= _OPENS or opens):
            continue
        if signed and month.month > signed.month and year.year == signed.year - 1:
            continue  # October of the year before, in a paper of January
        told = _OPENS_WITH.fullmatch(between) and _IS_HELD.match(text, what.end())
        if told or _JUST_HELD.fullmatch(between):
            yield other_year(sentence, year.start, year.end, own)


def _over(sentence: Sentence, frame: Frame, signed: date) -> Iterator[Finding]:
    """2022年6月底前完成 among the plans of a paper of May 2024."""
    if _ONCE.search(sentence.plain):
        return
    for moment in moments(sentence.text):
        if not moment.year or not moment.month or not _BY.match(sentence.plain, moment.end):
            continue
        if (moment.year, moment.month) < (signed.year, signed.month):
            yield rules()["deadline-past"].finding(
                sentence.start + moment.start,
                sentence.start + moment.end,
                found=sentence.text[moment.start : moment.end],
                signed=signed.isoformat(),
            )


def _phases(periods: list[tuple[int, str, Moment, Moment]], frame: Frame) -> Iterator[Finding]:
    """准备阶段自2026年9月1日至9月20日；实施阶段自2025年9月21日至…: the day after, of another year."""
    for (one_at, one, first, last), (two_at, two, begins, ends) in pairwise(periods):
        closing, opening = _day(last, first), begins.day_in(None)
        begun = first.day_in(None)
        if (
            not closing
            or not opening
            or (begun and closing < begun)
            or not (_PHASE.search(one) and _PHASE.search(two))
        ):
            continue
        meant = closing + timedelta(days=1)
        if (meant.month, meant.day) != (opening.month, opening.day) or meant == opening:
            continue
        late = ends.year or begins.year
        # Of the two years, the one that the paper does not have differs.
        if opening.year in frame.years and closing.year not in frame.years:
            at, text, wrong = one_at, one, (last if last.year else first)
        else:
            at, text, wrong = two_at, two, begins
        yield rules()["other-year"].finding(
            at + wrong.start,
            at + wrong.start + 5,
            found=text[wrong.start : wrong.start + 5],
            own=listed(sorted({meant.year} if wrong is begins else {late or opening.year})),
        )


def _day(last: Moment, first: Moment) -> date | None:
    """The day on which a period ends, in the year of its beginning where it tells none."""
    year = last.year or first.year
    if year and not last.year and (last.month or 0) < (first.month or 0):
        year += 1
    return last.day_in(year)
