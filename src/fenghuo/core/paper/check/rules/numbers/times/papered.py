"""Papers named with a year that their own number rules out, and spans of years that are not the paper's.

《…2019年春季抗旱工作方案》（×汛办〔2020〕5号): nobody makes a plan for a year that is over. A paper of the year
2023—2024 has no other such span but where it looks back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_han
from ....rulebook import rules
from ..text.frame import Frame
from ..text.sentences import passages
from .planned import is_plan

_NUMBER = r"[^（()）〔\[]{0,14}[〔\[［](?P<number>(?:19|20)\d{2})[〕\]］]"
_NUMBERED = re.compile(
    rf"《(?P<name>[^《》\n]{{2,80}})》+[^《》。；\d]{{0,3}}[（(]{_NUMBER}(?:第?(?P<which>\d+)号)?"
)
_NUMBERED_BEFORE = re.compile(
    rf"{_NUMBER}\s*第?\d+号[)）]?(?:文件?)?(?:印发|下发|公布)?的?《(?P<name>[^《》\n]{{2,80}})》"
)
_GIVEN_OUT = re.compile(
    r"(?P<number>(?:19|20)\d{2})年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:印发|下发|公布|发布|出台|制定)的?《(?P<name>[^《》\n]{2,80})》"
)
_UNNAMED = re.compile(
    rf"(?P<name>(?:19|20)\d{{2}}年度?[^，。；：《》（）()\d]{{3,24}}(?:通知|方案|计划|要点|安排|通知书))[（(]{_NUMBER}"
)
"""市里印发的2023年整治方案（×办〔2023〕5号), told without its brackets."""
_IN_ITS_YEAR = re.compile(
    "第?[二三四]季度|下半年|上半年.*情况|国庆|中秋|端午|[夏秋]季|秋冬|暑期|防汛|汛期|三夏|麦收|高考|安全生产月"
)
"""What nobody gives orders for before its year has begun."""
_IN_ADVANCE = re.compile("预算|提前|元旦|春节|两节|春[运季]|编[制报]|招[录聘生]|冬")
_EARLY = 15
"""Up to here a number is of the first months of its year, in which nobody gives orders for the next."""
_EDITED = (
    r"[（(]\s*(?P<year>(?:19|20)\d{2})\s*年?\s*(?:第?[一二三四五\d]次)?"
    r"(?P<how>修订|修正|年?版|年?本|试行)[^（()）〔\[，,]{0,4}"
)
_EDITION = re.compile(rf"{_EDITED}[)）]$")
"""《…预案（2013年修订）》（石政办发〔2023〕27号): what is numbered anew is of the year of its edition."""
_EDITION_BEHIND = re.compile(rf"》\s*{_EDITED}[)），,、]\s*[（(]?{_NUMBER}")
_YEAR = re.compile(
    r"(?<![\d—－\-~～至])(?P<year>(?:19|20)\d{2})年(?!以来|来|[—－\-~～至]|前|之前|以前|后|起|底)"
)
_LOOKS_ON = re.compile(r"规划|纲要|目标|愿景|远景|版|十[一二三四五六]?五")
_COUNTS = re.compile(r"普查|清查|调查|竞赛|运动会|换届")
"""What is prepared for years before it is held."""
_TELLS = re.compile(
    r"审计|决算|结算|统计|普查|清查|年鉴|年报|表彰|竣工|验收|遗留|以来|历史|灾后|重建|修复|事故|(?<![方预草提议])案|修订|修正|废止|调整|补[助贴发]|资金|债|欠|存量|评估|合同|协议|移民|征[地收]|毕业|退[役伍]|交易|认定|复核|变更|后续|管护|水毁|延期|完工|销号|历年|档案|清[理欠]|质保"
)
"""What is still dealt with when its year is long over."""
_REVIEWED = re.compile(r"年度|考核|结果|评[价比优估选]|奖|绩效|完成情况")
"""What is told in the year after, and dealt with in the one after that."""
_REVIEWS = re.compile(r"总结|[上下]半年|季度|月份|工作情况")
_MADE = re.compile(r"(?:方案|计划|要点|安排|预案|部署|设计|办法|制度|细则|规则|规程)(?:的(?:紧急)?通知)?$")
_PLAN = re.compile(r"(?:方案|实施意见|计划|要点|安排|预案|部署)(?:的(?:紧急)?通知)?$")
_TO_DO = re.compile(
    r"(?:做好|开展|加强|组织|推进|落实|抓好|举办|召开).*(?:工作|行动|活动|整治|检查|排查|演练|培训)的?(?:紧急)?通知$"
)
_WINTER = re.compile(r"冬|跨年|岁末|年[终末]|年度|考核|总结|申报|情况|报[送表]")
_FIVE_YEARS = re.compile(
    rf"《[^《》]{{0,24}}“(?P<which>十[一二三四五六])五”[^《》]{{0,24}}规划[^《》]{{0,6}}》[（(]{_NUMBER}"
)
_LONG_AHEAD = re.compile(
    r"《[^《》]{0,40}?[（(]?(?P<year>(?:19|20)\d{2})年?[—－\-~～至](?:19|20)\d{2}年[^《》]{0,14}》+"
    r"[^《》。；]{0,3}[（(][^（）()〔\[]{0,12}[〔\[［](?P<number>(?:19|20)\d{2})[〕\]］]"
)
_SPAN = re.compile(
    r"(?P<first>(?:19|20)\d{2})[—－\-~～至](?P<last>(?:19|20)\d{2})(?:年度|学年度?|年)(?=[\u4e00-\u9fff])"
)
_LOOKS_BACK = re.compile(r"上一?(?:年|学年|期|度)|去年|往年|以往|历年|较|比|同期|曾|原|先后|分别|回顾")
_FOUNDED = re.compile(r"成立|印发|制定|根据|按照|《[^》]*$")
"""What is done for a span and not told of one that is over: 2024—2025学年度共检查食堂52次."""
_OLD = 2
"""Years that no edition lies behind the number it is given with."""
_ALIKE = 4
"""Characters behind a year that make two matters one."""
_LONG_PAST = 5
"""Years after which hardly any paper is still about one."""
_FIVE, _YEARS_AHEAD = 5, 3
"""Years by which a plan of several years is hardly numbered ahead of its first."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where a span stands in the title beside another, or the clause looks back."""
    own = _own_span(document, frame)
    for start, passage in passages(document):
        if "20" not in passage:
            continue
        said = folded(passage)
        for match in (
            *_NUMBERED.finditer(said),
            *_NUMBERED_BEFORE.finditer(said),
            *_GIVEN_OUT.finditer(said),
            *_UNNAMED.finditer(said),
        ):
            edition = _EDITION.search(said, *match.span("name"))
            years = [edition] if edition else list(_YEAR.finditer(said, *match.span("name")))
            if len({each["year"] for each in years}) == 1 and _apart(match["name"], years[0], match, frame):
                yield _of_two(start, said, years[0], match, frame)
        for match in _EDITION_BEHIND.finditer(said):
            if int(match["number"]) - int(match["year"]) >= _OLD:
                yield _of_two(start, said, match, match, frame)
        for match in _FIVE_YEARS.finditer(said):
            first = 2001 + ((from_han(match["which"]) or 0) - 10) * 5
            ours = any(first - 1 <= each <= first + _FIVE for each in frame.years)
            if ours and not first - _YEARS_AHEAD <= int(match["number"]) < first + _FIVE:
                yield _other(start, said, match.span("number"), f"{first}—{first + 4}")
        for match in _LONG_AHEAD.finditer(said):
            if int(match["number"]) + _YEARS_AHEAD < int(match["year"]):
                yield _other(start, said, match.span("number"), match["year"])
        if own:
            yield from _spans(said, start, own, frame)


