"""Editions of what is held again and again against their years: the 18th now, the 17th last year, the first in 2008.

An edition has a year of its own (2021年的第八届, 第十一届（2024年）, 去年第十七届) or is the paper's:
that of its title, or one that is opened or announced. Later editions are later, no more of them lie between two than
years do, and where the paper says how often they are held (一年一届, 每四年一次) exactly as many. What most agree on is
right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, how_many
from ....rulebook import rules
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .occasions import listed

_H = "一二三四五六七八九十百"
_EVENT = (
    r"节|会(?![员议计])|赛|论坛|[一-鿿]展(?![示览])|活动|"
    r"[一-鿿]{2}[月周日](?=$|[”\"，。；、：（）()]|活动|期间|[于在将已是的]|筹备|同步|正式|开幕|闭幕|拉开)"
)
"""What an event is called at its end."""
_NO_EVENT = re.compile(r"增长|连续|工作日|交易日|星期|周末|个月|月份|生日|假日|休息日|阶段|全[会体]")
_NTH = re.compile(
    rf"(?:第(?P<which>\d{{1,3}}|[{_H}]{{1,5}})(?P<of>届|个|次|回)|(?P<first>首)(?P<once>届|次))"
    rf"(?P<name>(?!的)[“\"]?(?:[一-鿿·]{{0,18}}?(?:{_EVENT}))?[”\"]?)"
)
_TERM_OF_OFFICE = re.compile(
    r"人大|人民代表|政协|党代|党员|委员|全会|中央|常委|代表|任期|村|社区|董事|理事|监事|班子|毕业|学生|职代|工代|团代|妇代|校友"
)
_SESSION_OF = re.compile(r"(?:大会|全会|会议|委员会|届)$|会议|全会|例会")
_SESSION = re.compile(rf"第[{_H}\d]{{1,4}}届(?:[一-鿿]{{2,14}})第(?P<which>[{_H}\d]{{1,3}})次(?:全体)?会议")
_PAST_SESSION = re.compile(
    rf"(?P<year>20\d{{2}})年(?:\d{{1,2}}月(?:召开|举行)?的?第?|(?:召开|举行)?的?第)(?P<which>[{_H}]{{1,2}})次(?:全体)?会议"
)
_BEFORE = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}日)?|(?P<then>去年|上年度?|上一年|前年|今年|本年度?|今[春夏秋冬]|明年|来年|次年))"
    r"(?:[^，。；：、（）()\d第首年届]{0,10}[（(]?)$"
)
_BEHIND = re.compile(
    r"^(?:[（(](?:即)?(?P<in>(?:19|20)\d{2})年(?![^，。；）)]{0,6}(?:起|始|首|创|设))|[^，。；：、（）()\d第]{0,8}?(?:是在|是|为|于|在)(?:(?P<year>(?:19|20)\d{2})年|(?P<then>去年|上年|前年|今年|明年)))"
)
_THEN = {"前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "明": 1, "来": 1, "次": 1}
_BEGUN = re.compile(
    r"(?:(?:自|从|始于|始自|起于|源于|创办于|创立于|创始于|首办于|起源于)(?P<from>(?:19|20)\d{2})年(?:\d{1,2}月|[春夏秋冬][天季]?)?(?P<on>[^，。；\d]{0,8})"
    r"|(?P<year>(?:19|20)\d{2})年(?:\d{1,2}月|[春夏秋冬][天季]?)?[^，。；、\d]{0,6}?(?:首办|首次(?:举办|举行|开展|办)|创办|创立|创设|始办|开办|发起|办起|设立|问世|第一次[举开办])"
    r"|(?:首办|创办|创立|始办|开办|发起|设立)(?:时间)?(?:于|为|是在|是)(?P<at>(?:19|20)\d{2})年)"
)
_STARTS = re.compile(r"首办|首次[举开办]|创[办立始]|始办|开办|发起|办起|年年|每年|一年一")
_EVERY_YEAR = re.compile(
    r"(?:一|每)年(?:都)?(?:举?办|举行|召开|开展|评[选定比])?(?:一|1)(?:届|次|度|回|场)|年年|每年[^，。；\d]{0,8}(?:举[办行]|召开|如期|开幕|开展)|每年(?=[都均举办开如组一，。；])|逐年(?:举|如)|从未(?:间断|中断|停)|(?:连年|历年)(?:举办|不断)|一年一度|每年一|岁岁"
)
_EVERY = re.compile(
    r"(?P<many>[两二三四五])年(?:举?办|举行|召开)?(?:一|1)(?:届|次|度|回)|每(?:隔)?(?P<each>[两二三四五])年(?:[举召]|办|一|为)|(?P<other>隔年)(?:举|办|一)"
)
_IRREGULAR = re.compile(
    r"停办|中断(?<!从未中断)|延期|推迟|顺延|一年两[届次]|每年两[届次]|春秋两|两[季届]|补办|恢复举办|疫情|不定期|(?:[春秋]季|[上下]半年)[^，。；\d]{0,8}第[^，。；]{1,4}届"
)
_HELD = re.compile(
    r"举办|举行|开幕|闭幕|拉开|[筹承主][办备]|办好|办成|启动|开展|召开|迎来|迎接|这是|本届|今天|即将|将于|定于|参加|报名|圆满|落[下幕]|落幕|同步|恰是|正是|是第|收官"
)
_PAST = re.compile(r"筹备|上一?届|历届|往届|曾|此前|那年|当年|当时|时任|以往|获评|夺得|荣获")
_OWN = re.compile(r"(?P<year>(?:19|20)\d{2})年(?:度)?的?(?:活动)?(?:主题|口号|会期|展期|会徽)")
_DAY = re.compile(r"(?P<year>(?:19|20)\d{2})年\d{1,2}月\d{1,2}日")
_TURN = 3
"""The last month in which a paper may still be of the year before."""
_MANY = 60
"""Editions of one event that are compared: no paper but a yearbook tells more."""
_NEAR, _SHORT = 500, 12
"""Characters around an edition in which it is told what it began with, and where one without a name belongs to it."""


@dataclass(frozen=True, slots=True)
class _Edition:
    """An edition with its year, and where both stand.

    `now` says that it is this year's, `own` that its year is reckoned from the paper's own, `first` that it began so.
    """

    which: int
    year: int
    of: str
    name: str
    start: int
    end: int
    now: bool = False
    own: bool = False
    first: bool = False


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the paper says that editions fell out or are held more than once a year."""
    text = folded(document.text)
    yield from _sessions(document, frame)
    if not _NTH.search(text) or _IRREGULAR.search(text):
        return
    lines = [each for each in sentences(document) if not each.cell]
    own, place = _own_year(frame, lines)
    told = list(_editions(frame, lines, own))
    every = _every(lines) if told else 0
    begun = list(_begun(lines)) if told else []
    for alike in _events(told):
        yield from _contradicted(document, alike, begun, every, place)


