"""The desk of the crash stories: a process that builds it, issues on it and tells what it has on record.

It reads one JSON command a line and answers with one JSON line; the commands are the functions below.
"""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any, TextIO

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from fenghuo.core.access import Role  # noqa: E402
from fenghuo.desk.journal import queries as journal  # noqa: E402
from fenghuo.desk.journal.models import Entry  # noqa: E402
from fenghuo.desk.officers import identity  # noqa: E402
from fenghuo.desk.officers.models import Address, Officer, Unit  # noqa: E402
from fenghuo.desk.places.models import Area  # noqa: E402
from fenghuo.desk.warning import commands  # noqa: E402
from fenghuo.desk.warning.models import Delivery, Recipient, Warning  # noqa: E402

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def build(contacts: int, hooks: str) -> dict[str, Any]:
    """One township and village with so many units, a contact each; all have mail, all but one a webhook."""
    call_command("migrate", verbosity=0)
    town = Area.objects.create(code="110199100", name="云岭镇", name_en="Yunling", level="township")
    village = Area.objects.create(code="110199100201", name="石门村", level="village", parent=town)
    for role in (Role.DUTY, Role.LEADER):
        Officer.objects.create(username=role.value, name=role.value, role=role, area=town)
    units = Unit.objects.bulk_create(
        Unit(name=f"单位{n:03d}", kind="enterprise", area=village) for n in range(contacts)
    )
    people = Officer.objects.bulk_create(
        Officer(username=f"c{n:03d}", name=f"联络员{n:03d}", role=Role.CONTACT, area=village, unit=unit)
        for n, unit in enumerate(units)
    )
    addresses = [
        Address(officer=person, channel="mail", target=f"{person.username}@example.org") for person in people
    ]
    addresses += [
        Address(officer=person, channel="webhook", target=f"{hooks}/{person.username}", secret=SECRET)
        for person in people[1:]
    ]
    Address.objects.bulk_create(addresses)
    return {}


def _caller(role: Role):
    return identity.caller_for(Officer.objects.get(username=role.value), identity.now(), via="test")


def approve() -> dict[str, Any]:
    """Sign a warning; each takes the place of the one before."""
    duty = _caller(Role.DUTY)
    before = Warning.objects.filter(state=Warning.State.ISSUED).first()
    if before is None:
        warning = commands.draft(duty, areas=[Area.objects.get(code="110199100")], level="blue")
    else:
        warning = commands.update(duty, before)
    commands.submit(duty, warning)
    commands.approve(_caller(Role.LEADER), warning)
    return {"warning": warning.pk}


def issue(warning: int) -> dict[str, Any]:
    """Put it in force."""
    commands.issue(_caller(Role.DUTY), Warning.objects.get(pk=warning))
    return {"warning": warning}


def acknowledge(warning: int) -> dict[str, Any]:
    """Let every contact acknowledge it, one after another."""
    for recipient in Recipient.objects.filter(warning=warning).select_related(
        "officer__area", "unit__area", "warning"
    ):
        commands.acknowledge(identity.caller_for(recipient.officer, identity.now(), via="link"), recipient)
    return {}


def record(warning: int) -> dict[str, Any]:
    """What the desk has on record: the warning's state, its recipients, and each delivery."""
    found = Warning.objects.get(pk=warning)
    deliveries = Delivery.objects.filter(recipient__warning=found)
    return {
        "state": found.state,
        "number": found.number,
        "cap": bool(found.cap_xml),
        "acknowledged": Recipient.objects.filter(warning=found).exclude(acknowledged_at=None).count(),
        "entries": Counter(
            Entry.objects.filter(act__in=["warning.issued", "warning.acknowledged"]).values_list(
                "act", flat=True
            )
        ),
        "recipients": Recipient.objects.filter(warning=found).count(),
        "deliveries": [
            {**delivery, "key": str(delivery["key"])}
            for delivery in deliveries.values("key", "channel", "state", "attempts", "error")
        ],
    }


def waiting(warning: int) -> dict[str, Any]:
    """How many of its deliveries are not sent."""
    return {"waiting": Delivery.objects.filter(recipient__warning=warning).exclude(state="sent").count()}


def faults() -> dict[str, Any]:
    """Breaks in the journal's chain."""
    program = identity.program(identity.now())
    return {"faults": [fault.message for fault in journal.faults(program)]}


def serve(asked: TextIO, answers: TextIO) -> None:
    """Do what is asked until nobody asks any more."""
    acts: dict[str, Callable[..., dict[str, Any]]] = {
        "build": build,
        "approve": approve,
        "issue": issue,
        "acknowledge": acknowledge,
        "record": record,
        "waiting": waiting,
        "faults": faults,
    }
    for line in asked:
        wanted = json.loads(line)
        print(json.dumps(acts[wanted.pop("do")](**wanted)), file=answers, flush=True)
