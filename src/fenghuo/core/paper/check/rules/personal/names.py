"""Names of persons in running text: a family name and one or two signs that a given name can hold."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from ...surnames import DOUBLE_FAMILY_NAMES, FAMILY_NAMES


@cache
def _data() -> tuple[str, str, frozenset[str], re.Pattern[str]]:
    raw = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
    family = "|".join([*DOUBLE_FAMILY_NAMES, f"[{''.join(sorted(FAMILY_NAMES))}]"])
    barred = "".join(sorted(set("".join(raw["not_given"].split())) - set("，。；：？！、")))
    official = "".join(raw["official"].split())
    return family, rf"[^\W\d_a-zA-Z{barred}]", frozenset(raw["not_names"]), re.compile(official)


_AFTER_HOME = "旺豪兴乐伟强明辉俊杰宝贵良荣驹骏琪欣怡瑞祥顺福发财林森平康华军银铭栋梁泽涛鹏国胜富昌盛成"
"""What follows 家 in a given name; elsewhere 家 ends what is called by one, as in 张三家."""


@cache
def pattern() -> str:
    """A name as a regular expression: two or three signs, four with a double family name."""
    family, given, _, _ = _data()
    return rf"(?:{family})(?:{given}{{1,2}}|家[{_AFTER_HOME}])"


@cache
def wide_pattern() -> str:
    """Also names of signs that mostly are other words (李向东, 王全福); they need a reason to be taken for names."""
    family, _, _, _ = _data()
    never = "某的了是被这那每谁没很还或则者乎因患病癌症瘤炎确诊疗住院个们它她他，。；：？！、"
    last = "对等和与及在将已也都就并而且给把从由请各该后前中内外"
    return rf"(?:{family})[^\W\d_a-zA-Z{never}]?[^\W\d_a-zA-Z{never}{last}]"


def is_name(text: str) -> bool:
    """Whether what the pattern found is no everyday word."""
    _, _, words, _ = _data()
    if re.fullmatch(r".[一二三四五六七八九十百千万]+", text) and len(text) == 3:
        return False
    if re.search(r"[一二三四五六七八九十][月日年户名起处]", text):
        return False
    return not any(text.startswith(word) for word in words) and text[:2] not in words


def is_official(before: str, after: str) -> bool:
    """Whether a name is told with an office: 镇长张三, 张三同志, 联系人：张三."""
    official = _data()[3]
    return bool(
        re.search(rf"(?:{official.pattern})[：:、]?$", before)
        or re.match(rf"(?:副)?(?:{official.pattern})", after)
    )


def told_by_name(sentence: str, match: re.Match[str]) -> bool:
    """Whether the group `name` of a match is somebody's name, and not told with an office (李主任)."""
    start, end = match.span("name")
    comrade = "同志" if sentence.startswith("同志", end) else ""
    return (
        is_name(match["name"])
        and not is_official("", match["name"][1:])
        and not is_official(sentence[:start], sentence[end + len(comrade) :])
    )
