"""Dates and times that do not exist, weekdays that do not fit, periods that end before they start."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded
from ....rulebook import rules
from ..text.dates import Moment, moments, ranges, short_days
from ..text.frame import Frame
from ..text.sentences import passages
from .one_breath import begun_and_ended
from .planned import BACK

_WEEKDAYS = "一二三四五六日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(r"\s*[（(]?\s*(?:星期|周|礼拜)(?P<day>[一二三四五六日天])(?![期年岁报刊])\s*[）)]?")
_STARTS = (
    r"开工|动工|启动|开始|开建|开展|开标|进场|实施|施工|举办|开幕|报名|立项|开[学课播镰机园馆栏]|播种|收割"
)
_BEGINS = re.compile(rf"\s*(?:之?前|起|左右|正式|全面|陆续)*(?:{_STARTS})(?:建设|施工|实施)?")
_FROM_ON = re.compile(r"\s*起(?!止|进入)[^，。；\d至到]{2,12}(?=[，,])")
"""5月1日起组织播种，4月20日前结束."""
_BREATH = 4
"""Signs between what begins so and the day that it ends on."""
_IN_FORCE = re.compile(r"起[^，。；\d至到]{0,8}[，,]?(?:至|到|止于)")
_BEGUN = re.compile(r"(?:建成?|开工|动工|启动|成立|设立|立项|落成)于$")
_ENDS = re.compile(
    r"\s*(?:之?前|底前|左右|全部|全面|基本|正式|顺利)*"
    r"(?:[^，。；\d的]{0,6}(?:结束|完[成毕])(?=[，。；]|$)|完工|竣工|完成|建成|结束|收尾|交付|投用|投入使用|投入运[行营]|通车|(?:通过)?(?:[省市县]级|竣工)?验收|闭幕|截止|结项|结题|对外开放|开馆|开业)"
    r"(?!的|[^，。；]{0,6}(?:招标|设计|征地|立项|审批|前期|测量|勘察))"
)
# 自2026年3月2日开学，至7月10日: a start and an end with what happens between them
_SINCE = re.compile(r"(?:自|从)$")
_UP_TO = re.compile(r"(?!起|开始实)[^，。；\d至到]{1,8}[，,]?(?:至|到|止于)")
_BETWEEN = re.compile(r"[^。；;\d]{0,24}?[，,、][^。；;\d]{0,8}")
_NEXT_YEAR = re.compile(r"次年|翌年|明年|来年|第二年|原|已|上一?期|另")
_OTHER_YEARS = re.compile(r"(?<!\d)20\d{2}(?=年|卷|版|届|级)")
_LAST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TENS = re.compile(
    r"(?<!\d)(?P<one>\d{1,2})月(?P<from>[上中下])旬(?:[至到—－~～]|--)(?:(?P<two>\d{1,2})月)?(?P<to>[上中下])旬"
)
_SUMMER = re.compile(r"[^，。；]{0,4}?(?:汛期|暑期|暑假|夏季|高温|休渔|禁渔)")
_OF_SUMMER = re.compile(r"汛|暑期|暑假|夏季|高温|山洪|台风|休渔|禁渔")
_SUMMER_IS = re.compile(r"(?<!非)(?:汛期|暑期|暑假|夏季|休渔|禁渔)[^，。；\d]{0,4}$")
_WINTER = re.compile(
    r"冬|春|雪|寒|防火|防灭火|采暖|供暖|供热|学期|学年|榨季|旱季|枯水|候鸟|跨年|任期|聘期|保质|封山|禁牧"
)
_EARLY, _LONG = 3, 7
"""Up to when a review is of the year before; months that no period has which runs over the year's end unsaid."""
_BREAK = re.compile(r"[。；;\n]")
_ANY_OF_YEARS = re.compile(r"(?<!\d)(20[0-4]\d)(?=年|卷|届|[-/.]\d|\D?[〕\]）)】])")
_LUNAR = re.compile(r"农历|阴历|旧历|腊月|正月")
_OPENING = 3
"""Paragraphs of a body among which its year is told."""
_ANY_YEAR = 2000
"""A leap year, for days told without one."""
_MORNING = 9
_NO_NIGHT = 4 * 60
"""Minutes by which no time that runs into the next day ends earlier by the clock than it began."""
_LATER_HALF = re.compile(r"下午|中午")
_OVERNIGHT = re.compile(r"次日|翌日|第二天|每[日天晚]|值|班|夜|昼|轮|营业|晚|下午|午后|凌晨|小时")
_A_TIME = re.compile(
    r"(?:[时点][、和及与]|(?:星期|周)[一二三四五六日天][)）]?|日|号|上午|下午|凌晨|晚|早|至|—|-|时间|每天|每日|于|在|从|自)[：:\s]*$"
)

