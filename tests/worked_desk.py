"""The small desk after a working morning: a record of every kind, in every state that a screen shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fenghuo.core.access import Caller, Role
from fenghuo.core.danger.io.headers import Mapping, UnknownColumns
from fenghuo.desk.danger import commands as danger
from fenghuo.desk.danger.forecast import commands as forecasts
from fenghuo.desk.danger.intake import commands as intake
from fenghuo.desk.danger.models import ColumnMapping, DoubtfulValue, ForecastIssue, WaitingFile
from fenghuo.desk.duty import commands as duty
from fenghuo.desk.duty.models import Handover, LogEntry, Shift
from fenghuo.desk.gather import Period
from fenghuo.desk.incident import commands as incidents
from fenghuo.desk.incident.models import Incident
from fenghuo.desk.inspection import commands as hazards
from fenghuo.desk.inspection.models import PLAN_PARTS, Hazard
from fenghuo.desk.officers import identity
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.summary import commands as summaries
from fenghuo.desk.summary.models import Summary
from fenghuo.desk.warning import commands as warnings
from fenghuo.desk.warning.models import Recipient, Warning
from tests.desk.inspection.pictures import picture
from tests.desk_fixture import Desk

UNNAMED = b"Zeit,T,H,FF,R\n2026-04-03 11:00,25.1,19,7.2,0\n2026-04-03 12:00,26.0,18,7.8,0\n"
"""A station file whose headers say nothing."""
HEADER = "time_local,temperature_c,rh_percent,wind_speed_kmh,precipitation_mm"


@dataclass
class Worked:
    """What stands on the desk. `other_…` belongs to the village and unit that contact and responsible are not of."""

    desk: Desk
    by_threshold: Warning
    submitted: Warning
    approved: Warning
    issued: Warning
    other_issued: Warning
    lifted: Warning
    recipient: Recipient
    waiting: Recipient
    other_recipient: Recipient
    major: Hazard
    rectified: Hazard
    closed: Hazard
    other_hazard: Hazard
    incident: Incident
    filed: Incident
    other_incident: Incident
    shift: Shift
    coming: Shift
    log: LogEntry
    handover: Handover
    summary: Summary
    forecast: ForecastIssue
    columns: ColumnMapping
    file: WaitingFile
    doubt: DoubtfulValue


def weather(last: datetime, days: int = 10, *, until: int = 13, stuck: bool = False) -> bytes:
    """An hourly station file of hot, dry, windy days in local time, the last of them up to `until` o'clock.

    Noon is the same every day; the hours around it rise and fall, unless the sensors are `stuck`.
    """
    first = last.date() - timedelta(days=days - 1)
    hours = [
        datetime.combine(first, datetime.min.time()) + timedelta(hours=n)
        for n in range(days * 24 - (24 - until))
    ]
    rows = []
    for at in hours:
        off = 0.0 if stuck else abs(at.hour - 12) / 12 * (1.0 + 0.05 * (at.day % 3))
        rows.append(f"{at:%Y-%m-%dT%H:%M},{26 - 6 * off:.1f},{18 + 9 * off:.1f},{28 - 8 * off:.1f},0.0")
    return "\n".join([HEADER, *rows]).encode()


def work(desk: Desk, now: datetime) -> Worked:
    """Everything since yesterday morning, done by those whose work it is. `now` is 13:00 in the desk's zone."""

    def person(officer: Officer) -> Callable[..., Caller]:
        def at(moment: datetime = now) -> Caller:
            return identity.caller_for(officer, moment, via="test")

        return at

    duty_officer, leader, contact, inspector, responsible = (
        person(desk.officers[role])
        for role in (Role.DUTY, Role.LEADER, Role.CONTACT, Role.INSPECTOR, Role.RESPONSIBLE)
    )
    other_contact, second_inspector = person(desk.other_contact), person(desk.second_inspector)
    shimen, shuangquan = desk.villages
    eight = now - timedelta(hours=5)
    day = timedelta(days=1)

    # Yesterday's shift has signed over and nobody has confirmed; today's runs; tomorrow's is entered.
    shifts = [
        duty.set_shift(
            duty_officer(eight - day + timedelta(minutes=1)),
            area=desk.township,
            start=eight + n * day,
            end=eight + (n + 1) * day,
            leader=desk.officers[Role.LEADER],
            officers=[desk.officers[Role.DUTY]],
        )
        for n in (-1, 0, 1)
    ]
    handover = duty.hand_over(duty_officer(eight - timedelta(minutes=5)), "石门一组路口缺一名守卡人员。")
    log = duty.add_log(duty_officer(eight + timedelta(minutes=20)), "云山县气象台电话：午后阵风 6 级。")

    danger.add_station(
        duty_officer(eight), code="SM01", name="石门站", area=desk.township, latitude=40.32, longitude=116.68
    )
    local_noon = now + timedelta(hours=8)
    danger.import_weather(duty_officer(), weather(local_noon, stuck=True), name="sm01.csv")
    by_threshold = Warning.objects.get(source="threshold")

    def written(event: str, level: str, areas: list, at: datetime) -> Warning:
        return warnings.draft(duty_officer(at), areas=areas, level=level, event=event)

    def issued(event: str, level: str, areas: list, at: datetime) -> Warning:
        warning = warnings.submit(duty_officer(at), written(event, level, areas, at))
        warnings.approve(leader(at + timedelta(minutes=2)), warning)
        return warnings.issue(duty_officer(at + timedelta(minutes=3)), warning)

    lifted = issued("gale", "blue", [shimen], eight + timedelta(hours=1))
    warnings.cancel(duty_officer(eight + timedelta(hours=3)), lifted)
    in_force = issued("forest_fire", "orange", desk.villages, now - timedelta(minutes=10))
    other_issued = issued("rainstorm", "yellow", [shuangquan], now - timedelta(minutes=9))
    submitted = warnings.submit(duty_officer(), written("gale", "yellow", [shuangquan], now))
    approved = warnings.submit(duty_officer(), written("rainstorm", "blue", [shimen], now))
    warnings.approve(leader(), approved)
    recipient = Recipient.objects.get(warning=in_force, unit=desk.units[0])
    warnings.acknowledge(contact(now - timedelta(minutes=4)), recipient)
    warnings.report_back(contact(now - timedelta(minutes=1)), recipient, "两组六人巡山，路口已设卡。")

    def hazard(site: int, description: str, grade: str = "general") -> Hazard:
        return hazards.find(
            inspector(eight),
            site=desk.sites[site],
            description=description,
            grade=grade,
            pictures=[picture()],
        )

    def rectified(found: Hazard) -> Hazard:
        hazards.rectify(
            responsible(eight + timedelta(hours=2)), found, note="已清理，通道畅通。", pictures=[picture()]
        )
        return found

    major = hazard(0, "疏散楼梯被封堵", grade="major")
    hazards.file_plan(responsible(eight + timedelta(hours=1)), major, dict.fromkeys(PLAN_PARTS, "已明确"))
    closed = rectified(hazard(0, "灭火器压力不足"))
    hazards.verify(second_inspector(eight + timedelta(hours=3)), closed, passed=True, note="已更换。")

    def incident(by: Callable[..., Caller], area: int, what: str) -> Incident:
        return incidents.report(
            by(now - timedelta(minutes=25)), area=desk.villages[area], kind="forest_fire", what_happened=what
        )

    filed = incident(contact, 0, "石门北坡冒烟，已扑灭。")
    incidents.file(duty_officer(), filed.first_report, means="phone", to="县值班室")

    reported = incident(contact, 0, "石门路边草丛着火，过火约 20 平方米。")
    other_incident = incident(other_contact, 1, "双泉仓库旁树木倒伏。")
    midnight = now - timedelta(hours=13)
    summary = summaries.seal(
        person(desk.officers[Role.CLERK])(),
        Period(midnight - timedelta(days=2), midnight + timedelta(days=28)),
        desk.township,
        "云岭镇 4 月总结",
    )

    # Yesterday morning's forecast, of which today has been observed, and this morning's.
    for morning in (eight - day, eight):
        noons = [f"{morning + timedelta(days=n):%Y-%m-%d},24.0,{25 + 5 * n},22.0,0.0" for n in range(5)]
        forecasts.import_forecast(
            duty_officer(),
            "\n".join(["date,temperature_c,rh_percent,wind_speed_kmh,precipitation_mm", *noons]).encode(),
            issued_at=morning,
            maker="云山县气象台",
        )
    try:
        danger.import_weather(duty_officer(), UNNAMED)
    except UnknownColumns as unknown:
        asked = unknown.asked
    answer = Mapping(
        ("Zeit",),
        "local",
        "",
        {"temperature": ("T", "°c"), "humidity": ("H", "%"), "wind": ("FF", "m/s"), "rain": ("R", "mm")},
    )
    columns = intake.remember(duty_officer(), asked.headers, answer, asked.samples)
    file = intake.let_wait(
        duty_officer(),
        UNNAMED.replace(b"Zeit", b"Datum_Zeit"),
        name="lw-2026-04.csv",
        fields={"kind": "observed", "station": "SM01", "skip_bad": False, "issued": "", "maker": ""},
    )
    return Worked(
        desk=desk,
        by_threshold=by_threshold,
        submitted=submitted,
        approved=approved,
        issued=in_force,
        other_issued=other_issued,
        lifted=lifted,
        recipient=recipient,
        waiting=Recipient.objects.get(warning=in_force, unit=desk.units[2]),
        other_recipient=Recipient.objects.get(warning=in_force, unit=desk.units[1]),
        major=major,
        rectified=rectified(hazard(0, "消防通道堆放杂物")),
        closed=closed,
        other_hazard=hazard(1, "仓库电线私拉乱接"),
        incident=reported,
        filed=filed,
        other_incident=other_incident,
        shift=shifts[1],
        coming=shifts[2],
        log=log,
        handover=handover,
        summary=summary,
        forecast=ForecastIssue.objects.order_by("issued_at").first(),
        columns=columns,
        file=file,
        doubt=DoubtfulValue.objects.first(),
    )
