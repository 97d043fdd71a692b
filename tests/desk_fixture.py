"""A small township desk made through the program's own commands."""

from dataclasses import dataclass, field

from fenghuo.core.access import Caller, Role
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers.models import Officer, Unit
from fenghuo.desk.places import commands as places
from fenghuo.desk.places.models import Area, Site


def square(west: float, south: float, size: float = 0.05) -> dict:
    """A GeoJSON square with its lower left corner there, degrees."""
    east, north = west + size, south + size
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


@dataclass
class Desk:
    county: Area
    township: Area
    villages: list[Area]
    units: list[Unit]
    sites: list[Site]
    officers: dict[Role, Officer]
    deputy: Officer
    other_contact: Officer
    second_inspector: Officer
    extra: dict = field(default_factory=dict)


def build(program: Caller) -> Desk:
    """County 110199 → township 110199100 云岭镇 → villages 石门 and 双泉, which share a border."""
    county = places.add_area(program, code="110199", name="云山县", name_en="Yunshan County", level="county")
    town = places.add_area(program, code="110199100", name="云岭镇", name_en="Yunling", level="township")
    villages = [
        places.add_area(
            program,
            code=f"11019910020{n}",
            name=name,
            name_en=english,
            level="village",
            boundary=square(116.60 + 0.05 * n, 40.30),
            latitude=40.325,
            longitude=116.625 + 0.05 * n,
            elevation=400.0,
        )
        for n, (name, english) in enumerate([("石门村", "Shimen"), ("双泉村", "Shuangquan")], start=1)
    ]
    units = [
        officers.add_unit(
            program, name="石门村委会", name_en="Shimen village committee", kind="village", area=villages[0]
        ),
        officers.add_unit(
            program,
            name="双泉村委会",
            name_en="Shuangquan village committee",
            kind="village",
            area=villages[1],
        ),
        officers.add_unit(
            program, name="石门林场", name_en="Shimen forest station", kind="forest", area=villages[0]
        ),
    ]
    sites = [
        places.add_site(
            program,
            code="S1",
            name="石门小学",
            name_en="Shimen school",
            kind="school",
            area=villages[0],
            unit=units[2],
        ),
        places.add_site(
            program,
            code="S2",
            name="双泉仓库",
            name_en="Shuangquan warehouse",
            kind="warehouse",
            area=villages[1],
            unit=units[1],
        ),
    ]

    def officer(username: str, name: str, role: Role, area: Area, **fields) -> Officer:
        return officers.add_officer(
            program,
            username=username,
            name=name,
            role=role,
            area=area,
            password="correct horse",
            phone="000 0000 0001",
            **fields,
        )

    accounts = {
        Role.DUTY: officer("duty", "王值班", Role.DUTY, town, name_en="Wang, duty officer"),
        Role.LEADER: officer("leader", "李带班", Role.LEADER, town, name_en="Li, leader"),
        Role.CONTACT: officer(
            "contact", "孙联络", Role.CONTACT, villages[0], unit=units[0], name_en="Sun, contact"
        ),
        Role.INSPECTOR: officer("inspector", "郑检查", Role.INSPECTOR, town, name_en="Zheng, inspector"),
        Role.RESPONSIBLE: officer(
            "responsible", "吴责任", Role.RESPONSIBLE, villages[0], unit=units[2], name_en="Wu, responsible"
        ),
        Role.CLERK: officer("clerk", "冯文书", Role.CLERK, town, name_en="Feng, clerk"),
        Role.COUNTY: officer("county", "陈县级", Role.COUNTY, county, name_en="Chen, county desk"),
    }
    deputy = officer(
        "deputy", "钱联络", Role.CONTACT, villages[0], unit=units[0], rung=2, name_en="Qian, contact"
    )
    other = officer("other", "周联络", Role.CONTACT, villages[1], unit=units[1], name_en="Zhou, contact")
    second = officer("inspector2", "何检查", Role.INSPECTOR, town, name_en="He, inspector")
    for person in (accounts[Role.CONTACT], deputy, other, accounts[Role.LEADER]):
        officers.add_address(program, person, channel="mail", target=f"{person.username}@example.org")
    return Desk(county, town, villages, units, sites, accounts, deputy, other, second)
