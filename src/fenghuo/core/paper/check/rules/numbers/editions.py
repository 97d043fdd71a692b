"""Which edition an event is, beside the year it began in, the editions told with their years, and its anniversaries.

第九届 of what began in 2018 and is held every year is that of 2026; 第二十届 cannot follow a 第二十一届 of the year
before; who was founded in 1986 is forty in 2026. Terms of office are no editions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fenghuo.core.finding import Text

from ...document import Document
from ...finding import Elsewhere, Finding, Span
from ...numerals import folded, how_many
from ...rulebook import rules
from .frame import Frame
from .occasions import listed
from .sentences import Sentence, sentences

_N = r"(?P<which>\d{1,3}|[一二三四五六七八九十百]{1,5})"
_EDITION = re.compile(rf"(?P<found>(?P<first>首届)|第{_N}届)(?P<of>[^，。；、：（）()“”\d]{{0,16}})")
_OFFICE = re.compile(
    r"人大|人民代表|政协|党代|代表大会|委员|全会|中央|任期|村|社区|董事|理事|监事|班子|毕业|学生|换届|职代|工代|团代|妇代|学员|[全省市县区]运会|亚运|奥运|冬奥|大运"
)
_NOUN = re.compile(r"[\u4e00-\u9fff]{0,12}?(?P<noun>[\u4e00-\u9fff](?:节|会|赛|周|月|展|杯|论坛|庙会|比武))")
_BEGAN = re.compile(
    r"(?:始[办创建]?于|创办于|创立于|创始于|起始于|发起于|开办于|首届[^，。；\d]{0,8}(?:于|在)|首次举办于)\s*(?P<year>(?:19|20)\d{2})年"
    r"|(?:自|从)(?P<since>(?:19|20)\d{2})年(?:\d{1,2}月)?(?:创办|开办|首次举办|首届|创立|举办首届)"
    r"|(?P<there>(?:19|20)\d{2})年(?:\d{1,2}月)?(?:创办|开办|首次举办|创立|举办首届)"
)
_EVERY = re.compile(
    r"(?:每|一)(?:年|[春夏秋冬])(?:都)?(?:举办)?一?(?:届|办|度|次|回)|年年(?:举办|不断)|每年(?:举办|召开)|(?P<two>(?:每)?(?:两|二|隔)年(?:举办)?一[届办次度])"
)
_PAUSED = re.compile(r"停办|中断(?!过)|疫情|暂停|曾停|空缺|恢复")
_YEAR_BEFORE = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年|(?P<ago>去年|上年)|(?P<next>明年|来年))(?:的|\d{1,2}月(?:\d{1,2}日)?|举办的?|[^，。；：（）()\d《》]{0,8})$"
)
_OTHER = re.compile(r"上一?届|下一?届|往届|历届|比|较|[由从]|前|曾|原|(?<!\d[月日])[至到](?!\d)|与|和|、|下")
_NOT_NOW = re.compile(r"[^，。；]{0,8}(?:的|相比|以来|起|拟|将)")
"""What tells an edition that is compared with, or one to come."""
_CITED = re.compile(r"[^，。；《》]{2,16}的?(?:通知|方案|请示|批复|意见|函)》")
"""《关于办好第十八届冰雪节的通知》: the paper's own event, of which others had to speak."""
_YEAR_BEHIND = re.compile(
    r"[^，。；：（）()\d第]{0,12}?(?:已|将|拟|定|曾|计划)?(?:于|在|是|为)(?P<year>(?:19|20)\d{2})年(?!\d{0,2}月?\d{0,2}日?[前起止])"
)
_FOUNDED = re.compile(
    r"(?P<what>成立|创建|建[校厂馆院站局所园社行港台会队]|创办|创刊|开业|开馆|投产|通车|始建|组建|设立)于?(?P<year>(?:19|20)\d{2})年|"
    r"(?P<then>(?:19|20)\d{2})年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:正式)?(?P<did>成立|创建|建[校厂馆院站局所园社行港台会队]|创办|创刊|开业|开馆|投产|通车|组建|设立)"
)
_ANNIVERSARY = re.compile(
    rf"(?P<what>成立|创建|建[校厂馆院站局所园社行港台会队]|创办|创刊|开业|开馆|投产|通车|组建|设立)(?P<found>{_N}周年)"
)


