"""Which mail server the desk uses, read from one URL."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

_START_TLS = {"": None, "auto": None, "starttls": True, "no": False}


@dataclass(frozen=True)
class Server:
    """`sender` is the address that mail comes from; `start_tls` None means: where the server offers it."""

    host: str
    port: int
    sender: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    use_tls: bool = False
    start_tls: bool | None = None

    @property
    def domain(self) -> str:
        """The part of the sender's address behind the @: the right-hand side of every Message-ID."""
        return self.sender.rpartition("@")[2]


def read(url: str, fallback_host: str) -> Server:
    """The server of `smtp://user:password@host:port?from=desk@example.org&tls=starttls|no|auto`.

    `smtps://` speaks TLS from the first byte. Without `from`, mail comes from `fenghuo@` the fallback host.
    Raises ValueError for an address that names no server.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError(f"a mail server is written smtp://host:port or smtps://host:port, not {url!r}")
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    tls = asked.get("tls", "")
    if tls not in _START_TLS:
        raise ValueError(f"tls is starttls, no or auto, not {tls!r}")
    implicit = parts.scheme == "smtps"
    return Server(
        host=parts.hostname,
        port=parts.port or (465 if implicit else 25),
        sender=asked.get("from") or f"fenghuo@{fallback_host}",
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=implicit,
        start_tls=False if implicit else _START_TLS[tls],
    )
