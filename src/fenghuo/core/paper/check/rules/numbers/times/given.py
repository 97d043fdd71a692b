"""A paper's number against the day, month or year that it was given out, told in one breath or right behind.

（×医保〔2024〕31号，2024年9月12日印发）; 2023年3月印发（×政办发〔2023〕17号）; 2025年1号文件（×发〔2025〕1号）;
《…》（×教安〔2025〕22号）…。该文2025年11月17日发出. And a plan of years (2023—2025年) is not made when they are over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded
from ....rulebook import rules
from ..text.frame import Frame
from ..text.sentences import passages
from .occasions import listed

_NUMBER = r"[〔\[［【](?P<number>(?:19|20)\d{2})[〕\]］】]\s*第?\s*\d+\s*号"
_DAY = r"(?P<day>(?P<year>(?:19|20)\d{2})年(?:(?P<month>\d{1,2})月(?:\d{1,2}日)?)?)"
_GAVE = (
    r"(?:联合)?(?:印发|下发|制发|签发|发布|发出|发文|公布|颁布|"
    r"出台|下达|制定|批复|批准|转发|成文|行文|发至|下达|制订|推出)"
)
_IN_BRACKETS = re.compile(rf"{_NUMBER}\s*[，,、；]\s*(?:系|于|自)?{_DAY}(?:{_GAVE})?\s*[)）]")
_DAY_FIRST = re.compile(rf"[（(]\s*{_DAY}(?:{_GAVE})?\s*[，,、；]\s*[^（()）〔\d]{{0,14}}{_NUMBER}\s*[)）]")
_GAVE_OUT = re.compile(
    rf"{_DAY}(?:(?![按照根依落执实参经])[^。；：《》（()）〔\d]){{0,14}}?{_GAVE}(?:了|的)?(?:[^。；：《》（()）〔\d]{{0,16}}(?=[（(])|[^。；：《》（()）〔\d，]{{0,10}}《[^《》]{{2,70}}》+[^《》。；，\d]{{0,6}}(?=[（(]))"
    rf"[（(]\s*[^（()）〔\d]{{0,14}}{_NUMBER}"
)
_NTH_PAPER = re.compile(
    rf"{_DAY}(?:第)?\d+号(?:文件?|令|通知|公告|通告|通报)[（(]\s*[^（()）〔\d]{{0,14}}{_NUMBER}"
)
_THEN = re.compile(
    rf"{_NUMBER}[)）]?(?P<between>[^〔]{{0,60}}?[。；，])(?:该|此|这份|这一|上述|本)?(?:通知|文件?|办法|方案|意见|规定|计划|规划|细则|预案|要点|函|令)(?:[由系是][^，。；《》\d]{{0,14}})?(?:于|在)?{_DAY}(?:起)?(?:[^，。；《》\d]{{0,4}})?{_GAVE}"
)
_LATELY = re.compile(
    rf"(?P<then>今年|去年|近日|日前|近期|前不久|刚刚)(?:\d{{1,2}}月(?:\d{{1,2}}日)?|[上下]半年|[年月]初|[年月]底)?[^。；：《》（()）〔\d，]{{0,14}}?{_GAVE}(?:了|的)?"
    rf"(?:[^。；：《》（()）〔\d，]{{0,12}}|[^。；：《》（()）〔\d，]{{0,10}}《[^《》]{{2,70}}》+)[（(][^（()）〔\d]{{0,14}}{_NUMBER}"
)
_THEN_IS = {"今": 0, "去": -1}
_AMENDED = re.compile(r"修[订正改]|修编|重新")
_ONE_PAPER = re.compile(r"《")
_SPAN = re.compile(
    r"《(?P<name>[^《》\n]{2,50}?)[（(](?P<first>(?:19|20)\d{2})年?\s*(?:[—\-–~～至到]|——)+\s*(?P<last>(?:19|20)\d{2})年?[)）]\s*》"
)
_OF_PLAN = re.compile(
    rf"(?:该|此|这一|上述|本)?(?:方案|计划|规划|行动|纲要|要点|文件)(?:[由系是][^，。；《》\d]{{0,16}})?(?:于|在)?(?P<year>(?:19|20)\d{{2}})年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?[^，。；《》\d]{{0,4}}{_GAVE}"
)
_PLAN_NUMBER = re.compile(rf"\s*[（(][^（()）〔\d]{{0,14}}{_NUMBER}")
_TELLS = re.compile(r"决算|审计|统计|年鉴|评估|总结|考核|验收|清算|表彰|结果")
_EARLY = 2
"""The last month in which a number of the year before may still be given out."""
_REACH = 120
"""Characters behind a plan's name in which it is said when it was made."""
_SOON = 3
"""Years by which a plan is made ahead at the most."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where two papers stand between the number and the day."""
    for start, passage in passages(document):
        if "〔" not in passage and "[" not in passage and "［" not in passage and "《" not in passage:
            continue
        said = folded(passage)
        told: set[int] = set()
        for match in _LATELY.finditer(said) if frame.signed else ():
            own = frame.signed.year if frame.signed else 0
            years = {own + _THEN_IS.get(match["then"][0], 0)}
            if match["then"][0] not in _THEN_IS:
                years |= {own - 1}
            if int(match["number"]) not in years:
                told.add(match.start("number"))
                yield rules()["other-year"].finding(
                    start + match.start("number"),
                    start + match.end("number"),
                    found=match["number"],
                    own=listed(sorted(years)),
                )
        for form in (_IN_BRACKETS, _DAY_FIRST, _GAVE_OUT, _NTH_PAPER, _THEN):
            for match in form.finditer(said):
                if match.start("number") in told or _holds(match, exact=form is _NTH_PAPER):
                    continue
                if form is _THEN and _ONE_PAPER.search(match["between"]):
                    continue
                if _AMENDED.search(match[0]) and int(match["number"]) < int(match["year"]):
                    continue  # what is amended keeps its number
                told.add(match.start("number"))
                yield _apart(document, start, match, frame)
        for match in _SPAN.finditer(said):
            yield from _over(document, start, said, match, told, frame)


