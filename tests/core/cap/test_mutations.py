"""Any valid alert, broken in any one of many kinds of ways, is told to be broken by the right rule."""

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fenghuo.core import cap
from fenghuo.core.cap import packs
from fenghuo.core.cap.packs import Rule
from tests.core.cap.alerts import polygons

SCHEMA = etree.XMLSchema(etree.parse(str(Path(cap.__file__).parent / "cap-1.2.xsd")))
PACK = packs.load("cap12")
# Two of the kinds take seconds by their size, and are tried once elsewhere.
KINDS = [
    rule for rule in PACK.rules.values()
    if rule.by in ("reading", "function") and rule.id not in {"xml-size", "xml-elements", "findings-many"}
]  # fmt: skip
WORDS = ["东岭村", "East Ridge", "ที่ราบสูง", "جبال", "Öl & <Gas>", "🔥", "]]&gt;", "a  b", "Ünïcode\tTab"]
SWEPT = (
    "instruction",
    "audience",
    "contact",
    "senderName",
    "description",
    "headline",
    "areaDesc",
    "resourceDesc",
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """The example with other texts in any script, other shapes, and more infos after those it has."""
    text = PACK.example.decode()
    for name in SWEPT:
        for old in re.findall(f"<{name}>[^<]*</{name}>", text)[1:]:
            said = draw(st.sampled_from(WORDS)) + draw(st.text("abc 岭ß\n", max_size=8))
            text = text.replace(old, f"<{name}>{escape(said)}</{name}>", 1)
    shape = draw(polygons())
    ring = " ".join(f"{point.latitude:.5f},{point.longitude:.5f}" for point in shape.points)
    last = text.rindex("<polygon>")
    text = text[:last] + re.sub("<polygon>[^<]*", f"<polygon>{ring}", text[last:], count=1)
    info = text[text.rindex("  <info>") : text.rindex("</info>") + len("</info>\n")]
    other = info.replace("en-US", draw(st.sampled_from(["mn", "zh-Hant-TW", "bo-CN"])))
    text = text.replace("</alert>", other * draw(st.integers(0, 2)) + "</alert>")
    zone = timezone(timedelta(minutes=draw(st.integers(-13 * 60, 13 * 60))))
    late = datetime(2026, 4, 6, 3, tzinfo=UTC).astimezone(zone).isoformat().replace("+00:00", "-00:00")
    return text[: text.index("en-US")] + text[text.index("en-US") :].replace(
        "2026-04-04T20:00:00+08:00", late
    )


def _broken(text: str, rule: Rule) -> bytes:
    document = text.encode()
    for right, wrong in zip(rule.right, rule.wrong, strict=True):
        assert right.encode() in document
        document = document.replace(right.encode(), wrong, 1)
    return document


def test_there_are_at_least_sixty_kinds() -> None:
    assert len(KINDS) >= 60


@settings(deadline=None, max_examples=150)
@given(documents(), st.sampled_from(KINDS))
def test_any_single_mutation_of_a_valid_alert_is_found_by_the_right_rule(text: str, rule: Rule) -> None:
    assert cap.check(text.encode()) == []
    found = cap.check(_broken(text, rule))
    assert rule.id in {each.rule for each in found}
    assert all(each.place.line and each.place.column for each in found)


@settings(deadline=None, max_examples=40)
@given(documents(), st.lists(st.sampled_from([rule for rule in KINDS if len(rule.right) == 1 and rule.mends]),
                             min_size=2, max_size=4, unique_by=lambda rule: rule.right))  # fmt: skip
def test_every_fault_is_listed_and_never_only_the_first(text: str, rules: list[Rule]) -> None:
    document = text.encode()
    done = set()
    for rule in rules:
        (right,), (wrong,) = rule.right, rule.wrong
        if right.encode() in document:
            document = document.replace(right.encode(), wrong, 1)
            done.add(rule.id)
    assert done <= {each.rule for each in cap.check(document)} | {"xml-padding"}


TAGS = sorted(set(re.findall("<([A-Za-z]+)>", PACK.example.decode())))
VALUES = ["", " ", "x", "0", "-1", "1e9", "2026-04-03T14:30:00+08:00", "2026-04-03T24:00:00-14:00", "Actual", "Fire",
          "https://[", "a b", "a:b", "://", "%", "%41", "#a#b", "?[", "1a:b", "http://h:x/", "http://h:", "http://u@@h/",
          "//h:8x", "http://u@[::1]:8/", "é",
          "-", "12.", ".5", "+3", "en--US", "abcdefghi", "x-y", "a{b}|c", "2026-02-29T00:00:00+08:00",
          "0000-01-01T00:00:00+08:00", "2026-04-03T14:30:60+08:00", "2026-04-03T14:30:00,08:00"]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(TAGS),
    st.sampled_from(VALUES),
    st.sampled_from(["fill", "double", "drop", "rename", "swap"]),
)
def test_the_rules_leave_the_oasis_schema_nothing_to_say(tag: str, value: str, way: str) -> None:
    text = PACK.example.decode()
    start = text.index(f"<{tag}>")
    end = text.index(f"</{tag}>", start) + len(f"</{tag}>")
    element = text[start:end]
    following = re.match(r"\s*<([a-zA-Z]+)>[^<]*</\1>", text[end:])
    new = {
        "fill": f"<{tag}>{value}</{tag}>",
        "double": element + element,
        "drop": "",
        "rename": element.replace(tag, "altitude"),
        "swap": element,
    }[way]
    if way == "swap" and following:
        document = text[:start] + following[0] + element + text[end + following.end() :]
    else:
        document = text[:start] + new + text[end:]
    refused = [each for each in cap.check(document.encode()) if each.severity is cap.Level.ERROR]
    assert refused or SCHEMA.validate(etree.fromstring(document.encode())), SCHEMA.error_log
