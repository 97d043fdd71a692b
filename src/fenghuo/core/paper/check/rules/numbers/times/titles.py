"""The year of a title against the paper's number, date and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded
from ....rulebook import rules
from ..text.dates import moments
from ..text.frame import Frame
from .matters import is_aside, of_year
from .occasions import listed
from .years import WITH_REASON

_DONE_AND_DUE = re.compile(
    r"(?P<done>(?:19|20)\d{2})年度?[^，。]{0,24}(?:执行|完成|落实|总结|情况)[^，。]{0,6}[和及与暨、][^，。\d]{0,4}(?P<due>(?:19|20)\d{2})年度?[^，。]{0,20}(?:草案|计划|安排|打算|要点|思路)"
)
_OF_LAST_YEAR = re.compile(r"年度|考核|总结|决算|结果|表彰|评价|统计|审计|报表|年报|情况")
_IN_SEASON = re.compile(
    r"清明|春季|夏季|汛期|暑期|五一|端午|中秋|国庆|秋季|高考|三夏|防汛|安全生产月|春耕|高温"
)
_SEASONS = (
    ("三季度", 10),
    ("二季度", 7),
    ("一季度", 4),
    ("三夏|麦收", 6),
    ("春节", 2),
    ("春|清明", 4),
    ("安全生产月|防灾减灾|五一|端午", 6),
    ("夏|汛|暑|高考", 8),
    ("秋|国庆|中秋", 10),
)
"""What names a time of the year in a title, and the month from which a paper about it is of that year."""
_WEEKDAY = re.compile(r"[（(]?(?:星期|周)([一二三四五六日天])")
_LATE = re.compile(
    r"冬|跨年|学年|年度|考核|审计|表彰|决算|评[估价]|统计|资金|经费|补助|水毁|修复|重建|灾后|遗留|验收|成活|复查|后续|整改|调整|以来|对比|计划|方案|预算"
)
"""What of a year's season is dealt with in the next."""
_NAMED_AFTER_DAY = re.compile(r"“\d")
"""2025年“3·15”投诉数据分析: what is made known on a day of one year may be of the year before."""
_DEALT_LATER = re.compile(
    r"资金|经费|补[助贴偿]|遗留|追加|核销|决算|结[余转算]|延期|提供|数据|情况|结果|核[查实]|表彰|年度|费用|验收|款"
)
_FORBIDS = re.compile(r"禁[渔火止放牧猎采]|管制|封闭|限行|停[水电气]")
_BUYS = re.compile(r"购置|采购|增设|新建|改造|举办|召开|招聘|开展|实施|设立|扩建|组织|参加|租[赁用]")
_MEETS = re.compile(r"纪要|会")
_OF_SEASON = re.compile(r"[春夏秋]季|汛期|暑期|清明|五一|国庆|端午|中秋")
_OPENS = re.compile(r"\s*(?:正式|如期|顺利|按时|全面|统一|起)*(?:开学|开园|开课|行课|上课|复学)")
_PLANS_FOR = re.compile(
    r"(?:拟|计划|将)(?:于|在)?(20\d{2})年[^，。；\d]{0,8}?(?:实施|建设|开展|新建|举办|采购|启动)"
    r"|(20\d{2})年(?:计划|拟)(?:实施|建设|新建|开展|安排|采购)|(?:列入|纳入)(20\d{2})年度?[^，。；\d]{0,6}预算"
)
_ASKS_FOR = re.compile(r"(?:申请|请求|恳请|要求|解决|拨付|安排|追加|下达)[^，。]{0,4}20\d{2}年")
# A notice to do something is not given when its year is over.
_TO_DO = re.compile(
    r"关于(?:切实|进一步|认真|扎实|全面|深入)*(?:做好|加强|开展|组织|推进|落实|抓好|举办|召开)"
)
_COMMA = re.compile("，")
_BOOKS = re.compile("《[^《》]*》")
_SAME = 4
"""Characters after a year that make two matters one."""
_SPAN = re.compile(r"(?P<first>20\d{2})年?\s*(?:[—\-–~～至到]|——)+\s*(?P<last>20\d{2})(?P<of>年?度?|学年度?)")
_MATTER = re.compile(r"(?P<year>(?:19|20)\d{2})年度(?P<what>[^，。；《》]{2,16})")
# Kinds that are made for the time to come, and those of them that are made for a whole year.
_AHEAD_OF = ("通知", "方案", "工作要点", "要点", "预警单", "计划", "预案")
_OF_A_YEAR = ("方案", "工作要点", "要点", "计划", "预案")
_BEGINS, _YEAR_ENDS = 3, 10
"""The last month in which a year is hardly told from the one before."""
_LEFT_OVER = re.compile(r"结[余转]|遗留|清[算理欠]|存量|欠|历年|决算|竣工|延期|调整|复核|收回")
_STILL_DEALT = 3
"""Years for which what is left over of one is still dealt with."""
_NEW_YEAR = re.compile(r"年(?:元旦|春节|两节|“两节”|春运)")
_OVER_WINTER = re.compile(r"冬|跨年|春节|元旦|春运")


