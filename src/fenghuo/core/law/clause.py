"""A place in a law, as it is shown beside every grade and deadline."""

from dataclasses import dataclass

_DIGITS = "零一二三四五六七八九"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True)
class Regulation:
    zh: str
    en: str

    def article(self, number: int) -> "Clause":
        """The article with this number, 1 to 99."""
        if not 1 <= number <= 99:
            raise ValueError(f"no article {number}: articles are numbered 1 to 99")
        return Clause(self, number)


@dataclass(frozen=True)
class Clause:
    regulation: Regulation
    article: int

    @property
    def zh(self) -> str:
        return f"{self.regulation.zh}第{_numeral(self.article)}条"

    @property
    def en(self) -> str:
        return f"{self.regulation.en}, Art. {self.article}"


ORDER_493 = Regulation(
    "《生产安全事故报告和调查处理条例》（国务院令第493号）",
    "Regulations on Reporting and Investigating Work-Safety Accidents (State Council Order 493)",
)
ORDER_541 = Regulation(
    "《森林防火条例》（国务院令第541号）",
    "Regulations on Forest Fire Prevention (State Council Order 541)",
)
