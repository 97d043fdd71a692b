"""From an FWI to a danger class, the desk's 1–5 rating, its words, its paint and its warning colour.

All numbers and words lie in `classes.toml` with their source and provenance, so that an office which holds
a printed standard can correct them without touching code. An office's own classes are a small file of the
same format (`load_schemes`, written by `as_toml`), such as `calibration.calibrate` makes from its history.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from fenghuo.core.danger.data_file import Faults, is_number, read_toml
from fenghuo.core.danger.finding import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

Provenance = Literal["two", "single-source", "local"]
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
    source: Text
    collapse: Text | None


@dataclass(frozen=True, slots=True)
class Regime:
    """Which rating starts a warning of which colour; a rating without a colour starts none."""

    key: str
    name: Text
    colours: Mapping[int, str]
    provenance: Provenance
    source: Text


@dataclass(frozen=True, slots=True)
class RatingWords:
    """The name of a rating and the colour a map paints it in."""

    rating: int
    name: Text
    paint: str


@cache
def _data() -> dict[str, Any]:
    return read_toml(files(__package__).joinpath("classes.toml").read_bytes())


@cache
def schemes() -> Mapping[str, Scheme]:
    """Return every scheme that ships by key; raises `UnusableDataFile` when the file contradicts itself."""
    return _schemes_of(_data(), reserved=())


def load_schemes(source: Path | str | bytes) -> Mapping[str, Scheme]:
    """Return the schemes of a user's own file (a `Path`) or of its text (str, bytes), by key.

    The format is that of `classes.toml`: one section `[schemes.<key>]` each. The file is taken whole or not
    at all; raises `UnusableDataFile` whose findings name every fault and what to do about it.
    """
    return _schemes_of(read_toml(source), reserved=schemes())


def as_toml(own: Iterable[Scheme]) -> str:
    """Return schemes as the text of a file that `load_schemes` reads back unchanged."""
    written = []
    for each in own:
        lines = [
            f"[schemes.{each.key}]",
            f"name = {_inline(each.name)}",
            f"breaks = {json.dumps(list(each.breaks))}",
            f"ratings = {json.dumps(list(each.ratings))}",
            f"provenance = {_quoted(each.provenance)}",
            f"source = {_inline(each.source)}",
        ]
        if each.collapse is not None:
            lines.append(f"collapse = {_inline(each.collapse)}")
        written.append("\n".join(lines) + "\n")
    return "\n".join(written)


@cache
def regimes() -> Mapping[str, Regime]:
    """Return every colour regime by key."""
    found = {}
    for key, entry in _data()["regimes"].items():
        colours = MappingProxyType({int(rating): colour for rating, colour in entry["colours"].items()})
        found[key] = Regime(key, Text(**entry["name"]), colours, entry["provenance"], Text(**entry["source"]))
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


def rating(fwi: float, scheme_key: str | Scheme = DEFAULT_SCHEME) -> int:
    """Return the desk's rating 1 to 5 of an FWI [1] under a scheme; raises ValueError for no number."""
    if not fwi >= 0.0:
        raise ValueError(f"an FWI of {fwi!r} has no rating: it is never negative and never missing")
    chosen = scheme_key if isinstance(scheme_key, Scheme) else scheme(scheme_key)
    return chosen.ratings[bisect_right(chosen.breaks, fwi)]


def rate(fwi: ArrayLike, scheme_key: str | Scheme = DEFAULT_SCHEME) -> NDArray[np.int8]:
    """Return the ratings 1 to 5 of an array of FWI [1], any shape, as int8; 0 where there is no rating.

    What `rating` refuses (NaN, a negative number) is 0; everywhere else the two are equal, for float32 too.
    """
    import numpy as np

    from fenghuo.core.danger.cuts import rows

    chosen = scheme_key if isinstance(scheme_key, Scheme) else scheme(scheme_key)
    values = np.asarray(fwi)
    ratings = np.array(chosen.ratings, np.int8)[rows(values, chosen.breaks)]
    return np.where(values >= 0, ratings, np.int8(0))


def rating_name(value: int, language: str = "en") -> str:
    """Return the word of a rating, such as `极高` for 5 in Chinese."""
    return rating_words()[value].name.in_language(language)


def warning_colour(value: int, regime_key: str = DEFAULT_REGIME) -> str | None:
    """Return `blue`, `yellow`, `orange` or `red` for a rating, or None where the regime warns of nothing."""
    return regime(regime_key).colours.get(value)


