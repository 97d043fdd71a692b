"""A signature is believed only for the alert it covers, from a key the user pinned, at the time it was sent."""

import base64
import copy
import hashlib
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fenghuo.core import cap
from fenghuo.core.cap import signature
from fenghuo.core.cap.document import LARGEST
from fenghuo.core.cap.read import read
from fenghuo.core.cap.signature import Demands, Kind, Trust
from tests.core.cap.alerts import EXAMPLES, simple_alert

DS = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
ENVELOPED = DS + "enveloped-signature"
SCHEMA = etree.XMLSchema(etree.parse(str(Path(cap.__file__).parent / "cap-1.2.xsd")))

SENT = simple_alert().sent
DOCUMENT = cap.write(simple_alert())
BEGIN, END = SENT - timedelta(days=100), SENT + timedelta(days=265)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a signature was looked up on the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield


# Keys and certificates, made once.


def key(name: str, kind: str = "P-256") -> signature.certificate.PrivateKey:
    return _made(name, kind)


@cache
def _made(name: str, kind: str) -> signature.certificate.PrivateKey:
    curves = {"P-256": ec.SECP256R1, "P-384": ec.SECP384R1, "P-521": ec.SECP521R1}
    curves |= {"P-224": ec.SECP224R1, "K-256": ec.SECP256K1}
    if kind in curves:
        return ec.generate_private_key(curves[kind]())
    return rsa.generate_private_key(65537, int(kind.removeprefix("RSA-")))


def certificate(
    name: str,
    *,
    by: str | None = None,
    kind: str = "P-256",
    begin: datetime = BEGIN,
    end: datetime = END,
    ca: bool | None = None,
    depth: int | None = None,
    usage: str | None = None,
    of: str | None = None,
    serial: int | None = None,
) -> x509.Certificate:
    """A certificate of the key `of` (the name's own by default), issued by a key's name, else by itself."""
    issuer = by or name
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key(of or name, kind).public_key())
        .serial_number(serial or int.from_bytes(hashlib.sha256(f"{name}{end}".encode()).digest()[:8]))
        .not_valid_before(begin)
        .not_valid_after(end)
    )
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=depth), critical=True)
    if usage is not None:
        flags = ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment"]
        flags += ["key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"]
        builder = builder.add_extension(
            x509.KeyUsage(**{each: each == usage for each in flags}), critical=True
        )
    return builder.sign(key(issuer, kind if by is None else "P-256"), hashes.SHA256())


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def revocations(
    by: str,
    *serials: int,
    on: datetime = SENT - timedelta(days=1),
    reason: x509.ReasonFlags | None = None,
    until: datetime = SENT + timedelta(days=30),
    delta: bool = False,
) -> x509.CertificateRevocationList:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(_name(by))
        .last_update(SENT - timedelta(days=1))
        .next_update(until)
    )
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(on)
        if reason is not None:
            entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    if delta:
        builder = builder.add_extension(x509.DeltaCRLIndicator(1), critical=True)
    return builder.sign(key(by), hashes.SHA256())


DUTY = certificate("duty")
ROOT = certificate("root", ca=True)
BETWEEN = certificate("between", by="root", ca=True, depth=0, usage="key_cert_sign")
LEAF = certificate("leaf", by="between", ca=False, usage="digital_signature")
TRUST = Trust.of(DUTY)
SIGNED = signature.sign(DOCUMENT, key("duty"), DUTY)


def by_hand(
    document: bytes,
    signer: str = "duty",
    *,
    method: str = ECDSA,
    references: str | Callable[[str], str] | None = None,
    key_info: str | None = None,
    canonical: str = f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>',
    transforms: str | None = None,
    digest: str = SHA256,
    extra: str = "",
    value: Callable[[bytes], bytes] | None = None,
    without: Callable[[etree._Element], bytes] | None = None,
    prefix: str = "ds:",
    signed_as: Callable[[etree._Element], bytes] | None = None,
) -> bytes:
    """A document with a signature made without signxml, so that any shape can be signed by a real key."""
    root = etree.fromstring(document)
    covered = without(root) if without else _canonical(root)
    parts = transforms
    if parts is None:
        parts = f'<ds:Transform Algorithm="{ENVELOPED}"/><ds:Transform Algorithm="{EXCLUSIVE}"/>'
    digested = base64.b64encode(hashlib.sha256(covered).digest()).decode()
    whole = (
        f'<ds:Reference URI=""><ds:Transforms>{parts}</ds:Transforms><ds:DigestMethod Algorithm="{digest}"/>'
        f"<ds:DigestValue>{digested}</ds:DigestValue></ds:Reference>"
    )
    if callable(references):
        whole = references(whole)
    elif references is not None:
        whole = references
    info = f'{canonical}<ds:SignatureMethod Algorithm="{method}"/>{whole}'
    if key_info is None:
        key_info = _key_info(certificate(signer) if signer != "duty" else DUTY)
    text = (
        f'<ds:Signature xmlns:ds="{DS}"><ds:SignedInfo>{info}</ds:SignedInfo><ds:SignatureValue/>{key_info}'
        f"{extra}</ds:Signature>"
    )
    if not prefix:
        text = text.replace("xmlns:ds", "xmlns").replace("ds:", "")
    made = etree.fromstring(text)
    root.append(made)
    signed_info = (signed_as or _canonical)(made[0])
    made[1].text = base64.b64encode(value(signed_info) if value else _raw(signer, signed_info)).decode()
    return etree.tostring(root)


def _inclusive(element: etree._Element) -> bytes:
    """Canonical XML 1.0 of an element with the namespaces of everything around it."""
    alone = etree.fromstring(etree.tostring(element, with_tail=False))
    return etree.tostring(alone, method="c14n", with_comments=False)


def _raw(signer: str, data: bytes) -> bytes:
    r, s = utils.decode_dss_signature(key(signer).sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def _canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)


