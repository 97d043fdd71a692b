"""The corpus: every example of the standard and every public sample reads, comes back, and has its known findings."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from fenghuo.core import cap
from fenghuo.core.cap.findings import errors
from fenghuo.core.cap.spell import spell

HOME = Path(__file__).parent / "samples"
MANIFEST = tomllib.loads((HOME / "manifest.toml").read_text(encoding="utf-8"))["sample"]
EXPECTED = tomllib.loads((HOME / "expected.toml").read_text(encoding="utf-8"))
FILES = [row["file"] for row in MANIFEST]
PACKS = ("cap12", "wmo", "phone", "desk")


def document(name: str) -> bytes:
    return (HOME / name).read_bytes()


def named(findings) -> Counter[str]:
    return Counter(f"{each.rule} {each.place.path}" for each in findings)


def test_every_sample_says_where_it_comes_from_and_may_be_passed_on():
    here = {
        str(path.relative_to(HOME))
        for path in HOME.rglob("*")
        if path.is_file() and path.suffix not in (".toml", ".md")
    }
    assert {name for name in FILES if not name.startswith("..")} == here
    assert set(FILES) == set(EXPECTED)
    for row in MANIFEST:
        assert row["licence"] in ("Apache-2.0", "MIT OR Apache-2.0", "OASIS notice"), row["file"]
        assert row["kind"] in ("oasis", "national", "made"), row["file"]
        if row["kind"] == "national":
            assert row["repository"].startswith("https://github.com/") and row["path"] and row["commit"], row[
                "file"
            ]


def test_the_corpus_holds_the_standard_s_examples_and_twenty_authorities_documents():
    kinds = Counter(row["kind"] for row in MANIFEST)
    assert kinds["national"] >= 20
    assert {row["issuer"] for row in MANIFEST if "CAP-V1.2" in row["issuer"]} == {
        f"OASIS, CAP-V1.2 Appendix A.{number}" for number in (1, 2, 3, 4)
    }
    assert {row["country"] for row in MANIFEST if "country" in row} >= {
        "CN",
        "DE",
        "BE",
        "CA",
        "US",
        "DZ",
        "AU",
    }


@pytest.mark.parametrize("name", FILES)
def test_a_sample_is_read_as_what_it_is(name):
    reading = cap.read(document(name))
    known = EXPECTED[name]
    assert [each.version + ("" if each.complete else "!") for each in reading.messages] == known["alerts"]
    assert reading.envelope == known.get("envelope", "")
    assert reading.encoding == known.get("encoding", "utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_sample_has_the_findings_written_down_for_it_and_no_others(name):
    data = document(name)
    read = named(cap.check(data, ()))
    for pack in PACKS:
        if pack in EXPECTED[name]:
            found = named(cap.check(data, (pack,)))
            assert (found if pack == "cap12" else found - read) == Counter(EXPECTED[name][pack]), pack


@pytest.mark.parametrize("name", FILES)
def test_the_alerts_of_a_sample_come_back_through_xml_and_json(name):
    for alert in cap.read(document(name)).alerts:
        again, unspelt = spell(alert)
        assert cap.parse(again) == alert
        assert cap.from_json(cap.to_json(alert)) == alert
        assert not unspelt


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_of_a_sample_satisfies_the_schema_or_is_refused_with_every_reason(name):
    for alert in cap.read(document(name)).alerts:
        try:
            written = cap.write(alert)
        except cap.CapError as refused:
            assert errors(refused.findings)
        else:
            assert not errors(cap.check(written, schema=True))


@pytest.mark.parametrize("name", FILES)
def test_mending_a_sample_leaves_fewer_findings_and_nothing_more_to_mend(name):
    data = document(name)
    mended = cap.mend(data)
    before, after = named(cap.check(data)), named(mended.left)
    if not mended.changes:
        assert mended.document == data
        return
    assert sum(after.values()) < sum(before.values())
    assert not cap.mend(mended.document).changes
    assert mended.diff() or {each.rule for each in mended.changes} == {"encoding-wrong"}


def test_the_geological_survey_s_own_signature_is_found_intact_and_too_weak_to_trust():
    from fenghuo.core.cap import signature

    verdict = signature.verify(document("national/us_usgs_usulutan_latin1.xml"), signature.Trust.of())
    assert (verdict.kind, verdict.trusted) == (signature.Kind.WEAK, False)
