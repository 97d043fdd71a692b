"""A named person's illness, poverty or help received, and the homes of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...document import Document
from ...finding import Finding
from ...numerals import folded
from ...rulebook import rules
from ...surnames import COMMON_SURNAMES, DOUBLE_FAMILY_NAMES
from ...tabular import tables
from ...words import words
from .names import is_name, is_official, pattern

_LONGEST = 600
_POOR = (
    r"低保户|低保对象|低保家庭|贫困户|贫困家庭|困难户|困难家庭|困难群众|困难职工|困难学生|困难老人|特困户|特困人员|特困供养人员|五保户|五保老人|"
    r"脱贫户|监测户|监测对象|边缘户|边缘易致贫户|易返贫户|帮扶对象|帮扶户|救助对象|受助人|低收入户|低收入家庭|贫困学生|贫困生|贫困大学生|特困供养对象|困境儿童|低保老人|贫困老人|贫困群众|贫困职工|特困家庭|特困老人|特困对象|特困群众|特困职工|低保边缘户|低保边缘家庭|低保人员|"
    r"脱贫不稳定户|突发严重困难户|监测家庭|救济户|救济对象|深度困难户|零就业家庭|困难妇女|困难户主|被救助人|受助对象|受助学生|孤寡老人|空巢老人|困难居民|受灾户|建档立卡户|因病致贫户|重病户|大病户"
)
_ILL = r"患者|病人|重病患者|大病患者"
_DISEASE = (
    r"病|癌|症|瘤|炎|中风|结核|梗|硬化|出血|衰竭|积水|囊肿|结石|骨折|肿|综合征|高血压|高血糖|哮喘|痛风|贫血|溃疡|腹水|心衰|肾衰|"
    r"帕金森|抑郁|疟|疹|疱|肺气|心肌|椎间盘"
)
# Illnesses of people by names that nothing else bears; 病 or 炎 alone may be a tree's or a fowl's.
_NAMED = (
    r"[\u4e00-\u9fff]{0,3}(?:癌|白血病|淋巴瘤|肿瘤)|高血压|高血脂|高血糖|糖尿病|冠心病|心脏病|心肌(?:炎|病)|[心脑]梗死?|[心肝肾]功?能?衰竭?|脑溢血|脑出血|脑血栓|"
    r"中风|尿毒症|肝硬化|[甲乙丙戊]肝|肺结核|尘肺病?|[矽肺]肺病?|肺气肿|哮喘|痛风|帕金森病?|(?:类?风湿[性]?)?关节炎|类?风湿|(?:慢性|急性)?(?:肺|肝|肾|胃|肠|肠胃|胆囊|胰腺|支气管|"
    r"阑尾)炎|(?:慢性)?[肝肾肺胃]病|胃溃疡|"
    r"癫痫|抑郁症?|精神(?:分裂症?|病|障碍)|阿尔茨海默病?|老年痴呆症?|小儿麻痹症?|脑瘫|截瘫|渐冻症|脑膜炎|银屑病|牛皮癣|白癜风|强直性脊柱炎|肌无力|"
    r"贫血|甲亢|甲减|红斑狼疮|艾滋病|血友病|(?:腰|颈)椎(?:病|间盘突出)?|(?:胆|肾)结石|骨质疏松|白内障|青光眼|血栓"
)
_COURSE = (
    r"复发|加重|恶化|发作|晚期|早期|病情|住院|入院|手术|治疗|休养|静养|停工|请假|去世|离世|病逝|好转|后遗症|术后|"
    r"缠身"
)
_SICK = (
    rf"(?:{_NAMED})(?:[^，。；、]{{0,4}})(?:{_COURSE})|"
    rf"(?:身患|罹患|(?<!隐)患有?(?!病率|病情况)|查出(?:患有)?|得了|感染|检出|诊断(?:为|出))[^，。；]{{0,10}}?(?:{_DISEASE}|{_NAMED})|"
    r"(?:确诊|身患|罹患|(?<!隐)患[有上])(?:为|患)?[\u4e00-\u9fff]{2,12}(?=[，。；、（(]|$)|"
    r"(?<!隐)患[\u4e00-\u9fff]{2,8}(?=多年|[已近]?\d+年)|入院(?:治疗|手术|抢救)|做(?:了)?[^，。；]{0,6}手术|术后|病危|病重|病故|病逝|"
    r"卧病|放疗|糖尿病|高血压|冠心病|脑梗|心梗|肺结核|"
    r"癌症|白血病|尿毒症|(?:因|突发)(?:大|重|急)?(?:病|疾病)(?:住院|手术|致贫|返贫|去世|$|[，。、]|卧床)|"
    r"住院(?:治疗|手术|费|医疗费)|重病(?:住院|缠身|在床)|长期(?:服药|吃药|卧床|透析|化疗)|透析|化疗"
)
_NEED = (
    r"(?:家庭|生活|经济|家境)(?:十分|非常|较为|特别|生活|经济|条件)*(?:困难|贫困|拮据)|家境贫寒|"
    r"(?:享受|纳入|申请|领取|办理)[^，。；]{0,6}(?:低保|特困|五保|救助|最低生活保障)|"
    r"(?:靠|吃|领着?|拿)低保|低保(?:维持|度日|生活)|(?:靠|依靠)(?:救济|救助|借债|打零工|捡|拾荒|乞讨)|债台高筑|负债累累|入不敷出|"
    rf"(?:系|属于?|为|是|被?(?:识别|认定|确定|评定|评|列)为|列入|纳入)[^，。；]{{0,8}}?(?:{_POOR})|"
    r"因病致贫|因病返贫|因灾致贫|欠(?:下)?(?:外)?债|(?:无|没有|缺乏|失去)(?:固定|稳定|任何|其他|主要)*(?:的)?(?:经济|生活|收入)(?:收入)?来源|(?:无|没有|缺乏)(?:固定|稳定)(?:的)?收入|"
    r"(?:生活|生计)[^，。；]{0,4}(?:无着|(?:无|没有|没)(?:着落|保障)|难以(?:为继|维持))|难以维持(?:生活|生计)|家徒四壁|(?:没有|无|没)(?:任何|什么)?积蓄|无力(?:支付|承担|负担|偿还|缴纳)|"
    r"[交付看上缴还]不起|(?:年|月)?(?:人均)?收入(?:仅|不足|只有)"
)
_GIVEN = (
    r"慰问金|救助金|低保金|帮扶资金|临时救助|助学金|医疗救助|救济|困难补助|生活补助|爱心款|善款|慰问品|米面油|"
    r"过冬物资|危房改造(?:补助|资金)"
)
_CALL = r"(?:同志|家|一家|户|本人|老人|大爷|大妈|大娘|奶奶|爷爷|同学|夫妇|母子|家庭|等)?"
_N = r"[\d一二三四五六七八九十百]{1,4}"
_HOME = re.compile(
    rf"(?:[\u4e00-\u9fff]{{1,10}}?(?:村|社区|寨|屯|镇)[^，。；\d（）()]{{0,8}}?(?:{_N}\s*)?(?:村民小|小)?[组社队]"
    rf"[^，。；（）()]{{0,4}}?{_N}\s*号"
    r"|[\u4e00-\u9fff\d]{1,14}?(?:小区|社区|花园|家园|苑|公寓|新村|新城|大院|家属院|宿舍|佳园|村|镇|路|街|巷)[^，。；（）()]{0,8}?\d{1,3}\s*"
    r"(?:栋|幢|号楼|座|号院)\s*(?:[\d一二三四东西南北中]{1,2}\s*单元)?\s*(?:\d{1,4}\s*[室号房户]|\d{3,4}))"
)
_LIVES = re.compile(
    r"家住|住址|住在|现住|居住在?|户籍(?:地|所在地)?|家庭地址|住(?=于|[\u4e00-\u9fff]{2,8}(?:小区|村))|家在|租住|户主|村民|居民|住户"
)
# A place that follows one of these is somebody's home, however it is written.
_AT_HOME = re.compile(
    r"(?:家庭(?:住址|地址)|(?:详细|现|居住|户籍|常住|家庭)?住址|居住地址?|户籍(?:所在地|地址?)|家住|现住|现居|暂住|常住|租住|居住|"
    r"住(?=[在于])|家(?=[在于]))(?:为|是|在|于|位于)*[：:\s]*"
)
_ANY_PLACE = re.compile(
    rf"(?:(?!的|人口|住户|居民|群众)[\u4e00-\u9fffA-Za-z\d\-·]){{2,24}}?(?:{_N}\s*[号室户栋幢座组社队]|{_N}\s*单元|{_N}\s*号楼)"
    rf"(?:附?{_N}号|[前后东西南北左右大小内外旁]?[院楼]|(?:(?!的)[\u4e00-\u9fff]){{0,3}}{_N}\s*(?:[号室户栋幢楼层座]|单元|门洞?)|-?\d{{1,4}})*"
    r"(?:[东西南北中]?单元\s*\d{3,4}|[东西南北]\s*\d{3,4})?"
    r"(?=[，。；、）)（(\s]|的|内|家|附近|旁|门口|$)"
)
_HOUSE = (
    rf"(?:(?!的|人口|地点|为|是|在|于)[\u4e00-\u9fffA-Za-z\d\-·]){{3,26}}?(?:{_N}(?:-\d{{1,3}})?\s*号(?:院|楼)?(?:{_N}\s*(?:号楼|[栋幢座排]))?|{_N}\s*[室栋幢座])"
    rf"(?:[东西南北中]?{_N}?\s*单元)?(?:\s*{_N}\s*[室号房户])?(?:\s*\d{{3,4}})?"
)
"""A house by its number, with nothing asked of what follows."""
# 送到…由陈小明签收: whoever takes something at a door lives behind it.
_BROUGHT = re.compile(r"(?:送|寄|搬|运|接|邮|投递|配送|上门)[^，。；]{0,6}(?:到|至|往|去)")
_OF_MANY = re.compile(r"的?(?:全部|所有)?(?:住户|居民|村民|群众|农户|家庭|人员|人口|户主|\d)")
_NO_HOME = re.compile(
    r"安置点|宾馆|酒店|单位|学校|医院|指挥部|营地|驻地|值班|办公|仓库|敬老院|养老院|福利院|公司|厂"
)
_DOOR = re.compile(
    rf"[\u4e00-\u9fff]{{2,10}}?(?:村|社区|街道|镇|乡|路|街|巷|弄|胡同|小区)[\u4e00-\u9fff]{{0,8}}?{_N}(?:-\d{{1,3}})?\s*号(?:院|楼)?"
    rf"(?:附{_N}号|{_N}\s*(?:号楼|单元|[栋幢室])|\d{{3,4}})*(?=[，。；、）)（(\s]|的|家|$)"
)
_ROLE = re.compile(
    r"(?:房主|户主|房东|租户|住户|村民|居民|老人|当事人|申请人|对象|家属|业主|亲属|伤者|死者|学生|患者|联系人|受助人)$"
)
_BODY_PLACE = re.compile(
    r"办公|地址设|设在|注册地址|经营场所|单位地址|公司|企业|仓库|商铺|门店|餐馆|会议地点|报名地点|地点"
)
_HAS_NUMBER = re.compile(rf"{_N}\s*(?:[号室户栋幢组社队]|单元)|栋|座")
_TELLS = re.compile(
    r"困难|低保|贫困|特困|五保|脱贫|监测|边缘|返贫|帮扶|救助|受助|低收入|困境|孤寡|空巢|受灾|建档|病|患|癌|症|诊|住院|入院|手术|术后|透析|"
    r"来源|着落|积蓄|捡|拾荒|乞讨|生计|无力|不起|四壁|[化放]疗|服药|卧床|拮据|贫寒|债|收入|慰问|助学金|救济|补助|爱心款|善款|米面油|过冬|危房|感染|得了|零就业|入不敷出|度日|打零工|致贫|"
    rf"{_NAMED}"
)
_LIST_OF = re.compile(
    r"^(?:姓名|户主|户主姓名|受助人|患者姓名|帮扶对象|救助对象|被救助人|学生姓名|困难群众姓名)$"
)
_LIST_WITH = re.compile(
    r"困难(?:类型|原因|情况)|致贫|病(?:种|情|因|名)|患病|低保|帮扶|救助|慰问金|补助|身份证|住址|地址|收入|户类型|电话|手机|健康|银行|卡号"
)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    name = rf"(?P<name>{pattern()})"
    # A one-sign given name must be followed by what cannot belong to it.
    end = (
        r"(?=\d|办|去|出院|解|住|进|看|交|缴|申|落实|联系|转|修|建|参加|就业|务工|享受|纳入|过|得到|获|收到|领|表示|说|主动|自己|靠|发|送|捐|手[中上里]|提供|拨|补|减|免|赠|配发|购|安装|换|家|一家|户|等|同|老|大[爷妈娘]|奶奶|爷爷|夫妇|"
        r"本人|的|因|患|系|属|为|被|生|在|今年|现年|已|于|[，。；、：:（()）\s]|$)"
    )
    whom = (
        r"(?:向|为|给|对|将|把|[送交发]到|发放到|[送交]至|帮助|慰问|走访|看望|资助|救助|探望|帮扶)(?:了)?"
        r"(?:[\u4e00-\u9fff]{2,6}(?:村|社区|组))?(?:村民|居民)?"
    )
    return (
        re.compile(rf"(?:{_POOR}|{_ILL})(?:代表|家庭|户主)?[：:“（(\s]?{name}{end}"),
        re.compile(rf"(?:{_POOR}|{_ILL})(?:代表|家庭|户主)?[：:“（(\s]?{name}(?=[\u4e00-\u9fff])"),
        re.compile(
            rf"{name}{_CALL}(?:[（(][^（）()。；]{{0,16}}?|，(?:(?:[男女]|现年|今年|\d+岁)[^。；]{{0,20}}?)?|[：:])(?:{_POOR})"
            r"(?=[，。；、）)]|$)"
        ),
        re.compile(
            rf"{name}{_CALL}"
            r"(?:[（(，]|(?=因|患|身患|确诊|系|属|为|是|被|家庭|生活|突发|查|住院|入院|得|享受|纳入|家境|欠|长期|罹|经|"
            r"靠|吃|领|拿|卧|病|术|做|近|曾|常年|多年|今年|去年|上月|正|目前|仍|检|诊|刚|依靠|于|在|入不|债|负债|一直|[被将]?列|评|认定|识别|确定|无|没|缺|失去|难以|交|付|看不|上不|家徒))"
            rf"(?:[^。；，]{{0,14}}[，、])?(?:[^，。；]{{0,8}}?)(?:{_SICK}|{_NEED})"
        ),
        re.compile(
            rf"{name}(?:{_CALL}[因有患得的（(]|老人|大[爷妈娘]|奶奶|爷爷|同学|本人)(?:[^，。；、（()）]{{0,6}}?)(?:{_NAMED})"
            r"(?!防治|预防|防控|筛查|宣传|知识|专科|门诊|医院|科|患者|病人|疫苗|人群|管理|健康)"
        ),
        re.compile(rf"{name}[，、：:]\s*(?:现|曾|既往)?(?:{_NAMED})(?:足|症|患者|病史)?(?=[，。；、）)]|$)"),
        re.compile(
            rf"(?:救助|慰问|资助|补助|救济|帮扶)(?:了)?{name}{_CALL}(?:现金|人民币)?\s*\d[\d,.]*\s*元"
        ),
        re.compile(
            rf"{whom}{name}{end}{_CALL}"
            rf"(?:\d+[户名人])?[^。；]{{0,24}}?(?:{_GIVEN}|{_POOR}|{_NEED}|{_SICK})"
        ),
    )


_FAMILIES = COMMON_SURNAMES | frozenset("卫任史柳鲍窦喻戚岑滕毕邬穆尚项祝裴荀靳翟甄费廉贝臧焦巴褚尤")
_EVERYDAY = 11
"""The frequency, as a power of two, from which on a word is more likely said than somebody called by it."""
_OPEN = 1
"""The form whose name may be followed by anything: there the name itself must be sure."""


def _sure(name: str, after: str) -> bool:
    """A frequent family name and two signs that make no word with it or with what follows: 陈守业, not 陈旧房屋."""
    known = words()
    if name[:2] in DOUBLE_FAMILY_NAMES and len(name) > 2:
        return not known.frequency(name[2:] + after[:1])
    return (
        len(name) == 3
        and name[0] in _FAMILIES
        and not known.frequency(name[:2])
        and not known.frequency(name)
        and known.frequency(name[1:]) < _EVERYDAY
        and not known.across(name, after[:3])
    )


def check(document: Document) -> Iterator[Finding]:
    """One finding a name in a sentence; names told by their office, and masked ones (张某), are left alone."""
    text = folded(document.text)
    told: list[tuple[int, int]] = []
    for paragraph in document.paragraphs:
        said = text[paragraph.start : paragraph.end]
        for sentence in re.finditer(rf"[^。；\n]{{1,{_LONGEST}}}", said):
            start = paragraph.start + sentence.start()
            yield from _homes(sentence[0], start)
            if not _TELLS.search(sentence[0]):
                continue
            for at, form in enumerate(_forms()):
                for match in form.finditer(sentence[0]):
                    span = start + match.start("name"), start + match.end("name")
                    if any(low < span[1] and span[0] < high for low, high in told):
                        continue
                    if not _is_person(sentence[0], match) or (
                        at == _OPEN and not _sure(match["name"], sentence[0][match.end("name") :])
                    ):
                        continue
                    told.append(span)
                    yield rules()["named-hardship"].finding(*span, found=match["name"][0] + "…")
                    for low, high in _listed(sentence[0], match.end("name")):
                        if (start + low, start + high) not in told:
                            told.append((start + low, start + high))
                            name = sentence[0][low]
                            yield rules()["named-hardship"].finding(
                                start + low, start + high, found=name + "…"
                            )
    yield from _lists(document)


def _listed(sentence: str, at: int) -> Iterator[tuple[int, int]]:
    """The further names of a list that a named person begins: 陈小明、王丽丽等."""
    form = re.compile(rf"、(?P<name>{pattern()})(?=[、，。等）)]|\d|$)")
    while match := form.match(sentence, at):
        if not is_name(match["name"]):
            return
        yield match.span("name")
        at = match.end()


def _is_person(sentence: str, match: re.Match[str]) -> bool:
    start, end = match.span("name")
    comrade = "同志" if sentence.startswith("同志", end) else ""
    # 李主任 is told by the office alone.
    return (
        is_name(match["name"])
        and not is_official("", match["name"][1:])
        and not is_official(sentence[:start], sentence[end + len(comrade) :])
    )


def _homes(sentence: str, start: int) -> Iterator[Finding]:
    if not _HAS_NUMBER.search(sentence):
        return
    told: list[tuple[int, int]] = []
    for low, high in (
        *_told_homes(sentence),
        *_at_home(sentence),
        *_stays(sentence),
        *_brought(sentence),
        *_doors(sentence),
        *_at_whose(sentence),
        *_home_of(sentence),
    ):
        if not any(start_ < high and low < end for start_, end in told):
            told.append((low, high))
            yield rules()["home-address"].finding(
                start + low, start + high, found=sentence[low : low + 4] + "…"
            )


def _at_home(sentence: str) -> Iterator[tuple[int, int]]:
    """家住, 住址, 现住 and a place with the number of a house."""
    for lives in _AT_HOME.finditer(sentence):
        match = _ANY_PLACE.match(sentence, lives.end())
        if not match or _NO_HOME.search(match[0]) or _OF_MANY.match(sentence, match.end()):
            continue
        if not _BODY_PLACE.search(sentence[: lives.start()][-8:]):
            yield match.span()


def _stays(sentence: str) -> Iterator[tuple[int, int]]:
    """陈小明住锦园3幢502室: a person, 住 and a place with the number of a house."""
    for stays in re.finditer(
        rf"(?P<name>{pattern()}){_CALL}(?:一家)?(?:人)?(?:[现暂借寄原曾]|仍|就|一直)?(?:居)?住", sentence
    ):
        match = _ANY_PLACE.match(sentence, stays.end())
        if match and not _NO_HOME.search(match[0]) and _is_person(sentence, stays):
            yield match.span()


def _brought(sentence: str) -> Iterator[tuple[int, int]]:
    """送水到锦园3幢502室，由陈小明签收: what is brought to a named person's door."""
    for way in _BROUGHT.finditer(sentence):
        match = _ANY_PLACE.match(sentence, way.end())
        if not match or _NO_HOME.search(match[0]):
            continue
        takes = re.match(
            rf"[，,]?(?:并|均|都|已)?(?:由|交给|交由|交|给)(?P<name>{pattern()})(?:本人|[签接代]|领|收|当面|亲|$|[，,])",
            sentence[match.end() :],
        )
        if takes and is_name(takes["name"]) and not is_official("", takes[0][len(takes["name"]) :]):
            yield match.span()


