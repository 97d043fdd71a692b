"""How long something lasts against its days, works that end before they begin, terms that were over at the signing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import how_many
from ....rulebook import rules
from ..text.dates import Moment, moments, ranges, short_days
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .occasions import listed

_LASTS = re.compile(
    r"(?P<how>工期(?:为|共)?|为期|历时|历经|持续(?:了)?|连续|前后|共(?:计|有)?|合计|累计|总共|长达)"
    r"(?:了|共)?(?:整整)?(?P<found>(?P<days>\d{1,3}|[一二两三四五六七八九十百]{1,4})\s*(?:天|(?<=[\d ])日))(?!期|间|内)"
)
_SIMPLY = re.compile(
    r"(?:(?P<how>[）)]|[^，。；：:\d]了|[，,](?:全程)?|停[产工业课运航电水气]?|休[市渔业息]|放假|闭[馆园]|封闭)(?:了|共)?(?:整整)?)"
    r"(?P<found>(?P<days>\d{1,3}|[一二两三四五六七八九十]{1,3})天)(?=[，。；）)]|[里共]|时间|假期|$|[\u4e00-\u9fff]{2})(?!期|间|内|[之以]?[前后]|一|轮|左右|以[上内下]|多|余|[\u4e00-\u9fff]{1,4}[次班轮场])"
)
"""A length that no word announces: 春节假期（1月28日至2月4日）八天, 4月9日至11日到现场看了三天."""
_CLOSE = 14
"""Signs between a period and a length that no word announces."""
_TERM = re.compile(
    r"(?:(?:工期|有效期|期限|建设期|建设周期|周期|为期|服务期|试[点行用]期|聘期|任期|租期|合同期|实施期)[^，。；\d一二三四五六七八九十两]{0,4}[:：]?"
    r"|(?P<all>共计?|历时|合计|前后))"
    r"(?P<found>(?P<count>\d{1,3}|[一二两三四五六七八九十])(?P<of>个月|年))(?!度|底|末|初|前|来|\d)"
)
"""How many months or years a thing lasts, told beside its first and last day."""
_STRICT = ("为期", "历时", "工期", "工期为", "工期共")
"""What says that the whole of a period is meant, and not some days in it."""
_NOT_DAYS = re.compile(
    r"工作日|交易日|轮[班流休训换]|每[天日]|分[^，。；\d]{0,3}[批期](?!间)|分段|不含|间断|断续|除[^，。]{0,6}外"
)
_EACH = re.compile(r"每|平均|分别|其中")
_MOST, _COMMON = 400, 2025
"""Days beyond which no length is reckoned, and a year without a leap day for papers that tell none."""
_BEGUN = re.compile(
    r"\s*(?:(?:正式|全面)?(?:开工|动工|启动|开始|出发|起)(?:建设|施工|实施)?|零时(?=[至到]))[，、,]?\s*(?:预?计划?|力争|确保)?[至到于在]?\s*"
)
"""What stands between the day that something begins on and the day that it ends on."""
_SINCE, _UP_TO = (
    re.compile(r"[自从由]\s*$"),
    re.compile(r"起?[^，。；：\d至到]{0,8}[，,]?(?:一直|直|延续|持续)?(?:至|到|止于)\s*"),
)
"""自11月1日起执行，至3月31日, whatever begins so."""
_OVER = re.compile(r"\s*[底末]?(?:全面|全部)?(?:结束|完工|竣工|建成|完成|止|截止|闭幕|返|封|禁)")
_BESIDE = 14
"""Signs between a term and its days."""
_FAR = 30
"""Signs between a period and the days that it lasts."""
_BUILT = re.compile(
    r"(?P<first>(?<![\d年—\-–~～至到])\d{1,2}月)(?:份|底|初|中旬|上旬|下旬)?(?:之?前)?(?:正式|全面|陆续)?(?:开工|动工|启动|开建|进场)(?:建设|施工)?"
    r"[、，,](?:力争|确保|预计|计划|争取)?(?P<last>\d{1,2}月)(?:份|底|初|中旬|上旬|下旬)?(?:之?前)?(?:全面|全部|基本|如期)?(?:完工|竣工|建成|完成|投用|通车|交付|验收)"
)
_BUILT_IN = re.compile(
    r"(?P<year>(?:19|20)\d{2})年\d{1,2}月(?:份|底|初|中旬|上旬|下旬)?(?:之?前)?(?:正式|全面|陆续)?(?:开工|动工|启动|开建|进场)(?:建设|施工)?"
    r"[、，,](?:力争|确保|预计|计划|争取)?(?:当年)?\d{1,2}月(?:份|底|初|中旬|上旬|下旬)?(?:之?前)?(?:全面|全部|基本|如期)?(?:完工|竣工|建成|完成|投用|通车|交付|验收)"
)
_OTHER_YEAR = re.compile(r"次年|翌年|明年|来年|第二年|跨年|去年|上年|今年|20\d\d年")
_BY = re.compile(r"\s*(?:\d{1,2}[日号])?(?:月?[底末]|[上中下]旬|年底)?(?:之?前|以前)")
_ONCE = re.compile(
    r"已|曾|了(?!解)|原(?:定|计划|有|来)|以来|建成于|前(?:的|建|购|投)|的|到期|期满|遗留|欠|形成|同期"
)
_ASKED = re.compile(
    r"完成|到位|报送|上报|提交|建成|整改|销号|清零|办结|达到|覆盖|交付|投用|竣工|完工|验收|移交|落实|实现|清理|拆除|补齐|配齐"
)


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Sentence by sentence; silent in tables."""
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures or sentence.index in skipped or "月" not in sentence.text:
            continue
        yield from _lasts(sentence, frame)
        yield from _term(sentence)
        yield from _built(sentence)
        if frame.signed and sentence.index in frame.ahead:
            yield from _over(sentence, frame.signed)
        if frame.years and sentence.index in frame.ahead:
            yield from _long_built(sentence, frame)


