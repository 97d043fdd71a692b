"""Numbers that lead to one person: identity cards, telephones, bank cards, number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...document import Document
from ...finding import Finding
from ...numerals import folded
from ...rulebook import rules
from .states import person_before

_ID = re.compile(
    r"(?<![\dA-Za-z*])(?P<area>[1-9]\d{5})[ \-]?(?P<born>(?:19|20)\d{2}[ \-]?\d{2}[ \-]?\d{2})[ \-]?"
    r"(?P<rest>\d{3}[\dXxＸｘ])(?![\dA-Za-z*])"
)
_OLD_ID = re.compile(r"(?<![\dA-Za-z*.])(?P<area>[1-9]\d{5})(?P<born>\d{6})\d{3}(?![\dA-Za-z*.])")
_PROVINCES = frozenset(
    [
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
    ]
)
_SAID_ID = re.compile(r"身份证(?:件)?(?:号码?)?[：:为是\s]*$")
"""What stands before a number of which it needs no proof: one with a place or a day that cannot be was mistyped."""
_NO_ID = re.compile(r"信用代码|组织机构代码|订单|流水|编号|批号|序列号|发票|合同号|文号|条码|税号|识别号")
# Grouped 3-4-4, 4-4-3 or once, with one kind of sign between; a lone point is a decimal's. Numbers of a row of a
# table stand in groups as well, so that a gap and a digit on either side rule it out.
_MOBILE = re.compile(
    r"(?<![\dA-Za-z.*\-])(?<!\d )(?:(?:[(（](?:\+|00)?86[)）]|(?:\+|00)?86)[ \-]?)?1[3-9]\d"
    r"(?:\d{8}|(?P<gap>[ \-.·])\d{4}(?P=gap)\d{4}|"
    r"\d(?P<four>[ \-.·])(?:\d{4}(?P=four)\d{3}|\d{3}(?P=four)\d{4})|[ \-]\d{8}|\d{4}[ \-]\d{4})"
    r"(?![\d*A-Za-z]|\.\d| \d)"
)
_LANDLINE = re.compile(r"(?<![\d\-])(?:0\d{2,3}[ \-]?)?[2-8]\d{6,7}(?![\d\-])")
_OFFICE = re.compile(
    r"(?:值班|热线|举报|服务|报警|救援|应急|咨询|监督|办公|投诉|求助|公开|政务|防火|调度|传真|总机|前台|客服)(?!人(?:手机|电话|[：:]))"
    r"[^，。；\d]{0,10}$"
)
_HOME_PHONE = re.compile(r"(?:家庭|住宅|宅|家里|家中|私人|个人|本人)(?:联系)?(?:电话|座机|号码)?[：:\s]*$")
_OWN = re.compile(r"\s*[（(][^（）()\n]{0,16}(?:个人|本人|私人|家属|家庭)")
_OF_PHONE = re.compile(r"(?:[（(，,、：:\s]|的|手机|电话|移动|联系|号码|号|为|是)*$")
_CARD = re.compile(r"(?<![\dA-Za-z*.])\d{4}(?:[ \-]?\d{4}){2,3}(?:[ \-]?\d{1,7})?(?![\dA-Za-z*.])")
_CARD_WORDS = re.compile(r"银行卡|卡号|账号|帐号|账户|帐户|一卡通|储蓄卡|社保卡|开户|打卡|存折|工资卡")
_BODY_ACCOUNT = re.compile(
    r"对公|单位账|基本户|专户|专用账户|捐款账户|募捐账户|捐赠账户|开户单位|户名[：:][^，。；]{0,20}(?:会|府|局|公司|中心|院|站|所)"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][·•・ ]?"
    r"(?=[A-HJ-NP-Z\d]*\d{2})[A-HJ-NP-Z\d]{5,6}(?![A-Za-z\d警应])"
)
_BODY_CAR = re.compile(
    r"公务|执法|消防|警车|救护|洒水|运兵|应急|救援|巡护|单位|公车|车队|班车|校车|公交|环卫|客运|货运公司|宣传车|指挥车|水车"
)


def check(document: Document) -> Iterator[Finding]:
    """Numbers in running text and tables; what is masked with stars is left alone."""
    text = folded(document.text)
    taken: list[tuple[int, int]] = []
    for finding in (*_identity(text), *_cards(text), *_mobiles(text), *_landlines(text), *_plates(text)):
        span = finding.span.start, finding.span.end
        if any(start < span[1] and span[0] < end for start, end in taken):
            continue
        taken.append(span)
        yield finding


def _told(rule: str, match: re.Match[str], shown: str) -> Finding:
    return rules()[rule].finding(match.start(), match.end(), found=shown)


def _masked(number: str) -> str:
    """Enough to find it again, not enough to use it: a report of findings is passed on."""
    return number[:3] + "…" + number[-2:]


def _before(text: str, at: int, reach: int = 24) -> str:
    return re.split(r"[。；\n]", text[max(at - reach, 0) : at])[-1]


def _identity(text: str) -> Iterator[Finding]:
    for match in _ID.finditer(text):
        born = re.sub(r"\D", "", match["born"])
        before = _before(text, match.start())
        said = _SAID_ID.search(before)
        if not said and (int(match["area"][:2]) not in _PROVINCES or not _day(born) or _NO_ID.search(before)):
            continue
        number = re.sub(r"[ \-]", "", match[0]).upper().replace("Ｘ", "X")
        rule = "identity-card" if _checks(number) else "identity-card-doubtful"
        yield _told(rule, match, _masked(number))
    for match in _OLD_ID.finditer(text):
        before = _before(text, match.start())
        if (
            int(match["area"][:2]) not in _PROVINCES
            or not _day("19" + match["born"])
            or _NO_ID.search(before)
        ):
            continue
        rule = "identity-card" if "身份证" in before else "identity-card-doubtful"
        yield _told(rule, match, _masked(match[0]))


def _day(born: str) -> bool:
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:8]))
    except ValueError:
        return False
    return day.year >= 1900


def _checks(number: str) -> bool:
    """The check sign of GB 11643-1999 (ISO 7064 MOD 11-2)."""
    total = sum(int(sign) * (2 ** (17 - at) % 11) for at, sign in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17]


def _mobiles(text: str) -> Iterator[Finding]:
    for match in _MOBILE.finditer(text):
        before = _before(text, match.start(), 40)
        own = _OWN.match(text, match.end()) or re.search(r"联系人|姓名|本人|家属|户主", before)
        if _OFFICE.search(before) and not own and not _somebodys(text, match.start()):
            continue
        if _NO_ID.search(before[-12:]):
            continue
        yield _told("mobile-number", match, _masked(re.sub(r"\D", "", match[0])[-11:]))


def _somebodys(text: str, at: int) -> bool:
    """Whether a name stands right before a number: 值班员陈小明 138…, but not 值班手机 138…."""
    before = _before(text, at, 40)
    end = len(before) - len(_OF_PHONE.search(before)[0])
    return person_before(before, end) is not None


def _landlines(text: str) -> Iterator[Finding]:
    for match in _LANDLINE.finditer(text):
        if _HOME_PHONE.search(_before(text, match.start(), 16)):
            yield _told("home-telephone", match, _masked(match[0]))


def _cards(text: str) -> Iterator[Finding]:
    for match in _CARD.finditer(text):
        number = re.sub(r"\D", "", match[0])
        before = _before(text, match.start(), 48)
        if not 16 <= len(number) <= 19 or not _luhn(number) or _BODY_ACCOUNT.search(before):
            continue
        if _CARD_WORDS.search(before) or (number.startswith("62") and not _NO_ID.search(before)):
            yield _told("bank-card", match, _masked(number))


def _luhn(number: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    digits = [int(sign) for sign in reversed(number)]
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _plates(text: str) -> Iterator[Finding]:
    for match in _PLATE.finditer(text):
        clause = re.split(r"[，。；\n]", text[max(match.start() - 20, 0) : match.start()])[-1]
        after = re.split(r"[，。；、\n]", text[match.end() : match.end() + 10])[0]
        if not _BODY_CAR.search(clause) and not _BODY_CAR.search(after):
            yield _told("number-plate", match, match[0][:2] + "…")
