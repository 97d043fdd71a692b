"""Days of the week beside how many of them: 除周一闭馆外，每周开放六天; 每周五班，周一到周五天天有车."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....document import Document
from ....finding import Finding
from ....numerals import how_many
from ..faults import counts_differ
from ..text.sentences import sentences

_W = r"[\u4e00-\u9fff]"
_DAY = r"(?:周|星期|礼拜)[一二三四五六日天]"
_N = r"(?P<many>[1-7]|[一二两三四五六七])"
_EACH = re.compile(rf"每(?:周|星期|礼拜)(?:{_W}{{0,8}}?)(?P<found>{_N}(?:天|日|班|次|趟|场|期|集))(?!以|左)")
_BUT = re.compile(rf"除(?:了|每)?(?P<days>{_DAY}(?:(?:、|和|及|与){_DAY})*)[^，。；\d]{{0,10}}外")
_FROM = re.compile(
    rf"(?P<first>{_DAY})(?:至|到|—+|-|~)(?P<last>{_DAY})(?P<each>{_W}{{0,2}}(?:天天|每天|每日|日日|都|均|逐日))"
)
_ORDER = "一二三四五六日"


def check(document: Document) -> Iterator[Finding]:
    """Told of how many."""
    for sentence in sentences(document):
        if sentence.cell or not re.search("周|星期|礼拜", sentence.plain):
            continue
        said = sentence.plain
        told = list(_EACH.finditer(said))
        if len(told) > 2 or not told:
            continue
        last = told[-1]
        many = how_many(last["many"])
        but, run = _BUT.search(said), _FROM.search(said)
        if but and not run and re.search("天|日", last["found"]):
            right = 7 - len(re.findall(_DAY, but["days"]))
            if many != right and many in (right - 1, right + 1):
                yield counts_differ(
                    said,
                    sentence.start,
                    _Placed(*last.span("found")),
                    _Placed(*but.span()),
                    other=f"{right}天",
                )
        elif run and not but and abs(run.start() - last.end()) < 12:
            first, end = (_ORDER.index(run[name][-1].replace("天", "日")) for name in ("first", "last"))
            right = end - first + 1
            if right > 1 and many != right and many in (right - 1, right + 1):
                yield counts_differ(
                    said, sentence.start, _Placed(*last.span("found")), _Placed(*run.span()), other=f"{right}"
                )


class _Placed:
    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
