"""What was typed twice, signs and brackets that belong to nothing, beside what is written so on purpose."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules import noise

NOISE = ("repeated-word", "copy-protection", "doubled-punctuation", "half-width-punctuation", "site-footer")


def told(text: str) -> list[tuple[str, str]]:
    """Rule and words of everything found."""
    return [
        (each.rule, text[each.span.start : each.span.end].strip()) for each in noise.check(from_text(text))
    ]


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("尚缺口624万元万元，由县级财政解决。", "万元万元"),
        ("连续安全飞行33年年，未发生事故。", "年年"),
        ("团体第一名授予流动奖杯杯。", "杯杯"),
        ("补充路面石石料4200立方米。", "石石"),
        ("登记造册并建立台账账。", "账账"),
        ("我站较好地完成了完成了全年任务。", "完成了完成了"),
        ("管理站应在7日内7日内答复。", "7日内7日内"),
        ("现通知通知如下，请遵照执行。", "通知通知"),
        ("今年控制在在1.5%以内。", "在在"),
        ("现将有关情况总结如下下。", "下下"),
        ("维修面积3.4万平方米米，十月完工。", "平方米米"),
        ("地址在海达路8号8号，机关三楼。", "8号8号"),
        ("县住建局建立建立季度检修制度。", "建立建立"),
    ],
)
def test_what_was_typed_twice_is_told_and_never_taken_out(line, seen):
    (found,) = [each for each in noise.check(from_text(line)) if each.rule == "repeated-word"]
    assert line[found.span.start : found.span.end] == seen
    assert found.mend is None


@pytest.mark.parametrize(
    "line",
    [
        "工会会员和职工工资都由镇财政所核对，学校校长签字。",
        "家家户户有人看管，年年都要检查，层层落实责任，人人尽职。",
        "请大家研究研究，议一议，看看还有什么办法。",
        "2025年年中工作会议在县政府召开，2025年年底前完成。",
        "休渔渔船一律进港，全县县道养护到位，各村村道畅通。",
        "牢牢守住底线，常常提醒，慢慢恢复。",
        "从从容容应对，天天如此，大家商量商量再定，一步一步来。",
    ],
)
def test_what_is_said_twice_on_purpose_is_not(line):
    assert not [each for each in told(line) if each[0] == "repeated-word"]


@pytest.mark.parametrize(
    ("line", "rule", "seen"),
    [
        ("改种秋荞◎，水田于三月底前复垦。", "copy-protection", "◎"),
        ("拟供地900亩，已落实一半。三、主要困难﹏﹏", "copy-protection", "﹏﹏"),
        ("无人员伤亡。★★★ 按月份统计，十月两起。", "copy-protection", "★★★"),
        ("群众反映强烈■。", "copy-protection", "■"),
        ("现将结果通报如下。）", "doubled-punctuation", "。）"),
        ("其中四道梁林场欠账较多。】", "doubled-punctuation", "。】"),
        ("制定方案如下：。", "doubled-punctuation", "：。"),
        ("学生到课率91％％，比上月高。", "doubled-punctuation", "％％"),
        ("应急能力弱．现有应急车3辆。", "half-width-punctuation", "．"),
        ("企业要合理安排检修，避免集中用能...", "half-width-punctuation", "..."),
        ("企业反映强烈，要求尽快解决。阅读全文>>", "site-footer", "阅读全文>>"),
        ("工作要求\n广告位招租 联系站长\n四、安全与培训", "site-footer", "广告位招租 联系站长"),
        ("备案累计3.24万份。（已阅读 1326 次）", "site-footer", "（已阅读 1326 次）"),
        ("候车时间长占半数。\n共2页 1 2 下一页", "site-footer", "共2页 1 2 下一页"),
        ("复检不合格的均已依规处置 ⊕ 。", "copy-protection", "⊕"),
    ],
)
def test_what_belongs_to_nothing_is_told(line, rule, seen):
    assert (rule, seen) in told(line)


@pytest.mark.parametrize(
    "line",
    [
        "1）登记；2）复核；a）存档。",
        "★重点任务\n★一般任务\n请各村按★标出的任务先办。",
        "他说：“先把水位降下来。\n再查管涌。”大家照办。",
        "会议强调（详见附件。）",
        "本次评定的三家民宿为四星级★★★★。\n另有两家★★★。\n其余★★。",
        "参见《管理办法》（试行）。",
        "经办人：　　　　。",
        "自2025年8月，？社区用户反映自来水有土腥味。",
    ],
)
def test_what_belongs_somewhere_is_not(line):
    assert not [each for each in told(line) if each[0] in NOISE]
