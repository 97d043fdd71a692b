"""Decides which addresses may be fetched: http and https, plainly spelt, without password, not inside the network.

The guard is asked twice: for the address as it is written, and for each IP address that its name resolves to,
just before that very address is connected to. A name that resolves to something else in between (DNS rebinding)
gains nothing. IPv6 is allowed only where the IANA allocates public addresses; IPv6 addresses that carry an IPv4
address are judged by the one they carry.

Sources: the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and later entries), RFC 4291 (IPv6),
RFC 6052 (64:ff9b::/96), RFC 7526 (2002::/16 withdrawn). The addresses of the clouds' metadata services are theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from yarl import URL

from fenghuo.core.cap.feeds.rulebook import fault
from fenghuo.core.cap.findings import Fault, Finding, Place, Text, Unusable, shown

LONGEST = 2048
"""Characters an address may have."""

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

_INSIDE = Text("an address inside a network", "内部网络地址")
_THIS_MACHINE = Text("this machine itself", "本机地址")
_METADATA = Text("a cloud's metadata service", "云平台元数据服务地址")
_NEVER = Text("no address of a server on the internet", "非公网服务器地址")

# Never fetched, whatever is allowed.
_METADATA_SERVICES = frozenset(
    map(
        ip_address,
        (
            "169.254.169.254",
            "169.254.170.2",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "fd00:ec2::254",
        ),
    )
)
_LOOPBACK = tuple(map(ip_network, ("127.0.0.0/8", "::1/128")))
# What an office may run a feed in, once it says so.
_PRIVATE = tuple(
    map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"))
)
_OTHER_IPV4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
_PUBLIC_IPV6 = IPv6Network("2000::/3")
_OTHER_IPV6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_CARRIES_IPV4 = tuple(map(IPv6Network, ("::ffff:0:0/96", "64:ff9b::/96")))

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NAME = re.compile(r"[A-Za-z0-9_\-]+(\.[A-Za-z0-9_\-]+)*")
# A host whose last label is a number is an IPv4 address to a browser and to the C library, however it is spelt.
_NUMERIC = re.compile(r"(.*\.)?(\d+|0[xX][0-9A-Fa-f]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Guard:
    """What may be fetched.

    `allow_private` is for an office that runs a feed inside: True allows this machine and the private networks,
    a tuple of networks such as `("10.1.2.0/24",)` only those. Link-local, multicast, reserved and metadata
    addresses stay refused. Raises ValueError for what is no network.
    """

    allow_private: bool | tuple[str, ...] = False

    def __post_init__(self) -> None:
        self._allowed()

    def url(self, text: str) -> URL:
        """The address to fetch, without its fragment; raises Unusable saying why it is not fetched."""
        plain = text.strip()
        if not plain or len(plain) > LONGEST or _CONTROL.search(plain):
            raise Unusable(fault("fetch-address", url=displayed(plain)))
        try:
            url = URL(plain)
            host, port = url.raw_host, url.port
        except (ValueError, TypeError):
            raise Unusable(fault("fetch-address", url=displayed(plain))) from None
        if url.scheme not in ("http", "https"):
            if url.scheme:
                raise Unusable(fault("fetch-scheme", scheme=shown(url.scheme)))
            raise Unusable(fault("fetch-address", url=displayed(plain)))
        if "@" in url.raw_authority:
            raise Unusable(fault("fetch-credentials"))
        if not host or not port:
            raise Unusable(fault("fetch-address", url=displayed(plain)))
        self._host(host, plain)
        return url.with_fragment(None)

    def _host(self, host: str, text: str) -> None:
        if ":" in host or _NUMERIC.fullmatch(host.rstrip(".")):
            try:
                address = ip_address(host)
            except ValueError:
                raise Unusable(fault("fetch-spelling", host=shown(host))) from None
            self.check(host, address)
        elif not _NAME.fullmatch(host.removesuffix(".")):
            raise Unusable(fault("fetch-address", url=displayed(text)))

    def check(self, host: str, address: str | Address) -> None:
        """Raises Unusable for an IP address that a host has and that must not be connected to."""
        try:
            ip = ip_address(address)
        except ValueError:
            raise Unusable(fault("fetch-spelling", host=shown(str(address)))) from None
        why = self.refuses(ip)
        if why is not None:
            raise Unusable(fault("fetch-private", host=shown(host), address=ip, kind=why.en, kind_zh=why.zh))

    def refuses(self, address: Address) -> Text | None:
        """What an IP address is that must not be connected to; None when it may."""
        plain = _carried(address)
        if plain in _METADATA_SERVICES:
            return _METADATA
        if getattr(plain, "scope_id", None):
            return _NEVER
        if _in(plain, _LOOPBACK) or _in(plain, _PRIVATE):
            if _in(plain, self._allowed()):
                return None
            return _THIS_MACHINE if _in(plain, _LOOPBACK) else _INSIDE
        if isinstance(plain, IPv4Address):
            return _NEVER if _in(plain, _OTHER_IPV4) else None
        return None if plain in _PUBLIC_IPV6 and not _in(plain, _OTHER_IPV6) else _NEVER

    def _allowed(self) -> tuple[Network, ...]:
        if isinstance(self.allow_private, bool):
            return (*_LOOPBACK, *_PRIVATE) if self.allow_private else ()
        return tuple(map(ip_network, self.allow_private))


def displayed(url: str) -> str:
    """An address as a message shows it: short, on one line, and without a password."""
    return shown(re.sub(r"(?<=//)[^/?#]*@", "…@", url))


def at_address(found: Fault, url: str) -> Finding:
    """A fault of what an address answers, at that address."""
    return found.at(Place("/", None, displayed(url)))


def _carried(address: Address) -> Address:
    for network in _CARRIES_IPV4:
        if address in network:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _in(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)
