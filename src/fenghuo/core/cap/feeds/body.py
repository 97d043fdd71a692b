"""The body of an answer, put together as it arrives and unpacked in bounded memory; knows nothing of the network."""

from __future__ import annotations

import re
import zlib

from fenghuo.core.cap.feeds.rulebook import fault
from fenghuo.core.cap.findings import Fault, Unusable, shown

ACCEPTED = "gzip, deflate"
"""What a request says it accepts. Brotli and zstd are left out: nothing else here needs their libraries."""

_GZIP = b"\x1f\x8b"
# How XML begins, in UTF-8 or UTF-16. `<` alone could begin compressed data.
_MARKUP = re.compile(rb"<[?!A-Za-z]|\xef\xbb|\xfe\xff|\xff\xfe|\0<|<\0")
_STEP = 64 * 1024
_MOST_MEMBERS = 64


class Body:
    """Collects a body in one of the accepted content encodings (RFC 9110, 8.4), by no more than its limits.

    `most_sent` bounds what came over the line, `most` what it unfolds into. An encoding that the bytes
    themselves contradict is reported in `departures` and put right. Raises Unusable for the rest.
    """

    def __init__(self, encoding: str, *, most_sent: int, most: int) -> None:
        names = [
            name for each in encoding.split(",") if (name := each.strip().lower()) not in ("", "identity")
        ]
        self._named = shown(encoding)
        self._encoding = names[0].removeprefix("x-") if names else ""
        if len(names) > 1:
            raise self._stuck("more than one is used", "叠加了多种编码")
        if self._encoding not in ("", "gzip", "deflate"):
            raise self._stuck("it was not asked for", "未请求这种编码")
        self._most_sent, self._most = most_sent, most
        self._sent = 0
        self._head = b""
        self._begun = False
        self._data = bytearray()
        self._inflate: zlib._Decompress | None = None
        self._members = 1
        self.departures: list[Fault] = []

    def feed(self, chunk: bytes) -> None:
        """Takes the next bytes; raises Unusable as soon as there are too many, or they cannot be unpacked."""
        self._sent += len(chunk)
        if self._sent > self._most_sent:
            raise Unusable(fault("fetch-size", most=self._most_sent))
        if not self._begun:
            self._head += chunk
            if len(self._head) < 2:
                return
            chunk, self._head = self._head, b""
            self._begin(chunk)
        self._take(chunk)

    def finish(self) -> bytes:
        """The whole body; raises Unusable when it was cut off."""
        if not self._begun:
            self._begin(self._head)
            self._take(self._head)
        if self._inflate is not None and not self._inflate.eof:
            raise Unusable(fault("fetch-cut"))
        return bytes(self._data)

    def _begin(self, head: bytes) -> None:
        self._begun = True
        packed = head.startswith(_GZIP)
        if self._encoding and not packed and _MARKUP.match(head):
            self.departures.append(fault("fetch-encoding-wrong", encoding=self._named, right="XML"))
            self._encoding = ""
        elif packed and self._encoding != "gzip":
            named = self._named or "identity"
            self.departures.append(fault("fetch-encoding-wrong", encoding=named, right="gzip"))
            self._encoding = "gzip"
        if self._encoding == "gzip":
            self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        elif self._encoding == "deflate" and head:
            # Deflate means with zlib's header (RFC 9110, 8.4.1.2); some servers leave it out.
            wrapped = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)

    def _take(self, chunk: bytes) -> None:
        if self._inflate is None:
            self._keep(chunk)
            return
        while chunk:
            if self._inflate.eof:
                if not chunk.startswith(_GZIP[:1]) or self._encoding != "gzip":
                    return  # padding after the end
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    # Each costs a window of its own however little it holds.
                    raise self._stuck(
                        f"it has more than {_MOST_MEMBERS} parts", f"分成了 {_MOST_MEMBERS} 段以上"
                    )
                self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
            chunk = self._unpack(self._inflate, chunk)

    def _unpack(self, inflate: zlib._Decompress, chunk: bytes) -> bytes:
        """Unpacks to the end of the chunk or of the stream; returns what lies behind that end."""
        try:
            while not inflate.eof:
                data = inflate.decompress(chunk, _STEP)
                self._keep(data)
                chunk = inflate.unconsumed_tail
                # With the input used up, as much output as was asked for means that more is waiting.
                if not (chunk or inflate.eof) and len(data) < _STEP:
                    return b""
        except zlib.error as error:
            raise self._stuck(f"the data is damaged ({error})", "数据已损坏") from None
        return inflate.unused_data

    def _keep(self, data: bytes) -> None:
        if len(self._data) + len(data) > self._most:
            raise Unusable(fault("fetch-inflated" if self._inflate else "fetch-size", most=self._most))
        self._data += data

    def _stuck(self, reason_en: str, reason_zh: str) -> Unusable:
        return Unusable(
            fault("fetch-encoding", encoding=self._named, reason_en=reason_en, reason_zh=reason_zh)
        )
