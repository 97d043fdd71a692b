"""Certificates, private keys and revocation lists out of PEM or DER bytes, and what a screen shows of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
)

from fenghuo.core.cap.findings import CapError, Fault, Place, shown

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----.*?-----END \1-----", re.DOTALL)
_NOT_HEX = re.compile(r"[^0-9A-Fa-f]")
# What cryptography raises for bytes that are not what they should be, or of a kind it does not know.
UNREADABLE = (ValueError, TypeError, KeyError, OverflowError, UnsupportedAlgorithm)


class SignatureError(CapError):
    """A key, a certificate or a trust folder cannot be used; `findings` lists every reason, in both languages."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is shown of a certificate, so that a person can compare it with what the sender says by telephone.

    `fingerprint` is the SHA-256 of its DER form as browsers show it; `serial` is hexadecimal; the last two
    instants are those of RFC 5280, 4.1.2.5. Nothing here is proven for a key nobody pinned: such a
    certificate says what its maker liked.
    """

    subject: str
    issuer: str
    serial: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    algorithm: str
    addresses: tuple[str, ...]
    pem: bytes

    @classmethod
    def of(cls, certificate: x509.Certificate) -> Certificate:
        """The facts of a certificate; parts of it that cannot be read are left empty."""
        return cls(
            subject=name_of(certificate.subject),
            issuer=name_of(certificate.issuer),
            serial=f"{certificate.serial_number:X}",
            fingerprint=fingerprint(certificate),
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
            algorithm=algorithm_of(public_key(certificate)),
            addresses=_addresses(certificate),
            pem=certificate.public_bytes(Encoding.PEM),
        )


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, as `AB:CD:…` in 32 pairs."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def read_fingerprint(text: str) -> str | None:
    """A SHA-256 fingerprint written with colons, spaces or neither, in either case; None when it is none."""
    digits = _NOT_HEX.sub("", text.strip().lower().removeprefix("sha256").removeprefix("sha-256"))
    return bytes.fromhex(digits).hex(":").upper() if len(digits) == 64 else None


def name_of(name: x509.Name) -> str:
    """A distinguished name on one short line."""
    try:
        return shown("".join(each if each.isprintable() else " " for each in name.rfc4514_string()))
    except UNREADABLE:
        return ""


def public_key(certificate: x509.Certificate) -> object | None:
    """The key of a certificate, or None when its kind is unknown."""
    try:
        return certificate.public_key()
    except UNREADABLE:
        return None


def key_bytes(certificate: x509.Certificate) -> bytes | None:
    """The key as bytes that are equal for equal keys, or None."""
    key = public_key(certificate)
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return None
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def algorithm_of(key: object) -> str:
    """A key's kind and size, as `RSA 2048` or `EC secp256r1`."""
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC {key.curve.name}"
    return type(key).__name__.replace("PublicKey", "").strip("_") if key is not None else ""


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether a certificate says that it may vouch for others (RFC 5280, 4.2.1.9)."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, x509.DuplicateExtension, *UNREADABLE):
        return False


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds: certificates, revocation lists, whether a private key, and how many unreadable parts."""

    certificates: tuple[x509.Certificate, ...] = ()
    revocations: tuple[x509.CertificateRevocationList, ...] = ()
    private: bool = False
    unread: int = 0


def read_file(data: bytes) -> Held:
    """Everything in a PEM file with any number of blocks, or in a DER file with one."""
    blocks = list(_BLOCK.finditer(data))
    if not blocks:
        return _read_der(data)
    certificates, revocations, private, unread = [], [], False, 0
    for block in blocks:
        label, text = block[1].decode("ascii"), block[0] + b"\n"
        try:
            if label in ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"):
                certificates.append(x509.load_pem_x509_certificate(text))
            elif label == "X509 CRL":
                revocations.append(x509.load_pem_x509_crl(text))
            elif label.endswith("PRIVATE KEY"):
                private = True
            elif label not in ("EC PARAMETERS", "DH PARAMETERS"):
                unread += 1
        except UNREADABLE:
            unread += 1
    return Held(tuple(certificates), tuple(revocations), private, unread)


def _read_der(data: bytes) -> Held:
    try:
        return Held(certificates=(x509.load_der_x509_certificate(data),))
    except UNREADABLE:
        pass
    try:
        return Held(revocations=(x509.load_der_x509_crl(data),))
    except UNREADABLE:
        pass
    try:
        load_der_private_key(data, password=None)
    except UNREADABLE:
        return Held(unread=1)
    return Held(private=True)


def read_certificates(data: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM or DER file, the first that of the key; SignatureError when there is none."""
    held = read_file(data)
    if held.unread or not held.certificates:
        raise SignatureError([_NO_CERTIFICATE.at(Place("/certificate"))])
    return held.certificates


def read_key(data: bytes, password: bytes | None = None) -> PrivateKey:
    """A private RSA or EC key in PEM or DER; SignatureError when it is neither, or the password is wrong."""
    load = load_pem_private_key if b"-----BEGIN " in data else load_der_private_key
    try:
        key = load(data, password=password)
    except UNREADABLE:
        raise SignatureError([_NO_KEY.at(Place("/key"))]) from None
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SignatureError([KEY_KIND.at(Place("/key"))])
    return key


def _addresses(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return tuple(shown(each) for each in names.get_values_for_type(x509.RFC822Name)[:8])
    except (x509.ExtensionNotFound, x509.DuplicateExtension, *UNREADABLE):
        return ()


_NO_CERTIFICATE = Fault(
    "certificate-unreadable",
    "This is not a certificate in PEM or DER form.",
    "这不是 PEM 或 DER 格式的证书。",
    "Give the file that begins with -----BEGIN CERTIFICATE-----, or its DER form.",
    "请提供以 -----BEGIN CERTIFICATE----- 开头的文件，或其 DER 格式。",
)
_NO_KEY = Fault(
    "key-unreadable",
    "The private key cannot be read, or the password does not fit it.",
    "无法读取私钥，或口令不正确。",
    "Give the key in PEM or DER form, with its password when it has one.",
    "请提供 PEM 或 DER 格式的私钥；私钥有口令的，同时给出口令。",
)
KEY_KIND = Fault(
    "key-kind",
    "Alerts are signed with RSA keys or with EC keys on P-256, P-384 or P-521; this key is of another kind.",
    "签署预警须使用 RSA 密钥或 P-256、P-384、P-521 椭圆曲线密钥，此密钥属于其他类型。",
    "Make a key of one of these kinds and have a certificate issued for it.",
    "请生成上述类型的密钥，并为它办理证书。",
)