_Told = tuple[int, str, Moment, Moment]
"""A period with its passage and where that starts."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Each line by itself: a date is read with the year of its own line, else the paper's."""
    dated: list[_Told] = []
    latest, opening = _latest(document), _opening(document, frame)
    for offset, said in passages(document, cells=True):
        found = moments(said)
        if not found:
            if "月" in said:
                yield from _short(said, offset, frame)
            continue
        yield from _tens(document, said, offset)
        periods = [
            *ranges(said, found),
            *short_days(said),
            *_begun_and_ended(said, found),
            *begun_and_ended(folded(said), found),
        ]
        days = {(moment.start, moment.end): moment for moment in found}
        days |= {(each.start, each.end): each for period in periods for each in period}
        for moment in days.values():
            year = _year_before(moment, found, frame, said)
            yield from _unreal(moment, year, said, offset)
            others = _other_years(moment, found, frame, said, latest)
            yield from _weekday(moment, year, said, offset, frame, {*others, *opening})
        told: set[tuple[int, int]] = set()
        summer = bool(_OF_SUMMER.search(frame.title)) and not _WINTER.search(said)
        for first, second in periods:
            if (first.start, second.end) in told:
                continue
            told.add((first.start, second.end))
            if _backwards(first, second, said) or (summer and _wraps(first, second)):
                yield _ends_first(document, offset, said, first, second)
            elif first.month and second.month:
                dated.append((offset, said, first, second))
    for each in _turned(dated):
        yield _ends_first(document, *each)


def _ends_first(document: Document, offset: int, said: str, first: Moment, second: Moment) -> Finding:
    start, end = offset + first.start, offset + second.end
    return rules()["period-backwards"].finding(
        start,
        end,
        elsewhere=(Elsewhere(Span(start, offset + first.end), said[first.start : first.end]),),
        found=document.text[start:end],
        first=said[first.start : first.end],
        last=said[second.start : second.end],
    )


def _turned(dated: Sequence[_Told]) -> Iterator[_Told]:
    """Periods over the year's end that begin where the next phase does, or end where the last one did."""
    days = [(first.day_in(_ANY_YEAR), second.day_in(_ANY_YEAR)) for _, _, first, second in dated]
    forward = [(one, two) for one, two in days if one and two and one < two]
    begun = {one - timedelta(days=at) for one, _ in forward for at in (0, 1)}
    ended = {two + timedelta(days=at) for _, two in forward for at in (0, 1)}
    for each, (one, two) in zip(dated, days, strict=True):
        if _wraps(each[2], each[3]) and not _WINTER.search(each[1]) and (one in begun or two in ended):
            yield each


def _tens(document: Document, said: str, offset: int) -> Iterator[Finding]:
    """3月下旬至3月中旬: tens of days of one month, in the wrong order."""
    for match in _TENS.finditer(said):
        if match["one"] == (match["two"] or match["one"]) and "上中下".index(match["from"]) > "上中下".index(
            match["to"]
        ):
            start, end = offset + match.start(), offset + match.end()
            first = match.end("from") + 1
            yield rules()["period-backwards"].finding(
                start,
                end,
                elsewhere=(Elsewhere(Span(start, offset + first), said[match.start() : first]),),
                found=document.text[start:end],
                first=said[match.start() : first],
                last=match[0][match.end("from") + 2 - match.start() :],
            )


def _begun_and_ended(said: str, found: list[Moment]) -> Iterator[tuple[Moment, Moment]]:
    """2027年9月1日开工，4月30日前完工: what begins in one breath with its end, which is of its year unless told."""
    for first, second in pairwise(found):
        begun = _BEGINS.match(said, first.end)
        if (
            begun is None
            and (whole := _FROM_ON.match(said, first.end))
            and second.start - whole.end() <= _BREATH
        ):
            begun = whole
        from_on = begun.end() if begun else first.end if _BEGUN.search(said[: first.start]) else 0
        since = _SINCE.search(said[: first.start]) and _UP_TO.fullmatch(said[first.end : second.start])
        dated = first.year and second.year and not (first.relative or second.relative)
        if (
            dated
            and _SINCE.search(said[: first.start])
            and _IN_FORCE.fullmatch(said[first.end : second.start])
        ):
            yield first, second  # 自2025年11月1日起执行，至2026年3月31日
            continue
        if since and first.month and second.month and not (first.relative or second.relative):
            yield first, second if second.year else replace(second, year=first.year)
            continue
        dated = (first.month and second.month) or (first.year and second.year)
        clocks = first.hour is not None and second.hour is not None and not (first.month or second.month)
        if not from_on or not (dated or clocks) or first.relative or second.relative:
            continue
        ended = _ENDS.match(said, second.end)
        between = said[from_on : second.start]
        if ended and _BETWEEN.fullmatch(between) and not _NEXT_YEAR.search(between):
            yield first, second if second.year else replace(second, year=first.year)


