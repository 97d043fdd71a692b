"""What a whole paper holds apart: hours and days of what is told to last, editions, a title's year, sums of many."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .test_numbers import told

TITLE = "关于东湾区2025年供水管网检修情况的报告\n区政府：\n{}\n东湾区水务局\n2025年9月20日"


def found(text):
    return told(numbers.check, text)


HOURS = [
    ("抢修队从8时30分查到11时45分，历时3小时15分钟。", None),
    ("抢修队从8时30分查到12时45分，历时3小时15分钟。", "3小时15分钟"),
    ("抢修队从8时30分查到7时45分，历时3小时15分钟。", "8时30分查到7时45分"),
    ("听证会上午9时开始，11时20分结束，用时2小时20分钟。", None),
    ("听证会上午9时开始，11时20分结束，用时3小时20分钟。", "3小时20分钟"),
    ("检修当天9时至17时停水，每次停6小时。", "6小时"),
    ("检修当天9时至17时停水，每次停8小时。", None),
    ("大雨从2月8日20时下到2月9日11时，连续15小时。", None),
    ("大雨从2月8日20时下到2月9日11时，连续12小时。", "12小时"),
    ("巡线员早上7时30分出门，下午4时30分回来，路上9个小时。", None),
    ("巡线员早上7时30分出门，早上4时30分回来，路上9个小时。", "早上7时30分出门，早上4时30分"),
    # A pause at noon, two stretches of a day, a night, each two hours, several days.
    ("窗口9时至17时办理，工作7小时。", None),
    ("窗口8时至12时、14时至18时办理，共8小时。", None),
    ("22时至6时停水，共8小时。", None),
    ("7时至19时，每2小时巡查一次。", None),
    ("3月5日至7日每天9时至11时授课，三天共6小时。", None),
    ("时间：2025年3月9日14时至16时40分\n地点：三楼\n会期2小时40分钟。", None),
    ("时间：2025年3月9日14时至16时40分\n地点：三楼\n会期3小时40分钟。", "3小时40分钟"),
]


@pytest.mark.parametrize(("said", "words"), HOURS, ids=[said for said, _ in HOURS])
def test_hours_are_those_between_the_times_told(said, words):
    lasting = [
        where for rule, where in found(TITLE.format(said)) if rule in ("number-unreal", "period-backwards")
    ]
    assert lasting == ([words] if words else [])


DAYS = [
    ("方案自2025年5月1日起执行，至2025年7月31日结束，共92天，分三个阶段。", None),
    ("方案自2025年5月1日起执行，至2025年7月31日结束，共122天，分三个阶段。", "122天"),
    ("方案自2025年5月1日起执行，至2025年3月31日结束，共92天。", "2025年5月1日起执行，至2025年3月31日"),
    ("5月1日起组织换管，4月20日前结束。", "5月1日起组织换管，4月20日"),
    ("4月9日至11日到现场看了五天。", "五天"),
    ("4月9日至11日到现场看了三天。", None),
    ("高温期（7月8日至7月15日）八天，日均供水6万吨。", None),
    ("高温期（7月8日至7月15日）十天，日均供水6万吨。", "十天"),
    ("7月1日至20日，有两天降雨。", None),
    ("7月1日至8月31日，三天一报。", None),
    ("5月6日，检修月落幕。这项活动从4月7日启动，前后整整30天。", None),
    ("一标5月6日完工，历时30天。二标6月1日开工。", None),
]


@pytest.mark.parametrize(("said", "words"), DAYS, ids=[said for said, _ in DAYS])
def test_days_are_those_between_the_first_and_the_last(said, words):
    lasting = [
        where for rule, where in found(TITLE.format(said)) if rule in ("number-unreal", "period-backwards")
    ]
    assert lasting == ([words] if words else [])


NUMBERED = [
    ("按照《检修规程》（东水〔2024〕16号，2024年4月2日印发）执行。", []),
    ("按照《检修规程》（东水〔2009〕16号，2024年4月2日印发）执行。", ["2009"]),
    ("按照《检修规程》（东水〔2023〕16号，2024年1月12日印发）执行。", []),
    ("按照《检修规程》（东水〔2019〕16号，2024年4月2日修订）执行。", []),
]


@pytest.mark.parametrize(("said", "words"), NUMBERED, ids=[said for said, _ in NUMBERED])
def test_a_number_and_the_day_it_was_given_on_are_of_one_year(said, words):
    assert [where for rule, where in found(TITLE.format(said)) if rule == "other-year"] == words


GAMES = "关于举办2026年全市职工羽毛球赛的通知\n各单位：\n{}\n东湾市总工会\n2026年3月1日"
EDITIONS = [
    ("决定举办2026年职工羽毛球赛（第九届）。本赛事创办于2018年，每年一届。", None),
    ("决定举办2026年职工羽毛球赛（第七届）。本赛事创办于2018年，每年一届。", "2026年职工羽毛球赛（第七届"),
    ("决定举办2026年职工羽毛球赛（第五届）。本赛事创办于2018年，每两年一届。", None),
    ("决定举办2026年职工羽毛球赛（第七届）。本赛事创办于2018年，每年一届，其间停办两年。", None),
    ("4月举办第二十届羽毛球赛（第二十一届于2025年4月举办）。", "第二十届"),
    ("4月举办第二十二届羽毛球赛（第二十一届于2025年4月举办）。", None),
    ("第七届人大代表和第三届理事会成员可报名第九届羽毛球赛。", None),
    ("我会成立于1976年。成立45周年之际，举办比赛。", "45周年"),
    ("我会成立于1976年。成立50周年之际，举办比赛。", None),
]


@pytest.mark.parametrize(("said", "words"), EDITIONS, ids=[said for said, _ in EDITIONS])
def test_an_edition_is_that_of_its_year(said, words):
    assert [where for _, where in found(GAMES.format(said))] == ([words] if words else [])


TITLES = [
    ("2024年6月水情评价\n（东湾水文站  2025年7月2日发布）\n摘要：2025年6月，来水较常年偏多。", "2024年"),
    ("2025年6月水情评价\n（东湾水文站  2025年7月2日发布）\n摘要：2025年6月，来水较常年偏多。", None),
    ("在全区2023年供水工作会议上的讲话\n（2025年9月11日）\n同志们：\n我讲三点。", "2023年"),
    ("在全区2024年度供水工作总结大会上的讲话\n（2025年1月11日）\n同志们：\n我讲三点。", None),
    (
        "2022—2023年采摘节工作总结\n2025年2月28日，采摘节落幕。自2024年12月15日开幕以来，接待3万人次。\n东湾区文旅局\n2025年3月10日",
        "2022—2023年",
    ),
    (
        "2024—2025年采摘节工作总结\n2025年2月28日，采摘节落幕。自2024年12月15日开幕以来，接待3万人次。\n东湾区文旅局\n2025年3月10日",
        None,
    ),
    ("东湾二中2024—2025学年度第一学期教研计划\n活动16次。\n东湾二中\n2025年9月5日", "2024—2025学年度"),
    ("东湾二中2025—2026学年度第一学期教研计划\n活动16次。\n东湾二中\n2025年9月5日", None),
    ("东湾二中2024—2025学年度第二学期工作总结\n活动16次。\n东湾二中\n2025年7月5日", None),
    (
        "关于东湾路2024年下半年施工安排的公告\n各位居民：\n7月7日进场。\n东湾街道办事处\n2025年6月25日",
        "2024年",
    ),
    (
        "关于东湾路2024年下半年工程结算情况的公告\n各位居民：\n已结算。\n东湾街道办事处\n2025年6月25日",
        None,
    ),
]


@pytest.mark.parametrize(("text", "words"), TITLES, ids=[text[:30] for text, _ in TITLES])
def test_a_title_is_of_the_year_that_its_paper_bears_out(text, words):
    assert [where for rule, where in found(text) if rule == "title-year"] == ([words] if words else [])


SHARED = [
    ("一厂3.2万吨，二厂2.8万吨，三厂2.6万吨，三家合计8.6万吨。", None),
    ("组织培训班3期，参训人员分别为65人、58人、72人。", None),
    ("东岭镇：查出问题14个。\n西河镇：查出问题12个。\n南台镇：查出问题13个。\n以上3个镇合计39个。", None),
]


@pytest.mark.parametrize(("said", "words"), SHARED, ids=[said for said, _ in SHARED])
def test_a_sum_is_of_as_many_as_are_told(said, words):
    assert [where for rule, where in found(TITLE.format(said)) if rule == "counts-differ"] == (
        [words] if words else []
    )


def test_rows_parted_by_commas_fill_the_wholes_told_before():
    said = "改造管网{}公里、泵站26座。\n按片区分，东片20公里、泵站9座，西片16公里、泵站7座，南片13公里、泵站10座。"
    assert found(TITLE.format(said.format(49))) == []
    assert found(TITLE.format(said.format(56))) == [("total-wrong", "56公里")]


def test_parts_that_are_told_again_add_nothing():
    said = "受理5268件，审结4194件。审结的案件中，判决1677件，调解1468件，撤诉1049件，非判决方式2517件。"
    assert found(TITLE.format(said)) == []


WANTING = "三、存在问题\n18座泵房中有4座建于上世纪，需要维修；巡线员偏少。\n四、下步打算\n7月底前{}。"
PUT_RIGHT = [
    ("完成4座老旧泵房的维修设计", None),
    ("完成3座老旧泵房的维修设计", None),
    ("新建6座泵房，维修管线3处", None),
]


@pytest.mark.parametrize(("said", "words"), PUT_RIGHT, ids=[said for said, _ in PUT_RIGHT])
def test_no_more_is_put_right_than_was_found_wanting(said, words):
    paper = TITLE.format(WANTING.format(said)).replace("2025年9月20日", "2025年6月20日")
    assert [where for rule, where in found(paper) if rule == "counts-differ"] == ([words] if words else [])