@dataclass(frozen=True, slots=True)
class _Named:
    """A year that the text names: whether with a full date, and where."""

    year: int
    dated: bool
    start: int
    end: int


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the title tells no year."""
    signed, number = frame.signed, frame.number_year
    if signed and number and signed.year != number and frame.parts.number is not None:
        # Where the title's year is the number's, the date is the one that differs.
        dated = frame.title_years == (number,) and frame.parts.date is not None
        paragraph = document.paragraphs[
            frame.parts.date if dated and frame.parts.date else frame.parts.number
        ]
        at = folded(document.said(paragraph)).find(str(signed.year if dated else number))
        start = paragraph.start + max(at, 0)
        yield rules()["number-year"].finding(
            start, start + 4, found=str(number), own=listed(sorted(frame.years)), signed=_year(signed.year)
        )
    two = list(_two_years(document, frame))
    yield from two
    if two:
        return
    if len(frame.title_years) == 1:
        yield from _one(document, frame)
        return
    opened = list(_school_year(document, frame)) if "学年" in frame.title else []
    yield from opened
    if opened:
        return
    yield from _span(document, frame)
    if not frame.title_years:
        yield from _matter(document, frame)


def _year(year: int) -> Text:
    return Text(en=str(year), zh=f"{year}年")


def _one(document: Document, frame: Frame) -> Iterator[Finding]:
    year = frame.title_years[0]
    against = frame.signed.year if frame.signed else frame.number_year
    named = _named(document, frame)
    other = _other(named, year, against)
    # Late in a year papers are about the next, and those that look back plan it too.
    late = frame.signed is not None and frame.signed.month >= _YEAR_ENDS
    told = year in {each.year for each in named} and bool(_OF_LAST_YEAR.search(frame.title))
    apart = against is not None and ((against > year and not told) or (against < year and not late))
    if against and apart and (place := of_year(document, frame, year, against)):
        same = _Named(against, False, place.start, place.end)
        yield from _told(document, frame, rf"{year}\s*年?", _year(year), against, same)
        return
    if other and not against and weekdays_fit(document, frame, year, other.year):
        return
    if (
        _too_far(frame, year, against)
        or (against and against > year and _asks_late(frame))
        or (_elsewhere(frame, named, other, year, against) and not _cited(document, frame, year))
        or (against == year + 1 and _due_later(document, frame, year))
        or (against == year + 1 and _season_over(frame) and year not in {each.year for each in named})
        or (against == year + 1 and _asked_now(document, frame, year))
        or (against == year + 1 and _carries_out(document, frame, year))
    ):
        told = other.year if other else against or 0
        yield from _told(document, frame, rf"{year}\s*年?", _year(year), told, other)
    elif (planned := _planned_for(document, frame)) and planned != year and _ASKS_FOR.search(frame.title):
        yield from _told(document, frame, rf"{year}\s*年?", _year(year), planned, None)


def weekdays_fit(document: Document, frame: Frame, year: int, other: int) -> bool:
    """Whether days told with their weekday and no year are of the title's year, and not of the other."""
    fits = []
    for index in frame.parts.body:
        said = document.said(document.paragraphs[index])
        for moment in moments(said) if "星期" in said or "周" in said else ():
            told = _WEEKDAY.match(said, moment.end)
            days = [moment.day_in(each) for each in (year, other)]
            if told and not moment.year and all(days):
                weekday = "一二三四五六日天".index(told[1])
                fits.append(tuple(day is not None and day.weekday() == min(weekday, 6) for day in days))
    return bool(fits) and all(each == (True, False) for each in fits)


