"""Numbers and dates that cannot be right, or do not agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document
from ...finding import Finding
from . import (
    agreement,
    announced,
    apportioned,
    asked,
    bodies,
    breakdown,
    calendar,
    enumerated,
    eras,
    growth,
    lasting,
    mirrored,
    money,
    named,
    products,
    references,
    remainders,
    reviewed,
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
    titled = list(titles.check(document, time))
    reviews, time = reviewed.check(document, time, titled)
    titled += reviews
    yielded = {finding.span.start for finding in titled}
    dated = [*titled, *(each for each in years.check(document, time) if each.span.start not in yielded)]
    yield from dated
    yielded |= {finding.span.start for finding in dated}
    for each in (*eras.check(document, time), *timeline.check(document, time)):
        if each.span.start not in yielded:
            yielded.add(each.span.start)
            yield each
    yield from seasons.check(document, time)
    yield from (
        each
        for each in (*named.check(document, time), *lasting.check(document, time))
        if each.span.start not in yielded
    )
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
    differing = list(agreement.check(document, time))
    yield from differing
    known = {finding.span for finding in differing}
    referring = [each for each in references.check(document, time) if each.span not in known]
    yield from referring
    known |= {finding.span for finding in referring}
    # Where a total is already told to be wrong, the count that is right elsewhere need not be doubted.
    yield from (
        each
        for each in (*mirrored.check(document, time), *asked.check(document), *bodies.check(document, time))
        if each.span not in known and not told & {place.span for place in each.elsewhere}
    )
    yield from units.check(document)
    yield from money.check(document)
