"""How each kind of CAP value is spelt as text, and read back from it.

A reader takes the text and a list to which it adds faults of a value that can still be read; it raises
Unusable when no value can be had. A writer raises Unusable for what has no spelling in CAP.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from fenghuo.core.cap.findings import Fault, Unusable, shown
from fenghuo.core.cap.model import Certainty, Circle, Point, Polygon
from fenghuo.core.cap.references import read_references, write_references
from fenghuo.core.cap.times import WHITE, Faults, read_time, write_time

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", re.ASCII)
_LISTED = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Codec:
    """One kind of value: `read(text, faults)` gives the value, `write(value)` its text."""

    read: Callable[[str, Faults], Any]
    write: Callable[[Any], str]


def _number_fault(text: str) -> Fault:
    return Fault(
        "number",
        f"“{shown(text)}” is not a number.",
        f"“{shown(text)}”不是数字。",
        "Write plain digits with a point for decimals, without unit.",
        "只写数字，小数用点，不写单位。",
    )


def read_number(text: str, faults: Faults) -> float:
    """A decimal number (xs:decimal: no exponent)."""
    text = text.strip(WHITE)
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise Unusable(_number_fault(text))
    return float(text)


def write_number(number: float) -> str:
    """The shortest decimal that reads back the same, never with an exponent."""
    if not isinstance(number, int | float) or not math.isfinite(number):
        raise Unusable(_number_fault(str(number)))
    return format(Decimal(repr(float(number))), "f").removesuffix(".0")


def read_integer(text: str, faults: Faults) -> int:
    """A whole number of at most 18 digits."""
    if not _INTEGER.fullmatch(text.strip(WHITE)):
        raise Unusable(_number_fault(text))
    return int(text)


def read_language(text: str, faults: Faults) -> str:
    """A language tag (xs:language, RFC 3066)."""
    text = " ".join(text.split())
    if not _LANGUAGE.fullmatch(text):
        faults.append(
            Fault(
                "language",
                f"“{shown(text)}” is not a language tag.",
                f"“{shown(text)}”不是语言代码。",
                "Use a tag such as zh-CN or en-US.",
                "使用 zh-CN、en-US 之类的代码。",
            )
        )
    return text


def _read_point(text: str) -> Point:
    latitude, longitude = text.split(",")
    return Point(read_number(latitude, []), read_number(longitude, []))


def _write_point(point: Point) -> str:
    return f"{write_number(point.latitude)},{write_number(point.longitude)}"


def read_polygon(text: str, faults: Faults) -> Polygon:
    """Pairs `latitude,longitude` set apart by white space (CAP 1.2, 3.2.4)."""
    try:
        return Polygon(tuple(_read_point(pair) for pair in text.split()))
    except ValueError:
        raise Unusable(
            Fault(
                "polygon-text",
                f"The polygon “{shown(text)}” is not a list of latitude,longitude pairs.",
                f"多边形“{shown(text)}”不是“纬度,经度”坐标对的列表。",
                "Write pairs as 40.41,116.52 with a blank between pairs and none inside.",
                "每对写成 40.41,116.52，对与对之间空一格，对内不留空格。",
            )
        ) from None


def write_polygon(polygon: Polygon) -> str:
    """The pairs of a polygon, blank between them."""
    return " ".join(_write_point(point) for point in polygon.points)


def read_circle(text: str, faults: Faults) -> Circle:
    """A pair `latitude,longitude`, white space, a radius in kilometres (CAP 1.2, 3.2.4)."""
    try:
        centre, radius = text.split()
        return Circle(_read_point(centre), read_number(radius, []))
    except ValueError:
        raise Unusable(
            Fault(
                "circle-text",
                f"The circle “{shown(text)}” is not a latitude,longitude pair and a radius.",
                f"圆“{shown(text)}”不是“纬度,经度 半径”的形式。",
                "Write it as 40.41,116.52 15 with the radius in kilometres.",
                "写成 40.41,116.52 15，半径以千米计。",
            )
        ) from None


def write_circle(circle: Circle) -> str:
    """Centre, blank, radius."""
    return f"{_write_point(circle.centre)} {write_number(circle.radius)}"


def read_list(text: str, faults: Faults) -> tuple[str, ...]:
    """Items set apart by white space, in double quotes where they hold some (3.2.1, addresses, incidents)."""
    if _LISTED.sub("", text).strip():
        raise Unusable(
            Fault(
                "list-quotes",
                f"The quotation marks in “{shown(text)}” do not pair up.",
                f"“{shown(text)}”中的双引号不成对。",
                "Put every item that holds a blank between two double quotation marks.",
                "含空格的条目前后各加一个英文双引号。",
            )
        )
    return tuple(quoted or bare for quoted, bare in _LISTED.findall(text))


def write_list(items: tuple[str, ...]) -> str:
    """The items, those with white space (or nothing) in them quoted; an item cannot hold a quotation mark."""
    if any('"' in item for item in items):
        raise Unusable(
            Fault(
                "list-quotes",
                "An item holds a double quotation mark, which CAP lists cannot carry.",
                "条目中含有英文双引号，CAP 的列表无法表示。",
                "Take the quotation mark out of the item.",
                "去掉条目中的英文双引号。",
            )
        )
    return " ".join(f'"{item}"' if not item or item.split() != [item] else item for item in items)


def _read_text(text: str, faults: Faults) -> str:
    return text


TEXT = Codec(_read_text, str)
TIME = Codec(read_time, write_time)
NUMBER = Codec(read_number, write_number)
INTEGER = Codec(read_integer, str)
LANGUAGE = Codec(read_language, str)
POLYGON = Codec(read_polygon, write_polygon)
CIRCLE = Codec(read_circle, write_circle)
LIST = Codec(read_list, write_list)
REFERENCES = Codec(read_references, write_references)


def one_of(kind: type[StrEnum]) -> Codec:
    """An enumeration's codec; CAP 1.0's certainty “Very Likely” is read as Likely (3.2.2) and reported."""

    def read(text: str, faults: Faults) -> StrEnum:
        fault = Fault(
            "enumeration",
            f"“{shown(text)}” is not one of the values allowed here.",
            f"“{shown(text)}”不在允许取值之内。",
            f"Use one of: {', '.join(kind)}.",
            f"从下列取值中选择：{'、'.join(kind)}。",
        )
        if kind is Certainty and text == "Very Likely":
            faults.append(fault)
            return Certainty.LIKELY
        try:
            return kind(text)
        except ValueError:
            raise Unusable(fault) from None

    return Codec(read, str)
