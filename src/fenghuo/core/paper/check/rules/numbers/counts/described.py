"""A count described by words that all stand beside an earlier one: 11个村受灾, and 组织专家到13个受灾村.

`retold` weighs words of a sentence; here nothing is weighed. What the later number counts, up to what is said of it,
stands in the clause of one earlier count of the same unit whole, in whatever order, beside no count of another
number, and the later number is told nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ....document import Document
from ....finding import Finding
from ....words import words
from ..text.counted import OF_ALL, Count, counts, counts_by_unit
from ..text.frame import Frame
from ..text.quantities import THINGS
from .retold import differs, explained, is_apart, is_near, is_stock, of_another_year, of_edition, own_edition

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SAID = re.compile(
    r"指导|进行|开展|完成|配备|增设|落实|均|全部|各|已|要|须|将|逐|在|于|未(?![通整完销])|并|应|可|实行|实施|组织|安装|参加|接[受入]|纳入"
)
"""Where what is said of a thing begins."""
_NEW = re.compile(
    r"新增|每(?![周月天日季])|平均|去年|上年|同期|较|比(?!例)|增加|减少|再|另|计划|(?<![模虚])拟|目标|不少于|其中|部分|约|[降升涨落增减][到至]"
)
_OF_MORE = re.compile(
    r"有$|共$|达到?$|造成$|分布[在于]|涉及|覆盖|来自|接收|招聘|走访|抽查|新|第[一二三四]批|解决|消除|化解|恢复"
)
"""What a number of some follows, or one that is new."""
_LEAVES = re.compile(r"[尚仍还]有|[剩其]余|余下")
"""解决3710人饮水困难，尚有1520人: some of them."""
_DONE = re.compile(r"完成|建成|实施|新建")
_RARE = 10
_LONGEST, _SHORTEST, _NAME, _LONG_NAME, _WORDS = 14, 2, 3, 4, 4
_REACH = 40
"""Counts of one unit before each that it is compared with."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the words stand beside two different numbers."""
    every = counts(document, frame)
    own = own_edition(document)
    for first, later in _named_alike(every):
        yield differs(document, later, first)
    for alike in counts_by_unit(document, frame).values():
        for at, later in enumerate(alike):
            if not at or of_another_year(later, frame):
                continue
            edition = of_edition(later, own)
            first = _told_otherwise(
                later,
                [each for each in alike[max(at - _REACH, 0) : at] if of_edition(each, own) == edition],
                alike[max(at - _REACH, 0) : at + _REACH],
            )
            if first is not None:
                yield differs(document, later, first)


def _named_alike(every: Sequence[Count]) -> Iterator[tuple[Count, Count]]:
    """乡镇代储点8处 and 6个乡镇代储点: one long name behind a number and before another, whatever their units."""
    names = [_description(each)[0] if each.unit in THINGS and each.after else "" for each in every]
    for at, later in enumerate(every):
        for before in range(max(at - _REACH, 0), at):
            first = every[before]
            if not any(
                len(name) >= _LONG_NAME and one.lead.endswith(name)
                for one, name in ((first, names[at]), (later, names[before]))
            ):
                continue
            if (
                first.unit != later.unit
                and {first.unit, later.unit} <= THINGS
                and first.value != later.value
                and first.sentence.index != later.sentence.index
                and is_near(first, later)
                and not (_NEW.search(first.lead) or _NEW.search(later.lead))
            ):
                yield first, later


def _told_otherwise(later: Count, before: Sequence[Count], near: Sequence[Count]) -> Count | None:
    behind = later.sentence.plain[later.quantity.end :]
    if later.quantity.han or later.listed or _NEW.search(later.lead) or _LEAVES.search(behind):
        return None
    described, names = _description(later)
    if len(described) < _SHORTEST or words().frequency(described) >= OF_ALL:
        return None
    if any(
        each.value == later.value and each is not later and _beside(each, described, names) for each in near
    ):
        return None
    found = [each for each in before if _describes(each, later, described, names)]
    if len({each.value for each in found}) != 1:
        return None
    first = found[-1]
    # Who has done some of what there is has done no more than all.
    stock = is_stock(first)
    if _OF_MORE.search(later.lead) or (
        re.search(r"\d", later.lead) and not stock and later.value < first.value
    ):
        return None
    if (
        not is_near(first, later)
        or is_apart(first, later)
        or (
            not stock and _DONE.search(later.lead) and (later.value < first.value or _DONE.search(first.lead))
        )
    ):
        return None
    return None if explained(later, first, near) else first


def _description(count: Count) -> tuple[str, tuple[str, ...]]:
    """What a number counts, without 的, and the words that may be the whole of its name, the longest first."""
    match = _HAN.match(count.after)
    run = match[0][:_LONGEST].removeprefix("为") if match else ""
    said = _SAID.search(run, _SHORTEST)
    described = (run[: said.start()] if said else run).replace("的", "")
    if count.lead.endswith("的"):
        own = _HAN.findall(count.lead)[-1].replace("的", "")
        return own[-8:] + described, ()
    names = [run[:end] for _, end in words().parted(run[:10])[:_WORDS]]
    return described, tuple(each for each in reversed(names) if _is_name(each))


def _is_name(word: str) -> bool:
    """Two signs are a name where hardly anything else is called so."""
    return len(word) >= _NAME or (len(word) == _SHORTEST and words().frequency(word) < _RARE)


def _describes(first: Count, later: Count, described: str, names: tuple[str, ...]) -> bool:
    if first.sentence.index == later.sentence.index or "其中" in first.lead:
        return False
    if names and len(names[-1]) == _SHORTEST and not _touches(first, names[-1]):
        names = tuple(each for each in names if len(each) > _SHORTEST)
    more = later.value > first.value and [each for each in names if len(each) >= _NAME]
    whole = len(described) >= _LONG_NAME and first.lead.endswith(described)
    whole = whole or bool(more and first.lead.endswith(tuple(more)))
    if first.listed and not whole and not first.after.startswith(names):
        return False
    return _beside(first, described, names)


def _touches(count: Count, name: str) -> bool:
    """Whether a name stands right beside a number: 船闸运营单位9家 are no 船闸."""
    return count.lead.endswith(name) or count.after.startswith(name)


def _beside(count: Count, described: str, names: tuple[str, ...]) -> bool:
    beside = f"{count.lead}|{count.after}"
    whole = (described, *(each for each in names if _turns(count, each)))
    return any(all(sign in beside for sign in each) for each in whole) or any(
        each in beside for each in names
    )


def _turns(count: Count, name: str) -> bool:
    """受旱乡镇 of 乡镇不同程度受旱: what stands last in the name stands first behind the number."""
    return len(name) >= _LONG_NAME and any(count.after.startswith(name[at:]) for at in (-2, -3))
