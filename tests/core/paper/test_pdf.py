"""Our own PDF: it says what the description says, is tagged, embeds its faces, and fits its signature."""

import io
import re
import subprocess
from dataclasses import replace
from datetime import date
from functools import cache

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core.paper import Heading, Paper, Paragraph, Picture, Table, measures, render_docx, render_pdf
from fenghuo.core.paper import parts as said_by
from fenghuo.core.paper.pdf.fitting import fit
from fenghuo.core.paper.pdf.setting import ending

from .samples import EVERY_KIND, JOINT_NOTICE, LAID_OUT_TOO, LETTER, STAMPED, WARNING, WARNING_EN

ALL = {**EVERY_KIND, **LAID_OUT_TOO, "english": WARNING_EN}


rendered = cache(render_pdf)


def opened(paper: Paper) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(rendered(paper)))


def copied(content: bytes) -> str:
    """All that a person would copy out, without white space and page numbers."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, check=True, capture_output=True)
    return re.sub(r"\s+|(?<=\s)—\s?\d+\s?—(?=\s)", "", done.stdout.decode())


def blocks_said(paper: Paper, blocks) -> list[str]:
    said = []
    for block, number in said_by.counted(blocks, paper.language):
        if isinstance(block, Heading | Paragraph):
            said.append(number + block.text)
        elif isinstance(block, Table):
            said += [block.caption, *block.headers, *(cell for row in block.rows for cell in row)]
        elif isinstance(block, Picture):
            said.append(block.caption)
    return said


def told(paper: Paper) -> str:
    """The text of a paper from its title to its notes, in reading order, without white space."""
    said = [paper.title, said_by.addressed(paper), *blocks_said(paper, paper.blocks)]
    for at, (number, name) in enumerate(said_by.attachment_names(paper) if paper.attachments else ()):
        said.append(("" if at else said_by.attachment_label(paper)) + number + name)
    said += [label + names for label, names in said_by.attendance(paper)]
    if said_by.has_signature(paper):
        signed = [stamp.post for stamp in paper.stamps] or paper.signatures
        said += [*signed, said_by.day(paper)]
    said.append(said_by.notes(paper))
    for count, attachment in enumerate(paper.enclosed, 1):
        if attachment.blocks:
            said += [
                said_by.attachment_mark(paper, count),
                attachment.name,
                *blocks_said(paper, attachment.blocks),
            ]
    for group in said_by.imprint(paper):
        said += [entry.label + entry.text + entry.right for entry in group]
    return re.sub(r"\s+", "", "".join(said))


@pytest.mark.parametrize("name", [name for name in ALL if name != "across"])  # its table's head repeats
def test_it_copies_out_as_the_text_of_the_description(name):
    assert told(ALL[name]) in copied(rendered(ALL[name]))


def test_an_order_is_titled_by_its_mark_and_number():
    assert opened(ALL["order"]).metadata.title == "青峰县人民政府令第3号"
    assert opened(ALL["order_english"]).metadata.title == "Qingfeng County People's Government Order No. 3"


def test_a_stamp_is_told_to_those_who_cannot_see_it():
    assert ("/Figure", "李带班签名章") in tags(opened(STAMPED))


def test_a_letter_whose_first_page_was_lowered_is_a_sound_file():
    content = rendered(LETTER)
    document = pypdf.PdfReader(io.BytesIO(content), strict=True)
    assert [len(page.get_contents().get_data()) > 100 for page in document.pages] == [True, True]
    assert document.pages[0].get_contents().get_data().startswith(b"1 0 0 1 0 -3")
    # Every object is where the table of objects says.
    for number, offset in document.xref[0].items():
        assert content[offset:].startswith(b"%d 0 obj" % number)
    assert document.trailer["/Size"] == len(document.xref[0]) + 1


@pytest.mark.parametrize("name", ALL)
def test_it_is_tagged_in_its_language_and_titled(name):
    paper, document = ALL[name], opened(ALL[name])
    root = document.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == ("zh-CN" if paper.language == "zh" else "en-GB")
    assert document.metadata.title == said_by.heading(paper)
    written = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in written and "<pdfuaid:part>1</pdfuaid:part>" in written


def tags(document: pypdf.PdfReader) -> list[tuple[str, str]]:
    """Every structure element's kind, with its alternative text."""
    found, waiting = [], [document.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, pypdf.generic.ArrayObject):
            waiting += list(node)[::-1]
        elif isinstance(node, pypdf.generic.DictionaryObject):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            if "/K" in node:
                waiting.append(node["/K"])
    return found


