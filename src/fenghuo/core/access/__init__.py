"""Who may do what, and where: callers, roles and the table of permits."""

from .caller import Caller, Pen
from .errors import NotAllowed, NotFound, RuleBroken
from .permits import PERMITS, Role

__all__ = ["PERMITS", "Caller", "NotAllowed", "NotFound", "Pen", "Role", "RuleBroken"]
