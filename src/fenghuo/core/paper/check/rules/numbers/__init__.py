"""Numbers and dates that cannot be right, or do not agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document
from ...finding import Finding
from . import (
    agreement,
    calendar,
    growth,
    money,
    references,
    remainders,
    seasons,
    shares,
    tables,
    totals,
    units,
    years,
)
from .frame import frame


def check(document: Document) -> Iterator[Finding]:
    """Faults of dates, periods, years, totals, shares, counts, units and amounts."""
    time = frame(document)
    yield from calendar.check(document, time)
    yield from years.check(document, time)
    yield from seasons.check(document, time)
    summed = list(totals.check(document))
    yield from summed
    told = {finding.span for finding in summed}
    yield from (finding for finding in remainders.check(document) if finding.span not in told)
    yield from tables.check(document)
    yield from shares.check(document)
    yield from growth.check(document)
    differing = list(agreement.check(document, time))
    yield from differing
    known = {finding.span for finding in differing}
    yield from (finding for finding in references.check(document, time) if finding.span not in known)
    yield from units.check(document)
    yield from money.check(document)
