"""Papers of one year, long over, that something of today is done by: 按照《…2013年整治实施方案》 in a paper of 2023."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...document import Document
from ...finding import Finding
from ...numerals import folded
from ...rulebook import rules
from .frame import Frame
from .occasions import listed
from .sentences import passages

_BY = re.compile(
    r"(?:根据|按照|按|依据|依照|遵照|对照|参照|贯彻|落实|执行)[^，。；：《》\d]{0,12}(?:《[^《》]{2,80}》[^《》。；]{0,30})?《$"
)
_CITED = re.compile(r"《(?P<name>[^《》\n]{4,80})》")
_YEAR = re.compile(
    r"(?<![\d—－\-~～至])(?P<year>(?:19|20)\d{2})年(?!以来|来|[—－\-~～至]|前|之前|以前|后|起|底|修[订正]|版)"
)
_OF_ITS_YEAR = re.compile(
    r"(?:方案|计划|要点|安排|部署|办法|细则|标准|(?:工作|行动|活动|整治|检查|排查|演练|培训|防治)的?(?:紧急)?通知)$"
)
_LASTS = re.compile(
    r"工程|项目|建设规划|总体规划|初步设计|可行性|审计|决算|普查|清查|灾后|重建|合同|协议|征[地收]|遗留|历史|试点|版|条例|规程|定额|移民"
)
"""What goes on after its year, and what is still told of it."""
_BACK = re.compile(
    r"以来|曾|当年|当时|原|历史|历年|先后|始终|沿用|废止|失效|停止执行|修订|回顾|\d{4}年(?:印发|出台|制定)的?《$"
)
_LONG = 4
"""Years after which nothing is done by a paper of one year any more."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where a paper tells no year of its own, or the sentence looks back."""
    if not frame.years:
        return
    oldest = min(frame.years) - _LONG
    for start, passage in passages(document):
        if "《" not in passage:
            continue
        said = folded(passage)
        for match in _CITED.finditer(said):
            years = {each["year"]: each for each in _YEAR.finditer(said, *match.span("name"))}
            if len(years) != 1 or not _OF_ITS_YEAR.search(match["name"]) or _LASTS.search(match["name"]):
                continue
            (year,) = years.values()
            sentence = re.split(r"[。；]", said[: match.start() + 1])[-1]
            if int(year["year"]) <= oldest and _BY.search(sentence) and not _BACK.search(sentence):
                yield rules()["other-year"].finding(
                    start + year.start("year"),
                    start + year.end("year"),
                    found=year["year"],
                    own=listed(sorted(frame.years)),
                )
