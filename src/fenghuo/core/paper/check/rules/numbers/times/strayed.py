"""Days and months whose year has strayed: ten years back, or out of the order of the years beside it.

Of a year alone much is told that is long over; a month or a day of one is told where it began, was made or happened,
and else only by a slip: 2013年5月1日至9月30日平均降水量742毫米, in a paper of 2023.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ....document import Document
from ....finding import Finding
from ..text.dates import Moment, moments
from ..text.frame import Frame
from ..text.sentences import sentences
from .occasions import other_year

_NEAR, _FAR = 8, 22
"""Years back between which a slip of one digit, or of two, lies."""
_BEGAN = re.compile(
    r"建|始|创|施行|执行|出生|前|历史|最[高低大小多]|首|成立|设立|组建|[^打公]开[放业馆园办始工]|[启投][用产运]|投入|竣工|通车|颁布|[公发]布|修[订正]|印发|出台|制定|"
    r"获|评[为定选]|命名|授|任|入[职党伍学围]|毕业|退[休役伍]|签[订署]|承包|租|到期|期满|周年|曾|普查|至今|以来[^，。；]*(?:先后|累计)|形成|震|洪|灾|事故|火|案|疫|"
    r"购|买|登记|注册|立[案项]|批准|批复|年代|始[办创设于]|首办|当[年时]|起[，,]|移交|搬|迁|合并|撤|改(?:制|造|扩|为)|收[养购]|调入|生(?!产|态|活|命|物|育)|征|裁|判|审|欠|借|贷"
)
"""What makes a day long past history."""
_SPANNED = re.compile(r"\d年?(?:\d{1,2}月)?(?:\d{1,2}日)?\s*[—\-–~～至到、和及与]+\s*$")
_SPANS = re.compile(r"\s*[起初底度末]?\s*[—\-–~～至到、和及与]+\s*(?:今|(?P<year>\d{4})年)")
_CLAUSE = re.compile(r"[，。；：]")
_COMPARES = re.compile(r"较|比|同期|上[年届次]|去年|前次|相|曾|原|遗留|已")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where a paper tells no year of its own."""
    if not frame.years:
        return
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    for sentence in sentences(document):
        if sentence.cell or sentence.index in skipped or "年" not in sentence.text:
            continue
        text = re.sub(r"《[^《》]*》", lambda match: "　" * len(match[0]), sentence.plain)
        told = [each for each in moments(text) if each.year]
        for moment in told:
            if (moment.month and _long_ago(text, moment, frame)) or _out_of_order(text, moment, told, frame):
                yield other_year(sentence, moment.start, moment.end, frame.years)


def _long_ago(text: str, moment: Moment, frame: Frame) -> bool:
    """Whether a month or a day lies so far back that a digit was mistaken, and nothing makes it history."""
    year = moment.year or 0
    if not _NEAR <= min(frame.years) - year <= _FAR or _SPANNED.search(text[: moment.start]):
        return False
    spans = _SPANS.match(text, moment.end)
    if spans and (not spans["year"] or int(spans["year"]) != year):
        return False
    before, after = _CLAUSE.split(text[: moment.start])[-1], _CLAUSE.split(text[moment.end :].lstrip("，"))[0]
    return not _BEGAN.search(before + "　" + after)


def _out_of_order(text: str, moment: Moment, told: Sequence[Moment], frame: Frame) -> bool:
    """2025年9月底前完成，2021年12月验收，2026年移交: one year of a row that goes on but for it."""
    at = told.index(moment)
    spanned = _SPANNED.search(text[: moment.start]) or _SPANS.match(text, moment.end)
    if not 0 < at < len(told) - 1 or not moment.month or spanned:
        return False
    first, last = told[at - 1].year or 0, told[at + 1].year or 0
    year = moment.year or 0
    clause = _CLAUSE.split(text[: moment.start])[-1] + _CLAUSE.split(text[moment.end :])[0]
    own = first in frame.years and last - first in (0, 1) and not first <= year <= last
    return own and not _COMPARES.search(clause)
