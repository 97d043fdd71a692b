"""Dates as feeds write them: RFC 3339 in Atom, RFC 822 in RSS, and each in the other's place."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)
# What parsedate reads without being told is UTC: RFC 5322 says so of -0000, which it returns without a zone.
_UTC = re.compile(r".*\s-0000\s*$", re.DOTALL)


def rfc_3339(text: str) -> datetime | None:
    """A date of Atom (RFC 4287, 3.3), None for anything else."""
    text = text.strip()
    if not _RFC_3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.upper()))
    except ValueError:
        return None


def rfc_822(text: str) -> datetime | None:
    """A date of RSS 2.0 or of an HTTP header; None for anything else and for one without a zone."""
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC) if _UTC.match(text) else None
    return moment
