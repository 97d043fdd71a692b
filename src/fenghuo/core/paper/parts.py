"""The words of each part of a paper and where they go, shared by the .docx and the PDF."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from . import measures
from .description import Block, Heading, Kind, Paper, Stamp, Table
from .titles import title_lines
from .wording import day_words, joined, numbered, secrecy_words, six_angled, urgency_words, width_in_signs

_LONG_ENGLISH = 28
"""Letters beyond which an English name is broken in two lines, or it would be too small for a mark."""
ENGLISH_SIGN = 0.85
"""How many signs of the body size a line of English capitals counts for, against two letters a sign."""


@dataclass(frozen=True)
class Mark:
    """The issuers' red mark: the names, what stands right of them (文件) or nothing, and the size in points.

    A "\n" breaks a long English name.
    """

    names: tuple[str, ...]
    beside: str
    size: int

    @property
    def lines(self) -> int:
        """How many lines the names fill."""
        return sum(1 + name.count("\n") for name in self.names)

    @property
    def rows(self) -> float:
        """The height of one name's row, in points."""
        return round(self.size * 1.15)

    @property
    def height(self) -> float:
        """From the upper edge of the first line's signs to the lower edge of the last line's, in points."""
        return self.size + (self.lines - 1) * self.rows


@dataclass(frozen=True)
class Entry:
    """A line of the imprint: `label` with a text that hangs behind it, or a text at the left and one at right."""

    label: str
    text: str
    right: str = ""


def mark(paper: Paper) -> Mark:
    """The issuers' mark in the largest size that fits the line and leaves the first page room for text."""
    names = paper.issuers[:1] if paper.kind is Kind.LETTER else paper.issuers  # (10.1)
    if paper.kind is Kind.MINUTES:
        ending = " Minutes" if paper.language == "en" else "纪要"
        names = tuple(name if name.endswith(ending.strip()) else name + ending for name in names)
    beside = _beside(paper)
    english = paper.language == "en"
    if beside and len(names) == 1:
        names, beside = (f"{names[0]} {beside}" if english else names[0] + beside,), ""
    if english:
        names = tuple(_halved(name) if len(name) > _LONG_ENGLISH else name for name in names)
    line = measures.TYPE_AREA_MM[0] * measures.POINTS_A_MM
    signs = max(width_in_signs(part) for name in names for part in name.split("\n"))
    if beside:
        signs += width_in_signs(beside) + 1
    size = line / max(signs, 1) * (ENGLISH_SIGN if english else 1)
    lines = sum(1 + name.count("\n") for name in names)
    largest = measures.HEAD_LARGEST_PT if lines < 3 else measures.HEAD_LARGEST_PT * 2.6 / lines
    return Mark(names, beside, max(int(min(size, largest)), 10))


def _beside(paper: Paper) -> str:
    """What stands right of the names, in the mark: 令, 文件 or nothing."""
    english = paper.language == "en"
    if paper.kind is Kind.ORDER:
        word = "Order" if english else "令"
        return "" if len(paper.issuers) == 1 and paper.issuers[0].endswith(word) else word
    if paper.file_mark and paper.kind not in (Kind.LETTER, Kind.MINUTES):
        return "Document" if english else "文件"
    return ""


def _halved(name: str) -> str:
    """A name broken at the space nearest to its middle."""
    spaces = [at for at, sign in enumerate(name) if sign == " "]
    if not spaces:
        return name
    middle = min(spaces, key=lambda at: abs(at - len(name) / 2))
    return f"{name[:middle]}\n{name[middle + 1 :]}"


def mark_below_type_area_top(paper: Paper) -> int:
    """How far below the type area's top the issuers' mark begins, in mm (7.2.4, 10.2)."""
    if paper.kind is Kind.ORDER:
        return measures.ORDER_BELOW_TYPE_AREA_TOP_MM
    return measures.HEAD_BELOW_TYPE_AREA_TOP_MM


def heading(paper: Paper) -> str:
    """What a file calls the paper: its title, or an order's mark and number where it has none."""
    if paper.title.strip():
        return paper.title.replace("\n", "")
    red = mark(paper)
    gap = " " if paper.language == "en" else ""
    joint = "、".join(red.names) if paper.language == "zh" else ", ".join(red.names)
    said = joint.replace("\n", " ") + (gap + red.beside if red.beside else "")
    return f"{said}{gap}{number(paper)}".strip()