def _sessions(document: Document, frame: Frame) -> Iterator[Finding]:
    """2024年12月的六次会议, in a report to the fifth session: an earlier one of the same body has a lower number."""
    head = frame.title or "".join(document.said(each) for each in document.paragraphs[:1])
    titled, own = _SESSION.search(head), frame.year
    if not titled or not own:
        return
    for line in sentences(document):
        if line.cell or line.index in frame.parts.title or "次会议" not in line.text:
            continue
        for match in _PAST_SESSION.finditer(line.plain):
            year, which = int(match["year"]), how_many(match["which"])
            if year < own and which >= how_many(titled["which"]):
                start, end = line.start + match.start(), line.start + match.end()
                yield rules()["event-year"].finding(
                    start,
                    end,
                    found=document.text[start:end],
                    own=listed([year]),
                    when=Text(en=f"a time after {own}", zh=f"{own}年以后"),
                )


def _own_year(frame: Frame, lines: Sequence[Sentence]) -> tuple[int | None, Span | None]:
    """The paper's year, else, with its place, the one of which it tells the theme, else that of its first day."""
    if frame.years:
        year, signed = frame.year, frame.signed
        turned = signed is not None and signed.month <= _TURN and signed.year - 1 == year
        return (year if signed is None or signed.year == year or turned else None), None
    for form in (_OWN, _DAY):
        for line in lines:
            if match := form.search(line.plain):
                return int(match["year"]), Span(line.start + match.start(), line.start + match.end())
    return None, None


