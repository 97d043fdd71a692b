"""Reads weather stations' CSV files, hourly or daily, plain or gzipped, and says why it rejects a row.

Rules of reading:
- What a column holds and its unit come from its header (`headers`); nothing is guessed from values.
- An empty cell, NA, 缺测 and the Chinese climate files' 32766 (not observed) and 32744 (blank) are missing,
  never zero. In a rain column 32700 is a trace (under 0.1 mm) and counts as 0.
- Times headed local are the desk's standard time, a fixed offset that summer time never moves.
- Hourly rain is the amount of the hour that ends at the time; a daily row holds noon values and the rain of
  the 24 hours before.
- A row with an impossible or unreadable value is rejected whole, with a finding for each such value; so is a
  row whose station and time stood in an earlier row, whichever of the two is right.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from pathlib import Path
from typing import BinaryIO

from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather
from fenghuo.core.danger.finding import Finding, Text, UnreadableStations
from fenghuo.core.danger.headers import Columns, recognise
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.weather import BEIJING, UNITS, relative_humidity

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "--", "缺测", "32744", "32766"})
TRACE = "32700"
LARGEST_TEXT = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: accepted rows, a finding for each rejected value, and how its columns were taken."""

    observations: tuple[Observation, ...]
    rejected: tuple[Finding, ...]
    columns: Columns

    @property
    def gaps(self) -> dict[str, int]:
        """How many accepted rows lack each quantity; only quantities that lack any are named."""
        counts = {name: sum(getattr(row, name) is None for row in self.observations) for name in BOUNDS}
        held = {*self.columns.quantities, "humidity"}
        return {name: count for name, count in counts.items() if count and name in held}

    def by_station(self) -> dict[str, list[Observation]]:
        """Return the accepted rows of each station, in the order of the file."""
        groups: dict[str, list[Observation]] = {}
        for row in self.observations:
            groups.setdefault(row.station, []).append(row)
        return groups


def read(source: str | Path | bytes | BinaryIO, *, offset: timedelta = BEIJING, station: str = "") -> Reading:
    """Read a station file from a path, its bytes or an open binary file.

    `offset` is the desk's standard offset from UTC; `station` is the code given to rows without one. Raises
    `UnreadableStations` when the file as a whole cannot be read, OSError when the path cannot be opened.
    """
    lines = csv.reader(io.StringIO(text := _text(source), newline=""), delimiter=_delimiter(text))
    try:
        headers = next(lines, [])
        if not any(header.strip() for header in headers):
            raise UnreadableStations(
                "file-empty",
                Text("The file has no header line.", "文件没有表头。"),
                Text(
                    "Put the names and units of the columns in the first line.",
                    "请在首行写明各列名称和单位。",
                ),
            )
        _refuse(headers)
        columns = recognise(headers)
        observations, rejected = _rows(lines, headers, columns, timezone(offset), station)
    except csv.Error as broken:
        raise UnreadableStations(
            "not-csv",
            Text(f"Line {lines.line_num} is not CSV: {broken}.", f"第 {lines.line_num} 行不是 CSV 格式。"),
            Text("Save the table as CSV again and import that file.", "请将表格重新另存为 CSV 后再导入。"),
        ) from broken
    return Reading(tuple(observations), tuple(rejected), columns)


def _rows(
    lines: Iterator[list[str]], headers: list[str], columns: Columns, zone: tzinfo, station: str
) -> tuple[list[Observation], list[Finding]]:
    observations: list[Observation] = []
    rejected: list[Finding] = []
    seen: dict[tuple[str, datetime], int] = {}
    quantities = [(name, at, *UNITS[name][unit]) for name, (at, unit) in columns.quantities.items()]
    daily = columns.clock == "date"
    for cells in lines:
        row = lines.line_num  # type: ignore[attr-defined]
        if not any(cells):
            continue
        if len(cells) != len(headers):
            rejected.append(_wrong_width(row, len(cells), len(headers)))
            continue
        findings: list[Finding] = []
        moment = _moment(cells[columns.time], columns.clock, zone)
        if moment is None:
            findings.append(_wrong_time(row, headers[columns.time], cells[columns.time], daily))
        values: dict[str, float | None] = {}
        for name, at, factor, shift in quantities:
            values[name] = _value(name, cells[at], factor, shift, row, headers[at], findings)
        humidity, air, dew = values.get("humidity"), values["temperature"], values.get("dew_point")
        if humidity is None and air is not None and dew is not None:
            try:
                humidity = relative_humidity(air, dew)
            except ImpossibleWeather as impossible:
                at = columns.quantities["dew_point"][0]
                findings.append(_impossible(row, headers[at], cells[at], impossible.rule, impossible.message))
        code = cells[columns.station].strip() if columns.station is not None else station
        if moment is not None:
            utc = moment.astimezone(UTC)
            first = seen.setdefault((code, utc), row)
            if first != row:
                findings.append(_twice(row, headers[columns.time], cells[columns.time], first))
        if findings or moment is None:
            rejected.extend(findings)
            continue
        observations.append(
            Observation(code, moment, utc, daily, air, humidity, dew, values["wind"], values["rain"], row)
        )
    return observations, rejected


def _value(
    name: str, cell: str, factor: float, shift: float, row: int, header: str, findings: list[Finding]
) -> float | None:
    try:
        number = float(cell if "_" not in cell else "not a number")  # Python would take 1_0 for ten
    except ValueError:
        text = unicodedata.normalize("NFKC", cell).strip().lower()
        if text in MISSING:
            return None
        findings.append(_not_a_number(row, header, cell))
        return None
    if number in (32744.0, 32766.0) or number != number:
        return None
    value = 0.0 if name == "rain" and number == 32700.0 else number * factor + shift
    bound = BOUNDS[name]
    if not bound.holds(value):
        findings.append(_impossible(row, header, cell, bound.rule, bound.message(value)))
    return value


