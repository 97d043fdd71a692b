"""Amounts told one after the other and the one that closes them, whatever it is called: 4.2米、3.8米、4米，一昼夜12米.

`tallied` and `totals` know a sum by the word for it (共计, 合计). Here much may stand before it: what is called
whole (全场, 当日, 整个假期), what draws together (凑足, 算下来, 清点下来), nothing at all. The less the words say, the
more the figures have to: that one slip of the hand keeps them from adding up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, islice, pairwise

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import total_wrong
from ..text.evidence import evidence, nearness, slack
from ..text.quantities import Quantity, is_apiece
from ..text.reading import OPEN, UNCOUNTED, masked, read
from ..text.sentences import begin_of, passages
from .totals import TORN

_SUMS = re.compile(
    r"(?:[一总]共(?![产同和])|共[计有为]?(?=[\u4e00-\u9fff]{0,6}$)(?![产青同和享建治管识性用商赢])|"
    r"总(?=[计数量额和产价共投收支里面人户值成])|"
    r"[合综小]计|(?<![预估设统会审核])计$|归总|并(?=在一)|里外里|合(?=起来|在一|成|到一|为$)|一并|加起来|相加|加在一|凑|拢|累[计加]|"
    r"算(?:下来|在一起|起来|到一起)|下来|满打满算|汇总)[^，。；、：\d]{0,10}$"
)
"""What draws together."""
_WHOLE = re.compile(
    r"(?:全(?![面力新文]|国|省|程)[\u4e00-\u9fff]|整[个条座年月天]|一(?:昼夜|整?天|[周年])|当[日天晚月年]|清点|盘点|[本此这][次期届批轮]|由此|就此|至此|于是|这样|实际|"
    r"[两三四五六七八九几各][\u4e00-\u9fff]{1,3}(?:一|合|共))[^，。；、：\d]{0,12}$"
)
"""What is called whole."""
_STOPS = re.compile(
    r"较(?![大重轻好差](?!幅))|比(?![例重赛])|同比|环比|增[长加幅]|下降|减[少去至]|[上去前往][年届次期月轮季]|同期|每|平均|[人户亩日月年]均|目标|计划|任务|预算|"
    r"其中|超(?:过|出)?|不足|另|再(?!加)|还|占|剩|余(?!姚)|尚|仍|差|缺|节[省约]|[提降升][高到至低]|最[高多大少低]|突破|扣除|限|约(?!谈)|近"
)
_OWN = re.compile(r"[年月](?:达到?|为|是)?$")
"""What an amount of a row of years or months stands behind."""
_TERM = re.compile(r"季度|半年|全年|年度")
_PERIODS = re.compile(r"[两二三四五六七八九十]个?(?P<term>[年月周])[^，。；、：\d]*$")
_JOINED = re.compile(r"连同|加上|算上|外加|连带|再加")
_BREAK = re.compile(r"[。；\n]")
_INNER = re.compile(
    r"其中|内[有中]|[。；\n]|较(?![大重轻好差](?!幅))|比(?![例重赛])|同比|环比|扣除|减去|除去|[上去]年|同期|目标|计划"
)
_AMONG = re.compile(r"其中|内[有含]|里[面头]|当中|包[括含]|分别|[：:]")
_LED = re.compile(r"(?:分别|依次|各自|顺次|先后)[^，。；、\d]{0,4}$")
_THINGS = frozenset("个项条件种")
_NOUN = re.compile(r"[\u4e00-\u9fff]{1,2}")
_FAR, _FEWEST, _MOST = 34, 2, 12
_SOME = 2
"""Digits that a slip leaves as they were, at the least, where hardly a word speaks for a sum."""
_CLOSE, _NEAR, _WIDE = Decimal("0.1"), Decimal("0.25"), Decimal("0.3")
"""How far a sum may miss, by what leads to it."""


_UNREAD = re.compile(r"共计?(?:\d+[，,；]|[xX×_＿某几]|（[^（）]*）|[ 　]+\S)")
"""A sum on the way whose unit or figure is missing, so that it was not read."""


def check(document: Document) -> Iterator[Finding]:
    """Silent where some of the amounts, or these and those behind them, make what is told."""
    for start, passage in passages(document):
        said = masked(folded(passage))
        told = [each for each in read(said) if each.unit and each.unit not in UNCOUNTED]
        if len(told) > _FEWEST:
            for whole, parts in _closed(said, told):
                between = said[parts[0].start : whole.end]
                if TORN.search(between) or _UNREAD.search(between):
                    continue
                yield total_wrong(folded(passage), start, whole, parts)


def _closed(said: str, told: Sequence[Quantity]) -> Iterator[tuple[Quantity, list[Quantity]]]:
    for at, whole in enumerate(told):
        if whole.about or OPEN.match(said, whole.end):
            continue
        before = told[max(at - 2 * _MOST, 0) : at]
        near = _parts(said, before, whole, "。；\n")
        far = _parts(said, before, whole, "。\n")
        if _fit(near, whole) and _judged(said, told, whole, near):
            yield whole, near
        elif _goes_on(whole, near, far) and _judged(said, told, whole, far):
            yield whole, far  # 苗种款24万元；运输费3万元，检疫费1.5万元，本次开支28.5万元


def _fit(parts: Sequence[Quantity], whole: Quantity) -> bool:
    return len(parts) >= _FEWEST and whole.value > max(each.value for each in parts)


def _goes_on(whole: Quantity, near: Sequence[Quantity], far: Sequence[Quantity]) -> bool:
    """Whether a sum reaches over a semicolon: it is far more than what stands behind it."""
    if len(far) <= len(near) or not _fit(far, whole):
        return False
    summed = sum((each.value for each in near), Decimal(0))
    return summed * 2 < whole.value and evidence(whole, far) > 0


def _parts(said: str, before: Sequence[Quantity], whole: Quantity, ends: str) -> list[Quantity]:
    """The amounts of its unit that stand before an amount in its sentence, as far as nothing parts them."""
    found: list[Quantity] = []
    begin = whole.start
    for each in reversed(before):
        between = said[each.end : begin]
        if found and _AMONG.search(between):
            break
        if len(between) > _FAR or any(sign in between for sign in ends):
            break
        begin = each.start
        if each.unit != whole.unit:
            continue
        if is_apiece(said, each):
            continue
        lead = _lead(said, each)
        if (
            each.about
            or each.han != whole.han
            or OPEN.match(said, each.end)
            or _STOPS.search(lead)
            or "各" in lead
        ):
            return found[::-1] if found and not _STOPS.search(lead) else []
        found.append(each)
        if len(found) > _MOST:
            return []
    return found[::-1]


def _lead(said: str, each: Quantity) -> str:
    return re.split(r"[，。；、：\n\d]", said[max(each.start - 24, 0) : each.start])[-1]


def _judged(said: str, told: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether words and figures together say that the parts were meant to make the whole, and they do not."""
    lead = _lead(said, whole)
    if _STOPS.search(lead) or _OWN.match(lead) or _INNER.search(said[parts[-1].end : whole.start]):
        return False
    rough, values = slack(whole, parts), [each.value for each in parts]
    if any(abs(each - whole.value) <= rough for each in islice(accumulate(reversed(values)), 1, None)):
        return False
    apart, strength = nearness(whole.value, sum(values, Decimal(0))), evidence(whole, parts)
    if apart > _WIDE and not strength:
        return False
    several = len(parts) > _FEWEST
    if _TERM.search(lead) and not several:
        return False  # 6月、7月分别为11次、9次，二季度26次
    term = _PERIODS.search(said[max(whole.start - 24, 0) : whole.start])
    if term and not any(term["term"] in _lead(said, each) for each in parts):
        return False  # 北港9起、南港5起，三个月17起: of months, and told by places
    if not several and not _of_one_noun(said, whole, parts):
        return False
    if _SUMS.search(lead) or _JOINED.search(_lead(said, parts[-1])):
        return apart <= _WIDE or (several and strength >= _SOME)
    level = _level(said[parts[-1].end : whole.start])
    heavier = level > max(_level(said[one.end : two.start]) for one, two in pairwise(parts))
    if not _of_one_noun(said, whole, parts) or level == 1:
        return False  # 企业1处、学校1处、商铺1处、林区4处: one more of the list
    if _WHOLE.search(lead):
        if several:
            return apart <= _NEAR
        return strength >= _SOME or (strength > 0 and apart < _CLOSE and _closes(said, told, whole, parts))
    if _LED.search(_lead(said, parts[0])):
        return heavier and several and apart <= _NEAR
    closing = several and _closes(said, told, whole, parts)
    return closing and (strength >= _SOME or (heavier and strength > 0 and apart <= _NEAR))


def _closes(said: str, told: Sequence[Quantity], whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether an amount is the last of its sentence and the parts are all that stand before it."""
    begin, end = begin_of(said, parts[0].start), _BREAK.search(said, whole.end)
    stop = end.start() if end else len(said)
    own = [each for each in told if begin <= each.start < stop and each.unit == whole.unit]
    return [each.start for each in own] == [each.start for each in (*parts, whole)]


def _level(gap: str) -> int:
    return 2 if re.search("[，；：]", gap) else 1


def _of_one_noun(said: str, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """30个考场、28个、20个, and 76个考场: what is counted in a word for any thing has to be called alike."""
    if whole.unit not in _THINGS:
        return True
    nouns = [match[0] for each in (whole, *parts) if (match := _NOUN.match(said, each.end))]
    return len({each[0] for each in nouns}) < _FEWEST