def _doors(sentence: str) -> Iterator[tuple[int, int]]:
    """陈小明（梨园村李家沟10号）: a person's name and, right after it, the number of a house."""
    for match in _DOOR.finditer(sentence):
        before = sentence[: match.start()]
        named = re.search(rf"(?P<name>{pattern()})家?[（(，：:]\s*$", before)
        if (
            named
            and is_name(named["name"])
            and (_sure(named["name"], "") or bool(_ROLE.search(before[: named.start()])))
            and not is_official(before[: named.start()], "")
            and not _NO_HOME.search(match[0])
            and not _BODY_PLACE.search(before[-14:])
        ):
            yield match.span()


def _at_whose(sentence: str) -> Iterator[tuple[int, int]]:
    """锦园3幢502室陈小明家: a house, and right after it the home of a named person."""
    for match in re.finditer(
        rf"(?:^|(?<=[为是在于，、至到]))(?P<house>{_HOUSE})(?:村民|居民|住户|户主)?(?P<name>{pattern()})(?=家(?![具电长畜禽访]))",
        sentence,
    ):
        if is_name(match["name"]) and not _NO_HOME.search(match["house"]):
            yield match.span("house")


def _home_of(sentence: str) -> Iterator[tuple[int, int]]:
    """送到陈小明家中（锦园3幢502室）: a named person's home, and in brackets where it is."""
    for match in re.finditer(
        rf"(?P<name>{pattern()})(?:同志)?(?:家中|家里|家|住处|住所)[（(](?:即|地址[：:])?", sentence
    ):
        place = _ANY_PLACE.match(sentence, match.end())
        if place and is_name(match["name"]) and not _NO_HOME.search(place[0]):
            yield place.span()