def _too_far(frame: Frame, year: int, against: int | None) -> bool:
    """What the day of signing alone says of a title's year."""
    if not against:
        return False
    gap, title, kind = year - against, frame.title, frame.parts.kind
    if -_STILL_DEALT <= gap <= -2 and _LEFT_OVER.search(title):
        return False
    if gap == 0 and kind in _AHEAD_OF and _NEW_YEAR.search(title):
        return bool(frame.signed and frame.signed.month >= 11)
    if (frame.half == 1 and gap) or (frame.half == 2 and gap not in (0, -1)) or abs(gap) >= 2:
        return True
    if gap != -1 or kind not in _AHEAD_OF or _OF_LAST_YEAR.search(title):
        return False
    if re.search(r"工作(?:计划|要点|安排)$", title) or (frame.signed and frame.signed.month >= 4):
        return True
    if _TO_DO.search(title) and not _OVER_WINTER.search(title):
        return True
    return bool(_IN_SEASON.search(title))


def _asks_late(frame: Frame) -> bool:
    """Whether what is asked for, or forbidden, in a year to come is of one that is over: 商请支持2024年国庆…的函."""
    title, kind = frame.title, frame.parts.kind
    if (_OVER_WINTER.search(title) and "冬季" not in title) or _DEALT_LATER.search(title):
        return False
    late = frame.signed is not None and frame.signed.month > _BEGINS
    return (kind == "函" and "商请" in title) or bool(
        (kind in ("公告", "通告") and _FORBIDS.search(title))
        or (kind == "请示" and late and _BUYS.search(title))
    )


def _season_over(frame: Frame) -> bool:
    """Whether a year's time is told so late that the next one has come: 2021年秋季检查情况, signed in October 2022."""
    title = frame.title
    first = next((begins for words, begins in _SEASONS if re.search(words, title)), None)
    if first is None or not frame.signed or _LATE.search(title):
        return False
    return frame.signed.month >= first - (3 if _MEETS.search(title) and "季度" in title else 0)


def _elsewhere(
    frame: Frame, named: list[_Named], other: _Named | None, year: int, against: int | None
) -> bool:
    """Whether the text never names the title's year, and its own is the one of the day of signing."""
    if other is None or (other.year == year - 1 and against is None and _NAMED_AFTER_DAY.search(frame.title)):
        return False
    if frame.parts.kind in _OF_A_YEAR and not _OF_LAST_YEAR.search(frame.title):
        return not _OVER_WINTER.search(frame.title)
    reviewed = against == year + 1 and bool(_OF_LAST_YEAR.search(frame.title))
    if not reviewed:
        return True
    if frame.title.endswith(("公示", "公告", "公报")):
        return False  # whose days are those of its being made known
    # A review tells what was done in the year before; one that tells days of its own year alone is of that.
    dated = not re.search("年度|表彰|考核|决算|审计", frame.title)
    days = [each for each in named if dated and each.dated and each.year == against]
    month = frame.signed.month if frame.signed else 0
    return month >= 7 or (bool(days) and (month >= 4 or bool(_OF_SEASON.search(frame.title))))


def _cited(document: Document, frame: Frame, year: int) -> bool:
    """Whether a paper that the text names is about the same matter of the title's year: 《…2024年度县级预算执行…》."""
    match = re.search(rf"{year}年度?[\u4e00-\u9fff]{{{_SAME}}}", folded(frame.title))
    if match is None:
        return False
    named = (
        found[0]
        for at in frame.parts.body
        for found in _BOOKS.finditer(document.said(document.paragraphs[at]))
    )
    return any(match[0] in folded(each) for each in named)


def _carries_out(document: Document, frame: Frame, year: int) -> bool:
    """A plan that carries out a paper on the same matter of the year of its signing, and names no other of its own."""
    if frame.parts.kind not in _AHEAD_OF or _OF_LAST_YEAR.search(frame.title):
        return False
    title = folded(frame.title).replace(f"{year}年", "")
    said = "\n".join(folded(document.said(document.paragraphs[at])) for at in frame.parts.body)
    if re.search(rf"(?<!\d){year}(?!\d)", said) or _OVER_WINTER.search(title):
        return False
    parts = {title[at : at + _SAME] for at in range(len(title) - _SAME + 1)}
    return any(
        any(each in name[0].partition(f"{year + 1}年")[2] for each in parts) for name in _BOOKS.finditer(said)
    )


