"""What can be mended without guessing is mended, the rest is left byte for byte, and every change is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core import cap
from fenghuo.core.cap import packs
from fenghuo.core.cap.packs import Rule
from tests.core.cap.alerts import FIRE

PLAIN = packs.load("cap12").example
MENDS = [rule for name in packs.NAMES for rule in packs.load(name).rules.values() if rule.mends]
# Mending takes these out or spells them anew, so the example does not come back letter for letter.
OTHERWISE = {"time-z", "time-utc", "xml-ampersand", "element-empty", "text-empty", "xml-entity"}
# An alert of rules that mend, two of which never touch the same text.
TOGETHER = [
    rule for rule in MENDS
    if rule.id not in {"encoding-wrong", "element-order", "time-z", "time-utc", "element-empty", "polygon-repeated",
                       "polygon-blanks", "polygon-separators", "time-spelling"}
]  # fmt: skip


def _rules(findings: tuple[cap.Finding, ...] | list[cap.Finding]) -> set[str]:
    return {found.rule for found in findings}


@pytest.mark.parametrize("rule", MENDS, ids=lambda rule: rule.id)
def test_a_rule_that_says_it_mends_does(rule: Rule) -> None:
    right, wrong = packs.load(rule.pack).example_of(rule)
    mended = cap.mend(wrong, (rule.pack,))
    assert mended.left == () == tuple(cap.check(mended.document, (rule.pack,)))
    assert {change.rule for change in mended.changes} == {rule.id}
    assert (mended.document == right) is (rule.id not in OTHERWISE)
    assert cap.mend(mended.document, (rule.pack,)).changes == ()
    if rule.id != "xml-padding":
        assert mended.diff().count("\n-") >= 1


@pytest.mark.parametrize(
    "rule",
    [rule for rule in packs.load("cap12").rules.values() if not rule.mends and rule.by == "function"],
    ids=lambda rule: rule.id,
)
def test_what_only_a_person_can_decide_is_left_as_it_is(rule: Rule) -> None:
    _, wrong = packs.load("cap12").example_of(rule)
    mended = cap.mend(wrong)
    assert (mended.document, mended.changes, mended.diff()) == (wrong, (), "")
    assert rule.id in _rules(mended.left)


@settings(deadline=None, max_examples=25)
@given(st.sets(st.sampled_from(TOGETHER), min_size=2, max_size=6))
def test_many_faults_are_mended_together(chosen: set[Rule]) -> None:
    document = PLAIN
    for rule in sorted(chosen, key=lambda rule: rule.number):
        for right, wrong in zip(rule.right, rule.wrong, strict=True):
            document = document.replace(right.encode(), wrong, 1)
    mended = cap.mend(document)
    assert mended.left == ()
    assert {change.rule for change in mended.changes} == _rules(cap.check(document))


def test_blocks_and_their_parts_are_put_in_order_with_their_comments() -> None:
    text = PLAIN.decode()
    info = text[text.index("  <info>") : text.index("</info>") + len("</info>\n")]
    event = "    <event>森林火险</event>\n"
    moved = info.replace(event, "").replace("    <contact>", f"    <!-- what -->\n{event}    <contact>")
    document = text.replace(info, "").replace("  <identifier>", moved + "  <identifier>", 1).encode()
    mended = cap.mend(document)
    assert mended.left == () and {change.rule for change in mended.changes} == {"element-order"}
    assert cap.parse(mended.document) == cap.parse(document)
    assert b"<!-- what -->\n    <event>" in mended.document


def test_every_byte_that_was_right_stays() -> None:
    document = PLAIN.replace(b"\n", b"\r\n").replace(b"  <scope>", b"\t<!-- to all --><scope >")
    document = document.replace("火险".encode(), "&#x706B;险".encode()).replace(b"</scope>", b"\r\n</scope>")
    mended = cap.mend(document)
    assert mended.document == document.replace(b"Public\r\n</scope>", b"Public</scope>")
    assert [(change.before, change.after) for change in mended.changes] == [("Public", "Public")]


def test_an_old_encoding_is_kept_and_a_wrong_one_corrected() -> None:
    broken = PLAIN.decode().replace("<status>Actual", "<status>actual")
    declared = broken.replace("UTF-8", "GB18030").encode("gb18030")
    kept = cap.mend(declared)
    assert kept.document == declared.replace(b"actual", b"Actual")
    wrong = cap.mend(broken.encode("gb18030"))
    assert wrong.document == PLAIN and _rules(wrong.changes) == {"encoding-wrong", "enumeration-spelling"}
    marked = cap.mend(b"\xef\xbb\xbf" + broken.encode())
    assert marked.document == b"\xef\xbb\xbf" + PLAIN


def test_alerts_in_an_envelope_are_mended_where_they_stand() -> None:
    body = PLAIN.decode().partition("?>")[2].strip().replace("<status>Actual", "<status>ACTUAL")
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>{body}{body}</content></entry></feed>'
    mended = cap.mend(feed.encode())
    assert mended.document == feed.replace("ACTUAL", "Actual").encode()
    assert [change.place.path for change in mended.changes] == [
        f"/feed/entry/content/alert[{number}]/status" for number in (1, 2)
    ]


def test_a_signed_document_is_never_altered() -> None:
    document = FIRE.replace(b"<status>Exercise", b"<status>exercise")
    mended = cap.mend(document)
    assert (mended.document, mended.changes) == (document, ())
    assert _rules(mended.left) == {"enumeration-spelling", "mend-signed"}
    assert cap.mend(FIRE).left == ()


@pytest.mark.parametrize("document", [b"", b"<html/>", b"\xff\xff", b"<!DOCTYPE a><a/>"])
def test_what_cannot_be_read_is_handed_back(document: bytes) -> None:
    mended = cap.mend(document)
    assert mended.document == document and mended.left == tuple(cap.check(document))


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_mending_never_makes_things_worse(data: st.DataObject) -> None:
    document = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(document) - 1))
        document[start : start + data.draw(st.integers(0, 30))] = data.draw(
            st.binary(max_size=4)
            | st.sampled_from([b"<code> a </code>", b" Z", b"&nbsp;", b"<note/>", b", "])
        )
    before = cap.check(bytes(document))
    mended = cap.mend(bytes(document))
    wrong = {found.rule for found in before if found.severity is cap.Level.ERROR}
    assert {found.rule for found in mended.left if found.severity is cap.Level.ERROR} <= wrong
    assert bool(mended.changes) == (mended.document != bytes(document))
    assert cap.read(mended.document).alerts[:1] == cap.read(bytes(document)).alerts[:1] or mended.changes
