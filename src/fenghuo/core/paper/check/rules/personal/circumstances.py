"""A named person's illness, need or help received, told of in running text or in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...document import Document
from ...finding import Elsewhere, Finding, Span
from ...numerals import folded
from ...rulebook import rules
from ...tabular import tables
from .homes import CALL, homes
from .names import is_name, pattern, told_by_name
from .states import ILLNESS, POOR, STATE, named_states, person_after, sure

_LONGEST = 600
_ILL = r"患者|病人|重病患者|大病患者"
_GIVEN = (
    r"慰问金|救助金|低保金|帮扶资金|临时救助|助学金|医疗救助|救济|困难补助|生活补助|爱心款|善款|"
    r"危房改造(?:补助|资金)"
)
_TELLS = re.compile(
    r"困难|低保|贫困|特困|五保|脱贫|监测|边缘|返贫|帮扶|救助|受助|低收入|困境|孤寡|空巢|受灾|建档|"
    r"[病患癌症瘤炎诊瘫残盲聋哑瘸疗梗欠债穷]|[住入出]院|手术|术后|透析|服药|卧床|中风|肝硬化|抑郁|精神|骨折|失明|失聪|截肢|智障|失能|自理|劳动|养伤|自杀|轻生|怀孕|流产|"
    r"来源|着落|积蓄|捡|拾荒|乞讨|生计|无力|不起|四壁|拮据|贫寒|收入|度日|糊口|为生|维持|救济|接济|零工|致贫|因贫|举债|借[粮钱]|没钱|无钱|无劳|揭不开|吃不|危房|土坯|"
    r"慰问|助学金|补助|爱心款|善款|米面油|过冬|感染|零就业|入不敷出|一贫|"
    rf"{ILLNESS}"
)
_CLAUSE, _SHOWN = re.compile("[，。；、：（()）]|$"), 12
_NEAR = 30
"""Characters beside a name in which what is told of it is sought."""
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
        re.compile(rf"(?:{POOR}|{_ILL})(?:代表|家庭|户主)?[：:“（(\s]?{name}{end}"),
        re.compile(rf"(?:{POOR}|{_ILL})(?:代表|家庭|户主)?[：:“（(\s]?{name}(?=[\u4e00-\u9fff])"),
        re.compile(
            rf"{name}{CALL}(?:[（(][^（）()。；]{{0,16}}?|，(?:(?:[男女]|现年|今年|\d+岁)[^。；]{{0,20}}?)?|[：:])(?:{POOR})"
            r"(?=[，。；、）)]|$)"
        ),
        re.compile(rf"(?:救助|慰问|资助|补助|救济|帮扶)(?:了)?{name}{CALL}(?:现金|人民币)?\s*\d[\d,.]*\s*元"),
        re.compile(
            rf"{whom}{name}{end}{CALL}"
            rf"(?:\d+[户名人])?(?:(?!、[^，。；（(]{{2,14}}[（(])[^。；]){{0,24}}?(?:{_GIVEN}|{POOR}|{STATE})"
        ),
    )


_WHOM = 4
"""The form whose name comes first, and what is told or given behind it."""
_OPEN = 1
"""The form whose name may be followed by anything: there the name itself must be sure."""


def check(document: Document) -> Iterator[Finding]:
    """One finding a name in a sentence; masked names (张某) are left alone."""
    text = folded(document.text)
    for paragraph in document.paragraphs:
        said = text[paragraph.start : paragraph.end]
        for match in re.finditer(rf"[^。；\n]{{1,{_LONGEST}}}", said):
            sentence, start = match[0], paragraph.start + match.start()
            yield from homes(sentence, start)
            if not _TELLS.search(sentence):
                continue
            told: list[tuple[int, int]] = []
            stated = list(named_states(sentence))
            for low, high in (*stated, *_told(sentence, stated)):
                if not any(start_ < high and low < end for start_, end in told):
                    told.append((low, high))
                    name = sentence[low]
                    yield rules()["named-hardship"].finding(
                        start + low,
                        start + high,
                        elsewhere=_beside(sentence, start, low, high),
                        found=name + "…",
                    )
    yield from _lists(document)


def _beside(sentence: str, start: int, low: int, high: int) -> tuple[Elsewhere, ...]:
    """What is told of the name: the nearest word of need or illness behind it with its clause, else before it."""
    if behind := _TELLS.search(sentence, high, high + _NEAR):
        close = _CLAUSE.search(sentence, behind.end(), behind.end() + _SHOWN)
        spans = [(behind.start(), close.start() if close else behind.end())]
    else:
        spans = [each.span() for each in _TELLS.finditer(sentence, max(low - _NEAR, 0), low)][-1:]
    return tuple(Elsewhere(Span(start + first, start + last), sentence[first:last]) for first, last in spans)


def _told(sentence: str, stated: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Names that stand beside what they are called (低保户陈小明) or are given, and those listed behind them."""
    for at, form in enumerate(_forms()):
        for match in form.finditer(sentence):
            # 何大贵、建档立卡贫困户罗长顺: what stands before another name is told of that one.
            if at == _WHOM and _of_another(sentence, match.end(), stated):
                continue
            if told_by_name(sentence, match) and (
                at != _OPEN or sure(match["name"], sentence[match.end("name") :])
            ):
                yield match.span("name")
                yield from _listed(sentence, match.end("name"))


def _of_another(sentence: str, end: int, stated: list[tuple[int, int]]) -> bool:
    """Whether what is told up to a place leads to a name behind it."""
    return person_after(sentence, end) or any(
        end <= low < end + 14 and not re.search("[，、；]", sentence[end:low]) for low, _ in stated
    )


def _listed(sentence: str, at: int) -> Iterator[tuple[int, int]]:
    """The further names of a list that a named person begins: 陈小明、王丽丽等."""
    form = re.compile(rf"、(?P<name>{pattern()})(?=[、，。等）)]|\d|$)")
    while match := form.match(sentence, at):
        if not is_name(match["name"]):
            return
        yield match.span("name")
        at = match.end()


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
