"""What was pasted along: copy protection, footers, broken lines, spaces, wrong marks, mojibake, misread characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, partial
from random import Random

from ..fault import Edit, Planted
from ..paper import NUMBERED
from . import Injector, Setting

HAN = r"[一-鿿]"


@cache
def rare() -> tuple[str, ...]:
    """Characters outside GB 2312, as protection of document sites draws them."""

    def old(character: str) -> bool:
        try:
            character.encode("gb2312")
        except UnicodeEncodeError:
            return False
        return True

    return tuple(chr(code) for code in range(0x4E00, 0x9FA6) if not old(chr(code)))


ODD = tuple("ㄅㄙㄨゎぺドヰжюδξ゛◎☉▲〓彳亍彧曌")
JUNK = ("q", "w4", "Zk", "#p", "x9@", "~v", "G;", "$7k", "|e", "b^", "&t", "rR2", "=_", "`h", "%Q", "yU")


def _any(chance: Random, choices: Sequence[str]) -> str:
    """One of the choices; a single one is taken without asking chance, so that the older parts stay what they are."""
    return chance.choice(choices) if len(choices) > 1 else choices[0]


def _character(setting: Setting, sort: str) -> str:
    if sort == "junk":
        return setting.one(JUNK, "JUNK")
    if setting.chance.random() < 0.15:
        return setting.one(ODD, "ODD")
    if setting.kept:
        extended = setting.chance.random() < 0.2
        return setting.chance.choice(setting.kept.EXTENDED if extended else rare())
    return setting.one(rare(), "")


def _protected(kind: str, sort: str, spaced: bool, setting: Setting) -> list[Planted]:
    """One strange character about every twenty, over two or three paragraphs; words, numbers and marks are cut."""
    chance = setting.chance
    body = list(setting.paper.body)
    if not body:
        return []
    first = chance.randrange(len(body))
    found = []
    for line in body[first : first + chance.choice((2, 3))]:
        place = line.start + chance.randint(6, 16)
        while place < line.end - 3:
            if sort == "junk" and re.search("[A-Za-z]", setting.paper.text[place - 1 : place + 1]):
                place += 1  # letters within a Latin word are a misspelling at most
                continue
            strange = _character(setting, sort)
            new = f" {strange} " if spaced else strange
            found.append(Planted("noise", kind, (Edit(place, place, new),)))
            place += chance.randint(15, 26)
    return found


def _footer(setting: Setting) -> list[Planted]:
    lines = setting.paper.body
    if not lines:
        return []
    chance = setting.chance
    said = setting.one(FOOTERS, "FOOTERS")
    where = chance.random()
    if where < 0.2:  # run on to the end of a paragraph
        place = chance.choice(lines).end
        return [Planted("noise", "footer", (Edit(place, place, said),))]
    if where < 0.6:
        place = len(setting.paper.text.rstrip("\n"))
        return [Planted("noise", "footer", (Edit(place, place, "\n" + said),), ((0, 1, len(said) + 1),))]
    place = chance.choice(lines).start
    return [Planted("noise", "footer", (Edit(place, place, said + "\n"),), ((0, 0, len(said)),))]


FOOTERS = (
    "推荐访问：安全生产工作总结 消防安全大检查报告", "推荐访问:森林防火 工作总结 上半年",
    "本文来源：https://www.wenku-example.com/view/83651.html", "本文来源：网络，版权归原作者所有",
    "本文由好范文网收集整理，转载请注明出处", "更多范文请关注公众号“公文宝库”", "文档下载后可自由编辑，双击即可删除",
    "Word格式，可编辑打印", "【本文为精品文档，欢迎下载使用】", "内容来自用户上传，如有侵权请联系删除",
    "上一篇：乡镇安全生产工作汇报  下一篇：社区消防总结", "最新乡镇防汛工作总结（精选5篇）",
    "点击下载完整版 第 3 页 共 7 页", "相关热词搜索：森林 防火 通知", "标签：应急管理 范文 总结",
    "-全文完- 资料共享 仅供学习参考",
)  # fmt: skip


def _broken(setting: Setting) -> list[Planted]:
    """A sentence cut by a line break, as a PDF or a page of a site is copied."""
    chance = setting.chance
    found = []
    lines = [line for line in setting.paper.body if len(line.said) > 50]
    for line in chance.sample(lines, min(2, len(lines))):
        places = [
            line.start + n
            for n in range(20, len(line.said) - 12)
            if re.fullmatch(HAN + "{2}", line.said[n - 1 : n + 1])
        ]
        if places:
            place = chance.choice(places)
            broken = _any(chance, setting.kept.BREAKS if setting.kept else "\n")
            found.append(
                Planted(
                    "noise",
                    "broken line",
                    (Edit(place, place, broken),),
                    ((0, 0, len(broken)),),
                    ((place - 2, place + 2),),
                )
            )
    return found


def _spaced(setting: Setting) -> list[Planted]:
    """Spaces between Chinese characters: a whole stretch, or one inside a word."""
    chance = setting.chance
    places = [
        (line.start + match.start(), line.start + match.end())
        for line in setting.paper.body
        for match in re.finditer(HAN + "{4,9}", line.said)
    ]
    if not places:
        return []
    start, end = chance.choice(places)
    text = setting.paper.text[start:end]
    gap = setting.one((" ", " ", "  ", "　"), "GAPS")
    if chance.random() < 0.6:
        return [Planted("noise", "spaces between characters", (Edit(start, end, gap.join(text)),))]
    cut = chance.randint(1, len(text) - 1)
    return [Planted("noise", "spaces between characters", (Edit(start, end, text[:cut] + gap + text[cut:]),),
                    ((0, cut - 1, cut + len(gap) + 1),))]  # fmt: skip


Exchange = dict[str, tuple[str, ...]]


def _marks(kind: str, pattern: str, exchange: Exchange, name: str, setting: Setting) -> list[Planted]:
    return _one(kind, pattern, getattr(setting.kept, name) if setting.kept else exchange, setting)


def _one(kind: str, pattern: str, exchange: Exchange, setting: Setting) -> list[Planted]:
    """One place where a pattern stands, exchanged for one of this part's forms."""
    places = [
        (line.start + match.start(), line.start + match.end())
        for line in setting.paper.body
        for match in re.finditer(pattern, line.said)
        if match.start() >= (len(number[0]) if (number := NUMBERED.match(line.said)) else 0)
    ]
    places = [place for place in places if setting.paper.text[slice(*place)] in exchange]
    if not places:
        return []
    start, end = setting.chance.choice(places)
    new = setting.chance.choice(exchange[setting.paper.text[start:end]])
    return [Planted("noise", kind, (Edit(start, end, new),))]


