"""The kinds of thing an app can offer, and the register they are offered to.

An app registers in its `ready()`; a page that gathers asks the register and knows no app.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from fenghuo.core.access import Caller


@dataclass(frozen=True)
class Period:
    """From `start` (included) to `end` (excluded), both aware."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Record:
    """One record behind a figure: enough to list it and to open it."""

    key: str  # "hazard:12", the journal's subject of the record
    title: str
    at: datetime | None
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Fact:
    """A figure with the records behind it.

    `records` gives what is counted, in the period and the area with this code (a prefix), limited to
    what the caller may see; `value` makes the figure of them (default: how many there are).
    `title`, `sentence` and `unit` are lazy translations; the sentence says what is counted.
    """

    key: str
    title: str
    sentence: str
    records: Callable[[Caller, Period, str], list[Record]]
    unit: str = ""
    value: Callable[[list[Record]], float | int | str | None] = len
    order: int = 100


@dataclass(frozen=True)
class OpenItem:
    """Something that waits for somebody, with the moment it is due."""

    kind: str  # "acknowledgement", "report", "rectification", …
    title: str
    url: str
    due: datetime | None
    detail: str = ""
    clause: str = ""


@dataclass(frozen=True)
class Headline:
    """One sentence for the band on the home page: the most pressing one is shown."""

    level: str  # blue, yellow, orange, red; "" for what is no warning
    text: str
    url: str
    action: str  # the button's words
    figure: str = ""  # "39 / 42"
    due: datetime | None = None
    detail: str = ""


@dataclass(frozen=True)
class SearchHit:
    kind: str
    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class AreaPaint:
    """What a map layer says of one area. None where the layer does not speak of it."""

    rating: int | None = None  # danger, 1–5
    level: str | None = None  # a warning in force
    url: str = ""
    why: str | None = None  # one or two sentences for the card; may be lazy, for one card is shown of many


OpenItemOffer = Callable[[Caller], Iterable[OpenItem]]
HeadlineOffer = Callable[[Caller], Iterable[Headline]]
SearchOffer = Callable[[Caller, str], Iterable[SearchHit]]
PaintOffer = Callable[[Caller], dict[str, AreaPaint]]
Chore = Callable[[Caller], bool]


@dataclass
class Register:
    """Everything offered, in the order of registration. The offering methods serve as decorators."""

    _facts: dict[str, Fact] = field(default_factory=dict)
    _open_items: list[OpenItemOffer] = field(default_factory=list)
    _headlines: list[HeadlineOffer] = field(default_factory=list)
    _search: list[SearchOffer] = field(default_factory=list)
    _paint: list[PaintOffer] = field(default_factory=list)
    _chores: list[Chore] = field(default_factory=list)

    def fact(self, fact: Fact) -> None:
        self._facts[fact.key] = fact

    def open_items(self, offer: OpenItemOffer) -> OpenItemOffer:
        self._open_items.append(offer)
        return offer

    def headlines(self, offer: HeadlineOffer) -> HeadlineOffer:
        self._headlines.append(offer)
        return offer

    def search(self, offer: SearchOffer) -> SearchOffer:
        self._search.append(offer)
        return offer

    def paint(self, offer: PaintOffer) -> PaintOffer:
        """Offer a map layer: area code → what to paint there."""
        self._paint.append(offer)
        return offer

    def chore(self, step: Chore) -> Chore:
        """Offer a step of the worker: done again and again, True when there is more to do at once."""
        self._chores.append(step)
        return step

    def facts(self) -> list[Fact]:
        return sorted(self._facts.values(), key=lambda fact: fact.order)

    def fact_named(self, key: str) -> Fact | None:
        return self._facts.get(key)

    def all_open_items(self, caller: Caller) -> list[OpenItem]:
        """What waits for the caller, the soonest due first; what has no term comes last."""
        items = [item for offer in self._open_items for item in offer(caller)]
        return sorted(items, key=lambda item: (item.due is None, item.due, item.title))

    def all_headlines(self, caller: Caller) -> list[Headline]:
        weight = {"red": 0, "orange": 1, "yellow": 2, "blue": 3}
        found = [headline for offer in self._headlines for headline in offer(caller)]
        return sorted(found, key=lambda headline: weight.get(headline.level, 4))

    def hits(self, caller: Caller, text: str) -> list[SearchHit]:
        return [hit for offer in self._search for hit in offer(caller, text)]

    def painted(self, caller: Caller) -> dict[str, AreaPaint]:
        """Every layer laid over the others: the first to speak of a property of an area decides it."""
        merged: dict[str, AreaPaint] = {}
        for offer in self._paint:
            for code, paint in offer(caller).items():
                under = merged.get(code, AreaPaint())
                merged[code] = AreaPaint(
                    rating=under.rating if under.rating is not None else paint.rating,
                    level=under.level or paint.level,
                    url=under.url or paint.url,
                    why=under.why if under.why is not None else paint.why,
                )
        return merged

    def chores(self) -> Iterator[Chore]:
        return iter(self._chores)


register = Register()
