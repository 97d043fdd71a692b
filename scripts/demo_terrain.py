"""The demo township's terrain: noise worn down by rivers, on a square grid round the map's centre.

Valleys are cut by the implicit stream-power step of Braun & Willett (2013), Geomorphology 180-181, 170-179,
on flow directions from the priority flood of Barnes et al. (2014), Computers & Geosciences 62, 117-127.
"""

import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image
from shapely import LineString

Grid = NDArray[np.float64]
Cell = tuple[int, int]

CENTRE = (116.63, 40.33)
KM_PER_DEGREE = (111.32 * math.cos(math.radians(CENTRE[1])), 111.13)
FRAME = (21.6, 16.2)
COVER = (24.0, 18.6)
MARGIN = 2.0
RIVER = ((-0.10, 0.66), (0.08, 0.60), (0.17, 0.49), (0.29, 0.44), (0.38, 0.50), (0.47, 0.56), (0.55, 0.47),
         (0.63, 0.40), (0.73, 0.43), (0.80, 0.53), (0.90, 0.58), (1.12, 0.62))  # fmt: skip
NEIGHBOURS = tuple((a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b)


@dataclass(frozen=True)
class Terrain:
    """Heights on a square grid, row 0 in the north; `cell` in km, `z` in m, `area` drained in km²."""

    cell: float
    z: Grid
    receiver: NDArray[np.int64]
    area: Grid

    def xy(self, row: float, col: float) -> tuple[float, float]:
        """Kilometres east and north of the centre."""
        rows, cols = self.z.shape
        return (col - (cols - 1) / 2) * self.cell, ((rows - 1) / 2 - row) * self.cell

    def at(self, x: float, y: float) -> Cell:
        rows, cols = self.z.shape
        row, col = round((rows - 1) / 2 - y / self.cell), round(x / self.cell + (cols - 1) / 2)
        return min(max(row, 0), rows - 1), min(max(col, 0), cols - 1)


def in_frame(right: float, down: float) -> tuple[float, float]:
    return (right - 0.5) * FRAME[0], (0.5 - down) * FRAME[1]


def lon_lat(points: Iterable[Sequence[float]], digits: int = 5) -> list[list[float]]:
    east, north = KM_PER_DEGREE
    return [[round(CENTRE[0] + x / east, digits), round(CENTRE[1] + y / north, digits)] for x, y in points]


def fractal(shape: tuple[int, int], rng: np.random.Generator, roughness: float, coarsest: float) -> Grid:
    """Noise of all octaves, mean 0 and deviation 1; `coarsest` is the largest wave in cells."""
    spectrum = np.fft.rfft2(rng.normal(size=shape))
    k = np.hypot(np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None, :])
    field = np.fft.irfft2(spectrum * np.maximum(k, 1 / coarsest) ** -roughness, s=shape)
    return (field - field.mean()) / field.std()


