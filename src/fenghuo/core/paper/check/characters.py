"""How common a character is in the papers of Chinese offices, and what kind of sign it is otherwise."""

from __future__ import annotations

import unicodedata
from functools import cache

CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""For character classes of regular expressions: every Chinese character and the numeral zero apart."""
SPACES = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t"
"""For character classes: what separates without a line break."""
CLOSING = "，。；：、？！）》〉】〕」』”’…％%‰"
OPENING = "（《〈【〔「『“‘"

_USUAL_SIGNS = frozenset(
    "·•●○◯◎◆◇■□▲△▼▽★☆※→←↑↓⇒⇨↔×÷±＋－＝≤≥≈≠＜＞√∞∑∏∫∂Δ∆∇°℃℉％‰§№＃＆＊＠￥¥€£$©®™☑☒✓✔✗✘▶►◀♂♀♠♥♦♣ΩμµπαβγδεθλσφωΦΨΣΠρτηξζχψ"
    "—–―－-_~～|｜/／\\＼`^＾+=<>&@#*$%'\"‘’“”…‥⋯"
)

_ODD_SIGNS = frozenset("ↀↁↂↃↅↆↇↈ〄〆〒〠〰〶〷〼〾〿◘◙◚◛◜◝◞◟◠◡◬◭◮◰◱◲◳◴◵◶◷⌘⌬⏏⏚␀␣⁂")
"""Signs of classes that papers do use (numerals, shapes, Chinese marks) which no paper uses itself."""

_SUPPLEMENT = dict(
    zip(
        "⺁⺃⺅⺇⺈⺉⺊⺋⺌⺍⺎⺐⺒⺓⺕⺖⺗⺘⺙⺛⺝⺞⺠⺡⺢⺣⺦⺧⺨⺩⺫⺬⺭⺮⺯⺰⺱⺴⺶⺷⺸⺹⺻⺼⺽⺾⺿⻀⻁⻃⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂乚亻几乑刂卜㔾小小兀尢巳幺彐忄心扌攵无月歹民氵水灬丬牛犭王罒礻示竹糸纟罓冈羊羊羊耂聿月臼艹艹艹虍西西见角角讠贝车辶辶辶阝钅長镸长门阝雨青韦页风飞食饣食马马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
"""Radicals of the supplement that are no compatibility forms in Unicode but stand for a character in PDFs."""
_SUPPLEMENT_CODES = str.maketrans(_SUPPLEMENT)


def common_form(text: str) -> str:
    """The text with full-width, compatibility and radical codes as the characters they stand for."""
    return unicodedata.normalize("NFKC", text).translate(_SUPPLEMENT_CODES)


def is_chinese(character: str) -> bool:
    """Whether it is a Chinese character."""
    return (
        "\u3400" <= character <= "\u9fff"
        or "\U00020000" <= character <= "\U0003ffff"
        or "\uf900" <= character <= "\ufaff"
    )


@cache
def rarity(character: str) -> int:
    """How rare a Chinese character is: 0 everyday (GB 2312 level 1), 2 level 2, 3 only in GBK, 4 beyond it."""
    try:
        return 0 if 0xB0 <= character.encode("gb2312")[0] <= 0xD7 else 2
    except UnicodeEncodeError:
        pass
    return 3 if "\u4e00" <= character <= "\u9fa5" else 4


@cache
def rarity_traditional(character: str) -> int:
    """The same by Big5, for papers in traditional characters: 0 level 1, 2 level 2, 3 beyond."""
    try:
        return 0 if 0xA4 <= character.encode("big5")[0] <= 0xC6 else 2
    except UnicodeEncodeError:
        return 3


@cache
def oddness(character: str) -> int:
    """How odd a sign that is no Chinese character looks in a Chinese paper, 0 to 4."""
    if character.isascii() or character in _USUAL_SIGNS or "\uff00" <= character <= "\uff5e":
        return 0
    category = unicodedata.category(character)
    if category == "Co":
        return 4
    if character in _ODD_SIGNS or ("\u0400" <= character < "\u2000" and category[0] != "Z"):
        return 3
    if category == "Sm" or "\u2070" <= character <= "\u25ff":
        # Sub- and superscripts, arrows, operators, and what tables are drawn with.
        return 0
    if (
        category[0] in "NPZ"
        or ("\u3000" <= character <= "\u303f" and character != "〓")
        or "\u2460" <= character <= "\u24ff"
    ):
        return 0
    if category[0] == "L":
        return 1 if "\u0370" <= character <= "\u03ff" or character < "\u0250" else 3
    return 3
