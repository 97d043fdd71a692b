"""Whether a time that was taken for a fault is one to come, one up to which something counts, or one told before."""

from __future__ import annotations

import re

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..text.dates import moments
from ..text.frame import frame
from ..text.sentences import around

_PUT_OFF = re.compile(
    r"(?:[最至]迟(?:于|在)?|[须应](?:分别)?于|(?:延期?|推迟|延后|顺延|延长|改期|移|留|转)[至到待]|安排[在于]|[放定]在|[列纳]入|[要需]?等[到待]?|满足|用于|(?:建设|工|合同|服务|有效|任)期[^。；]{0,24}至|加上|连同|(?:公示|公告|异议|报名|申报)期(?:限)?(?:自|为|从)[^，。；]{0,12})$"
)
_INSIDE = re.compile(
    r"(?!截至|截止|起至|其中)[\u4e00-\u9fff]{2}(?<![至到从自])$|[\u4e00-\u9fff]{2}(?:[在于自]|(?<![升降增减涨跌])至)$"
)
_QUARTER = re.compile("第?([一二三四])季度")
_UP_TO = re.compile(r"(?:截至|截止到?|至|到)(?:第)?$")
_TERM = re.compile(
    r"(?P<first>(?:19|20)\d{2})年\d{1,2}月(?:\d{1,2}日)?[至到—－\-~～]{1,2}(?P<last>(?:19|20)\d{2})年\d{1,2}月"
)
_YEARS = re.compile(r"(?P<first>(?:19|20)\d{2})年?[至到—－\-~～]{1,2}(?P<last>(?:19|20)\d{2})年(?!\d{1,2}月)")
_ABOVE = 80
_BOUND = re.compile(r"\s*(?:之前|以前|前|以后|之后|后)[^，。；\d]{1,6}的")
"""1980年以前建成的2个: what only says which."""
_COUNTED_TO = re.compile(r"截[至止]到?$")
_TERM_TO = re.compile(r"[\u4e00-\u9fff]{2}(?<![截升降增减涨跌])[至到]$")
_DUE = re.compile(r"\s*(?:[底末]|[上中下]旬)?(?:之?前|以前)")
_COUNTS = re.compile(r"前[^，。；\d]{2,6}\d+[\u4e00-\u9fff]$")
_ENDS_EARLY = re.compile(r"[至到—\-－~～]{1,2}[1-6]月")
"""Behind a month of the first half: a time that is over before the second."""
_DID = re.compile(
    r"已|了(?!解)|均|共|完成|召开|开展|组织|举[行办]|进行|发生|启动|印发|下发|出动|转移|查处|排查|\d"
)
_SAID = re.compile(r"(?:说|答复|回复|告知|答应|约好|[定约]了)(?:[，：是]|最快)?$")
_CAN = re.compile(r"\s*(?:以后|之后|后)?(?:就|便)?(?:才|能(?![力量源够效])|会(?=[到来送发装修]))")
"""What others say of a day to come, and what can be only then."""
_SINCE = re.compile(r"(?:[上中下]旬|份|[底末初])?以来")
_TOLD = re.compile(
    r"将(?=[^，。；]{2,40}?(?:到|至|给))|已|了(?!解)|均|全部(?!竣|完)|顺利|如期|按期|完成|召开|开展|组织"
)


def is_put_off(document: Document, found: Finding) -> bool:
    """最迟于9月20日整改完毕, 推迟至2024年3月, 至二季度末累计: a time to which, or up to which, not in which."""
    before, after = around(document, found.span)
    if _SINCE.match(after):
        return False  # 8月以来: what is to come has no since
    if _TERM_TO.search(before) and _is_to_come(document, found):
        return True  # 受理至12月10日
    counted = _COUNTED_TO.search(before) and _is_to_come(document, found)
    if _PUT_OFF.search(before) or (_UP_TO.search(before) and after[:1] in ("末", "底") and not counted):
        return True
    if before.endswith("在") and "基础上" in after:
        return True
    if _is_to_come(document, found) and (_SAID.search(before) or _CAN.match(after) or _before_term(after)):
        return True
    lead = re.split("，", before)[-1]
    clause = lead + "，".join(re.split("，", after)[:2])
    # 另一半10月动工: a month behind its subject may be one to come; a day (出现在9月14日) mostly tells what was.
    dated = "日" in document.text[found.span.start : found.span.end]
    inside = bool(not dated and _INSIDE.search(lead)) or "安排" in clause
    due = _DUE.match(after) and not _COUNTS.search(after.partition("，")[0])
    if (due or (inside and _is_to_come(document, found))) and not _TOLD.search(clause):
        return True
    # 1月至9月累计, 第一季度完成2.85亿元，上半年累计: what came before counts as well.
    return (
        not dated
        and "累计" in lead + "，".join(re.split("，", after)[:2])
        and not _ENDS_EARLY.match(after)
        and not _is_to_come(document, found)
    )


def _before_term(after: str) -> bool:
    """石料3月25日进场，4月10日前完工: what comes before a term in its sentence is to come as well."""
    told = after.lstrip("，").partition("，")[0]
    return not _DID.search(told) and any(
        each.month and _DUE.match(after, each.end) for each in moments(folded(after))
    )


def _is_to_come(document: Document, found: Finding) -> bool:
    """Whether a time lies behind the day of signing."""
    time = frame(document)
    told = document.text[found.span.start : found.span.end]
    moment = next(iter(moments(told)), None)
    quarter = _QUARTER.search(told)
    month = moment.month if moment else 3 * "一二三四".index(quarter[1]) + 3 if quarter else None
    if not time.signed or not month:
        return time.half == 1 and bool(month and month > 6)
    year = (moment.year if moment else None) or time.year or time.signed.year
    day = moment.day or 1 if moment else 28
    return (year, month, day) > (time.signed.year, time.signed.month, time.signed.day)


def of_that_year(document: Document, found: Finding) -> bool:
    """对2017年度工程进行了督查, and below 2017年度计划实施48处: the year that the paper said it is about."""
    told = re.match(r"(?:19|20)\d{2}年度", document.text[found.span.start : found.span.end + 2])
    if "现行" in around(document, found.span)[0]:
        return True  # 现行水价每立方米0.2元，自2018年5月1日起执行
    if _BOUND.match(around(document, found.span)[1]) or _in_span_above(document, found):
        return True
    before = re.sub(r"《[^《》]*》", "", document.text[: found.span.start])
    return (bool(told) and told[0] in before) or _within_term(document, found, folded(before))


def _in_span_above(document: Document, found: Finding) -> bool:
    """2020年至2024年已改造31个小区。2021年最多: one of the years that its paragraph told just before."""
    told = re.match(r"((?:19|20)\d{2})年", folded(document.text[found.span.start : found.span.end + 1]))
    start = max(document.text.rfind("\n", 0, found.span.start) + 1, found.span.start - _ABOVE)
    spans = _YEARS.finditer(folded(document.text[start : found.span.start]))
    return bool(told) and any(int(each["first"]) <= int(told[1]) <= int(each["last"]) for each in spans)


def _within_term(document: Document, found: Finding, before: str) -> bool:
    """2020年6月 in a paper on a term of office 2019年4月至2023年8月: what is told lies within years told before."""
    told = re.match(r"((?:19|20)\d{2})年", folded(document.text[found.span.start : found.span.end + 1]))
    return bool(told) and any(
        int(match["first"]) < int(told[1]) < int(match["last"]) for match in _TERM.finditer(before)
    )
