"""The homes of persons: an address where somebody is said to live, or beside whose name it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...finding import Finding
from ...rulebook import rules
from .names import is_name, is_official, pattern, wide_pattern
from .states import person_before

CALL = r"(?:同志|家|一家|户|本人|老人|大爷|大妈|大娘|奶奶|爷爷|同学|夫妇|母子|家庭|等)?"
"""What a person is called by behind the name."""
_N = r"[\d一二三四五六七八九十百]{1,4}"
_HOME = re.compile(
    rf"(?:[\u4e00-\u9fff]{{1,10}}?(?:村|社区|寨|屯|镇)[^，。；\d（）()]{{0,8}}?(?:{_N}\s*)?(?:村民小|小)?[组社队]"
    rf"[^，。；（）()]{{0,4}}?{_N}\s*号"
    r"|[\u4e00-\u9fff\d]{1,14}?(?:小区|社区|花园|家园|苑|公寓|新村|新城|大院|家属院|宿舍|佳园|村|镇|路|街|巷)[^，。；（）()]{0,8}?\d{1,3}\s*"
    r"(?:栋|幢|号楼|座|号院)\s*(?:[\d一二三四东西南北中]{1,2}\s*单元)?\s*(?:\d{1,4}\s*[室号房户]|\d{3,4}))"
)
_LIVES = re.compile(
    r"家住|住址|住在|现住|居住在?|户籍(?:地|所在地)?|家庭地址|住(?=于|[\u4e00-\u9fff]{2,8}(?:小区|村))|家在|租住|户主|村民|居民|住户"
)
# A place that follows one of these is somebody's home, however it is written.
_AT_HOME = re.compile(
    r"(?:家庭(?:住址|地址)|(?:详细|现|居住|户籍|常住|家庭)?住址|居住地址?|户籍(?:所在地|地址?)|家住|现住|现居|(?:暂住|常住|租住|居住)(?!户|人口|居民|的|\d+[户人]|(?:出租|住宅|自建|商品)?[房屋楼])|"
    r"住(?=[在于])|家(?=[在于])|宿舍(?=[：:])|(?:^|(?<=[，、（(。如系均]))住(?![房院宅户所宿建]))(?:为|是|在|于|位于)*[：:\s]*"
)
_ANY_PLACE = re.compile(
    rf"(?:(?!的|人口|住户|居民|群众)[\u4e00-\u9fffA-Za-z\d\-·]){{2,24}}?(?:{_N}\s*[号室户栋幢座组社队]|{_N}\s*单元|{_N}\s*号楼)"
    rf"(?:附?{_N}号|[前后东西南北左右大小内外旁]?[院楼]|(?:(?!的)[\u4e00-\u9fff]){{0,3}}{_N}\s*(?:[号室户栋幢楼层座]|单元|门洞?)|-?\d{{1,4}})*"
    r"(?:[东西南北中]?单元\s*\d{3,4}|[东西南北]\s*\d{3,4})?"
    r"(?=[，。；、）)（(\s]|的|内|家|附近|旁|门口|$)"
)
_HOUSE = (
    rf"(?:(?!的|人口|地点|为|是|在|于)[\u4e00-\u9fffA-Za-z\d\-·]){{3,26}}?(?:{_N}(?:-\d{{1,3}})?\s*号(?:院|楼)?(?:{_N}\s*(?:号楼|[栋幢座排]))?|{_N}\s*[室栋幢座])"
    rf"(?:[东西南北中]?{_N}?\s*单元)?(?:\s*{_N}\s*[室号房户])?(?:\s*\d{{3,4}})?"
)
"""A house by its number, with nothing asked of what follows."""
# 送到…由陈小明签收: whoever takes something at a door lives behind it.
_BROUGHT = re.compile(r"(?:送|寄|搬|运|接|邮|投递|配送|上门)[^，。；]{0,6}(?:到|至|往|去)")
_DWELLER = "(?:独居|孤寡|空巢|留守|高龄|残疾)?老人|村民|居民|住户|户主|租户|业主"
"""Who lives in a house."""
_OF_MANY = re.compile(r"的?(?:全部|所有)?(?:住户|居民|村民|群众|农户|家庭|人员|人口|户主|\d)")
_NO_HOME = re.compile(
    r"安置点|宾馆|酒店|单位(?!家属)|学校(?!家属|宿舍)|医院(?!家属|宿舍)|指挥部|营地|驻地|值班|办公|仓库|敬老院|养老院|福利院|公司(?!家属|宿舍)|厂(?!家属|宿舍)"
)
_DOOR = re.compile(
    rf"[\u4e00-\u9fff]{{2,10}}?(?:村|社区|街道|镇|乡|路|街|巷|弄|胡同|小区)[\u4e00-\u9fff]{{0,8}}?(?:{_N}\s*[弄巷支组队栋幢])?{_N}(?:-\d{{1,3}})?\s*号(?:院|楼)?"
    rf"(?:附{_N}号|{_N}\s*(?:号楼|单元|[栋幢室])|\d{{3,4}})*(?=[，。；、）)（(\s]|的|家|$)"
)
_BESIDE = re.compile(
    rf"{CALL}[（(，：:]\s*(?:(?:[男女]|\d{{1,3}}岁|现年\d+岁|电话[：:]?[\d\- ]+)[，、,])*(?:地址[：:]?)?"
)
"""What parts a name from the address that stands beside it."""
_NO_HOUSE = r"(?!宅|房|户|院|所|宿|建|改|校|民|区|地|在?单位|有)"
"""What makes a word with 住 that tells of no one's home: 住宅, 住户."""
_BODY_PLACE = re.compile(
    r"办公|地址设|设在|注册地址|经营场所|单位地址|公司|企业|仓库|商铺|门店|餐馆|会议地点|报名地点|地点"
)
_HAS_NUMBER = re.compile(rf"{_N}\s*(?:[号室户栋幢组社队]|单元)|栋|座")


