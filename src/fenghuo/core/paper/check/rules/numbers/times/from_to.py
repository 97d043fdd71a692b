"""From when to when, and how long that is, in hours, days, months or years and whatever words.

9时开考，11时交卷，时长120分钟; 18日20时下起来的，19日14时停歇，整整十八个小时; 9月4日开检，9月22日收尾，头尾十九天;
3月初进场，次年8月底完工，前后十八个月.
`lasting` knows periods by their sign (至) and lengths by their digits. Here two times stand in clauses beside each
other and
the length in the next one. Silent where any two times of the paragraph are so far apart.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from ....document import Document
from ....finding import Finding
from ....numerals import folded, how_many
from ..faults import counts_differ
from ..text.frame import Frame
from ..text.measured import Figure, figures, near
from ..text.sentences import passages

_W = r"[\u4e00-\u9fff]"
_HAN = "一二三四五六七八九十"
_POINT = re.compile(
    rf"(?<![\d.:：第])(?:(?P<year>(?:19|20)\d\d)年|(?P<next>次年|翌年|第二年|当年|同年|次日|翌日|第二天|当日|当天))?"
    rf"(?:(?<![{_HAN}])(?P<month>\d{{1,2}}|[{_HAN}]{{1,3}})月(?:份|(?P<part>初|底|末|中旬|上旬|下旬))?)?"
    rf"(?:(?<![{_HAN}])(?P<day>\d{{1,2}}|[{_HAN}]{{1,3}})[日号](?!楼|院|线|公路|令|文|机|井|矿|库|桥|站|门|口|仓))?"
    r"(?P<half>上午|下午|凌晨|清晨|早上|早晨|傍晚|晚上|晚间|夜里|晚|早|中午|午后|当晚)?(?:(?P<hour>\d{1,2})(?:[时点](?!段)(?:(?P<minute>\d{1,2})分|(?P<thirty>半)|整|许)?|[:：](?P<minutes>[0-5]\d)(?![:：\d])))?"
)
_CUE = re.compile(
    rf"(?:时长|时间|历时|历经|用时|耗时|为期|[赛会展假工周租施演跨]期|[赛议航]程|日程|行程|全程|跨度|持续|连续|整整|前后|头尾|首尾|始末|总共|一共|拢共|[合共总]?计|共|合|凡|长达|达|花|耗|费|用|开|打|走|办|停|等|下|忙|干|开放|运营|营业|运行|值守|施工|{_W}了|{_W}足|断[水电网气流航]|停[水电工产业气课航摆]|[工党教军婚]龄|服役|从[教军医业政]|任[职教]|在[岗职任位编押]|[值守待留住熬歇封关跑飞晾泡养]|航行|行驶|展出|公示|值班|施工|驻村)(?:约|了|掉)?(?:时间)?(?:为|是|共|整整|达)?(?:整)?$"
)
_NOT_CUE = re.compile(
    r"每|另|还|再|提前|推迟|延|限|前(?!后)|最[长短]|平均|其中|净|累计|实际|除|余下|剩|离|距|仅剩|不[到足]|工作|缓冲|以来|今后|未来|年纪|年龄|已|至今|迄今"
)
_NOT_SPAN = re.compile(
    r"工作日|交易日|间断|断续|分[^，。；\d]{0,3}[批期段]|轮[班流休]|不含|除[^，。]{0,8}外|周末除外|休息|中间|期间停"
)
_AFTER = re.compile(r"之?[内后前]|以[内上下前]|的?期限|[余多]|左右|一次|未|龄|时限|来|间")
_BETWEEN = re.compile(r"[^。；！？\d\n]{0,16}")
_TAIL = re.compile(r"[^。；！？\d\n]{0,30}")
_CLOCKS = re.compile(r"[^！？\n]{0,60}")
_STRICT = re.compile(r"会期|赛期|赛程|展期|假期|日程|头尾|首尾|前后|一共|总共|连续|计|共|整整|合")
_SUMS = re.compile(r"[合共总]|凡")
_YEAR = 2025


@dataclass(frozen=True, slots=True)
class _Point:
    start: int
    end: int
    year: int | None
    month: int | None
    part: str
    day: int | None
    minute: int | None


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Told of the length."""
    for start, passage in passages(document):
        said = folded(passage)
        if not re.search(r"[年月日号时点:：]", said):
            continue
        points = list(_points(said))
        if len(points) < 2:
            continue
        for each in figures(said):
            if each.kind in ("time", "months") and not each.about:
                before = [point for point in points if point.end <= each.start]
                yield from _judged(said, start, each, before, points, frame)


