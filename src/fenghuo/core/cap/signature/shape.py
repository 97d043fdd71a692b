"""What a signature of an alert must look like before any key is tried: one profile, everything else refused.

XML Signature lets a signature point at other elements, at the network, at scripts, and lets several elements
carry the same name. Each has been used to make one thing be verified and another be read. An alert needs none
of it: the enveloped signature is a child of the alert (CAP 1.2, 3.3.4.1), its one reference to the alert is
the empty URI, and what is taken away before the digest is the signature itself, no more.
"""

from __future__ import annotations

from base64 import b64decode
from collections import Counter
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.hashes import Hash
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod

from fenghuo.core.cap.findings import Text, shown
from fenghuo.core.cap.signature.algorithms import CANONICAL, DIGESTS, ENVELOPED, METHODS, WEAK
from fenghuo.core.cap.signature.certificate import UNREADABLE
from fenghuo.core.cap.signature.verdict import Kind

SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"
SIGNATURE = f"{{{SIGNATURE_NAMESPACE}}}Signature"
MOST_SIGNATURES = 4
MOST_REFERENCES = 4
MOST_CERTIFICATES = 6
LONGEST_CERTIFICATE = 64 * 1024
"""Characters of base64 that a certificate inside a signature may have."""
LONGEST_PREFIXES = 200

_CAP_NAMESPACES = ("urn:oasis:names:tc:emergency:cap:", "http://www.incident.com/cap/")
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_INCLUSIVE = f"{{{_EXCLUSIVE}}}InclusiveNamespaces"
_IDS = frozenset({"id", "Id", "ID"})


class Refused(Exception):
    """A signature, or the document around it, does not have the one shape that is verified."""

    def __init__(self, kind: Kind, why: Text) -> None:
        super().__init__(why.en)
        self.kind = kind
        self.why = why


