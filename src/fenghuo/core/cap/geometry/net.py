"""A net of borders shared by neighbouring rings, thinned corner by corner without ever tangling it.

Corners lie on a whole-number grid, so every question of side is answered exactly. A corner where two edges
meet may go, for all rings that use it at once; one where more meet, or that is held, stays. A corner may go
when no other corner lies in the triangle it makes with its two neighbours: then no border can be cut by the
new edge. What goes first is what changes the least ground (Visvalingam and Whyatt, 1993, The Cartographic
Journal 30(1), 46-51).

Where ground may only grow, an outer corner goes if it is a bay; where the border bulges, an outer edge goes
instead: its two neighbours are prolonged until they meet.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

Corner = tuple[int, int]
_Edge = tuple[int, int]
_REMOVE, _COLLAPSE = 0, 1
_FEWEST = 3
# The cosine of the sharpest turn that prolonged edges may take: spikes under 20° would reach far for little.
_SHARPEST = -math.cos(math.radians(20.0))


@dataclass(slots=True)
class Net:
    """Rings over common corners; `rings` hold numbers of `corners`, counter-clockwise, not closed.

    `held` corners stay; `widest` is the longest step in x that an edge may take; `limits` are the corners of
    the box that no new corner may leave; `scale(y)` says how much a unit of ground at y counts.
    """

    corners: list[Corner]
    rings: list[list[int]]
    held: set[int]
    widest: int
    limits: tuple[Corner, Corner]
    scale: Callable[[float], float]
    alive: list[bool] = field(init=False)
    moved: set[int] = field(init=False, default_factory=set)
    _links: list[set[int]] = field(init=False)
    _before: dict[int, int] = field(init=False, default_factory=dict)
    _after: dict[int, int] = field(init=False, default_factory=dict)
    _users: list[list[int]] = field(init=False)
    _outer: set[int] = field(init=False)
    _counts: list[int] = field(init=False)
    _limits: list[int] = field(init=False, default_factory=list)
    _weights: list[float] = field(init=False)
    _edges: _EdgeIndex = field(init=False)

    def __post_init__(self) -> None:
        self.alive = [True] * len(self.corners)
        self._links = [set() for _ in self.corners]
        self._users = [[] for _ in self.corners]
        self._outer = set(range(len(self.corners)))
        self._weights = [self.scale(y) for _, y in self.corners]
        self._counts = [len(ring) for ring in self.rings]
        for number, ring in enumerate(self.rings):
            for before, here, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
                self._links[here] |= {before, after}
                self._users[here].append(number)
                if here not in self._before:
                    self._before[here], self._after[here] = before, after
                elif self._before[here] != before:
                    self._outer.discard(here)
        for corner, links in enumerate(self._links):
            if len(links) != 2 or corner in self.held:
                self._before.pop(corner, None)
                self._after.pop(corner, None)
        edges = {(a, b) for a, links in enumerate(self._links) for b in links if a < b}
        self._edges = _EdgeIndex(self.corners, edges)

    def thin(self, most: int, *, grow_only: bool = False) -> None:
        """Take corners away until no ring has more than `most`, or nothing more can go.

        With `grow_only` the ground of all rings together never shrinks. A ring with more corners that must stay
        than it may have is thinned to twice their number only: nothing is gained by going further.
        """
        stay = [sum(corner not in self._before for corner in ring) for ring in self.rings]
        self._limits = [most if count <= most else 2 * count for count in stay]
        kinds = (_REMOVE, _COLLAPSE) if grow_only else (_REMOVE,)
        heap: list[tuple[float, int, int]] = []
        # What each act costs now; an entry of the heap that says otherwise is out of date.
        current: dict[tuple[int, int], float] = {}
        blocked: set[int] = set()
        done = 0.0

        def offer(corner: int) -> None:
            for kind in kinds:
                cost = self._cost(kind, corner, grow_only)
                if cost is None:
                    current.pop((kind, corner), None)
                    continue
                # Acts come in rising order, so that a long line is thinned evenly.
                current[kind, corner] = key = max(cost, done)
                heapq.heappush(heap, (key, kind, corner))

        for corner in list(self._before):
            if self._over(corner):
                offer(corner)
        progress = True
        while heap or (blocked and progress):
            if not heap:
                again, blocked, progress = sorted(blocked), set(), False
                for corner in again:
                    offer(corner)
                continue
            key, kind, corner = heapq.heappop(heap)
            if current.get((kind, corner)) != key:
                continue
            del current[kind, corner]
            if corner not in self._before or not self._over(corner):
                continue
            touched = self._remove(corner) if kind == _REMOVE else self._collapse(corner)
            if touched is None:
                blocked.add(corner)
                continue
            done, progress = key, True
            for each in self._around(touched) if grow_only else touched:
                if each in self._before and self._over(each):
                    offer(each)

    def ring(self, number: int) -> list[Corner]:
        """The corners that are left of a ring, in order."""
        return [self.corners[corner] for corner in self.rings[number] if self.alive[corner]]

    def _over(self, corner: int) -> bool:
        return any(self._counts[ring] > self._limits[ring] for ring in self._users[corner])

    def _cost(self, kind: int, corner: int, grow_only: bool) -> float | None:
        """The ground that an act would change, or None where it may not be done."""
        if corner not in self._before:
            return None
        if kind == _COLLAPSE:
            prolonged = self._prolonged(corner)
            return None if prolonged is None else prolonged[1]
        corners = self.corners
        bulge = _side(corners[self._before[corner]], corners[corner], corners[self._after[corner]])
        if grow_only and corner in self._outer and bulge > 0:
            return None
        return abs(bulge) * self._weights[corner]

    def _remove(self, corner: int) -> tuple[int, ...] | None:
        before, after = self._before[corner], self._after[corner]
        a, b, c = self.corners[before], self.corners[corner], self.corners[after]
        if after in self._links[before] or abs(a[0] - c[0]) > self.widest or self._smallest(corner):
            return None
        own = {before, corner, after}
        for edge in self._edges.near((a, b, c)):
            for end in edge:
                if end not in own and _in_triangle(self.corners[end], a, b, c):
                    return None
        self._unlink(before, corner)
        self._unlink(corner, after)
        self._link(before, after)
        self._drop(corner, before, after)
        return before, after

    def _collapse(self, corner: int) -> tuple[int, ...] | None:
        prolonged = self._prolonged(corner)
        if prolonged is None:
            return None
        tip = prolonged[0]
        second = self._after[corner]
        before, after = self._before[corner], self._after[second]
        a, d = self.corners[before], self.corners[after]
        too_wide = max(abs(a[0] - tip[0]), abs(d[0] - tip[0])) > self.widest
        if too_wide or self._smallest(second) or not self._free(before, corner, second, after, tip):
            return None
        for edge in ((before, corner), (corner, second), (second, after)):
            self._unlink(*edge)
        self.corners[corner] = tip
        self.moved.add(corner)
        self._link(before, corner)
        self._link(corner, after)
        self._drop(second, corner, after)
        return before, corner, after

    def _free(self, before: int, corner: int, second: int, after: int, tip: Corner) -> bool:
        """Whether the ground between the old border and the new one through `tip` is empty."""
        a, b, c, d = (self.corners[each] for each in (before, corner, second, after))
        own = {before, corner, second, after}
        gone = {frozenset(edge) for edge in ((before, corner), (corner, second), (second, after))}
        for edge in self._edges.near((a, b, c, d, tip)):
            if frozenset(edge) in gone:
                continue
            for end in edge:
                place = self.corners[end]
                if end not in own and (
                    _in_triangle(place, a, tip, b)
                    or _in_triangle(place, b, tip, c)
                    or _in_triangle(place, c, tip, d)
                ):
                    return False
            ends = self.corners[edge[0]], self.corners[edge[1]]
            if _clash((a, tip), ends) or _clash((tip, d), ends):
                return False
        return True

    def _prolonged(self, corner: int) -> tuple[Corner, float] | None:
        """Where the edges before and after the one that starts at `corner` would meet, and the ground gained."""
        second = self._after[corner]
        if corner not in self._outer or second not in self._outer or second not in self._before:
            return None
        before, after = self._before[corner], self._after[second]
        if before == after:
            return None
        a, b, c, d = (self.corners[each] for each in (before, corner, second, after))
        ux, uy, wx, wy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
        opening = ux * wy - uy * wx
        if _side(a, b, c) <= 0 or _side(b, c, d) <= 0 or opening <= 0:
            return None
        if ux * wx + uy * wy < _SHARPEST * math.hypot(ux, uy) * math.hypot(wx, wy):
            return None
        along = ((c[0] - b[0]) * wy - (c[1] - b[1]) * wx) / opening
        x, y = b[0] + along * ux, b[1] + along * uy
        (west, south), (east, north) = self.limits
        if not (west <= x <= east and south <= y <= north):
            return None
        best: tuple[int, Corner] | None = None
        for tip in _grid_round(x, y):
            held_in = _side(a, tip, b) >= 0 and _side(tip, d, c) >= 0 and _side(b, c, tip) < 0
            if held_in and west <= tip[0] <= east and south <= tip[1] <= north:
                gained = _side(a, tip, b) + _side(tip, c, b) + _side(tip, d, c)
                if best is None or gained < best[0]:
                    best = gained, tip
        if best is None:
            return None
        return best[1], best[0] * self._weights[corner]

    def _smallest(self, corner: int) -> bool:
        return any(self._counts[ring] <= _FEWEST for ring in self._users[corner])

    def _drop(self, corner: int, before: int, after: int) -> None:
        self.alive[corner] = False
        del self._before[corner], self._after[corner]
        if before in self._after:
            self._after[before] = after
        if after in self._before:
            self._before[after] = before
        for ring in self._users[corner]:
            self._counts[ring] -= 1

    def _around(self, corners: tuple[int, ...]) -> list[int]:
        """The corners whose acts depend on these: an edge's act looks two corners ahead."""
        found = dict.fromkeys(corners)
        first: int | None = corners[0]
        for _ in range(2):
            first = self._before.get(first) if first is not None else None
            if first is not None:
                found[first] = None
        return list(found)

    def _link(self, a: int, b: int) -> None:
        self._links[a].add(b)
        self._links[b].add(a)
        self._edges.add(a, b)

    def _unlink(self, a: int, b: int) -> None:
        self._links[a].discard(b)
        self._links[b].discard(a)
        self._edges.discard(a, b)


