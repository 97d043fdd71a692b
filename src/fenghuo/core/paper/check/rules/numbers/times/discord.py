"""Seasons, their work and feasts beside a month of another part of the year: 3月3日至5日受台风影响, 2月受国庆影响.

Read is one clause, or a month that opens the sentence and the clause behind it. Silent where something is prepared,
planned, repaired or looked back on there, which is done in any month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ....outline import marks
from ....rulebook import rules
from ..text.dates import moments, ranges
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .spans import YEAR, Mention, apart, named, natures

_ANY_TIME = re.compile(
    r"去年|上年|前年|明年|来年|次年|往年|历年|每年|常年|同期|规划|计划|预案|方案|准备|储备|备[战货足荒料用]|迎接|迎战|部署|总结|回顾|评[估价比审]|台账|考核|招[生标聘收]|采购|订[货购]|征订|研[讨究]|动员|"
    r"另|[上下]一?[个次轮届期]|合同|意见|将(?!军|相)|拟|届时|提前|检修|整修|维修|维护|建设|改造|资金|款|费|补[助贴偿]|水毁|灾后|重建|修复|恢复|目标|全年|年度|预[报测防警计]|防[范御治]|以来|服务器|"
    r"遗留|遗|结转|申报|报名|认定|保险|理赔|核[定查实]|调[查研]|检查|抽检|培训|讲座|会议|文件|通知|办法|精神|入库|品种|种子|面积|产量|责任|合格|中断|自$|第[一二三四]季度|毕业|出生|入学|班"
)
_HALF = re.compile(
    r"(?P<which>[上下]半年|(?<![上下])第?[一二三四]季度)(?![^，。；\d]{0,8}(?:考核|评|总结|通报|会|审|验|拟|将|检查|另))"
    r"[\u4e00-\u9fff]{0,8}?(?:自|从|于)"
    r"(?=(?P<month>\d{1,2})月(?:\d{1,2}日|[上中下]旬)?(?:开始|启动|起|铺开|展开|开工|开[征收镰]))"
)
_PERIOD = re.compile(
    r"^[\s（(一二三四五六七八九十\d）)、.．]*(?:今年|20\d\d年)?(?P<which>[上下]半年|第?[一二三四]季度)(?!末|底|以|前|后|之|到期|例会)"
)
_IN_TURN = re.compile(r"(?:^|[，：:、—至到]|其中)$")
_OTHER_TIME = re.compile(
    r"[比较与同]|去年|上年|明年|来年|次年|往年|截至|截止|以来|到期|起|延|推迟|提前|累计|至今|顺延|半年.*半年|季度.*季度(?!的)"
)
_HEADED = 14
_RUN_IN = re.compile(r"^\s*(?:关于)?(?P<what>[^，。；：\d]{2,14})[。：:]")
_STOPS = re.compile("[，；：]")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where a paper tells no year of its own.

    By sentence; a heading that names a season also holds for the period that opens what it heads.
    """
    if not frame.years:
        return
    year = frame.year or 2000
    for sentence in sentences(document):
        if sentence.cell or "月" not in sentence.plain:
            continue
        text = re.sub(r"《[^《》]*》", lambda match: "　" * len(match[0]), sentence.plain)
        yield from _halves(sentence, text)
        yield from _periods(sentence, text, frame)
        yield from _clauses(sentence, text, year)
    yield from _headed(document)


def _halves(sentence: Sentence, text: str) -> Iterator[Finding]:
    """下半年征兵自2月10日开始."""
    for match in _HALF.finditer(text):
        if int(match["month"]) not in _months_of(match["which"]):
            yield _told(sentence, match.start("which"), match.end("which"), f"{match['month']}月")


def _months_of(which: str) -> range:
    if "半年" in which:
        return range(1, 7) if which[0] == "上" else range(7, 13)
    at = "一二三四".index(which.strip("第")[0])
    return range(3 * at + 1, 3 * at + 4)


def _periods(sentence: Sentence, text: str, frame: Frame) -> Iterator[Finding]:
    """第四季度受理26件，其中4月9件、5月11件: what opens a sentence, and none of the months told in it."""
    match = _PERIOD.match(text)
    rest = re.split(r"[，、]?(?:比|较|与|同比|环比|相比)", text[match.end() :])[0] if match else ""
    found = [each for each in moments(rest) if each.month and not each.lunar]
    if (
        not match
        or not found
        or _OTHER_TIME.search(rest)
        or any(each.year or each.relative for each in found)
    ):
        return
    own = _months_of(match["which"])
    if all(each.month not in own and _IN_TURN.search(rest[: each.start]) for each in found):
        if frame.half and own[0] // 7 == frame.half - 1:
            at = match.end() + found[0].start  # of its own half a paper means what it says
            yield _told(sentence, at, match.end() + found[0].end, match["which"])
            return
        told = "、".join(f"{each.month}月" for each in found)
        yield _told(sentence, match.start("which"), match.end("which"), told)


