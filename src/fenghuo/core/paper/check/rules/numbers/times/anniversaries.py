"""Anniversaries against the year from which they are counted: 始建于1956年, and 2026年 its 七十华诞.

Every anniversary told with its year names a year of founding (2006年…建校50周年: 1956). Doubted is the one that names a
year which the paper tells nowhere, where it tells another founding of the same house, or others agree on one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, how_many
from ....rulebook import rules
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .occasions import listed

_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十百]{1,5})"
_HOUSE = "校院所馆厂矿站社局团队会店行场园县市区镇乡村州旗司企台港路桥库"
_FOUNDED = (
    rf"(?:始|创|筹|兴)建|创办|创立|创建|成立|建成|组建|设立|开[馆园业张工校院播机]|投产|投运|投用|创刊|诞生|"
    rf"落成|通车|通航|起家|办起|创业|出第一|办学|建制|建[{_HOUSE}]"
)
_ANNIVERSARY = re.compile(
    rf"(?P<what>[一-鿿]{{0,8}}?)(?P<found>{_COUNT}(?:周年|年华诞|华诞|载华诞|年庆典|年院庆|年校庆))"
)
_LASTED = re.compile(
    rf"(?P<what>[一-鿿]{{0,6}}?)(?:走过|历经|经历|跨过|度过)(?:了)?(?:整整)?(?P<found>{_COUNT}(?:个?年头|个春秋|年(?!来|代|级|制)|载))"
)
_PERSON = re.compile(r"诞辰|逝世|牺牲|殉难|就义|遇难|婚|从[教警军艺医业事]|工龄|党龄|入党|参军")
_NAMED = re.compile(
    r"国庆|建国|新中国|共和国|建党|共产党|改革开放|建军|抗[日战美]|长征|回归|胜利|解放(?!路|街)|五四|辛亥|运动|革命|政协|人大|人民代表|共青团|颁布|实施|施行|发表|签署|建交"
)
"""What `occasions` knows, and what has a year of its own that no paper need tell."""
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2}|1[6-8]\d{2})年")
_THEN = re.compile(r"(?P<then>去年|上年|今年|本年|今[春夏秋冬]|明年|来年|后年|前年)")
_STEP = {"前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "明": 1, "来": 1, "后": 2}
_BEGAN = re.compile(
    rf"(?P<who>[一-鿿]{{0,10}}?)(?:{_FOUNDED})[^，。；\d]{{0,4}}?(?:于|在|是|为)?(?P<year>(?:1[6-9]|20)\d{{2}})年"
    rf"|(?P<whose>[一-鿿]{{0,10}})(?P<then>(?:1[6-9]|20)\d{{2}})年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:[^。；\d]{{0,4}}\d{{0,4}}[^。；\d]{{0,12}}?)(?:{_FOUNDED})"
)
_DATED = re.compile(r"(?P<year>(?:19|20)\d{2})年\d{1,2}月")
_TEN, _MANY = 10, 60
_NEAR = 600
"""Characters between an anniversary and the founding that it is counted from."""
_OLD = 3
"""Years that a house has to be old before its anniversaries are told."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An anniversary with its year, what house it is of where that is said, and where it stands."""

    count: int
    year: int
    house: str
    start: int
    end: int

    @property
    def founded(self) -> int:
        return self.year - self.count


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the year of an anniversary is not told, or the year that it is counted from is."""
    text = folded(document.text)
    lines = [each for each in sentences(document) if not each.cell]
    own = _own_year(frame, text)
    told = [found for line in lines for found in _anniversaries(line, own, frame)]
    if not told:
        return
    begun = [found for line in lines for found in _begun(line)][: _MANY * _TEN]
    years = {int(match["year"]) for match in _YEAR.finditer(text)}
    told = told[:_MANY]
    for one in told:
        if one.founded in years or any(each.founded == one.founded for each in told if each is not one):
            continue
        founded = [
            each
            for each in begun
            if _alike(each[1], one.house)
            and each[0] <= one.year - _OLD
            and abs(each[2].start - one.start) < _NEAR
        ]
        agreed = [
            each
            for each in told
            if each is not one and _alike(each.house, one.house) and each.founded in years
        ]
        right = _right(one, [year for year, _, _ in founded], [each.founded for each in agreed])
        if right is not None:
            place = next((span for year, _, span in founded if year == right), None)
            yield _fault(document, one, right, place)


def _own_year(frame: Frame, text: str) -> int | None:
    """The paper's year, else the latest of which it tells a month."""
    if frame.signed:
        return frame.signed.year
    if frame.year:
        return frame.year
    return max((int(match["year"]) for match in _DATED.finditer(text)), default=None)


