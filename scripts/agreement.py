"""Compares the FWI System of this package with three others and writes what was found to docs/agreement.md.

    .venv/bin/python -m scripts.agreement          # a million random days and four years at three stations
    .venv/bin/python -m scripts.agreement --check  # the same, fails where something parts that should not

Needs what the tests need (requirements/test.lock). Takes about two minutes.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks import peers
from benchmarks.peers import CLIMATE_INDICES, CODES, DEPARTURES, Results, Weather
from fenghuo.core.danger import fwi, weather
from fenghuo.core.danger.fwi import FFMC_CONSTANT_EXACT, START, Options, step
from fenghuo.core.danger.io import stations

ROOT = Path(__file__).parents[1]
STATIONS = ROOT / "src/fenghuo/desk/site/demo/weather"
PAGE = ROOT / "docs/agreement.md"
CELLS, DAYS = 2740, 365  # a million days and a little more
TOLERANCE = 1e-9  # relative to 1 + the value: random weather brings an ISI of 100,000
NORTH = 40.2  # Huairou, Changping and Shunyi lie within 0.3 degrees of it; one band in every program

Case = tuple[Weather, np.ndarray, np.ndarray]


def random_case() -> Case:
    """A year of any weather that can be, from pole to pole, with every limit and threshold among it."""
    dates = np.datetime64("2023-01-01") + np.arange(DAYS)
    return peers.any_weather(DAYS, CELLS), dates, peers.all_latitudes(CELLS)


def beijing_case() -> tuple[Case, int]:
    """Noon weather of the packaged hourly record; days that lack a value anywhere are left out, and counted.

    The peers cannot bridge a missing day, so the whole days are set side by side.
    """
    rows = []
    for path in sorted(STATIONS.glob("*.csv.gz")):
        days = weather.noon_days(stations.read(path).observations)
        rows.append([(day.temperature, day.humidity, day.wind, day.rain) for day in days])
    values = np.array(rows, dtype=float)  # (station, day, quantity), NaN where None
    whole = ~np.isnan(values).any(axis=(0, 2))
    values = values[:, whole]
    dates = np.datetime64("2013-03-01") + np.arange(values.shape[1])
    fields = tuple(np.ascontiguousarray(values[:, :, quantity].T) for quantity in range(4))
    return (fields, dates, np.full(len(rows), NORTH)), int((~whole).sum())


def one_by_one(case: Case, cells: int) -> Results:
    """The scalar equations for the first cells of a case."""
    fields, dates, latitude = case
    codes = {name: np.empty((len(dates), cells)) for name in CODES}
    months = peers.months_of(dates).tolist()
    for cell in range(cells):
        yesterday = START
        for day, month in enumerate(months):
            now = fwi.Weather(*(float(field[day, cell]) for field in fields))
            today = step(yesterday, now, month, float(latitude[cell]))
            yesterday = today.codes
            for name in CODES:
                codes[name][day, cell] = getattr(today, name)
    return codes


class Page:
    """The page as it is written, and whether all agreed that should."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.agreed = True

    def write(self, *lines: str) -> None:
        """Append lines."""
        self.lines += lines

    def table(self, rows: Mapping[str, tuple[Results, Results, bool]]) -> None:
        """One row a comparison: largest and median absolute difference of each code.

        The last member of a row says that the two must agree within `TOLERANCE`.
        """
        self.write("", "| | " + " | ".join(name.upper() for name in CODES) + " |", "| --- |" + " --: |" * 7)
        for title, (one, other, must) in rows.items():
            cells = []
            for name in CODES:
                theirs = other[name]
                apart = np.abs(one[name][:, : theirs.shape[1]] - theirs)
                cells.append(f"{plain(apart.max())} ({plain(np.median(apart))})")
                if must and not (apart <= TOLERANCE * (1.0 + np.abs(theirs))).all():
                    self.agreed = False
                    print(f"{title}: {name} parts by {apart.max():g}", file=sys.stderr)
            self.write(f"| {title} | " + " | ".join(cells) + " |")
        self.write("")


