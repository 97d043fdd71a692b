"""How the number, the date, the title, the attachments and the closing words of a paper are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...document import Document
from ...finding import Finding
from ...numerals import folded, from_han
from ...parts import Parts, parts
from ...rulebook import rules

_NUMBER = re.compile(
    r"(?<=[\u4e00-\u9fffA-Za-z])(?P<open>[〔\[［(（【〖﹝])\s*(?P<year>\d{2,4})\s*(?P<close>[〕\]］)）】〗﹞])\s*"
    r"(?P<ordinal>第?)\s*(?P<serial>\d{1,4})\s*号"
)
# Warnings, orders and bulletins count their issues by the year, and say 第 as their own rules have it.
_SERIES = re.compile(
    r"(?:预警|警报|警示|提示|令|公告|通告|简报|专报|快报|信息|纪要|要情|动态|责令|决定书|告知书)[字发]?$"
)
_ZEROS = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?")
_HAN_DAY = re.compile(
    r"^\s*(?P<year>[〇○零一二三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})[日号]"
)
_DOTTED = re.compile(r"^\s*(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})\s*$")
_NO_DAY = re.compile(r"^\s*\d{4}年\d{1,2}月\s*$")
_CLOSINGS = {
    "特此通知": {"通知", "预警单"},
    "特此报告": {"报告", "总结", "汇报", "情况", "工作情况", "自查报告", "调研报告"},
    "特此通报": {"通报"},
    "特此函复": {"函", "复函"},
    "特此函告": {"函", "复函"},
    "特此批复": {"批复"},
    "特此公告": {"公告"},
    "特此通告": {"通告"},
}
_WITH_CLOSINGS = set().union(*_CLOSINGS.values()) | {"请示"}
_REQUEST = re.compile(r"(?:妥否|当否|可否)，?请(?:予)?(?:批示|批复|指示|审批)|请予(?:批准|批复)|^\s*请批示")


def check(document: Document) -> Iterator[Finding]:
    """Signs and forms that the standard asks for otherwise."""
    found = parts(document)
    yield from _numbers(document)
    yield from _date(document, found)
    yield from _zeros(document, found)
    yield from _title(document, found)
    yield from _attachments(document, found)
    yield from _closing(document, found)


def _numbers(document: Document) -> Iterator[Finding]:
    text = folded(document.text)
    for match in _NUMBER.finditer(text):
        open_, close = match["open"], match["close"]
        if (open_, close) != ("〔", "〕"):
            start, end = match.start("open"), match.end("close")
            asked = f"〔{match['year']}〕"
            yield rules()["paper-number-brackets"].finding(
                start, end, mend=asked, found=document.text[start:end], asked=asked
            )
        if len(match["year"]) != 4:
            yield rules()["paper-number-year"].finding(
                match.start("year"), match.end("year"), found=match["year"]
            )
        series = _SERIES.search(text[max(match.start() - 16, 0) : match.start()])
        if (match["ordinal"] and not series) or match["serial"].startswith("0"):
            start = match.start("ordinal") if match["ordinal"] else match.start("serial")
            asked = match["serial"].lstrip("0") or "0"
            yield rules()["paper-number-serial"].finding(
                start, match.end(), found=document.text[start : match.end()], asked=f"{asked}号"
            )


def _date(document: Document, found: Parts) -> Iterator[Finding]:
    if found.date is None:
        return
    paragraph = document.paragraphs[found.date]
    said = folded(document.said(paragraph))
    lead = len(said) - len(said.lstrip())
    start, end = paragraph.start + lead, paragraph.start + len(said.rstrip())
    match = _HAN_DAY.match(document.said(paragraph))
    values = [from_han(match[name]) for name in ("year", "month", "day")] if match else None
    match = _DOTTED.match(said)
    values = [int(match[name]) for name in ("year", "month", "day")] if match else values
    if values:
        asked = "{}年{}月{}日".format(*values)
        yield rules()["date-form"].finding(start, end, found=document.text[start:end], asked=asked)
    elif _NO_DAY.match(said):
        yield rules()["date-incomplete"].finding(start, end, found=document.text[start:end])


def _zeros(document: Document, found: Parts) -> Iterator[Finding]:
    """Leading zeros, in the paper's own date and wherever a full date is written."""
    text = folded(document.text)
    for match in _ZEROS.finditer(text):
        padded = [
            name
            for name in ("month", "day")
            if match[name] and len(match[name]) == 2 and match[name][0] == "0"
        ]
        if not padded or document.at(match.start()).cell or "00" in (match["month"], match["day"]):
            continue
        asked = f"{match['year']}年{int(match['month'])}月" + (
            f"{int(match['day'])}日" if match["day"] else ""
        )
        yield rules()["date-zeros"].finding(
            match.start(), match.end(), found=document.text[match.start() : match.end()], asked=asked
        )


def _title(document: Document, found: Parts) -> Iterator[Finding]:
    if not found.title:
        return
    paragraph = document.paragraphs[found.title[-1]]
    said = document.said(paragraph).rstrip()
    if said and said[-1] in "。；，、！.;,!：:":
        end = paragraph.start + len(said)
        yield rules()["title-punctuation"].finding(end - 1, end, mend="", found=said[-1])


def _attachments(document: Document, found: Parts) -> Iterator[Finding]:
    if found.attachments is None:
        return
    at = found.attachments
    first = document.paragraphs[at]
    said = document.said(first)
    colon = re.match(r"\s*附\s*件\s*(:)", said)
    if colon:
        start = first.start + colon.start(1)
        yield rules()["attachment-form"].finding(
            start, start + 1, mend="：", found=":", asked="：", where=said.strip()
        )
    listed = [at] + [
        later
        for later in range(at + 1, min(at + 12, len(document.paragraphs)))
        if re.match(r"\s*\d{1,2}\s*[.．、]", folded(document.said(document.paragraphs[later])))
    ]
    for index in listed:
        paragraph = document.paragraphs[index]
        said = document.said(paragraph).rstrip()
        if said and said[-1] in "。；，;,":
            end = paragraph.start + len(said)
            yield rules()["attachment-form"].finding(
                end - 1, end, mend="", found=said[-1], asked="", where=said.strip()
            )


def _closing(document: Document, found: Parts) -> Iterator[Finding]:
    if not found.kind:
        return
    for index in found.body:
        paragraph = document.paragraphs[index]
        said = document.said(paragraph)
        for words, kinds in _CLOSINGS.items():
            at = said.find(words)
            alone = len(said.strip()) <= len(words) + 2
            # Other kinds may well borrow a closing; these have words of their own.
            if at >= 0 and alone and found.kind in _WITH_CLOSINGS - kinds:
                start = paragraph.start + at
                yield rules()["closing-words"].finding(
                    start, start + len(words), found=words, kind=found.kind
                )
        match = _REQUEST.search(said)
        if match and found.kind == "报告":
            start = paragraph.start + match.start()
            yield rules()["request-in-report"].finding(start, paragraph.start + match.end(), found=match[0])
