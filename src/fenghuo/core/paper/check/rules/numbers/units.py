"""Numbers without their unit, and one measure told in two units that do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, pairwise

from ...document import Document
from ...finding import Elsewhere, Finding, Span
from ...rulebook import rules
from .quantities import plain, quantities
from .sentences import sentences

_VERB = (
    r"检查|排查|发现|出动|发放|投入|整改|组织|开展|培训|清理|巡查|张贴|悬挂|入户|走访|签订|查处|劝阻|制止|发送|救助|转移|受理|办结|"
    r"安装|新建|建成|修建|维修|配备|储备|检修|召开|举办|参训|参加|接报|处置|印发|下发|制作|播放|设置|设立|新增|清除|拆除|共有|现有|"
    r"共计|合计|累计|调解|化解|回访|慰问|种植|栽植|造林|抚育|采购|购置|筹集|募集|拨付|兑现|解决|完成|销号|责令|约谈|立案|抽查|督查|发生|登记|受伤|"
    r"抽检|检测|监测|送检|检验|查验|核验|采集|采样|取样|配发|分发|派发|赠送|领取|调拨|调运|调集|搭建|架设|铺设|疏通|修复|加固|改造|更新|"
    r"维护|保养|补种|收集|收到|接到|接待|接听|回复|评选|招募|选派|抽调|组建|成立|布设|粘贴|喷涂|绘制|编写|编印|刊发|推送|转发|拍摄|录制|"
    r"录入|扫描|归档|上报|报送|审批|审核|核发|颁发|办理|取缔|关停|扣押|追回|打捞|投放|接种|消杀|动员|备案|认定|救治|搬迁|腾退|收治|"
    r"接处警|接警|疏散|新添|添置|添购|修补|补修|送[水餐药粮]|运送|输送|救出|营救|清运|清扫|安置|劝返|封堵|接送|护送|撤离|出警|处警|死亡|伤亡|失联|现存|库存|报废|更换|通报|下达|核查|摸排|抽取|涉及|惠及|投用|启用|参与|受灾|转移安置|倒塌|损毁|扑灭|查获|没收|净增|净减|开具|出具|制发"
)
_BARE = re.compile(
    rf"(?:{_VERB}|(?<=[，、])共(?=\d))(?P<noun>[^，。；：、\d（）()“”\s]{{0,12}}?)(?<![\dA-Za-z.第－\-/〔#&;])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)"
    r"(?P<end>$|[，。；、）)](?!\d{3}))"
)
_NO_UNIT = re.compile(
    r"拨打|拨通|报警|呼叫|指数|得分|分值|分数|评分|系数|编号|电话|热线|频率|比例|等级|代码|温度|湿度|经度|纬度|版本|邮编|号码|专线|平台|频道|文号|国道|省道|比分|"
    r"序号|标准|(?<!下)达(?!标)|(?:数|测|均|限|定|阈|峰)值|浓度|结果|号|pH|(?<!行)为|至|于|到(?![位岗期场])|GB|第|图|表|附件|从|在|年|系统|网|端口|密码|日期|时间|学号|序列"
)
_MONEY = re.compile(
    r"(?:资金|经费|补助|预算|支出|收入|捐款|善款|款项|补偿款|投资|罚款|产值|奖金|损失|费用|造价|金额|面积|总价|[费价]每[人台套户件亩])[^，。；、\d]{0,8}(?P<number>\d+(?:\.\d+)?)(?P<many>万|亿)?"
    r"(?P<end>$|[，。；、）)（(]|以[内上下]|左右)"
)
# An item of a list whose neighbours on both sides carry a unit: 大米8.4吨、食用油620、棉被310床.
_ITEM = re.compile(
    r"\d(?:[\u4e00-\u9fff]{1,10})(?<![年月日时号至到])、[\u4e00-\u9fff]{0,8}(?<![第图表号])(?P<number>\d+(?:\.\d+)?)"
    r"(?P<end>、(?=[\u4e00-\u9fff]{1,8}\d+(?:\.\d+)?[\u4e00-\u9fff])|，(?=[\u4e00-\u9fff]{1,8}\d+(?:\.\d+)?[万亿]?[\u4e00-\u9fff]))"
)
_EVERY = re.compile(r"平均(?:每隔?)?(?P<number>\d+(?:\.\d+)?)(?P<end>[一每](?=[块个处盏座根台人户名支]))")
# Each unit in its dimension's first; the mu is a fifteenth of a hectare.
_MEASURES: dict[str, tuple[str, Decimal]] = {
    "亩": ("area", Decimal(10000) / 15),
    "公顷": ("area", Decimal(10000)),
    "平方公里": ("area", Decimal(1000000)),
    "平方千米": ("area", Decimal(1000000)),
    "平方米": ("area", Decimal(1)),
    "公里": ("length", Decimal(1000)),
    "千米": ("length", Decimal(1000)),
    "里": ("length", Decimal(500)),
    "米": ("length", Decimal(1)),
    "厘米": ("length", Decimal("0.01")),
    "毫米": ("length", Decimal("0.001")),
    "吨": ("mass", Decimal(1000)),
    "公斤": ("mass", Decimal(1)),
    "千克": ("mass", Decimal(1)),
    "斤": ("mass", Decimal("0.5")),
    "克": ("mass", Decimal("0.001")),
    "小时": ("time", Decimal(60)),
    "分钟": ("time", Decimal(1)),
}
_SAME = re.compile(
    r"^\s*(?:[（(]\s*(?:即|约|折合|合|约合|相当于|折)?|[，,]?\s*(?:折合|约合|合计为|即|合|相当于))\s*约?$"
)


def check(document: Document) -> Iterator[Finding]:
    """Silent in tables, where the unit stands in the head."""
    for sentence in sentences(document):
        if not sentence.figures or sentence.cell or "\t" in sentence.text or "|" in sentence.text:
            continue
        text = sentence.plain
        told = set()
        for match in _BARE.finditer(text):
            if _NO_UNIT.search(match[0][: match.start("number") - match.start()]) or _shared(text, match):
                continue
            if re.fullmatch(r"1[12]\d|123\d\d|12119|(?:19|20)\d\d", match["number"]):
                continue  # 119, 12345, a year
            told.add(match.start("number"))
            yield _bare(sentence.start, sentence.text, match, "number")
        for match in _MONEY.finditer(text):
            if match.start("number") in told or _shared(text, match):
                continue
            if match["many"] or (match["end"][:1] not in ("以", "左") and not _NO_UNIT.search(match[0])):
                yield _bare(sentence.start, sentence.text, match, "number")
        for match in chain(_ITEM.finditer(text), _EVERY.finditer(text)):
            if match.start("number") not in told and not _NO_UNIT.search(
                text[max(match.start("number") - 8, 0) : match.start("number")]
            ):
                yield _bare(sentence.start, sentence.text, match, "number")
        yield from _conversions(text, sentence.start)


def _bare(start: int, text: str, match: re.Match[str], name: str) -> Finding:
    end = match.start("end")
    return rules()["unit-missing"].finding(
        start + match.start(name), start + end, found=text[match.start(name) : end]
    )


def _shared(text: str, match: re.Match[str]) -> bool:
    """企业20、学校12、林区8处: the last number's unit is every number's."""
    if match["end"] != "、":
        return False
    rest = re.split(r"[，。；]", text[match.end("number") :])[0]
    numbers = list(re.finditer(r"\d+(?:\.\d+)?(?P<unit>[^\d、，。]?)", rest))
    return bool(numbers) and bool(numbers[-1]["unit"])


def _conversions(text: str, start: int) -> Iterator[Finding]:
    """15亩（1公顷）."""
    counted = quantities(text)
    for one, two in pairwise(counted):
        if one.unit not in _MEASURES or two.unit not in _MEASURES or one.unit == two.unit:
            continue
        if not _SAME.match(re.sub(r"约$", "", text[one.end : two.start])):
            continue
        (kind, first), (other, second) = _MEASURES[one.unit], _MEASURES[two.unit]
        if kind != other or not one.value:
            continue
        right = one.value * first / second
        about = one.about or two.about or "约" in text[one.end : two.start]
        slack = two.step / 2 + one.step * first / second / 2
        if about:
            slack = max(two.step, slack, right * Decimal("0.02"))
        if abs(right - two.value) > slack:
            yield rules()["units-disagree"].finding(
                start + two.start,
                start + two.end,
                elsewhere=(Elsewhere(Span(start + one.start, start + one.end), text[one.start : one.end]),),
                found=text[two.start : two.end],
                other=text[one.start : one.end],
                asked=f"{plain(round(right, 4))}{two.unit}",
            )