def title(paper: Paper) -> tuple[str, ...]:
    """The title's lines; none where an order goes without."""
    return title_lines(paper.title, paper.language) if paper.title.strip() else ()


def title_height(paper: Paper) -> int:
    """How many lines the title fills, about where an English one goes on in the next."""
    return sum(max(1, math.ceil(width_in_signs(line) / 20)) for line in title(paper))


def corner(paper: Paper) -> list[tuple[str, str]]:
    """The lines in the upper left corner, each its part and its text: copy number, secrecy, urgency (7.2)."""
    lines = []
    if paper.copy_number is not None:
        lines.append(("copy_number", f"{paper.copy_number:06d}"))
    if paper.secrecy is not None:
        lines.append(("secrecy", secrecy_words(paper.secrecy, paper.language)))
    if paper.urgency is not None:
        lines.append(("urgency", urgency_words(paper.urgency, paper.language)))
    return lines


def number(paper: Paper) -> str:
    return six_angled(paper.number) if paper.language == "zh" else paper.number


def signer_label(paper: Paper) -> str:
    return "Signed off by: " if paper.language == "en" else "签发人："


def signer_rows(paper: Paper) -> list[tuple[str, ...]]:
    """The signers two a row, in their order (7.2.6)."""
    return [paper.signers[at : at + 2] for at in range(0, len(paper.signers), 2)]


def addressed(paper: Paper) -> str:
    """The addressees with their colon; empty without any."""
    if not paper.addressees:
        return ""
    return joined(paper.addressees, paper.language) + (":" if paper.language == "en" else "：")


