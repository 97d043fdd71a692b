"""Every address of the desk, asked by every role: the answer is the one written in this table.

An address that the table does not name fails the test, so a new page cannot be opened to the wrong people
unnoticed. `login` means: sent to the login page. A page that takes a form too refuses the form wherever it
refuses the page.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from fenghuo.core.access import Role
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.warning import links
from tests.worked_desk import Worked

TABLE = """
address                method  anonymous  duty   leader  contact  inspector  responsible  clerk  county
home                   GET     login      200    200     200      200        200          200    200
live                   GET     200        200    200     200      200        200          200    200
search                 GET     login      200    200     200      200        200          200    200
relief                 GET     login      404    404     404      404        404          404    404
health                 GET     200        200    200     200      200        200          200    200
login                  GET     200        200    200     200      200        200          200    200
logout                 POST    login      login  login   login    login      login        login  login
set_language           POST    302        302    302     302      302        302          302    302
danger:overview        GET     login      200    200     200      200        200          200    200
danger:import          GET     login      200    200     403      403        403          403    403
danger:forecast_import  GET    login      200    200     403      403        403          403    403
danger:columns         GET     login      200    404     403      403        403          403    403
danger:again           POST    login      302    404     403      403        403          403    403
danger:mapping         GET     login      200    200     403      403        403          403    403
danger:forget          POST    login      302    302     403      403        403          403    403
danger:checks          GET     login      200    200     200      200        200          200    200
danger:check           GET     login      200    200     403      403        403          403    403
danger:confirm         POST    login      302    302     403      403        403          403    403
danger:forecast        GET     login      200    200     200      200        200          200    200
danger:forecast_issue  GET     login      200    200     404      200        404          200    200
danger:fetch           POST    login      302    302     403      403        403          403    403
danger:fetching        GET     login      200    200     403      403        403          403    403
danger:skill           GET     login      200    200     200      200        200          200    200
danger:pairs           GET     login      200    200     200      200        200          200    200
danger:skill_csv       GET     login      200    200     200      200        200          200    200
danger:settings        GET     login      200    200     403      403        403          403    403
danger:cover           POST    login      422    422     403      403        403          403    403
danger:calibrate       POST    login      422    422     403      403        403          403    403
danger:area            GET     login      200    200     200      200        200          200    200
danger:site            GET     login      200    200     200      200        200          200    200
danger:card            GET     login      200    200     200      200        200          200    200
warning:list           GET     login      200    200     302      200        302          200    200
warning:new            GET     login      200    200     403      403        403          403    403
warning:preview        POST    login      200    200     403      403        403          403    403
warning:board          GET     login      200    200     403      200        403          200    200
warning:rows           GET     login      200    200     403      200        403          200    200
warning:edit           GET     login      200    200     403      403        403          403    403
warning:submit         POST    login      302    302     404      404        404          403    404
warning:approve        POST    login      403    302     404      404        404          403    404
warning:send_back      POST    login      403    409     404      404        404          403    404
warning:withdraw       POST    login      302    302     404      404        404          403    404
warning:issue          POST    login      302    302     404      404        404          403    404
warning:update         POST    login      302    302     403      403        403          403    403
warning:cancel         POST    login      302    302     403      403        403          403    403
warning:notice         GET     login      200    200     200      200        200          200    200
warning:notice_pdf     GET     login      200    200     200      200        200          200    200
warning:recipient      GET     login      200    200     403      200        403          200    200
warning:phone          POST    login      422    422     403      403        403          403    403
warning:inbox          GET     login      200    200     200      200        200          200    200
warning:letter         GET     login      404    200     200      404        404          404    404
warning:acknowledge    GET     200        200    200     200      200        200          200    200
warning:check          GET     login      200    200     200      200        200          200    200
warning:check_mended   POST    login      409    409     409      409        409          409    409
warning:feed           GET     200        200    200     200      200        200          200    200
warning:cap            GET     200        200    200     200      200        200          200    200
duty:day               GET     login      200    200     403      200        403          200    200
duty:roster            GET     login      200    200     403      200        403          200    200
duty:copy_week         POST    login      409    409     403      403        403          409    403
duty:shift_new         GET     login      200    200     403      403        403          200    403
duty:shift             GET     login      200    200     403      403        403          200    403
duty:shift_remove      POST    login      302    302     403      403        403          302    403
duty:log               POST    login      409    409     403      403        403          403    403
duty:correct           GET     login      200    200     403      403        403          403    403
duty:handover          GET     login      200    200     403      403        403          403    403
duty:handed_over       GET     login      200    200     403      200        403          200    200
duty:take_over         POST    login      409    302     403      403        403          403    403
inspection:list        GET     login      200    200     200      200        200          200    200
inspection:new         GET     login      200    200     403      200        403          403    403
inspection:photo       GET     login      200    200     200      200        200          200    200
inspection:hazard      GET     login      200    200     200      200        200          200    200
inspection:plan        GET     login      403    403     403      403        200          403    403
inspection:rectify     GET     login      403    403     403      403        200          403    403
inspection:verify      GET     login      200    200     403      200        403          403    403
incident:list          GET     login      200    200     200      200        200          200    200
incident:new           GET     login      200    200     200      200        200          200    403
incident:detail        GET     login      200    200     200      200        404          200    200
incident:follow_up     GET     login      200    200     200      200        404          200    403
incident:finish        GET     login      200    200     403      403        403          403    403
incident:file          GET     login      200    200     403      403        403          403    403
summary:page           GET     login      200    200     403      200        403          200    200
summary:figure         GET     login      200    200     403      200        403          200    200
summary:docx           GET     login      200    200     403      200        403          200    200
papers:check           GET     login      200    200     200      200        200          200    200
papers:archive         GET     login      200    200     200      200        200          200    200
papers:remove          POST    login      404    404     403      403        403          404    403
summary:pdf            GET     login      200    200     403      200        403          200    200
summary:seal           POST    login      409    409     403      403        403          409    403
summary:sealed         GET     login      200    200     403      200        403          200    200
summary:sealed_docx    GET     login      200    200     403      200        403          200    200
summary:sealed_pdf     GET     login      200    200     403      200        403          200    200
summary:sealed_figure  GET     login      200    200     403      200        403          200    200
places:list            GET     login      200    200     200      200        200          200    200
places:elevation       GET     login      200    200     403      403        403          200    403
places:import          GET     login      200    200     403      403        403          200    403
places:template        GET     login      200    200     403      403        403          200    403
places:elevations_template GET login    200    200     403      403        403          200    403
journal:list           GET     login      200    200     403      403        403          200    200
journal:verify         POST    login      200    200     403      403        403          200    200
journal:entry          GET     login      200    200     403      403        403          200    200
"""

COLUMNS, *_LINES = [line.split() for line in TABLE.strip().splitlines()]
ROLES = COLUMNS[2:]
ROWS = {name: (method, dict(zip(ROLES, answers, strict=True))) for name, method, *answers in _LINES}
REFUSED = {"login", "403", "404"}
ALSO_BY_GET = {"set_language"}
"""What changes something and yet answers a GET: with a way back, changing nothing."""
OPEN_API = {"api:openapi-json": "200", "api:api-root": "404", "api:nothing_here": "404"}
"""What of the API answers without a token."""


def arguments(worked: Worked) -> dict[str, list]:
    """What the addresses of the table are filled with: records that each role's own area holds."""
    desk, hazard = worked.desk, worked.rectified
    warning = {
        name: [one.pk]
        for one, names in (
            (worked.issued, ("board", "rows", "notice", "notice_pdf", "update", "cancel")),
            (worked.by_threshold, ("edit", "submit", "withdraw")),
            (worked.submitted, ("approve", "send_back")),
            (worked.approved, ("issue",)),
            (worked.waiting, ("recipient", "phone")),
            (worked.recipient, ("letter",)),
        )
        for name in names
    }
    return {
        **{f"warning:{name}": args for name, args in warning.items()},
        "warning:acknowledge": [links.token(worked.recipient, desk.officers[Role.CONTACT])],
        "warning:cap": [worked.issued.identifier],
        "danger:area": [desk.villages[0].code],
        "danger:card": [desk.villages[0].code],
        "danger:columns": [worked.file.pk],
        "danger:again": [worked.file.pk],
        "danger:mapping": [worked.columns.pk],
        "danger:forget": [worked.columns.pk],
        "danger:check": [worked.doubt.pk],
        "danger:forecast_issue": [worked.forecast.pk],
        "danger:site": [desk.sites[0].code],
        "duty:shift": [worked.shift.pk],
        "duty:shift_remove": [worked.coming.pk],
        "duty:correct": [worked.log.pk],
        "duty:handed_over": [worked.handover.pk],
        "duty:take_over": [worked.handover.pk],
        "inspection:hazard": [hazard.pk],
        "places:elevation": [desk.sites[0].pk],
        "inspection:photo": [hazard.photos.order_by("pk").first().pk],
        "inspection:plan": [worked.major.pk],
        "inspection:rectify": [worked.major.pk],
        "inspection:verify": [hazard.pk],
        "incident:detail": [worked.filed.pk],
        "incident:follow_up": [worked.incident.pk],
        "incident:finish": [worked.filed.pk],
        "incident:file": [worked.incident.first_report.pk],
        "papers:remove": [999],
        "summary:figure": ["hazards_found"],
        "summary:sealed": [worked.summary.pk],
        "summary:sealed_docx": [worked.summary.pk],
        "summary:sealed_pdf": [worked.summary.pk],
        "summary:sealed_figure": [worked.summary.pk, "hazards_found"],
        "journal:entry": [Entry.objects.get(act="duty.log_added").seq],
    }


