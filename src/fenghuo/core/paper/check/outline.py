"""The outline of a paper: which paragraphs carry the number of a heading or list, of which level and value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..wording import chinese_numeral
from .document import Document, Paragraph
from .numerals import folded, from_han

_HAN = "一二三四五六七八九十"
BEFORE_FIGURE = r"．(?=\d)|\.(?=(?:19|20)\d\d年|\d{1,2}月)"
"""What ends a number that a figure follows, and is no decimal point: 1．36个单元, 2.2026年底前."""
# (level, pattern); levels 1 to 4 are those of GB/T 9704-2012, 7.3.3; 5 is ①, which is none of them;
# 0 is what stands above them or beside them: chapters, articles, parts, attachments.
_FORMS = (
    (0, re.compile(rf"第(?P<han>[{_HAN}百零]+)(?P<what>[章节条编篇]|部分)")),
    (0, re.compile(r"(?P<what>附\s*件)\s*(?P<arabic>\d{0,2})\s*[:：]?\s*$")),
    (1, re.compile(rf"(?P<han>[{_HAN}]{{1,3}})(?:、|[.．,，](?!\d))")),
    # A bracket typed twice is the matter of another rule, and no reason to lose count.
    (2, re.compile(rf"[（(]{{1,2}}(?P<han>[{_HAN}]{{1,3}})[)）]{{1,2}}[、.．，]?")),
    (4, re.compile(r"[（(]{1,2}(?P<arabic>\d{1,2})[)）]{1,2}[、.．，]?")),
    (3, re.compile(rf"(?P<arabic>\d{{1,2}})(?:[.．、](?!\d)|{BEFORE_FIGURE})")),
    (5, re.compile(r"(?P<ring>[①-⑳])")),
)
# 2.42处 may be a second point that begins with a figure; whether it is, the points beside it tell.
_CLOSE = re.compile(r"(?P<arabic>\d{1,2})[.．、](?=\d+(?![\d.％%]))")
# What each of them begins with: most paragraphs begin with none of it.
_FIRST = frozenset(f"第附（({_HAN}0123456789０１２３４５６７８９" + "".join(map(chr, range(0x2460, 0x2474))))
# The list of attachments begins on the line of its label.
_NOTED = re.compile(r"\s*(?:附?注|备注|注释|(?:填表|编制|有关)?说明)\s*[:：]\s*((1)[.．、])(?!\d)")
"""So do notes: 注：1.数据为初步统计."""
_ATTACHED = re.compile(r"\s*附\s*件\s*[:：]\s*((\d{1,2})[.．、])")


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of one paragraph: `start` to `end` in the text is how it is written, `text` the same.

    `level` 1 to 4 as the standard has them (一、（一）1.（1）), 5 for ①, 0 for chapters, articles and
    attachments (`what` names them). `automatic` where Word counts and the text does not hold it.
    """

    index: int
    level: int
    value: int
    start: int
    end: int
    text: str
    what: str = ""
    automatic: bool = False


def written(level: int, value: int) -> str:
    """A number as the standard writes it at a level."""
    if level == 5:
        return chr(0x2460 + value - 1)
    return ("", "{han}、", "（{han}）", "{n}.", "（{n}）")[level].format(
        han=chinese_numeral(value) if level < 3 else "", n=value
    )


def marks(document: Document) -> tuple[Mark, ...]:
    """The numbered paragraphs of a paper in their order; those of table cells are left out."""
    return _marks(document.text, document.paragraphs)


@lru_cache(maxsize=8)
def _marks(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Mark, ...]:
    found: list[Mark] = []
    for index, paragraph in enumerate(paragraphs):
        if paragraph.cell:
            continue
        line = text[paragraph.start : paragraph.end]
        listed = _ATTACHED.match(line) or _NOTED.match(line)
        if listed:
            found.append(Mark(index, 0, 0, paragraph.start, paragraph.start + listed.start(1), "", "附件"))
            start, end = (paragraph.start + at for at in listed.span(1))
            found.append(Mark(index, 3, int(listed[2]), start, end, listed[1]))
            continue
        if paragraph.number.strip():
            mark = _read(paragraph.number.strip(), index, paragraph.start)
            if mark:
                mark = Mark(
                    index,
                    mark.level,
                    mark.value,
                    paragraph.start,
                    paragraph.start,
                    mark.text,
                    mark.what,
                    True,
                )
        else:
            lead = len(line) - len(line.lstrip())
            mark = _read(line[lead:], index, paragraph.start + lead)
        if mark:
            found.append(mark)
    return tuple(_with_close(found, text, paragraphs))


def _with_close(found: list[Mark], text: str, paragraphs: tuple[Paragraph, ...]) -> list[Mark]:
    """The marks, and where some of a list lack, the paragraphs in their place whose number runs into a figure."""
    held = {mark.index: mark for mark in found}
    close: dict[int, Mark] = {}
    for index, paragraph in enumerate(paragraphs):
        line = text[paragraph.start : paragraph.end]
        lead = len(line) - len(line.lstrip())
        match = None if index in held or paragraph.cell else _CLOSE.match(folded(line[lead : lead + 8]))
        if match:
            start, end = paragraph.start + lead, paragraph.start + lead + match.end()
            close[index] = Mark(index, 3, int(match["arabic"]), start, end, line[lead : lead + match.end()])
    for step, order in ((-1, close), (1, reversed(close))):
        for index in order:
            beside = held.get(index + step)
            if beside is not None and beside.level == 3 and beside.value == close[index].value + step:
                held.setdefault(index, close[index])
    return [held[index] for index in sorted(held)] if len(held) > len(found) else found


def _read(line: str, index: int, start: int) -> Mark | None:
    if line[:1] not in _FIRST:
        return None
    plain = folded(line)
    for level, form in _FORMS:
        match = form.match(plain)
        if not match:
            continue
        groups = match.groupdict()
        if groups.get("ring"):
            value = ord(groups["ring"]) - 0x2460 + 1
        elif groups.get("han"):
            value = from_han(groups["han"]) or 0
        else:
            value = int(groups.get("arabic") or 0)
        if level and not 1 <= value <= 60:
            continue
        text = line[: match.end()]
        return Mark(index, level, value, start, start + match.end(), text, groups.get("what") or "")
    return None
