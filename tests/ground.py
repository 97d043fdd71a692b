"""What stands under many tests: built once in a transaction that stays open, given to each test as it was built.

The layers lie one upon another: the small desk, and upon it the desk after a working morning or the busy one. A
test stands on the layers that it names as fixtures; what it changes is undone to the savepoint that it began at.
Before a test that needs other ground, or a database without any, layers are taken away from the top.
"""

import copy
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

Builder = Callable[[Any], Any]

_layers: dict[str, tuple[str | None, Builder]] = {}
_standing: list[tuple[str, transaction.Atomic, Any]] = []
_given: dict[str, Any] = {}


def layer(name: str, upon: str | None = None) -> Callable[[Builder], Builder]:
    """Makes of a function the builder of the layer with this name; it is handed what the layer below holds."""

    def register(build: Builder) -> Builder:
        _layers[name] = (upon, build)
        return build

    return register


def wanted_by(item: pytest.Item) -> list[str]:
    """The layers that a test stands on, the lowest first. One that commits gets none: it builds its own."""
    marker = item.get_closest_marker("django_db")
    if {"transactional_db", "live_server"} & set(item.fixturenames) or (marker and marker.kwargs):
        return []
    return max((_down_from(name) for name in _layers if name in item.fixturenames), key=len, default=[])


def _down_from(name: str | None) -> list[str]:
    return [] if name is None else [*_down_from(_layers[name][0]), name]


def stand_on(wanted: list[str], **during: Any) -> None:
    """Take away what is not wanted and build what is missing, under the settings `during`."""
    while [name for name, _, _ in _standing] != wanted[: len(_standing)]:
        _take_away()
    for name in wanted[len(_standing) :]:
        with override_settings(**during, MEDIA_ROOT=_uploads(name)):
            _build(name)
    _given.clear()
    _given.update(copy.deepcopy({name: made for name, _, made in _standing}))


def given(name: str, uploads: Path | None = None) -> Any:
    """This test's own copy of what a layer holds, and in `uploads` of the files that came with it."""
    if name not in _given:
        below, build = _layers[name]
        _given[name] = build(below and given(below))
    elif uploads is not None and _uploads(name).exists():
        shutil.copytree(_uploads(name), uploads, dirs_exist_ok=True)
    return _given[name]


def _uploads(name: str) -> Path:
    return Path(tempfile.gettempdir()) / f"{settings.HOME.name}-{name}"


def _build(name: str) -> None:
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined] # as a TestCase's: durable blocks may begin within
    atomic.__enter__()
    try:
        made = _layers[name][1](_standing[-1][2] if _standing else None)
    except BaseException:
        _undo(atomic)
        raise
    _standing.append((name, atomic, made))


def _take_away() -> None:
    name, atomic, _ = _standing.pop()
    _undo(atomic)
    shutil.rmtree(_uploads(name), ignore_errors=True)


def _undo(atomic: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    atomic.__exit__(None, None, None)
