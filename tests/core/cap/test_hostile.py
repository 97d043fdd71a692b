"""A document made to harm is refused before it does."""

from pathlib import Path

import pytest

from fenghuo.core import cap
from fenghuo.core.cap.document import DEEPEST, LARGEST
from tests.core.cap.alerts import FIRE

BODY = FIRE.decode().split("-->", 1)[1].strip()
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def _refused(document: bytes, rule: str) -> cap.Finding:
    with pytest.raises(cap.CapError) as refused:
        cap.parse(document)
    assert [found.rule for found in refused.value.findings] == [rule]
    assert cap.check(document) == list(refused.value.findings)
    return refused.value.findings[0]


def test_an_entity_bomb_is_refused_unexploded() -> None:
    bomb = f'<!DOCTYPE alert [<!ENTITY l0 "ha">{LAUGHS}]>\n' + BODY.replace("东岭村", "&l11;")
    _refused(bomb.encode(), "xml-doctype")
    _refused(bomb.replace("<alert ", '<alert x="&l11;" ').encode(), "xml-doctype")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "gb18030"])
def test_an_entity_bomb_in_another_encoding_is_refused_too(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding != "utf-32" else ""
    bomb = f'{head}<!DOCTYPE alert [<!ENTITY l0 "ha">{LAUGHS}]>{BODY.replace("东岭村", "&l11;")}'
    with pytest.raises(cap.CapError):
        cap.parse(bomb.encode(encoding))


def test_a_document_type_is_refused_in_an_encoding_only_libxml2_knows() -> None:
    document = f'<?xml version="1.0" encoding="gb18030"?><!DOCTYPE alert [<!ENTITY x "">]>{BODY}'
    _refused(document.encode("gb18030"), "xml-doctype")


def test_an_external_entity_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    for outside in (secret.as_uri(), "http://127.0.0.1:9/secret"):
        document = f'<!DOCTYPE alert [<!ENTITY x SYSTEM "{outside}">]>{BODY.replace("东岭村", "&x;")}'
        found = _refused(document.encode(), "xml-doctype")
        assert "secret" not in found.message_en
        _refused(f'<!DOCTYPE alert SYSTEM "{outside}">{BODY}'.encode(), "xml-doctype")


def test_an_undeclared_entity_is_an_error_with_its_line() -> None:
    found = _refused(FIRE.replace("东岭村".encode(), b"&x;"), "xml-malformed")
    assert found.place.line == FIRE.decode().split("东岭村")[0].count("\n") + 1


def test_a_document_that_is_too_large_or_too_deep_is_refused() -> None:
    _refused(FIRE + b" " * LARGEST, "xml-size")
    deep = b'<x:n xmlns:x="urn:x">' * DEEPEST + b"</x:n>" * DEEPEST
    _refused(FIRE.replace(b"</alert>", deep + b"</alert>"), "xml-depth")
    _refused(b"<a>" * 100_000, "xml-depth")


def test_what_is_not_cap_is_named() -> None:
    for document in (b"<html/>", FIRE.replace(b"cap:1.2", b"cap:1.9")):
        assert _refused(document, "not-cap").place.line is not None
    for nothing in (b"", b"   ", b"{}", "预警".encode(), b"\x00\xff\xfe"):
        with pytest.raises(cap.CapError) as refused:
            cap.parse(nothing)
        assert cap.check(nothing) == list(refused.value.findings)
        assert refused.value.findings[0].rule in {"not-xml", "encoding"}
