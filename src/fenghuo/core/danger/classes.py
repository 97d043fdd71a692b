"""From an FWI to a danger class, the desk's 1–5 rating, its words, its paint and its warning colour.

All numbers and words lie in `classes.toml` with their source and provenance, so that an office which holds
a printed standard can correct them without touching code.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from fenghuo.core.danger.finding import Text

Provenance = Literal["two", "single-source"]
DEFAULT_SCHEME = "effis"
DEFAULT_REGIME = "forest"


@dataclass(frozen=True, slots=True)
class Scheme:
    """Classes on the FWI: `breaks` ascend, a class begins at its break; `ratings` has one more entry."""

    key: str
    name: Text
    breaks: tuple[float, ...]
    ratings: tuple[int, ...]
    provenance: Provenance
    source: str
    collapse: Text | None


@dataclass(frozen=True, slots=True)
class Regime:
    """Which rating starts a warning of which colour; a rating without a colour starts none."""

    key: str
    name: Text
    colours: Mapping[int, str]
    provenance: Provenance
    source: str


@dataclass(frozen=True, slots=True)
class RatingWords:
    """The name of a rating and the colour a map paints it in."""

    rating: int
    name: Text
    paint: str


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("classes.toml").read_text(encoding="utf-8"))


@cache
def schemes() -> Mapping[str, Scheme]:
    """Return every scheme by key; raises ValueError when the data file contradicts itself."""
    found = {}
    for key, entry in _data()["schemes"].items():
        breaks, ratings = tuple(map(float, entry["breaks"])), tuple(entry["ratings"])
        collapse = Text(**entry["collapse"]) if "collapse" in entry else None
        rising = list(breaks) == sorted(set(breaks)) and list(ratings) == sorted(ratings)
        if not rising or len(ratings) != len(breaks) + 1 or set(ratings) != {1, 2, 3, 4, 5}:
            raise ValueError(f"classes.toml: scheme {key} must rise through the ratings 1 to 5")
        if len(ratings) > 5 and collapse is None:
            raise ValueError(f"classes.toml: scheme {key} joins classes and must say how in 'collapse'")
        found[key] = Scheme(
            key, Text(**entry["name"]), breaks, ratings, entry["provenance"], entry["source"], collapse
        )
    return MappingProxyType(found)


@cache
def regimes() -> Mapping[str, Regime]:
    """Return every colour regime by key."""
    found = {}
    for key, entry in _data()["regimes"].items():
        colours = MappingProxyType({int(rating): colour for rating, colour in entry["colours"].items()})
        found[key] = Regime(key, Text(**entry["name"]), colours, entry["provenance"], entry["source"])
    return MappingProxyType(found)


@cache
def rating_words() -> Mapping[int, RatingWords]:
    """Return the words and the paint of each rating, 1 to 5."""
    entries = (RatingWords(e["rating"], Text(**e["name"]), e["paint"]) for e in _data()["ratings"])
    return MappingProxyType({words.rating: words for words in entries})


def scheme(key: str) -> Scheme:
    """Return one scheme; raises KeyError that lists the keys there are."""
    return _named(schemes(), key, "scheme of classes")


def regime(key: str) -> Regime:
    """Return one colour regime; raises KeyError that lists the keys there are."""
    return _named(regimes(), key, "colour regime")


def rating(fwi: float, scheme_key: str = DEFAULT_SCHEME) -> int:
    """Return the desk's rating 1 to 5 of an FWI [1] under a scheme; raises ValueError for no number."""
    if not fwi >= 0.0:
        raise ValueError(f"an FWI of {fwi!r} has no rating: it is never negative and never missing")
    chosen = scheme(scheme_key)
    return chosen.ratings[bisect_right(chosen.breaks, fwi)]


def rating_name(value: int, language: str = "en") -> str:
    """Return the word of a rating, such as `极高` for 5 in Chinese."""
    return rating_words()[value].name.in_language(language)


def warning_colour(value: int, regime_key: str = DEFAULT_REGIME) -> str | None:
    """Return `blue`, `yellow`, `orange` or `red` for a rating, or None where the regime warns of nothing."""
    return regime(regime_key).colours.get(value)


def _named(table: Mapping[str, Any], key: str, what: str) -> Any:
    if key not in table:
        raise KeyError(f"no {what} named {key!r}; there are {', '.join(sorted(table))}")
    return table[key]
