"""Numbers and dates that cannot be right, or do not agree with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from ...document import Document
from ...finding import Finding, Span
from . import (
    afar,
    alike,
    alone,
    announced,
    apart,
    apiece,
    apportioned,
    asked,
    beforehand,
    bodies,
    both,
    breakdown,
    calendar,
    celled,
    changes,
    columns,
    compared,
    complete,
    described,
    differences,
    discord,
    enumerated,
    eras,
    feasts,
    foretold,
    fractions,
    gathered,
    growth,
    halves,
    issued,
    lasting,
    later,
    leftover,
    lengths,
    likened,
    lined,
    money,
    multiplied,
    named,
    namely,
    nearly,
    neighbours,
    numbered,
    ofall,
    ordinals,
    outdated,
    outlying,
    overdue,
    paired,
    papered,
    plainly,
    pointed,
    portions,
    premature,
    pricelist,
    products,
    proportions,
    rates,
    rations,
    ratios,
    references,
    remainders,
    remaining,
    repeated,
    respectively,
    rested,
    retold,
    reviewed,
    rowed,
    seasons,
    shares,
    states,
    stock,
    strayed,
    summed,
    tabled,
    tables,
    tallied,
    timeline,
    titles,
    totals,
    units,
    unreal,
    unsummed,
    upward,
    weighed,
    years,
)
from .frame import Frame, frame
from .headed import misread
from .holding import doubtful


def check(document: Document) -> Iterator[Finding]:
    """Faults of dates, periods, years, totals, shares, counts, units and amounts."""
    time = frame(document)
    yield from calendar.check(document, time)
    titled = list(titles.check(document, time))
    reviews, time = reviewed.check(document, time, titled)
    yield from _times(document, time, titled, reviews)
    sums = list(_sums(document, time))
    yield from sums
    yield from unreal.check(document)
    yield from lengths.check(document, time)
    clear, likely = fractions.check(document)
    shared = [*shares.check(document), *apportioned.check(document)]
    yield from _once(
        document,
        shared,
        rates.check(document),
        ratios.check(document),
        compared.check(document),
        namely.check(document),
        changes.check(document),
        likely,
        upward.check(document),
        repeated.check(document),
        foretold.check(document),
        pointed.check(document),
        _beside([*sums, *shared], afar.check(document)),
        surely=chain(
            growth.check(document),
            clear,
            portions.check(document),
            respectively.check(document),
            _beside(sums, proportions.check(document)),
        ),
    )
    # Where a total is already told to be wrong, the count that is right elsewhere need not be doubted.
    wrong = {each.span for each in sums}
    for each in _once(
        document,
        references.check(document, time),
        retold.check(document, time),
        asked.check(document),
        bodies.check(document, time),
        ofall.check(document, time),
        likened.check(document),
        tabled.check(document),
        celled.check(document),
        rowed.check(document),
        ordinals.check(document),
        leftover.check(document, time),
        paired.check(document),
        described.check(document, time),
        weighed.check(document, time),
    ):
        if wrong.isdisjoint(place.span for place in each.elsewhere):
            yield each
    yield from units.check(document)
    yield from money.check(document)


def _beside(told: Iterable[Finding], found: Iterable[Finding]) -> Iterator[Finding]:
    """What does not rest on a figure that is in doubt already."""
    doubted = {place for each in told for place in (each.span, *(one.span for one in each.elsewhere))}
    return (each for each in found if doubted.isdisjoint(one.span for one in each.elsewhere))


def _times(document: Document, time: Frame, *known: Iterable[Finding]) -> Iterator[Finding]:
    """Periods, years and what belongs to another time, beside what the title and the signing day told."""
    years_told = list(_years(document, time, *known))
    yield from years_told
    told = {each.span.start for each in years_told}
    for each in _once(
        document,
        seasons.check(document, time),
        later.check(document, time),
        halves.check(document, time),
        surely=_first_told(
            feasts.check(document, time),
            premature.check(document, time),
            overdue.check(document, time),
            discord.check(document, time),
            outlying.check(document, time),
        ),
    ):
        if each.span.start not in told:
            yield each


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
        timeline.check(document, time),
        named.check(document, time),
        lasting.check(document, time),
        issued.check(document, time),
        alone.check(document, time),
        papered.check(document, time),
        outdated.check(document, time),
        alike.check(document, time),
        beforehand.check(document, time),
        neighbours.check(document, time),
        strayed.check(document, time),
    )


def _sums(document: Document, time: Frame) -> Iterator[Finding]:
    """Wholes and their parts, in sentences, lists, numbered paragraphs and tables."""
    found = list(_wholes(document, time))
    # Of two wholes of the same parts the one that was weighed against others is meant.
    found = list({tuple(part.span for part in each.elsewhere) or each.span: each for each in found}.values())
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
        yield each


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
        gathered.check(document),
        tables.check(document),
        pricelist.check(document),
        unsummed.check(document),
        multiplied.check(document),
        lined.check(document),
        tallied.check(document),
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
