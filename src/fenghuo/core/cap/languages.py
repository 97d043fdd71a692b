"""Language tags (RFC 5646): how they are formed, and which codes of languages and regions they may name (2.2.9).

Sources: ISO 639-1 and ISO 3166-1 with the codes that the registry of RFC 5646 keeps though they were withdrawn;
compared with the names of Unicode CLDR. Languages of three letters are too many to hold: only those are known
that the registry leaves out because the language has two letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

# RFC 5646, 2.1: language, script, region, variants, extensions, private use; or private use alone.
_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE | re.ASCII,
)
# Tags registered before there were rules for them (RFC 5646, 2.2.8).
_IRREGULAR = {
    "en-gb-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo",
    "i-navajo", "i-pwn", "i-tao", "i-tay", "i-tsu", "sgn-be-fr", "sgn-be-nl", "sgn-ch-de", "art-lojban",
    "cel-gaulish", "no-bok", "no-nyn", "zh-guoyu", "zh-hakka", "zh-min", "zh-min-nan", "zh-xiang",
}  # fmt: skip
# A language in XML Schema 2, 3.3.3.
_XS = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", re.ASCII)
_TWO_LETTERS = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee
el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io
is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk
ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc
sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve
vi vo wa wo xh yi yo za zh zu
"""
# ISO 639-2 of the same languages, in either of its two kinds.
_THREE_LETTERS = """
aar abk afr aka alb amh ara arg arm asm ava ave aym aze bak bam baq bel ben bis bod bos bre bul bur cat ces
cha che chi chu chv cor cos cre cym cze dan deu div dut dzo ell eng epo est eus ewe fao fas fij fin fra fre
fry ful geo ger gla gle glg glv gre grn guj hat hau heb her hin hmo hrv hun hye ibo ice ido iii iku ile ina
ind ipk isl ita jav jpn kal kan kas kat kau kaz khm kik kin kir kom kon kor kua kur lao lat lav lim lin lit
ltz lub lug mac mah mal mao mar may mkd mlg mlt mon mri msa mya nau nav nbl nde ndo nep nld nno nob nor nya
oci oji ori orm oss pan per pli pol por pus que roh ron rum run rus sag san scc scr sin slk slo slv sme smo
sna snd som sot spa sqi srd srp ssw sun swa swe tah tam tat tel tgk tha tib tir ton tsn tso tuk tur twi uig
ukr urd uzb ven vie vol wel wln wol xho yid yor zha zho zul
"""
_COUNTRIES = """
AC AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BU
BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CS CU CV CW CX CY CZ DD DE DG DJ DK DM DO DZ EA EC
EE EG EH ER ES ET EU EZ FI FJ FK FM FO FR FX GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR
LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO
NP NR NT NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK
SL SM SN SO SR SS ST SU SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TP TR TT TV TW TZ UA UG UM UN US UY
UZ VA VC VE VG VI VN VU WF WS YD YE YT YU ZA ZM ZR ZW
"""
_LANGUAGES = frozenset(_TWO_LETTERS.split())
_LONGER = frozenset(_THREE_LETTERS.split())
_REGIONS = frozenset(_COUNTRIES.split())
# Registered as wholes, before their parts were.
_REDUNDANT = frozenset(("en-gb-oed", "art-lojban", "cel-gaulish"))


@lru_cache(maxsize=256)
def is_tag(tag: str) -> bool:
    """Whether a tag is well formed, or is none even to XML Schema, which reading has reported."""
    return bool(_TAG.fullmatch(tag)) or tag.lower() in _IRREGULAR or not _XS.fullmatch(tag)


@lru_cache(maxsize=256)
def unknown_part(tag: str) -> str | None:
    """The part of a well-formed tag that is no code of a language or a region; None when nothing is wrong.

    Private tags, the old irregular ones, codes that are not looked up here (three letters, scripts, numbers) and
    what is no tag even to XML Schema pass.
    """
    if not _XS.fullmatch(tag):
        return None
    parts = tag.split("-")
    language = parts[0].lower()
    if language in ("x", "i") or tag.lower() in _REDUNDANT:
        return None
    if language in _LONGER or len(language) > 3 or (len(language) == 2 and language not in _LANGUAGES):
        return parts[0]
    for part in parts[1:]:
        if len(part) == 1:
            break
        if len(part) == 2 and part.isalpha():
            code = part.upper()
            private = code in ("AA", "ZZ") or code[0] == "X" or "QM" <= code <= "QZ"
            return None if private or code in _REGIONS else part
    return None
