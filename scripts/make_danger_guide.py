"""Makes the figures and tables of docs/guide/fire-danger*.md from the Beijing records that the demo ships.

    .venv/bin/python scripts/make_danger_guide.py            writes docs/guide/images and the tables in the guide
    .venv/bin/python scripts/make_danger_guide.py --check    says whether the tables in the guide are up to date

Chinese labels need a Chinese font; `make test-setup` installs one (fonts-noto-cjk).
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from fenghuo.core.danger import calibration, classes, lyt1172, season
from fenghuo.core.danger.extremes import daily_extremes
from fenghuo.core.danger.io import stations
from fenghuo.core.danger.lyt1172 import Score
from fenghuo.core.danger.season import DayResult
from fenghuo.core.danger.weather import noon_days

ROOT = Path(__file__).resolve().parent.parent
WEATHER = ROOT / "src/fenghuo/desk/site/demo/weather"
GUIDE = ROOT / "docs/guide"
STATION, LATITUDE = "huairou", 40.33
SEASON_MONTHS = (11, 12, 1, 2, 3, 4, 5)
SEASONS = (2013, 2014, 2015, 2016)  # the autumn in which each begins
PAINT = {1: "#4c9f70", 2: "#1d5fc2", 3: "#f5c518", 4: "#f07d13", 5: "#c3161c"}
INK, MUTED, LINE = "#16202b", "#5a6672", "#c9cfd6"


@dataclass(frozen=True)
class Both:
    """A day with both ratings."""

    date: date
    fwi: DayResult
    national: Score

    @property
    def ratings(self) -> tuple[int, int]:
        """The rating by FWI (EFFIS classes) and by LY/T 1172."""
        return classes.rating(self.fwi.day.fwi), self.national.rating


def both_ratings() -> list[Both]:
    """Rate every day of the fire seasons by both systems; days that either cannot rate are left out."""
    reading = stations.read(WEATHER / f"beijing-{STATION}-hourly-2013-2017.csv.gz", station=STATION)
    chain = {day.date: day for day in season.run(noon_days(reading.observations), LATITUDE)}
    national = {day.date: day.score for day in lyt1172.run(daily_extremes(reading.observations))}
    return [
        Both(day, chain[day], national[day])
        for day in sorted(chain)
        if day.month in SEASON_MONTHS and chain[day].day is not None and national.get(day) is not None
    ]


def groups(days: list[Both]) -> dict[str, list[Both]]:
    """Part the days by how the two ratings differ: by two classes or more, or less."""
    parted: dict[str, list[Both]] = {"national": [], "close": [], "fwi": []}
    for day in days:
        by_fwi, by_national = day.ratings
        key = "national" if by_national - by_fwi >= 2 else "fwi" if by_fwi - by_national >= 2 else "close"
        parted[key].append(day)
    return parted


# ---- tables ----------------------------------------------------------------------------------------------


def table(rows: list[list[str]]) -> str:
    """A Markdown table; the first row is its head, the first column its labels."""
    rule = ["---", *["---:"] * (len(rows[0]) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:]))


def matrix_table(days: list[Both], words: Callable[[str, str], str]) -> str:
    counts = Counter(day.ratings for day in days)
    head = [
        words("FWI (EFFIS) ↓ · LY/T 1172 →", "FWI(EFFIS)↓ · LY/T 1172 →"),
        *"12345",
        words("days", "天数"),
    ]
    body = [
        [str(i), *(str(counts[i, j]) for j in range(1, 6)), str(sum(counts[i, j] for j in range(1, 6)))]
        for i in range(1, 6)
    ]
    foot = [
        words("days", "天数"), *(str(sum(counts[i, j] for i in range(1, 6))) for j in range(1, 6)), str(len(days))
    ]  # fmt: skip
    return table([head, *body, foot])


def month_table(days: list[Both], words: Callable[[str, str], str]) -> str:
    rows = [[
        words("month", "月份"), words("days", "天数"), words("same class", "同级"),
        words("LY/T higher", "行标偏高"), words("FWI higher", "FWI偏高"),
        words("mean class, FWI", "FWI平均等级"), words("mean class, LY/T", "行标平均等级"),
    ]]  # fmt: skip
    for month in SEASON_MONTHS:
        pairs = [day.ratings for day in days if day.date.month == month]
        share = lambda hold, pairs=pairs: f"{sum(hold(a, b) for a, b in pairs) / len(pairs):.0%}"  # noqa: E731
        rows.append([
            str(month), str(len(pairs)), share(lambda a, b: a == b), share(lambda a, b: b > a),
            share(lambda a, b: a > b), f"{statistics.mean(a for a, _ in pairs):.1f}",
            f"{statistics.mean(b for _, b in pairs):.1f}",
        ])  # fmt: skip
    return table(rows)


def anatomy_table(days: list[Both], words: Callable[[str, str], str]) -> str:
    names = {
        "national": words("LY/T higher by 2 or more", "行标高2级及以上"),
        "close": words("within one class", "相差不超过1级"),
        "fwi": words("FWI higher by 2 or more", "FWI高2级及以上"),
    }
    rows = [[
        words("days (medians)", "日子(中位数)"), words("number", "天数"), words("noon °C", "正午气温 °C"),
        words("noon RH %", "正午湿度 %"), words("days since rain ≥ 0.3 mm", "距降水日数"),
        "FFMC", "DMC", "DC", "ISI", "FWI", "HTZ", words("rain score C", "C 降水分"),
    ]]  # fmt: skip
    for key, group in groups(days).items():
        middle = lambda pick, group=group: f"{statistics.median(pick(day) for day in group):.0f}"  # noqa: E731
        rains = [day.national.part("rain").days for day in group]
        dry = statistics.median(9 if n is None else n for n in rains)
        rows.append([
            names[key], str(len(group)), middle(lambda d: d.fwi.weather.temperature),
            middle(lambda d: d.fwi.weather.humidity), words("more than 8", "8天以上") if dry > 8 else f"{dry:.0f}",
            *(middle(lambda d, c=c: getattr(d.fwi.day, c)) for c in ("ffmc", "dmc", "dc", "isi", "fwi")),
            middle(lambda d: d.national.htz), middle(lambda d: d.national.part("rain").points),
        ])  # fmt: skip
    return table(rows)


def calibration_table(days: list[Both], words: Callable[[str, str], str]) -> str:
    local = calibration.calibrate(
        "local", STATION, [(day.date, day.fwi.day.fwi) for day in days], SEASON_MONTHS
    )
    effis = classes.scheme("effis")
    rated = Counter(classes.rating(day.fwi.day.fwi) for day in days)
    national = Counter(day.national.rating for day in days)
    rows = [
        [words("rating", "等级"), *"12345"],
        [words("EFFIS begins at FWI", "EFFIS 起点(FWI)"), "0", *(f"{b:g}" for b in effis.breaks[:4])],
        [words("share of days, EFFIS", "EFFIS 占比"), *(f"{rated[n] / len(days):.0%}" for n in range(1, 6))],
        [words("local begins at FWI", "本地标定起点(FWI)"), "0", *(f"{b:g}" for b in local.scheme.breaks)],
        [words("share of days, local", "本地标定占比"), *(f"{local.share[n]:.0%}" for n in range(1, 6))],
        [
            words("share of days, LY/T 1172", "行标占比"),
            *(f"{national[n] / len(days):.0%}" for n in range(1, 6)),
        ],
    ]
    return table(rows)


def fill(text: str, made: dict[str, str]) -> str:
    """Put each table between its two marks; raises KeyError when the guide asks for a table there is not."""
    return re.sub(
        r"(<!-- table: (\S+) -->\n).*?(<!-- end -->)",
        lambda m: f"{m[1]}{made[m[2]]}\n{m[3]}",
        text,
        flags=re.DOTALL,
    )


def tables(days: list[Both], chinese: bool) -> dict[str, str]:
    """Every table of the guide by name."""
    words = (lambda en, zh: zh) if chinese else (lambda en, zh: en)
    return {
        "matrix": matrix_table(days, words),
        "months": month_table(days, words),
        "anatomy": anatomy_table(days, words),
        "calibration": calibration_table(days, words),
    }


# ---- figures ---------------------------------------------------------------------------------------------


def draw(days: list[Both], chinese: bool, folder: Path) -> None:
    """Draw the guide's figures in one language."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({
        "font.family": ["Noto Sans CJK SC", "DejaVu Sans"] if chinese else ["DejaVu Sans"],
        "font.size": 10, "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": LINE,
        "axes.labelcolor": MUTED, "xtick.color": MUTED, "ytick.color": MUTED, "text.color": INK,
        "savefig.dpi": 130, "savefig.facecolor": "white", "svg.hashsalt": "fenghuo", "axes.unicode_minus": False,
    })  # fmt: skip
    words = (lambda en, zh: zh) if chinese else (lambda en, zh: en)
    tail = "zh" if chinese else "en"
    for name, figure in (
        ("four-seasons", _four_seasons), ("parts", _parts), ("thresholds", _thresholds),
    ):  # fmt: skip
        made = figure(plt, days, words)
        made.savefig(folder / f"{name}-{tail}.png", metadata={"Software": None})
        plt.close(made)


