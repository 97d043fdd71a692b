"""A first report's hour, what is kept of it, who sees it, and what grade the law gives it."""

from datetime import timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.access import NotAllowed, NotFound, Role, RuleBroken
from fenghuo.core.law import accident_grade, forest_fire_grade
from fenghuo.desk.gather import Period, register
from fenghuo.desk.incident import clocks, commands, queries
from fenghuo.desk.incident.models import FIGURES, Incident, Report
from fenghuo.desk.journal import queries as journal
from fenghuo.desk.officers import identity

MINUTE = timedelta(minutes=1)


@pytest.fixture
def smoke(desk, as_role, clock):
    """A contact reports smoke that became known ten minutes ago."""
    return commands.report(
        as_role("contact"),
        area=desk.villages[0],
        kind="forest_fire",
        what_happened="村后北坡冒烟",
        known_at=clock.now - 10 * MINUTE,
    )


def first(as_role, incident, role="duty"):
    return queries.first_told(as_role(role), queries.incident(as_role(role), incident.pk))


def test_the_hour_runs_from_the_moment_the_incident_is_known(smoke, as_role, clock):
    told = first(as_role, smoke)
    assert told.deadline.due == clock.now + 50 * MINUTE
    assert (told.punctuality, told.minutes_late) == ("running", 0)
    clock.forward(minutes=50)
    assert first(as_role, smoke).punctuality == "running"
    clock.forward(seconds=1)
    told = first(as_role, smoke)
    assert (told.punctuality, told.minutes_late) == ("overdue", 1)


def test_a_report_filed_at_the_last_moment_is_in_time_and_stays_so(smoke, as_role, clock):
    clock.forward(minutes=50)
    commands.file(as_role("duty"), smoke.first_report, means="phone", to="县应急值班室")
    clock.forward(days=3)
    told = first(as_role, smoke)
    assert (told.punctuality, told.minutes_late, told.is_late) == ("in_time", 0, False)


def test_a_late_filing_says_by_how_many_minutes_for_ever(smoke, as_role, clock):
    clock.forward(minutes=73)
    commands.file(as_role("leader"), smoke.first_report, means="system", to="县应急值班室")
    clock.forward(days=400)
    told = first(as_role, smoke)
    assert (told.punctuality, told.minutes_late) == ("late", 23)
    assert told.filing.late_by == 23 * MINUTE
    entry = journal.of_subject(as_role("duty"), f"incident:{smoke.pk}").last()
    assert entry.act == "incident.filed"
    assert '"minutes_late":23' in entry.detail


def test_the_running_clock_is_an_open_item_and_a_headline_with_its_clause_until_filed(smoke, as_role, clock):
    with override("en"):
        items = [item for item in register.all_open_items(as_role("duty")) if item.kind == "report"]
        headlines = register.all_headlines(as_role("leader"))
    assert [(item.due, item.clause[-6:]) for item in items] == [(clock.now + 50 * MINUTE, "Art. 9")]
    assert [(each.level, each.due) for each in headlines if each.url == f"/incidents/{smoke.pk}/"] == [
        ("", clock.now + 50 * MINUTE)
    ]
    commands.file(as_role("duty"), smoke.first_report, means="phone", to="县应急值班室")
    assert not [item for item in register.all_open_items(as_role("duty")) if item.kind == "report"]
    assert not [each for each in register.all_headlines(as_role("leader")) if "/incidents/" in each.url]


def test_a_later_report_has_two_hours_and_goes_up_after_the_first(smoke, as_role, clock):
    clock.forward(minutes=20)
    later = commands.follow_up(as_role("contact"), smoke, text="火线约 200 米", burned_area_ha="0.4")
    assert clocks.filing_deadline(later).due == clock.now + 120 * MINUTE
    with pytest.raises(RuleBroken):
        commands.file(as_role("duty"), later, means="phone", to="县应急值班室")
    commands.file(as_role("duty"), smoke.first_report, means="phone", to="县应急值班室")
    commands.file(as_role("duty"), later, means="phone", to="县应急值班室")
    with pytest.raises(RuleBroken):
        commands.file(as_role("duty"), later, means="phone", to="县应急值班室")


