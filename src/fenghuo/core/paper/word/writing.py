"""Paragraphs in a document's body, with the East Asian hint where a sign could go either way."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .. import measures
from ..description import Language
from ..wording import printable
from . import styles

# The order in which Word insists on a paragraph's properties, as far as papers use them.
_ORDER = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "tabs",
          "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "sectPr")  # fmt: skip


def write(paragraph: Paragraph, text: str, language: Language, style: str = "") -> Run:
    """Add text, with its tabs and line breaks, in a character style or the paragraph's own.

    In Chinese, “ ” — … take the Latin face unless the run says otherwise.
    """
    run = paragraph.add_run(printable(text))
    if style:
        element = parse_xml(f'<w:rStyle {nsdecls("w")} w:val="{style}"/>')
        run._r.get_or_add_rPr().insert(0, element)
    if language == "zh":
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    return run


def styled(paragraph: Paragraph, style: str) -> Paragraph:
    """The paragraph, given a style by its identifier."""
    paragraph._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)
    return paragraph


def add(document: Document, style: str, text: str, language: Language) -> Paragraph:
    """A paragraph of a named style at the end of the document."""
    paragraph = styled(document.add_paragraph(), style)
    if text:
        write(paragraph, text, language)
    return paragraph


def add_blank(document: Document, lines: int = 1, style: str = styles.ADDRESSEES) -> None:
    """Empty lines, which the standard counts where others would use space before a paragraph."""
    for _ in range(lines):
        add(document, style, "", "zh")


def element(xml: str) -> BaseOxmlElement:
    """An element from XML whose first tag ends in a space and names no namespace."""
    return parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1))


def place(paragraph: Paragraph, xml: str) -> None:
    """Put a property, given as XML without its namespace, where it belongs in the paragraph's properties."""
    made = element(xml)
    name = made.tag.rpartition("}")[2]
    later = _ORDER[_ORDER.index(name) + 1 :]
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(made.tag):
        properties.remove(old)
    properties.insert_element_before(made, *(f"w:{tag}" for tag in later))


def tell(drawn: InlineShape, told: str, form: str) -> None:
    """Say in words what a picture shows, for those who cannot see it."""
    told = printable(told)
    for side in "TBLR":  # left out, LibreOffice puts an eighth of an inch beside it
        drawn._inline.set(f"dist{side}", "0")
    drawn._inline.docPr.set("descr", told)
    drawn._inline.docPr.set("name", told[:40])
    inner = drawn._inline.graphic.graphicData.pic.nvPicPr.cNvPr
    inner.set("descr", told)
    inner.set("name", f"picture.{form}")


def indent(paragraph: Paragraph, size: float = measures.BODY_PT, **signs: float) -> None:
    """Indents (`left`, `right`, `hanging`, `firstLine`) in signs of a size, and in twips for programs that do
    not know signs."""
    given = {side: count for side, count in signs.items() if count}
    if given:
        sides = " ".join(
            f'w:{side}Chars="{round(count * 100)}" w:{side}="{round(count * size * 20)}"'
            for side, count in given.items()
        )
        place(paragraph, f"<w:ind {sides}/>")


def exact(paragraph: Paragraph, points: float) -> None:
    """Give a paragraph lines of an exact height, off the grid of the page."""
    place(paragraph, '<w:snapToGrid w:val="0"/>')
    place(
        paragraph, f'<w:spacing w:before="0" w:after="0" w:line="{round(points * 20)}" w:lineRule="exact"/>'
    )
