"""Which algorithms of XML Signature are accepted, which are too weak to prove anything, and which are unknown.

Names are those of XML Signature 1.1, clause 6, and RFC 9231. SHA-1 and shorter are refused because a second
document with the same digest can be made, DSA because FIPS 186-5 no longer lets it sign, HMAC because whoever
can check such a signature can also make one. The Chinese SM2 has no name in XML Signature and is unknown here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod

from fenghuo.core.cap.findings import Text

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

METHODS = {
    method.value: method
    for method in SignatureMethod
    if method.name.startswith(("RSA_", "ECDSA_", "SHA"))
    and not any(short in method.name for short in ("SHA1", "SHA224", "SHA3_224"))
}
DIGESTS = {
    digest.value: digest for digest in DigestAlgorithm if digest.name not in ("SHA1", "SHA224", "SHA3_224")
}
CANONICAL = frozenset(method.value for method in CanonicalizationMethod)
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"

_OLD = {
    "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
    "http://www.w3.org/2001/04/xmldsig-more#hmac-md5",
    "http://www.w3.org/2001/04/xmldsig-more#hmac-ripemd160",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-ripemd160",
    "http://www.w3.org/2007/05/xmldsig-more#ecdsa-ripemd160",
    "http://www.w3.org/2001/04/xmldsig-more#md5",
    "http://www.w3.org/2001/04/xmlenc#ripemd160",
}
WEAK = frozenset(
    {each.value for each in SignatureMethod if each.value not in METHODS}
    | {each.value for each in DigestAlgorithm if each.value not in DIGESTS}
    | _OLD
)
"""Names that XML Signature knows and nobody should rely on any more."""

LARGEST_RSA = 8192
"""Bits of the largest RSA key that is tried: a check takes time that grows with its square."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What a user asks of keys and clocks.

    `smallest_rsa` and `smallest_ec` [bit]; `tolerance` is how far the clock that wrote `sent` may stand outside
    a certificate's validity. RSA 2048 has the 112 bits of strength that NIST SP 800-131A still asks of new
    signatures, P-256 is the smallest curve in common use.
    """

    smallest_rsa: int = 2048
    smallest_ec: int = 256
    tolerance: timedelta = timedelta(minutes=5)

    def refuse(self, key: PublicKey) -> Text | None:
        """Why a key is too weak, or None when it is strong enough."""
        kind, least = (
            ("RSA", self.smallest_rsa) if isinstance(key, rsa.RSAPublicKey) else ("EC", self.smallest_ec)
        )
        if key.key_size >= least:
            return None
        return Text(
            f"The {kind} key has {key.key_size} bits; at least {least} are asked for.",
            f"{kind} 密钥只有 {key.key_size} 位，要求至少 {least} 位。",
        )


def fits(method: SignatureMethod, key: object) -> bool:
    """Whether a public key is of the kind a signature method needs, and of a size that may be tried."""
    if method.name.startswith("ECDSA_"):
        return isinstance(key, ec.EllipticCurvePublicKey)
    return isinstance(key, rsa.RSAPublicKey) and key.key_size <= LARGEST_RSA


def method_for(key: object) -> tuple[SignatureMethod, DigestAlgorithm] | None:
    """The method and digest this program signs with: RSA and P-256 with SHA-256, longer curves with longer."""
    if isinstance(key, rsa.RSAPublicKey):
        return SignatureMethod.RSA_SHA256, DigestAlgorithm.SHA256
    if isinstance(key, ec.EllipticCurvePublicKey):
        return _CURVES.get(key.curve.name)
    return None


_CURVES = {
    "secp256r1": (SignatureMethod.ECDSA_SHA256, DigestAlgorithm.SHA256),
    "secp384r1": (SignatureMethod.ECDSA_SHA384, DigestAlgorithm.SHA384),
    "secp521r1": (SignatureMethod.ECDSA_SHA512, DigestAlgorithm.SHA512),
}
