"""The demo's places and people: a fictional township, made through the program's own commands."""

import json
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from fenghuo.core.access import Caller, Role
from fenghuo.desk.danger import commands as danger
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers.models import Officer, Unit
from fenghuo.desk.places import commands as places
from fenghuo.desk.places.models import Area, Site

MAP = Path(__file__).parent / "map"
COUNTY, TOWNSHIP = "110199", "110199100"

SURNAMES = (
    "周 Zhou,郑 Zheng,钱 Qian,孙 Sun,吴 Wu,冯 Feng,陈 Chen,褚 Chu,卫 Wei,蒋 Jiang,沈 Shen,韩 Han,杨 Yang,朱 Zhu,秦 Qin,"
    "尤 You,许 Xu,何 He,吕 Lü,施 Shi,孔 Kong,曹 Cao,严 Yan,华 Hua,金 Jin,魏 Wei,陶 Tao,姜 Jiang,戚 Qi,谢 Xie,邹 Zou,"
    "喻 Yu,柏 Bai,水 Shui,窦 Dou,章 Zhang,云 Yun,苏 Su,潘 Pan,葛 Ge,奚 Xi,范 Fan"
)
_DUTIES = {
    Role.DUTY: ("值班", "duty officer"),
    Role.LEADER: ("带班", "leader"),
    Role.CONTACT: ("联络", "contact"),
    Role.INSPECTOR: ("检查", "inspector"),
    Role.RESPONSIBLE: ("负责", "responsible"),
    Role.CLERK: ("文书", "clerk"),
    Role.COUNTY: ("县台", "county desk"),
}
_UNIT_KINDS = {
    "school": Unit.Kind.SCHOOL,
    "enterprise": Unit.Kind.ENTERPRISE,
    "petrol_station": Unit.Kind.ENTERPRISE,
    "scenic": Unit.Kind.ENTERPRISE,
    "power": Unit.Kind.DEPARTMENT,
}
STATIONS = {  # where the demo lets the three real records stand, by village
    "HR01": ("黄土梁气象站", "Huangtuliang station", "黄土梁"),
    "CP01": ("石门气象站", "Shimen station", "石门"),
    "SY01": ("南坡气象站", "Nanpo station", "南坡"),
}


@dataclass
class Township:
    """What was made, for the history that follows."""

    county: Area
    town: Area
    villages: list[Area]
    units: list[Unit] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    people: dict[Role, list[Officer]] = field(default_factory=dict)
    logins: dict[Role, str] = field(default_factory=dict)  # role → user name of its demo login


def build(caller: Caller, password: str | None) -> tuple[Township, str]:
    """Make the township; the password of every demo login (`password`, or a random one)."""
    password = password or "-".join(secrets.token_hex(2) for _ in range(3))
    shutil.copytree(MAP, settings.FENGHUO_MAP, dirs_exist_ok=True)
    county = places.add_area(caller, code=COUNTY, name="云山县", name_en="Yunshan County", level="county")
    town = places.add_area(caller, code=TOWNSHIP, name="云岭镇", name_en="Yunling", level="township")
    villages = []
    for feature in _features("villages.geojson"):
        about = feature["properties"]
        longitude, latitude = about["label"]
        villages.append(
            places.add_area(
                caller,
                code=about["code"],
                name=about["name"],
                name_en=about["name_en"],
                level="village",
                boundary=feature["geometry"],
                latitude=latitude,
                longitude=longitude,
                elevation=about["elevation"],
            )
        )
    made = Township(county, town, villages)
    _add_units_and_sites(caller, made)
    _add_people(caller, made, password)
    for code, (name, english, village) in STATIONS.items():
        area = next(area for area in villages if area.name == village)
        danger.add_station(
            caller,
            code=code,
            name=name,
            name_en=english,
            area=town,
            latitude=area.latitude,
            longitude=area.longitude,
            elevation=area.elevation,
        )
    return made, password


def _features(name: str) -> list[dict]:
    return json.loads((MAP / name).read_text(encoding="utf-8"))["features"]


def _add_units_and_sites(caller: Caller, made: Township) -> None:
    committees = {}
    for village in made.villages:
        committees[village.code] = officers.add_unit(
            caller,
            name=f"{village.name}村委会",
            name_en=f"{village.name_en} village committee",
            kind="village",
            area=village,
        )
    made.units += committees.values()
    areas = {village.code: village for village in made.villages}
    station = officers.add_unit(
        caller, name="云岭林场", name_en="Yunling forest station", kind="forest", area=made.villages[0]
    )
    shop = officers.add_unit(
        caller,
        name="云岭供销社",
        name_en="Yunling supply cooperative",
        kind="enterprise",
        area=made.villages[10],
    )
    made.units += [station, shop]
    for feature in _features("sites.geojson"):
        about = feature["properties"]
        area = areas[about["village"]]
        unit = committees[area.code]
        if about["kind"] in _UNIT_KINDS:
            unit = officers.add_unit(
                caller,
                name=about["name"],
                name_en=about["name_en"],
                kind=_UNIT_KINDS[about["kind"]],
                area=area,
            )
            made.units.append(unit)
        elif about["kind"] == "checkpoint":
            unit = station
        elif about["kind"] == "shop" and area == shop.area:
            unit = shop
        longitude, latitude = feature["geometry"]["coordinates"]
        made.sites.append(
            places.add_site(
                caller,
                code=about["id"],
                name=about["name"],
                name_en=about["name_en"],
                kind=about["kind"],
                area=area,
                unit=unit,
                latitude=latitude,
                longitude=longitude,
                elevation=about["elevation"],
            )
        )


def _add_people(caller: Caller, made: Township, password: str) -> None:
    surnames = iter([tuple(pair.split()) for pair in SURNAMES.split(",")] * 3)

    def person(
        role: Role, area: Area, *, login: str | None = None, name: tuple[str, str] | None = None, **fields
    ):
        character, latin = name or next(surnames)
        duty, english = _DUTIES[role]
        people = made.people.setdefault(role, [])
        number = sum(len(group) for group in made.people.values()) + 1
        username = login or f"{role.value}{number:02d}"
        people.append(
            officers.add_officer(
                caller,
                username=username,
                name=f"{character}{duty}",
                name_en=f"{latin}, {english}",
                role=role,
                area=area,
                password=password if login else None,
                phone=f"000 0000 {number:04d}",
                **fields,
            )
        )
        if login:
            made.logins[role] = login

    person(Role.DUTY, made.town, login="duty", name=("王", "Wang"))
    person(Role.DUTY, made.town, name=("赵", "Zhao"))
    person(Role.DUTY, made.town)
    person(Role.LEADER, made.town, login="leader", name=("李", "Li"))
    person(Role.LEADER, made.town, name=("张", "Zhang"))
    person(Role.CLERK, made.town, login="clerk")
    person(Role.COUNTY, made.county, login="county")
    person(Role.INSPECTOR, made.town, login="inspector")
    person(Role.INSPECTOR, made.town)
    for unit in made.units:
        first = unit is made.units[0]
        person(Role.CONTACT, unit.area, login="contact" if first else None, unit=unit, rung=1)
        if unit.kind == Unit.Kind.VILLAGE:
            person(Role.CONTACT, unit.area, unit=unit, rung=2)
    with_sites = [unit for unit in made.units if unit.kind in (Unit.Kind.ENTERPRISE, Unit.Kind.SCHOOL)]
    for unit in with_sites:
        person(Role.RESPONSIBLE, unit.area, login="responsible" if unit is with_sites[0] else None, unit=unit)
