"""An official paper as a .docx file, part by part in the order of GB/T 9704-2012, chapter 7."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from . import fonts, measures, styles
from .description import Heading, Paper, Table
from .package import blank, packed
from .page import set_up
from .wording import chinese_date, english_date, joined, numbered, six_angled
from .writing import add, add_blank, add_table, foot_table, indent, place, width_in_signs, write

_LINES_KEPT = 8
_LINE_TWIPS = measures.twips(measures.TYPE_AREA_MM[0])


def render_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file: the same paper gives the same bytes."""
    document = blank(paper)
    set_up(document, paper.language)
    _head(document, paper)
    _title_and_addressees(document, paper)
    _blocks(document, paper)
    _attachments(document, paper)
    _signature(document, paper)
    _imprint(document, paper)
    return packed(document)


def _day(paper: Paper) -> str:
    return english_date(paper.date) if paper.language == "en" else chinese_date(paper.date)


def _head(document: Document, paper: Paper) -> None:
    """The issuer's mark in red, the number (with the signer on papers that go up), the red rule."""
    mark = add(document, styles.ISSUER, paper.issuer, paper.language)
    line = measures.TYPE_AREA_MM[0] / 25.4 * 72
    fitting = line / max(width_in_signs(paper.issuer), 1)
    size = min(measures.HEAD_LARGEST_PT, int(fitting * (1 if paper.language == "zh" else 0.85)))
    mark.runs[0].font.size = Pt(size)
    mark.paragraph_format.space_before = Pt(measures.HEAD_BELOW_TYPE_AREA_TOP_MM / 25.4 * 72)
    mark.paragraph_format.line_spacing = Pt(round(size * 1.15))
    add_blank(document, 2)
    text = six_angled(paper.number) if paper.language == "zh" else paper.number
    number = add(document, styles.NUMBER, f"\t{text}" if paper.signer else text, paper.language)
    if paper.signer:
        _add_signer(number, paper)
    _red_rule(number)


def _add_signer(number: Paragraph, paper: Paper) -> None:
    """The number one sign from the left, the signer in Kai one sign from the right, on one line (7.2.6)."""
    number.alignment = WD_ALIGN_PARAGRAPH.LEFT
    one = measures.BODY_PT * 20
    stops = f'<w:tab w:val="left" w:pos="{one}"/><w:tab w:val="right" w:pos="{_LINE_TWIPS - one}"/>'
    place(number, f"<w:tabs >{stops}</w:tabs>")
    write(number, "\t签发人：" if paper.language == "zh" else "\tSigned off by: ", paper.language)
    write(number, paper.signer or "", paper.language)
    if paper.language == "zh":
        names = number.runs[-1]._r.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            names.set(qn(script), fonts.KAI.name)


def _red_rule(number: Paragraph) -> None:
    # Half of what the fixed pitch leaves over lies below the text already.
    below = measures.RULE_BELOW_NUMBER_MM / 25.4 * 72 - (measures.LINE_TWIPS / 20 - measures.BODY_PT) / 2
    rule = f'<w:bottom w:val="single" w:sz="18" w:space="{below:.0f}" w:color="{measures.RED}"/>'
    place(number, f"<w:pBdr >{rule}</w:pBdr>")


def _title_and_addressees(document: Document, paper: Paper) -> None:
    add_blank(document, 2)
    add(document, styles.TITLE, paper.title, paper.language)
    add_blank(document)
    if paper.addressees:
        end = ":" if paper.language == "en" else "："
        add(document, styles.ADDRESSEES, joined(paper.addressees, paper.language) + end, paper.language)


def _blocks(document: Document, paper: Paper) -> None:
    counts = [0, 0, 0, 0]
    for block in paper.blocks:
        if isinstance(block, Heading):
            at = block.level - 1
            counts[at:] = [counts[at] + 1] + [0] * (3 - at)
            text = numbered(block.level, tuple(counts), block.text, paper.language)
            add(document, styles.HEADINGS[at], text, paper.language)
        elif isinstance(block, Table):
            add_table(document, block, paper.language)
        else:
            add(document, styles.BODY, block.text, paper.language)


def _attachments(document: Document, paper: Paper) -> None:
    if not paper.attachments:
        return
    add_blank(document)
    one = len(paper.attachments) == 1
    label = ("Attachment: " if one else "Attachments: ") if paper.language == "en" else "附件："
    for number, name in enumerate(paper.attachments, 1):
        lead = label if number == 1 else ""
        text = lead + (name if one else f"{number}. {name}" if paper.language == "en" else f"{number}.{name}")
        paragraph = add(document, styles.ATTACHMENTS, text, paper.language)
        hanging = width_in_signs(label) + (0 if one else 1)
        if lead:
            indent(paragraph, left=2 + hanging, hanging=hanging)
        else:
            indent(paragraph, left=2 + hanging, hanging=1)


def _signature(document: Document, paper: Paper) -> None:
    """The body's name centred over the date, which stands four signs from the right (7.3.5)."""
    last = document.paragraphs[-1]
    # The signature may not stand on a page without text; but LibreOffice would carry a long paragraph over whole.
    if width_in_signs(last.text) <= _LINES_KEPT * measures.SIGNS_A_LINE:
        last.paragraph_format.keep_with_next = True
    for _ in range(2):
        add(document, styles.SIGNATURE, "", paper.language)
    day = _day(paper)
    signed = add(document, styles.SIGNATURE, paper.signature, paper.language)
    wider = (width_in_signs(paper.signature) - width_in_signs(day)) / 2
    indent(signed, right=max(measures.DATE_INDENT_SIGNS - wider, 0))
    date = add(document, styles.DATE, day, paper.language)
    indent(date, right=measures.DATE_INDENT_SIGNS)


def _imprint(document: Document, paper: Paper) -> None:
    """Copy-to and printing lines between rules, at the foot of the last page (7.4)."""
    rows = []
    if paper.copy_to:
        names = ", ".join(paper.copy_to) if paper.language == "en" else "，".join(paper.copy_to)
        rows.append((f"Copy: {names}." if paper.language == "en" else f"抄送：{names}。",))
    if paper.printed_by:
        day = f"Printed {_day(paper)}" if paper.language == "en" else f"{_day(paper)}印发"
        rows.append((paper.printed_by, day))
    if rows:
        # A floating table stands on the page of the paragraph that follows it: the date.
        document.paragraphs[-1]._p.addprevious(foot_table(document, rows, paper.language)._tbl)
