"""The time that a title names against how its paper opens, what it plans next, and when it was signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded
from ....outline import marks
from ....rulebook import rules
from ..text.dates import Moment, moments
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .matters import is_told
from .occasions import listed
from .titles import weekdays_fit

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?=年)")
_REVIEW = re.compile(
    r"(?:总结|小结|通报|汇报|报告|月报|季报|简报|公报|情况|情况的函|分析|公示|评价|快报|综述|述评|评述)$"
)
_SUMMARY = re.compile(r"(?:总结|小结)$")
_TO_COME = re.compile(
    r"计划|安排|预算|草案|打算|部署|准备|筹备|方案|请示|建议|预测|展望|形势|思路|规划|会议|动员|申报|立项|招|编制|目标"
)
_AND_NEXT = re.compile(r"[和及与暨、][^，。；：和及与暨]{2,18}(?:打算|安排|思路|谋划|设想|计划)$")
_EVENT = re.compile(r"\d{1,2}月\d{1,2}日|“\d|事故|火灾|案件|以来|以前|之前")
_OPENS = re.compile(
    r"\s*(?P<year>20\d{2})年(?:度|上半年|下半年|全年|第?[一二三四]季度|汛期|[春夏秋冬]季|防火期|采暖期|供暖期)?"
    r"(?:[，,（(](?!是|系|我国|国家|党中央|省|市委)|(?=我[镇县乡村局办站单市区院校]|全[镇县乡村局办站市区]|本[镇县乡村单区]|在|围绕|按照|认真|[\u4e00-\u9fff]{2,3}[镇乡](?!是)))"
)
_HISTORY = re.compile(
    r"以来|至今|曾|当年|历史|始建|建于|成立|设立|组建|建成|荣?获|被?评为|命名|遗留|原(?:[定为有来址]|计划)|首次|第一次|先后|同期|相比|教训|发生|印发|出台|颁布|批准|批复|普查"
)
_PLANNED = re.compile(
    r"(?P<year>20\d{2})年(?:度)?(?:的)?(?:主要|重点|下一步)?(?:工作)?(?:的)?(?:打算|计划|安排|思路|目标|任务|要点|设想|谋划|展望)"
)
_MONTH = re.compile(
    r"年\s*(?:第?(?P<quarter>[一二三四1-4])季度|(?P<month>\d{1,2})月份?)(?!\d|日|[—\-至到~～])"
)
_QUARTER = re.compile("第?([一二三四1-4])季度")
_LATE = 6
"""Months after which hardly anybody tells of a single month or quarter."""
_TURN, _YEAR_ENDS = 3, 10
_WINTER = re.compile(r"冬|跨年|春节|元旦|春运")
_BEFORE = re.compile(
    r"总结|回顾|吸取|巩固|根据|按照|依据|贯彻|落实|基础上|较|(?<!对)比|同期|上年|去年|承接|延续|参照|沿用|修订|废止|对照|结合|传达|纳入|列入|以来|作为|衔接|遗留|上一"
)
_OF_BEFORE = re.compile(
    r"以来|经验|教训|结果|考核|成效|遗留|同期|成果|基础|相比|评价|排名|通报|总结|表彰|统计"
)
_ATTACHED = re.compile(r"\s*(?:附件)?[：:]?\s*(?:\d{1,2}[.．、])?\s*(?P<year>20\d{2})年")
_STOPS = re.compile(r"[，。；：:、“”（()）《》\s]")
_HELD = re.compile(r"召开|举行|主持|组织|参加|出席|筹备")
_SESSION = re.compile(
    r"(?P<year>20\d{2})年(?:度)?(?P<which>第[一二三四五六七八九十\d]+)次[^，。；、]{0,12}会"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A year that is told somewhere: its value and where its digits stand."""

    year: int
    start: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + 5)


def check(document: Document, frame: Frame, told: Sequence[Finding] = ()) -> tuple[list[Finding], Frame]:
    """The findings besides those already `told`, and the frame without the title's year where that is wrong."""
    found: list[Finding] = []
    known = any(each.rule == "title-year" for each in told)
    year = None if known else _reviewed(frame)
    place = _opening(document, frame, year) if year else None
    if year and place and not frame.signed and weekdays_fit(document, frame, year, place.year):
        year = place = None
    if year and place:
        if _named_again(document, frame, year, place):
            found.append(_other(document, place, year))
        else:
            found += _told(document, frame, year, place)
            frame = replace(frame, title_years=(place.year,))
    elif year and (against := _signed_apart(document, frame, year)):
        found += _told(document, frame, year, against)
        frame = replace(frame, title_years=())
    if not found and not known and len(frame.title_years) == 1:
        tail = re.sub(r"^年度?|^年", "", folded(frame.title).partition(str(frame.title_years[0]))[2])
        # Late in a year papers are about the next, after what was done in this one.
        signed_late = frame.signed is not None and frame.signed.month >= _YEAR_ENDS
        attached = _attached(document, frame, tail, frame.title_years[0])
        phrase = attached or _same_words(document, frame, tail, frame.title_years[0])
        if phrase and (attached or _own(frame) == frame.title_years[0]):
            found.append(_other(document, phrase, frame.title_years[0]))
        elif phrase and not (signed_late and phrase.year < frame.title_years[0]):
            found += _told(document, frame, frame.title_years[0], phrase)
            frame = replace(frame, title_years=(phrase.year,))
    return [*found, *_sessions(document, frame), *_met(document, frame)], frame