def addresses(patterns, path: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Name and path of every pattern that the desk answers to."""
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, here, inner)
        else:
            yield f"{space}{pattern.name}", here


def answer(officer: Officer | None, method: str, url: str) -> str:
    """The status of one request as the table writes it, its effect undone."""
    client = Client()
    with transaction.atomic():
        if officer is not None:
            client.force_login(officer)
        response = getattr(client, method.lower())(url)
        response.getvalue()
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith(reverse("login")):
        return "login"
    return str(response.status_code)


def asked(worked: Worked, role: str, method: str, url: str) -> str:
    officer = None if role == "anonymous" else worked.desk.officers[Role(role)]
    return answer(officer, method, url)


@pytest.fixture
def urls(worked) -> dict[str, str]:
    """The address of every page of the table, by its name."""
    known = arguments(worked)
    return {name: reverse(name, args=known.get(name, [])) for name in ROWS}


def test_the_table_names_every_address_and_no_other():
    named = {name for name, _ in addresses(get_resolver().url_patterns) if not name.startswith("api:")}
    assert named == set(ROWS)


def test_each_role_gets_the_answer_of_the_table(worked, urls):
    given = {
        name: {role: asked(worked, role, method, urls[name]) for role in ROLES}
        for name, (method, _) in ROWS.items()
    }
    assert given == {name: answers for name, (_, answers) in ROWS.items()}


def test_whoever_is_refused_a_page_is_refused_its_form(worked, urls):
    taken = {
        (name, role): status
        for name, (method, answers) in ROWS.items()
        for role in ROLES
        if method == "GET" and answers[role] in REFUSED
        if (status := asked(worked, role, "POST", urls[name])) not in REFUSED
    }
    assert taken == {}


def test_what_changes_something_does_nothing_when_it_is_only_opened(worked, urls):
    acts = [name for name, (method, _) in ROWS.items() if method == "POST" and name not in ALSO_BY_GET]
    assert {name: asked(worked, "leader", "GET", urls[name]) for name in acts} == dict.fromkeys(acts, "405")


def test_the_api_knows_no_session_and_answers_nobody_without_a_token(worked):
    given: dict[str, set[str]] = {}
    for name, path in addresses(get_resolver().url_patterns):
        if name.startswith("api:"):
            url = "/" + re.sub("<[^>]+>", "1", path)
            methods = ["get"] if name in OPEN_API else ["get", "post", "put", "patch", "delete"]
            given.setdefault(name, set()).update(
                answer(worked.desk.officers[Role.LEADER], method, url) for method in methods
            )
    assert {name: {"401"} if "401" in found else found for name, found in given.items()} == {
        name: {OPEN_API.get(name, "401")} for name in given
    }
    assert set.union(*(found for name, found in given.items() if name not in OPEN_API)) <= {"401", "405"}


def test_what_belongs_to_another_village_is_not_there(worked):
    contact, responsible = (worked.desk.officers[role] for role in (Role.CONTACT, Role.RESPONSIBLE))
    neighbour = worked.desk.other_contact
    photo = worked.other_hazard.photos.get()
    of_the_village = [
        ("danger:area", worked.desk.villages[1].code),
        ("danger:card", worked.desk.villages[1].code),
        ("danger:site", worked.desk.sites[1].code),
        ("warning:notice", worked.other_issued.pk),
        ("warning:notice_pdf", worked.other_issued.pk),
        ("inspection:hazard", worked.other_hazard.pk),
        ("inspection:photo", photo.pk),
        ("incident:detail", worked.other_incident.pk),
        ("incident:follow_up", worked.other_incident.pk),
    ]
    of_the_unit = [
        ("warning:letter", worked.other_recipient.pk),
        ("inspection:rectify", worked.other_hazard.pk),
    ]
    for name, key in of_the_village + of_the_unit:
        url = reverse(name, args=[key])
        assert answer(neighbour, "get", url) == "200", name
        assert answer(contact, "get", url) == answer(responsible, "get", url) == "404", name
        assert answer(contact, "post", url) == answer(responsible, "post", url) == "404", name


def test_a_person_responsible_does_not_see_what_is_of_other_units_in_the_village(worked):
    responsible, contact = (worked.desk.officers[role] for role in (Role.RESPONSIBLE, Role.CONTACT))
    for name, key in [("incident:detail", worked.incident.pk), ("warning:letter", worked.recipient.pk)]:
        url = reverse(name, args=[key])
        assert answer(contact, "get", url) == "200", name
        assert answer(responsible, "get", url) == "404", name
