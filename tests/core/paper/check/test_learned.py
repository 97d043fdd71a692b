"""What papers whose faults are known teach: figures and times that stand in a whole paper are judged by it."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingClassifier

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules import numbers
from fenghuo.core.paper.check.rules.numbers.learned.asked import asked
from fenghuo.core.paper.check.rules.numbers.learned.candidates import candidates
from fenghuo.core.paper.check.rules.numbers.learned.figures import figures
from fenghuo.core.paper.check.rules.numbers.learned.forest import forest
from fenghuo.core.paper.check.rules.numbers.learned.mentions import mentions
from fenghuo.core.paper.check.rules.numbers.text.frame import frame
from scripts.learn_numbers.grow import grown
from tests.core.paper.strangers import FOLDER

NOTICE = """清源县森林防灭火指挥部关于做好2026年春季森林防火工作的通知
清森防指〔2026〕6号

各乡镇人民政府，县森林防灭火指挥部各成员单位：
为做好2026年春季森林防火工作，确保不发生重特大森林火灾，现就有关事项通知如下：
一、突出重点区域
全县12个乡镇共划定重点管控区域86处，其中坟墓集中区41处、林缘村庄27处、景区及游步道18处，每处明确一名责任人，名单于2月10日前报县森防指办公室。各乡镇要在重点区域设立检查站，入山人员一律登记，收缴火种，严禁野外用火。
二、强化宣传教育
各乡镇要组织宣传车进村入户，张贴禁火令，发放宣传单2万份，做到家喻户晓。中小学校要在开学第一周上一堂防火课，县融媒体中心每天滚动播出火险信息。
三、严格督查问责
2月15日至4月30日，县森防指将派出4个督导组，对86处重点管控区域开展不打招呼抽查，抽查结果纳入年度考核。对责任不落实、措施不到位引发森林火灾的，依法依规追究责任。
四、加强应急准备
县专业扑火队60人集中食宿、靠前驻防，各乡镇半专业扑火队保持24小时待命，值班电话保持畅通，火情信息在30分钟内上报。储备风力灭火机120台、水泵15台，2月底前完成一次全面检修。

清源县森林防灭火指挥部
2026年1月28日
"""


def told(text: str) -> list[tuple[str, str]]:
    return [(each.rule, text[each.span.start : each.span.end]) for each in numbers.check(from_text(text))]


def test_a_right_paper_is_left_alone():
    assert told(NOTICE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule", "words"),
    [
        ("对86处重点管控区域", "对68处重点管控区域", "counts-differ", "68处"),
        ("关于做好2026年春季", "关于做好2025年春季", "title-year", "2025年"),
        ("为做好2026年春季", "为做好2025年春季", "other-year", "2025年"),
    ],
)
def test_what_the_whole_paper_contradicts_is_told(right, wrong, rule, words):
    assert (rule, words) in told(NOTICE.replace(right, wrong, 1))


def test_a_forest_that_ships_tells_what_the_one_that_was_grown_does():
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(400, 6)).astype(np.float32)
    right = rows[:, 0] + rows[:, 1] * rows[:, 2] > 0.3
    kept = grown(rows, right, trees=20, leaves=8, rate=0.1, depth=5)
    model = HistGradientBoostingClassifier(
        max_iter=20,
        learning_rate=0.1,
        max_leaf_nodes=8,
        max_depth=5,
        min_samples_leaf=12,
        l2_regularization=2.0,
        early_stopping=False,
        random_state=0,
    ).fit(rows, right)
    assert np.allclose(kept.likely(rows), model.predict_proba(rows)[:, 1], atol=1e-5)


@given(st.lists(st.integers(2, 400), min_size=2, max_size=8))
def test_a_sum_is_among_the_ways_in_which_its_whole_comes_out(parts):
    said = f"共{sum(parts)}处，其中" + "，".join(f"甲{each}处" for each in parts) + "。"
    found = figures(from_text(said))
    ways = {(each.kind, Decimal(str(each.right))) for each in candidates(found) if each.holds}
    assert ("sum-behind", Decimal(sum(parts)) + Decimal("0.0")) in ways


def test_every_time_is_read_as_what_it_is():
    said = "2025年上半年，第十二届运动会于3月5日（星期三）开幕，1月至6月、第二季度和“十四五”期间"
    found = [(each.sort, said[each.start : each.end]) for each in mentions(from_text(said), frozenset())]
    assert found == [
        ("year", "2025"),
        ("half", "上半年"),
        ("edition", "第十二届"),
        ("month", "3月5日（星期三）"),
        ("month", "1月"),
        ("range", "1月至6月"),
        ("month", "6月"),
        ("quarter", "第二季度"),
        ("plan", "十四五"),
    ]


def test_what_is_likely_is_a_likelihood_for_every_paper_of_a_set():
    for path in sorted((FOLDER / "whole-steppe" / "clean").glob("*.txt"))[:6]:
        document = from_text(path.read_text(encoding="utf-8"))
        found = asked(document, frame(document))
        assert len(found.times) == len(found.whole.all)
        assert all(0 <= each <= 1 for each in (*found.times, *(likely for _, likely in found.claims)))


def test_a_yearbook_is_left_to_the_looks():
    assert told("本所检修水泵12台。\n" * 4000) == []


@pytest.mark.parametrize("name", ["times", "figures", "same", "share"])
def test_forests_ship_with_the_program(name):
    assert forest(name).likely([[0.0] * 200])[0] < 1
