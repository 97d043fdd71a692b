"""The map of a caller's villages, ready for places/_map.html: what every page with a map calls."""

from collections.abc import Callable, Collection, Mapping

from django.conf import settings
from django.urls import reverse

from fenghuo.core.access import Caller

from .drawing import AreaOnMap, Base, MapDrawing, draw, load_base
from .models import Area
from .queries import villages


def base() -> Base | None:
    """The township's own base layers, from `settings.FENGHUO_MAP`; None where it has none."""
    return load_base(settings.FENGHUO_MAP) if settings.FENGHUO_MAP.is_dir() else None


def village_map(
    caller: Caller,
    *,
    ratings: Mapping[str, int | None] | None = None,
    levels: Mapping[str, str | None] | None = None,
    href: Callable[[Area], str] = lambda area: "",
    detail: Callable[[Area], str] = lambda area: "",
    selected: Collection[str] = (),
    dom_id: str = "map",
) -> MapDrawing:
    """Draw the villages that the caller may see; `ratings` and `levels` are by area code.

    `href` is where an area leads, `detail` the address that answers with its card.
    """
    caller.must("places.read")
    ratings, levels = ratings or {}, levels or {}
    return draw(
        [
            AreaOnMap(
                key=area.code,
                name=str(area),
                geometry=area.boundary,
                rating=ratings.get(area.code) or 0,
                warned_level=levels.get(area.code),
                href=href(area),
                detail_url=detail(area),
                selected=area.code in selected,
            )
            for area in villages(caller)
        ],
        base=base(),
        relief_href=reverse("relief"),
        dom_id=dom_id,
    )
