"""The archive: what was added is found, what changed is read again, and a crash leaves a whole file."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core.paper.check import archive as module
from fenghuo.core.paper.check.archive import Archive, ArchiveError
from fenghuo.core.paper.check.document import Document, from_text
from fenghuo.core.paper.check.likeness import (
    ALIKE,
    difference,
    likeness,
    pairs,
    plain,
    shingles,
    sketches,
    telling,
)
from tests.core.paper.corpus.paper import papers

COPIED = (
    "（一）把检查做在平时。推行村级日查、站所周查、镇级月查的三级检查制度，检查记录用手机上传，"
    "照片、位置、时间三项齐全方为有效。"
)
EXCHANGED = COPIED.replace("（一）", "（三）").replace("手机", "电脑").replace("位置", "地点")
OTHER = "在乡镇驻地设置临时安置点九处，所需被褥、饮用水、照明设备在汛前储备到位，夜间转移须安排专人引导，人数逐户清点。"


def paper(name: str, *paragraphs: str) -> Document:
    return from_text("\n".join(("关于安全工作的通知", *paragraphs)), name)


def read(file: Path) -> Document:
    return from_text(file.read_text(encoding="utf-8"), file.name)


def test_a_paragraph_is_found_with_its_paper_and_place(tmp_path):
    archive = Archive.open(tmp_path)
    archive.add(paper("一号文", OTHER, COPIED))
    for kept in (archive, _saved(archive, tmp_path)):
        (match,) = kept.find(EXCHANGED)
        assert match.paper == "一号文"
        assert match.text == COPIED
        source = paper("一号文", OTHER, COPIED)
        assert source.text[match.span.start : match.span.end] == COPIED
        assert ALIKE <= match.likeness < 1


def _saved(archive: Archive, folder: Path) -> Archive:
    archive.save()
    return Archive.open(folder)


def test_a_paper_is_not_its_own_copy_by_name_or_by_text(tmp_path):
    archive = Archive.open(tmp_path)
    archive.add_all([paper("甲", COPIED)])
    assert archive.find(COPIED, paper("甲", OTHER, COPIED)) == []
    assert archive.find(COPIED, paper("乙", COPIED)) == []
    assert [match.paper for match in archive.find(COPIED, paper("乙", OTHER, COPIED))] == ["甲"]


def test_a_paper_added_again_replaces_the_old_one(tmp_path):
    with Archive.open(tmp_path) as archive:
        archive.add(paper("甲", COPIED))
    with Archive.open(tmp_path) as archive:
        archive.add(paper("甲", OTHER))
        assert archive.find(COPIED) == []
    archive = Archive.open(tmp_path)
    assert len(archive) == 1
    assert archive.find(COPIED) == []
    assert len(archive.find(OTHER)) == 1


def test_a_removed_paper_is_forgotten_at_once_and_for_good(tmp_path):
    with Archive.open(tmp_path) as archive:
        archive.add(paper("甲", COPIED))
        archive.add(paper("乙", COPIED))
    archive = Archive.open(tmp_path)
    archive.remove("甲")
    assert [match.paper for match in archive.find(COPIED)] == ["乙"]
    archive = _saved(archive, tmp_path)
    assert [match.paper for match in archive.find(COPIED)] == ["乙"]
    assert "甲" not in archive


def test_only_changed_files_are_read_again(tmp_path):
    files = [tmp_path / f"{n}.txt" for n in range(4)]
    for n, file in enumerate(files):
        file.write_text(f"标题\n{papers()[n].text}", encoding="utf-8")
    seen: list[str] = []

    def reading(file: Path) -> Document:
        seen.append(file.name)
        return read(file)

    archive = Archive.open(tmp_path / "index")
    changes = archive.update(files, reading)
    assert [Path(name).name for name in changes.added] == ["0.txt", "1.txt", "2.txt", "3.txt"]

    seen.clear()
    files[2].write_text(f"标题\n{COPIED}", encoding="utf-8")
    os.utime(files[3], ns=(1, 1))  # touched, not changed
    told: list[Path] = []
    changes = Archive.open(tmp_path / "index").update(files, reading, told.append)
    assert seen == ["2.txt", "3.txt"]
    assert [Path(name).name for name in changes.changed] == ["2.txt"]
    assert len(changes.unchanged) == 3
    assert told == files
    seen.clear()
    archive = Archive.open(tmp_path / "index")
    archive.update(files, reading)
    assert seen == []
    assert [match.paper for match in archive.find(COPIED)] == [str(files[2])]


def test_a_draft_is_not_a_copy_of_the_file_it_was_before(tmp_path, monkeypatch):
    file = tmp_path / "draft.txt"
    file.write_text(COPIED, encoding="utf-8")
    archive = Archive.open(tmp_path / "index")
    archive.update([file], read)
    monkeypatch.chdir(tmp_path)
    assert archive.find(COPIED, paper("draft.txt", OTHER, COPIED)) == []
    assert len(archive.find(COPIED, paper("another.txt", OTHER, COPIED))) == 1


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_taken(tmp_path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(COPIED, encoding="utf-8")
    bad.write_bytes(b"\xff\xfe\x00")
    archive = Archive.open(tmp_path / "index")
    changes = archive.update([bad, tmp_path / "missing.txt", good], read)
    assert [Path(name).name for name, _ in changes.unreadable] == ["bad.txt", "missing.txt"]
    assert all(reason for _, reason in changes.unreadable)
    assert len(archive) == 1


def test_a_crash_while_saving_leaves_the_old_archive(tmp_path, monkeypatch):
    with Archive.open(tmp_path) as archive:
        archive.add(paper("甲", COPIED))
    before = (tmp_path / module.FILE).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    archive = Archive.open(tmp_path)
    archive.add(paper("乙", OTHER))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        archive.save()
    assert [file.name for file in tmp_path.iterdir()] == [module.FILE]
    assert (tmp_path / module.FILE).read_bytes() == before
    monkeypatch.undo()
    # What was added is not lost either: the same archive saves once there is room.
    assert len(archive.find(COPIED)) == len(archive.find(OTHER)) == 1
    archive = _saved(archive, tmp_path)
    assert len(archive.find(COPIED)) == len(archive.find(OTHER)) == 1


@pytest.mark.parametrize("cut", [10, 30, 200, -1])
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path, cut):
    with Archive.open(tmp_path) as archive:
        archive.add(paper("甲", COPIED))
    file = tmp_path / module.FILE
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(ArchiveError, match="Delete the file and index the papers again"):
        Archive.open(tmp_path)


def test_an_archive_that_another_program_changed_is_not_overwritten(tmp_path):
    with Archive.open(tmp_path) as archive:
        archive.add(paper("甲", COPIED))
    mine, theirs = Archive.open(tmp_path), Archive.open(tmp_path)
    theirs.add(paper("乙", OTHER))
    theirs.save()
    mine.add(paper("丙", OTHER))
    with pytest.raises(ArchiveError, match="Open it again"):
        mine.save()
    assert "乙" in Archive.open(tmp_path)


def test_an_empty_archive_finds_nothing_and_can_be_saved(tmp_path):
    archive = Archive.open(tmp_path)
    assert archive.find(COPIED) == []
    archive = _saved(archive, tmp_path)
    assert len(archive) == 0
    assert archive.find(COPIED) == []


def test_every_pair_that_comparing_all_with_all_finds_is_found(tmp_path):
    """At the threshold of 0.6 forty bands of four miss four pairs in a thousand at most; here none."""
    from random import Random

    from tests.core.paper.corpus.injectors import Setting, copied

    chance = Random(3)
    texts = [line.said for each in papers() for line in each.body if telling(line.said)]
    texts += [copied.adapted(said, Setting(papers()[0], chance, "first")) for said in texts[::2]]
    texts = [said for said in texts if telling(said)]
    archive = Archive.open(tmp_path)
    archive.add_all(from_text(said, str(n)) for n, said in enumerate(texts))
    sets = [shingles(plain(said)) for said in texts]
    pairs = {(a, b) for a in range(len(sets)) for b in range(a) if likeness(sets[a], sets[b]) >= ALIKE}
    found = {
        tuple(sorted((n, int(match.paper)), reverse=True))
        for n, said in enumerate(texts)
        for match in archive.find(said, from_text(said, str(n)))
    }
    # Twins of one text are the same paper by their words, and are no copies of each other.
    assert found >= {(a, b) for a, b in pairs if texts[a] != texts[b]}
    assert found <= pairs
    assert len(pairs) > 80


@settings(max_examples=40, deadline=None)
@given(
    st.sets(st.integers(0, 400), min_size=40, max_size=200),
    st.sets(st.integers(0, 400), min_size=40, max_size=200),
)
def test_sketches_estimate_the_jaccard_index(one, other):
    forms = ["".join(map(chr, sorted(0x4E00 + n for n in each))) for each in (one, other)]
    a, b = sketches(forms)
    # Six standard errors of a share of 160.
    assert abs((a == b).mean() - likeness(*map(shingles, forms))) < 0.24


@given(st.lists(st.text("一二三四", max_size=6), min_size=1, max_size=6))
def test_pairs_of_many_forms_are_the_pairs_of_each(forms):
    hashes, offsets = pairs(forms)
    each = [pairs([form])[0].tolist() for form in forms]
    assert [hashes[a:b].tolist() for a, b in pairwise(offsets)] == each
    assert [len(found) for found in each] == [max(len(form) - 1, 0) for form in forms]


@given(st.text("检查隐患12处，。（）A b", max_size=60), st.text("检查隐患12处，。（）A b", max_size=60))
def test_the_pieces_of_a_difference_join_to_both_texts(here, there):
    pieces = difference(here, there)
    assert "".join(piece.here for piece in pieces) == here
    assert "".join(piece.there for piece in pieces) == there
    assert all((piece.op == "same") == (piece.here == piece.there) for piece in pieces)
