"""What every test can ask for: a desk at a known hour, callers of every role, a clock to move."""

from datetime import UTC, datetime, timedelta

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase

from fenghuo.core.access import Role
from fenghuo.desk.journal import triggers
from fenghuo.desk.officers import identity
from fenghuo.desk.site import catalogue
from tests import ground
from tests.desk_fixture import Desk, build
from tests.worked_desk import Worked, work

NOON = datetime(2026, 4, 3, 5, 0, tzinfo=UTC)  # 13:00 in Asia/Shanghai, a Friday in the fire season


# A busy machine is no fault of the product: examples are bounded by number, never by time.
hypothesis.settings.register_profile(
    "fenghuo", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("fenghuo")


def pytest_configure():
    catalogue.compile_all()


LONG = (
    "tests/journeys/test_screens.py",
    "tests/stories/",
    "tests/desk/site/test_demo.py",
    "tests/test_every_page.py",
    "tests/journeys/",
    "tests/desk/site/",
    "tests/core/danger/",
)
"""Files that take long, the longest first."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The long ones first, so that the workers of a parallel run end together.

    The Makefile tells the workers to keep this order: by themselves they begin with the files of most tests.
    """
    items.sort(
        key=lambda item: next((n for n, path in enumerate(LONG) if item.nodeid.startswith(path)), len(LONG))
    )


_flush = TransactionTestCase._fixture_teardown


def _flush_with_the_journal(self):
    """Emptying a test database is the one time that journal entries are removed."""
    with connection.schema_editor() as editor:
        triggers.remove(None, editor)
    _flush(self)
    with connection.schema_editor() as editor:
        triggers.install(None, editor)


TransactionTestCase._fixture_teardown = _flush_with_the_journal


class Clock:
    """The desk's clock under the test's hand."""

    def __init__(self, now: datetime):
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length) -> datetime:
        self.now += timedelta(**length)
        return self.now


@pytest.fixture
def clock(settings) -> Clock:
    """The time of the desk: NOON until the test moves it."""
    settings.FENGHUO_NOW = Clock(NOON)
    return settings.FENGHUO_NOW


@pytest.fixture(scope="session")
def _bare_ground(django_db_setup, django_db_blocker):
    """Nothing is left standing when the database goes."""
    yield
    with django_db_blocker.unblock():
        ground.stand_on([])


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    """Before a test's own transaction begins, what it stands on is made ready."""
    if fixturedef.argname in ("_django_db_helper", "_django_setup_unittest"):
        layers = ground.wanted_by(request.node) if isinstance(request.node, pytest.Item) else []
        request.getfixturevalue("_bare_ground")
        with request.getfixturevalue("django_db_blocker").unblock():
            ground.stand_on(layers, FENGHUO_NOW=Clock(NOON))
    return (yield)


@ground.layer("desk")
def _build_desk(_: None) -> Desk:
    return build(identity.program(NOON, via="test"))


@ground.layer("worked", upon="desk")
def _work(desk: Desk) -> Worked:
    return work(desk, NOON)


@pytest.fixture
def desk(db, clock) -> Desk:
    """A small township desk: two villages, three units, an officer for every role. See `tests/desk_fixture.py`."""
    return ground.given("desk")


@pytest.fixture
def worked(desk, settings, tmp_path) -> Worked:
    """The desk after a working morning, its uploads where the test may change them. See `tests/worked_desk.py`."""
    settings.MEDIA_ROOT = tmp_path
    return ground.given("worked", uploads=tmp_path)


@pytest.fixture
def as_role(desk):
    """`as_role("duty")`: the caller of that role on the small desk, at the clock's time."""

    def caller(role: str):
        return identity.caller_for(desk.officers[Role(role)], identity.now(), via="test")

    return caller


@pytest.fixture
def browse(desk, client):
    """`browse("duty")`: a client signed in as that role."""

    def signed_in(role: str, language: str = "en"):
        client.force_login(desk.officers[Role(role)])
        client.cookies["django_language"] = language
        return client

    return signed_in
