"""Reads weather stations' tables, CSV or Excel, hourly or daily, and says why it rejects a row.

Rules of reading:
- What a column holds and its unit come from its header, or from what a person said about it (`headers`);
  nothing is guessed from values. Titles above the header and a line of units below it are understood (`header_row`).
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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from fenghuo.core.danger.bounds import BOUNDS, ImpossibleWeather
from fenghuo.core.danger.finding import Finding, Text, UnreadableStations
from fenghuo.core.danger.io import workbook
from fenghuo.core.danger.io.header_names import known_names
from fenghuo.core.danger.io.header_row import HEADER_WITHIN, Head, Remembered, head_of, head_of_workbook
from fenghuo.core.danger.io.headers import Columns, Mapping, signature
from fenghuo.core.danger.io.moments import read_moment
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.weather import BEIJING, UNITS, relative_humidity

MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "-", "--", "缺测", "32744", "32766"})
LARGEST_TEXT = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: accepted rows, a finding for each rejected value, and how its columns were taken.

    `headers` stand in row `header_row` of the file, or of `sheet` in a workbook; `mapping` is what a person
    had said about them, if anything.
    """

    observations: tuple[Observation, ...]
    rejected: tuple[Finding, ...]
    columns: Columns
    headers: tuple[str, ...] = ()
    header_row: int = 1
    sheet: str = ""
    mapping: Mapping | None = None

    @property
    def gaps(self) -> dict[str, int]:
        """How many accepted rows lack each quantity; only quantities that lack any are named."""
        counts = {name: sum(getattr(row, name) is None for row in self.observations) for name in BOUNDS}
        held = {*self.columns.quantities, "humidity"}
        return {name: count for name, count in counts.items() if count and name in held}

    @property
    def names(self) -> dict[str, str]:
        """The column of each quantity, and of `time`, as findings name it."""
        labels = _labels(self.headers, bool(self.sheet))
        names = {name: labels[at] for name, (at, _) in self.columns.quantities.items()}
        return {"time": _time_label(labels, self.columns), **names}

    @property
    def signature(self) -> str:
        """The key under which a desk remembers what was said about this header line."""
        return signature(self.headers)

    def by_station(self) -> dict[str, list[Observation]]:
        """Return the accepted rows of each station, in the order of the file."""
        groups: dict[str, list[Observation]] = {}
        for row in self.observations:
            groups.setdefault(row.station, []).append(row)
        return groups


def read(
    source: str | Path | bytes | BinaryIO,
    *,
    offset: timedelta = BEIJING,
    station: str = "",
    mapping: Mapping | None = None,
    remembered: Remembered | None = None,
    sheet: str = "",
) -> Reading:
    """Read a station table from a path, its bytes or an open binary file: CSV, gzip or Excel by content.

    `offset` is the desk's standard offset from UTC; `station` is the code given to rows without one.
    `mapping` says what columns hold where headers do not; without one, `remembered` is asked with the
    `signature` of a header line. `sheet` names a sheet of a workbook; without one the first whose header is
    understood is read. Raises `UnreadableStations` when the file as a whole cannot be read, its subclass
    `UnknownColumns` when a person has to say what columns hold, OSError when the path cannot be opened.
    """
    content = _content(source)
    ask = (lambda _: mapping) if mapping is not None else remembered or (lambda _: None)
    if workbook.is_workbook(content):
        head = head_of_workbook(content, sheet, ask)
    else:
        head = head_of(_csv_rows(_text(content)), "", ask)
    observations, rejected = _rows(head, timezone(offset), station)
    return Reading(
        tuple(observations), tuple(rejected), head.columns, head.headers, head.row, head.sheet, head.mapping
    )


def _labels(headers: Sequence[str], lettered: bool) -> list[str]:
    """Name columns as the user sees them: in a workbook with the letters above them."""
    if not lettered:
        return list(headers)
    return [f"{workbook.column_letter(at)} {header}".strip() for at, header in enumerate(headers)]


def _time_label(labels: Sequence[str], columns: Columns) -> str:
    return " + ".join(labels[at] for at in (columns.time, *columns.time_rest))


