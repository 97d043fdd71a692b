"""What was left open: a figure, name, date or place replaced by a placeholder, or a template's words left in."""

from __future__ import annotations

import re
from functools import partial

from ..fault import Edit, Planted
from . import Injector, Setting, appended

COUNT = re.compile(r"(?<![\d.年月第])\d+(?=(?:家|处|起|人|名|台|份|户|个|次|项|期|辆|套|具))")
DATE = re.compile(r"(?<!\d)\d{1,2}月\d{1,2}日")
PLACE = re.compile(
    r"上坝村|石门村|北沟村|梨园村|槐树村|石盘沟|下湾村|南坡|大岭头|临溪河|柳树湾|青石镇|柳河镇|云台乡|沙岭乡|"
    r"临溪镇|松坪镇|石泉乡|白杨镇|集镇|县消防救援大队|县气象局|县应急管理局|派出所|供电所"
)
BRACKETED = re.compile(
    r"(?<=[一-鿿])（(?=[^一二三四五六七八九十\d）])[^（）]{2,16}）|(?<=单位|人员|村组|企业|部门|小组)(?=[，。、])"
)
MONEY = re.compile(r"\d+(?:\.\d+)?(?=万元)")


Words = tuple[tuple[str, ...], str]
"""The wordings of the open parts, and the name of the list where a part has its own."""


def _replaced(pattern: re.Pattern[str], words: Words, kind: str, setting: Setting) -> list[Planted]:
    if setting.kept and pattern is PLACE:
        pattern = setting.kept.PLACE
    places = [
        (line.start + match.start(), line.start + match.end())
        for line in setting.paper.body
        for match in pattern.finditer(line.said)
    ]
    if not places:
        return []
    start, end = setting.chance.choice(places)
    return [Planted("left_open", kind, (Edit(start, end, setting.one(*words)),))]


def _emptied(setting: Setting) -> list[Planted]:
    """A bracket whose content was deleted: （ ）, or one put behind a name."""
    pattern = setting.kept.BRACKETED if setting.kept else BRACKETED
    places = [
        (line.start + match.start(), line.start + match.end())
        for line in setting.paper.body
        for match in pattern.finditer(line.said)
    ]
    if not places:
        return []
    start, end = setting.chance.choice(places)
    return [Planted("left_open", "empty brackets", (Edit(start, end, setting.one(EMPTY, "EMPTY")),))]


def _told(words: Words, kind: str, setting: Setting) -> list[Planted]:
    return appended(setting, "left_open", kind, setting.one(*words))


EMPTY = ("（ ）", "（　　）", "（）", "（   ）", "( )", "（____）")
COUNTS = ("XX", "××", "xx", "ＸＸ", "X", "XXX", "×", "ⅩⅩ", "Ⅹ", "××", "___", "____", "＿＿", "**")
DATES = ("X月X日", "××月××日", "XX月XX日", "Ⅹ月Ⅹ日", "xx月xx日", "__月__日", "  月  日", "　月　日", "某月某日",
         "X月XX日")  # fmt: skip
PLACES = ("XX村", "××村", "某某村", "xxx镇", "XXX单位", "ＸＸ村", "____村", "某某单位", "某某镇", "××局")
OPEN = (
    "具体数据待补充。", "此项内容（待补充）。", "相关情况待核实后补充。", "有关数字待统计后填写。", "责任人待定。",
    "完成情况待续。", "分管领导：XXX。", "联系人：某某某。", "经费为______元。", "共计X万元。",
)  # fmt: skip
TEMPLATE = (
    "（此处填写工作开展情况）", "【请在此处输入单位名称】", "（请根据实际情况填写）", "[此处插入数据]",
    "（填写说明：本栏由承办单位填写）", "（示例：已完成检查12家）", "（可根据需要增加内容）",
    "（此处省略，请自行补充）",
    "（单位名称）", "{填写日期}", "（范文仅供参考，使用时请修改）", "（以下内容结合本地实际修改）",
)  # fmt: skip

KINDS: dict[str, Injector] = {
    "count": partial(_replaced, COUNT, (COUNTS, "COUNTS"), "count"),
    "sum of money": partial(_replaced, MONEY, (COUNTS, "COUNTS"), "sum of money"),
    "date": partial(_replaced, DATE, (DATES, "DATES"), "date"),
    "place or unit": partial(_replaced, PLACE, (PLACES, "PLACES"), "place or unit"),
    "empty brackets": _emptied,
    "to be added": partial(_told, (OPEN, "OPEN"), "to be added"),
    "template words": partial(_told, (TEMPLATE, "TEMPLATE"), "template words"),
}