class _EdgeIndex:
    """The edges by where they lie: squares of doubling size, each edge in the size that fits it."""

    def __init__(self, corners: list[Corner], edges: set[_Edge]) -> None:
        self._corners = corners
        self._levels: dict[int, dict[tuple[int, int], set[_Edge]]] = {}
        self._home: dict[_Edge, tuple[int, list[tuple[int, int]]]] = {}
        sizes = sorted(self._extent(a, b) for a, b in edges)
        # No squares smaller than most edges: a question about larger ground would have to look into many.
        self._least = sizes[len(sizes) * 3 // 4].bit_length() if sizes else 0
        for a, b in edges:
            self.add(a, b)

    def add(self, a: int, b: int) -> None:
        edge = (a, b) if a < b else (b, a)
        level, squares = self._home[edge] = self._squares(a, b)
        held = self._levels.setdefault(level, {})
        for square in squares:
            held.setdefault(square, set()).add(edge)

    def discard(self, a: int, b: int) -> None:
        edge = (a, b) if a < b else (b, a)
        level, squares = self._home.pop(edge)
        held = self._levels[level]
        for square in squares:
            inside = held[square]
            inside.discard(edge)
            if not inside:
                del held[square]

    def near(self, corners: Sequence[Corner]) -> Iterator[_Edge]:
        """Every edge that may come near the box round some corners; some come twice."""
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        west, east, south, north = min(xs), max(xs), min(ys), max(ys)
        for level, held in self._levels.items():
            columns, rows = (
                range(west >> level, (east >> level) + 1),
                range(south >> level, (north >> level) + 1),
            )
            if len(columns) * len(rows) > len(held):
                for (column, row), inside in held.items():
                    if column in columns and row in rows:
                        yield from inside
                continue
            for column in columns:
                for row in rows:
                    if inside := held.get((column, row)):
                        yield from inside

    def _extent(self, a: int, b: int) -> int:
        (ax, ay), (bx, by) = self._corners[a], self._corners[b]
        return max(abs(ax - bx), abs(ay - by))

    def _squares(self, a: int, b: int) -> tuple[int, list[tuple[int, int]]]:
        (ax, ay), (bx, by) = self._corners[a], self._corners[b]
        level = max(self._extent(a, b).bit_length(), self._least)
        columns = range(min(ax, bx) >> level, (max(ax, bx) >> level) + 1)
        rows = range(min(ay, by) >> level, (max(ay, by) >> level) + 1)
        return level, [(column, row) for column in columns for row in rows]


def _side(a: Corner, b: Corner, c: Corner) -> int:
    """Twice the area of a triangle, above 0 where c lies to the left of a to b."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _in_triangle(place: Corner, a: Corner, b: Corner, c: Corner) -> bool:
    """Whether a place lies in a triangle or on its edge."""
    x, y = place
    if not (min(a[0], b[0], c[0]) <= x <= max(a[0], b[0], c[0])):
        return False
    if not (min(a[1], b[1], c[1]) <= y <= max(a[1], b[1], c[1])):
        return False
    one, two, three = _side(a, b, place), _side(b, c, place), _side(c, a, place)
    return not (min(one, two, three) < 0 < max(one, two, three))


def _clash(new: tuple[Corner, Corner], old: tuple[Corner, Corner]) -> bool:
    """Whether two edges have more in common than an end."""
    (a, b), (c, d) = new, old
    shared = {a, b} & {c, d}
    if len(shared) == 2:
        return True
    if shared:
        (joint,) = shared
        one, two = (b if a == joint else a), (d if c == joint else c)
        ahead = (one[0] - joint[0]) * (two[0] - joint[0]) + (one[1] - joint[1]) * (two[1] - joint[1])
        return _side(joint, one, two) == 0 and ahead > 0
    across = [_side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)]
    if across[0] == across[1] == 0:
        low, high = (min, max)
        return all(
            low(a[n], b[n]) <= high(c[n], d[n]) and low(c[n], d[n]) <= high(a[n], b[n]) for n in (0, 1)
        )
    return _opposite(across[0], across[1]) and _opposite(across[2], across[3])


def _opposite(one: int, two: int) -> bool:
    return not (min(one, two) > 0 or max(one, two) < 0)


def _grid_round(x: float, y: float) -> Iterator[Corner]:
    west, south = math.floor(x), math.floor(y)
    for dx in (0, 1, -1, 2):
        for dy in (0, 1, -1, 2):
            yield west + dx, south + dy
