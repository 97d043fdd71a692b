"""A named person and, in the same sentence, a state of body, mind or purse.

The person is known first: a family name and a given name that make no word with what stands around them, or
that stand where only a name can, behind a role (职工, 低保户, 其中) or a mark. What is told of the person is then
anything from a list of states, behind a stretch that names nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...surnames import COMMON_SURNAMES, DOUBLE_FAMILY_NAMES, SURNAMES
from ...words import words
from .names import is_name, is_official, pattern, wide_pattern

POOR = (
    r"低保户|低保对象|低保家庭|贫困户|贫困家庭|困难户|困难家庭|困难群众|困难职工|困难学生|困难老人|特困户|特困人员|特困供养人员|五保户|五保老人|"
    r"脱贫户|监测户|监测对象|边缘户|边缘易致贫户|易返贫户|帮扶对象|帮扶户|救助对象|受助人|低收入户|低收入家庭|贫困学生|贫困生|贫困大学生|特困供养对象|困境儿童|低保老人|贫困老人|贫困群众|贫困职工|特困家庭|特困老人|特困对象|特困群众|特困职工|低保边缘户|低保边缘家庭|低保人员|"
    r"脱贫不稳定户|突发严重困难户|监测家庭|救济户|救济对象|深度困难户|零就业家庭|困难妇女|困难户主|被救助人|受助对象|受助学生|孤寡老人|空巢老人|困难居民|受灾户|建档立卡户|因病致贫户|重病户|大病户"
)
"""What people in need are called."""
DISEASE = (
    r"病|癌|症|瘤|炎|中风|结核|梗塞?|硬化|出血|衰竭|积水|囊肿|结石|骨折|肿|综合征|高血压|高血糖|哮喘|痛风|贫血|溃疡|腹水|心衰|肾衰|"
    r"帕金森|抑郁|疟|疹|疱|肺气|心肌|椎间盘|坏死|血栓|卒中|麻痹|白内障|青光眼|瘫|结节|息肉|脑瘫"
)
"""What the names of diseases end with; 病 or 炎 alone may be a tree's or a fowl's."""
ILLNESS = (
    r"[\u4e00-\u9fff]{0,3}(?:癌|白血病|淋巴瘤|肿瘤)|高血压|高血脂|高血糖|糖尿病|冠心病|心脏病|心肌(?:炎|病|梗[死塞])|[心脑]梗[死塞]?|[心肝肾]功?能?衰竭?|脑溢血|脑出血|脑血栓|脑卒中|"
    r"中风|尿毒症|肝硬化|[甲乙丙戊]肝|肺结核|结核病|尘肺病?|[矽肺]肺病?|肺气肿|哮喘|痛风|帕金森(?:病|氏症)?|(?:类?风湿[性]?)?关节炎|类?风湿|"
    r"(?:慢性|急性)?(?:肺|肝|肾|胃|肠|肠胃|胆囊|胰腺|支气管|阑尾)炎|(?:慢性)?[肝肾肺胃]病|胃溃疡|"
    r"癫痫|抑郁症?|焦虑症|躁狂症|双相情感障碍|自闭症|孤独症|精神(?:分裂症?|病|障碍)|智力障碍|阿尔茨海默病?|老年痴呆症?|小儿麻痹症?|脑瘫|截瘫|渐冻症|脑膜炎|银屑病|牛皮癣|"
    r"白癜风|强直性脊柱炎|肌无力|"
    r"贫血|甲亢|甲减|红斑狼疮|艾滋病|梅毒|血友病|(?:腰|颈)椎(?:病|间盘突出)?|股骨头坏死|(?:胆|肾)结石|骨质疏松|白内障|青光眼|血栓"
)
"""Illnesses of people by names that nothing else bears."""

_TREATED = (
    r"住院|入院(?!资料)|(?:做|动|接受|行)(?:了|过)?[^，。；]{0,6}手术|手术(?:后|费用)|术后|[化放]疗|透析|病[休假](?!制)|卧床|卧病|病[危重故逝倒]|猝死|抢救无效|长期(?:服药|吃药|用药)|养[病伤]|"
    r"(?:因|突发)(?:大|重|急|旧)?(?:病|疾病|伤)(?:住院|手术|致贫|返贫|去世|离世|长期|卧床|离岗|休养|不能|丧失|失去|瘫)"
)
_DISABLED = (
    r"[一二三四1-4]级(?:肢体|视力|听力|言语|智力|精神|多重)?(?:残疾|伤残)|(?:肢体|视力|听力|言语|智力|精神|多重|重度|轻度)(?:[一二三四1-4]级)?残疾|残疾证|"
    r"残疾(?:在家|多年|无法|不能|人?(?=[，、）)]|$))|截肢|(?:双目|双眼|右眼|左眼)?失明|聋哑|失聪|[偏截高]瘫|瘫痪|智障|智残|(?:半?失能)(?!老人(?:和|与)|人员)|"
    r"生活不能自理|(?:丧失|失去|没有|无)劳动(?:能)?力|精神(?:失常|异常|恍惚)|神志不清|半身不遂|(?:产后|重度|中度|轻度)抑郁|(?:长期)?失眠|抗抑郁药|自杀|轻生|怀孕|流产"
)
_NEED = (
    rf"(?:系|属于?|为|是|被?(?:识别|认定|确定|评定|评|列)为|列入|纳入)[^，。；]{{0,8}}?(?:{POOR})|"
    r"(?:家庭|全家|生活|经济|家境)(?:十分|非常|较为|特别|极其|极度|极为|生活|经济|条件|比较)*(?:困难|贫困|拮据|贫寒|困窘)|家境(?:贫寒|不好)|"
    r"(?:享受|纳入|申请|领取|办理)[^，。；]{0,6}(?:低保|特困|五保|救助|最低生活保障)|"
    r"(?:靠|吃|领着?|拿)着?(?:低保|救济|五保|特困)|低保(?:维持|度日|生活)|(?:靠|依靠)[^，。；]{0,14}(?:度日|生活|维持|糊口|过活|过日子|为生|接济|救济|救助|补贴家用|借债|乞讨|拾荒|打零工)|"
    r"债台高筑|(?:欠|背|背负)有?外债|(?:无|没有)存款|负债|举债|入不敷出|一贫如洗|家徒四壁|揭不开锅|吃不[上饱]饭?|衣食无着|穷困|"
    r"因病致贫|因病返贫|因灾致贫|因贫|(?:拖)?欠(?:下|了|着|有)?[^，。；、]{0,6}(?:债|医药费|医疗费|药费|住院费|学费)|借(?:粮|债|钱)(?:度日|看病|治病|生活)|"
    r"(?:无|没有|缺乏?|失去)(?:固定|稳定|任何|其他|主要)*(?:的)?(?:劳力|劳动力|住房|积蓄|(?:经济|生活|收入)?(?:收入)?来源|收入)|"
    r"(?:生活|生计)[^，。；]{0,4}(?:无着|(?:无|没有|没)(?:着落|保障)|难以(?:为继|维持))|难以维持(?:生活|生计)|(?:没有|无|没)(?:任何|什么)?积蓄|无力(?:支付|承担|负担|偿还|缴纳|供)|"
    r"(?:没钱|无钱)(?:看病|治病|上学|交|付)?|[交付看上缴还]不起|(?:年|月)?(?:人均)?(?:纯)?收入(?:仅|不足|不到|只有|才|低于)|(?<=[（(，、])(?:低保|特困|五保|贫困|困难)(?=[，、）)])|住(?:着|的是)?(?:危房|土坯房|窝棚|漏雨)"
)
_CAUGHT = (
    rf"(?:身患|罹患|(?<!隐)患(?:有|上|了)?|查出(?:患有?)?|检出|确诊(?:为|患有?)?|诊断(?:为|出|患有?)|得了?|染上|感染|突发|因)(?:了|有)?(?:[^，。；、患]{{0,6}}?)(?:{ILLNESS})|"
    rf"(?:系|是|为|属)[^，。；、]{{0,6}}?(?:{ILLNESS})(?:患者|病人)|"
    rf"(?:身患|罹患|(?<!隐)患(?:有|上|了)?|查出(?:患有?)?|确诊(?:为|患有?)?|诊断(?:为|出|患有?)|得了|染上)[^，。；、]{{0,8}}?(?:{DISEASE})(?![虫害菌毒情株])"
)
_SUFFERED = (
    rf"(?:{ILLNESS})[^，。；、]{{0,4}}(?:复发|加重|恶化|发作|晚期|早期|病情|后遗症|缠身|在身|多年|去世|离世)|"
    rf"(?:(?<=[，、：:（(有患得的])|(?<=老人|大[爷妈娘]|奶奶|爷爷|同学|本人|同志))(?:现|曾|既往)?(?:{ILLNESS})(?!防治|预防|防控|筛查|宣传|知识|专科|门诊|医院|科|患者|病人|疫苗|人群|管理|健康)"
)
STATE = rf"{_CAUGHT}|{_SUFFERED}|{_TREATED}|{_DISABLED}|{_NEED}"
"""What is told of a person and should not be."""
# Between the person and the state nobody else may be named, nor work with those who are in it.
_ELSE = (
    r"[等各]|全[镇县乡村市区]|群众|患者|病人|对象|人员|农户|困难户|贫困户|低保户|五保户|家庭(?=[^，。；]{0,4}(?:的|\d|等))|名(?=[\u4e00-\u9fff])|人次|发放|宣传|讲解|组织|"
    r"指导|防治|预防|筛查|科普|讲座|关于|专家|带队|走访|慰问|看望|帮助|救助|探望|护送|抢救(?!无效)|接诊|主治|公司|企业|合作社|门诊|负责|强调|指出|要求|介绍|汇报|通报|主持|部署|提出|研究|检查|申请|代办|协助|村民|学生|老人(?=[^，。；]{0,6}的)"
)
_REACH = 22
"""Signs that may stand between a name and what is told of it."""
_OTHERS = re.compile(r"的?(?:患者|病人|费用|人员|对象|群众|家庭|老人|儿童|问题|学生)")
"""Behind a state: it is of those whom the person named has to do with."""
_CARERS = (
    "医生|医师|护士|大夫|护工|护理|志愿者|社工|律师|书记|主任|镇长|县长|局长|所长|站长|院长|校长|园长|老师"
)
_WITH = (
    rf"患者|病人|人员|对象|群众|老人|儿童|学生|丈夫|妻子|母亲|父亲|婆婆|公公|村民|职工|问题|情况|{_CARERS}"
)
"""Behind a state: whom it is told of instead of the name that follows, or what."""
_SUCH = (
    "村民|居民|学生|幼儿|儿童|女童|男童|老人|农户|职工|教师|员工|女孩|男孩|孩子|青年|妇女|老党员|党员|老兵|"
    "退役军人|信访人|上访人|干部|女工|工人|农民|农民工|户主|考生|同学|大学生|高中生|初中生|小学生"
)
_SUCH_END = re.compile(rf"(?:{_SUCH}|[户生员工兵]|母亲|父亲|妻子|丈夫|儿子|女儿)$|[村组社区班屯寨]$")
_ENDS = re.compile(r"[，。；、）)（(等]|$")
_DESCRIBED = re.compile(
    rf"(?:(?!{_CARERS}|责任人|帮扶|结对|联系|包[村户联]|志愿|工作)[\u4e00-\u9fff（()）\d](?<![的由向对把被将让给请派和与及等])){{0,14}}"
)
"""How somebody may be described between a state and the name: no work with those who are in it."""
# What a role or a mark before a name ends with.
_BEFORE = re.compile(
    r"(?:^|[，。；：、（(“\s]|[员工户生人长任师民者手众妇老童书委干兵警商贩主]|代表|其中|[如像连对向为由是及和与的]|[一二三四五六七八九十\d]+[、.．）)]|经查|包括)$"
)
_ROLE = re.compile(
    r"(?:[\u4e00-\u9fff](?:[员户民师长工属妻夫母父子女儿客兵医厨](?<!名[员户民])|人)|对象|群众|同志|儿童|司机|保安|护士|干部|其中)$"
)
_NARROW_BEFORE = re.compile(rf"(?:^|[，。；：、（(“]|{_ROLE.pattern})$")
_KIN = re.compile("阿姨|大[姐哥婶叔妈爷]|师傅|[婶叔嫂]")
_CALLED = re.compile("同志|老人|大[爷妈娘]|奶奶|爷爷|同学")
_FAMILY = re.compile("家庭|一家|家境|家中|家里")
_NO_GIVEN = frozenset("牛羊马猪鸡鸭鹅鱼犬狗猫蜂蚕瓜豆米麦稻庄村镇乡县沟湾坪坝寨店桥岭屯洼塘岗堡营堰渡铺口")
"""What ends the name of a creature, a crop or a place."""
_LINKS = re.compile(r"[，（(因患突系在于已曾确查住得身]")
_EVERYDAY = 11
"""The frequency, as a power of two, from which on a word is more likely said than somebody called by it."""
_SPOKEN = 9
"""The frequency up to which a word may be the beginning of a name behind whom it describes: 吴国梁, not 安心养."""
_RARE = 5
"""The frequency below which a word is no reason to read one across the beginning of a name."""
_SELDOM = 7
"""The frequency up to which a name's first two characters may be a word as well: 罗兰芳."""
_FAMILIES = COMMON_SURNAMES | frozenset("卫任史柳鲍窦喻戚岑滕毕邬穆尚项祝裴荀靳翟甄费廉贝臧焦巴褚尤")


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    told = rf"(?:{STATE})(?:(?!{_WITH})[^，。；、的]){{0,6}}|(?:{POOR})(?<=家庭)"
    lead = rf"(?:{told})的|(?:{STATE})(?={_SUCH})"
    return re.compile(STATE), re.compile(rf"(?!对)(?:(?!{_ELSE})[^。；\n]){{0,{_REACH}}}"), re.compile(lead)


