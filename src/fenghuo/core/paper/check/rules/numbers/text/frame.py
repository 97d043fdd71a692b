"""The time a paper speaks of: the years and the half-year of its title, the year it was signed, its sections."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from ....document import Document
from ....numerals import folded, from_han
from ....outline import marks
from ....parts import Parts, parts, printed_on
from .dates import moments

_SPAN = re.compile(r"((?:19|20)\d{2})年?\s*(?:[—\-–~～至到]|——)+\s*((?:19|20)?\d{2})年?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}|二[〇○零一二三四五六七八九]{3})\s*(?:年|[—\-–~～])")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[〕\]］)）】])")
_NUMBER_YEAR = re.compile(r"[〔\[［(（【]\s*((?:19|20)\d{2})\s*(?:[〕\]］)）】]|年\s*第?\s*\d+\s*期)")
_ISSUE = re.compile(
    r"[^\s，。；]{0,14}[〔\[［(（【]\s*(?:19|20)\d{2}\s*[〕\]］)）】]\s*(?:年?第\s*)?\d+\s*[期号]|(?:第\d+期)?[（(](?:19|20)\d{2}年?.{0,8}[)）]"
)
_FIRST = re.compile(r"上半年|前半年|1\s*[—\-–~～至到]\s*6\s*月|一季度|二季度|第[一二]季度")
_SECOND = re.compile(r"下半年|后半年|7\s*[—\-–~～至到]\s*12\s*月|三季度|四季度|第[三四]季度")
_MEETING = re.compile(r"纪要|会议|例会")
_N = r"(\d{1,2}|[一二两三四五六七八九十]{1,2})"
_TO = r"\s*(?:[—\-–~～至到、]|——)\s*"
_MONTHS = re.compile(
    rf"前{_N}个?月|前{_N}个?季度?|第?{_N}(?:季度)?{_TO}第?{_N}季度|{_N}月?份?(?:(?<=月)1日)?{_TO}(?:(?:19|20)\d\d年)?{_N}月"
)
_AHEAD = re.compile(
    r"下一步|下步|下一阶段|下阶段|近期(?:重点)?(?:工作|任务)$|今后|打算|计划|安排|思路|设想|下半年[，,]?[^。；]{0,10}(?:做好|抓好|推进|完成)|目标|任务|(?<!免疫)规划|展望|重点工作|(?:19|20)\d\d年度?(?:主要|重点)?工作重点|(?:下半年|下季度|下学期|新学期)(?![^，。；]*(?:情况|回顾|开展|完成|总结|做法|成效))[^，。；]{0,8}$|下半年(?:主要|工作)?重点|(?:工作|整改|改进)要求|措施|建议|部署"
)
# What a summary has done, although one of those words stands in its heading.
_WAS_DONE = re.compile(
    r"(?:主要|采取|已|工作|具体|推进|有关)(?:的)?(?:工作|做法|和|及|与|采取|的|、)*措施$|(?:完成|落实|执行|推进|进展)(?:的)?(?:情况|进度)?$|采取的|已"
)
_ACHIEVED = re.compile(r"(?<!预期)(?<!力争)成[效绩果]$")
# In a paper that looks back these speak of what was done where its faults and plans come after them.
_EITHER = re.compile(r"措施|部署|任务|要求|目标|重点工作|安排")
_SET_FOR = re.compile(r"安排|目标|重点工作")
_SURELY_AHEAD = re.compile(r"下一|下步|下阶段|今后|打算|计划|思路|规划|展望|建议|明年|来年")
_THEN = re.compile(r"情况|成[效果]|结果|效果|存在|问题|不足|困难|下一步|下步|打算|下半年|明年|今后|下一阶段")
_FORWARD = re.compile(r"下|今后|改进|整改|拟|建议|计划|打算")
_INTRODUCES = re.compile(
    r"现(?:将|就|把|对)(?P<what>[^。；]{2,60}?)(?:报告|汇报|通报|总结|说明|函告|通知|公布|公告|分析)?如下"
)
_MASTHEAD = re.compile(
    r"(?:(?:20\d{2}年)?第\d+期\s*)?(?:[（(]?总第?\d+期[)）]?\s*)?[^，。；：:\d]{4,30}?\s+(?P<day>20\d{2}年\d{1,2}月\d{1,2}日)"
    r"|[（(][^，。；：:\d（）()]{0,30}?\s*(?P<made>20\d{2}年\d{1,2}月\d{1,2}日)\s*(?:发布|印发|编发|编印|编制)[)）]"
)
_BYLINE = re.compile(r"[（(][^（）()]{4,40}[)）]")
_BULLETIN = re.compile(r"[\u4e00-\u9fff]{0,20}(?:简报|快报|专报|通讯|动态|专刊|月报|季报)")
_HEADS_TIME = re.compile(
    r"[^。；，]*?(?:(?<![前至到上下])第?[一二三四]季度|[上下]半年|前三季度|\d{1,2}\s*[—\-–~～至到]\s*\d{1,2}月)[^。；]*"
)
"""A bulletin's name, and a line under it that tells its time."""
_OPENS_WITH = re.compile(
    r"\s*(?P<what>(?:(?:19|20)\d{2}年|今年)?(?:第?[一二三四]季度|[上下]半年))[，,](?![^。；]*?(?:将|拟|计划|要|确保|力争))"
)
_NO_TITLE = re.compile(r"[。；！？，：:]|^(?!(?:19|20)\d\d年?)\d|回顾|史|纪念|大事记|特大|回忆|年鉴")
"""Sentences, numbered lines, and what tells of long ago."""
_MET = re.compile(r"\s*(?:会议)?时\s*间\s*[：:]\s*(?P<day>20\d{2}年\d{1,2}月\d{1,2}日)")
_MET_ON = re.compile(
    r"\s*(?P<day>20\d{2}年\d{1,2}月\d{1,2}日)[^，。；\d]{0,6}[，,][^。；]{0,60}?(?:召开|主持|举行|研究)"
)
_CLOSED = re.compile(
    r"\s*(?:[—－\-]{1,2}[^。；]{2,40}[（(]|(?:公告|公示|发布|签发|成文|发文|发稿|印发|填报|编制|报告|定稿)(?:日期|时间)[：:]\s*)(?P<day>20\d{2}年\d{1,2}月\d{1,2}日)\s*[)）]?\s*"
)
"""Lines at the end that date a paper without a signature: 公告日期：2025年5月29日, ——所长的讲话（2026年2月28日）."""
_CLOSES = re.compile(r"[（(]?[^，。；\d（）()]{0,24}[：:\s]*(?P<day>20\d{2}年\d{1,2}月\d{1,2}日)\s*[)）]?")
_TODAY = re.compile(r"今天[，,是]{0,2}(?P<day>20\d{2}年\d{1,2}月\d{1,2}日)")
_LAST = 2
_LINES = 8
_CLOSING = 3
_BARE = 8
"""Characters of a title that says no more than what kind of paper it is."""
_LONE = 45
"""Characters of a first line that may be a title although it ends with no kind of paper."""
_NEXT = re.compile(
    r"[^，。；]{0,8}?(?:下半年|下一步|下一阶段|下步|明年|来年|今后)(?:的)?(?:主要|重点)?(?:工作)?(?:计划|打算|安排|思路|任务|措施)"
)


