"""`fenghuo danger`: stations and their weather."""

import sys
from datetime import datetime

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from fenghuo.core.access import RuleBroken
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.core.danger.io.headers import UnknownColumns
from fenghuo.desk.danger import commands
from fenghuo.desk.danger.forecast import commands as forecasts
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
@click.option("--forecast", is_flag=True, help="The file is a forecast (CSV, Excel, or Open-Meteo's JSON).")
@click.option(
    "--issued",
    metavar="TIME",
    help="When the forecast was issued, in the desk's zone unless it has an offset.",
)
@click.option("--by", "maker", default="", help="Who issued the forecast.")
@format_option
def import_file(
    file: str, code: str | None, skip_bad: bool, forecast: bool, issued: str | None, maker: str, form: str
) -> None:
    """Take in a station's hourly or daily table (CSV, .gz, .xlsx), all or nothing, and rate the days it touches.

    Columns are found by header, units stated in it: time_local, temperature_c, rh_percent or dew_point_c,
    wind_speed_ms, precipitation_mm; or as somebody named them on the import page for a file with the same
    header. The same file twice changes nothing. A forecast is kept apart and never changes an observed code.

    \b
    Example: fenghuo danger import weather.csv.gz --station HR01
             fenghuo danger import tomorrow.xlsx --forecast --issued 2026-04-03T08:00 --by "County weather office"
    """
    caller = identity.program(identity.now(), via="command line")
    chosen = Station.objects.filter(code=code).select_related("area").first() if code else None
    if code is None and Station.objects.count() == 1:
        chosen = Station.objects.select_related("area").get()
    if (issued or maker) and not forecast:
        raise click.UsageError("--issued and --by are for a forecast: add --forecast")
    try:
        with override("en"):
            if code and chosen is None:
                known = ", ".join(Station.objects.values_list("code", flat=True)) or "none yet"
                raise RuleBroken(f"The desk knows no station “{code}” (it knows: {known}).")
            if forecast:
                result = forecasts.import_forecast(
                    caller,
                    file,
                    station=chosen,
                    issued_at=_moment(issued),
                    maker=maker,
                    skip_bad=skip_bad,
                    name=file,
                )
            else:
                result = commands.import_weather(caller, file, station=chosen, skip_bad=skip_bad, name=file)
    except UnreadableStations as unreadable:
        report([_trouble(unreadable, file)], form)
        raise SystemExit(UNREADABLE) from None
    except OSError as error:
        click.echo(f"{file} cannot be opened: {error.strerror}.", err=True)
        raise SystemExit(UNREADABLE) from None
    except RuleBroken as broken:
        unknown = broken.field in (None, "station")
        finding = {
            "rule": "station-unknown" if unknown else f"wrong-{broken.field}",
            "severity": "error",
            "place": file,
            "message": str(broken),
            "fix": "Register it with: fenghuo danger station" if unknown else "",
        }
        report([finding], form)
        raise SystemExit(1) from None
    sys.exit(_say(result, form))


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("write it as 2026-04-03T08:00", param_hint="--issued") from None
    return timezone.make_aware(moment) if moment.tzinfo is None else moment


def _trouble(unreadable: UnreadableStations, place: str) -> dict:
    fix = unreadable.fix.en
    if isinstance(unreadable, UnknownColumns):
        fix += " Or import the file once on the desk's import page and say there which column is what."
    return {
        "rule": unreadable.rule,
        "severity": "error",
        "place": place,
        "message": unreadable.message.en,
        "fix": fix,
    }


def _say(result: commands.Imported | forecasts.TakenIn, form: str) -> int:
    """Print every value that was left out or looks wrong, and what was done; the exit status."""
    findings = [finding.as_dict("en") for finding in (*result.rejected, *getattr(result, "doubts", ()))]
    for finding in findings:
        if result.done:
            finding["severity"] = "warning"
        if form == "text":
            place = finding["place"]
            finding["place"] = (
                f"row {place['row']}, column {place['column'] or '-'}, value {place['value']!r}"
            )
    if not result.done:
        summary = f"Nothing was imported: {len(result.rejected)} values break a rule."
    elif isinstance(result, forecasts.TakenIn):
        issued = timezone.localtime(result.issued_at).strftime("%Y-%m-%d %H:%M")
        summary = (
            f"Forecast of {result.days} days: {result.new} new, {result.corrected} corrected, "
            f"{result.unchanged} unchanged; {len(result.rejected)} left out; "
            + (
                f"issued {issued}."
                if result.issue_stated
                else f"no time of issue stated, {issued} stands for it."
            )
        )
    else:
        gaps = ", ".join(f"{name} {count}" for name, count in result.gaps.items()) or "none"
        summary = (
            f"{result.new} new, {result.corrected} corrected, {result.unchanged} unchanged, "
            f"{len(result.rejected)} left out, {len(result.doubts)} to check; {result.days} days rated; "
            f"missing values: {gaps}."
        )
        if result.columns is not None:
            at = timezone.localtime(result.columns.set_at).strftime("%Y-%m-%d")
            summary += f" Columns read as {result.columns.set_by} named them on {at}."
    return report(findings, form, summary=summary)


@danger.command()
@click.option("--station", "codes", multiple=True, help="Only this one; may be repeated. Default: all.")
@format_option
def fetch(codes: tuple[str, ...], form: str) -> None:
    """Fetch the stations' forecasts from Open-Meteo (or from the mirror that FENGHUO_OPEN_METEO names) now.

    Only the stations' coordinates are sent. The worker does the same by itself where a desk has switched it on.

    Example: fenghuo danger fetch --station HR01
    """
    caller = identity.program(identity.now(), via="command line")
    stations = list(Station.objects.filter(code__in=codes) if codes else Station.objects.all())
    unknown = set(codes) - {station.code for station in stations}
    if unknown or not stations:
        raise click.ClickException(
            f"The desk knows no station {', '.join(sorted(unknown))}."
            if unknown
            else "No station is registered."
        )
    try:
        with override("en"):
            result = forecasts.fetch(caller, stations)
    except UnreadableStations as unreadable:
        report([_trouble(unreadable, settings.FENGHUO_OPEN_METEO)], form)
        raise SystemExit(UNREADABLE) from None
    sys.exit(_say(result, form))
