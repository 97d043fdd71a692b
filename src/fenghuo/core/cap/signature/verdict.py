"""The answer to "who signed this alert, and may I rely on it?", in words for a person and values for a program."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fenghuo.core.cap.findings import Finding, Text
from fenghuo.core.cap.model import Alert
from fenghuo.core.cap.signature.certificate import Certificate


class Kind(StrEnum):
    """The answers there are; only `VALID` is one to rely on."""

    VALID = "valid"
    """The alert is as it was signed, by a key that the user trusts."""
    UNKNOWN_KEY = "unknown-key"
    """The mathematics holds, or could not be done for want of a certificate; the key is nobody's we know."""
    EXPIRED = "expired"
    """The certificate had run out when the alert was sent."""
    NOT_YET_VALID = "not-yet-valid"
    """The certificate had not begun when the alert was sent."""
    REVOKED = "revoked"
    """A revocation list that the user gave names the certificate."""
    ALTERED = "altered"
    """The alert, or the signature, is not what was signed."""
    UNSIGNED = "unsigned"
    """There is no signature."""
    WRAPPED = "wrapped"
    """A signature is there, but what it covers is not exactly this alert."""
    WEAK = "weak"
    """The algorithm or key is one that others could forge."""
    UNREADABLE = "unreadable"
    """The document, the signature or the alert in it cannot be read."""


RANK = (
    Kind.VALID,
    Kind.WRAPPED,
    Kind.ALTERED,
    Kind.REVOKED,
    Kind.EXPIRED,
    Kind.NOT_YET_VALID,
    Kind.WEAK,
    Kind.UNKNOWN_KEY,
    Kind.UNREADABLE,
    Kind.UNSIGNED,
)
"""Of several signatures, which one the answer for the alert is taken from: a valid one, else the gravest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of a document's signature.

    kind         the answer; `trusted` is true for `valid` alone.
    message, fix what it means and what to do, in both languages.
    findings     the same as findings, with what else is to be said (an old revocation list, a clock that is off).
    holds        the mathematics holds: the alert is as the holder of the key signed it, whoever that is.
    alert        the alert read from the signed bytes and from nothing else; None unless the verdict is valid.
    signed       the canonical bytes that the signature covers; None unless the mathematics holds.
    sent         the alert's own time, which validity was judged at; None when it could not be read.
    certificate  that of the signing key, from the signature or the trust; None when there is none.
    anchor       the pinned certificate that vouches for it: itself, or a CA's; None when there is none.
    algorithm    the signature method's name, as `ECDSA_SHA256`.
    number       which signature of the document, from 1; 0 when the answer is about the whole document.
    others       the verdicts on the document's other signatures.
    """

    kind: Kind
    message: Text
    fix: Text
    findings: tuple[Finding, ...]
    holds: bool = False
    alert: Alert | None = None
    signed: bytes | None = field(default=None, repr=False)
    sent: datetime | None = None
    certificate: Certificate | None = None
    anchor: Certificate | None = None
    algorithm: str = ""
    number: int = 0
    others: tuple[Verdict, ...] = ()

    @property
    def trusted(self) -> bool:
        """Whether the alert may be relied on as the sender's own words."""
        return self.kind is Kind.VALID


MEANING = {
    Kind.VALID: Text(
        "The signature is valid: the alert is as it was signed, by a key you trust.",
        "签名有效：预警与签署时一致，签署所用密钥在信任名单内。",
    ),
    Kind.UNKNOWN_KEY: Text(
        "The key of this signature is none that you trust.",
        "签署所用密钥不在信任名单内。",
    ),
    Kind.EXPIRED: Text(
        "The certificate had expired when the alert was sent.",
        "预警发布时，签名证书已经过期。",
    ),
    Kind.NOT_YET_VALID: Text(
        "The certificate was not yet valid when the alert was sent.",
        "预警发布时，签名证书尚未生效。",
    ),
    Kind.REVOKED: Text(
        "The certificate of this signature has been revoked.",
        "签名证书已被吊销。",
    ),
    Kind.ALTERED: Text(
        "The alert or its signature was changed after signing.",
        "预警或其签名在签署之后被改动过。",
    ),
    Kind.UNSIGNED: Text(
        "The alert carries no signature.",
        "预警没有签名。",
    ),
    Kind.WRAPPED: Text(
        "The signature does not cover exactly this alert.",
        "签名覆盖的内容与这份预警不一致。",
    ),
    Kind.WEAK: Text(
        "The signature is too weak to prove anything.",
        "签名强度过低，不能证明任何事情。",
    ),
    Kind.UNREADABLE: Text(
        "The signature cannot be read.",
        "无法读取签名。",
    ),
}

_BY_ANOTHER_WAY = Text(
    "Do not rely on the alert; ask the sender by a way you already trust.",
    "不要据此行动；请通过已经确认可靠的途径向发布单位核实。",
)

ADVICE = {
    Kind.VALID: Text("Nothing needs to be done.", "无需处理。"),
    Kind.UNKNOWN_KEY: Text(
        "Ask the sender, by a way you already trust, for the SHA-256 fingerprint of the certificate. If it is "
        "the one shown, add the certificate to those you trust; if not, do not rely on the alert.",
        "请通过已经确认可靠的途径，向发布单位核对证书的 SHA-256 指纹。与所示一致的，把证书加入信任名单；"
        "不一致的，不要据此行动。",
    ),
    Kind.EXPIRED: Text(
        "Ask the sender for the current certificate and add it to those you trust; until then, confirm the "
        "alert by a way you already trust.",
        "请向发布单位索取现用证书并加入信任名单；在此之前，通过已经确认可靠的途径核实预警。",
    ),
    Kind.NOT_YET_VALID: Text(
        "Ask the sender to set the clock of the signing machine; until then, confirm the alert by a way you "
        "already trust.",
        "请发布单位校准签署设备的时钟；在此之前，通过已经确认可靠的途径核实预警。",
    ),
    Kind.REVOKED: _BY_ANOTHER_WAY,
    Kind.ALTERED: Text(
        "Do not rely on the alert. Fetch it again from the sender; programs that rewrite XML on the way also "
        "break signatures.",
        "不要据此行动。请从发布单位重新获取；途中改写 XML 的程序也会破坏签名。",
    ),
    Kind.UNSIGNED: Text(
        "Rely on it only when you fetched it from the sender by a way you trust.",
        "只有在通过可靠途径直接从发布单位获取时，才可据此行动。",
    ),
    Kind.WRAPPED: _BY_ANOTHER_WAY,
    Kind.WEAK: Text(
        "Ask the sender to sign with RSA of 2048 bits or more, or ECDSA, and SHA-256 or longer; confirm the "
        "alert by a way you already trust.",
        "请发布单位改用 2048 位以上的 RSA 或 ECDSA，并使用 SHA-256 以上的摘要；同时通过已经确认可靠的途径核实预警。",
    ),
    Kind.UNREADABLE: _BY_ANOTHER_WAY,
}
