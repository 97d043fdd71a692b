"""Numbers that stand where a sentence wants an amount, and have no unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ....words import words
from ..text.quantities import UNIT

_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
# What ends an amount: the clause, a limit, another bound beside it, or a word that no unit begins with.
_BARE = re.compile(
    rf"(?<=[\u4e00-\u9fff”》）)]){_NUMBER}"
    r"(?P<end>$|[。；）)]|，(?!\d{3}(?!\d))|、(?!\d)|以[内上下]|之内|左右|上下|或(?=[不少多超])|的|时(?=[不严应须要必可])"
    r"|(?=[（(](?:其中|约|含|不含|包括|折合))|(?=[在由因均已需须应随并且但]|全部|用于|列入))"
)
_WITHIN = re.compile(
    rf"(?<![\dA-Za-z.\-—~～第前]){_NUMBER}(?P<end>内)(?!蒙|科|外|燃|涝|能|陆|容|部|河|页|环)"
)
# 储备编织袋2.4万，: myriads that end a clause are of something.
_MYRIADS = re.compile(
    r"(?<![\d.A-Za-z第/])(?P<number>\d+(?:\.\d+)?[万亿])(?P<end>$|[，。；、）)（(]|以[内上下]|左右)"
)
_EVERY = re.compile(r"平均(?:每隔?)?(?P<number>\d+(?:\.\d+)?)(?P<end>)(?=[一每][块个处盏座根台人户名支])")
_ROUND_THE_CLOCK = re.compile(
    r"(?<=[\u4e00-\u9fff])(?P<number>24)(?P<end>)(?=值[班守]|双人|轮[班值换]|可联系|有人|不间断|监[控测]|在岗|待命|开放)"
)
# 给予500奖励: money is what is given.
_GIVEN = re.compile(
    r"(?:给予|予以|发放|发给|处以?|并处|拨付|下达|奖励|补助|安排)[\u4e00-\u9fff]{0,6}?(?P<number>\d{2,}(?:\.\d+)?万?)(?P<end>)(?=的?(?:奖励|补助|补贴|罚款|奖金|救助金?|补偿|慰问金|资助|抚恤金|资金|经费))"
)
# 提前3向林业站申请, 投入86.4补充物资, 不超过7000掌握.
_AHEAD = re.compile(
    r"(?:提前|提早)(?P<number>\d{1,2})(?P<end>)(?=向|报|书面|通知|告知|申请|提出|公告|发布|到[场岗位])"
)
_SPENT = re.compile(
    r"(?:投入|筹集|拨付|下达|安排|争取)(?P<number>\d+(?:\.\d+)?)(?P<end>)(?=补充|购|新[增建]|更新|用来|予以)"
)
_SET = re.compile(
    r"(?:不超过|不低于|不少于|不高于)(?P<number>\d{2,})(?P<end>)(?=掌握|执行|计[算发]|控制|把握)"
)
# A thing that follows its number without a measure word: 对186单位, 17接送车辆.
_THINGS = (
    "单位|企业|商户|门店|食堂|场所|机构|车辆|隐患|问题|项目|点位|水库|河道|路段|路口|桥梁|农户|家庭|群众|党员|干部|职工|队员|学生|教师|村民|居民|"
    "人员|管理员|巡查员|护林员|网格员|保洁员|安全员|志愿者|消火栓|消防栓|灭火器|摄像头|检查组|工作组|小组|支部|区域|片区|网格|社区|行政村|自然村|"
    "村民小组|小区|案件|建筑|厂房|仓库|设备|点|船只|泵站|闸门|井盖|路灯"
)
_MEASURES = (
    "级周倍毫盘段型车枝格降大行列共角平转目科扇度字串航尺蒸线年月日时分秒点号万亿千百余多至到内以和与或及的中个处起次家份条项件里亩吨台辆套支部场期宗"
    "所座栋间只头棵株块幅张册本批轮天班具架把艘顶床口盏根桶箱瓶袋面篇则桩例封片组队位站村镇斤克升捆盒卷羽尾枚副对孔眼道层笔单类种岁页剂针趟学课匹"
    "尊粒桌滴元米人名户公厘工小强省市县区乡国校院部比后前等届版代排楼室路门季方星连环维轴合式色味味重声步圈发包帧节集首股窝盆坛罐坑垛堆摞滩丝分刻"
)
_UNMEASURED = re.compile(
    rf"(?<![\dA-Za-z.\-—/第〔（(·:：∶]){_NUMBER}(?P<end>)(?=(?:单位|项目|场所|家庭|支部|队员|企业|隐患|社区|村民小组|行政村|自然村|人员|点位)"
    rf"|(?![{_MEASURES}]|{UNIT}|.(?:{UNIT}))[\u4e00-\u9fff]{{0,6}}?(?:{_THINGS}))"
)
# What no unit begins, and what may follow a number that has none.
_NOUN = re.compile(
    rf"(?<![\dA-Za-z.\-—–~～/第〔（(·:：∶×+＋#]){_NUMBER}(?P<end>)(?=[\u4e00-\u9fff]{{2}})(?!{UNIT}|[年月日时分秒点天号万亿千百余多来至到])"
)
_NO_NOUN = re.compile(
    r".次|周[岁年]|年级|以[上下内外前后来]|之[间内前后]|国家|国道|省道|热线|指挥|政务|投诉|举报|报警|专线|平台|[战险]胜|"
    r"[降升提增减调缩扩压]|大[类项区片]|工程$|倍|级|型|版|系列|字|度|毫|微|千伏|兆|角钢|美元|英|海里|世纪|线|届|后缀|或者|以及|并且|分别|左右|上下|不等"
)
_UP_TO = re.compile(r"[由从至到比以为是]$|[A-Za-z]\s*$")
_WORD, _DIGITS = 4, 3
"""Characters of a word behind a number, and digits that are no year and no code."""

# A year, a code, the number of a version.
_NO_AMOUNT = re.compile(r"(?:19|20)\d\d|0\d+|\d{7,}|\d\.0")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HOTLINE = re.compile(r"11\d|12[0-9]|12\d{3}|9\d{4}")
_CALLED = re.compile(r"电话|[拨打]|[火报匪接]警|急救|公安|消防|交警|热线|呼叫|举报|投诉|短号|接转|求助")
# What a number is only the name of: 附件2, 3单元301, 第12.
_NAMED = re.compile(
    r"(?:第|附[件表录图]|(?<!代)表|图|号码?|[国省县]道|单元|室|(?<!提)前|后|倒数|[居列]|排名|名次|星期|周|初|[腊正]月|农历|\d[年月日时点分秒]|版本?|"
    r"代[码号]|编号|邮编|密码|端口|热线|电话|传真|专线|拨打?|拨通|报警|呼叫|频道|公众号|平台|微信|车次|航班|列车|(?<!增)加|(?<![增缩])减|乘以?|除以|等于|比|型|"
    r"页|标准|分机|短信|科目|代)[“”]?$"
)
# Things that are told apart by small numbers: 方案2, 工作组3.
_ORDERED = re.compile(
    r"(?:方案|样[品本]|组|类|区|班|式|例|[栋幢座层]|选项|问题|任务|阶段|情形|步骤|模式|级|期|[条款篇])$"
)
_ORDERED_TO = 20
_BARE_LIST = re.compile(r"(?<![\d.])\d[\d.]*(?:[、，]\d[\d.]*){2,}(?=[，。；、）)])")
"""Readings told without a unit, of which a limit may be told so too: 为60、85、120、40，2个超过100."""
_DAYS = r"(?:(?:19|20)\d\d年|\d{1,2}月|\d{1,2}日|[^，。；、\d]){0,10}?"
_FROM_BARE = re.compile(
    rf"[由从]{_DAYS}(?<![\d.])\d+(?:\.\d+)?[万亿]?[增减升降扩缩提压延涨跌上下回][^，。；、\d]{{0,3}}[至到为]{_DAYS}$"
)
_FAR = 44
"""Signs before a number in which what it comes from is told."""
_WHEN_TOLD = re.compile(r"(?:19|20)\d\d年|\d{1,2}月(?:份|\d{1,2}日)?|第\d+[\u4e00-\u9fff]")
_MYRIADS_ALL = re.compile(
    rf"\d万(?:{UNIT})[，,（(：:](?:其中)?(?P<list>[^，。；、\d]{{0,8}}\d[\d.]*万(?:、[^，。；、\d]{{0,8}}\d[\d.]*万)+)(?=[，。；）)]|$)"
)
_MYRIADS_LAST = re.compile(
    rf"(?P<list>(?:[^，。；、\d]{{0,8}}\d[\d.]*万[、，]){{2,}})[^，。；、\d]{{0,8}}\d[\d.]*万(?:{UNIT})"
)
_LIST = 2
"""Amounts behind one without its unit that make a list which may share the last one's."""
# What is measured without a unit, wherever in the sentence it is named, and only beside the number.
_PURE = re.compile(
    r"容积率|生育率|指数|系数|[得评打积]分|[分数]值|成绩|pH|[之占驻波]比|比[例值分]|坡[度比]|视力|[均限阈峰测定标]值|概率|浓度|浊度|郁闭度|盖度|分子量|相对密度|GB"
)
# 十万人口死亡率1.86，目标是控制在1.75以内: what tells so many of so many has no unit.
_PER_MYRIAD = re.compile(
    r"[十百千万亿](?:[\u4e00-\u9fff]{0,6}(?:死亡|伤亡|发病|患病|发生|发案|事故|故障|投诉|差错)|[人户车吨件台床名张](?:口|次|公里|小时)?[\u4e00-\u9fff]{1,4})率[^，。；、\d]{0,6}(?:$|\d[\d.]*(?![\d.]*[%‰起人件]))"
)
_PURE_HERE = re.compile(
    r"性别比|使用强度|单耗|[焦煤料]比|周转率|换手率|以[\u4e00-\u9fff]{1,8}为$|[虚毛][岁龄]|(?:享年|终年|年[近逾过届])[仅约]?$|[高低均总首末]分|倍数|结果|读数|示数|序号|等级|学分|心率|血[压氧糖]|代码|[东西]经|[南北]纬|经度|纬度|满分|频率|文号|数[据字]"
)
# PDOP值小于6, GDOP不大于8: a quantity with a name of Latin letters has its unit in its definition.
_LATIN = re.compile(r"[A-Za-z]{2,}\d*值?(?:一般|均|都|应|须)?(?:为|是|[不]?[小大高低]于|不超过|超过)?$")
# What makes every number of its sentence a score, however long the list that follows.
_SCORED = re.compile(r"[得评打积计]分(?!别)|分[数值]|成绩|最[高低]分|平均分|排[名序]|名次")
# Doors: 5栋601, A座1203.
_DOOR = re.compile(r"(?:[\dA-Za-z][栋幢座楼]|号楼?|楼栋)$")
# 镇政府201会议室: a floor and the number of a room on it, where no such rooms are counted.
_ROOM = re.compile(r"[1-9]\d?[0-4]\d(?=[\u4e00-\u9fff]{0,4}?(?:室|厅|房|馆|窗口?|[考包]间|报告厅)(?![、和]))")
# 备用面3107, 机组3012: what is told apart by numbers of three and four figures.
_NUMBERED = re.compile(
    r"(?:[面巷井孔洞桩室房库线车舱床岗垄渠]|机组|地块|宗地|图斑|航班|班组|教室|考场|标段|基站|电表|线路)$"
)
# Things that are counted by a verb are no names: 设置检查站12.
_COUNTED_BY = re.compile(
    r"设[置立有]?|[新修改扩续在]建|建[成有]|成立|组建|划[分定]|增设|开展|排查|整治|完成|累计|出动|配[备置]|改造|发现|检查|购置|储备|现有|共有|拥有"
)
# What names its unit itself: 参训人数120.
_COUNTED = re.compile(
    r"[\u4e00-\u9fff](?<![多少系指基])数量?[^，。；、\d]{0,4}$|(?<![总产价原净现加])值$|(?:学时|课时|工时|床日|台班|[人户班车架]次)(?:约|为|达)?$"
)
# What says that a measure follows, whoever is measured.
_LIMIT = re.compile(
    r"(?:不得?|[低少小高多大短长窄宽厚薄深浅]于|超过|超出|不足|不满|未满|至少|最多|最少|最高|最低|最大|最小|控制在|保持在|限制在|压减到|[须应必要需]在)$"
)
# What may lead to a number of any kind, and so needs something measured before it.
_COPULA = re.compile(r"(?:[为是取至到在从由])$")
_REACHING = re.compile(r"[是取至到在从由]$")
_LED = re.compile(r"(?:[约近达有为仅到]|超过|突破|已|只|就|累计|总数|控制在)+$")
_ABOUT = re.compile(r"(?:大约|达到?|[约近共仅只有已各]|总共|合计|共计|累计)+$")
# 由64人增加到72: the unit before is asked for again.
_AGAIN = re.compile(
    r"\d[万亿]?(?!年|月|日)[\u4e00-\u9fff]{1,4}?(?:增|减|升|降|扩|缩|提|压|延|至|到)[^，。；、\d]{0,6}$"
)
_MEASURED = re.compile(
    r"(?:全长|总长|[长高宽深厚]度|净[宽高空]|[长高宽深厚]|[直半]径|[间车]距|距离|里程|面积|[体容]积|容量|库容|[体重]量|净重|流量|功率|电压|水位|水深|雨量|降[雨水]量?|"
    r"海拔|时[长间]|工期|年龄|[均单总售]?价|价格|[金总]额|资金|经费|投资|预算|费用|造价|补助|自筹|配套|收入|支出|产值|(?<!数)量|气温|温度|储量|用量|损失)"
    r"(?:约|仅|共|总共|合计|一般|预计|估计|平均|普遍|[增减升降缩延扩][加少长高低短小大]?)*[为是取约近达至到在]{1,2}$"
)
# ’98, 1／3, P53: a year, a fraction, a name. 每100平方厘米, 零下7摄氏度, 4省: what counts itself.
_JOINED = re.compile(r"[’‘'＇／/A-Za-zＡ-Ｚａ-ｚ]")
_OWN = re.compile(
    r"平方|立方|摄氏|华氏|[加澳欧日港]元|比索|美分|盎司|磅|世纪|昼夜|车道|大(?![型中小棚桥坝队])|省(?!级|道|[市县]?[直属管])|地市|强(?!降)|高龄|大寿|出头|赛季|"
    r"支部队|航班|频道|医院|计划(?=[，。的])|[客飞]机|客位|积分|幢|票"
)
# 3某某股份15.01: a row of a list that tells its unit in its head.
# 每毫升40单位, 献血量400单位: a dose is counted in them, not bodies that have lost their 个.
_DOSES = re.compile(
    r"国际单位|胰岛素|青霉素|肝素|干扰素|酶活|[采输献用供]血|红细胞|血[浆型]|血小板|每(?:毫升|支|瓶|片|粒|袋|公斤|千克|克|次)[^，。；\d]{0,6}\d[\d.]*万?单位|\d(?:毫升|毫克|支|瓶)[、，/（(]\d[\d.]*万?单位"
)
_DOSE = re.compile(r"\d单位(?=[，。、；）)])")
_DOSES_TOLD = 3
"""Amounts told in 单位 and nothing behind it, from which on a paper counts in them."""
_RANKED = re.compile(r"\d{1,2}[A-Za-zＡ-Ｚ]{0,2}[\u4e00-\u9fff]{2,6}[A-Za-zＡ-Ｚ]?\d+\.\d+")
# 总人口226.6万: what is counted stands before it.
_PEOPLE = re.compile(
    r"(?:人[口数次]|[架车人]次|总数|字数|用户|选民|[患感].者|粉丝|(?:阅读|点赞|点击|播放|浏览|关注|转发|评论|访问|下载|点播)[量数]?)(?:总[数量])?$"
)
_AS_BEFORE = re.compile(
    r"\d万[，,](?:(?:比|较)[^，。；、\d]{1,6}|同比|环比|净|又|共|再)*(?:下降|回落|上升|增|减|升|降|多|少|涨|跌)[加少长了约近到至为]*$"
)
"""粉丝42.6万，净增1.8万: what grew is told right before, and so."""
_CHANGES = re.compile(
    r"(?:又|再|将|已|净|共|由)*(?:增加|减少|下降|上升|增长|增|减|降|升)(?:[到至了为近约]|超过)*$|[高低多少]达$"
)
_CLASS_BOUND = re.compile(r"(?:大于|小于|高于|低于)\d[\d.]*(?=的\d+[个处家件份批样])")
"""Of what was counted by classes: 6.6～7.5的48个，大于7.5的12个."""
_ASIDE = re.compile(r"[（(][^（）()]*[)）]")


