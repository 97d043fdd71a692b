"""CAP dateTime and aware datetime: whole seconds, a numeric offset, `-00:00` for UTC (CAP 1.2, 3.3.2)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from fenghuo.core.cap.findings import Fault, Level, Unusable, shown

WHITE = " \t\r\n"
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|z|([+-])(\d\d):(\d\d))?", re.ASCII)
_WIDEST_OFFSET = timedelta(hours=14)

Faults = list[Fault]


def _time_fault(text: str) -> Fault:
    return Fault(
        "time",
        f"“{shown(text)}” is not a time CAP can carry.",
        f"“{shown(text)}”不是 CAP 能表示的时间。",
        "Write date, time in whole seconds and numeric offset, as in 2026-04-03T14:30:00+08:00.",
        "按“日期T时间±时差”书写，精确到秒，例如 2026-04-03T14:30:00+08:00。",
    )


def read_time(text: str, faults: Faults) -> datetime:
    """An aware datetime from a CAP dateTime (CAP 1.2, 3.3.2); Z is read as UTC and reported."""
    text = text.strip(WHITE)
    parts = _TIME.fullmatch(text)
    if parts is None:
        raise Unusable(_time_fault(text))
    if parts[4] is None:
        raise Unusable(
            Fault(
                "time-offset",
                f"The time “{text}” has no offset from UTC, so its instant is unknown.",
                f"时间“{text}”没有写明与世界时的时差，无法确定是哪一时刻。",
                "Add the numeric offset, for Beijing time +08:00.",
                "在末尾加上数字时差，北京时间为 +08:00。",
            )
        )
    if parts[3] is not None:
        faults.append(_time_fault(text))
    offset = timedelta(0)
    if parts[5] is None:
        faults.append(
            Fault(
                "time-offset",
                f"The time “{text}” ends in a letter; the offset must be numeric.",
                f"时间“{text}”以字母结尾，时差必须写成数字。",
                "Write -00:00 for UTC instead of Z.",
                "世界时请写 -00:00，不要写 Z。",
            )
        )
    else:
        offset = timedelta(hours=int(parts[6]), minutes=int(parts[7])) * (-1 if parts[5] == "-" else 1)
        if int(parts[7]) > 59 or abs(offset) > _WIDEST_OFFSET:
            raise Unusable(_time_fault(text))
        if not offset and parts[5] == "+":
            faults.append(
                Fault(
                    "time-utc",
                    f"The time “{text}” writes UTC as +00:00; the standard writes it -00:00.",
                    f"时间“{text}”把世界时写作 +00:00，标准要求写作 -00:00。",
                    "Write -00:00.",
                    "改为 -00:00。",
                    Level.WARNING,
                )
            )
    # xs:dateTime lets midnight be the end of the day before; Python's clock does not know 24:00:00.
    late = parts[2] == "24:00:00"
    try:
        moment = datetime.fromisoformat(f"{parts[1]}T{'00:00:00' if late else parts[2]}")
        moment += timedelta(days=1) if late else timedelta(0)
    except (ValueError, OverflowError):
        raise Unusable(_time_fault(text)) from None
    return moment.replace(tzinfo=timezone(offset))


def write_time(moment: datetime) -> str:
    """A CAP dateTime; UTC becomes -00:00. Refuses naive times, parts of a second, odd offsets."""
    if not isinstance(moment, datetime):
        raise Unusable(_time_fault(str(moment)))
    offset = moment.utcoffset()
    if offset is None:
        raise Unusable(
            Fault(
                "time-offset",
                f"The time {moment.isoformat()} has no offset from UTC.",
                f"时间 {moment.isoformat()} 没有与世界时的时差。",
                "Give a time with its zone.",
                "请使用带时区的时间。",
            )
        )
    if moment.microsecond or offset % timedelta(minutes=1) or abs(offset) > _WIDEST_OFFSET:
        raise Unusable(_time_fault(moment.isoformat()))
    clock = moment.replace(tzinfo=None).isoformat()
    if not offset:
        return clock + "-00:00"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{clock}{'-' if offset < timedelta(0) else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
