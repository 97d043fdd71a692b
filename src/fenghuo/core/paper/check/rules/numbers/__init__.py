"""Numbers and dates that cannot be right, or do not agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from types import ModuleType

from ...document import Document
from ...finding import Finding, Span
from .amounts import money, units, unreal
from .counts import (
    asked,
    celled,
    described,
    references,
    retold,
    rowed,
    tabled,
    weighed,
)
from .doubt.headed import misread, with_a_head
from .doubt.holding import doubtful
from .learned.asked import as_learned
from .rates import (
    afar,
    amongst,
    apportioned,
    changes,
    claimed,
    compared,
    fractions,
    growth,
    namely,
    pointed,
    portions,
    proportions,
    rates,
    ratios,
    recalled,
    respectively,
    shares,
    upward,
)
from .reckoned import each_of, more_by, restated, together, yet
from .text.frame import Frame, frame
from .text.reading import TO_FILL
from .times import (
    alone,
    anniversaries,
    beforehand,
    calendar,
    discord,
    editions,
    entitled,
    eras,
    feasts,
    from_to,
    given,
    halves,
    hours,
    impossible,
    issued,
    lasting,
    later,
    named,
    neighbours,
    observed,
    opening,
    outdated,
    outlying,
    overdue,
    papered,
    premature,
    reviewed,
    seasons,
    timeline,
    titles,
    years,
)
from .times.headlines import headlined
from .wholes import (
    announced,
    apart,
    apiece,
    both,
    breakdown,
    closed,
    columns,
    complete,
    differences,
    enumerated,
    lined,
    multiplied,
    nearly,
    numbered,
    plainly,
    pricelist,
    products,
    rations,
    remainders,
    remaining,
    rested,
    states,
    stock,
    summed,
    tables,
    tallied,
    totals,
    unsummed,
)

_END = re.compile(r"[。；\n]")
_TURN = 3
"""The last month in which a review is most often of the year before."""


def check(document: Document) -> Iterator[Finding]:
    """Faults of dates, periods, years, totals, shares, counts, units and amounts."""
    time = frame(document)
    told, more = as_learned(document, time, by_words(document, time))
    yield from told
    yield from _once(document, more)


def _by(look: ModuleType, *asked: object) -> Iterator[Finding]:
    """What a look finds, with its name on it."""
    return _stamped(look, look.check(*asked))


def _stamped(look: ModuleType, found: Iterable[Finding]) -> Iterator[Finding]:
    name = look.__name__.rpartition(".")[2]
    return (replace(each, look=name) for each in found)


def by_words(document: Document, time: Frame) -> Iterator[Finding]:
    """What the looks find that know words and what figures come to."""
    told = list(_told(document, time))
    yield from told
    # What is told already needs no other words, and a figure that is wrong itself makes no other doubtful.
    places = {each.span.start for each in told}
    wrong = {each.span for each in told if each.rule == "total-wrong"}
    for each in _once(document, surely=_reckoned(document, time)):
        if each.span.start not in places and wrong.isdisjoint(place.span for place in each.elsewhere):
            yield each


def _told(document: Document, time: Frame) -> Iterator[Finding]:
    """What the rules find that know what things are called."""
    dated = list(_by(calendar, document, time))
    yield from dated
    headed = headlined(document, time)
    titled = list(_by(titles, document, headed))
    reviews, found = reviewed.check(document, headed, titled)
    reviews = [*_stamped(reviewed, reviews)]
    entitled_so, found = entitled.check(document, found, [*titled, *reviews])
    time = found if headed is time else time
    # Early in a year the paper may be of the year before, whatever its title says.
    late = time.signed is not None and time.signed.month > _TURN
    if len(time.title_years) == 1 and late and any(each.rule == "title-year" for each in titled):
        time = replace(time, title_years=())
    reviews += _stamped(entitled, entitled_so)
    yield from _forward(dated, _times(document, time, titled, reviews))
    sums = list(_sums(document, time))
    yield from sums
    yield from _by(unreal, document)
    yield from _forward(dated, _by(hours, document))
    clear, likely = (_stamped(fractions, each) for each in fractions.check(document))
    beside, standing = (_stamped(claimed, each) for each in claimed.check(document))
    shared = [*_by(shares, document), *_by(apportioned, document)]
    found = _once(
        document,
        shared,
        _by(rates, document),
        _by(ratios, document),
        _by(compared, document),
        _by(namely, document),
        _by(changes, document),
        likely,
        _by(upward, document),
        _by(pointed, document),
        standing,
        _by(recalled, document),
        _by(amongst, document),
        _beside([*sums, *shared], _by(afar, document)),
        surely=chain(
            _by(growth, document),
            clear,
            beside,
            _by(portions, document),
            _by(respectively, document),
            _beside(sums, _by(proportions, document)),
        ),
    )
    # Where a total is already told to be wrong, what is right elsewhere need not be doubted.
    wrong = {each.span for each in sums}
    yield from (each for each in found if wrong.isdisjoint(place.span for place in each.elsewhere))
    for each in _once(
        document,
        _by(references, document, time),
        _by(retold, document, time),
        _by(asked, document),
        _by(tabled, document),
        _by(celled, document),
        _by(rowed, document),
        _by(described, document, time),
        _by(weighed, document, time),
    ):
        if wrong.isdisjoint(place.span for place in each.elsewhere):
            yield each
    yield from _by(units, document)
    yield from _by(money, document)


def _reckoned(document: Document, time: Frame) -> Iterator[Finding]:
    """What follows from amounts told beside it, in whatever words: what is left, differences, lengths, products."""
    found = chain(
        _by(yet, document),
        _by(more_by, document),
        _by(from_to, document, time),
        _by(restated, document),
        _by(each_of, document),
        _by(together, document),
    )
    return (each for each in found if each.rule != "total-wrong" or not with_a_head(document, each))


def _beside(told: Iterable[Finding], found: Iterable[Finding]) -> Iterator[Finding]:
    """What does not rest on a figure that is in doubt already."""
    doubted = {place for each in told for place in (each.span, *(one.span for one in each.elsewhere))}
    return (each for each in found if doubted.isdisjoint(one.span for one in each.elsewhere))


def _forward(dated: Iterable[Finding], *found: Iterable[Finding]) -> Iterator[Finding]:
    """What is told besides days and hours in doubt, without the lengths of periods that end before they begin."""
    backwards = [each.span for each in dated if each.rule == "period-backwards"]
    for each in chain.from_iterable(found):
        places = [one.span for one in each.elsewhere]
        of_these = any(a.start < b.end and b.start < a.end for a in places for b in backwards)
        if each.span not in backwards and not (each.rule == "number-unreal" and of_these):
            yield each


def _times(document: Document, time: Frame, *known: Iterable[Finding]) -> Iterator[Finding]:
    """Periods, years and what belongs to another time, beside what the title and the signing day told."""
    years_told = list(_years(document, time, *known))
    yield from years_told
    told = {each.span.start for each in years_told}
    if any(each.rule == "title-year" for each in years_told):
        time = _of_its_signing(time)
    halved = halves.turned(document, time)
    for each in _once(
        document,
        _by(seasons, document, halved),
        _by(later, document, halved),
        _by(halves, document, time),
        surely=_first_told(
            _by(feasts, document, halved),
            _by(premature, document, halved),
            _by(overdue, document, halved),
            _by(discord, document, halved),
            _by(outlying, document, halved),
        ),
    ):
        if each.span.start not in told:
            yield each


def _of_its_signing(time: Frame) -> Frame:
    """A frame of the year of the signing, or at its beginning of the one before, where the title's year is wrong."""
    if time.signed is None:
        return replace(time, title_years=())
    return replace(time, title_years=(time.signed.year - (time.signed.month <= _TURN),))


