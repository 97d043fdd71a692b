"""Every operation of the API answers as its OpenAPI document says, whatever it is sent and whoever sends it."""

from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fenghuo.core.access import Caller, Role
from fenghuo.desk.danger.models import AreaRating
from fenghuo.desk.duty import commands as duty
from fenghuo.desk.duty.models import Handover, LogEntry, Shift
from fenghuo.desk.incident import commands as incidents
from fenghuo.desk.incident.models import Incident, Report
from fenghuo.desk.inspection import commands as hazards
from fenghuo.desk.inspection.models import Hazard, Photo
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers import identity
from fenghuo.desk.summary import commands as summaries
from fenghuo.desk.summary import spans
from fenghuo.desk.summary.models import Summary
from fenghuo.desk.warning import commands as warnings
from fenghuo.desk.warning.models import Recipient, Warning
from tests import ground
from tests.desk.inspection.pictures import picture
from tests.desk_fixture import Desk

API = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
OPERATIONS = {found.ok().label: found.ok() for found in API.get_all_operations()}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ROLES = ["duty", "leader", "contact", "responsible", "clerk", "county"]
ENTITLED = {
    "approve": ["leader"],
    "send-back": ["leader"],
    "acknowledge": ["contact", "leader"],
    "report-back": ["contact", "leader"],
    "plan": ["responsible"],
    "rectify": ["responsible"],
}
"""Who an act is for, where it is not for the duty officer."""
EXAMPLES = 20 if connection.vendor == "sqlite" else 10
"""PostgreSQL is sent fewer: the document is the same, only the queries are another database's."""

RECORDS = {
    "/warnings/recipients/": Recipient,
    "/warnings/": Warning,
    "/hazards/photos/": Photo,
    "/hazards/": Hazard,
    "/incidents/reports/": Report,
    "/incidents/": Incident,
    "/duty/shifts/": Shift,
    "/duty/log/": LogEntry,
    "/duty/handovers/": Handover,
    "/summary/sealed/": Summary,
    "/journal/": Entry,
}
"""Whose number stands in an address that begins so."""


