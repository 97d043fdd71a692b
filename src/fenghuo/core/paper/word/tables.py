"""Tables of a paper: figures in rows, the issuers' joint mark, joint signatures, the imprint at the foot."""

import io
import math
from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph

from .. import measures
from ..description import Language, Paper, Table, picture_form
from ..parts import (
    ENGLISH_SIGN,
    Entry,
    Mark,
    day,
    figure_columns,
    row_splits,
    signature_rows,
    stamp_size,
    stamp_told,
    table_kept_whole,
)
from ..wording import width_in_signs
from . import styles
from .writing import element, exact, indent, styled, tell, write

_LINE = measures.TYPE_AREA_MM[0]


def add_table(document: Document, table: Table, language: Language) -> None:
    """A ruled table over the whole line, a turned page's if it lies across; its head repeats on each page and no row
    breaks across two."""
    made = document.add_table(rows=0, cols=len(table.headers), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    shares = table.widths or (1,) * len(table.headers)
    line = measures.ACROSS_MM[0] if table.landscape else _LINE
    widths = [Mm(line * share / sum(shares)) for share in shares]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    figures, whole = figure_columns(table), table_kept_whole(table)
    for number, row in enumerate((table.headers, *table.rows)):
        cells = made.add_row()
        _row(cells._tr.get_or_add_trPr(), head=number == 0, splits=row_splits(row))
        for at, (cell, text) in enumerate(zip(cells.cells, row, strict=True)):
            cell.width = widths[at]
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = styled(cell.paragraphs[0], styles.CELL if number else styles.CELL_HEAD)
            paragraph.paragraph_format.keep_with_next = (whole and number < len(table.rows)) or None
            if number and figures[at]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            write(paragraph, text, language)


def joint_mark(document: Document, mark: Mark, language: Language) -> None:
    """Several issuers one under the other, spread to one width, 文件 centred at their right (7.2.4)."""
    # A little wider than its signs, or a program that rounds up would break the longest name.
    signs = max(width_in_signs(part) for name in mark.names for part in name.split("\n"))
    longest = (signs / (ENGLISH_SIGN if language == "en" else 1) + 0.2) * mark.size
    beside = width_in_signs(mark.beside) * mark.size + mark.size / 2 if mark.beside else 0
    made = _unruled(document, len(mark.names), (longest, beside) if mark.beside else (longest,))
    for row, name in zip(made.rows, mark.names, strict=True):
        _height(row._tr.get_or_add_trPr(), mark.rows * (1 + name.count("\n")), "exact")
        spread = WD_ALIGN_PARAGRAPH.DISTRIBUTE if language == "zh" else WD_ALIGN_PARAGRAPH.CENTER
        _marked(row.cells[0].paragraphs[0], name, mark, language, spread)
    if mark.beside:
        cell = made.cell(0, 1).merge(made.cell(len(mark.names) - 1, 1))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for surplus in cell.paragraphs[1:]:
            surplus._p.getparent().remove(surplus._p)
        _marked(cell.paragraphs[0], mark.beside, mark, language, WD_ALIGN_PARAGRAPH.RIGHT)


def _marked(
    paragraph: Paragraph, text: str, mark: Mark, language: Language, align: WD_ALIGN_PARAGRAPH
) -> None:
    styled(paragraph, styles.ISSUER)
    exact(paragraph, mark.rows)
    paragraph.alignment = align
    write(paragraph, text, language).font.size = Pt(mark.size)


def joint_signatures(document: Document, paper: Paper) -> None:
    """Rows of names with the place for their seals, the date under the last (7.3.5.1)."""
    rows = signature_rows(paper)
    points = _LINE * measures.POINTS_A_MM
    made = _unruled(document, len(rows), (points / len(rows[0]),) * len(rows[0]), margin=80)
    for row, names in zip(made.rows, rows, strict=True):
        _height(row._tr.get_or_add_trPr(), measures.SEAL_ROW_MM * measures.POINTS_A_MM, "atLeast")
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        for at, cell in enumerate(row.cells):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = _centred(cell.paragraphs[0], styles.SIGNATURE)
            if names[at]:
                write(paragraph, names[at], paper.language)
            if names is rows[-1]:
                # An empty line stands beside the date, so that all names stay on one height.
                below = _centred(cell.add_paragraph(), styles.DATE)
                if at == len(names) - 1:
                    write(below, day(paper), paper.language)


def _centred(paragraph: Paragraph, style: str) -> Paragraph:
    styled(paragraph, style).alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def stamps(document: Document, paper: Paper, line: int) -> None:
    """The signers' posts beside their stamps, or the free places for these, one body a row, and the date (7.3.5.3).

    `line` is the pitch of lines in twips. The date stands in the table, for LibreOffice keeps no paragraph with a
    table before it.
    """
    sizes = [stamp_size(stamp) for stamp in paper.stamps]
    indent_pt = measures.STAMP_INDENT_SIGNS * measures.BODY_PT
    widest = max(width for width, _height in sizes) * measures.POINTS_A_MM
    posts = _LINE * measures.POINTS_A_MM - widest - indent_pt
    signs_a_line = posts / measures.BODY_PT - measures.STAMP_GAP_SIGNS
    made = _unruled(document, len(sizes) + 1, (posts, widest, indent_pt))
    for at, (row, stamp, (width, height)) in enumerate(zip(made.rows, paper.stamps, sizes, strict=False)):
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        between = measures.STAMP_ROW_GAP_MM if at < len(sizes) - 1 else 0
        lines = math.ceil(width_in_signs(stamp.post) / signs_a_line)
        high = max(height * measures.POINTS_A_MM, lines * line / 20 if lines > 1 else 0)
        _height(row._tr.get_or_add_trPr(), high + between * measures.POINTS_A_MM, "exact")
        post, place_of_stamp, free = row.cells
        # Whatever stands in a row keeps it with the date, an empty cell too.
        styled(free.paragraphs[0], styles.SIGNATURE)
        for cell in (post, place_of_stamp):
            if between:
                # The gap lies below the stamp, so the middle of the row is not that of the stamp.
                cell._tc.get_or_add_tcPr().append(_below(between))
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = styled(post.paragraphs[0], styles.SIGNATURE)
        indent(paragraph, right=measures.STAMP_GAP_SIGNS)
        write(paragraph, stamp.post, paper.language)
        drawn = styled(place_of_stamp.paragraphs[0], styles.PICTURE)
        drawn.alignment = WD_ALIGN_PARAGRAPH.LEFT
        if stamp.picture:
            shape = drawn.add_run().add_picture(io.BytesIO(stamp.picture), width=Mm(width), height=Mm(height))
            tell(shape, stamp_told(stamp, paper.language), picture_form(stamp.picture))
    dated = made.rows[-1].cells
    cell = dated[0].merge(dated[2])
    for _ in range(measures.STAMP_LINES_BELOW):
        styled(cell.paragraphs[-1], styles.SIGNATURE)
        cell.add_paragraph()
    last = styled(cell.paragraphs[-1], styles.DATE)
    indent(last, right=measures.STAMP_INDENT_SIGNS)
    write(last, day(paper), paper.language)


def _below(mm: float) -> BaseOxmlElement:
    margin = f'<w:bottom w:w="{measures.twips(mm)}" w:type="dxa"/>'
    return element(f"<w:tcMar >{margin}</w:tcMar>")


def lift(table: DocxTable, points: float) -> None:
    """Have a table end higher by an empty row below it."""
    row = table.add_row()
    _height(row._tr.get_or_add_trPr(), points, "exact")
    cell = row.cells[0].merge(row.cells[1])
    exact(styled(cell.paragraphs[0], styles.IMPRINT), 1)


def foot_table(
    document: Document, groups: Sequence[Sequence[Entry]], language: Language, *, ruled: bool
) -> DocxTable:
    """The imprint, floating at the foot of the type area; rules around and between the groups (7.4.1)."""
    entries = [
        (entry, at == 0 and number > 0)
        for number, group in enumerate(groups)
        for at, entry in enumerate(group)
    ]
    made = document.add_table(rows=len(entries), cols=2)
    thick = "".join(_rule(side, 8) for side in ("top", "bottom")) if ruled else ""  # 0.35 mm
    # Placed from the page's edge and not the margin's: LibreOffice lets a table of full width float only so.
    properties = (
        '<w:tblPr ><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{measures.twips(measures.LEFT_MM)}" w:tblpYSpec="bottom"/>'
        f'<w:tblW w:w="{measures.twips(_LINE)}" w:type="dxa"/>'
        f'<w:tblBorders>{thick}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    for column, share in zip(made.columns, (0.6, 0.4), strict=True):
        column.width = Mm(_LINE * share)
    made._tbl.replace(made._tbl.tblPr, element(properties))
    for row, (entry, begins) in zip(made.rows, entries, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        left, right = row.cells
        left.width, right.width = (Mm(_LINE * share) for share in (0.6, 0.4))
        cells = [left, right] if entry.right else [left.merge(right)]
        for cell, text in zip(cells, (entry.label + entry.text, entry.right), strict=False):
            if begins and ruled:
                cell._tc.get_or_add_tcPr().append(element(f"<w:tcBorders >{_rule('top', 6)}</w:tcBorders>"))
            paragraph = styled(cell.paragraphs[0], styles.IMPRINT)
            hang = width_in_signs(entry.label)
            if cell is right:
                indent(paragraph, measures.FOOT_PT, right=1)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            else:
                indent(
                    paragraph, measures.FOOT_PT, left=1 + hang, right=0 if entry.right else 1, hanging=hang
                )
            write(paragraph, text, language)
    return made


def _rule(side: str, eighths: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'


def _unruled(document: Document, rows: int, widths: Sequence[float], margin: int = 0) -> DocxTable:
    """A centred table without rules, its columns of fixed widths in points, margins beside its text in twips."""
    made = document.add_table(rows=rows, cols=len(widths))
    properties = (
        f'<w:tblPr ><w:tblW w:w="{round(sum(widths) * 20)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    made._tbl.replace(made._tbl.tblPr, element(properties))
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Pt(width)
        for cell in column.cells:
            cell.width = Pt(width)
    return made


def _row(properties: BaseOxmlElement, head: bool, splits: bool) -> None:
    if not splits:
        properties.append(OxmlElement("w:cantSplit"))
    _height(properties, 24, "atLeast")
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _height(properties: BaseOxmlElement, points: float, rule: str) -> None:
    height = OxmlElement("w:trHeight")
    height.set(qn("w:val"), str(round(points * 20)))
    height.set(qn("w:hRule"), rule)
    properties.append(height)
