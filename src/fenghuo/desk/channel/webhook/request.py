"""The body and the signed headers of a webhook (Standard Webhooks 1.0.0)."""

import binascii
import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from standardwebhooks.webhooks import EmptyWebhookSecretError
from standardwebhooks.webhooks import Webhook as Signer

from ..message import Message


class Unusable(ValueError):
    """The address or its secret can never carry a webhook; the text says why."""


def body(message: Message, now: datetime) -> str:
    """The payload: a type, a time, and the message as data."""
    return json.dumps(
        {
            "type": "warning.message",
            "timestamp": now.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "data": {
                "key": message.key,
                "language": message.language,
                "level": message.level,
                "subject": message.subject,
                "text": message.text,
                "link": message.link,
            },
        },
        ensure_ascii=False,
    )


def headers(message: Message, payload: str, now: datetime) -> dict[str, str]:
    """The convention's three headers; `webhook-id` is the message's key, the same in every attempt."""
    try:
        signer = Signer(message.to.secret)
    except (EmptyWebhookSecretError, binascii.Error, ValueError, RuntimeError) as error:
        raise Unusable(_("the webhook has no usable secret; give it one that starts with whsec_")) from error
    moment = now.astimezone(UTC)
    return {
        "content-type": "application/json",
        "webhook-id": message.key,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signer.sign(message.key, moment, payload),
    }


def address(message: Message) -> str:
    """The URL, when it is one of http or https with a host."""
    try:
        parts = urlsplit(message.to.target)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise Unusable(_("“%s” is not an http or https address") % message.to.target)
    return message.to.target
