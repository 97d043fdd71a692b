"""Kinds that leave nothing over between them: 已整改 and 未整改, 一类 to 五类, 小学 and 初中, 重点村 and 一般村."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_PAIRS = (
    ("已", "未"),
    ("已", "正在"),
    ("已", "尚未"),
    ("已整改", "限期整改"),
    ("立即整改", "限期整改"),
    ("当场整改", "限期整改"),
    ("现场整改", "限期整改"),
    ("一般", "重大"),
    ("男", "女"),
    ("合格", "不合格"),
    ("国有", "集体"),
    ("城镇", "农村"),
    ("城镇", "乡村"),
    ("线上", "线下"),
    ("现场", "线上"),
    ("现场", "网上"),
    ("窗口", "网上"),
    ("专业", "半专业"),
    ("专职", "兼职"),
    ("公益林", "商品林"),
    ("白班", "夜班"),
    ("白天", "夜间"),
    ("境内", "境外"),
    ("正式", "临时"),
    ("机关", "基层"),
)
# Pairs that leave nothing over nearly always.
_LIKELY = (
    ("新建", "续建"),
    ("新建", "改建"),
    ("新建", "改造"),
    ("新增", "原有"),
    ("室内", "室外"),
    ("省内", "省外"),
    ("县内", "县外"),
    ("本地", "外地"),
    ("本地", "外来"),
    ("公办", "民办"),
    ("公立", "民办"),
    ("大型", "小型"),
    ("固定", "流动"),
    ("自有", "租赁"),
    ("旱地", "水田"),
    ("快充", "慢充"),
    ("正", "负"),
    ("税收", "非税"),
    ("夏粮", "秋粮"),
    ("早稻", "晚稻"),
    ("重点", "一般"),
    ("重点", "非重点"),
    ("主要", "一般"),
    ("早年", "新"),
    ("原有", "新"),
    ("老", "新"),
    ("旧", "新"),
    ("已建", "新建"),
    ("已建", "在建"),
    ("往年", "今年"),
    ("结转", "新"),
)

# The members of each series fill a whole between them, and two of one series are never the same thing.
_SERIES = tuple(
    tuple(each.split())
    for each in (
        "第一 第二 第三 第四 第五 第六",
        "一类 二类 三类 四类 五类 六类",
        "Ⅰ类 Ⅱ类 Ⅲ类 Ⅳ类 Ⅴ类",
        "一级 二级 三级 四级 五级",
        "甲类 乙类 丙类 丁类",
        "甲班 乙班 丙班 丁班",
        "一期 二期 三期 四期",
        "一组 二组 三组 四组 五组",
        "一季度 二季度 三季度 四季度",
        "正高 副高 高级 中级 初级 员级",
        "优秀 良好 合格 基本合格 不合格 达标 不达标 较差 一般 优等 次等 差等",
        "优 良 轻度 中度 重度 严重",
        "幼儿园 小学 初中 高中 中职 职高 普高 完全中学 九年一贯制 特殊教育 大学",
        "特别重大 重大 较大 一般",
        "红色 橙色 黄色 蓝色",
        "东片 西片 南片 北片 中片",
        "东部 西部 南部 北部 中部",
        "老年 中年 青年 少年",
        "续建 新建 改建 扩建 改造 提升 加固 迁建 重建",
        "上旬 中旬 下旬",
        "来信 来访 来电",
        "死亡 受伤 失踪 重伤 轻伤",
        "大型 中型 小型 微型",
        "国道 省道 县道 乡道 村道",
        "春季 夏季 秋季 冬季",
        "上午 下午 晚上",
        "竣工 完工 在建 续建 开工 前期 待建 拟建 未开工 已建成",
        "Ⅰ级 Ⅱ级 Ⅲ级 Ⅳ级",
        "A级 B级 C级 D级",
        "轻旱 中旱 重旱 干枯",
        "党政 事业 企业",
        "小雨 中雨 大雨 暴雨 大暴雨 特大暴雨",
        "正常 完好 大修 维修 待修 停用 损坏 报废",
        "火灾 抢险 救助",
        "利用 处置 贮存 倾倒 填埋 焚烧",
    )
)
_STAGES = (
    ("开工", "(?<!未)(?:完工|竣工|建成|验收|投产)"),
    ("受理", "办结|结案"),
    ("签约", "开工|入住|到位"),
    ("立案", "结案|办结"),
    ("报名", "录取|合格"),
)
"""What is begun before it is finished, so that both are told of one thing."""
_KINDS = frozenset("岗村镇县区类组队站所厂店户车船库林地田路桥校园院片班科室股级型款点")
_LEVELS = re.compile(
    r"^(?:其中)?(?:中央|国家|省|市|区县|县|区|乡镇|街道|乡|镇|村|屯|组|户)(?:本?级|财政|直|属|域)?"
)
_SIDE = re.compile(r"[东南西北中上下左右前后内外大小新旧老][\u4e00-\u9fff]{1,3}$")
_MONTH = re.compile(r"(?:(?P<from>\d{1,2})月?[—\-–~～至到]{1,2})?(?P<to>\d{1,2})月")
_CLASS = re.compile(r"档+[上下档]")
_NOT = re.compile(r"^(?:非|不|未|无)(?P<what>.{2,})$")


def joins(labels: Sequence[str], piece: str) -> bool:
    """Whether what a piece tells and what one of the parts tells are such a pair."""
    return any(
        (one in label and other in piece) or (other in label and one in piece)
        for label in labels
        for one, other in _PAIRS
    )


def complementary(labels: Sequence[str]) -> bool:
    """已整改 and 未整改, 一般 and 重大: two parts that leave nothing over."""
    return len(labels) == 2 and (_paired(_PAIRS, *labels) or _denied(*labels) or _denied(*labels[::-1]))


def opposed(labels: Sequence[str]) -> bool:
    """Such a pair, or one that nearly always leaves nothing over: 新建 and 续建."""
    return complementary(labels) or (len(labels) == 2 and _paired(_LIKELY, *labels))


def _paired(pairs: Sequence[tuple[str, str]], first: str, second: str) -> bool:
    return any(
        (first.startswith(one) and second.startswith(other))
        or (first.startswith(other) and second.startswith(one))
        for one, other in pairs
    )


def _denied(first: str, second: str) -> bool:
    """免疫规划疫苗 and 非免疫规划疫苗."""
    denied = _NOT.match(second)
    return denied is not None and denied["what"] == first


def partition(labels: Sequence[str]) -> bool:
    """Whether parts so called were made to fill a whole: a pair that leaves nothing over, or steps of a series."""
    if len(labels) < 2 or not all(labels):
        return False
    return opposed(labels) or stepped(labels) or levels(labels)


def stepped(labels: Sequence[str]) -> bool:
    """一类、二类、三类; 小学、初中、高中; 优秀、良好、合格."""
    if len(set(labels)) < len(labels):
        return False
    return (
        _sides(labels)
        or _months(labels)
        or _classes(labels)
        or any(_steps(series, labels) for series in _SERIES)
    )


def _steps(series: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether each label tells a step of its own: 重点企业 and 困难企业 both tell 企业."""
    told = [max((step for step in series if step in label), key=len, default="") for label in labels]
    return all(told) and len(set(told)) == len(told)


