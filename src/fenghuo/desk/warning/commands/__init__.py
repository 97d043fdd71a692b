"""Acts on warnings: writing them, putting them out, answering them."""

from .answering import acknowledge, note_opening, record_phone_answer, report_back
from .drafting import approve, draft, edit, send_back, submit, withdraw
from .issuing import cancel, issue, update

__all__ = [
    "acknowledge",
    "approve",
    "cancel",
    "draft",
    "edit",
    "issue",
    "note_opening",
    "record_phone_answer",
    "report_back",
    "send_back",
    "submit",
    "update",
    "withdraw",
]