def _clauses(sentence: Sentence, text: str, year: int) -> Iterator[Finding]:
    told = [*named(text, year, dated=True), *natures(text)]
    words = [each for each in told if each.moment is None]
    days = [each for each in told if each.moment is not None]
    if not words or not days or len(days) > 12 or len(words) > 12:
        return
    periods = {first.start: second for first, second in ranges(text, moments(text))}
    for word in words:
        low = max((match.end() for match in _STOPS.finditer(text, 0, word.start)), default=0)
        high = _STOPS.search(text, word.end)
        end = high.start() if high else len(text)
        day = _day_of(text, word, days, low, end)
        if day is None or (
            _ANY_TIME.search(text[min(low, day.start) : day.start] + _rest(text, day, word, end))
        ):
            continue
        if re.search(r"[至到、](?:\d{4}年)?$", text[: word.start]) or re.match(r"[至到]", text[word.end :]):
            continue
        months = set(day.months)
        until = periods.get(day.start)
        if until and until.month:
            month = day.moment.month if day.moment else None
            while month and month != until.month and len(months) < YEAR:
                month = month % YEAR + 1
                months.add(month)
        if apart(word.months, months) >= word.far:
            start, end = min(word.start, day.start), max(word.end, day.end)
            yield _told(sentence, start, end, "、".join(f"{month}月" for month in sorted(word.months)))


def _rest(text: str, day: Mention, word: Mention, end: int) -> str:
    """What the two stand in without themselves."""
    first, second = sorted((day, word), key=lambda each: each.start)
    between = re.sub(
        r"^[至到—\-－~～]+(?:次年|翌年)?(?:\d{1,2}月)?(?:\d{1,2}日)?", "", text[first.end : second.start]
    )
    behind = text[second.end : end]
    if second is day:
        behind = re.sub(r"^[至到—\-－~～]+(?:次年|翌年)?(?:\d{1,2}月)?(?:\d{1,2}日)?", "", behind)
    return between + behind


def _day_of(text: str, word: Mention, days: list[Mention], low: int, end: int) -> Mention | None:
    """The one month or day of the word's clause; or the one that opens the sentence as a clause of its own."""
    inside = [each for each in days if low <= each.start < end]
    periods = [
        each for each in inside if not re.search(r"(?:[至到—\-－~～和]|[月日]、)\s*$", text[: each.start])
    ]
    if len(periods) == 1:
        return periods[0]
    if inside:
        return None
    before = [each for each in days if each.end <= low]
    if before and re.fullmatch(r"(?:[（(]星期.[)）])?[，,]", text[before[-1].end : low]):
        return before[-1]
    return None


def _headed(document: Document) -> Iterator[Finding]:
    """关于秋收备耕。3月至5月，…: the work of a season over a period of another."""
    starts = {
        mark.index: mark.end - document.paragraphs[mark.index].start for mark in marks(document) if mark.level
    }
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.cell:
            continue
        said = folded(document.said(paragraph))
        at = starts.get(index, 0)
        head = _RUN_IN.match(said[at:])
        if not head:
            continue
        words = list(natures(head["what"]))
        found = moments(said[at + head.end() :][:_HEADED])
        if len(words) != 1 or not found or not found[0].month or found[0].start > 1:
            continue
        if found[0].year or found[0].relative or not 1 <= (found[0].month or 0) <= YEAR:
            continue
        rest = said[at + head.end() :]
        spanned = next((two for one, two in ranges(rest, moments(rest)) if one.start == found[0].start), None)
        months = {found[0].month, spanned.month if spanned and spanned.month else found[0].month}
        word = words[0]
        clause = re.split("[。；]", rest)[0]
        if (
            apart(word.months, months) >= 1
            and len(months) > 1
            and not re.search("去年|上年|明年|来年|准备|检修|计划", clause)
        ):
            start = paragraph.start + at + head.start("what") + word.start
            yield rules()["other-half"].finding(
                start,
                start + word.end - word.start,
                found=head["what"][word.start : word.end],
                own=Text(en="the months told below", zh=f"{min(months)}月至{max(months)}月"),
            )


def _told(sentence: Sentence, start: int, end: int, own: str) -> Finding:
    return rules()["other-half"].finding(
        sentence.start + start,
        sentence.start + end,
        found=sentence.text[start:end],
        own=Text(en=own, zh=own),
    )
