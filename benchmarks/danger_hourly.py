"""How many station-hours of FWI2025 a second, beside plain Python of the same equations.

    python -m benchmarks.danger_hourly [--quick]

10,000 stations whose weather is the public season of Petawawa 2007, moved a little for each; every station at
its own latitude. The kernel runs on one and two threads; the plain program is `fwi2025.scalar`, one hour and
one station at a time, on a few of the same stations, and must agree. The official programs cannot be installed
beside it; their rates, measured once on a machine of this kind (two cores), stand in the table as constants.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from pathlib import Path

import numpy as np

from benchmarks import measure
from fenghuo.core.danger import fwi2025
from fenghuo.core.danger.fwi import Weather
from fenghuo.core.danger.fwi2025 import scalar

SEASON = Path(__file__).parents[1] / "tests" / "core" / "danger" / "data" / "fwi2025"
STATIONS = 10_000
# cffdrs-ng, hours of one station a second: its Python; its C program with CSV in and out, by the clock and by
# processor time.
OFFICIAL_PYTHON, OFFICIAL_C, OFFICIAL_C_PROCESSOR = 3_100.0, 45_000.0, 85_000.0
TARGET_PYTHON, TARGET_C = 1_000.0, 30.0


def season(hours: int) -> tuple[list[np.ndarray], np.ndarray]:
    """Return the first hours of the public season: temperature, humidity, wind, rain, and the times."""
    with gzip.open(SEASON / "PRF2007_hourly_wx.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))[:hours]
    weather = [np.array([float(row[name]) for row in rows]) for name in ("temp", "rh", "ws", "prec")]
    first = rows[0]
    begin = np.datetime64(
        f"{first['yr']}-{int(first['mon']):02d}-{int(first['day']):02d}T{int(first['hr']):02d}"
    )
    return weather, begin.astype("datetime64[h]") + np.arange(len(rows))


def around(weather: list[np.ndarray], stations: int) -> list[np.ndarray]:
    """Return weather of many stations near one: offsets, gustier or calmer, rain where others stay dry."""
    draw = np.random.default_rng(2007)
    shape = (len(weather[0]), stations)
    temperature, humidity, wind, rain = (field[:, np.newaxis] for field in weather)
    return [
        temperature + draw.normal(0.0, 3.0, stations) + draw.normal(0.0, 0.5, shape),
        np.clip(humidity + draw.normal(0.0, 8.0, stations) + draw.normal(0.0, 2.0, shape), 0.0, 100.0),
        wind * draw.uniform(0.5, 2.0, stations) * draw.uniform(0.9, 1.1, shape),
        rain * draw.uniform(0.0, 2.0, stations) * (draw.random(shape) < 0.8),
    ]


def main() -> None:
    """Measure, print a table and the last line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--quick", action="store_true", help="a week of hours instead of a month, under a minute"
    )
    quick = parser.parse_args().quick
    hours, runs, plain_stations = (168, 3, 2) if quick else (720, 5, 8)

    one, times = season(hours)
    weather = around(one, STATIONS)
    latitude = np.random.default_rng(46).uniform(20.0, 60.0, STATIONS)
    place = (latitude, -77.427, -4.0)

    def kernel(threads: int) -> fwi2025.HourlyCodes:
        return fwi2025.hourly(*weather, times, *place, threads=threads)

    stations = range(0, STATIONS, STATIONS // plain_stations)[:plain_stations]
    chains = [
        [
            (time, Weather(*(float(field[hour, station]) for field in weather)))
            for hour, time in enumerate(times.astype("datetime64[m]").tolist())
        ]
        for station in stations
    ]

    def plain() -> list[list[scalar.Hour | None]]:
        return [
            scalar.run(chain, fwi2025.Place(float(latitude[station]), -77.427, -4.0))
            for station, chain in zip(stations, chains, strict=True)
        ]

    fwi2025.hourly(*(field[:2, :2] for field in weather), times[:2], 46.0, -77.427, -4.0)  # compile
    reference = plain()
    result, extra = measure.extra_memory(lambda: kernel(1))
    kept = sum(values.nbytes for values in result.codes.values()) + result.marks.nbytes
    difference = max(
        float(np.max(np.abs(result[name][:, station] - [getattr(hour, name) for hour in chain])))
        for station, chain in zip(stations, reference, strict=True)
        for name in fwi2025.CODES
    )
    del result, reference

    taken = measure.in_turn(
        runs, {"kernel 1": lambda: kernel(1), "kernel 2": lambda: kernel(2), "plain": plain}
    )
    amount = {"kernel 1": hours * STATIONS, "kernel 2": hours * STATIONS, "plain": hours * len(stations)}
    rate = {name: amount[name] / float(np.median(seconds)) for name, seconds in taken.items()}
    by_turn = [one / two for one, two in zip(taken["kernel 1"], taken["kernel 2"], strict=True)]
    gain = measure.ratio(taken["kernel 2"], taken["kernel 1"])

    print(f"FWI2025, {STATIONS:,} stations x {hours} hours, ten codes, float64\n")
    rows = [
        ("ours, 1 thread", rate["kernel 1"]),
        ("ours, 2 threads", rate["kernel 2"]),
        ("plain Python (fwi2025.scalar), this run", rate["plain"]),
        ("official Python, not in this run", OFFICIAL_PYTHON),
        ("official C by the clock, not in this run", OFFICIAL_C),
        ("official C by processor time, not in this run", OFFICIAL_C_PROCESSOR),
    ]
    measure.table(
        [(name, value, rate["kernel 1"] / value) for name, value in rows],
        ("program", "station-hours/s", "ours on 1 thread is x times as fast"),
    )
    print(
        f"\ntwo threads are {gain:.2f} x as fast as one in the same turn "
        f"(turns: {', '.join(f'{one:.2f}' for one in by_turn)}; at most 2 on two quiet cores)"
    )
    print(f"largest difference of any code from plain Python: {difference:.1e}")
    print(f"memory beyond weather and results: {max(extra - kept, 0) / 1e6:.0f} MB")
    print(f"targets: {TARGET_PYTHON:,.0f} x the official Python, {TARGET_C:.0f} x the official C program")
    measure.finish(
        {
            "plain_python": round(rate["kernel 1"] / rate["plain"], 1),
            "official_python": round(rate["kernel 1"] / OFFICIAL_PYTHON, 1),
            "official_c": round(rate["kernel 1"] / OFFICIAL_C, 1),
            "official_c_processor_time": round(rate["kernel 1"] / OFFICIAL_C_PROCESSOR, 1),
            "two_threads": round(gain, 2),
        },
        station_hours_per_second={name: round(value) for name, value in rate.items()},
        two_threads_by_turn=[round(one, 2) for one in by_turn],
        largest_difference=difference,
        extra_memory_mb=round(max(extra - kept, 0) / 1e6, 1),
        not_in_this_run=["official_python", "official_c", "official_c_processor_time"],
    )


if __name__ == "__main__":
    main()
