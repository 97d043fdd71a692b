"""Keeps compiled kernels between runs, and lets none of them outlive the sources it was compiled from.

Numba notices when the file of a cached function changes, but not when a function that it calls does, in another
file. So only the way into a kernel is cached, and it closes over the digest of every source it is made of: the
values that a function closes over are part of the key it is kept under.

Reading a kernel from the cache takes less time than numba takes to look for a linear algebra that no kernel here
uses: where SciPy is installed it is imported for that. So numba is told whether SciPy is there without it.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CACHED = {"nogil": True, "cache": True, "error_model": "numpy", "fastmath": {"contract"}}


def version_of(*sources: str) -> str:
    """Return a digest of the texts of Python files, such as the `__file__` of modules."""
    told = hashlib.sha256()
    for source in sorted(sources):
        told.update(Path(source).with_suffix(".py").read_bytes())
    return told.hexdigest()


@contextmanager
def told_of_compiling(told: Callable[[bool], None]) -> Iterator[None]:
    """Calls `told` with True when a kernel begins to be compiled in this process, and with False when it is made.

    It is called from the thread that compiles. A kernel kept from an earlier run is read and tells nothing.
    """
    from numba.core import event

    class Listener(event.Listener):  # type: ignore[misc]
        depth = 0  # A kernel's own functions are compiled within it.

        def on_start(self, event: Any) -> None:
            self.depth += 1
            if self.depth == 1:
                told(True)

        def on_end(self, event: Any) -> None:
            self.depth -= 1
            if not self.depth:
                told(False)

    with event.install_listener("numba:compile", Listener()):
        yield


def _spare_scipy() -> None:
    """Load numba's array functions without importing SciPy; what calls `np.dot` elsewhere still finds it."""
    if "numba.np.arraymath" in sys.modules:
        return
    linear_algebra = importlib.import_module("numba.np.linalg")
    asked = getattr(linear_algebra, "ensure_blas", None)
    if asked is None:
        return  # A numba that asks in another way.
    linear_algebra.ensure_blas = _ensure_scipy_can_be_found
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        linear_algebra.ensure_blas = asked


def _ensure_scipy_can_be_found() -> None:
    if importlib.util.find_spec("scipy") is None:
        raise ImportError("SciPy is not installed")


_spare_scipy()
