"""Layout: a .docx is measured as Word resolves it, and each departure is told once with both numbers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from fenghuo.core.paper import Heading, Kind, Paper, Picture, Table, render_docx
from fenghuo.core.paper import Paragraph as Said
from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import Document, Paragraph
from fenghuo.core.paper.check.layout import Layout, measure
from fenghuo.core.paper.check.read import read
from fenghuo.core.paper.check.rules import layout as rule
from fenghuo.core.paper.check.rules import numbers

from ..samples import EVERY_KIND, REPLY, SUMMARY, WARNING, WARNING_EN, drawn

PAPER = Paper(
    Kind.NOTICE,
    "云岭镇人民政府",
    "云政发〔2026〕3号",
    "云岭镇人民政府关于加强值班值守工作的通知",
    ("各村民委员会",),
    (
        Said("为做好汛期值班值守工作，现将有关事项通知如下。"),
        Heading(1, "严格值班制度"),
        Said("执行24小时专人值班和领导带班制度。"),
        Heading(2, "落实带班责任"),
        Said("带班领导在岗带班，值班人员不得脱岗。"),
        Said("各村每日上午报告值班情况，遇有险情立即报告。"),
    ),
    "云岭镇人民政府",
    date(2026, 5, 8),
)


def found(data: bytes) -> dict[str, str]:
    document = read(data)
    return {each.rule: each.message.zh for each in rule.check(document)}


def changed(change: Callable[[docx.document.Document], None], paper: Paper = PAPER) -> bytes:
    """A paper of ours, opened and changed as somebody would in an office program."""
    opened = docx.Document(io.BytesIO(render_docx(paper)))
    change(opened)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def rewritten(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """A package with its parts changed as text."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(saved, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith((".xml", ".rels")):
                content = change(name, content.decode("utf-8")).encode("utf-8")
            target.writestr(name, content)
    return saved.getvalue()


def style(opened: docx.document.Document, name: str) -> docx.styles.style.BaseStyle:
    return next(each for each in opened.styles if each.style_id == name)


def face(opened: docx.document.Document, name: str, asked: str) -> None:
    style(opened, name).element.rPr.rFonts.set(qn("w:eastAsia"), asked)


@pytest.mark.parametrize(
    "paper", [PAPER, WARNING, SUMMARY, WARNING_EN, replace(PAPER, attachments=("值班表",))]
)
def test_our_own_papers_depart_nowhere(paper):
    assert found(render_docx(paper)) == {}


def test_a_page_is_measured_in_mm_with_its_grid():
    page = measure(render_docx(PAPER)).pages[0]
    assert (round(page.width), round(page.height)) == (210, 297)
    assert [round(side) for side in (page.top, page.bottom, page.left, page.right)] == [37, 35, 28, 26]
    assert (page.grid, round(page.grid_pt, 2)) == ("", 28.95)


def test_a_paragraph_is_measured_through_its_style():
    body = next(each for each in measure(render_docx(PAPER)).paragraphs if each.text.startswith("为做好"))
    assert (body.rule, body.pitch, body.first, body.align) == ("exact", 28.95, 2.0, "both")
    assert (body.stretches[0].face, body.stretches[0].size) == ("仿宋", 16)


def _margin(side: str, mm: float) -> Callable[[docx.document.Document], None]:
    return lambda opened: setattr(opened.sections[0], f"{side}_margin", Mm(mm))


def _letter(opened: docx.document.Document) -> None:
    opened.sections[0].page_width, opened.sections[0].page_height = Mm(216), Mm(279)


def _pitch(opened: docx.document.Document) -> None:
    style(opened, "BodyText").paragraph_format.line_spacing = 1.5


def _indent(opened: docx.document.Document) -> None:
    indent = style(opened, "BodyText").element.pPr.find(qn("w:ind"))
    for name in list(indent.attrib):
        del indent.attrib[name]


