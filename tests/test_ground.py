"""The ground that tests share is under each of them as it was built, and under no test that wants none."""

import pytest
from django.test import TestCase

from fenghuo.desk.places.models import Area
from fenghuo.desk.warning.models import Warning


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_test_changes_the_next_does_not_see(desk, worked, turn):
    town = worked.desk.township
    assert worked.desk is desk
    assert town.name == Area.objects.get(pk=town.pk).name == "云岭镇"
    town.name = turn
    town.save()


def test_the_small_desk_has_not_worked(desk):
    assert Area.objects.count() == 4
    assert not Warning.objects.exists()


def test_without_a_desk_the_database_is_empty(db):
    assert not Area.objects.exists()


def test_a_test_that_commits_builds_its_own(transactional_db, worked):
    assert Warning.objects.filter(pk=worked.issued.pk).exists()


class TestADjangoTestCase(TestCase):
    def test_begins_with_nothing(self):
        self.assertFalse(Area.objects.exists())
