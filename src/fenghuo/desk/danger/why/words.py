"""The words of the "why this rating" screen: what each component is, how unusual its value is, what a mark means."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from fenghuo.core.danger.finding import Text
from fenghuo.desk.danger.models import Policy

if TYPE_CHECKING:
    from fenghuo.core.danger.explain import Attribution, Contribution

    from .reasons import Reasons, Standing

WHAT = {
    "ffmc": (gettext_lazy("Litter"), gettext_lazy("how dry grass, leaves and needles are")),
    "dmc": (gettext_lazy("Upper humus"), gettext_lazy("how dry the loose humus below them is")),
    "dc": (gettext_lazy("Deep humus"), gettext_lazy("how dry the deep layer is: drought")),
    "isi": (gettext_lazy("Spread"), gettext_lazy("how fast a fire would spread at first")),
    "bui": (gettext_lazy("Fuel"), gettext_lazy("how much there is that would burn")),
    "fwi": (gettext_lazy("Intensity"), gettext_lazy("how fierce the front of a fire would be")),
}
BAR = 100
"""Half the width of the box that contributions are drawn in."""


@dataclass(frozen=True)
class Bar:
    """One contribution: in words, and as a bar from the middle of a box to the right (more danger) or the left."""

    words: str
    amount: str
    x: float
    width: float
    more: bool


def in_language(text: Text | None) -> str:
    """A text of the core in the reader's language."""
    return text.in_language(get_language() or "zh") if text else ""


def bars(moved: "Attribution | None") -> list[Bar]:
    """Every input that did something, the largest first."""
    if moved is None:
        return []
    told = [one for one in moved.contributions if abs(one.amount) >= 0.05]
    most = max((abs(one.amount) for one in told), default=1.0)
    found = []
    for one in told:
        width = round(abs(one.amount) / most * BAR, 1)
        more = one.amount > 0
        found.append(Bar(_change(one), signed(one.amount), BAR if more else BAR - width, width, more))
    return found


def _change(one: "Contribution") -> str:
    """How an input changed; the codes that stand beside it are not told once more."""
    return in_language(one.name if one.key == "memory" else one.change)


def leading(moved: "Attribution | None") -> str:
    """The input that moved a component most; nothing where nothing moved it."""
    return _change(moved.leading) if moved and moved.leading else ""


def signed(value: float | None) -> str:
    """A change to one decimal with its sign; a dash where it is not known."""
    from fenghuo.core.danger import explain

    return "—" if value is None else explain.signed(value)


def number(value: float) -> str:
    """A number to two decimals at most, with a proper minus sign."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−")


def unusual(standing: "Standing") -> str:
    """How unusual a value is for the time of year."""
    percentile = standing.percentile
    for limit, words in (
        (97.0, pgettext("for the time of year", "hardly ever so high")),
        (90.0, pgettext("for the time of year", "very high")),
        (75.0, pgettext("for the time of year", "high")),
        (25.0, pgettext("for the time of year", "usual")),
        (10.0, pgettext("for the time of year", "low")),
        (3.0, pgettext("for the time of year", "very low")),
    ):
        if percentile >= limit:
            return words
    return pgettext("for the time of year", "hardly ever so low")


def mark(name: str) -> str:
    """What a day's mark means."""
    return {
        "gap": _("no noon weather; the codes are carried over"),
        "estimated": _("no noon weather; estimated from the last that was observed, without rain"),
        "restart": _("started again after a long gap"),
        "noon-shifted": _("noon taken from the next hour"),
        "rain-incomplete": _("rain of fewer than 24 hours"),
        "rain-before-issue-observed": _("rain before the forecast's first hour as observed"),
    }.get(name, name)


def noon(reasons: "Reasons") -> str:
    """Which noon the day's weather is of."""
    from fenghuo.desk.danger import chain

    station = reasons.parts[0].station if reasons.parts else None
    if reasons.policy.noon == Policy.Noon.SOLAR:
        return _("noon of the sun at each station")
    if station is None:
        return _("12:00 standard time")
    return _("12:00 standard time, UTC%s") % _offset(chain.offset_of(station))


def _offset(offset: timedelta) -> str:
    hours, minutes = divmod(abs(round(offset.total_seconds() / 60)), 60)
    return f"{'−' if offset < timedelta(0) else '+'}{hours}" + (f":{minutes:02d}" if minutes else "")


def gap_rule(policy: Policy) -> str:
    """What happens on days without noon weather."""
    held = (
        _("held until the next full day")
        if policy.restart_after is None
        else _("held for up to %s days, then started again") % policy.restart_after
    )
    if not policy.estimate_up_to:
        return held
    return _("estimated for up to %(days)s days; then %(held)s") % {
        "days": policy.estimate_up_to,
        "held": held,
    }


def not_rated_by_standard(reasons: "Reasons") -> str:
    """Why LY/T 1172 has no rating of the day; nothing where it has one."""
    if reasons.standard_rating or reasons.row is None:
        return ""
    if reasons.lyt is None:
        return _(
            "LY/T 1172 takes the day's highest temperature, lowest humidity and highest wind, and the rain of a "
            "rain day. Only noon values are on record for this day, and from those they cannot be known: import "
            "hourly observations."
        )
    names = {
        "temperature": _("highest temperature"),
        "humidity": _("lowest humidity"),
        "wind": _("highest wind"),
        "rain": _("rain of the rain day"),
    }
    return _("LY/T 1172 needs 20 of the day's 24 hours. Not yet known: %s.") % _(", ").join(
        names[name] for name in reasons.lyt["missing"]
    )
