"""What inspection offers to the pages that gather: figures, open items, search."""

from datetime import timedelta

from fenghuo.desk.gather import Period, register
from fenghuo.desk.inspection import commands
from fenghuo.desk.officers import identity

from .pictures import picture


def _figures(caller, period, area=""):
    return {
        key: [record.key for record in register.fact_named(key).records(caller, period, area)]
        for key in ("hazards_found", "hazards_closed", "hazards_overdue")
    }


def test_the_figures_count_what_a_period_saw_and_what_stood_overdue_at_its_end(found, desk, as_role, clock):
    start = clock.now
    closed, late = found(), found(site=1)
    commands.rectify(as_role("responsible"), closed, note="已清理", pictures=[picture()])
    clock.forward(days=2)
    commands.verify(as_role("duty"), closed, passed=True)
    clock.forward(days=8)
    first_days = Period(start, start + timedelta(days=3))
    all_days = Period(start, start + timedelta(days=30))
    later = Period(start + timedelta(days=9), start + timedelta(days=30))
    keys = f"hazard:{closed.pk}", f"hazard:{late.pk}"
    duty = as_role("duty")
    assert _figures(duty, first_days) == {
        "hazards_found": [*keys],
        "hazards_closed": [keys[0]],
        "hazards_overdue": [],
    }
    assert _figures(duty, all_days)["hazards_overdue"] == [keys[1]]
    assert _figures(duty, later) == {"hazards_found": [], "hazards_closed": [], "hazards_overdue": [keys[1]]}
    assert _figures(duty, all_days, desk.villages[0].code)["hazards_overdue"] == []
    assert _figures(as_role("contact"), all_days)["hazards_found"] == [keys[0]]

    commands.rectify(
        identity.caller_for(desk.other_contact, clock.now), late, note="已清理", pictures=[picture()]
    )
    commands.verify(as_role("duty"), late, passed=True)
    clock.forward(days=1)
    until_then = Period(start, clock.now - timedelta(hours=25))
    assert _figures(as_role("duty"), until_then)["hazards_overdue"] == [keys[1]]
    assert _figures(as_role("duty"), all_days)["hazards_overdue"] == []


def test_a_figure_s_record_leads_to_its_hazard(found, browse, as_role, clock):
    hazard = found()
    (record,) = register.fact_named("hazards_found").records(
        as_role("duty"), Period(clock.now, clock.now + timedelta(1)), ""
    )
    assert hazard.title in browse("duty").get(record.url).content.decode()


def test_what_waits_is_told_to_whom_it_waits_for(found, as_role):
    hazard = found()

    def waiting(role):
        return [
            (item.kind, item.due)
            for item in register.all_open_items(as_role(role))
            if item.kind in ("rectification", "verification")
        ]

    due = [("rectification", hazard.deadline)]
    assert waiting("duty") == due == waiting("responsible")
    assert waiting("contact") == []
    commands.rectify(as_role("responsible"), hazard, note="已清理", pictures=[picture()])
    assert waiting("duty") == [("verification", hazard.deadline)]
    assert waiting("responsible") == []
    commands.verify(as_role("leader"), hazard, passed=True)
    assert waiting("duty") == []


def test_a_hazard_is_found_by_its_words_and_its_site_only_by_who_may_see_it(found, as_role):
    hazard = found(site=1)
    url = f"/hazards/{hazard.pk}/"
    for text in ("堆放", "双泉仓库", "warehouse"):
        assert url in [hit.url for hit in register.hits(as_role("duty"), text)]
        assert url not in [hit.url for hit in register.hits(as_role("contact"), text)]
