"""What the text says of a row of a table, and how many phases there are beside those that are numbered."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .test_numbers import told

TABLE = (
    "表1　秋季补苗任务（亩）\n单位　　任务　　苗木（万株）\n"
    "榆树镇　　430　　3.4\n桦甸乡　　610　　4.9\n柳园镇　　275　　2.2\n"
)
TWO_COLUMNS = "村名\t水表（块）\t已换（块）\n上河村\t64\t60\n下河村\t38\t38\n"
DIFFER = (
    (TABLE + "任务最重的桦甸乡640亩须在月底前整地。", "640亩"),
    (TABLE + "柳园镇任务265亩由林场代管。", "265亩"),
    (TWO_COLUMNS + "上河村水表最多，为66块，分三天换完。", "66块"),
    (
        "近期事项明确如下，请对照5项事项抓紧办理。\n1.更换水表。\n2.疏通井道。\n3.检修泵房。\n4.清洗水箱。",
        "5项",
    ),
)
AGREE = (
    TABLE + "任务最重的桦甸乡610亩须在月底前整地。",
    # Two cells together, between them, or of something else.
    TWO_COLUMNS + "上河村水表最多，还差4块没有换。",
    TABLE + "桦甸乡另抽调护林员12名，柳园镇补植280株。",
    # The first of several.
    "培训分4期进行。\n第一期41人，第二期39人均已结业。",
    "第一批、第二批物资已送达，每批3车。",
    "近期事项明确如下，请对照4项事项抓紧办理。\n1.更换水表。\n2.疏通井道。\n3.检修泵房。\n4.清洗水箱。",
)


@pytest.mark.parametrize(("text", "words"), DIFFER, ids=[words for _, words in DIFFER])
def test_the_text_is_told_beside_its_table_and_its_numbered_parts(text, words):
    assert told(numbers.check, "通报\n" + text) == [("counts-differ", words)]


@pytest.mark.parametrize("text", AGREE, ids=[text[-12:] for text in AGREE])
def test_what_agrees_or_tells_something_else_is_left_alone(text):
    assert told(numbers.check, "通报\n" + text) == []