def _short(said: str, start: int, frame: Frame) -> Iterator[Finding]:
    for _, second in short_days(said):
        yield from _unreal(second, frame.year, said, start)


def _year_before(moment: Moment, found: list[Moment], frame: Frame, said: str) -> int | None:
    """The year of a moment: its own, else the last one written before it in its sentence, else the paper's."""
    if moment.year:
        return moment.year
    own = frame.year
    if moment.relative:
        ahead = {"去年": -1, "上年": -1, "次年": 1, "翌年": 1, "明年": 1, "来年": 1}
        return own + ahead.get(moment.relative, 0) if own else None
    before = [each for each in found if each.start < moment.start and each.year]
    if before and re.search("今年|本年", said[before[-1].end : moment.start]):
        return own
    return before[-1].year if before else own


def _opening(document: Document, frame: Frame) -> tuple[int, ...]:
    """The year that opens the body: where the title tells another, days are told of this one."""
    body = frame.parts.body
    said = (folded(document.said(document.paragraphs[at])) for at in body[:_OPENING])
    return tuple(int(match[1]) for each in said if (match := re.match(r"\s*(20\d\d)年", each)))


def _latest(document: Document) -> int | None:
    """The last year that a paper names."""
    years = [int(year) for year in _ANY_OF_YEARS.findall(folded(document.text))]
    return max(years, default=None)


def _other_years(
    moment: Moment, found: list[Moment], frame: Frame, said: str, latest: int | None
) -> tuple[int, ...]:
    """The years that a bare day may lie in where none is told for it in its own sentence.

    于2007年5月1日前出生。报名截止4月18日（星期五）: not of the year of birth, but of the paper's own, of the last
    that it names, or of the one that follows.
    """
    before = [each for each in found if each.start < moment.start and each.year]
    if before and not _BREAK.search(said, before[-1].end, moment.start):
        return ()
    if not before and frame.year:
        return frame.title_years  # 2024年工作总结和2025年打算
    return tuple(year for year in (frame.year, latest, latest and latest + 1) if year)


def _unreal(moment: Moment, year: int | None, said: str, start: int) -> Iterator[Finding]:
    why = _why_unreal(moment, year, said)
    if why:
        yield rules()["date-unreal"].finding(
            start + moment.start, start + moment.end, found=said[moment.start : moment.end], why_not=why
        )


def _why_unreal(moment: Moment, year: int | None, said: str) -> Text | None:
    month, day = moment.month, moment.day
    # A lunar day told in brackets beside its own does not make those after it lunar.
    near = re.sub(r"[（(][^（）()]*[)）]", "", said[max(moment.start - 16, 0) : moment.start])[-8:]
    if moment.lunar or _LUNAR.search(near):
        return None
    if month == 0 and not moment.year and re.search(r"[\sA-Za-z&;%=|]$", said[: moment.start]):
        return None  # the end of a number that pasted signs cut in two
    if month is not None and not 1 <= month <= 12:
        return Text(en=f"there is no month {month}", zh=f"没有{month}月")
    if month is not None and day is not None:
        last = _LAST[month - 1]
        if month == 2 and year and day == 29 and not _leap(year):
            return Text(en=f"February {year} has 28 days", zh=f"{year}年2月只有28天")
        if not 1 <= day <= last:
            return Text(en=f"month {month} has {last} days", zh=f"{month}月只有{last}天")
    hour, minute = moment.hour, moment.minute
    if hour is None:
        return None
    dated = day is not None or bool(_A_TIME.search(folded(said)[: moment.start]))
    written = said[moment.start : moment.end]
    clock = dated or ("分" in written and "时" in written)
    if not clock:
        return None
    if hour > 24 or (hour == 24 and minute):
        return Text(en=f"a day has no hour {hour}", zh=f"一天没有{hour}时" if hour > 24 else "24时之后没有分")
    if minute is not None and minute > 59:
        return Text(en=f"an hour has no minute {minute}", zh=f"一小时没有{minute}分")
    return None


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _weekday(
    moment: Moment, year: int | None, said: str, start: int, frame: Frame, others: Collection[int]
) -> Iterator[Finding]:
    match = _WEEKDAY.match(said, moment.end)
    day = moment.day_in(year)
    if not match or not day:
        # 4月3日（星期五）14时: the weekday stands inside the moment's reach only after its day.
        return
    told = "一二三四五六日".index("日" if match["day"] == "天" else match["day"])
    possible = {day.weekday()}
    if not moment.year and not moment.relative:
        possible |= {each.weekday() for year in others if (each := moment.day_in(year))}
    if not moment.year and not moment.relative and frame.signed:
        possible |= _near_new_year(day, frame.signed)
        if day.month > frame.signed.month and frame.signed.month <= _EARLY and BACK.search(frame.title[-8:]):
            possible |= {each.weekday() for each in (moment.day_in(frame.signed.year - 1),) if each}
        if (day.month, day.day) != (2, 29):
            possible.add(day.replace(year=frame.signed.year).weekday())
    if told not in possible:
        yield rules()["weekday-wrong"].finding(
            start + moment.start,
            start + match.end(),
            found=said[moment.start : match.end()],
            asked=Text(
                en=f"{day.isoformat()} is a {_DAYS[day.weekday()]}",
                zh=f"{day.year}年{day.month}月{day.day}日是星期{_WEEKDAYS[day.weekday()]}",
            ),
            weekday=f"星期{_WEEKDAYS[day.weekday()]}",
        )


