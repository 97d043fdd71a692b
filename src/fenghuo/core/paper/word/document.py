"""An official paper as a .docx file, part by part in the order of GB/T 9704-2012, chapter 7."""

from __future__ import annotations

import io

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from .. import measures, parts
from ..description import Block, Heading, Kind, Paper, Picture, Table
from ..pdf.fitting import fit
from ..wording import printable, width_in_signs
from . import styles
from .head import add_head
from .numbering import list_of
from .package import blank, packed
from .page import set_up
from .tables import add_table, foot_table, joint_signatures
from .writing import add, add_blank, exact, indent, place, write


def render_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file: the same paper gives the same bytes."""
    fitted = fit(paper)
    line = fitted.line
    document = blank(paper, line)
    set_up(document, paper, line)
    add_head(document, paper, line)
    _title_and_addressees(document, paper)
    _blocks(document, paper, paper.blocks)
    _attachment_list(document, paper)
    _attendance(document, paper)
    _signature(document, paper)
    _attachments(document, paper)
    _imprint(document, paper, apart=fitted.imprint_apart)
    return packed(document)


def _title_and_addressees(document: Document, paper: Paper) -> None:
    add(document, styles.TITLE, paper.title, paper.language)
    add_blank(document)
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
            if block.caption:
                caption = add(document, styles.CAPTION, block.caption, paper.language)
                caption.paragraph_format.keep_with_next = True
            add_table(document, block, paper.language)
        elif isinstance(block, Picture):
            _picture(document, paper, block)
        else:
            add(document, styles.BODY, block.text, paper.language)


def _picture(document: Document, paper: Paper, picture: Picture) -> None:
    paragraph = add(document, styles.PICTURE, "", paper.language)
    drawn = paragraph.add_run().add_picture(io.BytesIO(picture.content), width=Mm(picture.width_mm))
    highest = Mm(measures.TYPE_AREA_MM[1] - 20)
    if drawn.height > highest:
        drawn.width, drawn.height = round(drawn.width * highest / drawn.height), highest
    told = printable(picture.told)
    drawn._inline.docPr.set("descr", told)
    drawn._inline.docPr.set("name", told[:40])
    inner = drawn._inline.graphic.graphicData.pic.nvPicPr.cNvPr
    inner.set("descr", told)
    inner.set("name", f"picture.{picture.form}")
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
        hanging = width_in_signs(label) + width_in_signs(number)
        indent(paragraph, left=2 + hanging, hanging=width_in_signs(lead + number))


def _attendance(document: Document, paper: Paper) -> None:
    listed = parts.attendance(paper)
    if listed:
        add_blank(document)
    for label, names in listed:
        paragraph = add(document, styles.ATTENDANCE, "", paper.language)
        write(paragraph, label, paper.language, styles.HEI)
        write(paragraph, names, paper.language)
        indent(paragraph, left=2 + width_in_signs(label), hanging=width_in_signs(label))


def _signature(document: Document, paper: Paper) -> None:
    """The bodies' names and the date (7.3.5), then the notes (7.3.6)."""
    if parts.has_signature(paper):
        last = document.paragraphs[-1]
        # Text accompanies the signature; but LibreOffice would carry a long paragraph over whole.
        if parts.kept_whole(last.text):
            last.paragraph_format.keep_with_next = True
        add_blank(document, 2 if paper.sealed and len(paper.signatures) == 1 else 1, styles.SIGNATURE)
        if paper.sealed and len(paper.signatures) > 1:
            joint_signatures(document, paper)
        else:
            _names_and_date(document, paper)
    if notes := parts.notes(paper):
        add(document, styles.NOTES, notes, paper.language)


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
        if attachment.blocks:
            add(document, styles.ATTACHMENT_MARK, parts.attachment_mark(paper, count), paper.language)
            add_blank(document)
            add(document, styles.TITLE, attachment.name, paper.language)
            add_blank(document)
            _blocks(document, paper, attachment.blocks, count)


def _imprint(document: Document, paper: Paper, *, apart: bool) -> None:
    """Copy-to and printing lines at the foot of the last page (7.4)."""
    groups = parts.imprint(paper)
    body = document.element.body
    # A floating table stands on the page of the paragraph that follows it; a text must not end in a table; and
    # LibreOffice forgets the indents of a paragraph that hangs beside a floating table.
    if apart or body[-2].tag == qn("w:tbl") or (groups and _hangs(document.paragraphs[-1])):
        anchor = add(document, styles.ADDRESSEES, "", "zh")
        exact(anchor, 1)
        if apart:
            place(anchor, "<w:pageBreakBefore />")
    if groups:
        last = document.paragraphs[-1]
        made = foot_table(document, groups, paper.language, ruled=paper.kind is not Kind.LETTER)
        last._p.addprevious(made._tbl)


def _hangs(paragraph: Paragraph) -> bool:
    indents = paragraph._p.pPr.find(qn("w:ind"))
    return indents is not None and indents.get(qn("w:hanging")) is not None