_SCHEME_KEYS = ("name", "breaks", "ratings", "provenance", "source", "collapse")


def _schemes_of(data: Mapping[str, Any], reserved: Iterable[str]) -> Mapping[str, Scheme]:
    faults = Faults()
    sections = faults.section(data, "schemes", "schemes.<key>") or {}
    found = {key: _scheme_of(sections, key, reserved, faults) for key in sections}
    faults.refuse()
    return MappingProxyType({key: each for key, each in found.items() if each is not None})


def _scheme_of(
    sections: Mapping[str, Any], key: str, reserved: Iterable[str], faults: Faults
) -> Scheme | None:
    place = f"schemes.{key}"
    section = faults.section(sections, key, place)
    if section is None:
        return None
    faults.known(section, place, _SCHEME_KEYS)
    if not re.fullmatch("[a-z0-9][a-z0-9_-]{0,29}", key):
        faults.add(
            "unusable-key",
            place,
            key,
            Text("This key cannot be stored.", "这个代号无法保存。"),
            Text(
                "Use up to 30 small letters a to z, digits, - and _.",
                "请用不超过 30 个的小写字母、数字、连字符或下划线。",
            ),
        )
    if key in reserved:
        faults.add(
            "reserved-key",
            place,
            key,
            Text(f"'{key}' is the key of a scheme that ships.", f"“{key}”是程序自带方案的代号。"),
            Text("Choose another key, such as the county's name.", "请另取代号，例如县名拼音。"),
        )
    breaks = faults.numbers(section, "breaks", place)
    faults.rising(breaks, f"{place}.breaks")
    if breaks and breaks[0] <= 0.0:
        faults.add(
            "empty-class",
            f"{place}.breaks",
            list(breaks),
            Text("No FWI lies below a break of 0 or less.", "分界值不大于 0 时，没有任何 FWI 落在最低一级。"),
            Text("Begin with a break above 0.", "第一个分界值应大于 0。"),
        )
    ratings = section.get("ratings")
    whole = isinstance(ratings, list) and all(isinstance(r, int) and is_number(r) for r in ratings)
    if not whole or ratings != sorted(ratings) or set(ratings) != {1, 2, 3, 4, 5}:
        faults.add(
            "ratings-1-to-5",
            f"{place}.ratings",
            ratings,
            Text("The ratings must rise through 1, 2, 3, 4 and 5.", "等级应由低到高包含 1、2、3、4、5。"),
            Text(
                "Write ratings = [1, 2, 3, 4, 5]; one may stand twice.",
                "请写 ratings = [1, 2, 3, 4, 5]，可以重复。",
            ),
        )
        ratings = []
    elif breaks and len(ratings) != len(breaks) + 1:
        faults.add(
            "one-rating-a-class",
            f"{place}.ratings",
            ratings,
            Text(
                f"{len(breaks)} breaks make {len(breaks) + 1} classes, but there are {len(ratings)} ratings.",
                f"{len(breaks)} 个分界值分成 {len(breaks) + 1} 级，却有 {len(ratings)} 个等级。",
            ),
            Text("Give one rating for each class.", "请为每一级给一个等级。"),
        )
    collapse = section.get("collapse")
    said = isinstance(collapse, Mapping) and all(collapse.get(k) for k in ("en", "zh"))
    if not said and (collapse is not None or len(ratings) > 5):
        faults.add(
            "joined-classes",
            f"{place}.collapse",
            collapse,
            Text(
                "The scheme joins classes and does not say how in both languages.",
                "此方案合并了等级，却没有用中英文说明。",
            ),
            Text('Write collapse = { en = "…", zh = "…" }.', '请写 collapse = { en = "…", zh = "…" }。'),
        )
    return Scheme(
        key,
        faults.name(section, place),
        breaks,
        tuple(ratings),
        faults.provenance(section, place),  # type: ignore[arg-type]
        faults.source(section, place),
        Text(collapse["en"], collapse["zh"]) if said else None,
    )


def _inline(text: Text) -> str:
    if text.en == text.zh:
        return _quoted(text.en)
    return f"{{ en = {_quoted(text.en)}, zh = {_quoted(text.zh)} }}"


def _quoted(text: str) -> str:
    # TOML's basic strings escape as JSON's do, but for the delete character, which JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _named(table: Mapping[str, Any], key: str, what: str) -> Any:
    if key not in table:
        raise KeyError(f"no {what} named {key!r}; there are {', '.join(sorted(table))}")
    return table[key]