def _der(of: x509.Certificate) -> str:
    return base64.b64encode(of.public_bytes(serialization.Encoding.DER)).decode()


KEY_INFO = "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"


def _key_info(*of: x509.Certificate) -> str:
    return KEY_INFO.format("</ds:X509Certificate><ds:X509Certificate>".join(_der(each) for each in of))


def kind_of(document: bytes, trust: Trust = TRUST, at: datetime | None = None) -> Kind:
    """The verdict's kind, after what holds of every verdict has been checked."""
    verdict = signature.verify(document, trust, at)
    for text in (verdict.message, verdict.fix):
        assert text.en and text.zh and text.en != text.zh
    assert (verdict.alert is not None) == verdict.trusted == (verdict.kind is Kind.VALID)
    assert verdict.holds == (verdict.signed is not None)
    findings = signature.signature_findings(document, trust, at)
    assert any(each.severity == "error" for each in findings) != verdict.trusted
    assert verdict.findings[0].message_zh == verdict.message.zh
    return verdict.kind


def altered(document: bytes, change: Callable[[etree._Element], object]) -> bytes:
    """The document with its tree changed."""
    root = etree.fromstring(document)
    change(root)
    return etree.tostring(root)


def _signature(root: etree._Element) -> etree._Element:
    return root.find(f"{{{DS}}}Signature")


# Signing.


@pytest.mark.parametrize("kind", ["P-256", "P-384", "P-521", "RSA-2048"])
def test_a_signed_alert_is_valid_cap_and_verifies_to_the_alert_that_was_written(kind: str) -> None:
    mine = certificate(kind, kind=kind)
    signed = signature.sign(DOCUMENT, key(kind, kind), mine)
    root = etree.fromstring(signed)
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert cap.check(signed) == []
    assert root[-1].tag == f"{{{DS}}}Signature"
    verdict = signature.verify(signed, Trust.of(mine))
    assert verdict.trusted
    assert verdict.alert == simple_alert()
    assert verdict.certificate == verdict.anchor == signature.Certificate.of(mine)
    assert verdict.algorithm in {"ECDSA_SHA256", "ECDSA_SHA384", "ECDSA_SHA512", "RSA_SHA256"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_can_be_signed(path: Path) -> None:
    document = path.read_bytes()
    sent = cap.parse(document).sent
    mine = certificate("then", begin=sent, end=sent + timedelta(days=1))
    signed = signature.sign(document, key("then"), mine)
    assert kind_of(signed, Trust.of(mine)) is Kind.VALID
    assert SCHEMA.validate(etree.fromstring(signed))


def test_the_mathematics_is_that_of_the_standard_and_not_only_of_the_library() -> None:
    root = etree.fromstring(SIGNED)
    made = _signature(root)
    algorithms = [each.get("Algorithm") for each in made.iter() if each.get("Algorithm")]
    assert algorithms == [EXCLUSIVE, ECDSA, ENVELOPED, EXCLUSIVE, SHA256]
    assert made.find(f".//{{{DS}}}Reference").get("URI") == ""
    raw = base64.b64decode(made.findtext(f"{{{DS}}}SignatureValue"))
    der = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    DUTY.public_key().verify(der, _canonical(made[0]), ec.ECDSA(hashes.SHA256()))
    root.remove(made)
    digest = base64.b64decode(made.findtext(f".//{{{DS}}}DigestValue"))
    assert digest == hashlib.sha256(_canonical(root)).digest()
    assert kind_of(by_hand(DOCUMENT)) is Kind.VALID


def test_a_signature_made_with_rsa_by_hand_is_understood_in_either_padding() -> None:
    mine, private = certificate("RSA-2048", kind="RSA-2048"), key("RSA-2048", "RSA-2048")
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    for method, padded in (
        ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", padding.PKCS1v15()),
        ("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", pss),
    ):
        signed = by_hand(
            DOCUMENT,
            method=method,
            key_info=_key_info(mine),
            value=lambda data, padded=padded: private.sign(data, padded, hashes.SHA256()),
        )
        assert kind_of(signed, Trust.of(mine)) is Kind.VALID


@pytest.mark.parametrize("prefix", ["ds:", ""])
@pytest.mark.parametrize("comments", ["", "#WithComments"])
@pytest.mark.parametrize("named", [True, False])
def test_signatures_of_other_programs_may_use_inclusive_canonicalisation(
    prefix: str, comments: str, named: bool
) -> None:
    inclusive = f"http://www.w3.org/TR/2001/REC-xml-c14n-20010315{comments}"
    signed = by_hand(
        DOCUMENT.replace(b"<alert ", b'<alert xmlns:other="urn:x" ').replace(b"<info>", b"<!-- x --><info>"),
        canonical=f'<ds:CanonicalizationMethod Algorithm="{inclusive}"/>',
        transforms=f'<ds:Transform Algorithm="{ENVELOPED}"/>'
        + (f'<ds:Transform Algorithm="{inclusive}"/>' if named else ""),
        without=_inclusive,
        signed_as=_inclusive,
        prefix=prefix,
    )
    assert kind_of(signed) is Kind.VALID
    assert kind_of(signed.replace(b"Severe", b"Minor")) is Kind.ALTERED


def test_what_no_receiver_would_accept_is_not_signed() -> None:
    def refused(document: bytes = DOCUMENT, of: str = "duty", by: x509.Certificate = DUTY, **more) -> str:
        with pytest.raises(signature.SignatureError) as error:
            signature.sign(document, more.pop("private", None) or key(of), by, **more)
        return " ".join(each.rule for each in error.value.findings)

    assert refused(of="root") == "sign-key"
    assert refused(by=certificate("duty", end=SENT - timedelta(hours=1))) == "sign-dates"
    assert refused(by=certificate("duty", begin=SENT + timedelta(hours=1))) == "sign-dates"
    assert refused(by=certificate("duty", usage="key_encipherment")) == "sign-usage"
    assert refused(of="root", by=certificate("duty", end=SENT - timedelta(1))) == "sign-key sign-dates"
    assert refused(private=key("small", "P-224")) == "key-weak"
    assert refused(private=key("other", "K-256")) == "key-kind"
    assert refused(private=key("RSA-1024", "RSA-1024")) == "key-weak"
    assert refused(chain=[ROOT] * 6) == "sign-chain"
    placeholder = altered(SIGNED, lambda root: _signature(root).set("Id", "placeholder"))
    assert refused(placeholder) == "sign-signatures"
    with pytest.raises(cap.CapError, match="identifier"):
        signature.sign(DOCUMENT.replace(b"<identifier>a-1", b"<identifier>a 1"), key("duty"), DUTY)


# What a signature survives, and what it does not.


def test_a_signature_survives_what_does_not_change_the_alert() -> None:
    text = SIGNED.decode().split("?>", 1)[1]
    commented = text.replace("<sender>", "<!-- by radio --><sender>").replace("a-1<", "a<!-- -->-1<")
    for same in (
        text.encode("utf-8-sig"),
        f'<?xml version="1.0" encoding="GB18030"?>{text}'.encode("gb18030"),
        text.encode("utf-16"),
        text.replace("\n", "\r\n").encode(),
        b"<!-- a comment -->" + commented.encode(),
    ):
        verdict = signature.verify(same, TRUST)
        assert verdict.trusted, verdict.message
        assert verdict.alert == simple_alert()


def test_a_signature_survives_the_way_through_a_feed() -> None:
    entry = SIGNED.decode().split("?>", 1)[1]
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>{entry}</content></entry></feed>'
    assert kind_of(feed.encode()) is Kind.WRAPPED
    (message,) = read(feed.encode()).messages
    assert kind_of(message.document) is Kind.VALID


def test_instructions_around_the_alert_may_have_been_signed_or_not() -> None:
    sheet = b'<?xml-stylesheet href="cap.xsl" type="text/xsl"?>'
    assert kind_of(sheet + b"\n" + SIGNED.split(b"?>", 1)[1]) is Kind.VALID
    signed_too = by_hand(DOCUMENT, without=lambda root: sheet + b"\n" + _canonical(root))
    assert kind_of(sheet + signed_too) is Kind.VALID
    assert kind_of(signed_too) is Kind.ALTERED
    inside = DOCUMENT.replace(b"<sender>", b"<?keep this?><sender>")
    assert kind_of(by_hand(inside)) is Kind.VALID
    assert kind_of(by_hand(inside).replace(b"<?keep this?>", b"")) is Kind.ALTERED


@pytest.mark.parametrize(
    "change",
    [
        lambda root: root.find("{*}identifier").__setattr__("text", "a-2"),
        lambda root: root.find(".//{*}severity").__setattr__("text", "Minor"),
        lambda root: root.insert(3, etree.Element(root[3].tag)),
        lambda root: root.remove(root.find("{*}info")),
        lambda root: root.set("seen", "yes"),
        lambda root: etree.indent(root, "      "),
        lambda root: root.find(".//{*}DigestValue").__setattr__("text", "A" * 43 + "="),
        lambda root: root.find(".//{*}SignatureValue").__setattr__("text", "A" * 86 + "=="),
    ],
)
def test_what_is_changed_after_signing_is_altered(change: Callable[[etree._Element], object]) -> None:
    assert kind_of(altered(SIGNED, change)) is Kind.ALTERED


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_change_of_a_byte_makes_another_alert_valid(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SIGNED) - 1))
    changed = SIGNED[:at] + data.draw(st.binary(max_size=3)) + SIGNED[at + data.draw(st.integers(0, 2)) :]
    verdict = signature.verify(changed, TRUST)
    assert not verdict.trusted or verdict.signed == signature.verify(SIGNED, TRUST).signed


