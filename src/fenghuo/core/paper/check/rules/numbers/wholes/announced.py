"""How many are announced and how many follow or went before: 三项训练：（1）…（2）…, 甲、乙、丙三大产业, 以上五项."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import folded, how_many
from ....outline import marks
from ....surnames import COMMON_SURNAMES
from ....words import words
from ..faults import counts_differ
from ..text.runs import runs
from ..text.sentences import Sentence, passages, sentences

_MOST = 15
"""Things that one announces by their number."""
_HAN = "一二两三四五六七八九十"
_MANY = rf"(?<![\d.第{_HAN}百千万几])(?P<many>\d{{1,2}}|[{_HAN}]{{1,2}})"
# What is told point by point. Villages are too, but not every list under them is of villages.
_POINTS = (
    r"(?:项|点|条|方面|类|种|大|步|件|个?层次|个?阶段|个?环节|个?步骤|"
    r"个(?=[^，。；：\d]{0,6}(?:方面|问题|原因|特点|任务|工作|措施|要求|重点|难[点题]|不足|短板|意见|建议|变化|转变|关系|原则|目标|抓手|一律|"
    r"专?[小]?组|专班|片区|中心|板块|平台|机制|工程|行动|专项|系统|到位|坚持|突出|强化|确保|必须|严禁|不)))"
)
_LEADS = re.compile(rf"(?P<found>{_MANY}{_POINTS})(?P<noun>[^，。；：、:\d（）()]{{0,10}})(?:如下)?[：:]\s*$")
# 共设4个科目：, whatever they are
_ANY_LEADS = re.compile(rf"(?P<found>{_MANY}[个项])(?P<noun>[\u4e00-\u9fff]{{2,5}})[：:]\s*$")
_SPOKEN = re.compile(
    r"(?:讲|提|谈|说|强调|汇报|通报|抓好|做好|落实|把握|抓住|开展|推进|完成|实施|强化|以下|下列)[^，。；：\d]{0,4}?"
    rf"(?P<found>{_MANY}(?:项|点|条|个?方面|件|个(?:问题|要求|意见)))(?P<noun>[^，。；：、:\d（）()]{{0,8}})[。：:]?\s*$"
)
# 任务明确如下，请对照6项任务抓好落实。
_BELOW = re.compile(
    rf"(?:如下|以下|下列)[^。；\d]{{0,12}}?(?P<found>{_MANY}(?:项|条|点|类|件|个(?:方面|问题|要求|意见)))(?P<noun>[^，。；：、:\d（）()]{{0,12}})[。：:]?\s*$"
)
_INLINE = re.compile(
    rf"(?P<found>{_MANY}{_POINTS})(?P<noun>[^，。；：、:\d（）()]{{0,10}})[：:。，]\s*(?=[（(]1[)）]|①|1[.．、]|一是|第一[，、是])"
)
_OVER = (_LEADS, _SPOKEN, _ANY_LEADS, _BELOW)
"""What stands right over a list of numbered paragraphs."""
_ORDINAL = re.compile(
    rf"[（(](?P<bracket>\d{{1,2}})[)）]|(?P<ring>[①-⑳])|(?<=[。；：;:])(?P<arabic>\d{{1,2}})[.．、](?!\d)|(?:^|(?<=[。；：，、;:]))(?P<han>[{_HAN}]{{1,2}})是(?!否)"
    rf"|(?:^|(?<=[。；：，;:]))第(?P<nth>[{_HAN}]{{1,2}})[，、是]"
)
_POINT = re.compile(rf"^[\s　]*(?:第?(?P<nth>[{_HAN}]{{1,2}})[是要，、])")
_POINT_INSIDE = re.compile(
    rf"(?:^|(?<=[。；：\s　]))第?(?P<nth>[{_HAN}]{{1,2}})[是要](?!否)|^[\s　]*第(?P<th>[{_HAN}]{{1,2}})[，、]"
)
_ABOVE = re.compile(
    rf"^\s*(?:以上|上述)(?P<found>{_MANY}(?:项|条|点|类|种|组|笔|件|个(?:方面|批次|阶段|环节|步骤|层次|情形|条件|原则|档次)))"
)

# 对照上述6项重点, anywhere below the list
_POINTED = re.compile(
    rf"(?P<back>上述|以上|前述)?(?P<by>[对按照实围绕握好将把]?)(?P<found>{_MANY}(?:项|条|点|个方面))(?:的)?(?P<noun>[\u4e00-\u9fff]{{2,4}})"
)

# 茶叶、食用菌、脐橙三大产业
_STRONG = r"大|类|种|级|方面|方(?![面案式米便向])|重(?!点)|季(?!度)"
_WEAK = (
    r"个(?!月|小时|百分点|工作日)|家|名|位|项|部门|处(?!理|置)|座|所|支(?!出|持)|条(?!件)|"
    r"人(?!次|员|民|大|口|均|工|才|以)|市(?!场|民|政|级|委|区|直|[两二三四五六七八九十\d])|省(?!略|级|委|部|心|[两二三四五六七八九十\d])|州|旗|站|镇|村|乡|县|局|校|院|园|场|点(?!\d)|件|款"
)
# Of other kinds several may be meant by one name: 公安、城管4名队员, 学校、医院4家单位.
_KIND = re.compile(
    r"(?:行政|自然)?村|镇|乡|县|市|区|社区|街道|部门|方面|环节|阶段|片区|产业|门类|工作组|小组|科室|站所|步骤|层面|行业|领域|品种|位置|地点|方位|路口|城市|省份|国家|制度|机制|工程|行动|"
    r"任务|措施|要求|活动|方式|方法|办法|渠道|途径|手段|形式|政策|程序|流程|服务|要素|原则|纪律|工作|指标|内容|标准|职责|改革|技术"
)
_THINGS = re.compile(r"[\u4e00-\u9fff]{2}")
# What several may go by one name of: 道路、桥梁、水利4个项目.
_SHARED = re.compile(
    r"[\u4e00-\u9fff]{0,4}?(?:项目|工程|问题|隐患|案|事故|点|样|场所|设施|产品|商品|位|名额|指标|村|[校院站店厂场馆]|单位|企业|小区|标段|以上|左右|[大小中]?类)"
)
# What acts may be the items of.
_OF_ACTS = re.compile(
    r"[\u4e00-\u9fff]{0,2}(?:措施|方式|方法|办法|活动|要求|制度|机制|手段|形式|渠道|途径|环节|程序|流程|步骤|工作|任务|服务|行动|小组|专班|科目|窗口|岗位)"
)
_NAMED = re.compile(rf"(?<=[\u4e00-\u9fff”])(?P<found>{_MANY}(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK})))")
_CLAUSE = re.compile(r"[，。；：:（()）]")
_LETTERS = re.compile(r"[\u4e00-\u9fff“”]+")
_JOINT = re.compile(r"以及|[和与及]")
# What a list begins after, where another one stands before it.
_BEGINS = re.compile(
    r"^.*(?:分成|分为|划分为|包括|涵盖|涉及|针对|围绕|聚焦|成立|设立|建成|形成|组成|构成|来自|"
    r"采取|采用|通过|运用|落实|实行|执行|坚持|完善|建立|健全|严格|设(?![备施计])|明确|突出)(?=.)"
)
_OF_ALL = re.compile(r"(?:这|共|等)+$")
# 甲、乙及2个乡镇 counts others; 甲、乙等隐患2处 is open.
_OPENED = re.compile(r"[和与及]$|以及$|等")
_THING = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST, _HEADING = 2, 40
"""Characters of a word that names a list, and at the end of the line above that has it."""
_FEW = 3
"""Names from which on one that is missing is no name of several."""
_NOT_NAMES = re.compile(
    rf"[\d%]|[{_HAN}](?:个|家|名|位|项|类|种|处|次)|其中|分别|每|各(?!类|级)|由|从|至|到|为|是|有|已|再|又|可|将|把|被|的$|[了着过]|[约近超逾余第前后]$|一$"
)
_DOES = re.compile(
    r"(?:[建改扩修增设立查治订印发善进训练理置换装拆除收缴报评选派配护补运送访问救助展成制编办放动]|完成|落实|实现|推动|打造|培育|征集|受理|化解|处置)$"
)
_SELDOM = 6
"""Power of two of the frequency of a word up to which it may be a name."""
_WITH_OTHERS = 6
"""Names before 等 of which one missing is a miscount, not a choice."""
_MOMENT = r"(?:(?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}日|\d{1,2}(?:时|:00))"
_MOMENTS = rf"(?<![\d至到—\-])(?P<list>{_MOMENT}(?:[、和及与]{_MOMENT})+)(?![前后至到—\-])"
_OFTEN = rf"(?P<found>(?P<many>\d{{1,2}}|[{_HAN}]{{1,2}})[次场轮])"
_DAYS = re.compile(rf"(?P<apart>分别[于在]?)?{_MOMENTS}(?P<lead>[^，。；：\d{_HAN}]{{0,16}}){_OFTEN}")
# 开展6次集中行动，分别为6月7日、6月21日
_ON_DAYS = re.compile(
    rf"(?<![\d第]){_OFTEN}(?P<lead>[^，。；：\d]{{0,10}})[，：（]?(?P<apart>分别[为是于在]|时间[^，。；：\d]{{0,4}}[为是]){_MOMENTS}"
)
# 演练6次：8月防台转移、9月消防疏散各1次
_IN_MONTHS = re.compile(
    rf"(?<![\d第]){_OFTEN}[：:，](?P<list>\d{{1,2}}月[^，。；：\d]{{0,12}}(?:[、和]\d{{1,2}}月[^，。；：\d]{{0,12}}?)+)各(?:开展|组织|举行|召开)?[1一]次"
)


def check(document: Document) -> Iterator[Finding]:
    """Silent where what follows is not surely all."""
    yield from _paragraphs(document)
    yield from _point_by_point(document)
    yield from _pointed(document)
    for start, passage in passages(document):
        yield from _inline(folded(passage), start)
    for sentence in sentences(document):
        if not sentence.cell:
            yield from _named(sentence, document)
            yield from _days(sentence)


def _point_by_point(document: Document) -> Iterator[Finding]:
    """主要存在四个方面的问题：, and under it 一是…, 二是…, 三是…, each on a line of its own."""
    lines = document.paragraphs
    for index, above in enumerate(lines[:-2]):
        if above.cell or not (first := _POINT.match(document.said(lines[index + 1]))) or first["nth"] != "一":
            continue
        said = folded(document.said(above))
        match = _LEADS.search(said) or _SPOKEN.search(said)
        values: list[int] = []
        for line in lines[index + 1 :]:
            points = list(_POINT_INSIDE.finditer(document.said(line)))
            if len(points) != 1 or not _POINT.match(document.said(line)):
                values += [0] * len(points)
                break
            values.append(how_many(points[0]["nth"] or points[0]["th"]))
        if match and len(values) >= 2 and values == list(range(1, len(values) + 1)):
            start, last = lines[index + 1].start, lines[index + len(values)].end
            yield from _told(
                above.start, said, match, len(values), Span(start, last), document.text[start:last]
            )


def _paragraphs(document: Document) -> Iterator[Finding]:
    """讲三点意见。, and under it 一、二、三、; 5. …, and under it 以上五项."""
    values = {mark.index: mark.value for mark in marks(document) if mark.level}
    through = _counted_through(document)
    for lead, siblings in runs(document):
        above, count = document.paragraphs[lead], len(siblings)
        said = folded(document.said(above))
        match = next((found for each in _OVER if (found := each.search(said))), None)
        first, last = siblings[0], document.paragraphs[siblings[-1].index]
        other = Span(document.paragraphs[first.index].start, last.end), document.text[first.start : first.end]
        if match and not above.cell and 2 <= how_many(match["many"]) <= _MOST:
            yield from _told(above.start, said, match, count, *other)
        if siblings[-1].index + 1 < len(document.paragraphs):
            below = document.paragraphs[siblings[-1].index + 1]
            said = folded(document.said(below))
            match = _ABOVE.search(said)
            # 以上两项 of 1. and 2., which has points; 上述10项 of points counted through all sections
            if match and how_many(match["many"]) not in {values.get(lead), *through}:
                yield from _told(below.start, said, match, count, *other)


def _counted_through(document: Document) -> set[int]:
    """What the numbers of each level come to at the paper's end: points may be counted through all sections."""
    return set({mark.level: mark.value for mark in marks(document) if mark.level}.values())


