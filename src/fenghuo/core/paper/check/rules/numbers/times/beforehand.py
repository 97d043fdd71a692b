"""What is told of a time when it cannot have been: audits before the year that they are of, awards of years past."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ....rulebook import rules
from ..text.dates import moments
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .occasions import other_year

_AWARD = re.compile(
    r"(?:被|获|授予|评[为定]|命名|表[扬彰])[^，。；]{0,20}?[“\"]?(?P<year>(?:19|20)\d{2})年度?[^，。；”\"]{0,20}?(?:先进|优秀|模范|示范|文明|标兵|达标|合格|[一二三]等奖|单位|集体|称号)"
)
_WINTERS = re.compile(r"(?P<first>(?:19|20)\d{2})[—－\-~～至](?P<last>(?:19|20)\d{2})(?=年度|学年|年?冬春)")
_DEALS = re.compile(
    r"(?:发放|下达|拨付|开展|启动|做好|落实|印发|签订|组织|部署|安排|完成|召开|推进|实施|申报|兑付|下拨)(?:了|好)?[^，。；]{0,8}$"
)
_HISTORY = re.compile(
    r"以来|曾|历史|历年|往年|遗留|欠|审计|同期|比|较|结[余转]|档案|总结|回顾|先后|补[发缴]|追|清[理算欠]|逾期"
)
_AUDITED = re.compile(r"(?P<year>(?:19|20)\d{2})年度[^，。；]{0,30}审计")
_AUDITS = re.compile(r"[，,]?[^，。；]{0,14}(?:审计局|审计组|审计厅|审计机关|人大常委会)[^。；]{0,24}审计")
_STILL = re.compile(r"曾|上一|以往|遗留|仍|历次|连续|首次|此前|同类|分别")
_OF_US = re.compile(
    r"(?:[，,]|日)[^，。；]{0,12}[局厅委组院办]对(?:我|全|本)[镇乡县区市局街办院站中][^，。；]{0,12}(?:进行|开展)了?"
)
_OLD, _LONG = 2, 3
"""Years behind which no award of the day lies, and no other matter of the day."""
_THIS = re.compile(
    r"(?:本学期|本季度?|今[年春秋冬夏])[^，。；\d的对比较与]{0,8}(?P<year>(?:19|20)\d{2})年\d{1,2}月"
)
"""What is of now, with the day that it began."""
_ONE_MATTER = re.compile(
    r"(?P<year>(?:19|20)\d{2})年(?:\d{1,2}月)?(?:\d{1,2}日)?(?P<what>(?:印发|发布|制定|出台|公布|颁布|施行|实行)的原[\u4e00-\u9fff]{1,12}?(?=同时|进行|予以|[，。；、废停失自修]|$))"
)


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent but of papers told twice where a paper tells no year of its own."""
    yield from _told_twice(document)
    if not frame.years:
        return
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    audited = _AUDITED.search(frame.title)
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures or sentence.index in skipped or "年" not in sentence.text:
            continue
        yield from _awards(sentence, frame)
        for match in _THIS.finditer(sentence.plain):
            if not min(frame.years) - _OLD < int(match["year"]) < max(frame.years) + _OLD:
                yield other_year(sentence, *match.span("year"), frame.years)
        yield from _winters(sentence, frame)
        yield from _acts(sentence, frame, int(audited["year"]) if audited else 0)


def _awards(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """9月26日，…被评为“2015年度先进单位” in a paper of 2024: honours are for the year or the last."""
    found = moments(sentence.text)
    for match in _AWARD.finditer(sentence.plain):
        day = next((each for each in reversed(found) if each.end <= match.start() and each.month), None)
        if day is None or day.relative or (day.year and day.year not in frame.years):
            continue
        if not min(frame.years) - _OLD < int(match["year"]) <= max(frame.years):
            yield other_year(sentence, *match.span("year"), frame.years)


def _winters(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """发放2011—2012年度冬春救助资金 in a paper of 2022."""
    text = re.sub(r"《[^《》]*》", lambda match: "　" * len(match[0]), sentence.plain)
    for match in _WINTERS.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        clause = re.split(r"[，。；：]", text[: match.start()])[-1]
        rest = re.split(r"[，。；：]", text[match.end() :])[0]
        near = min(frame.years) - _LONG < last and first < max(frame.years) + 2
        if last - first != 1 or near:
            continue
        if _DEALS.search(clause) and not _HISTORY.search(clause + rest):
            yield other_year(sentence, *match.span(), frame.years)


def _acts(sentence: Sentence, frame: Frame, audited: int) -> Iterator[Finding]:
    """2022年7月，审计局报告了审计工作 in a paper on the audit of 2023年度; 2012年8月，审计局对我乡… in one of 2023."""
    found = next((each for each in moments(sentence.text) if each.year), None)
    if found is None or not found.month or sentence.plain[: found.start].strip("　 ") or found.relative:
        return
    year, behind = found.year or 0, sentence.plain[found.end :]
    if _STILL.search(sentence.plain):
        return
    early = audited and year < audited and _AUDITS.match(behind)
    far = year <= min(frame.years) - _LONG and _OF_US.match(sentence.plain, found.end)
    if early or far:
        yield other_year(sentence, found.start, found.end, frame.years)


def _told_twice(document: Document) -> Iterator[Finding]:
    """2020年印发的原办法 and, later, 2021年印发的原办法: one paper is made once."""
    told: dict[str, str] = {}
    for match in _ONE_MATTER.finditer(folded(document.text)):
        before = told.setdefault(match["what"], match["year"])
        if before != match["year"]:
            start, end = match.span("year")
            yield rules()["other-year"].finding(start, end, found=match["year"], own=before)
