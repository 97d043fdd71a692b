"""Finds the row that is the header of a station table, below titles and above a line of units, or says what is wrong.

A file that carries a column which the desk never keeps is refused here, before a single row of it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from fenghuo.core.danger.finding import Text, UnreadableStations
from fenghuo.core.danger.io import workbook
from fenghuo.core.danger.io.header_names import known_names
from fenghuo.core.danger.io.headers import Columns, Mapping, UnknownColumns, recognise, signature
from fenghuo.core.danger.io.moments import DATE, clock_unsaid

# A header stands among the first rows that hold anything; above it tables keep titles and remarks.
HEADER_WITHIN = 20
SAMPLES = 3

Remembered = Callable[[str], Mapping | None]


@dataclass(frozen=True, slots=True)
class Head:
    """A header that was understood, and the rows below it."""

    headers: tuple[str, ...]
    row: int
    sheet: str
    columns: Columns
    mapping: Mapping | None
    below: Iterator[workbook.Row]


def head_of_workbook(content: bytes, sheet: str, ask: Remembered) -> Head:
    """Find the header on the first sheet that has one, or on the one named `sheet`; raises as `head_of` does."""
    failures: list[UnreadableStations] = []
    for title, rows in workbook.sheets(content, sheet):
        try:
            return head_of(rows, title, ask)
        except UnreadableStations as unreadable:
            failures.append(unreadable)
    # Of sheets that all fail, the one that comes nearest to a station table says why.
    raise max(failures, key=_nearness, default=_no_header())


def _nearness(failure: UnreadableStations) -> int:
    if failure.rule == "column-refused":
        return 1_000
    return 1 + known_names(failure.asked.headers) if isinstance(failure, UnknownColumns) else 0


def head_of(rows: Iterator[workbook.Row], sheet: str, ask: Remembered) -> Head:
    """Find the header among the first rows; raises `UnreadableStations` where there is none to use."""
    first = list(islice(rows, HEADER_WITHIN))
    for index, (number, cells) in enumerate(first):
        # Tables drawn for the eye keep the units in a line of their own below the names.
        units = first[index + 1][1] if index + 1 < len(first) else []
        for headers, taken in ((cells, 1), (_with_units(cells, units), 2)):
            headers = _trimmed(headers) if sheet else headers
            mapping = ask(signature(headers))
            try:
                columns = _recognised(headers, mapping, first[index + taken :])
            except UnreadableStations:
                continue
            _refuse(headers)
            below = chain(first[index + taken :], rows)
            return Head(tuple(headers), number, sheet, columns, mapping, below)
    raise _why_no_head(first, sheet, ask)


def _recognised(headers: Sequence[str], mapping: Mapping | None, below: Sequence[workbook.Row]) -> Columns:
    """The columns by their headers, whose clock is asked for where neither header nor times state it."""
    columns = recognise(headers, mapping)
    if mapping is None or not mapping.clock:
        whole = [cells for _, cells in below if len(cells) >= len(headers)]
        if clock_unsaid([columns.time_written(cells) for cells in whole], columns.clock):
            return recognise(headers, mapping, clock_unsaid=True)
    return columns


def _why_no_head(first: list[workbook.Row], sheet: str, ask: Remembered) -> UnreadableStations:
    """Say what is wrong with the row that looks most like a header."""
    if not first:
        return _no_header()
    index = max(
        range(len(first)),
        key=lambda at: (known_names(first[at][1]), sum(map(bool, first[at][1])), -at),
    )
    number, cells = first[index]
    if not known_names(cells):
        try:
            _refuse(chain.from_iterable(row for _, row in first))
        except UnreadableStations as refused:
            return refused
    units = first[index + 1][1] if index + 1 < len(first) else []
    reasons: list[UnknownColumns] = []
    for headers, taken in ((cells, 1), (_with_units(cells, units), 2)):
        headers = _trimmed(headers) if sheet else headers
        try:
            _refuse(headers)
            if not known_names(headers) and any(_looks_like_data(cell) for cell in headers):
                return _no_header()
            _recognised(headers, ask(signature(headers)), first[index + taken :])
        except UnknownColumns as unknown:
            below = first[index + taken : index + taken + SAMPLES]
            samples = tuple(tuple(row[: len(headers)]) for _, row in below)
            unknown.asked = replace(unknown.asked, row=number, sheet=sheet, samples=samples)
            reasons.append(unknown)
        except UnreadableStations as unreadable:
            return unreadable
    return min(reasons, key=lambda reason: len(reason.asked.missing) + len(reason.asked.unclear))


def _with_units(names: Sequence[str], units: Sequence[str]) -> list[str]:
    return [
        f"{name}({unit})" if name and unit else name or unit
        for name, unit in zip(names, [*units, *[""] * len(names)], strict=False)
    ]


def _trimmed(cells: Sequence[str]) -> list[str]:
    """A workbook's rows are as wide as its widest; its header ends with the last name."""
    return list(cells[: max((at + 1 for at, cell in enumerate(cells) if cell.strip()), default=0)])


def _looks_like_data(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return DATE.match(cell.strip()) is not None
    return True


def _no_header() -> UnreadableStations:
    return UnreadableStations(
        "file-empty",
        Text("The file has no header line.", "文件没有表头。"),
        Text(
            "Put the names and units of the columns in the first line.",
            "请在首行写明各列名称和单位。",
        ),
    )


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
                "请从文件中删去这些列后重新导入；本次没有导入任何内容。",
            ),
        )
