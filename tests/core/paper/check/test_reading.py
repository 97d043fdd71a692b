"""What the checker reads out of files: text in any encoding of Chinese, .docx as its reader sees it, PDF."""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from fenghuo.core.paper.check.read import LARGEST, Unreadable, read

from .files import docx, pdf, runs

SAID = "云岭镇人民政府关于加强森林防火工作的通知\n各村民委员会：\n4月3日至5日，全镇火险等级为四级。\n"
SAID_IN_TAIWAN = "關於加強山林防火工作的通知\n各村辦公處：\n四月三日至五日，風勢強勁，請加強巡查。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gbk", "gb18030", "gb2312", "hz"]
)
def test_text_is_read_in_every_encoding_of_simplified_chinese(encoding):
    document = read(SAID.encode(encoding), "notice.txt")
    assert document.text == SAID
    assert document.form == "txt" and document.encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_read_too(encoding):
    assert read(SAID.encode(encoding)).text == SAID


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "utf-8", "gb18030"])
def test_traditional_text_is_not_taken_for_another_encoding(encoding):
    assert read(SAID_IN_TAIWAN.encode(encoding)).text == SAID_IN_TAIWAN


def test_a_mark_decides_and_is_no_part_of_the_text():
    assert read(codecs.BOM_UTF8 + SAID.encode()).text == SAID
    assert read(b"\x84\x31\x95\x33" + SAID.encode("gb18030")).text == SAID


def test_line_ends_count_as_one_character_and_lines_as_paragraphs():
    document = read(SAID.replace("\n", "\r\n").encode("gbk"))
    assert document.text == SAID
    assert [document.said(each) for each in document.paragraphs] == SAID.split("\n")
    assert document.line(document.text.index("全镇")) == 3


def test_a_few_lost_bytes_do_not_hide_a_paper():
    data = SAID.encode("gbk") * 10
    document = read(data[:81] + b"\xff" + data[81:])
    assert document.text.count("\ufffd") <= 2
    assert document.text.count("森林防火") >= 9


# Text long enough to tell by; what fewer characters mean in which encoding cannot be known.
COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们森林防火值班镇村检查，。：、0123456789\n"
CHINESE = st.text(st.sampled_from(COMMON), min_size=40, max_size=200).filter(
    lambda text: sum(each > "\u4e00" for each in text) > 20
)


@given(CHINESE, st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-32-le"]))
def test_any_plain_text_comes_back_from_any_encoding(text, encoding):
    assert read(text.encode(encoding)).text == text


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_or_refused_in_words(data):
    try:
        document = read(data)
    except Unreadable as refused:
        assert refused.message.zh and refused.message.en and refused.fix.zh and refused.fix.en
    else:
        assert document.text == "\n".join(document.said(each) for each in document.paragraphs)


def test_docx_text_is_what_the_reader_sees():
    body = (
        runs("关于森林", "防火的通知")
        + '<w:p><w:ins w:id="1" w:author="a"><w:r><w:t>新增</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>删去</w:delText></w:r></w:del>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第3页</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        "<w:p><w:r><w:t>上一行</w:t><w:br/><w:t>下一行</w:t><w:tab/><w:t>栏</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc>" + runs("村名") + "</w:tc><w:tc>" + runs("户数") + "</w:tc></w:tr></w:tbl>"
        "<w:sdt><w:sdtContent>" + runs("内容控件") + "</w:sdtContent></w:sdt>"
    )
    document = read(docx(body))
    assert document.text == "关于森林防火的通知\n新增第3页\n上一行\n下一行\t栏\n村名\n户数\n内容控件"
    assert [each.cell for each in document.paragraphs] == [False] * 4 + [True] * 2 + [False]
    assert [each.continues for each in document.paragraphs].index(True) == 3


def test_text_boxes_are_read_once_after_their_paragraph():
    box = "<w:txbxContent>" + runs("框内文字") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        + box
        + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        + box
        + "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + runs("后文")
    )
    assert read(docx(body)).text == "正文\n框内文字\n后文"


