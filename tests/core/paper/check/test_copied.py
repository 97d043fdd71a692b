"""Copied paragraphs: found in the paper and the archive, shown with where they differ; what is everybody's is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core.paper.check.archive import Archive
from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.finding import Finding
from fenghuo.core.paper.check.likeness import ALIKE, difference, likeness, plain, shingles, telling
from fenghuo.core.paper.check.rules.copied import check
from tests.core.paper.corpus.paper import papers

FIRST = (
    "（一）把整改盯到销号。对391处隐患逐条确定责任人和期限，整改后由另一名检查员复查签字。"
    "对逾期未改的9家单位下达督办通知。"
)
AGAIN = FIRST.replace("（一）", "（二）").replace("391", "402").replace("9家", "7家")
BETWEEN = "全镇建立微型消防站四个，配备队员和手抬泵，与县消防救援站建立联勤联训机制。"


def found(text: str, archive: Archive | None = None, name: str = "本文") -> list[Finding]:
    return list(check(from_text(text, name), archive))


def test_a_paragraph_that_stands_twice_is_shown_with_the_other_place():
    text = f"总结\n{FIRST}\n{BETWEEN}\n　　{FIRST}"
    (finding,) = found(text)
    assert finding.rule == "copied-twice"
    assert text[finding.span.start : finding.span.end] == FIRST
    assert finding.span.start > text.index(BETWEEN)
    (place,) = finding.elsewhere
    assert (place.paper, place.text) == ("", FIRST)
    assert text[place.span.start : place.span.end] == FIRST
    assert "第2行" in finding.message.zh


def test_exchanged_figures_are_told_apart_and_named():
    (finding,) = found(f"总结\n{FIRST}\n{AGAIN}")
    assert finding.rule == "copied-twice-exchanged"
    assert "391 → 402" in finding.message.zh
    assert "9 → 7" in finding.message.en


def test_the_difference_of_two_paragraphs_marks_whole_figures_and_names():
    pieces = difference("青石镇检查企业128家，整改率96.2%。", "柳河镇检查企业129家，整改率91%。")
    assert [(piece.op, piece.here, piece.there) for piece in pieces] == [
        ("changed", "青石", "柳河"),
        ("same", "镇检查企业", "镇检查企业"),
        ("changed", "128", "129"),
        ("same", "家，整改率", "家，整改率"),
        ("changed", "96.2%", "91%"),
        ("same", "。", "。"),
    ]
    assert [(piece.op, piece.there) for piece in difference("检查", "检查完毕")][-1] == ("added", "完毕")


def test_a_paragraph_of_another_paper_is_shown_with_its_paper(tmp_path):
    archive = Archive.open(tmp_path)
    archive.add(from_text(f"去年总结\n{FIRST}", "2025年总结"))
    (word,) = found(f"总结\n{BETWEEN}\n{FIRST}", archive)
    assert (word.rule, word.elsewhere[0].paper) == ("copied-elsewhere", "2025年总结")
    (exchanged,) = found(f"总结\n{BETWEEN}\n{AGAIN}", archive)
    assert exchanged.rule == "copied-elsewhere-exchanged"
    assert exchanged.elsewhere[0].text == FIRST
    assert "2025年总结" in exchanged.message.zh


def test_a_paper_in_the_archive_is_not_its_own_copy(tmp_path):
    archive = Archive.open(tmp_path)
    archive.add_all(from_text(paper.text, paper.name) for paper in papers())
    for paper in papers():
        assert found(paper.text, archive, paper.name) == []


@pytest.mark.parametrize(
    "everybodys",
    [
        "各村民委员会、社区居民委员会，镇属各有关单位，辖区各生产经营单位，县级驻镇各单位：",
        "特此通知。",
        "妥否，请批示。",
        "二、进一步压实安全生产责任",
        "根据《中华人民共和国消防法》第十六条第一款、《中华人民共和国安全生产法》第二十一条、"
        "《机关、团体、企业、事业单位消防安全管理规定》第六条规定，现通知如下。",
        "《中华人民共和国突发事件应对法》规定：“任何单位和个人不得迟报、谎报、瞒报、漏报有关突发事件的信息，"
        "不得授意他人迟报、谎报、瞒报，不得阻碍他人报告。”",
    ],
)
def test_what_is_everybodys_is_never_a_copy(everybodys):
    assert not telling(everybodys)
    assert found(f"通知\n{everybodys}\n{BETWEEN}\n{everybodys}") == []


def test_paragraphs_of_one_kind_about_different_things_are_no_copies():
    text = (
        "方案\n"
        "1.居住区。对11个老旧小区逐栋检查，清理楼道杂物26车，疏通消防车通道8条，拆除影响逃生的防盗网17处。\n"
        "2.电动自行车。新建集中充电棚7个、充电插座168个，劝阻入户充电430余次，回收废旧电池52组。\n"
        "3.经营场所。对九小场所建档612家，上半年检查503家，发现并督促整改问题287处，约谈业主9人。"
    )
    assert found(text) == []


@pytest.mark.parametrize("length", [24, 28])
def test_a_copy_broken_into_lines_is_found_whole(tmp_path, length):
    archive = Archive.open(tmp_path)
    archive.add(from_text(f"去年总结\n{FIRST}", "2025年总结"))
    broken = "\n".join(AGAIN[at : at + length] for at in range(0, len(AGAIN), length))
    text = f"关于报送工作情况的总结\n一、主要做法\n{broken}\n{BETWEEN}"
    (finding,) = found(text, archive)
    assert text[finding.span.start : finding.span.end] == broken
    assert finding.elsewhere[0].text == FIRST


PIECES = st.sampled_from(
    [
        "检查消防通道是否畅通，",
        "值班人员按时到岗，",
        "物资入库登记造册，",
        "逐户发放明白卡。",
        "转移路线标识清楚，",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PIECES, min_size=5, max_size=9).map("".join), min_size=2, max_size=8))
def test_a_paragraph_is_reported_where_an_earlier_one_is_as_like_as_that(said):
    lines = [line for each in said if telling(line := f"{each}完。")]
    sets = [shingles(plain(line)) for line in lines]
    alike = {n for n in range(len(sets)) if any(likeness(sets[m], sets[n]) >= ALIKE for m in range(n))}
    document = from_text("\n".join(lines))
    assert {document.line(finding.span.start) - 1 for finding in check(document)} == alike