def test_a_report_keeps_the_figures_it_was_made_with(smoke, as_role):
    commands.follow_up(as_role("contact"), smoke, text="一人重伤", serious_injuries=1)
    commands.follow_up(as_role("duty"), smoke, text="过火面积核实", burned_area_ha="1.25")
    found = queries.incident(as_role("duty"), smoke.pk)
    reports = queries.told(as_role("duty"), found)
    assert [row.figures["serious_injuries"] for row in reports] == [0, 1, 1]
    assert [row.figures["burned_area_ha"] for row in reports] == [None, None, "1.25"]
    assert found.state == Incident.State.FOLLOWED
    with override("en"):
        assert [row.grade.name_en for row in reports] == [
            "ordinary forest fire",
            "ordinary forest fire",
            "fairly serious forest fire",
        ]


def test_a_report_and_its_filing_can_be_neither_changed_nor_removed(smoke, as_role):
    filing = commands.file(as_role("duty"), smoke.first_report, means="phone", to="县应急值班室")
    for kept in (Report.objects.get(incident=smoke), filing):
        with pytest.raises(RuntimeError):
            kept.save()
        with pytest.raises(RuntimeError):
            kept.delete()


def test_the_final_report_waits_for_the_first_to_be_filed_and_ends_the_matter(smoke, as_role):
    with pytest.raises(RuleBroken):
        commands.finish(as_role("duty"), smoke, text="明火已灭")
    commands.file(as_role("duty"), smoke.first_report, means="phone", to="县应急值班室")
    with pytest.raises(NotAllowed):
        commands.finish(as_role("contact"), smoke, text="明火已灭")
    commands.finish(as_role("duty"), smoke, text="明火已灭", burned_area_ha=0.2)
    assert queries.incident(as_role("duty"), smoke.pk).state == Incident.State.FINAL
    with pytest.raises(RuleBroken):
        commands.follow_up(as_role("contact"), smoke, text="还有一点")


def test_a_contact_reports_and_sees_its_own_village_alone(smoke, desk, as_role, clock):
    assert queries.incident(as_role("contact"), smoke.pk) == smoke
    neighbour = identity.caller_for(desk.other_contact, clock.now)
    assert not queries.incidents(neighbour).exists()
    with pytest.raises(NotFound):
        queries.incident(neighbour, smoke.pk)
    with pytest.raises(NotAllowed):
        commands.report(neighbour, area=desk.villages[0], kind="fire", what_happened="x")
    with pytest.raises(NotAllowed):
        commands.file(as_role("contact"), smoke.first_report, means="phone", to="县")


def test_the_county_sees_what_has_been_filed_and_a_unit_what_is_its_own(smoke, desk, as_role):
    with pytest.raises(NotFound):
        queries.incident(as_role("county"), smoke.pk)
    commands.file(as_role("duty"), smoke.first_report, means="phone", to="县应急值班室")
    assert queries.incident(as_role("county"), smoke.pk) == smoke
    commands.follow_up(as_role("duty"), smoke, text="待报的续报")
    told = queries.told(as_role("county"), queries.incident(as_role("county"), smoke.pk))
    assert [row.report.kind for row in told] == ["first"]
    assert not queries.incidents(as_role("responsible")).exists()
    own = commands.report(
        as_role("duty"), area=desk.villages[0], kind="fire", what_happened="锅炉房起火", site=desk.sites[0]
    )
    assert list(queries.incidents(as_role("responsible"))) == [own]
    with pytest.raises(NotAllowed):
        commands.report(as_role("county"), area=desk.villages[0], kind="fire", what_happened="x")


