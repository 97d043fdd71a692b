"""Signatures of alerts: sign, and verify against nothing but the certificates and CAs that the user pinned.

    trust = signature.load_trust(Path("trust"))
    verdict = signature.verify(document, trust)
    if verdict.trusted:
        act_on(verdict.alert)

What the standard asks (CAP 1.2, 3.3.4.1): an alert may carry an enveloped XML signature and no other kind, and
a reader must not refuse an alert for a signature it cannot check. So reading and checking an alert never
depend on this package; whoever wants to rely on the sender asks here. (The clause's first sentence was compared
with a public quotation; its number and the rule not to refuse are from memory of the standard.)
"""

from fenghuo.core.cap.signature.algorithms import Demands
from fenghuo.core.cap.signature.certificate import (
    Certificate,
    SignatureError,
    fingerprint,
    read_certificates,
    read_fingerprint,
    read_key,
)
from fenghuo.core.cap.signature.sign import sign
from fenghuo.core.cap.signature.trust import Trust
from fenghuo.core.cap.signature.trust_folder import load_trust
from fenghuo.core.cap.signature.verdict import Kind, Verdict
from fenghuo.core.cap.signature.verify import signature_findings, verify

__all__ = [
    "Certificate",
    "Demands",
    "Kind",
    "SignatureError",
    "Trust",
    "Verdict",
    "fingerprint",
    "load_trust",
    "read_certificates",
    "read_fingerprint",
    "read_key",
    "sign",
    "signature_findings",
    "verify",
]
