"""An official paper as a .docx file, part by part in the order of GB/T 9704-2012, chapter 7."""

from __future__ import annotations

import io

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from .. import letter, measures, parts
from ..description import Attachment, Block, Heading, Kind, Paper, Picture, Table
from ..pdf.fitting import Fit, fit
from ..titles import title_lines
from ..wording import set_width_in_signs
from . import styles
from .head import add_head
from .numbering import list_of
from .package import blank, packed
from .page import set_up
from .sections import across, close, even_page, is_empty
from .tables import add_table, foot_table, joint_signatures, lift, stamps
from .writing import add, add_blank, exact, indent, place, tell, write


def render_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file: the same paper gives the same bytes."""
    fitted = fit(paper)
    line = fitted.line
    document = blank(paper, line)
    set_up(document, paper, line)
    add_head(document, paper, line)
    _title_and_addressees(document, paper, line)
    _blocks(document, paper, paper.blocks)
    _attachment_list(document, paper)
    _attendance(document, paper)
    _signature(document, paper, line)
    _attachments(document, paper)
    _imprint(document, paper, fitted)
    close(document)
    return packed(document)


def _title_and_addressees(document: Document, paper: Paper, line: int) -> None:
    if title := parts.title(paper):
        add(document, styles.TITLE, "\n".join(title), paper.language)
        add_blank(document)
        if paper.kind is Kind.LETTER:
            exact(document.paragraphs[-1], line / 20 + letter.left_over(paper, line))
    if paper.addressees and not parts.addressees_move(paper):
        add(document, styles.ADDRESSEES, parts.addressed(paper), paper.language)


def _blocks(document: Document, paper: Paper, blocks: tuple[Block, ...], attachment: int = 0) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            heading = add(document, styles.HEADINGS[block.level - 1], block.text, paper.language)
            if attachment:
                place(
                    heading,
                    f'<w:numPr ><w:ilvl w:val="{block.level - 1}"/><w:numId w:val="{list_of(attachment)}"/></w:numPr>',
                )
        elif isinstance(block, Table):
            if block.landscape:
                with across(document, paper.language):
                    _table(document, paper, block)
            else:
                _table(document, paper, block)
        elif isinstance(block, Picture):
            _picture(document, paper, block)
        else:
            add(document, styles.BODY, block.text, paper.language)


def _table(document: Document, paper: Paper, table: Table) -> None:
    if table.caption:
        caption = add(document, styles.CAPTION, table.caption, paper.language)
        caption.paragraph_format.keep_with_next = True
    add_table(document, table, paper.language)


def _picture(document: Document, paper: Paper, picture: Picture) -> None:
    paragraph = add(document, styles.PICTURE, "", paper.language)
    drawn = paragraph.add_run().add_picture(io.BytesIO(picture.content), width=Mm(picture.width_mm))
    highest = Mm(measures.TYPE_AREA_MM[1] - 20)
    if drawn.height > highest:
        drawn.width, drawn.height = round(drawn.width * highest / drawn.height), highest
    tell(drawn, picture.told, picture.form)
    if picture.caption:
        add(document, styles.CAPTION, picture.caption, paper.language)
    else:
        paragraph.paragraph_format.keep_with_next = False


def _attachment_list(document: Document, paper: Paper) -> None:
    if not paper.attachments:
        return
    add_blank(document)
    label = parts.attachment_label(paper)
    for at, (number, name) in enumerate(parts.attachment_names(paper)):
        lead = "" if at else label
        paragraph = add(document, styles.ATTACHMENTS, lead + number + name, paper.language)
        left = 2 + set_width_in_signs(label + number, paper.language)
        indent(paragraph, left=left, hanging=set_width_in_signs(lead + number, paper.language))


def _attendance(document: Document, paper: Paper) -> None:
    listed = parts.attendance(paper)
    if listed:
        add_blank(document)
    for label, names in listed:
        paragraph = add(document, styles.ATTENDANCE, "", paper.language)
        write(paragraph, label, paper.language, styles.HEI)
        write(paragraph, names, paper.language)
        hanging = set_width_in_signs(label, paper.language)
        indent(paragraph, left=2 + hanging, hanging=hanging)


def _signature(document: Document, paper: Paper, line: int) -> None:
    """The bodies' names and the date (7.3.5), then the notes (7.3.6)."""
    if parts.has_signature(paper):
        last = document.paragraphs[-1]
        # Text accompanies the signature; but LibreOffice would carry a long paragraph over whole.
        if parts.kept_whole(last.text):
            last.paragraph_format.keep_with_next = True
        if paper.stamps:
            add_blank(document, measures.STAMP_LINES_ABOVE, styles.SIGNATURE)
            stamps(document, paper, line)
        else:
            _signed(document, paper)
    if notes := parts.notes(paper):
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        add(document, styles.NOTES, notes, paper.language)


