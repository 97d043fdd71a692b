"""The rules of CAP 1.2 that its schema cannot say: each function one matter, with its clause.

Text, level and clause of every rule stand in `packs/cap12.toml`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from fenghuo.core.cap.languages import is_tag, unknown_part
from fenghuo.core.cap.model import (
    DEFAULT_LANGUAGE,
    Alert,
    Area,
    Info,
    MsgType,
    Polygon,
    Resource,
    ResponseType,
    Scope,
    Status,
    ValuePair,
)
from fenghuo.core.cap.references import write_references
from fenghuo.core.cap.rules import Hit, finds, hit
from fenghuo.core.cap.rules.rings import faults_of_rings

_RESTRICTED = re.compile(r"[\s,<&\u200b\u2060\ufeff]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")
# What nearly every address looks like; the others are looked at closely.
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(?:/[A-Za-z0-9._~/\-]*)?(?:\?[A-Za-z0-9._~/=&\-]*)?")
_MIME = re.compile(r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+(\s*;.*)?", re.DOTALL)
_SHA1 = re.compile(r"[0-9A-Fa-f]{40}")
_HALF_ROUND_KM = 20_038


@finds(Alert, "identifier-characters", "sender-characters")
def naming(alert: Alert) -> Iterable[Hit]:
    """identifier and sender hold something, and no space, comma, `<` or `&` (3.2.1)."""
    identifier, sender = alert.identifier, alert.sender
    if identifier and sender and not _RESTRICTED.search(identifier) and not _RESTRICTED.search(sender):
        return ()
    return [
        hit(f"{name}-characters", name, text=value)
        for name, value in (("identifier", identifier), ("sender", sender))
        if value is not None and (not value or _RESTRICTED.search(value))
    ]


@finds(Alert, "scope-restriction", "scope-restriction-needless", needs=["restriction"])
def restriction(alert: Alert) -> Iterable[Hit]:
    """Restricted says its restriction, and only it does (3.2.1)."""
    given = alert.restriction is not None and bool(alert.restriction.strip())
    if given is (alert.scope is Scope.RESTRICTED) or alert.scope is None:
        return ()
    if given:
        return (hit("scope-restriction-needless", "restriction", scope=alert.scope),)
    return (hit("scope-restriction", "scope"),)


@finds(Alert, "scope-addresses", needs=["addresses"])
def addresses(alert: Alert) -> Iterable[Hit]:
    """Private says to whom (3.2.1)."""
    if alert.scope is Scope.PRIVATE and not alert.addresses:
        return (hit("scope-addresses", "scope"),)
    return ()


@finds(
    Alert,
    "references-missing",
    "references-self",
    "references-later",
    "references-duplicate",
    needs=["references"],
)
def references(alert: Alert) -> Iterable[Hit]:
    """Update, Cancel, Ack and Error say which messages they are about, and these came before (3.2.1)."""
    listed = alert.references
    if not listed:
        if alert.msg_type is None or alert.msg_type is MsgType.ALERT:
            return ()
        return (hit("references-missing", "msg_type", type=alert.msg_type),)
    identifier, sender, sent = alert.identifier, alert.sender, alert.sent
    found: list[Hit] = []
    for each in listed:
        if each.identifier == identifier and each.sender == sender:
            found.append(hit("references-self", "references", reference=each))
        if sent is not None and each.sent > sent:
            found.append(hit("references-later", "references", reference=each))
    if len(listed) > 1 and len(set(listed)) < len(listed):
        whole = write_references(tuple(dict.fromkeys(listed)))
        found.append(hit("references-duplicate", "references", mend=whole))
    return found


@finds(Alert, "note-missing", needs=["note"])
def notes(alert: Alert) -> Iterable[Hit]:
    """Exercise and Error explain themselves in `note` (3.2.1)."""
    practised, mistaken = alert.status is Status.EXERCISE, alert.msg_type is MsgType.ERROR
    if not (practised or mistaken) or (alert.note is not None and alert.note.strip()):
        return ()
    found = [hit("note-missing", "status", kind=alert.status)] if practised else []
    return [*found, hit("note-missing", "msg_type", kind=alert.msg_type)] if mistaken else found


@finds(Alert, "info-missing")
def infos(alert: Alert) -> Iterable[Hit]:
    """An Alert or Update tells something (3.2.1)."""
    if not alert.infos and alert.msg_type in (MsgType.ALERT, MsgType.UPDATE):
        return (hit("info-missing", type=alert.msg_type),)
    return ()


@finds(Alert, "code-duplicate")
def codes(alert: Alert) -> Iterable[Hit]:
    """Saying a code twice says nothing more (3.2.1)."""
    return _repeated("code-duplicate", "codes", alert.codes) if len(alert.codes) > 1 else ()


@finds(Alert, "languages-differ")
def languages(alert: Alert) -> Iterable[Hit]:
    """The same is said in every language: as urgent, as severe and as certain (3.2.1, info; 3.2.2, language)."""
    every = alert.infos
    if len(every) < 2:
        return ()
    first = every[0]
    for info in every:
        if (
            info.urgency is not first.urgency
            or info.severity is not first.severity
            or info.certainty is not first.certainty
        ):
            return _differences(every)
    return ()


def _differences(every: tuple[Info, ...]) -> list[Hit]:
    said: dict[str, set[tuple[str, str, str]]] = {}
    first: dict[str, int] = {}
    for index, info in enumerate(every):
        if info.urgency is None or info.severity is None or info.certainty is None:
            return []
        language = (info.language or DEFAULT_LANGUAGE).lower()
        said.setdefault(language, set()).add((info.urgency, info.severity, info.certainty))
        first.setdefault(language, index)
    spoken = iter(said.items())
    name, one = next(spoken)
    return [
        hit("languages-differ", "infos", first[other], "language", one=name, other=other)
        for other, told in spoken
        if told != one
    ]


@finds(
    Alert,
    "polygon-points",
    "polygon-closed",
    "polygon-repeated",
    "polygon-flat",
    "polygon-winding",
    "polygon-antimeridian",
    "polygon-crossing",
    "polygon-unexamined",
    "coordinates",
)
def polygons(alert: Alert) -> Iterable[Hit]:
    """Polygons are closed rings of four points or more, on the globe, on one side of 180 degrees, and their
    sides do not cross: such a ring would not say what is inside (3.2.4)."""
    rings: dict[int, Polygon] = {}
    for info in alert.infos:
        for area in info.areas:
            for polygon in area.polygons:
                rings[id(polygon)] = polygon
    if not rings:
        return ()
    # By identity: the same shapes stand in the info of every language.
    faults = faults_of_rings(rings)
    if not any(faults.values()):
        return ()
    return [
        Hit(rule, ("infos", number, "areas", index, "polygons", at), values, mend)
        for number, info in enumerate(alert.infos)
        for index, area in enumerate(info.areas)
        for at, polygon in enumerate(area.polygons)
        for rule, values, mend in faults.get(id(polygon), ())
    ]


@finds(Info, "language-tag", "language-unknown")
def language(info: Info, alert: Alert) -> Iterable[Hit]:
    """A language tag is one of RFC 5646, which took the place of RFC 3066, and names what there is (3.2.2)."""
    tag = info.language
    if tag is None:
        return ()
    if not is_tag(tag):
        return (hit("language-tag", "language", text=tag),)
    part = unknown_part(tag)
    return () if part is None else (hit("language-unknown", "language", text=tag, part=part),)


@finds(Info, "expires-after-sent", "expires-after-effective", "expires-after-onset")
def times(info: Info, alert: Alert) -> Iterable[Hit]:
    """What expires does so after it was sent, became effective and began (3.2.2)."""
    expires = info.expires
    if expires is None:
        return ()
    found = []
    if alert.sent is not None and expires <= alert.sent:
        found.append(hit("expires-after-sent", "expires"))
    if info.effective is not None and expires <= info.effective:
        found.append(hit("expires-after-effective", "expires"))
    if info.onset is not None and expires <= info.onset:
        found.append(hit("expires-after-onset", "expires"))
    return found


@finds(Info, "text-blank", "pair-name")
def texts(info: Info, alert: Alert) -> Iterable[Hit]:
    """The texts a reader needs are not blank, and values say what they are of; the schema lets them be (3.2)."""
    found = []
    if info.event is not None and not info.event.strip():
        found.append(hit("text-blank", "event", name="event"))
    if info.event_codes:
        found += _unnamed("event_codes", "eventCode", info.event_codes)
    if info.parameters:
        found += _unnamed("parameters", "parameter", info.parameters)
    return found


def _unnamed(field: str, element: str, pairs: tuple[ValuePair, ...]) -> list[Hit]:
    return [
        hit("pair-name", field, index, "name", name=element)
        for index, pair in enumerate(pairs)
        if pair.name is not None and (not pair.name or pair.name.isspace())
    ]


@finds(
    Info,
    "category-duplicate",
    "response-duplicate",
    "response-none",
    "event-code-duplicate",
    "parameter-duplicate",
)
def repeats(info: Info, alert: Alert) -> Iterable[Hit]:
    """Saying a thing twice says nothing more, and None excludes every other response (3.2.2)."""
    found: list[Hit] = []
    if len(info.categories) > 1:
        found += _repeated("category-duplicate", "categories", info.categories)
    if len(info.response_types) > 1:
        found += _repeated("response-duplicate", "response_types", info.response_types)
        if ResponseType.NONE in info.response_types and set(info.response_types) != {ResponseType.NONE}:
            found.append(hit("response-none", "response_types", info.response_types.index(ResponseType.NONE)))
    if len(info.event_codes) > 1:
        found += _repeated("event-code-duplicate", "event_codes", info.event_codes)
    if len(info.parameters) > 1:
        found += _repeated("parameter-duplicate", "parameters", info.parameters)
    return found


@finds(Info, "web-absolute", "uri-form")
def web(info: Info, alert: Alert) -> Iterable[Hit]:
    """A link is absolute (3.2.2) and an address at all (xs:anyURI)."""
    if not info.web or _PLAIN_ADDRESS.fullmatch(info.web):
        return ()
    if not _is_uri(info.web):
        return (hit("uri-form", "web", text=info.web),)
    if not _ABSOLUTE.fullmatch(info.web):
        return (hit("web-absolute", "web", text=info.web),)
    return ()


@finds(Resource, "text-blank", "resource-type", "resource-size", "uri-form", "uri-absolute")
def resource(resource: Resource, info: Info, alert: Alert) -> Iterator[Hit]:
    """A resource is described, typed, has a size and an address that can be followed (3.2.3)."""
    if resource.description is not None and not resource.description.strip():
        yield hit("text-blank", "description", name="resourceDesc")
    if resource.mime_type is not None and not _MIME.fullmatch(resource.mime_type):
        yield hit("resource-type", "mime_type", text=resource.mime_type)
    if resource.size is not None and resource.size < 0:
        yield hit("resource-size", "size", text=resource.size)
    if resource.uri and not _PLAIN_ADDRESS.fullmatch(resource.uri):
        if not _is_uri(resource.uri):
            yield hit("uri-form", "uri", text=resource.uri)
        elif not resource.deref_uri and not _ABSOLUTE.fullmatch(resource.uri):
            yield hit("uri-absolute", "uri", text=resource.uri)


@finds(Resource, "resource-unreachable", needs=["uri", "deref_uri"])
def reach(resource: Resource, info: Info, alert: Alert) -> Iterator[Hit]:
    """A resource can be had, from an address or from the alert itself (3.2.3)."""
    if not resource.uri and not (resource.deref_uri and resource.deref_uri.strip()):
        yield hit("resource-unreachable")


@finds(Resource, "resource-digest", "resource-content", "resource-size-differs", "resource-digest-differs")
def content(resource: Resource, info: Info, alert: Alert) -> Iterator[Hit]:
    """A digest is SHA-1; content in the alert is base64 and agrees with the size and digest stated (3.2.3)."""
    digest = resource.digest
    if digest and not _SHA1.fullmatch(digest):
        yield hit("resource-digest", "digest", text=digest)
        digest = None
    if not resource.deref_uri or not resource.deref_uri.strip():
        return
    try:
        held = base64.b64decode("".join(resource.deref_uri.split()), validate=True)
    except (binascii.Error, ValueError):
        yield hit("resource-content", "deref_uri")
        return
    if resource.size is not None and resource.size >= 0 and resource.size != len(held):
        yield hit("resource-size-differs", "size", stated=resource.size, held=len(held))
    if digest and hashlib.sha1(held, usedforsecurity=False).hexdigest() != digest.lower():
        yield hit("resource-digest-differs", "digest")


@finds(Area, "text-blank", "ceiling-alone", "ceiling-below", needs=["altitude"])
def heights(area: Area, info: Info, alert: Alert) -> Iterable[Hit]:
    """An area is described, and a ceiling stands only above an altitude (3.2.4)."""
    found = []
    if area.description is not None and (not area.description or area.description.isspace()):
        found.append(hit("text-blank", "description", name="areaDesc"))
    if area.ceiling is not None:
        if area.altitude is None:
            found.append(hit("ceiling-alone", "ceiling"))
        elif area.ceiling < area.altitude:
            found.append(hit("ceiling-below", "ceiling"))
    return found


@finds(Area, "geocode-duplicate", "geocode-alone", "pair-name", needs=["polygons", "circles"])
def geocodes(area: Area, info: Info, alert: Alert) -> Iterable[Hit]:
    """A code goes with the shape it stands for, and stands once (3.2.4)."""
    held = area.geocodes
    if not held:
        return ()
    found = _unnamed("geocodes", "geocode", held)
    if len(held) > 1:
        found += _repeated("geocode-duplicate", "geocodes", held)
    if not area.polygons and not area.circles:
        found.append(hit("geocode-alone", "geocodes", 0))
    return found


@finds(Area, "circle-radius", "circle-large", "coordinates")
def circles(area: Area, info: Info, alert: Alert) -> Iterable[Hit]:
    """A circle has a centre on the globe and a radius that fits on it, in kilometres (3.2.4)."""
    found: list[Hit] = []
    for index, circle in enumerate(area.circles):
        latitude, longitude = circle.centre
        if circle.radius < 0:
            found.append(hit("circle-radius", "circles", index))
        elif circle.radius > _HALF_ROUND_KM:
            found.append(hit("circle-large", "circles", index, radius=circle.radius))
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            found.append(hit("coordinates", "circles", index))
    return found


def _repeated(rule: str, field: str, values: tuple[Any, ...]) -> list[Hit]:
    """A hit for each value that stood before; the one element to take out again."""
    found: list[Hit] = []
    if len(set(values)) == len(values):
        return found
    seen = set()
    for index, value in enumerate(values):
        if value in seen:
            found.append(hit(rule, field, index, remove=True, text=getattr(value, "value", value)))
        seen.add(value)
    return found


# RFC 3986 without the characters that xs:anyURI lets be escaped on the way (XML Schema 2, 3.2.17).
_URI = re.compile(
    r"(?://(?:(?:U|:)*@)?(?:\[[0-9A-Fa-f:.]+\]|U*)(?::\d+)?(?=[/?#]|$)|(?!//))"
    r"(?:C|/)*(?:\?(?:C|[/?])*)?(?:#(?:C|[/?])*)?".replace("C", r"(?:[^\s\[\]%#?/]|%[0-9A-Fa-f]{2})").replace(
        "U", r"(?:[^\s\[\]%#?/@:]|%[0-9A-Fa-f]{2})"
    )
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_COLON_FIRST = re.compile(r"[^/?#:]*:")


def _is_uri(text: str) -> bool:
    scheme = _SCHEME.match(text)
    if scheme is None and _COLON_FIRST.match(text):
        return False  # A colon before any slash ends a scheme, and this is none.
    return bool(_URI.fullmatch(text, scheme.end() if scheme else 0))
