"""The rules as data: what each is called, why it exists, and what it says; one TOML file a family in `rules/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from fenghuo.core.finding import Level, Text

from .finding import Elsewhere, Finding, Span, filled

FAMILY_TITLES = {
    "left_open": Text("Left open", "空缺"),
    "noise": Text("Pasted noise", "粘贴杂质"),
    "numbers": Text("Numbers and dates", "数字和日期"),
    "copied": Text("Copied", "照抄"),
    "form": Text("Form", "格式"),
    "layout": Text("Layout", "版式"),
    "personal": Text("Personal data", "个人信息"),
}
"""What the families of rules are called."""
FAMILY_ABOUT = {
    "left_open": Text(
        "XX, blanks, empty brackets and words of a template, and what is missing there",
        "XX、下划线、空括号、模板用语，并说明缺的是什么",
    ),
    "noise": Text(
        "copy protection and footers of document sites, broken lines, stray spaces, wrong characters",
        "文库网站的防复制字符和页脚、断行、多余空格、错误字符",
    ),
    "numbers": Text(
        "totals that do not add up, days that do not exist, years and halves that do not fit",
        "合计与分项不符、不存在的日期、年份和上下半年对不上",
    ),
    "copied": Text(
        "paragraphs that stand elsewhere, or with only names and figures exchanged",
        "与别处相同、或只换了名称和数字的段落",
    ),
    "form": Text("numbering, order of headings, missing parts", "序号、标题层次、缺少的要素"),
    "layout": Text("departures of a .docx from GB/T 9704", ".docx 与 GB/T 9704 版式不符之处"),
    "personal": Text(
        "identity numbers, telephones and addresses that should not be published",
        "不应公开的身份证号、电话和住址",
    ),
}
"""What each family looks for."""
FAMILIES = ("left_open", "noise", "numbers", "copied", "form", "layout", "personal")
"""The families of rules, in the order of their report; each is `rules/<family>.py` and `rules/<family>.toml`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `id` is stable and names it in findings and in `--without`; `source` is a clause or "Fenghuo".

    `mends` tells whether repair may act on it; `removes`, that what it marks is foreign to the paper, so that
    repair may take letters and digits away with it; `once`, that a paper which does it throughout is told once,
    with the other places beside the first.
    """

    id: str
    family: str
    level: Level
    title: Text
    why: Text
    message: Text
    fix: Text
    source: str
    mends: bool = False
    removes: bool = False
    once: bool = False

    def finding(
        self,
        start: int,
        end: int,
        *,
        mend: str | None = None,
        elsewhere: tuple[Elsewhere, ...] = (),
        **values: object,
    ) -> Finding:
        """The rule's finding at a span; `values` fill the gaps `{name}` of its message and fix, `mend` that name's.

        A value may be a `Text` where the two languages differ.
        """
        if mend is not None:
            values["mend"] = mend
        return Finding(
            self.id,
            self.level,
            Span(start, end),
            filled(self.message, values),
            filled(self.fix, values),
            mend if self.mends else None,
            elsewhere,
        )


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its name, in the order of the families and of their files."""
    found: dict[str, Rule] = {}
    for family in FAMILIES:
        for rule in _family(family):
            if rule.id in found:
                raise ValueError(f"two rules are called {rule.id}")
            found[rule.id] = rule
    return MappingProxyType(found)


def _family(name: str) -> list[Rule]:
    file = files(__package__).joinpath("rules", f"{name}.toml")
    if not file.is_file():
        return []
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["rule"]
    return [
        Rule(
            id=entry["id"],
            family=name,
            level=Level(entry["level"]),
            source=entry["source"],
            mends=entry.get("mends", False),
            removes=entry.get("removes", False),
            once=entry.get("once", False),
            **{key: Text(**entry[key]) for key in ("title", "why", "message", "fix")},
        )
        for entry in entries
    ]
