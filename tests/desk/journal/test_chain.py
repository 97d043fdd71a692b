"""The chain of the journal: it holds, and whoever touches it behind the desk's back is found out."""

import json
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fenghuo.desk.journal import chain, queries, triggers
from fenghuo.desk.journal.models import Entry, Head
from fenghuo.desk.officers import identity
from fenghuo.desk.places import commands as places
from fenghuo.desk.places.models import Area
from fenghuo.desk.site.command_line.journal import journal

COLUMNS = (*chain.FIELDS, "digest")
NUMBERS = {"seq", "officer_id"}


@pytest.fixture
def intruder(desk):
    """Somebody who writes SQL straight into the database, with the triggers out of the way."""
    with connection.cursor() as cursor:
        triggers.remove(None, SimpleNamespace(connection=connection, execute=cursor.execute))

        def run(sql, *values):
            cursor.execute(sql, values)
            assert cursor.rowcount == 1

        yield run


def _verify() -> tuple[int, list[str]]:
    """Exit status and the places named by `fenghuo journal verify --format json`."""
    result = CliRunner().invoke(journal, ["verify", "--format", "json"])
    return result.exit_code, [finding["place"] for finding in json.loads(result.stdout)["findings"]]


def _last() -> int:
    return Head.objects.get().seq


