"""The demo desk is whole on any day of the year, and made by the program's own commands."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from shapely.geometry import shape

from fenghuo.core.access import Role
from fenghuo.desk.danger import queries as danger
from fenghuo.desk.gather import Period, register
from fenghuo.desk.inspection.models import Hazard
from fenghuo.desk.journal import queries as journal
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.officers import identity
from fenghuo.desk.officers.models import Officer, Unit
from fenghuo.desk.places.models import Area, Site
from fenghuo.desk.site import worker
from fenghuo.desk.site.demo import feed, load
from fenghuo.desk.warning.models import Delivery, Warning

MORNING = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)  # 06:00 the next day in Asia/Shanghai
AFTERNOON = datetime(2027, 6, 30, 8, 30, tzinfo=UTC)  # 16:30


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME, settings.FENGHUO_MAP, settings.MEDIA_ROOT = (
        tmp_path,
        tmp_path / "map",
        tmp_path / "uploads",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("now", [MORNING, AFTERNOON], ids=["a winter morning", "a summer afternoon"])
def test_the_demo_is_a_whole_township_with_a_month_behind_it(home, settings, now):
    settings.FENGHUO_NOW = lambda: now
    logins, password = load(now, None, lambda parts: None)

    villages = list(Area.objects.filter(level="village"))
    shapes = [shape(village.boundary) for village in villages]
    assert len(villages) == 12
    assert sum(one.touches(other) for one, other in combinations(shapes, 2)) >= 12
    assert all(one.intersection(other).area < 1e-12 for one, other in combinations(shapes, 2))
    assert (Unit.objects.count(), Site.objects.count()) == (30, 60)
    assert set(logins) == set(Role) - {Role.PROGRAM, Role.PUBLIC}
    assert all(Officer.objects.get(username=name).check_password(password) for name in logins.values())
    assert all(phone.startswith("000 ") for phone in Officer.objects.values_list("phone", flat=True))

    duty = identity.caller_for(Officer.objects.get(username="duty"), now)
    rated = danger.overview(duty, danger.latest_day(duty))
    assert max(row.rating for row in rated) >= 4 and len({row.rating for row in rated}) > 1
    assert Warning.objects.filter(state="draft", source="threshold").exists()
    assert Warning.objects.filter(state="issued", expires__gt=now).count() == 1
    assert not Delivery.objects.exclude(state__in=("sent", "dropped")).exists()
    assert {"found", "rectified", "closed"} <= set(Hazard.objects.values_list("state", flat=True))
    month = Period(now - timedelta(days=30), now + timedelta(minutes=1))
    empty = [fact.key for fact in register.facts() if not fact.records(duty, month, duty.area)]
    assert empty == []
    assert list(journal.faults(duty)) == []
    moments = list(Entry.objects.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments) and moments[-1] <= now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.mark.django_db
def test_the_replay_goes_on_hour_by_hour_and_noon_makes_a_draft(home, settings, clock):
    clock.now = MORNING
    load(clock.now, None, lambda parts: None)
    duty = identity.caller_for(Officer.objects.get(username="duty"), clock.now)
    yesterday = danger.latest_day(duty)
    clock.forward(hours=8)
    feed.step(identity.program(clock.now))
    duty = duty.at(clock.now)
    assert danger.latest_day(duty) == yesterday + timedelta(days=1)
    assert Warning.objects.filter(state="draft", source="threshold").latest("pk").drafted_at == clock.now
    assert worker.one_round() in (True, False)
