"""Whose signatures a user believes: pinned certificates and CAs, revocation lists, and who may sign as whom.

Only what the user put here counts. The certificates of browsers and of the operating system do not, and
nothing is fetched: no CA certificate, no revocation list, no OCSP answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from cryptography import x509
from cryptography.x509 import verification

from fenghuo.core.cap.findings import Fault, Finding, Level, Text, shown
from fenghuo.core.cap.signature.algorithms import Demands
from fenghuo.core.cap.signature.certificate import (
    UNREADABLE,
    fingerprint,
    is_authority,
    key_bytes,
    name_of,
    read_fingerprint,
)
from fenghuo.core.cap.signature.verdict import Kind

DEEPEST_CHAIN = 4
"""CAs between a pinned one and the key, the pinned one included."""

_COMPROMISED = {
    None,
    x509.ReasonFlags.unspecified,
    x509.ReasonFlags.key_compromise,
    x509.ReasonFlags.ca_compromise,
    x509.ReasonFlags.aa_compromise,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What a user pinned.

    senders       certificates that are believed themselves, whoever issued them.
    authorities   CAs whose certificates are believed.
    revocations   lists (CRL) of those CAs.
    bindings      the alert's `sender` → fingerprints of the certificates, or CAs, that may sign for it.
    bound_only    refuse senders that `bindings` does not name, however trusted the key.
    demands       sizes of keys and tolerance of clocks.
    remarks       what the reader of the trust folder noticed.
    """

    senders: tuple[x509.Certificate, ...] = ()
    authorities: tuple[x509.Certificate, ...] = ()
    revocations: tuple[x509.CertificateRevocationList, ...] = ()
    bindings: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    bound_only: bool = False
    demands: Demands = field(default_factory=Demands)
    remarks: tuple[Finding, ...] = ()

    @classmethod
    def of(
        cls,
        *certificates: x509.Certificate,
        revocations: Iterable[x509.CertificateRevocationList] = (),
        bindings: Mapping[str, Iterable[str]] | None = None,
        bound_only: bool = False,
        demands: Demands | None = None,
    ) -> Trust:
        """A trust in these certificates: those that say they are a CA vouch for others, the rest for themselves.

        `bindings` takes SHA-256 fingerprints with or without colons; one that is none allows nobody.
        """
        return cls(
            senders=tuple(each for each in certificates if not is_authority(each)),
            authorities=tuple(each for each in certificates if is_authority(each)),
            revocations=tuple(revocations),
            bindings=MappingProxyType(
                {
                    who: frozenset(read_fingerprint(each) or each for each in by)
                    for who, by in (bindings or {}).items()
                }
            ),
            bound_only=bound_only,
            demands=demands or Demands(),
        )

    def remarked(self, remarks: Iterable[Finding]) -> Trust:
        """The same trust with remarks."""
        return replace(self, remarks=tuple(remarks))

    @property
    def pinned(self) -> tuple[x509.Certificate, ...]:
        """Every certificate here; a CA's own signature is believed too."""
        return (*self.senders, *self.authorities)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a certificate stands with a trust: the answer, the pinned certificate behind it, why, and asides."""

    kind: Kind
    certificate: x509.Certificate
    anchor: x509.Certificate | None = None
    why: Text | None = None
    asides: tuple[Fault, ...] = ()
    rule: str = ""


def standing(
    trust: Trust,
    holders: Sequence[x509.Certificate],
    others: Sequence[x509.Certificate],
    sender: str,
    sent: datetime,
    at: datetime | None,
) -> Standing:
    """How the signing key stands, given the certificates that carry it and the others the signature brought.

    Validity is judged at `sent`; `at`, the reader's clock, only dates revocation lists.
    """
    answers = [_stand(trust, each, others, sender, sent, at) for each in _candidates(trust, holders)]
    revoked = [each for each in answers if each.kind is Kind.REVOKED]
    order = [Kind.VALID, Kind.EXPIRED, Kind.NOT_YET_VALID, Kind.UNKNOWN_KEY]
    # One key may be in an old and a renewed certificate: the best counts, unless the key itself is given up.
    return revoked[0] if revoked else min(answers, key=lambda each: order.index(each.kind))


def _candidates(trust: Trust, holders: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    key = key_bytes(holders[0])
    same_key = [each for each in trust.pinned if key_bytes(each) == key]
    return list(dict.fromkeys([*holders, *same_key]))


def _stand(
    trust: Trust,
    leaf: x509.Certificate,
    others: Sequence[x509.Certificate],
    sender: str,
    sent: datetime,
    at: datetime | None,
) -> Standing:
    chain = (leaf,) if leaf in trust.pinned else _chain(trust, leaf, others, sent)
    if chain is None:
        return Standing(
            Kind.UNKNOWN_KEY,
            leaf,
            why=Text(
                "The alert is as the holder of the key signed it, but anybody can make a key and write any "
                "name into its certificate.",
                "预警与密钥持有者签署时一致，但任何人都可以自制密钥，并在证书中写上任何名称。",
            ),
        )
    anchor = chain[-1]
    why = _revoked(trust, chain, sent)
    asides = tuple(_old_lists(trust, chain, at or sent))
    if why is not None:
        return Standing(Kind.REVOKED, leaf, anchor, why, asides)
    wrong_time = _out_of_time(trust, chain, sent)
    if wrong_time is not None:
        return Standing(wrong_time[0], leaf, anchor, wrong_time[1], asides)
    if not _may_speak(trust, leaf, others, chain, sender, sent):
        return Standing(Kind.UNKNOWN_KEY, leaf, anchor, _not_theirs(leaf, sender), asides, "signature-sender")
    return Standing(Kind.VALID, leaf, anchor, None, asides)


def _may_speak(
    trust: Trust,
    leaf: x509.Certificate,
    others: Sequence[x509.Certificate],
    chain: Sequence[x509.Certificate],
    sender: str,
    sent: datetime,
) -> bool:
    allowed = trust.bindings.get(sender)
    if allowed is None:
        return not trust.bound_only
    # A pinned certificate may also be let in by its CA.
    above = _chain(trust, leaf, others, sent) or ()
    return not allowed.isdisjoint(fingerprint(each) for each in (*chain, *above))


def _chain(
    trust: Trust, leaf: x509.Certificate, others: Sequence[x509.Certificate], sent: datetime
) -> tuple[x509.Certificate, ...] | None:
    """The certificates from a key to a pinned CA, at `sent` or else at any time at which they all held."""
    if not trust.authorities:
        return None
    between = [each for each in others if each != leaf]
    # All certificates of a chain hold together, if ever, from the moment the last of them begins.
    begins = sorted(
        {
            each.not_valid_before_utc
            for each in (leaf, *between, *trust.authorities)
            if leaf.not_valid_before_utc <= each.not_valid_before_utc <= leaf.not_valid_after_utc
        },
        reverse=True,
    )
    for moment in (sent, *begins):
        try:
            builder = (
                verification.PolicyBuilder()
                .store(verification.Store(trust.authorities))
                .time(moment)
                .max_chain_depth(DEEPEST_CHAIN)
                .extension_policies(ee_policy=_SIGNER, ca_policy=_AUTHORITY)
            )
            return tuple(builder.build_client_verifier().verify(leaf, between).chain)
        except (verification.VerificationError, *UNREADABLE):
            continue
    return None


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether a certificate's key usage, if it states one, lets its key sign documents (RFC 5280, 4.2.1.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except (x509.DuplicateExtension, *UNREADABLE):
        return False
    return usage.digital_signature or usage.content_commitment


def _may_sign(_: object, __: x509.Certificate, usage: x509.KeyUsage | None) -> None:
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise ValueError("the certificate's key is not meant for signing")


def _is_no_authority(_: object, __: x509.Certificate, basic: x509.BasicConstraints | None) -> None:
    if basic is not None and basic.ca:
        raise ValueError("the certificate is a CA's")


def _is_authority(_: object, __: x509.Certificate, basic: x509.BasicConstraints | None) -> None:
    if basic is None or not basic.ca:
        raise ValueError("the certificate is no CA's")


def _may_vouch(_: object, __: x509.Certificate, usage: x509.KeyUsage | None) -> None:
    if usage is not None and not usage.key_cert_sign:
        raise ValueError("the CA's key is not meant for certificates")


_AGNOSTIC = verification.Criticality.AGNOSTIC
# RFC 5280's rules, not the web's: a small authority's CA, made with openssl's defaults, has no KeyUsage.
_SIGNER = (
    verification.ExtensionPolicy.permit_all()
    .may_be_present(x509.KeyUsage, _AGNOSTIC, _may_sign)
    .may_be_present(x509.BasicConstraints, _AGNOSTIC, _is_no_authority)
)
_AUTHORITY = (
    verification.ExtensionPolicy.permit_all()
    .require_present(x509.BasicConstraints, _AGNOSTIC, _is_authority)
    .may_be_present(x509.KeyUsage, _AGNOSTIC, _may_vouch)
)


def _out_of_time(trust: Trust, chain: Sequence[x509.Certificate], sent: datetime) -> tuple[Kind, Text] | None:
    margin = trust.demands.tolerance
    for each in chain:
        begin, end = each.not_valid_before_utc, each.not_valid_after_utc
        dates = (
            f"sent {sent.isoformat()}, certificate {begin.isoformat()} – {end.isoformat()}",
            f"发布时间 {sent.isoformat()}，证书有效期 {begin.isoformat()} 至 {end.isoformat()}",
        )
        words = Text(f"{name_of(each.subject)}: {dates[0]}.", f"{name_of(each.subject)}：{dates[1]}。")
        if sent > end + margin:
            return Kind.EXPIRED, words
        if sent < begin - margin:
            return Kind.NOT_YET_VALID, words
    return None


def _revoked(trust: Trust, chain: Sequence[x509.Certificate], sent: datetime) -> Text | None:
    for each in chain:
        for crl in _lists_for(trust, each, chain):
            entry = crl.get_revoked_certificate_by_serial_number(each.serial_number)
            if entry is None:
                continue
            reason = _reason(entry)
            # Who stole a key can write any `sent`; who only moved house signed honestly until that day.
            if reason not in _COMPROMISED and sent < entry.revocation_date_utc:
                continue
            named = reason.value if reason is not None else "unspecified"
            day = entry.revocation_date_utc.isoformat()
            return Text(
                f"{name_of(each.subject)} was revoked on {day} ({named}).",
                f"{name_of(each.subject)} 已于 {day} 吊销（{named}）。",
            )
    return None


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, x509.DuplicateExtension, *UNREADABLE):
        return None


def _lists_for(
    trust: Trust, certificate: x509.Certificate, chain: Sequence[x509.Certificate]
) -> list[x509.CertificateRevocationList]:
    return [
        crl
        for crl in trust.revocations
        if crl.issuer == certificate.issuer and issued_by_any(crl, (*chain, *trust.pinned))
    ]


def issued_by_any(crl: x509.CertificateRevocationList, issuers: Iterable[x509.Certificate]) -> bool:
    """Whether a revocation list carries the signature of one of these certificates' keys."""
    for issuer in issuers:
        if issuer.subject != crl.issuer:
            continue
        try:
            if crl.is_signature_valid(issuer.public_key()):  # type: ignore[arg-type]
                return True
        except UNREADABLE:
            continue
    return False


def _old_lists(trust: Trust, chain: Sequence[x509.Certificate], moment: datetime) -> Iterable[Fault]:
    for each in {each.issuer: each for each in chain}.values():
        lists = _lists_for(trust, each, chain)
        ends = [crl.next_update_utc for crl in lists]
        if lists and all(end is not None and end < moment for end in ends):
            latest = max(end for end in ends if end is not None).isoformat()
            yield Fault(
                "signature-revocations-old",
                f"The revocation list of {name_of(each.issuer)} was to be replaced by {latest}; a certificate "
                "revoked since would not be noticed.",
                f"{name_of(each.issuer)} 的吊销列表应在 {latest} 之前更新，此后吊销的证书无法发现。",
                "Put the CA's current list into the trust folder.",
                "请把该机构现行的吊销列表放入信任文件夹。",
                Level.WARNING,
            )


def _not_theirs(leaf: x509.Certificate, sender: str) -> Text:
    return Text(
        f"The key of {name_of(leaf.subject)} is trusted, but not for the sender “{shown(sender)}”.",
        f"{name_of(leaf.subject)} 的密钥可信，但不能代表发布单位“{shown(sender)}”。",
    )