def _due_later(document: Document, frame: Frame, year: int) -> bool:
    """到2023年底 in a 2022年…方案 of 2023 that never names 2022: its aims are those of the year it was signed in."""
    if (
        frame.parts.kind not in _OF_A_YEAR
        or _OF_LAST_YEAR.search(frame.title)
        or _OVER_WINTER.search(frame.title)
    ):
        return False
    said = "\n".join(
        re.sub(r"《[^《》]*》", "", document.said(document.paragraphs[at])) for at in frame.parts.body
    )
    plain = folded(said)
    due = re.search(rf"(?:^|[，。；：\n　 ])(?:到|至|于|在|力争)?{year + 1}年(?:\d{{1,2}}月)?[底末]", plain)
    return bool(due) and not re.search(rf"(?<!\d){year}(?!\d)", plain)


def _asked_now(document: Document, frame: Frame, year: int) -> bool:
    """A request for money of the last year whose text tells nothing of that, and of days up to its signing alone."""
    if frame.parts.kind != "请示" or not frame.signed or frame.signed.month <= _BEGINS:
        return False
    said = [re.sub(r"《[^《》]*》", "", document.said(document.paragraphs[at])) for at in frame.parts.body]
    if any(re.search(rf"(?<!\d){year}(?!\d)|去年|上年|年前|遗留", folded(each)) for each in said):
        return False
    days = [each for text in said for each in moments(text) if each.month and each.day and not each.year]
    own = (frame.signed.month, frame.signed.day)
    return len(days) > 1 and all((each.month or 0, each.day or 0) <= own for each in days)


_YEARS_TOLD = re.compile(r"(?P<first>(?:19|20)\d{2})年?[—－\-~～至](?P<last>(?:19|20)\d{2})年")


def _told(
    document: Document, frame: Frame, form: str, found: Text, against: int, place: _Named | None
) -> Iterator[Finding]:
    for index in frame.parts.title:
        paragraph = document.paragraphs[index]
        match = re.search(form, folded(document.said(paragraph)))
        span = _YEARS_TOLD.search(folded(document.said(paragraph)))
        if match and span and int(span["last"]) - int(span["first"]) > 1 and int(span["last"]) < against:
            return  # 移交2015—2019年度文书档案: what the paper is about, not when
        if match:
            elsewhere = (
                (Elsewhere(Span(place.start, place.end), document.text[place.start : place.end]),)
                if place
                else ()
            )
            yield rules()["title-year"].finding(
                paragraph.start + match.start(),
                paragraph.start + match.end(),
                elsewhere=elsewhere,
                found=found,
                against=_year(against),
            )
            return


def _planned_for(document: Document, frame: Frame) -> int | None:
    """The one year that a request's plans are for: 拟于2026年实施, 列入2026年预算, in two places at least."""
    if frame.parts.kind != "请示" or frame.signed is None:
        return None
    said = "\n".join(document.said(document.paragraphs[at]) for at in frame.parts.body)
    found = [int(match[1] or match[2] or match[3]) for match in _PLANS_FOR.finditer(folded(said))]
    return found[0] if len(found) >= 2 and set(found) == {frame.signed.year} else None


def _two_years(document: Document, frame: Frame) -> Iterator[Finding]:
    """2024年预算执行情况和2025年预算草案: what was done and what is to come are of years that follow each other."""
    for index in frame.parts.title:
        paragraph = document.paragraphs[index]
        match = _DONE_AND_DUE.search(folded(document.said(paragraph)))
        if match and int(match["due"]) - int(match["done"]) != 1:
            # Where the signing fits what was done, it is the other that does not follow.
            signed, done = frame.signed, int(match["done"])
            fits = signed is not None and done == signed.year - (signed.month < _YEAR_ENDS)
            wrong, right = ("due", "done") if fits else ("done", "due")
            start = paragraph.start + match.start(wrong)
            due = paragraph.start + match.start(right)
            yield rules()["title-year"].finding(
                start,
                start + 5,
                elsewhere=(Elsewhere(Span(due, due + 5), document.text[due : due + 5]),),
                found=_year(int(match[wrong])),
                against=_year(int(match[right])),
            )


def _span(document: Document, frame: Frame) -> Iterator[Finding]:
    """2022—2023年度…方案, signed in 2025: what is to be done lies behind."""
    match = _SPAN.search(folded(frame.title))
    signed = frame.signed
    if not match or not signed or not (frame.parts.kind in _AHEAD_OF or "度" in match["of"]):
        return
    first, last = int(match["first"]), int(match["last"])
    # A review of the time may follow in the year after it.
    ends = last if frame.parts.kind in _AHEAD_OF else last + 1
    if first - 1 <= signed.year <= ends or _OF_LAST_YEAR.search(frame.title.replace("年度", "")):
        return
    found = Text(en=f"{first}–{last}", zh=f"{first}—{last}年")
    yield from _told(document, frame, rf"{first}[^，。]{{0,4}}{last}\s*年?", found, signed.year, None)


