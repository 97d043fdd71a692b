"""Marks that stand twice, and western marks inside Chinese sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...characters import CHINESE
from ...document import Document
from ...finding import Finding
from ...rulebook import rules

_REPEATED = re.compile(r"([，、；：。,;:])\1+|([！？])\2{2,}|…{3,}|(?<!—)—{3,}(?!—)|(?<=\d)([.．])\3+(?=\d)")
_STACKED = re.compile(
    r"(?<=[^，。；：、！？\s])(?:[，、；]。|。[，、；：]|[，、][；：]|[；：][，、]|，、|、，|；："
    r"|：；|：。|[。，、；：](?:！|？(?![年月日时社个名村镇人户？]))|[！？][。，、；：])"
    r"|(?<=[^，。；：、！？\s])(?:(?:[，、；。][ \u3000]+|：[ \u3000])[，、；：。])"
    r"|(?<=[^\s。．.])(?:。[.．]|[.．]。)(?![.．。])"
    r"|[％%]{2,}|(?<=[\d时日月分])[~～]{2,}(?=[\d至到])|(?<=[\d时日月分])[~～]+[至到]|：:|:：|，,|,，|；;|;；|、,|,、"
)
_BRACKETS = re.compile(r"[（）()【】《》〔〕\[\]]|“|”|‘|’")
_PAIRS = {"）": "（", ")": "(", "】": "【", "》": "《", "〕": "〔", "]": "[", "”": "“", "’": "‘"}
_HAN = f"[{CHINESE}]"
_BESIDE = f"[{CHINESE}，。；：、！？（）《》“”〔〕【】]"
_HALF = re.compile(
    rf"(?<={_BESIDE})\s?[,;?!](?=\s?{_BESIDE}|\s?[\dA-Za-z“（《]|\s*$)|(?<=[\dA-Za-z%％])[,;?!](?={_HAN})"
    rf"|(?<={_HAN}):(?!//)(?=\s?[^\s/\\])|(?<={_HAN}):(?=\s*$)"
    rf"|(?<={_HAN})\.(?=\s*$|\s?{_HAN})"
)
_WIDE_DOT = re.compile(
    rf"(?<=[{CHINESE}）》”])(?<![一二三四五六七八九十])．(?=\s*$|[{CHINESE}])|(?<=[{CHINESE}\d][%％])[.．](?=\s*$)"
)
"""The dot of a heading's number at the end of a sentence."""
_DOTS = re.compile(rf"(?<=[{CHINESE}）》”])(?:\.{{2,6}}|．{{2,6}})(?=\s*$|[{CHINESE}\d“《（])")
"""Dots for a full stop or an ellipsis."""
_ROUNDED = str.maketrans("()", "（）")
_NARROW = {"｡": "。", "､": "、", "｢": "「", "｣": "」"}
"""Marks of half width that Japanese keyboards and some readers of pictures write."""
_ROUND = re.compile(r"\(([^()\n]{1,60})\)")
_NUMERAL = re.compile(r"\s*[一二三四五六七八九十]{1,4}")
_UNLIKE = re.compile(r"\([^()（）\n]{1,60}）|（[^()（）\n]{1,60}\)")
_SQUARE = re.compile(r"\[((?:19|20)\d\d)\](?=\s?\d{1,4}\s?号|第)")
_QUOTED = re.compile(r'"([^"\n]{1,80})"')
_STRAIGHT = re.compile(rf'(?<=[{CHINESE}，。；：、！？）\d])"+|"+(?=[{CHINESE}])')
_FULL = dict(zip(",;?!:.", "，；？！：。", strict=True))
_ADDRESS = re.compile(
    r"(?:https?|ftp)://\S+|www\.\S+|[A-Za-z0-9._+\-]{1,64}@[A-Za-z0-9\-]{1,64}(?:\.[A-Za-z0-9\-]{1,64})+"
)


def check(document: Document) -> Iterator[Finding]:
    """Doubled marks and brackets, then half-width ones."""
    for paragraph in document.paragraphs:
        for offset, text in document.stretches(paragraph):
            spared = bytearray(len(text) + 1)
            for found in _ADDRESS.finditer(text):
                spared[found.start() : found.end()] = bytes([1]) * (found.end() - found.start())
            for rule, start, end, mend in (*_doubled(text), *_half(text)):
                if not any(spared[start:end]):
                    yield rules()[rule].finding(
                        offset + start, offset + end, mend=mend, text=text[start:end].strip()
                    )


