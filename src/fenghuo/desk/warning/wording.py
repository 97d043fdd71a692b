"""What a warning says to one person: subject, text, HTML and short message, in that person's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from fenghuo.desk.places.models import Area

from .models import Warning

GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = set("^{}\\[~]|€")


@dataclass(frozen=True)
class Letter:
    """What one person receives."""

    subject: str
    text: str


@dataclass(frozen=True)
class Length:
    """The length of a short message in its alphabet's units, and how many segments carry it."""

    units: int
    segments: int


def moment(at: datetime) -> str:
    """4月4日 20:00 / 4 Apr 20:00, in the desk's zone."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'j M' if get_language() == 'en' else 'n月j日')} {local:%H:%M}"


def listed(words: Iterable[str]) -> str:
    """Words in a row, parted as the reader's language parts them."""
    return (", " if get_language() == "en" else "、").join(words)


def names(areas: Iterable[Area]) -> str:
    """The areas' names in the reader's language."""
    return listed(str(area) for area in areas)


def short_names(areas: list[Area]) -> str:
    """The first area and how many there are, where there are more than three."""
    if len(areas) <= 3:
        return names(areas)
    return _("%(first)s and others, %(count)s villages in all") % {"first": areas[0], "count": len(areas)}


def letter(warning: Warning, areas: list[Area], *, language: str, link: str = "", lead: str = "") -> Letter:
    """The message to one person; `lead` stands before everything else, as an escalation's reason does."""
    with override(language):
        lines = [lead] if lead else []
        head = f"{warning.area} · {warning.headline}"
        lines.append(f"{head} · {warning.number_text}" if warning.number else head)
        if warning.msg_type != Warning.Kind.ALERT and warning.original is not None:
            lines.append(_("In place of: %s") % warning.original.number_text)
        lines.append(_("Where: %s") % names(areas))
        if warning.msg_type == Warning.Kind.CANCEL:
            lines.append(_("The warning is lifted. Regular duty goes on."))
        else:
            lines.append(_("Until: %s") % moment(warning.expires))
            lines.append(_("What: %s") % cause_and_description(warning))
            lines.append(_("Please do:"))
            lines += [f"{n}. {line}" for n, line in enumerate(warning.instructions, 1)]
        if link:
            lines.append(_("Open and confirm that you have read this: %s") % link)
        return Letter(f"{warning.headline} · {short_names(areas)}"[:200], "\n".join(lines))


def cause_and_description(warning: Warning) -> str:
    """Why, and what is happening, as one text in the reader's language."""
    if get_language() == "en":
        return " ".join(part for part in (_sentence(warning.cause_en), warning.description) if part)
    cause = warning.cause.rstrip("。")
    return f"{cause}。{warning.description}" if cause else warning.description


def _sentence(text: str) -> str:
    return text if not text or text.endswith(".") else text + "."


def short_message(warning: Warning, areas: list[Area], *, language: str, link: str = "") -> str:
    """The warning as a text message."""
    with override(language):
        text = _("[%(desk)s] %(headline)s: %(areas)s, until %(until)s. %(what)s") % {
            "desk": warning.area,
            "headline": warning.headline,
            "areas": short_names(areas),
            "until": moment(warning.expires),
            "what": (" " if get_language() == "en" else "").join(warning.instructions),
        }
        return f"{text} {_('Confirm:')} {link}" if link else text


def measure(text: str) -> Length:
    """How long a text message is: GSM 03.38 (160 in one, 153 in each of several) or UCS-2 (70, 67)."""
    if all(sign in GSM or sign in GSM_TWICE for sign in text):
        units, whole, part = sum(2 if sign in GSM_TWICE else 1 for sign in text), 160, 153
    else:
        units, whole, part = len(text.encode("utf-16-be")) // 2, 70, 67
    return Length(units, 1 if units <= whole else -(-units // part))


def as_html(text: str, link: str, language: str) -> str:
    """The same text as a letter in HTML, its link made a button."""
    with override(language):
        words = _("I have read this")
    lines = [line for line in text.splitlines() if not link or link not in line]
    body = "".join(f'<p style="margin:0 0 8px">{escape(line)}</p>' for line in lines)
    button = (
        f'<p style="margin:24px 0"><a href="{escape(link)}" style="display:inline-block;padding:14px 28px;'
        f'background:#0b5d66;color:#ffffff;border-radius:6px;text-decoration:none">{escape(words)}</a></p>'
        if link
        else ""
    )
    tag = "en" if language.startswith("en") else "zh-Hans"
    return (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8"></head>'
        '<body style="font-family:sans-serif;font-size:16px;line-height:1.6;color:#16202b">'
        f"{body}{button}</body></html>"
    )


def not_answered(unit: str, minutes: int, *, to_leader: bool, language: str) -> str:
    """Why an escalation's message comes to this person."""
    with override(language):
        told = ngettext(
            "%(unit)s has not answered within %(count)s minute.",
            "%(unit)s has not answered within %(count)s minutes.",
            minutes,
        ) % {"unit": unit, "count": minutes}
        asked = (
            _("As leader on shift, make sure that it is warned, and confirm here.")
            if to_leader
            else _("You are its next contact: please act, and confirm here.")
        )
        return f"{told} {asked}" if language.startswith("en") else f"{told}{asked}"