def _four_seasons(plt, days, words):
    by_date = {day.date: day for day in days}
    figure, axes = plt.subplots(len(SEASONS), 1, figsize=(11, 10.5), sharey=True, layout="constrained")
    for ax, year in zip(axes, SEASONS, strict=True):
        first = date(year, 11, 1)
        span = (date(year + 1, 5, 31) - first).days + 1
        for n in range(span):
            day = by_date.get(first + timedelta(days=n))
            if day is None:
                ax.bar(n, 3, width=1, color="none", edgecolor=LINE, hatch="////", linewidth=0)
                continue
            by_fwi, by_national = day.ratings
            ax.bar(n, day.fwi.day.fwi, width=1, color=PAINT[by_fwi])
            ax.bar(n, 5, width=1, bottom=-7, color=PAINT[by_national])
        starts = [(first.replace(year=year + (m < 11), month=m) - first).days for m in SEASON_MONTHS]
        ax.set_xticks(starts, [words(f"{date(2000, m, 1):%b}", f"{m}月") for m in SEASON_MONTHS], ha="left")
        ax.set_xlim(-0.5, span - 0.5)
        ax.set_ylim(-8, 92)
        ax.set_yticks([0, 25, 50, 75])
        ax.axhline(0, color=INK, linewidth=0.6)
        ax.set_ylabel("FWI")
        ax.set_title(f"{year}–{year + 1}", loc="left", fontsize=11)
    handles = [plt.Rectangle((0, 0), 1, 1, color=PAINT[n]) for n in PAINT]
    labels = [f"{n} {classes.rating_name(n, words('en', 'zh'))}" for n in PAINT]
    figure.legend(handles, labels, loc="outside lower center", ncols=5, frameon=False)
    figure.suptitle(
        words(
            "Bars: FWI, coloured by its EFFIS class. Strip below: the class of LY/T 1172-1995. Hatched: not rated.",
            "柱：FWI，按 EFFIS 等级着色。零线下色带：LY/T 1172-1995 等级。斜线：未定级。",
        ),
        x=0.01, ha="left", fontsize=10, color=MUTED,
    )  # fmt: skip
    return figure


