"""What screens and the API read of warnings, limited to what the caller may see."""

from .answers import Holder, Letter, addressed, holder, inbox, notice_file, notice_to
from .boards import Board, Row, Sent, board, received, recipient
from .feeds import Feed, feed, published
from .figures import answered_in_time, deliveries_sent, escalations
from .seen import found, in_force, issued_between, successor, waiting, warning, warnings

__all__ = [
    "Board",
    "Feed",
    "Holder",
    "Letter",
    "Row",
    "Sent",
    "addressed",
    "answered_in_time",
    "board",
    "deliveries_sent",
    "escalations",
    "feed",
    "found",
    "holder",
    "in_force",
    "inbox",
    "issued_between",
    "notice_file",
    "notice_to",
    "published",
    "received",
    "recipient",
    "successor",
    "waiting",
    "warning",
    "warnings",
]