# 86.4万头（只、口、匹） and the head of a table, （万）: a paper that counts things so is left to say 增加1.4万.
COUNTS_MYRIADS = re.compile(rf"\d万(?:{UNIT})[（(](?:{UNIT})(?:[、,，/](?:{UNIT}))*[)）]|[（(]万[)）]")


def counts_doses(text: str) -> bool:
    """Whether a folded paper measures in 单位."""
    return bool(_DOSES.search(text)) or len(_DOSE.findall(text)) >= _DOSES_TOLD


def spans(text: str, *, myriads: bool = True, doses: bool = False) -> Iterator[tuple[int, int]]:
    """Where the bare numbers of a folded sentence stand; without those in 万 where `myriads` is false.

    `doses` is whether 单位 is a unit here.
    """
    text = _CLASS_BOUND.sub(lambda match: "　" * len(match[0]), text)
    if _RANKED.fullmatch(text.strip()):
        return
    told: set[int] = set()
    for form, wants in _FORMS:
        if form is _MYRIADS and not myriads:
            continue
        for match in form.finditer(text):
            at = match.start("number")
            if at in told or _JOINED.match(text, at - 1) or _OWN.match(text, match.end("number")):
                continue
            if text.endswith("分之", 0, at) or (doses and text.startswith("单位", match.end("number"))):
                continue  # 万分之1.8; 每毫升40单位
            if wants(text, match):
                told.add(match.start("number"))
                yield match.start("number"), match.end("number")


