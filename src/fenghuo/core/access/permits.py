"""The table of permits: each act or reading of the desk, and the roles that may."""

from enum import StrEnum


class Role(StrEnum):
    DUTY = "duty"  # duty officer 值班员
    LEADER = "leader"  # leader on shift 带班领导
    CONTACT = "contact"  # village or unit contact 联络员
    INSPECTOR = "inspector"  # 检查员
    RESPONSIBLE = "responsible"  # person responsible for a place 场所责任人
    CLERK = "clerk"  # office clerk 文书
    COUNTY = "county"  # county or prefecture desk 上级
    PROGRAM = "program"  # the program itself: worker, command line
    PUBLIC = "public"  # anyone: no login


_OFFICE = frozenset({Role.DUTY, Role.LEADER, Role.CLERK, Role.PROGRAM})
_DESK = frozenset({Role.DUTY, Role.LEADER, Role.PROGRAM})
_READERS = _OFFICE | {Role.COUNTY, Role.INSPECTOR}
_SIGNED_IN = _READERS | {Role.CONTACT, Role.RESPONSIBLE}
_EVERYONE = _SIGNED_IN | {Role.PUBLIC}

PERMITS: dict[str, frozenset[Role]] = {
    "home.read": _SIGNED_IN,
    "search.read": _SIGNED_IN,
    # places and officers
    "places.read": _SIGNED_IN,
    "places.import": _OFFICE,
    "officers.read": _READERS,
    "officers.write": _DESK,
    # journal
    "journal.read": _OFFICE | {Role.COUNTY},
    "journal.verify": _OFFICE | {Role.COUNTY},
    # danger
    "danger.read": _SIGNED_IN,
    "danger.import": _DESK,
    "danger.settings": _DESK,
    # warning
    "warning.read": _SIGNED_IN,
    "warning.board": _READERS,
    "warning.draft": _DESK,
    "warning.approve": frozenset({Role.LEADER}),
    "warning.issue": _DESK,
    "warning.phone": _DESK,
    "warning.acknowledge": _SIGNED_IN,
    "warning.report_back": _SIGNED_IN,
    "warning.deliver": frozenset({Role.PROGRAM}),
    "warning.published": _EVERYONE,
    # duty
    "duty.on_call": _SIGNED_IN,  # who is on now, to telephone them
    "duty.read": _READERS,
    "duty.roster": _OFFICE,
    "duty.log": _DESK,
    "duty.handover": _DESK,
    # inspection
    "inspection.read": _SIGNED_IN,
    "inspection.find": frozenset({Role.INSPECTOR, Role.DUTY, Role.LEADER}),
    "inspection.rectify": frozenset({Role.RESPONSIBLE, Role.CONTACT}),
    "inspection.verify": frozenset({Role.INSPECTOR, Role.DUTY, Role.LEADER}),
    # incident
    "incident.read": _SIGNED_IN,
    "incident.report": _SIGNED_IN - {Role.COUNTY},
    "incident.file": _DESK,
    # summary
    "summary.read": _READERS,
    "summary.export": _READERS,
    "summary.seal": _OFFICE,
    # papers
    "paper.check": _SIGNED_IN,
    "paper.archive": _OFFICE,
}
"""act → roles. The place part of a permit is the caller's area: see `Caller.sees`."""
