"""Recognise columns about belief, origin, politics, disability, family or identity, and refuse them by name.

A duty desk needs places, posts and telephone numbers; it needs nobody's belief, origin or standing. Every
import and every form asks here first. The words themselves are data: terms.toml.

How a header is read: compatibility forms are folded (full width, ligatures), invisible characters dropped,
case ignored, traditional characters made simplified. Chinese terms are then sought anywhere in what is left
without its spaces and punctuation; English terms as whole words, so that `race` is found in `race_code` but
not in `trace`, and `relative` in `relative_humidity` is no relative.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files


class Category(StrEnum):
    RELIGION = "religion"
    ETHNICITY = "ethnicity"
    POLITICS = "politics"
    DISABILITY = "disability"
    FAMILY = "family"
    REGISTER = "register"


@dataclass(frozen=True)
class Refused:
    """One refused column: its header as given, what it is about, and the reason in both languages."""

    header: str
    category: Category
    message_en: str
    message_zh: str


class RefusedColumns(ValueError):
    """Columns that may not be brought in; `str()` says it in Chinese, then in English."""

    def __init__(self, refused: Iterable[Refused]):
        self.refused = tuple(refused)
        self.message_zh = (
            "".join(one.message_zh for one in self.refused)
            + "请从文件中删去这些列后重新导入；本次没有导入任何内容。"
        )
        self.message_en = (
            " ".join(one.message_en for one in self.refused)
            + " Remove these columns from the file and import it again; nothing was imported."
        )
        super().__init__(f"{self.message_zh}\n{self.message_en}")


@dataclass(frozen=True)
class _Terms:
    category: Category
    name_en: str
    name_zh: str
    zh: tuple[str, ...]
    zh_whole: frozenset[str]
    en: re.Pattern[str]
    en_whole: frozenset[str]
    en_together: frozenset[str]
    en_inside: tuple[str, ...]

    def hold(self, chinese: str, readings: Iterable[str]) -> bool:
        if chinese in self.zh_whole or any(term in chinese for term in self.zh):
            return True
        for words in readings:
            together = words.replace(" ", "")
            if words in self.en_whole or together in self.en_together or self.en.search(words):
                return True
            for word in words.split():
                bare = re.sub(r"^(is|has)(?=.{4})", "", word)
                if {word, bare} & self.en_together or any(term in word for term in self.en_inside):
                    return True
        return False


def _words(terms: Iterable[str]) -> re.Pattern[str]:
    """Each term as whole words, its last word singular or plural."""
    forms = "|".join(sorted(map(re.escape, terms), key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{forms})(?:s|es)?(?![a-z])")


@lru_cache(maxsize=1)
def _data() -> tuple[tuple[_Terms, ...], tuple[str, ...], re.Pattern[str], dict[int, str]]:
    raw = tomllib.loads(files(__package__).joinpath("terms.toml").read_text("utf-8"))
    terms = tuple(
        _Terms(
            category,
            raw[category]["name_en"],
            raw[category]["name_zh"],
            tuple(raw[category]["zh"]),
            frozenset(raw[category]["zh_whole"]),
            _words(raw[category]["en"]),
            frozenset(raw[category]["en_whole"]),
            frozenset(term.replace(" ", "") for term in raw[category]["en"]),
            tuple(raw[category]["en_inside"]),
        )
        for category in Category
    )
    innocent, traditional = raw["innocent"], raw["traditional"]
    return (
        terms,
        tuple(innocent["zh"]),
        _words(innocent["en"]),
        str.maketrans(traditional["from"], traditional["to"]),
    )


def _visible(header: str) -> str:
    folded = unicodedata.normalize("NFKC", header)
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")


def _readings(header: str) -> tuple[str, str]:
    """The English words of a header: as separated by signs, and by capitals as well (partyMember)."""
    capitals = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header)
    plain, split = (" ".join(re.findall("[a-z]+", text.casefold())) for text in (header, capitals))
    return plain, split


def refusal(header: str) -> Refused | None:
    """Why a column with this header may not be brought in, or None where it may."""
    terms, innocent_zh, innocent_en, traditional = _data()
    visible = _visible(header)
    chinese = "".join(filter(str.isalnum, visible)).translate(traditional)
    for phrase in innocent_zh:
        chinese = chinese.replace(phrase, "|")
    readings = [innocent_en.sub("|", words) for words in _readings(visible)]
    for category in terms:
        if category.hold(chinese, readings):
            return Refused(
                header,
                category.category,
                f'Column "{header}" is about {category.name_en}, which Fenghuo never records.',
                f"“{header}”一列涉及{category.name_zh}，本系统一律不记录。",
            )
    return None


def refused_columns(headers: Iterable[str]) -> list[Refused]:
    """The headers that may not be brought in, in their order."""
    return [refused for header in headers if (refused := refusal(header))]


def check_columns(headers: Iterable[str]) -> None:
    """Pass a table's headers, or raise RefusedColumns naming every one that may not be brought in."""
    if refused := refused_columns(headers):
        raise RefusedColumns(refused)
