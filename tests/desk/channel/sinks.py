"""A real SMTP server and a real HTTP server on loopback that stand for the world's mailboxes and phones."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiohttp import web
from aiosmtpd.smtp import SMTP


@dataclass
class Post:
    """One webhook as it arrived."""

    path: str
    headers: dict[str, str]
    body: str


class _InAThread:
    """A server in an event loop of its own, on a port of its own."""

    def __init__(self, delay: float = 0.0):
        self.delay = delay
        self.port = 0
        self.connections = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        self._do(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _start(self) -> None:
        """Begin to listen, and set `port`."""

    async def _stop(self) -> None:
        """Listen no longer."""


class Mailboxes(_InAThread):
    """Takes every letter in, or answers as `refuse` says: recipient → an SMTP answer such as "550 no"."""

    def __init__(self, delay: float = 0.0):
        super().__init__(delay)
        self.letters: list[EmailMessage] = []
        self.on_letter: Callable[[EmailMessage], None] = lambda letter: None
        self.refuse: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?from=desk@example.org&tls=no"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.delay:
            await asyncio.sleep(self.delay)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(letter)
        self.on_letter(letter)
        return "250 OK"

    async def _start(self) -> None:
        def protocol() -> SMTP:
            self.connections += 1
            return SMTP(self, hostname="sink.example.org", enable_SMTPUTF8=True, loop=self._loop)

        self._server = await self._loop.create_server(protocol, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        self._server.close()


@dataclass
class _Answers:
    status: int = 200
    by_path: dict[str, int] = field(default_factory=dict)


class Hooks(_InAThread):
    """Takes every POST in; `answers.by_path` and `answers.status` say with which status. A 2xx counts as taken."""

    def __init__(self, delay: float = 0.0):
        super().__init__(delay)
        self.posts: list[Post] = []
        self.answers = _Answers()
        self.on_post: Callable[[Post], None] = lambda post: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def _take(self, request: web.Request) -> web.Response:
        post = Post(request.path, {k.lower(): v for k, v in request.headers.items()}, await request.text())
        if self.delay:
            await asyncio.sleep(self.delay)
        self.posts.append(post)
        self.on_post(post)
        return web.Response(status=self.answers.by_path.get(request.path, self.answers.status))

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_post("/{tail:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        await self._runner.cleanup()
