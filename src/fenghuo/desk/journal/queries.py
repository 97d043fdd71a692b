"""Reading and verifying the journal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from fenghuo.core.access import Caller

from . import chain
from .models import Entry, Head


@dataclass(frozen=True)
class Fault:
    """A break in the chain. `seq` names the entry."""

    seq: int
    rule: str
    message: str

    def finding(self) -> dict:
        return {
            "rule": self.rule,
            "severity": "error",
            "place": f"journal entry {self.seq}",
            "message": self.message,
            "fix": "Restore the journal from a backup taken before this entry was touched, and find out who "
            "has access to the database.",
        }


def entries(caller: Caller) -> QuerySet[Entry]:
    """The acts in the caller's area, newest first."""
    caller.must("journal.read")
    return Entry.objects.filter(Q(area__startswith=caller.area) | Q(area="")).order_by("-seq")


def of_subject(caller: Caller, subject: str) -> QuerySet[Entry]:
    """The history of one record, oldest first. The caller has been allowed the record itself."""
    caller.must("home.read")
    return Entry.objects.filter(subject=subject).order_by("seq")


def acts_between(caller: Caller, start, end) -> QuerySet[Entry]:
    """Entries of [start, end) in the caller's area, oldest first; `start` and `end` are aware."""
    caller.must("duty.read")
    return Entry.objects.filter(
        Q(area__startswith=caller.area) | Q(area=""), at__gte=chain.stamp(start), at__lt=chain.stamp(end)
    ).order_by("seq")


def count() -> int:
    return Entry.objects.count()


def faults(caller: Caller, progress: Callable[[int], None] = lambda seq: None) -> Iterator[Fault]:
    """Every break in the chain, in order: altered, missing, inserted, or cut off at the end."""
    caller.must("journal.verify")
    previous, expected = chain.ORIGIN, 1
    for row in Entry.objects.order_by("seq").values(*chain.FIELDS, "digest").iterator(chunk_size=2000):
        seq = row["seq"]
        if seq != expected:
            for missing in range(expected, min(seq, expected + 20)):
                yield Fault(missing, "journal.missing", f"Entry {missing} is missing.")
        elif row["previous"] != previous:
            yield Fault(seq, "journal.altered", f"Entry {seq} does not follow entry {seq - 1}.")
        if chain.digest(row) != row["digest"]:
            yield Fault(seq, "journal.altered", f"Entry {seq} is not what was recorded.")
        previous, expected = row["digest"], seq + 1
        progress(seq)
    yield from _end_faults(expected - 1, previous)


def _end_faults(last: int, last_digest: str) -> Iterator[Fault]:
    head = Head.objects.filter(id=1).first()
    if head is None or not head.seal:
        if last:
            yield Fault(
                last,
                "journal.head",
                f"The journal's head is missing; entry {last} cannot be shown to be the last.",
            )
        return
    if chain.seal(settings.FENGHUO_JOURNAL_KEY, head.seq, head.digest) != head.seal:
        yield Fault(head.seq, "journal.head", f"The head's seal does not fit entry {head.seq}.")
    for missing in range(last + 1, min(head.seq, last + 20) + 1):
        yield Fault(missing, "journal.missing", f"Entry {missing} is missing.")
    if last > head.seq:
        yield Fault(head.seq + 1, "journal.inserted", f"Entry {head.seq + 1} was not written by the desk.")
    elif last == head.seq and head.seq and last_digest != head.digest:
        yield Fault(last, "journal.altered", f"Entry {last} is not what was recorded.")


def as_dict(entry: Entry) -> dict:
    return {field: getattr(entry, field) for field in (*chain.FIELDS, "digest")}
