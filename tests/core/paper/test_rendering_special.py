"""The formats beside the common one, measured on the page in both renderings: orders, signature stamps, tables
across a page, a letter's first page, joint bodies, the imprint on the back of the last sheet.

GB/T 9704-2012 in millimetres, within one. Needs soffice and pdftoppm, which `make test` installs.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fenghuo.core.paper import Grade, Paragraph, Secrecy, Urgency, render_docx, render_pdf
from fenghuo.core.paper.parts import mark as mark_of
from fenghuo.core.paper.pdf.fitting import fit

from .libreoffice import convert
from .measured import DPI, Page, Sign, measured
from .samples import LAID_OUT_TOO, LETTER, ORDER

MM = pytest.approx
LINE, EM = 225 / 22, 16 * 25.4 / 72
MARKS = {"copy_number": 7, "secrecy": Secrecy(Grade.SECRET, years=1), "urgency": Urgency.MOST_URGENT}
LETTERS = {
    "letter": LETTER,
    "letter-plain": replace(LETTER, urgency=None, title="关于商请提供火险气象资料的函"),
    "letter-secret": replace(LETTER, **MARKS),
    "letter-joint": replace(LETTER, issuer=("青峰县应急管理局和林业草原局", "青峰县林业局"), signature=()),
    "letter-english": replace(
        LETTER,
        language="en",
        issuer="Qingfeng County Forestry Bureau",
        signature=(),
        title="Letter Asking for Records of the Weather in the Fire Season of 2026",
        addressees=("County weather office",),
        blocks=(Paragraph("Every township checks who is on duty and what is stored in the depots. " * 24),),
    ),
}
SHORT = replace(LETTER, blocks=(Paragraph("请予支持为盼。"),))
PAPERS = {**LAID_OUT_TOO, **LETTERS, "short": SHORT, "order": ORDER}
MAKERS = ("libreoffice", "own")


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[tuple[str, str], list[Page]]:
    folder: Path = tmp_path_factory.mktemp("special")
    for name, paper in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(render_docx(paper))
        (folder / f"{name}.own.pdf").write_bytes(render_pdf(paper))
    convert(folder, "pdf", folder, sorted(folder.glob("*.docx")))
    found = {}
    for name in PAPERS:
        found[name, "libreoffice"] = measured(folder / f"{name}.pdf")
        found[name, "own"] = measured(folder / f"{name}.own.pdf")
    return found


def both(*names: str):
    """A test for each of these papers in each of the two renderings."""
    return pytest.mark.parametrize(
        ("name", "maker"), [(name, maker) for name in names for maker in MAKERS], ids=lambda value: value
    )


def middle(signs: list[Sign]) -> float:
    return (signs[0].top + signs[0].bottom) / 2


def last_page(found: list[Page], words: str) -> Page:
    return next(page for page in reversed(found) if words in page.text)


@both("order")
def test_an_order_has_its_mark_20_mm_below_and_no_rule(pages, name, maker):
    page = pages[name, maker][0]
    (mark,) = page.bands(red=True)
    assert mark.top == MM(37 + 20, abs=1)
    assert "青峰县人民政府令" in page.text
    number = page.run("第3号")
    assert (number[0].left + number[-1].right) / 2 == MM(106, abs=1)
    # Two empty lines; what the mark's line leaves below its ink; what the number's leaves over its em box.
    assert number[0].top - mark.bottom == MM(2 * LINE + 1.8 + (LINE - EM) / 2, abs=1)
    text = page.run("为预防森林火灾")
    assert text[0].top - number[0].top == MM(3 * LINE, abs=0.5)
    assert text[0].left == MM(28 + 2 * 5.56, abs=1)


@both("order", "stamped")
def test_a_stamp_is_four_signs_from_the_right_with_the_post_two_signs_left_of_its_middle(pages, name, maker):
    paper = PAPERS[name]
    page = last_page(pages[name, maker], paper.stamps[0].post)
    post = page.run(paper.stamps[0].post)
    stamp = next(band for band in page.bands(red=True) if band.bottom - band.top > 12)
    assert stamp.left - post[-1].right == MM(2 * EM, abs=1)
    assert (stamp.top + stamp.bottom) / 2 == MM(middle(post), abs=1)
    assert stamp.right - stamp.left == MM(40, abs=0.6)
    assert stamp.right == MM(184 - 4 * EM, abs=1)
    above = [line for line in page.lines if line[0].bottom < stamp.top][-1]
    assert stamp.top - above[0].bottom == MM((LINE - EM) / 2 + 2 * LINE, abs=1)
    day = page.line("2026年3月")
    assert day[-1].right == MM(184 - 4 * EM, abs=1)
    height = stamp.bottom - stamp.top
    if name == "order":
        assert height == MM(20, abs=0.6)
        assert day[0].top - stamp.bottom == MM(LINE + (LINE - EM) / 2, abs=1)
    else:
        # The second body's stamp has no picture: its place is kept, right under the first.
        assert height == MM(16, abs=0.6)
        second = page.run("青峰县林业局局长")
        assert middle(second) - middle(post) == MM(16 / 2 + 4 + 20 / 2, abs=1)
        assert second[-1].right == MM(post[-1].right, abs=0.5)
        assert day[0].top - middle(second) == MM(10 + LINE + (LINE - EM) / 2, abs=1)


@both("order_english")
def test_a_place_without_a_stamp_stays_free_in_english_too(pages, name, maker):
    (page,) = pages[name, maker]
    post, day = page.run("HeadofQingfengCounty"), page.run("25March2026")
    assert day[-1].right == MM(184 - 4 * EM, abs=1)
    assert post[-1].right == MM(184 - 4 * EM - 40 - 2 * EM, abs=1)
    assert page.bands(red=True)[0].top == MM(37 + 20, abs=3)  # capitals begin below the em box's upper edge


@both("request_english")
def test_a_long_number_and_a_post_of_two_lines_stay_whole(pages, name, maker):
    found = pages[name, maker]
    number = found[0].run("YunlingGov[2026]No.8")
    assert number[0].left == MM(28 + EM, abs=1)
    last = found[0].run("WangBeiqin")
    assert middle(last) == MM(middle(number), abs=0.5)
    assert found[0].run("ZhangDaiban")[0].left == MM(last[0].left, abs=1)
    page = last_page(found, "HeadofYunling")
    at = page.lines.index(page.line("HeadofYunling"))
    first, second = page.lines[at : at + 2]
    stamps = [band for band in page.bands(red=True) if band.bottom - band.top > 12]
    assert len(stamps) == 2
    assert (first[0].top + second[0].bottom) / 2 == MM((stamps[0].top + stamps[0].bottom) / 2, abs=1)
    # No line is cut off by its row.
    ink = page.bands(red=False, top=second[0].top, bottom=second[0].bottom + 1)
    assert max(band.bottom - band.top for band in ink) > 3


def ink_at_the_side(page: Page) -> tuple[float, float, float]:
    """Highest and lowest ink of the page number at the left of a turned page, and the middle of its dashes."""
    scale = 25.4 / DPI
    dark = page.image.astype(int).max(axis=2)[:, : int(33 / scale)] < 140
    rows = np.flatnonzero(dark.any(axis=1))
    dash = np.flatnonzero(dark[rows[0] : rows[0] + int(2 / scale)].any(axis=0))
    return rows[0] * scale, (rows[-1] + 1) * scale, (dash[0] + dash[-1] + 1) / 2 * scale


def ink_of_the_area(page: Page) -> tuple[float, float, float, float]:
    """Left, right, upper and lower end of the ink beside a turned page's number."""
    scale, side = 25.4 / DPI, int(33.5 / (25.4 / DPI))
    dark = page.image.astype(int).max(axis=2)[:, side:] < 140
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0)) + side
    return columns[0] * scale, (columns[-1] + 1) * scale, rows[0] * scale, (rows[-1] + 1) * scale