def _centre_numbers(opened: docx.document.Document) -> None:
    opened.settings.odd_and_even_pages_header_footer = False
    opened.sections[0].footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _bare_numbers(opened: docx.document.Document) -> None:
    for footer in (opened.sections[0].footer, opened.sections[0].even_page_footer):
        for text in footer._element.iter(qn("w:t")):
            text.text = (text.text or "").replace("—", "").strip()


def _no_numbers(opened: docx.document.Document) -> None:
    for footer in (opened.sections[0].footer, opened.sections[0].even_page_footer):
        for child in list(footer.paragraphs[0]._p):
            footer.paragraphs[0]._p.remove(child)


def _date(opened: docx.document.Document) -> None:
    paragraph = next(each for each in opened.paragraphs if each.text == "2026年5月8日")
    paragraph._p.pPr.remove(paragraph._p.pPr.find(qn("w:ind")))


def _title_left(opened: docx.document.Document) -> None:
    next(each for each in opened.paragraphs if "关于" in each.text).alignment = WD_ALIGN_PARAGRAPH.LEFT


DEPARTURES = [
    ("page-size", _letter, "216 × 279", "210 × 297"),
    ("page-margin", _margin("top", 25.4), "上边距为25.4 mm", "37 mm"),
    ("page-margin", _margin("bottom", 25.4), "下边距为25.4 mm", "35 mm"),
    ("page-margin", _margin("left", 31.7), "左（订口）边距为31.7 mm", "28 mm"),
    ("page-margin", _margin("right", 31.7), "右边距为31.7 mm", "26 mm"),
    ("title-face", lambda opened: face(opened, "Title", "黑体"), "黑体", "小标宋"),
    (
        "title-size",
        lambda opened: setattr(style(opened, "Title").font, "size", Pt(18)),
        "小二（18 pt）",
        "二号（22 pt）",
    ),
    ("title-not-centred", _title_left, "居左", "对齐"),
    ("heading-face", lambda opened: face(opened, "Heading1", "宋体"), "一级标题字体为宋体", "黑体"),
    ("heading-face", lambda opened: face(opened, "Heading2", "黑体"), "二级标题字体为黑体", "楷体"),
    ("body-face", lambda opened: face(opened, "BodyText", "宋体"), "宋体", "仿宋"),
    (
        "body-size",
        lambda opened: setattr(style(opened, "BodyText").font, "size", Pt(14)),
        "四号（14 pt）",
        "三号（16 pt）",
    ),
    ("line-pitch", _pitch, "1.5 倍行距", "28–28.95 pt"),
    ("first-indent", _indent, "缩进0字", "2字"),
    ("date-indent", _date, "右空0字", "4字"),
    ("page-number-sides", _centre_numbers, "居中", "页码"),
    ("page-number-form", _bare_numbers, "页码为1", "— 1 —"),
    ("page-number-missing", _no_numbers, "没有页码", "页码"),
]


@pytest.mark.parametrize(
    ("name", "change", "number", "asked"), DEPARTURES, ids=[f"{each[0]} {each[2]}" for each in DEPARTURES]
)
def test_a_departure_is_told_alone_with_the_number_found_and_asked(name, change, number, asked):
    told = found(changed(change))
    assert list(told) == [name]
    assert number in told[name] and asked in told[name]


def test_many_paragraphs_that_depart_alike_are_one_finding_at_the_first():
    long = replace(
        PAPER, blocks=tuple(Said(f"第{n}项要求已经逐级传达到每一名值班人员。") for n in range(200))
    )
    document = read(changed(lambda opened: face(opened, "BodyText", "宋体"), long))
    findings = list(rule.check(document))
    assert [each.rule for each in findings] == ["body-face"]
    assert "200" in findings[0].message.zh
    first = document.text[findings[0].span.start : findings[0].span.end]
    assert first.startswith("第0项")


