"""Amounts in capitals beside the same amount in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import CAPITAL, folded, from_arabic, from_capitals
from ....rulebook import rules

_CAPITALS = re.compile(rf"[{CAPITAL}]{{2,}}")
_FIGURES = re.compile(
    r"[¥￥]\s*(?P<sign>\d[\d,]*(?:\.\d+)?)(?P<sign_many>万)?|(?<![\d,.])(?P<plain>\d[\d,]*(?:\.\d+)?)\s*(?P<many>万)?元"
)
_WORTH = re.compile(r"[壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]")
_NEAR = 16


def check(document: Document) -> Iterator[Finding]:
    """壹万贰仟叁佰元整（¥12,300.00）: the two that stand side by side must be equal."""
    if not _WORTH.search(document.text):
        return
    text = folded(document.text)
    figures = list(_FIGURES.finditer(text))
    for match in _CAPITALS.finditer(text):
        amount = from_capitals(match[0])
        if amount is None or not re.search(r"[壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]", match[0]):
            continue
        beside = [each for each in figures if _beside(text, match, each)]
        if len(beside) != 1:
            continue
        figure = beside[0]
        value = from_arabic(figure["sign"] or figure["plain"])
        if figure["sign_many"] or figure["many"]:
            value *= Decimal(10_000)
        if value != amount:
            yield rules()["amounts-differ"].finding(
                match.start(),
                match.end(),
                elsewhere=(Elsewhere(Span(*figure.span()), document.text[figure.start() : figure.end()]),),
                found=document.text[match.start() : match.end()],
                other=document.text[figure.start() : figure.end()],
            )


def _beside(text: str, capitals: re.Match[str], figure: re.Match[str]) -> bool:
    low, high = sorted(((capitals.start(), capitals.end()), figure.span()))
    between = text[low[1] : high[0]]
    return 0 <= high[0] - low[1] <= _NEAR and not re.search(
        r"[。；，\n]|\d", between.replace("，大写", "").replace("，小写", "")
    )
