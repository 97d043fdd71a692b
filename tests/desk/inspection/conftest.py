"""A desk with a hazard on it."""

import pytest

from fenghuo.desk.inspection import commands

from .pictures import picture


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def found(desk, as_role):
    """`found(grade="major")`: a hazard at the school of Shimen, which the forest station answers for."""

    def find(grade: str = "general", site: int = 0, **given):
        given.setdefault("description", "消防通道堆放杂物")
        given.setdefault("pictures", [picture()])
        return commands.find(as_role("inspector"), site=desk.sites[site], grade=grade, **given)

    return find
