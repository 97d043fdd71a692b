"""Makes a CAP 1.2 tree of an alert of CAP 1.0 or 1.1, and lists every change; what cannot be known stays out.

CAP 1.0: OASIS Standard 200402 (March 2004), namespace `http://www.incident.com/cap/1.0`. CAP 1.1: OASIS
Standard CAP-V1.1 (October 2005). The differences are those of their schemas.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from fenghuo.core.cap.findings import Text, shown
from fenghuo.core.cap.model import NAMESPACE

CAP_1_0 = "http://www.incident.com/cap/1.0"
CAP_1_1 = "urn:oasis:names:tc:emergency:cap:1.1"
VERSIONS = {NAMESPACE: "1.2", CAP_1_1: "1.1", CAP_1_0: "1.0"}

_UNKNOWN_TYPE = "application/octet-stream"
_CODES = ("eventCode", "parameter", "geocode")

Changed = tuple[etree._Element, Text]


_BY_LETTERS = {space.casefold(): space for space in VERSIONS}


def put_right(root: etree._Element) -> tuple[str, str] | None:
    """Gives a root that is an alert by its letters CAP's own name, and its namespace to all that was in its own.

    What the namespace was and is now, both "" where only the name was in other letters; None for a root that is
    spelt rightly or is something else. A namespace may differ by the case of its letters and a stroke at the end.
    """
    name = etree.QName(root)
    old = name.namespace or ""
    space = _BY_LETTERS.get(old.rstrip("/#").casefold(), "")
    if (
        name.localname.casefold() != "alert"
        or (old and not space)
        or (name.localname == "alert" and old == space)
    ):
        return None
    root.tag = f"{{{space}}}alert" if space else "alert"
    if old == space:
        return "", ""
    for element in root.iter(f"{{{old}}}*"):
        element.tag = f"{{{space}}}{etree.QName(element).localname}"
    return old, space


def convert(alert: etree._Element, version: str, before: Callable[[], None]) -> list[Changed]:
    """Turns an alert's elements into those of CAP 1.2; what was changed, where, beyond the namespace.

    `before` is called before an element is put in or taken out.
    """
    old = etree.QName(alert).namespace or ""
    for element in alert.iter(f"{{{old}}}*" if old else etree.Element):
        name = etree.QName(element)
        if (name.namespace or "") == old:
            element.tag = f"{{{NAMESPACE}}}{name.localname}"
    changed: list[Changed] = []
    if version == "1.0" or any(map(_typeless, alert.iter(_own("resource")))):
        before()
    if version == "1.0":
        _drop_passwords(alert, changed)
        _make_pairs(alert, changed)
        _name_categories(alert, changed)
        _lower_certainty(alert, changed)
    if version in ("1.0", "1.1"):
        _name_media_types(alert, changed)
    return changed


def _drop_passwords(alert: etree._Element, changed: list[Changed]) -> None:
    for element in alert.findall(_own("password")):
        alert.remove(element)
        changed.append(
            (
                alert,
                Text(
                    "CAP 1.0's “password” has no place in CAP 1.2 and was left out.",
                    "CAP 1.0 的 password 在 CAP 1.2 中没有对应元素，已去掉。",
                ),
            )
        )


def _make_pairs(alert: etree._Element, changed: list[Changed]) -> None:
    """`SAME=SVR` becomes valueName and value (1.1 gave them elements of their own)."""
    for name in _CODES:
        for element in alert.iter(_own(name)):
            text = (element.text or "").strip()
            system, sign, value = text.partition("=")
            if len(element) or not sign or not system.strip():
                continue
            element.text = None
            etree.SubElement(element, _own("valueName")).text = system.strip()
            etree.SubElement(element, _own("value")).text = value.strip()
            changed.append(
                (
                    element,
                    Text(
                        f"“{shown(text)}” became a valueName and a value.",
                        f"“{shown(text)}”改为 valueName 和 value。",
                    ),
                )
            )


def _name_categories(alert: etree._Element, changed: list[Changed]) -> None:
    """Category was optional in 1.0 and is required since; `Other` says no more than its absence did."""
    for info in alert.findall(_own("info")):
        if info.find(_own("category")) is None:
            event = info.find(_own("event"))
            category = etree.Element(_own("category"))
            category.text = "Other"
            info.insert(info.index(event) if event is not None else 0, category)
            changed.append(
                (
                    info,
                    Text(
                        "No category was given, as CAP 1.0 allows; CAP 1.2 requires one, so Other was set.",
                        "CAP 1.0 允许不写 category，CAP 1.2 要求必须有，因此设为 Other。",
                    ),
                )
            )


def _lower_certainty(alert: etree._Element, changed: list[Changed]) -> None:
    for element in alert.iter(_own("certainty")):
        if (element.text or "").strip() == "Very Likely":
            element.text = "Likely"
            changed.append(
                (
                    element,
                    Text(
                        "CAP 1.0's certainty “Very Likely” became Likely (CAP 1.2, 3.2.2).",
                        "CAP 1.0 的 certainty“Very Likely”改为 Likely（CAP 1.2，3.2.2）。",
                    ),
                )
            )


def _name_media_types(alert: etree._Element, changed: list[Changed]) -> None:
    """mimeType was optional before 1.2; a file of unknown type has a type that says so (RFC 2046, 4.5.1)."""
    for resource in alert.iter(_own("resource")):
        if _typeless(resource):
            described = resource.find(_own("resourceDesc"))
            media = etree.Element(_own("mimeType"))
            media.text = _UNKNOWN_TYPE
            resource.insert(resource.index(described) + 1 if described is not None else 0, media)
            changed.append(
                (
                    resource,
                    Text(
                        f"No mimeType was given; CAP 1.2 requires one, so {_UNKNOWN_TYPE} was set.",
                        f"没有写 mimeType，CAP 1.2 要求必须有，因此设为 {_UNKNOWN_TYPE}。",
                    ),
                )
            )


def _typeless(resource: etree._Element) -> bool:
    return resource.find(_own("mimeType")) is None


def _own(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