@dataclass(frozen=True)
class Frame:
    """`years` are those that the title names; `signed` is the paper's date; `half` is 1, 2 or 0 for none.

    `year` is the year in which a bare 4月3日 lies. `ahead` holds the paragraphs about what is still to come.
    """

    parts: Parts
    title: str
    title_years: tuple[int, ...]
    number_year: int | None
    signed: date | None
    half: int
    ahead: frozenset[int]

    @property
    def year(self) -> int | None:
        if len(self.title_years) == 1:
            return self.title_years[0]
        if self.signed:
            return self.signed.year
        return self.number_year

    @property
    def years(self) -> set[int]:
        """Every year that the paper can call its own."""
        own = set(self.title_years)
        own |= {self.signed.year} if self.signed else set()
        return own | ({self.number_year} if self.number_year else set())


def frame(document: Document) -> Frame:
    """What a paper says of its own time."""
    given = parts(document)
    found = _with_own_title(document, _with_lone_title(document, _with_masthead(document, given)))
    title = found.heading(document) or _introduced(document, found)
    years = tuple(year for year in years_of(title) if not before_which(title, year))
    number = document.said(document.paragraphs[found.number]) if found.number is not None else ""
    # Minutes and bulletins count their issues: 〔2025〕第19期.
    number = number or next(
        (said for each in document.paragraphs[:6] if _ISSUE.fullmatch(said := document.said(each).strip())),
        "",
    )
    match = _NUMBER_YEAR.search(folded(number))
    signed = None
    if found.date is not None:
        days = [moment.day_in(None) for moment in moments(document.said(document.paragraphs[found.date]))]
        signed = next((day for day in days if day), None)
    if found.date is None:
        printed = (
            printed_on(document)
            or _masthead(document)
            or _met_on(document, found)
            or _closed(document)
            or _closing(document)
        )
        signed = next((day for each in moments(printed) if (day := each.day_in(None))), None)
    return Frame(
        found,
        title,
        years,
        int(match[1]) if match else None,
        signed,
        # Of a first line that is a headline it is not known when it was written.
        half_of(title) if signed or found is given or found.kind else 0,
        _ahead(document, found.title),
    )