DOUBLED = {"（": ("（（",), "）": ("））",), "《": ("《《",), "》": ("》》",)}
HALF = {"，": (",",), "。": (".",), "：": (":",), "；": (";",), "（": ("(",), "）": (")",)}


def _mojibake(setting: Setting) -> list[Planted]:
    places = [
        (line.start + match.start(), line.start + match.end())
        for line in setting.paper.body
        for match in re.finditer(HAN + "{2,6}", line.said)
    ]
    if not places:
        return []
    start, end = setting.chance.choice(places)
    text = setting.paper.text[start:end]
    forms = (
        text.encode("utf-8").decode("latin-1"),
        "锟斤拷" * max(len(text) // 2, 1),
        text.encode("utf-8").decode("gbk", "replace"),
        "\ufffd" * len(text),
        text.encode("gbk").decode("latin-1"),
        "烫烫烫" if len(text) > 3 else "&nbsp;&nbsp;",
        "".join(f"&#{ord(character)};" for character in text[:3]),
        text.encode("utf-8").decode("cp1252", "replace").replace("\ufffd", "?"),
    )
    return [
        Planted(
            "noise",
            "mojibake",
            (
                Edit(
                    start,
                    end,
                    setting.chance.choice(
                        setting.kept.mojibake(text) if setting.kept else setting.side(forms, "")
                    ),
                ),
            ),
        )
    ]


CONFUSED = (
    ("责任", "责仼"), ("任务", "仼务"), ("已", "巳"), ("未", "末"), ("检查", "检査"), ("人员", "入员"),
    ("隐患", "隐惠"), ("治理", "冶理"), ("应急", "应怠"), ("整改", "整攺"), ("值班", "值斑"), ("措施", "措旋"),
    ("干部", "千部"), ("土地", "士地"), ("报告", "报吿"), ("预警", "预謦"), ("管理", "菅理"),
    ("巡查", "巡査"), ("安全", "安仝"),
)  # fmt: skip


def _ocr(setting: Setting) -> list[Planted]:
    """A look-alike for a character, as character recognition writes it; or O and l in a figure."""
    pairs = dict(setting.side(CONFUSED, "CONFUSED"))
    # A look-alike that is itself a word there (未/末 in 周末) would be no fault; only these words are touched.
    pattern = "|".join(
        {"已": "已(?=[完制整采])", "未": "未(?=[发出达经及])"}.get(word, word) for word in pairs
    )
    found = _one("ocr", pattern, {word: (wrong,) for word, wrong in pairs.items()}, setting)
    digits = [
        (line.start + match.start(), match[0])
        for line in setting.paper.body
        for match in re.finditer(
            r"(?<![\d.A-Za-z])\d*[01]\d+(?![\d.A-Za-z])|(?<![\d.])\d+[01](?![\d.])", line.said
        )
    ]
    digits = [(start, said) for start, said in digits if said.strip("0")]
    if digits and setting.chance.random() < 0.4:
        start, said = setting.chance.choice(digits)
        old, new = ("0", setting.side("O", "NOUGHT")) if "0" in said else ("1", setting.side("l", "ONE"))
        wrong = said.replace(old, _any(setting.chance, new))
        return [Planted("noise", "ocr", (Edit(start, start + len(said), wrong),))]
    return found


KINDS: dict[str, Injector] = {
    "protection, spaced": partial(_protected, "protection, spaced", "rare", True),
    "protection, bare": partial(_protected, "protection, bare", "rare", False),
    "protection, ascii spaced": partial(_protected, "protection, ascii spaced", "junk", True),
    "protection, ascii bare": partial(_protected, "protection, ascii bare", "junk", False),
    "footer": _footer,
    "broken line": _broken,
    "spaces between characters": _spaced,
    "doubled brackets": partial(_marks, "doubled brackets", "[（）《》“，。、]", DOUBLED, "DOUBLED"),
    "half-width mark": partial(
        _marks, "half-width mark", f"(?<={HAN})[，。：；](?={HAN})|[（）](?={HAN})", HALF, "HALF"
    ),
    "mojibake": _mojibake,
    "ocr": _ocr,
}