def plain(value: float) -> str:
    """A difference as one reads it: rounding as a power of ten, others in three digits."""
    if value == 0.0:
        return "0"
    if value < 1e-6:
        return f"{value:.0e}".replace("e-0", "e-")
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def compare(page: Page, case: Case, scalar_cells: int) -> None:
    """Write the tables of one set of weather."""
    default = peers.ours(*case)
    theirs = peers.xclim(*case)
    page.write("**xclim** with nothing changed on either side, and our own two programs:")
    page.table(
        {
            "xclim": (default, theirs, True),
            "ours, scalar (`fwi.py`)": (default, one_by_one(case, scalar_cells), True),
        }
    )
    theirs = peers.climate_indices(*case)
    page.write("**climate_indices**:")
    page.table(
        {
            "our default": (default, theirs, False),
            "its FFMC constant": (peers.ours(*case, Options(FFMC_CONSTANT_EXACT)), theirs, False),
            "its latitude bands": (peers.ours(*case, Options(latitude_bands="cffdrs")), theirs, False),
            "both, as it has them": (peers.ours(*case, CLIMATE_INDICES), theirs, True),
        }
    )
    every = frozenset(DEPARTURES)
    theirs, adjusted = peers.cffdrs(*case), peers.cffdrs(*case, lat_adjust=True)
    nearest, all_but_one = peers.ours(*case, CLIMATE_INDICES), peers.departed(*case, every - {"north-only"})
    page.write("**cffdrs-fire**, as it comes and with `lat_adjust=True`:")
    page.table(
        {
            "our default": (default, theirs, False),
            "our default, `lat_adjust`": (default, adjusted, False),
            "`Options` as near as they go, `lat_adjust`": (nearest, adjusted, False),
            "its departures, `lat_adjust`": (all_but_one, adjusted, True),
            "its departures": (peers.departed(*case, every), theirs, True),
        }
    )


def departures(page: Page, case: Case) -> None:
    """Write what each departure of cffdrs-fire alone does to correct results."""
    right = peers.departed(*case, ())
    page.write(
        "| departure of cffdrs-fire | FFMC | DMC | DC | ISI | FWI |", "| --- | --: | --: | --: | --: | --: |"
    )
    for name, words in DEPARTURES.items():
        wrong = peers.departed(*case, {name})
        apart = [np.abs(wrong[code] - right[code]).max() for code in ("ffmc", "dmc", "dc", "isi", "fwi")]
        page.write(f"| {words} | " + " | ".join(plain(value) for value in apart) + " |")


INTRODUCTION = """\
# Agreement with other programs

Our fire weather codes beside those of three independent programs, code by code. Largest absolute difference,
and in brackets the median one. Written by `.venv/bin/python -m scripts.agreement`;
`tests/core/danger/test_agreement.py` holds the same on a smaller sample.

Versions: {versions}.

What the comparison says, in short:

- **xclim** agrees with our default to rounding in all seven results, in any weather and at any latitude.
- **climate_indices** agrees to rounding once the two choices it makes are set
  (`Options(ffmc_constant=250 * 59.5 / 101, latitude_bands="cffdrs")`). Both are conventions, not errors: see below.
- **cffdrs-fire** differs in eight places, each named below. With all eight computed as it does, our equations
  give its numbers to rounding; so nothing else differs. Four of the eight contradict the reports, two mix forms of
  an equation that do not belong together, two are conventions.
- Our **scalar** equations (`core/danger/fwi.py`) and our **engine** (`core/danger/daily.py`) agree to rounding.

"To rounding" is 1e-9 of one plus the value; the differences are a hundred times smaller. An ISI of 100,000, which
random weather with 150 km/h of wind brings about, explains why its last digits look coarser.
"""

