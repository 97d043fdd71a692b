"""The page: A4, the type area, the grid of lines, the page numbers outside it, the rule below a letter."""

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from .. import fonts, letter, measures
from ..description import Kind, Language, Paper
from . import styles
from .writing import element, exact, place, styled

_LETTER_FOOTER_MM = 12
"""From the page's edge to a letter's footers, less than where its first page's text may end."""


def set_up(document: Document, paper: Paper, line: int) -> None:
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
    page_number(section.footer, paper.language, "right")
    page_number(section.even_page_footer, paper.language, "left")
    if paper.kind is Kind.LETTER:
        section.different_first_page_header_footer = True
        _rule_below(section.first_page_footer)
        _reach_down(section, line)
    section._sectPr.append(_grid(line))


def _grid(line: int) -> BaseOxmlElement:
    grid = OxmlElement("w:docGrid")
    # Without a type: every style has its own exact pitch, and a grid would push what is off it to its next line.
    grid.set(qn("w:linePitch"), str(line))
    return grid


def page_number(footer: _Footer, language: Language, side: str) -> None:
    """— 1 — one sign in from the outer edge of the type area (7.5)."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    paragraph.getparent().replace(paragraph, number_paragraph(language, side))


def number_paragraph(language: Language, side: str, *, turned: bool = False) -> BaseOxmlElement:
    """The paragraph of a page number at the `left` or the `right`.

    In `turned` ones the dashes are Latin: LibreOffice sets those of a Chinese face over the number there.
    """
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>' if language == "zh" else ""
    latin = " ".join(f'w:{script}="{fonts.LATIN.name}"' for script in ("ascii", "hAnsi", "eastAsia"))
    dash = f"<w:rPr><w:rFonts {latin}/></w:rPr>" if turned else hint
    one = measures.FOOT_PT * 20
    pieces = (
        (dash, '<w:t xml:space="preserve">— </w:t>'),
        (hint, '<w:fldChar w:fldCharType="begin"/>'),
        (hint, '<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
        (hint, '<w:fldChar w:fldCharType="separate"/>'),
        (hint, f"<w:t>{1 if side == 'right' else 2}</w:t>"),
        (hint, '<w:fldChar w:fldCharType="end"/>'),
        (dash, '<w:t xml:space="preserve"> —</w:t>'),
    )
    runs = "".join(f"<w:r>{properties}{piece}</w:r>" for properties, piece in pieces)
    return element(
        f'<w:p ><w:pPr><w:pStyle w:val="{styles.PAGE_NUMBER}"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="{one}"/><w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'
    )


def _reach_down(section: Section, line: int) -> None:
    """Let a letter's first page reach down to its second rule (10.1).

    The margin is that of the first page; on the others the footer is so high that it keeps the text to the type
    area, with empty lines above and below the number.
    """
    reach = letter.below_type_area(line) / measures.POINTS_A_MM
    section.bottom_margin = Mm(measures.BOTTOM_MM - reach)
    section.footer_distance = Mm(_LETTER_FOOTER_MM)
    number = styles.PAGE_NUMBER_TWIPS / 20 / measures.POINTS_A_MM
    above = measures.BOTTOM_MM - measures.FOOTER_FROM_EDGE_MM - number
    below = measures.FOOTER_FROM_EDGE_MM - _LETTER_FOOTER_MM
    for footer in (section.footer, section.even_page_footer):
        for at, height in ((0, above), (2, below)):
            empty = styled(footer.add_paragraph(), styles.PAGE_NUMBER)
            exact(empty, height * measures.POINTS_A_MM)
            footer._element.insert(at, empty._p)


def _rule_below(footer: _Footer) -> None:
    """A letter's second double rule, thin over thick, on its first page, which bears no number (10.1)."""
    footer.is_linked_to_previous = False
    below_edge = measures.PAGE_MM[1] - measures.LETTER_RULE_ABOVE_EDGE_MM
    double_rule(footer.paragraphs[0], below_edge, "thinThickSmallGap")
    styled(footer.add_paragraph(), styles.LETTER_RULE)


def double_rule(paragraph: Paragraph, below_edge: float, pattern: str, gap: float = 0) -> None:
    """Make an empty paragraph a letter's red double rule, so many millimetres below the page's upper edge, with
    a gap in points between it and the text."""
    styled(paragraph, styles.LETTER_RULE)
    place(paragraph, frame(below_edge, f'w:hRule="exact" w:h="{100 + round(gap * 20)}" '))
    border = f'w:val="{pattern}" w:sz="24" w:space="0" w:color="{measures.RED}"'
    place(paragraph, f"<w:pBdr ><w:top {border}/></w:pBdr>")


def frame(below_edge: float, more: str = "") -> str:
    """A frame as wide as a letter's rules that stands at a height of the page, whatever the text does."""
    return (
        f'<w:framePr w:w="{measures.twips(measures.LETTER_RULE_MM)}" {more}w:hSpace="0" w:vSpace="0" '
        f'w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page" w:xAlign="center" w:y="{measures.twips(below_edge)}"/>'
    )
