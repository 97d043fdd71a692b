"""Days, weeks and months observed every year: 第41个教师节 is that of 2025, for the first was that of 1985."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ....document import Document
from ....finding import Finding
from ....numerals import folded, how_many
from ....rulebook import rules
from ..text.frame import Frame, years_of
from ..text.sentences import sentences
from .occasions import listed, named_data

_H = "一二三四五六七八九十百"


@cache
def _form() -> re.Pattern[str]:
    names = "|".join(name for each in named_data()["observed"] for name in each["names"])
    return re.compile(
        rf"第(?P<which>\d{{1,3}}|[{_H}]{{2,5}})(?:个|届|次)[“\"]?[\u4e00-\u9fff·]{{0,6}}?[“\"]?(?P<name>{names})"
    )


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where neither the sentence nor the paper tells a year."""
    if "第" not in document.text:
        return
    first = {name: each["first"] for each in named_data()["observed"] for name in each["names"]}
    for sentence in sentences(document):
        for match in _form().finditer(folded(sentence.text)) if "第" in sentence.text else ():
            year = first[match["name"]] + how_many(match["which"]) - 1
            told = set(years_of(sentence.text)) or frame.years
            relative = re.search(r"去年|上年|明年|往年|上一年|前年", sentence.text)
            near = {each + step for each in told for step in ((-1, 0, 1) if relative else (0,))}
            if not told or year in near:
                continue
            start = sentence.start + match.start()
            yield rules()["event-year"].finding(
                start,
                sentence.start + match.end(),
                found=sentence.text[match.start() : match.end()],
                own=listed(sorted(told)),
                when=listed([year]),
            )