def _editions(frame: Frame, lines: Sequence[Sentence], own: int | None) -> Iterator[_Edition]:
    for line in lines:
        if "第" not in line.text and "首" not in line.text:
            continue
        title = line.index in frame.parts.title
        for match in _NTH.finditer(line.plain):
            which = 1 if match["first"] else how_many(match["which"])
            before, after = line.plain[: match.start()], line.plain[match.end() :]
            of, name = match["of"] or match["once"], _named(match["name"])
            behind = re.split("[，：、。]", after)[0][:6]
            if not which or _TERM_OF_OFFICE.search(before[-8:] + name + behind):
                continue
            # 去年为第33个: what is counted is told before it.
            bare = not name and bool(re.match(r"[，。；！）)]|$", after))
            if of != "届" and ((not name and not bare) or _SESSION_OF.search(name)):
                continue
            if _NO_EVENT.search(before[-4:] + name):
                continue
            start, end = line.start + match.start(), line.start + match.end() - len(match["name"])
            if year := _year_behind(after, own):
                yield _Edition(
                    which, year[0], of, name, start, line.start + match.end() + year[1], own=year[2]
                )
            elif year := _year_before(before, own):
                now = year[2] and year[0] == own
                yield _Edition(which, year[0], of, name, line.start + year[1], end, now, year[2])
            elif own and (title or _is_now(before, match[0], after)):
                yield _Edition(which, own, of, name, start, end, now=True, own=True)


def _is_now(before: str, said: str, after: str) -> bool:
    """Whether an edition without a year is this year's: it is opened or announced, and its clause tells no other."""
    clause = re.split("[，：]", before)[-1] + said + re.split("[，：（(]", after)[0]
    beside = clause + "，".join(re.split("[，：]", after)[1:2])
    return (
        bool(_HELD.search(beside)) and not _PAST.search(before + beside) and not re.search(r"\d{4}年", clause)
    )


def _year_behind(after: str, own: int | None) -> tuple[int, int, bool] | None:
    """The year told right behind an edition, where it ends, and whether it is reckoned from the paper's own."""
    match = _BEHIND.match(after)
    if not match:
        return None
    if year := match["in"] or match["year"]:
        return int(year), match.end(), False
    return (own + _THEN[match["then"][0]], match.end(), True) if own else None


def _year_before(before: str, own: int | None) -> tuple[int, int, bool] | None:
    """The year told right before an edition, where it begins, and whether it is reckoned from the paper's own."""
    match = _BEFORE.search(before)
    if not match:
        return None
    if match["year"]:
        return int(match["year"]), match.start(), False
    return (own + _THEN[match["then"][0]], match.start(), True) if own else None


def _named(name: str) -> str:
    return (
        name.strip('“”"').removeprefix("全国").removeprefix("全县").removeprefix("全市").removeprefix("全省")
    )


def _begun(lines: Iterable[Sentence]) -> Iterator[tuple[int, Span]]:
    """The years in which what is held again was held first: 自2008年首办, 活动2018年创办."""
    for line in lines:
        for match in _BEGUN.finditer(line.plain):
            year = match["from"] or match["year"] or match["at"]
            if match["from"] and not _STARTS.search(match["on"] + line.plain[match.end() : match.end() + 8]):
                continue
            yield int(year), Span(line.start + match.start(), line.start + match.end())


def _every(lines: Iterable[Sentence]) -> int:
    """After how many years the next edition follows; 0 where the paper does not say, or says two."""
    told: set[int] = set()
    for line in lines:
        if _EVERY_YEAR.search(line.plain):
            told.add(1)
        for match in _EVERY.finditer(line.plain):
            told.add(2 if match["other"] else how_many(match["many"] or match["each"]))
    return told.pop() if len(told) == 1 else 0