def _points(said: str) -> Iterator[_Point]:
    """Times in their order, each with what the one before tells of its year, month and day."""
    last: _Point | None = None
    for match in _POINT.finditer(said):
        if not match[0] or not any(match[name] for name in ("year", "month", "day", "hour")):
            continue
        if match["year"] and not match["month"] and re.match(r"[度来间级以版]", said[match.end() :]):
            continue
        month, day = (how_many(match[name]) if match[name] else None for name in ("month", "day"))
        if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
            continue
        if month is None and day is None and not match["hour"] and not match["year"]:
            continue
        if month and not match["day"] and re.match(rf"[龄均报刊{_HAN}\d]", said[match.end() :]):
            continue
        year = int(match["year"]) if match["year"] else None
        minute = _minute(match)
        if last and year is None:
            year = last.year
            if year and match["next"] in ("次年", "翌年", "第二年"):
                year += 1
            if year and month and last.month and month < last.month and last.year and not match["next"]:
                year = None if match["month"] is None else year
        if last and month is None and (day is not None or minute is not None):
            month = last.month
        if last and day is None and minute is not None:
            day = last.day
            if day and match["next"] in ("次日", "翌日", "第二天"):
                day += 1
        last = _Point(match.start(), match.end(), year, month, match["part"] or "", day, minute)
        yield last


def _minute(match: re.Match[str]) -> int | None:
    if not match["hour"]:
        return None
    hour = int(match["hour"])
    if match["half"] in ("下午", "傍晚", "晚上", "晚间", "夜里", "晚", "午后", "当晚") and hour < 12:
        hour += 12
    minute = int(match["minute"] or match["minutes"] or 0) + (30 if match["thirty"] else 0)
    return hour * 60 + minute if hour <= 24 and minute < 60 else None