def _masthead(document: Document) -> str:
    """The day of a bulletin beside the body that makes it: 海口镇防汛办编　　2023年9月4日."""
    lines = (folded(document.said(each)) for each in document.paragraphs[:_LINES] if not each.cell)
    return next(
        (found["day"] or found["made"] for line in lines if (found := _MASTHEAD.fullmatch(line.strip()))), ""
    )


def _closing(document: Document) -> str:
    """The day that ends a piece of news or a record (（县融媒体中心　2025年2月14日）), or that a speech calls today."""
    lines = [folded(document.said(each)).strip() for each in document.paragraphs if not each.cell]
    for line in lines[: -_LAST - 1 : -1]:
        if found := _CLOSES.fullmatch(line):
            return found["day"]
    return next((found["day"] for line in lines if (found := _TODAY.search(line))), "")


def _met_on(document: Document, found: Parts) -> str:
    """The day that minutes tell under their title (时间：2024年4月9日下午), or open with."""
    if not found.kind.endswith("纪要"):
        return ""
    lines = [folded(document.said(document.paragraphs[at])) for at in found.body[:_LINES]]
    told = next((met["day"] for line in lines if (met := _MET.match(line))), "")
    opened = _MET_ON.match(lines[0]) if lines else None
    return told or (opened["day"] if opened else "")


def _closed(document: Document) -> str:
    """The day in one of the last lines, where it has a name or closes a line that says whose words they were."""
    lines = [
        document.said(each) for each in document.paragraphs if not each.cell and document.said(each).strip()
    ]
    return next(
        (match["day"] for line in reversed(lines[-_CLOSING:]) if (match := _CLOSED.fullmatch(folded(line)))),
        "",
    )


def _with_own_title(document: Document, found: Parts) -> Parts:
    """With the line under a bare 会议纪要 that says of what they are: 二〇二四年第二季度河长会议纪要."""
    if len(found.title) != 1 or len(found.heading(document)) > _BARE or not found.kind.endswith("纪要"):
        return found
    for at in range(found.title[0] + 1, min(found.title[0] + 5, len(document.paragraphs))):
        line = folded(document.said(document.paragraphs[at])).strip()
        if line.endswith("纪要") and len(line) <= _LONE and _YEAR.search(line) and not _NO_TITLE.search(line):
            return replace(found, title=(at,), body=range(max(at + 1, found.body.start), found.body.stop))
    return found