def _lasts(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """1月31日至2月6日…持续17天: no more days than lie between the two, and of the whole of it no fewer."""
    told = list(_LASTS.finditer(sentence.plain))
    known = {each.start("found") for each in told}
    told += [each for each in _SIMPLY.finditer(sentence.plain) if each.start("found") not in known]
    if not told or _NOT_DAYS.search(sentence.plain):
        return
    found = list({(first.start, second.end): (first, second) for first, second in periods(sentence)}.values())
    for match in told:
        first, second = _period_of(match, found)
        length = days_of(first, second, frame) if first and second else None
        if not first or not second or not length:
            continue
        between = sentence.plain[second.end : match.start()]
        simply = match.re is _SIMPLY
        if len(between) > (_CLOSE if simply else _FAR) or re.search(r"\d", between):
            continue
        days = how_many(match["days"])
        if simply and not _whole(match, days, length[2], len(told)):
            continue
        strict = simply or match["how"] in _STRICT or not _OVER.sub("", between).strip("，, 　）)")
        if days > length[1] or (strict and match["how"] not in ("连续", "累计") and days < length[0]):
            place = Span(sentence.start + first.start, sentence.start + second.end)
            period = Elsewhere(place, sentence.text[first.start : second.end])
            yield not_so_long(sentence, match, period, length[2])


def _whole(match: re.Match[str], days: int, lasts: int, lengths: int) -> bool:
    """Whether a length that no word announces is that of the whole period, and not of some days in it."""
    return not re.search("[，,了]", match["how"]) or (lengths == 1 and days * 10 >= lasts * 6)


def not_so_long(sentence: Sentence, match: re.Match[str], period: Elsewhere, days: int) -> Finding:
    """A length that its period, told here or in another sentence, does not have."""
    return rules()["number-unreal"].finding(
        sentence.start + match.start("found"),
        sentence.start + match.end("found"),
        elsewhere=(period,),
        found=match["found"],
        why_not=Text(en=f"the days told are {days}", zh=f"{period.text}为{days}天"),
    )


def periods(sentence: Sentence) -> list[tuple[Moment, Moment]]:
    """4月3日至5月1日, 4月3—5日, and 8月10日开工，12月20日完工; 从2月2日开始至3月13日结束."""
    found = moments(sentence.text)
    ended = (each for each in _begun(sentence, found) if _OVER.match(sentence.plain, each[1].end))
    since = (
        (first, second)
        for first, second in pairwise(found)
        if _SINCE.search(sentence.plain[: first.start])
        and _UP_TO.fullmatch(sentence.plain[first.end : second.start])
    )
    return [*ranges(sentence.text, found), *short_days(sentence.text), *ended, *since]


def _begun(sentence: Sentence, found: list[Moment]) -> list[tuple[Moment, Moment]]:
    return [each for each in pairwise(found) if _BEGUN.fullmatch(sentence.plain[each[0].end : each[1].start])]


def _period_of(
    match: re.Match[str], periods: list[tuple[Moment, Moment]]
) -> tuple[Moment, Moment] | tuple[None, None]:
    """The period told last before, or in brackets right behind: 为期7天（5月3日至9日）."""
    behind = [each for each in periods if 0 <= each[0].start - match.end() <= 1]
    before = sorted((each for each in periods if each[1].end <= match.start()), key=lambda each: each[1].end)
    return behind[0] if behind else before[-1] if before else (None, None)


def days_of(first: Moment, second: Moment, frame: Frame) -> tuple[int, int, int] | None:
    """The fewest and the most days of a period, with and without its last one, and those of its year."""
    year = first.year or frame.year or (frame.signed.year if frame.signed else _COMMON)
    if not year or not first.month or not second.month or first.lunar or second.lunar or first.relative:
        return None
    last_year = second.year or year + (second.month < first.month)
    if bool(first.day) != bool(second.day):
        return None
    begin = first.day_in(year) if first.day else _first_of(year, first.month)
    if first.day:
        end = second.day_in(last_year)
        more = 1
    else:
        end = _first_of(last_year + second.month // 12, second.month % 12 + 1)
        more = 0
    if not begin or not end or begin >= end:
        return None
    whole = (end - begin).days + more
    leap = not first.year and begin.month <= 2 < (end.month if more else end.month - 1 or 12)
    return (whole - (1 if first.day or leap else 0), whole + leap, whole) if whole <= _MOST else None


def _term(sentence: Sentence) -> Iterator[Finding]:
    """工期18个月，自2015年9月1日至2025年2月28日; 自6月1日起至12月31日止，共9个月."""
    for match in _TERM.finditer(sentence.plain):
        told = how_many(match["count"]) * (12 if match["of"] == "年" else 1)
        found = moments(sentence.text)
        spans = [*ranges(sentence.text, found), *_begun(sentence, found)]
        for first, second in spans:
            far = max(first.start - match.end(), match.start() - second.end)
            if not (first.month and second.month) or far > _BESIDE:
                continue
            alone = len({each.start for each, _ in spans}) == 1
            bare = not sentence.plain[second.end : match.start()].strip("，,起止底末 　")
            if match["all"] and not (
                alone and bare and match["of"] == "个月" and not _EACH.search(sentence.plain)
            ):
                break
            if not (first.year and second.year) and not match["all"]:
                continue
            # A term that begins on the first of a month ends on the last of another, or is counted in full months.
            lasts = ((second.year or 0) - (first.year or 0)) * 12 if first.year and second.year else 0
            lasts += second.month - first.month
            lasts += 12 * (lasts < 0 and not (first.year and second.year))
            if lasts >= 0 and not told - 1 <= lasts <= told:
                yield rules()["number-unreal"].finding(
                    sentence.start + first.start,
                    sentence.start + second.end,
                    found=sentence.text[first.start : second.end],
                    why_not=Text(en=f"that is not “{match['found']}”", zh=f"与“{match['found']}”不符"),
                )
            break


def _first_of(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 else None


def _built(sentence: Sentence) -> Iterator[Finding]:
    """11月开工、3月竣工: what begins in one breath with its end is of the same year unless the next is told."""
    for match in _BUILT.finditer(sentence.plain):
        first, last = int(match["first"][:-1]), int(match["last"][:-1])
        if last >= first or not 1 <= last <= 12 or first > 12 or _OTHER_YEAR.search(sentence.plain):
            continue
        start, end = sentence.start + match.start(), sentence.start + match.end()
        yield rules()["period-backwards"].finding(
            start,
            end,
            elsewhere=(Elsewhere(Span(start, start + len(match["first"])), match["first"]),),
            found=sentence.text[match.start() : match.end()],
            first=match["first"],
            last=match["last"],
        )


def _long_built(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """2015年3月开工、12月完工 among the plans of 2024: what was over by then is no plan."""
    for match in _BUILT_IN.finditer(sentence.plain):
        if int(match["year"]) < min(frame.years) and not re.search(r"已|曾|了(?!解)|原", sentence.text):
            yield rules()["other-year"].finding(
                sentence.start + match.start(),
                sentence.start + match.end("year") + 1,
                found=match["year"] + "年",
                own=listed(sorted(frame.years)),
            )


def _over(sentence: Sentence, signed: date) -> Iterator[Finding]:
    """2022年6月底前全面完成 among the plans of a paper signed in August 2022."""
    for moment in moments(sentence.text):
        by = _BY.match(sentence.plain, moment.end)
        if not moment.year or not moment.month or not by or moment.relative:
            continue
        after = re.split(r"[，。；]", sentence.plain[by.end() :])[0]
        clause = re.split(r"[，。；]", sentence.plain[: moment.start])[-1]
        if _ONCE.search(clause + after) or not _ASKED.search(clause + after):
            continue
        behind = (moment.year, moment.month) < (signed.year, signed.month)
        if moment.year == signed.year and behind:
            yield rules()["deadline-past"].finding(
                sentence.start + moment.start,
                sentence.start + by.end(),
                found=sentence.text[moment.start : by.end()],
                signed=signed.isoformat(),
            )
