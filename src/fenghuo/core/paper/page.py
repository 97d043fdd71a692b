"""The page: A4, the type area, the grid of lines and signs, and the page numbers outside it."""

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer
from docx.shared import Mm

from . import measures, styles


def set_up(document: Document, language: str) -> None:
    """Give the document's one section its size, margins, grid and footers."""
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in measures.PAGE_MM)
    section.top_margin, section.bottom_margin = Mm(measures.TOP_MM), Mm(measures.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(measures.LEFT_MM), Mm(measures.RIGHT_MM)
    section.gutter = 0
    section.header_distance, section.footer_distance = Mm(15), Mm(measures.FOOTER_FROM_EDGE_MM)
    section._sectPr.attrib.clear()
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(_grid())
    _page_number(section.footer, language, "right")
    _page_number(section.even_page_footer, language, "left")


def _grid() -> BaseOxmlElement:
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(measures.LINE_TWIPS))
    return grid


def _page_number(footer: _Footer, language: str, side: str) -> None:
    """— 1 — one sign in from the outer edge of the type area (7.5)."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>' if language == "zh" else ""
    one = measures.FOOT_PT * 20
    pieces = (
        '<w:t xml:space="preserve">— </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{1 if side == 'right' else 2}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve"> —</w:t>',
    )
    runs = "".join(f"<w:r>{hint}{piece}</w:r>" for piece in pieces)
    filled = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{styles.PAGE_NUMBER}"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="{one}"/><w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'
    )
    for child in list(filled):
        paragraph.append(child)
