"""Which input moved a rating: today's FWI or HTZ against yesterday's, or against what is usual for the season.

An FWI is no sum, so what one input did depends on what the others were: wind on wet fuel does nothing, the
same wind on dry fuel everything. The method is the Shapley value (Shapley 1953, *A Value for n-Person
Games*): each input is changed from its reference to today's value in every possible order, and gets the mean
of what its change did. It is exact (all 64 combinations are computed with `fwi.step`, none is sampled), it
depends on no order, inputs that did not change get 0, and the contributions add up to the difference.

The six inputs are noon temperature, humidity, wind, rain, the drying memory (yesterday's three codes together)
and the date (the month, which sets the day length).

HTZ is a sum, so there each factor's contribution is simply the difference of its points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median
from typing import Any, Literal

from fenghuo.core.danger import climatology
from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.fwi import DEFAULT, Codes, Options, Weather, step
from fenghuo.core.danger.lyt1172 import Part, Score

Reference = Literal["yesterday", "usual"]
Output = Literal["ffmc", "dmc", "dc", "isi", "bui", "fwi", "dsr"]

INPUTS: dict[str, tuple[Text, str]] = {
    "temperature": (Text("Temperature", "气温"), "°C"),
    "humidity": (Text("Humidity", "相对湿度"), "%"),
    "wind": (Text("Wind", "风速"), "km/h"),
    "rain": (Text("Rain of 24 hours", "24小时降水量"), "mm"),
    "memory": (Text("Dryness carried over", "前期干燥程度"), ""),
    "date": (Text("Day length", "日长"), ""),
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a day's FWI is computed from: yesterday's codes, noon weather, month 1 to 12."""

    codes: Codes
    weather: Weather
    month: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one input added (or took) [in the output's unit]; `change` says in words how it changed.

    `whole` is True where amounts are points, which are told without decimals.
    """

    key: str
    name: Text
    amount: float
    change: Text
    whole: bool = False

    @property
    def sentence(self) -> Text:
        """The change and its effect, such as `Humidity fell from 45 to 18 %: +9.2`."""
        effect = signed(self.amount, 0 if self.whole else 1)
        return Text(f"{self.change.en}: {effect}", f"{self.change.zh}:{effect}")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The difference of an output between a reference and today, shared out among its inputs.

    `contributions` has every input once, the largest effect first; their amounts add up to `difference`.
    """

    output: str
    before: float
    after: float
    reference: Reference
    contributions: tuple[Contribution, ...]

    @property
    def difference(self) -> float:
        """Today's output less the reference's."""
        return self.after - self.before

    @property
    def leading(self) -> Contribution | None:
        """The input that moved most in the direction in which the output moved; None where nothing moved."""
        way = math.copysign(1.0, self.difference)
        same = [c for c in self.contributions if c.amount * way >= 0.05]
        return same[0] if same else None

    def sentence(self, most: int = 2) -> Text:
        """Say what the output did and the `most` inputs that did most of it, in both languages."""
        name = self.output.upper()
        decimals = 0 if self.output == "htz" else 1
        before, after = (f"{value:.{decimals}f}".replace("-", "−") for value in (self.before, self.after))
        if self.reference == "usual":
            head = Text(
                f"{name} {after}, with usual weather {before}", f"{name} {after}，常年天气下为 {before}"
            )
        elif before == after:
            head = Text(f"{name} stayed at {after}", f"{name} 仍为 {after}")
        else:
            rose = self.after > self.before
            head = Text(
                f"{name} {'rose' if rose else 'fell'} from {before} to {after}",
                f"{name} 由 {before} {'升至' if rose else '降至'} {after}",
            )
        told = [c.sentence for c in self.contributions if abs(c.amount) >= 0.05][:most]
        if not told:
            return Text(f"{head.en}.", f"{head.zh}。")
        en, zh = "; ".join(t.en for t in told), ";".join(t.zh for t in told)
        return Text(f"{head.en}. {en}.", f"{head.zh}。{zh}。")


def attribute(
    before: Inputs,
    today: Inputs,
    latitude: float,
    options: Options = DEFAULT,
    output: Output = "fwi",
    reference: Reference = "yesterday",
) -> Attribution:
    """Share out the difference of an output of `fwi.step` [1] between two days' inputs by Shapley values.

    `before` are yesterday's inputs (the last day with indices), or `usual_inputs`. `latitude` in degrees.
    Raises what `fwi.step` raises.
    """
    from_to = {
        **{name: (getattr(before.weather, name), getattr(today.weather, name)) for name in Weather.__slots__},
        "memory": (before.codes, today.codes),
        "date": (before.month, today.month),
    }
    changed = [key for key, (then, now) in from_to.items() if then != now]

    def value(of_today: frozenset[str]) -> float:
        mixed = {key: pair[key in of_today] for key, pair in from_to.items()}
        weather = Weather(mixed["temperature"], mixed["humidity"], mixed["wind"], mixed["rain"])
        return getattr(step(mixed["memory"], weather, mixed["date"], latitude, options), output)

    shares = shapley(changed, value)
    found = [
        Contribution(key, INPUTS[key][0], shares.get(key, 0.0), _change(key, *from_to[key], reference))
        for key in INPUTS
    ]
    return Attribution(
        output,
        value(frozenset()),
        value(frozenset(changed)),
        reference,
        tuple(sorted(found, key=lambda contribution: -abs(contribution.amount))),
    )


def shapley(players: Sequence[str], value: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Return each player's Shapley value of a game: `value` takes the frozenset of those who take part."""
    n = len(players)
    worth = {
        frozenset(group): value(frozenset(group))
        for size in range(n + 1)
        for group in combinations(players, size)
    }
    weight = [math.factorial(s) * math.factorial(n - s - 1) / math.factorial(n) for s in range(n)]
    return {
        player: math.fsum(
            weight[len(group)] * (worth[group | {player}] - alone)
            for group, alone in worth.items()
            if player not in group
        )
        for player in players
    }


def usual_inputs(
    history: Iterable[tuple[date, Inputs]], day: date, window: int = climatology.WINDOW
) -> Inputs | None:
    """Return the median of every input among the days near a date in the year; None where there are none.

    Each median is taken by itself, and the month is the date's own, so that the date contributes nothing. The
    FWI of these inputs is that of a usual day, and not quite the median FWI.
    """
    centre = climatology.slot(day)
    near = []
    for when, inputs in history:
        apart = abs(climatology.slot(when) - centre)
        if when != day and min(apart, climatology.SLOTS - apart) <= window:
            near.append(inputs)
    if not near:
        return None
    codes = Codes(*(median(getattr(i.codes, name) for i in near) for name in Codes.__slots__))
    weather = Weather(*(median(getattr(i.weather, name) for i in near) for name in Weather.__slots__))
    return Inputs(codes, weather, day.month)


def attribute_score(before: Score, today: Score) -> Attribution:
    """Share out the difference of HTZ [1] between yesterday's score and today's among the five factors."""
    found = [
        Contribution(
            now.key, now.name, float(now.points - then.points), _change_of_part(then, now), whole=True
        )
        for then, now in zip(before.parts, today.parts, strict=True)
    ]
    found.sort(key=lambda contribution: -abs(contribution.amount))
    return Attribution("htz", float(before.htz), float(today.htz), "yesterday", tuple(found))


def number(value: float) -> str:
    """Return a number to one decimal, without a decimal that is 0."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown.replace("-", "−")


def signed(value: float, decimals: int = 1) -> str:
    """Return a number with its sign, such as `+9.2` or `−0.4`; what rounds to 0 has none."""
    shown = f"{abs(value):.{decimals}f}"
    return shown if float(shown) == 0.0 else f"{'+' if value > 0 else '−'}{shown}"


def _change(key: str, then: Any, now: Any, reference: Reference) -> Text:
    name, unit = INPUTS[key]
    if key == "memory":
        return _between(name, _codes(then), _codes(now), then == now, reference)
    if key == "date":
        return _between(
            name,
            Text(f"month {then}", f"{then} 月"),
            Text(f"month {now}", f"{now} 月"),
            then == now,
            reference,
        )
    return _moved(name, then, now, unit, reference)


def _moved(name: Text, then: float, now: float, unit: str, reference: Reference = "yesterday") -> Text:
    old, new = number(then), number(now)
    if reference == "usual":
        return Text(f"{name.en} {new} {unit}, usually {old}", f"{name.zh} {new} {unit}，常年 {old} {unit}")
    if old == new:
        return Text(f"{name.en} unchanged at {new} {unit}", f"{name.zh}仍为 {new} {unit}")
    rose = now > then
    return Text(
        f"{name.en} {'rose' if rose else 'fell'} from {old} to {new} {unit}",
        f"{name.zh}由 {old} {'升至' if rose else '降至'} {new} {unit}",
    )


def _between(name: Text, old: Text, new: Text, same: bool, reference: Reference = "yesterday") -> Text:
    if same:
        return Text(f"{name.en} unchanged ({new.en})", f"{name.zh}不变({new.zh})")
    if reference == "usual":
        return Text(f"{name.en} {new.en}, usually {old.en}", f"{name.zh} {new.zh}，常年 {old.zh}")
    return Text(f"{name.en} from {old.en} to {new.en}", f"{name.zh}由 {old.zh} 变为 {new.zh}")


def _codes(codes: Codes) -> Text:
    said = f"FFMC {number(codes.ffmc)}, DMC {number(codes.dmc)}, DC {number(codes.dc)}"
    return Text(said, said.replace(", ", "、"))


def _change_of_part(then: Part, now: Part) -> Text:
    if now.key == "cover":
        return _between(now.name, then.note, now.note, then.note == now.note)
    if now.key == "rain":
        old, new = _rain(then), _rain(now)
        return _between(now.name, old, new, old == new)
    return _moved(now.name, then.value, now.value, now.unit)


def _rain(part: Part) -> Text:
    if part.days is None:
        return Text("none that counts", "无有效降水")
    days = {0: Text("today", "当日"), 1: Text("1 day ago", "1天前")}.get(
        part.days, Text(f"{part.days} days ago", f"{part.days}天前")
    )
    return Text(f"{number(part.value)} mm {days.en}", f"{days.zh} {number(part.value)} mm")
