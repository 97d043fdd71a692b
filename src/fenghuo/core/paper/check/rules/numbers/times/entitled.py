"""A title's year that the whole paper under it never names, while its date and its text agree on another one.

2024年6月气候影响评价 over 摘要：2025年6月; a speech dated 2025 at a meeting of 2024; a summary of 2022—2023 all of
whose days are of 2024 and 2025; a plan of the first term of 2024—2025 signed in September 2025. Two witnesses are
asked for, and papers that are written when their year is over are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded
from ....rulebook import rules
from ..text.frame import Frame

_YEAR = re.compile(r"(?<!\d)(?P<year>20\d{2})(?:年|(?=\s*[—\-–~～]))")
_SPAN = re.compile(r"(?P<first>20\d{2})年?\s*(?:[—\-–~～至到]|——)+\s*(?P<last>20\d{2})(?P<of>学年度?|年度?)?")
_ANY = re.compile(r"(?<!\d)(?P<year>20\d{2})(?=年|[〕\]］.\-/])")
_DAY = re.compile(r"(?<!\d)(?P<year>20\d{2})年\d{1,2}月\d{1,2}日")
_TIME = re.compile(
    r"(?:度|的|这个|我[省市县区镇乡村]|全[省市县区镇乡村])*(?P<time>\d{1,2}月(?!\d)|[上下]半年|第?[一二三四]季度|[春夏秋冬][季运耕]|汛期|暑期|暑假|寒假|高考|“[^”]{2,8}”)"
)
"""What time of a year, or which of its doings, stands behind it."""
_NAMES = re.compile(
    r"《[^《》]*》(?:\s*[（(][^（）()]*[〔\[］][^（）()]*[)）])?|[（(][^（）()]{0,16}[〔\[][^（）()]*[)）]"
)
_SPEECH = re.compile(
    r"在[^，。；]{0,24}?(?P<year>20\d{2})年(?P<what>.*)(?:会|会议|大会|仪式|班|论坛|活动)上的(?:讲话|报告|发言|致辞|主持词|总结|演讲)"
)
_AHEAD = re.compile(
    r"安排|计划|方案|要点|打算|部署|预告|预案|(?:招标|招聘|招生|招收|采购|征集|报名|停[水电气]|施工)[^，。]{0,8}(?:公告|通告|告知书|通知)|举办|召开|做好|开展"
)
_TIME_OVER = re.compile(
    r"总结|决算|审计|考核|评[估价比选定]|表彰|公报|年报|统计|报告|结果|奖|资金|经费|补[助贴]|清算|验收|遗留|年鉴|档案|通报|情况|公示|名单|年度|建议|提案|答复|代表|水毁|灾后|工程|项目|采购|合同|标"
)
"""What is told, paid or built when its year is over."""
_BACK = re.compile(r"去年|上年|上一年|往年|年前|以来|跨年|遗留|结转")
_TERM = re.compile(r"第(?P<which>[一二12])学期|(?P<half>[上下秋春])(?:学期|季学期)")
_LOOKS_BACK = re.compile(r"总结|小结|汇报|情况|报告")
_AUTUMN, _EARLY, _LINE = 7, 3, 45


@dataclass(frozen=True, slots=True)
class _Line:
    """The line that the title's time stands in."""

    text: str
    start: int


def check(document: Document, frame: Frame, told: Sequence[Finding]) -> tuple[list[Finding], Frame]:
    """The findings, where nothing else doubts the title yet, and the frame without a title's year that is wrong."""
    if not frame.signed or any(each.rule == "title-year" for each in told):
        return [], frame
    line = _line(document, frame)
    found = [*_judged(document, frame, line)][:1] if line else []
    return found, replace(frame, title_years=()) if found else frame


def _line(document: Document, frame: Frame) -> _Line | None:
    """The title's line with a year, or a headline's that ends with no kind of paper."""
    for index in frame.parts.title or (0,):
        paragraph = document.paragraphs[index]
        said = folded(document.said(paragraph))
        headline = bool(frame.parts.title) or (
            4 < len(said.strip()) <= _LINE and not re.search("[。；，]", said)
        )
        if headline and _YEAR.search(said) and not paragraph.cell:
            return _Line(said, paragraph.start)
    return None


def _judged(document: Document, frame: Frame, line: _Line) -> Iterator[Finding]:
    span = _SPAN.search(line.text)
    years = {int(each["year"]) for each in _YEAR.finditer(line.text)}
    if span:
        yield from _of_span(document, frame, line, span)
    elif len(years) == 1:
        yield from _of_year(document, frame, line, years.pop())


