"""Sections of a .docx: pages turned for a table laid across them, and an imprint on the back of the last sheet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from docx.document import Document
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer
from docx.shared import Mm

from .. import measures
from ..description import Language
from . import styles
from .page import number_paragraph
from .writing import add, exact, place, styled

_REFERENCES = (qn("w:headerReference"), qn("w:footerReference"))
_EMU_A_MM = 36000
_NUMBER_MM = styles.PAGE_NUMBER_TWIPS / 20 / measures.POINTS_A_MM
_SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


@contextmanager
def across(document: Document, language: Language) -> Iterator[None]:
    """What is added meanwhile stands on turned pages of its own (8); after them the page is as it was."""
    upright = _begin(document)
    section = document.sections[-1]
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_height, section.page_width = (Mm(side) for side in measures.PAGE_MM)
    section.top_margin, section.bottom_margin = Mm(measures.ACROSS_TOP_MM), Mm(measures.ACROSS_BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(measures.ACROSS_LEFT_MM), Mm(measures.ACROSS_RIGHT_MM)
    section.footer_distance = Mm(15)
    _turned_number(section.footer, language, "right", 1)
    _turned_number(section.even_page_footer, language, "left", 2)
    yield
    _begin(document)
    _become(document, upright)


def even_page(document: Document) -> None:
    """Begin the next even page behind a blank one; neither bears a number (7.5)."""
    _become(document, _begin(document))
    section = document.sections[-1]
    section.start_type = WD_SECTION.EVEN_PAGE
    for footer in (section.footer, section.even_page_footer):
        footer.is_linked_to_previous = True  # leaves the numbered one
        footer.is_linked_to_previous = False


def is_empty(document: Document) -> bool:
    """Whether nothing was added since the last section ended."""
    before = document.element.body[-2]
    return before.tag == qn("w:p") and before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def close(document: Document) -> None:
    """Take away a last section in which nothing stands, or the file would end in an empty page."""
    if is_empty(document):
        body = document.element.body
        last = body[-2].pPr.find(qn("w:sectPr"))
        body.replace(body[-1], last)


def _begin(document: Document) -> BaseOxmlElement:
    """Begin a section on a new page; returns what a section like the one before it is made of.

    The section ends in the last paragraph: one more would take a line of its own. After a table there has to
    be one.
    """
    body = document.element.body
    sentinel = document.sections[-1]._sectPr
    if not is_empty(document):
        if body[-2].tag != qn("w:p"):
            exact(add(document, styles.ADDRESSEES, "", "zh"), 1)
        body[-2].get_or_add_pPr().append(deepcopy(sentinel))
    upright = deepcopy(sentinel)
    for title_page in upright.findall(qn("w:titlePg")):
        upright.remove(title_page)
    for child in list(sentinel):
        if child.tag in _REFERENCES or child.tag == qn("w:titlePg"):
            sentinel.remove(child)
    Section(sentinel, document.part).start_type = WD_SECTION.NEW_PAGE
    return upright


def _become(document: Document, section: BaseOxmlElement) -> None:
    """Give the last section the properties of another, its footers among them."""
    sentinel = document.sections[-1]._sectPr
    sentinel.getparent().replace(sentinel, section)


def _turned_number(footer: _Footer, language: Language, side: str, count: int) -> None:
    """A page number where it stands on upright pages: at the left of the turned page, turned with it.

    In a box, for no footer lies at a page's side.
    """
    footer.is_linked_to_previous = False
    paragraph = styled(footer.paragraphs[0], styles.PAGE_NUMBER)
    exact(paragraph, 1)
    place(paragraph, f'<w:jc w:val="{side}"/>')
    width, height = (round(mm * _EMU_A_MM) for mm in (_NUMBER_MM, measures.ACROSS_MM[1]))
    left, top = (round(mm * _EMU_A_MM) for mm in (measures.FOOTER_FROM_EDGE_MM, measures.ACROSS_TOP_MM))
    box = parse_xml(
        f'<w:r {nsdecls("w", "a")} {_SPACES}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{9000 + count}" name="page number {count}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        '<wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" '
        'rIns="0" bIns="0" anchor="t" anchorCtr="0"><a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
    next(box.iter(qn("w:txbxContent"))).append(number_paragraph(language, side, turned=True))
    paragraph._p.append(box)
