"""`fenghuo check`: what a person and a script get from checking papers at the command line."""

import json
import subprocess
import sys
from pathlib import Path

import click
import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from fenghuo.core.paper.check.checking import check as check_document
from fenghuo.core.paper.check.read import read
from fenghuo.core.paper.check.rulebook import FAMILIES, rules
from fenghuo.desk.site.command_line import check

from .test_cap_command import SARIF

ONLY = [part for family in FAMILIES if family not in ("left_open", "noise") for part in ("--without", family)]
BAD = "关于XX的通知\n各村：\n全镇 焋 森林防火工作认真贯彻落实,狠抓落实。\n"
MENDED = "关于XX的通知\n各村：\n全镇森林防火工作认真贯彻落实，狠抓落实。\n"
GOOD = "关于森林防火的通知\n各村：\n全镇森林防火工作认真贯彻落实，狠抓落实。\n"


def fenghuo(*arguments: object, language: str = "en", given: bytes | None = None) -> Result:
    group = click.Group()
    check.join(group)
    environment = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": f"{language}.UTF-8"}
    return CliRunner().invoke(group, ["check", *map(str, arguments)], input=given, env=environment)


def told(*arguments: object, **more: object) -> dict:
    return json.loads(fenghuo(*arguments, *ONLY, "--format", "json", **more).output)


@pytest.fixture
def papers(tmp_path) -> Path:
    (tmp_path / "in/deep").mkdir(parents=True)
    (tmp_path / "in/bad.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "in/deep/good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "in/notes.md").write_text("XX", encoding="utf-8")
    (tmp_path / "in/bad.mended.txt").write_text(BAD, encoding="utf-8")
    return tmp_path / "in"


def test_the_exit_status_tells_clean_from_faulty_from_unreadable(papers, tmp_path):
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 not an archive")
    assert fenghuo(papers / "deep/good.txt", *ONLY).exit_code == 0
    assert fenghuo(papers / "bad.txt", *ONLY).exit_code == 1
    assert fenghuo(tmp_path / "broken.docx").exit_code == 2
    assert fenghuo(tmp_path / "nothing.txt").exit_code == 2
    assert fenghuo(papers, tmp_path / "broken.docx", *ONLY).exit_code == 2
    assert fenghuo().exit_code == 2
    assert fenghuo(papers, "--without", "no-such-rule").exit_code == 2
    assert fenghuo("https://example.org/a.docx").exit_code == 2


def test_warnings_alone_are_no_failure(tmp_path):
    (tmp_path / "a.txt").write_text("全镇认真贯彻落实,狠抓落实。", encoding="utf-8")
    assert fenghuo(tmp_path / "a.txt", *ONLY).exit_code == 0


def test_every_fault_is_told_with_its_place_and_what_to_do(papers):
    lines = fenghuo(papers / "bad.txt", *ONLY).output.splitlines()
    assert lines[0].startswith(f"{papers / 'bad.txt'}:1:3: error: “XX” still stands here")
    assert lines[1] == "    关于⟦XX⟧的通知"
    assert f"{papers / 'bad.txt'}:3:3: error:" in "\n".join(lines)
    assert lines[-1] == "1 document, 2 errors, 1 warning, 0 notes."


def test_the_findings_speak_the_language_of_the_terminal(papers):
    output = fenghuo(papers / "bad.txt", *ONLY, language="zh_CN").output
    assert "错误: 此处仍是“XX”" in output and output.rstrip().endswith(
        "1 份文档，2 个错误，1 个警告，0 条提示。"
    )


def test_what_a_paper_does_throughout_is_said_once_in_a_few_lines(tmp_path):
    paper = tmp_path / "list.txt"
    paper.write_text("".join(f"{n}、巡护记录按月归档备查。\n" for n in range(1, 21)), encoding="utf-8")
    said = fenghuo(paper).output
    assert said.count("[number-comma]") == 1 and said.count("↔") == 7 and "and 13 more" in said
    (found,) = json.loads(fenghuo(paper, "--format", "json").output)["findings"]
    assert len(found["elsewhere"]) == 19


def test_a_script_is_told_where_in_the_text_each_finding_stands(papers):
    findings = told(papers / "bad.txt")["findings"]
    assert [each["rule"] for each in findings] == ["placeholder", "copy-protection", "half-width-punctuation"]
    for found in findings:
        assert set(found) == {"rule", "severity", "place", "message", "fix"}
        place = found["place"]
        assert set(place) == {"file", "line", "start", "end", "text"}
        assert place["file"] == str(papers / "bad.txt")
        assert BAD[place["start"] : place["end"]] == place["text"]
        assert BAD[: place["start"]].count("\n") + 1 == place["line"]


