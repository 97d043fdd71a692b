"""The file that a resource carries inside the alert, decoded and verified only when somebody asks for it."""

from __future__ import annotations

import base64
import binascii
import hashlib

from fenghuo.core.cap.findings import CapError, Finding, Place
from fenghuo.core.cap.model import Resource
from fenghuo.core.cap.packs import fault


def content_of(resource: Resource) -> bytes | None:
    """The bytes in `derefUri` (CAP 1.2, 3.2.3), or None where the resource carries none.

    Raises CapError when they are not base64, or not of the size or the SHA-1 digest that the resource states.
    """
    if resource.deref_uri is None or not resource.deref_uri.strip():
        return None
    try:
        held = base64.b64decode("".join(resource.deref_uri.split()), validate=True)
    except (binascii.Error, ValueError):
        raise CapError([fault("resource-content").at(Place("/resource/derefUri"))]) from None
    wrong: list[Finding] = []
    if resource.size is not None and resource.size != len(held):
        told = fault("resource-size-differs", stated=resource.size, held=len(held))
        wrong.append(told.at(Place("/resource/size")))
    if resource.digest:
        digest = hashlib.sha1(held, usedforsecurity=False).hexdigest()
        if digest != resource.digest.strip().lower():
            wrong.append(fault("resource-digest-differs").at(Place("/resource/digest")))
    if wrong:
        raise CapError(wrong)
    return held