@both("across", "joint_english")
def test_a_table_across_a_page_keeps_the_number_where_other_pages_have_it(pages, name, maker):
    found = pages[name, maker]
    turned = {count: page for count, page in enumerate(found, 1) if page.width > page.height}
    assert len(turned) == (6 if name == "across" else 1)
    for count, page in turned.items():
        assert (page.width, page.height) == MM((297, 210), abs=0.1)
        # Seen upright, the page's left edge is the foot and its top the binding: the number is 7 mm below the
        # type area, at the right on odd pages, at the left on even ones.
        upper, lower, dash = ink_at_the_side(page)
        assert dash == MM(297 - (262 + 7), abs=1)
        if count % 2:
            assert lower == MM(184 - 4.94, abs=1)
        else:
            assert upper == MM(28 + 4.94, abs=1)
        number = "".join(
            sign.text for sign in sorted(page.signs, key=lambda sign: sign.top) if sign.left < 33
        )
        assert "".join(number.split()) == f"—{count}—"
        # The table's head is at the binding of odd pages and at the cut of even ones, which is the top of both.
        left, right, upper, lower = ink_of_the_area(page)
        assert (left, right) == MM((35, 260), abs=1)
        assert upper > 28 - 0.5 and lower < 184 + 0.5
        head = page.run("备注" if name == "across" else "Rating")
        assert head[-1].right > 200 and head[0].top < 85
    plain = [page for page in found if page.width < page.height]
    assert plain[-1].line(f"—{len(found)}—" if len(found) > 1 else "")[0].top > 262


@both("across")
def test_an_attachment_that_is_a_table_across_begins_on_the_turned_page(pages, name, maker):
    found = pages[name, maker]
    opening = next(page for page in found if page.text.lstrip("—0123456789\n").startswith("附件"))
    assert opening.width > opening.height and "检查站一览表" in opening.text and "第6村" in opening.text
    mark, title = opening.run("附件"), opening.run("检查站一览表")
    assert mark[0].left == MM(35, abs=1) and mark[0].top - (LINE - EM) / 2 == MM(28, abs=1)
    assert (title[0].left + title[-1].right) / 2 == MM(35 + 225 / 2, abs=1)
    # The imprint stands on an upright page behind it, and nothing follows.
    assert found[-1].width < found[-1].height and found.index(opening) == len(found) - 2
    rules = found[-1].rules(red=False, width=156)
    assert len(rules) == 3 and rules[-1].bottom == MM(262, abs=1)


