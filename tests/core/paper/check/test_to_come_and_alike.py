"""What is to come in papers that look back, one paper named with two years, and what nobody gives orders for yet."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told

HALF = "松原县2025年上半年渡口管理工作小结\n上半年没有发生事故。\n{}\n松原县交通运输局\n2025年7月2日"
SECOND = (
    "松原县2025年下半年渡口管理工作总结\n2025年下半年没有发生事故。\n{}\n松原县交通运输局\n2025年12月28日"
)
SPRING = "松原镇2025年春季渡口检查情况\n3月1日至3月20日查了9处渡口。\n{}\n松原镇人民政府\n2025年3月22日"
PLAN = "松原县2025年秋季护林防火工作方案\n各乡镇：\n{}\n松原县林业局\n2025年8月2日"
ISSUED = (
    "关于印发《松原县2025年防汛预案》的通知\n松政办发〔2025〕6号\n各乡镇：\n"
    "《松原县2025年防汛预案》已经县政府同意，现印发给你们。{}\n松原县人民政府办公室\n2025年3月6日\n"
    "松原县{}年防汛预案\n一、总则\n为做好防汛工作，制定本预案。"
)
AGREED = (
    "松原县人民政府关于同意《松原县水利规划（2026—2030年）》的批复\n松政复〔2026〕3号\n县水务局：\n"
    "你局《关于审批〈松原县水利规划（{}年）〉的请示》（松水〔2026〕3号）收悉。"
    "原则同意《松原县水利规划（2026—2030年）》。\n松原县人民政府\n2026年1月8日"
)
BULLETIN = (
    "三防简报\n第8期\n松原镇三防办编　　2025年8月4日\n松原镇防御台风\n"
    "{}上午9时，镇三防办启动应急响应。8月2日转移群众90人。"
)


@pytest.mark.parametrize(
    ("paper", "said", "asked"),
    [
        # A paragraph that opens with the time to come tells of nothing else.
        (HALF, "下半年准备做三件事：一是7月底前换完缆绳；二是8月搞一次演练；三是10月15日开现场会。", []),
        (HALF, "今后三个月最要紧：7月10日起每天巡河，8月15日搞一次演练。", []),
        (SPRING, "今后，4月5日清明当天全员上船；5月1日起轮休。", []),
        (HALF, "8月15日搞了一次演练。", [("other-half", "8月15日")]),
        # What others say of a day, and what comes before a term.
        (HALF, "配件厂答复9月5日才能到货，两台泵8月20日以后才会装。", []),
        (SPRING, "船工房漏雨，已补2间，剩1间瓦4月3日送到，4月12日前铺完。", []),
        (SPRING, "4月3日组织船工培训，4月12日前完成整改。", [("other-half", "4月3日")]),
        # A meeting on the half before is held in this one.
        (SECOND, "7月9日，召开上半年渡口工作总结会。8月2日，召开上半年隐患整改讲评会。", []),
        (
            SECOND,
            "转移群众4次，其中3月8日至3月10日连续转移90人，安置点管饭，分2批送回。",
            [("other-half", "3月8日")],
        ),
        (HALF, "9月2日至9月5日，全镇普降大雨，累计转移90人。", [("other-half", "9月2日")]),
        # Orders for a time of the year are not numbered in the year before.
        (
            PLAN,
            "根据《关于开展2025年第三季度检查的通知》（松防〔2024〕41号）开展检查。",
            [("other-year", "2024")],
        ),
        (PLAN, "根据《关于提前下达2025年防火资金的通知》（松财〔2024〕91号）安排。", []),
        (PLAN, "2024年3月发布的《松原县2014年护林方案》同时废止。", [("other-year", "2014")]),
        (PLAN, "2024年3月发布的《松原县2024年护林方案》同时废止。", []),
        (
            PLAN,
            "根据《关于做好2013年秋季护林防火工作的通知》（松防〔2013〕5号），制定本方案。",
            [("other-year", "2013年")],
        ),
        (PLAN, "依据《松原县2025年至2027年护林计划》（松政〔2009〕5号）。", [("other-year", "2009")]),
        (PLAN, "要吸取2031年林火教训。", [("other-year", "2031年")]),
        (PLAN, "要吸取2021年林火教训。", []),
        (PLAN, "按2014年全市护林会议提出的要求，补足物资。", [("other-year", "2014年")]),
        (PLAN, "现行补助每亩2元，自2019年6月1日起执行。", []),
        # Of a day and the number of what was issued on it, the one that is not the paper's differs.
        (
            SECOND,
            "2015年9月16日，县政府印发《松原县2025年渡口整治要点》（松交〔2025〕5号）。",
            [("other-year", "2015年9月16日")],
        ),
        (BULLETIN, "2017年8月1日", [("other-year", "2017年8月1日上午9时")]),
        (BULLETIN, "2025年8月1日", []),
        # One paper has one year.
        (AGREED, "2016—2020", [("other-year", "2016—2020")]),
        (AGREED, "2026—2030", []),
    ],
)
def test_times_to_come_and_papers_of_another_year(paper, said, asked):
    assert told(numbers.check, paper.format(said)) == asked


@pytest.mark.parametrize(
    ("besides", "year", "asked"),
    [
        ("", 2025, []),
        ("2024年印发的《松原县2024年防汛预案》同时废止。", 2025, []),
    ],
)
def test_what_is_issued_has_the_title_that_it_is_issued_under(besides, year, asked):
    assert told(numbers.check, ISSUED.format(besides, year)) == asked