_OF_ONE = re.compile(rf"的?(?:住户|居民|村民|户主)(?P<name>{wide_pattern()})(?=[，。；、）)（(]|$)")
"""的居民柴金水: one of them, by name."""


def homes(sentence: str, start: int) -> Iterator[Finding]:
    """The homes that a sentence, which begins at `start`, tells."""
    if not _HAS_NUMBER.search(sentence):
        return
    told: list[tuple[int, int]] = []
    for low, high in (
        *_toldhomes(sentence),
        *_at_home(sentence),
        *_stays(sentence),
        *_brought(sentence),
        *_doors(sentence),
        *_at_whose(sentence),
        *_room_and_name(sentence),
        *_home_of(sentence),
    ):
        if not any(start_ < high and low < end for start_, end in told):
            told.append((low, high))
            yield rules()["home-address"].finding(
                start + low, start + high, found=sentence[low : low + 4] + "…"
            )


def _at_home(sentence: str) -> Iterator[tuple[int, int]]:
    """家住, 住址, 现住 and a place with the number of a house."""
    for lives in _AT_HOME.finditer(sentence):
        match = _ANY_PLACE.match(sentence, lives.end())
        if not match or _NO_HOME.search(match[0]):
            continue
        if _OF_MANY.match(sentence, match.end()) and not _OF_ONE.match(sentence, match.end()):
            continue
        if not _BODY_PLACE.search(sentence[: lives.start()][-8:]):
            yield match.span()


def _stays(sentence: str) -> Iterator[tuple[int, int]]:
    """陈小明住锦园3幢502室: a person, 住 and a place with the number of a house."""
    for stays in re.finditer(
        rf"(?P<name>{wide_pattern()}){CALL}(?:一家)?(?:人)?(?:[，,]|[（(](?:[^（）()，,]{{0,24}}[，,]){{0,3}})?(?:[现暂借寄原曾家常]|仍|就|一直)?(?:居)?住{_NO_HOUSE}",
        sentence,
    ):
        match = _ANY_PLACE.match(sentence, stays.end())
        # An office has no home, but who holds it has.
        if (
            match
            and not _NO_HOME.search(match[0])
            and is_name(stays["name"])
            and not is_official("", stays["name"][1:])
        ):
            yield match.span()


