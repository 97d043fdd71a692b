"""`fenghuo cap`: what a person and a script get from checking alerts at the command line."""

import json
import subprocess
import sys
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import click
import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from fenghuo.core import cap as alerts
from fenghuo.core.cap import signature
from fenghuo.desk.site.command_line import cap

SAMPLES = Path(__file__).parents[3] / "tests/core/cap/samples"
CLEAN = SAMPLES / "national/cm_meteo_rain.xml"
PLAIN = SAMPLES.parent / "examined/italy.xml"
FAULTY = SAMPLES / "broken/many_departures.xml"
BOXED = SAMPLES / "broken/au_nswrfs_bushfires.edxl"
REFUSED = SAMPLES / "broken/external_entities.xml"


def fenghuo(*arguments: object, language: str = "en", given: bytes | None = None) -> Result:
    group = click.Group()
    cap.join(group)
    environment = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": f"{language}.UTF-8"}
    return CliRunner().invoke(group, ["cap", *map(str, arguments)], input=given, env=environment)


def told(*arguments: object, **more: object) -> dict:
    return json.loads(fenghuo(*arguments, "--format", "json", **more).output)


def test_the_exit_status_tells_clean_from_faulty_from_unreadable(tmp_path):
    assert fenghuo("check", CLEAN).exit_code == 0
    assert fenghuo("check", FAULTY).exit_code == 1
    assert fenghuo("check", REFUSED).exit_code == 2
    assert fenghuo("check", tmp_path / "nothing.xml").exit_code == 2
    assert fenghuo("check", CLEAN, FAULTY, REFUSED).exit_code == 2
    assert fenghuo("check", CLEAN, "--pack", tmp_path / "nothing.toml").exit_code == 2


def test_every_fault_is_told_with_its_place_and_what_to_do():
    result = fenghuo("check", FAULTY)
    assert f"{FAULTY}:6:3: error: The time" in result.output
    assert "    /alert/sent  2026-04-03T06:30:00Z" in result.output
    assert "    Write -00:00 for UTC instead of Z." in result.output
    found = alerts.check(FAULTY.read_bytes())
    counts = [sum(each.severity == level for each in found) for level in ("error", "warning")]
    assert result.output.splitlines()[-1] == "1 document, {} errors, {} warnings, 0 notes.".format(*counts)


def test_the_findings_speak_the_language_of_the_terminal():
    assert "6:3: 错误: " in fenghuo("check", FAULTY, language="zh_CN").output
    chinese = told("check", FAULTY, language="zh_CN")["findings"][0]
    assert chinese["fix"] != told("check", FAULTY)["findings"][0]["fix"]


def test_a_script_is_told_where_in_the_text_each_finding_stands():
    text = FAULTY.read_text(encoding="utf-8")
    for found in told("check", FAULTY, "--pack", "wmo")["findings"]:
        assert set(found) == {"rule", "severity", "place", "message", "fix"}
        place = found["place"]
        assert place["file"] == str(FAULTY)
        tag = text[place["start"] : place["end"]]
        assert tag.startswith("<") and tag.endswith(">")
        assert text[: place["start"]].count("\n") + 1 == place["line"]


def test_what_was_read_is_told_too():
    document = told("check", SAMPLES / "oasis/cap10_earthquake.xml")["documents"][0]
    assert document["readable"] and document["encoding"] == "utf-8"
    (alert,) = document["alerts"]
    assert (alert["identifier"], alert["version"]) == ("TRI13970876.1", "1.0")
    assert len(alert["converted"]) == 6


def test_standard_input_is_a_document_too():
    result = fenghuo("check", "-", given=FAULTY.read_bytes())
    assert result.exit_code == 1
    assert "-:6:3: error" in result.output


def test_a_folder_is_searched_and_mended_copies_in_it_are_not(tmp_path):
    (tmp_path / "in/deep").mkdir(parents=True)
    (tmp_path / "in/deep/a.cap").write_bytes(CLEAN.read_bytes())
    (tmp_path / "in/b.xml").write_bytes(FAULTY.read_bytes())
    (tmp_path / "in/b.mended.xml").write_bytes(FAULTY.read_bytes())
    (tmp_path / "in/readme.txt").write_text("no alert")
    found = [each["file"] for each in told("check", tmp_path / "in")["documents"]]
    assert found == [str(tmp_path / "in/b.xml"), str(tmp_path / "in/deep/a.cap")]


