"""Why a file cannot be checked, what that means and what to do, in both languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from fenghuo.core.finding import Text

from .finding import filled


class Unreadable(ValueError):
    """A file that cannot be read as a paper.

    `rule` is a stable name for programs, from `read/refused.toml`; `message` says what is wrong and why, `fix`
    what to do.
    """

    def __init__(self, rule: str, **values: object) -> None:
        entry = _refusals()[rule]
        self.rule = rule
        self.message, self.fix = (filled(Text(**entry[part]), values) for part in ("message", "fix"))
        super().__init__(self.message.en)


@cache
def _refusals() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files(__package__).joinpath("read", "refused.toml").read_text(encoding="utf-8"))
