"""How each kind of CAP value is spelt as text, and read back from it.

A reader takes the text and a list to which it adds faults of a value that can still be read; it raises
Unusable when no value can be had. A writer raises Unusable for what has no spelling in CAP.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import repeat
from operator import contains
from typing import Any

from pydantic_core import from_json

from fenghuo.core.cap.findings import Unusable, shown, shown_whole
from fenghuo.core.cap.model import Certainty, Circle, Point, Polygon
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.references import read_references, write_references
from fenghuo.core.cap.signs import in_ascii
from fenghuo.core.cap.times import WHITE, Faults, read_time, write_time

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", re.ASCII)
_LISTED = re.compile(r'"([^"]*)"|([^\s"]+)')
# Only what a polygon is made of: keeps from float() what it takes and xs:decimal does not (nan, 1e3, 1_0).
_COORDINATES = re.compile(r"[0-9.,+\- \t\r\n]*")
_CIRCLE = re.compile(
    r"\s*(-?\d{1,3}(?:\.\d{1,20})?),(-?\d{1,3}(?:\.\d{1,20})?)[ \t\r\n]+(\d{1,9}(?:\.\d{1,20})?)\s*", re.ASCII
)
_FEWEST_PAIRS = 4
_BETWEEN = re.compile("[;\uff1b|]")
_LOOSE_COMMA = re.compile(" ?[,\uff0c] ?")
_OF_A_CIRCLE = re.compile(r"[\s,;|/]+")


@dataclass(frozen=True, slots=True)
class Codec:
    """One kind of value: `read(text, faults)` gives the value, `write(value)` its text.

    `words` gives values by their exact text, for a quick first look. `free` marks text that may be anything.
    """

    read: Callable[[str, Faults], Any]
    write: Callable[[Any], str]
    words: Mapping[str, Any] | None = None
    free: bool = False


def read_number(text: str, faults: Faults) -> float:
    """A decimal number (xs:decimal: no exponent)."""
    text = text.strip(WHITE)
    if _NUMBER.fullmatch(text):
        number = float(text)
        if math.isfinite(number):
            return number
    raise Unusable(fault("number", text=shown(text)))


def write_number(number: float) -> str:
    """The shortest decimal that reads back the same, never with an exponent; nought has no sign."""
    if not isinstance(number, int | float) or not math.isfinite(number):
        raise Unusable(fault("number", text=shown(str(number))))
    return format(Decimal(repr(float(number) + 0.0)), "f").removesuffix(".0")


def read_integer(text: str, faults: Faults) -> int:
    """A whole number of at most 18 digits."""
    if not _INTEGER.fullmatch(text.strip(WHITE)):
        raise Unusable(fault("number", text=shown(text)))
    return int(text)


def read_language(text: str, faults: Faults) -> str:
    """A language tag (xs:language, RFC 5646); an underscore for a hyphen is understood and reported."""
    if _LANGUAGE.fullmatch(text):
        return text
    tag = " ".join(text.split())
    if _LANGUAGE.fullmatch(tag):
        return tag
    hyphened = tag.replace("_", "-")
    if _LANGUAGE.fullmatch(hyphened):
        faults.append(fault("language-spelling", hyphened, text=shown(tag), right=hyphened))
        return hyphened
    faults.append(fault("language", text=shown(tag)))
    return tag


def read_token(text: str, faults: Faults) -> str:
    """A name, code or address: blanks and line breaks around it are no part of it, and reported."""
    stripped = text.strip(WHITE)
    if stripped != text:
        faults.append(fault("value-blanks", stripped, text=shown_whole(text)))
    return stripped


def _write_point(point: Point) -> str:
    return f"{write_number(point.latitude)},{write_number(point.longitude)}"


def _pairs_of_fractions(text: str) -> list[float] | None:
    """The numbers of pairs with a comma in each and one blank between them, if all have a fraction.

    A reader of JSON makes floats of them much quicker than float(). What is left of the text without its numbers
    tells whether they stand in pairs.
    """
    rest = text.encode().translate(None, b"0123456789.-")
    count = (len(rest) + 1) // 2
    if rest != (b", " * count)[:-1] or text.count(".") != 2 * count:
        return None  # A whole number would be an int.
    try:
        numbers: list[float] = from_json(f"[{text.replace(' ', ',')}]")
    except ValueError:
        return None  # A number that is none of JSON, such as .5.
    # Some three hundred digits pass what a float holds.
    return numbers if len(numbers) == 2 * count and math.isfinite(sum(numbers)) else None


def _numbers(pairs: list[str]) -> list[float] | None:
    """The numbers of `latitude,longitude` pairs, or None when one of them is none."""
    if not all(map(contains, pairs, repeat(","))):
        return None
    try:
        numbers = list(map(float, ",".join(pairs).split(",")))
    except ValueError:
        return None
    # A comma in every pair and two numbers a pair: one comma each.
    return numbers if len(numbers) == 2 * len(pairs) and all(map(math.isfinite, numbers)) else None


def _tight(text: str) -> str:
    """No blank around commas, one between everything else."""
    return _LOOSE_COMMA.sub(",", " ".join(text.split()))


def _paired(text: str) -> str:
    """Pairs that semicolons, bars or commas set apart, or blanks alone as GeoRSS has it; else the text."""
    if _BETWEEN.search(text):
        return _tight(_BETWEEN.sub(" ", text))
    words = text.split()
    if len(words) > 1 and all(word.count(",") == 2 and word.endswith(",") for word in words[:-1]):
        return " ".join(word.removesuffix(",") for word in words)
    numbers = words if "," not in text else _tight(text).split(",")
    # Between whole numbers a comma could be the one of a fraction.
    certain = words is numbers or all("." in number for number in numbers)
    if not certain or len(numbers) % 2 or len(numbers) < 2 * _FEWEST_PAIRS:
        return text
    return " ".join(map(",".join, zip(numbers[::2], numbers[1::2], strict=True)))


def _ways(
    text: str, shape: str, apart: Callable[[str], str]
) -> Iterator[tuple[Callable[[str], str], str, str]]:
    """How to put a shape's text right, from the least change on: what to do, with which text, by which rule."""
    plain = in_ascii(text)
    if sum(map(plain.count, "0123456789")) < plain.count(","):
        return  # More commas than numbers: not worth the time that millions of them take.
    yield _tight, text, f"{shape}-blanks"
    if plain != text:
        yield _tight, plain, f"{shape}-separators"
    yield apart, plain, f"{shape}-separators"


