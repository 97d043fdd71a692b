"""Alerts as three authorities write them, each broken in one of many ways that real files are: an examiner's questions.

The documents in `examined` are made up; `mutations.tsv` says what is put in place of what (`\\n` and `\\v` escaped),
which rules must be found and no other, and the line and path of the first.
"""

import csv
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from fenghuo.core import cap
from fenghuo.core.cap import packs

HERE = Path(__file__).parent / "examined"
BASES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.xml"))}
CHINA, ITALY, UNITED_STATES = BASES["china"], BASES["italy"], BASES["united_states"]
SQUARE = "40.30,116.70 40.30,117.10 40.70,117.10 40.70,116.70 40.30,116.70"
with (HERE / "mutations.tsv").open(encoding="utf-8", newline="") as file:
    MUTATIONS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _unescaped(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\v", "\v")


def _rules(document: str | bytes) -> list[str]:
    return [each.rule for each in cap.check(document if isinstance(document, bytes) else document.encode())]


@pytest.mark.parametrize("name", BASES)
def test_what_authorities_write_rightly_has_no_findings_and_comes_back_whole(name: str) -> None:
    document = BASES[name].encode()
    assert cap.check(document, schema=True) == []
    (alert,) = cap.read(document).alerts
    assert cap.read(cap.write(alert)).alerts == (alert,)
    assert cap.from_json(cap.to_json(alert)) == alert


def test_there_are_many_kinds_of_three_documents() -> None:
    assert len({each["kind"] for each in MUTATIONS}) >= 130
    assert {each["base"] for each in MUTATIONS} == set(BASES)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each["kind"].replace(" ", "-"))
def test_one_change_is_found_by_the_right_rule_at_its_place(mutation: dict[str, str]) -> None:
    before, after = _unescaped(mutation["from"]), _unescaped(mutation["to"])
    assert before in BASES[mutation["base"]]
    document = BASES[mutation["base"]].replace(before, after, 1).encode()
    found = cap.check(document, schema=True)
    first, *others = mutation["rules"].split()
    assert {each.rule for each in found} == {first, *others}
    told = next(each for each in found if each.rule == first)
    rule = packs.rule(first, ("cap12",))
    assert rule is not None and told.severity is rule.level
    assert f"{told.place.line} {told.place.path}" == mutation["place"] and told.place.column
    for chinese, english in ((told.message_zh, told.message_en), (told.fix_zh, told.fix_en)):
        assert re.search("[\u4e00-\u9fff]", chinese) and english and english != chinese
    if rule.mends:
        assert first not in {each.rule for each in cap.mend(document).left}


BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    "spelt",
    ["2026/04/03 15:00:00+08:00", "2026-4-3 15:00 +8", "20260403T150000+0800", "2026-04-03T15:00:00GMT+8",
     "2026-04-03T15:00:00 UTC+08:00", "２０２６-０４-０３T１５：００：００+０８：００", "2026-04-03T15:00:00,0+08:00",
     "2026.04.03 15:00:00+08", "\u200b2026-04-03T15:00:00+08:00", "2026-04-03 07:00 UTC", "2026-04-03t07:00:00 gmt"],
)  # fmt: skip
def test_a_time_spelt_otherwise_is_read_where_one_moment_can_be_meant(spelt: str) -> None:
    document = CHINA.replace("2026-04-03T15:00:00+08:00", spelt).encode()
    assert _rules(document) == ["time-spelling"]
    assert cap.read(document).alerts[0].infos[0].onset == datetime(2026, 4, 3, 15, tzinfo=BEIJING)
    assert cap.mend(document).left == ()


@pytest.mark.parametrize(
    "spelt",
    ["03/04/2026 15:00:00+08:00", "2026-04-03", "2026-04-03T15:00:00 CST", "1775199600", "2026-04-03T15:00:00Z+08:00",
     "2026043T150000+0800", "2026-04-03T900+0800", "2026-04-03T15:00:00+-08:00", "12026-04-03T15:00:00+08:00"],
)  # fmt: skip
def test_a_time_that_could_be_another_is_not_guessed(spelt: str) -> None:
    document = CHINA.replace("2026-04-03T15:00:00+08:00", spelt).encode()
    assert _rules(document) == ["time"] and cap.read(document).alerts == ()


