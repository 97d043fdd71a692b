"""Carries a message to the desk's own inbox: the stored delivery is what the officer reads."""

from collections.abc import Sequence

from django.utils.translation import pgettext

from ..message import Message, Outcome


class Inbox:
    """Always at hand, and always succeeds: the message is where it is read as soon as it is stored."""

    kind = "inbox"

    @property
    def label(self) -> str:
        return pgettext("channel", "In-app inbox")

    def problem(self) -> str:
        return ""

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        return [Outcome.sent(message.key) for message in messages]

    async def close(self) -> None:
        return None
