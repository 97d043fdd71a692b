"""What tests of danger share: two stations between the two villages."""

import pytest

from fenghuo.desk.danger import commands
from fenghuo.desk.danger.models import Station
from fenghuo.desk.places.models import Site


@pytest.fixture
def stations(desk, as_role) -> list[Station]:
    caller = as_role("duty")
    made = [
        commands.add_station(
            caller,
            code=code,
            name=name,
            area=desk.township,
            latitude=40.33,
            longitude=longitude,
            elevation=100.0,
        )
        for code, name, longitude in (("SM01", "石门站", 116.68), ("SQ01", "双泉站", 116.74))
    ]
    Site.objects.filter(code="S1").update(latitude=40.35, longitude=116.66)
    return made