def _always(text: str, match: re.Match[str]) -> bool:
    return True


def _clause(text: str, match: re.Match[str]) -> tuple[str, str]:
    """What stands before the number: forty characters, and of them its own clause."""
    lead = _ASIDE.sub("", text[max(match.start() - 40, 0) : match.start()])
    return lead, re.split(r"[，。；：、（(]", lead)[-1]


def _is_name(text: str, at: int, number: str, lead: str, clause: str) -> bool:
    """A year, a hotline, a room, or what only tells a thing from others like it."""
    if _NO_AMOUNT.fullmatch(number) and not (_YEAR.fullmatch(number) and _LIMIT.search(clause)):
        return True
    if _NAMED.search(clause):
        return True
    if _HOTLINE.fullmatch(number) and _CALLED.search(lead):
        return True
    if len(number) in (3, 4) and number.isdecimal() and _DOOR.search(clause):
        return True
    if _ROOM.match(text, at) and not _COUNTED_BY.search(clause):
        return True
    if (
        len(number) in (3, 4)
        and number.isdecimal()
        and _NUMBERED.search(clause)
        and not _COUNTED_BY.search(clause)
    ):
        return True
    few = "." not in number and len(number) < 3 and int(number) <= _ORDERED_TO
    return bool(few and _ORDERED.search(clause) and not _COUNTED_BY.search(clause))


