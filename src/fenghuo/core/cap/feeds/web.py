"""Fetches a document over http or https from a server that may be hostile; every failure is a finding.

What is bounded: the time to connect, between two pieces and altogether; the bytes sent and the bytes they unfold
into; the redirections, each judged as the first address was; the tries, with exponential backoff and full jitter.
Names are resolved here, every IP address is judged, and the connection goes to one of those judged: see `address`.
No cookies, no proxies of the environment (a proxy would resolve names by itself), no credentials.
"""

from __future__ import annotations

import asyncio
import random
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from fenghuo.core.cap.feeds.address import Guard, at_address, displayed
from fenghuo.core.cap.feeds.body import ACCEPTED, Body
from fenghuo.core.cap.feeds.dates import rfc_822
from fenghuo.core.cap.feeds.rulebook import fault
from fenghuo.core.cap.findings import Fault, Finding, Unusable, shown
from fenghuo.core.cap.source import LARGEST

AGENT = "Fenghuo"
ACCEPT = (
    "application/cap+xml, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, "
    "*/*;q=0.1"
)
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_WORTH_TRYING_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_SECONDS = re.compile(r"\d{1,9}", re.ASCII)

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""Resolves a host's name for a port to its IP addresses; raises OSError when it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is put up with: seconds, bytes, redirections and tries.

    The wait after try n is drawn evenly from 0 to `first_wait` × 2ⁿ⁻¹, at most `longest_wait`; a server that asks
    for a longer wait is not asked again in this call. A connection that breaks before its answer began is opened
    once more at once, since a kept connection may have ended of itself.
    """

    connect: float = 10.0
    silence: float = 15.0
    whole: float = 60.0
    bytes_sent: int = LARGEST
    bytes: int = LARGEST
    redirects: int = 5
    tries: int = 3
    first_wait: float = 1.0
    longest_wait: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of fetching one address.

    `status` is the last HTTP status, 0 without one. `data` is the unpacked document, None when there is none:
    because nothing changed (`unchanged`), or because of the errors in `findings`. `url` is where it was found in
    the end, to resolve its links by. `etag` and `last_modified` make the next request conditional. `moved` is the
    new address when every redirection was for good. `passing` says a failure may pass by itself, `wait` how many
    seconds the server asks to be left alone.
    """

    asked: str
    url: str
    status: int = 0
    data: bytes | None = None
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""
    moved: str = ""
    passing: bool = False
    wait: float | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def unchanged(self) -> bool:
        """The document is as it was when its tag was given."""
        return self.status == 304 and self.data is None and not self.passing and not self.findings