def _pointed(document: Document) -> Iterator[Finding]:
    """对照上述6项重点 and 对照七项议定事项, below the list that the line above names so: 自查重点, 议定事项如下：."""
    lists = [
        (document.said(document.paragraphs[lead])[-_HEADING:], siblings) for lead, siblings in runs(document)
    ]
    through = _counted_through(document)
    for sentence in sentences(document) if lists else ():
        for match in _POINTED.finditer(sentence.plain):
            size = _SHORTEST if match["back"] else 2 * _SHORTEST
            noun = match["noun"][:size]
            words = [noun[at : at + 2] for at in range(0, size, 2)]
            if not (match["back"] or match["by"]) or len(noun) < size or how_many(match["many"]) in through:
                continue
            named = [
                siblings
                for said, siblings in lists
                if all(each in said for each in words) and siblings[-1].index <= sentence.index
            ]
            if len(named) == 1 and len(named[0]) > 2 and how_many(match["many"]) <= _MOST:
                first = named[0][0]
                span, words_ = Span(first.start, named[0][-1].end), document.text[first.start : first.end]
                yield from _told(sentence.start, sentence.plain, match, len(named[0]), span, words_)


def _inline(said: str, start: int) -> Iterator[Finding]:
    """抓了三项训练：（1）…；（2）…；（3）…; 有两个问题：一是…；二是…."""
    if "1" not in said and "一" not in said and "①" not in said:
        return
    for match in _INLINE.finditer(said):
        values, end, goes_on = [], match.end(), False
        for each in _ORDINAL.finditer(said, match.end()):
            value = _value(each)
            if value == 1 and values:
                break
            goes_on = goes_on or value != len(values) + 1
            values.append(value)
            end = each.end()
        if len(values) >= 2 and not goes_on and 2 <= how_many(match["many"]) <= _MOST:
            yield from _told(
                start,
                said,
                match,
                len(values),
                Span(start + match.end(), start + end),
                said[match.end() : end],
            )


