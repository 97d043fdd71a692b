"""Fetches the answer of a weather server within a time and a size, tries again, and says why there is none."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from email.message import Message
from typing import IO

from fenghuo.core.danger.finding import Text, UnreadableStations

LARGEST_ANSWER = 32 * 1024 * 1024
LONGEST_WAIT = 60.0


class Unreachable(UnreadableStations):
    """A server that gave no usable answer this time; the same question may succeed later."""


def fetch(
    url: str,
    *,
    timeout: float = 20.0,
    attempts: int = 3,
    pause: Callable[[float], None] = time.sleep,
    largest: int = LARGEST_ANSWER,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """Return the body of an answer; `timeout` [s] holds for each attempt from its beginning to its end.

    A connection that fails, a server that is busy (429) or broken (5xx) is tried again after 1, 2, 4 … s, or
    after what `Retry-After` asks, at most a minute; then `Unreachable` is raised. A refusal (other 4xx), a
    redirect to plain HTTP on another host, an answer above `largest` bytes and an address that is none raise
    `UnreadableStations` at once. Messages never show the address, which may hold a key.
    """
    if not url.startswith(("https://", "http://")):
        raise _no_address()
    failure = Unreachable("service-unreachable", Text("", ""), Text("", ""))
    for attempt in range(attempts):
        try:
            return _once(url, timeout, largest, clock)
        except urllib.error.HTTPError as refused:
            with refused:
                if refused.code != 429 and refused.code < 500:
                    raise _refused(refused) from None
                wait = _retry_after(refused.headers) or 2.0**attempt
                reason = f"HTTP {refused.code}"
        except (http.client.InvalidURL, UnicodeError):
            raise _no_address() from None
        except (OSError, http.client.HTTPException) as broken:
            wait = 2.0**attempt
            cause = broken.reason if isinstance(broken, urllib.error.URLError) else broken
            reason = str(cause) or type(cause).__name__
        failure = _unreachable(reason)
        if attempt + 1 < attempts:
            pause(min(wait, LONGEST_WAIT))
    raise failure


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to HTTPS or within the same host; never from HTTPS back to HTTP."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        before, after = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        same = (after.scheme, after.netloc) == (before.scheme, before.netloc)
        if not (same or after.scheme == "https"):
            raise UnreadableStations(
                "service-redirects",
                Text(
                    f"The weather server sends the question on to {after.scheme}://{after.netloc}, unencrypted.",
                    f"气象服务器把请求转到未加密的 {after.scheme}://{after.netloc}。",
                ),
                Text("Check the server's address in the settings.", "请核对设置中的服务器地址。"),
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _once(url: str, timeout: float, largest: int, clock: Callable[[], float]) -> bytes:
    deadline = clock() + timeout
    request = urllib.request.Request(
        url, headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Fenghuo"}
    )
    content = bytearray()
    with urllib.request.build_opener(_Redirects).open(request, timeout=timeout) as response:
        # Piece by piece, because the timeout of a socket holds for each piece and not for their sum.
        while piece := response.read1(65_536):
            content += piece
            if len(content) > largest:
                raise UnreadableStations(
                    "answer-too-large",
                    Text(
                        f"The weather server's answer is larger than {largest // 1024} KiB.",
                        f"气象服务器返回的数据超过 {largest // 1024} KiB。",
                    ),
                    Text("Ask for fewer places or days at a time.", "请减少每次查询的地点或天数。"),
                )
            if clock() > deadline:
                raise TimeoutError("timed out")
        expected = response.headers.get("Content-Length", "")
    if expected.isdigit() and int(expected) != len(content):
        raise http.client.IncompleteRead(bytes(content), int(expected) - len(content))
    return bytes(content)


def _retry_after(headers: Message) -> float | None:
    asked = headers.get("Retry-After", "")
    return float(asked) if asked.isdigit() else None


def _refused(refused: urllib.error.HTTPError) -> UnreadableStations:
    try:
        answer = json.loads(refused.read(10_000))
        return service_refused(str(answer["reason"]))
    except (ValueError, KeyError, TypeError, OSError, http.client.HTTPException):
        return service_refused(f"HTTP {refused.code}")


def service_refused(reason: str) -> UnreadableStations:
    """The failure of a question that the server understood and refuses, with the `reason` it gives."""
    reason = reason[:300]
    return UnreadableStations(
        "service-refused",
        Text(f"The weather server refuses the question: {reason}", f"气象服务器拒绝了请求：{reason}"),
        Text(
            "Check the server's address, its key and the places asked for.",
            "请核对服务器地址、密钥和所查地点。",
        ),
    )


def _unreachable(reason: str) -> Unreachable:
    return Unreachable(
        "service-unreachable",
        Text(f"The weather server cannot be reached: {reason}.", f"无法连接气象服务器：{reason}。"),
        Text(
            "It is tried again later; meanwhile import a station file.",
            "稍后会再次尝试；其间可导入台站文件。",
        ),
    )


def _no_address() -> UnreadableStations:
    return UnreadableStations(
        "service-address",
        Text("The address of the weather server is not a web address.", "气象服务器地址不是有效网址。"),
        Text(
            "Write it in the settings beginning with https:// (or http:// on the office's own network).",
            "请在设置中填写以 https:// 开头的地址(单位内网可用 http://)。",
        ),
    )