def _first_told(*looks: Iterable[Finding]) -> Iterator[Finding]:
    """At each place what the first of some looks says."""
    told: set[int] = set()
    for each in chain.from_iterable(looks):
        if each.span.start not in told:
            told.add(each.span.start)
            yield each


def _years(document: Document, time: Frame, *known: Iterable[Finding]) -> Iterator[Finding]:
    yield from _once(
        document,
        *known,
        _by(opening, document, time),
        _by(years, document, time),
        _by(eras, document, time),
        _by(editions, document, time),
        _by(anniversaries, document, time),
        _by(observed, document, time),
        _by(timeline, document, time),
        _by(named, document, time),
        _by(lasting, document, time),
        _by(issued, document, time),
        _by(given, document, time),
        _by(alone, document, time),
        _by(papered, document, time),
        _by(outdated, document, time),
        _by(beforehand, document, time),
        _by(neighbours, document, time),
        _by(impossible, document, time),
    )


def _sums(document: Document, time: Frame) -> Iterator[Finding]:
    """Wholes and their parts, in sentences, lists, numbered paragraphs and tables."""
    found = list(_wholes(document, time))
    # Of two wholes of the same parts the nearer one is meant.
    alike: dict[object, Finding] = {}
    for each in found:
        parts = tuple(part.span for part in each.elsewhere) or each.span
        alike[parts] = max(alike.get(parts, each), each, key=lambda one: one.span.start)
    found = list(alike.values())
    found = [each for each in found if not _is_inside(each, found)]
    nearest: dict[Span, Span] = {}
    for each in found:
        for part in each.elsewhere:
            nearest[part.span] = max(
                each.span, nearest.get(part.span, each.span), key=lambda span: span.start
            )
    doubted: set[Span] = set()
    wrong = {each.span: each for each in reversed(found)}
    for each in found:
        # A sum with a part that is wrong itself, or wrong in a sum of its own inside, tells nothing new; of two sums
        # that doubt each other the first is told.
        others = [wrong[part.span] for part in each.elsewhere if part.span in wrong]
        mutual = all(each.span in (part.span for part in other.elsewhere) for other in others)
        if each.rule.endswith("total-wrong") and (
            (others and (not mutual or each.span in doubted))
            or any(each.span.start < nearest[part.span].start < part.span.start for part in each.elsewhere)
        ):
            continue
        doubted |= {other.span for other in others}
        places = [each.span, *(part.span for part in each.elsewhere)]
        low, high = min(one.start for one in places), max(one.end for one in places)
        end = _END.search(document.text, high)
        if not TO_FILL.search(document.text, low, end.start() if end else high):
            yield each


