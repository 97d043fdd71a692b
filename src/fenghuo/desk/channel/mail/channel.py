"""Sends letters over a few SMTP connections kept open."""

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

import aiosmtplib
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fenghuo.desk.officers import identity

from .. import batch
from ..message import Message, Outcome
from . import server
from .letter import Undeliverable, letter

CONNECTIONS = 8
TIMEOUT_SECONDS = 10.0


class Mail:
    """A letter per message, over at most CONNECTIONS connections, each used again."""

    kind = "mail"

    def __init__(self) -> None:
        self._idle: list[aiosmtplib.SMTP] = []
        self._places = asyncio.Semaphore(CONNECTIONS)

    @property
    def label(self) -> str:
        return pgettext("channel", "Mail")

    def problem(self) -> str:
        try:
            self._server()
        except ValueError:
            return _("no mail server is set (FENGHUO_SMTP)")
        return ""

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        if self.problem():
            return [Outcome.later(message.key, self.problem()) for message in messages]
        return await batch.all_at_once(messages, self._send, within=settings.FENGHUO_LEASE_SECONDS * 0.7)

    async def close(self) -> None:
        while self._idle:
            connection = self._idle.pop()
            try:
                await connection.quit()
            except (aiosmtplib.SMTPException, OSError):
                connection.close()

    def _server(self) -> server.Server:
        return server.read(settings.FENGHUO_SMTP, urlsplit(settings.PUBLIC_URL).hostname or "localhost")

    async def _send(self, message: Message) -> Outcome:
        told = self._server()
        try:
            mail = letter(message, told.sender, told.domain, identity.now())
        except Undeliverable:
            return Outcome.never(message.key, _("“%s” is not a mail address") % message.to.target)
        async with self._places:
            try:
                return await self._over_a_connection(mail, message, told)
            except (TimeoutError, aiosmtplib.SMTPException, OSError) as error:
                return Outcome.later(message.key, f"SMTP: {error}")

    async def _over_a_connection(self, mail, message: Message, told: server.Server) -> Outcome:
        # A server may have closed a connection while it was idle; that says nothing of the letter.
        while self._idle:
            connection = self._idle.pop()
            try:
                return await self._hand_over(connection, mail, message, told)
            except aiosmtplib.SMTPServerDisconnected:
                connection.close()
        connection = aiosmtplib.SMTP(
            hostname=told.host,
            port=told.port,
            username=told.username,
            password=told.password,
            use_tls=told.use_tls,
            start_tls=told.start_tls,
            # Otherwise this machine's own name is looked up, and a slow name service holds up every letter.
            local_hostname=told.domain,
            timeout=TIMEOUT_SECONDS,
        )
        await connection.connect()
        return await self._hand_over(connection, mail, message, told)

    async def _hand_over(
        self, connection: aiosmtplib.SMTP, mail, message: Message, told: server.Server
    ) -> Outcome:
        healthy = False
        try:
            await connection.send_message(mail, sender=told.sender, recipients=[message.to.target])
            healthy = True
            return Outcome.sent(message.key)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            healthy = True
            answer = refused.recipients[0]
            return _answered(message.key, answer.code, answer.message)
        except aiosmtplib.SMTPDataError as refused:
            healthy = True
            return _answered(message.key, refused.code, refused.message)
        except aiosmtplib.SMTPNotSupported as error:
            healthy = True
            return Outcome.never(message.key, f"SMTP: {error}")
        finally:
            if healthy and connection.is_connected:
                self._idle.append(connection)
            else:
                connection.close()


def _answered(key: str, code: int, text: str) -> Outcome:
    """A refusal of this letter: 5xx is for good, 4xx for now (RFC 5321, 4.2.1)."""
    detail = f"SMTP {code} {text}"
    return Outcome.never(key, detail) if code >= 500 else Outcome.later(key, detail)
