"""CAP dateTime and aware datetime: whole seconds, a numeric offset, `-00:00` for UTC (CAP 1.2, 3.3.2)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from fenghuo.core.cap.findings import Fault, Unusable, shown
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.signs import in_ascii

WHITE = " \t\r\n"
_PLAIN = re.compile(r"\d{4}-\d\d-\d\dT[012]\d:\d\d:\d\d[+-](?:0\d|1[0-3]):[0-5]\d", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|z|([+-])(\d\d):(\d\d))?", re.ASCII)
_LOOSE = re.compile(
    r"(\d{4})([-/.]?)(\d\d?)\2(\d\d?)(?:[Tt]|[ \t]+)"
    r"(\d\d?)(:?)(\d\d)(?:\6(\d\d)([.,]\d+)?)?[ \t]*"
    r"(Z|(?:UTC|GMT)?(?:([+-])(\d\d?)(?::?(\d\d))?)?)",
    re.ASCII | re.IGNORECASE,
)
_WIDEST_OFFSET = timedelta(hours=14)

Faults = list[Fault]


def read_time(text: str, faults: Faults) -> datetime:
    """An aware datetime from a CAP dateTime (CAP 1.2, 3.3.2); Z is read as UTC and reported."""
    if _PLAIN.fullmatch(text) and not text.endswith("+00:00"):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # 24:00:00, or no such day: told apart below.
    text = text.strip(WHITE)
    parts = _TIME.fullmatch(text)
    if parts is None:
        return _loosely(text, faults)
    if parts[4] is None:
        raise Unusable(fault("time-offset", text=shown(text)))
    offset = timedelta(0)
    if parts[5] is not None:
        offset = timedelta(hours=int(parts[6]), minutes=int(parts[7])) * (-1 if parts[5] == "-" else 1)
        if int(parts[7]) > 59 or abs(offset) > _WIDEST_OFFSET:
            raise Unusable(fault("time", text=shown(text)))
    # xs:dateTime lets midnight be the end of the day before; Python's clock does not know 24:00:00.
    late = parts[2] == "24:00:00"
    try:
        moment = datetime.fromisoformat(f"{parts[1]}T{'00:00:00' if late else parts[2]}")
        moment += timedelta(days=1) if late else timedelta(0)
    except (ValueError, OverflowError):
        raise Unusable(fault("time", text=shown(text))) from None
    moment = moment.replace(tzinfo=timezone(offset))
    spelt = f"{parts[1]}T{parts[2]}{parts[4] if offset else '-00:00'}"
    if parts[3] is not None:
        found = fault("time-fraction", text=shown(text))
        faults.append(found if parts[3].strip(".0") else found.mended(spelt))
    if parts[5] is None:
        faults.append(fault("time-z", spelt, text=shown(text)))
    elif not offset and parts[5] == "+":
        faults.append(fault("time-utc", spelt, text=shown(text)))
    return moment


def _loosely(text: str, faults: Faults) -> datetime:
    """The time meant by one that is spelt otherwise, as ISO 8601 or habit has it, where only one can be meant."""
    parts = _LOOSE.fullmatch(in_ascii(text))
    if (
        parts is None
        or (not parts[2] and len(parts[3] + parts[4]) < 4)
        or (not parts[6] and len(parts[5]) < 2)
    ):
        raise Unusable(fault("time", text=shown(text)))
    year, _, month, day, hour, _, minute, second, fraction, zone, sign, hours, minutes = parts.groups("")
    offset = f"{sign}{hours:0>2}:{minutes or '00'}" if sign else "Z" if zone else ""
    clock = f"{hour:0>2}:{minute}:{second or '00'}{fraction.replace(',', '.')}"
    told: Faults = []
    moment = read_time(f"{year}-{month:0>2}-{day:0>2}T{clock}{offset}", told)
    spelt = write_time(moment)
    faults.extend(each for each in told if each.mend is None)  # parts of a second that say something
    faults.append(fault("time-spelling", spelt, text=shown(text), right=spelt))
    return moment


def write_time(moment: datetime) -> str:
    """A CAP dateTime; UTC becomes -00:00. Refuses naive times, parts of a second, odd offsets."""
    if not isinstance(moment, datetime):
        raise Unusable(fault("time", text=shown(str(moment))))
    offset = moment.utcoffset()
    if offset is None:
        raise Unusable(fault("time-offset", text=moment.isoformat()))
    if moment.microsecond or offset % timedelta(minutes=1) or abs(offset) > _WIDEST_OFFSET:
        raise Unusable(fault("time", text=moment.isoformat()))
    clock = moment.replace(tzinfo=None).isoformat()
    if not offset:
        return clock + "-00:00"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{clock}{'-' if offset < timedelta(0) else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
