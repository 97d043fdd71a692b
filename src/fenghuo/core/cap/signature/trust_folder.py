"""Reads a folder of certificates, CAs and revocation lists, with an optional `trust.toml`, into a `Trust`.

`trust.toml`, all of it optional:

    smallest_rsa = 3072             # bits
    smallest_ec = 256               # bits
    tolerance_minutes = 5           # of the sender's clock against the certificate's dates
    only_listed_senders = true      # refuse senders that are not named below
    [senders]                       # who may sign as whom: file names of this folder, or SHA-256 fingerprints
    "duty@township.example" = ["township.pem", "AB:CD:…"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography import x509

from fenghuo.core.cap.findings import Fault, Finding, Level, Place, errors, shown
from fenghuo.core.cap.signature.algorithms import Demands
from fenghuo.core.cap.signature.certificate import (
    UNREADABLE,
    Held,
    SignatureError,
    fingerprint,
    name_of,
    public_key,
    read_file,
    read_fingerprint,
)
from fenghuo.core.cap.signature.trust import Trust, issued_by_any

SETTINGS = "trust.toml"
SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der", ".crl"})
LARGEST_FILE = 8 * 1024 * 1024
MOST_FILES = 1000
_KNOWN = ("smallest_rsa", "smallest_ec", "tolerance_minutes", "only_listed_senders", "senders")
_LONGEST_TOLERANCE = 24 * 60


def load_trust(folder: Path) -> Trust:
    """The trust that a folder holds; subfolders are not looked into.

    Raises SignatureError with every reason when a file is not what its name says, a private key lies there, a
    revocation list has no issuer in the folder, the settings are wrong, or nothing can be trusted at all: a
    trust that is not what the user meant is worse than none. What only deserves notice is in `remarks`.
    """
    reader = _Reader(folder)
    reader.read()
    wrong = errors(reader.findings)
    if wrong:
        raise SignatureError(wrong)
    return reader.trust()


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.certificates: dict[str, tuple[x509.Certificate, ...]] = {}
        self.revocations: list[tuple[str, x509.CertificateRevocationList]] = []
        self.settings: dict[str, Any] = {}
        self.bindings: dict[str, set[str]] = {}
        self.demands = Demands()

    def read(self) -> None:
        try:
            files = sorted(each for each in self.folder.iterdir() if not each.name.startswith("."))
        except OSError:
            self._say(_NO_FOLDER, str(self.folder))
            return
        if len(files) > MOST_FILES:
            self._say(_TOO_MANY, str(self.folder))
            return
        for each in files:
            if each.name == SETTINGS:
                self._read_settings(each)
            elif each.suffix.lower() in SUFFIXES and each.is_file():
                self._read_certificates(each)
            elif each.is_file():
                self._say(_IGNORED, each.name)
        if not self.certificates:
            self._say(_NOTHING, str(self.folder))
            return
        self._check_revocations()
        self._check_settings()

    def trust(self) -> Trust:
        return Trust.of(
            *dict.fromkeys(each for many in self.certificates.values() for each in many),
            revocations=[crl for _, crl in self.revocations],
            bindings=self.bindings,
            bound_only=self.settings.get("only_listed_senders", False),
            demands=self.demands,
        ).remarked(self.findings)

    def _say(self, fault: Fault, file: str, text: str = "") -> None:
        self.findings.append(fault.at(Place(file, text=shown(text))))

    def _bytes(self, path: Path) -> bytes | None:
        try:
            if path.stat().st_size > LARGEST_FILE:
                self._say(_TOO_LARGE, path.name)
                return None
            return path.read_bytes()
        except OSError:
            self._say(_UNREADABLE, path.name)
            return None

    def _read_certificates(self, path: Path) -> None:
        data = self._bytes(path)
        if data is None:
            return
        held: Held = read_file(data)
        if held.private:
            self._say(_PRIVATE, path.name)
        if held.unread or not (held.certificates or held.revocations or held.private):
            self._say(_UNREADABLE, path.name)
        for each in held.certificates:
            if public_key(each) is None:
                self._say(_UNREADABLE, path.name, name_of(each.subject))
        if held.certificates:
            self.certificates[path.name] = held.certificates
        self.revocations.extend((path.name, crl) for crl in held.revocations)

    def _check_revocations(self) -> None:
        pinned = [each for many in self.certificates.values() for each in many]
        for file, crl in self.revocations:
            if _is_partial(crl):
                self._say(_PARTIAL, file, name_of(crl.issuer))
            elif not issued_by_any(crl, pinned):
                self._say(_NO_ISSUER, file, name_of(crl.issuer))

    def _read_settings(self, path: Path) -> None:
        data = self._bytes(path)
        if data is None:
            return
        try:
            self.settings = tomllib.loads(data.decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self._say(_settings(str(error), str(error)), SETTINGS)

    def _check_settings(self) -> None:
        for name in sorted(self.settings.keys() - set(_KNOWN)):
            self._say(
                _settings(f"“{shown(name)}” is no setting.", f"没有“{shown(name)}”这项设置。"), SETTINGS
            )
        # Below these sizes the smallest would only switch the check off.
        rsa = self._whole("smallest_rsa", 1024, 16384, self.demands.smallest_rsa)
        ec = self._whole("smallest_ec", 160, 521, self.demands.smallest_ec)
        minutes = self._whole("tolerance_minutes", 0, _LONGEST_TOLERANCE, 5)
        self.demands = Demands(rsa, ec, timedelta(minutes=minutes))
        if not isinstance(self.settings.get("only_listed_senders", False), bool):
            self._say(
                _settings(
                    "“only_listed_senders” must be true or false.",
                    "“only_listed_senders”只能是 true 或 false。",
                ),
                SETTINGS,
            )
        senders = self.settings.get("senders", {})
        if not isinstance(senders, Mapping):
            self._say(_settings("“senders” must be a table.", "“senders”必须是一个表。"), SETTINGS)
            return
        for sender, named in senders.items():
            many = named if isinstance(named, list) else [named]
            self.bindings[sender] = {print_ for each in many for print_ in self._fingerprints(sender, each)}

    def _whole(self, name: str, least: int, most: int, default: int) -> int:
        value = self.settings.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self._say(
                _settings(
                    f"“{name}” must be a whole number from {least} to {most}.",
                    f"“{name}”必须是 {least} 到 {most} 之间的整数。",
                ),
                SETTINGS,
                str(value),
            )
            return default
        return value

    def _fingerprints(self, sender: str, named: object) -> list[str]:
        known = {fingerprint(each) for many in self.certificates.values() for each in many}
        if isinstance(named, str):
            if named in self.certificates:
                # The first of a file is the certificate meant; what follows is its chain.
                return [fingerprint(self.certificates[named][0])]
            read = read_fingerprint(named)
            # A fingerprint of a certificate issued by a pinned CA need not lie in the folder.
            if read is not None and (read in known or self._has_authority()):
                return [read]
        self._say(
            _settings(
                f"For “{shown(sender)}”: “{shown(str(named))}” is no certificate file of this folder and no "
                "SHA-256 fingerprint of a certificate that could be trusted.",
                f"“{shown(sender)}”一项中的“{shown(str(named))}”既不是此文件夹中的证书文件，也不是可信证书的"
                " SHA-256 指纹。",
            ),
            SETTINGS,
        )
        return []

    def _has_authority(self) -> bool:
        return bool(Trust.of(*(each for many in self.certificates.values() for each in many)).authorities)


def _is_partial(crl: x509.CertificateRevocationList) -> bool:
    """Whether a list tells only changes, or is of a kind that does not cover its issuer's certificates."""
    try:
        extensions = crl.extensions
    except (x509.DuplicateExtension, *UNREADABLE):
        return True
    for each in extensions:
        if isinstance(each.value, x509.DeltaCRLIndicator):
            return True
        if isinstance(each.value, x509.IssuingDistributionPoint):
            if each.value.indirect_crl or each.value.only_contains_attribute_certs:
                return True
        elif each.critical:
            return True
    return False