# Whose key it is.


def test_a_valid_signature_of_an_unknown_key_is_its_own_answer() -> None:
    forged = certificate("duty", of="thief")
    verdict = signature.verify(signature.sign(DOCUMENT, key("thief"), forged), TRUST)
    assert (verdict.kind, verdict.holds, verdict.alert, verdict.anchor) == (
        Kind.UNKNOWN_KEY,
        True,
        None,
        None,
    )
    assert verdict.certificate is not None
    assert verdict.certificate.subject == "CN=duty"
    assert verdict.certificate.fingerprint == signature.fingerprint(forged)
    assert (verdict.certificate.not_before, verdict.certificate.not_after) == (BEGIN, END)
    assert verdict.certificate.algorithm == "EC secp256r1"
    assert signature.verify(SIGNED, Trust()).kind is Kind.UNKNOWN_KEY


@pytest.mark.parametrize(
    ("begin", "end", "kind"),
    [
        (BEGIN, SENT - timedelta(minutes=6), Kind.EXPIRED),
        (BEGIN, SENT - timedelta(minutes=4), Kind.VALID),
        (SENT + timedelta(minutes=4), END, Kind.VALID),
        (SENT + timedelta(minutes=6), END, Kind.NOT_YET_VALID),
    ],
)
def test_dates_are_judged_when_the_alert_was_sent(begin: datetime, end: datetime, kind: Kind) -> None:
    mine = certificate("dated", begin=begin, end=end)
    signed = by_hand(DOCUMENT, "dated", key_info=_key_info(mine))
    assert kind_of(signed, Trust.of(mine)) is kind
    issued = certificate("dated", by="root", begin=begin, end=end)
    signed = by_hand(DOCUMENT, "dated", key_info=_key_info(issued))
    assert kind_of(signed, Trust.of(ROOT)) is kind
    years_later = SENT + timedelta(days=4000)
    assert kind_of(signed, Trust.of(ROOT), years_later) is kind