_NEXT_FROM = 10
"""The month from which a paper tells of the year to come."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An edition as the paper tells it: its number, the year it is told with, and where it stands."""

    which: int
    year: int | None
    span: Span
    own: bool
    noun: str


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the paper tells no year of its own, or that its event was once put off."""
    if not frame.years:
        return
    text = folded(document.text)
    if "届" in text:
        told = list(_told(document, frame))
        if told:
            yield from _checked(document, frame, told)
    if "周年" in text:
        yield from _anniversaries(document, frame)


def _own_years(frame: Frame) -> set[int]:
    return set(frame.title_years) or ({frame.signed.year} if frame.signed else frame.years)


def _told(document: Document, frame: Frame) -> Iterator[_Told]:
    """The editions of the one event that the paper speaks of, with their years where these stand beside."""
    own = _own_years(frame)
    for sentence in sentences(document):
        if sentence.cell or "届" not in sentence.text:
            continue
        for match in _EDITION.finditer(sentence.plain):
            around = sentence.plain[max(match.start() - 6, 0) : match.start()] + match["of"]
            which = 1 if match["first"] else how_many(match["which"] or "")
            if not which or _OFFICE.search(around):
                continue
            before = _YEAR_BEFORE.search(sentence.plain[: match.start()])
            behind = _YEAR_BEHIND.match(sentence.plain, match.end("found"))
            year = None
            if sentence.index in frame.parts.title and not frame.title_years:
                pass  # a title whose year is in doubt
            elif before and before["year"]:
                year = int(before["year"])
            elif before:
                year = max(own) + (1 if before["next"] else -1)
            elif behind:
                year = int(behind["year"])
            noun = _NOUN.match(match["of"])
            ahead = re.search("拟|将|计划|明年", sentence.plain[match.end("found") :][:12])
            start = sentence.start + match.start("found")
            yield _Told(
                which,
                year,
                Span(start, start + len(match["found"])),
                (year in own if year else _is_own(sentence, frame, match)) and not ahead,
                noun["noun"] if noun else "",
            )


def _is_own(sentence: Sentence, frame: Frame, match: re.Match[str]) -> bool:
    """Whether an edition told without a year is the paper's own: not the last, not the next, not compared with."""
    before = re.split(r"[，。；]", sentence.plain[: match.start()])[-1]
    after = re.split(r"[，。；]", sentence.plain[match.end() :])[0]
    if sentence.index in frame.parts.title:
        return True
    years = {int(each) for each in re.findall(r"(?:19|20)\d{2}(?=年)", before)}
    if years - _own_years(frame) or _OTHER.search(before[-8:]) or re.search("[去上前往明来]年", before):
        return False
    cited = _CITED.match(sentence.plain, match.end("found")) and re.search(r"[举承筹]?办好?$", before)
    return bool(cited) or not _NOT_NOW.match(match["of"] + after)