@pytest.mark.parametrize("name", ["FangSong", "仿宋_GB2312", "方正仿宋_GBK", "华文仿宋"])
def test_the_same_kind_of_face_by_another_maker_is_right(name):
    assert found(changed(lambda opened: face(opened, "BodyText", name))) == {}


@pytest.mark.parametrize("name", ["方正小标宋_GBK", "方正小标宋简体", "FZXiaoBiaoSong-B05S"])
def test_any_small_title_song_is_right_for_a_title(name):
    assert found(changed(lambda opened: face(opened, "Title", name))) == {}


@pytest.mark.parametrize("pitch", [28, 28.5, 28.95, 29])
def test_pitches_that_hold_22_lines_are_right(pitch):
    assert (
        found(
            changed(
                lambda opened: setattr(style(opened, "BodyText").paragraph_format, "line_spacing", Pt(pitch))
            )
        )
        == {}
    )


def test_single_lines_on_a_grid_of_22_are_right():
    def gridded(opened: docx.document.Document) -> None:
        style(opened, "BodyText").paragraph_format.line_spacing = 1.0
        for grid in opened.element.body.iter(qn("w:docGrid")):
            grid.set(qn("w:type"), "lines")

    assert found(changed(gridded)) == {}


def test_an_indent_written_with_two_wide_spaces_is_right():
    def spaces(opened: docx.document.Document) -> None:
        _indent(opened)
        for paragraph in opened.paragraphs:
            if paragraph._p.pPr.pStyle.val == "BodyText" and paragraph.runs:
                paragraph.runs[0].text = "　　" + paragraph.runs[0].text

    assert found(changed(spaces)) == {}


def test_a_page_of_another_size_is_held_to_the_margins_as_well():
    def change(opened: docx.document.Document) -> None:
        _letter(opened)
        opened.sections[0].top_margin = Mm(25.4)

    assert list(found(changed(change))) == ["page-size", "page-margin"]


def test_margins_within_a_millimetre_are_right():
    assert found(changed(_margin("top", 37.9))) == {}
    assert found(changed(_margin("top", 38.3))).keys() == {"page-margin"}


def test_a_heading_that_runs_on_in_its_paragraph_is_judged_by_its_own_words():
    def run_on(opened: docx.document.Document) -> None:
        heading = next(each for each in opened.paragraphs if each.text.startswith("落实带班"))
        heading.runs[0].text += "。"
        rest = heading.add_run("带班领导在岗带班，值班人员不得脱岗，遇有险情立即处置并报告。" * 2)
        rest._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")

    assert found(changed(run_on)) == {}


THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme name="x">'
    '<a:majorFont><a:latin typeface="Calibri Light"/><a:ea typeface=""/>'
    '<a:font script="Hans" typeface="等线 Light"/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)


def themed(style_id: str) -> bytes:
    """Our paper with a theme, named by one style beside the face that it names already."""

    def change(name: str, content: str) -> str:
        if name != "word/styles.xml":
            return content
        start = content.index(f'w:styleId="{style_id}"')
        head, tail = content[:start], content[start:]
        return head + tail.replace("<w:rFonts ", '<w:rFonts w:eastAsiaTheme="minorEastAsia" ', 1)

    data = rewritten(render_docx(PAPER), change)
    saved = io.BytesIO(data)
    with zipfile.ZipFile(saved, "a") as package:
        package.writestr("word/theme/theme1.xml", THEME)
    return saved.getvalue()


def test_a_theme_font_wins_over_the_name_beside_it_as_in_word():
    told = found(themed("BodyText"))
    assert list(told) == ["body-face"]
    assert "等线（主题字体）" in told["body-face"]


def test_a_name_nearer_to_the_text_wins_over_a_theme_font_farther_off():
    assert found(themed("Normal")) == {}


def test_sizes_and_faces_come_through_the_styles_that_a_style_is_based_on():
    def change(opened: docx.document.Document) -> None:
        body = style(opened, "BodyText").element
        body.rPr.remove(body.rPr.find(qn("w:sz")))
        style(opened, "Normal").element.rPr.find(qn("w:sz")).set(qn("w:val"), "28")

    assert list(found(changed(change))) == ["body-size"]


