"""The rules of CAP 1.2 that its schema cannot say, each a small function with its clause.

A rule sees the alert as it was read and yields findings; it skips what could not be read, which the reading
has already reported. Profiles add rules of the same form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from fenghuo.core.cap.findings import Fault, Finding, Level, Place
from fenghuo.core.cap.model import Circle, MsgType, Point, Polygon, Scope, Status
from fenghuo.core.cap.references import Reference
from fenghuo.core.cap.tree import Found, Node

Rule = Callable[[Node], Iterator[Finding]]

_RESTRICTED = re.compile(r"[\s,<&]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_MIME = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\s*;.*)?", re.DOTALL)
_SHA1 = re.compile(r"[0-9A-Fa-f]{40}")
_REFER = {MsgType.UPDATE, MsgType.CANCEL, MsgType.ACK, MsgType.ERROR}
_FEWEST_POINTS = 4


def judge(alert: Node) -> list[Finding]:
    """Every finding of every rule on an alert."""
    return [finding for rule in RULES for finding in rule(alert)]


def naming(alert: Node) -> Iterator[Finding]:
    """identifier and sender hold something, and no space, comma, `<` or `&` (3.2.1)."""
    for name in ("identifier", "sender"):
        found = alert.one(name)
        if found and (not found.value or _RESTRICTED.search(found.value)):
            yield Fault(
                f"{name}-characters",
                f"“{name}” is empty or holds a space, a comma, < or &, which break references to it.",
                f"“{name}”为空，或含有空格、英文逗号、< 或 &，其他消息将无法引用。",
                "Use letters, digits, dots, hyphens and underscores only.",
                "只使用字母、数字、点、连字符和下划线。",
            ).at(found.place)


def scope(alert: Node) -> Iterator[Finding]:
    """Restricted says its restriction, and only it does; Private says its addresses (3.2.1)."""
    found = alert.one("scope")
    if found is None:
        return
    restriction, addresses = _text(alert, "restriction"), alert.one("addresses")
    if found.value is Scope.RESTRICTED and not restriction:
        yield Fault(
            "scope-restriction",
            "The scope is Restricted but no “restriction” says to whom.",
            "scope 为 Restricted，但没有用 restriction 说明限定范围。",
            "Add “restriction”, or set the scope to Public.",
            "补上 restriction，或把 scope 改为 Public。",
        ).at(found.place)
    if found.value is not Scope.RESTRICTED and restriction:
        yield Fault(
            "scope-restriction",
            f"There is a “restriction” although the scope is {found.value}.",
            f"scope 为 {found.value}，却写了 restriction。",
            "Remove “restriction”, or set the scope to Restricted.",
            "删去 restriction，或把 scope 改为 Restricted。",
            Level.WARNING,
        ).at(found.place)
    if (
        found.value is Scope.PRIVATE
        and not (addresses and addresses.value)
        and not _unread(alert, "addresses")
    ):
        yield Fault(
            "scope-addresses",
            "The scope is Private but no “addresses” names a recipient.",
            "scope 为 Private，但没有用 addresses 列出接收者。",
            "Add “addresses”, or set the scope to Public.",
            "补上 addresses，或把 scope 改为 Public。",
        ).at(found.place)


def references(alert: Node) -> Iterator[Finding]:
    """Update, Cancel, Ack and Error say which messages they are about, and these came before (3.2.1)."""
    kind, sent = alert.one("msg_type"), alert.one("sent")
    identifier, sender = alert.one("identifier"), alert.one("sender")
    found = alert.one("references")
    listed: tuple[Reference, ...] = found.value if found else ()
    if kind and kind.value in _REFER and not listed and not _unread(alert, "references"):
        yield Fault(
            "references-missing",
            f"The message is of type {kind.value} but names no earlier message.",
            f"消息类型为 {kind.value}，但没有指明所针对的原消息。",
            "Add “references” with sender,identifier,sent of the earlier message.",
            "补上 references，写明原消息的 sender,identifier,sent。",
        ).at(kind.place)
    for reference in listed if found else ():
        if (
            identifier
            and sender
            and (reference.sender, reference.identifier) == (sender.value, identifier.value)
        ):
            yield Fault(
                "references-self",
                "The message refers to itself: an earlier message has the same sender and identifier.",
                "消息引用了自身：所引用的消息与本消息的 sender 和 identifier 相同。",
                "Give this message an identifier of its own.",
                "为本消息另取一个 identifier。",
            ).at(found.place)
        if sent and reference.sent > sent.value:
            yield Fault(
                "references-later",
                f"The message refers to one sent later than itself ({reference}).",
                f"所引用的消息（{reference}）发送时间晚于本消息。",
                "Correct the time in “references” or in “sent”.",
                "改正 references 或 sent 中的时间。",
                Level.WARNING,
            ).at(found.place)


def notes(alert: Node) -> Iterator[Finding]:
    """Exercise and Error explain themselves in `note` (3.2.1)."""
    for name, value in (("status", Status.EXERCISE), ("msg_type", MsgType.ERROR)):
        found = alert.one(name)
        if found and found.value is value and not _text(alert, "note"):
            yield Fault(
                "note-missing",
                f"A message of {value} should say in “note” which exercise it is or what was wrong.",
                f"{value} 类消息应在 note 中说明是哪次演练或错在何处。",
                "Add “note”.",
                "补上 note。",
                Level.WARNING,
            ).at(found.place)


def infos(alert: Node) -> Iterator[Finding]:
    """An Alert or Update tells something (3.2.1)."""
    kind = alert.one("msg_type")
    if kind and kind.value in {MsgType.ALERT, MsgType.UPDATE} and not alert.has("infos"):
        yield Fault(
            "info-missing",
            f"A message of type {kind.value} without “info” tells its readers nothing.",
            f"{kind.value} 类消息没有 info，接收者得不到任何内容。",
            "Add an “info”.",
            "补上 info。",
            Level.WARNING,
        ).at(alert.place)


def times(alert: Node) -> Iterator[Finding]:
    """What expires does so after it was sent, became effective and began (3.2.2)."""
    sent = alert.one("sent")
    for info in _blocks(alert, "infos"):
        expires = info.one("expires")
        if expires is None:
            continue
        earlier = (
            ("sent", sent, Level.ERROR),
            ("effective", info.one("effective"), Level.ERROR),
            ("onset", info.one("onset"), Level.WARNING),
        )
        for name, start, level in earlier:
            if start and expires.value <= start.value:
                yield Fault(
                    f"expires-after-{name}",
                    f"The alert expires at or before “{name}”, so it never holds.",
                    f"失效时间不晚于 {name}，预警没有有效期。",
                    f"Set “expires” later than “{name}”.",
                    f"把 expires 改到 {name} 之后。",
                    level,
                ).at(expires.place)


def empty_texts(alert: Node) -> Iterator[Finding]:
    """The texts a reader needs are not blank; the schema lets them be (3.2)."""
    for info in _blocks(alert, "infos"):
        for node, name in ((info, "event"), *((area, "description") for area in _blocks(info, "areas"))):
            found = node.one(name)
            if found and not found.value.strip():
                yield Fault(
                    "text-blank",
                    "This text is blank, so readers are not told what it should say.",
                    "此处文字为空，接收者得不到应有的说明。",
                    "Write the text.",
                    "补写文字。",
                    Level.WARNING,
                ).at(found.place)


def shapes(alert: Node) -> Iterator[Finding]:
    """Polygons are closed rings of four points or more, on the globe; circles have a radius (3.2.4)."""
    for info in _blocks(alert, "infos"):
        for area in _blocks(info, "areas"):
            for found in area.all("polygons"):
                yield from _polygon(found.value, found.place)
            for found in area.all("circles"):
                yield from _circle(found.value, found.place)


def heights(alert: Node) -> Iterator[Finding]:
    """A ceiling stands only above an altitude (3.2.4)."""
    for info in _blocks(alert, "infos"):
        for area in _blocks(info, "areas"):
            ceiling, altitude = area.one("ceiling"), area.one("altitude")
            if ceiling is None or _unread(area, "altitude"):
                continue
            if altitude is None or ceiling.value < altitude.value:
                yield Fault(
                    "ceiling",
                    "“ceiling” stands without “altitude” or below it; the two are a range of heights.",
                    "ceiling 没有与 altitude 同时给出，或低于 altitude；两者共同表示高度范围。",
                    "Add the lower height as “altitude”, or remove “ceiling”.",
                    "用 altitude 补上较低的高度，或删去 ceiling。",
                ).at(ceiling.place)


def links(alert: Node) -> Iterator[Finding]:
    """Links are absolute, resources can be had, typed and verified (3.2.2, 3.2.3)."""
    for info in _blocks(alert, "infos"):
        web = info.one("web")
        if web and web.value.strip() and not _ABSOLUTE.fullmatch(web.value.strip()):
            yield Fault(
                "web-absolute",
                "“web” is not an absolute address.",
                "web 不是完整的网址。",
                "Write the whole address, beginning with https://.",
                "写出以 https:// 开头的完整网址。",
                Level.WARNING,
            ).at(web.place)
        for resource in _blocks(info, "resources"):
            yield from _resource(resource)


RULES: tuple[Rule, ...] = (
    naming,
    scope,
    references,
    notes,
    infos,
    times,
    empty_texts,
    shapes,
    heights,
    links,
)


def _polygon(polygon: Polygon, place: Place) -> Iterator[Finding]:
    if len(polygon.points) < _FEWEST_POINTS:
        yield Fault(
            "polygon-points",
            f"The polygon has {len(polygon.points)} coordinate pairs; at least {_FEWEST_POINTS} are needed.",
            f"多边形只有 {len(polygon.points)} 对坐标，至少需要 {_FEWEST_POINTS} 对。",
            "Give at least three corners and repeat the first at the end.",
            "至少给出三个顶点，并在末尾重复第一个。",
        ).at(place)
    if polygon.points and polygon.points[0] != polygon.points[-1]:
        yield Fault(
            "polygon-closed",
            "The polygon is not closed: its last pair differs from its first.",
            "多边形没有闭合：末对坐标与首对坐标不同。",
            "Repeat the first pair at the end.",
            "在末尾重复第一对坐标。",
        ).at(place)
    yield from _on_globe(polygon.points, place)


def _circle(circle: Circle, place: Place) -> Iterator[Finding]:
    if circle.radius < 0:
        yield Fault(
            "circle-radius",
            "The radius of the circle is negative.",
            "圆的半径为负数。",
            "Give the radius in kilometres, 0 or more.",
            "半径以千米计，不得小于 0。",
        ).at(place)
    yield from _on_globe((circle.centre,), place)


def _on_globe(points: tuple[Point, ...], place: Place) -> Iterator[Finding]:
    if any(abs(point.latitude) > 90 or abs(point.longitude) > 180 for point in points):
        yield Fault(
            "coordinates",
            "A coordinate is off the globe (latitude ±90, longitude ±180); perhaps the two are swapped.",
            "坐标超出范围（纬度 ±90，经度 ±180），可能纬度和经度写反了。",
            "Write the latitude first, then the longitude, in degrees of WGS 84.",
            "按 WGS 84 坐标系书写，先纬度后经度，以度为单位。",
        ).at(place)


def _resource(resource: Node) -> Iterator[Finding]:
    size, digest, mime = resource.one("size"), resource.one("digest"), resource.one("mime_type")
    if size and size.value < 0:
        yield Fault(
            "resource-size",
            "The size of the resource is negative.",
            "附件的大小为负数。",
            "Give its size in bytes.",
            "以字节为单位写明大小。",
        ).at(size.place)
    if mime and not _MIME.fullmatch(mime.value.strip()):
        yield Fault(
            "resource-type",
            "“mimeType” is not a media type such as image/png.",
            "mimeType 不是 image/png 之类的媒体类型。",
            "Write the media type of the file.",
            "写明文件的媒体类型。",
            Level.WARNING,
        ).at(mime.place)
    if digest and digest.value.strip() and not _SHA1.fullmatch(digest.value.strip()):
        yield Fault(
            "resource-digest",
            "“digest” is not a SHA-1 digest of 40 hexadecimal digits, so the file cannot be verified.",
            "digest 不是 40 位十六进制的 SHA-1 值，无法核对文件。",
            "Compute the SHA-1 of the file anew.",
            "重新计算文件的 SHA-1 值。",
            Level.WARNING,
        ).at(digest.place)
    if not _text(resource, "uri") and not _text(resource, "deref_uri"):
        yield Fault(
            "resource-unreachable",
            "The resource has neither “uri” nor “derefUri”, so nobody can open it.",
            "附件既没有 uri 也没有 derefUri，无法打开。",
            "Add “uri”.",
            "补上 uri。",
            Level.WARNING,
        ).at(resource.place)


def _blocks(node: Node, name: str) -> list[Node]:
    return [found.value for found in node.all(name)]


def _text(node: Node, name: str) -> str:
    found: Found | None = node.one(name)
    return found.value.strip() if found else ""


def _unread(node: Node, name: str) -> bool:
    return node.has(name) and node.one(name) is None
