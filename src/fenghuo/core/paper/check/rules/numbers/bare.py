"""Numbers that stand where a sentence wants an amount, and have no unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
# What ends an amount: the clause, a limit, or another bound beside it.
_BARE = re.compile(
    rf"(?<=[\u4e00-\u9fff”》）)]){_NUMBER}"
    r"(?P<end>$|[。；）)]|，(?!\d{3}(?!\d))|、(?!\d)|以[内上下]|之内|左右|上下|或(?=[不少多超])|内(?![蒙科外燃涝能陆容部河])"
    r"|(?=[（(](?:其中|约|含|不含|包括|折合)))"
)
_MYRIADS = re.compile(
    r"(?:资金|经费|补助|预算|支出|收入|捐款|善款|款项|补偿款|投资|罚款|产值|奖金|损失|费用|造价|金额|面积|总价|自筹|[费价]每[人台套户件亩])"
    r"[^，。；、\d]{0,8}(?P<number>\d+(?:\.\d+)?[万亿])(?P<end>$|[，。；、）)（(]|以[内上下]|左右)"
)
_EVERY = re.compile(r"平均(?:每隔?)?(?P<number>\d+(?:\.\d+)?)(?P<end>)(?=[一每][块个处盏座根台人户名支])")

# A year, a code, the number of a version.
_NO_AMOUNT = re.compile(r"(?:19|20)\d\d|0\d+|\d{7,}|\d\.0")
_HOTLINE = re.compile(r"11\d|12[0-9]|12\d{3}|9\d{4}")
_CALLED = re.compile(r"电话|[拨打]|[火报匪接]警|急救|公安|消防|交警|热线|呼叫|举报|投诉|短号|接转|求助")
# What a number is only the name of: 附件2, 3单元301, 第12.
_NAMED = re.compile(
    r"(?:第|附[件表录图]|(?<!代)表|图|号码?|[国省县]道|单元|室|(?<!提)前|后|倒数|[居列]|排名|名次|星期|周|初|[腊正]月|农历|\d[年月日时点分秒]|版本?|"
    r"代[码号]|编号|邮编|密码|端口|热线|电话|传真|专线|拨打?|拨通|报警|呼叫|频道|公众号|平台|微信|车次|航班|列车|加|减|乘以?|除以|等于|比|型|"
    r"页|标准|分机|短信|科目|代)[“”]?$"
)
# Things that are told apart by small numbers: 方案2, 工作组3.
_ORDERED = re.compile(
    r"(?:方案|样[品本]?|组|类|区|段|班|式|例|[栋幢座房层]|选项|问题|任务|阶段|情形|步骤|模式|级|泵站|站|路|线|期|系统|网|[条款篇])$"
)
_ORDERED_TO = 20
# What is measured without a unit.
_PURE = re.compile(
    r"指数|系数|[得评打积]分|[分数]值|成绩|pH|[之占驻波]比|比[例值分]|坡[度比]|视力|[均限阈峰测定标]值|倍数|概率|浓度|浊度|结果|读数|"
    r"示数|序号|等级|学分|心率|血[压氧糖]|代码|经度|纬度|频率|文号|数[据字]|GB"
)
# What names its unit itself: 参训人数120.
_COUNTED = re.compile(r"[\u4e00-\u9fff](?<![多少系指基])数量?[^，。；、\d]{0,4}$|值$")
# What says that a measure follows, whoever is measured.
_LIMIT = re.compile(
    r"(?:不得?|[低少小高多大短长]于|超过|超出|不足|不满|未满|至少|最多|最少|最高|最低|最大|最小|控制在|保持在|限制在|压减到|[须应必要需]在)$"
)
# What may lead to a number of any kind, and so needs something measured before it.
_COPULA = re.compile(r"(?:[为是取约近达至到在从由有])$")
_MEASURED = re.compile(
    r"(?:全长|总长|[长高宽深厚]度|净[宽高空]|[长高宽深厚]|[直半]径|[间车]距|距离|里程|面积|[体容]积|容量|库容|[体重]量|净重|流量|功率|电压|水位|水深|雨量|降[雨水]量?|"
    r"海拔|时[长间]|工期|年龄|[均单总售]?价|价格|[金总]额|资金|经费|投资|预算|费用|造价|补助|自筹|配套|收入|支出|产[量值]|气温|温度|储量|用量|损失)"
    r"(?:约|仅|共|总共|合计|一般)?[为是取约近达至到]{1,2}$"
)
_ASIDE = re.compile(r"[（(][^（）()]*[)）]")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the bare numbers of a folded sentence stand."""
    told: set[int] = set()
    for form in (_BARE, _MYRIADS, _EVERY):
        for match in form.finditer(text):
            if match.start("number") in told:
                continue
            if form is _BARE and not _wants_a_unit(text, match):
                continue
            told.add(match.start("number"))
            yield match.start("number"), match.end("number")


def _wants_a_unit(text: str, match: re.Match[str]) -> bool:
    number, end = match["number"], match["end"]
    lead = _ASIDE.sub("", text[max(match.start() - 40, 0) : match.start()])
    clause = re.split(r"[，。；：、（(]", lead)[-1]
    if _NO_AMOUNT.fullmatch(number) or _NAMED.search(clause) or not clause:
        return False
    if _HOTLINE.fullmatch(number) and _CALLED.search(lead):
        return False
    if _ORDERED.search(clause) and "." not in number and len(number) < 3 and int(number) <= _ORDERED_TO:
        return False
    if _PURE.search(lead) or _COUNTED.search(clause):
        return False
    if end == "、" and _shared(text, match):
        return False
    if _LIMIT.search(clause):
        return True
    if end in ("内", "或"):
        return False
    return bool(_MEASURED.search(clause)) if _COPULA.search(clause) else True


def _shared(text: str, match: re.Match[str]) -> bool:
    """企业20、学校12、林区8处: the last number's unit is every number's, unless one between has its own."""
    rest = re.split(r"[，。；]", text[match.end("number") :])[0]
    units = [each["unit"] for each in re.finditer(r"\d+(?:\.\d+)?[万亿]?(?P<unit>[^\d、，。]?)", rest)]
    before = re.search(r"\d+(?:\.\d+)?[万亿]?[\u4e00-\u9fff]{1,4}、[^，。；、\d]*$", text[: match.start()])
    return bool(units) and bool(units[-1]) and not any(units[:-1]) and not before