def _with_masthead(document: Document, found: Parts) -> Parts:
    """With the line that tells a bulletin's time before its name, and a body that begins below its day.

    水上交通安全简报, 2025年第三季度, 市地方海事局编　2025年10月13日: a bulletin on the third quarter.
    """
    lines = [
        (at, folded(document.said(each)).strip())
        for at, each in enumerate(document.paragraphs[:_LINES])
        if not each.cell and document.said(each).strip()
    ]
    name = "".join(lines[0][1].split()) if lines else ""
    if (
        not _BULLETIN.fullmatch(name)
        or re.search("半年|季度", name)
        or found.title not in ((), (lines[0][0],))
    ):
        return found
    low, stop = found.body.start, found.body.stop
    if found.date is not None and found.date <= lines[-1][0] < len(document.paragraphs) - 1:
        low, stop = found.date + 1, len(document.paragraphs)
    told = next((at for at, line in lines[1:] if len(line) <= _LONE and _HEADS_TIME.fullmatch(line)), None)
    title = (lines[0][0],) if told is None else (told, lines[0][0])
    low = max(low, max(title) + 1)
    return replace(found, title=title, kind=found.kind or "简报", body=range(low, max(low, stop)))


def _with_lone_title(document: Document, found: Parts) -> Parts:
    """With a first line that tells a time (2024年上半年火情分析) as the title, and a day under it in brackets."""
    if found.title or found.number is not None:
        return found
    lines = [
        (at, folded(document.said(each)).strip())
        for at, each in enumerate(document.paragraphs[:_LINES])
        if not each.cell and document.said(each).strip()
    ]
    at, line = lines[0] if len(lines) > 2 else (0, "")
    if at == found.addressee or not 6 <= len(line) <= _LONE or _NO_TITLE.search(line):
        return found
    if not (_YEAR.search(line) or months_of(line) or re.search("半年|季度", line)):
        return found
    below, under = lines[1]
    last, day = at, found.date
    if _BYLINE.fullmatch(under):
        last = below
        dated = any(each.day_in(None) for each in moments(under))
        day = below if day is None and dated else day
    start = max(found.body.start, last + 1)
    kind = "公告" if line.endswith("公示") else found.kind
    return replace(found, title=(at,), kind=kind, date=day, body=range(start, max(found.body.stop, start)))


def half_of(title: str) -> int:
    """1 or 2; 0 for neither, both, what goes on since one, and a meeting, which looks back and on to the other."""
    # 前三季度 is neither half, though 三季度 lies in the second.
    window = months_of(title)
    halves = _MONTHS.sub("", title) if window else title
    first = bool(_FIRST.search(halves)) or bool(window and max(window) <= 6)
    second = bool(_SECOND.search(halves)) or bool(window and min(window) >= 7)
    if (
        _MEETING.search(title)
        or re.search("(?:半年|季度)以来", title)
        or (first and second and not _of_work(title))
    ):
        return 0
    return 1 if first else 2 if second else 0


def months_of(title: str) -> tuple[int, ...]:
    """The months that a title names as its time: 1—9月, 前五个月, 前三季度, 一至三季度."""
    match = _MONTHS.search(folded(title))
    if not match:
        return ()
    values = [
        int(each) if each.isdecimal() else 2 if each == "两" else from_han(each) or 0
        for each in match.groups("零")
    ]
    months, quarters, first_quarter, last_quarter, first, last = values
    if first_quarter or quarters:
        first, last = 3 * (first_quarter or 1) - 2, 3 * (last_quarter or quarters)
    elif months:
        first, last = 1, months
    return tuple(range(first, last + 1)) if 1 <= first < last <= 12 else ()


def _introduced(document: Document, found: Parts) -> str:
    """What a paper that has lost its title says it is about: 现将上半年工作情况报告如下."""
    for index in found.body[:4]:
        match = _INTRODUCES.search(document.said(document.paragraphs[index]))
        if match:
            return match["what"]
    # 2024年上半年，中心…完成…: with neither title nor introduction a review says its time first.
    opens = next(
        (said for at in found.body[:3] if len(said := document.said(document.paragraphs[at])) > _LONE), ""
    )
    match = _OPENS_WITH.match(folded(opens))
    return f"{match['what']}情况" if match else ""