def _judged(
    said: str, start: int, told: Figure, before: Sequence[_Point], points: Sequence[_Point], frame: Frame
) -> Iterator[Finding]:
    clause = re.split(r"[，。；：、（()）]", said[max(told.start - 24, 0) : told.start])[-1]
    lead = re.split(r"\d", clause)[-1]
    last = before[-1] if before else None
    if last is None or len(before) < 2 or _AFTER.match(said, told.end):
        return
    # 8时开门，17时关门，每天营业9个小时
    daily = told.unit in ("小时", "分钟") and not (before[-2].day or last.day)
    if _NOT_CUE.search(re.sub("每[天日]", "", lead) if daily else lead):
        return
    inside = last.end > told.start - len(clause)
    if not _CUE.search(lead) and not (not lead.strip() and re.match(r"[，。；、）)]|$", said[told.end :])):
        return
    one, two = before[-2], last
    clocks = one.minute is not None and two.minute is not None
    if not _TAIL.fullmatch(said, two.end, told.start):
        return
    if re.search("[从自][今去前上当本]?年?$", said[one.end : two.start]):
        return  # 今天是1月23日，我们从9月1日走来: the later one is where it begins
    between = said[one.end : two.start]
    if not (_CLOCKS if clocks and told.unit in ("小时", "分钟") else _BETWEEN).fullmatch(between):
        return
    begin = max(said.rfind(sign, 0, one.start) for sign in "。；\n") + 1
    rest = re.split(r"[。；\n]", said[told.end : told.end + 12])[0]
    if _NOT_SPAN.search(said[begin : told.end] + rest) or (
        inside and not re.search(r"[至到—\-~～]", between)
    ):
        return
    right = _lengths(one, two, told, frame)
    if not right or any(abs(each - told.value) <= slack for each, slack in _allowed(right, told, lead)):
        return
    best = min(right, key=lambda each: abs(each - told.value))
    if not near(best, told.value) or _explained(told, points, frame, lead):
        return
    period = said[one.start : two.end]
    yield counts_differ(
        said, start, told.told, _Placed(one.start, two.end), other=_words(right[0], told), thing=period
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    start: int
    end: int


def _words(value: Decimal, told: Figure) -> str:
    if told.kind == "months":
        return f"{int(value)}个月" if told.worth == 1 else f"{value / 12:f}年".replace(".0年", "年")
    return f"{told.written(value):f}{told.unit}"


def _allowed(right: Sequence[Decimal], told: Figure, lead: str) -> Iterator[tuple[Decimal, Decimal]]:
    """What the length may be told as, and how far off."""
    for at, each in enumerate(right):
        if at and told.kind == "time" and told.unit in ("天", "周") and _STRICT.search(lead):
            continue
        slack = Decimal(0)
        if told.unit == "小时" and each % 60:
            slack = Decimal(29)
        elif told.unit == "周":
            slack = Decimal(1440 * 6)
        elif told.unit == "天" and each % 1440:
            slack = Decimal(1440)
        yield each, slack


def _lengths(one: _Point, two: _Point, told: Figure, frame: Frame) -> list[Decimal]:
    """How long it is from one to the other: the likeliest first, other ways of counting behind it."""
    if told.kind == "months":
        return _months(one, two, frame)
    if told.unit in ("小时", "分钟"):
        return _minutes(one, two, frame)
    if not one.month and not two.month and one.day and two.day and told.unit != "月":
        days = two.day - one.day
        return [Decimal((days + 1) * 1440), Decimal(days * 1440)] if days > 0 else []
    first, last = _day(one, frame), _day(two, frame)
    if not first or not last:
        return []
    if last < first and two.year == one.year:
        last = _later(last)
    days = (last - first).days if last else -1
    if days < 0 or days > 800:
        return []
    if one.minute is not None and two.minute is not None:
        exact = Decimal(days * 1440 + two.minute - one.minute)
        return [exact, Decimal(days * 1440), Decimal((days + 1) * 1440)]
    return [Decimal((days + 1) * 1440), *([Decimal(days * 1440)] if days else [])]


def _later(day: date) -> date | None:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return None


def _day(point: _Point, frame: Frame) -> date | None:
    if not point.month or not point.day:
        return None
    try:
        return date(point.year or frame.year or _YEAR, point.month, point.day)
    except ValueError:
        return None


def _minutes(one: _Point, two: _Point, frame: Frame) -> list[Decimal]:
    if one.minute is None or two.minute is None:
        return []
    days = 0
    if one.day and two.day:
        first, last = _day(one, frame), _day(two, frame)
        days = (last - first).days if first and last else two.day - one.day
    minutes = days * 1440 + two.minute - one.minute
    if minutes < 0 and not days:
        minutes += 1440
    return [Decimal(minutes)] if 0 < minutes < 20_000 else []


def _months(one: _Point, two: _Point, frame: Frame) -> list[Decimal]:
    """Full months where both ends tell their days, else with both or one of its ends."""
    if not one.month and not two.month and one.year and two.year:
        years = two.year - one.year
        return [Decimal(each * 12) for each in (years + 1, years)] if 0 < years < 100 else []
    if not one.month or not two.month or bool(one.day) != bool(two.day):
        return []
    years = two.year - one.year if one.year and two.year else 0
    apart = years * 12 + two.month - one.month
    if apart < 0 and not years:
        apart += 12
    if apart < 0 or apart > 800:
        return []
    if one.day and two.day:
        full = apart + (two.day + 1 - one.day) // 31
        year = two.year or frame.year or _YEAR
        if one.day == 1:
            ends = two.day >= monthrange(year, two.month)[1] - (two.month == 2)
            return [Decimal(apart + 1)] if ends else [Decimal(apart), Decimal(apart + 1)]
        if two.day in (one.day, one.day - 1):
            return [Decimal(apart)]
        return [Decimal(full), Decimal(apart), Decimal(apart + 1)]
    if one.part == "初" and two.part in ("底", "末"):
        return [Decimal(apart + 1)]
    if one.part in ("底", "末") and two.part == "初":
        return [Decimal(apart), Decimal(apart - 1)]
    return [Decimal(apart + 1), Decimal(apart)]


def _explained(told: Figure, points: Sequence[_Point], frame: Frame, lead: str) -> bool:
    """Whether any two times are so far apart."""
    around = [each for each in points if abs(each.start - told.start) < 400][-12:]
    return any(
        abs(length - told.value) <= slack
        for one, two in combinations(around, 2)
        for length, slack in _allowed(_lengths(one, two, told, frame), told, lead)
    )