@pytest.mark.parametrize(
    ("spelt", "rule"),
    [
        (SQUARE.replace(" ", ", "), "polygon-separators"),
        (SQUARE.replace(" ", ","), "polygon-separators"),
        (SQUARE.replace(" ", "|"), "polygon-separators"),
        (SQUARE.replace(" ", "；"), "polygon-separators"),
        (SQUARE.replace("40", "\u200b40"), "polygon-separators"),
        (SQUARE.replace("1", "１").replace(".", "．"), "polygon-separators"),
        (SQUARE.replace(",", "，"), "polygon-blanks"),
        (SQUARE.replace(" ", "\u3000"), "polygon-blanks"),
    ],
)
def test_a_polygon_in_other_signs_is_read_and_mended(spelt: str, rule: str) -> None:
    document = CHINA.replace(SQUARE, spelt).encode()
    assert _rules(document) == [rule]
    assert cap.read(document).alerts == cap.read(CHINA.encode()).alerts
    assert cap.mend(document).left == ()


def test_a_minus_sign_of_a_word_processor_is_a_minus() -> None:
    document = UNITED_STATES.replace(",-97", ",\u221297").encode()
    assert _rules(document) == ["polygon-separators"] * 2
    assert cap.read(document).alerts == cap.read(UNITED_STATES.encode()).alerts


@pytest.mark.parametrize(
    "spelt",
    ["116.70,40.30,0 117.10,40.30,0 117.10,40.70,0 116.70,40.30,0",  # KML: which is the height?
     "[[116.7,40.3],[117.1,40.3],[117.1,40.7],[116.7,40.3]]",  # GeoJSON: longitude first
     "40,30,116,70,40,30,117,10,40,70,117,10,40,30,116,70",  # commas of fractions, perhaps
     "40.30N,116.70E 40.30N,117.10E 40.70N,117.10E 40.30N,116.70E", SQUARE + " 40.3", "," + SQUARE, "," * 300_000,
     " " * 300_000 + "x", " ; , " * 100_000],
    ids=str,
)  # fmt: skip
def test_a_polygon_that_could_be_another_is_not_guessed(spelt: str) -> None:
    document = CHINA.replace(SQUARE, spelt).encode()
    assert _rules(document) == ["polygon-text"] and cap.read(document).alerts == ()


@pytest.mark.parametrize(
    "spelt",
    ["38.1157 13.3615 45.5", "38.1157,13.3615,45.5", "38.1157,13.3615;45.5", "38.1157,13.3615 ４５.5"],
)
def test_a_circle_in_other_signs_is_read_and_mended(spelt: str) -> None:
    document = ITALY.replace("38.1157,13.3615 45.5", spelt).encode()
    assert _rules(document) == ["circle-separators"] * 2
    assert cap.read(document).alerts == cap.read(ITALY.encode()).alerts
    assert cap.mend(document).left == ()


@pytest.mark.parametrize(
    "spelt", ["38,1157 13,3615 45,5", "38.1 13.3", "38.1,13.3 45.5km", "38.1,13.3 5 38.2,13.3 5"]
)
def test_a_circle_that_could_be_another_is_not_guessed(spelt: str) -> None:
    assert _rules(ITALY.replace("38.1157,13.3615 45.5", spelt)) == ["circle-text"] * 2


def test_closing_a_polygon_touches_no_pair_that_stands_there() -> None:
    lines = "\n    " + SQUARE.removesuffix(" 40.30,116.70").replace(" ", "\n    ") + "\n  "
    mended = cap.mend(CHINA.replace(SQUARE, lines).encode())
    assert mended.document.decode() == CHINA.replace(SQUARE, lines.rstrip() + " 40.30,116.70\n  ")


@pytest.mark.parametrize(
    ("tag", "part"),
    [("cn", "cn"), ("jp-JP", "jp"), ("en-UK", "UK"), ("zh-Hans-UK", "UK"), ("sp-US", "sp"), ("eng", "eng"),
     ("chi-CN", "chi"), ("english", "english"), ("es-LA-419", ""), ("sr-Latn-RS", ""), ("es-419", ""), ("fil-PH", ""),
     ("zh-cmn-Hans-CN", ""), ("x-cn", ""), ("i-klingon", ""), ("sq-XK", ""), ("en-US-u-ca-gregory", ""), ("iw-IL", ""),
     ("de-1996", ""), ("ca-ES-valencia", ""), ("EN-us", "")],
)  # fmt: skip
def test_a_tag_names_a_language_and_a_country_that_there_are(tag: str, part: str) -> None:
    found = [
        each for each in cap.check(CHINA.replace("zh-CN", tag).encode()) if each.rule == "language-unknown"
    ]
    assert [each.message_en for each in found] == (
        [f"In “{tag}”, “{part}” is no registered code of a language or a region."] if part else []
    )