def _of_two(start: int, said: str, named: re.Match[str], numbered: re.Match[str], frame: Frame) -> Finding:
    """Of a name's year and its number's, the one that is farther from the paper's own differs."""
    year, number = int(named["year"]), int(numbered["number"])
    own = frame.years or {year}
    if min(abs(year - each) for each in own) > min(abs(number - each) for each in own) or not frame.years:
        return _other(start, said, named.span("year"), str(number))
    return _other(start, said, numbered.span("number"), str(year))


def _apart(name: str, named: re.Match[str], numbered: re.Match[str], frame: Frame) -> bool:
    """Whether no paper named with one year has a number of the other."""
    year, number = int(named["year"]), int(numbered["number"])
    gap = number - year
    if named.re is _EDITION:
        # What is amended may keep the number that it had.
        return gap >= _OLD or (gap <= -_OLD and named["how"] in ("修订", "版", "年版", "本", "年本"))
    if gap >= 2 and _is_titled(name, year, number, frame):
        return True
    if gap == -1 and _IN_ITS_YEAR.search(name) and numbered.re is not _GIVEN_OUT:
        return not _LOOKS_ON.search(name) and not _COUNTS.search(name)
    which = numbered.groupdict().get("which")
    if gap == -1 and which and int(which) <= _EARLY and not _LOOKS_ON.search(name):
        return not _COUNTS.search(name) and not _IN_ADVANCE.search(name)
    if gap < 0:
        long = bool(_COUNTS.search(name)) or (year % 5 == 0 and year > max(frame.years, default=0) + 1)
        return gap <= (-3 if long else -2) and (bool(_TO_DO.search(name)) or not _LOOKS_ON.search(name))
    if gap >= 2 and _REVIEWS.search(name) and not _TELLS.search(name.replace("总结", "")):
        return True
    if gap >= 2 and (_MADE.search(name) or _TO_DO.search(name)):
        return not _TELLS.search(name.replace("审计计划", "")) or gap >= _LONG_PAST
    if gap == 1:
        return bool(_PLAN.search(name)) or (bool(_TO_DO.search(name)) and not _WINTER.search(name))
    return gap >= (3 if _REVIEWED.search(name) else 2) and not _TELLS.search(name)


