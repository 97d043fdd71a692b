"""Numbers that no paper can have: ages, ranges from more to less, falls by more than all, feasts in the wrong half."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....rulebook import rules
from ..text.quantities import quantities
from ..text.sentences import Sentence, sentences

OLDEST = 122
"""Years of the longest life that is proven (Jeanne Calment, 1875 to 1997)."""

_AGE = re.compile(r"(?<![\d.])(?P<age>\d{3,4}(?:\.\d+)?)\s*(?:周|多|余)?岁")
_NO_PERSON = re.compile(r"树|木|古|文物|化石|寿山|遗址|建筑|建国|校庆|合计|之和|总和|相加|加起来|共|累计")
_RANGE = re.compile(
    r"(?<![\d.A-Za-z第〔/:：\-—～~])(?P<first>\d+(?:\.\d+)?)\s*(?:至|到|～|~|—|–)\s*(?P<rest>\d)"
)
_FALLS = re.compile(
    r"由|从|降|减|退|落|回|缩|跌|比分|比为|战胜|[东西南北][经纬]|[路线桩段楼栋号层级排件款条页岁季]|倒数|第|编号|频|电话|传真|热线|分机"
)
_FALLING = re.compile(r"递减|逐|依次|不等降")
_NO_RANGE = frozenset(
    [
        "期",
        "层",
        "号",
        "岁",
        "班",
        "%",
        "个百分点",
        "部",
        "队",
        "栋",
        "座",
        "组",
        "村",
        "站",
        "册",
        "卷",
        "条",
        "页",
        "篇",
        "轮",
        "批",
        "级",
    ]
)
_FALL = re.compile(
    r"(?:压减|压缩|缩减|削减|减少|下降|降低|下滑|回落|减)(?:了|幅度?)?(?:达到?|为|约|超过?)?\s*(?P<found>(?P<number>\d{3,}(?:\.\d+)?)\s*%)"
)
_BELOW_NOTHING = re.compile(r"利润|收益|盈|亏|净|逆差|顺差|余额|现金流|增速|指数")
_FEAST = re.compile(
    r"(?P<half>[上下])半年(?:的)?[^，。；、\d]{0,2}(?P<feast>清明|春节|元宵|五一|劳动节|端午|国庆|中秋|重阳|冬至)(?!后|前)"
)
_QUARTERS = re.compile(
    r"(?:第?[三四]季度[^。；半一二]*[，、](?P<first>上半年)|第?[一二]季度[^。；半三四]*[，、](?P<second>下半年))(?:[^，。；\d]{0,6})(?:共|合计|累计|总计)"
)
_FIRST_HALF = ("清明", "春节", "元宵", "五一", "劳动节", "端午")


def check(document: Document) -> Iterator[Finding]:
    """Sentence by sentence; silent in tables."""
    for sentence in sentences(document):
        if sentence.cell:
            continue
        if sentence.figures:
            yield from _ages(sentence)
            yield from _ranges(sentence)
            yield from _falls(sentence)
        if "半年" in sentence.text:
            yield from _feasts(sentence)


def _told(sentence: Sentence, start: int, end: int, en: str, zh: str) -> Finding:
    return rules()["number-unreal"].finding(
        sentence.start + start,
        sentence.start + end,
        found=sentence.text[start:end],
        why_not=Text(en=en, zh=zh),
    )


def _ages(sentence: Sentence) -> Iterator[Finding]:
    for match in _AGE.finditer(sentence.plain):
        around = sentence.plain[max(match.start() - 14, 0) : match.end() + 6]
        if Decimal(match["age"]) > OLDEST and not _NO_PERSON.search(around):
            yield _told(
                sentence, *match.span(), f"nobody grew older than {OLDEST}", f"有据可查的最高寿命为{OLDEST}岁"
            )


def _ranges(sentence: Sentence) -> Iterator[Finding]:
    """5至3家: what may be from so many to so many is told from less to more."""
    for match in _RANGE.finditer(sentence.plain):
        last = next((each for each in quantities(sentence.plain) if each.start == match.start("rest")), None)
        before = sentence.plain[max(match.start() - 10, 0) : match.start()]
        if last is None or not last.unit or last.unit in _NO_RANGE or _FALLS.search(before):
            continue
        # Of 300至2万 the myriad counts the second only.
        if Decimal(match["first"]) > last.value and not _FALLING.match(sentence.plain, last.end):
            yield _told(sentence, match.start(), last.end, "a range goes from less to more", "范围应由小到大")


def _falls(sentence: Sentence) -> Iterator[Finding]:
    for match in _FALL.finditer(sentence.plain):
        before = sentence.plain[max(match.start() - 16, 0) : match.start()]
        if Decimal(match["number"]) > 100 and not _BELOW_NOTHING.search(before):
            yield _told(
                sentence, *match.span("found"), "nothing falls by more than all of it", "最多减少100%"
            )


def _feasts(sentence: Sentence) -> Iterator[Finding]:
    """上半年国庆期间; 第三季度…人，第四季度…人，上半年共…人."""
    for match in _QUARTERS.finditer(sentence.text):
        en, zh = ("first", "前两个") if match["first"] else ("second", "后两个")
        half = "first" if match["first"] else "second"
        yield _told(
            sentence, *match.span(half), f"the {en} half is its {en} two quarters", f"{match[half]}为{zh}季度"
        )
    for match in _FEAST.finditer(sentence.text):
        first = match["feast"] in _FIRST_HALF
        if first != (match["half"] == "上"):
            half, other = ("first", "上") if first else ("second", "下")
            yield _told(
                sentence,
                *match.span(),
                f"this day lies in the {half} half of the year",
                f"{match['feast']}在{other}半年",
            )