def test_tables_are_measured_with_their_rows_and_cells():
    layout = measure(render_docx(SUMMARY))
    rows = layout.tables[0]
    words = [["".join(layout.paragraphs[at].text for at in cell) for cell, _ in row] for row in rows[:2]]
    assert words == [["指标", "本期", "上年同期", "同比"], ["发布预警（次）", "6", "4", "50.0%"]]
    assert all(layout.paragraphs[at].cell for row in rows for cell, _ in row for at in cell)


def test_numbers_are_checked_in_the_tables_of_a_file():
    rows = (("上湾村", "20"), ("石桥村", "12"), ("云岭村", "10"), ("合计", "43"))
    document = read(render_docx(replace(PAPER, blocks=(Table(("村名", "检查（处）"), rows),))))
    findings = [each for each in numbers.check(document) if each.rule == "table-total-wrong"]
    assert [document.text[each.span.start : each.span.end] for each in findings] == ["43"]
    right = (*rows[:3], ("合计", "42"))
    document = read(render_docx(replace(PAPER, blocks=(Table(("村名", "检查（处）"), right),))))
    assert list(numbers.check(document)) == []


def test_places_are_found_by_text_where_a_reader_left_lines_out():
    data = render_docx(PAPER)
    whole = read(data)
    lines = [line for line in whole.text.split("\n") if line]
    paragraphs, at = [], 0
    for line in lines:
        paragraphs.append(Paragraph(at, at + len(line)))
        at += len(line) + 1
    shorter = Document("", "docx", "\n".join(lines), tuple(paragraphs), layout=whole.layout)
    assert isinstance(shorter.layout, Layout)
    for measured, place in shorter.layout.places(shorter).items():
        assert shorter.said(shorter.paragraphs[place]) == shorter.layout.paragraphs[measured].text
    assert len(shorter.layout.places(shorter)) == len(lines)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 broken"])
def test_what_is_no_docx_is_refused_in_words(data):
    with pytest.raises(ValueError, match=re.escape("not a .docx file")):
        measure(data)


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_our_own_papers_of_every_kind_have_no_fault_of_form_or_layout(kind):
    """Joint signatures in a table, captions, and a date under a name without a seal are as the standard has them."""
    document = read(render_docx(EVERY_KIND[kind]))
    others = ("left_open", "noise", "numbers", "copied", "personal")
    assert [each.message.zh for each in check(document, without=others)] == []


def test_a_picture_named_under_it_is_no_text_of_the_body():
    named = replace(PAPER, blocks=(*PAPER.blocks, Picture(drawn(), "云岭镇全图", 80, "图1 云岭镇")))
    assert found(render_docx(named)) == {}


def test_a_numbered_sentence_may_be_set_as_a_heading_or_as_text_but_in_no_third_face():
    def listed(name: str) -> Callable[[docx.document.Document], None]:
        def change(opened: docx.document.Document) -> None:
            heading = next(each for each in opened.paragraphs if each.text.startswith("落实带班"))
            heading.runs[0].text += "，配备对讲机6台，计1.2万元。"
            heading.runs[0]._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)

        return change

    assert found(changed(listed("仿宋_GB2312"))) == {}
    assert found(changed(listed("楷体_GB2312"))) == {}
    assert "heading-face" in found(changed(listed("宋体")))


def test_a_date_without_a_seal_that_stands_elsewhere_is_told():
    def moved(opened: docx.document.Document) -> None:
        day = next(each for each in opened.paragraphs if each.text == "2026年2月20日" and each.style.name == "Date")
        day.paragraph_format.element.get_or_add_pPr().find(qn("w:ind")).set(qn("w:rightChars"), "800")

    assert "date-indent" in found(changed(moved, REPLY))