def test_the_readers_clock_only_adds_remarks() -> None:
    later = signature.verify(SIGNED, TRUST, END + timedelta(days=1))
    assert later.trusted
    assert [each.rule for each in later.findings] == ["signature-valid", "signature-ended-since"]
    early = signature.verify(SIGNED, TRUST, SENT - timedelta(hours=1))
    assert early.trusted
    assert [each.rule for each in early.findings] == ["signature-valid", "signature-future"]


def test_a_chain_leads_to_a_pinned_authority_or_nowhere() -> None:
    signed = signature.sign(DOCUMENT, key("leaf"), LEAF, chain=[BETWEEN])
    verdict = signature.verify(signed, Trust.of(ROOT))
    assert verdict.trusted
    assert verdict.certificate == signature.Certificate.of(LEAF)
    assert verdict.anchor == signature.Certificate.of(ROOT)
    assert kind_of(signed, Trust.of(BETWEEN)) is Kind.VALID
    assert kind_of(signed, Trust.of(certificate("root", ca=True, of="thief"))) is Kind.UNKNOWN_KEY
    assert kind_of(signature.sign(DOCUMENT, key("leaf"), LEAF), Trust.of(ROOT)) is Kind.UNKNOWN_KEY


def test_only_who_may_vouch_vouches_and_only_who_may_sign_signs() -> None:
    def anchored(leaf: x509.Certificate, *chain: x509.Certificate) -> Kind:
        name = leaf.subject.rfc4514_string().removeprefix("CN=")
        return kind_of(by_hand(DOCUMENT, name, key_info=_key_info(leaf, *chain)), Trust.of(ROOT))

    ours = certificate("ours", by="root", ca=False)
    assert anchored(ours) is Kind.VALID
    assert anchored(certificate("thief", by="ours"), ours) is Kind.UNKNOWN_KEY
    assert anchored(certificate("enc", by="root", usage="key_encipherment")) is Kind.UNKNOWN_KEY
    assert anchored(certificate("sub", by="root", ca=True)) is Kind.UNKNOWN_KEY
    # `between` may issue to signers, not to further authorities.
    below = certificate("below", by="between", ca=True)
    assert anchored(certificate("deep", by="below"), below, BETWEEN) is Kind.UNKNOWN_KEY
    assert anchored(LEAF, BETWEEN) is Kind.VALID
    free = certificate("between", by="root", ca=True)
    assert anchored(certificate("deep", by="below"), below, free) is Kind.VALID


def test_a_copy_of_a_pinned_key_in_a_fresher_certificate_does_not_lengthen_its_life() -> None:
    old = certificate("duty", end=SENT - timedelta(days=1))
    longer = certificate("duty", end=END)
    signed = by_hand(DOCUMENT, key_info=_key_info(longer))
    verdict = signature.verify(signed, Trust.of(old))
    assert verdict.kind is Kind.EXPIRED
    assert verdict.certificate == signature.Certificate.of(old)
    assert kind_of(signed, Trust.of(old, longer)) is Kind.VALID


def test_a_signature_without_certificate_is_checked_against_those_pinned() -> None:
    bare = by_hand(DOCUMENT, key_info="")
    assert kind_of(bare) is Kind.VALID
    unknown = signature.verify(bare, Trust.of(ROOT))
    assert (unknown.kind, unknown.holds) == (Kind.UNKNOWN_KEY, False)


def test_a_revoked_certificate_is_refused_and_an_honest_past_is_kept() -> None:
    issued = certificate("issued", by="root")
    signed = signature.sign(DOCUMENT, key("issued"), issued)
    later = SENT + timedelta(days=1)
    flags = x509.ReasonFlags

    def with_list(by: str = "root", pinned: x509.Certificate = ROOT, **more) -> Kind:
        return kind_of(signed, Trust.of(pinned, ROOT, revocations=[revocations(by, **more)]))

    def entry(**more) -> Kind:
        made = revocations("root", issued.serial_number, **more)
        return kind_of(signed, Trust.of(ROOT, revocations=[made]))

    assert with_list() is Kind.VALID
    assert entry() is Kind.REVOKED
    assert entry(on=later) is Kind.REVOKED
    assert entry(on=later, reason=flags.key_compromise) is Kind.REVOKED
    assert entry(on=later, reason=flags.superseded) is Kind.VALID
    assert entry(reason=flags.superseded) is Kind.REVOKED
    # A pin does not outweigh its issuer's list; a stranger's list of the same name weighs nothing.
    made = revocations("root", issued.serial_number)
    assert kind_of(signed, Trust.of(issued, ROOT, revocations=[made])) is Kind.REVOKED
    false = certificate("root", of="thief", ca=True)
    assert kind_of(signed, Trust.of(issued, false, revocations=[made])) is Kind.VALID
    chained = signature.sign(DOCUMENT, key("leaf"), LEAF, chain=[BETWEEN])
    middle = revocations("root", BETWEEN.serial_number)
    assert kind_of(chained, Trust.of(ROOT, revocations=[middle])) is Kind.REVOKED


def test_an_old_revocation_list_is_remarked_upon() -> None:
    issued = certificate("issued", by="root")
    signed = signature.sign(DOCUMENT, key("issued"), issued)
    old = revocations("root", until=SENT - timedelta(hours=1))
    rules = [each.rule for each in signature.verify(signed, Trust.of(ROOT, revocations=[old])).findings]
    assert rules == ["signature-valid", "signature-revocations-old"]


