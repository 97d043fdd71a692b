"""Reads a table of sites from a CSV file: its encoding, its columns by header, its rows as text."""

import csv
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from fenghuo.core.access import RuleBroken

from .models import Site

LARGEST_FILE = 2 * 1024 * 1024
COLUMNS = ("code", "name", "name_en", "kind", "area_code", "unit", "latitude", "longitude", "elevation")
HEADERS = {
    "编码": "code",
    "场所编码": "code",
    "名称": "name",
    "场所名称": "name",
    "英文名称": "name_en",
    "类别": "kind",
    "场所类别": "kind",
    "辖区代码": "area_code",
    "责任单位": "unit",
    "纬度": "latitude",
    "经度": "longitude",
    "海拔": "elevation",
    "海拔高度": "elevation",
    "海拔（米）": "elevation",
    "海拔(米)": "elevation",
}
"""What a Chinese file may call the columns."""


@dataclass(frozen=True)
class Table:
    """A file's columns, its rows as text by column, and its whole text."""

    headers: list[str]
    rows: list[dict[str, str]]
    text: str


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 or GB18030 (what Chinese spreadsheets write); RuleBroken for any other."""
    if len(data) > LARGEST_FILE:
        raise RuleBroken(
            _("The file is larger than %s MB. Split it and import the parts.") % (LARGEST_FILE // 1024**2),
            "file",
        )
    if data[:2] in (b"PK", b"\xd0\xcf"):
        raise RuleBroken(
            _("This is a spreadsheet, not a CSV file. Save it as “CSV UTF-8” and choose that file."), "file"
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RuleBroken(_("The file is not text in UTF-8 or GB18030. Save it as “CSV UTF-8”."), "file")


def read(text: str) -> Table:
    """The table in `text`: columns and kinds under the names that the import knows; empty lines left out."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        headers = [HEADERS.get(header.strip(), header.strip()) for header in next(lines, [])]
        rows = []
        for line in lines:
            if not any(cell.strip() for cell in line):
                continue
            if len(line) != len(headers):
                raise RuleBroken(
                    _(
                        "Line %(line)s has %(found)s cells, the first line has %(wanted)s. Nothing was imported."
                    )
                    % {"line": lines.line_num, "found": len(line), "wanted": len(headers)},
                    "file",
                )
            rows.append(dict(zip(headers, (cell.strip() for cell in line), strict=True)))
    except csv.Error as error:
        raise RuleBroken(
            _("Line %(line)s cannot be read as CSV: %(reason)s. Nothing was imported.")
            % {"line": lines.line_num, "reason": error},
            "file",
        ) from None
    twice = sorted({header for header in headers if headers.count(header) > 1})
    if twice:
        raise RuleBroken(_("The column “%s” stands there twice. Keep one of them.") % twice[0], "file")
    if not rows:
        raise RuleBroken(_("The file holds no rows below its first line."), "file")
    kinds = _kinds()
    for row in rows:
        if "kind" in row:
            row["kind"] = kinds.get(row["kind"], row["kind"])
    return Table(headers, rows, text)


def _kinds() -> dict[str, str]:
    """The kinds of site by their words in both languages, whichever the reader's is."""
    words = {}
    for language in ("zh-hans", "en"):
        with override(language):
            words |= {str(label): value for value, label in Site.Kind.choices}
    return words


def template() -> str:
    """An empty table: the first line alone, marked so that spreadsheets read it as UTF-8."""
    return "\ufeff" + ",".join(COLUMNS) + "\r\n"


def of_elevations(sites: Iterable[Site]) -> str:
    """A table of sites with the elevations that are known, to be completed and imported."""
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerow(("code", "name", "elevation"))
    for site in sites:
        sheet.writerow((site.code, site.name, "" if site.elevation is None else f"{site.elevation:g}"))
    return "\ufeff" + text.getvalue()


def number_in(row: Mapping[str, str], column: str) -> float | None:
    """Return the number in a row's column: None where the cell is empty, NaN where it holds no number."""
    text = (row.get(column) or "").strip()
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        return math.nan
