"""Lines of document sites: recommendations, sources, download links, counters."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from ...document import Document
from ...finding import Finding
from ...rulebook import rules

_LONGEST = 300
_SHOWN = 24
_SPOKEN = 60
"""Characters of a line that is known by the sites' words alone."""
_ENOUGH = 4
_OF_TEMPLATE = re.compile(r"^[（(【\[].*(?:修改|填写|填入|补充|替换|结合|根据|示例|说明)")
"""A template tells its user what to do, which is told as left open."""
_THANKS = re.compile(r"\s*(?:再次|衷心)?感谢[您你大].{0,12}(?:支持|关心|关注|来信|建议)")
"""感谢您的支持，欢迎继续提出宝贵意见: what an answer to a letter says itself, which speaks to its reader."""
_STOPPED = re.compile(r"[。！？；]|[：:，、]$")
_BRACKET = re.compile(r"[（(【\[]([^（）()【】\[\]。\n]{4,60})[）)】\]]")
_SENTENCE = re.compile(r"(?:(?<=[。！？])|^)([^。！？；：（）“”\n]{6,60})[。！]")
_OF_SITE = re.compile("范文|文库|文秘|小编|转载|本站|下一页|写作.{0,4}网|公文.{0,4}网|文档")
"""What a sentence of the sites' words must speak of where it stands among others."""
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、]|[①-⑳]|附件|抄送)"
)


def check(document: Document) -> Iterator[Finding]:
    """Whole lines with their line break, and stretches inside lines."""
    rule = rules()["site-footer"]
    known = _patterns()
    kept = [each for each in document.paragraphs if document.said(each).strip()]
    told: set[int] = set()
    letter = document.text.count("您") > 1
    for at, paragraph in enumerate(kept):
        said = document.said(paragraph)
        # A title may sound like a site's line and is the paper's own all the same.
        bare = _unbracketed(said)
        if letter and _THANKS.match(bare):
            continue
        if _fits(known["line"], bare) or (at and (_fits(known["below"], said) or _speaks(bare))):
            told.add(at)
    for at, paragraph in enumerate(kept):
        # An address may be the writer's own; beside a footer or under the text it is the site's.
        if _fits(known["edge"], document.said(paragraph)) and (at - 1 in told or at == len(kept) - 1):
            told.add(at)
    for at, paragraph in enumerate(kept):
        text = document.said(paragraph)
        if at in told:
            # The break before the line goes with it, so that the paragraph above keeps its form.
            start = max(paragraph.start - 1, 0)
            end = paragraph.end if paragraph.start else min(paragraph.end + 1, len(document.text))
            yield rule.finding(start, end, mend="", text=_shown(text.strip()))
            continue
        for start, end in _spoken(text):
            yield rule.finding(
                paragraph.start + start, paragraph.start + end, mend="", text=_shown(text[start:end])
            )
            text = text[:start] + "\n" * (end - start) + text[end:]
        tail = _tail(text)
        if tail and (
            _fits(known["line"], text[tail:]) or _fits(known["below"], text[tail:]) or _speaks(text[tail:])
        ):
            yield rule.finding(
                paragraph.start + tail, paragraph.end, mend="", text=_shown(text[tail:].strip())
            )
            text = text[:tail]
        for each in known["part"]:
            for found in each.finditer(text):
                start, end = paragraph.start + found.start(), paragraph.start + found.end()
                yield rule.finding(start, end, mend="", text=found[0])


def _spoken(text: str) -> Iterator[tuple[int, int]]:
    """Brackets and sentences inside a paragraph that are made of the sites' own words."""
    for pattern in (_BRACKET, _SENTENCE):
        for found in pattern.finditer(text):
            if _OF_SITE.search(found[0]) and not _OF_TEMPLATE.search(found[0]) and _speaks(found[1]):
                yield found.span()
                break


def _tail(text: str) -> int:
    """Where what was run on to a finished sentence begins; 0 where nothing was."""
    bare = text.rstrip()
    stop = max(bare.rfind(sign, 0, len(bare) - 1) for sign in "。！？") + 1
    return stop if stop and len(bare) - stop >= 4 and bare[-1] not in "；：:，、" else 0


def _speaks(text: str) -> bool:
    """Whether a line consists of the sites' own words."""
    bare = text.strip()
    if not 6 <= len(bare) <= _SPOKEN or any(
        each.search(bare) for each in (_STOPPED, _NUMBERED, _OF_TEMPLATE)
    ):
        return False
    sure = [len(each[0]) for each in _words()[0].finditer(bare)]
    rest = _words()[0].sub("\n", bare)
    some = [len(each[0]) for each in _words()[1].finditer(rest)]
    weight = 2 * len(sure) + sum(length > 1 for length in some)
    letters = sum(each.isalnum() for each in bare)
    return bool(sure) and weight >= _ENOUGH and 2 * (sum(sure) + sum(some)) >= letters


def _unbracketed(text: str) -> str:
    """A line without brackets around all of it."""
    found = _BRACKET.fullmatch(text.strip())
    return found[1] if found and _OF_SITE.search(text) and not _OF_TEMPLATE.search(found[0]) else text


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _fits(patterns: list[re.Pattern[str]], text: str) -> bool:
    bare = text.strip()
    return len(bare) <= _LONGEST and any(each.fullmatch(bare) for each in patterns)


@cache
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    return {
        kind: [re.compile(each[kind]) for each in _table()["footer"] if kind in each]
        for kind in ("line", "below", "edge", "part")
    }


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    sure, some = (sorted(_table()["words"][kind], key=len, reverse=True) for kind in ("sure", "some"))
    return re.compile("|".join(sure)), re.compile("|".join(some))


@cache
def _table() -> dict:
    return tomllib.loads(files(__package__).joinpath("footers.toml").read_text(encoding="utf-8"))
