"""Papers issued on a day that the text tells, issues and imprints: their years are those of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ....rulebook import rules
from ..text.dates import Moment, moments
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .occasions import listed

_NUMBER = re.compile(r"[〔\[［](?P<year>(?:19|20)\d{2})[〕\]］]\s*第?\s*\d+\s*号")
_GAVE = re.compile(
    r"(?:印发|下发|制发|签发|编发|核发|发出|发来|送达|出具|发布|下达|作出|提交|上报|呈报|报送|收到|发文|行文|批复|函告|来函|去函|致函|请示)(?:了)?(?:的(?=[^，。；：《》\d的]{0,16}(?:书|函|通知|文件|意见|报告|方案|令|单)[（(]))?[^，。；：《》\d的]{0,16}$"
    r"|(?:批准|核准|立项|获批|审[批定])(?:立项|实施|建设|同意|[成设建]立|通过|下达)?(?:了)?(?:[（(][^（()）]{0,12})?$"
)
_OF_DAY = re.compile(
    r"[〔\[［](?P<number>(?:19|20)\d{2})[〕\]］]\s*第?\s*\d+\s*号\s*[)）]?\s*[，,、；;]?\s*[（(]?(?:于|已于)?\s*"
    r"(?P<day>(?P<year>(?:19|20)\d{2})(?:年(?P<month>\d{1,2})月(?:\d{1,2}日)?|[-./](?P<at>\d{1,2})[-./]\d{1,2}))"
    r"(?:\s*(?:起)?(?:正式)?(?:印制?发|发布|公布|下发|签发|制发|颁发|发出|发文|批[准复]|核[准发]|出具|通过|批准)|\s*[)）])"
)
"""A paper's number and the day it was given on right behind: （×发〔2024〕5号，2024年3月18日印发）."""
_TURN = 3
"""The month up to which a paper may bear a number of the year before."""
_LINES = 5
"""Lines at the end among which an imprint stands, and at the head among which the issue's number does."""
_IMPRINT = re.compile(r"(?P<year>20\d{2})年(?P<month>\d{1,2})月\d{1,2}日\s*印(?:发|制)?\s*$")
_ISSUE = re.compile(r"[（(〔\[]?\s*(?P<year>20\d{2})年?\s*[〕\]]?\s*(?:年)?第\s*\d+\s*[期号]\s*[)）]?")
_CALLED = re.compile(r"(?:发布|印发|签发|下发|发出|编发|公布)(?:了)?(?P<year>20\d{2})年第\d+[期号]")
_HAD = re.compile(r"(?:据|根据|按照|依据|对照|结合|从|参照|经)[^，。；《》\d]{0,8}$")
_FACTS = re.compile(
    r"^(?:度|底|末)?[^，。；《》]{0,12}?(?:数据|统计|调查|监测|普查|摸[底排]|清查|盘点|年报|决算|测算|检查|考核|评估|验收|审计|实测|公报|台账|结果|情况|成果|资料|年鉴)"
)


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where a paper tells no year of its own."""
    if not frame.years:
        return
    yield from _head(document, frame)
    yield from _imprint(document, frame)
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures or sentence.index in skipped:
            continue
        yield from _given(sentence, frame)
        yield from _of_day(sentence, frame)
        if "年" in sentence.text:
            yield from _not_had(sentence, frame)


def _other(start: int, found: str, own: list[int]) -> Finding:
    return rules()["other-year"].finding(start, start + len(found), found=found, own=listed(own))


def _given(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """3月12日印发《…》（×安〔2014〕5号）, and 3月26日发布2022年第1号禁火令, in a paper of 2024."""
    for match in (*_NUMBER.finditer(sentence.plain), *_CALLED.finditer(sentence.plain)):
        before = sentence.plain[: match.end() if match.re is _CALLED else match.start()]
        lead = re.sub(r"《+[^《》]*》+\s*[（(]?[^（()）《》\d]{0,12}$", "", before)
        lead = lead if match.re is _NUMBER else before[: match.start() + 2]
        days = moments(lead)
        if not days or days[-1].relative or not (days[-1].day or days[-1].year):
            continue
        day = days[-1]
        # A year alone is that of its own clause, a day also of the next.
        far = re.search(r"[。；《]" if day.month else r"[，。；《]", lead[day.end :])
        if len(lead) - day.end > 24 or far or not _GAVE.search(lead):
            continue
        years = {day.year} if day.year else _years_of(day, frame)
        year = int(match["year"])
        # Over the turn of the year a number may be of the other one.
        if year in years or (day.year and abs(day.year - year) == 1 and day.month in (1, 2, 12, None)):
            continue
        # Where the number is of the paper's own year, it is the day that differs.
        wrong = day.year and year in frame.years and day.year not in frame.years
        start, end = (day.start, day.end) if wrong else match.span("year")
        yield _other(sentence.start + start, sentence.text[start:end], sorted(frame.years))


def _of_day(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """（×发〔2019〕5号，2024年3月18日印发）: of the two the one farther from the paper's own time differs."""
    for match in _OF_DAY.finditer(sentence.plain):
        number, year = int(match["number"]), int(match["year"])
        turned = year == number + 1 and int(match["month"] or match["at"]) <= _TURN
        # 2026年4月公布考核结果: what will be made known then is another thing.
        other = re.match(r"(?![的后并且自起])[\u4e00-\u9fff]", sentence.plain[match.end() :])
        if number == year or turned or other:
            continue
        far = {each: min(abs(each - own) for own in frame.years) for each in (number, year)}
        wrong = "number" if far[number] >= far[year] else "day"
        start, end = match.span(wrong)
        yield _other(
            sentence.start + start, sentence.text[start:end], [year if wrong == "number" else number]
        )


