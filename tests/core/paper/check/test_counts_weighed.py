"""Two numbers of one thing that no single word gives away, beside numbers of two things."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .test_numbers import told

ONE_THING = (
    ("本批下达护坡经费274.6万元。\n请于月底前将276.4万元付款凭证送财务科。", "276.4万元"),
    # A short name, once behind and once before the number.
    ("两条支线共设泊位23个。\n验收发现，26个泊位均缺反光标识。", "26个"),
    ("病虫监测点由14个增至18个。\n村里会按月公布，19个监测点的数据一并归档。", "19个"),
    # Measures and money.
    ("全年疏浚灌渠合计36.4公里。\n汛后复测，34.6公里灌渠均达标。", "34.6公里"),
    # What is left, told twice.
    ("已发放灯具41盏，剩余12盏。\n下月对剩下的15盏逐一登记。", "15盏"),
)
TWO_THINGS = (
    # Another year, and what is done again.
    "园区食堂共备案餐车17辆。\n去年，19辆移动摊档装上油烟净化器。",
    "为17辆餐车换证。\n为19辆摊档年检。",
    # One of a list, and what several come to.
    "夏季巡查渡槽9座、涵洞14座、倒虹吸5座。\n渗漏的有6座，淤塞的有4座。",
    "东片有泊位12个，其余6个在西片。\n两片的18个泊位均已编号。",
    # Only one of the two is what is left.
    "尚有8家摊点没有整改。\n检查的10家摊点均张贴了告知书。",
    # No name is shared, though all of them are spoken of and the paper has no other number of the unit.
    "园区食堂共备案餐车17辆。\n试点期间，19辆移动摊档全部装上油烟净化器。",
    # Of an ordered list.
    "第一组负责西部5个乡镇。\n第二组负责中部4个乡镇。",
    # In brackets, one after the other.
    "表彰名单\n技术服务类（5个）\n基层生产类（6个）",
)


@pytest.mark.parametrize(("text", "words"), ONE_THING, ids=[text[:12] for text, _ in ONE_THING])
def test_numbers_that_are_likely_of_one_thing_differ(text, words):
    assert ("counts-differ", words) in told(numbers.check, "通报\n" + text)


@pytest.mark.parametrize("text", TWO_THINGS, ids=[text[:12] for text in TWO_THINGS])
def test_numbers_of_two_things_may_differ(text):
    assert not [each for each in told(numbers.check, "通报\n" + text) if each[0] == "counts-differ"]
