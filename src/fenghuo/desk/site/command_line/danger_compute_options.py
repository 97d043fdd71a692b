"""What the options of `fenghuo danger compute` mean: each as it is written, all of them as settings and a source."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from fenghuo.core.danger.blocks import Settings
    from fenghuo.core.danger.compute import Source


def bytes_of(_context: click.Context, _parameter: click.Parameter, value: str) -> int:
    """The bytes of a size written as 512MB or 4GB, in powers of 1024."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", value.strip().lower())
    if not found or float(found[1]) <= 0:
        raise click.BadParameter(f"{value!r}: write it as 512MB or 4GB")
    return int(float(found[1]) * 1024 ** " kmgt".index(found[2] or " "))


def noon_of(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> str | timedelta | None:
    """The noon meant: `solar`, the name of a zone, an offset from UTC, or None where none is named."""
    if value is None or value == "solar":
        return value
    if value.startswith("civil:"):
        return value.removeprefix("civil:")
    found = re.fullmatch(r"([+-])(\d{1,2}):([0-5]\d)", value)
    if not found or int(found[2]) > 14:
        raise click.BadParameter(f"{value!r}: use solar, civil:Asia/Shanghai or +08:00")
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -offset if found[1] == "-" else offset


def constant_of(_context: click.Context, _parameter: click.Parameter, value: str) -> float:
    """The constant of the FFMC, as printed in 1985 or exact."""
    from fenghuo.core.danger.fwi import FFMC_CONSTANT_1985, FFMC_CONSTANT_EXACT

    return {"147.2": FFMC_CONSTANT_1985, "exact": FFMC_CONSTANT_EXACT}[value]


def pairs_of(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """The name and the value of each NAME=VALUE."""
    if any("=" not in value for value in values):
        raise click.BadParameter("write it as NAME=VALUE")
    return tuple((name, rest) for name, _, rest in (value.partition("=") for value in values))


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings of the computation; raises ValueError or LookupError for what there is not."""
    from fenghuo.core.danger.blocks import Settings, full_names
    from fenghuo.core.danger.fire_season import DryStart, SeasonRule
    from fenghuo.core.danger.fwi import Options
    from fenghuo.core.danger.overwinter import Overwintering

    wanted = options["variables"]
    outputs = full_names(options["system"], map(str.strip, wanted.split(","))) if wanted else None
    return Settings(
        system=options["system"],
        options=Options(options["ffmc_constant"], options["dmc_rain"], options["bands"]),
        policy=_policy(options["gap"], options["gap_days"]),
        rule=SeasonRule(options["season"]),
        overwintering=(
            Overwintering(options["carry_over"], options["wetting"]) if options["overwinter"] else None
        ),
        dry_start=DryStart() if options["dry_start"] else None,
        cover=options["cover"],
        outputs=outputs,
        scheme=_scheme(options["classes"] or ("effis" if options["system"] == "fwi1987" else "none")),
    )


def _policy(gap: str, days: int | None) -> Any:
    from fenghuo.core.danger.season import ESTIMATE, HOLD, RESTART, GapPolicy

    if days is None:
        return {"hold": HOLD, "restart": RESTART, "estimate": ESTIMATE}[gap]
    return GapPolicy(estimate_up_to=days) if gap == "estimate" else GapPolicy(restart_after=days)


def _scheme(chosen: str) -> Any:
    from fenghuo.core.danger import classes

    if chosen == "none":
        return None
    if not chosen.endswith(".toml"):
        classes.scheme(chosen)
        return chosen
    found = list(classes.load_schemes(Path(chosen)).values())
    if len(found) != 1:
        raise ValueError(f"{chosen} has {len(found)} schemes; give a file with one")
    return found[0]


def source_of(paths: tuple[str, ...], options: dict[str, Any]) -> Source:
    """Where the weather comes from, tables of stations or grids; raises ValueError where an option is lacking."""
    from fenghuo.core.danger import sources
    from fenghuo.core.danger.weather import BEIJING, solar_offset, standard_offset

    noon = options["noon"]
    if not all(path.lower().endswith(sources.TABLES) for path in paths):
        chosen = {key: options[key] for key in ("impossible", "accumulation")}
        chosen |= {key: dict(options[key]) for key in ("names", "units") if options[key]}
        absolute = tuple(os.path.abspath(path) for path in paths)
        return sources.Gridded(absolute, noon or "solar", tuple(sorted(chosen.items())))
    if options["latitude"] is None:
        raise ValueError("give the latitude of the stations: --latitude 40.3")
    if noon == "solar":
        if options["longitude"] is None:
            raise ValueError("give the longitude of the stations for --noon solar: --longitude 116.6")
        noon = solar_offset(options["longitude"])
    elif isinstance(noon, str):
        noon = standard_offset(noon, datetime.now(UTC).year)
    return sources.Tables(
        tuple(os.path.abspath(path) for path in paths),
        BEIJING if noon is None else noon,
        options["latitude"],
        options["longitude"],
        options["skip_bad"],
    )
