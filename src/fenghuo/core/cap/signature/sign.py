"""Signs an alert: an enveloped XML signature as its last child, over the whole of it (CAP 1.2, 3.3.4.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.signer import XMLSigner

from fenghuo.core.cap.check import check
from fenghuo.core.cap.document import read_document
from fenghuo.core.cap.findings import CapError, Fault, Place, errors
from fenghuo.core.cap.read import parse
from fenghuo.core.cap.signature.algorithms import Demands, method_for
from fenghuo.core.cap.signature.certificate import KEY_KIND, PrivateKey, SignatureError, key_bytes
from fenghuo.core.cap.signature.shape import MOST_CERTIFICATES, MOST_SIGNATURES, Refused, signatures_of
from fenghuo.core.cap.signature.trust import Trust, may_sign
from fenghuo.core.cap.signature.verify import verify


def sign(
    document: bytes,
    key: PrivateKey,
    certificate: x509.Certificate,
    *,
    chain: Sequence[x509.Certificate] = (),
    demands: Demands | None = None,
) -> bytes:
    """The document in UTF-8 with one signature more, its last child; nothing else of it changes but comments.

    Exclusive canonicalisation, so the alert may be carried in a feed or an envelope and taken out again;
    RSA (PKCS #1 v1.5) or ECDSA by the key, SHA-256, longer for longer curves. `chain` are the CAs between the
    certificate and the one that receivers pin; they travel with the signature. Signatures already there stay
    valid, the new one covers them. Raises CapError for a document with errors, and SignatureError for a key,
    certificate or date that no receiver would accept.
    """
    wrong = errors(check(document))
    if wrong:
        raise CapError(wrong)
    demands = demands or Demands()
    root = read_document(document)
    method, digest = _method(key, demands)
    _accept(root, document, key, certificate, chain, demands)
    signer = XMLSigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=method,
        digest_algorithm=digest,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    whole = signer.sign(root, key=key, cert=[certificate, *chain])
    signed = etree.tostring(whole, xml_declaration=True, encoding="UTF-8") + b"\n"
    _hold(signed, certificate, demands)
    return signed


def _method(key: PrivateKey, demands: Demands) -> tuple[SignatureMethod, DigestAlgorithm]:
    chosen = method_for(key.public_key())
    weak = demands.refuse(key.public_key())
    if chosen is None or weak is not None:
        fault = KEY_KIND if weak is None else Fault("key-weak", weak.en, weak.zh, *_ANOTHER_KEY)
        raise SignatureError([fault.at(_AT)])
    return chosen


def _accept(
    root: etree._Element,
    document: bytes,
    key: PrivateKey,
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    demands: Demands,
) -> None:
    """Refuses, with every reason, what no receiver would accept."""
    faults = []
    try:
        signatures = signatures_of(root)
    except Refused as refused:
        raise SignatureError([_around(refused).at(Place("/alert"))]) from None
    # signxml would put the new signature in the place of one with this name.
    if len(signatures) >= MOST_SIGNATURES or any(each.get("Id") == "placeholder" for each in signatures):
        faults.append(_SIGNATURES)
    if len(chain) + 1 > MOST_CERTIFICATES:
        faults.append(_CHAIN)
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key_bytes(certificate) != public:
        faults.append(_OTHER_KEY)
    if not may_sign(certificate):
        faults.append(_USAGE)
    sent, margin = parse(document).sent, demands.tolerance
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begin - margin <= sent <= end + margin:
        faults.append(_dates(sent, begin, end))
    if faults:
        raise SignatureError([each.at(_AT) for each in faults])


def _hold(signed: bytes, certificate: x509.Certificate, demands: Demands) -> None:
    """Verifies what goes out as a receiver would, and checks it as every alert is."""
    verdict = verify(signed, Trust(senders=(certificate,), demands=demands))
    broken = errors(check(signed)) if verdict.trusted else verdict.findings
    if broken:
        raise SignatureError(broken)


_AT = Place("/alert/Signature")
_ANOTHER_KEY = (
    "Make a larger key and have a certificate issued for it.",
    "请生成更长的密钥，并为它办理证书。",
)
_SIGNATURES = Fault(
    "sign-signatures",
    f"The alert already has {MOST_SIGNATURES} signatures, or one that is only a placeholder.",
    f"预警已有 {MOST_SIGNATURES} 个签名，或其中有一个只是占位。",
    "Sign the alert as its author wrote it.",
    "请对原始预警签名。",
)
_CHAIN = Fault(
    "sign-chain",
    f"At most {MOST_CERTIFICATES} certificates travel with a signature.",
    f"一个签名最多附带 {MOST_CERTIFICATES} 份证书。",
    "Leave out those that receivers have pinned.",
    "请去掉接收方已经固定信任的证书。",
)
_OTHER_KEY = Fault(
    "sign-key",
    "The private key is not that of the certificate.",
    "私钥与证书不配对。",
    "Give the key and the certificate that belong together.",
    "请提供互相配对的私钥和证书。",
)
_USAGE = Fault(
    "sign-usage",
    "The certificate's key usage does not allow signing.",
    "证书的密钥用途不允许签名。",
    "Have a certificate issued for digital signatures.",
    "请办理用于数字签名的证书。",
)


def _dates(sent: datetime, begin: datetime, end: datetime) -> Fault:
    return Fault(
        "sign-dates",
        f"The alert is sent at {sent.isoformat()}; the certificate is valid from {begin.isoformat()} to "
        f"{end.isoformat()}.",
        f"预警发布时间为 {sent.isoformat()}，证书有效期为 {begin.isoformat()} 至 {end.isoformat()}。",
        "Use the current certificate, or correct the time of sending.",
        "请使用现用证书，或改正发布时间。",
    )


def _around(refused: Refused) -> Fault:
    return Fault(
        "sign-document",
        refused.why.en,
        refused.why.zh,
        "Give one CAP alert by itself.",
        "请提供单独一份 CAP 预警。",
    )