def _holds(match: re.Match[str], *, exact: bool) -> bool:
    number, year, month = int(match["number"]), int(match["year"]), int(match["month"] or 0)
    if number == year or exact:
        return number == year
    if not month:
        return abs(number - year) == 1
    return (number == year - 1 and month <= _EARLY) or (number == year + 1 and month == 12)


def _apart(document: Document, start: int, match: re.Match[str], frame: Frame) -> Finding:
    """Of the two the one that lies behind the signing, or else farther from the paper's own years."""
    number, year = int(match["number"]), int(match["year"])
    signed = frame.signed
    late = signed is not None and (year, int(match["month"] or 0)) > (signed.year, signed.month)
    far = bool(frame.years) and min(abs(year - each) for each in frame.years) > min(
        abs(number - each) for each in frame.years
    )
    at, other = ("day", "number") if late or far else ("number", "day")
    place = Span(start + match.start(other), start + match.end(other))
    return rules()["number-year"].finding(
        start + match.start(at),
        start + match.end(at),
        elsewhere=(Elsewhere(place, document.text[place.start : place.end]),),
        found=str(number),
        own=listed([number]),
        signed=listed([year]),
    )


def _over(
    document: Document, start: int, said: str, plan: re.Match[str], told: set[int], frame: Frame
) -> Iterator[Finding]:
    """《三年行动方案（2018—2020年）》, made in March 2023."""
    first, last = int(plan["first"]), int(plan["last"])
    if _TELLS.search(plan["name"]) or last <= first:
        return
    behind = said[plan.end() : plan.end() + _REACH].partition("《")[0]
    match = _PLAN_NUMBER.match(behind) or _OF_PLAN.search(behind)
    if not match:
        return
    which = "number" if match.re is _PLAN_NUMBER else "year"
    year = int(match[which])
    if first - _SOON <= year <= last or plan.end() + match.start(which) in told:
        return
    place = Span(start + plan.end() + match.start(which), start + plan.end() + match.end(which))
    here = Span(start + plan.start("first"), start + plan.end("last"))
    if which == "number" and any(first <= each <= last for each in frame.years):
        # The plan is the one of the day, and its number is not.
        yield rules()["other-year"].finding(
            place.start,
            place.end,
            elsewhere=(Elsewhere(here, document.text[here.start : here.end]),),
            found=match[which],
            own=listed([first, last]),
        )
        return
    yield rules()["event-year"].finding(
        here.start,
        here.end,
        elsewhere=(Elsewhere(place, document.text[place.start : place.end]),),
        found=document.text[here.start : here.end],
        own=listed([first, last]),
        when=listed([year]),
    )