def _value(match: re.Match[str]) -> int:
    if match["ring"]:
        return ord(match["ring"]) - ord("①") + 1
    return how_many(match["bracket"] or match["arabic"] or match["han"] or match["nth"])


def _named(sentence: Sentence, document: Document) -> Iterator[Finding]:
    """围绕茶叶、食用菌、脐橙三大产业; 甲局、乙局、…、丙公司等8个单位."""
    text = sentence.plain
    if "、" not in text:
        return
    for match in _NAMED.finditer(text):
        lead = _listed(_CLAUSE.split(text[: match.start()])[-1])
        if len(lead) == match.start() and _broken(document, sentence.start):
            continue
        others = lead.endswith("等")
        listed = _OF_ALL.sub("", lead)
        items = listed.split("、")
        many = how_many(match["many"])
        if (
            len(items) < 2
            or not 2 <= many <= _MOST
            or not all(map(_LETTERS.fullmatch, items))
            or len(items[-1]) > 12
        ):
            continue
        if any(_NOT_NAMES.search(each) or len(each) > 14 for each in items[1:]) or re.search(r"\d", items[0]):
            continue
        joints = len(_JOINT.findall(listed))
        if many in range(len(items), len(items) + joints + 1):
            continue
        count = len(items) + (1 if joints and _JOINT.search(items[-1]) else 0)
        all_told = lead.endswith(("共", "这")) and count >= _FEW and abs(count - many) == 1
        if all_told or _sure(match, items, count, many, others):
            at = match.start() - len(lead)
            other = Span(sentence.start + at, sentence.start + at + len(listed))
            yield from _told(sentence.start, text, match, count, other, listed)


