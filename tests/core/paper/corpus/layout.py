"""Clean papers as .docx by the standard's measures, and the same with one departure each.

They are built here from the numbers of GB/T 9704-2012 and by python-docx, not by Fenghuo's own renderer, so that the
checker is not examined by its sibling's habits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .injectors.form import SECOND, TOP
from .paper import PARTS, Paper, papers

BODY, TITLE, HEAD, SUB = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"


@dataclass(frozen=True)
class Written:
    """One .docx. `kind` is its departure, empty in a clean one; `places` are paragraphs that it is about, or none."""

    name: str
    data: bytes = field(repr=False)
    kind: str = ""
    places: tuple[str, ...] = ()


def _face(run: Any, face: str, size: float) -> None:
    run.font.size = Pt(size)
    run.font.name = face
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for side in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{side}"), face)


def _line(word: Word, said: str, face: str, size: float, align: Any, indent: float) -> Any:
    paragraph = word.add_paragraph()
    run = paragraph.add_run(said)
    _face(run, face, size)
    form = paragraph.paragraph_format
    form.alignment = align
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(28.95) if size <= 16 else Pt(33)
    form.first_line_indent = Pt(indent * size) if indent > 0 else Pt(0)
    if indent < 0:
        form.right_indent = Pt(-indent * size)
    return paragraph


def _page_number(footer: Any, align: Any) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    if align == WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.right_indent = Pt(14)
    else:
        paragraph.paragraph_format.left_indent = Pt(14)
    for piece in ("— ", None, " —"):
        run = paragraph.add_run(piece or "")
        _face(run, "宋体", 14)
        if piece is None:
            for kind, said in (("begin", ""), ("", " PAGE "), ("end", "")):
                element = OxmlElement("w:fldChar" if kind else "w:instrText")
                if kind:
                    element.set(qn("w:fldCharType"), kind)
                else:
                    element.text = said
                run._element.append(element)


def by_the_standard(paper: Paper) -> Word:
    """The paper by GB/T 9704-2012: page (5.1, 5.2), faces and sizes (5.2.3, 7.3), page numbers (7.5)."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24.7)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)
    word.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    for line in paper.lines:
        said = line.said.strip("　 ")
        if paper.lines.index(line) < paper.lines.index(paper.title) and "〔" not in said:
            _line(word, said, TITLE, 36, WD_ALIGN_PARAGRAPH.CENTER, 0)
        elif line is paper.title:
            _line(word, said, TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER, 0)
        elif re.fullmatch(r"\S{0,12}〔\d{4}〕第?\d+号", said):
            _line(word, said, BODY, 16, WD_ALIGN_PARAGRAPH.CENTER, 0)
        elif line is paper.addressee:
            _line(word, said, BODY, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 0)
        elif line is paper.date:
            _line(word, said, BODY, 16, WD_ALIGN_PARAGRAPH.RIGHT, -4)
        elif line is paper.signature:
            _line(word, said, BODY, 16, WD_ALIGN_PARAGRAPH.RIGHT, -3)
        elif TOP.match(said) and len(said) < 40 and not said.endswith("。"):
            _line(word, said, HEAD, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 2)
        elif SECOND.match(said) and len(said) < 40 and not said.endswith("。"):
            _line(word, said, SUB, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 2)
        else:
            _line(word, said, BODY, 16, WD_ALIGN_PARAGRAPH.JUSTIFY, 2)
    return word


def _body(word: Word) -> list[Any]:
    return [each for each in word.paragraphs if len(each.text) > 40]


def _heads(word: Word) -> list[Any]:
    return [each for each in word.paragraphs if TOP.match(each.text) and len(each.text) < 40]


def _title(word: Word) -> list[Any]:
    return [each for each in word.paragraphs if each.runs[0].font.size == Pt(22)]


def _faced(choose: Callable[[Word], list[Any]], face: str, size: float) -> Callable[[Word], Iterable[str]]:
    def change(word: Word) -> list[str]:
        chosen = choose(word)
        for paragraph in chosen:
            for run in paragraph.runs:
                _face(run, face, size)
        return [paragraph.text for paragraph in chosen]

    return change


def _margins(**mm: float) -> Callable[[Word], Iterable[str]]:
    def change(word: Word) -> list[str]:
        for name, value in mm.items():
            setattr(word.sections[0], name, Mm(value))
        return []

    return change


def _pitch(word: Word) -> list[str]:
    for paragraph in _body(word):
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(22)
    return [paragraph.text for paragraph in _body(word)]


def _open_pitch(word: Word) -> list[str]:
    for paragraph in _body(word):
        paragraph.paragraph_format.line_spacing = 2.0
    return [paragraph.text for paragraph in _body(word)]


def _no_indent(word: Word) -> list[str]:
    for paragraph in _body(word):
        paragraph.paragraph_format.first_line_indent = Pt(0)
    return [paragraph.text for paragraph in _body(word)]


def _title_left(word: Word) -> list[str]:
    for paragraph in _title(word):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    return [paragraph.text for paragraph in _title(word)]


def _no_page_numbers(word: Word) -> list[str]:
    for footer in (word.sections[0].footer, word.sections[0].even_page_footer):
        for run in footer.paragraphs[0].runs:
            run._element.getparent().remove(run._element)
    return []


def _page_numbers_centred(word: Word) -> list[str]:
    for footer in (word.sections[0].footer, word.sections[0].even_page_footer):
        footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    return []


DEPARTURES: dict[str, Callable[[Word], Iterable[str]]] = {
    "margins of the program": _margins(
        top_margin=25.4, bottom_margin=25.4, left_margin=31.8, right_margin=31.8
    ),
    "top margin": _margins(top_margin=30),
    "left margin": _margins(left_margin=32),
    "page of another size": _margins(page_width=215.9, page_height=279.4),
    "body smaller": _faced(_body, BODY, 14),
    "body in another face": _faced(_body, "宋体", 16),
    "title smaller": _faced(_title, TITLE, 18),
    "title in another face": _faced(_title, "微软雅黑", 22),
    "headings in another face": _faced(_heads, "宋体", 16),
    "lines too close": _pitch,
    "lines too far apart": _open_pitch,
    "no indent": _no_indent,
    "title not centred": _title_left,
    "no page numbers": _no_page_numbers,
    "page numbers in the middle": _page_numbers_centred,
}


def written(part: str, every: int = 1) -> list[Written]:
    """Every clean paper of one part as .docx, and one with a departure from each, the departures in turn."""
    found = []
    # Tables and lists of names are no plain body text; what to ask of them the standard leaves open.
    mine = [paper for paper in papers((part,)) if not paper.listing]
    departures = list(DEPARTURES.items())
    for number, paper in enumerate(mine[::every]):
        found.append(Written(paper.name, _bytes(by_the_standard(paper))))
        for step in range(3):
            kind, change = departures[(number * 3 + step + 7 * PARTS.index(part)) % len(departures)]
            word = by_the_standard(paper)
            places = tuple(change(word))
            found.append(Written(f"{paper.name}.{kind}", _bytes(word), kind, places))
    return found


def _bytes(word: Word) -> bytes:
    held = BytesIO()
    word.save(held)
    return held.getvalue()
