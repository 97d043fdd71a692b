"""Lines that call people by name, whose rare characters and wide gaps are the names' own."""

from __future__ import annotations

import re

from ...characters import CHINESE, SPACES
from ...surnames import DOUBLE_FAMILY_NAMES, FAMILY_NAMES

_LONGEST = 200
_ROLL = re.compile(
    rf"(?:[^：，。\n]{{1,16}}：)?[{SPACES}]*(?P<names>[{CHINESE}]{{1,4}}(?:[{SPACES}、]+[{CHINESE}]{{1,4}})+)[{SPACES}]*(?=$|，|（)"
)


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
