"""Personal data of invented people: identity card, telephone, home address, illness and poverty by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

from ..fault import Edit, Planted
from . import Injector, Setting

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = (
    "有田",
    "桂花",
    "二喜",
    "小满",
    "长根",
    "秀兰",
    "大军",
    "玉梅",
    "建国",
    "春生",
    "彩霞",
    "志强",
    "丽娟",
    "守业",
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def name(setting: Setting) -> str:
    """An invented person."""
    return setting.one(SURNAMES, "SURNAMES") + setting.one(GIVEN, "GIVEN")


def card(chance: Random) -> str:
    """An identity card number with a right check character, of a prefecture that does not exist (GB 11643)."""
    born = f"{chance.randint(1948, 2004)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    digits = (
        f"{chance.choice((13, 21, 36, 41, 51))}99{chance.randint(1, 29):02}{born}{chance.randint(1, 999):03}"
    )
    rest = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
    return digits + "10X98765432"[rest]


def _told(kind: str, wordings: tuple[tuple[str, ...], str], setting: Setting) -> list[Planted]:
    chance = setting.chance
    ends = [line.end for line in setting.paper.body if line.said.rstrip().endswith("。")]
    if not ends:
        return []
    said = setting.one(*wordings).format(
        name=name(setting),
        card=_written(card(chance), setting),
        phone=PHONE_FORMS[setting.one(PHONES, "PHONES")](chance),
        place=setting.one(HOMES, "HOMES").format(a=chance.randint(1, 9), b=chance.randint(1, 128)),
        ill=setting.one(ILL, "ILL"),
        amount=chance.randint(3, 9) * 100,
    )
    place = chance.choice(ends)
    return [Planted("personal", kind, (Edit(place, place, said),))]


def _mobile(chance: Random) -> str:
    return f"1{chance.choice(('38', '59', '77', '86', '92'))}{chance.randint(0, 99999999):08}"


def _parted(chance: Random) -> str:
    number = _mobile(chance)
    return f"{number[:3]}-{number[3:7]}-{number[7:]}"


def _gapped(chance: Random) -> str:
    number = _mobile(chance)
    return f"{number[:3]} {number[3:7]} {number[7:]}"


def _abroad(chance: Random) -> str:
    return chance.choice(("+86 ", "+86-", "0086", "(+86)")) + _mobile(chance)


def _by_four(chance: Random) -> str:
    number = _mobile(chance)
    return f"{number[:4]} {number[4:8]} {number[8:]}"


def _dotted(chance: Random) -> str:
    return _parted(chance).replace("-", ".")


def _written(number: str, setting: Setting) -> str:
    """A card's number as people write it; in parts with their own wordings also in groups or with a small x."""
    if not setting.kept:
        return number
    return {
        "plain": number,
        "lower": number.lower(),
        "spaced": f"{number[:6]} {number[6:14]} {number[14:]}",
        "wide": _widened(number),
    }[setting.chance.choice(setting.kept.CARD_FORMS)]


def _widened(number: str) -> str:
    """In full-width characters, as an input method left in that mode writes them."""
    return "".join(chr(ord(each) + 0xFEE0) for each in number)


PHONE_FORMS: dict[str, Callable[[Random], str]] = {
    "mobile": _mobile,
    "parted": _parted,
    "gapped": _gapped,
    "abroad": _abroad,
    "by four": _by_four,
    "dotted": _dotted,
    "wide": lambda chance: _widened(_mobile(chance)),
}
PHONES = ("mobile", "mobile", "parted", "gapped")
HOMES = (
    "上坝村{a}组{b}号", "青石镇幸福小区{a}号楼2单元{b}室", "石门村四社{b}号", "柳河镇建设路{b}号院{a}栋301室",
    "双桥社区{a}栋{b}室", "梨园村李家沟{b}号",
)  # fmt: skip
ILL = ("尿毒症", "肺癌", "糖尿病", "肝硬化", "脑梗", "慢性肾病", "冠心病", "白血病")
CARDS = (
    "户主{name}，身份证号码{card}，已完成信息核对。", "值守人员{name}（身份证号：{card}）负责该路段。",
    "当事人{name}（{card}）对检查结果无异议。", "{name}，身份证{card}，系该户户主。",
)  # fmt: skip
CALLS = (
    "联系人{name}，手机{phone}。", "有疑问请与{name}联系，电话{phone}。", "该户户主为{name}（{phone}）。",
    "转移责任人{name}，联系方式：{phone}。",
)  # fmt: skip
ADDRESSES = (
    "该户主{name}家住{place}，已列入重点走访对象。", "起火户为{name}，住址{place}。",
    "村民{name}（家庭住址：{place}）已经转移。",
    "被救助人{name}现住{place}。",
)  # fmt: skip
ILLNESSES = (
    "村民{name}患{ill}，由村干部每周上门探望。", "{name}因{ill}长期卧床，转移时须安排专人。",
    "困难户{name}患有{ill}，需重点照顾。", "独居老人{name}确诊{ill}，已联系卫生院随访。",
)  # fmt: skip
POORNESS = (
    "村民{name}系低保户，已发放慰问金{amount}元。", "特困人员{name}的住房已经完成线路改造。",
    "{name}家庭贫困，减免更换灶具费用{amount}元。", "为低保对象{name}免费安装了报警器。",
)  # fmt: skip

KINDS: dict[str, Injector] = {
    "identity card": partial(_told, "identity card", (CARDS, "CARDS")),
    "telephone": partial(_told, "telephone", (CALLS, "CALLS")),
    "home address": partial(_told, "home address", (ADDRESSES, "ADDRESSES")),
    "illness": partial(_told, "illness", (ILLNESSES, "ILLNESSES")),
    "poverty": partial(_told, "poverty", (POORNESS, "POORNESS")),
}
