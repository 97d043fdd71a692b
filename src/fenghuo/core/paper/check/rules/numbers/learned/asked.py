"""How likely it is that a time or a figure of a paper is wrong, and what is told of those that surely are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....rulebook import rules
from ..faults import counts_differ, rate_wrong, reckoned_wrong
from ..text.frame import Frame
from ..text.quantities import Placed
from ..times.occasions import listed
from .belonging import Context
from .claims import WAYS, Claim, claims, ways
from .figures import figures
from .forest import forest
from .mentions import Mention
from .times import Whole, rows, whole

_SURE_TIME, _SURE_FIGURE = 0.8, 0.9
"""How likely a time and a figure have to be wrong for it to be told."""
_LEAST_TIME = {
    "other-half": 0.1,
    "other-year": 0.03,
    "title-year": 0.05,
    "event-year": 0.05,
    "deadline-past": 0.05,
}
_LEAST_FIGURE = {
    "total-wrong": 0.1,
    "counts-differ": 0.05,
    "rate-wrong": 0.05,
    "part-exceeds-total": 0.05,
    "shares-not-whole": 0.05,
}
"""How likely a time or a figure has to be wrong at least for what a look of that rule says of it: of what lies below,
more was wrong than right on papers that neither look nor forest had seen."""
_IS_DUE = re.compile(r"[^，。；]{0,3}前")
"""Behind a day by which something is due: whether that is over is no matter of likelihood."""
_HISTORY = re.compile(r"教训|牺牲|遇难|死亡|历史|曾|以来|成立|创立|始建|重温|回顾|纪念")
"""What tells that another year was meant."""
_IN_YEAR = re.compile(r"((?:19|20)\d{2})年$")
_UNLIKELY = 0.3
_PASSAGE = 500
"""Characters of what is no whole paper: too little stands around a figure there to know it by."""
_MOST_TIMES, _MOST_FIGURES = 600, 3000
"""Times and figures of a paper of a hundred pages: what holds more is a yearbook, and left to the looks."""
_SIGNS = {"product": " × ", "mean": " ÷ ", "left": " − ", "rest": " − "}


@dataclass(frozen=True)
class Asked:
    """What is likely wrong in a paper: its times, and what its figures ask of each other."""

    document: Document
    whole: Whole
    times: Sequence[float]
    claims: Sequence[tuple[Claim, float]]

    def doubts(self, found: Finding) -> bool:
        """Whether a look told of a time or a figure in which nothing is likely wrong."""
        least = _LEAST_TIME.get(found.rule)
        if least is not None:
            if _IS_DUE.match(self.document.text, found.span.end):
                return False
            near = [
                likely
                for mention, likely in zip(self.whole.all, self.times, strict=False)
                if _meet(found.span, mention)
            ]
            return bool(near) and max(near) < least
        least = _LEAST_FIGURE.get(found.rule)
        if least is None:
            return False
        places = [found.span, *(each.span for each in found.elsewhere)]
        near = [
            likely for claim, likely in self.claims if any(_meet(place, claim.figure) for place in places)
        ]
        return max(near, default=0.0) < least

    def _is_borne_out(self, mention: Mention) -> bool:
        """Whether another year is told with a month, is history, or is the title's and the text's as well."""
        if mention.sort != "year":
            year = _IN_YEAR.search(self.whole.text, max(mention.start - 6, 0), mention.start)
            return bool(year and int(year[1]) not in self.whole.frame.years)
        if _HISTORY.search(mention.sentence):
            return True
        return mention.titled and any(
            each.value == mention.value and not each.titled and likely < _UNLIKELY
            for each, likely in zip(self.whole.all, self.times, strict=False)
            if each.sort == "year"
        )

    def told(self) -> Iterator[Finding]:
        """What is likely enough wrong."""
        for mention, likely in zip(self.whole.all, self.times, strict=False):
            if likely >= _SURE_TIME and not self._is_borne_out(mention):
                yield _of_time(self.whole, mention)
        said: set[int] = set()
        for claim, likely in sorted(self.claims, key=lambda one: -one[1]):
            if likely >= _SURE_FIGURE and claim.figure.index not in said:
                said.add(claim.figure.index)
                yield _of_figure(self.document, claim)


def as_learned(
    document: Document, frame: Frame, found: Iterable[Finding]
) -> tuple[Sequence[Finding], Sequence[Finding]]:
    """What looks found, without what is hardly ever wrong where it stands, and what no look found that surely is."""
    if len(document.text) < _PASSAGE:
        return list(found), ()
    asked_ = asked(document, frame)
    told = [each for each in found if not asked_.doubts(each)]
    places = [place for each in told for place in (each.span, *(one.span for one in each.elsewhere))]
    more = []
    for each in asked_.told():
        if not any(_meet(place, each.span) for place in places):
            places.append(each.span)
            more.append(each)
    return told, more


def asked(document: Document, frame: Frame) -> Asked:
    """Ask the forests of a paper."""
    told = whole(document, frame)
    times = forest("times").likely(rows(told)) if len(told.all) <= _MOST_TIMES else []
    return Asked(document, told, times, _claimed(document))


def _claimed(document: Document) -> list[tuple[Claim, float]]:
    of = figures(document)
    if len(of) > _MOST_FIGURES:
        return []
    context = Context.of(of)
    found = claims(context, ways(context, {way: forest(way) for way in WAYS}))
    likely = forest("figures").likely([each.row for each in found])
    return list(zip(found, likely, strict=True))


def _meet(one: Placed, two: Placed) -> bool:
    return one.start < two.end and two.start < one.end


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
