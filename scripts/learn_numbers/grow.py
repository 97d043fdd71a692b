"""Boosted trees grown by scikit-learn, and the one table that they are kept in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from fenghuo.core.paper.check.rules.numbers.learned.expected import Expected
from fenghuo.core.paper.check.rules.numbers.learned.forest import Forest

SHIPPED = Path(__file__).parents[2] / "src/fenghuo/core/paper/check/rules/numbers/learned/forests"


def grown(
    rows: NDArray[np.float32],
    right: NDArray[np.bool_],
    weights: NDArray[np.float64] | None = None,
    *,
    trees: int,
    leaves: int,
    rate: float,
    depth: int,
    least: int = 12,
) -> Forest:
    """A forest that tells how likely a row is right."""
    model = HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=rate,
        max_leaf_nodes=leaves,
        max_depth=depth,
        min_samples_leaf=least,
        l2_regularization=2.0,
        early_stopping=False,
        random_state=0,
    ).fit(rows, right, sample_weight=weights)
    columns, bounds, low, high, worth, roots = [], [], [], [], [], []
    deepest = 0
    for (tree,) in model._predictors:
        begin = len(columns)
        roots.append(begin)
        for at, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            columns.append(0 if leaf else int(node["feature_idx"]))
            bounds.append(np.inf if leaf else node["num_threshold"])
            low.append(begin + at if leaf else begin + int(node["left"]))
            high.append(begin + at if leaf else begin + int(node["right"]))
            worth.append(node["value"] if leaf else 0.0)
            deepest = max(deepest, int(node["depth"]))
    return Forest(
        np.array(columns, np.int32),
        np.array(bounds, np.float32),
        np.array(low, np.int32),
        np.array(high, np.int32),
        np.array(worth, np.float32),
        np.array(roots, np.int32),
        float(np.ravel(model._baseline_prediction)[0]),
        deepest,
    )


def keep(name: str, forest: Forest) -> None:
    """Write a forest where the checker reads it."""
    SHIPPED.mkdir(exist_ok=True)
    np.savez_compressed(
        SHIPPED / f"{name}.npz",
        column=forest.column.astype(np.uint8 if forest.column.max() < 256 else np.int16),
        bound=forest.bound,
        low=forest.low.astype(np.int32),
        high=forest.high.astype(np.int32),
        worth=forest.worth,
        roots=forest.roots,
        base=np.float64(forest.base),
        depth=np.int32(forest.depth),
    )


def keep_weights(name: str, grown: Expected) -> None:
    """Write weights of words, each in one byte."""
    scale = np.float32(np.abs(grown.weights).max() / 127)
    np.savez_compressed(
        SHIPPED / f"{name}.npz",
        weights=np.round(grown.weights / scale).astype(np.int8),
        scale=scale,
        bias=grown.bias,
    )