def _brought(sentence: str) -> Iterator[tuple[int, int]]:
    """送水到锦园3幢502室，由陈小明签收: what is brought to a named person's door."""
    for way in _BROUGHT.finditer(sentence):
        match = _ANY_PLACE.match(sentence, way.end())
        if not match or _NO_HOME.search(match[0]):
            continue
        takes = re.match(
            rf"[，,]?(?:并|均|都|已)?(?:由|交给|交由|交|给)(?P<name>{pattern()})(?:本人|[签接代]|领|收|当面|亲|$|[，,])",
            sentence[match.end() :],
        )
        if takes and is_name(takes["name"]) and not is_official("", takes[0][len(takes["name"]) :]):
            yield match.span()


def _doors(sentence: str) -> Iterator[tuple[int, int]]:
    """陈小明（梨园村李家沟10号）: a person's name and, right after it, the number of a house."""
    for opens in _BESIDE.finditer(sentence):
        match = _DOOR.match(sentence, opens.end())
        named = match and person_before(sentence, opens.start())
        if (
            match
            and named
            and not is_official(sentence[: named[0]], "")
            and not _NO_HOME.search(match[0])
            and not _BODY_PLACE.search(sentence[max(match.start() - 14, 0) : match.start()])
        ):
            yield match.span()


def _at_whose(sentence: str) -> Iterator[tuple[int, int]]:
    """锦园3幢502室陈小明家: a house, and right after it the home of a named person."""
    for match in re.finditer(
        rf"(?:^|(?<=[为是在于，、至到（(]))(?P<house>{_HOUSE})的?(?:(?:{_DWELLER})?(?P<name>{pattern()})(?=户(?![主籍数均型])|家(?![具电长畜禽访]))"
        rf"|(?:{_DWELLER})(?P<told>{pattern()})(?![村镇乡县区]))",
        sentence,
    ):
        if is_name(match["name"] or match["told"]) and not _NO_HOME.search(match["house"]):
            yield match.span("house")


def _room_and_name(sentence: str) -> Iterator[tuple[int, int]]:
    """6号楼2单元401室金万春: a room of a house of flats, and right behind it a name."""
    for match in re.finditer(
        rf"(?:^(?![一二三四五六七八九十]是)|(?<=[，。；：、（(是为在于如]))(?P<house>[\u4e00-\u9fff]{{2,8}}?{_N}号楼(?:{_N}单元)?{_N}室)(?P<name>{wide_pattern()})(?=[，。；、）)等户家因]|$)",
        sentence,
    ):
        if is_name(match["name"]) and not _NO_HOME.search(match["house"]):
            yield match.span("house")


def _home_of(sentence: str) -> Iterator[tuple[int, int]]:
    """送到陈小明家中（锦园3幢502室）: a named person's home, and in brackets where it is."""
    for match in re.finditer(
        rf"(?P<name>{pattern()})(?:同志)?(?:家中|家里|家|住处|住所|住宅|住房|房屋|老宅|老屋|自建房|农房|宅院|院落)[（(，](?:即|地址[：:])?",
        sentence,
    ):
        place = _ANY_PLACE.match(sentence, match.end())
        if place and is_name(match["name"]) and not _NO_HOME.search(place[0]):
            yield place.span()


def _toldhomes(sentence: str) -> Iterator[tuple[int, int]]:
    """An address that is whole by itself, where somebody lives or is named beside it."""
    for match in _HOME.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        lives = [
            each for each in _LIVES.finditer(sentence[: match.end()]) if match.start() - each.end() <= 10
        ]
        named = re.search(rf"(?P<name>{pattern()})(?:家)?[（(，：:]?\s*$", before) or re.match(
            rf"\s*(?P<name>{pattern()})(?=家|的|[，、。（()]|$)", after
        )
        named = named or re.match(rf"(?:村民|居民|住户|户主)(?P<name>{pattern()})", after)
        person = bool(named and is_name(named["name"]))
        if not (lives or person) or _BODY_PLACE.search(before[-14:]):
            continue
        low, high = match.span()
        for each in lives:
            if low <= each.start() and each.end() < high and each[0] not in ("村民", "居民", "住户", "户主"):
                low = each.end()
        yield low + len(sentence[low:high]) - len(sentence[low:high].lstrip("为是在于")), high
