"""Text that was saved in one encoding and opened in another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from html import unescape

from fenghuo.core.finding import Text

from ...characters import CHINESE, is_chinese, rarity
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...words import words
from .reread import reread

_LOST = re.compile(
    r"\ufffd+|(?:锟斤拷)+锟?斤?|(?:閿熸枻鎷)+|(?:烫烫)+烫*|(?:屯屯屯)+屯*|锘縶?"
    r"|[\uff66-\uff9f]{2,}|#(?:NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!|N/A)"
)
"""What is left where nothing can be got back: replacement characters, what Windows makes of them, Japanese marks of
half width, the names by which a table says that it has no value."""
_RUN = re.compile(
    rf"[{CHINESE}€\u00b7\u0391-\u045f\u2010-\u2642\u3000-\u33ff\ue000-\uf8ff\ufe30-\ufe6f\uff00-\uffef]{{2,}}"
)
_WESTERN = re.compile(
    "[\u00a1-\u00ff\u0080-\u009f\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122€]"
    "[\u00a1-\u00ff\u0080-\u009f\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122€?]{2,}"
)
_UTF8 = re.compile(
    rb"(?:[\xe4-\xe9][\x80-\xbf]{2}|\xef[\xbc\xbd][\x80-\xbf]|\xe2[\x80-\x9f][\x80-\xbf]|\xe3\x80[\x80-\xbf]){2,}"
)
_MARKS = "“”‘’，。、；：！？（）《》〈〉【】—…·\u3000"
_QUOTES = "“”‘’—…"
"""Marks of the sentence's own around what was misread."""
_LEADS = re.compile("[âãä-éï](?=[^A-Za-z])")
_FIRST_BYTES = re.compile("[ä-é](?=.)")
_SPACE_NAMES = re.compile(
    r"(?:&(?:amp;)*(?:nbsp|ensp|emsp|thinsp|lt|gt|quot|amp|ldquo|rdquo|mdash|middot|hellip|copy|apos"
    r"|#160|#39);)+"
    r"|(?:&#x[Aa]0;)+|(?:<br\s*/?>|</?(?:p|span|div|strong|b|font|td|tr|o:p)(?:\s[^<>\n]{0,80})?>)+"
)
"""What a web page writes for spaces, marks and the ends of lines."""
_EMPHASIS = re.compile(
    rf"(?<![*A-Za-z])(\*\*)(?=[{CHINESE}“《（]|(?<!\d\*\*)\d)([^*_\n]{{1,60}})(?<=[{CHINESE}”》）：:。\d])\1"
    rf"|^#{{1,6}} +(?=\S)",
    re.MULTILINE,
)
"""How a chat program's answer writes what it stresses, and its headings."""
_OF_PAGES = re.compile(
    rf"(?<!~)~~(?=\S)([^~\n]{{1,60}})~~(?!~)|(?<![`\w])`([^`\n]{{1,60}})`(?!`)"
    rf"|(?<=[{CHINESE}])\[\^?\d{{1,2}}\](?=[{CHINESE}，。；、])"
    rf"|(?<![_\w])__(?=[{CHINESE}])([^_\n]{{1,60}})(?<=[{CHINESE}])__(?![_\w])"
    rf"|\[([{CHINESE}][^\[\]\n]{{0,60}})\]\((?:https?://|www\.|/|#)[^()\s]{{0,200}}\)"
    r"|\[/?(?:url|b|i|u|color|size|img|quote|font)(?:=[^\[\]\n]{1,60})?\]"
)
"""What forums and wikis write for words struck out, set as code, linked or noted."""
_OF_LINES = re.compile(
    r"^[ 　]*(?:[-*+>]|\d+\.) +(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])"
    r"|^```\w{0,12}$(?:\n)?",
    re.MULTILINE,
)
"""A list's mark before a heading that has a number of its own, and the fence around a code."""
_NEW_LINE = re.compile(
    rf"(?<=[{CHINESE}，。；：、）])(?:\\[nrt])+(?![A-Za-z\d])|&(?:nbsp|ldquo|rdquo|quot|lt|gt"
    rf"|amp)(?=[{CHINESE}])"
)
_UNKNOWN = re.compile(
    rf"(?<=[{CHINESE}，、\d])\?{{4,}}(?=[{CHINESE}，、。；\d])"
    rf"|(?<=[{CHINESE}\d％%])(?<![吗呢么])\?{{2,3}}(?=[，、。；]|$)",
    re.MULTILINE,
)
"""Characters that an encoding lacks, each byte or character a question mark; two of them at the end of what asks
nothing."""
_LEAD = re.compile(rf"[锛鈥銆][{CHINESE}€]?")
"""How marks begin that were read as Chinese, where the rest of their bytes is lost: 锛岃 for a comma and half of 装."""
_ESCAPED = (
    (re.compile(r"(?:\\u[0-9a-fA-F]{4})+"), "unicode"),
    (re.compile(r"(?:%u[0-9a-fA-F]{4})+"), "unicode"),
    (re.compile(r"(?:&#?x[0-9a-fA-F]{4};)+|(?:U\+[0-9A-F]{4}\s?){2,}"), "unicode"),
    (re.compile(r"(?:(?:\\x|%|=)[0-9A-Fa-f]{2}){3,}"), "bytes"),
)
"""Characters written as their codes, by programs that escape them and do not turn them back."""
_TURNED_BACK = re.compile(r"ï»¿|ï¿½(?:\s?ï¿½)*|(?:Ã¯Â¿Â½)+")
_OTHER_ENCODINGS = ("cp437", "shift_jis", "cp932", "cp866", "mac_roman", "big5", "euc_kr", "koi8_r")
_FOREIGN = re.compile(
    rf"(?:[\u0080-\u00ff\u0152-\u0192\u02c6-\u02dd\u0391-\u045f\u2013-\u2265\u2310-\u25a0\ufb01\ufb02\uf8ff\uff61-\uff9f"
    rf"\u3041-\u30ff\ufffd]|[{CHINESE}](?=[^{CHINESE}，。、；：\s]{{0,2}}[\uff61-\uff9f\ufffd])"
    rf"|(?<=[\uff61-\uff9f\ufffd])[{CHINESE}]"
    r"|(?<=[\u0080-\u00ff\u2500-\u25a0])[ -~]){4,}"
)
_REFERENCES = re.compile(r"(?:&#(?:\d{2,6}|[xX][0-9a-fA-F]{2,5});)+")
_OWN = "“”‘’—–…×÷·°℃‰±§€•℉№②①←→↑↓"
"""Signs that Chinese papers have of their own accord."""
_KANA = re.compile("[\u3041-\u30ff“”‘’]+")
"""Japanese words, quoted or not."""
_WORD = 5
"""Power of two of a word's frequency from which two characters that come out are no accident."""
_FEWEST = 3
"""Characters that must come out of a stretch inside a longer run before it is taken for misread."""