@both(*LETTERS)
def test_a_letter_s_first_page_ends_seven_eighths_of_a_sign_above_its_second_rule(pages, name, maker):
    first, second = pages[name, maker][:2]
    upper, lower = first.rules(red=True, width=170)
    last = first.lines[-1]
    assert len(last) > 20
    marked = [band for band in first.bands(red=True, bottom=upper.top - 1) if band.bottom - band.top > 3]
    assert marked and upper.top - marked[-1].bottom > 2
    assert lower.top - last[0].bottom == MM(EM * 7 / 8, abs=1)
    title = first.run("".join(PAPERS[name].title.split("\n")[0].split())[:12])
    corner = [line for line in first.lines if upper.bottom < line[0].top < title[0].top]
    # Two empty lines between the last of the marks and the title.
    pitch = fit(PAPERS[name]).line / 20
    assert 28 <= pitch <= 28.95
    gap = 3 * pitch + (33 - 22 - pitch + 16) / 2
    assert title[0].top - corner[-1][0].top == MM(gap * 25.4 / 72, abs=1)
    body = [line for line in second.lines if line[0].top < 262]
    assert body[0][0].top - (LINE - EM) / 2 == MM(37, abs=1)
    assert max(line[0].bottom for line in body) < 262 + 0.5
    assert second.line("—2—")[0].left == MM(28 + 4.94, abs=1)


@both("short")
def test_a_letter_of_one_page_bears_no_number_and_its_copies_end_with_the_type_area(pages, name, maker):
    (page,) = pages[name, maker]
    last = page.lines[-1]
    assert "抄送" in "".join(sign.text for sign in last)
    assert last[0].bottom == MM(262 - (LINE - 14 * 25.4 / 72) / 2, abs=1)


@both("two_bodies")
def test_on_paper_printed_on_both_sides_the_imprint_is_on_an_even_page(pages, name, maker):
    found = pages[name, maker]
    assert len(found) % 2 == 0
    assert "抄送" in found[-1].lines[0][0].text + "".join(sign.text for sign in found[-1].lines[0])
    assert "2026年3月9日" not in found[-1].text
    rules = found[-1].rules(red=False, width=156)
    assert rules[-1].bottom == MM(262, abs=1)
    assert found[-1].line(f"—{len(found)}—")[0].left == MM(28 + 4.94, abs=1)


@both("five_bodies")
def test_five_bodies_sign_in_two_rows_with_the_date_at_the_right(pages, name, maker):
    names = PAPERS[name].signatures
    page = next(page for page in pages[name, maker] if names[0] in page.text and "文件" not in page.text)
    signed = [page.run(each) for each in names]
    assert [middle(run) for run in signed[:3]] == MM([middle(signed[0])] * 3, abs=1)
    # One row of seals below the other; the last row's names lie half a line higher for the date below them.
    assert middle(signed[3]) - middle(signed[0]) == MM(46 - LINE / 2, abs=1)
    assert middle(signed[4]) == MM(middle(signed[3]), abs=0.5)

    def across(run):
        return (run[0].left + run[-1].right) / 2

    assert [across(run) for run in signed] == MM([54, 106, 158, 106, 158], abs=1)
    day = page.line("2026年3月9日")
    assert across(day) == MM(158, abs=1.5)
    assert day[0].top - signed[4][0].top == MM(LINE, abs=0.5)


@both("five_unsealed")
def test_five_bodies_without_seals_sign_one_under_the_other(pages, name, maker):
    names = PAPERS[name].signatures
    page = next(page for page in pages[name, maker] if names[0] in page.text and "文件" not in page.text)
    signed = [page.run(each) for each in names]
    assert [run[-1].right for run in signed] == MM([184 - 2 * EM] * 5, abs=1)
    assert np.diff([run[0].top for run in signed]) == MM(np.full(4, LINE), abs=0.4)


@both("five_bodies")
def test_a_long_name_of_an_attachment_goes_on_under_its_first_sign(pages, name, maker):
    page = next(page for page in pages[name, maker] if "附件：1." in page.text)
    first = page.run("附件：1.森林")
    at = page.lines.index(page.line("附件：1."))
    following = page.lines[at + 1]
    assert following[0].left == MM(first[5].left, abs=1)
    assert first[0].left == MM(28 + 2 * EM, abs=1)
    second = page.run("2.督查记录表")
    assert second[0].left == MM(first[3].left, abs=1)


@both("joint_english")
def test_long_english_names_of_joint_bodies_stand_whole_in_the_mark(pages, name, maker):
    page = pages[name, maker][0]
    for words in (
        "QingfengCountyEmergency",
        "ManagementBureau",
        "QingfengCounty",
        "ForestryBureau",
        "Document",
    ):
        assert {round(sign.size) for sign in page.run(words)} == {mark_of(PAPERS[name]).size}
    mark = page.bands(red=True, bottom=120)
    assert min(band.left for band in mark) > 27 and max(band.right for band in mark) < 185
