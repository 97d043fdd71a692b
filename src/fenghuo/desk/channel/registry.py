"""Every channel the desk has. A new channel is a new folder and a line here."""

from collections.abc import Callable

from .inbox import Inbox
from .mail import Mail
from .message import Channel
from .webhook import Webhook

_KINDS: tuple[Callable[[], Channel], ...] = (Inbox, Mail, Webhook)


def channels() -> dict[str, Channel]:
    """A fresh set of channels by kind, in the order in which they are offered; whoever sends must close them."""
    made = [kind() for kind in _KINDS]
    return {channel.kind: channel for channel in made}
