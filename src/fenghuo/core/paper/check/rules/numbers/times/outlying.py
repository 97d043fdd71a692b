"""Months, feasts and seasons far from the part of the year that a paper is about, with nothing that says why.

A plan of the autumn term that drills in April, a report on the National Day's checks that tells of New Year's Eve, an
appeal for Tomb Sweeping Day that opens in August. Only what lies months away is told, and only where neither its
clause nor its sentence speaks of another time (去年, 届时, 下一步, 同期); what was done before or will be done after
may be told as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ....rulebook import rules
from ..text.dates import moments
from ..text.frame import Frame
from ..text.sections import headings, months_set
from ..text.sentences import Sentence, sentences
from .later import IMPRINT
from .planned import VACATION, is_planned
from .spans import YEAR, Mention, Own, apart, headline, named, natures, own, term

_OTHER = re.compile(
    r"去年|上年|上一年|前年|明年|来年|次年|翌年|今冬|明春|往年|历年|常年|每年|逐年|全年|年度|年底|年末|年初|年内|以来|同期|同比|环比|届时|另(?!有|外)"
    r"|再[\u4e00-\u9fff]{0,4}[议定征]|上一?(?:轮|届|期|次|个|周|半年|学期|季)|下一?(?:轮|届|期|次|步|个|阶段|半年|学期|周|季)|今后|以后|此前|之前|曾|累计|至今|截至|截止"
    r"|合同|有效|期限|规划|冬天|入冬|入夏|入秋|开春|遗留|未完|顺延|推迟|延期|改期|结转|提前|筹备|准备|储备|备战|备荒|接下来|日起施行|起施行|印发|出台|成立|建成|[比较与和同](?=[^，。；]{0,14}相?比)|(?<![对评])比(?![例赛武])"
    r"|新学期|开学准备|新生|历史|教训|事故|案[例件]|长效|常态|四季|春夏|夏秋|秋冬|冬春|跨年|[上下]半年"
)
"""What says that another time is meant."""
_BESIDE = re.compile(r"去年|上年|明年(?!1月)|同期|相比|届时|往年|历年|上一?[轮届期]")
"""What says so from the clause before or behind as well."""
_TO_COME = re.compile(
    r"将(?!军|相)|拟|定[于在]|不少于|计划|预计|谋划|展望|打算|力争|争取|确保|(?<![主重需])要(?!求|点|素|数|闻)|待|最[迟晚]|其余|才[能会]|答复|重点(?=抓|做|推|围|是)|继续|还(?!有|是)|即将|准备|迎接|迎来|有望|建议|须|应(?!急|用|对)|请"
)
_DONE = re.compile(r"已|了(?!解)|曾|经|完成了|先后|共(?!同|享|建)")
_RUNS = re.compile(r"[日月](?:起)?\s*(?:至|到|[—\-－~～]{1,2})\s*$")
_WAS = re.compile(r"上半年|去年|上年|今年以来|共[\u4e00-\u9fff]{2,4}\d|了(?!解)|累计")
"""What a paragraph of a plan opens with that tells of what was done."""
_CODE = re.compile(r"《[^《》]*》|〔[^〕]*〕|[（(][^（）()]*[)）]")
_NOW = re.compile(
    r"(?:当前|眼下|目前|如今|现在)[^，。；\d]{0,4}(?:正值|正是|正处|进入|时值|适逢|处于)$|(?:正值|时值|恰在|适逢)(?:[^，。；\d]{1,4})?$|在这[个样]?[^，。；\d]{0,4}的$"
)
"""What stands before the time that it is now."""
_CLAUSES = re.compile(r"[，：:]")
_DUE = re.compile(r"(?:佳节|节)?[^，。；\d]{0,3}(?:之?前|以前)")
_ITS_DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日(?:[（(][^（）()]{1,6}[)）])?[为是，]?$")
_GIVEN_OUT = re.compile("(?:发布|印发|下发|下达|交办|通报|签订|公布)[^，。；\\d]{0,4}的")
"""6月30日发布的用电提示再次推送: the day only says which."""
_ASKS_AHEAD = re.compile("提供|招生|报名|筹备|征订|申报|采购|预报|编制|排课|摸底")
"""What is asked for in a title long before its time: 关于商请提供2026年秋季学期…信息的函."""
_NOTHING = 4
_HOLIDAYS = 2
"""Months beside a term into which its holidays reach."""
_SPAN_APART, _SOON, _SINCE = 2, 4, 9
"""Months between a title and its campaign, up to what is due soon, and back to what a plan tells as done."""
_ONCE = 2
"""Times at the most that a season of another time is named, and fewer than the paper's own."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the paper does not say what part of the year it is about."""
    time = own(document, frame)
    year = frame.year or 2000
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    signed = frame.signed
    if time is None and signed is None:
        return
    heads = headings(document) if time else []
    titled = headline(document, frame)
    skipped |= {
        at
        for at, each in enumerate(document.paragraphs)
        if folded(document.said(each)[: len(titled) + 8]).strip() == titled
    }
    if time and (found := _titled_apart(document, frame, year, time)):
        yield found
        return
    index, was, last = -1, False, ""
    for sentence in sentences(document):
        was = sentence.index == index and (was or bool(_WAS.search(last)))
        index, last = sentence.index, sentence.plain
        if sentence.index in skipped or sentence.cell or IMPRINT.fullmatch(sentence.plain.strip()):
            continue
        text = _CODE.sub(lambda match: "　" * len(match[0]), sentence.plain)
        if signed and (found := _of_now(sentence, text, frozenset((signed.month,)), year)):
            yield found
            continue
        if time and time.far > 1 and (found := _of_another_season(sentence, text, titled)):
            yield found
            continue
        if time is None or _elsewhere(sentence, heads, frame, time) or is_planned(document, sentence):
            continue
        if (not time.plan and sentence.index in frame.ahead) or (was and not time.back):
            continue
        seasons = natures(text) if time.far == 1 and time.back else ()
        for each in (*named(text, year), *seasons):
            if apart(each.months, time.months) >= _far(each, time) and _unexplained(text, each, time, frame):
                yield _told(sentence, each, time.called)
                break