def test_automatic_numbers_are_counted_as_word_counts_them():
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(
            [
                ("chineseCounting", "%1、"),
                ("chineseCounting", "（%2）"),
                ("decimal", "%3."),
                ("decimal", "（%4）"),
            ]
        )
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )

    def level(at: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="3"/></w:numPr>'

    order = [0, 1, 1, 2, 2, 3, 0, 1, 2]
    document = read(docx("".join(runs("内容", properties=level(at)) for at in order), numbering))
    told = [each.number for each in document.paragraphs]
    assert told == ["一、", "（一）", "（二）", "1.", "2.", "（1）", "二、", "（一）", "1."]


@pytest.mark.parametrize(
    ("number", "form", "told"),
    [
        (11, "chineseCounting", "十一"),
        (20, "chineseCounting", "二十"),
        (103, "chineseCountingThousand", "一百〇三"),
        (4, "decimalEnclosedCircle", "④"),
        (9, "upperRoman", "IX"),
        (28, "lowerLetter", "bb"),
        (3, "ideographTraditional", "丙"),
        (7, "decimalZero", "07"),
    ],
)
def test_numbers_are_written_in_their_format(number, form, told):
    """ECMA-376 part 1, 17.18.59 (ST_NumberFormat)."""
    from fenghuo.core.paper.check.read.numbering import written

    assert written(number, form) == told


def test_lines_of_a_pdf_are_joined_where_the_page_shows_one_paragraph():
    left, indent, full = 80, 112, "今年以来我镇认真贯彻落实上级关于森林防火工作的部署要求压实"
    assert len(full) == 29
    data = pdf(
        [
            (200, 760, "关于森林防火的报告"),
            (indent, 700, full[:-2]),
            (left, 672, "责任严格管控全镇未发生火灾。"),
            (indent, 644, full[:-2]),
            (290, 60, "— 1 —"),
        ],
        [(left, 760, "各项措施。"), (indent, 732, "特此报告。")],
    )
    document = read(data, "report.pdf")
    assert document.text.split("\n") == [
        "关于森林防火的报告",
        full[:-2] + "责任严格管控全镇未发生火灾。",
        full[:-2] + "各项措施。",
        "特此报告。",
    ]
    assert [each.page for each in document.paragraphs] == [1, 1, 1, 2]


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, "paper")
    assert caught.value.message.zh and caught.value.fix.zh
    return caught.value.rule


def _locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([(80, 700, "内容")]))))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_what_is_no_paper_is_refused_with_its_reason():
    assert refused(b"") == "file-empty"
    assert refused(b" \r\n ") == "file-empty"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "file-kind"
    assert (
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")) == "file-locked"
    )
    assert refused(b"{\\rtf1 text}") == "file-kind"
    assert refused(b"\x89PNG\r\n\x1a\n" + bytes(50)) == "file-kind"
    assert refused(bytes(5000)) == "text-encoding"
    assert refused(bytes(range(256)) * 20) == "text-encoding"
    assert refused(b"x" * (LARGEST + 1)) == "file-too-large"


def test_damaged_and_locked_files_are_refused():
    whole = docx(runs("内容"))
    assert refused(whole[: len(whole) // 2]) == "docx-damaged"
    assert refused(docx("<w:p>")) == "docx-damaged"
    assert refused(docx("")) == "file-empty"
    assert refused(pdf([(80, 700, "内容")])[:60]) == "pdf-damaged"
    assert refused(_locked_pdf()) == "file-locked"
    assert refused(pdf([])) == "pdf-scanned"
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refused(sheet.getvalue()) == "file-kind"


def test_a_file_that_unpacks_without_end_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(60 * 1024 * 1024))
    assert len(bomb.getvalue()) < 100_000
    assert refused(bomb.getvalue()) == "file-unpacks-too-large"
    stream = zlib.compress(b" " * (100 * 1024 * 1024), 9)
    page = pdf([(80, 700, "内容")])
    start, end = page.index(b"stream\n"), page.index(b"\nendstream")
    filled = page[:start].replace(
        b"<< /Length " + str(end - start - 7).encode(),
        b"<< /Filter /FlateDecode /Length " + str(len(stream)).encode(),
    )
    assert refused(filled + b"stream\n" + stream + page[end:]) in ("pdf-damaged", "file-unpacks-too-large")


def test_entities_are_not_expanded():
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    whole = docx(runs("内容"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, laughs + text if name == "word/document.xml" else text)
    assert refused(out.getvalue()) == "docx-damaged"
