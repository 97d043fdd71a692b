"""What begins and ends in one breath, each with its day: 3月29日在柳湾村开幕，4月20日落幕; 9月15日报到，19日离会.

The second day opens the clause behind the first one's, so that both are told of one thing; one of the two clauses says
that something begins or ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..text.dates import Moment

_BEGINS = re.compile(
    r"起(?![草源诉因诉点])|开[幕始工建学课馆园张业班展放赛播镰机标炉盘通行讲营战]|启[动程航幕封用]|动工|打响|吹响|拉开|揭幕|揭牌|报到|入[场住驻营学]|进[场驻点营]|登场|亮相|出发|出征|首[发演播映秀]"
    r"|上[线岗映演市]|试[点运营行]|实[施行]|施工|封[闭控]|围挡|发售|受理|动员|布展|集结|部署|立项|发起|停[工产业航运牌电水气机驶课办]|闭馆|休[市馆渔]|禁|生效"
)
_ENDS = re.compile(
    r"落[幕下]|闭幕|结[束业项题案营训]|离[会营场开]|收[官尾兵工班摊展场网]|鸣金|返[程回航校岗]|截止|终止|解[除封禁散]|撤[离展场回]|退场|谢幕|竣工|完[工成毕赛]|恢复|复[工产航课业通]|通[车航]|交付|散会"
    r"|期满|届满|到期|停止|告[终竣]|结束|验收|封顶|销号|放假|出[院营]|评[选奖]|颁奖|揭晓|公布结果|决[出赛]|投[用产]|投入使用|重新开放|开[放通馆园业](?=[，。；]|$)"
)
_BETWEEN = re.compile(r"[^。；;！？\d《》]{0,30}[，,](?:并?将?于|[至到]|预?计划?于?|拟于?)?\s*")
_OTHER = re.compile(r"次年|翌年|明年|来年|第二年|去年|上年|原|已经|此前|上一?[期届年]|前一|早在|始于")
_DAY_ALONE = re.compile(
    r"(?P<between>[^。；;！？，,\d《》]{0,12}[，,](?:于|[至到])?)(?P<day>\d{1,2})日(?!均|前|内|起|间|本|报|元|常|志|历|以|之)(?P<ends>[^，。；\d]{1,8})(?=[，。；]|$)"
)
_LATE, _EARLY = 24, 8
"""Days between which the turn of a month lies."""
_FOLLOWS = re.compile(r"(?!之?前|以前)[^，。；\d]{0,10}(?=[，。；]|$)")


def begun_and_ended(plain: str, found: Sequence[Moment]) -> Iterator[tuple[Moment, Moment]]:
    """The days that something begins and ends on; a day alone is of the same month."""
    for first, second in pairwise(found):
        if not (first.month and second.month) or first.relative or second.relative or first.lunar:
            continue
        if second.year and second.year != first.year:
            continue
        between = plain[first.end : second.start]
        ends = _FOLLOWS.match(plain, second.end)
        if ends and _BETWEEN.fullmatch(between) and _one(between, ends[0]):
            yield first, second
    for first in found:
        match = _DAY_ALONE.match(plain, first.end) if first.day and not first.relative else None
        turned = match and (first.day or 0) >= _LATE and int(match["day"]) <= _EARLY
        if match and not turned and _one(match["between"], match["ends"]):
            start = match.start("day")
            yield first, Moment(start, match.end("day") + 1, first.year, first.month, int(match["day"]))


def _one(between: str, ends: str) -> bool:
    """Whether the two clauses tell the beginning and the end of one thing."""
    if _OTHER.search(between) or _OTHER.search(ends) or between.count("，") > 1:
        return False
    return bool(_ENDS.search(ends) and not _ENDS.search(between)) or bool(
        _BEGINS.search(between) and 1 < len(ends.strip()) <= 4 and not _BEGINS.search(ends)
    )
