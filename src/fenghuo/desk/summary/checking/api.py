"""Papers checked over the API: the findings of a file, and its mended copy."""

from base64 import b64encode
from typing import Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema, UploadedFile
from pydantic import Field

from fenghuo.core.access import RuleBroken
from fenghuo.core.paper.check.read import Unreadable, read
from fenghuo.core.paper.check.repair import repair
from fenghuo.core.paper.check.rulebook import FAMILIES, rules
from fenghuo.desk.warning.checking import limits
from fenghuo.desk.wire import acts

from .archive import compared
from .forms import LARGEST
from .page import LONGEST, TooLong

router = Router()

LeftOut = Literal[*FAMILIES, *rules()]  # type: ignore[valid-type]


class CheckIn(Schema):
    """What not to look for, whole families or single rules, and whether the mended copy is wanted."""

    without: list[LeftOut] = Field(default_factory=list, max_length=200)
    repair: bool = False


class PlaceInPaper(Schema):
    """Where a finding stands: its line from 1, and characters from the start of the file's text."""

    line: int
    start: int
    end: int
    text: str


class PaperFinding(Schema):
    """One fault of a paper: which rule it breaks, why, and what to do; `mend` is what the mended copy says there."""

    rule: str
    severity: str
    place: PlaceInPaper
    message: str
    fix: str
    mend: str | None


class CheckedPaper(Schema):
    """A paper that was checked and not kept; `mended` is its mended copy in base64, where it was asked for."""

    form: str
    encoding: str
    findings: list[PaperFinding]
    mended: str | None


@router.post("/check", response=acts(CheckedPaper), summary="Check a paper")
def check_paper(request: HttpRequest, fields: Form[CheckIn], file: UploadedFile = File(...)):
    """A .docx, .pdf or .txt of up to 10 MB. Nothing of it is kept."""
    request.caller.must("paper.check")
    if (file.size or 0) > LARGEST:
        raise RuleBroken(_("The file is larger than 10 MB; the command line takes larger ones."), "file")
    data, name, code = file.read(), file.name or "", get_language() or "zh"
    try:
        with limits.turn(request.caller):
            document = read(data, name)
            if len(document.text) > LONGEST:
                raise TooLong
            found = compared(request.caller, document, fields.without)
            mended = repair(data, name, without=fields.without).data if fields.repair else None
    except Unreadable as refused:
        raise RuleBroken(
            f"{refused.message.in_language(code)} {refused.fix.in_language(code)}", "file"
        ) from None
    except TooLong:
        raise RuleBroken(
            _("The paper has more than 200,000 characters; the command line takes longer ones."), "file"
        ) from None
    except limits.Busy:
        raise RuleBroken(_("Too many documents are being checked. Try again in a minute.")) from None
    return {
        "form": document.form,
        "encoding": document.encoding,
        "findings": [
            {
                "rule": each.rule,
                "severity": str(each.severity),
                "place": {
                    "line": document.line(each.span.start),
                    "start": each.span.start,
                    "end": each.span.end,
                    "text": document.text[each.span.start : each.span.end],
                },
                "message": each.message.in_language(code),
                "fix": each.fix.in_language(code),
                "mend": each.mend,
            }
            for each in found
        ],
        "mended": b64encode(mended).decode() if mended is not None else None,
    }
