"""Feasts, seasons, months and days that lie where the paper, the calendar or its signing does not let them."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules import numbers

RULES = ("other-half", "deadline-past")


def _told(title: str, said: str, day: str) -> list[str]:
    text = f"{title}\n{said}\n杏坪镇人民政府\n{day}\n"
    return [
        text[each.span.start : each.span.end] for each in numbers.check(from_text(text)) if each.rule in RULES
    ]


DUTY = ("关于2025年假日值班工作情况的报告", "2025年12月28日")


@pytest.mark.parametrize(
    "said",
    [
        "国庆假期（1月28日至2月4日）八天无事故。",
        "中秋节（1月31日，星期五）接待游客2万人次。",
        "端午节为9月1日，放假一天。",
        "10月12日是全国防灾减灾日，设点宣传。",
        "4月4日（重阳节）走访老人30名。",
        "3月“安全生产月”期间检查企业12家。",
        "除夕（4月28日）值班6人。",
        "活动放在春分当天，即9月22日。",
    ],
)
def test_a_feast_beside_a_day_that_cannot_be_its_is_told(said):
    assert _told(DUTY[0], said, DUTY[1])


@pytest.mark.parametrize(
    "said",
    [
        "春节假期（1月28日至2月4日）八天无事故。",
        "大年初三（1月31日，星期五）接待游客2万人次。",
        "国庆中秋假期（10月1日至8日）出警3次。",
        "5月12日是全国防灾减灾日，设点宣传。",
        "6月“安全生产月”期间检查企业12家。",
        "8月20日中秋月饼抽检10批次。",
        "8月20日中秋节前市场检查开始。",
        "春节慰问（1月10日至20日）30户。",
    ],
)
def test_a_feast_on_its_day_and_what_is_made_ready_for_it_are_left_alone(said):
    assert _told(DUTY[0], said, DUTY[1]) == []


@pytest.mark.parametrize(
    ("title", "said", "day", "found"),
    [
        ("关于闸门检修有关事项的通知", "备件已于9月4日到货，请各站领取。", "2025年5月6日", "9月4日"),
        ("县域经济运行情况", "商品房销售8月以来连续两个月下降。", "2025年7月18日", "8月"),
        ("综合执法队周报", "本周立案7起。5月25日夜查渣土车，暂扣2辆。", "2025年5月19日", "5月25日"),
        (
            "关于仓容情况的通报",
            "截至7月31日，剩余19处已逐处落实，力争月底前清零。",
            "2025年7月3日",
            "7月31日",
        ),
        ("2025年春季防火总结", "中秋节期间出动宣传车56台次。", "2025年6月20日", "中秋节期间"),
    ],
)
def test_what_is_told_as_done_after_the_signing_is_told(title, said, day, found):
    assert found in _told(title, said, day)


@pytest.mark.parametrize(
    ("title", "said", "day"),
    [
        ("关于闸门检修有关事项的通知", "备件将于9月4日到货，届时请各站领取。", "2025年5月6日"),
        ("2024年馆库搬迁情况通报", "新馆2025年1月6日对外开放，查档同日恢复。", "2024年12月27日"),
        ("2025年冬季清雪工作通报", "11月18日首场降雪后，出动铲雪车126台次。", "2025年3月20日"),
        ("关于举办棋类比赛的请示", "拟于10月18日举办。报名9月10日截止，9月25日抽签。", "2025年7月30日"),
        ("2025年春季防火总结", "下一步，中秋节期间加派巡护。", "2025年6月20日"),
    ],
)
def test_what_is_still_to_come_and_what_was_the_year_before_are_left_alone(title, said, day):
    assert _told(title, said, day) == []


@pytest.mark.parametrize(
    ("title", "said", "day", "found"),
    [
        ("致客户的一封信", "二月下旬，我行将在各网点办座谈会。", "2025年7月8日", "二月"),
        ("2025年下半年施工安排的告知书", "剩余5栋安排在2月至4月。", "2025年6月25日", "2月"),
        ("关于举办棋类比赛的请示", "报名9月10日截止，4月25日抽签。", "2025年7月30日", "4月25日"),
        ("关于开学防病的提示", "2月28日报到前，请自备常用药。", "2025年8月25日", "2月28日"),
    ],
)
def test_what_is_to_come_in_a_month_that_is_over_is_told(title, said, day, found):
    assert found in _told(title, said, day)


@pytest.mark.parametrize(
    ("title", "said", "day", "found"),
    [
        ("第一小学2024—2025学年度第一学期工作计划", "4月、6月各组织一次消防演练。", "2024年9月2日", "4月"),
        ("关于国庆节期间市场检查情况的通报", "除夕当天重点查看了消防通道。", "2024年10月10日", "除夕当天"),
        (
            "秋冬季防火方案",
            "一、时间：2024年10月1日至2025年2月28日。\n二、6月起每日巡护两次。",
            "2024年9月18日",
            "6月",
        ),
        ("关于2025年春季农业生产的通知", "当前正值晚稻收割的要紧时候。", "2025年3月3日", "晚稻收割"),
        ("关于2025年“三夏”农机保障的报告", "秋种紧随其后，玉米播种过七成。", "2025年6月19日", "秋种"),
        (
            "关于举办职工篮球赛的通知",
            "比赛定于2025年9月12日至20日举行。1月11日适应场地。",
            "2025年8月8日",
            "1月11日",
        ),
        ("2025年一季度经营简报", "2月受国庆和大雾影响，降到262万吨。", "2025年4月11日", "2月受国庆"),
        ("2025年三季度调度通报", "3月3日至5日受台风影响停产3天。", "2025年10月11日", "3月3日至5日受台风"),
        ("北陵医院2025年第三季度质量简报", "三季度手术2826台。\n【二季度安排】", "2025年10月15日", "二季度"),
    ],
)
def test_what_lies_far_from_the_papers_own_part_of_the_year_is_told(title, said, day, found):
    assert found in _told(title, said, day)


@pytest.mark.parametrize(
    ("title", "said", "day"),
    [
        (
            "第一小学2024—2025学年度第一学期工作计划",
            "9月、11月各组织一次消防演练，1月底前报齐教材数。",
            "2024年9月2日",
        ),
        (
            "关于国庆节期间市场检查情况的通报",
            "与今年五一假期相比少4件。下一步结合元旦、春节安排检查。",
            "2024年10月10日",
        ),
        (
            "秋冬季防火方案",
            "一、时间：2024年10月1日至2025年2月28日。\n二、清明防火另订方案，3月上旬印发。",
            "2024年9月18日",
        ),
        ("关于2025年“三夏”农机保障的报告", "今年“三秋”的预案，将在8月下旬拟出。", "2025年6月19日"),
        ("关于夏粮收购的纪要", "晚稻收购的仓容到8月再议，届时成文。", "2025年5月27日"),
        ("2025年三季度调度通报", "8月3日至5日受台风影响停产3天。", "2025年10月11日"),
        ("供热公司2025年工作情况", "6月开展冬季供暖设施检修。", "2025年7月10日"),
        ("北陵医院2025年第三季度质量简报", "三季度手术2826台。\n【四季度安排】", "2025年10月15日"),
    ],
)
def test_what_another_word_explains_is_left_alone(title, said, day):
    assert _told(title, said, day) == []


def test_a_title_of_another_season_than_all_days_of_the_paper_is_told():
    said = "7月12日至8月16日，医生来社区坐诊6次。\n7月26日看了94人。8月9日添了眼底照相。"
    assert "寒假" in _told("社区寒假义诊纪实", said, "2025年8月20日")
    assert _told("社区暑期义诊纪实", said, "2025年8月20日") == []


def test_a_long_line_of_months_and_feasts_is_read_in_time():
    said = "3月5日组织志愿服务，春节期间走访，4月清明祭扫，5月受台风影响，" * 700
    assert len(said) > 20000
    _told("2025年上半年工作总结", said, "2025年7月5日")
