"""A grid computed elsewhere rates areas by the ground that they share with its cells, and sites by their own cell."""

from datetime import timedelta

import pytest

from fenghuo.core.access import NotAllowed, RuleBroken
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.desk.danger import commands
from fenghuo.desk.danger.gridded import commands as gridded
from fenghuo.desk.danger.models import AreaRating, Policy, SiteRating
from fenghuo.desk.danger.policy import commands as policy
from fenghuo.desk.danger.why import queries as why
from fenghuo.desk.places.models import Site
from fenghuo.desk.site.command_line import danger_grid
from fenghuo.desk.warning.models import Warning
from tests.desk.danger.test_ratings_of_places import noons
from tests.desk.danger.test_weather_in import TODAY

SHIMEN, SHUANGQUAN = "110199100201", "110199100202"


@pytest.fixture
def grid(tmp_path):
    """Two days of a 0.05° grid whose rows of cells halve the villages: FWI 40 in the south, 10 in the north.

    The cells over the second village have no value on the second day.
    """
    import numpy as np
    import xarray as xr

    latitude, longitude = [40.30, 40.35, 40.40], [116.625, 116.675, 116.725, 116.775]
    fwi = np.full((2, 3, 4), 10.0)
    fwi[:, 0, :] = 40.0
    fwi[1, :, 2] = np.nan
    days = np.array([TODAY - timedelta(days=1), TODAY], "datetime64[ns]")
    file = tmp_path / "danger.nc"
    xr.Dataset(
        {
            "fire_weather_index": (("time", "latitude", "longitude"), fwi),
            "drought_code": (("time", "latitude", "longitude"), fwi * 10),
        },
        coords={"time": days, "latitude": latitude, "longitude": longitude},
    ).to_netcdf(file)
    return file


@pytest.fixture
def by_grid(desk, as_role):
    Site.objects.filter(code="S1").update(latitude=40.31, longitude=116.66)
    return policy.set_policy(as_role("duty"), desk.township, source=Policy.Source.GRID)


def test_an_area_takes_its_cells_by_the_ground_they_share_and_is_then_classed(as_role, by_grid, grid):
    taken = gridded.take_in_grid(as_role("duty"), grid)
    assert (taken.places, taken.first, taken.last, taken.beyond) == (3, TODAY - timedelta(days=1), TODAY, ())
    day = AreaRating.objects.get(area__code=SHIMEN, date=TODAY)
    assert day.method == "area-weighted" and day.parts[0]["covered"] == 1.0 and day.parts[0]["cells"] == 2
    assert (
        day.fwi == pytest.approx(25, abs=0.01) and day.dc == pytest.approx(250, abs=0.1) and day.rating == 4
    )
    site = SiteRating.objects.get(date=TODAY)
    assert (site.method, site.fwi, site.rating) == ("grid-cell", 40.0, 5)
    gap = AreaRating.objects.get(area__code=SHUANGQUAN, date=TODAY)
    assert gap.gap and gap.rating is None and gap.parts[0]["covered"] == 0.0
    draft = Warning.objects.get(source="threshold")
    assert [area.code for area in draft.areas.all()] == [SHIMEN] and draft.level == "orange"


def test_the_screen_says_that_it_is_from_a_grid_and_how_much_is_covered(as_role, by_grid, grid, browse):
    gridded.take_in_grid(as_role("duty"), grid)
    page = browse("duty").get(f"/danger/{SHIMEN}/").content.decode()
    for words in (
        "danger.nc",
        "2 cells of the grid",
        "Weighted by area over the cells",
        "100 %",
        "The components",
    ):
        assert words in page
    found = why.of_area(as_role("duty"), SHIMEN, TODAY)
    assert found.from_grid and found.components and found.components[-1].moved is None
    assert browse("duty", "zh-hans").get("/danger/site/S1/").status_code == 200


def test_places_are_rated_from_stations_or_from_grids_and_not_from_both(
    desk,
    as_role,
    grid,
    stations,
    by_grid,
):
    commands.import_weather(as_role("duty"), noons(TODAY - timedelta(days=4), 5))
    assert not AreaRating.objects.exists()
    gridded.take_in_grid(as_role("duty"), grid)
    policy.set_policy(as_role("duty"), desk.township, source=Policy.Source.STATIONS)
    assert set(AreaRating.objects.values_list("method", flat=True)) == {"inverse-distance"}
    assert AreaRating.objects.count() == 10
    with pytest.raises(RuleBroken) as broken:
        gridded.take_in_grid(as_role("duty"), grid)
    assert broken.value.field == "source"


def test_what_is_no_danger_grid_is_refused_with_what_to_do(as_role, by_grid, tmp_path):
    other = tmp_path / "notes.nc"
    other.write_bytes(b"no grid at all")
    with pytest.raises(UnreadableStations, match="danger compute"):
        gridded.take_in_grid(as_role("duty"), other)
    with pytest.raises(NotAllowed):
        gridded.take_in_grid(as_role("clerk"), other)


def test_the_command_line_takes_a_grid_in(as_role, by_grid, grid, tmp_path):
    from click.testing import CliRunner

    run = CliRunner()
    done = run.invoke(danger_grid.grid, [str(grid)])
    assert done.exit_code == 0 and "3 places rated, 2026-04-02 to 2026-04-03." in done.output
    assert run.invoke(danger_grid.grid, [str(tmp_path / "none.nc")]).exit_code == 2
    Policy.objects.update(source="stations")
    refused = run.invoke(danger_grid.grid, [str(grid), "--format", "json"])
    assert refused.exit_code == 1 and '"rated-from-stations"' in refused.output
