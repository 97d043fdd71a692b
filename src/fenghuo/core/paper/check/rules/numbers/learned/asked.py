"""How likely it is that a time or a figure of a paper is wrong, and what is told of those that surely are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....rulebook import rules
from ..faults import counts_differ, rate_wrong, reckoned_wrong
from ..text.frame import Frame, before_which
from ..times.occasions import listed
from .belief import Asked, believed, meet
from .belonging import Context
from .claims import WAYS, Claim, claims, ways
from .expected import ASKED, Expected, expected
from .figures import Figure
from .forest import Forest, forest
from .mentions import Mention
from .times import TURNS, likely
from .whole import Whole, whole

_SURE_TIME, _SURE_TURN, _SURE_FIGURE, _SURE_PRODUCT = 0.8, 0.7, 0.9, 0.97
"""How likely a time, an edition or a plan, and a figure have to be wrong for it to be told; figures make products by
chance most of all."""
_HISTORY = re.compile(r"教训|为鉴|特大|牺牲|遇难|死亡|历史|曾|以来|成立|创立|始建|重温|回顾|纪念")
"""What tells that another year was meant."""
_IN_YEAR = re.compile(r"((?:19|20)\d{2})年$")
_OF_RULE = re.compile(r"》\s*[（(](?:[^（()）\n]{0,20})$")
"""What a rule's own year stands behind: 《森林防火条例》（2008年…修订）."""
_LASTED = re.compile(r"[”\"]?(?:期间|时期|末|以来)")
_WITH_OTHERS = re.compile(r"年[、和与及](?:19|20)\d{2}年?")
"""Behind a plan that is looked back on, and behind the first of several years."""
_TIMES = frozenset("×xX*✕")
"""Signs between the sides of a thing: 800毫米×650毫米."""
_CHANGED = re.compile("[增减升降涨跌多少高低][^，。；]{0,4}$")
_PAIR, _ALL, _EXACT = 2, 100, 0.01
_UNLIKELY = 0.3
_PASSAGE = 500
"""Characters of what is no whole paper: too little stands around a figure there to know it by."""
_MOST_TIMES, _MOST_FIGURES = 600, 3000
"""Times and figures of a paper of a hundred pages: what holds more is a yearbook, and left to the looks."""
_SIGNS = {"product": " × ", "mean": " ÷ ", "left": " − ", "rest": " − "}


def as_learned(
    document: Document, frame: Frame, found: Iterable[Finding]
) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """What looks found, without what is hardly ever wrong where it stands, and what no look found that surely is."""
    if len(document.text) < _PASSAGE:
        return list(found), ()
    asked_ = asked(document, frame)
    told = believed(found, asked_)
    places = [place for each in told for place in (each.span, *(one.span for one in each.elsewhere))]
    more = []
    for each in _told(asked_):
        if not any(meet(place, each.span) for place in places):
            places.append(each.span)
            more.append(each)
    return told, more


def _told(asked_: Asked) -> Iterator[Finding]:
    """What is likely enough wrong."""
    for mention, wrong in zip(asked_.whole.all, asked_.times, strict=False):
        sure = _SURE_TURN if mention.sort in TURNS else _SURE_TIME
        if wrong >= sure and not _is_borne_out(asked_, mention):
            yield _of_time(asked_.whole, mention)
    said: set[int] = set()
    for claim, wrong in sorted(asked_.claims, key=lambda one: -one[1]):
        sure = _SURE_PRODUCT if claim.way.candidate.kind in ("product", "times") else _SURE_FIGURE
        if (
            wrong >= sure
            and claim.figure.index not in said
            and not _is_side(asked_.document, claim.figure)
            and not _follows(claim)
        ):
            said.add(claim.figure.index)
            yield _of_figure(asked_.document, claim)


def _is_side(document: Document, figure: Figure) -> bool:
    """Whether a figure is one side of a thing."""
    around = (
        document.text[max(figure.start - 1, 0) : figure.start] + document.text[figure.end : figure.end + 1]
    )
    return not _TIMES.isdisjoint(around)


