"""Areas of CAP alerts: shapely and GeoJSON both ways, circles on the sphere, simplifying, and what lies where.

GeoJSON (RFC 7946) puts longitude first, CAP latitude; both use WGS 84 degrees. Polygons made here are rounded
to 5 decimals (about 1 m). What CAP 1.2 leaves open (edges, the 180th meridian, poles, holes) is settled in
`rings`, circles in `circles`.
"""

from fenghuo.core.cap.geometry.circles import draw, in_circle
from fenghuo.core.cap.geometry.contain import Ground, Hits, contains, which
from fenghuo.core.cap.geometry.extent import Bounds, bounds, square_kilometres
from fenghuo.core.cap.geometry.flaws import Flaw, flaws
from fenghuo.core.cap.geometry.geojson import areas_of, features_of, geojson_of
from fenghuo.core.cap.geometry.globe import EARTH_RADIUS, distance
from fenghuo.core.cap.geometry.rings import DECIMALS, crosses, cut, joined
from fenghuo.core.cap.geometry.shapes import polygons_of, shape_of, union, unresolved
from fenghuo.core.cap.geometry.simplify import Simplified, simplify, simplify_alert

__all__ = [
    "DECIMALS",
    "EARTH_RADIUS",
    "Bounds",
    "Flaw",
    "Ground",
    "Hits",
    "Simplified",
    "areas_of",
    "bounds",
    "contains",
    "crosses",
    "cut",
    "distance",
    "draw",
    "features_of",
    "flaws",
    "geojson_of",
    "in_circle",
    "joined",
    "polygons_of",
    "shape_of",
    "simplify",
    "simplify_alert",
    "square_kilometres",
    "union",
    "unresolved",
    "which",
]
