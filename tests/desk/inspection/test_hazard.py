"""The life of a hazard: found, rectified by its unit, closed by somebody else, or sent back."""

import io
import json
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenghuo.core.access import NotAllowed, NotFound, RuleBroken
from fenghuo.desk.inspection import commands, queries
from fenghuo.desk.inspection.models import PLAN_PARTS, Hazard, Photo, Rectification, Verification
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.officers import identity
from fenghuo.desk.officers.models import Officer

from .pictures import picture

PLAN = {key: f"{key}." for key in PLAN_PARTS}


def rectify(caller, hazard, **given):
    return commands.rectify(caller, hazard, **{"note": "已清理", "pictures": [picture(32, 32)], **given})


def test_a_hazard_goes_from_found_to_closed_and_its_chain_names_everybody(found, as_role, clock):
    hazard = found()
    clock.forward(hours=2)
    rectify(as_role("responsible"), hazard)
    clock.forward(hours=3)
    commands.verify(as_role("duty"), hazard, passed=True, pictures=[picture(16, 16)])

    seen = queries.hazard(as_role("clerk"), hazard.pk)
    assert seen.state == "closed"
    assert seen.closed_at == clock.now
    links = queries.chain(as_role("clerk"), seen)
    assert [(link.kind, link.by.username) for link in links] == [
        ("found", "inspector"),
        ("rectified", "responsible"),
        ("closed", "duty"),
    ]
    assert [link.at - hazard.found_at for link in links] == [
        timedelta(),
        timedelta(hours=2),
        timedelta(hours=5),
    ]
    assert [len(link.photos) for link in links] == [1, 1, 1]
    entries = Entry.objects.filter(subject=f"hazard:{hazard.pk}")
    assert [entry.act for entry in entries] == [
        "inspection.hazard_found",
        "inspection.hazard_rectified",
        "inspection.hazard_closed",
    ]
    kept = [digest for entry in entries for digest in json.loads(entry.detail)["photos"]]
    assert kept == list(Photo.objects.filter(hazard=hazard).values_list("sha256", flat=True))


def test_only_the_responsible_unit_rectifies(found, desk, as_role, clock):
    at_warehouse = found(site=1)
    for role in ("responsible", "contact"):
        with pytest.raises(NotAllowed):
            rectify(as_role(role), at_warehouse)
    at_school = found()
    with pytest.raises(NotAllowed):  # in the same village, of another unit
        rectify(as_role("contact"), at_school)
    for role in ("duty", "leader", "inspector", "clerk", "county"):
        with pytest.raises(NotAllowed):
            rectify(as_role(role), at_school)
    rectify(identity.caller_for(desk.other_contact, clock.now), at_warehouse)
    assert Rectification.objects.count() == 1


@pytest.mark.parametrize("role", ["contact", "responsible", "clerk", "county"])
def test_only_an_inspector_duty_officer_or_leader_finds_and_verifies(role, found, desk, as_role):
    with pytest.raises(NotAllowed):
        commands.find(as_role(role), site=desk.sites[0], grade="general", description="x")
    hazard = found()
    rectify(as_role("responsible"), hazard)
    with pytest.raises(NotAllowed):
        commands.verify(as_role(role), hazard, passed=True)


def test_who_rectified_cannot_close_even_after_changing_office(found, desk, as_role, clock):
    hazard = found()
    rectify(as_role("responsible"), hazard)
    moved = Officer.objects.get(username="responsible")
    moved.role, moved.area = "inspector", desk.township
    moved.save()
    caller = identity.caller_for(moved, clock.now)
    assert not queries.possible(caller, queries.hazard(caller, hazard.pk)).verify
    with pytest.raises(RuleBroken, match=r"yourself|本人"):
        commands.verify(caller, hazard, passed=True)
    hazard.refresh_from_db()
    assert hazard.state == "rectified"
    commands.verify(as_role("inspector"), hazard, passed=True)  # the finder is somebody else
    hazard.refresh_from_db()
    assert hazard.state == "closed"


