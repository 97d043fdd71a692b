"""Says who signed an alert and whether to believe it: shape first, then mathematics, then trust.

Order matters: the document is read within the limits of every document, held to one shape of signature
(`shape`), then the key is found among the certificates that the signature brings and those pinned, then the
digest of the whole alert is compared, and only then is it asked whose key it is (`trust`). The mathematics
is signxml's; what it verified, its canonical bytes, is what the alert is read from.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from lxml import etree
from signxml.algorithms import CanonicalizationMethod
from signxml.exceptions import InvalidDigest, InvalidSignature, SignXMLException
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

from fenghuo.core.cap.document import read_document
from fenghuo.core.cap.findings import CapError, Fault, Finding, Level, Place, Text
from fenghuo.core.cap.model import Alert
from fenghuo.core.cap.read import parse, read
from fenghuo.core.cap.signature.algorithms import DIGESTS, METHODS, PublicKey, fits
from fenghuo.core.cap.signature.certificate import Certificate, public_key
from fenghuo.core.cap.signature.shape import SIGNATURE, Refused, Shape, shape_of, signatures_of
from fenghuo.core.cap.signature.trust import Trust, standing
from fenghuo.core.cap.signature.verdict import ADVICE, MEANING, RANK, Kind, Verdict
from fenghuo.core.cap.source import read_source

# What signxml, lxml and cryptography raise for a signature that is not one; none of it may pass for an answer.
_BROKEN = (
    SignXMLException,
    etree.LxmlError,
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,
)


def verify(document: bytes, trust: Trust, at: datetime | None = None) -> Verdict:
    """The verdict on a document's signature, or the one that counts of several; never raises on bad input.

    Validity is judged at the alert's own `sent`, within `trust.demands.tolerance`: a warning of last year stays
    signed when its certificate runs out. `at` is the reader's clock (aware; None for none): with it, a `sent`
    in the future, a certificate that has ended since and an old revocation list are remarked upon.
    Of several signatures a valid one counts, since each covers the whole alert; else the gravest answer.
    """
    try:
        read_document(document)
        # Processing instructions stay, they are signed; comments go, they never are (XML Signature, 4.4.3.2).
        root = etree.fromstring(read_source(document).xml, _parser())
        signatures = signatures_of(root)
    except CapError as error:
        unreadable = _verdict(Kind.UNREADABLE, _place(None), Text("", ""))
        return replace(unreadable, findings=(*unreadable.findings, *error.findings))
    except Refused as refused:
        return _verdict(refused.kind, _place(None), refused.why)
    except _BROKEN:
        return _verdict(Kind.UNREADABLE, _place(None), Text("", ""))
    if not signatures:
        return _verdict(Kind.UNSIGNED, _place(None), Text("", ""))
    verdicts = [_judge(root, signatures, number, trust, at) for number in range(len(signatures))]
    ranked = sorted(verdicts, key=lambda each: RANK.index(each.kind))
    return replace(ranked[0], others=tuple(ranked[1:]))


def signature_findings(
    document: bytes, trust: Trust, at: datetime | None = None, *, required: bool = True
) -> list[Finding]:
    """The verdict as findings, as `check` lists them: a note when valid, else an error; then what else there is.

    `required` makes a missing signature an error, else a warning. Beside a valid signature the faults of
    others are warnings.
    """
    verdict = verify(document, trust, at)
    findings = list(verdict.findings)
    if verdict.kind is Kind.UNSIGNED and not required:
        findings = [each.graded(Level.WARNING) for each in findings]
    for other in verdict.others:
        for each in other.findings:
            mild = verdict.trusted and each.severity is Level.ERROR
            findings.append(each.graded(Level.WARNING) if mild else each)
    return [*findings, *trust.remarks]


@dataclass(frozen=True, slots=True)
class _Checked:
    """The mathematics of one signature: the certificates that carry its key, and the bytes it covers."""

    holders: tuple[x509.Certificate, ...]
    signed: bytes | None


def _judge(
    root: etree._Element, signatures: Sequence[etree._Element], number: int, trust: Trust, at: datetime | None
) -> Verdict:
    signature = signatures[number]
    place = _place(signature, number + 1 if len(signatures) > 1 else None)
    try:
        shape = shape_of(signature)
        checked = _check(root, signatures, number, shape, trust)
    except Refused as refused:
        return replace(_verdict(refused.kind, place, refused.why), number=number + 1)
    except _BROKEN:
        return replace(_verdict(Kind.UNREADABLE, place, Text("", "")), number=number + 1)
    facts = {"number": number + 1, "algorithm": shape.method.name}
    if checked is None:
        return replace(_without_key(shape, place), **facts)
    holder = checked.holders[0]
    if checked.signed is None:
        why = Text(
            "The key fits the signature, but the alert is not the one that was signed.",
            "密钥与签名相符，但预警内容已不是签署时的内容。",
        )
        return replace(_verdict(Kind.ALTERED, place, why), certificate=Certificate.of(holder), **facts)
    return replace(_weigh(checked, shape, trust, place, at), **facts)


def _weigh(checked: _Checked, shape: Shape, trust: Trust, place: Place, at: datetime | None) -> Verdict:
    """The verdict on a signature whose mathematics holds."""
    assert checked.signed is not None
    holder = checked.holders[0]
    held = {"signed": checked.signed, "holds": True, "certificate": Certificate.of(holder)}
    too_weak = trust.demands.refuse(_key(holder))
    if too_weak is not None:
        return replace(_verdict(Kind.WEAK, place, too_weak), **held)
    alert = _alert_of(checked.signed)
    if alert is None:
        why = Text(
            "The signature holds, but what it covers is not an alert that can be read whole.",
            "签名成立，但其覆盖的内容不是能够完整读取的预警。",
        )
        return replace(_verdict(Kind.UNREADABLE, place, why), **held)
    stands = standing(trust, checked.holders, shape.certificates, alert.sender.strip(), alert.sent, at)
    verdict = _verdict(stands.kind, place, stands.why or _signer(stands.certificate), rule=stands.rule)
    asides = [*stands.asides, *_clock(stands.certificate, alert, trust, at, stands.kind)]
    return replace(
        verdict,
        findings=(*verdict.findings, *(each.at(place) for each in asides)),
        alert=alert if stands.kind is Kind.VALID else None,
        sent=alert.sent,
        certificate=Certificate.of(stands.certificate),
        anchor=Certificate.of(stands.anchor) if stands.anchor is not None else None,
        signed=checked.signed,
        holds=True,
    )


def _alert_of(signed: bytes) -> Alert | None:
    """The alert in the signed bytes, an older version's as 1.2; None when a part of it cannot be read."""
    try:
        return parse(signed)
    except CapError:
        reading = read(signed)
        return reading.alerts[0] if len(reading.messages) == len(reading.alerts) == 1 else None