def _years_of(day: Moment, frame: Frame) -> set[int]:
    """The years in which a day without one may lie: those of the title, and the last such day up to the signing."""
    signed = frame.signed
    if not signed:
        return {each for own in frame.years for each in (own, own - 1)}
    later = (day.month or 0, day.day or 0) > (signed.month, signed.day)
    return {*frame.title_years, signed.year - later} | ({signed.year} if later else set())


def _head(document: Document, frame: Frame) -> Iterator[Finding]:
    """（2012年第3期） at the head of minutes signed in 2022."""
    signed = frame.signed
    if not signed:
        return
    for index in range(min(frame.parts.body.start + 3, len(document.paragraphs))):
        paragraph = document.paragraphs[index]
        said = folded(document.said(paragraph))
        match = _ISSUE.fullmatch(said.strip())
        if not match or index == frame.parts.number:
            continue
        year = int(match["year"])
        if year != signed.year and not (signed.month in (1, 2) and year == signed.year - 1):
            yield _other(paragraph.start + said.find(match["year"]), match["year"], [signed.year])


def _imprint(document: Document, frame: Frame) -> Iterator[Finding]:
    """2015年3月25日印发 under a paper of 25 March 2024."""
    told = frame.signed if frame.parts.date is not None else None
    day = told or next((each for each in _days(document, frame) if each), None)
    if day is None:
        return
    for paragraph in document.paragraphs[: -_LINES - 1 : -1]:
        said = folded(document.said(paragraph))
        match = _IMPRINT.search(said)
        if not match:
            continue
        year = int(match["year"])
        turned = year == day.year + 1 and day.month >= 11 and int(match["month"]) <= 2
        # Where the number says the year of the imprint, the day is the one that differs.
        if year not in (day.year, frame.number_year) and not turned:
            yield _other(paragraph.start + match.start("year"), match["year"], [day.year])
        return


def _days(document: Document, frame: Frame) -> Iterator[date | None]:
    """The full days that minutes open with, where only their imprint dates them."""
    for index in frame.parts.body[:_LINES]:
        for moment in moments(document.said(document.paragraphs[index])):
            yield moment.day_in(None)


def _not_had(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """据2025年森林资源调查数据 in a paper of 2023: what is to come has not been counted."""
    high = max(frame.years)
    for moment in moments(sentence.text):
        if not moment.year or moment.year <= high or moment.relative:
            continue
        if _HAD.search(sentence.plain[: moment.start]) and _FACTS.match(sentence.plain[moment.end :]):
            yield _other(
                sentence.start + moment.start, sentence.text[moment.start : moment.end], sorted(frame.years)
            )
