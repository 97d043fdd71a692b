"""`danger compute`: real files in, real files out, cut off and gone on with, on threads and on a Dask cluster."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Lock

import numpy as np
import pytest
import xarray as xr
from click.testing import CliRunner
from django.db import connection

from fenghuo.core.danger import compute, fire_weather, grid
from fenghuo.core.danger.blocks import Settings
from fenghuo.core.danger.compute import NotComputable
from fenghuo.core.danger.layout import plan
from fenghuo.core.danger.sources import Gridded
from fenghuo.desk.site.command_line import danger_compute
from tests.core.danger.test_grid import UNITS
from tests.core.danger.test_grid import weather as globe

pytestmark = pytest.mark.skipif(connection.vendor == "postgresql", reason="the command asks no database")

SMALL = 2_000
"""Working memory [bytes] for which the grid falls into several blocks along every dimension."""


def command(*words, **environment):
    return CliRunner().invoke(danger_compute.compute, [str(word) for word in words], env=environment)


def weather():
    """Six cells, one with gaps and one without any weather."""
    return globe(np.float32).isel(latitude=slice(1, 4), longitude=slice(2, 4))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("weather")


@pytest.fixture(scope="module")
def file(folder):
    path = folder / "weather.nc"
    weather().to_netcdf(path, encoding={name: {"chunksizes": (4, 2, 1)} for name in UNITS})
    return path


@pytest.fixture(scope="module")
def expected():
    return fire_weather(weather(), scheme="effis", with_state=True)


def blocks_of(file, out, **options):
    """Compute in many small blocks; returns the report and how many blocks each call of progress had done."""
    seen = []
    options = {"memory": SMALL, "threads": 2, "progress": lambda now: seen.append(now.done)} | options
    return compute.compute(Gridded((str(file),)), out, Settings(scheme="effis"), **options), seen


def test_zarr_netcdf_and_parquet_hold_the_same_season(file, tmp_path, expected):
    for name in ("a.zarr", "a.nc", "a.parquet"):
        report, seen = blocks_of(file, tmp_path / name)
        assert report.blocks > 8 and seen[0] == 0 and seen[-1] == report.blocks
        assert report.cell_steps == expected.fire_weather_index.size
    variables = list(Settings(scheme="effis").variables)
    for opened in (xr.open_zarr(tmp_path / "a.zarr"), xr.open_dataset(tmp_path / "a.nc")):
        with opened:
            xr.testing.assert_equal(opened.load(), expected[variables])
            assert opened.fire_weather_class.dtype == np.int8
            assert opened.fire_weather_index.attrs["standard_name"] == "canadian_fire_weather_index"
            assert opened.latitude.attrs["units"] == "degrees_north"
    with xr.open_dataset(tmp_path / "a.nc", decode_cf=False) as raw:
        assert list(raw.data_vars) == variables
        assert raw.fire_weather_class.attrs["flag_values"].dtype == np.int8
    import pyarrow.parquet as pq

    rows = pq.read_table(tmp_path / "a.parquet").to_pandas().set_index(["date", "latitude", "longitude"])
    frame = expected[variables].to_dataframe().reset_index().rename(columns={"time": "date"})
    frame["date"] = frame["date"].dt.date
    frame = frame.set_index(["date", "latitude", "longitude"]).sort_index()
    np.testing.assert_array_equal(rows.sort_index()["drought_code"], frame["drought_code"])
    assert rows["fire_weather_class"].isna().sum() == (frame["fire_weather_class"] == 0).sum() > 0
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".")]


KILLED_AFTER_FIVE_BLOCKS = """
import os, signal, sys
from fenghuo.core.danger import compute, sources
from fenghuo.core.danger.blocks import Settings

def progress(now):
    if now.done == 5:
        os.kill(os.getpid(), signal.SIGKILL)

compute.compute(sources.Gridded((sys.argv[1],)), sys.argv[2], Settings(scheme="effis"), memory=int(sys.argv[3]),
                threads=2, save_state=sys.argv[4], progress=progress)