def _told_homes(sentence: str) -> Iterator[tuple[int, int]]:
    """An address that is whole by itself, where somebody lives or is named beside it."""
    for match in _HOME.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        lives = [
            each for each in _LIVES.finditer(sentence[: match.end()]) if match.start() - each.end() <= 10
        ]
        named = re.search(rf"(?P<name>{pattern()})(?:家)?[（(，：:]?\s*$", before) or re.match(
            rf"\s*(?P<name>{pattern()})(?=家|的|[，、。（()]|$)", after
        )
        person = bool(named and is_name(named["name"]))
        if not (lives or person) or _BODY_PLACE.search(before[-14:]):
            continue
        low, high = match.span()
        for each in lives:
            if low <= each.start() and each.end() < high and each[0] not in ("村民", "居民", "住户", "户主"):
                low = each.end()
        yield low + len(sentence[low:high]) - len(sentence[low:high].lstrip("为是在于")), high


def _lists(document: Document) -> Iterator[Finding]:
    """A table of names with what befell them: one finding, on its first name."""
    for rows in tables(document):
        if len(rows) < 2:
            continue
        head = ["".join(cell.text.split()) for cell in rows[0]]
        column = next((at for at, text in enumerate(head) if _LIST_OF.match(text)), None)
        telling = [text for at, text in enumerate(head) if at != column and _LIST_WITH.search(text)]
        hardship = [text for text in telling if not re.search(r"电话|手机", text)]
        if column is None or not hardship:
            continue
        held = [row[column] for row in rows[1:] if column < len(row)]
        named = [cell for cell in held if re.fullmatch(pattern(), "".join(cell.text.split()))]
        if named:
            yield rules()["named-list"].finding(
                named[0].start, named[0].end, count=len(named), columns="、".join(hardship)
            )
