"""`fenghuo danger compute`: fire danger of files, for one station or a globe, without a desk or a database."""

from __future__ import annotations

import os
import shlex
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .danger_compute_options import bytes_of, constant_of, noon_of, pairs_of, settings_of, source_of
from .findings import UNREADABLE, format_option, report

if TYPE_CHECKING:
    from fenghuo.core.danger.blocks import Settings
    from fenghuo.core.danger.compute import Progress
    from fenghuo.core.danger.finding import Text

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


def join(group: click.Group) -> None:
    danger = group.commands["danger"]
    assert isinstance(danger, click.Group)
    danger.add_command(compute)


def alone(group: click.Group) -> None:
    """Run with nothing but this command: files in, a file out, so no desk is set up and no database opened."""
    group.add_command(click.Group("danger", help="Fire danger."))
    join(group)
    group()


@click.command()
@click.argument("source", metavar="IN...", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(), help="OUT.zarr, OUT.nc or OUT.parquet.")
@click.option(
    "--system",
    type=click.Choice(["fwi1987", "fwi2025", "lyt1172"]),
    default="fwi1987",
    show_default=True,
    help="Canadian FWI System, its hourly successor, or the national classes of China.",
)
@click.option("--restart", "again", is_flag=True, help="Begin anew instead of going on with a run cut off.")
@click.option("--replace", is_flag=True, help="Permit an existing OUT to be replaced.")
@click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler to compute on, such as tcp://host:8786.")
@click.option("--threads", type=click.IntRange(1), help="Threads on this machine; default: all its cores.")
@click.option("--memory", default="512MB", show_default=True, callback=bytes_of, help="Working memory.")
@click.option("--float32", is_flag=True, help="Compute in single precision, twice as fast.")
@click.option(
    "--noon",
    callback=noon_of,
    metavar="solar|civil:ZONE|+08:00",
    help="Whose noon; default: the sun's for grids, +08:00 for tables. Summer time never moves it.",
)
@click.option(
    "--start-state", type=click.Path(), help="State of the day before (.npz or .zarr) to go on from."
)
@click.option("--save-state", type=click.Path(), help="Where to keep the state of the last day.")
@click.option(
    "--gap",
    type=click.Choice(["hold", "restart", "estimate"]),
    default="hold",
    show_default=True,
    help="On missing weather hold the codes, start anew, or estimate the first days.",
)
@click.option(
    "--gap-days",
    type=click.IntRange(0),
    help="hold, restart: start anew after more than so many days (10, 0); estimate: so many days (3).",
)
@click.option(
    "--season",
    type=click.Choice(["year-round", "temperature", "snow"]),
    default="year-round",
    show_default=True,
    help="When the codes run.",
)
@click.option("--overwinter", is_flag=True, help="Carry the drought code through the winter.")
@click.option("--carry-over", type=click.FloatRange(0, 1), default=0.75, show_default=True)
@click.option("--wetting", type=click.FloatRange(0, 1), default=0.75, show_default=True)
@click.option("--dry-start", is_flag=True, help="Raise the start values by the dry days before the season.")
@click.option(
    "--ffmc-constant",
    type=click.Choice(["147.2", "exact"]),
    default="147.2",
    show_default=True,
    callback=constant_of,
    help="As printed in 1985, or 250·59.5/101.",
)
@click.option("--dmc-rain", type=click.Choice(["program", "printed"]), default="program", show_default=True)
@click.option("--bands", type=click.Choice(["xclim", "cffdrs"]), default="xclim", show_default=True)
@click.option(
    "--classes",
    metavar="SCHEME",
    help="Scheme that classes the FWI of 1987 (effis), a TOML file with one, or none.",
)
@click.option("--cover", default="none", show_default=True, help="Green fuel or snow, for lyt1172.")
@click.option("--variables", help="Only these, such as fwi,dc or drought_code; default: all.")
@click.option("--latitude", type=click.FloatRange(-90, 90), help="Of the stations of a table.")
@click.option(
    "--longitude", type=click.FloatRange(-180, 180), help="Of the stations, for --noon solar and fwi2025."
)
@click.option("--skip-bad", is_flag=True, help="Leave out rows of a table that break a rule.")
@click.option(
    "--impossible",
    type=click.Choice(["refuse", "missing"]),
    default="refuse",
    show_default=True,
    help="Values of a grid that weather cannot have: refuse the file, or take them as missing.",
)
@click.option(
    "--accumulation",
    type=click.Choice(["hourly", "since_start"]),
    default="hourly",
    show_default=True,
    help="Whether precipitation is that of each step, or a total since the forecast began.",
)
@click.option("--name", "names", multiple=True, callback=pairs_of, metavar="QUANTITY=VARIABLE")
@click.option("--unit", "units", multiple=True, callback=pairs_of, metavar="VARIABLE=UNIT")
@format_option
def compute(source: tuple[str, ...], out: str, form: str, **options: Any) -> None:
    """Compute the fire danger of weather files, block by block in bounded memory.

    IN is NetCDF, Zarr or GRIB with hourly or daily weather (several files of one record are put together), or a
    CSV or XLSX table of stations. Run again after a crash, the same command goes on where it was cut off.

    Example: fenghuo danger compute era5-2024-*.nc --out danger-2024.zarr --noon solar --save-state end.zarr
    """
    begun = time.monotonic()
    try:
        settings = settings_of(options)
        weather = source_of(source, options)
    except (ValueError, LookupError) as error:
        raise click.UsageError(_words(error)) from None
    with _failures(source, form):
        from fenghuo.core.danger import compute as computing

        threads = options["threads"] or len(os.sched_getaffinity(0))
        with _executor(options["scheduler"], threads) as cluster, _bar() as show:
            done = computing.compute(
                weather,
                out,
                settings,
                start=options["start_state"],
                save_state=options["save_state"],
                float32=options["float32"],
                memory=options["memory"],
                **cluster,
                again=options["again"],
                replace=options["replace"],
                attributes=_provenance(source),
                progress=show,
            )
    seconds = time.monotonic() - begun
    summary = _say(
        f"{done.out}: {done.cell_steps:,} cell steps in {seconds:.1f} s, {done.blocks} blocks"
        + (f", {done.kept} of them from the run before." if done.kept else "."),
        f"{done.out}:{seconds:.1f} 秒内计算 {done.cell_steps:,} 个格点步，共 {done.blocks} 块"
        + (f",其中 {done.kept} 块来自上次运行。" if done.kept else "。"),
    )
    sys.exit(report(_notes(settings), form, summary=summary))


