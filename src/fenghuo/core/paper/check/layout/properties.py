"""Word's properties: where each is looked for, and what its value means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def typeface(element: Any) -> str:
    return element.get("typeface", "") if element is not None else ""


def runs(parent: Any) -> Iterator[Any]:
    """A paragraph's runs, without what was deleted and without text boxes."""
    for child in parent:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in (f"{W}pPr", f"{W}del", f"{W}moveFrom", _MC_FALLBACK):
            yield from runs(child)


def signs_of(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}tab":
            yield "\t"
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"


def last(blocks: list[Any], tag: str) -> Any:
    found = None
    for block in blocks:
        element = block.find(f"{W}{tag}")
        found = element if element is not None else found
    return found


def value(blocks: list[Any], tag: str) -> str:
    element = last(blocks, tag)
    return element.get(f"{W}val", "") if element is not None else ""


def merged(blocks: list[Any], tag: str) -> dict[str, str]:
    """The attributes of a property, nearer ones over farther ones."""
    found: dict[str, str] = {}
    for block in blocks:
        element = block.find(f"{W}{tag}")
        if element is not None:
            found |= {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}
    return found


def nearer(blocks: list[Any], name: str) -> bool:
    """Whether the nearest indent asks for a first line, and not for a hanging one."""
    for block in reversed(blocks):
        element = block.find(f"{W}ind")
        if element is not None:
            keys = {str(key).rpartition("}")[2] for key in element.attrib}
            if any(key.startswith("hanging") for key in keys):
                return False
            if any(key.startswith(name) for key in keys):
                return True
    return False


def indent_in_signs(indent: Mapping[str, str], side: str, size: float) -> float:
    """An indent in signs: told in hundredths of one, which wins, or in twips."""
    chars = number(indent.get(f"{side}Chars"))
    if chars:
        return chars / 100
    return (number(indent.get(side)) or 0.0) / 20 / (size or 16.0)


def number(text: str | None) -> float | None:
    if not text:
        return None
    try:
        return float(text.removesuffix("pt")) * (20 if text.endswith("pt") else 1)
    except ValueError:
        return None


def is_on(element: Any, missing: bool = False) -> bool:
    if element is None:
        return missing
    return element.get(f"{W}val", "1") not in ("0", "false", "off")