def addressees_move(paper: Paper) -> bool:
    """Whether so many are addressed that the first page would hold no text: then they go to the foot (7.3.2)."""
    pitch = measures.LINE_TWIPS / 20
    red = mark(paper)
    above = measures.HEAD_BELOW_TYPE_AREA_TOP_MM * measures.POINTS_A_MM + red.rows * red.lines
    lines = (
        (above + title_height(paper) * measures.TITLE_LINE_TWIPS / 20) / pitch
        + 6
        + max(len(signer_rows(paper)) - 1, 0)
    )
    needed = -(-width_in_signs(addressed(paper)) // measures.SIGNS_A_LINE)
    return lines + needed + 2 > measures.LINES_A_PAGE


def counted(blocks: tuple[Block, ...], language: str) -> Iterator[tuple[Block, str]]:
    """The blocks, each heading with its number (一、（一）1.（1）), which is empty for other blocks."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if not isinstance(block, Heading):
            yield block, ""
            continue
        at = block.level - 1
        counts[at:] = [counts[at] + 1] + [0] * (3 - at)
        yield block, numbered(block.level, tuple(counts), "", language)


def figure_columns(table: Table) -> list[bool]:
    """Which columns hold nothing but figures, which are set to the right."""
    return [all(_is_figure(row[at]) for row in table.rows) for at in range(len(table.headers))]


_ROWS_KEPT, _SIGNS_KEPT = 12, 800
_SIGNS_IN_A_ROW = 200


def row_splits(row: tuple[str, ...]) -> bool:
    """Whether a row may break across pages, as one must that could be higher than a page."""
    return max(map(width_in_signs, row)) > _SIGNS_IN_A_ROW


def table_kept_whole(table: Table) -> bool:
    """Whether a table is so short that it stays on one page, with its heading."""
    signs = sum(width_in_signs(cell) for row in table.rows for cell in row)
    return len(table.rows) <= _ROWS_KEPT and signs <= _SIGNS_KEPT


def _is_figure(text: str) -> bool:
    bare = text.strip().rstrip("%％").replace(",", "").replace(".", "").lstrip("-−+")
    return bare.isdigit() or text.strip() in ("", "—", "-")


def attachment_label(paper: Paper) -> str:
    if paper.language == "en":
        return "Attachment: " if len(paper.attachments) == 1 else "Attachments: "
    return "附件："


def attachment_names(paper: Paper) -> list[tuple[str, str]]:
    """The list of attachments, each its number, empty where there is one only, and its name (7.3.4)."""
    if len(paper.enclosed) == 1:
        return [("", paper.enclosed[0].name)]
    stop = ". " if paper.language == "en" else "."
    return [(f"{count}{stop}", each.name) for count, each in enumerate(paper.enclosed, 1)]


def attachment_mark(paper: Paper, count: int) -> str:
    """附件2, in the upper left corner of an attachment's first page (7.3.7); without number where alone."""
    word = "Attachment" if paper.language == "en" else "附件"
    if len(paper.attachments) == 1:
        return word
    return f"{word} {count}" if paper.language == "en" else f"{word}{count}"


def attendance(paper: Paper) -> list[tuple[str, str]]:
    """出席, 请假 and 列席 with their names, for minutes (10.3)."""
    if paper.attendance is None:
        return []
    chinese = paper.language == "zh"
    labels = ("出席：", "请假：", "列席：") if chinese else ("Present: ", "Excused: ", "In attendance: ")
    groups = (paper.attendance.present, paper.attendance.excused, paper.attendance.observing)
    return [
        (label, ("，" if chinese else ", ").join(group))
        for label, group in zip(labels, groups, strict=True)
        if group
    ]


def notes(paper: Paper) -> str:
    """附注 in round brackets (7.3.6); empty without."""
    if not paper.notes.strip():
        return ""
    bare = paper.notes.strip().strip("()（）")
    return f"({bare})" if paper.language == "en" else f"（{bare}）"


def day(paper: Paper) -> str:
    return day_words(paper.date, paper.language)


def signature_indents(paper: Paper) -> tuple[float, float]:
    """How many signs the name and the date of a single body keep from the right (7.3.5.1, 7.3.5.2)."""
    name, dated = width_in_signs(paper.signatures[0]), width_in_signs(day(paper))
    if paper.sealed:
        # The date four from the right, the name centred over it; a long name pushes the date to the left.
        wider = (name - dated) / 2
        date_indent = max(measures.DATE_INDENT_SIGNS, wider)
        return date_indent - wider, date_indent
    # The date begins two signs right of where the name begins; the longer of them keeps two from the edge.
    name = width_in_signs(paper.signatures[-1])
    least = measures.UNSEALED_INDENT_SIGNS
    date_indent = name - dated if name >= dated else float(least)
    return date_indent + dated + 2 - name, date_indent


_LINES_KEPT = 8


def kept_whole(text: str) -> bool:
    """Whether a last paragraph is so short that it may go over whole to the page of the signature."""
    return width_in_signs(text) <= _LINES_KEPT * measures.SIGNS_A_LINE


def signature_rows(paper: Paper) -> list[tuple[str, ...]]:
    """Joint signatures over their seals: two a row for two bodies, else three (7.3.5.1).

    A last row with fewer stands at the right, begun by empty names: the date belongs to the right, under the last.
    """
    a_row = min(len(paper.signatures), measures.SEALS_A_ROW)
    rows = [paper.signatures[at : at + a_row] for at in range(0, len(paper.signatures), a_row)]
    rows[-1] = ("",) * (a_row - len(rows[-1])) + rows[-1]
    return rows


def stamp_told(stamp: Stamp, language: str) -> str:
    """What a person hears who cannot see a signature stamp."""
    return f"Signature stamp of {stamp.name}" if language == "en" else f"{stamp.name}签名章"


def stamp_size(stamp: Stamp) -> tuple[float, float]:
    """Width and height in mm of a stamp's picture inside its place, or of the place where it has none."""
    if not stamp.picture:
        return stamp.width_mm, stamp.height_mm
    with Image.open(io.BytesIO(stamp.picture)) as opened:
        ratio = opened.height / opened.width
    width = min(stamp.width_mm, stamp.height_mm / ratio)
    return width, width * ratio


def has_signature(paper: Paper) -> bool:
    return paper.kind is not Kind.MINUTES  # their number line bears body and date


def imprint(paper: Paper) -> list[list[Entry]]:
    """What stands at the foot, grouped by the rules between (7.4): addressees and copies, then the printing."""
    english = paper.language == "en"
    groups: list[list[Entry]] = []
    copies = []
    if addressees_move(paper):
        copies.append(Entry("To: " if english else "主送：", _sentence(paper.addressees, english)))
    if paper.copy_to:
        copies.append(Entry("Copy: " if english else "抄送：", _sentence(paper.copy_to, english)))
    if copies:
        groups.append(copies)
    if paper.printed_by and paper.kind is not Kind.LETTER:  # (10.1)
        printed = day_words(paper.printed_on or paper.date, paper.language)
        groups.append([Entry("", paper.printed_by, f"Printed {printed}" if english else f"{printed}印发")])
    return groups


def _sentence(names: tuple[str, ...], english: bool) -> str:
    return ", ".join(names) + "." if english else "，".join(names) + "。"
