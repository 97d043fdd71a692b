"""Reads the cells of an Excel workbook (.xlsx, .xlsm) as the texts that the same table would have as CSV.

Rules of reading:
- Values are taken, not formulas: a formula counts with the result that was saved with it.
- Dates and times become ISO 8601 to the second (a midnight becomes a date), because times filled down a
  column drift by milliseconds; a number shown as a percentage becomes `30%`.
- A workbook is a zip file of XML: what it unpacks to is limited before anything is unpacked.

Workbooks of Excel 97 (.xls), with a password, .xlsb and .ods are refused with what to do instead.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from fenghuo.core.danger.finding import Text, UnreadableStations

LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_MEMBERS = 2_000
MOST_SHEETS = 50
# Excel's own limit of rows; the columns are more than any station table has.
MOST_ROWS = 1_048_576
MOST_COLUMNS = 256
# A stray cell at the foot of a sheet is no part of the table.
MOST_BLANK_ROWS = 10_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Row = tuple[int, list[str]]


def is_workbook(content: bytes) -> bool:
    """True where the bytes are a workbook or another packed office file, readable here or not."""
    return content[:4] == _ZIP or content[:8] == _OLE


def column_letter(number: int) -> str:
    """Return the letters over a column, as Excel shows them; columns count from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheets(content: bytes, name: str = "") -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield each visible sheet's name and its rows (row number as in Excel, cells as text).

    With a `name` only that sheet, hidden or not. Rows without any text are left out. Raises
    `UnreadableStations`, and nothing else, for whatever is wrong with the file.
    """
    book = _open(content)
    try:
        found = [sheet for sheet in book.worksheets if name in (sheet.title, "")]
        if name and not found:
            titles = [sheet.title for sheet in book.worksheets]
            raise UnreadableStations(
                "sheet-missing",
                Text(f"The workbook has no sheet {name!r}.", f"工作簿中没有工作表“{name}”。"),
                Text(f"It has: {', '.join(titles)}.", f"现有工作表：{'、'.join(titles)}。"),
            )
        for sheet in found[:MOST_SHEETS]:
            if name or sheet.sheet_state == "visible":
                yield sheet.title, _rows(sheet)
    finally:
        book.close()


def _open(content: bytes) -> Any:
    if content[:8] == _OLE:
        raise _refused_ole(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            names = {member.filename for member in members}
            size = sum(member.file_size for member in members)
    except Exception as broken:  # the zip module raises whatever the damaged bytes lead it to
        raise _broken() from broken
    if len(members) > MOST_MEMBERS or size > LARGEST_UNPACKED:
        raise UnreadableStations(
            "workbook-too-large",
            Text("The workbook unpacks to more than 256 MiB.", "工作簿解压后超过 256 MiB。"),
            Text(
                "Split it by year and import the parts, or save the sheet as CSV.",
                "请按年份拆分后逐个导入，或另存为 CSV。",
            ),
        )
    if "xl/workbook.bin" in names or "xl/workbook.xml" not in names:
        raise UnreadableStations(
            "not-a-workbook",
            Text(
                "The file is packed, but it is no Excel workbook of the kind .xlsx.",
                "该文件是压缩文件，但不是 .xlsx 格式的工作簿。",
            ),
            Text(
                "Open it in the program it comes from and save it as .xlsx or CSV; unpack a zip file first.",
                "请用原程序打开，另存为 .xlsx 或 CSV；压缩包请先解压。",
            ),
        )
    from openpyxl import load_workbook  # here, because loading it takes longer than reading a small table

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which hold no values
            return load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as broken:  # openpyxl raises whatever the damaged XML leads it to
        raise _broken() from broken


def _rows(sheet: Any) -> Iterator[Row]:
    """Yield the rows of a sheet that hold any text, cut to `MOST_COLUMNS`, down to a long blank stretch."""
    try:
        # What a sheet says of its own size is often wrong, in both directions.
        sheet.reset_dimensions()
        last = 0
        for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), 1):
            texts = ["" if cell.value is None else _text(cell) for cell in cells]
            if any(texts):
                last = number
                yield number, texts
            elif number - last > MOST_BLANK_ROWS:
                return
    except Exception as broken:  # openpyxl raises whatever the damaged XML leads it to
        raise _broken() from broken


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        if "%" in (cell.number_format or ""):
            return f"{_number(round(value * 100, 10))}%"
        return _number(value)
    if isinstance(value, datetime):
        rounded = _to_the_second(value)
        return (rounded.date() if rounded.time() == time(0) else rounded).isoformat()
    if isinstance(value, time):
        return _to_the_second(datetime.combine(date(2000, 1, 1), value)).time().isoformat()
    if isinstance(value, int) and "%" in (cell.number_format or ""):
        return f"{value * 100}%"
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _to_the_second(moment: datetime) -> datetime:
    if moment.microsecond < 500_000:
        return moment.replace(microsecond=0)
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _refused_ole(content: bytes) -> UnreadableStations:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return UnreadableStations(
            "workbook-protected",
            Text("The workbook is protected by a password.", "工作簿设有打开密码。"),
            Text("Remove the password and save it again.", "请取消密码后重新保存。"),
        )
    return UnreadableStations(
        "workbook-old",
        Text(
            "The file is a workbook of the old format .xls (Excel 97, or WPS .et).",
            "该文件是旧格式工作簿(Excel 97 的 .xls 或 WPS 的 .et)。",
        ),
        Text("Open it and save it as .xlsx or CSV.", "请打开后另存为 .xlsx 或 CSV。"),
    )


def _broken() -> UnreadableStations:
    return UnreadableStations(
        "workbook-broken",
        Text("The workbook is damaged or cut short.", "工作簿已损坏或不完整。"),
        Text("Fetch the file again, or save the sheet as CSV.", "请重新获取文件，或将工作表另存为 CSV。"),
    )
