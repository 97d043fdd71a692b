"""Posts messages to webhooks over connections kept open."""

from collections.abc import Sequence
from http import HTTPStatus

import aiohttp
from django.conf import settings
from django.utils.translation import pgettext

from fenghuo.desk.officers import identity

from .. import batch
from ..message import Message, Outcome
from . import request

AT_ONCE = 64
TIMEOUT_SECONDS = 10.0
_WORTH_TRYING_AGAIN = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


class Webhook:
    """A POST per message. 2xx is a yes; 5xx, 408, 425, 429 and silence are tried again; the rest is a no."""

    kind = "webhook"

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def label(self) -> str:
        return pgettext("channel", "Webhook")

    def problem(self) -> str:
        return ""

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=AT_ONCE),
                timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS),
                headers={"user-agent": "Fenghuo"},
            )
        return await batch.all_at_once(messages, self._post, within=settings.FENGHUO_LEASE_SECONDS * 0.7)

    async def _post(self, message: Message) -> Outcome:
        assert self._session is not None
        now = identity.now()
        try:
            url = request.address(message)
            payload = request.body(message, now)
            signed = request.headers(message, payload, now)
        except request.Unusable as unusable:
            return Outcome.never(message.key, str(unusable))
        try:
            # A redirect is not followed: the signed message is for the address it was registered with.
            async with self._session.post(
                url, data=payload.encode(), headers=signed, allow_redirects=False
            ) as answer:
                status = answer.status
                await answer.release()
        except aiohttp.InvalidURL as error:
            return Outcome.never(message.key, str(error))
        except TimeoutError:
            return Outcome.later(message.key, f"HTTP: no answer in {TIMEOUT_SECONDS:.0f} s")
        except (aiohttp.ClientError, OSError) as error:
            return Outcome.later(message.key, f"HTTP: {error}")
        return judged(message.key, status)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


def judged(key: str, status: int) -> Outcome:
    """What a status code means for the message."""
    if 200 <= status < 300:
        return Outcome.sent(key)
    if status >= 500 or status in _WORTH_TRYING_AGAIN:
        return Outcome.later(key, f"HTTP {status}")
    return Outcome.never(key, f"HTTP {status}")
