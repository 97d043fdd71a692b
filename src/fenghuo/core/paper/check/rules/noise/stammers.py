"""What a hand typed twice: 奖杯杯, 5条条, 624万元万元, 完成了完成了, 通知通知如下.

Chinese says much twice on purpose (人人, 研究研究, 层层), and often one word ends with what the next begins with
(工会会员, 职工工资). A slip is told only where no word begins or ends between the two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...characters import CHINESE, SPACES
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...words import words
from .heard import heard
from .standing import COUNTED, COUNTS

_TWICE = re.compile(rf"(?P<one>[{CHINESE}])(?P=one)(?!(?P=one))")
_AGAIN = re.compile(
    rf"(?P<words>\d{{0,6}}[{CHINESE}]{{2,6}}[，。]?|(?<![\d.])\d{{1,6}}[{CHINESE}])(?P=words)(?!(?P=words))"
)
_UNIT = re.compile(
    rf"(?<=\d)[{SPACES}]?(?P<unit>[万亿]?[{COUNTS}])(?P=unit)(?!(?P=unit)|[中初底末])|(?P<of>平方|立方|公|千|毫|厘)(?P<last>[米里顷斤升克])(?P=last)"
)
_DOUBLED = frozenset("社天人年月日时分次处个件家户条层点段步种样代辈声句遍回村乡镇县事处面方字行项座所")
"""What is said twice for each of all: 人人, 年年, 层层."""
_SPOKEN = frozenset(
    "慢渐常刚仅偏稍略恰悄偷默静远深牢紧好满厚广切狠早大小高多少久频屡往白明红绿轻重细微熊茫滔源欣蒸井历亲斤洋侃娓孜兢脉绵浓沉昏隐团圈条缕丝滴点朵块片阵"
)
"""What is said twice as an adverb or as a picture: 牢牢, 蒸蒸."""
_OF_NAMES = frozenset("家人哥姐弟妹爸妈爷奶叔伯姑舅婶宝囡")
_VERBS = frozenset("看想说听谈聊试学走问查议读写讲练动坐转歇等摸管算比")
"""What is done for a while: 看看, 议一议."""
_ON_PURPOSE = _DOUBLED | _SPOKEN | _OF_NAMES | _VERBS | COUNTED | frozenset("一二三四五六七八九十〇")
_FOR_A_WHILE = re.compile(
    "研究|讨论|考虑|商量|休息|了解|打听|收拾|活动|放松|锻炼|准备|介绍|交流|学习|调查|检查|整理|打扫"
    "|琢磨|体验|感受|观察|参考|比较|对照|反思|思考|请教|帮助|照顾|关心|锤炼|谈论|评论|议论|清理|合计"
    "|参谋|适应|熟悉|回忆|轻松|热闹|高兴|痛快"
)
"""What is said twice where it is done for a while."""
_ALONE = frozenset("的在和与及将被把从由于并而或为其且则即")
"""What no one says twice."""
_WORD = 4
"""Power of two of the frequency of the word that is whole with one of the two."""
_MOST = 3
_PAIRED = re.compile(r"(\w)\1")
_OF_ILLNESS = tuple("情人例历毒害虫程")
_STOPS = re.compile("[，。；：]")
_FOLLOWS = re.compile("[如的]")
"""What stands behind a noun, and behind no verb that is said twice to be done for a while."""


def check(document: Document) -> Iterator[Finding]:
    """Both places together; the second of them goes."""
    text = document.text
    told = bytearray(len(text) + 1)
    for look in (_units, _words, _signs):
        for start, end in look(text):
            if not any(told[start:end]):
                told[start:end] = bytes([1]) * (end - start)
                yield rules()["repeated-word"].finding(start, end, text=text[start:end])


def _units(text: str) -> Iterator[tuple[int, int]]:
    """624万元万元, 33年年: nothing is counted by a unit said twice."""
    for found in _UNIT.finditer(text):
        after = text[found.end() - 1 : found.end() + 3]
        if found["of"] or len(found["unit"]) > 1 or not (_begins(after) or after[:2] in heard()):
            yield found.span()


def _words(text: str) -> Iterator[tuple[int, int]]:
    """完成了完成了, 7日内7日内, 通知通知如下: but 研究研究 and 一个一个 are said so."""
    every = list(_AGAIN.finditer(text))
    often = Counter(found[0] for found in every)
    for found in every:
        said = found["words"]
        if (
            often[found[0]] > 1
            or len(set(said)) == 1
            or "每" in said
            or said[0] in "一二两三四五六七八九十几"
        ):
            continue
        # A verb said twice is done for a while.
        if len(said) > 2 or not _FOR_A_WHILE.match(said) or _FOLLOWS.match(text, found.end()):
            yield found.span()


def _signs(text: str) -> Iterator[tuple[int, int]]:
    """奖杯杯, 确确权: one of the two makes a word with its neighbour, and the other none with its own."""
    known, said = words(), heard()
    every = list(_TWICE.finditer(text))
    often = Counter(found[0] for found in every)
    for found in every:
        one, at = found["one"], found.start()
        if one in _ON_PURPOSE:
            continue
        left, right = text[max(at - 3, 0) : at], text[at + 2 : at + 5]
        if one == "病" and right[:1] in _OF_ILLNESS:
            continue  # 帕金森病病情
        if _PAIRED.match(right) or _PAIRED.match(left[:-3:-1]):
            continue  # 从从容容
        if one in _ALONE:
            yield found.span()
            continue
        if _STOPS.match(right) and _ends(left + one) and not _ends(one + one):
            yield found.span()  # 如下下。
            continue
        if one + one in said or known.joins(one + one) or often[found[0]] >= _MOST:
            continue
        before = _ends(left + one) or said.get(left[-1:] + one, False)
        after = _begins(one + right) or said.get(one + right[:1], False)
        if before and after:
            continue  # 工会 / 会员
        if before or after:
            yield found.span()


def _ends(said: str) -> bool:
    """Whether a word of two or more ends here."""
    return any(words().frequency(said[-size:]) >= _WORD for size in (2, 3, 4) if size <= len(said))


def _begins(said: str) -> bool:
    return any(words().frequency(said[:size]) >= _WORD for size in (2, 3, 4) if size <= len(said))