def _check(
    root: etree._Element, signatures: Sequence[etree._Element], number: int, shape: Shape, trust: Trust
) -> _Checked | None:
    """Finds the key and compares the digest; None when no certificate at hand carries the key."""
    holders = _holders(root, signatures[number], shape, trust)
    if not holders:
        return None
    for document in _as_signed(root, signatures, number):
        covered = shape.cover.canonical(_without(document, number))
        for before, after in _surroundings(root):
            # What does not fit is known at once; what fits is for signxml to say.
            if not shape.cover.fits(before + covered + after):
                continue
            try:
                return _Checked(
                    holders, _Engine(number, before, after).signed_bytes(document, holders[0], shape)
                )
            except InvalidSignature:
                continue
    return _Checked(holders, None)


def _holders(
    root: etree._Element, signature: etree._Element, shape: Shape, trust: Trust
) -> tuple[x509.Certificate, ...]:
    """The certificates whose key made this signature, those it brings before those pinned.

    Each is tried on an empty alert around the signature, since trying a wrong key on the whole document would
    cost a hostile one's size each time. There the digest differs, which says that the key was right.
    """
    shell = etree.Element(root.tag, nsmap=root.nsmap)
    alone = copy.deepcopy(signature)
    alone.tail = None
    shell.append(alone)
    found = []
    for certificate in dict.fromkeys((*shape.certificates, *trust.pinned)):
        if not fits(shape.method, public_key(certificate)):
            continue
        try:
            _Engine(0).signed_bytes(shell, certificate, shape)
        except InvalidDigest:
            found.append(certificate)
        except InvalidSignature:
            continue
        else:
            found.append(certificate)
    return tuple(found)


def _as_signed(
    root: etree._Element, signatures: Sequence[etree._Element], number: int
) -> Iterator[etree._Element]:
    """The document as it came, and as it was before later signatures were put beside this one.

    Every signature covers what stood there when it was made, so an issuer's is not broken by a relay's.
    """
    yield root
    if number + 1 < len(signatures):
        earlier = copy.deepcopy(root)
        for late in earlier.findall(SIGNATURE)[number + 1 :]:
            _take_out(late)
        yield earlier


def _without(document: etree._Element, number: int) -> etree._Element:
    rest = copy.deepcopy(document)
    _take_out(rest.findall(SIGNATURE)[number])
    return rest


