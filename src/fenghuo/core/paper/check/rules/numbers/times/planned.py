"""Lists of what is to come, whose later sentences do not say so themselves."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from ....document import Document
from ..text.dates import Moment, moments
from ..text.sentences import Sentence

_PLANNED = re.compile(
    r"(?:^\s*【[^】]{0,8}(?:下一?步|打算|安排|计划|建议|要求|部署|任务)[^】]{0,4}】|(?:^|[。；])下半年，(?=\d{1,2}月[^，。；\d]{2,16}[，。；])|^\s*(?:[一二三四五六七八九十]|第[一二三四五六七八九十])(?:[是，、]+)?要(?!求|点|素|闻|案)|(?:^|[。；])\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?)?(?:下一?步|下阶段|接下来|今后|下半年[^。；，：\d]{0,4}(?:打算|计划|准备|安排|要|拟|将(?!军|相)))(?=[，：:]|[^。；]{0,8}(?:打算|计划|准备|安排|要|拟|将|重点|继续|抓|做|干|搞))|^(?:下半年|下季度|下学期|下一?步|下阶段|明年|接下来|今后)[：:]|(?:下半年|下季度|下学期|下一?步|下阶段|明年|接下来|今后)[^，。；：:\d]{0,8}(?:做好|抓好|抓|做|办好|干好|推进)[^，。；：:]{0,8}[：:]|^[^，。；：:\d]{0,8}(?:打算|计划|安排|思路)[：:，]|(?:下半年|下一?步|下阶段|接下来)[^。；\d]{0,16}将(?!军|相)[^。；\d]{0,24}[：:])"
)
"""What opens a list of what is to come."""
_OPENING = 12
"""Characters of a sentence among which it does."""


BACK = re.compile(
    r"总结|报告|通报|情况|汇报|小结|讲话|简报|分析|公报|统计|月报|季报|快报|综述|述评|评价|速报|动态"
)
"""What a title says that looks back."""
_PLANS = re.compile(r"计划|安排|打算|要点|方案|思路|部署|任务|通知|意见|预案")


def is_plan(title: str) -> bool:
    """Whether a title names what is to be done and nothing that was."""
    return bool(_PLANS.search(title)) and not BACK.search(title)


CARRIED = re.compile(
    r"(?:结转|转入|列入|纳入|移[至到]|推迟[至到]|顺延[至到]|留待|留[至到]|放[在到]|安排[在到])[^，。；\d]{0,4}$"
)
"""What a time follows to which something was put off."""

VACATION = re.compile(r"[寒暑]假|假期|放假|返校|返岗|报到|注册|开学|上课|收假|行课")
"""What a paper of a term tells of the months beside it."""
_TO = re.compile(r"\s*(?:起[，,]?)?\s*(?:至|到|[—\-–~～]{1,2})\s*")
_IS = re.compile(
    r"\s*(?:为|是|系|属|作为|被?定为|列为)(?!期)|[^，。；\d]{0,12}[期间](?:内|间)?(?=[，。；为是])"
)
_CALLED = re.compile(
    r"(?:[时期]间?|时段|时限|阶段|步骤|活动|行动)(?:共|自|从|为|是|定[为于在]|[：:])?\s*(?:自|从)?$"
)
"""What a period is told to be, behind it and before it."""
_ON_TO = re.compile(r"(?:[，,]|持续|延续|开放)[至到]$")
_FROM, _BEGAN = re.compile(r"(?:自|从)$"), re.compile(r"[^，。；\d]{0,8}[，,](?:为期[^，。；]{1,6}[，,])?\s*")
_STARTED = re.compile("启动|开始|开工|开展")
_ENDS = re.compile(r"(?:全部|正式|全面)?(?:落幕|闭幕|结束|收官|截止|撤展|收摊|停止)(?!了)")
_SO_FAR = re.compile(r"截至|截止|目前|现阶段|正在")
_MONTHS = range(1, 13)


def goes_on(text: str, last: Moment, months: Container[int | None] = _MONTHS) -> bool:
    """5月10日至9月30日为检查期, told in June: whether a period began in some months and may last beyond."""
    begun = [each for each in moments(text[: last.start]) if each.month in months]
    if begun and _ON_TO.search(text[: last.start]):
        return True  # 6月20日启动，至8月25日结束
    if ends_then(text, last):
        return True
    if not begun or not _TO.fullmatch(text[begun[-1].end : last.start]):
        return False
    before = text[: begun[-1].start]
    return bool(_IS.match(text, last.end) or _CALLED.search(before) or (last.day and _SO_FAR.search(text)))


def ends_then(text: str, last: Moment) -> bool:
    """从9月28日亮灯，10月12日落幕: whether what began before ends on a day, which need not have come."""
    if not _ENDS.match(text[last.end :]):
        return False
    begun = moments(text[: last.start])
    return (
        bool(begun)
        and bool(_FROM.search(text[: begun[-1].start]) or _STARTED.match(text, begun[-1].end))
        and bool(_BEGAN.fullmatch(text[begun[-1].end : last.start]))
    )


def is_planned(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence belongs to a list of what is to come, which its paragraph opens with or comes to."""
    paragraph = document.paragraphs[sentence.index]
    planned = _planned_from(document.said(paragraph))
    return planned is not None and paragraph.start + planned <= sentence.start + _OPENING


@lru_cache(maxsize=8)
def _planned_from(said: str) -> int | None:
    """Where a paragraph comes to what is to come; asked for each of its sentences, found once."""
    match = _PLANNED.search(said)
    return match.start() if match else None
