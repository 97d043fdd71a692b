"""Rare characters that a paper is about: of one kind with others, enumerated, quoted, before the word for a class."""

from __future__ import annotations

import re

from ...characters import CHINESE, is_chinese, rarity
from ...document import Document
from .sciences import ELEMENTS

_LISTED = re.compile(r"[、，。；：（）和与及为的等\s]")
_KINDS = re.compile("[\u9b5a-\u9e7f\u4c33-\u4d2e]")
"""Characters whose radical is the fish or the bird; a paper about them names many that no list knows."""
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLES = rf"(?=[a-z{_TONED}üê'’ ]{{0,20}}[{_TONED}])[a-z{_TONED}üê'’ ]{{1,40}}"
_READING = re.compile(rf"(?:[（(]\s*|[“”’」』]?(?:读?音|读[作为]?|念[作]?)[为是：:“]*){_SYLLABLES}[)）]?")
"""（bó）, 音bàng, “郇”读xún: how what stands before it is read."""
_WRITTEN = re.compile(
    rf"(?<![{CHINESE}”]、)(?<![{CHINESE}”]、“)(?:“?[{CHINESE}]”?、)*“?[{CHINESE}]”?(?:统一|一律|均|应)?(?:写?作|改[作为])[“「][{CHINESE}]{{1,3}}[”」]"
)
"""堿、鹼统一作“碱”: characters that a paper says how to write, sought from the first of a list on."""
_CLASS_NAMES = {
    "鱼": "[\u9875-\u98a7\u9b5a-\u9ce4\u4c33-\u4cb0]",
    "菜": "[\u8279-\u864d]",
    "草": "[\u8279-\u864d]",
}


def of_class(character: str, right: str) -> bool:
    """Whether it stands before the word for its class: 黄颡鱼, 薤菜."""
    return right in _CLASS_NAMES and bool(re.match(_CLASS_NAMES[right], character))


def of_a_kind(text: str, at: int) -> bool:
    """Whether the character names a kind of animal or plant: one of a list of such, or before the word for them."""
    character, left, right = text[at], text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    if of_class(character, right):
        return True
    if not _KINDS.match(character):
        return False
    beside = [bool(not each or _LISTED.match(each)) for each in (left, right)]
    others = set(_KINDS.findall(text)) - {character}
    return all(beside) or (any(beside) and bool(others))


_CLAUSE = re.compile(r"[^。；：！？\n]+")
_ITEMS = re.compile(r"[、，]|(?<=.)(?:和|及|与)(?=.)")
_LONGEST_ITEM, _FEWEST_ITEMS, _EDGE = 4, 3, 2
_QUOTED = re.compile(r"“[^”\n]{1,20}”|‘[^’\n]{1,20}’|「[^」\n]{1,20}」|《[^》\n]{1,20}》")
_ABOUT = 6
"""Different rare characters that stand so from which a paper is about such."""


def listed(text: str) -> frozenset[int]:
    """Where in a text rare characters stand in an enumeration of such: 鼎、鬲、甗、簋 or 㟃岭、岽下、崀头.

    Three short items with a rare character each make one.
    """
    found: set[int] = set()
    for clause in _CLAUSE.finditer(text):
        if "、" not in clause[0]:
            continue
        items, start = [], clause.start()
        for item in (*_ITEMS.finditer(clause[0]), None):
            end = clause.start() + item.start() if item else clause.end()
            items.append((start, end))
            start = clause.start() + item.end() if item else end
        rare = [
            [at for at in range(start, end) if is_chinese(text[at]) and rarity(text[at]) >= 2]
            for start, end in items
        ]
        short = [
            bool(places)
            and 0 <= end - start - sum(map(is_chinese, text[start:end])) <= 1
            and end - start <= _LONGEST_ITEM
            for places, (start, end) in zip(rare, items, strict=True)
        ]
        if sum(short) < _FEWEST_ITEMS:
            continue
        first, last = short.index(True), len(short) - 1 - short[::-1].index(True)
        found.update(at for at, places in enumerate(rare) if short[at] for at in places)
        # The item before the first has the words before the list on it, the one after the last those behind it.
        found.update(each for each in rare[first - 1] if first and items[first - 1][1] - each <= _EDGE)
        found.update(
            each
            for places in rare[last + 1 : last + 2]
            for each in places
            if each - items[last + 1][0] < _EDGE
        )
    return frozenset(found)


def mentioned(text: str) -> frozenset[int]:
    """Where rare characters are spoken of: in a short quotation, before 字."""
    found = {
        at
        for quotation in _QUOTED.finditer(text)
        for at in range(*quotation.span())
        if is_chinese(text[at]) and rarity(text[at]) >= 2
    }
    return frozenset(found) | {each.start() for each in re.finditer(r"[^\x00-\x7f](?=字)", text)}


def is_about_rare(document: Document) -> bool:
    """Whether a paper is about things that have rare names: then one more of them proves nothing."""
    text = document.text
    places = listed(text) | {at for at in mentioned(text) if is_chinese(text[at]) and rarity(text[at]) >= 2}
    return len({text[at] for at in places} - ELEMENTS) >= _ABOUT


_SPOKEN_OF = re.compile(
    rf"[^\x00-\x7f{CHINESE}，。；：、“”]{{1,3}}(?=误[作为写读]|[写读念记改]作)|(?<=误作|误为|误写|写作|读作|念作|记作|改作)[^\x00-\x7f{CHINESE}，。；：、“”]{{1,3}}"
)


_COMPOSED = re.compile(rf"[\u2ff0-\u2fff](?:[\u2ff0-\u2fff]|[{CHINESE}]){{1,3}}")
"""How a character without a code is put together: ⿰土厷."""


def foreign_quotations(text: str) -> list[tuple[int, int]]:
    """Where a paper quotes another script, old forms, or speaks of a sign: “大廣場の噴水”, ü误作u."""
    found = [each.span() for each in _SPOKEN_OF.finditer(text)]
    for each in _QUOTED.finditer(text):
        inner = each[0][1:-1]
        foreign = sum(rarity(sign) >= 3 if is_chinese(sign) else not sign.isascii() for sign in inner)
        if (foreign >= 2 and 3 * foreign >= len(inner)) or foreign == len(inner) == 1:
            found.append(each.span())
    return found


def spoken_of(text: str) -> list[tuple[int, int]]:
    """Where a paper speaks of characters: how they are read or to be written, and wherever else it has these.

    亳（bó）州, 盱眙（xū yí）, 塝音bàng, 堿、鹼统一作“碱”.
    """
    found = [each.span() for look in (_WRITTEN, _COMPOSED) for each in look.finditer(text)]
    characters = set()
    for each in _READING.finditer(text):
        start = max(each.start() - sum(sign in _TONED for sign in each[0]), 0)
        found.append((start, each.end()))
        characters |= {sign for sign in text[start : each.start()] if is_chinese(sign) and rarity(sign) >= 1}
    if characters:
        found += [each.span() for each in re.finditer(f"[{''.join(sorted(characters))}]", text)]
    return found
