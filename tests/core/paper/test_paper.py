"""An official paper opened as a file: its measures, faces, numbers and marks by GB/T 9704-2012."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.paper import (
    Heading,
    Kind,
    Paper,
    Paragraph,
    Table,
    chinese_date,
    english_date,
    paper_number,
    render_docx,
)

from .samples import SUMMARY, WARNING, WARNING_EN


def opened(paper: Paper):
    return docx.Document(io.BytesIO(render_docx(paper)))


def parts(paper: Paper) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(render_docx(paper))) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


def text_of(paper: Paper) -> list[str]:
    return [paragraph.text for paragraph in opened(paper).paragraphs]


def near(length, mm: float) -> bool:
    return abs(length - Mm(mm)) < Mm(0.05)


def test_the_page_is_a4_with_the_standard_s_type_area():
    section = opened(WARNING).sections[0]
    assert near(section.page_width, 210) and near(section.page_height, 297)
    assert near(section.top_margin, 37) and near(section.bottom_margin, 35)
    assert near(section.left_margin, 28) and near(section.right_margin, 26)
    assert section.gutter == 0


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Body Text", "仿宋", 16),
        ("heading 1", "黑体", 16),
        ("heading 2", "楷体", 16),
        ("heading 3", "仿宋", 16),
        ("heading 4", "仿宋", 16),
        ("版记", "仿宋", 14),
        ("footer", "宋体", 14),
    ],
)
def test_each_part_has_a_named_style_with_its_face_and_size(style, face, size):
    found = next(s for s in opened(WARNING).styles if s.element.find(qn("w:name")).get(qn("w:val")) == style)
    assert found.font.size == Pt(size)
    names = found.element.rPr.rFonts
    assert {names.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")} == {face}
    assert f'w:name="{face}"' in parts(WARNING)["word/fontTable.xml"]


def test_body_lines_have_a_fixed_pitch_of_which_22_fill_the_type_area():
    body = next(s for s in opened(WARNING).styles if s.style_id == "BodyText")
    spacing = body.element.pPr.find(qn("w:spacing"))
    assert spacing.get(qn("w:lineRule")) == "exact"
    pitch = int(spacing.get(qn("w:line"))) / 20
    assert pitch == pytest.approx(28.95)
    assert 22 * pitch <= 225 / 25.4 * 72 < 23 * pitch
    assert body.element.pPr.ind.get(qn("w:firstLineChars")) == "200"


@pytest.mark.parametrize("paper", [WARNING, SUMMARY, WARNING_EN])
def test_no_theme_font_is_left_anywhere_in_the_file(paper):
    for name, xml in parts(paper).items():
        assert not re.search(r"w:(ascii|hAnsi|eastAsia|cs)[Tt]heme", xml), name
        assert "theme" not in name
    assert "python-docx" not in "".join(parts(paper).values())


def test_every_chinese_run_says_that_its_quotes_and_dashes_are_east_asian():
    runs = [run for paragraph in opened(WARNING).paragraphs for run in paragraph.runs if run.text.strip()]
    assert any("“" in run.text and "”" in run.text for run in runs)
    assert any("——" in run.text and "……" in run.text for run in runs)
    assert all(run._r.rPr.rFonts.get(qn("w:hint")) == "eastAsia" for run in runs)


def test_the_issuer_stands_in_red_over_a_red_rule():
    document = opened(WARNING)
    mark = document.paragraphs[0]
    assert mark.text == WARNING.issuer
    assert mark.style.font.color.rgb == RGBColor(0xFF, 0, 0)
    assert near(mark.paragraph_format.space_before, 35)
    ruled = next(p for p in document.paragraphs if "〔2026〕" in p.text)
    rule = ruled._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert rule.get(qn("w:color")) == "FF0000"


@pytest.mark.parametrize("brackets", ["[]", "()", "【】", "〔〕", "\uff08\uff09", "\uff3b\uff3d"])
def test_the_year_of_the_number_stands_in_six_angle_brackets_whatever_was_typed(brackets):
    left, right = brackets
    assert "云政〔2026〕12号" in text_of(replace(WARNING, number=f"云政{left}2026{right}12号"))
    assert paper_number("云政", 2026, 12) == "云政〔2026〕12号"


def test_headings_are_numbered_by_level_and_begin_anew_under_each_other():
    blocks = tuple(Heading(level, "事项") for level in (1, 2, 2, 3, 4, 1, 2))
    texts = [text for text in text_of(replace(WARNING, blocks=blocks)) if text.endswith("事项")]
    assert texts == ["一、事项", "（一）事项", "（二）事项", "1.事项", "（1）事项", "二、事项", "（一）事项"]
    document = opened(replace(WARNING, blocks=blocks))
    assert [p.style.style_id for p in document.paragraphs if p.text.endswith("事项")][:2] == [
        "Heading1",
        "Heading2",
    ]


def test_the_date_stands_four_signs_from_the_right_in_arabic_digits():
    dated = next(p for p in opened(WARNING).paragraphs if p.text == "2026年4月3日")
    assert dated._p.pPr.ind.get(qn("w:rightChars")) == "400"
    assert dated.style.style_id == "Date"


def test_addressees_attachments_signer_and_imprint_are_worded_as_the_standard_has_them():
    warning = text_of(WARNING)
    assert "各村民委员会、镇直有关单位、驻镇有关企业：" in warning
    assert "附件：1.各村火险等级表" in warning and "2.值班电话表" in warning
    imprint = opened(WARNING).tables[-1]
    assert [[cell.text for cell in row.cells] for row in imprint.rows] == [
        ["抄送：县森林防灭火指挥部办公室，县气象局，县应急管理局。"] * 2,
        ["云岭镇党政综合办公室", "2026年4月3日印发"],
    ]
    signer = next(p for p in opened(SUMMARY).paragraphs if "签发人：" in p.text)
    assert signer.runs[-1].text == "张带班"
    assert signer.runs[-1]._r.rPr.rFonts.get(qn("w:eastAsia")) == "楷体"


def test_page_numbers_are_real_fields_odd_to_the_right_and_even_to_the_left():
    document = opened(WARNING)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert paragraph._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"
        assert "".join(i.text for i in paragraph._p.iter(qn("w:instrText"))).strip() == "PAGE"
        assert re.fullmatch(r"— \d —", paragraph.text)


def test_rows_of_a_table_are_not_swollen_by_the_fixed_pitch():
    table = opened(SUMMARY).tables[0]
    for row in table.rows:
        for cell in row.cells:
            properties = cell.paragraphs[0].style.element.pPr
            assert properties.find(qn("w:spacing")).get(qn("w:lineRule")) == "auto"
            assert properties.find(qn("w:snapToGrid")).get(qn("w:val")) == "0"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(156), rel=0.001)
    assert table.columns[0].width == pytest.approx(2 * table.columns[1].width, rel=0.01)


def test_the_english_rendering_has_the_same_page_in_latin_letters():
    document = opened(WARNING_EN)
    assert near(document.sections[0].left_margin, 28)
    texts = [p.text for p in document.paragraphs]
    assert "3 April 2026" in texts
    assert "Village committees, township departments:" in texts
    assert "Attachment: Ratings by village" in texts
    assert "2.1 Open fire" in texts
    assert WARNING_EN.number in texts
    body = next(s for s in document.styles if s.style_id == "BodyText")
    assert body.element.rPr.rFonts.get(qn("w:ascii")) == "Times New Roman"
    assert "eastAsia" not in "".join(re.findall(r'w:hint="\w+"', parts(WARNING_EN)["word/document.xml"]))


def test_properties_of_a_paragraph_stand_in_the_order_that_word_insists_on():
    order = ["pStyle", "keepNext", "pBdr", "tabs", "snapToGrid", "spacing", "ind", "jc", "outlineLvl"]
    for paper in (WARNING, SUMMARY, WARNING_EN):
        document = opened(paper)
        for properties in [*document.element.iter(qn("w:pPr")), *document.styles.element.iter(qn("w:pPr"))]:
            names = [child.tag.rpartition("}")[2] for child in properties]
            assert names == sorted(names, key=order.index)


_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40
).filter(lambda text: text.strip())


@given(_words, st.lists(_words, max_size=3), st.dates(date(2000, 1, 1)))
def test_the_same_paper_is_the_same_file_to_the_byte_and_keeps_every_word(title, paragraphs, day):
    paper = replace(WARNING, title=title, blocks=tuple(map(Paragraph, paragraphs)), date=day)
    assert render_docx(paper) == render_docx(replace(paper))
    texts = text_of(paper)
    assert {title, *paragraphs} <= set(texts)


def test_dates_are_written_without_leading_zeros():
    assert chinese_date(date(2026, 12, 1)) == "2026年12月1日"
    assert english_date(date(2026, 12, 1)) == "1 December 2026"


def test_a_description_that_cannot_be_laid_out_is_refused():
    with pytest.raises(ValueError, match="row 2"):
        Table(("指标", "数值"), (("预警", "6"), ("签收",)))
    with pytest.raises(ValueError, match="widths"):
        Table(("指标", "数值"), (), (1,))
    with pytest.raises(ValueError, match="level"):
        Heading(5, "事项")
    with pytest.raises(ValueError, match="title"):
        Paper(Kind.NOTICE, "云岭镇人民政府", "", " ", (), (), "云岭镇人民政府", date(2026, 4, 3))
