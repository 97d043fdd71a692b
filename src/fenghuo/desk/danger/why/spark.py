"""A small line of a value's last days, as points in the box of an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 120, 32
_EDGE = 3


@dataclass(frozen=True)
class Spark:
    """`lines` are runs of points for polylines, broken at gaps; `last` the point of the last day, if it has one."""

    lines: tuple[str, ...]
    last: tuple[float, float] | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, values: Sequence[float | None]) -> "Spark":
        """The line of one value a day, None where there is none."""
        known = [value for value in values if value is not None]
        if not known:
            return cls((), None, None, None)
        low, high = min(known), max(known)
        span = (high - low) or 1.0
        step = (WIDTH - 2 * _EDGE) / max(len(values) - 1, 1)

        def point(number: int, value: float) -> tuple[float, float]:
            y = HEIGHT - _EDGE - (value - low) / span * (HEIGHT - 2 * _EDGE)
            return round(_EDGE + number * step, 1), round(y, 1)

        runs: list[list[str]] = [[]]
        for number, value in enumerate(values):
            if value is None:
                runs.append([])
                continue
            x, y = point(number, value)
            runs[-1].append(f"{x},{y}")
        # A day between two gaps is a line of no length; with round ends it is still a dot.
        lines = tuple(" ".join(run if len(run) > 1 else run * 2) for run in runs if run)
        last = point(len(values) - 1, values[-1]) if values[-1] is not None else None
        return cls(lines, last, low, high)