def _signed(document: Document, paper: Paper) -> None:
    single = len(paper.signatures) == 1
    add_blank(document, 2 if paper.sealed and single else 1, styles.SIGNATURE)
    if paper.sealed and not single:
        joint_signatures(document, paper)
    else:
        _names_and_date(document, paper)


def _names_and_date(document: Document, paper: Paper) -> None:
    by_name, by_date = parts.signature_indents(paper)
    for name in paper.signatures:
        single = len(paper.signatures) == 1
        right = by_name if single else measures.UNSEALED_INDENT_SIGNS
        indent(add(document, styles.SIGNATURE, name, paper.language), right=right)
    indent(add(document, styles.DATE, parts.day(paper), paper.language), right=by_date)


def _attachments(document: Document, paper: Paper) -> None:
    """Each attachment that is printed along, on a new page: its mark in the corner, its title on the third line."""
    for count, attachment in enumerate(paper.enclosed, 1):
        if not attachment.blocks:
            continue
        first, others = attachment.blocks[0], attachment.blocks[1:]
        if isinstance(first, Table) and first.landscape:
            # The page of the table is the attachment's first.
            with across(document, paper.language):
                place(_opening(document, paper, attachment, count), '<w:pageBreakBefore w:val="0"/>')
                _table(document, paper, first)
            _blocks(document, paper, others, count)
        else:
            _opening(document, paper, attachment, count)
            _blocks(document, paper, attachment.blocks, count)


def _opening(document: Document, paper: Paper, attachment: Attachment, count: int) -> Paragraph:
    mark = add(document, styles.ATTACHMENT_MARK, parts.attachment_mark(paper, count), paper.language)
    add_blank(document)
    title = title_lines(attachment.name, paper.language)
    add(document, styles.TITLE, "\n".join(title), paper.language)
    add_blank(document)
    return mark


def _imprint(document: Document, paper: Paper, fitted: Fit) -> None:
    """Copy-to and printing lines at the foot of the last page (7.4)."""
    groups = parts.imprint(paper)
    if groups and fitted.blank:
        even_page(document)
    # A floating table stands on the page of the paragraph that follows it; a text must not end in a table; and
    # LibreOffice forgets the indents of a paragraph that hangs beside a floating table.
    last, begun = document.paragraphs[-1], is_empty(document)
    tabled = document.element.body[-2].tag == qn("w:tbl")
    if groups and begun:
        exact(add(document, styles.ADDRESSEES, "", "zh"), 1)  # or LibreOffice leaves the table a page behind
    if tabled or (groups and (begun or fitted.imprint_apart or _hangs(last))):
        last = add(document, styles.ADDRESSEES, "", "zh")
        exact(last, 1)
        if groups and fitted.imprint_apart and not begun:
            place(last, "<w:pageBreakBefore />")
    if not groups:
        return
    made = foot_table(document, groups, paper.language, ruled=paper.kind is not Kind.LETTER)
    if paper.kind is Kind.LETTER and fitted.pages == 1 and not fitted.imprint_apart:
        # A letter's first page reaches further down than the type area, where the imprint ends.
        lift(made, letter.below_type_area(fitted.line))
    last._p.addprevious(made._tbl)


def _hangs(paragraph: Paragraph) -> bool:
    indents = paragraph._p.pPr.find(qn("w:ind"))
    return indents is not None and indents.get(qn("w:hanging")) is not None
