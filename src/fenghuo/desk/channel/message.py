"""What a channel carries, and what it says became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Destination:
    """Where one message goes: a mailbox or a URL, and the secret that signs for it."""

    target: str
    secret: str = ""


@dataclass(frozen=True)
class Message:
    """One message to one person by one channel.

    `key` is its idempotency key: the same message sent again carries the same key, so whoever receives it twice
    can tell. `language` is a tag such as zh-hans; `link` the address that acknowledges; `level` a warning
    level, or "" where the message is no warning.
    """

    key: str
    to: Destination
    language: str
    subject: str
    text: str
    html: str = ""
    link: str = ""
    level: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of the message with this key.

    `ok` only when the transport said yes. `permanent` says that trying again is of no use; `detail` is what the
    other side answered, for the officer who looks into it.
    """

    key: str
    ok: bool
    permanent: bool = False
    detail: str = ""

    @classmethod
    def sent(cls, key: str) -> "Outcome":
        return cls(key, ok=True)

    @classmethod
    def later(cls, key: str, detail: str) -> "Outcome":
        """It failed, and may succeed when tried again."""
        return cls(key, ok=False, detail=detail)

    @classmethod
    def never(cls, key: str, detail: str) -> "Outcome":
        """It failed, and would fail again."""
        return cls(key, ok=False, permanent=True, detail=detail)


class Channel(Protocol):
    """One way in which messages leave the desk. A channel lives in one event loop, until it is closed."""

    kind: str

    @property
    def label(self) -> str:
        """Its name, in the reader's language."""
        ...

    def problem(self) -> str:
        """Why the desk cannot use it now, or "" where it can."""
        ...

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Send all, at once and over reused connections; an outcome for each message."""
        ...

    async def close(self) -> None:
        """Give back its connections."""
        ...
