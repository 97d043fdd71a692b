"""Finds out what each column of a station file holds, and in which unit, from its header or a person's word.

Nothing is guessed from values. Where a header does not say enough, `UnknownColumns` carries what has to be
asked; the answer is a `Mapping`, kept under the header line's `signature`, so that the same file from the
same source is read without asking again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fenghuo.core.danger.finding import Text, UnreadableStations
from fenghuo.core.danger.io.header_names import (
    DATE_NAMES,
    EXAMPLES,
    HOUR_CLOCKS,
    LOCAL_NAMES,
    NAMES,
    PART_NAMES,
    STATION_NAMES,
    UNIT_NAMES,
    UNITS_OF,
    UTC_NAMES,
    ZONED_NAMES,
    folded,
    unit_written,
)

CLOCKS = ("local", "utc", "zoned", "date")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each thing stands: column numbers from 0, units as in `weather.UNITS`.

    `clock` is `local`, `utc`, `zoned` (each value states its offset) or `date` (daily noon values). `time` is
    the first column of the time and `time_rest` the others where a file keeps it in several.
    """

    clock: str
    time: int
    station: int | None
    quantities: dict[str, tuple[int, str]]
    ignored: tuple[str, ...] = field(default=())
    time_rest: tuple[int, ...] = field(default=())

    def time_written(self, cells: Sequence[str]) -> str:
        """Return a row's time as it is written, put together where the file keeps it in several columns."""
        first, rest = cells[self.time], [cells[at].strip() for at in self.time_rest]
        if len(rest) < 2:
            return f"{first.strip()} {rest[0]}".strip() if rest else first
        day = "-".join((first.strip(), *rest[:2]))
        clock = ":".join(part.zfill(2) for part in rest[2:] if part)
        return f"{day} {clock}".strip()


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a person said about a file's columns; whatever is left out is recognised from the headers.

    `time` names the header that holds the time, or several: date and hour; year, month, day and hour (and
    minute). `clock` is one of `CLOCKS`, empty as recognised. `station` is a header, None as recognised, empty
    where the file names no station. `quantities` gives a header and a unit of `UNITS_OF` for a quantity, or
    None where the file does not hold it. Headers are written as the file writes them.
    """

    time: tuple[str, ...] = ()
    clock: str = ""
    station: str | None = None
    quantities: dict[str, tuple[str, str] | None] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the mapping in a form that JSON can hold; `from_dict` reads it back."""
        said = {
            name: None if place is None else {"header": place[0], "unit": place[1]}
            for name, place in self.quantities.items()
        }
        return {"time": list(self.time), "clock": self.clock, "station": self.station, "quantities": said}

    @classmethod
    def from_dict(cls, stored: object) -> Mapping:
        """Return the mapping of `as_dict`; raises `UnreadableStations` for anything that is none."""
        try:
            kept: Any = stored
            time, clock, station = kept.get("time", []), kept.get("clock", ""), kept.get("station")
            quantities = {
                str(name): None if place is None else (place["header"], place["unit"])
                for name, place in kept.get("quantities", {}).items()
            }
            texts = [*time, clock, *(text for place in quantities.values() if place for text in place)]
            if isinstance(time, str) or not all(isinstance(text, str) for text in [*texts, station or ""]):
                raise TypeError("a mapping holds texts")
        except (AttributeError, KeyError, TypeError) as broken:
            raise _mapping_error(
                "mapping-broken",
                Text("The stored choice of columns cannot be read.", "保存的列对应关系无法读取。"),
                Text("Choose the columns again.", "请重新选择各列。"),
            ) from broken
        return cls(tuple(time), clock, station, quantities)


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be asked of a person before a file can be read.

    `missing` names what no column is known for, of `time`, `clock`, `temperature`, `humidity` (or dew point),
    `wind` and `rain`; `unclear` gives, for a quantity, the headers that name it without a known unit or more
    than once. `known` is what was recognised, for a form to begin with. `row`, `sheet` and `samples` (the
    first rows below the header) show where in the file this is.
    """

    headers: tuple[str, ...]
    missing: tuple[str, ...]
    unclear: dict[str, tuple[str, ...]]
    known: Mapping
    row: int = 1
    sheet: str = ""
    samples: tuple[tuple[str, ...], ...] = ()


class UnknownColumns(UnreadableStations):
    """A file whose columns are not all recognised; `asked` says what a person has to say."""

    def __init__(self, rule: str, message: Text, fix: Text, asked: Asked) -> None:
        super().__init__(rule, message, fix)
        self.asked = asked


def signature(headers: Sequence[str]) -> str:
    """Return 32 hexadecimal digits that name a header line, whatever its case, width and blanks."""
    plain = [folded(header) for header in headers]
    while plain and not plain[-1]:
        plain.pop()
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()[:32]


def recognise(
    headers: Sequence[str], mapping: Mapping | None = None, *, clock_unsaid: bool = False
) -> Columns:
    """Return where everything stands, by what `mapping` says and by the headers for the rest.

    `clock_unsaid` says that the times below do not state the offset that their header promises. Raises
    `UnknownColumns` that says what to write or to choose, `UnreadableStations` for a mapping that cannot be.
    """
    mapping = mapping or Mapping()
    plain = [folded(header) for header in headers]
    said = _Said(headers, plain, mapping)
    for number in said.used:
        plain[number] = ""  # what a person has named is not searched again

    parts, clock = said.time, _clock_said([folded(headers[number]) for number in said.time])
    if not parts:
        parts, clock = _clock(plain)
    clock = mapping.clock or ("" if clock_unsaid else clock)
    station = said.station
    if mapping.station is None:
        station = next((plain.index(name) for name in STATION_NAMES if name in plain), None)

    quantities = dict(said.quantities)
    problems: list[_Problem] = []
    for quantity in NAMES:
        if quantity not in mapping.quantities:
            found = _find(quantity, headers, plain)
            if isinstance(found, _Problem):
                problems.append(found)
            elif found is not None:
                quantities[quantity] = found
    unclear = {problem.quantity: problem.headers for problem in problems}
    needed = [name for name in ("temperature", "wind", "rain") if name not in quantities]
    if "humidity" not in quantities and "dew_point" not in quantities:
        needed.append("humidity")
    if not parts or not clock or needed or problems:
        known = Mapping(
            tuple(headers[number] for number in parts),
            clock,
            None if station is None else headers[station],
            {name: (headers[at], unit) for name, (at, unit) in quantities.items()},
        )
        missing = ("time",) * (not parts) + ("clock",) * (not clock) + tuple(needed)
        raise _unknown(Asked(tuple(headers), missing, unclear, known), problems)
    used = {*parts, station, *(at for at, _ in quantities.values())}
    ignored = tuple(header for number, header in enumerate(headers) if header and number not in used)
    return Columns(clock, parts[0], station, quantities, ignored, tuple(parts[1:]))


class _Said:
    """A mapping's columns as numbers; raises where it names what the file or the program does not have."""

    def __init__(self, headers: Sequence[str], plain: Sequence[str], mapping: Mapping) -> None:
        self.headers, self.plain = headers, plain
        self.used: set[int] = set()
        if mapping.clock not in ("", *CLOCKS):
            raise _impossible_choice(f"clock {mapping.clock!r}", f"时制“{mapping.clock}”", ", ".join(CLOCKS))
        if len(mapping.time) > 5:
            raise _impossible_choice("a time of more than five columns", "时间超过五列", "1–5")
        self.time = [self._number(header) for header in mapping.time]
        self.station = self._number(mapping.station) if mapping.station else None
        self.quantities: dict[str, tuple[int, str]] = {}
        for quantity, place in mapping.quantities.items():
            if quantity not in NAMES:
                raise _impossible_choice(f"quantity {quantity!r}", f"要素“{quantity}”", ", ".join(NAMES))
            if place is None:
                continue
            header, unit = place
            if unit not in UNITS_OF[quantity]:
                words = EXAMPLES[quantity]
                raise _impossible_choice(
                    f"unit {unit!r} for {words[0]}",
                    f"{words[1]}的单位“{unit}”",
                    ", ".join(UNITS_OF[quantity]),
                )
            self.quantities[quantity] = (self._number(header), unit)

    def _number(self, header: str) -> int:
        found = [number for number, text in enumerate(self.headers) if text == header]
        found = found or [number for number, text in enumerate(self.plain) if text == folded(header)]
        if not found:
            raise _mapping_error(
                "mapping-column-missing",
                Text(f"The file has no column {header!r}.", f"文件中没有“{header}”列。"),
                Text("Choose the columns of this file anew.", "请按本文件重新选择各列。"),
            )
        if len(found) > 1 or found[0] in self.used:
            raise _mapping_error(
                "mapping-column-twice",
                Text(
                    f"Column {header!r} is chosen for two things, or stands in the file twice.",
                    f"“{header}”列被选用两次，或在文件中重复出现。",
                ),
                Text(
                    "Choose a column of its own for each, and give columns different headers.",
                    "请为各项选用不同的列，并保证表头不重复。",
                ),
            )
        self.used.add(found[0])
        return found[0]


