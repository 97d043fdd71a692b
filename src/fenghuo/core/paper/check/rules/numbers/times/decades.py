"""Years five or more behind a paper's own, in places where only its own time can stand: copied along, or mistyped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ..text.dates import Moment

FAR = 5
"""Years that part what is long past from what a paper may still deal with."""
ORDERS = (
    *("通知", "方案", "工作要点", "要点", "预案", "意见", "计划", "批复", "函", "复函", "通报", "预警单"),
    *("通告", "公告", "决定", "请示", "讲话", "讲话稿", "办法", "细则", "清单", "会议纪要", "纪要"),
)
"""Kinds that say what has to be done."""
_TELLS = (*("总结", "报告", "通报", "汇报", "情况", "工作情况", "简报", "会议纪要", "纪要", "决定"),)
"""Kinds whose first sentence tells of what they are about."""
_PAST = re.compile(
    r"以来|至今|曾|当年|历史|始建|建于|成立|设立|组建|建成|修建|购置|投用|改建|获|评为|命名|遗留|结余|审计|普查|原(?:[定为有来址]|计划)|自[^，。；]{0,3}$|近年|多年|首次|第一次|先后|施行"
)
_ENDS = re.compile(r"(?:期限|有效期|截止(?:日期|时间)?|延长|顺延|推迟)[^，。；\d]{0,4}$")
_OPENS = re.compile(
    r"^\s*(?:[上下]半年|全年|度|[一二三四]季度|入?汛|汛期|防火期|[^，。；]{0,4}假期)?[后期]?[，,日上下午\s\d时分]"
)
_SEASON = re.compile(
    r"^\s*(?:主?汛期|[森草][^，。；]{0,6}防火期|防火期|禁渔期|休渔期|采暖[季期]|供暖[季期]|[^，。；]{1,3}假期|旅游旺季|春运|冬春季?)[^，。；]{0,3}?(?:自|从|将|即将|已|为|是|定)"
)
_RUNS = re.compile(r"^\s*起[，,]?\s*[至到]")
_WAS = re.compile(
    r"(?:增加到|增至|增长到|提高到|上升到|升至|降至|降低到|下降到|减少到|减至|扩大到|发展到|达到了?)$"
)
_BEGINS = re.compile(r"^\s*(?:之?前|起)?(?:开工|动工|启动|开始|开建|进场|实施|施工)")
_SESSION = re.compile(r"^\s*第[一二三四五六七八九十\d]+次[^，。；]{0,8}会")
_CALLED = re.compile(r"(?:召开|举行|主持|参加|传达)(?:了)?[^，。；]{0,6}$")
_UNTIL = re.compile(r"(?:截至|截止到?)$")
_SINCE_THEN = re.compile(r"目前|如今|现已|到今年|到去年|欠|债|化解|偿还|存量|积压|陈案|积案")
_COMPARES = re.compile(r"对比|比较|相比|分别为|三年")
_WILL = re.compile(r"(?:拟|计划|将|预计)(?!于|完成|的)[^。；]{1,14}[，,]$")
_TABLED = re.compile(r"现将|提请|报告")
_BUDGET = re.compile(
    r"^\s*度?[^，。；\d]{0,10}(?:预算|计划)[^，。；\d]{0,4}(?:执行|完成)情况|^\s*度?[^，。；\d]{0,10}(?:预算|计划)草案"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A year in its sentence: what stands before and after it, and before it in its own clause.

    `first` says that no sentence of the body comes before, `ahead` that its section is about what comes next,
    and `years` holds all that the sentence names, in their order.
    """

    year: int
    moment: Moment
    before: str
    clause: str
    after: str
    text: str
    ahead: bool
    first: bool
    years: tuple[int, ...]


def misplaced(told: Told, kind: str, own: set[int]) -> bool:
    """Whether a year so far behind stands where only one of the paper's own can."""
    if min(own) - told.year < FAR or told.moment.relative:
        return False
    return (
        _opening(told, kind)
        or (kind in ORDERS and _ordered(told, own))
        or _after_later(told)
        or _in_sequence(told, own)
        or bool(_SESSION.match(told.after) and _CALLED.search(told.clause))
        or bool(_BUDGET.match(told.after) and _TABLED.search(told.before))
        or (
            bool(_UNTIL.search(told.clause))
            and set(told.years) <= {told.year} | own
            and not _PAST.search(told.text)
            and not _SINCE_THEN.search(told.text)
        )
    )


def _opening(told: Told, kind: str) -> bool:
    """2015年，我镇围绕…: the first sentence of a paper that tells of what it is about."""
    if not told.first or kind not in _TELLS or _PAST.search(told.text):
        return False
    if told.clause.strip():
        # 根据统一安排，我县于2015年3月启动…
        return bool(told.moment.month and re.search(r"于$", told.clause)) and "的" not in told.after[:14]
    return not told.before.strip() and bool(told.moment.month or _OPENS.match(told.after))


def _ordered(told: Told, own: set[int]) -> bool:
    """Ends of terms, times of the year, starts of works, in a paper that says what has to be done."""
    if re.search(r"已|曾|原(?:定|为|有)|届满|到期|期满", told.before[-12:] + told.after[:12]):
        return False
    if re.search(r"[至到为：:]$", told.clause) and _ENDS.search(told.clause[:-1]):
        return True
    if not told.moment.month and _SEASON.match(told.after):
        return True
    if told.moment.day and _RUNS.match(told.after):
        return True
    if told.moment.day and (_WILL.search(told.before) or (not told.clause.strip() and _span_begins(told))):
        return True
    return bool(told.moment.month and _BEGINS.match(told.after)) and bool(set(told.years) & own)


def _span_begins(told: Told) -> bool:
    """2016年4月20日至24日，为期5天: a period that opens its sentence."""
    return bool(re.match(r"\s*[至—\-－~～]", told.after)) and not re.search(
        r"的|形成|之间|出生|发生|遭|开展了|进行了|统计|期间|连续|降雨|灾", told.after[:40]
    )


def _after_later(told: Told) -> bool:
    """由2023年的38名增加到2015年的60名: what comes after cannot be earlier."""
    earlier = [year for year in told.years[: told.years.index(told.year)] if year]
    return bool(_WAS.search(told.clause)) and bool(earlier) and max(earlier) > told.year


def _in_sequence(told: Told, own: set[int]) -> bool:
    """2016年480万元，2027年720万元，2028年750万元: the one that breaks a row of years."""
    at = told.years.index(told.year)
    others = told.years[:at] + told.years[at + 1 :]
    if len(others) < 2 or _COMPARES.search(told.text) or not set(others) & (own | {max(own) + 1}):
        return False
    return all(after - before == 1 for before, after in pairwise(others))