class Web:
    """A client for many requests; `async with Web() as web: answer = await web.get(url)`.

    `lookup`, `sleep` and `draw` (a number from 0 to 1) can be given, so that a test needs no network and no time.
    `tls` is the trust in servers' certificates, the system's when not given.
    """

    def __init__(
        self,
        limits: Limits = Limits(),
        guard: Guard = Guard(),
        *,
        lookup: Lookup | None = None,
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
        draw: Callable[[], float] = random.random,
        tls: ssl.SSLContext | None = None,
        agent: str = AGENT,
    ) -> None:
        self.limits = limits
        self.guard = guard
        self._lookup = lookup or _resolved
        self._sleep = sleep
        self._draw = draw
        self._tls = tls
        self._agent = agent
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Web:
        connector = aiohttp.TCPConnector(
            resolver=_Resolver(self.guard, self._lookup),
            use_dns_cache=False,
            socket_factory=self._socket,
            ssl=self._tls if self._tls is not None else True,
        )
        limits = self.limits
        self._session = aiohttp.ClientSession(
            connector=connector,
            # The whole is timed here and not by aiohttp: unpacking and redirections count too.
            timeout=aiohttp.ClientTimeout(total=None, connect=limits.connect, sock_read=limits.silence),
            headers={"User-Agent": self._agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(
        self, url: str, *, etag: str = "", last_modified: str = "", now: datetime | None = None
    ) -> Answer:
        """The document at an address, asked for only if it changed when a tag or date of it is given.

        `now` serves to understand a Retry-After that is a date when the server does not say its own time.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in headers.items() if _plain(value)}
        last = max(1, self.limits.tries)
        for number in range(1, last + 1):
            answer = await self._try(url, headers, now)
            if not answer.passing or number == last:
                return answer
            asked = answer.wait or 0.0
            if asked > self.limits.longest_wait:
                return answer
            # Full jitter: many desks that failed together do not come back together.
            ceiling = min(self.limits.longest_wait, self.limits.first_wait * 2 ** (number - 1))
            await self._sleep(max(asked, self._draw() * ceiling))
        raise AssertionError("unreachable")

    async def _try(self, url: str, headers: dict[str, str], now: datetime | None) -> Answer:
        answer = Answer(asked=url, url=url)
        try:
            async with asyncio.timeout(self.limits.whole):
                return await self._follow(answer, headers, now)
        except Unusable as error:
            found, passing = error.fault, error.fault.rule == "fetch-cut"
        except TimeoutError as error:
            found, passing = fault("fetch-timeout", seconds=f"{self._waited(error):g}"), True
        except aiohttp.ClientConnectorDNSError as error:
            found, passing = _unresolved(error)
        except (aiohttp.ClientSSLError, ssl.SSLError) as error:
            found = fault("fetch-tls", host=_host_of(error, url), reason=_reason(error))
            passing = not isinstance(error, aiohttp.ClientConnectorCertificateError)
        except aiohttp.ClientConnectorError as error:
            inner = error.os_error
            if isinstance(inner, _Refused):
                found, passing = inner.fault, False
            else:
                found, passing = (
                    fault("fetch-connect", host=_host_of(error, url), reason=_reason(inner)),
                    True,
                )
        except aiohttp.ClientPayloadError:
            found, passing = fault("fetch-cut"), True
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, OSError) as error:
            found, passing = fault("fetch-connect", host=_host_of(error, url), reason=_reason(error)), True
        except (aiohttp.ClientError, ValueError) as error:
            found, passing = fault("fetch-protocol", reason=_reason(error)), False
        return replace(answer, passing=passing, findings=(at_address(found, url),))

    def _waited(self, error: TimeoutError) -> float:
        if isinstance(error, aiohttp.ConnectionTimeoutError):
            return self.limits.connect
        return self.limits.silence if isinstance(error, aiohttp.SocketTimeoutError) else self.limits.whole

    async def _follow(self, answer: Answer, headers: dict[str, str], now: datetime | None) -> Answer:
        assert self._session is not None, "a Web is used inside `async with`"
        url = self.guard.url(answer.asked)
        been, for_good = {url}, True
        while True:
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                answer = replace(answer, url=str(url), status=response.status)
                if response.status not in _REDIRECTS:
                    # Reads nothing more of a connection than its answer: what is refused is not drained.
                    moved = str(url) if for_good and len(been) > 1 else ""
                    return await self._received(replace(answer, moved=moved), response, bool(headers), now)
                response.close()
                for_good = for_good and response.status in _FOR_GOOD
                url = self._next(url, response)
            if url in been:
                raise Unusable(fault("fetch-loop", url=displayed(str(url))))
            if len(been) > self.limits.redirects:
                raise Unusable(fault("fetch-redirects", most=self.limits.redirects))
            been.add(url)

    def _next(self, url: URL, response: aiohttp.ClientResponse) -> URL:
        target = response.headers.get("Location", "")
        if not target:
            raise Unusable(fault("fetch-redirect", status=response.status))
        try:
            joined = url.join(URL(target))
        except ValueError:
            raise Unusable(fault("fetch-redirect", status=response.status)) from None
        found = self.guard.url(str(joined))
        if url.scheme == "https" and found.scheme == "http":
            raise Unusable(fault("fetch-downgrade", url=displayed(str(found))))
        return found

    async def _received(
        self, answer: Answer, response: aiohttp.ClientResponse, conditional: bool, now: datetime | None
    ) -> Answer:
        notes: list[Finding] = []
        if answer.moved:
            notes.append(at_address(fault("fetch-moved", url=displayed(answer.moved)), answer.asked))
        if response.status == 304 and conditional:
            # The tags that a 304 carries may be newer than those it was asked with (RFC 9110, 15.4.5).
            return replace(
                answer,
                etag=_header(response, "ETag"),
                last_modified=_header(response, "Last-Modified"),
            )
        if response.status != 200:
            response.close()
            return self._refused(answer, response, now)
        body = await self._body(response)
        data = body.finish()
        notes.extend(at_address(each, answer.asked) for each in body.departures)
        if not data.strip():
            # An empty document is a fault of the server that may pass, and no feed without alerts.
            found = fault("fetch-empty", status=response.status)
            return replace(answer, passing=True, findings=(*notes, at_address(found, answer.asked)))
        return replace(
            answer,
            data=data,
            media_type=response.headers.get("Content-Type", "")[:200],
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            findings=tuple(notes),
        )

    async def _body(self, response: aiohttp.ClientResponse) -> Body:
        limits = self.limits
        if response.content_length is not None and response.content_length > limits.bytes_sent:
            response.close()
            raise Unusable(fault("fetch-size", most=limits.bytes_sent))
        try:
            encoding = ", ".join(response.headers.getall("Content-Encoding", []))
            body = Body(encoding, most_sent=limits.bytes_sent, most=limits.bytes)
            async for chunk in response.content.iter_any():
                body.feed(chunk)
        except Unusable:
            response.close()
            raise
        return body

    def _refused(self, answer: Answer, response: aiohttp.ClientResponse, now: datetime | None) -> Answer:
        status = response.status
        if status in (204, 205):
            found = fault("fetch-empty", status=status)
        elif status == 304:
            found = fault("fetch-redirect", status=status)
        elif status == 410:
            found = fault("fetch-gone")
        else:
            found = fault("fetch-status", status=status)
        findings = [at_address(found, answer.asked)]
        wait = _wait(response, now) if status >= 400 else None
        if wait is not None and wait > self.limits.longest_wait:
            findings.append(at_address(fault("fetch-later", seconds=f"{wait:.0f}"), answer.asked))
        passing = status in _WORTH_TRYING_AGAIN
        return replace(answer, passing=passing, wait=wait, findings=tuple(findings))

    def _socket(self, info: tuple[Any, Any, int, str, tuple[Any, ...]]) -> socket.socket:
        # The last lock: whatever led here, no socket is opened to an address that was not judged.
        family, kind, protocol, _, address = info
        try:
            self.guard.check(str(address[0]), str(address[0]))
        except Unusable as error:
            raise _Refused(error.fault) from None
        return socket.socket(family, kind, protocol)


def fetch(url: str, limits: Limits = Limits(), guard: Guard = Guard()) -> Answer:
    """The document at one address, for a program that is not asynchronous."""

    async def once() -> Answer:
        async with Web(limits, guard) as web:
            return await web.get(url)

    return asyncio.run(once())


class _Refused(OSError):
    """An IP address that must not be connected to, passed through aiohttp as an error of the network."""

    def __init__(self, found: Fault) -> None:
        super().__init__(found.message_en)
        self.fault = found


class _Resolver(AbstractResolver):
    """Hands the connector only IP addresses that were judged; one bad address refuses the whole name."""

    def __init__(self, guard: Guard, lookup: Lookup) -> None:
        self._guard = guard
        self._lookup = lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        try:
            addresses = list(dict.fromkeys(await self._lookup(host, port)))
        except UnicodeError as error:
            raise OSError(str(error)) from None
        if not addresses:
            raise OSError("no address")
        for address in addresses:
            try:
                self._guard.check(host, address)
            except Unusable as error:
                raise _Refused(error.fault) from None
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is held open."""


async def _resolved(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for _, _, _, _, address in found]


def _unresolved(error: aiohttp.ClientConnectorDNSError) -> tuple[Fault, bool]:
    inner = error.os_error
    if isinstance(inner, _Refused):
        return inner.fault, False
    return fault("fetch-dns", host=shown(error.host), reason=_reason(inner)), True


def _wait(response: aiohttp.ClientResponse, now: datetime | None) -> float | None:
    """The seconds of a Retry-After (RFC 9110, 10.2.3), by the server's own clock where it is a date."""
    text = response.headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    until = rfc_822(text) if text else None
    since = rfc_822(response.headers.get("Date", "")) or now
    if until is None or since is None:
        return None
    return max(0.0, (until - since).total_seconds())


def _header(response: aiohttp.ClientResponse, name: str) -> str:
    value = response.headers.get(name, "").strip()
    return value if _plain(value) else ""


def _plain(value: str) -> bool:
    # What is sent back to the server must not carry a line of its own.
    return 0 < len(value) <= 500 and value.isprintable()


def _host_of(error: BaseException, url: str) -> str:
    host = getattr(error, "host", None)
    return shown(str(host)) if host else displayed(url)


def _reason(error: BaseException) -> str:
    told = getattr(error, "message", None) or getattr(error, "strerror", None) or str(error)
    return shown(str(told)) or type(error).__name__