def _take_out(element: etree._Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _surroundings(root: etree._Element) -> list[tuple[bytes, bytes]]:
    """What stands around the alert and may have been signed with it: processing instructions, or nothing.

    The empty URI means the whole document, so a style sheet's instruction before the alert is signed too (XML
    Signature, 4.4.3.2; Canonical XML, 2.3); signers that hand over only the alert leave it out. Either way
    the alert is all there.
    """
    before = list(root.itersiblings(preceding=True))[::-1]
    after = list(root.itersiblings())
    if not before and not after:
        return [(b"", b"")]
    return [
        (
            b"".join(_instruction(each) + b"\n" for each in before),
            b"".join(b"\n" + _instruction(each) for each in after),
        ),
        (b"", b""),
    ]


def _instruction(node: etree._Element) -> bytes:
    text = f" {node.text}" if node.text else ""
    return f"<?{node.target}{text}?>".encode()


class _Engine(XMLVerifier):
    """signxml's verifier, told which of several signatures to look at, and what stands around the alert."""

    def __init__(self, number: int, before: bytes = b"", after: bytes = b"") -> None:
        self._number = number
        self._before, self._after = before, after

    def signed_bytes(self, document: etree._Element, certificate: x509.Certificate, shape: Shape) -> bytes:
        """The bytes that the reference to the whole alert covers; raises what signxml raises."""
        results = self.verify(
            document,
            x509_cert=certificate,
            parser=_parser(),
            expect_config=SignatureConfiguration(
                expect_references=shape.references,
                signature_methods=frozenset(METHODS.values()),
                digest_algorithms=frozenset(DIGESTS.values()),
                # The one key that counts is the certificate's; a bare key beside it says nothing.
                ignore_ambiguous_key_info=True,
                # Dates are judged afterwards, at `sent`.
                verification_time=certificate.not_valid_before_utc,
                # What XML Signature, 4.4.3.2, applies where no canonicalisation is named.
                default_reference_c14n_method=CanonicalizationMethod.CANONICAL_XML_1_0,
            ),
        )
        every: list[VerifyResult] = results if isinstance(results, list) else [results]
        whole = [
            result.signed_data
            for result, reference in zip(every, self._references(every), strict=True)
            if reference.get("URI") == ""
        ]
        if len(whole) != 1:
            raise InvalidSignature("not exactly one reference to the whole document")
        return whole[0][len(self._before) : len(whole[0]) - len(self._after)]

    def _references(self, results: Sequence[VerifyResult]) -> list[etree._Element]:
        info = results[0].signature_xml.find(f"{SIGNATURE.removesuffix('Signature')}SignedInfo")
        return self._findall(info, "Reference")

    def _get_signature(self, root: etree._Element) -> etree._Element:
        return root.findall(SIGNATURE)[self._number]

    def _c14n(self, nodes, **how):  # type: ignore[no-untyped-def]
        # libxml2 undeclares a default namespace that was declared above the part it is given, so that a signature
        # without a prefix would not hold under inclusive canonicalisation.
        if nodes.getparent() is not None:
            nodes = self._fromstring(self._tostring(nodes, with_tail=False))
        return super()._c14n(nodes, **how)

    def _apply_transforms(self, payload, **parts):  # type: ignore[no-untyped-def]
        whole = isinstance(payload, etree._Element) and payload.getparent() is None
        covered = super()._apply_transforms(payload, **parts)
        return self._before + covered + self._after if whole else covered


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=False,
    )


def _key(certificate: x509.Certificate) -> PublicKey:
    return public_key(certificate)  # type: ignore[return-value]


def _without_key(shape: Shape, place: Place) -> Verdict:
    if shape.certificates:
        why = Text(
            "The signature fits neither the certificates it brings nor any that you trust.",
            "签名与其附带的证书及信任名单内的证书都不相符。",
        )
        return replace(_verdict(Kind.ALTERED, place, why), certificate=Certificate.of(shape.certificates[0]))
    why = Text(
        "It brings no certificate, and fits none that you trust, so it could not be checked.",
        "签名没有附带证书，与信任名单内的证书也不相符，无法查验。",
    )
    return _verdict(Kind.UNKNOWN_KEY, place, why)


def _signer(certificate: x509.Certificate) -> Text:
    name = Certificate.of(certificate).subject
    return Text(f"Signed by {name}.", f"签署者：{name}。")


def _clock(
    certificate: x509.Certificate, alert: Alert, trust: Trust, at: datetime | None, kind: Kind
) -> list[Fault]:
    if at is None:
        return []
    faults = []
    if alert.sent > at + trust.demands.tolerance:
        faults.append(
            Fault(
                "signature-future",
                f"The alert gives a time of sending that has not come yet: {alert.sent.isoformat()}.",
                f"预警写明的发布时间尚未到来：{alert.sent.isoformat()}。",
                "Compare the clocks of the sender and of this machine.",
                "请核对发布单位与本机的时钟。",
                Level.WARNING,
            )
        )
    ended = certificate.not_valid_after_utc
    if kind is Kind.VALID and ended < at:
        faults.append(
            Fault(
                "signature-ended-since",
                f"The certificate was valid when the alert was sent and has ended since, on {ended.isoformat()}.",
                f"预警发布时证书有效，此后已于 {ended.isoformat()} 到期。",
                "For new alerts, ask the sender for the current certificate.",
                "今后的预警请向发布单位索取现用证书。",
                Level.NOTE,
            )
        )
    return faults


def _verdict(kind: Kind, place: Place, why: Text, rule: str = "") -> Verdict:
    meaning, advice = MEANING[kind], ADVICE[kind]
    message = Text(f"{meaning.en} {why.en}".strip(), f"{meaning.zh}{why.zh}")
    level = Level.NOTE if kind is Kind.VALID else Level.ERROR
    finding = Finding(rule or f"signature-{kind}", level, place, message.en, message.zh, advice.en, advice.zh)
    return Verdict(kind=kind, message=message, fix=advice, findings=(finding,))


def _place(signature: etree._Element | None, number: int | None = None) -> Place:
    if signature is None:
        return Place("/alert")
    return Place(f"/alert/Signature{f'[{number}]' if number else ''}", signature.sourceline)