def _from_bare(text: str, at: int) -> bool:
    """氨氮由31.5降至0.84: what it was has no unit either, so that the paper counts it so."""
    return bool(_FROM_BARE.search(text, max(at - _FAR, 0), at))


def _wants_a_unit(text: str, match: re.Match[str]) -> bool:
    end = match["end"]
    lead, clause = _clause(text, match)
    if not clause or _is_name(text, match.start(), match["number"], lead, clause):
        return False
    if _PER_MYRIAD.search(text, 0, match.start()) or _from_bare(text, match.start()):
        return False
    if _LATIN.search(clause) or _PURE.search(lead) or _PURE_HERE.search(clause) or _COUNTED.search(clause):
        return False
    if _SCORED.search(text[: match.start()]) and (end in "，、。；" or _SCORED.search(clause)):
        return False
    if end == "、" and _shared(text, match):
        return False
    if _LIMIT.search(clause) and _BARE_LIST.search(text, 0, match.start()):
        return False
    if _LIMIT.search(clause):
        return end != "时" or bool(_MEASURED.search(_LIMIT.sub("为", clause)))
    if end in ("或", "的", "时"):
        return False
    if not end and len(match["number"]) < 2 and match.end() != len(text):
        return False
    if _MEASURED.search(clause) or _AGAIN.search(clause):
        return True
    many = match["number"].isdecimal() and len(match["number"]) > 1
    return not (_REACHING if many else _COPULA).search(_ABOUT.sub("", clause))


