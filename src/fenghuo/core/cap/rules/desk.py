"""What a Chinese desk asks of its warnings: a colour that fits, both languages, somebody to call."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from fenghuo.core.cap.model import DEFAULT_LANGUAGE, Alert, Area, Info, MsgType, Severity, Urgency
from fenghuo.core.cap.rules import Hit, finds, hit

# The desk's own table: CAP has none from colours. Severity falls by one step a level.
SEVERITIES = {
    "red": Severity.EXTREME,
    "orange": Severity.SEVERE,
    "yellow": Severity.MODERATE,
    "blue": Severity.MINOR,
}
_NAMES = {"level", "colour", "color", "warning-level", "预警级别", "预警等级", "预警颜色"}
_COLOURS = {
    "red": "red", "红": "red", "红色": "red", "orange": "orange", "橙": "orange", "橙色": "orange",
    "yellow": "yellow", "黄": "yellow", "黄色": "yellow", "blue": "blue", "蓝": "blue", "蓝色": "blue",
}  # fmt: skip
_IN_CHINESE = {"red": "红色", "orange": "橙色", "yellow": "黄色", "blue": "蓝色"}
_SAID = re.compile(r"([红橙黄蓝])色|\b(red|orange|yellow|blue)\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"\d{14}_(\d{14})_\d", re.ASCII)
_CODE_SYSTEMS = {"GB/T 2260", "GB/T 10114", "GB/T2260", "GB/T10114"}
_CODE = re.compile(r"\d{6}(\d{3})?(\d{3})?", re.ASCII)
_REACHABLE = re.compile(r"\d[\d \-()]{2,}\d|\S+@\S+|https?://\S+")


def level_of(info: Info) -> tuple[int, str | None] | None:
    """Where the colour stands among an info's parameters, and which of the four it is; None without one."""
    for index, pair in enumerate(info.parameters):
        if pair.name in _NAMES or (pair.name is not None and pair.name.strip().lower() in _NAMES):
            value = (pair.value or "").strip().lower().removesuffix("预警")
            return index, _COLOURS.get(value)
    return None


@finds(
    Alert,
    "desk-level",
    "desk-level-unknown",
    "desk-level-severity",
    "desk-level-headline",
    "desk-levels-differ",
    needs=["infos"],
)
def levels(alert: Alert) -> Iterable[Hit]:
    """Every info names one of the four colours, the same; it fits the severity and is the one in the headline.

    What lifts a warning is past and of no severity any more, whatever its colour was.
    """
    found: list[Hit] = []
    first: str | None = None
    for number, info in enumerate(alert.infos):
        level = level_of(info)
        if level is None:
            found.append(hit("desk-level", "infos", number))
            continue
        index, colour = level
        where = ("infos", number, "parameters", index, "value")
        if colour is None:
            found.append(hit("desk-level-unknown", *where, text=info.parameters[index].value))
            continue
        first = first or colour
        if colour != first:
            found.append(hit("desk-levels-differ", *where))
        names: dict[str, object] = {"level": colour, "level_zh": _IN_CHINESE[colour]}
        right = SEVERITIES[colour]
        over = alert.msg_type is MsgType.CANCEL or info.urgency is Urgency.PAST
        if info.severity is not None and info.severity is not right and not over:
            names |= {"severity": info.severity, "right": right}
            found.append(Hit("desk-level-severity", ("infos", number, "severity"), names))
        if info.headline:
            said = {_COLOURS[zh or en.lower()] for zh, en in _SAID.findall(info.headline)}
            if said and colour not in said:
                found.append(Hit("desk-level-headline", ("infos", number, "headline"), names))
    return found


@finds(Alert, "desk-chinese", "desk-english", needs=["infos"])
def both(alert: Alert) -> Iterable[Hit]:
    """What is said is said in Chinese and in English."""
    if not alert.infos:
        return ()
    spoken = {(info.language or DEFAULT_LANGUAGE).lower().partition("-")[0] for info in alert.infos}
    found = [] if "zh" in spoken else [hit("desk-chinese")]
    return found if "en" in spoken else [*found, hit("desk-english")]


@finds(Info, "desk-contact", "desk-contact-form", "desk-sender", needs=["contact", "sender_name"])
def reachable(info: Info, alert: Alert) -> Iterable[Hit]:
    """A warning says who warns and whom to call."""
    found = [] if info.sender_name and info.sender_name.strip() else [hit("desk-sender")]
    if not info.contact or not info.contact.strip():
        found.append(hit("desk-contact"))
    elif not _REACHABLE.search(info.contact):
        found.append(hit("desk-contact-form", "contact", text=info.contact))
    return found


@finds(Alert, "desk-identifier")
def identifier(alert: Alert) -> Iterable[Hit]:
    """An identifier as Chinese warnings have it, of 31 characters with a time of entry that exists."""
    text = alert.identifier
    if text is None:
        return ()
    parts = _IDENTIFIER.fullmatch(text)
    if parts is not None:
        try:
            datetime.strptime(parts[1], "%Y%m%d%H%M%S")
        except ValueError:
            pass
        else:
            return ()
    return (hit("desk-identifier", "identifier", text=text),)


@finds(Area, "desk-area-code")
def codes(area: Area, info: Info, alert: Alert) -> Iterable[Hit]:
    """Area codes have 6 digits to the county, 9 to the township, 12 to the village."""
    return [
        hit("desk-area-code", "geocodes", index, "value", text=pair.value)
        for index, pair in enumerate(area.geocodes)
        if pair.name in _CODE_SYSTEMS and pair.value is not None and not _CODE.fullmatch(pair.value)
    ]