def test_fixing_writes_a_copy_beside_and_shows_the_difference(tmp_path):
    alert = tmp_path / "alert.xml"
    alert.write_bytes(FAULTY.read_bytes())
    result = fenghuo("check", alert, "--fix")
    copy = tmp_path / "alert.mended.xml"
    assert alert.read_bytes() == FAULTY.read_bytes()
    assert "-  <status>actual</status>" in result.output and "+  <status>Actual</status>" in result.output
    left = {each.rule for each in alerts.check(copy.read_bytes())}
    assert {"time-z", "enumeration-spelling"} & left == set()
    assert left == {each["rule"] for each in told("check", copy)["findings"]}
    assert fenghuo("check", CLEAN, "--repair", tmp_path / "clean.xml").exit_code == 0
    assert not (tmp_path / "clean.xml").exists()


def changed(path: Path, *changes: tuple[str, str]) -> Path:
    text = PLAIN.read_text(encoding="utf-8")
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_lost_a_required_part_is_mended_all_the_same(tmp_path):
    broken = changed(tmp_path / "broken.xml", (">Actual<", ">actual<"), ("<event>", "<event><b/>"))
    result = fenghuo("check", broken, "--fix")
    assert result.exit_code == 1 and "[element-nested]" in result.output
    assert "1 mended, in" in result.output and "\n+  <status>Actual</status>" in result.output
    assert ">Actual<" in (tmp_path / "broken.mended.xml").read_text(encoding="utf-8")


def test_a_stranger_s_signs_do_not_command_the_terminal(tmp_path):
    around = (("<scope>", "<scope>\u202e"), ("<source>", "<source>\x9b2J"))
    output = fenghuo("check", changed(tmp_path / "a\x1b[2Jb.xml", *around), "--fix").output
    assert "a‹U+001B›[2Jb.xml: 1 mended" in output
    assert "\n-  <scope>‹U+202E›Public</scope>\n+  <scope>Public</scope>" in output and "‹U+009B›2J" in output
    assert not {"\x1b", "\x9b", "\u202e"} & set(output)


def test_what_hinders_writing_is_told_once(tmp_path):
    foreign = changed(tmp_path / "foreign.xml", ("</alert>", '<x:e xmlns:x="urn:x">1</x:e></alert>'))
    result = fenghuo("check", foreign, "--to", "xml")
    assert result.exit_code == 1 and result.output.count("[element-foreign]") == 1


def test_addresses_of_other_schemes_and_missing_files_are_told_apart(tmp_path):
    assert "[fetch-scheme]" in fenghuo("check", "ftp://alerts.example/alert.xml").output
    missing = tmp_path / "missing.xml"
    assert "没有这个文件" in fenghuo("check", missing, language="zh_CN").output
    assert "[unreadable]" in fenghuo("check", missing).output


def test_repaired_copies_of_a_folder_keep_its_shape_and_none_overwrites_another(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "alert.xml").write_bytes(FAULTY.read_bytes())
    fenghuo("check", tmp_path, "--repair", tmp_path / "out")
    assert (tmp_path / "out/a/alert.xml").is_file() and (tmp_path / "out/b/alert.xml").is_file()
    fenghuo("check", tmp_path / "a/alert.xml", tmp_path / "b/alert.xml", "--repair", tmp_path / "flat")
    assert {path.name for path in (tmp_path / "flat").iterdir()} == {"alert.xml", "alert-2.xml"}


def test_what_came_from_elsewhere_is_mended_only_to_a_named_place(tmp_path):
    refused = fenghuo("check", "-", "--fix", given=FAULTY.read_bytes())
    assert refused.exit_code == 2 and "--repair OUT" in refused.output
    out = tmp_path / "mended.xml"
    assert fenghuo("check", "-", "--repair", out, given=FAULTY.read_bytes()).exit_code == 1
    assert b"<status>Actual</status>" in out.read_bytes()


