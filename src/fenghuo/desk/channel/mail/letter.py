"""A message as an RFC 5322 letter: plain text, with HTML beside it."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from ..message import Message


class Undeliverable(ValueError):
    """The address is none that mail can reach."""


def letter(message: Message, sender: str, domain: str, now: datetime) -> EmailMessage:
    """The letter. Its Message-ID is made of the message's key, so a letter sent twice is known for one.

    Raises Undeliverable for an address that is no mailbox.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = message_id(message.key, domain)
    mail["Date"] = format_datetime(now)
    mail["From"] = Address(display_name="Fenghuo 烽火", addr_spec=sender)
    mail["To"] = Address(addr_spec=_mailbox(message.to.target))
    # Line breaks in a subject would start a header of the writer's own.
    mail["Subject"] = " ".join(message.subject.split())
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = "en" if message.language.startswith("en") else "zh-CN"
    mail["Importance"] = "high"
    mail.set_content(message.text, cte="base64")
    if message.html:
        mail.add_alternative(message.html, subtype="html", cte="base64")
    return mail


def message_id(key: str, domain: str) -> str:
    return f"<{key}@{domain}>"


def _mailbox(text: str) -> str:
    try:
        Address(addr_spec=text)
    except Exception as error:  # the email package raises many kinds for what is no address
        raise Undeliverable(text) from error
    if "@" not in text or any(sign.isspace() or not sign.isprintable() for sign in text):
        raise Undeliverable(text)
    return text