def test_a_trusted_key_speaks_only_for_its_senders_where_the_trust_says_so() -> None:
    mine, sender = signature.fingerprint(DUTY), simple_alert().sender
    neighbour = {"sender": "duty@neighbour.example"}
    signed_as_neighbour = signature.sign(cap.write(simple_alert(**neighbour)), key("duty"), DUTY)
    bound = Trust.of(
        DUTY, ROOT, bindings={sender: [mine], neighbour["sender"]: [signature.fingerprint(ROOT)]}
    )
    assert kind_of(SIGNED, bound) is Kind.VALID
    verdict = signature.verify(signed_as_neighbour, bound)
    assert (verdict.kind, verdict.findings[0].rule) == (Kind.UNKNOWN_KEY, "signature-sender")
    assert kind_of(signed_as_neighbour, Trust.of(DUTY, bindings={sender: [mine]})) is Kind.VALID
    only = Trust.of(DUTY, bindings={sender: [mine]}, bound_only=True)
    assert kind_of(signed_as_neighbour, only) is Kind.UNKNOWN_KEY
    by_authority = Trust.of(ROOT, bindings={sender: [signature.fingerprint(ROOT).lower()]})
    issued = certificate("issued", by="root")
    assert kind_of(signature.sign(DOCUMENT, key("issued"), issued), by_authority) is Kind.VALID
    both = Trust.of(ROOT, issued, bindings={sender: [signature.fingerprint(ROOT)]})
    assert kind_of(signature.sign(DOCUMENT, key("issued"), issued), both) is Kind.VALID


# Several signatures.


def test_an_issuers_signature_stands_beside_a_relays() -> None:
    relay = certificate("relay")
    twice = signature.sign(SIGNED, key("relay"), relay)
    assert SCHEMA.validate(etree.fromstring(twice))
    assert cap.check(twice) == []
    for trust, number in ((TRUST, 1), (Trust.of(relay), 2), (Trust.of(DUTY, relay), 1)):
        verdict = signature.verify(twice, trust)
        assert (verdict.kind, verdict.number) == (Kind.VALID, number)
        assert len(verdict.others) == 1
    beside = signature.verify(twice, TRUST)
    assert beside.others[0].kind is Kind.UNKNOWN_KEY
    rules = [(each.rule, each.severity) for each in signature.signature_findings(twice, TRUST)]
    assert rules == [("signature-valid", "note"), ("signature-unknown-key", "warning")]


def test_a_strangers_signature_does_not_cover_up_what_was_altered() -> None:
    changed = SIGNED.replace(b"Severe", b"Minor")
    assert kind_of(signature.sign(changed, key("thief"), certificate("thief"))) is Kind.ALTERED
    put_first = altered(by_hand(SIGNED, "thief"), lambda root: root.append(_signature(root)))
    assert kind_of(put_first) is not Kind.VALID


# Wrapping and other ways to have one thing verified and another read.


def _forged() -> etree._Element:
    return etree.fromstring(cap.write(simple_alert(identifier="forged")))


def _signed_inside(holder: str, uri: str = "", sign_id: str | None = None) -> bytes:
    """A forged alert that carries the genuine one, with its signature, in an element of the given name."""
    genuine, forged = etree.fromstring(SIGNED), _forged()
    made = _signature(genuine)
    genuine.remove(made)
    if holder == "Object":
        place = etree.SubElement(made, f"{{{DS}}}Object")
    else:
        place = etree.SubElement(forged, holder)
    if sign_id:
        genuine.set("Id", sign_id)
    place.append(genuine)
    forged.append(made)
    return etree.tostring(forged)


def test_a_genuine_alert_hidden_in_a_forged_one_proves_nothing() -> None:
    for holder in (
        "Object",
        f"{{{DS}}}Object",
        "{urn:oasis:names:tc:emergency:cap:1.2}parameter",
        "{urn:x}hide",
    ):
        assert kind_of(_signed_inside(holder)) is Kind.WRAPPED
    forged = _forged()
    forged.append(etree.fromstring(SIGNED))
    assert kind_of(etree.tostring(forged)) is Kind.WRAPPED
    envelope = etree.Element("{urn:x}envelope")
    envelope.extend([_forged(), etree.fromstring(SIGNED)])
    assert kind_of(etree.tostring(envelope)) is Kind.WRAPPED
    older = _forged()
    etree.SubElement(older, "{http://www.incident.com/cap/1.0}alert")
    older.append(_signature(etree.fromstring(SIGNED)))
    assert kind_of(etree.tostring(older)) is Kind.WRAPPED


def test_a_signature_moved_to_another_place_or_alert_is_refused() -> None:
    forged = _forged()
    forged.append(_signature(etree.fromstring(SIGNED)))
    assert kind_of(etree.tostring(forged)) is Kind.ALTERED
    moved = altered(SIGNED, lambda root: root.find("{*}info").append(_signature(root)))
    assert kind_of(moved) is Kind.WRAPPED
    nested = altered(SIGNED, lambda root: _signature(root).append(copy.deepcopy(_signature(root))))
    assert kind_of(nested) is Kind.WRAPPED
    wrapper = etree.fromstring(SIGNED)
    made = _signature(wrapper)
    made.tail = None
    assert kind_of(etree.tostring(made)) is Kind.UNREADABLE


def _reference(uri: str | None, transforms: str = "") -> str:
    attribute = "" if uri is None else f' URI="{uri}"'
    return (
        f"<ds:Reference{attribute}><ds:Transforms>{transforms}"
        f'<ds:Transform Algorithm="{EXCLUSIVE}"/></ds:Transforms><ds:DigestMethod Algorithm="{SHA256}"/>'
        f"<ds:DigestValue>{'A' * 43}=</ds:DigestValue></ds:Reference>"
    )


@pytest.mark.parametrize(
    "references",
    [
        "",
        _reference(None),
        _reference("#a"),
        _reference("#xpointer(/)"),
        _reference("http://127.0.0.1:9/alert.xml"),
        _reference("file:///etc/hostname"),
        _reference("cap.xml"),
        lambda whole: whole + _reference("#info-1"),
        lambda whole: whole + _reference("http://127.0.0.1:9/alert.xml"),
        lambda whole: whole + whole,
    ],
)
def test_a_reference_to_anything_but_the_whole_alert_is_refused_unfetched(references) -> None:
    document = DOCUMENT.replace(b"<info>", b'<info Id="info-1">')
    assert kind_of(by_hand(document, references=references)) is Kind.WRAPPED


XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
TAKES_OUT = (
    f'<ds:Transform Algorithm="{XPATH}"><ds:XPath>not(ancestor-or-self::severity)</ds:XPath></ds:Transform>',
    '<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"/>',
    '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>',
    f'<ds:Transform Algorithm="{DS}base64"/>',
    '<ds:Transform Algorithm="http://www.w3.org/2002/07/decrypt#XML"/>',
    "<ds:Transform/>",
)


@pytest.mark.parametrize("taking_out", TAKES_OUT)
def test_a_transform_that_could_leave_out_a_part_is_refused(taking_out: str) -> None:
    enveloped = f'<ds:Transform Algorithm="{ENVELOPED}"/>'
    last = f'<ds:Transform Algorithm="{EXCLUSIVE}"/>'
    for parts in (enveloped + taking_out + last, taking_out + enveloped, enveloped + taking_out, taking_out):
        assert kind_of(by_hand(DOCUMENT, transforms=parts)) is Kind.WRAPPED


def test_transforms_are_the_enveloped_one_and_at_most_one_canonicalisation() -> None:
    enveloped = f'<ds:Transform Algorithm="{ENVELOPED}"/>'
    last = f'<ds:Transform Algorithm="{EXCLUSIVE}"/>'
    assert kind_of(by_hand(DOCUMENT, transforms=enveloped)) is Kind.VALID
    for parts in ("", last, last + enveloped, enveloped + last * 2, (enveloped + last) * 1000):
        assert kind_of(by_hand(DOCUMENT, transforms=parts)) is Kind.WRAPPED
    prefixes = f'<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="{"a " * 200}"/>'
    listed = f'<ds:Transform Algorithm="{EXCLUSIVE}">{prefixes}</ds:Transform>'
    assert kind_of(by_hand(DOCUMENT, transforms=enveloped + listed)) is Kind.UNREADABLE


def test_two_elements_of_one_name_are_refused() -> None:
    double = DOCUMENT.replace(b"<info>", b'<info Id="x">').replace(b"<event>", b'<event id="x">')
    assert kind_of(by_hand(double)) is Kind.WRAPPED
    spaced = double.replace(b"event id", b'event xmlns:x="urn:x" x:ID')
    assert kind_of(by_hand(spaced)) is Kind.WRAPPED


def test_a_reference_to_a_part_of_the_signature_itself_is_verified_too() -> None:
    part = f'<ds:Object xmlns:ds="{DS}" Id="when">SIGNED AT</ds:Object>'
    digest = base64.b64encode(hashlib.sha256(_canonical(etree.fromstring(part))).digest()).decode()
    signed = by_hand(
        DOCUMENT,
        references=lambda whole: _reference("#when").replace("A" * 43 + "=", digest) + whole,
        extra=part,
    )
    assert kind_of(signed) is Kind.VALID
    assert signature.verify(signed, TRUST).alert == simple_alert()
    assert kind_of(signed.replace(b"SIGNED AT", b"signed at")) is Kind.ALTERED


def test_an_alert_of_an_older_version_is_verified_as_it_was_written() -> None:
    older = DOCUMENT.replace(b"cap:1.2", b"cap:1.1")
    verdict = signature.verify(by_hand(older), TRUST)
    assert verdict.alert == simple_alert()
    assert verdict.signed is not None and b"cap:1.1" in verdict.signed
    assert kind_of(by_hand(older).replace(b"cap:1.1", b"cap:1.2")) is Kind.ALTERED


def test_comments_cut_no_text_short() -> None:
    document = cap.write(simple_alert(identifier="a-1.forged"))
    signed = signature.sign(document, key("duty"), DUTY)
    cut = signed.replace(b"a-1.forged", b"a-1<!-- -->.forged")
    verdict = signature.verify(cut, TRUST)
    assert verdict.alert is not None
    assert verdict.alert.identifier == "a-1.forged"
    in_digest = altered(SIGNED, lambda root: root.find(".//{*}DigestValue").insert(0, etree.Comment("x")))
    assert kind_of(in_digest) is Kind.VALID
    instruction = altered(SIGNED, lambda root: root.find(".//{*}DigestValue").append(etree.PI("x")))
    assert kind_of(instruction) is Kind.UNREADABLE