def _own(frame: Frame) -> int | None:
    return frame.signed.year if frame.signed else frame.number_year


def _looks_back(frame: Frame) -> bool:
    title = re.sub(r"[（(][^（）()]*[)）]$", "", frame.title)
    return bool(_REVIEW.search(_AND_NEXT.sub("", title))) and not _TO_COME.search(_AND_NEXT.sub("", title))


def _reviewed(frame: Frame) -> int | None:
    """The one year that a title looks back on; 2024年工作总结及2025年工作打算 looks back on the first."""
    title = folded(frame.title)
    if not _looks_back(frame) or re.search(r"20\d{2}年?\s*[—\-–~～至到]+\s*(?:20)?\d{2}年?", title):
        return None
    years = [int(each) for each in _YEAR.findall(_AND_NEXT.sub("", title))]
    return years[0] if len(years) == 1 and years[0] in frame.title_years else None


def _opening(document: Document, frame: Frame, year: int) -> _Place | None:
    """2022年，我局…, in the first paragraph of a review of another year, which that paragraph never names."""
    first: int | None = None
    found: _Place | None = None
    for sentence in sentences(document):
        if sentence.index not in frame.parts.body or sentence.cell or len(sentence.text) < 8:
            continue
        first = sentence.index if first is None else first
        plain = _without_names(sentence.plain)
        if sentence.index != first or is_told(plain, year):
            return found if sentence.index != first else None
        match = _OPENS.match(plain)
        about = plain[match.end() :].partition("，")[0] if match else plain
        half = bool(match) and bool(frame.half) and "季度半年".find(match[0].rstrip("，,")[-2:]) >= 0
        if not found and match and (half or not _HISTORY.search(about)) and int(match["year"]) != year:
            found = _Place(int(match["year"]), sentence.start + match.start("year"))
    return found


def _named_again(document: Document, frame: Frame, year: int, place: _Place) -> bool:
    """Whether the body tells the title's year outside of the papers it names, or the date confirms it."""
    own = _own(frame)
    if own == year and frame.signed:
        # Who reviews a whole year does so at its end.
        early = frame.signed.month <= (3 if frame.half == 2 else 0 if frame.half else 6) and bool(
            _SUMMARY.search(frame.title)
        )
        return not early or place.year != year - 1
    if own == year + 1 != place.year and frame.signed and frame.signed.month <= _TURN:
        return True
    if own == place.year and frame.half:
        return False
    body = (document.said(document.paragraphs[at]) for at in frame.parts.body)
    return any(is_told(_without_names(folded(said)), year) for said in body)


def _without_names(plain: str) -> str:
    """The papers that a sentence names are blanked: their years are their own."""
    return re.sub(r"《[^《》]*》", lambda match: "　" * len(match[0]), plain)


def _signed_apart(document: Document, frame: Frame, year: int) -> _Place | None:
    """Where a review was signed before what it tells of, or long after, or plans the year that it reviews."""
    at, signed = frame.parts.date, frame.signed
    day = _Place(signed.year, document.paragraphs[at].start) if signed and at is not None else None
    if signed and day and not _EVENT.search(folded(frame.title)):
        period = _MONTH.search(folded(frame.title))
        if signed.year < year and not _WINTER.search(frame.title):
            return day
        if period:
            last = int(period["month"] or 3 * ("一二三四1234".index(period["quarter"]) % 4 + 1))
            later = (signed.year - year) * 12 + signed.month - last
            return day if later > _LATE and signed.year > year else None
        if _SUMMARY.search(_AND_NEXT.sub("", frame.title)) and not frame.half and signed.year == year + 1:
            return day if signed.month >= 7 and not _WINTER.search(frame.title) else None
    if frame.half or not _SUMMARY.search(_AND_NEXT.sub("", frame.title)):
        return None
    heads = {mark.index for mark in marks(document)}
    for index in sorted(frame.ahead & heads):
        said = folded(document.said(document.paragraphs[index]))[:30]
        match = _PLANNED.search(said)
        if (
            match
            and int(match["year"]) == year
            and (signed is None or signed.year != year or signed.month > 9)
        ):
            return _Place(year, document.paragraphs[index].start + match.start("year"))
    return None