def _checked(document: Document, frame: Frame, told: Sequence[_Told]) -> Iterator[Finding]:
    nouns = Counter(each.noun for each in told if each.noun)
    noun = next((each.noun for each in told if each.noun and each.own), next(iter(nouns), ""))
    same = [each for each in told if not each.noun or each.noun == noun]
    own = [each for each in same if each.own]
    years = _own_years(frame)
    counted = Counter(each.which for each in own)
    if len(counted) > 1:
        # The title's, else the one that is told more often, is right.
        titled = [each.which for each in own if _in_title(document, frame, each)]
        right = titled[0] if titled else counted.most_common(1)[0][0]
        if titled or counted[right] > 1:
            for each in own:
                if each.which != right:
                    yield _differs(document, each, next(one for one in own if one.which == right))
                    return
    if not own:
        return
    which = own[0].which
    began = _began(document)
    if began is not None:
        first, every, place, winter = began
        # What is held in winter, or signed for when its title says another year, may be of either.
        possible = years | (frame.years if which == _edition(frame.signed, first, every) else set())
        possible |= {year - 1 for year in possible} if winter else set()
        expected = {(year - first) // every + 1 for year in possible if year >= first}
        if expected and which not in expected and not _PAUSED.search(document.text):
            alone = len(own) == 1 and not _in_title(document, frame, own[0])
            wrong = own[0] if alone else None
            yield _not_so(document, wrong.span if wrong else place, place if wrong else own[0].span, expected)
            return
    for each in same:
        if each.year is None or each.own or each.year in years:
            continue
        later = each.year > max(years)
        if (each.which <= which) if later else (each.which >= which and each.year < min(years)):
            # Told once, the paper's own is as likely to be wrong as the other.
            wrong, right = (own[0], each) if len(own) == 1 else (each, own[0])
            yield _differs(document, wrong, right)
            return


def _edition(signed: date | None, first: int, every: int) -> int | None:
    """The edition of the year of signing, for a title that tells another one, unless it is told for the next."""
    return (signed.year - first) // every + 1 if signed and signed.month < _NEXT_FROM else None


def _in_title(document: Document, frame: Frame, each: _Told) -> bool:
    return any(
        document.paragraphs[at].start <= each.span.start < document.paragraphs[at].end
        for at in frame.parts.title
    )


def _began(document: Document) -> tuple[int, int, Span, bool] | None:
    """The year an event began in and after how many years it is held again, where the paper says both."""
    lines = list(sentences(document))
    for at, sentence in enumerate(lines):
        match = _BEGAN.search(sentence.plain) if sentence.figures else None
        if not match:
            continue
        near = sentence.plain + (lines[at + 1].plain[:40] if at + 1 < len(lines) else "")
        every = _EVERY.search(near)
        if every:
            name = next(each for each in ("year", "since", "there") if match[each])
            start = sentence.start + match.start(name)
            winter = bool(re.search(r"冬|冰|雪|1[0-2]月", near))
            return int(match[name]), 2 if every["two"] else 1, Span(start, start + 5), winter
    return None


def _differs(document: Document, wrong: _Told, right: _Told) -> Finding:
    words, other = (document.text[each.span.start : each.span.end] for each in (wrong, right))
    return rules()["number-unreal"].finding(
        wrong.span.start,
        wrong.span.end,
        elsewhere=(Elsewhere(right.span, other),),
        found=words,
        why_not=Text(
            en=f"the paper also tells “{other}”" + (f" ({right.year})" if right.year else ""),
            zh=f"与“{other}”" + (f"（{right.year}年）" if right.year else "") + "不符",
        ),
    )


def _not_so(document: Document, wrong: Span, right: Span, expected: set[int]) -> Finding:
    count = max(expected)
    return rules()["number-unreal"].finding(
        wrong.start,
        wrong.end,
        elsewhere=(Elsewhere(right, document.text[right.start : right.end]),),
        found=document.text[wrong.start : wrong.end],
        why_not=Text(en=f"it would be edition {count}", zh=f"按创办年份推算应为第{count}届"),
    )


def _anniversaries(document: Document, frame: Frame) -> Iterator[Finding]:
    """成立40周年 of what was founded in 1986, in a paper of 2024."""
    founded: dict[str, tuple[int, Span]] = {}
    near = {year + more for year in frame.years for more in (0, 1)}
    lines = [each for each in sentences(document) if each.figures and not each.cell]
    for sentence in lines:
        for match in _FOUNDED.finditer(sentence.plain):
            what, year = match["what"] or match["did"], int(match["year"] or match["then"])
            start = sentence.start + match.start("year" if match["year"] else "then")
            founded.setdefault(what, (year, Span(start, start + 5)))
    for sentence in lines:
        for match in _ANNIVERSARY.finditer(sentence.plain):
            if match["what"] not in founded:
                continue
            year, place = founded[match["what"]]
            count = how_many(match["which"])
            if (
                count
                and year + count not in near
                and not re.search(r"\d年", sentence.plain[: match.start()][-12:])
            ):
                yield rules()["event-year"].finding(
                    sentence.start + match.start("found"),
                    sentence.start + match.end("found"),
                    elsewhere=(Elsewhere(place, document.text[place.start : place.end]),),
                    found=match["found"],
                    own=listed(sorted(frame.years)),
                    when=listed([year + count]),
                )