def _school_year(document: Document, frame: Frame) -> Iterator[Finding]:
    """2021—2022学年 over a term that opened on 2023年9月1日; where the date fits the title, the day is wrong."""
    match = _SPAN.search(folded(frame.title))
    if not match or int(match["last"]) - int(match["first"]) != 1:
        return
    first, last = int(match["first"]), int(match["last"])
    for index in frame.parts.body:
        paragraph = document.paragraphs[index]
        said = document.said(paragraph)
        for moment in moments(said) if _OPENS.search(said) else ():
            year, month = moment.year, moment.month
            if (
                not year
                or not month
                or not _OPENS.match(said, moment.end)
                or "下学期" in said[: moment.start]
            ):
                continue
            if year == (first if month >= 7 else last):
                continue
            start = paragraph.start + moment.start
            place = _Named(year, bool(moment.day), start, paragraph.start + moment.end)
            if frame.signed is None or frame.signed.year in (first, last):
                found = document.text[place.start : place.end]
                yield rules()["other-year"].finding(
                    place.start, place.end, found=found, own=listed((first, last))
                )
            else:
                called = Text(en=f"{first}–{last}", zh=f"{first}—{last}年")
                yield from _told(document, frame, rf"{first}[^，。]{{0,4}}{last}", called, year, place)
            return


def _matter(document: Document, frame: Frame) -> Iterator[Finding]:
    """移交2014年度文书档案 over a text that speaks of those of 2015年度 alone."""
    match = _MATTER.search(folded(frame.title))
    if not match:
        return
    year = int(match["year"])
    found: list[_Named] = []
    for index in frame.parts.body:
        paragraph = document.paragraphs[index]
        said = folded(document.said(paragraph))
        if re.search(rf"(?<!\d){year}(?:年|[—\-])", said):
            return
        found += [
            _Named(
                int(each["year"]), False, paragraph.start + each.start(), paragraph.start + each.end("year")
            )
            for each in _MATTER.finditer(said)
            if _share(match["what"], each["what"])
        ]
    if found and len({each.year for each in found}) == 1:
        yield from _told(document, frame, rf"{year}\s*年?", _year(year), found[0].year, found[0])


def _share(one: str, other: str) -> bool:
    """Whether two phrases have a word of two characters in common."""
    pairs = {a + b for a, b in pairwise(one)}
    return any(a + b in pairs for a, b in pairwise(other))


def _named(document: Document, frame: Frame) -> list[_Named]:
    """The years that the text names of its own time, without history, and without plans unless it is one."""
    found: list[_Named] = []
    for index in frame.parts.body:
        paragraph = document.paragraphs[index]
        if paragraph.cell or (index in frame.ahead and frame.parts.kind not in _OF_A_YEAR):
            continue
        said = re.sub(r"《[^《》]*》", lambda match: "　" * len(match[0]), document.said(paragraph))
        for sentence in re.finditer(r"[^。；\n]+", said):
            for moment in moments(sentence[0]):
                if not moment.year:
                    continue
                start = paragraph.start + sentence.start() + moment.start
                own = moment.year == frame.title_years[0]
                aside = is_aside(sentence[0], moment.start, moment.end)
                clause = (
                    _COMMA.split(sentence[0][: moment.start])[-1]
                    + _COMMA.split(sentence[0][moment.start :])[0]
                )
                if not aside if own else not WITH_REASON.search(clause):
                    end = start + moment.end - moment.start
                    day = moment.day_in(None)  # a term after the signing says nothing of what was done
                    dated = bool(day) and (frame.signed is None or day <= frame.signed)
                    found.append(_Named(moment.year, dated, start, end))
    return found


def _other(named: list[_Named], year: int, against: int | None) -> _Named | None:
    """The year that the text speaks of where it never names the title's.

    Once is enough where the paper's date or number says the same.
    """
    years = {each.year for each in named}
    if year in years:
        return None
    if against in years:
        return next(each for each in named if each.year == against)
    return named[0] if against is None and len(years) == 1 and len(named) >= 2 else None