def test_everybody_who_added_evidence_to_the_last_round_is_barred_and_nobody_of_an_earlier_round(
    found, desk, as_role, clock
):
    hazard = found(site=1)
    other = identity.caller_for(desk.other_contact, clock.now)
    rectify(other, hazard)
    commands.verify(as_role("duty"), hazard, passed=False, note="仍有杂物")
    for username in ("contact", "deputy"):
        Officer.objects.filter(username=username).update(area=desk.villages[1], unit=desk.units[1])
        rectify(identity.caller_for(Officer.objects.get(username=username), clock.now), hazard)
    Officer.objects.filter(username__in=["contact", "deputy", "other"]).update(role="inspector")
    for username in ("contact", "deputy"):
        with pytest.raises(RuleBroken):
            commands.verify(
                identity.caller_for(Officer.objects.get(username=username), clock.now), hazard, passed=True
            )
    of_first_round = identity.caller_for(Officer.objects.get(username="other"), clock.now)
    commands.verify(of_first_round, hazard, passed=True)


def test_a_refusal_needs_its_reason_and_opens_the_next_round_while_every_round_is_kept(found, as_role, clock):
    hazard = found()
    rectify(as_role("responsible"), hazard, note="第一次")
    with pytest.raises(RuleBroken) as refused:
        commands.verify(as_role("duty"), hazard, passed=False, note="  ")
    assert refused.value.field == "note"
    commands.verify(as_role("duty"), hazard, passed=False, note="北侧仍有杂物")
    hazard.refresh_from_db()
    assert (hazard.state, hazard.round, hazard.closed_at) == ("found", 2, None)
    with pytest.raises(RuleBroken):
        commands.verify(as_role("duty"), hazard, passed=True)
    rectify(as_role("responsible"), hazard, note="第二次")
    commands.verify(as_role("inspector"), hazard, passed=True)
    links = queries.chain(as_role("duty"), queries.hazard(as_role("duty"), hazard.pk))
    assert [(link.kind, link.round, link.note) for link in links] == [
        ("found", 1, ""),
        ("rectified", 1, "第一次"),
        ("refused", 1, "北侧仍有杂物"),
        ("rectified", 2, "第二次"),
        ("closed", 2, ""),
    ]
    for row in (Rectification.objects.first(), Verification.objects.first(), Photo.objects.first()):
        with pytest.raises(RuntimeError):
            row.save()
        with pytest.raises(RuntimeError):
            row.delete()


def test_without_a_photo_nothing_is_rectified_and_nothing_is_journalled(found, as_role):
    hazard = found()
    entries = Entry.objects.count()
    for broken in ({"pictures": []}, {"note": " "}, {"note": "字" * 1001}):
        with pytest.raises(RuleBroken):
            rectify(as_role("responsible"), hazard, **broken)
    hazard.refresh_from_db()
    assert hazard.state == "found"
    assert Rectification.objects.count() == 0
    assert Entry.objects.count() == entries


def test_a_major_hazard_is_rectified_only_after_its_plan_of_six_parts(found, as_role):
    hazard = found("major")
    for part in PLAN_PARTS:
        with pytest.raises(RuleBroken) as refused:
            commands.file_plan(as_role("responsible"), hazard, {**PLAN, part: " "})
        assert refused.value.field == part
    with pytest.raises(RuleBroken, match=r"plan|方案"):
        rectify(as_role("responsible"), hazard)
    with pytest.raises(NotAllowed):
        commands.file_plan(as_role("contact"), hazard, PLAN)
    assert len(PLAN_PARTS) == 6
    commands.file_plan(as_role("responsible"), hazard, PLAN)
    rectify(as_role("responsible"), hazard)
    with pytest.raises(RuleBroken):
        commands.file_plan(as_role("responsible"), hazard, {**PLAN, "goals": "easier ones"})