def _within(text: str, match: re.Match[str]) -> bool:
    """30内报送: within how much, none can tell."""
    return not _NO_AMOUNT.fullmatch(match["number"]) and not re.search(
        r"[排名居列号]$", text[: match.start()]
    )


def _unmeasured(text: str, match: re.Match[str]) -> bool:
    lead, clause = _clause(text, match)
    number = match["number"]
    if (
        number == "1"
        or (len(number) < 2 and not clause)
        or _HOTLINE.fullmatch(number)
        or _is_name(text, match.start(), number, lead, clause)
    ):
        return False
    return not _PURE.search(lead) and not re.search(r"[至到\-—～~、](?=$)|\d$", lead)


def _given(text: str, match: re.Match[str]) -> bool:
    return not _NO_AMOUNT.fullmatch(match["number"])


_MORE_MYRIADS = re.compile(rf"(?:[、和及]\d[\d.]*[万亿])+(?:{UNIT}|[\u4e00-\u9fff]{{2}})")


_MEAN = re.compile(
    rf"\d万(?:{UNIT})[，,、（(](?:[\u4e00-\u9fff]{{0,4}}[日月年季周天场班户人村]均|(?:平均|最[高多低少])(?:每?[一-龥]{{1,3}})?)(?:约|近|为|达到?)*$"
)
"""What a mean is told of right before it: 进客42万人次，日均6万."""