def _rows(head: Head, zone: tzinfo, station: str) -> tuple[list[Observation], list[Finding]]:
    observations: list[Observation] = []
    rejected: list[Finding] = []
    seen: dict[tuple[str, datetime], int] = {}
    columns, width = head.columns, len(head.headers)
    labels = _labels(head.headers, bool(head.sheet))
    time_label = _time_label(labels, columns)
    quantities = [(name, at, *UNITS[name][unit]) for name, (at, unit) in columns.quantities.items()]
    daily = columns.clock == "date"
    for row, cells in head.below:
        if head.sheet:
            cells = [*cells[:width], *[""] * (width - len(cells))]
            if not any(cells):
                continue
        elif len(cells) != width:
            rejected.append(_wrong_width(row, len(cells), width))
            continue
        findings: list[Finding] = []
        written = columns.time_written(cells)
        moment = read_moment(written, columns.clock, zone)
        if moment is None:
            findings.append(_wrong_time(row, time_label, written, daily))
        values: dict[str, float | None] = {}
        for name, at, factor, shift in quantities:
            values[name] = _value(name, cells[at], factor, shift, row, labels[at], findings)
        humidity, air, dew = values.get("humidity"), values["temperature"], values.get("dew_point")
        if humidity is None and air is not None and dew is not None:
            try:
                humidity = relative_humidity(air, dew)
            except ImpossibleWeather as impossible:
                at = columns.quantities["dew_point"][0]
                findings.append(_impossible(row, labels[at], cells[at], impossible.rule, impossible.message))
        code = cells[columns.station].strip() if columns.station is not None else station
        if moment is not None:
            utc = moment.astimezone(UTC)
            first = seen.setdefault((code, utc), row)
            if first != row:
                findings.append(_twice(row, time_label, written, first))
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
        percentage = _PERCENTAGE.match(text) if name == "humidity" else None
        if percentage is None:
            findings.append(_not_a_number(row, header, cell))
            return None
        number, factor, shift = float(percentage[1]), 1.0, 0.0
    if number in (32744.0, 32766.0) or number != number:
        return None
    value = 0.0 if name == "rain" and number == 32700.0 else number * factor + shift
    bound = BOUNDS[name]
    if not bound.holds(value):
        findings.append(_impossible(row, header, cell, bound.rule, bound.message(value)))
    return value


_PERCENTAGE = re.compile(r"^(-?\d+(?:\.\d+)?) ?%$")


def _content(source: str | Path | bytes | BinaryIO) -> bytes:
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
                    "请重新获取文件，或解压后导入 CSV。",
                ),
            ) from broken
    if len(content) > LARGEST_TEXT:
        raise UnreadableStations(
            "file-too-large",
            Text("The file holds more than 256 MiB of text.", "文件文本超过 256 MiB。"),
            Text("Split it by year and import the parts.", "请按年份拆分后逐个导入。"),
        )
    return content


def _text(content: bytes) -> str:
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


def _csv_rows(text: str) -> Iterator[workbook.Row]:
    """Yield each line that holds anything, with its number."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for cells in lines:
            if any(cells):
                yield lines.line_num, cells
    except csv.Error as broken:
        raise UnreadableStations(
            "not-csv",
            Text(f"Line {lines.line_num} is not CSV: {broken}.", f"第 {lines.line_num} 行不是 CSV 格式。"),
            Text("Save the table as CSV again and import that file.", "请将表格重新另存为 CSV 后再导入。"),
        ) from broken


def _delimiter(text: str) -> str:
    """The mark that parts one of the first lines into the most known headers, else into the most cells."""
    lines = list(islice(io.StringIO(text), HEADER_WITHIN))

    def headers(mark: str) -> tuple[int, int]:
        parts = [line.split(mark) for line in lines]
        return max(map(known_names, parts), default=0), max(map(len, parts), default=0)

    return max(",;\t", key=headers)


def _wrong_width(row: int, found: int, wanted: int) -> Finding:
    return Finding(
        "row-width", row, "", str(found),
        Text(f"The row has {found} cells, the header {wanted}.", f"本行 {found} 格，表头 {wanted} 格。"),
        Text("Give the row a cell for every column; leave a missing one empty.", "请补齐各格，缺测留空。"),
    )  # fmt: skip


def _wrong_time(row: int, column: str, value: str, daily: bool) -> Finding:
    if daily:
        fix = Text(
            "Write a date such as 2026-03-01; hourly rows need a column headed time_local or time_utc.",
            "请写日期，如 2026-03-01；逐时资料的时间列表头应为“时间(北京时)”或“时间(世界时)”。",
        )
    else:
        fix = Text(
            "Write 2026-03-01T13:00 in time_local or time_utc, or with an offset, 2026-03-01T13:00+08:00.",
            "请在“时间(北京时)”或“时间(世界时)”列写 2026-03-01T13:00，或带时差写 2026-03-01T13:00+08:00。",
        )
    message = Text("The time cannot be read, or does not say its zone.", "时间无法识别，或未写明时区。")
    return Finding("time-unreadable", row, column, value, message, fix)


def _twice(row: int, column: str, value: str, first: int) -> Finding:
    return Finding(
        "time-twice", row, column, value,
        Text(f"Line {first} already has this station and time.", f"第 {first} 行已有同站同一时次。"),
        Text("Delete the wrong one of the two lines.", "请核对两行，删去错误的一行。"),
    )  # fmt: skip


def _not_a_number(row: int, column: str, value: str) -> Finding:
    return Finding(
        "number-unreadable", row, column, value,
        Text(f"{value!r} is not a number.", f"“{value}”不是数字。"),
        Text("Write a plain number, or leave the cell empty when it is missing.", "请写数字，缺测则留空。"),
    )  # fmt: skip


def _impossible(row: int, column: str, value: str, rule: str, message: Text) -> Finding:
    fix = Text(
        "Check the unit in the header; correct the value or leave the cell empty.",
        "请核对表头单位；更正数值，或将该格留空。",
    )
    return Finding(rule, row, column, value, message, fix)
