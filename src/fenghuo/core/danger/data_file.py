"""Small data files that a user may write or correct himself: read whole or refused whole, every fault named."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from fenghuo.core.danger.finding import Finding, Text

PROVENANCES = ("two", "single-source", "local")
"""Two independent publications agree; one publication; made or decided by the office itself."""


class UnusableDataFile(ValueError):
    """A data file of which nothing is taken; `findings` name every fault, with its place in `column`."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        said = "; ".join(f"{f.column}: {f.message.en} {f.fix.en}" for f in findings)
        super().__init__(said)
        self.findings = tuple(findings)


class Faults:
    """Gathers the faults of one data file, so that its author sees all of them at once."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, rule: str, place: str, value: object, message: Text, fix: Text) -> None:
        """Note one fault; `place` is the dotted name of the entry, such as `humidity.upper`."""
        self.findings.append(Finding(rule, 0, place, "" if value is None else str(value), message, fix))

    def refuse(self) -> None:
        """Raise `UnusableDataFile` when there is any fault."""
        if self.findings:
            raise UnusableDataFile(self.findings)

    def section(self, parent: Mapping[str, Any], key: str, place: str) -> Mapping[str, Any] | None:
        """Return the table `key` of `parent`, or note that it is not there."""
        found = parent.get(key)
        if not isinstance(found, Mapping):
            self.add(
                "missing-section",
                place,
                found,
                Text(f"The section [{place}] is not there.", f"缺少 [{place}] 一节。"),
                Text(
                    "Add it as in the file that ships with the program.", "请照程序自带的数据文件补上这一节。"
                ),
            )
            return None
        return found

    def known(self, section: Mapping[str, Any], place: str, keys: Collection[str]) -> None:
        """Note every entry of a section that means nothing, so that a misspelt one is not passed over."""
        for key in section:
            if key not in keys:
                self.add(
                    "unknown-entry",
                    f"{place}.{key}".lstrip("."),
                    section[key],
                    Text(f"'{key}' means nothing here.", f"这里没有名为“{key}”的条目。"),
                    Text(f"Use one of: {', '.join(keys)}.", f"可用的条目：{'、'.join(keys)}。"),
                )

    def text(self, section: Mapping[str, Any], key: str, place: str) -> str:
        """Return a text that must not be empty."""
        value = section.get(key)
        if not isinstance(value, str) or not value.strip():
            self.add(
                f"missing-{key}",
                f"{place}.{key}",
                value,
                Text(f"'{key}' must be a text and is not given.", f"“{key}”应为文字，现在没有。"),
                Text(
                    f'Write {key} = "…"{" naming the publication and its year" * (key == "source")}.',
                    f'请写上 {key} = "…"{",写明文献及年份" * (key == "source")}。',
                ),
            )
            return ""
        return value.strip()

    def provenance(self, section: Mapping[str, Any], place: str) -> str:
        """Return how sure the numbers of a section are, one of `PROVENANCES`."""
        value = section.get("provenance")
        if value not in PROVENANCES:
            self.add(
                "unknown-provenance",
                f"{place}.provenance",
                value,
                Text(
                    "'provenance' must say how sure the numbers are.",
                    "“provenance”应说明这些数值有几处依据。",
                ),
                Text(
                    'Write "two" for two independent publications, "single-source" for one, "local" for your own.',
                    "两处独立文献写 two，一处写 single-source，本单位自定写 local。",
                ),
            )
            return "single-source"
        return value

    def name(self, section: Mapping[str, Any], place: str) -> Text:
        """Return a name in both languages; one plain text stands for both."""
        value = section.get("name")
        if isinstance(value, str) and value.strip():
            return Text(value.strip(), value.strip())
        if isinstance(value, Mapping) and all(
            isinstance(value.get(k), str) and value[k] for k in ("en", "zh")
        ):
            return Text(value["en"], value["zh"])
        self.add(
            "missing-name",
            f"{place}.name",
            value,
            Text("The name is not given in both languages.", "缺少中英文名称。"),
            Text('Write name = { en = "…", zh = "…" }.', '请写 name = { en = "…", zh = "…" }。'),
        )
        return Text("", "")

    def source(self, section: Mapping[str, Any], place: str) -> Text:
        """Return where the numbers of a section come from, in both languages; one plain text stands for both."""
        value = section.get("source")
        if isinstance(value, Mapping) and all(
            isinstance(value.get(k), str) and value[k].strip() for k in ("en", "zh")
        ):
            return Text(value["en"].strip(), value["zh"].strip())
        plain = self.text(section, "source", place)
        return Text(plain, plain)

    def numbers(self, section: Mapping[str, Any], key: str, place: str) -> tuple[float, ...]:
        """Return a list of finite numbers, at least one."""
        value = section.get(key)
        if not isinstance(value, list) or not value or not all(is_number(item) for item in value):
            self.add(
                "not-numbers",
                f"{place}.{key}",
                value,
                Text(f"'{key}' must be a list of numbers.", f"“{key}”应为一列数字。"),
                Text(f"Write {key} = [1, 2, 3] with your numbers.", f"请写成 {key} = [1, 2, 3] 的形式。"),
            )
            return ()
        return tuple(float(item) for item in value)

    def number(self, section: Mapping[str, Any], key: str, place: str, least: float = -math.inf) -> float:
        """Return one finite number of at least `least`."""
        value = section.get(key)
        if not is_number(value) or value < least:
            self.add(
                "not-a-number",
                f"{place}.{key}",
                value,
                Text(
                    f"'{key}' must be a number{f' of {least:g} or more' * (least > -math.inf)}.",
                    f"“{key}”应为{f'不小于 {least:g} 的' * (least > -math.inf)}数字。",
                ),
                Text(f"Write {key} = … with the number.", f"请写 {key} = … 。"),
            )
            return 0.0
        return float(value)

    def rising(self, values: Sequence[float], place: str) -> None:
        """Note values that do not rise strictly."""
        if any(low >= high for low, high in pairwise(values)):
            self.add(
                "not-rising",
                place,
                list(values),
                Text("Each number must be larger than the one before.", "各数值应逐个增大。"),
                Text("Put them in rising order, none twice.", "请从小到大排列，不要重复。"),
            )


def is_number(value: object) -> bool:
    """True for a finite int or float; never for True and False, which TOML knows as well."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def read_toml(source: Path | str | bytes) -> dict[str, Any]:
    """Return the content of a TOML file; a `Path` is read, a str or bytes is the file's text itself.

    Raises `UnusableDataFile` when it cannot be opened, is not UTF-8 or is not TOML.
    """
    try:
        raw = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        _refuse(
            "cannot-open",
            str(source),
            Text(f"The file cannot be opened ({error.strerror}).", f"文件打不开({error.strerror})。"),
            Text("Check its name and that you may read it.", "请核对文件名和读取权限。"),
        )
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw
    except UnicodeDecodeError:
        _refuse(
            "not-utf-8",
            str(source) if isinstance(source, Path) else "",
            Text("The file is not UTF-8 text.", "文件不是 UTF-8 编码。"),
            Text("Save it again as UTF-8.", "请另存为 UTF-8 编码。"),
        )
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _refuse(
            "not-toml",
            str(source) if isinstance(source, Path) else "",
            Text(f"The file is not TOML: {error}.", f"文件不符合 TOML 格式：{error}。"),
            Text(
                "Mend the line named, or start from the file that ships.",
                "请改正所指的行，或以自带文件为底稿。",
            ),
        )


def _refuse(rule: str, place: str, message: Text, fix: Text) -> None:
    raise UnusableDataFile([Finding(rule, 0, place, "", message, fix)])