def _events(told: Sequence[_Edition]) -> Iterator[list[_Edition]]:
    """Editions of one event: of one sort, whose names end alike; what has no name is of the only one that has."""
    for of in dict.fromkeys(each.of for each in told):
        alike = [each for each in told if each.of == of]
        names = list(dict.fromkeys(each.name for each in alike if each.name))
        if len(names) < _MANY and all(_same(one, two) for one, two in combinations(names, 2)):
            places = [each.start for each in alike if each.name][:_MANY] or [each.start for each in alike]
            yield [each for each in alike[:_MANY] if any(abs(each.start - at) < _NEAR for at in places)]
            continue
        for name in names[:_MANY]:
            yield [each for each in alike if each.name and _same(each.name, name)]


def _same(one: str, two: str) -> bool:
    """Whether two names are of one event: one is in the other, or is what it is called for short."""
    short, long = sorted((one, two), key=len)
    rest = iter(long)
    return short in long or (len(short) > 2 and short[-1] == long[-1] and all(sign in rest for sign in short))


def _contradicted(
    document: Document,
    told: Sequence[_Edition],
    begun: Sequence[tuple[int, Span]],
    every: int,
    place: Span | None,
) -> Iterator[Finding]:
    """Where two editions contradict each other the one that fits fewer of the others."""
    near = [each for each in begun if any(_belongs(document, one, each[1]) for one in told)]
    known = list(told[:_MANY])
    if len({year for year, _ in near}) == 1 and told and not any(each.which == 1 for each in told):
        (year, span) = near[0]
        known.append(_Edition(1, year, told[0].of, "", span.start, span.end, first=True))
    clashes: Counter[int] = Counter()
    against: dict[int, int] = {}
    for one, two in combinations(range(len(known)), 2):
        if _clash(known[one], known[two], every):
            clashes.update((one, two))
            against.setdefault(one, two)
            against.setdefault(two, one)
    if not clashes:
        return
    most = max(clashes.values())
    doubted = [at for at, count in clashes.items() if count == most]
    # Of two that contradict each other this year's is doubted, or the later; what it began with last of all.
    wrong = max(doubted, key=lambda at: (not known[at].first, known[at].now, at))
    other = known[against[wrong]]
    if place and len(doubted) < len(clashes) and all(each.own for each in known if each is not known[wrong]):
        # All editions that the year of the paper is told for agree but for that year.
        of = next(each for each in known if each.now) if any(each.now for each in known) else other
        wrong_one = _Edition(of.which, of.year, of.of, of.name, place.start, place.end)
        yield _fault(document, wrong_one, known[wrong], every)
    else:
        yield _fault(document, known[wrong], other, every)


def _belongs(document: Document, one: _Edition, begun: Span) -> bool:
    """Whether what began stands near an edition, or names its event anew: 竞赛自2014年起每年举办."""
    named = bool(one.name) and one.name[-2:] in document.text[max(begun.start - _SHORT, 0) : begun.start]
    return named or abs(one.start - begun.start) < _NEAR


def _clash(one: _Edition, two: _Edition, every: int) -> bool:
    first, last = sorted((one, two), key=lambda each: (each.year, each.which))
    years, editions = last.year - first.year, last.which - first.which
    if not years:
        return bool(editions and every and (one.first or two.first))
    if every:
        return editions * every != years
    return editions <= 0 or (editions > years and one.of in ("届", "个"))


def _fault(document: Document, wrong: _Edition, other: _Edition, every: int) -> Finding:
    place = Span(other.start, other.end)
    if every:
        when: Text = listed([other.year + (wrong.which - other.which) * every])
    elif wrong.which <= other.which:
        when = Text(en=f"a time before {other.year}", zh=f"{other.year}年以前")
    else:
        when = Text(en=f"a time after {other.year}", zh=f"{other.year}年以后")
    return rules()["event-year"].finding(
        wrong.start,
        wrong.end,
        elsewhere=(Elsewhere(place, document.text[place.start : place.end]),),
        found=document.text[wrong.start : wrong.end],
        own=listed([wrong.year]),
        when=when,
    )