def _same_words(document: Document, frame: Frame, tail: str, year: int) -> _Place | None:
    """做好2022年山洪灾害防御工作 in the opening of 2023年山洪灾害防御工作方案: one matter, two years."""
    title = folded(frame.title)
    opened = 0
    for sentence in sentences(document):
        if sentence.index not in frame.parts.body or sentence.cell or len(sentence.text) < 8 or opened >= 2:
            continue
        opened += 1
        plain = _without_names(sentence.plain)
        if re.search(rf"{year}(?!\d)", plain):
            return None
        for match in _YEAR.finditer(plain):
            phrase = _STOPS.split(re.sub(r"^年度?", "", plain[match.end() :]), maxsplit=1)[0]
            before = re.split(r"[，。；]", plain[: match.start()])[-1]
            if _BEFORE.search(before) or _OF_BEFORE.search(phrase[:24]):
                continue
            matter = re.sub(r"(?:的|各项)?工作.*$", "", phrase)
            if _common(phrase, tail) >= 6 or (5 <= len(matter) <= 16 and matter in title):
                return _Place(int(match[1]), sentence.start + match.start())
    return None


def _attached(document: Document, frame: Frame, tail: str, year: int) -> _Place | None:
    """附件：2023年第二季度抽查名单, of a paper about 2024年第二季度."""
    if (at := frame.parts.attachments) is None:
        return None
    for paragraph in document.paragraphs[at : at + 4]:
        said = folded(document.said(paragraph))
        match = _ATTACHED.match(said)
        if not match or int(match["year"]) == year or _OF_BEFORE.search(said) or str(year) in said:
            continue
        if _common(said[match.end() :], tail) >= 4:
            return _Place(int(match["year"]), paragraph.start + match.start("year"))
    return None


def _common(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _sessions(document: Document, frame: Frame) -> Iterator[Finding]:
    """1月6日，召开2022年第一次会议 in a paper of 2023: a session is of the year of its day."""
    own = frame.title_years[0] if len(frame.title_years) == 1 else _own(frame)
    if not own:
        return
    for sentence in sentences(document):
        if sentence.cell or sentence.index not in frame.parts.body or "次" not in sentence.text:
            continue
        for match in _SESSION.finditer(sentence.plain):
            year = int(match["year"])
            before = sentence.plain[: match.start()]
            days = [each for each in moments(before) if each.month and each.day]
            if not days or year in frame.years or not _HELD.search(before) or _HISTORY.search(before):
                continue
            last = days[-1]
            if (
                last.relative
                or (last.year or own) == year
                or any(each.year for each in moments(before) if each is not last)
            ):
                continue
            if year == own - 1 and last.month and last.month < 3 and match["which"] not in ("第一", "第1"):
                continue  # the last session of a year may be held when it is over
            yield _other(document, _Place(year, sentence.start + match.start("year")), last.year or own)


def _met(document: Document, frame: Frame) -> Iterator[Finding]:
    """Minutes of a meeting of another year than their issue and their printing."""
    if frame.parts.kind not in ("纪要", "会议纪要") or not frame.years:
        return
    said = [each for each in sentences(document) if each.index in frame.parts.body][:4]
    first = next((each for each in said if re.search(r"召开|主持|会议|研究", each.text)), None)
    if first is None:
        return
    day = next(iter(moments(first.text)), None)
    if day is not None and day.day and not day.year and not day.relative and day.start <= 4:
        yield from _met_early(document, frame, first, day)
    if day is None or not day.year or not day.month or day.start > 4:
        return
    if frame.signed and day.year == frame.signed.year:
        return
    gap = min(frame.years) - day.year
    if gap > 1 or gap < 0 or (gap == 1 and day.month < 10):
        yield _other(document, _Place(day.year, first.start + day.start), max(frame.years))


def _met_early(document: Document, frame: Frame, first: Sentence, day: Moment) -> Iterator[Finding]:
    """1月10日下午，召开第二季度例会, in minutes signed in April: a meeting of a quarter is held in it or beside it."""
    quarter, signed = _QUARTER.search(frame.title), frame.signed
    if not quarter or not signed or not day.month:
        return
    last = 3 * ("一二三四1234".index(quarter[1]) % 4) + 3
    if (day.month < last - 3 and signed.month >= last - 2) or (day.month, day.day or 0) > (
        signed.month,
        signed.day,
    ):
        start = first.start + day.start
        yield rules()["other-half"].finding(
            start,
            first.start + day.end,
            found=document.text[start : first.start + day.end],
            own=Text(en=f"quarter {last // 3}", zh=f"第{'一二三四'[last // 3 - 1]}季度"),
        )


def _other(document: Document, place: _Place, own: int) -> Finding:
    found = document.text[place.span.start : place.span.end]
    return rules()["other-year"].finding(place.span.start, place.span.end, found=found, own=listed([own]))


def _told(document: Document, frame: Frame, year: int, place: _Place) -> Iterator[Finding]:
    for index in frame.parts.title:
        paragraph = document.paragraphs[index]
        match = re.search(rf"{year}\s*年?", folded(document.said(paragraph)))
        if match:
            start = paragraph.start + match.start()
            yield rules()["title-year"].finding(
                start,
                paragraph.start + match.end(),
                elsewhere=(Elsewhere(place.span, document.text[place.span.start : place.span.end]),),
                found=Text(en=str(year), zh=f"{year}年"),
                against=Text(en=str(place.year), zh=f"{place.year}年"),
            )
            return