def check(document: Document) -> Iterator[Finding]:
    """Damaged passages; where the bytes give the meaning back, it is proposed."""
    text = document.text
    rule = rules()["mojibake"]
    for found in _LOST.finditer(text):
        yield rule.finding(*found.span(), text=_shown(found[0]), meant=_NOTHING)
    for found in _TURNED_BACK.finditer(text):
        yield rule.finding(*found.span(), text=_shown(found[0]), meant=_NOTHING)
    for found in _SPACE_NAMES.finditer(text):
        if any(map(is_chinese, text[max(found.start() - 3, 0) : found.end() + 3])):
            yield rule.finding(*found.span(), text=_shown(found[0]), meant=_NOTHING)
    for found in _EMPHASIS.finditer(text):
        yield rules()["markup-left"].finding(
            *found.span(), mend=found[2] or "", text=_shown(found[0].strip())
        )
    for found in _OF_PAGES.finditer(text):
        kept = next((each for each in found.groups() if each), "")
        yield rules()["markup-left"].finding(
            *found.span(), mend=kept if kept and "](" not in found[0] else None, text=_shown(found[0])
        )
    for pattern in (_OF_LINES, _NEW_LINE):
        for found in pattern.finditer(text):
            mend = (
                "" if pattern is _OF_LINES and "`" not in found[0] and not found[0][:1].isdecimal() else None
            )
            yield rules()["markup-left"].finding(*found.span(), mend=mend, text=_shown(found[0].strip()))
    for found in _UNKNOWN.finditer(text):
        yield rule.finding(*found.span(), text=_shown(found[0]), meant=_NOTHING)
    for found in _LEAD.finditer(text):
        end = found.end() - (len(found[0]) > 1 and is_chinese(found[0][1]) and not rarity(found[0][1]))
        yield rule.finding(found.start(), end, text=_shown(text[found.start() : end]), meant=_NOTHING)
    for pattern, sort in _ESCAPED:
        for found in pattern.finditer(text):
            meant = _unescaped(found[0], sort)
            if meant:
                yield rule.finding(*found.span(), mend=meant, text=_shown(found[0]), meant=_probably(meant))
    for found in _FOREIGN.finditer(text):
        if _other_encoding(found[0]):
            yield rule.finding(*found.span(), text=_shown(found[0]), meant=_NOTHING)
    for found in _REFERENCES.finditer(text):
        # A web page names characters by their numbers; what they name is certain.
        meant = unescape(found[0])
        if not meant.isascii():
            yield rule.finding(*found.span(), mend=meant, text=_shown(found[0]), meant=_probably(meant))
    for start, end, meant in reread(text):
        yield rule.finding(start, end, text=_shown(text[start:end]), meant=_probably(meant))
    for pattern, read in ((_RUN, _utf8_read_as_gbk), (_WESTERN, _chinese_read_as_western)):
        for found in pattern.finditer(text):
            spans = list(read(found[0]))
            inner = found[0].strip(_QUOTES)
            if not spans and inner != found[0]:
                by = len(found[0]) - len(found[0].lstrip(_QUOTES))
                spans = [(start + by, end + by, *rest) for start, end, *rest in read(inner)]
            for start, end, meant, whole in spans:
                yield rule.finding(
                    found.start() + start,
                    found.start() + end,
                    mend=meant if whole else None,
                    text=_shown(found[0][start:end]),
                    meant=_probably(meant),
                )