def test_an_unreadable_file_is_a_finding_too(tmp_path):
    (tmp_path / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    answer = told(tmp_path / "old.docx")
    (finding,) = answer["findings"]
    assert (finding["rule"], finding["severity"]) == ("file-kind", "error")
    assert ".docx" in finding["fix"] and not answer["documents"][0]["readable"]


def test_standard_input_is_a_paper_too():
    result = fenghuo("-", *ONLY, given=BAD.encode("gb18030"))
    assert result.exit_code == 1 and "-:1:3: error" in result.output


def test_a_folder_is_searched_and_mended_copies_in_it_are_not(papers):
    assert [each["file"] for each in told(papers)["documents"]] == [
        str(papers / "bad.txt"),
        str(papers / "deep/good.txt"),
    ]


def test_rules_and_families_are_left_out(papers):
    def left(*without: str) -> set[str]:
        options = [part for name in without for part in ("--without", name)]
        return {each["rule"] for each in told(papers / "bad.txt", *options)["findings"]}

    assert left("noise") == {"placeholder"}
    assert left("left_open", "copy-protection") == {"half-width-punctuation"}


def test_repair_writes_the_copy_and_shows_every_change(papers, tmp_path):
    out = tmp_path / "out.txt"
    result = fenghuo(papers / "bad.txt", "--repair", out, *ONLY)
    assert result.exit_code == 1
    assert out.read_text(encoding="utf-8") == MENDED
    assert (papers / "bad.txt").read_text(encoding="utf-8") == BAD
    assert "-全镇 焋 森林防火" in result.output and "+全镇森林防火" in result.output
    again = told(out, "--repair", tmp_path / "again.txt")
    assert again["documents"][0]["mended"]["changes"] == []
    assert (tmp_path / "again.txt").read_bytes() == out.read_bytes()


def test_repaired_copies_of_a_folder_keep_its_shape_and_clean_ones_their_bytes(papers, tmp_path):
    answer = told(papers, "--repair", tmp_path / "out")
    assert (tmp_path / "out/bad.txt").read_text(encoding="utf-8") == MENDED
    assert (tmp_path / "out/deep/good.txt").read_bytes() == (papers / "deep/good.txt").read_bytes()
    changes = answer["documents"][0]["mended"]["changes"]
    assert [set(each) for each in changes] == [{"rule", "line", "before", "after"}] * 2


def test_rules_are_listed_with_their_reasons_in_both_languages():
    listed = fenghuo("--rules").output
    for name, rule in rules().items():
        assert f"{name} [{rule.level}" in listed
        assert f"    {rule.title.en} · {rule.title.zh}\n" in listed
    entries = json.loads(fenghuo("--rules", "--format", "json").output)["rules"]
    assert [each["id"] for each in entries] == list(rules())
    for each in entries:
        for part in ("title", "why", "message", "fix"):
            assert each[part]["en"] and each[part]["zh"]


def test_sarif_is_of_its_schema_and_points_at_rule_line_and_file(papers, tmp_path):
    (tmp_path / "含 空格.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    names = (papers, tmp_path / "含 空格.txt", tmp_path / "broken.pdf")
    log = json.loads(fenghuo(*names, *ONLY, "--format", "sarif", language="zh_CN").output)
    schema = json.loads(json.dumps(SARIF))
    region = schema["properties"]["runs"]["items"]["properties"]["results"]["items"]["properties"][
        "locations"
    ]["items"]["properties"]["physicalLocation"]["properties"]["region"]["properties"]
    region |= {"endLine": {"type": "integer", "minimum": 1}, "endColumn": {"type": "integer", "minimum": 1}}
    jsonschema_rs.validator_for(schema, validate_formats=True).validate(log)
    (run,) = log["runs"]
    last = [each for each in run["results"] if each["ruleId"] == "copy-protection"][-1]
    place = last["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 6}
    assert place["artifactLocation"]["uri"].endswith("/%E5%90%AB%20%E7%A9%BA%E6%A0%BC.txt")
    described = run["tool"]["driver"]["rules"]
    assert all(described[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
    assert not run["invocations"][0]["executionSuccessful"]


def test_what_the_command_finds_is_what_the_library_finds(papers):
    skipped = [part for part in ONLY if part != "--without"]
    document = read(BAD.encode(), "bad.txt")
    assert [each.rule for each in check_document(document, without=skipped)] == [
        each["rule"] for each in told(papers / "bad.txt")["findings"]
    ]


def test_it_runs_without_a_desk(papers):
    code = (
        "import sys; sys.argv = ['fenghuo', 'check', *sys.argv[1:]]\n"
        "from fenghuo.desk.site.command_line import main\n"
        "try: main()\n"
        "finally: assert not {'django', 'numba', 'aiohttp'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(papers / "deep/good.txt"), *ONLY],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
