"""A server on this machine that answers as a test tells it to: byte by byte, wrongly, or not at all."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Request:
    """What was asked: the path and the headers, names in lower case."""

    path: str
    headers: dict[str, str]


Script = Callable[[Request], bytes | AsyncIterator[bytes]]


@dataclass
class Server:
    """Where it listens and what it was asked."""

    port: int
    asked: list[Request] = field(default_factory=list)
    scheme: str = "http"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.asked]


@asynccontextmanager
async def serving(script: Script, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """Runs a script as a server on a free port of 127.0.0.1; each connection answers one request and ends."""
    server: Server
    open_: set[asyncio.Task[None]] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        open_.add(task)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            headers = {name.lower(): value for name, value in headers.items()}
            request = Request(head[0].split(" ")[1], headers)
            server.asked.append(request)
            told = script(request)
            if isinstance(told, bytes):
                writer.write(told)
            else:
                async for piece in told:
                    writer.write(piece)
                    await writer.drain()
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            open_.discard(task)
            writer.close()

    listener = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)
    server = Server(listener.sockets[0].getsockname()[1], scheme="https" if tls else "http")
    try:
        yield server
    finally:
        listener.close()
        for task in list(open_):
            task.cancel()
        await asyncio.gather(*open_, return_exceptions=True)


def response(body: bytes | str = b"", status: int = 200, length: int | None = None, **headers: str) -> bytes:
    """A whole answer of HTTP; headers with `_` for `-`."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + data