def _is_titled(name: str, year: int, number: int, frame: Frame) -> bool:
    """Whether the paper itself is about the same matter of the year of the number: 关于下达2024年…资金的通知."""
    behind = name.partition(f"{year}年")[2]
    return len(behind) >= _ALIKE and f"{number}年{behind[:_ALIKE]}" in folded(frame.title)


def _own_span(document: Document, frame: Frame) -> tuple[int, int] | None:
    """The one span of years, from one to the next, of a title that holds."""
    if not frame.title_years:
        return None
    title = "".join(document.said(document.paragraphs[at]) for at in frame.parts.title)
    spans = {(int(each["first"]), int(each["last"])) for each in _SPAN.finditer(folded(title))}
    (found,) = spans if len(spans) == 1 else (None,)
    return found if found and found[1] - found[0] == 1 else None


def _spans(said: str, start: int, own: tuple[int, int], frame: Frame) -> Iterator[Finding]:
    for match in _SPAN.finditer(said):
        told = int(match["first"]), int(match["last"])
        clause = re.split(r"[，。；：]", said[: match.start()])[-1]
        # When it is over, the next one is prepared for.
        if told[0] == own[1] and frame.signed and frame.signed.year == own[1] and not is_plan(frame.title):
            continue
        before = told[1] == own[0] and not _FOUNDED.search(clause)
        if told != own and told[1] - told[0] == 1 and not before and not _LOOKS_BACK.search(clause):
            yield _other(start, said, match.span(), f"{own[0]}—{own[1]}")


def _other(start: int, said: str, span: tuple[int, int], own: str) -> Finding:
    return rules()["other-year"].finding(
        start + span[0], start + span[1], found=said[span[0] : span[1]], own=own
    )