def test_an_alert_goes_to_json_and_back(tmp_path):
    form = fenghuo("check", SAMPLES / "oasis/cap10_earthquake.xml", "--to", "json").stdout
    (alert,) = alerts.read((SAMPLES / "oasis/cap10_earthquake.xml").read_bytes()).alerts
    assert alerts.from_json(form) == alert
    (tmp_path / "alert.json").write_text(form, encoding="utf-8")
    result = fenghuo("check", tmp_path / "alert.json", "--to", "xml")
    assert result.exit_code == 0
    assert alerts.parse(result.stdout.encode()) == alert
    assert fenghuo("check", SAMPLES / "envelopes/au_nswrfs_bushfires.edxl", "--to", "xml").exit_code == 1
    several = fenghuo("check", SAMPLES / "envelopes/au_nswrfs_bushfires.edxl", "--to", "json").stdout
    assert len(json.loads(several)) == 2


def test_several_alerts_go_to_json_and_back(tmp_path):
    both = tmp_path / "both.json"
    distribution = SAMPLES / "envelopes/au_nswrfs_bushfires.edxl"
    both.write_text(fenghuo("check", distribution, "--to", "json").stdout, encoding="utf-8")
    assert len(json.loads(both.read_text(encoding="utf-8"))) > 1
    found = told("check", both, "--pack", "wmo")
    assert found["documents"][0]["readable"] and found["findings"][0]["place"]["path"].startswith("[1]/alert")


def test_signatures_are_verified_against_the_folder_of_trust(tmp_path):
    document, certificate = _signed()
    (tmp_path / "alert.xml").write_bytes(document)
    for folder, trusted in (("known", certificate), ("other", _signed()[1]), ("empty", None)):
        (tmp_path / folder).mkdir()
        if trusted:
            (tmp_path / folder / "duty.pem").write_bytes(trusted)
    kinds = {}
    for trust in ("other", "known"):
        result = told("check", tmp_path / "alert.xml", "--trust", tmp_path / trust)
        kinds[trust] = result["documents"][0]["alerts"][0]["signature"]["kind"]
    assert kinds == {"other": "unknown-key", "known": "valid"}
    assert fenghuo("check", tmp_path / "alert.xml", "--trust", tmp_path / "known").exit_code == 0
    assert fenghuo("check", tmp_path / "alert.xml", "--trust", tmp_path / "other").exit_code == 1
    assert fenghuo("check", tmp_path / "alert.xml", "--trust", tmp_path / "empty").exit_code == 2
    assert fenghuo("check", CLEAN, "--trust", tmp_path / "known").exit_code == 1


def _signed() -> tuple[bytes, bytes]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Duty desk")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, datetime(2020, 1, 1), datetime(2035, 1, 1))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    document = signature.sign((SAMPLES / "scripts/arabic.xml").read_bytes(), key, certificate)
    return document, certificate.public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def server():
    """A web server on this machine that answers every address with the faulty alert."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            body = FAULTY.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "application/cap+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}/alert.xml"
    httpd.shutdown()
    thread.join()


def test_an_address_inside_the_network_is_fetched_only_when_that_is_allowed(server):
    refused = fenghuo("check", server)
    assert refused.exit_code == 2 and "[fetch-private]" in refused.output
    assert f"{server}:6:3: error" in fenghuo("check", server, "--allow-private").output


def test_rules_are_listed_with_clause_and_example_in_both_languages():
    listed = fenghuo("rules", "--pack", "wmo").output
    assert "WMO-003 wmo-urgency [warning]" in listed
    (urgency,) = [rule for rule in json.loads(fenghuo("rules", "--format", "json").output)["rules"]
                  if rule["id"] == "wmo-urgency"]  # fmt: skip
    for part in ("title", "why", "message", "fix"):
        assert urgency[part]["en"] and urgency[part]["zh"]
    assert urgency["clause"] and urgency["example"]["right"] and urgency["example"]["wrong"]
    assert f"    {urgency['title']['en']} · {urgency['title']['zh']}\n" in listed


def test_a_pack_of_one_s_own_is_a_file(tmp_path):
    pack = tmp_path / "own.toml"
    pack.write_text(OWN_PACK, encoding="utf-8")
    assert "[own-event]" in fenghuo("check", CLEAN, "--pack", pack).output


OWN_PACK = """
[pack]
name = "own"
title = { en = "Our own", zh = "自用" }