def _listed(clause: str) -> str:
    """A list without the words that it begins after; 设 in 建设街 is none of them."""
    lead = _BEGINS.sub("", clause)
    items = lead.split("、")
    if len(items[0]) >= _SHORTEST or any(len(each) < _SHORTEST for each in items[1:]):
        return lead
    first, mark, rest = clause.partition("、")
    return _BEGINS.sub("", first) + mark + rest


def _persons(items: list[str]) -> bool:
    """Whether a list is of persons by their names, the first of which other words may stand before."""
    return len(items) >= _FEW and all(
        2 <= len(each) <= 4 and each[0] in COMMON_SURNAMES for each in items[1:]
    )


def _proper(items: list[str]) -> bool:
    """Whether a list is of names that are no everyday words, all of one length: 大坪、黄泥、桐木."""
    seldom = [words().frequency(each) for each in items[1:]]
    return (
        len(items) >= _FEW
        and len({len(each) for each in items[1:]}) == 1
        and max(seldom) <= _SELDOM
        and sum(seldom) <= len(seldom) * _SELDOM / 2
    )


def _broken(document: Document, start: int) -> bool:
    """Whether a sentence goes on with one of the line above, which ends in the midst of a list."""
    return (
        document.text[max(start - 1, 0) : start] == "\n"
        and "、" in re.split(r"[。；：！？]", document.text[max(start - 60, 0) : start].rstrip())[-1]
    )


