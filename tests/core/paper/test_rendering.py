"""Papers as LibreOffice sets them: the page, 22 lines of 28 signs, the page number, the imprint at the foot.

Needs soffice (libreoffice-writer-nogui) and pdftotext (poppler-utils), which `make test` installs. The face
does not matter here: every Chinese face is as wide as its size.
"""

import html
import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass, replace

import pytest

from fenghuo.core.paper import Paper, Paragraph, render_docx

from .samples import SUMMARY, WARNING

MM = 72 / 25.4
FULL = replace(WARNING, blocks=(Paragraph("字" * 28 * 50),), attachments=())


@dataclass
class Word:
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


@pytest.fixture(scope="module")
def words(tmp_path_factory) -> dict[str, list[Word]]:
    """The words of each paper with their places in points from the page's upper left corner."""
    folder = tmp_path_factory.mktemp("papers")
    papers: dict[str, Paper] = {"warning": WARNING, "summary": SUMMARY, "full": FULL}
    for name, paper in papers.items():
        (folder / f"{name}.docx").write_bytes(render_docx(paper))
    files = [str(folder / f"{name}.docx") for name in papers]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {name: _words(folder / f"{name}.pdf") for name in papers}


def _words(pdf) -> list[Word]:
    listing = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True
    )
    found, page = [], 0
    for line in listing.stdout.splitlines():
        if size := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            page += 1
            assert [float(side) for side in size.groups()] == pytest.approx([210 * MM, 297 * MM], abs=1)
        if place := re.search(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*)</word>', line):
            *box, text = place.groups()
            found.append(Word(page, *map(float, box), html.unescape(text)))
    return found


def one(words: list[Word], text: str) -> Word:
    return next(word for word in words if text in word.text)


def test_a_full_page_holds_22_lines_of_28_signs(words):
    lines = defaultdict(int)
    for word in words["full"]:
        if word.page == 2:
            lines[round(word.top)] += word.text.count("字")
    counts = [count for _, count in sorted(lines.items()) if count]
    assert counts == [28] * 22


def test_a_long_last_paragraph_begins_right_below_the_addressees(words):
    assert any(word.page == 1 and "字" in word.text for word in words["full"])


def test_body_text_fills_the_type_area_and_stays_within_it(words):
    body = [word for word in words["full"] if word.page == 2 and "字" in word.text]
    assert min(word.left for word in body) == pytest.approx(28 * MM, abs=1)
    assert max(word.right for word in body) == pytest.approx((210 - 26) * MM, abs=3)
    assert max(word.bottom for word in body) < (297 - 35) * MM + 3


def test_page_numbers_stand_outside_the_type_area_right_on_odd_and_left_on_even_pages(words):
    for page in (1, 2, 3):
        dashes = [word for word in words["full"] if word.page == page and "—" in word.text]
        assert dashes, page
        middle = (dashes[0].top + dashes[0].bottom) / 2
        assert middle == pytest.approx((297 - 35 + 7) * MM, abs=2 * MM)
        if page % 2:
            assert dashes[-1].right == pytest.approx((210 - 26) * MM - 14, abs=3)
        else:
            assert dashes[0].left == pytest.approx(28 * MM + 14, abs=3)


def test_the_mark_is_on_one_line_35_mm_below_the_type_area_s_top(words):
    mark = one(words["warning"], WARNING.issuer)
    assert mark.page == 1
    assert mark.top == pytest.approx((37 + 35) * MM, abs=4 * MM)
    assert mark.left > 28 * MM - 1 and mark.right < (210 - 26) * MM + 1


def test_signature_date_and_imprint_share_the_last_page_with_text_before_them(words):
    last = max(word.page for word in words["warning"])
    page = [word for word in words["warning"] if word.page == last]
    signed, copied, printed = one(page, "指挥部办公室"), one(page, "抄送"), one(page, "印发")
    assert page.index(signed) > 0
    assert signed.top < copied.top < printed.top
    assert printed.bottom == pytest.approx((297 - 35) * MM, abs=4 * MM)


def test_the_figures_of_the_summary_stand_in_compact_rows_on_one_page(words):
    labels = [one(words["summary"], label) for label in ("发布预警", "应签收", "按时签收", "交接班记录")]
    assert len({label.page for label in labels}) == 1
    pitch = labels[1].top - labels[0].top
    assert 20 < pitch < 28
    assert labels[3].top - labels[0].top == pytest.approx(9 * pitch, abs=2)
