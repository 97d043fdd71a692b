"""Numbers and dates that cannot be right, or do not agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document
from ...finding import Finding
from . import (
    announced,
    apportioned,
    asked,
    bodies,
    breakdown,
    calendar,
    complete,
    enumerated,
    eras,
    growth,
    money,
    products,
    references,
    remainders,
    retold,
    seasons,
    shares,
    tables,
    timeline,
    titles,
    totals,
    units,
    unreal,
    years,
)
from .frame import frame


def check(document: Document) -> Iterator[Finding]:
    """Faults of dates, periods, years, totals, shares, counts, units and amounts."""
    time = frame(document)
    yield from calendar.check(document, time)
    dated = [*titles.check(document, time), *years.check(document, time)]
    yield from dated
    yielded = {finding.span.start for finding in dated}
    for each in (*eras.check(document, time), *timeline.check(document, time)):
        if each.span.start not in yielded:
            yielded.add(each.span.start)
            yield each
    yield from seasons.check(document, time)
    summed = list(totals.check(document))
    yield from summed
    told = {finding.span for finding in summed}
    left = [finding for finding in remainders.check(document) if finding.span not in told]
    yield from left
    told |= {finding.span for finding in left}
    for each in (
        *breakdown.check(document),
        *enumerated.check(document),
        *announced.check(document),
        *complete.check(document),
        *products.check(document),
    ):
        if each.span not in told:
            told.add(each.span)
            yield each
    yield from tables.check(document)
    yield from unreal.check(document)
    shared = list(shares.check(document))
    yield from shared
    known = {finding.span.start for finding in shared}
    yield from (each for each in apportioned.check(document) if each.span.start not in known)
    yield from growth.check(document)
    referring = list(references.check(document, time))
    yield from referring
    known = {finding.span for finding in referring}
    # Where a total is already told to be wrong, the count that is right elsewhere need not be doubted.
    for each in (*retold.check(document, time), *asked.check(document), *bodies.check(document, time)):
        if each.span not in known and not told & {place.span for place in each.elsewhere}:
            known.add(each.span)
            yield each
    yield from units.check(document)
    yield from money.check(document)