@pytest.mark.parametrize(
    ("document", "kind", "chinese"),
    [
        (b"", "an empty file", "空文件"),
        (b"\xef\xbb\xbf \r\n", "an empty file", "空文件"),
        (b'{"warnings": []}', "JSON", "JSON"),
        (b"<!-- proxy -->\n<!doctype HTML><html><body>503<br></body></html>", "a web page (HTML)", "网页"),
        (b"<HTML><p>gone<br></HTML>", "a web page (HTML)", "网页"),
        (b"404 not found", "plain text", "纯文本"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "a file compressed with gzip", "gzip"),
        (b"PK\x03\x04" + bytes(60), "a ZIP archive or an office document", "ZIP"),
        (b"%PDF-1.7\n1 0 obj", "a PDF document", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "an image", "图片"),
    ],
)
def test_what_is_no_xml_is_called_what_it_is(document: bytes, kind: str, chinese: str) -> None:
    (found,) = cap.check(document)
    assert (found.rule, found.message_en) == ("not-xml", f"This is {kind}, not an XML document.")
    assert chinese in found.message_zh
    assert cap.mend(document).document == document


def test_xml_with_something_before_it_is_still_xml() -> None:
    (found,) = cap.check(b"Warning: mysql_connect() in index.php\n" + CHINA.encode())
    assert found.rule == "xml-malformed"


@pytest.mark.parametrize(
    ("encoding", "tag", "word"),
    [
        ("euc-kr", "ko-KR", "산불"),
        ("euc-jp", "ja-JP", "森林火災"),
        ("big5", "zh-TW", "森林火險"),
        ("koi8-r", "ru", "Пожар"),
    ],
)
def test_bytes_that_could_be_several_encodings_are_refused_at_their_place(
    encoding: str, tag: str, word: str
) -> None:
    text = ITALY.replace("it-IT", tag).replace("en-GB", "en").replace("Vento forte", word)
    (found,) = cap.check(text.encode(encoding))
    assert (found.rule, found.place.line, found.place.column) == ("encoding", 17, 12)


def test_chinese_bytes_are_read_where_nothing_speaks_for_another_language() -> None:
    for text in (CHINA, CHINA.replace("<cap:language>zh-CN</cap:language>\n", "")):
        (found,) = [each for each in cap.check(text.encode("gb18030")) if each.severity is cap.Level.ERROR]
        assert found.rule == "encoding-wrong"
        assert cap.read(text.encode("gb18030")).alerts == cap.read(text.encode()).alerts


def test_a_second_byte_order_mark_is_told_and_taken_away() -> None:
    document = b"\xef\xbb\xbf\xef\xbb\xbf" + CHINA.encode()
    assert _rules(document) == ["xml-padding"]
    assert cap.mend(document).document == b"\xef\xbb\xbf" + CHINA.encode()


def test_the_schema_of_one_version_is_asked_about_no_other() -> None:
    older = ITALY.replace("cap:1.2", "cap:1.1").encode()
    assert [each.rule for each in cap.check(older, schema=True)] == ["cap-version"]
    bare = CHINA.split("\n", 1)[1]
    for inside in (bare, f"<![CDATA[{bare}]]>"):
        feed = f"<rss><channel><item><description>{inside}</description></item></channel></rss>".encode()
        assert cap.check(feed, schema=True) == []


EARLIER = re.search("<references>([^<]*)", UNITED_STATES)[1]


@pytest.mark.parametrize(
    "spelt",
    [EARLIER.replace(",", ", "), EARLIER.replace(",", ",\n    "), EARLIER.replace(",", "，"), EARLIER + ",",
     EARLIER.replace("T17:31:00-05:00", " 17:31:00 -0500"), EARLIER + ";"],
)  # fmt: skip
def test_references_set_apart_otherwise_are_read_where_each_surely_ends(spelt: str) -> None:
    document = UNITED_STATES.replace(EARLIER, spelt).encode()
    assert _rules(document) == ["references-spelling"]
    assert cap.read(document).alerts == cap.read(UNITED_STATES.encode()).alerts
    assert cap.mend(document).document == UNITED_STATES.encode()
    several = UNITED_STATES.replace(
        EARLIER, f"{spelt}{'' if spelt[-1] in ',;' else ', '}a@b,c,2026-05-14T17:31:00Z"
    )
    (alert,) = cap.read(several.encode()).alerts
    assert [each.identifier for each in alert.references][1:] == ["c"]