"""


def test_a_killed_run_goes_on_where_it_stopped(file, tmp_path, expected):
    out, state = tmp_path / "danger.zarr", tmp_path / "state.zarr"
    program = [sys.executable, "-c", KILLED_AFTER_FIVE_BLOCKS, file, out, SMALL, state]
    killed = subprocess.run([str(one) for one in program])
    assert killed.returncode == -signal.SIGKILL
    assert not out.exists() and not state.exists()
    with (tmp_path / ".danger.zarr.computing" / "done").open("a") as record:
        record.write("3 0")  # a line that was cut off by the kill does not count
    report, _ = blocks_of(file, out, save_state=state, memory=10 * SMALL)
    assert report.kept == 5 and report.cell_steps < expected.fire_weather_index.size
    with xr.open_zarr(out) as computed:
        xr.testing.assert_equal(computed.load(), expected[list(computed)])
    kept = grid.load_state(state).load()
    for name in (name for name in expected if name.startswith("state_")):
        np.testing.assert_array_equal(kept[name].values, expected[name].values)


class CutOff(Exception):
    """Stands for a run that ends early."""


def cut_off(after):
    def progress(now):
        if now.done == after:
            raise CutOff

    return progress


@pytest.mark.parametrize("kind", [".nc", ".parquet"])
def test_every_kind_of_output_is_gone_on_with(file, tmp_path, kind, expected):
    out = tmp_path / f"danger{kind}"
    for after in (1, 6):
        with pytest.raises(CutOff):
            blocks_of(file, out, progress=cut_off(after))
        assert not out.exists()
    report, _ = blocks_of(file, out)
    assert 6 <= report.kept < report.blocks
    if kind == ".nc":
        with xr.open_dataset(out) as computed:
            xr.testing.assert_equal(computed.load(), expected[list(computed)])
    else:
        import pyarrow.parquet as pq

        rows = pq.read_table(out).to_pandas()
        assert len(rows) == expected.fire_weather_index.size
        assert rows["fire_weather_index"].sum() == pytest.approx(float(expected.fire_weather_index.sum()))


def test_a_run_is_not_gone_on_with_when_weather_or_options_have_changed(file, tmp_path):
    out, copy = tmp_path / "danger.zarr", tmp_path / "weather.nc"
    copy.write_bytes(file.read_bytes())
    with pytest.raises(CutOff):
        blocks_of(copy, out, progress=cut_off(3))
    with pytest.raises(NotComputable, match="the options"):
        compute.compute(Gridded((str(copy),)), out, Settings(scheme="canadian"))
    with pytest.raises(NotComputable, match="the precision"):
        blocks_of(copy, out, float32=True)
    os.utime(copy, ns=(1, 1))
    with pytest.raises(NotComputable, match=r"the weather.*--restart") as refused:
        blocks_of(copy, out)
    assert refused.value.rule == "plan-changed" and "气象资料" in refused.value.message.zh
    assert blocks_of(copy, out, again=True)[0].kept == 0


def test_an_output_is_replaced_only_when_permitted_and_only_by_a_whole_one(file, tmp_path):
    out = tmp_path / "danger.zarr"
    blocks_of(file, out)
    with pytest.raises(NotComputable, match="already there"):
        blocks_of(file, out)
    with pytest.raises(CutOff):
        blocks_of(file, out, replace=True, progress=cut_off(2))
    with xr.open_zarr(out) as still_there:
        assert still_there.fire_weather_index.notnull().any()
    assert blocks_of(file, out, replace=True)[0].kept == 2


def test_two_runs_never_write_to_one_output(file, tmp_path):
    out = tmp_path / "danger.zarr"

    def meanwhile(now):
        if now.done == 2:
            with ThreadPoolExecutor(1) as other:
                raise other.submit(blocks_of, file, out).exception()

    with pytest.raises(NotComputable, match="Another run"):
        blocks_of(file, out, progress=meanwhile)


class Watched:
    """Weather whose first reader waits for a second one; `most` read at once. `many` says whether they may."""

    def __init__(self, many):
        self.many, self.both, self.lock = many, Barrier(2), Lock()
        self.now = self.most = self.reads = 0

    def open(self, settings, values=None):
        lazy = weather().chunk({"time": -1, "latitude": 1})
        return lazy.map_blocks(self.read, template=lazy)

    def read(self, piece):
        with self.lock:
            self.now, self.reads = self.now + 1, self.reads + 1
            self.most, meets = max(self.most, self.now), self.reads <= 2
        if meets:
            with suppress(BrokenBarrierError):
                self.both.wait(timeout=30 if self.many else 0.5)
        with self.lock:
            self.now -= 1
        return piece

    def fingerprint(self):
        return {}

    def many_readers(self):
        return self.many


@pytest.mark.parametrize(("many", "at_once"), [(True, 2), (False, 1)])
def test_threads_read_side_by_side_only_where_the_source_allows_it(many, at_once, tmp_path, expected):
    source = Watched(many)
    compute.compute(source, tmp_path / "a.zarr", Settings(scheme="effis"), memory=SMALL, threads=2)
    assert source.most == at_once
    with xr.open_zarr(tmp_path / "a.zarr") as computed:
        xr.testing.assert_equal(computed.load(), expected[list(computed)])


def test_of_files_zarr_alone_is_read_side_by_side(file, tmp_path):
    weather().to_zarr(tmp_path / "weather.zarr", consolidated=False)
    assert Gridded((str(tmp_path / "weather.zarr"),)).many_readers()
    assert not Gridded((str(tmp_path / "weather.zarr"), str(file))).many_readers()


def test_a_state_on_file_joins_two_runs_into_one(file, tmp_path, expected):
    whole = weather()
    for name, days in (("one", slice(0, 10)), ("two", slice(10, None))):
        whole.isel(time=days).to_netcdf(tmp_path / f"{name}.nc")
    state = tmp_path / "state.npz"
    blocks_of(tmp_path / "one.nc", tmp_path / "one.zarr", save_state=state)
    blocks_of(tmp_path / "two.nc", tmp_path / "two.zarr", start=state)
    with xr.open_zarr(tmp_path / "two.zarr") as computed:
        xr.testing.assert_equal(computed.load(), expected[list(computed)].isel(time=slice(10, None)))


def test_hourly_weather_goes_on_bit_for_bit_when_it_begins_a_day_early(tmp_path):
    hours = np.datetime64("2024-02-25T00", "ns") + np.arange(24 * 12) * np.timedelta64(1, "h")
    draw = np.random.default_rng(3)
    values = {
        "air_temperature": draw.uniform(5, 25, (hours.size, 2)),
        "relative_humidity": draw.uniform(15, 95, (hours.size, 2)),
        "wind_speed": draw.uniform(0, 30, (hours.size, 2)),
        "precipitation_amount": draw.exponential(0.5, (hours.size, 2)),
    }
    whole = xr.Dataset(
        {name: (("time", "cell"), one, {"units": UNITS[name]}) for name, one in values.items()},
        coords={"time": hours, "latitude": ("cell", [40.0, 41.0]), "longitude": ("cell", [116.0, 117.0])},
    )
    cut = 24 * 6  # at midnight UTC, with the noon of 1 March behind it and that day's rain before it
    expected = fire_weather(whole)
    whole.isel(time=slice(0, cut)).to_netcdf(tmp_path / "one.nc")
    whole.isel(time=slice(cut - 24, None)).to_netcdf(tmp_path / "two.nc")
    whole.isel(time=slice(cut + 24, None)).to_netcdf(tmp_path / "late.nc")
    state = tmp_path / "state.npz"
    blocks_of(tmp_path / "one.nc", tmp_path / "one.zarr", save_state=state)
    blocks_of(tmp_path / "two.nc", tmp_path / "two.zarr", start=state)
    rest = expected.sel(time=slice("2024-03-02", None))
    with xr.open_zarr(tmp_path / "two.zarr") as computed:
        np.testing.assert_array_equal(computed.fire_weather_index, rest.fire_weather_index)
    first = fire_weather(whole.isel(time=slice(0, cut)), with_state=True)
    on = fire_weather(whole.isel(time=slice(cut - 24, None)), start=first)
    np.testing.assert_array_equal(on.fire_weather_index, rest.fire_weather_index)
    with pytest.raises(ValueError, match="give all weather from 2024-03-02"):
        blocks_of(tmp_path / "late.nc", tmp_path / "late.zarr", start=state)
    with pytest.raises(ValueError, match="no weather follows"):
        blocks_of(tmp_path / "one.nc", tmp_path / "again.zarr", start=state)


@pytest.mark.parametrize(
    "chunks", [(1, 1801, 3600), (365, 10, 10), (1, 1, 1), (31, 200, 400), (9999, 9999, 9999)]
)
def test_blocks_stay_within_the_memory_and_written_chunks_tile_them(chunks):
    sizes = {"time": 3650, "latitude": 1801, "longitude": 3600}
    layout = plan(sizes, dict(zip(sizes, chunks, strict=True)), 3_000_000)
    assert np.prod(layout.block) <= 3_000_000
    for size, block, written in zip(layout.sizes, layout.block, layout.written, strict=True):
        assert block % written == 0 or block == size
    assert np.prod(layout.written) <= 4_100_000
    assert layout.blocks < 20_000


def test_the_command_tells_what_it_did_and_keeps_its_provenance(file, tmp_path, expected):
    out = tmp_path / "danger.nc"
    done = command(
        file, "--out", out, "--variables", "fwi,drought_code", "--classes", "effis", "--memory", "1MB"
    )
    assert done.exit_code == 0, done.output
    assert f"{expected.fire_weather_index.size:,} cell steps" in done.output
    with xr.open_dataset(out) as computed:
        assert list(computed) == ["fire_weather_index", "drought_code", "fire_weather_class"]
        assert computed.attrs["input_files"] == "weather.nc" and "fenghuo" in computed.attrs["history"]
        np.testing.assert_array_equal(computed.fire_weather_index, expected.fire_weather_index)
    again = command(file, "--out", out, "--format", "json")
    (finding,) = json.loads(again.output)["findings"]
    assert again.exit_code == 1 and finding["rule"] == "output-exists" and finding["severity"] == "error"
    assert set(finding) == {"rule", "severity", "place", "message", "fix"}


def test_a_cluster_computes_the_same(file, tmp_path, expected):
    from distributed import LocalCluster

    out = tmp_path / "danger.zarr"
    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, protocol="tcp", host="127.0.0.1", dashboard_address=None
    ) as cluster:  # fmt: skip
        done = command(file, "--out", out, "--scheduler", cluster.scheduler_address, "--memory", "0.1MB")
    assert done.exit_code == 0, done.output
    with xr.open_zarr(out) as computed:
        xr.testing.assert_equal(computed.load(), expected[list(computed)])


def test_what_cannot_be_read_or_computed_is_said_in_the_users_language(file, tmp_path):
    missing = command(
        tmp_path / "no.nc", "--out", tmp_path / "a.zarr", "--format", "json", LC_ALL="zh_CN.UTF-8"
    )
    (finding,) = json.loads(missing.output)["findings"]
    assert missing.exit_code == 2 and "找不到" in finding["message"]
    windy = weather()
    windy["wind_speed"][3, 2, 1] = 200.0
    windy.to_netcdf(tmp_path / "windy.nc")
    for name, status in (("refuse", 1), ("missing", 0)):
        told = command(tmp_path / "windy.nc", "--out", tmp_path / "b.zarr", "--impossible", name, LC_ALL="C")
        assert told.exit_code == status, told.output
        assert ("200 km/h is outside" in told.output) == (status == 1)
    nobody = command(file, "--out", tmp_path / "c.zarr", "--scheduler", "tcp://127.0.0.1:1")
    assert nobody.exit_code == 2 and "no Dask scheduler" in nobody.output
    for words in (
        ["--noon", "midday"],
        ["--memory", "lots"],
        ["--classes", "no-such"],
        ["--variables", "fwy"],
    ):
        assert command(file, "--out", tmp_path / "d.zarr", *words).exit_code == 2
    assert command(file, "--out", tmp_path / "d.txt").exit_code == 1
    assert "Example: fenghuo danger compute" in command("--help").output


TABLE = """time_local,temperature_c,rh_percent,wind_speed_ms,precipitation_mm
{}"""


def hours(days, bad=""):
    stamps = np.datetime64("2026-04-01T00:00", "m") + np.arange(days * 24) * np.timedelta64(60, "m")
    rows = [
        f"{stamp},{10 + n % 24},{35 + n % 7},3.5,{0.4 if n % 50 == 0 else 0}"
        for n, stamp in enumerate(stamps)
    ]
    return TABLE.format("\n".join(rows) + bad)


def test_a_stations_table_is_computed_by_every_system(tmp_path):
    table = tmp_path / "HR01.csv"
    table.write_text(hours(12))
    import pyarrow.parquet as pq

    steps = {"fwi1987": 12, "fwi2025": 288, "lyt1172": 12}
    for system, count in steps.items():
        out = tmp_path / f"{system}.parquet"
        done = command(table, "--out", out, "--system", system, "--latitude", 40.3, "--longitude", 116.6)
        assert done.exit_code == 0, done.output
        assert ("single-source" in done.output) == (system == "lyt1172")
        rows = pq.read_table(out).to_pandas()
        assert len(rows) == count and set(rows["station"]) == {"HR01"}
    assert command(table, "--out", tmp_path / "x.nc").exit_code == 2  # no latitude
    table.write_text(hours(12, bad="\n2026-04-13T00:00,126,40,3,0"))
    refused = command(table, "--out", tmp_path / "x.nc", "--latitude", 40.3, "--format", "json")
    assert refused.exit_code == 1 and json.loads(refused.output)["findings"][0]["place"]["value"] == "126"
    assert command(table, "--out", tmp_path / "x.nc", "--latitude", 40.3, "--skip-bad").exit_code == 0


def test_the_command_needs_no_desk_and_no_database(file, tmp_path):
    words = ["fenghuo", "danger", "compute", str(file), "--out", str(tmp_path / "a.zarr")]
    program = f"import sys; sys.argv = {words}"
    check = "import atexit; atexit.register(lambda: print('django' in sys.modules))"
    run = f"{program}; {check}; from fenghuo.desk.site.command_line import main; main()"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "no.such.settings", "PYTHONPATH": "src"}
    told = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, env=environment)
    assert told.returncode == 0, told.stderr
    assert told.stdout.rstrip().endswith("False") and Path(tmp_path / "a.zarr").exists()