def test_an_untouched_journal_holds(desk):
    assert _last() > 10
    assert _verify() == (0, [])


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_whichever_column_of_whichever_entry_is_altered_the_entry_is_named(column, which, intruder):
    seq = {"first": 1, "middle": _last() // 2, "last": _last()}[which]
    value = 10_000 if column in NUMBERS else "altered"
    intruder(f"UPDATE journal_entry SET {column} = %s WHERE seq = %s", value, seq)
    status, named = _verify()
    assert status == 1
    assert f"journal entry {seq}" in named


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_altered_character_anywhere_is_enough(data, intruder):
    seq = data.draw(st.integers(1, _last()), "entry")
    column = data.draw(st.sampled_from([name for name in COLUMNS if name != "seq"]), "column")
    value = Entry.objects.values_list(column, flat=True).get(seq=seq)
    if column in NUMBERS:
        other = data.draw(st.none() | st.integers(0, 2**62), "number")
    else:
        at = data.draw(st.integers(0, len(value)), "position")
        letter = data.draw(st.sampled_from("0aZ 一é"), "letter")
        removed = data.draw(st.integers(0, 1), "removed")
        other = (value[:at] + letter + value[at + removed :])[: Entry._meta.get_field(column).max_length]
    assume(other != value)
    intruder(f"UPDATE journal_entry SET {column} = %s WHERE seq = %s", other, seq)
    status, named = _verify()
    assert status == 1
    assert f"journal entry {seq}" in named
    intruder(f"UPDATE journal_entry SET {column} = %s WHERE seq = %s", value, seq)
    assert _verify() == (0, [])


@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_a_removed_entry_is_named(which, intruder):
    seq = {"first": 1, "middle": _last() // 2, "last": _last()}[which]
    intruder("DELETE FROM journal_entry WHERE seq = %s", seq)
    assert _verify() == (1, [f"journal entry {seq}"])


def test_the_last_entries_removed_together_with_the_head_s_number_are_missed(intruder):
    last = _last()
    intruder("DELETE FROM journal_entry WHERE seq = %s", last)
    digest = Entry.objects.values_list("digest", flat=True).get(seq=last - 1)
    intruder("UPDATE journal_head SET seq = %s, digest = %s", last - 1, digest)
    status, named = _verify()
    assert status == 1
    assert f"journal entry {last - 1}" in named


def _insert(intruder, row):
    columns = ", ".join(COLUMNS)
    marks = ", ".join(["%s"] * len(COLUMNS))
    intruder(f"INSERT INTO journal_entry ({columns}) VALUES ({marks})", *(row[name] for name in COLUMNS))


def test_an_entry_added_without_the_desk_s_key_is_named_even_when_it_fits_the_chain(intruder):
    last = Entry.objects.values(*COLUMNS).get(seq=_last())
    row = {**last, "seq": last["seq"] + 1, "act": "warning.issued", "previous": last["digest"]}
    _insert(intruder, {**row, "digest": chain.digest(row)})
    assert _verify() == (1, [f"journal entry {row['seq']}"])


def test_an_entry_squeezed_in_between_is_named(intruder):
    seq = _last() // 2
    rows = list(Entry.objects.filter(seq__gte=seq).order_by("-seq").values(*COLUMNS))
    for row in rows:
        intruder("UPDATE journal_entry SET seq = %s WHERE seq = %s", row["seq"] + 1, row["seq"])
    forged = {**rows[-1], "act": "warning.issued"}
    _insert(intruder, {**forged, "digest": chain.digest(forged)})
    status, named = _verify()
    assert status == 1
    assert f"journal entry {seq + 1}" in named


def test_two_entries_that_changed_places_are_both_named(intruder):
    one, two = 3, 7
    for old, new in ((one, 100), (two, one), (100, two)):
        intruder("UPDATE journal_entry SET seq = %s WHERE seq = %s", new, old)
    status, named = _verify()
    assert status == 1
    assert {f"journal entry {one}", f"journal entry {two}"} <= set(named)


def test_a_chain_rewritten_from_an_altered_entry_on_does_not_fit_the_seal(intruder):
    previous = chain.ORIGIN
    for row in list(Entry.objects.values(*COLUMNS)):
        if row["seq"] == 2:
            row["officer_name"] = "somebody else"
        row["previous"] = previous
        previous = chain.digest(row)
        intruder(
            "UPDATE journal_entry SET officer_name = %s, previous = %s, digest = %s WHERE seq = %s",
            row["officer_name"], row["previous"], previous, row["seq"],
        )  # fmt: skip
    assert _verify() == (1, [f"journal entry {_last()}"])
    intruder("UPDATE journal_head SET digest = %s", previous)
    assert _verify() == (1, [f"journal entry {_last()}"])
    intruder("DELETE FROM journal_head")
    assert _verify()[0] == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_entry SET detail = '{}' WHERE seq = 1",
        "UPDATE journal_entry SET seq = 99 WHERE seq = 1",
        "DELETE FROM journal_entry WHERE seq = 1",
        "DELETE FROM journal_entry",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_an_entry(sql, desk):
    before = list(Entry.objects.values())
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(Entry.objects.values()) == before


def test_an_act_that_fails_leaves_no_entry(desk, clock):
    before = list(Entry.objects.values()), list(Head.objects.values())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        places.add_area(identity.program(clock.now), code="110199100299", name="新村", level="village")
        assert Entry.objects.count() == len(before[0]) + 1
        raise ZeroDivisionError
    assert not Area.objects.filter(code="110199100299").exists()
    assert (list(Entry.objects.values()), list(Head.objects.values())) == before
    assert _verify() == (0, [])


@pytest.mark.django_db(transaction=True)
def test_an_entry_cannot_be_written_outside_its_act_s_transaction(clock):
    with pytest.raises(RuntimeError, match="transaction"):
        identity.program(clock.now).write("places.area_added", "area:1")
    assert not Entry.objects.exists()


@pytest.fixture
def shared(transactional_db, tmp_path):
    """Runs functions in threads of their own, each with its own connection to one committed database."""
    given_name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        # The in-memory test database locks by table and does not wait; writers of a real desk share a file.
        file = tmp_path / "journal.sqlite3"
        with sqlite3.connect(file) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        copy.close()
        connections.settings["default"]["NAME"] = str(file)

    def in_thread(function, number):
        try:
            return function(number)
        finally:
            connections.close_all()

    def run(function, times):
        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(in_thread, [function] * times, range(times)))

    yield run
    connections.settings["default"]["NAME"] = given_name


def test_writers_at_the_same_time_do_not_fork_the_chain(shared, clock):
    writers, each = 4, 12
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)

    def write(number):
        for n in range(each):
            places.add_area(
                identity.program(clock.now), code=f"11{number:02}{n:02}", name=f"{number}-{n}", level="county"
            )

    def check(_):
        return list(Entry.objects.values_list("seq", flat=True)), list(
            queries.faults(identity.program(clock.now))
        )

    try:
        shared(write, writers)
    finally:
        sys.setswitchinterval(switch)
    ((sequence, faults),) = shared(check, 1)
    assert sequence == list(range(1, writers * each + 1))
    assert faults == []