def _is_inside(sum_: Finding, found: Sequence[Finding]) -> bool:
    """Whether a longer list has the whole and all its parts for its own parts."""
    own = {sum_.span, *(part.span for part in sum_.elsewhere)}
    return len(own) > 2 and any(
        each is not sum_ and own <= {part.span for part in each.elsewhere} for each in found
    )


def _wholes(document: Document, time: Frame) -> Iterator[Finding]:
    yield from _once(
        document,
        _by(totals, document),
        _by(remainders, document),
        _by(breakdown, document),
        _by(numbered, document),
        _by(enumerated, document),
        _by(announced, document),
        _by(apart, document),
        _by(complete, document),
        _by(products, document),
        _by(rations, document),
        _by(apiece, document, time),
        _by(states, document),
        _by(columns, document),
        _by(summed, document),
        _by(both, document),
        _by(remaining, document),
        _by(rested, document, time),
        _by(differences, document),
        _by(nearly, document),
        _by(plainly, document),
        _by(tables, document),
        _by(pricelist, document),
        _by(unsummed, document),
        _by(multiplied, document),
        _by(lined, document),
        _by(tallied, document),
        _by(closed, document),
        surely=_by(stock, document),
    )


def _once(document: Document, *looks: Iterable[Finding], surely: Iterable[Finding] = ()) -> Iterator[Finding]:
    """What some looks find: at each place what the first of them says, each thing once."""
    told: set[int] = set()
    for sure, look in ((True, surely), *((False, look) for look in looks)):
        said: set[tuple[int, str]] = set()
        for found in look:
            at = found.span.start
            if at in told or (at, found.rule) in said:
                continue
            if not (misread if sure else doubtful)(document, found):
                said.add((at, found.rule))
                yield found
        told |= {at for at, _ in said}
