"""Rules of WMO's practice that need more than a condition: shapes of areas, and where they are missing.

The others are conditions in `packs/wmo.toml`, which names the source of each.
"""

from __future__ import annotations

from collections.abc import Iterable

from fenghuo.core.cap.model import Alert, Area, Info, MsgType
from fenghuo.core.cap.rules import Hit, finds, hit

MOST_VERTICES = 100


@finds(Area, "wmo-vertices")
def vertices(area: Area, info: Info, alert: Alert) -> Iterable[Hit]:
    """A polygon has at most 100 vertices; the closing point, which repeats the first, is none."""
    found = []
    for index, polygon in enumerate(area.polygons):
        count = len(polygon)
        if count <= MOST_VERTICES:
            continue
        count -= polygon.points[0] == polygon.points[-1]
        if count > MOST_VERTICES:
            found.append(hit("wmo-vertices", "polygons", index, count=count, most=MOST_VERTICES))
    return found


@finds(Area, "wmo-area-shape", needs=["polygons", "circles"])
def shape(area: Area, info: Info, alert: Alert) -> Iterable[Hit]:
    """An area has a polygon or circle, whatever codes it has beside it."""
    if area.polygons or area.circles:
        return ()
    return (hit("wmo-area-shape"),)


@finds(Info, "wmo-area", needs=["areas"])
def area(info: Info, alert: Alert) -> Iterable[Hit]:
    """What is published says where it applies."""
    if info.areas or alert.msg_type not in (MsgType.ALERT, MsgType.UPDATE):
        return ()
    return (hit("wmo-area"),)
