"""CAP documents checked over the API: every fault, and the mended document."""

from typing import Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema, UploadedFile
from pydantic import Field

from fenghuo.core import cap
from fenghuo.core.access import RuleBroken
from fenghuo.core.cap.source import read_source
from fenghuo.desk.wire import acts

from . import limits

router = Router()


class CapCheckIn(Schema):
    """The rules to check by beside those of the standard, and whether the mended document is wanted."""

    packs: list[Literal["wmo", "phone", "desk"]] = Field(default_factory=list, max_length=3)
    repair: bool = False


class PlaceInAlert(Schema):
    """Where a finding stands: its XPath, line and column from 1, and what stands there."""

    path: str
    line: int | None
    column: int | None
    text: str


class AlertFinding(Schema):
    """One fault of an alert: which rule it breaks, why, and what to do."""

    rule: str
    severity: str
    place: PlaceInAlert
    message: str
    fix: str


class CheckedAlert(Schema):
    """A document that was checked and not kept; `identifiers` are those of the alerts read in it.

    `mended` is its text with what can be mended safely, where that was asked for and anything could be.
    """

    envelope: str
    encoding: str
    identifiers: list[str]
    findings: list[AlertFinding]
    mended: str | None


@router.post("/check", response=acts(CheckedAlert), summary="Check a CAP document")
def check_alert(request: HttpRequest, fields: Form[CapCheckIn], file: UploadedFile = File(...)):
    """CAP 1.0, 1.1 or 1.2, alone or in Atom, RSS or EDXL-DE, up to 1 MB. Nothing of it is kept."""
    request.caller.must("warning.read")
    if (file.size or 0) > limits.LARGEST:
        raise RuleBroken(_("The file is larger than 1 MB; the command line takes larger ones."), "file")
    document, packs = file.read(), ("cap12", *fields.packs)
    try:
        with limits.turn(request.caller):
            reading = cap.read(document)
            found = cap.check(document, packs)
            repaired = cap.mend(document, packs) if fields.repair else None
    except limits.Busy:
        raise RuleBroken(_("Too many documents are being checked. Try again in a minute.")) from None
    changed = repaired is not None and repaired.changes
    return {
        "envelope": reading.envelope,
        "encoding": reading.encoding,
        "identifiers": [each.alert.identifier or "" for each in reading.messages],
        "findings": [each.as_dict(get_language() or "zh") for each in found],
        "mended": read_source(repaired.document).text if repaired is not None and changed else None,
    }