def _elsewhere(sentence: Sentence, heads: list[tuple[str, ...]], frame: Frame, time: Own) -> bool:
    """Whether a heading sets another time for what stands under it."""
    above = months_set(heads[sentence.index], frame)
    return above is not None and not above <= time.months


def _far(each: Mention, time: Own) -> int:
    """How many months away a time has to lie: a term and a month end sharply, what is prepared for does not."""
    if each.moment is None:
        return each.far
    if time.far == 1 and time.back and len(time.months) == 1:
        return 1 if each.moment.day else 2
    return 2 if time.far == 1 and "学期" in time.called else 3


def _unexplained(text: str, each: Mention, time: Own, frame: Frame) -> bool:
    before, after = text[: each.start], text[each.end :]
    leads, rests = _CLAUSES.split(before), _CLAUSES.split(after)
    lead, rest = leads[-1], rests[0] if rests[0].strip("上中下旬底末初份") else "，".join(rests[:2])
    if len(lead) + len(rest) < _NOTHING and len(rests) > 1:
        rest = "，".join(rests[:2])
    clause = lead + text[each.start : each.end] + rest
    if _OTHER.search(clause) or _BESIDE.search("，".join([*leads[-2:-1], *rests[1:2]])):
        return False
    beside = "学期" in time.called and apart(each.months, time.months) <= _HOLIDAYS
    if beside and each.moment and each.moment.day and VACATION.search(clause):
        return False  # 寒假放到2月28日，3月1日返校
    if each.moment and time.back and _GIVEN_OUT.match(after) and min(each.months) < min(time.months):
        return False
    if each.moment is None and _ITS_DAY.search(before):
        return False  # 2026年4月5日（星期日）为清明节
    if re.search(r"\d年\s*[至到—\-－~～]*\s*$|(?<!一)[年第]$", before):
        return False
    if time.back and _RUNS.search(before):
        return False  # 5月10日至9月30日: what began may last beyond
    if time.back and re.search("[自从]$", before) and re.match("(?:底|初|[上中下]旬)?起", after):
        return False
    ahead = bool(_TO_COME.search(clause))
    done = bool(_DONE.search(lead + rest))
    if time.back or not time.plan:
        signed = frame.signed
        soon = signed and any(1 <= (month - signed.month) % YEAR <= _SOON for month in each.months)
        if soon and _DUE.match(after) and not done:
            return False  # 春节前再组织一轮检查
        return not (ahead or _TO_COME.search(before) or _OTHER.search(leads[-2] if len(leads) > 1 else ""))
    signed = frame.signed
    before_it = signed and any((signed.month - month) % YEAR < _SINCE for month in each.months)
    return not (done and before_it)


def _of_now(sentence: Sentence, text: str, now: frozenset[int], year: int) -> Finding | None:
    """当前正值晚稻收割 in a notice of March."""
    for each in (*named(text, year), *natures(text)):
        before = text[max(each.start - 14, 0) : each.start]
        if _NOW.search(before) and apart(each.months, now) >= (each.far if each.season else 2):
            (month,) = now
            return _told(sentence, each, f"{month}月")
    return None