def sure(name: str, after: str) -> bool:
    """A frequent family name and two signs that make no word with it or with what follows: 陈守业, not 陈旧房屋."""
    known = words()
    if name[:2] in DOUBLE_FAMILY_NAMES and len(name) > 2:
        return not known.frequency(name[2:] + after[:1])
    return (
        len(name) == 3
        and name[0] in _FAMILIES
        and not known.besides_names(name[:2])
        and not known.besides_names(name)
        and known.besides_names(name[1:]) < _EVERYDAY
        and not known.across(name, after[:3])
    )


def named_states(sentence: str) -> Iterator[tuple[int, int]]:
    """The names in a sentence of which it tells a state, as their places."""
    state, between, lead = _forms()
    led: list[tuple[int, int]] = []
    for match in lead.finditer(sentence):
        name = _described(sentence, match.end())
        if name and not re.match(rf"(?:{_CARERS})", sentence[name[1] :]):
            led.append(match.span())
            yield name
    at = 0
    for match in state.finditer(sentence):
        if _OTHERS.match(sentence, match.end()) or any(low <= match.start() < high for low, high in led):
            continue
        for low, high in _persons(sentence, max(at, match.start() - 2 * _REACH), match.start()):
            if between.fullmatch(sentence, high, match.start()):
                yield low, high
                at = match.end()
                break


