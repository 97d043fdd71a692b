"""Every kind of paper measured on the page, as LibreOffice sets its .docx and as we set its PDF ourselves.

GB/T 9704-2012 in millimetres, within one. LibreOffice is given the typefaces that ship with the program under
the names that the .docx asks for, so that nothing is substituted unseen. Needs soffice and pdftoppm, which
`make test` installs.
"""

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from fenghuo.core.paper import Paragraph, render_docx, render_pdf

from .libreoffice import convert
from .measured import Page, measured
from .samples import EVERY_KIND, WARNING, WARNING_EN

MM = pytest.approx
FULL = replace(WARNING, blocks=(Paragraph("字" * 28 * 54),), attachments=())
# Lengths at which the standard's pitch leaves the signature alone on a page, or nearly.
ENDS = {
    f"end-{n}": replace(WARNING, blocks=(Paragraph("字" * (28 * n - 2)),), attachments=())
    for n in (9, 25, 26, 27, 28, 29, 30, 31)
}
ENDS["apart"] = replace(ENDS["end-26"], copy_to=tuple(f"第{count}联合办公室" for count in range(30)))
PAPERS = {**EVERY_KIND, "english": WARNING_EN, "full": FULL}
HEADED = [name for name in PAPERS if name not in ("letter", "order")]
MAKERS = ("libreoffice", "own")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Every paper in both renderings, and one that a person went on writing in."""
    folder = tmp_path_factory.mktemp("papers")
    for name, paper in {**PAPERS, **ENDS}.items():
        (folder / f"{name}.docx").write_bytes(render_docx(paper))
        (folder / f"{name}.own.pdf").write_bytes(render_pdf(paper))
    edited = docx.Document(str(folder / "notice.docx"))
    first = next(p for p in edited.paragraphs if p.text == "督查内容")
    first.insert_paragraph_before("新增事项", style=first.style)
    edited.save(str(folder / "edited.docx"))
    convert(folder, "pdf", folder, sorted(folder.glob("*.docx")))
    convert(folder, "docx", folder / "saved", [folder / "notice.docx", folder / "letter.docx"])
    return folder


@pytest.fixture(scope="module")
def pages(folder) -> dict[tuple[str, str], list[Page]]:
    found = {}
    for name in (*PAPERS, *ENDS):
        found[name, "libreoffice"] = measured(folder / f"{name}.pdf")
        found[name, "own"] = measured(folder / f"{name}.own.pdf")
    return found


def both(*names: str):
    """A test for each of these papers in each of the two renderings."""
    return pytest.mark.parametrize(
        ("name", "maker"), [(name, maker) for name in names for maker in MAKERS], ids=lambda value: value
    )


def full_lines(page: Page) -> list:
    return [line for line in page.lines if 37 < line[0].top < 262 and len(line) >= 26]


@both(*PAPERS)
def test_the_page_is_a4_and_the_ink_stays_in_the_type_area(pages, name, maker):
    for page in pages[name, maker]:
        assert (page.width, page.height) == MM((210, 297), abs=0.1)
        dark = page.bands(red=False, bottom=263)
        assert min(band.left for band in dark) > 28 - 1
        assert min(band.top for band in dark) > 37 - 0.5
        assert max(band.bottom for band in dark) < 262 + 1
        # LibreOffice 7.4 lets a full stop hang outside where the file forbids it.
        assert max(band.right for band in dark) < 184 + (4 if maker == "libreoffice" else 1)


@both("full")
def test_a_full_page_holds_22_lines_of_28_signs_over_156_by_225_mm(pages, name, maker):
    page = pages[name, maker][1]
    body = [line for line in page.lines if line[0].text == "字"]
    assert [len(line) for line in body] == [28] * 22
    assert min(line[0].left for line in body) == MM(28, abs=1)
    assert max(line[-1].right for line in body) == MM(184, abs=1)
    pitch = (body[-1][0].top - body[0][0].top) / 21
    assert pitch == MM(225 / 22, abs=0.05)
    # The em box stands in the middle of its line: half of what is left over lies above the first.
    assert body[0][0].top - (pitch - body[0][0].size * 25.4 / 72) / 2 == MM(37, abs=1)
    assert {round(sign.size, 1) for line in body for sign in line} == {16}


@both(*HEADED)
def test_the_mark_stands_35_mm_below_the_type_area_s_top(pages, name, maker):
    rows = [band for band in pages[name, maker][0].bands(red=True) if band.bottom - band.top > 3]
    # In Latin letters the ink begins lower than the em box, by the height above the capitals.
    assert rows[0].top == MM(37 + 35, abs=1 if name != "english" else 3)
    middle = (min(row.left for row in rows) + max(row.right for row in rows)) / 2
    assert middle == MM(28 + 78, abs=1)


@both(*HEADED)
def test_the_red_rule_is_as_wide_as_the_type_area_and_4_mm_below_the_number(pages, name, maker):
    page = pages[name, maker][0]
    rule = page.rules(red=True, width=156)[-1]
    assert (rule.left, rule.right) == MM((28, 184), abs=1)
    above = [line for line in page.lines if line[0].bottom < rule.top + 1][-1]
    assert rule.top - max(sign.bottom for sign in above) == MM(4, abs=1)


@both("reply", "notice", "warning_notice")
def test_the_number_is_two_lines_below_the_mark_in_the_middle(pages, name, maker):
    page = pages[name, maker][0]
    number = page.line("〔2026〕")
    assert (number[0].left + number[-1].right) / 2 == MM(106, abs=1)
    mark = max(band.bottom for band in page.bands(red=True) if band.bottom - band.top > 3)
    line = 225 / 22
    # Two empty lines; what the mark's line leaves below its ink; what the number's leaves over its em box.
    assert number[0].top - mark == MM(2 * line + 1.8 + (line - 5.64) / 2, abs=1)


@both("request", "report", "summary")
def test_the_number_of_a_paper_that_goes_up_is_one_sign_from_the_left_beside_its_last_signer(
    pages, name, maker
):
    page, paper = pages[name, maker][0], PAPERS[name]
    line = page.line("〔2026〕")
    assert line[0].left == MM(28 + 5.6, abs=1)
    assert paper.signers[-1][-1] == line[-1].text
    if len(paper.signers) < 3:
        assert line[-1].right == MM(184 - 5.6, abs=1)
    else:
        first = page.run(paper.signers[0])
        assert line[-len(paper.signers[-1])].left == MM(first[0].left, abs=0.5)


@both(*(name for name in PAPERS if PAPERS[name].title))
def test_the_title_is_set_in_22_points_two_lines_below_the_rule(pages, name, maker):
    page, paper = pages[name, maker][0], PAPERS[name]
    first, *others = ["".join(part.split()) for part in paper.title.split("\n")]
    title = page.line(first)
    assert {round(sign.size) for sign in title} == {22}
    for words in (first, *others):
        line = page.line(words)
        assert (line[0].left + line[-1].right) / 2 == MM(106, abs=1)
    if name != "letter":
        rule = page.rules(red=True, width=156)[-1]
        line = 225 / 22
        # Two empty lines and half of what the title's own line leaves over.
        assert title[0].top - rule.bottom == MM(2 * line + (33 - 22) / 2 * 25.4 / 72, abs=1)


@both(*PAPERS)
def test_page_numbers_stand_7_mm_below_the_type_area_right_on_odd_and_left_on_even_pages(pages, name, maker):
    for count, page in enumerate(pages[name, maker], 1):
        below = [line for line in page.lines if line[0].top > 262]
        if name == "letter" and count == 1:
            # Its text reaches down to the second rule.
            assert not any(line[0].text == "—" for line in below)
            continue
        (line,) = below
        assert "".join(sign.text for sign in line) == f"—{count}—"
        assert {round(sign.size, 1) for sign in line} == {14}
        dash = page.bands(red=False, top=263)
        (dash,) = [band for band in dash if band.right - band.left > 4]
        if count % 2:
            assert line[-1].right == MM(184 - 4.94, abs=1)
        else:
            assert line[0].left == MM(28 + 4.94, abs=1)
        # The dash is in the middle of the digits.
        assert (dash.top + dash.bottom) / 2 == MM(262 + 7, abs=1)


@both("letter")
def test_a_letter_has_its_mark_30_mm_from_the_edge_between_double_rules_of_170_mm(pages, name, maker):
    page = pages[name, maker][0]
    mark = page.bands(red=True)[0]
    assert mark.top == MM(30, abs=1)
    upper, lower = page.rules(red=True, width=170)
    for rule in (upper, lower):
        assert (rule.left, rule.right) == MM((20, 190), abs=1)
    size = page.run("青峰县林业局")[0].size * 25.4 / 72
    assert upper.top == MM(30 + size + 4, abs=1)
    assert lower.top == MM(297 - 20, abs=1)
    number = page.run("青林函〔2026〕14号")
    assert number[-1].right == MM(184, abs=1)
    assert number[0].top - upper.bottom == MM(16 * 7 / 8 * 25.4 / 72, abs=1)
    assert page.run("加急")[0].left == MM(28, abs=1)


@both(*(name for name in PAPERS if PAPERS[name].printed_by and name != "letter"))
def test_the_imprint_ends_on_the_lower_edge_of_the_last_page_s_type_area(pages, name, maker):
    page = pages[name, maker][-1]
    rules = [rule for rule in page.rules(red=False, width=156) if rule.top > 150]
    assert len(rules) == (3 if PAPERS[name].copy_to else 2)
    assert rules[-1].bottom == MM(262, abs=1)
    printed = page.run("印发" if name != "english" else "Printed")
    assert {round(sign.size, 1) for sign in printed} == {14}
    assert rules[-2].bottom < printed[0].top + 1 and printed[0].bottom < rules[-1].top


@both("warning_notice", "summary", "request", "letter")
def test_the_date_is_four_signs_from_the_right_with_the_name_centred_over_it(pages, name, maker):
    paper = PAPERS[name]
    page = pages[name, maker][-1]
    day = page.line(f"{paper.date.year}年{paper.date.month}月")
    signed = page.line(paper.signatures[0])
    assert day[-1].right == MM(184 - 4 * 5.6, abs=1)
    # LibreOffice 7.4 opens gaps between figures and signs though the file forbids it: the date grows to the left.
    middle = (day[0].left + day[-1].right) / 2 + (3 if maker == "libreoffice" else 0)
    assert (signed[0].left + signed[-1].right) / 2 == MM(middle, abs=1)


@both(*PAPERS, *ENDS)
def test_text_stands_on_the_page_of_the_signature(pages, name, maker):
    paper = {**PAPERS, **ENDS}[name]
    if name == "minutes":
        return
    signed = "".join(paper.signatures[-1].split())
    page = next(
        page for page in reversed(pages[name, maker]) if signed in page.text and "附件1" not in page.text
    )
    at = page.text.rindex(signed)
    assert page.text[:at].strip("—0123456789\n")


@pytest.mark.parametrize("maker", MAKERS)
def test_an_imprint_without_room_goes_to_a_page_of_its_own_and_leaves_the_signature_with_the_text(
    pages, maker
):
    _, second, third = pages["apart", maker]
    assert "指挥部办公室" in second.text and "字" in second.text
    assert third.text.startswith("抄送：第0联合办公室") and "印发" in third.text


@pytest.mark.parametrize("maker", MAKERS)
def test_joint_issuers_are_spread_to_one_width_with_the_word_beside_their_middle(pages, maker):
    page = pages["notice", maker][0]
    rows = [band for band in page.bands(red=True) if band.bottom - band.top > 5]
    assert len(rows) == 3
    names = [page.run(name[:1] + name[1:]) for name in ("青峰县应急管理局", "青峰县林业局", "青峰县气象局")]
    assert max(run[0].left for run in names) - min(run[0].left for run in names) < 1
    assert max(run[-1].right for run in names) - min(run[-1].right for run in names) < 1
    beside = page.run("文件")
    middle = (names[0][0].top + names[-1][0].bottom) / 2
    assert (beside[0].top + beside[0].bottom) / 2 == MM(middle, abs=1)


@pytest.mark.parametrize("maker", MAKERS)
def test_attachments_begin_pages_with_their_mark_in_the_first_line_and_their_title_in_the_third(pages, maker):
    marked = [
        page for page in pages["notice", maker] if page.lines[0][0].text == "附" and len(page.lines[0]) == 3
    ]
    assert ["".join(sign.text for sign in page.lines[0]) for page in marked] == ["附件1", "附件2"]
    for page, title in zip(marked, ("督查分组表", "督查记录表"), strict=True):
        assert page.lines[0][0].left == MM(28, abs=1)
        assert "".join(sign.text for sign in page.lines[1]) == title
        line = 225 / 22
        # Each line leaves over half of its pitch above its em box: 33 less 22 points, and 28.95 less 16.
        leading = ((33 - 22) - (28.95 - 16)) / 2 * 25.4 / 72
        assert page.lines[1][0].top - page.lines[0][0].top == MM(2 * line + leading, abs=1)


def test_headings_count_themselves_and_count_again_after_an_edit(folder, pages):
    text = "".join(page.text for page in pages["notice", "libreoffice"])
    first = (
        "一、督查内容",
        "（一）责任落实情况",
        "1.值班值守",
        "（1）夜间值班",
        "2.物资储备",
        "（二）隐患整改情况",
    )
    for heading in (*first, "二、时间安排", "一、分组", "一、基本情况"):
        assert heading in text
    edited = "".join(page.text for page in measured(folder / "edited.pdf"))
    assert "一、新增事项" in edited and "二、督查内容" in edited and "三、时间安排" in edited
    assert "（一）责任落实情况" in edited


def test_a_paper_saved_again_by_libreoffice_keeps_its_styles_numbering_and_page_numbers(folder):
    for name in ("notice", "letter"):
        made, saved = (docx.Document(str(at / f"{name}.docx")) for at in (folder, folder / "saved"))
        said = [
            [(p.style.name.lower(), p.text) for p in each.paragraphs if p.text.strip()]
            for each in (made, saved)
        ]
        assert said[0] == said[1]
        assert saved.settings.odd_and_even_pages_header_footer
        assert saved.sections[0].different_first_page_header_footer == (name == "letter")
        for level in range(1, 5):
            style = next(style for style in saved.styles if style.name == f"Heading {level}")
            assert style.element.pPr.numPr is not None
        for footer in (saved.sections[0].footer, saved.sections[0].even_page_footer):
            assert "PAGE" in footer._element.xml
        words = [
            [{cell.text for row in t.rows for cell in row.cells} for t in each.tables]
            for each in (made, saved)
        ]
        assert words[0] == words[1]


def test_both_renderings_are_set_in_the_faces_that_were_asked_for(pages):
    faces = {"libreoffice": set(), "own": set()}
    for (_name, maker), found in pages.items():
        faces[maker] |= {sign.face.partition("-")[0] for page in found for sign in page.signs}
    kinds = {"FandolFang", "FenghuoKai", "NotoSansCJKsc", "NotoSerifCJKsc", "LiberationSerif"}
    assert faces["own"] == kinds
    assert {face.replace("CJKjp", "CJKsc") for face in faces["libreoffice"]} == kinds


def test_the_figures_of_the_summary_stand_in_compact_rows_on_one_page(pages):
    for maker in MAKERS:
        page = next(page for page in pages["summary", maker] if "发布预警" in page.text)
        tops = [page.run(label)[0].top for label in ("发布预警", "应签收", "按时签收", "交接班记录")]
        pitch = tops[1] - tops[0]
        assert 7 < pitch < 10
        assert tops[3] - tops[0] == MM(9 * pitch, abs=0.7)


def test_the_two_renderings_agree_on_where_the_first_page_s_parts_stand(pages):
    for name in EVERY_KIND:
        word, own = (pages[name, maker][0] for maker in MAKERS)
        for words in filter(None, (*PAPERS[name].title.split("\n"), PAPERS[name].number[-5:])):
            assert word.run(words)[0].top == MM(own.run(words)[0].top, abs=1), (name, words)