def _parts(plt, days, words):
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
    names = {
        "national": words("LY/T higher\nby 2 or more", "行标高2级\n及以上"),
        "close": words("within\none class", "相差不超过\n1级"),
        "fwi": words("FWI higher\nby 2 or more", "FWI高2级\n及以上"),
    }
    parts = (
        ("temperature", words("A temperature", "A 气温"), "#8fb8bd"),
        ("humidity", words("B humidity", "B 湿度"), "#5b9aa1"),
        ("rain", words("C rain and days since", "C 降水及其后日数"), "#0b5d66"),
        ("wind", words("D wind", "D 风力"), "#c9cfd6"),
    )
    parted = groups(days)
    for n, group in enumerate(parted.values()):
        bottom = 0.0
        for part, label, colour in parts:
            mean = statistics.mean(day.national.part(part).points for day in group)
            left.bar(n, mean, bottom=bottom, color=colour, label=label if n == 0 else None, width=0.6)
            left.text(n, bottom + mean / 2, f"{mean:.0f}", ha="center", va="center",
                      color="white" if part == "rain" else INK, fontsize=9)  # fmt: skip
            bottom += mean
        for k, code in enumerate(("dmc", "dc")):
            values = [getattr(day.fwi.day, code) / (1 if code == "dmc" else 5) for day in group]
            at = n + (k - 0.5) * 0.3
            right.bar(at, statistics.median(values), width=0.26, color=("#8fb8bd", "#0b5d66")[k],
                      label=(words("DMC (median)", "DMC(中位数)"), words("DC ÷ 5 (median)", "DC÷5(中位数)"))[k]
                      if n == 0 else None)  # fmt: skip
    for ax in (left, right):
        ax.set_xticks(range(3), [f"{names[key]}\n(n={len(group)})" for key, group in parted.items()])
        ax.tick_params(axis="x", length=0)
    left.set_ylim(0, 118)
    left.set_title(
        words("LY/T 1172: what its sum is made of (mean points)", "行标：HTZ 的构成(平均分)"),
        loc="left",
        fontsize=11,
    )
    right.set_title(words("FWI: the memory of drought", "FWI：干旱的记忆"), loc="left", fontsize=11)
    left.legend(frameon=False, fontsize=9, ncols=2, loc="upper left")
    right.legend(frameon=False, fontsize=9)
    return figure


