"""Numbers and dates that cannot be right, or do not agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

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
    told, more = as_learned(document, time, _by_words(document, time))
    yield from told
    yield from _once(document, more)


def _by_words(document: Document, time: Frame) -> Iterator[Finding]:
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
    dated = list(calendar.check(document, time))
    yield from dated
    headed = headlined(document, time)
    titled = list(titles.check(document, headed))
    reviews, found = reviewed.check(document, headed, titled)
    entitled_so, found = entitled.check(document, found, [*titled, *reviews])
    time = found if headed is time else time
    # Early in a year the paper may be of the year before, whatever its title says.
    late = time.signed is not None and time.signed.month > _TURN
    if len(time.title_years) == 1 and late and any(each.rule == "title-year" for each in titled):
        time = replace(time, title_years=())
    reviews += entitled_so
    yield from _forward(dated, _times(document, time, titled, reviews))
    sums = list(_sums(document, time))
    yield from sums
    yield from unreal.check(document)
    yield from _forward(dated, hours.check(document))
    clear, likely = fractions.check(document)
    beside, standing = claimed.check(document)
    shared = [*shares.check(document), *apportioned.check(document)]
    found = _once(
        document,
        shared,
        rates.check(document),
        ratios.check(document),
        compared.check(document),
        namely.check(document),
        changes.check(document),
        likely,
        upward.check(document),
        pointed.check(document),
        standing,
        recalled.check(document),
        amongst.check(document),
        _beside([*sums, *shared], afar.check(document)),
        surely=chain(
            growth.check(document),
            clear,
            beside,
            portions.check(document),
            respectively.check(document),
            _beside(sums, proportions.check(document)),
        ),
    )
    # Where a total is already told to be wrong, what is right elsewhere need not be doubted.
    wrong = {each.span for each in sums}
    yield from (each for each in found if wrong.isdisjoint(place.span for place in each.elsewhere))
    for each in _once(
        document,
        references.check(document, time),
        retold.check(document, time),
        asked.check(document),
        tabled.check(document),
        celled.check(document),
        rowed.check(document),
        described.check(document, time),
        weighed.check(document, time),
    ):
        if wrong.isdisjoint(place.span for place in each.elsewhere):
            yield each
    yield from units.check(document)
    yield from money.check(document)


def _reckoned(document: Document, time: Frame) -> Iterator[Finding]:
    """What follows from amounts told beside it, in whatever words: what is left, differences, lengths, products."""
    found = chain(
        yet.check(document),
        more_by.check(document),
        from_to.check(document, time),
        restated.check(document),
        each_of.check(document),
        together.check(document),
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
        seasons.check(document, halved),
        later.check(document, halved),
        halves.check(document, time),
        surely=_first_told(
            feasts.check(document, halved),
            premature.check(document, halved),
            overdue.check(document, halved),
            discord.check(document, halved),
            outlying.check(document, halved),
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
        years.check(document, time),
        eras.check(document, time),
        editions.check(document, time),
        anniversaries.check(document, time),
        observed.check(document, time),
        timeline.check(document, time),
        named.check(document, time),
        lasting.check(document, time),
        issued.check(document, time),
        given.check(document, time),
        alone.check(document, time),
        papered.check(document, time),
        outdated.check(document, time),
        beforehand.check(document, time),
        neighbours.check(document, time),
        impossible.check(document, time),
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
        totals.check(document),
        remainders.check(document),
        breakdown.check(document),
        numbered.check(document),
        enumerated.check(document),
        announced.check(document),
        apart.check(document),
        complete.check(document),
        products.check(document),
        rations.check(document),
        apiece.check(document, time),
        states.check(document),
        columns.check(document),
        summed.check(document),
        both.check(document),
        remaining.check(document),
        rested.check(document, time),
        differences.check(document),
        nearly.check(document),
        plainly.check(document),
        tables.check(document),
        pricelist.check(document),
        unsummed.check(document),
        multiplied.check(document),
        lined.check(document),
        tallied.check(document),
        closed.check(document),
        surely=stock.check(document),
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