def _near_new_year(day: date, signed: date) -> set[int]:
    """A bare date may lie over the turn of the year from the day of signing."""
    other = 0
    if signed.month >= 10 and day.month <= 3:
        other = signed.year + 1
    elif signed.month <= 3 and day.month >= 10:
        other = signed.year - 1
    if not other or (day.month, day.day) == (2, 29):
        return set()
    return {day.replace(year=other).weekday()}


def _within_one_year(first: Moment, second: Moment, said: str) -> bool:
    """9月30日至5月1日为主汛期, 2025年9月30日至4月16日: no winter is that long and told with its first year alone."""
    if _SUMMER.match(said, second.end) or _SUMMER_IS.search(said[: first.start]):
        return True
    months = (second.month or 0) + 12 - (first.month or 0)
    return bool(first.year and first.day and second.day) and months >= _LONG and not _WINTER.search(said)


def _wraps(first: Moment, second: Moment) -> bool:
    """Whether a period told without years runs over the end of one: 9月30日至4月15日."""
    if not (first.day and second.day) or first.lunar or second.lunar or second.next or second.relative:
        return False
    return (second.month or 12) < (first.month or 0) and not second.year


def _backwards(first: Moment, second: Moment, said: str) -> bool:
    """Whether a period surely ends before it starts; winter may lie between 11月 and 4月 without a word."""
    if second.next or first.lunar or second.lunar or second.relative in ("次年", "翌年", "明年", "来年"):
        return False
    if first.year and second.year and first.year != second.year:
        return second.year < first.year
    if second.relative and first.relative != second.relative:
        return False
    if first.month and second.month:
        if first.month != second.month:
            same_year = bool(first.year and second.year)
            over_winter = first.month >= 9 and second.month <= 6 and not _within_one_year(first, second, said)
            return second.month < first.month and (same_year or not over_winter)
        if first.day and second.day and first.day != second.day:
            return second.day < first.day
        if not (first.day and second.day):
            return False
        return first.hour is not None and second.hour is not None and _lasts(first, second, said) < 0
    if first.hour is None or second.hour is None or second.month or second.day:
        return False
    lasts = _lasts(first, second, said)
    if lasts >= 0:
        return False
    if first.day:
        # 4月3日14时至12时; 20时至8时 is a night.
        return second.hour >= _MORNING or lasts >= -2 * _NO_NIGHT
    if lasts >= -_NO_NIGHT or said[first.start : first.end].startswith(("上午", "下午")):
        return True
    # 11:30—08:30 in a timetable: who begins by day and says nothing of the night ends the same day.
    return 6 <= first.hour <= 14 and not _OVERNIGHT.search(said)


def _lasts(first: Moment, second: Moment, said: str) -> int:
    """The minutes from one time of a day to another; in 下午2时至5时 both are of the half that the first names."""
    ends = second.hour or 0
    if ends < 12 and _LATER_HALF.search(said[first.start : first.end]) and said[second.start].isdecimal():
        ends += 12
    return (ends - (first.hour or 0)) * 60 + (second.minute or 0) - (first.minute or 0)
