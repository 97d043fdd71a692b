"""What stands around each time that a paper names, as numbers: what a forest is asked of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from ....numerals import how_many
from .cues import cues
from .expected import Expected, asked, row_of
from .forest import Forest
from .mentions import SORTS, Mention
from .whole import Whole

TURNS = ("edition", "plan")
"""Sorts of which one follows the other: few papers tell of them, so that they have a forest of their own."""
_REVIEW = re.compile(r"总结|情况|报告|通报|简报|汇报|回顾|小结|纪要")
_FORWARD = re.compile(r"计划|方案|安排|要点|通知|部署|请示|函|公告|意见")
_TO_COME = re.compile(r"下一步|下步|下阶段|打算|今后|下半年(?:工作|重点)|安排|计划|要求|任务|建议|措施")
_PAST = re.compile(r"总结|情况|成效|回顾|做法|进展")
_OLD = re.compile(r"^[年度]+")
_NAMED = re.compile(r"[\u4e00-\u9fff]{4}")
_NUMBERED = re.compile(r"[^》]{0,40}》\s*[（(][^〔）]{0,14}〔((?:19|20)\d{2})")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_WEEK = "一二三四五六日天"
_SEASONS = (
    ("元旦", 1), ("春节", 2), ("春运", 2), ("元宵", 2), ("寒假", 2), ("两会", 3), ("清明", 4), ("春季", 4),
    ("五一", 5), ("劳动节", 5), ("端午", 6), ("高考", 6), ("汛前", 5), ("主汛期", 7), ("汛期", 7), ("汛后", 10),
    ("暑", 8), ("夏", 7), ("秋季学期", 9), ("中秋", 9), ("国庆", 10), ("秋", 10), ("冬", 12), ("年底", 12),
    ("年末", 12), ("末", 12), ("底", 12), ("初", 1), ("年度", 0),
)  # fmt: skip
"""What tells the month of a year without naming it."""
_FIRST_PLAN, _PLAN_BEGINS, _PLAN_LASTS = 11, 2006, 5
_LAST_ONE = re.compile(
    r"上一?[届次]|去年|上年|[比较与]第?\||曾|历[届次]|以往|往[届年]|首[届次]|^[^|]*\|[^|]{0,2}（20|相比|增加|减少|增长"
)
_NEXT_ONE = re.compile(r"筹[办备]|下一?[届次]|明年|来年|备战|申办")
_MEETING = re.compile(r"[^，。；]{0,3}(?:会议|常务|全体|执行|主任|联席|党组|局务)")
_LASTS = re.compile(
    r"(?<![\d.第])(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,3})个?(?:周年|年)(?![度初末底前级]|[以之]前|\d)"
)
"""How many years something lasts or lies back: 运行12年, 三年行动, 建成以来10周年."""
_NEAR = 60
_NONE, _FAR = 99, 999
_BLOCK = 38
"""Numbers that are told of a time of one sort and of no other."""


def likely(told: Whole, expected: Mapping[str, Expected], forests: Mapping[str, Forest]) -> list[float]:
    """How likely each mention is wrong."""
    return by_sort(rows(told, expected), forests)


def by_sort(asks: Sequence[Sequence[float]], forests: Mapping[str, Forest]) -> list[float]:
    """How likely each row is: editions and plans are asked of `turns`, all others of `times`."""
    found = [0.0] * len(asks)
    for name, forest in forests.items():
        some = [at for at, row in enumerate(asks) if (SORTS[int(row[0])] in TURNS) == (name == "turns")]
        for at, one in zip(some, forest.likely([asks[at] for at in some]) if some else (), strict=True):
            found[at] = one
    return found


def rows(told: Whole, expected: Mapping[str, Expected]) -> list[list[float]]:
    """A row of numbers for each mention, `expected` being what its words ask for in `years` and in `months`."""
    return [
        [*bare, *row_of(expected, asked(told, each))]
        for each, bare in zip(told.all, bare_rows(told), strict=True)
    ]


def bare_rows(told: Whole) -> list[list[float]]:
    """The same without what the words ask for."""
    found = []
    year: Mention | None = None
    month: Mention | None = None
    behind = iter([*(each.value for each in told.all if each.sort == "year"), 0][1:])
    turns = _turns(told)
    for at, each in enumerate(told.all):
        if each.sort == "year":
            own = _of_year(told, each, year.value if year else 0, next(behind))
        elif each.sort in TURNS:
            own = _of_number(told, each, year.value if year else 0, turns)
        else:
            own = _of_months(told, each, year, month)
        own += [0.0] * (_BLOCK - len(own))
        found.append([*_of_all(told, each, at), *own, *cues(each)])
        if each.sort == "year":
            year = each
        elif each.sort == "month":
            month = each
    return found


def _of_all(told: Whole, each: Mention, at: int) -> list[float]:
    signed, month = told.signed
    frame = told.frame
    title = frame.title
    return [
        float(SORTS.index(each.sort)),
        float(each.titled),
        float(at),
        at / len(told.all),
        float(each.paragraph),
        float(len(told.all)),
        float(bool(_REVIEW.search(title))),
        float(bool(_FORWARD.search(title))),
        float(month),
        float(bool(signed)),
        float(len(told.years)),
        float(frame.half),
        float(each.paragraph in frame.ahead),
        float(len(frame.title_years)),
        float(bool(_TO_COME.search(each.heading))),
        float("下" in each.heading),
        float(bool(_PAST.search(each.heading))),
    ]


def _of_year(told: Whole, each: Mention, before: int, behind: int) -> list[float]:
    year, text = each.value, told.text
    signed, month = told.signed
    title = told.frame.title_years
    same, other, apart = _named_again(told, each)
    opened = text.rfind("《", max(0, each.start - _NEAR), each.start)
    closed = text.rfind("》", max(0, each.start - _NEAR), each.start)
    entitled = _YEARS.findall(text[opened : each.start if closed < opened else closed]) if opened >= 0 else []
    numbered = _NUMBERED.match(text, each.end)
    beside = [int(one) for one in _YEARS.findall(each.sentence)]
    common = told.years.most_common(1)[0][0]
    behind_it = text[each.end : each.end + 7]
    season = float(next((number for name, number in _SEASONS if name in behind_it), 0))
    return [
        float(year - signed) if signed else _NONE,
        float(year - title[0]) if title else _NONE,
        float(year - title[-1]) if title else _NONE,
        float(year - common),
        float(year - before) if before else _NONE,
        float(year - behind) if behind else _NONE,
        float(told.years[year]),
        float(told.years[signed]),
        float(each.month),
        float(each.day),
        float((year - signed) * 12 + each.month - month) if each.month and signed else _FAR,
        same,
        other,
        apart,
        float(opened > closed),
        float(text[each.start - 1 : each.start] in ("〔", "[", "（", "(")),
        float(year - int(entitled[0])) if entitled else _NONE,
        float(year - int(numbered[1])) if numbered else _NONE,
        float(len(beside)),
        float(max(beside, default=year) - year),
        float(min(beside, default=year) - year),
        _weekday(each, year),
        _weekday(each, signed),
        float(told.frame.number_year - year) if told.frame.number_year else _NONE,
        float(sum(count for one, count in told.years.items() if one > year)),
        float(sum(count for one, count in told.years.items() if one < year)),
        float(max(told.years) - year),
        season,
        float((year - signed) * 12 + season - month) if season and signed else _FAR,
        float(len(told.frame.parts.title) > 0 and told.heads(each)),
        *_lasting(told, each),
    ]


def _lasting(told: Whole, each: Mention) -> list[float]:
    """How many lengths of years its sentence tells, how far the nearest is from those to the signing, and from those
    to another year beside it, the first counted and not."""
    lengths = [how_many(match["years"]) for match in _LASTS.finditer(each.sentence)]
    if not lengths:
        return [0.0, _NONE, _NONE, _NONE]
    signed, _ = told.signed
    others = [abs(int(one) - each.value) for one in _YEARS.findall(each.sentence) if int(one) != each.value]
    return [
        float(len(lengths)),
        float(min(abs(abs(signed - each.value) - one) for one in lengths)) if signed else _NONE,
        float(min((abs(apart - one) for one in lengths for apart in others), default=_NONE)),
        float(min((abs(apart + 1 - one) for one in lengths for apart in others), default=_NONE)),
    ]


def _named_again(told: Whole, each: Mention) -> tuple[float, float, float]:
    """How often what is named behind a year stands behind this one and behind others, and how far those are."""
    name = _OLD.sub("", told.text[each.end : each.end + 9])[:4]
    same = other = 0
    apart = _NONE
    if _NAMED.fullmatch(name):
        for one in told.all:
            if one.sort == "year" and one is not each:
                if _OLD.sub("", told.text[one.end : one.end + 9])[:4] != name:
                    continue
                if one.value == each.value:
                    same += 1
                else:
                    other += 1
                    apart = one.value - each.value
    return float(same), float(other), float(apart)


def _weekday(each: Mention, year: int) -> float:
    """1 where the weekday told of a day is that of a year, 0 where it is not, -1 where none is told."""
    if not each.week or not each.day or not year:
        return -1.0
    try:
        return float(date(year, each.month, each.day).weekday() == min(_WEEK.index(each.week), 6))
    except ValueError:
        return 0.0


def _of_number(told: Whole, each: Mention, before: int, turns: Mapping[int, tuple[int, int]]) -> list[float]:
    signed, _ = told.signed
    others = [one for one in told.all if one.sort == each.sort and one is not each]
    name = told.text[each.end : each.end + 8]
    alike = [one for one in others if _share(told.text[one.end : one.end + 8], name)]
    year, _ = turns[each.start]
    expected = [
        each.value - one.value - (year - turns[one.start][0]) for one in alike if year and turns[one.start][0]
    ]
    plan = (
        (signed - _PLAN_BEGINS) // _PLAN_LASTS + _FIRST_PLAN - each.value
        if signed and each.sort == "plan"
        else _NONE
    )
    return [
        float(each.value),
        float(signed),
        float(before - signed) if before and signed else _NONE,
        float(len(others)),
        float(min((abs(one.value - each.value) for one in others), default=_NONE)),
        float(sum(one.value == each.value for one in others)),
        float(len(alike)),
        float(max((one.value - each.value for one in alike), default=_NONE)),
        float(min((one.value - each.value for one in alike), default=_NONE)),
        float(max(expected, default=_NONE)),
        float(min(expected, default=_NONE)),
        float(plan),
        float((signed - 1) % _PLAN_LASTS),
        float(year - signed) if year and signed else _NONE,
        float(_share("全国人民人口经济农业普查", name)),
        *_beside(each, others, turns),
        *_in_turn(each, others, turns),
        float(bool(_MEETING.match(name))),
    ]


def _turns(told: Whole) -> dict[int, tuple[int, int]]:
    """The year of each edition and plan by its place, and which one it tells of.

    That is the last one, -1, the next, 1, or the one that the paper is about, 0.
    """
    found = {}
    for each in told.all:
        if each.sort in TURNS:
            year = _year_of(told, each)
            found[each.start] = year, _turn(each, year, told.signed[0])
    return found


def _turn(each: Mention, year: int, signed: int) -> int:
    near = each.lead[-8:] + "|" + each.after[:8]
    if _NEXT_ONE.search(near) or (signed and year > signed):
        return 1
    return -1 if _LAST_ONE.search(near) or (signed and 0 < year < signed) else 0


def _in_turn(each: Mention, others: Sequence[Mention], turns: Mapping[int, tuple[int, int]]) -> list[float]:
    """How far it is from what the others make of the one that the paper is about, and how many agree with it."""
    _, turn = turns[each.start]
    own = each.value - turn
    if not others:
        return [float(turn), _NONE, 0.0, 0.0, _NONE, _NONE]
    made = Counter(one.value - turns[one.start][1] for one in others)
    titled = [one.value - own for one in others if one.titled]
    near = min(others, key=lambda one: abs(one.start - each.start))
    return [
        float(turn),
        float(own - made.most_common(1)[0][0]),
        float(made[own]),
        float(sum(made.values()) - made[own]),
        float(titled[0]) if titled else _NONE,
        float(own - (near.value - turns[near.start][1])),
    ]


def _beside(each: Mention, others: Sequence[Mention], turns: Mapping[int, tuple[int, int]]) -> list[float]:
    """How far the nearest other number of its sort is in its sentence, and from what the years between ask for."""
    near = [one for one in others if one.sentence == each.sentence and one.paragraph == each.paragraph]
    if not near:
        return [_NONE, _NONE, 0.0]
    one = min(near, key=lambda other: abs(other.start - each.start))
    year, of = turns[each.start][0], turns[one.start][0]
    return [
        float(each.value - one.value),
        float(each.value - one.value - (year - of)) if year and of else _NONE,
        float("上一届" in each.sentence or "首届" in each.sentence),
    ]


def _share(one: str, two: str) -> bool:
    """Whether three characters in a row stand in both."""
    return any(two[at : at + 3] in one for at in range(len(two) - 2) if len(two[at : at + 3]) == 3)


def _year_of(told: Whole, each: Mention) -> int:
    """The year told nearest before a mention in its clause, else right behind, else that of the paper."""
    near = [one for one in told.all if one.sort == "year" and one.paragraph == each.paragraph]
    close = [one for one in near if 0 <= each.start - one.end < 14] or [
        one for one in near if 0 <= one.start - each.end < 8
    ]
    return close[-1].value if close else told.signed[0]


def _of_months(told: Whole, each: Mention, year: Mention | None, before: Mention | None) -> list[float]:
    low, high = each.value, each.month
    first, last = told.period
    signed, month = told.signed
    title = told.frame.title_years
    own = year.value if year and 0 <= each.start - year.end <= 2 else 0
    beside = [
        one
        for one in told.all
        if one is not each
        and one.sort in ("month", "range", "quarter", "half")
        and abs(one.start - each.start) < _NEAR
    ]
    within = sum(first <= one <= last for one in told.months) / max(1, len(told.months)) if first else -1.0
    following = next((one.value for one in told.all if one.sort == "month" and one.start > each.start), low)
    span = next(
        (one for one in beside if one.sort == "range" and one.start <= each.start and each.end <= one.end),
        None,
    )
    return [
        float(low),
        float(high),
        float(high - low),
        float(first <= low and high <= last) if first else -1.0,
        float(max(first, low) <= min(last, high)) if first else -1.0,
        float(first),
        float(last),
        within,
        float(told.in_title),
        float(own - signed) if own and signed else _NONE,
        float(year.value - signed) if year and signed else _NONE,
        float(low - month),
        float(high - month),
        float(low - before.value) if before else 0.0,
        float(following - low),
        float(sum(one <= 6 for one in told.months)),
        float(sum(one > 6 for one in told.months)),
        float(len(told.months)),
        float(sum(low <= one <= high for one in told.months)),
        float(each.day),
        float(title[0] - signed) if title and signed else _NONE,
        float(len(told.months) > 2 and low == min(told.months)),
        float(len(told.months) > 2 and low == max(told.months)),
        float(len(beside)),
        float(max((one.value for one in beside), default=0) - low),
        float(min((one.value for one in beside), default=0) - low),
        float(
            sum(
                one.sort == each.sort and one.value == each.value and one.month == each.month
                for one in told.all
            )
        ),
        float(month - last),
        _weekday(each, signed),
        float(title[0] - own) if title and own else _NONE,
        float(first <= month <= last) if first and month else -1.0,
        float(low > last) if first else -1.0,
        float(high < first) if first else -1.0,
        float("去年" in each.sentence or "上年" in each.sentence),
        float(span.value) if span else 0.0,
        float(span.month) if span else 0.0,
        _after_signing(told, each, own),
        float(told.heads(each)),
    ]


def _after_signing(told: Whole, each: Mention, own: int) -> float:
    """Days from the signing to a day, 0 where either is not told."""
    signed = told.frame.signed
    if not signed or not each.day:
        return 0.0
    try:
        return float((date(own or signed.year, each.value, each.day) - signed).days)
    except ValueError:
        return 0.0