def _described(sentence: str, at: int) -> tuple[int, int] | None:
    """The name that a description ends in: 患自闭症的大三班幼儿谭子涵, 因脑梗住院的吴桂兰老人."""
    reach = _DESCRIBED.match(sentence, at)
    assert reach is not None  # it may be empty
    for low in range(at, reach.end()):
        between = sentence[at:low]
        if between and not _SUCH_END.search(between) and not _ROLE.search(between):
            continue
        for high in range(min(low + 4, len(sentence)), low + 1, -1):
            if not _wide().fullmatch(sentence, low, high) or not is_person(sentence, low, high):
                continue
            name, after = sentence[low:high], sentence[high:]
            if sure(name, after) or _CALLED.match(after) or (between and _surely_ends(name, after)):
                return low, high
    return None


def _surely_ends(name: str, after: str) -> bool:
    """Whether a name behind a role ends where it is read to, at a mark or before what makes no word with it."""
    known = words()
    # 吴国梁 and 徐国安 begin like states of old.
    begun = 0 if name[1] == "国" else known.besides_names(name[:2])
    apart = len(name) == 3 and begun < _RARE and known.besides_names(name[1:]) < _EVERYDAY
    return bool(_ENDS.match(after)) or (apart and not known.across(name, after[:3]))


def _persons(sentence: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Names between two places, read from the left and each in its longer reading; the last of them first."""
    found: list[tuple[int, int]] = []
    low = start
    while low < end - 1:
        high = next(
            (
                high
                for high in range(min(low + 4, end), low + 1, -1)
                if _wide().fullmatch(sentence, low, high) and is_person(sentence, low, high)
            ),
            None,
        )
        if high is not None:
            found.append((low, high))
        low = high or low + 1
    yield from reversed(found)


def person_after(sentence: str, at: int) -> bool:
    """Whether a name surely begins at a place."""
    return any(
        sure(sentence[at:high], sentence[high:])
        for high in (at + 2, at + 3, at + 4)
        if _wide().fullmatch(sentence, at, high) and is_person(sentence, at, high)
    )


def person_before(sentence: str, end: int) -> tuple[int, int] | None:
    """The name that ends at a place, where it surely is one."""
    return next(
        (
            (low, end)
            for low in range(max(end - 4, 0), end - 1)
            if _wide().fullmatch(sentence, low, end) and is_person(sentence, low, end)
        ),
        None,
    )


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(wide_pattern())


@cache
def _narrow() -> re.Pattern[str]:
    return re.compile(pattern())


def is_person(sentence: str, low: int, high: int) -> bool:
    """Whether a stretch is somebody's name and not a word, part of one, or an office (李主任)."""
    name, before, after = sentence[low:high], sentence[:low], sentence[high:]
    known = words()
    if name[0] in _FAMILIES and is_name(name):
        at_home = len(name) == 3 and _FAMILY.match(after) and _BEFORE.search(before)
        if _CALLED.match(after) or at_home:
            return True
    if not is_name(name) or _KIN.match(name, 1) or is_official("", name[1:]) or known.besides_names(name):
        return False
    if is_official("", after) and not after.startswith("同志"):
        return False
    role, narrow = bool(_ROLE.search(before)), bool(_narrow().fullmatch(name))
    whole = role and known.frequency(before[-2:])  # 职工程望舒 is no 工程
    if not whole and known.across(before[-3:], name[:2]) >= _RARE:
        return False  # 护林员罗桂芳: 林员罗 begins in a word
    if sure(name, after):
        return True
    if len(name) == 2:
        return (
            name[0] in SURNAMES
            and bool(_NARROW_BEFORE.search(before) or (known.frequency(before[-2:]) and _LINKS.match(after)))
            and not known.across(name, after[:2])
            and name[1] not in _NO_GIVEN
            and narrow
        )
    if role and narrow and name[0] in _FAMILIES and not known.besides_names(name[:2]):
        return True  # 老人雷卫国有肝病: 国有 is none here
    across = known.across(name, after[:2])
    # 患重病的职工安心养病: a word is no name, whoever it is said of.
    begun = len(name) == 3 and name[:2] != "王国" and known.besides_names(name[:2]) > _SPOKEN
    if across >= _EVERYDAY or begun:
        return False
    if across or not narrow or known.besides_names(name[:2]) > _SELDOM:
        return role
    # Behind a mark, a role, or any word that does not run on into the name.
    word = name[0] in SURNAMES and known.frequency(before[-2:]) and not known.across(before[-3:], name)
    return bool(role or _BEFORE.search(before) or word)