def test_the_key_that_a_signature_brings_is_not_believed() -> None:
    thief = certificate("thief")
    assert kind_of(by_hand(DOCUMENT, "thief")) is Kind.UNKNOWN_KEY
    # The pinned certificate beside the key that really signed.
    assert kind_of(by_hand(DOCUMENT, "thief", key_info=_key_info(DUTY))) is Kind.ALTERED
    both = signature.verify(by_hand(DOCUMENT, "thief", key_info=_key_info(DUTY, thief)), TRUST)
    assert (both.kind, both.certificate) == (Kind.UNKNOWN_KEY, signature.Certificate.of(thief))
    point = (
        key("thief")
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    value = (
        '<ds:KeyInfo><ds:KeyValue><k:ECKeyValue xmlns:k="http://www.w3.org/2009/xmldsig11#">'
        '<k:NamedCurve URI="urn:oid:1.2.840.10045.3.1.7"/>'
        f"<k:PublicKey>{base64.b64encode(point).decode()}</k:PublicKey></k:ECKeyValue></ds:KeyValue>"
    )
    with_value = value + _key_info(DUTY).removeprefix("<ds:KeyInfo>")
    assert kind_of(by_hand(DOCUMENT, "thief", key_info=with_value)) is Kind.ALTERED
    assert kind_of(by_hand(DOCUMENT, key_info=with_value)) is Kind.VALID
    away = '<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1:9/key"/></ds:KeyInfo>'
    assert kind_of(by_hand(DOCUMENT, "thief", key_info=away)) is Kind.UNKNOWN_KEY


def test_a_shared_secret_made_of_the_public_certificate_is_refused() -> None:
    import hmac

    secrets = [DUTY.public_bytes(serialization.Encoding.PEM), _der(DUTY).encode()]
    for secret in secrets:
        made = by_hand(
            DOCUMENT,
            method="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
            value=lambda data, secret=secret: hmac.digest(secret, data, "sha256"),
        )
        assert kind_of(made) is Kind.WEAK


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"method": DS + "rsa-sha1"}, Kind.WEAK),
        ({"method": DS + "dsa-sha1"}, Kind.WEAK),
        ({"method": "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"}, Kind.WEAK),
        ({"method": "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha224"}, Kind.WEAK),
        ({"method": "http://www.w3.org/2001/04/xmldsig-more#rsa-md5"}, Kind.WEAK),
        ({"digest": DS + "sha1"}, Kind.WEAK),
        ({"digest": "http://www.w3.org/2001/04/xmldsig-more#md5"}, Kind.WEAK),
        ({"method": "urn:none"}, Kind.UNREADABLE),
        ({"method": ""}, Kind.UNREADABLE),
        ({"digest": "urn:none"}, Kind.UNREADABLE),
        ({"canonical": '<ds:CanonicalizationMethod Algorithm="urn:none"/>'}, Kind.UNREADABLE),
        ({"canonical": ""}, Kind.UNREADABLE),
        # An RSA method with an EC key fits no key there is.
        ({"method": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"}, Kind.ALTERED),
        ({"key_info": KEY_INFO.format("bm8=")}, Kind.VALID),
        ({"key_info": KEY_INFO.format("no")}, Kind.UNREADABLE),
        ({"value": lambda _: b""}, Kind.UNREADABLE),
        ({"value": lambda _: b"\0" * 63}, Kind.ALTERED),
        ({"value": lambda _: b"\0" * 64}, Kind.ALTERED),
    ],
)
def test_weak_and_unknown_algorithms_have_their_answers(more: dict, kind: Kind) -> None:
    assert kind_of(by_hand(DOCUMENT, **more)) is kind


def test_a_short_key_is_weak_by_what_the_user_asks() -> None:
    small = certificate("RSA-1024", kind="RSA-1024")
    private = key("RSA-1024", "RSA-1024")
    signed = by_hand(
        DOCUMENT,
        method="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        key_info=_key_info(small),
        value=lambda data: private.sign(data, padding.PKCS1v15(), hashes.SHA256()),
    )
    assert kind_of(signed, Trust.of(small)) is Kind.WEAK
    assert kind_of(signed, Trust.of(small, demands=Demands(smallest_rsa=1024))) is Kind.VALID
    assert kind_of(SIGNED, Trust.of(DUTY, demands=Demands(smallest_ec=384))) is Kind.WEAK


# Documents without a signature that could be judged.


def test_an_unsigned_alert_is_unsigned_and_an_error_only_where_signatures_are_asked_for() -> None:
    assert kind_of(DOCUMENT) is Kind.UNSIGNED
    assert kind_of(SIGNED.replace(b"xmldsig#", b"xmldsig-other#")) is Kind.UNSIGNED
    (asked,) = signature.signature_findings(DOCUMENT, TRUST)
    (open_,) = signature.signature_findings(DOCUMENT, TRUST, required=False)
    assert (asked.rule, asked.severity, open_.severity) == ("signature-unsigned", "error", "warning")


def test_what_cannot_be_read_is_unreadable_within_the_limits_of_every_document() -> None:
    entity = b'<!DOCTYPE alert [<!ENTITY x "y">]>'
    for document in (
        b"",
        b"<html/>",
        b"\x00\xff",
        SIGNED[:-30],
        entity + SIGNED.split(b"?>", 1)[1],
        SIGNED + b" " * LARGEST,
        b"<alert/>",
        SIGNED.replace(b"<sent>", b"<sent>x"),
    ):
        assert kind_of(document) in (Kind.UNREADABLE, Kind.ALTERED)
    without_sent = DOCUMENT.replace(b"<sent>2", b"<sent>x2")
    verdict = signature.verify(by_hand(without_sent), TRUST)
    assert (verdict.kind, verdict.holds) == (Kind.UNREADABLE, True)


def test_what_a_signature_may_hold_is_bounded() -> None:
    def grow(root: etree._Element, name: str, times: int) -> None:
        found = root.find(f".//{{{DS}}}{name}")
        for _ in range(times):
            found.addnext(copy.deepcopy(found))

    for name, times, kind in (
        ("Signature", 4, Kind.UNREADABLE),
        ("Reference", 4, Kind.UNREADABLE),
        ("X509Certificate", 6, Kind.UNREADABLE),
        ("SignedInfo", 1, Kind.UNREADABLE),
        ("SignatureValue", 1, Kind.UNREADABLE),
        ("SignatureMethod", 1, Kind.UNREADABLE),
        ("KeyInfo", 1, Kind.UNREADABLE),
        ("Transforms", 1, Kind.WRAPPED),
        ("DigestValue", 1, Kind.UNREADABLE),
    ):
        assert kind_of(altered(SIGNED, lambda root, n=name, t=times: grow(root, n, t))) is kind
    long = SIGNED.replace(b"<ds:X509Certificate>", b"<ds:X509Certificate>" + b"A" * 70_000)
    assert kind_of(long) is Kind.UNREADABLE


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_no_shape_of_signature_raises(data: st.DataObject) -> None:
    root = etree.fromstring(SIGNED)
    parts = list(_signature(root).iter())
    for _ in range(data.draw(st.integers(1, 3))):
        part = data.draw(st.sampled_from(parts))
        act = data.draw(st.sampled_from(["drop", "empty", "double", "attribute", "text"]))
        if act == "drop" and part.getparent() is not None:
            part.getparent().remove(part)
        elif act == "empty":
            part.clear()
        elif act == "double":
            part.append(copy.deepcopy(part))
        elif act == "attribute":
            part.set(
                data.draw(st.sampled_from(["Algorithm", "URI", "Id"])),
                data.draw(st.text("#aé:/", max_size=4)),
            )
        else:
            part.text = data.draw(st.text("A=é \n", max_size=9))
    kind_of(etree.tostring(root))


