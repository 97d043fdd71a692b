"""Paragraphs and tables in a document's body, with the East Asian hint where a sign could go either way."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from . import measures, styles
from .description import Table


def write(paragraph: DocxParagraph, text: str, language: str) -> None:
    """Add text, with its tabs and line breaks.

    In Chinese, “ ” — … take the Latin face unless the run says otherwise.
    """
    run = paragraph.add_run(text)
    if language == "zh":
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def add(document: Document, style: str, text: str, language: str) -> DocxParagraph:
    """A paragraph of a named style at the end of the document."""
    paragraph = document.add_paragraph()
    paragraph._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)
    if text:
        write(paragraph, text, language)
    return paragraph


def add_blank(document: Document, lines: int = 1, style: str = styles.ADDRESSEES) -> None:
    """Empty lines, which the standard counts where others would use space before a paragraph."""
    for _ in range(lines):
        add(document, style, "", "zh")


_ROWS_KEPT = 12

# The order in which Word insists on a paragraph's properties, as far as papers use them.
_ORDER = ("pStyle", "keepNext", "pBdr", "tabs", "snapToGrid", "spacing", "ind", "jc", "outlineLvl")


def _element(xml: str) -> BaseOxmlElement:
    return parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1))


def place(paragraph: DocxParagraph, xml: str) -> None:
    """Put a property, given as XML without its namespace, where it belongs in the paragraph's properties."""
    element = _element(xml)
    name = element.tag.rpartition("}")[2]
    later = _ORDER[_ORDER.index(name) + 1 :]
    paragraph._p.get_or_add_pPr().insert_element_before(element, *(f"w:{tag}" for tag in later))


def indent(paragraph: DocxParagraph, *, left: float = 0, right: float = 0, hanging: float = 0) -> None:
    """Indents in signs of the body size, also in twips for programs that do not know signs."""
    for side, signs in (("left", left), ("right", right), ("hanging", hanging)):
        if signs:
            element = paragraph._p.get_or_add_pPr().get_or_add_ind()
            element.set(qn(f"w:{side}Chars"), str(round(signs * 100)))
            element.set(qn(f"w:{side}"), str(round(signs * measures.BODY_PT * 20)))


def width_in_signs(text: str) -> float:
    """How wide a text is, counting a Chinese sign as one and a Latin one as half."""
    return sum(1 if ord(sign) > 0x2000 else 0.5 for sign in text)


def add_table(document: Document, table: Table, language: str) -> None:
    """A ruled table over the whole line; its head repeats on each page and no row breaks across two."""
    made = document.add_table(rows=0, cols=len(table.headers), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    shares = table.widths or (1,) * len(table.headers)
    widths = [Mm(measures.TYPE_AREA_MM[0] * share / sum(shares)) for share in shares]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    figures = [all(_is_figure(row[at]) for row in table.rows) for at in range(len(table.headers))]
    for number, row in enumerate((table.headers, *table.rows)):
        cells = made.add_row()
        _row(cells._tr.get_or_add_trPr(), head=number == 0)
        for at, (cell, text) in enumerate(zip(cells.cells, row, strict=True)):
            cell.width = widths[at]
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            style = styles.CELL if number else styles.CELL_HEAD
            paragraph._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)
            # A short table stays on one page, with its heading.
            paragraph.paragraph_format.keep_with_next = number < len(table.rows) <= _ROWS_KEPT or None
            if number and figures[at]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            write(paragraph, text, language)


def foot_table(document: Document, rows: Sequence[tuple[str, ...]], language: str) -> DocxTable:
    """Rows of one or two cells (left, right) ruled across, floating at the foot of the type area."""
    made = document.add_table(rows=len(rows), cols=2)
    one = measures.FOOT_PT * 20
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'
        for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 6))  # 0.35 mm outside, 0.25 mm inside
    )
    # Placed from the page's edge and not the margin's: LibreOffice lets a table of full width float only so.
    properties = (
        '<w:tblPr ><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{measures.twips(measures.LEFT_MM)}" w:tblpYSpec="bottom"/>'
        f'<w:tblW w:w="{measures.twips(measures.TYPE_AREA_MM[0])}" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    for column, share in zip(made.columns, (0.55, 0.45), strict=True):
        column.width = Mm(measures.TYPE_AREA_MM[0] * share)
    made._tbl.replace(made._tbl.tblPr, _element(properties))
    for row, texts in zip(made.rows, rows, strict=True):
        left, right = row.cells
        left.width, right.width = (Mm(measures.TYPE_AREA_MM[0] * share) for share in (0.55, 0.45))
        cells = (left.merge(right),) if len(texts) == 1 else (left, right)
        for cell, text in zip(cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), styles.IMPRINT)
            side = "right" if cell is right else "left"
            place(paragraph, f'<w:ind w:{side}Chars="100" w:{side}="{one}"/>')
            if cell is right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            write(paragraph, text, language)
    return made


def _row(properties: BaseOxmlElement, head: bool) -> None:
    names = ("w:cantSplit", "w:tblHeader") if head else ("w:cantSplit",)
    for name in names:
        properties.append(OxmlElement(name))
    height = OxmlElement("w:trHeight")
    height.set(qn("w:val"), "480")
    height.set(qn("w:hRule"), "atLeast")
    properties.insert(1, height)


def _is_figure(text: str) -> bool:
    bare = text.strip().rstrip("%％").replace(",", "").replace(".", "").lstrip("-−+")
    return bare.isdigit() or text.strip() in ("", "—", "-")