def before_which(title: str, year: int) -> bool:
    """2015年度以前到期档案: a year that only bounds what the paper is about."""
    return bool(
        re.search(rf"{year}年(?:度)?(?:以前|之前|以来|以后|起|前(?!三季|半)|建成|竣工|到期)", folded(title))
    )


def _of_work(title: str) -> bool:
    """上半年工作总结及下半年工作计划 is a paper of the first half."""
    return bool(re.search(r"上半年.*(?:总结|情况|汇报).*下半年.*(?:计划|打算|安排|思路)", title))


def years_of(text: str) -> tuple[int, ...]:
    """The years that a text names, ranges filled: 2021—2023年 names three."""
    plain = folded(text)
    years: set[int] = set()
    for match in _SPAN.finditer(plain):
        start, end = int(match[1]), int(match[2])
        end = end if end > 1000 else start // 100 * 100 + end
        if start <= end <= start + 30:
            years |= set(range(start, end + 1))
    for match in _YEAR.finditer(plain):
        years.add(int(match[1]) if match[1].isdecimal() else from_han(match[1]) or 0)
    return tuple(sorted(years))


def mostly(document: Document, frame: Frame) -> tuple[int, int]:
    """The year that a paper names most, numbers of papers included, and how often: twice at least; else none."""
    said = "\n".join(document.said(document.paragraphs[at]) for at in frame.parts.body)
    counted = Counter(map(int, _ANY_YEAR.findall(folded(re.sub(r"《[^《》]*》", "", said)))))
    (year, times), *others = counted.most_common() or [(0, 0)]
    return (year, times) if times >= 2 and times > max((each for _, each in others), default=0) else (0, 0)


def _ahead(document: Document, title: tuple[int, ...]) -> frozenset[int]:
    """Paragraphs under a heading about what comes next, up to the next heading of its level."""
    level: float | None = None
    # Only a paper that looks back tells of measures as done.
    back = (
        bool(re.search(r"总结|汇报|报告|小结|通报", document.said(document.paragraphs[title[-1]])))
        if title
        else False
    )
    found: set[int] = set()
    by_index = {mark.index: mark for mark in marks(document)}
    heads = [at for at, mark in by_index.items() if mark.level == 1] if back else []
    then = max((at for at in heads if _THEN.search(document.said(document.paragraphs[at])[:30])), default=-1)
    for index, paragraph in enumerate(document.paragraphs):
        mark = by_index.get(index)
        said = document.said(paragraph)
        if mark and mark.level in (1, 2, 3, 4):
            if level is not None and mark.level <= level:
                # （一） right below a wrongly numbered 4. still belongs to it, as all of its level do.
                level = mark.level - 0.5 if mark.level < level < 5 and mark.value == 1 else None
            head = said[:40].partition("。")[0]
            # What opens a paper that looks back has been done, and so has what a section about that has in it.
            opens = index in heads[:1] and not _SURELY_AHEAD.search(head)
            within = bool(heads) and mark.level > 1 and not _SET_FOR.search(head)
            looks = opens or ((index < then or within) and not _FORWARD.search(head))
            done = back and (_told_done(head) or (looks and _either(head)))
            if level is None and mark.level < 4 and _AHEAD.search(head) and not done:
                level = mark.level
        elif (
            level is None
            and index not in title
            and len(said) < 30
            and _AHEAD.search(said)
            and not (back and _told_done(said))
            and not re.search(r"[。；]", said)
        ):
            # A section's heading with no mark, or a wrong one, lasts to the next section.
            level = 1.5 if _NEXT.fullmatch(said.strip()) else 5
            below = by_index.get(index + 1)
            if below and below.value == 1 and said.rstrip().endswith(("：", ":")):
                level = below.level - 0.5  # 下半年，做好以下工作：, and the list under it
        if level is not None:
            found.add(index)
    return frozenset(found)


def _either(head: str) -> bool:
    return bool(_EITHER.search(head)) and not _SURELY_AHEAD.search(head)


def _told_done(head: str) -> bool:
    return bool(_ACHIEVED.search(head)) or (
        bool(_WAS_DONE.search(head.strip())) and not _FORWARD.search(head)
    )