def _sure(match: re.Match[str], items: list[str], count: int, many: int, others: bool) -> bool:
    if others:
        return count > many or (count == many - 1 and count >= _WITH_OTHERS)
    acts = _OF_ACTS.match(match.string, match.end())
    if any(_DOES.search(each) for each in items) and not (acts and len(items) > 2):
        return False
    if match["strong"]:
        return abs(count - many) <= 2
    if match["weak"] == "人" and not _persons(items):
        return False
    named = _persons(items) or (match["weak"] not in ("名", "位") and _proper(items))
    if _OPENED.search(items[-1]) or abs(count - many) > (2 if match["many"] in _HAN or named else 1):
        return False
    if named:
        return True
    if count > many:
        # A thing has one name at the least; but 堤防、闸门、泵房隐患2处 are kinds of one thing.
        longest = max(map(len, items[1:-1]), default=len(items[-1]))
        return len(items[-1]) <= longest + 1 and bool(_THING.match(match.string, match.end()))
    if count < _FEW or match["weak"] in ("名", "位"):
        return False
    kind = match["weak"] in ("个", "项") and (
        _KIND.match(match.string, match.end())
        or (_THINGS.match(match.string, match.end()) and not _SHARED.match(match.string, match.end()))
    )
    return bool(kind) or match["many"] in _HAN or len({each[-1] for each in items}) == 1


def _days(sentence: Sentence) -> Iterator[Finding]:
    """11月12日、12月8日先后启动橙色预警2次; 开展3次夜查，分别为6月7日、6月21日、7月5日."""
    for form in (_DAYS, _ON_DAYS, _IN_MONTHS):
        for match in form.finditer(sentence.plain):
            lead = "" if form is _IN_MONTHS else match["lead"]
            count, many = len(re.split(r"[、和及与]", match["list"])), how_many(match["many"])
            if re.search(r"各|每|均|都", lead) or many < 2:
                continue
            one_by_one = not lead or match["apart"] or re.search(r"先后|分别|陆续|相继", lead)
            if many < count or (one_by_one and many <= count + 2):
                span = match.span("list")
                other = Span(sentence.start + span[0], sentence.start + span[1])
                yield from _told(sentence.start, sentence.plain, match, count, other, match["list"])


def _told(
    start: int, said: str, match: re.Match[str], count: int, span: Span, words: str
) -> Iterator[Finding]:
    if how_many(match["many"]) == count:
        return
    yield counts_differ(said, start, Span(*match.span("found")), Elsewhere(span, words), other=f"{count}")