@pytest.fixture
def one_connection():
    """A request leaves the test's connection open, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@ground.layer("busy", upon="desk")
def _be_busy(desk: Desk) -> dict[str, str]:
    """A record of every kind, in more than one state; a token of every role."""
    now = identity.now()

    def as_role(role: str) -> Caller:
        return identity.caller_for(desk.officers[Role(role)], now, via="test")

    village, town = desk.villages[0], desk.township
    on_duty, leader = as_role("duty"), as_role("leader")
    shift = duty.set_shift(
        on_duty,
        area=town,
        start=now,
        end=spans.between(now.date(), now.date()).period.end,
        leader=desk.officers[Role.LEADER],
        officers=[desk.officers[Role.DUTY]],
    )
    duty.set_shift(
        on_duty,
        area=town,
        start=shift.end,
        end=shift.end + timedelta(hours=12),
        leader=desk.officers[Role.LEADER],
        officers=[desk.officers[Role.DUTY]],
    )
    duty.add_log(on_duty, "巡山")
    duty.hand_over(on_duty, f"班次 {shift.pk}")
    warnings.draft(on_duty, areas=[village], level="red")
    _submitted, approved, issued = (
        warnings.submit(on_duty, warnings.draft(on_duty, areas=desk.villages, level=level))
        for level in ("blue", "yellow", "orange")
    )
    warnings.approve(leader, approved)
    warnings.issue(on_duty, warnings.approve(leader, issued))
    warnings.acknowledge(leader, issued.recipients.first())
    for grade in ("general", "major"):
        hazards.find(
            as_role("inspector"),
            site=desk.sites[0],
            description="灭火器过期",
            grade=grade,
            pictures=[picture()],
        )
    hazards.rectify(as_role("responsible"), Hazard.objects.first(), note="已更换", pictures=[picture()])
    for _ in range(2):
        incident = incidents.report(
            as_role("contact"), area=village, kind="forest_fire", what_happened="起火", burned_area_ha="1.5"
        )
    incidents.file(on_duty, incident.first_report, means="phone", to="县值班室")
    summaries.seal(as_role("clerk"), spans.named("month", now.date()).period, town, "四月")
    AreaRating.objects.create(
        area=village,
        date=now.date(),
        fwi=20.0,
        rating=4,
        method="nearest",
        parts=[{"station": "S", "km": 1.0, "weight": 1.0}],
    )
    program = identity.program(now)
    return {role: officers.make_token(program, desk.officers[Role(role)], "test") for role in ROLES}


@pytest.fixture
def busy(desk, one_connection, settings, tmp_path) -> dict[str, str]:
    settings.MEDIA_ROOT = tmp_path
    return ground.given("busy", uploads=tmp_path)


def existing(case: Case, draw, desk) -> None:
    """Let address and body name records that exist and days that are near: else every act would end at 404."""
    path = case.path.removeprefix("/api/v1")
    model = next((model for start, model in RECORDS.items() if path.startswith(start)), None)
    for name in ("pk", "seq"):
        if name in case.path_parameters and model is not None:
            case.path_parameters[name] = draw(
                st.sampled_from(list(model.objects.values_list("pk", flat=True)))
            )
    known = {
        "code": st.just(desk.villages[0].code),
        "key": st.sampled_from(["warnings_issued", "hazards_overdue", "high_danger_days"]),
        "area": st.sampled_from([desk.township.code, desk.villages[0].code]),
        "village": st.just(desk.villages[0].code),
        "areas": st.just([village.code for village in desk.villages]),
        "site": st.just(desk.sites[0].pk),
        "leader": st.just(desk.officers[Role.LEADER].pk),
        "officers": st.just([desk.officers[Role.DUTY].pk]),
        "start": st.sampled_from(["2026-04-05T08:00:00+08:00", "2026-04-03T01:00:00Z"]),
        "end": st.just("2026-04-06T08:00:00+08:00"),
        "deadline": st.sampled_from(["2026-04-30T08:00:00Z", "2026-01-01T08:00:00Z"]),
        "expires": st.sampled_from(["2026-04-05T08:00:00Z", "2026-01-01T08:00:00Z"]),
        "happened_at": st.sampled_from(["2026-04-03T04:00:00Z", "2027-04-03T04:00:00Z"]),
        "known_at": st.just("2026-04-03T04:30:00Z"),
        "from": st.just("2026-04-01"),
        "to": st.sampled_from(["2026-04-30", "2026-03-01"]),
        "week": st.just("2026-04-08"),
        "day": st.just("2026-04-03"),
        "until": st.just("2026-04-03"),
    }
    for part in (case.path_parameters, case.query, case.body):
        if isinstance(part, dict):
            part.update({name: draw(known[name]) for name in list(part) if name in known})


@pytest.mark.parametrize("label", OPERATIONS)
def test_an_operation_answers_as_documented(label, desk, busy):
    operation = OPERATIONS[label]
    entitled = ENTITLED.get(label.rsplit("/", 1)[-1], ["duty"])

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(GenerationMode.POSITIVE) | operation.as_strategy(GenerationMode.NEGATIVE),
        data=st.data(),
    )
    def holds(case, data):
        likely = data.draw(st.booleans(), label="likely")
        if likely:
            existing(case, data.draw, desk)
        role = data.draw(st.sampled_from(entitled if likely else ROLES), label="role")
        with transaction.atomic():
            response = case.call(headers={"Authorization": f"Bearer {busy[role]}"})
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)

    holds()


def test_every_operation_says_what_it_is_for_and_how_it_refuses():
    for label, operation in OPERATIONS.items():
        definition = operation.definition.raw
        assert definition["summary"], label
        assert {"401", "403", "404", "422"} <= set(definition["responses"]), label
        if label.split()[0] != "GET":
            assert {"400", "409"} <= set(definition["responses"]), label


def test_every_schema_of_an_answer_is_described():
    schemas = API.raw_schema["components"]["schemas"]
    undescribed = [
        name
        for name, schema in schemas.items()
        if not name.startswith("Page_") and not name.endswith("In") and not schema.get("description")
    ]
    assert undescribed == []
