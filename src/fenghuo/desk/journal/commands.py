"""Writing the journal: the pen that every caller carries."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection

from fenghuo.core.access import Caller

from . import chain
from .models import Entry, Head


def write(caller: Caller, act: str, subject: str, area: str, detail: Mapping[str, Any]) -> None:
    """Append one entry to the chain. Only inside a transaction, so that act and entry stand or fall together.

    The head row is locked first: writers queue on it, and the chain never forks.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{act}: a journal entry outside its act's transaction")
    head = _locked_head()
    if head is None:  # the chain's first entry
        Head.objects.get_or_create(id=1)
        head = _locked_head()
    row = {
        "seq": head.seq + 1,
        "at": chain.stamp(caller.now),
        "officer_id": caller.id,
        "officer_name": caller.name,
        "role": str(caller.role),
        "via": caller.via,
        "act": act,
        "subject": subject,
        "area": area,
        "detail": chain.canonical(dict(detail)),
        "previous": head.digest or chain.ORIGIN,
    }
    entry = Entry.objects.create(**row, digest=chain.digest(row))
    head.seq, head.digest = entry.seq, entry.digest
    head.seal = chain.seal(settings.FENGHUO_JOURNAL_KEY, entry.seq, entry.digest)
    head.save()


def _locked_head() -> Head | None:
    return Head.objects.select_for_update().filter(id=1).first()