def test_what_cannot_be_is_refused_at_its_field(desk, as_role, clock):
    def attempt(**changes):
        given = {"area": desk.villages[0], "kind": "fire", "what_happened": "柴堆起火", **changes}
        with pytest.raises(RuleBroken) as refused:
            commands.report(as_role("duty"), **given)
        return refused.value.field

    assert attempt(kind="riot") == "kind"
    assert attempt(what_happened=" ") == "what_happened"
    assert attempt(site=desk.sites[1]) == "site"
    assert attempt(known_at=clock.now + MINUTE) == "known_at"
    assert attempt(happened_at=clock.now - MINUTE, known_at=clock.now - 2 * MINUTE) == "happened_at"
    assert attempt(deaths=-1) == "deaths"
    assert attempt(burned_area_ha="NaN") == "burned_area_ha"
    assert attempt(direct_loss_yuan="about 5") == "direct_loss_yuan"


def test_two_figures_count_the_reported_and_those_filed_in_time(smoke, desk, as_role, clock):
    late = commands.report(as_role("duty"), area=desk.villages[1], kind="traffic", what_happened="侧翻")
    commands.file(as_role("duty"), smoke.first_report, means="phone", to="县")
    clock.forward(minutes=61)
    commands.file(as_role("duty"), late.first_report, means="phone", to="县")
    period = Period(clock.now - timedelta(hours=3), clock.now)

    def keys(figure, area=""):
        return {record.key for record in register.fact_named(figure).records(as_role("county"), period, area)}

    assert keys("incidents_reported") == {f"incident:{smoke.pk}", f"incident:{late.pk}"}
    assert keys("incidents_filed_in_time") == {f"incident:{smoke.pk}"}
    assert keys("incidents_reported", desk.villages[1].code) == {f"incident:{late.pk}"}


def test_an_incident_is_found_by_its_words_where_the_reader_may_see_it(smoke, desk, as_role, clock):
    assert [hit.url for hit in register.hits(as_role("duty"), "北坡")] == [f"/incidents/{smoke.pk}/"]
    assert register.hits(identity.caller_for(desk.other_contact, clock.now), "北坡") == []


@given(
    deaths=st.sampled_from([0, 2, 3, 9, 10, 29, 30]),
    serious_injuries=st.sampled_from([0, 9, 10, 49, 50, 99, 100]),
    area=st.sampled_from([None, "0.99", "1", "99.99", "100", "999.99", "1000"]),
    loss=st.sampled_from([None, "9999999.99", "10000000", "50000000", "100000000"]),
)
def test_the_grade_is_the_laws_own(deaths, serious_injuries, area, loss):
    figures = dict.fromkeys(FIGURES) | {
        "deaths": deaths,
        "serious_injuries": serious_injuries,
        "burned_area_ha": area,
        "direct_loss_yuan": loss,
    }
    people = {"deaths": deaths, "serious_injuries": serious_injuries}
    by_493 = accident_grade(loss_yuan=None if loss is None else float(loss), **people)
    by_541 = forest_fire_grade(area_ha=None if area is None else float(area), **people)
    assert clocks.grade_of("forest_fire", figures) == by_541
    assert clocks.grade_of("work_accident", figures) == clocks.grade_of("traffic", figures) == by_493
    assert clocks.grade_of("flood_geology", figures) is None


def test_changes_of_casualties_are_due_in_thirty_days_or_in_seven_for_fire_and_traffic(desk, as_role, clock):
    def days(kind):
        made = commands.report(as_role("duty"), area=desk.villages[0], kind=kind, what_happened="x")
        return (clocks.changes_deadline(made).due - clock.now).days

    assert [days(kind) for kind in ("work_accident", "other", "fire", "forest_fire", "traffic")] == [
        30,
        30,
        7,
        7,
        7,
    ]


def test_every_role_that_reports_is_named_in_the_permits(desk, as_role):
    for role in (Role.DUTY, Role.LEADER, Role.CONTACT, Role.INSPECTOR, Role.RESPONSIBLE, Role.CLERK):
        assert commands.report(as_role(role), area=desk.villages[0], kind="other", what_happened="塌方")