def _doubled(text: str) -> Iterator[tuple[str, int, int, str]]:
    rule = "doubled-punctuation"
    for found in _REPEATED.finditer(text):
        sign = found[0][0]
        if sign in "！？" and text[max(found.start() - 1, 0) : found.start()] in tuple("：:为是"):
            continue
        if sign in ",;:" and not re.search(_HAN, text[max(found.start() - 1, 0) : found.start()]):
            continue
        if (sign == "。" and len(found[0]) >= 3) or sign == "…":
            mend = "……"
        elif sign == "—":
            if len(found[0]) > 4 or not re.search(_HAN, text):
                continue
            mend = "——"
        else:
            mend = sign
        if mend != found[0]:
            yield rule, *found.span(), mend
    for found in _STACKED.finditer(text):
        if found[0][-1] in "至到":
            mend = found[0][-1]
        elif found[0] == "：。" or "。" not in found[0]:
            mend = _FULL.get(found[0][0], found[0][0])
        else:
            mend = "。"
        yield rule, *found.span(), mend
    yield from _doubled_brackets(text)


def _doubled_brackets(text: str) -> Iterator[tuple[str, int, int, str]]:
    """Pairs inside pairs with nothing between, and a second bracket whose fellow is missing."""
    sent, text = text, text.translate(_ROUNDED)  # one of them may be half-width
    fellows: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACKETS.finditer(text):
        at, sign = found.start(), found[0]
        if sign not in _PAIRS:
            opened.append(at)
        elif opened and text[opened[-1]] == _PAIRS[sign]:
            fellows[at] = opened.pop()
            fellows[fellows[at]] = at
    for at in range(len(text) - 1):
        sign = text[at]
        if sign != text[at + 1] or not _BRACKETS.fullmatch(sign):
            continue
        # What a program writes between doubled brackets is a template's gap and told as one.
        if (
            sent[at] in "[]()"
            and sent[at + 1] in "[]()"
            and not re.search(_HAN, text[max(at - 12, 0) : at + 13])
        ):
            continue
        first, second = fellows.get(at), fellows.get(at + 1)
        nested = first is not None and second is not None
        opening = sign not in _PAIRS
        if nested and abs(first - second) == 1:
            if opening:
                yield "doubled-punctuation", at, at + 2, sign
                yield "doubled-punctuation", min(first, second), max(first, second) + 1, text[first]
        elif not nested and (first is None or second is None):
            yield "doubled-punctuation", at, at + 2, sign


def _half(text: str) -> Iterator[tuple[str, int, int, str]]:
    rule = "half-width-punctuation"
    if not re.search(_HAN, text):
        return
    for found in _HALF.finditer(text):
        # 一.加强领导: a heading's number takes the pause mark (GB/T 9704-2012, 7.3.3).
        heading = found[0].strip() == "." and found.start() < 8 and _NUMERAL.fullmatch(text[: found.start()])
        yield rule, *found.span(), "、" if heading else _FULL[found[0].strip()]
    for found in _WIDE_DOT.finditer(text):
        yield rule, *found.span(), "。"
    for found in _DOTS.finditer(text):
        yield rule, *found.span(), "……" if len(found[0]) > 2 else "。"
    for found in re.finditer("[｡､｢｣]", text):
        yield rule, *found.span(), _NARROW[found[0]]
    for found in _ROUND.finditer(text):
        if not re.search(_HAN, found[1]) or re.search(r"[A-Za-z_]$", text[: found.start()]):
            continue
        yield rule, found.start(), found.start() + 1, "（"
        yield rule, found.end() - 1, found.end(), "）"
    for found in _UNLIKE.finditer(text):
        if re.search(_HAN, found[0]):
            at = found.start() if found[0][0] == "(" else found.end() - 1
            yield rule, at, at + 1, "（" if found[0][0] == "(" else "）"
    for found in _SQUARE.finditer(text):
        yield rule, found.start(), found.start() + 1, "〔"
        yield rule, found.end() - 1, found.end(), "〕"
    if text.count('"') % 2 or ('"' in text and text.count("“") > text.count("”")):
        # One alone, or beside a mark of full width that it was to close.
        deep = last = 0
        for found in _STRAIGHT.finditer(text):
            deep += text.count("“", last, found.start()) - text.count("”", last, found.start())
            last = found.start()
            yield rule, *found.span(), "”" if deep > 0 else "“"
    elif '"' in text:
        for found in _QUOTED.finditer(text):
            if re.search(_HAN, found[1]):
                yield rule, found.start(), found.start() + 1, "“"
                yield rule, found.end() - 1, found.end(), "”"