@dataclass(frozen=True, slots=True)
class Cover:
    """How the reference to the whole alert makes its digest, and the digest that it claims."""

    exclusive: bool
    prefixes: list[str] | None
    digest: DigestAlgorithm
    value: bytes

    def fits(self, covered: bytes) -> bool:
        """Whether canonical bytes have the digest claimed."""
        made = Hash(self.digest.implementation())
        made.update(covered)
        return made.finalize() == self.value

    def canonical(self, root: etree._Element) -> bytes:
        """The canonical bytes of an alert whose signature has been taken away."""
        return etree.tostring(
            root,
            method="c14n",
            exclusive=self.exclusive,
            with_comments=False,
            inclusive_ns_prefixes=self.prefixes,
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """What a well-shaped signature says of itself."""

    method: SignatureMethod
    references: int
    certificates: tuple[x509.Certificate, ...]
    cover: Cover


def is_alert(element: etree._Element) -> bool:
    """Whether an element is an alert of any CAP version."""
    name = etree.QName(element)
    return name.localname == "alert" and (name.namespace or "").startswith(_CAP_NAMESPACES)


def signatures_of(root: etree._Element) -> list[etree._Element]:
    """The signatures of an alert; Refused when the document could be read in two ways, or holds too many.

    Judged here is the document: the alert is its root and its only alert, and every signature is its child.
    """
    signatures = [child for child in root if child.tag == SIGNATURE]
    alerts = sum(1 for each in root.iter(etree.Element) if is_alert(each))
    if not is_alert(root):
        if alerts:
            raise _wrapped(
                "The alert stands inside another structure, so what was signed and what is read could differ.",
                "预警被包在其他结构之中，签署的内容与读到的内容可能不同。",
            )
        raise Refused(Kind.UNREADABLE, Text("The document is not a CAP alert.", "文档不是 CAP 预警。"))
    if alerts > 1:
        raise _wrapped("Another alert stands inside this alert.", "这份预警之中还藏有另一份预警。")
    if sum(1 for _ in root.iter(SIGNATURE)) > len(signatures):
        raise _wrapped(
            "A signature stands elsewhere than as a child of the alert.",
            "有签名没有放在预警根元素之下。",
        )
    if len(signatures) > MOST_SIGNATURES:
        raise Refused(
            Kind.UNREADABLE,
            Text(
                f"The alert has {len(signatures)} signatures; at most {MOST_SIGNATURES} are looked at.",
                f"预警有 {len(signatures)} 个签名，最多查验 {MOST_SIGNATURES} 个。",
            ),
        )
    _refuse_doubles(root)
    return signatures


def shape_of(signature: etree._Element) -> Shape:
    """The shape of one signature; Refused, with the reason, when it is any other than the profile's."""
    if any(not isinstance(each.tag, str) for each in signature.iter()):
        raise Refused(
            Kind.UNREADABLE,
            Text("A processing instruction stands in the signature.", "签名中夹有处理指令。"),
        )
    info = _one(signature, "SignedInfo")
    _one(signature, "SignatureValue")
    _canonical(_one(info, "CanonicalizationMethod"))
    method_element = _one(info, "SignatureMethod")
    method = METHODS.get(_algorithm(method_element))
    if method is None:
        raise _not_accepted(_algorithm(method_element))
    if len(method_element):
        raise _unknown_part(method_element[0])
    references = _all(info, "Reference")
    if len(references) > MOST_REFERENCES:
        raise Refused(
            Kind.UNREADABLE,
            Text(
                f"The signature has {len(references)} references; at most {MOST_REFERENCES} are looked at.",
                f"签名有 {len(references)} 个引用，最多查验 {MOST_REFERENCES} 个。",
            ),
        )
    whole = [each for each in references if each.get("URI") == ""]
    if len(whole) != 1:
        raise _uncovered(references)
    for reference in references:
        _digest(reference)
        if reference is not whole[0]:
            _own_part(reference, signature)
    return Shape(method, len(references), _certificates(signature), _enveloped(whole[0]))


def _enveloped(reference: etree._Element) -> Cover:
    """Holds the transforms to the enveloped one, and one canonicalisation after it if any."""
    holders = _all(reference, "Transforms")
    transforms = [] if len(holders) != 1 else list(holders[0])
    names = [_algorithm(each) for each in transforms]
    if not names or names[0] != ENVELOPED or len(names) > 2 or any(n not in CANONICAL for n in names[1:]):
        named = "; ".join(shown(name.rpartition("/")[2] or name) for name in names[:4]) or "–"
        raise _wrapped(
            "Before the digest, only the signature itself may be taken away; this one asks for other "
            f"transforms, which could leave out parts of the alert ({named}).",
            f"计算摘要前只允许去掉签名本身；此签名另有其他变换，可能漏掉预警的部分内容（{named}）。",
        )
    if len(transforms[0]):
        raise _unknown_part(transforms[0][0])
    exclusive, prefixes = False, None
    for transform in transforms[1:]:
        _canonical(transform)
        exclusive = names[-1].startswith(_EXCLUSIVE)
        prefixes = transform[0].get("PrefixList", "").split() if len(transform) else None
    digest = _digest(reference)
    value = "".join(_one(reference, "DigestValue").itertext())
    return Cover(exclusive, prefixes, digest, b64decode(value))


def _own_part(reference: etree._Element, signature: etree._Element) -> None:
    """Lets a further reference, as XAdES makes one, point only at a part of its own signature."""
    uri = reference.get("URI", "")
    target = uri[1:] if uri.startswith("#") else None
    found = [each for each in signature.iter(etree.Element) if target and target in _names(each)]
    if len(found) != 1:
        raise _uncovered([reference])
    for transform in (each for holder in _all(reference, "Transforms") for each in holder):
        if _algorithm(transform) not in CANONICAL:
            raise _not_accepted(_algorithm(transform))
        _canonical(transform)
    if sum(len(holder) for holder in _all(reference, "Transforms")) > 1:
        raise _wrapped("A reference has several transforms.", "一个引用带有多个变换。")


def _canonical(element: etree._Element) -> None:
    if _algorithm(element) not in CANONICAL:
        raise _not_accepted(_algorithm(element))
    for part in element:
        if part.tag != _INCLUSIVE or len(part.get("PrefixList", "")) > LONGEST_PREFIXES or len(element) > 1:
            raise _unknown_part(part)


def _digest(reference: etree._Element) -> DigestAlgorithm:
    method = _algorithm(_one(reference, "DigestMethod"))
    _one(reference, "DigestValue")
    if method not in DIGESTS:
        raise _not_accepted(method)
    return DIGESTS[method]


def _names(element: etree._Element) -> list[str]:
    """What an element may be referred to by: signxml looks at these attributes in any namespace."""
    return [value for name, value in element.attrib.items() if etree.QName(name).localname in _IDS]


def _refuse_doubles(root: etree._Element) -> None:
    names = Counter(name for each in root.iter(etree.Element) if each.attrib for name in _names(each))
    double = next((name for name, times in names.items() if times > 1), None)
    if double is not None:
        raise _wrapped(
            f"Two elements carry the same name “{shown(double)}”, so a reference could mean either.",
            f"有两个元素使用同一标识“{shown(double)}”，引用可能指向其中任何一个。",
        )


def _certificates(signature: etree._Element) -> tuple[x509.Certificate, ...]:
    """The certificates that a signature brings along: candidates only, never trusted for being there."""
    infos = _all(signature, "KeyInfo")
    if len(infos) > 1:
        raise _unknown_part(infos[1])
    texts = [
        text for info in infos for data in _all(info, "X509Data") for text in _all(data, "X509Certificate")
    ]
    if len(texts) > MOST_CERTIFICATES or any(len(each.text or "") > LONGEST_CERTIFICATE for each in texts):
        raise Refused(
            Kind.UNREADABLE,
            Text(
                f"The signature brings more than {MOST_CERTIFICATES} certificates, or one that is too long.",
                f"签名附带的证书超过 {MOST_CERTIFICATES} 份，或证书过长。",
            ),
        )
    found = []
    for each in texts:
        try:
            found.append(x509.load_der_x509_certificate(b64decode("".join((each.text or "").split()))))
        except UNREADABLE:
            # What cannot be read cannot be the key; a pinned certificate may still be.
            continue
    return tuple(dict.fromkeys(found))


def _all(parent: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in parent if child.tag == f"{{{SIGNATURE_NAMESPACE}}}{name}"]


def _one(parent: etree._Element, name: str) -> etree._Element:
    found = _all(parent, name)
    if len(found) != 1:
        raise Refused(
            Kind.UNREADABLE,
            Text(
                f"The signature needs exactly one “{name}” and has {len(found)}.",
                f"签名必须有且只有一个“{name}”，此处有 {len(found)} 个。",
            ),
        )
    return found[0]


def _algorithm(element: etree._Element) -> str:
    return element.get("Algorithm") or ""


def _wrapped(en: str, zh: str) -> Refused:
    return Refused(Kind.WRAPPED, Text(en, zh))


def _uncovered(references: list[etree._Element]) -> Refused:
    if not references:
        return _wrapped("It refers to nothing at all.", "签名没有引用任何内容。")
    named = shown(", ".join(f"“{each.get('URI', '')}”" for each in references))
    return _wrapped(
        f"It must refer to the whole alert once, by an empty URI; it refers to {named}. Nothing is fetched.",
        f"签名必须以空 URI 引用整份预警一次，而它引用的是 {named}。程序不会去获取这些内容。",
    )


def _not_accepted(uri: str) -> Refused:
    name = shown(uri.rpartition("/")[2] or uri)
    if "#hmac-" in uri:
        return Refused(
            Kind.WEAK,
            Text(
                f"{name}: whoever can check a signature made with a shared secret can also make one.",
                f"{name}：使用共享口令的签名，能查验的人也能伪造。",
            ),
        )
    if uri in WEAK:
        return Refused(
            Kind.WEAK,
            Text(f"{name} is no longer safe.", f"{name} 已不再安全。"),
        )
    return Refused(
        Kind.UNREADABLE,
        Text(f"The algorithm “{name}” is not one this program accepts.", f"程序不接受算法“{name}”。"),
    )


def _unknown_part(element: etree._Element) -> Refused:
    name = shown(etree.QName(element).localname)
    return Refused(
        Kind.UNREADABLE,
        Text(f"The signature holds a “{name}” that has no place there.", f"签名中出现了不应有的“{name}”。"),
    )