def _follows(claim: Claim) -> bool:
    """由35处减少到14处，减少60%: whether a rate comes of its two figures in another way than was asked."""
    candidate = claim.way.candidate
    if not candidate.told.is_rate or len(candidate.of) != _PAIR:
        return False
    one, two = (float(each.value) for each in candidate.of)
    if one <= 0 or two <= 0:
        return False
    told, exact = float(candidate.told.value), float(candidate.told.step) / 2 + _EXACT
    made = [abs(one - two) / one, abs(one - two) / two]
    if not _CHANGED.search(candidate.told.lead):
        made += [one / two, two / one]
    return any(abs(each * _ALL - told) <= exact for each in made)


def _is_borne_out(asked_: Asked, mention: Mention) -> bool:
    """Whether another year is told with a month, is history, or is the title's and the text's as well."""
    if mention.sort == "plan" and _LASTED.match(mention.after):
        return True
    if mention.sort == "year" and _WITH_OTHERS.match(mention.after):
        return True
    if mention.sort != "year":
        year = _IN_YEAR.search(asked_.whole.text, max(mention.start - 6, 0), mention.start)
        return bool(year and int(year[1]) not in asked_.whole.frame.years)
    if _HISTORY.search(mention.sentence) or _OF_RULE.search(
        asked_.whole.text[max(mention.start - 24, 0) : mention.start]
    ):
        return True
    if mention.titled and before_which(asked_.whole.frame.title, mention.value):
        return True
    return mention.titled and any(
        each.value == mention.value and not each.titled and wrong < _UNLIKELY
        for each, wrong in zip(asked_.whole.all, asked_.times, strict=False)
        if each.sort == "year"
    )


def asked(
    document: Document,
    frame: Frame,
    forest: Callable[[str], Forest] = forest,
    expected: Callable[[str], Expected] = expected,
) -> Asked:
    """Ask the forests of a paper, and what its words ask for: those that ship, or others by the same names."""
    told = whole(document, frame)
    times: Sequence[float] = ()
    if len(told.all) <= _MOST_TIMES:
        times = likely(
            told,
            {name: expected(name) for name in ASKED},
            {name: forest(name) for name in ("times", "turns")},
        )
    return Asked(document, told, times, _claimed(document, forest))


def _claimed(document: Document, forest: Callable[[str], Forest]) -> list[tuple[Claim, float]]:
    context = Context.of(document)
    if len(context.figures) > _MOST_FIGURES:
        return []
    found = claims(context, ways(context, {way: forest(way) for way in WAYS}))
    return list(zip(found, forest("figures").likely([each.row for each in found]), strict=True))


def _of_time(told: Whole, mention: Mention) -> Finding:
    words = told.text[mention.start : mention.end]
    if mention.sort == "year" and told.text.startswith("年", mention.end):
        words += "年"
    years = listed(sorted(told.frame.years))
    if mention.sort == "year" and mention.titled:
        return rules()["title-year"].finding(
            mention.start,
            mention.end,
            found=words,
            against=listed([told.signed[0] or told.years.most_common(1)[0][0]]),
        )
    if mention.sort == "year":
        return rules()["other-year"].finding(mention.start, mention.end, found=words, own=years)
    if mention.sort in ("edition", "plan"):
        when = Text(en="another time", zh="别的届次或年份")
        return rules()["event-year"].finding(mention.start, mention.end, found=words, own=years, when=when)
    first, last = told.period
    own = Text(en=f"months {first} to {last}", zh=f"{first}月至{last}月") if first else years
    return rules()["other-half"].finding(mention.start, mention.end, found=words, own=own)


def _of_figure(document: Document, claim: Claim) -> Finding:
    candidate = claim.way.candidate
    said, told, of = document.text, candidate.told, candidate.of
    if candidate.kind == "same":
        return counts_differ(said, 0, told, of[0])
    right = Decimal(str(claim.right))
    if told.is_rate and candidate.kind != "complement":
        asked_ = f"{claim.right:.6g}%"
        return rate_wrong(said, 0, told, of[0], of[1], asked_)
    return reckoned_wrong(said, 0, told, right, of, _SIGNS.get(candidate.kind, " + "))
