"""Lines that call people by name, whose rare characters and wide gaps are the names' own."""

from __future__ import annotations

import re

from ...characters import CHINESE, SPACES
from ...surnames import DOUBLE_FAMILY_NAMES, FAMILY_NAMES, SURNAMES

_LONGEST = 200
_ROLL = re.compile(
    rf"(?:[^：，。\n]{{1,16}}：)?[{SPACES}]*(?P<names>[{CHINESE}]{{1,4}}(?:[{SPACES}、]+[{CHINESE}]{{1,4}})+)[{SPACES}]*(?=$|，|（)"
)
_CALLED = re.compile(
    r"(?:记者|主席|总裁|经理|大使|董事长|书记|主任|队长|组长|[市镇乡县区村局所站部]长|同志|代表|专家|教授"
    r"|院长|校长|(?:联系|当事|负责|责任|经办|申请|病)人|村民|户主|队员|医生|护士|教师|老师|工程师|会计|司机|民警|党员|干部|职工|青年|学生|选举|艺术家)$"
)
"""What stands before somebody's name."""


_STANDING = re.compile(rf"[{CHINESE}]{{2,3}}[、，（]")
_BEFORE = frozenset("、（：·《\n ")


def of_person(text: str, at: int) -> bool:
    """Whether a character is one of somebody's name: behind what people are called by, or in a list of names."""
    for back in range(min(at, 2) + 1):
        first = at - back
        if text[first] not in SURNAMES:
            continue
        listed = text[max(first - 1, 0)] in _BEFORE and (back or _STANDING.match(text, at))
        if listed or is_called(text, first):
            return True
    return False


def is_called(text: str, at: int) -> bool:
    """Whether what people are called by stands before a place."""
    return bool(_CALLED.search(text[max(at - 3, 0) : at]))


def is_roll(text: str) -> bool:
    """Whether a line calls people by name, one after another: 县水利局：卜　喆　刘　龑　璩美娟."""
    found = _ROLL.match(text) if len(text) <= _LONGEST else None
    if not found:
        return False
    tokens = re.split(rf"[{SPACES}、]+", found["names"])
    whole: list[str] = []
    for each in tokens:
        # A name of two characters is set wide, so that all are as long as those of three.
        if whole and len(whole[-1]) == 1 and len(each) == 1:
            whole[-1] += each
        else:
            whole.append(each)
    named = sum(
        2 <= len(each) <= 4 and (each[0] in FAMILY_NAMES or each[:2] in DOUBLE_FAMILY_NAMES) for each in whole
    )
    return min(map(len, whole)) >= 2 and named * 2 > len(whole)