_CROPS = (
    re.compile("春耕|春播|春灌|早稻育秧|小麦返青|春季|春防"),
    re.compile("夏收|夏种|夏粮|夏播|麦收|“?三夏”?|夏季"),
    re.compile("秋收|秋种|秋粮|秋播|秋耕|“?三秋”?|晚稻|秋季"),
    re.compile("冬季|冬灌|冬训|冬防|寒假"),
)
"""The work of the four seasons, each of which has its own."""
_GOES_ON = re.compile(
    r"[^，。；\d]{0,4}(?:期间|紧随|正在|全面展开|已近|过半|结束|进入|铺开|双选会|招聘会|运动会|征集|征兵)"
)
"""What is said of a season's work that is being done."""


def _of_another_season(sentence: Sentence, text: str, titled: str) -> Finding | None:
    """秋收期间 in minutes on buying the summer's grain: a season the title does not name, told as the time it is."""
    own = [at for at, form in enumerate(_CROPS) if form.search(titled)]
    if len(own) != 1 or _OTHER.search(text):
        return None
    for at, form in enumerate(_CROPS):
        match = form.search(text) if at not in own else None
        if not match or not _GOES_ON.match(text[match.end() :]):
            continue
        clause = _CLAUSES.split(text[: match.start()])[-1] + _CLAUSES.split(text[match.end() :])[0]
        if _TO_COME.search(clause.replace("定于", "")) or re.search(
            "[春夏秋冬和与及、]$", text[: match.start()]
        ):
            continue
        each = Mention(match.start(), match.end(), frozenset())
        return _told(sentence, each, titled[slice(*_CROPS[own[0]].search(titled).span())])
    return None


def _titled_apart(document: Document, frame: Frame, year: int, time: Own) -> Finding | None:
    """A title of the winter holidays over a paper whose days all lie in summer: the title is the one that differs."""
    signed = frame.signed
    at = frame.parts.title[0] if frame.parts.title else 0
    paragraph = document.paragraphs[at]
    said = folded(document.said(paragraph))
    told = [*(each for each in named(said, year) if each.moment is None), *natures(said), *term(said)]
    if len(told) != 1 or signed is None or not headline(document, frame) or _ASKS_AHEAD.search(said):
        return None
    (each,) = told
    days = [
        one.months
        for sentence in sentences(document)
        if sentence.index in frame.parts.body and not sentence.cell and not _OTHER.search(sentence.plain)
        for one in named(sentence.plain, year)
        if one.moment is not None
    ]
    sharp = "学期" in said[each.start : each.end]
    least = 1 if sharp else 3
    near = [month for month in days if apart(each.months, month) < least]
    spanned = time.far > 1 and apart(each.months, time.months) >= min(_SPAN_APART, each.far)
    if not spanned and (len(days) < _ONCE or near or apart(each.months, (signed.month,)) < least):
        return None
    if spanned:
        # The days of a campaign stand nearer to the one that its title is of, or the title does to all else.
        others = [month for month in days if apart(time.months, month) > 0]
        if others and all(apart(each.months, month) < _SPAN_APART for month in others):
            place = _spanned(document, frame, time)
            if place:
                return place
    return rules()["other-half"].finding(
        paragraph.start + each.start,
        paragraph.start + each.end,
        found=said[each.start : each.end],
        own=Text(en=f"month {signed.month}", zh=f"{signed.month}月前后"),
    )


def _spanned(document: Document, frame: Frame, time: Own) -> Finding | None:
    """Where the days of the campaign stand."""
    for sentence in sentences(document):
        found = moments(sentence.plain) if sentence.index in frame.parts.body else []
        pair = next(
            (
                (one, two)
                for one, two in pairwise(found)
                if one.month and two.month and {one.month, two.month} <= time.months and one.day
            ),
            None,
        )
        if pair:
            start, end = pair[0].start, pair[1].end
            return rules()["other-half"].finding(
                sentence.start + start,
                sentence.start + end,
                found=sentence.text[start:end],
                own=Text(en="the season of the title", zh=headline(document, frame)),
            )
    return None


def _told(sentence: Sentence, each: Mention, called: str) -> Finding:
    return rules()["other-half"].finding(
        sentence.start + each.start,
        sentence.start + each.end,
        found=sentence.text[each.start : each.end],
        own=Text(en=called, zh=called),
    )