EXPLANATION = """\
## Why they part

Equation numbers are those of Van Wagner & Pickett (1985), Forestry Technical Report 33; Van Wagner (1987), Forestry
Technical Report 35, has the same equations.

**The FFMC constant (Eqs. 1 and 10).** The reports print 147.2. With 250 · 59.5 / 101 = 147.27723 a moisture of 250 %
is code 0 exactly and Eqs. 1 and 10 undo each other; the R package and climate_indices use it. Ours is a choice, the
printed number its default, as in xclim.

**Day length away from Canada (Eqs. 16 and 22).** The reports know one latitude, 46° N. What other latitudes get
is convention: xclim changes the DMC's day length at ±15° and ±30° and the DC's factor at ±15°, with 1.39 between;
climate_indices, like the R package, at ±10°, ±30° and ±20°, with 1.4. So DMC differs between 10° and 15°, DC
up to 20°, on both sides of the equator, and a limit itself belongs to the north in xclim and to the south in the
others; north of 30° N all are the reports' table. Ours is a choice, xclim's its default.

**The DMC after rain (Eqs. 12 and 15).** The reports print 20 + exp(5.6348 − P/43.43) and 244.72 − 43.43 ln(M − 20);
the programs compute 20 + 280 exp(−0.023 P) and 43.43 (5.6348 − ln(M − 20)). All three peers have the program's
Eq. 12; cffdrs-fire joins it to the printed Eq. 15. Ours is a choice, the program's form of both its default.

**What cffdrs-fire 0.3.0 computes otherwise.** Each alone, against the equations as we read them, on the random
weather (largest difference):
"""

SEASONS = """\

Of these the first two are conventions (its `lat_adjust` sets the first right). The third mixes two constants in
one chain and the fifth two forms of one curve. In the others the reports are on our side: rain of 0.5 mm or less is
ignored (Eq. 2), a DMC or DC that rain would take below 0 is 0 before the day's drying is added (Eqs. 15 and 21),
and temperatures below −2.8 °C count as −2.8 °C and a negative V as 0 (Eq. 22). In a northern Chinese winter the last
matters most: at −10 °C the DC sinks by 2 a day, so spring begins with a forest wetter than it is.

## Seasons, winters and holes in the record

- **Season masks** (Wotton & Flannigan 1993; Lawson & Armitage 2008), **dry starts** and **overwintered codes** equal
  xclim's on random weather, in all combinations. xclim does not look for a season before the fifth (WF93)
  or fourth (LA08) day of a record; ours starts as soon as the days before allow, so the two may differ until the
  first turn. A missing temperature breaks a row of warm days in xclim and is passed over by ours: ours has the mask
  that xclim gives for the same days without the hole.
- **The spring drought code** equals xclim's and climate_indices' to rounding, for every pair of fractions.
- **One missing day.** xclim has no code for the rest of the season (all year without a season), and none for the
  whole next season where rain was missing in winter; a missing rain alone it takes for no rain. climate_indices
  loses the rest of the record by default. Ours holds, estimates or restarts by a stated policy and marks the day.
- Dry start together with overwintering lost the first season in xclim 0.61 (its issue 2371, mended in 0.62).
  Ours is tested in every combination of season, dry start, overwintering, policy and missing data.
"""


def main(arguments: list[str] | None = None) -> int:
    """Compare, write the page, return 1 where something parts that should not."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--check", action="store_true", help="compare without writing the page")
    check = asked.parse_args(arguments).check
    warnings.filterwarnings("ignore")
    page = Page()
    names = ("xclim", "climate-indices", "cffdrs-fire", "numpy", "numba")
    page.write(INTRODUCTION.format(versions=", ".join(f"{name} {version(name)}" for name in names)))
    case = random_case()
    page.write(f"## {case[0][0].size:,} random days, every latitude", "")
    page.write(
        f"{CELLS:,} chains of {DAYS} days from the start values; each day drawn evenly from all that is taken as "
        "possible (−60 to 60 °C, 0 to 100 %, 0 to 150 km/h, rain to 300 mm), with limits and thresholds such as "
        "100 %, −1.1 °C or 0.5 mm drawn often, and every limit of every program's latitude bands.",
        "",
    )
    compare(page, case, scalar_cells=200)
    real, left_out = beijing_case()
    page.write("## Four years at three stations of Beijing", "")
    page.write(
        f"Huairou, Changping and Shunyi, March 2013 to February 2017, {real[0][0].size:,} station days reduced from "
        f"hourly observations by our noon rule; {left_out} days on which a station lacks a value are left out.",
        "",
    )
    compare(page, real, scalar_cells=3)
    page.write(EXPLANATION)
    departures(page, case)
    page.write(SEASONS)
    text = "\n".join(page.lines).replace("\n\n\n", "\n\n")
    if not check:
        PAGE.write_text(text.rstrip() + "\n", encoding="utf-8")
    print("all agree" if page.agreed else "not all agree")
    return 0 if page.agreed else 1


if __name__ == "__main__":
    sys.exit(main())