@pytest.mark.parametrize(("grade", "days"), [("general", 7), ("major", 30)])
def test_the_desk_s_own_term_runs_to_the_end_of_its_last_day(grade, days, found, as_role, clock):
    hazard = found(grade)
    late = clock.now + timedelta(days=days)
    assert late < hazard.deadline < late + timedelta(hours=11)
    kinds = {"open": 1, "overdue": 0, "closed": 0}
    for length, expected in ((timedelta(days=days), 0), (timedelta(hours=11), 1)):
        clock.forward(seconds=length.total_seconds())
        kinds["overdue"] = expected
        assert {kind: queries.of_kind(as_role("duty"), kind).count() for kind in kinds} == kinds


def test_what_makes_no_sense_is_refused_at_its_field(found, desk, clock):
    for field, wrong in {
        "deadline": {"deadline": clock.now},
        "grade": {"grade": "tiny"},
        "description": {"description": " \n "},
        "rule": {"rule": "条" * 301},
        "photos": {"pictures": [io.BytesIO(b"no picture")]},
    }.items():
        with pytest.raises(RuleBroken) as refused:
            found(**wrong)
        assert refused.value.field == field
    desk.sites[0].unit = None
    with pytest.raises(RuleBroken) as refused:
        found()
    assert refused.value.field == "site"
    assert not Hazard.objects.exists()


def test_a_contact_sees_only_the_village_s_hazards_and_a_responsible_person_only_the_unit_s(
    found, desk, as_role, clock
):
    school, warehouse = found(), found(site=1)
    for role, sees in {
        "duty": {school, warehouse},
        "county": {school, warehouse},
        "contact": {school},
        "responsible": {school},
    }.items():
        caller = as_role(role)
        assert set(queries.hazards(caller)) == sees
        for hazard in {school, warehouse} - sees:
            with pytest.raises(NotFound):
                queries.hazard(caller, hazard.pk)
            with pytest.raises(NotFound):
                queries.photo(caller, hazard.photos.get().pk)
    desk.sites[0].unit = desk.units[0]
    desk.sites[0].save()
    moved = found()
    assert moved not in queries.hazards(as_role("responsible"))
    with pytest.raises(NotAllowed):
        queries.hazards(identity.public(clock.now))


_ACTS = st.lists(
    st.tuples(
        st.sampled_from(["rectify", "pass", "refuse", "plan"]),
        st.sampled_from(["duty", "inspector", "responsible", "contact", "other", "leader", "clerk"]),
    ),
    max_size=9,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grade=st.sampled_from(["general", "major"]), acts=_ACTS)
def test_in_whatever_order_people_act_a_closed_hazard_had_two_pairs_of_eyes(grade, acts, desk, found, clock):
    with transaction.atomic():
        hazard = found(grade, pictures=[])
        for act, username in acts:
            caller = identity.caller_for(Officer.objects.get(username=username), clock.now)
            before = (hazard.state, hazard.round)
            try:
                if act == "rectify":
                    rectify(caller, hazard)
                elif act == "plan":
                    commands.file_plan(caller, hazard, PLAN)
                else:
                    commands.verify(caller, hazard, passed=act == "pass", note="理由")
            except (RuleBroken, NotAllowed):
                hazard.refresh_from_db()
                assert (hazard.state, hazard.round) == before
            hazard.refresh_from_db()
            assert not (before[0] == "closed" and hazard.state != "closed")
        fixed = [row.by_id for row in hazard.rectifications.filter(round=hazard.round)]
        if hazard.state == "closed":
            (last,) = hazard.verifications.filter(passed=True)
            assert fixed
            assert last.by_id not in fixed
            assert hazard.photos.exclude(rectification=None).exists()
            assert hazard.grade == "general" or hazard.plan
        assert (hazard.state == "found") == (not fixed)
        transaction.set_rollback(True)
