"""A letter's first page, which reaches one line below the type area, down to its second red double rule (10.1).

The last line of that page keeps 7/8 of a sign from the rule. Lines come in whole numbers, so the pitch is chosen
within what the standard calls 22 lines a page, and the empty line below the title takes up what is left over.
"""

from __future__ import annotations

from . import measures, parts
from .description import Paper

_PITCHES = range(measures.LINE_TWIPS, 559, -1)
"""Pitches in twips of which 22 lines make a page: 28.95 to 28 points."""
_UNSEEN_PT = 1.0
"""What an empty line may be higher or lower by without anybody noticing."""
_RULE_PT = 3.375
"""From the upper edge of the first double rule to the middle of its thin line."""
_SLACK_PT = 3.0
"""What the first page's area is higher than its lines, for a word processor that counts to the hair."""


def pitches(paper: Paper) -> tuple[int, ...]:
    """The pitches in twips at which a first page fills to the rule, the widest first; at least one."""
    fitting = [line for line in _PITCHES if abs(left_over(paper, line)) <= _UNSEEN_PT]
    return tuple(fitting[:2]) or (min(_PITCHES, key=lambda line: abs(left_over(paper, line))),)


def left_over(paper: Paper, line: int) -> float:
    """Points by which the empty line below the title is higher (or lower) than others at a pitch in twips."""
    pitch = line / 20
    mark = measures.LETTER_MARK_BELOW_EDGE_MM + measures.LETTER_RULE_BELOW_MARK_MM
    rule = mark * measures.POINTS_A_MM + parts.mark(paper).height + _RULE_PT
    begins = rule + measures.LETTER_GAP_PT - (pitch - measures.BODY_PT) / 2
    fixed = parts.title_height(paper) * measures.TITLE_LINE_TWIPS / 20
    fixed += (max(len(parts.corner(paper)), 1) + 3) * pitch  # two empty lines above the title, one below
    room = _last_line_ends(line) - begins - fixed
    return room - round(room / pitch) * pitch


def below_type_area(line: int) -> float:
    """Points by which the first page's area reaches below the type area at a pitch in twips."""
    lower = (measures.TOP_MM + measures.TYPE_AREA_MM[1]) * measures.POINTS_A_MM
    return _last_line_ends(line) + _SLACK_PT - lower


def _last_line_ends(line: int) -> float:
    """Where the last line above the second rule ends, in points below the page's upper edge."""
    rule = (measures.PAGE_MM[1] - measures.LETTER_RULE_ABOVE_EDGE_MM) * measures.POINTS_A_MM
    return rule - measures.LETTER_GAP_PT + (line / 20 - measures.BODY_PT) / 2