_PUT_RIGHT = ("Replace the file, or take it out of the trust folder.", "请更换该文件，或将其移出信任文件夹。")

_NO_FOLDER = Fault(
    "trust-folder",
    "The trust folder cannot be opened.",
    "无法打开信任文件夹。",
    "Give the path of a folder that holds certificates.",
    "请指定存放证书的文件夹。",
)
_TOO_MANY = Fault(
    "trust-folder",
    f"The trust folder holds more than {MOST_FILES} files.",
    f"信任文件夹中的文件超过 {MOST_FILES} 个。",
    "Keep only the certificates of the senders you need.",
    "只保留需要的发布单位的证书。",
)
_NOTHING = Fault(
    "trust-empty",
    "No certificate lies in the trust folder, so no signature could be believed.",
    "信任文件夹中没有证书，任何签名都无法采信。",
    "Put the certificates of the senders, or of their CA, there in PEM or DER form.",
    "请放入发布单位或其颁发机构的证书（PEM 或 DER 格式）。",
)
_TOO_LARGE = Fault(
    "trust-file",
    f"The file is larger than {LARGEST_FILE} bytes.",
    f"文件超过 {LARGEST_FILE} 字节。",
    *_PUT_RIGHT,
)
_UNREADABLE = Fault(
    "trust-file",
    "The file, or a part of it, is no certificate or revocation list that can be read.",
    "该文件或其中一部分不是可读取的证书或吊销列表。",
    *_PUT_RIGHT,
)
_PRIVATE = Fault(
    "trust-private-key",
    "A private key lies in the trust folder; others who can read it could sign in its owner's name.",
    "信任文件夹中有私钥，能读到它的人可以冒名签署。",
    "Take the key away, and have its certificate replaced if others could read the folder.",
    "请移走私钥；若他人能够读取该文件夹，请更换对应的证书。",
)
_PARTIAL = Fault(
    "trust-revocations",
    "This revocation list tells only changes or covers other certificates, and cannot be used by itself.",
    "该吊销列表只列变更，或适用于其他证书，不能单独使用。",
    "Put the CA's complete revocation list there.",
    "请放入该机构的完整吊销列表。",
)
_NO_ISSUER = Fault(
    "trust-revocations",
    "No certificate in the trust folder has signed this revocation list.",
    "信任文件夹中没有签发该吊销列表的证书。",
    "Put the certificate of the CA that issued the list beside it.",
    "请把签发该列表的机构证书放在同一文件夹中。",
)
_IGNORED = Fault(
    "trust-ignored",
    "The file is not read: certificates end in .pem, .crt, .cer or .der, revocation lists in .crl or .pem.",
    "未读取该文件：证书文件以 .pem、.crt、.cer 或 .der 结尾，吊销列表以 .crl 或 .pem 结尾。",
    "Rename it if it holds a certificate.",
    "如果其中是证书，请改用上述扩展名。",
    Level.WARNING,
)


def _settings(en: str, zh: str) -> Fault:
    return Fault(
        "trust-settings",
        f"trust.toml: {en}",
        f"trust.toml：{zh}",
        f"Correct the file; its settings are {', '.join(_KNOWN)}.",
        f"请改正该文件；可用的设置有 {'、'.join(_KNOWN)}。",
    )
