"""What can be special about a computed day, as flags of one byte that may stand together."""

from __future__ import annotations

from enum import IntFlag


class Mark(IntFlag):
    """Flags of a day; 0 is a plain computed day."""

    GAP = 1
    ESTIMATED = 2
    RESTART = 4
    START_UP = 8
    SHUT_DOWN = 16
    OUT_OF_SEASON = 32


GAP = Mark.GAP
ESTIMATED = Mark.ESTIMATED
RESTART = Mark.RESTART
START_UP = Mark.START_UP
SHUT_DOWN = Mark.SHUT_DOWN
OUT_OF_SEASON = Mark.OUT_OF_SEASON