def _unescaped(text: str, sort: str) -> str:
    """What the codes stand for, empty where that is no Chinese."""
    codes = re.findall(r"[0-9a-fA-F]{4}" if sort == "unicode" else r"(?<=[x%=])[0-9A-Fa-f]{2}", text)
    if sort == "unicode":
        meant = "".join(chr(int(each, 16)) for each in codes)
        return meant if any(map(is_chinese, meant)) else ""
    data = bytes(int(each, 16) for each in codes)
    for encoding in ("utf-8", "gb18030"):
        try:
            meant = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all((is_chinese(each) and rarity(each) < 3) or each in "，。、；：（）《》“”" for each in meant):
            return meant
    return ""


def _other_encoding(run: str) -> bool:
    """Whether a run is everyday Chinese in bytes that another country's encoding was read from."""
    if sum(each not in _OWN for each in run) < _FEWEST or _KANA.fullmatch(run):
        return False
    for encoding in _OTHER_ENCODINGS:
        # What one encoding could not read is lost, and the rest of the bytes still shows what it was.
        data = b"".join(each.encode(encoding, "ignore") for each in run)
        for meant in (data.decode("utf-8", "ignore"), data.decode("gb18030", "ignore")):
            usual = sum(is_chinese(each) and rarity(each) == 0 for each in meant)
            if usual >= 2 and usual * 5 >= len(meant) * 4 and usual * 4 >= len(run) - 2:
                return True
    return False


_NOTHING = Text("; what stood there is lost", "，原文已无法还原")


def _probably(meant: str) -> Text:
    if not meant:
        return _NOTHING
    if not meant.strip("“”‘’\"'"):
        return Text(", probably a quotation mark", "，原文可能是引号")
    return Text(f", probably “{_shown(meant)}”", f"，原文可能是“{_shown(meant)}”")


def _utf8_read_as_gbk(run: str) -> Iterator[tuple[int, int, str, bool]]:
    """Stretches whose GBK bytes are UTF-8: three bytes to a character never fall into place by accident."""
    data, starts = b"", []
    for each in run:
        starts.append(len(data))
        data += each.encode("gb18030", "replace")
    starts.append(len(data))
    for found in _UTF8.finditer(data):
        meant = found[0].decode("utf-8")
        usual = sum(rarity(each) == 0 if is_chinese(each) else True for each in meant)
        start = bisect_right(starts, found.start()) - 1
        end = bisect_left(starts, found.end())
        strange = all(is_chinese(each) and rarity(each) for each in run[start:end])
        few = len(meant) < _FEWEST and not strange and found.end() - found.start() < len(data)
        few = few and words().frequency(meant) < _WORD
        if usual * 5 < len(meant) * 4 or few:
            continue
        exact = starts[start] == found.start() and starts[end] == found.end()

        yield start, end, meant, exact


def _chinese_read_as_western(run: str) -> Iterator[tuple[int, int, str, bool]]:
    if len(set(run)) == 1:
        return  # ×××××: what is left open
    if "?" in run:
        # Bytes that the other encoding lacks were lost; those that begin a character are still there.
        if len(_FIRST_BYTES.findall(run)) >= 2 and sum(each != "?" for each in run) >= 4:
            yield 0, len(run), "", False
        return
    try:
        data = b"".join(each.encode("latin-1" if each < "\u0100" else "cp1252") for each in run)
    except UnicodeEncodeError:
        return
    for encoding in ("utf-8", "gb18030"):
        meant = data.decode(encoding, "ignore")
        got = [each for each in meant if is_chinese(each) and rarity(each) == 0]
        if len(got) >= 2 and len(got) * 3 >= len(meant) * 2:
            yield 0, len(run), meant, meant.encode(encoding) == data
            return
    meant = data.decode("utf-8", "ignore")
    whole = meant.encode() == data
    usual = all(rarity(each) == 0 if is_chinese(each) else each in _MARKS for each in meant)
    # One character, or the first bytes of several whose others were lost.
    if (meant and whole and usual) or len(_LEADS.findall(run)) >= 2:
        yield 0, len(run), meant if whole else "", whole


def _shown(text: str) -> str:
    return text if len(text) <= 16 else text[:15] + "…"
