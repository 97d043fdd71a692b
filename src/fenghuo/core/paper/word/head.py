"""The head of a paper (7.2): corner lines, the issuers' mark, number and signers, the red rule; a letter's own."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from .. import measures, parts
from ..description import Kind, Paper
from ..wording import width_in_signs
from . import styles
from .page import double_rule, frame
from .tables import joint_mark
from .writing import add, add_blank, exact, place, write

_ONE = measures.BODY_PT * 20
_LINE_TWIPS = measures.twips(measures.TYPE_AREA_MM[0])
_CORNER_STYLES = {"copy_number": styles.COPY_NUMBER, "secrecy": styles.CORNER, "urgency": styles.CORNER}


def add_head(document: Document, paper: Paper, line: int) -> None:
    """The head up to the empty lines above the title."""
    if paper.kind is Kind.LETTER:
        _letter(document, paper, line)
        return
    corner = parts.corner(paper)
    for part, text in corner:
        add(document, _CORNER_STYLES[part], text, paper.language)
    above = parts.mark_below_type_area_top(paper) * measures.POINTS_A_MM - len(corner) * line / 20
    _mark(document, paper, above)
    add_blank(document, 2)
    number = _number(document, paper)
    if paper.kind is not Kind.ORDER:
        _red_rule(number, line)
    add_blank(document, 2)


def _mark(document: Document, paper: Paper, above: float) -> None:
    mark = parts.mark(paper)
    above -= (mark.rows - mark.size) / 2  # what the line leaves over its signs
    if len(mark.names) > 1:
        exact(add(document, styles.ADDRESSEES, "", "zh"), above)
        joint_mark(document, mark, paper.language)
        return
    paragraph = add(document, styles.ISSUER, mark.names[0], paper.language)
    paragraph.runs[0].font.size = Pt(mark.size)
    paragraph.paragraph_format.space_before = Pt(above)
    paragraph.paragraph_format.line_spacing = Pt(mark.rows)


def _number(document: Document, paper: Paper) -> Paragraph:
    """The line above the rule: the number in the middle, or left of the last signers (7.2.5, 7.2.6)."""
    text = parts.number(paper)
    if paper.kind is Kind.MINUTES:
        if text:
            add(document, styles.NUMBER, text, paper.language)
        ends = add(document, styles.NUMBER, f"\t{paper.signatures[0]}\t{parts.day(paper)}", paper.language)
        _tabs(ends, (("left", _ONE), ("right", _LINE_TWIPS - _ONE)))
        return ends
    rows = parts.signer_rows(paper)
    if not rows:
        return add(document, styles.NUMBER, text, paper.language)
    label = parts.signer_label(paper)
    widest = [max(width_in_signs(row[at]) for row in rows if at < len(row)) for at in range(len(rows[0]))]
    starts = [_LINE_TWIPS - round((sum(widest[at:]) + len(widest[at:])) * _ONE) for at in range(len(widest))]
    first = starts[0] - round(width_in_signs(label) * _ONE)
    for at, row in enumerate(rows):
        last = at == len(rows) - 1
        paragraph = add(document, styles.NUMBER, f"\t{text if last else ''}\t", paper.language)
        if at == 0:
            write(paragraph, f"{label}\t", paper.language)
        for column, name in enumerate(row):
            write(paragraph, f"\t{name}" if column else name, paper.language, styles.SIGNER)
        # Below the label a number may be longer than the room left of it.
        stops = [_ONE, *([first] if at == 0 else []), *starts]
        _tabs(paragraph, tuple(("left", stop) for stop in stops))
    return paragraph


def _tabs(paragraph: Paragraph, stops: tuple[tuple[str, int], ...]) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    places = "".join(f'<w:tab w:val="{side}" w:pos="{at}"/>' for side, at in stops)
    place(paragraph, f"<w:tabs >{places}</w:tabs>")


def _red_rule(number: Paragraph, line: int) -> None:
    # Half of what the fixed pitch leaves over lies below the text already.
    below = measures.RULE_BELOW_NUMBER_MM * measures.POINTS_A_MM - (line / 20 - measures.BODY_PT) / 2
    thick = f'w:val="single" w:sz="{measures.RULE_PT * 8:.0f}"'
    rule = f'<w:bottom {thick} w:space="{below:.0f}" w:color="{measures.RED}"/>'
    place(number, f"<w:pBdr >{rule}</w:pBdr>")


def _letter(document: Document, paper: Paper, line: int) -> None:
    """Mark 30 mm below the page's edge, a double rule of 170 mm, number at the right below it (10.1)."""
    mark = parts.mark(paper)
    over = (mark.rows - mark.size) / 2 / measures.POINTS_A_MM  # what the line leaves over its signs
    named = add(document, styles.ISSUER, mark.names[0], paper.language)
    named.runs[0].font.size = Pt(mark.size)
    named.paragraph_format.line_spacing = Pt(mark.rows)
    top = measures.LETTER_MARK_BELOW_EDGE_MM
    place(named, frame(top - over))
    below = top + mark.height / measures.POINTS_A_MM + measures.LETTER_RULE_BELOW_MARK_MM
    gap = measures.LETTER_GAP_PT - (line / 20 - measures.BODY_PT) / 2
    double_rule(document.add_paragraph(), below, "thickThinSmallGap", gap)
    # The number shares the first line with the first corner mark.
    corner = [*parts.corner(paper)] or [("copy_number", "")]
    for at, (part, text) in enumerate(corner):
        paragraph = add(document, styles.NUMBER, "", paper.language)
        _tabs(paragraph, (("right", _LINE_TWIPS),))
        write(paragraph, text, paper.language, "" if part == "copy_number" else styles.HEI)
        if at == 0:
            write(paragraph, f"\t{parts.number(paper)}", paper.language)
    add_blank(document, 2)
