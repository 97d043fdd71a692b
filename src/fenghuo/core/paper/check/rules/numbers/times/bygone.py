"""What is still to be done by a time over when the paper was made: 余下39条限3月30日前改完, signed on 25 April.

A time of no year, or of the paper's own, counts as to come where its clause says so itself (限, 将于, 力争, 持续到), or
where it is a term (前) in a list whose other items are to come. The paper's day is that of its signing, else the day
that a report opens with (6月9日上午，…拉开帷幕). Half a year back the same month of the next year is meant.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from ....document import Document
from ....finding import Finding
from ....rulebook import rules
from ..text.dates import Moment, moments
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences

_CLAUSE = re.compile(r"[，。；：:]")
_ASKS = re.compile(
    r"(?:(?<!有)(?<!时)(?<!年)(?<!期)限(?!制|额|速|行|高|定[^于在]|[价号公])|责令|将(?!军|相|[^，。；]{1,20}(?:到|至|给|为))(?:于|在)?|拟(?:于|在|定于)|计划(?:于|在)|预计(?:于|在|将)?|力争|争取|确保|务必|务于|须|必须|应(?:当)?(?:于|在)|请[^，。；\d]{0,12}?(?:于|在)|最迟|至迟|定于|安排(?:于|在)|有望|可望|要(?:在|于))"
    r"[^，。；\d]{0,12}$"
)
_GOES_ON = re.compile(
    r"(?:将|还将|还要|预计)?(?:持续|延续|进行|开放|展出|展期|一直|延长|顺延)(?:时间)?(?:到|至)$"
)
_BY = re.compile(
    r"\s*(?:[底末初]|[上中下]旬|\d{1,2}[时点]?(?:\d{1,2}分)?)?(?:之?前|以前)(?!期|[^，。；]{0,10}的(?![^，。；]{0,3}(?:要求|目标)))"
)
_DOES = re.compile(
    r"(?!已|曾|均|就|共|累计|先后|全部已)(?:[^，。；\d]{0,6}?)(?:完成|建成|报|改|开工|竣工|完工|到位|补|交|送|提交|办结|落实|整改|销号|清|拆|配|装|达|实现|投用|通车|覆盖|盘|公布|上线|兑现|发放|验收|返|缴|移|启动|开展|组织|召开|制定|出台|印发|编|签)"
)
_DONE = re.compile(
    r"已|曾|了(?!解)|原(?:定|计划|拟|本)|此前|当时|均|共(?!同|享|建|治|管)|累计|先后|未能?|没有|逾期|超期|同期|去年|上年|往年|前年|明年|来年|次年|翌年|每年|如期|按期|顺利|提前|遗留|到期|期满|以来|截至|截止|参加|获|发生"
)
_WHICH = re.compile(r"\s*(?:[底末初]|[上中下]旬)?(?:之?前|以前)?[^，。；\d]{0,12}的(?=[一-鿿])")
_LIST = re.compile(r"[；]|[，、](?=\d{1,2}月)")
_LINE_OF_LIST = re.compile(
    r"(?:要求|强调|议定|明确|部署|抓好|办好|做好|工作|任务|安排|如下|措施|打算|计划)[^。]{0,10}[：:，,]|下半年[，,]|下一?步|接下来|今后"
)
_OPENS = re.compile(
    r"(?:本报讯|[一-鿿]{2,8}讯|)\s*[（(]?[^，。；\d]{0,14}[)）]?\s*(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:[上下]午|晚|清晨|凌晨|起)?[，,]"
)
_ABOVE = 400
"""Characters above a term in which another year may be told that it is of."""
_START = 5
_TENS = {"上": 10, "中": 20, "下": 31}
_AHEAD, _NEAR, _LATE = timedelta(days=150), timedelta(days=100), 8
"""How far back a month is not that of the next year, and how far from which month of the signing on."""
_SURELY = re.compile(
    r"(?:(?<!原)(?:将|拟|计划|预计|定|安排|争取|力争|有望)(?:于|在)|(?<![原按年度期])(?:拟|计划|预计|力争|争取)|(?<!原)(?:拟定于|预计将于?))$"
)
_PUT_OFF = re.compile(r"因|但|后(?=[改来因])|推|延|改|未")
_WITHIN = re.compile(r"\s*(?P<ten>[上中下])旬|\s*(?P<end>[底末])|\s*(?P<start>初)")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where neither the signing nor the opening of a paper tells its day, and in tables."""
    day = frame.signed or _opened(document, frame)
    if day is None or (not frame.signed and frame.title_years):
        return
    parts = frame.parts
    skipped = {*parts.title, parts.number, parts.date, parts.signature}
    next_year = re.compile(
        rf"{day.year + 1}(?:年|[—\-])|明年|来年|次年|下一?年|下半年[^。]{{0,40}}明春|新的一年"
    )
    for sentence in sentences(document):
        if sentence.cell or sentence.index in skipped or "月" not in sentence.text:
            continue
        for moment in moments(sentence.text):
            if (
                _is_over(sentence.plain, moment, day)
                and _to_come(document, sentence, moment)
                and not next_year.search(
                    document.text, max(sentence.start - _ABOVE, 0), sentence.start + moment.start
                )
            ):
                yield rules()["deadline-past"].finding(
                    sentence.start + moment.start,
                    sentence.start + moment.end,
                    found=sentence.text[moment.start : moment.end],
                    signed=day.isoformat(),
                )