def _anniversaries(line: Sentence, own: int | None, frame: Frame) -> Iterator[_Told]:
    for form in (_ANNIVERSARY, _LASTED):
        if not any(word in line.text for word in ("周年", "华诞", "庆", "过", "历")):
            return
        for match in form.finditer(line.plain):
            before = line.plain[: match.start("found")]
            clause = re.split("[，；：]", before)[-1]
            count = how_many(match["count"])
            if count < _OLD or _PERSON.search(clause) or _NAMED.search(clause):
                continue
            year = _year_of(before, own, open_=form is _ANNIVERSARY)
            if year:
                yield _Told(
                    count,
                    year,
                    _house(clause),
                    line.start + match.start("found"),
                    line.start + match.end("found"),
                )


def _year_of(before: str, own: int | None, *, open_: bool) -> int | None:
    """The year told last before an anniversary in its sentence, reckoned from the paper's own where it is 今年."""
    told = [(match.start(), int(match["year"])) for match in _YEAR.finditer(before)]
    if own:
        told += [(match.start(), own + _STEP[match["then"][0]]) for match in _THEN.finditer(before)]
    if told:
        at, year = max(told)
        between = before[at:]
        # 始建于1956年，迎来七十华诞: a founding is not the year of its own anniversary.
        founding = re.search(rf"(?:{_FOUNDED}|始|起|自|从)[^，。；\d]{{0,3}}$", before[:at]) or re.match(
            r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|起|至今)", between
        )
        if not founding:
            return year
        earlier = [each for each in told if each[0] < at]
        return max(earlier)[1] if earlier and not open_ else own
    return own if open_ and own else None


def _house(clause: str) -> str:
    """What house an anniversary is of: the 校 of 建校, the 会 of 协会成立; empty where it is not said."""
    match = re.search(rf"建(?P<one>[{_HOUSE}])$|(?P<two>[{_HOUSE}])(?:的)?(?:{_FOUNDED})?(?:的)?$", clause)
    return (match["one"] or match["two"]) if match else ""


def _begun(line: Sentence) -> Iterator[tuple[int, str, Span]]:
    for match in _BEGAN.finditer(line.plain):
        which = "year" if match["year"] else "then"
        who = match["who"] if match["year"] else match["whose"]
        houses = re.findall(rf"[{_HOUSE}]", who or "")
        span = Span(line.start + match.start(which), line.start + match.end(which) + 1)
        yield int(match[which]), houses[-1] if houses else "", span


def _alike(one: str, two: str) -> bool:
    return not one or not two or one == two


def _right(one: _Told, founded: Sequence[int], agreed: Sequence[int]) -> int | None:
    """The year that an anniversary should be counted from: the only one told, or one by a ten off."""
    candidates = set(agreed) or set(founded)
    if len(candidates) == 1:
        return candidates.pop()
    slipped = {
        each for each in {*founded, *agreed} if each != one.founded and (each - one.founded) % _TEN == 0
    }
    return slipped.pop() if len(slipped) == 1 else None


def _fault(document: Document, one: _Told, right: int, place: Span | None) -> Finding:
    elsewhere = (Elsewhere(place, document.text[place.start : place.end]),) if place else ()
    return rules()["event-year"].finding(
        one.start,
        one.end,
        elsewhere=elsewhere,
        found=document.text[one.start : one.end],
        own=listed([one.year]),
        when=listed([right + one.count]),
    )