[[rule]]
id = "own-event"
number = "OWN-001"
level = "warning"
clause = "Our handbook"
provenance = "ours"
title = { en = "A French event", zh = "法文事件" }
why = { en = "Ours are English.", zh = "我们用英文。" }
message = { en = "The event is French.", zh = "事件为法文。" }
fix = { en = "Translate it.", zh = "请翻译。" }
when = { of = "info", field = "event", pattern = "[A-Z ]+" }
"""


def test_it_runs_without_a_desk():
    code = (
        "import sys; sys.argv = ['fenghuo', 'cap', 'check', sys.argv[1]]\n"
        "from fenghuo.desk.site.command_line import main\n"
        "try: main()\n"
        "finally: assert not {'django', 'numba', 'aiohttp'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(CLEAN)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


# The parts of the SARIF 2.1.0 schema (OASIS, errata 01) that a log of ours uses, written down from the standard.
_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}},
         "additionalProperties": False}  # fmt: skip
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_ARTIFACT = {
    "type": "object",
    "properties": {
        "uri": {"type": "string", "format": "uri-reference"},
        "index": {"type": "integer", "minimum": -1},
    },
    "additionalProperties": False,
}


def _object(required: list[str], **properties: object) -> dict:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


SARIF = _object(
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "items": _object(
            ["tool"],
            tool=_object(
                ["driver"],
                driver=_object(
                    ["name"],
                    name={"type": "string"},
                    version={"type": "string"},
                    rules={
                        "type": "array",
                        "uniqueItems": True,
                        "items": _object(
                            ["id"],
                            id={"type": "string"},
                            name={"type": "string"},
                            shortDescription=_TEXT,
                            fullDescription=_TEXT,
                            help=_TEXT,
                            defaultConfiguration=_object([], level=_LEVEL),
                            properties={"type": "object"},
                        ),
                    },
                ),
            ),
            language={"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            artifacts={"type": "array", "uniqueItems": True, "items": _object([], location=_ARTIFACT)},
            invocations={
                "type": "array",
                "items": _object(
                    ["executionSuccessful"],
                    executionSuccessful={"type": "boolean"},
                    toolExecutionNotifications={
                        "type": "array",
                        "items": _object(
                            ["message"],
                            level=_LEVEL,
                            message=_TEXT,
                            descriptor=_object([], id={"type": "string"}),
                        ),
                    },
                ),
            },
            results={
                "type": "array",
                "items": _object(
                    ["message"],
                    ruleId={"type": "string"},
                    ruleIndex={"type": "integer", "minimum": -1},
                    level=_LEVEL,
                    message=_TEXT,
                    locations={
                        "type": "array",
                        "items": _object(
                            [],
                            physicalLocation=_object(
                                [],
                                artifactLocation=_ARTIFACT,
                                region=_object(
                                    [],
                                    startLine={"type": "integer", "minimum": 1},
                                    startColumn={"type": "integer", "minimum": 1},
                                ),
                            ),
                            logicalLocations={
                                "type": "array",
                                "items": _object(
                                    [], fullyQualifiedName={"type": "string"}, kind={"type": "string"}
                                ),
                            },
                        ),
                    },
                    properties={"type": "object"},
                ),
            },
        ),
    },
)


def test_sarif_is_of_its_schema_and_points_at_rule_line_and_file(tmp_path):
    (tmp_path / "含 空格.xml").write_bytes(FAULTY.read_bytes())
    result = fenghuo("check", SAMPLES, tmp_path, "--pack", "wmo", "--format", "sarif", language="zh_CN")
    log = json.loads(result.output)
    jsonschema_rs.validator_for(SARIF, validate_formats=True).validate(log)
    (run,) = log["runs"]
    found = [each for each in run["results"] if each["ruleId"] == "time-z"]
    place = found[-1]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 6, "startColumn": 3}
    assert place["artifactLocation"]["uri"].endswith("/%E5%90%AB%20%E7%A9%BA%E6%A0%BC.xml")
    assert (
        run["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"]
        == place["artifactLocation"]["uri"]
    )
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
    assert run["language"] == "zh-CN" and not run["invocations"][0]["executionSuccessful"]