_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_HOUR = re.compile(r"^[T\s]*(\d{1,2})(?::(\d{2})(?::(\d{2}))?|[时点](?:(\d{1,2})分)?)?$")


def _moment(cell: str, clock: str, zone: tzinfo) -> datetime | None:
    """Return the aware moment in the desk's standard time, or None when the cell does not state one."""
    text = cell.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        loose = _loose(text)
        if loose is None:
            return None
        moment = loose
    if clock == "date":
        dateless = moment.time() == time(0) and moment.tzinfo is None and ":" not in text
        return moment.replace(hour=12, tzinfo=zone) if dateless else None
    if moment.tzinfo is not None:
        return moment.astimezone(zone)
    if clock == "local":
        return moment.replace(tzinfo=zone)
    return moment.replace(tzinfo=UTC).astimezone(zone) if clock == "utc" else None


def _loose(text: str) -> datetime | None:
    """Read what spreadsheets and Chinese tables write: `2026/3/1 9:00`, `2026年3月1日 9时`."""
    text = unicodedata.normalize("NFKC", text)
    day = _DATE.match(text)
    rest = _HOUR.match(text[day.end() :]) if day else None
    if day is None or (rest is None and text[day.end() :].strip()):
        return None
    hour, minute, second = (
        (int(rest[1]), int(rest[2] or rest[4] or 0), int(rest[3] or 0)) if rest else (0, 0, 0)
    )
    try:
        return datetime(int(day[1]), int(day[2]), int(day[3]), hour, minute, second)
    except ValueError:
        return None


def _text(source: str | Path | bytes | BinaryIO) -> str:
    if isinstance(source, bytes):
        content = source
    elif isinstance(source, (str, Path)):
        content = Path(source).read_bytes()
    else:
        content = source.read()
    if content[:2] == b"\x1f\x8b":
        try:
            with gzip.open(io.BytesIO(content)) as packed:
                content = packed.read(LARGEST_TEXT + 1)
        except (OSError, EOFError, zlib.error) as broken:
            raise UnreadableStations(
                "gzip-broken",
                Text("The gzip file is damaged or cut short.", "gzip 文件已损坏或不完整。"),
                Text(
                    "Fetch the file again, or unpack it and import the CSV.",
                    "请重新获取文件,或解压后导入 CSV。",
                ),
            ) from broken
    if len(content) > LARGEST_TEXT:
        raise UnreadableStations(
            "file-too-large",
            Text("The file holds more than 256 MiB of text.", "文件文本超过 256 MiB。"),
            Text("Split it by year and import the parts.", "请按年份拆分后逐个导入。"),
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableStations(
        "not-text",
        Text("The file is neither UTF-8 nor GB 18030 text.", "文件既不是 UTF-8 也不是 GB 18030 文本。"),
        Text("Export the table as CSV and import that file.", "请将表格导出为 CSV 后再导入。"),
    )


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _refuse(headers: Iterable[str]) -> None:
    """Stop before a single row is read when the file carries a column that the desk never keeps."""
    from fenghuo.core.privacy import refused_columns

    refused = refused_columns(headers)
    if refused:
        raise UnreadableStations(
            "column-refused",
            Text(
                " ".join(one.message_en for one in refused),
                "".join(one.message_zh for one in refused),
            ),
            Text(
                "Delete these columns from the file and import it again; nothing was imported.",
                "请从文件中删去这些列后重新导入;本次没有导入任何内容。",
            ),
        )


def _wrong_width(row: int, found: int, wanted: int) -> Finding:
    return Finding(
        "row-width", row, "", str(found),
        Text(f"The row has {found} cells, the header {wanted}.", f"本行 {found} 格,表头 {wanted} 格。"),
        Text("Give the row a cell for every column; leave a missing one empty.", "请补齐各格,缺测留空。"),
    )  # fmt: skip


def _wrong_time(row: int, column: str, value: str, daily: bool) -> Finding:
    if daily:
        fix = Text(
            "Write a date such as 2026-03-01; hourly rows need a column headed time_local or time_utc.",
            "请写日期,如 2026-03-01;逐时资料的时间列表头应为“时间(北京时)”或“时间(世界时)”。",
        )
    else:
        fix = Text(
            "Write 2026-03-01T13:00 in time_local or time_utc, or with an offset, 2026-03-01T13:00+08:00.",
            "请在“时间(北京时)”或“时间(世界时)”列写 2026-03-01T13:00,或带时差写 2026-03-01T13:00+08:00。",
        )
    message = Text("The time cannot be read, or does not say its zone.", "时间无法识别,或未写明时区。")
    return Finding("time-unreadable", row, column, value, message, fix)


def _twice(row: int, column: str, value: str, first: int) -> Finding:
    return Finding(
        "time-twice", row, column, value,
        Text(f"Line {first} already has this station and time.", f"第 {first} 行已有同站同一时次。"),
        Text("Delete the wrong one of the two lines.", "请核对两行,删去错误的一行。"),
    )  # fmt: skip


def _not_a_number(row: int, column: str, value: str) -> Finding:
    return Finding(
        "number-unreadable", row, column, value,
        Text(f"{value!r} is not a number.", f"“{value}”不是数字。"),
        Text("Write a plain number, or leave the cell empty when it is missing.", "请写数字,缺测则留空。"),
    )  # fmt: skip


def _impossible(row: int, column: str, value: str, rule: str, message: Text) -> Finding:
    fix = Text(
        "Check the unit in the header; correct the value or leave the cell empty.",
        "请核对表头单位;更正数值,或将该格留空。",
    )
    return Finding(rule, row, column, value, message, fix)