def read_polygon(text: str, faults: Faults) -> Polygon:
    """Pairs `latitude,longitude` set apart by white space (CAP 1.2, 3.2.4)."""
    plain = _pairs_of_fractions(text)
    if plain is not None:
        return Polygon.of_numbers(plain)
    if _COORDINATES.fullmatch(text):
        numbers = _numbers(text.split())
        if numbers is not None:
            return Polygon.of_numbers(numbers)
    for put_right, spelt, rule in _ways(text, "polygon", _paired):
        pairs = put_right(spelt)
        numbers = _numbers(pairs.split()) if _COORDINATES.fullmatch(pairs) else None
        if numbers is not None:
            faults.append(fault(rule, pairs, text=shown(text)))
            return Polygon.of_numbers(numbers)
    raise Unusable(fault("polygon-text", text=shown(text)))


def write_polygon(polygon: Polygon) -> str:
    """The pairs of a polygon, blank between them."""
    return " ".join([_write_point(point) for point in polygon.points])


def _circle(parts: list[str]) -> Circle | None:
    if len(parts) != 2:
        return None
    centre, radius = _numbers(parts[:1]), parts[1]
    if centre is None or not _NUMBER.fullmatch(radius) or not math.isfinite(float(radius)):
        return None
    return Circle(Point(*centre), float(radius))


def read_circle(text: str, faults: Faults) -> Circle:
    """A pair `latitude,longitude`, white space, a radius in kilometres (CAP 1.2, 3.2.4)."""
    plain = _CIRCLE.fullmatch(text)
    if plain is not None:
        return Circle(Point(float(plain[1]), float(plain[2])), float(plain[3]))
    for put_right, spelt, rule in _ways(text, "circle", _three):
        tight = put_right(spelt)
        circle = _circle(tight.split()) if _COORDINATES.fullmatch(tight) else None
        if circle is not None:
            if tight != " ".join(text.split()):
                faults.append(fault(rule, tight, text=shown(text)))
            return circle
    raise Unusable(fault("circle-text", text=shown(text)))


def _three(text: str) -> str:
    """A circle whose three numbers are set apart otherwise: three can only be latitude, longitude, radius."""
    numbers = _OF_A_CIRCLE.split(text.strip())
    return f"{numbers[0]},{numbers[1]} {numbers[2]}" if len(numbers) == 3 else text


def write_circle(circle: Circle) -> str:
    """Centre, blank, radius."""
    return f"{_write_point(circle.centre)} {write_number(circle.radius)}"


def read_list(text: str, faults: Faults) -> tuple[str, ...]:
    """Items set apart by white space, in double quotes where they hold some (3.2.1, addresses, incidents)."""
    if _LISTED.sub("", text).strip():
        raise Unusable(fault("list-quotes", text=shown(text)))
    return tuple(quoted or bare for quoted, bare in _LISTED.findall(text))


def write_list(items: tuple[str, ...]) -> str:
    """The items, those with white space (or nothing) in them quoted; an item cannot hold a quotation mark."""
    for item in items:
        if '"' in item:
            raise Unusable(fault("list-quotes", text=shown(item)))
    return " ".join(f'"{item}"' if not item or item.split() != [item] else item for item in items)


def _read_text(text: str, faults: Faults) -> str:
    return text


TEXT = Codec(_read_text, str, free=True)
TOKEN = Codec(read_token, str, free=True)
TIME = Codec(read_time, write_time)
NUMBER = Codec(read_number, write_number)
INTEGER = Codec(read_integer, str)
LANGUAGE = Codec(read_language, str)
POLYGON = Codec(read_polygon, write_polygon)
CIRCLE = Codec(read_circle, write_circle)
LIST = Codec(read_list, write_list)
REFERENCES = Codec(read_references, write_references)


def one_of(kind: type[StrEnum]) -> Codec:
    """An enumeration's codec.

    A value in other case, or with blanks, hyphens or underscores in or around it, is understood when only one
    value is spelt with those letters, and reported. CAP 1.0's certainty “Very Likely” is read as Likely, as
    CAP 1.2 asks (3.2.2), and reported.
    """
    words = {str(each): each for each in kind}
    loose = {str(each).casefold(): each for each in kind}
    choices = ", ".join(kind)

    def read(text: str, faults: Faults) -> StrEnum:
        exact = words.get(text)
        if exact is not None:
            return exact
        letters = "".join(in_ascii(text).split()).replace("-", "").replace("_", "").casefold()
        if kind is Certainty and letters == "verylikely":
            faults.append(fault("certainty-very-likely", Certainty.LIKELY, text=shown(text)))
            return Certainty.LIKELY
        meant = loose.get(letters)
        if meant is None:
            raise Unusable(fault("enumeration", text=shown(text), choices=choices))
        faults.append(fault("enumeration-spelling", str(meant), text=shown_whole(text), right=meant))
        return meant

    return Codec(read, str, words)
