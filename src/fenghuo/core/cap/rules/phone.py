"""What a mobile phone can show: how long a text may be on its ways there, and what becomes unreadable.

Lengths are those of 3GPP TS 23.038 (alphabets), 23.040 (short messages) and 23.041 (cell broadcast) and, for
Wireless Emergency Alerts of the United States, 47 CFR 10.430. Where no source sets a bound the data says
that it is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fenghuo.core.cap.model import Alert, Info
from fenghuo.core.cap.rules import Hit, finds, hit

# 3GPP TS 23.038, 6.2.1: the default alphabet, and the characters that take two places (6.2.1.1).
_GSM = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = "\f^{}\\[~]|€"
_WIDE = re.compile(f"[^{re.escape(_GSM + _GSM_DOUBLE)}]")
_DOUBLE = re.compile(f"[{re.escape(_GSM_DOUBLE)}]")

ONE_MESSAGE, ONE_MESSAGE_WIDE = 160, 70
PART, PART_WIDE = 153, 67
PAGE, PAGE_WIDE = 93, 41
PAGES = 15
WEA_SHORT, WEA_LONG = 90, 360
MOST_PARTS = 5
_WEA = {"CMAMtext": WEA_SHORT, "CMAMlongtext": WEA_LONG}

_LINK_ONLY = re.compile(r"\s*(?:<?(?:https?://|www\.)\S+>?\s*)+", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:a|b|i|u|p|br|hr|em|strong|span|div|font|li|ul|ol|table|tr|td|h[1-6])\b[^<>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});",
    re.IGNORECASE,
)
# Controls, and characters without a width that turn the direction of reading or hide in words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]"
)
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_SHOWN = ("headline", "description", "instruction")


def length(text: str) -> tuple[int, bool]:
    """Places a text takes, and whether it needs the wide alphabet (UCS-2, two octets a place)."""
    if _WIDE.search(text):
        return len(text.encode("utf-16-le", "surrogatepass")) // 2, True
    return len(text) + len(_DOUBLE.findall(text)), False


@finds(Info, "phone-headline", needs=["headline"])
def headline(info: Info, alert: Alert) -> Iterable[Hit]:
    """A phone shows the headline first, often alone."""
    return () if info.headline and info.headline.strip() else (hit("phone-headline"),)


@finds(Info, "phone-headline-message", "phone-headline-page")
def headline_length(info: Info, alert: Alert) -> Iterable[Hit]:
    """A headline fits one short message (23.040, 23.038) and, better, one page of cell broadcast (23.041)."""
    if not info.headline or len(info.headline) <= PAGE_WIDE // 2:
        return ()
    places, wide = length(info.headline)
    one, page = (ONE_MESSAGE_WIDE, PAGE_WIDE) if wide else (ONE_MESSAGE, PAGE)
    if places > one:
        return (hit("phone-headline-message", "headline", places=places, most=one),)
    if places > page:
        return (hit("phone-headline-page", "headline", places=places, most=page),)
    return ()


@finds(Info, "phone-broadcast", "phone-parts")
def whole_length(info: Info, alert: Alert) -> Iterable[Hit]:
    """All that is said fits the 15 pages of a cell broadcast, and few short messages."""
    text = "\n".join(filter(None, (info.headline, info.description, info.instruction)))
    if len(text) <= ONE_MESSAGE_WIDE // 2:
        return ()
    places, wide = length(text)
    most = PAGES * (PAGE_WIDE if wide else PAGE)
    if places > most:
        return (hit("phone-broadcast", places=places, most=most),)
    count = -(-places // (PART_WIDE if wide else PART))
    if count > MOST_PARTS:
        return (hit("phone-parts", parts=count, most=MOST_PARTS),)
    return ()


@finds(Info, "phone-wea-short", "phone-wea-long", "phone-wea-alphabet")
def wireless_emergency_alerts(info: Info, alert: Alert) -> Iterable[Hit]:
    """The texts meant for Wireless Emergency Alerts keep to their lengths and alphabet."""
    found = []
    for index, pair in enumerate(info.parameters):
        most = _WEA.get(pair.name)
        if most is None or pair.value is None:
            continue
        places, wide = length(pair.value)
        where = ("parameters", index, "value")
        if wide:
            found.append(hit("phone-wea-alphabet", *where, name=pair.name))
        elif places > most:
            rule = "phone-wea-short" if most == WEA_SHORT else "phone-wea-long"
            found.append(hit(rule, *where, places=places, most=most))
    return found


@finds(Info, "phone-link-only", "phone-markup", "phone-invisible", "phone-beyond")
def readable(info: Info, alert: Alert) -> Iterable[Hit]:
    """Texts are words, not links alone, markup or characters that a phone does not show."""
    found: list[Hit] = []
    for name in _SHOWN:
        text = getattr(info, name)
        if not text:
            continue
        if ("://" in text or "www." in text) and _LINK_ONLY.fullmatch(text):
            found.append(hit("phone-link-only", name, name=name))
        if "<" in text or "&" in text:
            marked = _MARKUP.search(text)
            if marked:
                found.append(hit("phone-markup", name, text=marked[0]))
        if text.isprintable():
            # No control, no mark of direction, nothing unassigned: only what lies beyond is left to look for.
            beyond = None if text.isascii() else _BEYOND.search(text)
            if beyond:
                found.append(hit("phone-beyond", name, text=beyond[0]))
            continue
        hidden = _INVISIBLE.search(text)
        if hidden:
            found.append(hit("phone-invisible", name, code=f"U+{ord(hidden[0]):04X}"))
        beyond = _BEYOND.search(text)
        if beyond:
            found.append(hit("phone-beyond", name, text=beyond[0]))
    return found