@dataclass(frozen=True, slots=True)
class _Problem:
    """Headers that name a quantity and cannot be used as they are."""

    quantity: str
    headers: tuple[str, ...]
    twice: bool


def _clock(plain: Sequence[str]) -> tuple[list[int], str]:
    """Return the columns of the time, none where there are none, and the clock, empty where unsaid."""
    kinds = (("local", LOCAL_NAMES), ("utc", UTC_NAMES), ("zoned", ZONED_NAMES), ("date", DATE_NAMES))
    names_at = list(plain)
    for kind, names in kinds:
        for name in names:
            if name in plain:
                return [names_at.index(name)], kind
    return _parts(names_at)


def _clock_said(plain: Sequence[str]) -> str:
    """Return the clock that the headers of a chosen time state, empty where they state none."""
    if len(plain) == 1:
        return _clock(plain)[1]
    stated = (("local", (*LOCAL_NAMES, *HOUR_CLOCKS["local"])), ("utc", (*UTC_NAMES, *HOUR_CLOCKS["utc"])))
    return next((clock for clock, names in stated if any(name in names for name in plain)), "")


def _parts(plain: list[str]) -> tuple[list[int], str]:
    """Find year, month, day and hour in columns of their own, as Chinese climate files keep them."""
    parts = [
        next((plain.index(name) for name in PART_NAMES[part] if name in plain), None)
        for part in ("year", "month", "day")
    ]
    if None in parts:
        return [], ""
    days = [number for number in parts if number is not None]
    for clock, names in HOUR_CLOCKS.items():
        for name in names:
            if name in plain:
                return [*days, plain.index(name)], clock
    hour = next((plain.index(name) for name in PART_NAMES["hour"] if name in plain), None)
    return (days, "date") if hour is None else ([*days, hour], "")