def test_headings_tables_and_pictures_are_tagged_as_what_they_are():
    found = tags(opened(JOINT_NOTICE))
    kinds = [kind for kind, _alt in found]
    assert {"/Title", "/H1", "/H2", "/H3", "/H4", "/P", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert ("/Figure", "督查路线示意图：由县城向北经云岭镇到石桥村") in found


def test_every_face_is_embedded_and_maps_back_to_signs():
    for name, paper in ALL.items():
        fonts = {
            str(font.get_object()["/BaseFont"]): font.get_object()
            for page in opened(paper).pages
            for font in page["/Resources"].get("/Font", {}).values()
        }
        assert fonts, name
        for font in fonts.values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            assert "/ToUnicode" in font


@pytest.mark.parametrize(
    ("words", "face"),
    [
        ("一、督查内容", "NotoSansCJKsc-Regular"),
        ("（一）责任落实情况", "FenghuoKai"),
        ("1.值班值守", "FandolFang-Regular"),
        ("（1）夜间值班", "FandolFang-Regular"),
        ("联合督查的通知", "NotoSerifCJKsc-Bold"),
        ("“谁主管、谁负责”", "FandolFang-Regular"),
        ("——", "FandolFang-Regular"),
    ],
)
def test_each_part_is_set_in_its_kind_of_face(joint_pages, words, face):
    run = next(page for page in joint_pages if words in page.text).run(words)
    assert {sign.face for sign in run} == {face}


@pytest.fixture(scope="module")
def joint_pages(tmp_path_factory):
    from .measured import measured

    file = tmp_path_factory.mktemp("joint") / "joint.pdf"
    file.write_bytes(render_pdf(JOINT_NOTICE))
    return measured(file)


def test_a_sign_that_the_body_s_face_lacks_is_still_printed_and_copied():
    rare = "㸆䶮𬭼䲟堃"
    content = render_pdf(replace(WARNING, blocks=(Paragraph(f"地名{rare}村"),)))
    assert rare in copied(content)
    # Only a file that draws every sign is PDF/A.
    written = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in written


def test_an_everyday_sign_that_the_fangsong_lacks_is_set_in_the_face_nearest_to_it(tmp_path):
    from .measured import measured

    (tmp_path / "tower.pdf").write_bytes(
        render_pdf(replace(WARNING, blocks=(Paragraph("瞭望台发现烟点。"),)))
    )
    run = measured(tmp_path / "tower.pdf")[0].run("瞭望台")
    assert [sign.face.partition("-")[0] for sign in run] == ["FenghuoKai", "FandolFang", "FandolFang"]


@pytest.mark.parametrize("odd", ["😀", "\ue000", "ا ب", "한국어", "𠀀", "\ufffd"])
def test_signs_that_no_face_holds_do_not_cost_the_paper(odd):
    content = render_pdf(replace(WARNING, blocks=(Paragraph(f"前{odd}后"),), title=f"标题{odd}"))
    said = copied(content)
    assert "前" in said and "后" in said and WARNING.issuer in said
    assert tags(pypdf.PdfReader(io.BytesIO(content)))


@pytest.mark.parametrize("unseen", ["\x07", "\ufeff", "\uffff", "\x85"])
def test_signs_that_no_file_may_hold_are_left_out(unseen):
    paper = replace(
        WARNING, blocks=(Paragraph(f"前{unseen}后"),), issuer=f"云岭{unseen}镇", title=f"标{unseen}题" * 90
    )
    assert "前后" in copied(render_pdf(paper))
    assert render_docx(paper)


def test_a_cell_longer_than_a_page_and_twenty_joint_bodies_stay_on_the_pages(tmp_path):
    from .measured import measured

    bodies = tuple(f"青峰县第{count}联合工作办公室" for count in range(20))
    cell = "各村要把责任落实到岗位。" * 300
    paper = replace(
        WARNING, issuer=bodies, signature=(), blocks=(Table(("事项", "要求"), (("责任", cell),)),)
    )
    content = render_pdf(paper)
    assert cell in copied(content).replace("事项要求", "")  # the head of the table, on every page
    (tmp_path / "long.pdf").write_bytes(content)
    pages = measured(tmp_path / "long.pdf")
    text = "".join(page.text for page in pages).replace("\n", "")
    assert all(body in text for body in bodies[:3])
    for page in pages:
        assert max(band.bottom for band in page.bands(red=False, bottom=264)) < 263
        assert max(sign.bottom for sign in page.signs) < 273  # the page number
    assert render_docx(paper)


def test_what_would_be_markup_to_the_typesetter_is_only_text():
    written = '#read("/etc/passwd") *粗* _斜_ $x$ = 标题 \\ @引 <标> // 注 [括] {大}'
    assert re.sub(r"\s+", "", written) in copied(render_pdf(replace(WARNING, blocks=(Paragraph(written),))))


_lines = st.text("各村要把责任落实到岗位，检查有记录。“”——…2026", min_size=1, max_size=200)


@settings(max_examples=15, deadline=None)
@given(st.lists(_lines, min_size=1, max_size=6), st.dates(date(2000, 1, 1)))
def test_the_same_paper_is_the_same_file_and_says_every_word(texts, day):
    paper = replace(WARNING, blocks=tuple(map(Paragraph, texts)), date=day)
    content = render_pdf(paper)
    assert content == render_pdf(replace(paper))
    assert told(paper) in copied(content)


def test_text_stands_on_the_page_of_the_signature_however_long_it_is():
    alone, pitches = set(), set()
    for lines in range(7, 34):
        paper = replace(WARNING, blocks=(Paragraph("字" * (28 * lines - 2)),), attachments=())
        if (end := ending(paper, measures.LINE_TWIPS)).text != end.signature:
            alone.add(lines)
        fitted = fit(paper)
        end = ending(paper, fitted.line)
        assert end.text == end.signature, lines
        assert fitted.imprint_apart == (end.imprint != end.signature), lines
        pitches.add(fitted.line)
    # Without the adjustment some lengths would leave the signature alone, so the rule was at work.
    assert alone and len(pitches) > 1
    assert all(26.5 <= line / 20 <= 32 for line in pitches)


def test_a_blank_page_before_the_imprint_and_the_imprint_s_own_bear_no_number():
    paper = replace(
        WARNING,
        blocks=(Paragraph("字" * (28 * 26 - 2)),),
        attachments=(),
        both_sides=True,
        copy_to=tuple(f"第{count}联合办公室" for count in range(30)),
    )
    texts = [page.extract_text() for page in opened(paper).pages]
    assert len(texts) == 4
    assert [bool(re.search(r"— \d —", text)) for text in texts] == [True, True, False, False]
    assert texts[2].strip() == "" and texts[3].startswith("抄送：")
