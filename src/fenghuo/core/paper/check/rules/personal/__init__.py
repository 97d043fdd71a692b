"""Personal data that should not stand in a published paper; a case code does instead."""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document
from ...finding import Finding
from . import circumstances, numbers


def check(document: Document) -> Iterator[Finding]:
    """Numbers that lead to a person, homes, and a named person's illness or need."""
    yield from numbers.check(document)
    yield from circumstances.check(document)
