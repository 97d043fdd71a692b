"""`fenghuo serve`, `worker` and `doctor`: running the desk."""

import os
import signal
import subprocess
import sys
import time

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection


def join(group: click.Group) -> None:
    for command in (serve, worker, doctor):
        group.add_command(command)


@click.command()
@click.option("--port", type=int, default=None, help="Port to listen on; default: $PORT, else 8000.")
@click.option("--host", default="0.0.0.0", show_default=True, help="Address to listen on.")
@click.option("--workers", type=int, default=2, show_default=True, help="Web processes.")
@click.option("--without-worker", is_flag=True, help="Run `fenghuo worker` yourself, elsewhere.")
def serve(port: int | None, host: str, workers: int, without_worker: bool) -> None:
    """Bring the database up to date, then serve the desk together with its worker.

    Example: fenghuo serve --port 8080
    """
    prepare()
    port = port or settings.PORT
    commands = {
        "web": [
            sys.executable,
            "-m",
            "gunicorn",
            "fenghuo.desk.site.wsgi:application",
            "--bind",
            f"{host}:{port}",
            "--workers",
            str(workers),
            "--threads",
            "8",
            "--worker-class",
            "gthread",
            "--log-level",
            "warning",
            "--no-control-socket",
        ],
        "worker": [sys.executable, "-m", "fenghuo", "worker"],
    }
    if without_worker:
        del commands["worker"]
    click.echo(
        f"Fenghuo 烽火 is serving {settings.PUBLIC_URL if port == settings.PORT else f'http://localhost:{port}'}"
        " — Ctrl-C stops it."
    )
    _keep_running(commands)


def _keep_running(commands: dict[str, list[str]]) -> None:
    """Start the processes, start again any that dies, and end them all with this one."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "fenghuo.desk.site.settings"),
    }
    running = {name: subprocess.Popen(command, env=environment) for name, command in commands.items()}

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        while True:
            time.sleep(0.5)
            for name, process in running.items():
                if process.poll() is not None:
                    click.echo(
                        f"The {name} process ended ({process.returncode}); starting it again.", err=True
                    )
                    time.sleep(1)
                    running[name] = subprocess.Popen(commands[name], env=environment)
    except KeyboardInterrupt:
        for process in running.values():
            process.terminate()
        for process in running.values():
            process.wait(timeout=20)


def prepare() -> None:
    """Migrate the database and publish the static files. Safe to repeat."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def worker(once: bool) -> None:
    """Send what waits, escalate what is overdue. Any number may run, on any number of machines.

    Example: fenghuo worker --once
    """
    from fenghuo.desk.site import worker as loop

    if once:
        while loop.one_round():
            pass
    else:
        loop.run()


@click.command()
def doctor() -> None:
    """Say whether this installation is fit to serve, and what to do where it is not.

    Example: fenghuo doctor
    """
    ills = 0
    for name, question in (("home folder", _home), ("database", _database)):
        try:
            click.echo(f"ok    {name}: {question()}")
        except (OSError, DatabaseError, ValueError) as error:
            ills += 1
            click.echo(f"ill   {name}: {error}")
    if settings.FENGHUO_SMTP:
        click.echo("ok    mail: configured")
    else:
        click.echo(
            "note  mail: no server, so the mail channel is not offered. Set FENGHUO_SMTP, "
            "e.g. smtp://user:password@mail.example.org:25?from=desk@example.org"
        )
    ills += _forecasts()
    raise SystemExit(1 if ills else 0)


def _forecasts() -> int:
    """Say whether forecasts are fetched and what went wrong the last time; how many stations are ill by it."""
    from fenghuo.desk.danger.models import FetchPolicy, FetchTry

    try:
        desks = FetchPolicy.objects.filter(on=True).count()
        troubles = list(FetchTry.objects.exclude(trouble={}).select_related("station"))
    except DatabaseError:  # said above already
        return 0
    for one in troubles:
        click.echo(f"{'ill ' if desks else 'note'}  forecast of {one.station.code}: {one.trouble['en']}")
    if desks:
        click.echo(f"ok    forecasts: fetched by the worker from {settings.FENGHUO_OPEN_METEO}")
    else:
        click.echo("note  forecasts: nothing is fetched by itself. Switch it on on the desk's Forecast page.")
    return len(troubles) if desks else 0


def _home() -> str:
    probe = settings.HOME / ".doctor"
    probe.write_text("x")
    probe.unlink()
    return str(settings.HOME)


def _database() -> str:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise ValueError(f"{len(waiting)} migrations wait; `fenghuo serve` runs them")
    return f"{connection.vendor}, up to date"
