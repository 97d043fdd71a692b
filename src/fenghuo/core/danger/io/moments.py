"""Times as station files write them: ISO, spreadsheets' and Chinese tables' spellings, on the clock of a column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?$")
DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_HOUR = re.compile(r"^[T\s]*(\d{1,2})(?::(\d{2})(?::(\d{2}))?|[时点](?:(\d{1,2})分)?)?$")


def read_moment(cell: str, clock: str, zone: tzinfo) -> datetime | None:
    """Return the aware moment in the desk's standard time, or None when the cell does not state one."""
    text = cell.strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        loose = _loose(text)
        if loose is None:
            return None
        found = loose
    if clock == "date":
        dateless = found.time() == time(0) and found.tzinfo is None and ":" not in text
        return found.replace(hour=12, tzinfo=zone) if dateless else None
    if found.tzinfo is not None:
        return found.astimezone(zone)
    if clock == "local":
        return found.replace(tzinfo=zone)
    return found.replace(tzinfo=UTC).astimezone(zone) if clock == "utc" else None


def clock_unsaid(cells: Sequence[str], clock: str) -> bool:
    """Whether a column taken for times with an offset, or for days, holds times of day that state no offset."""
    written = [cell for cell in cells if cell.strip()]
    return (
        clock in ("zoned", "date")
        and bool(written)
        and not any(read_moment(cell, clock, UTC) for cell in written)
        and all(read_moment(cell, "local", UTC) for cell in written)
    )


def _loose(text: str) -> datetime | None:
    """Read what spreadsheets and Chinese tables write: `2026/3/1 9:00`, `2026年3月1日 9时`, `2026030109`.

    Hour 24 is midnight at the end of the day.
    """
    text = unicodedata.normalize("NFKC", text)
    compact = _COMPACT.match(text)
    if compact:
        year, month, date, hour, minute, second = (*(int(part or 0) for part in compact.groups()), 0)
    else:
        day = DATE.match(text)
        rest = _HOUR.match(text[day.end() :]) if day else None
        if day is None or (rest is None and text[day.end() :].strip()):
            return None
        year, month, date = (int(part) for part in day.groups())
        hour, minute, second = (
            (int(rest[1]), int(rest[2] or rest[4] or 0), int(rest[3] or 0)) if rest else (0, 0, 0)
        )
    try:
        if (hour, minute, second) == (24, 0, 0):
            return datetime(year, month, date) + timedelta(days=1)
        return datetime(year, month, date, hour, minute, second)
    except (ValueError, OverflowError):
        return None
