"""Keeps compiled kernels between runs, and lets none of them outlive the sources it was compiled from.

Numba notices when the file of a cached function changes, but not when a function that it calls does, in another
file. So only the way into a kernel is cached, and it closes over the digest of every source it is made of: the
values that a function closes over are part of the key it is kept under.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

CACHED = {"nogil": True, "cache": True, "error_model": "numpy", "fastmath": {"contract"}}


def version_of(*sources: str) -> str:
    """Return a digest of the texts of Python files, such as the `__file__` of modules."""
    told = hashlib.sha256()
    for source in sorted(sources):
        told.update(Path(source).with_suffix(".py").read_bytes())
    return told.hexdigest()
