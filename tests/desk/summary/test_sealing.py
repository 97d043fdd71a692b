"""A sealed summary shows whether each of its figures still holds, and names what changed."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.urls import reverse

from fenghuo.core.access import NotAllowed, NotFound, RuleBroken
from fenghuo.desk.gather import Period, register
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.site.command_line.summary import summary as command_line
from fenghuo.desk.summary import commands, queries
from fenghuo.desk.summary.models import SealedFigure
from fenghuo.desk.summary.spans import Span

NIGHT = datetime(2026, 4, 2, 15, 59, tzinfo=UTC)
SPAN = Span(datetime(2026, 4, 1).date(), datetime(2026, 4, 30).date())


@pytest.fixture
def sealed(walks, desk, as_role):
    """April of the township, sealed by the clerk with two walks."""
    for village in desk.villages:
        walks.add(village.code, NIGHT)
    return commands.seal(as_role("clerk"), SPAN.period, desk.township, "April")


def failing(caller, found) -> dict[str, str]:
    return {check.key: check.why for check in queries.verdict(caller, found).failing}


def test_sealing_freezes_each_figure_with_its_records_and_is_journalled_with_its_digest(sealed, desk):
    kept = list(sealed.figures.values_list("key", "value"))
    assert kept == [("walks", 2), ("walks_in_time", "100 %")]
    assert [record["key"] for record in sealed.figures.first().records] == ["walk:1", "walk:2"]
    entry = Entry.objects.get(act="summary.sealed")
    assert (entry.subject, entry.area) == (f"summary:{sealed.pk}", desk.township.code)
    assert json.loads(entry.detail)["digest"] == sealed.digest and len(sealed.digest) == 64


def test_a_sealed_summary_holds_whoever_looks_at_it(sealed, as_role):
    for role in ("clerk", "inspector", "county", "leader"):
        assert queries.verdict(as_role(role), queries.summary(as_role(role), sealed.pk)).holds


def test_a_record_added_after_sealing_is_named(sealed, walks, desk, as_role):
    walks.add(desk.villages[0].code, NIGHT)
    assert "Walk 3" in failing(as_role("clerk"), sealed)["walks"]


def test_a_record_gone_after_sealing_is_named(sealed, walks, as_role):
    walks.rows.pop(0)
    why = failing(as_role("clerk"), sealed)
    assert why.keys() == {"walks", "walks_in_time"} and "Walk 1" in why["walks"]


def test_a_value_that_changes_over_the_same_records_no_longer_holds(sealed, walks, desk, as_role):
    walks.rows[0] = type(walks.rows[0])(1, desk.villages[0].code, NIGHT, in_time=False)
    why = failing(as_role("clerk"), sealed)
    assert why.keys() == {"walks_in_time"} and "50 %" in why["walks_in_time"]


def test_a_figure_that_nobody_offers_any_more_no_longer_holds(sealed, monkeypatch, as_role):
    monkeypatch.setattr(register, "_facts", {"walks": register.fact_named("walks")})
    assert failing(as_role("clerk"), sealed).keys() == {"walks_in_time"}


def test_records_outside_period_or_area_leave_the_seal_alone(sealed, walks, desk, as_role):
    walks.add(desk.villages[0].code, datetime(2026, 4, 30, 16, 0, tzinfo=UTC))
    walks.add("110199200201", NIGHT)
    assert queries.verdict(as_role("clerk"), sealed).holds


@pytest.mark.parametrize("change", [{"value": 3}, {"records": []}, {"title": "Runs"}])
def test_a_stored_figure_that_is_altered_breaks_the_seal(sealed, change, as_role):
    SealedFigure.objects.filter(summary=sealed, key="walks").update(**change)
    assert queries.verdict(as_role("clerk"), sealed).broken


def test_altering_figure_and_digest_together_is_betrayed_by_the_journal(sealed, as_role):
    from fenghuo.desk.summary import sealing

    SealedFigure.objects.filter(summary=sealed, key="walks").update(value=3)
    rows = list(sealed.figures.values("key", "title", "value", "records"))
    sealed.digest = sealing.digest(
        area=sealed.area.code,
        title=sealed.title,
        start=sealed.start,
        end=sealed.end,
        sealed_at=sealed.sealed_at,
        figures=rows,
    )
    sealed.save()
    assert queries.verdict(as_role("clerk"), sealed).broken


def test_who_seals_must_have_the_office_and_the_area(walks, desk, as_role):
    for role in ("inspector", "county", "contact"):
        with pytest.raises(NotAllowed):
            commands.seal(as_role(role), SPAN.period, desk.township, "April")
    with pytest.raises(NotAllowed):
        commands.seal(as_role("clerk"), SPAN.period, desk.county, "April")


@pytest.mark.parametrize(
    ("title", "period", "field"),
    [
        ("  ", SPAN.period, "title"),
        ("x" * 121, SPAN.period, "title"),
        ("April", Period(SPAN.period.end, SPAN.period.start), "from"),
        ("2030", Span(datetime(2030, 1, 1).date(), datetime(2030, 1, 2).date()).period, "from"),
    ],
)
def test_a_seal_that_makes_no_sense_is_refused_at_its_field(walks, desk, as_role, title, period, field):
    with pytest.raises(RuleBroken) as refused:
        commands.seal(as_role("clerk"), period, desk.township, title)
    assert refused.value.field == field


def test_a_summary_of_another_area_is_not_there(sealed, desk, as_role):
    village_clerk = as_role("clerk")
    village_clerk = type(village_clerk)(**{**village_clerk.__dict__, "area": desk.villages[0].code})
    with pytest.raises(NotFound):
        queries.summary(village_clerk, sealed.pk)


def test_the_page_seals_and_then_shows_what_no_longer_holds(walks, desk, browse):
    walks.add(desk.villages[0].code, NIGHT)
    client = browse("clerk")
    form = {"from": "2026-04-01", "to": "2026-04-30", "area": desk.township.code, "title": "April"}
    assert client.get(reverse("summary:seal")).status_code == 405
    page = client.post(reverse("summary:seal"), form, follow=True)
    assert "Every figure still holds" in page.text
    walks.add(desk.villages[1].code, NIGHT)
    page = client.get(page.redirect_chain[0][0])
    assert "2 figures no longer hold" in page.text and "Walk 2" in page.text
    opened = client.get(f"{page.request['PATH_INFO']}walks/")
    assert "Added since" in opened.text and 'href="/walks/2/"' in opened.text
    assert "April" in client.get(reverse("summary:page")).text
    paper = client.get(f"{page.request['PATH_INFO']}paper.docx")
    assert paper.status_code == 200 and paper.content.startswith(b"PK")
    printed = client.get(f"{page.request['PATH_INFO']}paper.pdf")
    assert printed["Content-Type"] == "application/pdf" and printed.content.startswith(b"%PDF")


def test_the_command_line_builds_seals_and_verifies(walks, desk, tmp_path):
    def run(*words):
        return CliRunner().invoke(command_line, words)

    walks.add(desk.villages[0].code, NIGHT)
    april = ("--from", "2026-04-01", "--to", "2026-04-30")
    built = run("build", *april, "--format", "json", "--out", str(tmp_path / "april.docx"))
    assert built.exit_code == 0
    assert json.loads(built.stdout)["figures"][0] == {
        "key": "walks",
        "title": "Walks",
        "value": 1,
        "records": 1,
    }
    assert (tmp_path / "april.docx").read_bytes().startswith(b"PK")
    assert run("build", *april, "--out", str(tmp_path / "april.pdf")).exit_code == 0
    assert (tmp_path / "april.pdf").read_bytes().startswith(b"%PDF")
    assert run("seal", *april).exit_code == 0
    assert run("verify").exit_code == 0
    walks.add(desk.villages[1].code, NIGHT)
    verified = run("verify", "--format", "json")
    assert verified.exit_code == 1
    findings = json.loads(verified.stdout)["findings"]
    assert {finding["rule"] for finding in findings} == {"summary.figure-changed"}
    assert "Walk 2" in findings[0]["message"]
    assert run("build", "--from", "2026-04-30", "--to", "2026-04-01").exit_code == 2
    assert run("verify", "99").exit_code == 2