def _opened(document: Document, frame: Frame) -> date | None:
    """The day that a report without a signature opens with, in a year that only parts it from the next."""
    if not frame.parts.body:
        return None
    for at in frame.parts.body[:2]:
        match = _OPENS.match(document.said(document.paragraphs[at]))
        if match:
            try:
                return date(frame.year or _ANY_YEAR, int(match["month"]), int(match["day"]))
            except ValueError:
                return None
    return None


_ANY_YEAR = 1904


def _to_come(document: Document, sentence: Sentence, moment: Moment) -> bool:
    if not moment.month or not 1 <= moment.month <= 12 or moment.relative or moment.lunar or moment.year:
        return False
    before, after = sentence.plain[: moment.start], sentence.plain[moment.end :]
    clause, rest = _CLAUSE.split(before)[-1], _CLAUSE.split(after)[0]
    if re.search(r"\d\s*(?:[至到—\-－~～、和及与]|——)\s*$", clause) or re.match(
        r"\s*(?:[底末初]|[上中下]旬)?(?:起)?\s*(?:[至到—－~～、和及]|--)+\s*(?:\d|次|明|年|月|今|[上中下]旬)",
        after,
    ):
        return False
    if _GOES_ON.search(clause):
        return not _DONE.search(re.sub("截[至止]", "", clause + "，" + rest))
    if _DONE.search(clause) or _DONE.search(rest) or _WHICH.match(after):
        return False
    by = _BY.match(after)
    behind = after.split("，")[1][:8] if "，" in after else ""
    if _SURELY.search(clause) and len(rest) > 1:
        return not _PUT_OFF.search(behind)
    if _ASKS.search(clause) and (by or _DOES.match(after[_in_month(after) :])):
        return True
    item = not before.strip() and document.text[sentence.start - 1 : sentence.start] == "；"
    if not (by or item) or not _DOES.match(after[by.end() if by else _in_month(after) :]):
        return False
    return bool(not clause.strip() or re.fullmatch(r"[^，。；\d]{0,8}(?:于|在)?", clause)) and _listed(
        document, sentence, moment
    )


def _in_month(after: str) -> int:
    match = _WITHIN.match(after)
    return match.end() if match else 0


def _listed(document: Document, sentence: Sentence, moment: Moment) -> bool:
    """Whether a term belongs to a list of what is to come: its paragraph opens one before it, with other terms."""
    paragraph = document.paragraphs[sentence.index]
    said = document.said(paragraph)
    at = sentence.start + moment.start - paragraph.start
    opened = said.rfind("。", 0, at) + 1
    stop = said.find("。", at)
    listed = said[opened : stop if stop >= 0 else len(said)]
    head = _LINE_OF_LIST.search(said[opened:at])
    others = [each for each in moments(listed) if each.month and _BY.match(listed, each.end)]
    return bool(head) and len(others) > 1


def _is_over(plain: str, moment: Moment, day: date) -> bool:
    """Whether a time of the paper's year was over on a day, and so late that the next year is not meant."""
    month = moment.month or 0
    if not 1 <= month <= 12:
        return False
    within = _WITHIN.match(plain, moment.end)
    ten = _TENS[within["ten"]] if within and within["ten"] else _START if within and within["start"] else 31
    end = date(day.year, month, min(moment.day or ten, monthrange(day.year, month)[1]))
    return end < day and day - end < (_NEAR if day.month >= _LATE else _AHEAD)
