"""Numbering, order of headings, and the parts an official paper must have."""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document
from ...finding import Finding
from . import decimals, missing, numbering, writing


def check(document: Document) -> Iterator[Finding]:
    """Faults of form: numbers of headings, missing parts, and how number, date, title and lists are written."""
    yield from numbering.check(document)
    yield from decimals.check(document)
    yield from missing.check(document)
    yield from writing.check(document)