def _body(document: Document, frame: Frame) -> Iterator[tuple[int, str]]:
    """The paragraphs that tell, with the papers they name blanked; under a headline all but the first."""
    first = 0 if frame.parts.title else 1
    for index in frame.parts.body:
        if index >= first and index not in frame.parts.title:
            paragraph = document.paragraphs[index]
            said = folded(document.said(paragraph))
            yield paragraph.start, _NAMES.sub(lambda match: "　" * len(match[0]), said)


def _of_year(document: Document, frame: Frame, line: _Line, year: int) -> Iterator[Finding]:
    signed = frame.signed
    if signed is None or signed.year == year:
        return
    gap, month = signed.year - year, signed.month
    told = list(_body(document, frame))
    named = Counter(int(each["year"]) for _, said in told for each in _YEAR.finditer(said))
    if year in named:
        return
    speech = _SPEECH.search(line.text)
    if speech and (gap < 0 or gap > 1 or month > _EARLY or re.search("年中|半年|季度", speech["what"])):
        yield _wrong(document, frame, line, f"{year}年", signed.year, None)
        return
    own = _TIME.match(line.text.partition(f"{year}年")[2])
    same = _same_time(told, own["time"], signed.year) if own else None
    if same:
        yield _wrong(document, frame, line, f"{year}年", signed.year, same)
        return
    if gap == 1 and own and "半年" in own["time"] and re.search(r"安排|计划|打算|部署|要点|方案", line.text):
        yield _wrong(document, frame, line, f"{year}年", signed.year, None)
        return
    if gap < 1 or (gap == 1 and month <= _EARLY) or not _AHEAD.search(line.text):
        return
    anywhere = Counter(
        int(each["year"])
        for at in frame.parts.body
        for each in _ANY.finditer(folded(document.said(document.paragraphs[at])))
    )
    back = any(_BACK.search(said) for _, said in told) or _TIME_OVER.search(line.text)
    if not back and year not in anywhere and set(anywhere) == {signed.year} and anywhere[signed.year] > 1:
        yield _wrong(document, frame, line, f"{year}年", signed.year, None)


def _same_time(told: Sequence[tuple[int, str]], time: str, year: int) -> Span | None:
    """2025年6月, in a text under 2024年6月."""
    for start, said in told:
        for match in _YEAR.finditer(said):
            if int(match["year"]) != year:
                continue
            same = _TIME.match(said, match.end())
            if same and same["time"] == time:
                return Span(start + match.start(), start + same.end())
    return None


def _of_span(document: Document, frame: Frame, line: _Line, span: re.Match[str]) -> Iterator[Finding]:
    signed = frame.signed
    first, last = int(span["first"]), int(span["last"])
    if signed is None or last < first:
        return
    words, of = span[0], span["of"] or ""
    if "学年" in of and last - first == 1:
        if not _in_term(line.text, first, signed.year, signed.month):
            yield _wrong(document, frame, line, words, signed.year, None)
        return
    if first - 1 <= signed.year <= last + 1:
        return
    told = list(_body(document, frame))
    named = {int(each["year"]) for _, said in told for each in _YEAR.finditer(said)}
    days = [
        (int(each["year"]), Span(start + each.start(), start + each.end()))
        for start, said in told
        for each in _DAY.finditer(said)
    ]
    apart = [place for year, place in days if not first - 1 <= year <= last]
    if not named & set(range(first, last + 1)) and len(apart) > 1 and len(apart) == len(days):
        yield _wrong(document, frame, line, words, signed.year, apart[0])


def _in_term(title: str, first: int, year: int, month: int) -> bool:
    """Whether a paper of a term may be signed then: one of the first term from summer to the winter's end."""
    term = _TERM.search(title)
    if term is None:
        return True
    second = term["which"] in ("二", "2") if term["which"] else term["half"] in ("下", "春")
    back = bool(_LOOKS_BACK.search(title))
    begins = (first + 1, 1) if second else (first, _AUTUMN - 1)
    ends = (first + 1, 10) if second else (first + 1, 5 if back else 2)
    return begins <= (year, month) <= ends


def _wrong(
    document: Document, frame: Frame, line: _Line, words: str, against: int, place: Span | None
) -> Finding:
    start = line.start + line.text.find(words)
    at = frame.parts.date
    if place is None and at is not None:
        paragraph = document.paragraphs[at]
        place = Span(paragraph.start, paragraph.end)
    elsewhere = (Elsewhere(place, document.text[place.start : place.end]),) if place else ()
    told = words.rstrip("年度学")
    return rules()["title-year"].finding(
        start,
        start + len(words),
        elsewhere=elsewhere,
        found=Text(en=told, zh=f"{told}年"),
        against=Text(en=str(against), zh=f"{against}年"),
    )