def _classes(labels: Sequence[str]) -> bool:
    """90分以上, 80至89分, 80分以下: from one end to the other (see `itemised`)."""
    ends = {label[-1] for label in labels if label.startswith("档")}
    return {"上", "下"} <= ends and all(map(_CLASS.match, labels))


def _months(labels: Sequence[str]) -> bool:
    """1—3月, 4月, 5月, 6月: one after the other, as a time is told by its months."""
    spans = [_MONTH.match(label) for label in labels]
    held = [(int(each["from"] or each["to"]), int(each["to"])) for each in spans if each]
    after_each_other = all(two[0] == one[1] % 12 + 1 for one, two in pairwise(held))
    stretches = any(one != two for one, two in held)
    return len(held) == len(labels) > 1 + (not stretches) and after_each_other


def _sides(labels: Sequence[str]) -> bool:
    """东点、中点、西点."""
    return len(labels) > 1 and all(map(_SIDE.match, labels)) and len({label[1:] for label in labels}) == 1


def levels(labels: Sequence[str]) -> bool:
    """市级、县级、乡镇: levels of a whole, though some things are of none."""
    return all(_LEVELS.match(label) for label in labels) and len(set(labels)) == len(labels)


def kin(labels: Sequence[str]) -> bool:
    """重点防治村 and 普通防治村, 通信技术岗 and 值班调度岗: one noun, told apart by what stands before it."""
    kinds = {label[-1:] for label in labels}
    return len(labels) > 1 and len(kinds) == 1 and kinds <= _KINDS and all(len(label) > 2 for label in labels)


def staged(labels: Sequence[str]) -> bool:
    """Whether one part is of another, since what was finished had been begun: 开工91个, 完工22个."""
    return any(
        any(begun in each for each in labels) and any(re.search(done, each) for each in labels)
        for begun, done in _STAGES
    )