@pytest.mark.parametrize(
    "spelt",
    [EARLIER[:-6], EARLIER.replace(",", ";"), EARLIER.replace(",", " "), f'"{EARLIER}"', "none", EARLIER + " a@b,c",
     "a," * 50_000, "a" * 100_000 + " ," * 50_000],
    ids=lambda each: each[:60],
)  # fmt: skip
def test_references_that_could_be_others_are_not_guessed(spelt: str) -> None:
    document = UNITED_STATES.replace(EARLIER, spelt).encode()
    assert _rules(document) == ["references-format"] and cap.read(document).alerts == ()


def test_a_root_in_other_letters_is_still_an_alert() -> None:
    upper = ITALY.replace("<alert", "<ALERT").replace("</alert", "</ALERT").encode()
    assert _rules(upper) == ["element-spelling"]
    assert cap.read(upper).alerts == cap.read(ITALY.encode()).alerts
    assert cap.mend(upper).document == ITALY.encode()
    space = "urn:oasis:names:tc:emergency:cap:1.2"
    for other in (space + "/", space.upper(), space.replace("cap", "CAP")):
        document = CHINA.replace(space, other).encode()
        assert _rules(document) == ["namespace-spelling"]
        assert cap.read(document).alerts == cap.read(CHINA.encode()).alerts
    older = ITALY.replace(space, space.replace("1.2", "1.1").upper()).replace(
        "<description>", "<description><b/>", 1
    )
    found = [(each.rule, each.place.line) for each in cap.check(older.encode())]
    assert found == [("cap-version", 2), ("namespace-spelling", 2), ("element-nested", 29)]
    for unlike in (space.replace("1.2", "1.3"), space + ":x", "cap"):
        assert _rules(CHINA.replace(space, unlike)) == ["not-cap"]


def test_words_between_elements_are_shown_where_they_stand() -> None:
    document = ITALY.replace("<info>", "<info> prima\n    seconda <!-- <area> -->", 1)
    document = document.replace("</valueName>\n      <value>3", "</valueName>n.&amp;d. \n      <value>3")
    document = document.replace("</alert>", "  fine</alert>")
    found = [each for each in cap.check(document.encode()) if each.rule == "text-stray"]
    lines = document.split("\n")
    for each, words in zip(found, ["prima", "<parameter>", "fine"], strict=True):
        # An escaped sign cannot be looked for letter by letter: then the element is the place.
        assert each.place.line and each.place.column
        assert lines[each.place.line - 1][each.place.column - 1 :].startswith(words)


def test_a_second_element_is_not_out_of_order_as_well() -> None:
    document = CHINA.replace("<cap:area>", "<cap:event>火</cap:event>\n<cap:area>")
    assert _rules(document) == ["element-repeated"]


def test_messages_show_what_cannot_be_seen() -> None:
    document = (
        CHINA.replace("Severe", "\n Severe ")
        .replace("Expected", "Expected\u200b")
        .replace("zh-CN", "中\u202e文")
    )
    told = {each.rule: each.message_en for each in cap.check(document.encode())}
    texts = [each.message_en for each in cap.check(document.encode()) if each.rule == "enumeration-spelling"]
    assert "“Expected‹U+200B›”" in texts[0] and "“⏎Severe␣”" in texts[1]
    assert "“中‹U+202E›文”" in told["language"]


def test_a_flood_of_one_fault_is_counted_and_not_listed() -> None:
    flood = " ".join(f"a{number}='1'" for number in range(30_000))
    found = cap.check(CHINA.replace("<cap:headline>", f"<cap:headline {flood}>").encode())
    assert [each.rule for each in found] == ["attribute-unknown"] * 2000 + ["findings-many"]
    assert "28000" in found[-1].message_en.replace(",", "")
    (found,) = cap.check(CHINA.replace("严禁", "& " * 20_001).encode())
    assert found.rule == "xml-malformed"
    assert set(_rules(CHINA.replace("严禁", "& " * 2_000))) == {"xml-ampersand"}


def test_many_repeated_elements_are_mended_in_one_go() -> None:
    document = CHINA.replace(
        "<cap:note>", "\t <cap:code>12379</cap:code>\r\n" * 5_000 + "<cap:note>"
    ).encode()
    mended = cap.mend(document)
    assert len(mended.changes) == 5_000 and mended.left == ()


def test_a_moment_of_utc_is_the_same_whoever_writes_it() -> None:
    document = UNITED_STATES.replace(
        "2026-05-14T17:52:00-05:00</sent>", "2026-05-14T22:52:00-00:00</sent>"
    ).encode()
    assert cap.read(document).alerts[0].sent == datetime(2026, 5, 14, 22, 52, tzinfo=UTC)
