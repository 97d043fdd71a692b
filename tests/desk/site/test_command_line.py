"""The commands that scripts call: what they print, and the exit status they can rely on."""

import gzip
import json
from datetime import date, timedelta

import click
import pytest
from click.testing import CliRunner

from fenghuo.desk.danger.models import AreaRating, Observation
from fenghuo.desk.officers import identity
from fenghuo.desk.site.command_line import danger, demo, journal, serve, setting_up, summary, token
from tests.desk.danger.test_weather_in import hourly

TODAY = date(2026, 4, 3)


@pytest.fixture
def fenghuo(desk):
    group = click.Group()
    for family in (danger, demo, journal, serve, setting_up, summary, token):
        family.join(group)
    return lambda *words: CliRunner().invoke(group, [str(word) for word in words])


@pytest.fixture
def station(fenghuo):
    made = fenghuo(
        "danger", "station", "SM01", "--name", "石门站", "--latitude", 40.32, "--longitude", 116.68
    )
    assert made.exit_code == 0, made.output


def test_a_gzipped_file_is_taken_in_once(fenghuo, station, tmp_path):
    file = tmp_path / "week.csv.gz"
    file.write_bytes(gzip.compress(hourly(TODAY - timedelta(days=9), 10)))
    first = fenghuo("danger", "import", file)
    assert first.exit_code == 0 and "229 new, 0 corrected, 0 unchanged" in first.output
    assert "warning: row 2, column temperature_c" in first.output  # the same to the tenth for ten days
    assert "0 new, 0 corrected, 229 unchanged" in fenghuo("danger", "import", file).output
    assert AreaRating.objects.filter(date=TODAY, rating=5).count() == 2


def test_a_bad_row_is_named_and_keeps_the_file_out_unless_it_is_skipped(fenghuo, station, tmp_path):
    lines = hourly(TODAY, 1).decode().splitlines()
    lines[4] = lines[4].replace(",26.0,", ",126,")
    file = tmp_path / "bad.csv"
    file.write_text("\n".join(lines))
    refused = fenghuo("danger", "import", file, "--format", "json")
    (finding,) = json.loads(refused.output)["findings"]
    assert refused.exit_code == 1 and Observation.objects.count() == 0
    assert finding["place"] == {"row": 5, "column": "temperature_c", "value": "126"}
    assert set(finding) == {"rule", "severity", "place", "message", "fix"} and finding["severity"] == "error"
    skipped = fenghuo("danger", "import", file, "--skip-bad")
    assert skipped.exit_code == 0 and "row 5, column temperature_c" in skipped.output
    assert Observation.objects.count() == 12


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 2), (b"\x00\x01\x02", 2), ("time_local,温度\n2026-04-03T12:00,20".encode(), 2), (None, 2)],
    ids=["empty", "not text", "no unit", "no file"],
)
def test_what_cannot_be_read_exits_2_and_says_why(fenghuo, station, tmp_path, content, status):
    file = tmp_path / "strange.csv"
    if content is not None:
        file.write_bytes(content)
    answer = fenghuo("danger", "import", file)
    assert answer.exit_code == status and answer.exception.__class__ is SystemExit


def test_an_unknown_station_is_named_with_those_there_are(fenghuo, station, tmp_path):
    file = tmp_path / "week.csv"
    file.write_bytes(hourly(TODAY, 1))
    answer = fenghuo("danger", "import", file, "--station", "ZZ")
    assert answer.exit_code == 1 and "ZZ" in answer.output and "SM01" in answer.output


def test_every_command_has_help_with_an_example(fenghuo):
    def commands(path, command):
        yield path, command
        for name, child in getattr(command, "commands", {}).items():
            yield from commands([*path, name], child)

    group = click.Group()
    for family in (danger, demo, journal, serve, setting_up, summary, token):
        family.join(group)
    leaves = [(path, one) for path, one in commands([], group) if not hasattr(one, "commands")]
    assert len(leaves) >= 10
    assert [" ".join(path) for path, one in leaves if "Example: fenghuo" not in (one.help or "")] == []


def test_a_token_acts_as_its_officer_and_is_kept_as_a_digest(fenghuo, desk):
    made = fenghuo("token", "duty", "--for", "weather script")
    caller = identity.caller_for_token(made.output.strip(), identity.now())
    assert caller is not None and caller.name == "王值班" and caller.via == "api"
    assert made.output.strip() not in str(list(desk.officers["duty"].tokens.values()))
    assert fenghuo("token", "nobody", "--for", "x").exit_code == 1


def test_the_demo_is_refused_on_a_desk_in_use(fenghuo, monkeypatch):
    monkeypatch.setattr(demo, "prepare", lambda: None)
    assert fenghuo("demo").exit_code == 1 and "already holds a desk" in fenghuo("demo").output
    assert fenghuo("demo", "--if-empty").exit_code == 0


def test_the_journal_is_written_out_a_line_an_entry(fenghuo):
    lines = [json.loads(line) for line in fenghuo("journal", "export").output.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1)) and len(lines) > 10


def test_a_desk_of_ones_own_is_set_up_from_an_empty_database(db, clock, client):
    group = click.Group()
    setting_up.join(group)

    def fenghuo(*words):
        return CliRunner().invoke(group, list(words))

    for code, name, level in (("330199", "青溪县", "county"), ("330199101", "竹溪镇", "township")):
        assert fenghuo("area", "add", code, "--name", name, "--level", level).exit_code == 0
    village = fenghuo("area", "add", "330199101201", "--name", "竹溪村", "--level", "village",
                      "--latitude", "30.1", "--longitude", "119.2")  # fmt: skip
    assert village.output == "竹溪村 is part of 竹溪镇.\n"
    assert fenghuo("unit", "add", "竹溪村委会", "--kind", "village", "--area", "330199101201").exit_code == 0
    assert (
        fenghuo(
            "officer", "add", "lin", "--name", "林联络", "--role", "contact", "--area", "330199101201"
        ).exit_code
        == 1
    )
    opened = fenghuo("officer", "add", "wang", "--name", "王值班", "--role", "duty", "--area", "330199101")
    first = opened.output.split()[-1]
    again = fenghuo("officer", "password", "wang").output.split()[-1]
    assert first != again and not client.login(username="wang", password=first)
    assert client.login(username="wang", password=again)
    assert client.get("/").status_code == 200
    assert fenghuo("area", "add", "330199101", "--name", "又一镇", "--level", "township").exit_code == 1
