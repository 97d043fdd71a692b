"""Repair keeps every word and figure, changes nothing twice, and leaves what it does not mend byte for byte."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document as open_word
from docx.shared import Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core.paper.check.read import read
from fenghuo.core.paper.check.repair import repair
from fenghuo.core.paper.check.repair.bounds import said

from .files import docx, pdf, runs
from .test_noise import OTHERS, PAPER, strewn

WORDS = ["云岭镇", "森林防火", "工作责任", "隐患57处", "2026年7月8日", "GB/T 9704", "王喆", "焓值", "值班值守",
         "SX-100", "3×4米", "XX村", "89.5%", "邳州", "“安全月”", "《条例》", "（一）", "1.", "一、"]  # fmt: skip
MARKS = ["，", "。", "、", "；", "：", ",", ".", ";", ":", "(", ")", "（", "）", "（（", "））", "，，", "。。", "《",
         "\"", "“", "”", " ", "　", "  ", "\n", "\n\n", "—", "——", "……", "…", "！", "?", "[", "]", "》"]  # fmt: skip
NOISE = [
    "焋",
    " 焋 ",
    " 龘 ",
    "\u200b",
    "\ue123",
    "１２３",
    "ＡＢ",
    "⼀",
    "⻅",
    "\n点击下载文档\n",
    "锟斤拷",
    "2O26",
    "责仼",
]
PIECES = st.lists(st.sampled_from(WORDS * 3 + MARKS * 2 + NOISE), min_size=1, max_size=40).map("".join)
SOBER = st.lists(st.sampled_from(WORDS * 2 + MARKS), min_size=1, max_size=40).map("".join)


def mended(text: str) -> str:
    return repair(text.encode(), without=OTHERS).data.decode()


def readable(text: str) -> bool:
    return bool(text.strip())


@settings(max_examples=150, deadline=None)
@given(PIECES.filter(readable))
def test_a_second_repair_changes_nothing(text):
    once = repair(text.encode(), without=OTHERS)
    if not once.after.strip():
        return  # there was nothing but noise
    twice = repair(once.data, without=OTHERS)
    assert twice.data == once.data and twice.changes == ()


@settings(max_examples=150, deadline=None)
@given(SOBER.filter(readable))
def test_letters_and_digits_stay_in_their_order(text):
    assert said(mended(text)) == said(text)


@settings(max_examples=100, deadline=None)
@given(PIECES.filter(readable))
def test_what_goes_is_only_what_a_change_shows(text):
    """Undoing the changes from the last to the first gives the text back."""
    repaired = repair(text.encode(), without=OTHERS)
    assert (repaired.changes == ()) == (repaired.before == repaired.after)
    assert (repaired.diff() == "") == (repaired.before == repaired.after)
    for change in repaired.changes:
        assert change.before != change.after
        assert change.line >= 1


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16", "utf-32-le", "hz"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_ends_stay(encoding, ending):
    dirty = "一、我镇认真贯彻落实,狠抓落实。\n\n二、全镇平安，，值班到位。\n".replace("\n", ending)
    clean = "一、我镇认真贯彻落实，狠抓落实。\n\n二、全镇平安，值班到位。\n".replace("\n", ending)
    assert repair(dirty.encode(encoding), without=OTHERS).data == clean.encode(encoding)


def test_what_the_encoding_cannot_write_is_left():
    text = "關於防火的通知，請各村辦公處加強巡查，並於四月三日前回報。⼀是加強。"
    data = text.replace("⼀", "一,,").encode("big5")
    assert repair(data, without=OTHERS).data.decode("big5") == text.replace("⼀", "一，")


def test_undecodable_bytes_stay_as_they_are():
    data = "我镇认真贯彻落实,狠抓落实。".encode("gbk") * 20
    broken = data[:27] + b"\xff" + data[27:]
    repaired = repair(broken, without=OTHERS)
    assert b"\xff" in repaired.data
    assert repaired.data.count("，".encode("gbk")) > 15


def test_every_change_is_shown_with_rule_place_before_and_after():
    repaired = repair("第一行。\n我镇 焋 认真贯彻落实,狠抓落实。".encode(), without=OTHERS)
    told = [(each.rule, each.line, each.before, each.after) for each in repaired.changes]
    assert told == [("copy-protection", 2, " 焋 ", ""), ("half-width-punctuation", 2, ",", "，")]
    assert repaired.diff("a.txt").split("\n") == [
        "--- a.txt",
        "+++ a.txt",
        "@@ -1,2 +1,2 @@",
        " 第一行。",
        "-我镇 焋 认真贯彻落实,狠抓落实。",
        "+我镇认真贯彻落实，狠抓落实。",
    ]


def test_rules_that_are_left_out_mend_nothing():
    text = "我镇 焋 认真贯彻落实,狠抓落实。"
    kept = repair(text.encode(), without=[*OTHERS, "half-width-punctuation"]).data.decode()
    assert kept == "我镇认真贯彻落实,狠抓落实。"
    with pytest.raises(ValueError, match="no-such-rule"):
        repair(text.encode(), without=["no-such-rule"])


def word(*paragraphs: tuple[str, ...]) -> bytes:
    """A .docx by another program, each run of a paragraph with a look of its own."""
    made = open_word()
    for texts in paragraphs:
        paragraph = made.add_paragraph()
        for number, text in enumerate(texts):
            run = paragraph.add_run(text)
            run.bold, run.font.size = bool(number % 2), Pt(16 + number)
            run.font.color.rgb = RGBColor(number * 40, 0, 0)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def looks(data: bytes) -> list[list[tuple[str, bool, float]]]:
    made = open_word(io.BytesIO(data))
    return [
        [(run.text, run.bold, run.font.size.pt) for run in each.runs if run.text] for each in made.paragraphs
    ]


def test_a_docx_is_mended_in_its_runs_and_keeps_their_look():
    dirty = word(("全镇 ", "焋", " 森林防火"), ("认真贯彻落实,", "狠抓落实。"), ("文字，", "，没有变化。"))
    repaired = repair(dirty, "a.docx", without=OTHERS)
    assert looks(repaired.data) == [
        [("全镇", False, 16), ("森林防火", False, 18)],
        [("认真贯彻落实，", False, 16), ("狠抓落实。", True, 17)],
        [("文字，", False, 16), ("没有变化。", True, 17)],
    ]
    assert repair(repaired.data, "a.docx", without=OTHERS).data == repaired.data


def test_only_the_text_part_of_a_docx_is_written_anew():
    dirty = word(("认真贯彻落实,狠抓落实。",))
    with zipfile.ZipFile(io.BytesIO(dirty)) as old:
        before = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(io.BytesIO(repair(dirty, without=OTHERS).data)) as new:
        after = {name: new.read(name) for name in new.namelist()}
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]


def test_a_broken_sentence_in_a_docx_becomes_one_paragraph():
    dirty = docx(
        runs("今年以来，我镇认真贯彻落实上级关于森林防", properties='<w:jc w:val="both"/>')
        + runs("火工作部署，狠抓责任落实，全年平安。")
        + "<w:p><w:r><w:t>今年以来，我镇认真贯彻落实上级关于森林防</w:t><w:br/>"
        + "<w:t>火工作部署，狠抓责任落实。</w:t></w:r></w:p>"
    )
    document = read(repair(dirty, without=OTHERS).data)
    assert document.text == (
        "今年以来，我镇认真贯彻落实上级关于森林防火工作部署，狠抓责任落实，全年平安。\n"
        "今年以来，我镇认真贯彻落实上级关于森林防火工作部署，狠抓责任落实。"
    )


def test_a_site_s_line_goes_with_its_paragraph_and_cells_are_never_joined():
    dirty = docx(
        runs("全镇平安。")
        + runs("点击下载文档")
        + "<w:tbl><w:tr><w:tc>"
        + runs("推荐访问：总结")
        + "</w:tc><w:tc>"
        + runs("户数")
        + "</w:tc></w:tr></w:tbl>"
    )
    repaired = repair(dirty, without=OTHERS)
    assert read(repaired.data).text.split("\n")[0] == "全镇平安。"
    assert "下载" not in read(repaired.data).text
    assert repaired.data.count(b"PK\x03\x04") == dirty.count(b"PK\x03\x04")
    assert [each.cell for each in read(repaired.data).paragraphs].count(True) == 2


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=3), min_size=1, max_size=4))
def test_the_same_holds_for_docx(paragraphs):
    def escaped(text: str) -> str:
        kept = "".join(each for each in text if each >= " " and not 0xFFFE <= ord(each) <= 0xFFFF)
        return kept.replace("&", "&amp;").replace("<", "&lt;")

    body = "".join(runs(*map(escaped, texts)) for texts in paragraphs)
    data = docx(body)
    if not read_or_empty(data):
        return
    once = repair(data, without=OTHERS)
    if not once.after.strip():
        return
    twice = repair(once.data, without=OTHERS)
    assert twice.data == once.data
    assert read(once.data).text == once.after


def read_or_empty(data: bytes) -> str:
    from fenghuo.core.paper.check.read import Unreadable

    try:
        return read(data).text.strip()
    except Unreadable:
        return ""


def test_a_pdf_comes_back_as_text_or_as_docx_and_a_clean_one_as_it_was():
    clean = pdf([(112, 700, "全镇平安。")])
    assert repair(clean, "a.pdf", without=OTHERS).data == clean
    dirty = pdf([(112, 700, "认真贯彻落实,狠抓落实。"), (112, 672, "全镇平安。")])
    as_text = repair(dirty, "a.pdf", without=OTHERS)
    assert (as_text.suffix, as_text.data.decode()) == (".txt", "认真贯彻落实，狠抓落实。\n全镇平安。")
    as_word = repair(dirty, "a.pdf", without=OTHERS, into=".docx")
    assert as_word.suffix == ".docx"
    assert read(as_word.data).text == "认真贯彻落实，狠抓落实。\n全镇平安。"
    for once in (as_text, as_word):
        assert repair(once.data, without=OTHERS).data == once.data


def test_a_strewn_docx_comes_back_clean():
    text, _ = strewn("焋龘叕巭嫑烎槑囧", " {} ", 2)
    repaired = repair(docx("".join(map(runs, text.rstrip("\n").split("\n")))), without=OTHERS)
    assert read(repaired.data).text == PAPER.rstrip("\n")
