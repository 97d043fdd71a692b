"""An official paper opened as a file: its measures, faces, numbers and marks by GB/T 9704-2012."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from xml.etree import ElementTree

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core.paper import (
    Paper,
    Paragraph,
    chinese_date,
    english_date,
    paper_number,
    render_docx,
)

from .samples import (
    ACROSS,
    EVERY_KIND,
    JOINT_NOTICE,
    LAID_OUT_TOO,
    LETTER,
    MINUTES,
    ORDER,
    REPLY,
    REPORT,
    STAMPED,
    SUMMARY,
    WARNING,
    WARNING_EN,
)

ALL = {**EVERY_KIND, **LAID_OUT_TOO, "english": WARNING_EN}

rendered = cache(render_docx)


def opened(paper: Paper):
    return docx.Document(io.BytesIO(rendered(paper)))


def parts(paper: Paper) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(rendered(paper))) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        return {name: package.read(name).decode("utf-8") for name in names}


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


@pytest.mark.parametrize("name", ALL)
def test_no_theme_font_is_left_anywhere_in_the_file(name):
    paper = ALL[name]
    for name, xml in parts(paper).items():
        assert not re.search(r"w:(ascii|hAnsi|eastAsia|cs)[Tt]heme", xml), name
        assert "theme" not in name
    assert "python-docx" not in "".join(parts(paper).values())


def test_every_chinese_run_says_that_its_quotes_and_dashes_are_east_asian():
    for paper in ALL.values():
        if paper.language == "en":
            continue
        runs = [run for run in opened(paper).element.iter(qn("w:r")) if run.text.strip()]
        assert all(run.rPr.rFonts.get(qn("w:hint")) == "eastAsia" for run in runs)
    said = "".join(text_of(WARNING))
    assert {"“", "”", "—", "…"} <= set(said)


def test_the_issuer_stands_in_red_over_a_red_rule():
    document = opened(WARNING)
    mark = document.paragraphs[0]
    assert mark.text == WARNING.issuer
    assert mark.style.font.color.rgb == RGBColor(0xFF, 0, 0)
    # 35 mm to the signs: the line is a little higher than they are.
    over = (mark.paragraph_format.line_spacing.pt - mark.runs[0].font.size.pt) / 2
    assert near(mark.paragraph_format.space_before + Pt(over), 35)
    ruled = next(p for p in document.paragraphs if "〔2026〕" in p.text)
    rule = ruled._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert rule.get(qn("w:color")) == "FF0000"


@pytest.mark.parametrize("brackets", ["[]", "()", "【】", "〔〕", "\uff08\uff09", "\uff3b\uff3d"])
def test_the_year_of_the_number_stands_in_six_angle_brackets_whatever_was_typed(brackets):
    left, right = brackets
    assert "云政〔2026〕12号" in text_of(replace(WARNING, number=f"云政{left}2026{right}12号"))
    assert paper_number("云政", 2026, 12) == "云政〔2026〕12号"


def test_headings_are_numbered_by_the_word_processor_through_their_styles():
    document = opened(JOINT_NOTICE)
    numbering = ElementTree.fromstring(parts(JOINT_NOTICE)["word/numbering.xml"])
    levels = numbering.find(qn("w:abstractNum")).findall(qn("w:lvl"))
    forms = [
        (level.find(qn("w:pStyle")).get(qn("w:val")), level.find(qn("w:numFmt")).get(qn("w:val")),
         level.find(qn("w:lvlText")).get(qn("w:val")))
        for level in levels
    ]  # fmt: skip
    assert forms == [
        ("Heading1", "chineseCountingThousand", "%1、"),
        ("Heading2", "chineseCountingThousand", "（%2）"),
        ("Heading3", "decimal", "%3."),
        ("Heading4", "decimal", "（%4）"),
    ]
    listed = numbering.find(qn("w:num")).get(qn("w:numId"))
    for at in range(4):
        style = next(s for s in document.styles if s.style_id == f"Heading{at + 1}")
        chosen = style.element.pPr.find(qn("w:numPr"))
        assert chosen.find(qn("w:numId")).get(qn("w:val")) == listed
        assert int(chosen.find(qn("w:ilvl")).get(qn("w:val"))) == at
    # The text itself holds no number, or it would stand there twice after an edit.
    assert "督查内容" in text_of(JOINT_NOTICE)


def test_headings_of_an_attachment_count_anew():
    paper = opened(JOINT_NOTICE)
    numbers = {
        paragraph.text: paragraph._p.pPr.find(qn("w:numPr"))
        for paragraph in paper.paragraphs
        if paragraph.style.style_id == "Heading1"
    }
    assert numbers["督查内容"] is None
    used = {numbers[text].find(qn("w:numId")).get(qn("w:val")) for text in ("分组", "基本情况")}
    assert len(used) == 2
    xml = parts(JOINT_NOTICE)["word/numbering.xml"]
    for number in used:
        assert re.search(rf'w:numId="{number}">.*?<w:startOverride w:val="1"/>', xml)


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
    assert signer.runs[-1].style.name == "签发人姓名"
    assert signer.runs[-1].style.element.rPr.rFonts.get(qn("w:eastAsia")) == "楷体"


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
    assert '<w:lvlText w:val="%1.%2"/>' in parts(WARNING_EN)["word/numbering.xml"]
    assert WARNING_EN.number in texts
    body = next(s for s in document.styles if s.style_id == "BodyText")
    assert body.element.rPr.rFonts.get(qn("w:ascii")) == "Times New Roman"
    assert "eastAsia" not in "".join(re.findall(r'w:hint="\w+"', parts(WARNING_EN)["word/document.xml"]))


def test_properties_of_a_paragraph_stand_in_the_order_that_word_insists_on():
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr",
             "tabs", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "jc",
             "outlineLvl", "sectPr"]  # fmt: skip
    for paper in ALL.values():
        document = opened(paper)
        for properties in [*document.element.iter(qn("w:pPr")), *document.styles.element.iter(qn("w:pPr"))]:
            names = [child.tag.rpartition("}")[2] for child in properties]
            assert names == sorted(names, key=order.index)


_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40
).filter(lambda text: text.strip())


@settings(max_examples=20, deadline=None)
@given(_words, st.lists(_words, max_size=3), st.dates(date(2000, 1, 1)))
def test_the_same_paper_is_the_same_file_to_the_byte_and_keeps_every_word(title, paragraphs, day):
    paper = replace(WARNING, title=title, blocks=tuple(map(Paragraph, paragraphs)), date=day)
    assert rendered(paper) == render_docx(replace(paper))
    texts = [text.replace("\n", "") for text in text_of(paper)]  # a long title is broken in lines
    assert {title, *paragraphs} <= set(texts)


def test_dates_are_written_without_leading_zeros():
    assert chinese_date(date(2026, 12, 1)) == "2026年12月1日"
    assert english_date(date(2026, 12, 1)) == "1 December 2026"


def test_joint_issuers_stand_in_a_table_of_one_width_with_the_word_beside_them():
    table = opened(JOINT_NOTICE).tables[0]
    assert [row.cells[0].text for row in table.rows] == list(JOINT_NOTICE.issuers)
    assert {row.cells[1].text for row in table.rows} == {"文件"}
    assert all(
        row.cells[0].paragraphs[0]._p.pPr.find(qn("w:jc")).get(qn("w:val")) == "distribute"
        for row in table.rows
    )
    merged = table.rows[0].cells[1]._tc.tcPr
    assert merged.find(qn("w:vAlign")).get(qn("w:val")) == "center"


def test_joint_signatures_stand_in_rows_with_the_date_under_the_last():
    rows = [[cell.text for cell in row.cells] for row in opened(JOINT_NOTICE).tables[1].rows]
    assert rows == [["青峰县应急管理局\n", "青峰县林业局\n", "青峰县气象局\n2026年3月9日"]]


def test_without_a_seal_the_date_begins_two_signs_right_of_the_name():
    document = opened(REPLY)
    name = next(p for p in document.paragraphs if p.style.style_id == "Signature" and p.text)
    day = next(p for p in document.paragraphs if p.style.style_id == "Date")
    by_name, by_day = (int(p._p.pPr.ind.get(qn("w:rightChars"))) / 100 for p in (name, day))
    assert by_name == 2 and by_day + 6.5 == by_name + 7 - 2  # 青峰县人民政府 is 7 signs, 2026年2月20日 is 6.5


def test_attachments_begin_on_new_pages_with_their_mark_in_hei():
    document = opened(JOINT_NOTICE)
    marks = [p for p in document.paragraphs if p.text in ("附件1", "附件2", "附件3")]
    assert [p.text for p in marks] == ["附件1", "附件2"]  # the third goes out on its own
    for mark in marks:
        assert mark.style.element.pPr.find(qn("w:pageBreakBefore")) is not None
        assert mark.style.element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    at = [p.text for p in document.paragraphs].index("附件1")
    assert document.paragraphs[at + 2].text == "督查分组表"
    assert document.paragraphs[at + 2].style.style_id == "Title"


def test_a_letter_has_its_double_rules_no_number_on_its_first_page_and_no_printing_line():
    document = opened(LETTER)
    assert document.sections[0].different_first_page_header_footer
    first = "".join(p.text for p in document.sections[0].first_page_footer.paragraphs)
    assert first == ""
    patterns = re.findall(r"thickThinSmallGap|thinThickSmallGap", "".join(parts(LETTER).values()))
    assert sorted(patterns) == ["thickThinSmallGap", "thinThickSmallGap"]
    assert [[cell.text for cell in row.cells] for row in document.tables[-1].rows] == [
        ["抄送：县应急管理局。"] * 2
    ]
    assert "w:tcBorders" not in parts(LETTER)["word/document.xml"]


def test_minutes_tell_who_attended_and_bear_no_signature():
    texts = text_of(MINUTES)
    assert "云岭镇人民政府专题会议纪要" in texts
    assert "请假：派出所" in texts
    assert not [p for p in opened(MINUTES).paragraphs if p.style.style_id in ("Signature", "Date")]


def test_a_picture_is_told_to_those_who_cannot_see_it():
    xml = parts(JOINT_NOTICE)["word/document.xml"]
    assert 'descr="督查路线示意图' in xml
    assert "图1 督查路线" in text_of(JOINT_NOTICE)


def test_the_last_rule_of_the_imprint_is_the_page_s_and_rules_are_thick_outside_thin_inside():
    xml = parts(JOINT_NOTICE)["word/document.xml"]
    foot = xml[xml.index("w:tblpPr") :]
    assert 'w:tblpYSpec="bottom"' in foot
    rules = re.findall(r'<w:(top|bottom) w:val="single" w:sz="(\d+)"', foot)
    # In eighths of a point: 0.35 mm and 0.25 mm; the inner rule runs over both cells of its row.
    assert rules == [("top", "8"), ("bottom", "8"), ("top", "6"), ("top", "6")]


def test_signers_of_joint_papers_stand_two_a_row_on_the_line_of_the_number():
    line = next(p for p in opened(REPORT).paragraphs if "签发人：" in p.text)
    assert line.text.split("\t") == ["", "云政〔2026〕11号", "签发人：", "张带班", "赵值守"]


def test_so_many_addressees_that_the_first_page_would_hold_no_text_move_to_the_foot():
    many = replace(WARNING, addressees=tuple(f"云岭镇第{count}村民委员会" for count in range(30)))
    document = opened(many)
    assert not [p for p in document.paragraphs if p.style.style_id == "Addressees" and "村民委员会" in p.text]
    foot = document.tables[-1].rows
    assert foot[0].cells[0].text.startswith("主送：云岭镇第0村民委员会，") and foot[0].cells[0].text.endswith(
        "。"
    )
    assert foot[1].cells[0].text.startswith("抄送：")


def test_properties_of_cells_and_sections_stand_in_the_order_that_word_insists_on():
    orders = {
        "w:tcPr": ["tcW", "gridSpan", "vMerge", "tcBorders", "tcMar", "vAlign"],
        "w:sectPr": [
            "headerReference",
            "footerReference",
            "type",
            "pgSz",
            "pgMar",
            "cols",
            "titlePg",
            "docGrid",
        ],
    }
    for paper in ALL.values():
        for tag, order in orders.items():
            for properties in opened(paper).element.iter(qn(tag)):
                names = [child.tag.rpartition("}")[2] for child in properties]
                assert names == sorted(names, key=order.index)


def test_an_order_has_no_rule_and_its_signer_s_post_stands_beside_the_stamp():
    document = opened(ORDER)
    assert "w:pBdr" not in parts(ORDER)["word/document.xml"]
    assert document.paragraphs[0].text == "青峰县人民政府令"
    over = (
        document.paragraphs[0].paragraph_format.line_spacing.pt - document.paragraphs[0].runs[0].font.size.pt
    ) / 2
    assert near(document.paragraphs[0].paragraph_format.space_before + Pt(over), 20)
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [["青峰县人民政府县长", "", ""], ["\n2026年3月25日"] * 3]
    assert 'descr="张值守签名章"' in parts(ORDER)["word/document.xml"]


def test_each_body_s_stamp_has_a_row_and_a_place_is_kept_for_one_without_picture():
    table = opened(STAMPED).tables[-2]
    assert [row.cells[0].text for row in table.rows[:2]] == ["青峰县应急管理局局长", "青峰县林业局局长"]
    # 16 mm and the gap to the next; 20 mm where the stamp is still to be set.
    assert [near(row.height, mm) for row, mm in zip(table.rows, (16 + 4, 20), strict=False)] == [True, True]
    assert len(opened(STAMPED).inline_shapes) == 1


def test_a_table_across_is_in_a_section_whose_number_is_turned_with_it():
    document = opened(ACROSS)
    sizes = [(round(s.page_width.mm), round(s.page_height.mm)) for s in document.sections]
    assert sizes == [(210, 297), (297, 210), (210, 297), (297, 210), (210, 297)]
    for section in document.sections:
        if section.page_width < section.page_height:
            assert near(section.left_margin, 28) and near(section.bottom_margin, 35)
            continue
        margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        assert all(near(margin, mm) for margin, mm in zip(margins, (28, 37, 26, 35), strict=True))
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            xml = footer._element.xml
            assert 'vert="vert"' in xml and " PAGE " in xml
            number = next(footer._element.iter(qn("w:txbxContent"))).find(qn("w:p"))
            assert number.pPr.find(qn("w:jc")).get(qn("w:val")) == side
    table = document.tables[0]
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(225), rel=0.001)


def test_only_a_letter_s_first_section_has_a_first_page_and_no_empty_section_ends_a_file():
    letter = opened(replace(LETTER, blocks=(*LETTER.blocks[:1], ACROSS.blocks[1], *LETTER.blocks[1:])))
    assert [s.different_first_page_header_footer for s in letter.sections] == [True, False, False]
    ending = replace(ACROSS, copy_to=(), printed_by=None)
    assert opened(ending).sections[-1].page_width > opened(ending).sections[-1].page_height


def test_an_imprint_behind_a_blank_page_has_a_section_without_page_numbers():
    paper = replace(
        WARNING,
        blocks=(Paragraph("字" * (28 * 26 - 2)),),
        attachments=(),
        both_sides=True,
        copy_to=tuple(f"第{count}联合办公室" for count in range(30)),
    )
    last = opened(paper).sections[-1]
    assert last.start_type is WD_SECTION.EVEN_PAGE
    assert "PAGE" not in last.footer._element.xml + last.even_page_footer._element.xml