def _thresholds(plt, days, words):
    values = sorted(day.fwi.day.fwi for day in days)
    share = [100 * (n + 0.5) / len(values) for n in range(len(values))]
    local = calibration.calibrate(
        "local", STATION, [(d.date, d.fwi.day.fwi) for d in days], SEASON_MONTHS
    ).scheme
    figure, ax = plt.subplots(figsize=(11, 4.2), layout="constrained")
    ax.plot(share, values, color=INK, linewidth=1.8)
    for rating, value in zip((2, 3, 4, 5), classes.scheme("effis").breaks, strict=False):
        ax.axhline(value, color=PAINT[rating], linewidth=1.4)
        ax.text(0.5, value + 0.8, f"EFFIS {rating}: {value:g}", fontsize=9, color=INK)
    for rating, value in zip((2, 3, 4, 5), local.breaks, strict=True):
        at = next(s for s, v in zip(share, values, strict=True) if v >= value)
        ax.plot([at, at], [0, value], color=PAINT[rating], linewidth=1.4, linestyle=(0, (4, 2)))
        ax.text(at - 0.4, 1, words(f"local {rating}: {value:g}", f"本地{rating}级：{value:g}"), rotation=90,
                fontsize=9, ha="right", va="bottom")  # fmt: skip
    ax.set_xlim(0, 100)
    ax.set_ylim(0, max(values) * 1.05)
    ax.set_xlabel(words("share of fire-season days below, %", "防火期内低于该值的日数占比，%"))
    ax.set_ylabel("FWI")
    return figure


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 where a table is out of date"
    )
    check = arguments.parse_args().check
    days = both_ratings()
    stale = 0
    for name, chinese in (("fire-danger.md", False), ("fire-danger.zh-CN.md", True)):
        path = GUIDE / name
        old = path.read_text(encoding="utf-8")
        new = fill(old, tables(days, chinese))
        if old != new and check:
            print(f"{path.relative_to(ROOT)} is out of date; run scripts/make_danger_guide.py")
            stale = 1
        elif not check:
            path.write_text(new, encoding="utf-8")
            (GUIDE / "images").mkdir(exist_ok=True)
            draw(days, chinese, GUIDE / "images")
    return stale


if __name__ == "__main__":
    sys.exit(main())
