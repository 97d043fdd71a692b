"""`fenghuo check --archive`: a folder of papers is indexed once, brought up to date, and what was copied is named."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fenghuo.desk.site.command_line import check

SENTENCE = (
    "镇森林防火指挥部组织三支巡护队分片包干，在清明、五一等重点时段对{}条进山路口逐一设卡登记，"
    "累计劝返携带火种人员{}人次，制止林缘违规用火{}起，未发生森林火灾。"
)


def copied(paper: Path, archive: Path) -> list[str]:
    group = click.Group()
    check.join(group)
    asked = ["check", str(paper), "--archive", str(archive), "--format", "json"]
    result = CliRunner().invoke(group, asked, env={"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en.UTF-8"})
    assert result.exit_code in (0, 1), result.output
    found = json.loads(result.stdout)["findings"]
    return [
        Path(each["elsewhere"][0]["paper"]).name for each in found if each["rule"].startswith("copied-else")
    ]


@pytest.fixture
def archive(tmp_path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "2024.txt").write_text(SENTENCE.format(14, 236, 9), encoding="gb18030")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 no paper")
    return folder


def test_what_was_copied_from_the_folder_is_named_and_follows_its_changes(tmp_path, archive):
    paper = tmp_path / "2026.txt"
    paper.write_text(SENTENCE.format(16, 251, 7), encoding="utf-8")
    assert copied(paper, archive) == ["2024.txt"]
    (archive / "2024.txt").rename(archive / "2025.txt")
    assert copied(paper, archive) == ["2025.txt"]
    (archive / "2025.txt").unlink()
    assert copied(paper, archive) == []


def test_an_index_that_is_no_index_is_refused_in_words(tmp_path, archive):
    (archive / "papers.archive").write_bytes(b"something else")
    group = click.Group()
    check.join(group)
    result = CliRunner().invoke(group, ["check", str(archive / "2024.txt"), "--archive", str(archive)])
    assert result.exit_code == 2 and "Delete the file and index the papers again" in result.output