def _find(quantity: str, headers: Sequence[str], plain: Sequence[str]) -> tuple[int, str] | _Problem | None:
    known: list[tuple[int, str]] = []
    unclear: list[str] = []
    for number, name in enumerate(plain):
        written = unit_written(quantity, name)
        if written is None:
            continue
        unit = next((unit for unit in UNITS_OF[quantity] if written in UNIT_NAMES[unit]), None)
        if unit is None:
            unclear.append(headers[number])
        else:
            known.append((number, unit))
    if len(known) == 1:
        return known[0]
    if known:
        return _Problem(quantity, tuple(headers[number] for number, _ in known), twice=True)
    return _Problem(quantity, tuple(unclear), twice=False) if unclear else None


def _unknown(asked: Asked, problems: Sequence[_Problem]) -> UnknownColumns:
    """The first thing to put right, said in words; `asked` holds all of them."""
    if "time" in asked.missing:
        return UnknownColumns(
            "time-column-missing",
            Text("The file has no column of times.", "文件没有时间列。"),
            Text(
                "Head it time_local (standard time of the desk), time_utc, or date for daily noon values.",
                "请把时间列的表头写成“时间(北京时)”“时间(世界时)”，每日正午资料写“日期”。",
            ),
            asked,
        )
    if "clock" in asked.missing:
        return UnknownColumns(
            "clock-not-stated",
            Text("The file does not say whose time its hours are.", "文件没有写明小时所用的时制。"),
            Text(
                "Head the column time_local or hour_local (standard time of the desk), time_utc or hour_utc.",
                "请在表头写明时制，如“时间(北京时)”“时(北京时)”或“时间(世界时)”“时(世界时)”。",
            ),
            asked,
        )
    for problem in problems:
        if problem.twice:
            return UnknownColumns(
                "column-twice",
                Text(
                    f"Several columns hold the same thing: {', '.join(problem.headers)}.",
                    f"多列含义相同：{'、'.join(problem.headers)}。",
                ),
                Text("Keep one of them and delete the others.", "请保留其中一列，删去其余列。"),
                asked,
            )
        english, chinese = EXAMPLES[problem.quantity]
        choices = ", ".join(UNITS_OF[problem.quantity])
        return UnknownColumns(
            "unit-not-stated",
            Text(
                f"Column {problem.headers[0]!r} states no unit that is known here ({choices}).",
                f"“{problem.headers[0]}”列没有写明可识别的单位({choices})。",
            ),
            Text(
                f"Write the unit into the header, for example {english} or {chinese}.",
                f"请在表头写明单位，例如 {chinese} 或 {english}。",
            ),
            asked,
        )
    return UnknownColumns(
        "column-missing",
        Text(
            f"The file has no column for: {', '.join(name.replace('_', ' ') for name in asked.missing)}.",
            f"文件缺少这些列：{'、'.join(EXAMPLES[name][1] for name in asked.missing)}。",
        ),
        Text(
            f"Add columns headed {', '.join(EXAMPLES[name][0] for name in asked.missing)}.",
            f"请增加表头为 {'、'.join(EXAMPLES[name][1] for name in asked.missing)} 的列。",
        ),
        asked,
    )


def _impossible_choice(english: str, chinese: str, choices: str) -> UnreadableStations:
    return _mapping_error(
        "mapping-impossible",
        Text(f"The choice of columns names {english}, which there is not.", f"所选的{chinese}不存在。"),
        Text(f"Choose one of: {choices}.", f"可选：{choices}。"),
    )


def _mapping_error(rule: str, message: Text, fix: Text) -> UnreadableStations:
    return UnreadableStations(rule, message, fix)