def blur(field: Grid, sigma: float) -> Grid:
    """Gaussian blur, `sigma` in cells, edges held."""
    reach = max(1, math.ceil(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        pad = [(reach, reach) if a == axis else (0, 0) for a in (0, 1)]
        field = np.apply_along_axis(np.convolve, axis, np.pad(field, pad, mode="edge"), kernel, mode="valid")
    return field


def resample(field: Grid, rows: Grid, cols: Grid) -> Grid:
    """Catmull-Rom interpolation at fractional rows and columns."""
    for axis, where in ((0, rows), (1, cols)):
        base = np.floor(where).astype(int)
        t = (where - base).reshape((-1, 1) if axis == 0 else (1, -1))
        weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
        picks = [np.clip(base + k, 0, field.shape[axis] - 1) for k in (-1, 0, 1, 2)]
        field = sum(w * np.take(field, p, axis=axis) for w, p in zip(weights, picks, strict=True)) / 2
    return field


def route(z: Grid, outlet: NDArray[np.bool_]) -> tuple[list[int], NDArray[np.int64]]:
    """Cells in order from the outlets upstream, and each cell's receiver (an outlet receives itself)."""
    rows, cols = z.shape
    height = z.ravel().tolist()
    filled = [math.inf] * len(height)
    receiver = list(range(len(height)))
    heap = [(height[i], i) for i in np.flatnonzero(outlet).tolist()]
    for level, i in heap:
        filled[i] = level
    heapq.heapify(heap)
    order = []
    while heap:
        level, i = heapq.heappop(heap)
        order.append(i)
        row, col = divmod(i, cols)
        # The flood finds a way out of every pit; elsewhere water takes the steepest way, not the first.
        steepest = 0.0
        for a, b in NEIGHBOURS:
            if not (0 <= row + a < rows and 0 <= col + b < cols):
                continue
            j = i + a * cols + b
            if filled[j] == math.inf:
                filled[j] = max(level, height[j])
                receiver[j] = i
                heapq.heappush(heap, (filled[j], j))
            elif receiver[i] != i and (drop := (level - filled[j]) / math.hypot(a, b)) > steepest:
                steepest, receiver[i] = drop, j
    return order, np.array(receiver)


def wear_down(rng: np.random.Generator, cell: float, steps: int = 70) -> Terrain:
    """Raise noise and let rivers cut it until valleys, spurs and ridges stand."""
    shape = (round((FRAME[1] + 2 * MARGIN) / cell), round((FRAME[0] + 2 * MARGIN) / cell))
    still = Terrain(cell, np.zeros(shape), np.zeros(0, np.int64), np.zeros(shape))
    river = LineString(smooth([in_frame(*p) for p in RIVER], 4))
    y, x = np.mgrid[: shape[0], : shape[1]]
    places = shapely.points(*still.xy(y, x))
    away = shapely.distance(river, places)
    along = shapely.line_locate_point(river, places, normalized=True)
    rough = fractal(shape, rng, 1.9, 6 / cell)
    ridged = 1 - np.abs(fractal(shape, rng, 1.7, 5 / cell))
    z = 420 - 260 * along + 45 * np.minimum(away, 5) + 25 * rough
    uplift = np.clip(away / 3.5, 0.10, 1) * np.clip(0.75 + 0.28 * ridged + 0.2 * rough, 0.25, 1.6)
    outlet = np.zeros(shape, bool)
    outlet[0], outlet[-1], outlet[:, -1] = True, True, True
    inflow = still.at(-FRAME[0] / 2 - MARGIN, in_frame(*RIVER[0])[1])
    rain = np.full(shape, cell**2)
    rain[inflow] += 160.0
    area, receiver = rain, np.arange(z.size).reshape(shape)
    for _ in range(steps):
        order, receiver = route(z, outlet)
        drained = rain.ravel().tolist()
        for i in reversed(order):
            if receiver[i] != i:
                drained[receiver[i]] += drained[i]
        area = np.array(drained)
        run = np.hypot(*np.subtract(np.divmod(np.arange(z.size), shape[1]), np.divmod(receiver, shape[1])))
        cut = (0.55 * area**0.45 / np.maximum(run, 1) / (cell / 0.1)).tolist()
        level = (z + np.where(outlet, 0, 14 * uplift)).ravel().tolist()
        into = receiver.tolist()
        for i in order:
            if into[i] != i:
                level[i] = (level[i] + cut[i] * level[into[i]]) / (1 + cut[i])
        z = np.array(level).reshape(shape)
        # Soil creeps downhill; the jitter keeps channels from locking on to the grid's eight directions.
        z = z + 0.12 * (blur(z, 1) - z) + rng.normal(0, 1.0, shape)
    z = blur(z, 0.5)
    return Terrain(cell, z, receiver, area.reshape(shape))


def smooth(points: Sequence[Sequence[float]], rounds: int = 2) -> list[tuple[float, float]]:
    """Chaikin's corner cutting with the ends held."""
    line = np.asarray(points, float)
    for _ in range(rounds):
        a, b = line[:-1], line[1:]
        cut = np.stack((0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b), axis=1).reshape(-1, 2)
        line = np.vstack((line[:1], cut[1:-1], line[-1:]))
    return [(float(x), float(y)) for x, y in line]


def soften(points: Sequence[Sequence[float]], rounds: int) -> list[tuple[float, float]]:
    """Averages each inner point with its neighbours, then cuts corners; the ends stay."""
    line = np.asarray(points, float)
    for _ in range(rounds):
        if len(line) > 2:
            line[1:-1] = (line[:-2] + 2 * line[1:-1] + line[2:]) / 4
    return smooth(line.tolist())


def relief(land: Terrain, rng: np.random.Generator, width: int = 1300) -> Image.Image:
    """Soft grey shading, lit from the north-west at 45° and a little from above; slopes have grain."""
    pixel = COVER[0] / width
    shape = (round(COVER[1] / pixel), width)
    rows, cols = land.z.shape
    r = (rows - 1) / 2 + ((np.arange(shape[0]) + 0.5) * pixel - COVER[1] / 2) / land.cell
    c = (cols - 1) / 2 + ((np.arange(shape[1]) + 0.5) * pixel - COVER[0] / 2) / land.cell
    z = resample(blur(land.z, 0.7) - 0.55 * blur(land.z, 2.0 / land.cell), r, c)
    steep = np.clip(np.hypot(*np.gradient(z, pixel * 1000)) / 0.4, 0, 1)
    z = z + 5 * (0.1 + blur(steep, 6)) * fractal(shape, rng, 2.1, 40)
    south, east = np.gradient(blur(z, 1.2), pixel * 1000)
    across = np.sqrt(1 + east**2 + south**2)
    lit = (1 + (east + south) / math.sqrt(2)) / (across * math.sqrt(2))
    shade = 0.75 * lit / math.sqrt(0.5) + 0.25 / across
    tone = 220 + 84 * np.tanh(1.4 * (shade - 1))
    lift = 8 * (z - z.min()) / np.ptp(z)
    return Image.fromarray(np.clip(tone + lift, 0, 252).astype(np.uint8), "L")