# The trust folder.


def _pem(each: x509.Certificate | x509.CertificateRevocationList) -> bytes:
    return each.public_bytes(serialization.Encoding.PEM)


def test_a_folder_of_certificates_becomes_a_trust(tmp_path: Path) -> None:
    issued = certificate("issued", by="root")
    (tmp_path / "township.pem").write_bytes(_pem(DUTY) + b"\n" + _pem(LEAF))
    (tmp_path / "root.cer").write_bytes(ROOT.public_bytes(serialization.Encoding.DER))
    (tmp_path / "root.crl").write_bytes(_pem(revocations("root", issued.serial_number)))
    (tmp_path / "README.md").write_text("who sent what")
    (tmp_path / ".hidden").write_text("x")
    mine = signature.fingerprint(DUTY).replace(":", "").lower()
    (tmp_path / "trust.toml").write_text(
        "smallest_rsa = 3072\ntolerance_minutes = 10\nonly_listed_senders = true\n"
        f'[senders]\n"{simple_alert().sender}" = ["township.pem"]\n"b@x.example" = "{mine}"\n',
        encoding="utf-8",
    )
    trust = signature.load_trust(tmp_path)
    assert set(trust.pinned) == {DUTY, LEAF, ROOT}
    assert trust.authorities == (ROOT,)
    assert trust.demands == Demands(3072, 256, timedelta(minutes=10))
    assert trust.bound_only
    assert set(trust.bindings.values()) == {frozenset({signature.fingerprint(DUTY)})}
    assert [(each.rule, each.place.path) for each in trust.remarks] == [("trust-ignored", "README.md")]
    assert kind_of(SIGNED, trust) is Kind.VALID
    assert kind_of(signature.sign(DOCUMENT, key("issued"), issued), trust) is Kind.REVOKED
    assert signature.signature_findings(SIGNED, trust)[-1] == trust.remarks[0]


@pytest.mark.parametrize(
    ("files", "rules"),
    [
        ({}, ["trust-empty"]),
        ({"a.pem": b"no certificate"}, ["trust-file", "trust-empty"]),
        ({"a.pem": _pem(DUTY)[:-60] + b"\n-----END CERTIFICATE-----\n", "b.pem": _pem(ROOT)}, ["trust-file"]),
        ({"a.pem": _pem(DUTY), "b.crl": _pem(revocations("root"))}, ["trust-revocations"]),
        ({"a.pem": _pem(ROOT), "b.crl": _pem(revocations("root", delta=True))}, ["trust-revocations"]),
        ({"a.pem": _pem(DUTY), "trust.toml": b"smallest_rsa = "}, ["trust-settings"]),
        (
            {
                "a.pem": _pem(DUTY),
                "trust.toml": b'smallest_rsa = 512\nsmallest_ec = "x"\nonly_listed_senders = 1\nnew = 2\n'
                b'[senders]\n"s" = ["b.pem", "AB:CD", 3]\n',
            },
            ["trust-settings"] * 7,
        ),
        ({"a.pem": _pem(DUTY), "trust.toml": b"senders = 3"}, ["trust-settings"]),
    ],
)
def test_a_folder_that_is_not_what_was_meant_is_refused_with_every_reason(
    tmp_path: Path, files: dict[str, bytes], rules: list[str]
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(signature.SignatureError) as refused:
        signature.load_trust(tmp_path)
    assert [each.rule for each in refused.value.findings] == rules
    for each in refused.value.findings:
        assert each.message_en and each.message_zh and each.fix_en and each.fix_zh


def test_a_private_key_in_the_folder_and_a_folder_that_is_not_there_are_refused(tmp_path: Path) -> None:
    private = key("duty").private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "a.pem").write_bytes(_pem(DUTY) + private)
    with pytest.raises(signature.SignatureError, match="private key"):
        signature.load_trust(tmp_path)
    with pytest.raises(signature.SignatureError, match="cannot be opened"):
        signature.load_trust(tmp_path / "none")


def test_keys_and_certificates_are_read_from_files_or_refused_in_words() -> None:
    pkcs8 = serialization.PrivateFormat.PKCS8
    locked = key("duty").private_bytes(
        serialization.Encoding.PEM, pkcs8, serialization.BestAvailableEncryption(b"secret")
    )
    read_back = signature.read_key(locked, b"secret")
    assert signature.sign(DOCUMENT, read_back, signature.read_certificates(_pem(DUTY))[0])
    for data, password in ((locked, b"wrong"), (locked, None), (b"no key", None)):
        with pytest.raises(signature.SignatureError, match="private key cannot be read"):
            signature.read_key(data, password)
    for data in (b"", b"no", _pem(DUTY)[:100], locked):
        with pytest.raises(signature.SignatureError, match="not a certificate"):
            signature.read_certificates(data)


def test_a_fingerprint_is_understood_as_people_write_it() -> None:
    mine = signature.fingerprint(DUTY)
    for written in (mine, mine.lower(), mine.replace(":", ""), mine.replace(":", " "), f"SHA256:{mine}"):
        assert signature.read_fingerprint(written) == mine
    assert signature.read_fingerprint(mine[:-3]) is None
    assert signature.Certificate.of(DUTY).not_before.tzinfo is UTC