@contextmanager
def _executor(address: str | None, threads: int) -> Iterator[dict[str, Any]]:
    """Where to compute, as arguments of `compute`: threads here, or those of a cluster."""
    if address is None:
        yield {"threads": threads}
        return
    nobody = OSError(0, f"no Dask scheduler answers at {address}")
    host, _, port = address.rpartition("//")[2].rpartition(":")
    try:
        # The client itself would wait its whole time for an address where nobody listens.
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
        from distributed import Client

        client = Client(address, timeout=10, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise nobody from None
    with client:
        workers = client.nthreads()
        if not workers:
            raise OSError(0, f"the Dask scheduler at {address} has no workers")
        yield {
            "executor": client.get_executor(pure=False),
            "threads": sum(workers.values()),
            "processes": len(workers),
        }


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on a terminal; nothing where the output is read by a program."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from fenghuo.core.danger.engine.cached import told_of_compiling

    computing = _say("Computing", "正在计算")
    compiling = _say("Compiling for this machine, the first time only", "首次运行，正在为本机编译")
    with click.progressbar(length=1, label=computing, file=sys.stderr, show_pos=True) as bar:

        def show(progress: Progress) -> None:
            bar.length = progress.blocks
            if progress.stage == "assemble":
                bar.label = _say("Writing", "正在写出")
            bar.update(progress.done - bar.pos)

        def told(now: bool) -> None:
            bar.label = compiling if now else computing
            bar.render_progress()

        with told_of_compiling(told):
            yield show


def _provenance(paths: tuple[str, ...]) -> dict[str, str]:
    from importlib.metadata import version

    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    line = shlex.join(["fenghuo", *sys.argv[1:]])
    return {
        "history": f"{now} {line}",
        "input_files": " ".join(Path(path).name for path in paths),
        "program": f"fenghuo {version('fenghuo')}",
    }


def _notes(settings: Settings) -> list[dict[str, Any]]:
    """What a reader of the result should know: numbers that rest on a single source."""
    from fenghuo.core.danger import lyt1172
    from fenghuo.core.danger.blocks import chosen_scheme

    if settings.system == "lyt1172":
        note = lyt1172.provenance_note()
        return [_finding("single-source", "warning", "lyt1172", note)] if note else []
    if settings.scheme is None:
        return []
    scheme = chosen_scheme(settings)
    if scheme.provenance != "single-source":
        return []
    from fenghuo.core.danger.finding import Text

    words = Text(
        f"The classes of {scheme.name.en} rest on a single source: {scheme.source.en}.",
        f"{scheme.name.zh}的等级划分只有一处来源：{scheme.source.zh}。",
    )
    return [_finding("single-source", "warning", scheme.key, words)]


@contextmanager
def _failures(paths: tuple[str, ...], form: str) -> Iterator[None]:
    """Every failure becomes a finding and an exit status: 2 for what cannot be read, 1 for the rest."""
    from fenghuo.core.danger.bounds import ImpossibleWeather
    from fenghuo.core.danger.finding import UnreadableStations
    from fenghuo.core.danger.io.unreadable import UnreadableGrid

    def leave(finding: dict[str, Any], status: int) -> None:
        report([finding], form)
        raise SystemExit(status)

    place = " ".join(paths)
    try:
        yield
    except KeyboardInterrupt:
        words = _say("Stopped. The same command goes on from here.", "已停止。再次运行同一命令将从此处继续。")
        click.echo(words, err=True)
        raise SystemExit(INTERRUPTED) from None
    except (UnreadableGrid, UnreadableStations) as error:
        leave(_finding(error.rule, "error", place, error.message, error.fix), UNREADABLE)
    except OSError as error:
        leave(
            _finding("unreadable", "error", error.filename or place, error.strerror or str(error)), UNREADABLE
        )
    except ImpossibleWeather as error:
        leave(_finding(error.rule, "error", place, error.message), 1)
    except (ValueError, LookupError) as error:
        refused = getattr(error, "findings", None)
        if refused is not None:
            raise SystemExit(report([one.as_dict(_language()) for one in refused], form)) from None
        rule, words = getattr(error, "rule", "does-not-fit"), getattr(error, "message", _words(error))
        leave(_finding(rule, "error", place, words, getattr(error, "fix", None)), 1)


def _finding(
    rule: str, severity: str, place: str, message: Text | str, fix: Text | str | None = None
) -> dict[str, Any]:
    def said(text: Text | str | None) -> str:
        return text if isinstance(text, str) else "" if text is None else text.in_language(_language())

    return {"rule": rule, "severity": severity, "place": place, "message": said(message), "fix": said(fix)}


def _words(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__


def _language() -> str:
    """The language that the user's terminal asks for."""
    asked = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "en")
    return "zh" if asked.lower().startswith("zh") else "en"


def _say(en: str, zh: str) -> str:
    return zh if _language() == "zh" else en