def _masked(text: str) -> str:
    """A text without the figures of its times, every sign at its place."""
    return _WHEN_TOLD.sub(lambda match: "　" * len(match[0]), text)


def _myriads(text: str, match: re.Match[str]) -> bool:
    _, clause = _clause(text, match)
    if _MEAN.search(text, max(match.start() - 24, 0), match.start()) or _from_bare(text, match.start()):
        return False
    if any(
        each.start("list") <= match.start() < each.end("list")
        for form in (_MYRIADS_ALL, _MYRIADS_LAST)
        for each in form.finditer(_masked(text))
    ):
        return False  # 三天接待8.6万人次，首日2.3万、次日3.5万、第三日2.8万
    if _AS_BEFORE.search(text, max(match.start() - 24, 0), match.start()):
        return False
    if _PEOPLE.search(_LED.sub("", _CHANGES.sub("", clause))) or _MORE_MYRIADS.match(
        text, match.end("number")
    ):
        return False  # 0.21亿、0.16亿、0.11亿立方米
    return match["end"] != "、" or not _shared(text, match)


def _before_noun(text: str, match: re.Match[str]) -> bool:
    """对52加油站, 26路段: a word follows, and none that a number may stand before."""
    lead, clause = _clause(text, match)
    number = match["number"]
    rest = text[match.end() : match.end() + _WORD]
    if (
        number == "1"
        or len(number) > _DIGITS
        or not clause
        or not any(words().frequency(rest[:size]) for size in (2, 3, 4))
    ):
        return False
    if (
        _HOTLINE.fullmatch(number)
        or _is_name(text, match.start(), number, lead, clause)
        or _PURE.search(lead)
    ):
        return False
    return (
        not _NO_NOUN.match(rest) and not _UP_TO.search(clause) and not _SCORED.search(text[: match.start()])
    )


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], bool]], ...] = (
    (_BARE, _wants_a_unit),
    (_WITHIN, _within),
    (_MYRIADS, _myriads),
    (_EVERY, _always),
    (_ROUND_THE_CLOCK, _always),
    (_UNMEASURED, _unmeasured),
    (_GIVEN, _given),
    (_AHEAD, _always),
    (_SPENT, _always),
    (_SET, _always),
    (_NOUN, _before_noun),
)


def _shared(text: str, match: re.Match[str]) -> bool:
    """企业20、学校12、林区8处: the last number's unit is every number's, unless one between has its own."""
    rest = re.split(r"[，。；]", text[match.end("number") :])[0]
    rest = _WHEN_TOLD.sub("", rest)
    units = [each["unit"] for each in re.finditer(r"\d+(?:\.\d+)?[万亿]?(?P<unit>[^\d、，。]?)", rest)]
    lead = _WHEN_TOLD.sub("", text[: match.start()])
    before = re.search(r"\d+(?:\.\d+)?[万亿]?(?![万亿])[\u4e00-\u9fff]{1,4}、[^，。；、\d]*$", lead)
    bare = re.search(r"\d[万亿]?、[^，。；、\d]*$", lead)
    return len(units) + bool(bare) >= _LIST and bool(units[-1]) and not any(units[:-1]) and not before
