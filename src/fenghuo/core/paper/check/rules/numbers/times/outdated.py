"""Papers and plans long over that something of today is done by: 《…2013年整治实施方案》 in a paper of 2023."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_han
from ....rulebook import rules
from ..text.frame import Frame
from ..text.sentences import passages
from .occasions import listed

_BY = re.compile(
    r"(?:根据|按照|按|依据|依照|遵照|对照|参照|贯彻|落实|执行)[^，。；：《》\d]{0,12}(?:《[^《》]{2,80}》[^《》。；]{0,30})?《$"
)
_CITED = re.compile(
    r"《(?P<name>[^《》\n]{4,80})》+(?:[^《》。；\d]{0,3}[（(][^（）()〔\[]{0,14}[〔\[［](?P<number>(?:19|20)\d{2})[〕\]］])?"
)
_YEAR = re.compile(
    r"(?<![\d—－\-~～至])(?P<year>(?:19|20)\d{2})年(?!以来|来|[—－\-~～至]|前|之前|以前|后|起|底|修[订正]|版|[^《》）)]{0,3}(?:公布|施行|通过|发布))"
)
_SPAN = re.compile(r"(?P<first>(?:19|20)\d{2})年?[—－\-~～至]{1,2}(?P<year>(?:19|20)\d{2})(?=年)")
_PLAN = re.compile(r"[“\"]?(?P<which>十[一二三四五六]?|九)五[”\"]?(?!普法)")
_OF_ITS_YEAR = re.compile(
    r"(?:方案|计划|要点|安排|部署|办法|细则|标准|(?:工作|行动|活动|整治|检查|排查|演练|培训|防治)的?(?:紧急)?通知)$"
)
_ORDERS = re.compile(r"(?:方案|计划|要点|安排|部署|通知书?|批复)$")
"""What is given for a matter in hand, and not for good as rules and opinions are."""
_LASTS = re.compile(
    r"工程|项目|建设规划|总体规划|初步设计|可行性|审计|决算|普查|清查|灾后|重建|合同|协议|征[地收]|遗留|历史|试点|版|条例|规程|定额|移民"
)
"""What goes on after its year, and what is still told of it."""
_ALWAYS = re.compile(
    r"普查|清查|灾后|重建|征[地收]|遗留|历史|版|条例|规程|定额|移民|年鉴|志|标准|统计|公报|目录|决算|修[订正]"
)
"""What of this is told however long it is over."""
_BACK = re.compile(
    r"以来|曾|当年|当时|原|历史|历年|先后|始终|沿用|废止|失效|停止执行|回顾|到期|期满|追溯|\d{4}年(?:印发|出台|制定)的?《$"
)
_REVISED = re.compile(r"修订")
_LONG, _LONGER, _LONGEST = 4, 5, 8
"""Years after which nothing is done by a paper of one year, is told of it, is done by an order any more."""
_PLAN_OVER = 2
"""Years after its last, or before its first, in which a plan is no plan of the time."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where a paper tells no year of its own, or the sentence looks back."""
    if not frame.years:
        return
    for start, passage in passages(document):
        if "《" not in passage:
            continue
        said = folded(passage)
        for match in _CITED.finditer(said):
            sentence = re.split(r"[。；]", said[: match.start() + 1])[-1]
            if _BACK.search(sentence):
                continue
            for found in _over(said, match, sentence, frame):
                yield rules()["other-year"].finding(
                    start + found.start(),
                    start + found.end(),
                    found=found[0],
                    own=listed(sorted(frame.years)),
                )
                break


def _over(said: str, match: re.Match[str], sentence: str, frame: Frame) -> Iterator[re.Match[str]]:
    """What in a paper's name, or in its number, is of a time that is over or far to come."""
    low, high = min(frame.years), max(frame.years)
    name, place = match["name"], match.span("name")
    for plan in _PLAN.finditer(said, *place):
        first = 2001 + ((from_han(plan["which"]) or 0) - 10) * 5
        if first + 4 + _PLAN_OVER <= low or high + _PLAN_OVER <= first:
            yield plan
    if _ALWAYS.search(name):
        return
    years = {each["year"]: each for each in (*_SPAN.finditer(said, *place), *_YEAR.finditer(said, *place))}
    if len(years) == 1:
        (year,) = years.values()
        gap = low - int(year["year"])
        done_by = _BY.search(sentence) and not _REVISED.search(sentence)
        if gap >= _LONGER or (
            gap >= _LONG and done_by and _OF_ITS_YEAR.search(name) and not _LASTS.search(name)
        ):
            yield year
    if match["number"] and low - int(match["number"]) >= _LONGEST and _ORDERS.search(name):
        number = _NUMBER.search(said, match.start("number"))
        if number:
            yield number


_NUMBER = re.compile(r"\d{4}")
