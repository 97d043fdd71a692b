"""The demo desk is whole on any day of the year, and made by the program's own commands."""

import tempfile
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from django.db import connection
from django.test import TestCase, override_settings
from shapely.geometry import shape

from fenghuo.core.access import Caller, Role
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


class Lived:
    """A demo desk that has lived up to `now`: loaded once for all tests of a class, each of which leaves it so."""

    now: datetime

    @classmethod
    def setUpClass(cls) -> None:
        home = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        folders = {"HOME": home, "FENGHUO_MAP": home / "map", "MEDIA_ROOT": home / "uploads"}
        cls.enterClassContext(override_settings(**folders, FENGHUO_NOW=lambda: cls.now))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        cls.logins, cls.password = load(cls.now, None, lambda parts: None)

    def duty(self) -> Caller:
        return identity.caller_for(Officer.objects.get(username="duty"), self.now)

    def test_the_demo_is_a_whole_township_with_a_month_behind_it(self) -> None:
        now, logins, password = self.now, self.logins, self.password
        villages = list(Area.objects.filter(level="village"))
        shapes = [shape(village.boundary) for village in villages]
        assert len(villages) == 12
        assert sum(one.touches(other) for one, other in combinations(shapes, 2)) >= 12
        assert all(one.intersection(other).area < 1e-12 for one, other in combinations(shapes, 2))
        assert (Unit.objects.count(), Site.objects.count()) == (30, 60)
        assert set(logins) == set(Role) - {Role.PROGRAM, Role.PUBLIC}
        assert all(Officer.objects.get(username=name).check_password(password) for name in logins.values())
        assert all(phone.startswith("000 ") for phone in Officer.objects.values_list("phone", flat=True))

        duty = self.duty()
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


@pytest.mark.skipif(connection.vendor == "postgresql", reason="the day of the year is no database's matter")
class TestASummerAfternoon(Lived, TestCase):
    now = AFTERNOON


class TestAWinterMorning(Lived, TestCase):
    now = MORNING

    def test_the_replay_goes_on_hour_by_hour_and_noon_makes_a_draft(self) -> None:
        yesterday = danger.latest_day(self.duty())
        noon = self.now + timedelta(hours=8)
        with override_settings(FENGHUO_NOW=lambda: noon):
            feed.step(identity.program(noon))
            assert danger.latest_day(self.duty().at(noon)) == yesterday + timedelta(days=1)
            draft = Warning.objects.filter(state="draft", source="threshold").latest("pk")
            assert draft.drafted_at == noon
            assert worker.one_round() in (True, False)
