"""`fenghuo danger`: stations and their weather."""

import sys

import click
from django.utils.translation import override

from fenghuo.core.access import RuleBroken
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.desk.danger import commands
from fenghuo.desk.danger.models import Station
from fenghuo.desk.officers import identity
from fenghuo.desk.places.models import Area

from .findings import UNREADABLE, format_option, report


def join(group: click.Group) -> None:
    group.add_command(danger)


@click.group()
def danger() -> None:
    """Fire danger: register stations, take their weather in."""


@danger.command()
@click.argument("code")
@click.option("--name", required=True)
@click.option("--name-en", default="")
@click.option("--area", "area_code", help="Code of the area it stands in; default: the township.")
@click.option("--latitude", type=float, required=True)
@click.option("--longitude", type=float, required=True)
@click.option("--elevation", type=float)
def station(code, name, name_en, area_code, latitude, longitude, elevation) -> None:
    """Register a weather station.

    Example: fenghuo danger station HR01 --name 怀柔站 --latitude 40.33 --longitude 116.63
    """
    caller = identity.program(identity.now(), via="command line")
    areas = (
        Area.objects.filter(code=area_code)
        if area_code
        else Area.objects.order_by("level").filter(level="township")
    )
    area = areas.first()
    if area is None:
        raise click.ClickException("There is no such area. Give the code of one with --area.")
    try:
        with override("en"):
            commands.add_station(
                caller,
                code=code,
                name=name,
                name_en=name_en,
                area=area,
                latitude=latitude,
                longitude=longitude,
                elevation=elevation,
            )
    except RuleBroken as broken:
        raise click.ClickException(str(broken)) from None
    click.echo(f"Station {code} is registered.")


@danger.command("import")
@click.argument("file", type=click.Path())
@click.option("--station", "code", help="The station of a file without a station column.")
@click.option(
    "--skip-bad", is_flag=True, help="Leave out rows that break a rule instead of refusing the file."
)
@format_option
def import_file(file: str, code: str | None, skip_bad: bool, form: str) -> None:
    """Take in a station's hourly or daily CSV (plain or .gz), all or nothing, and rate the days it touches.

    Columns are found by header, units stated in it: time_local, temperature_c, rh_percent or dew_point_c,
    wind_speed_ms, precipitation_mm. The same file twice changes nothing.

    Example: fenghuo danger import weather.csv.gz --station HR01
    """
    caller = identity.program(identity.now(), via="command line")
    chosen = Station.objects.filter(code=code).select_related("area").first() if code else None
    if code is None and Station.objects.count() == 1:
        chosen = Station.objects.select_related("area").get()
    try:
        with override("en"):
            if code and chosen is None:
                known = ", ".join(Station.objects.values_list("code", flat=True)) or "none yet"
                raise RuleBroken(f"The desk knows no station “{code}” (it knows: {known}).")
            result = commands.import_weather(caller, file, station=chosen, skip_bad=skip_bad, name=file)
    except UnreadableStations as unreadable:
        finding = {
            "rule": unreadable.rule,
            "severity": "error",
            "place": file,
            "message": unreadable.message.en,
            "fix": unreadable.fix.en,
        }
        report([finding], form)
        raise SystemExit(UNREADABLE) from None
    except OSError as error:
        click.echo(f"{file} cannot be opened: {error.strerror}.", err=True)
        raise SystemExit(UNREADABLE) from None
    except RuleBroken as broken:
        report(
            [
                {
                    "rule": "station-unknown",
                    "severity": "error",
                    "place": file,
                    "message": str(broken),
                    "fix": "Register it with: fenghuo danger station",
                }
            ],
            form,
        )
        raise SystemExit(1) from None
    findings = [finding.as_dict("en") for finding in result.rejected]
    for finding in findings:
        if result.done:
            finding["severity"] = "warning"
        if form == "text":
            place = finding["place"]
            finding["place"] = (
                f"row {place['row']}, column {place['column'] or '-'}, value {place['value']!r}"
            )
    gaps = ", ".join(f"{name} {count}" for name, count in result.gaps.items()) or "none"
    summary = (
        f"{result.new} new, {result.corrected} corrected, {result.unchanged} unchanged, "
        f"{len(findings)} left out; {result.days} days rated; missing values: {gaps}."
        if result.done
        else f"Nothing was imported: {len(findings)} values break a rule."
    )
    status = report(findings, form, summary=summary)
    sys.exit(status)
