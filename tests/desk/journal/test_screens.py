"""The pages of the journal: the acts in words, one entry as it was hashed, the verdict."""

import ast
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

import fenghuo.desk
from fenghuo.desk.inspection import commands as inspection
from fenghuo.desk.journal import acts, triggers
from fenghuo.desk.journal.models import Entry


def test_entries_stand_newest_first_in_words_and_lead_to_their_subject(desk, browse, as_role):
    hazard = inspection.find(as_role("inspector"), site=desk.sites[0], grade="general", description="x")
    page = browse("clerk", "zh-hans").get(reverse("journal:list"))
    rows = page.context["rows"]
    assert [row["entry"].seq for row in rows] == sorted((row["entry"].seq for row in rows), reverse=True)
    assert (rows[0]["words"], rows[0]["url"], rows[0]["area"]) == (
        "登记隐患",
        f"/hazards/{hazard.pk}/",
        "石门村",
    )
    assert f'href="/hazards/{hazard.pk}/"' in page.content.decode()


def test_the_list_keeps_to_one_act_or_one_day_of_the_desk_s_own_zone(desk, browse, as_role, clock):
    def seqs(**asked):
        return {
            row["entry"].seq for row in browse("duty").get(reverse("journal:list"), asked).context["rows"]
        }

    all_of_it = seqs()
    clock.forward(hours=11)  # 00:00 of the next day in Asia/Shanghai
    inspection.find(as_role("inspector"), site=desk.sites[0], grade="general", description="x")
    newest = Entry.objects.last().seq
    assert seqs(day="2026-04-04") == {newest} == seqs(act="inspection.hazard_found")
    assert seqs(day="2026-04-03") == all_of_it
    assert seqs(day="2026-04-05") == set()
    assert seqs(day="nonsense") == all_of_it | {newest}


def test_a_desk_sees_the_acts_of_its_own_area_only(desk, browse, as_role):
    inspection.find(as_role("inspector"), site=desk.sites[0], grade="general", description="x")
    area_of_county = Entry.objects.filter(area="110199").first()
    assert area_of_county
    shown = browse("duty").get(reverse("journal:list")).context["rows"]
    assert area_of_county.seq not in {row["entry"].seq for row in shown}
    assert browse("duty").get(reverse("journal:entry", args=[area_of_county.seq])).status_code == 404
    assert browse("county").get(reverse("journal:entry", args=[area_of_county.seq])).status_code == 200
    for role in ("contact", "responsible", "inspector"):
        assert browse(role).get(reverse("journal:list")).status_code == 403
        assert browse(role).post(reverse("journal:verify")).status_code == 403


def test_an_entry_shows_every_column_under_its_digest(desk, browse):
    entry = Entry.objects.filter(area__startswith="110199100").last()
    for headers in ({}, {"HX-Request": "true"}):
        page = (
            browse("duty").get(reverse("journal:entry", args=[entry.seq]), headers=headers).content.decode()
        )
        for text in (entry.digest, entry.previous, entry.at, entry.act, entry.subject):
            assert text in page


@pytest.mark.parametrize(("language", "words"), [("en", "entries, the chain holds"), ("zh-hans", "链条完整")])
def test_the_verdict_is_asked_for_and_says_how_many_entries_hold(language, words, desk, browse):
    assert browse("clerk", language).get(reverse("journal:verify")).status_code == 405
    page = browse("clerk", language).post(reverse("journal:verify")).content.decode()
    assert words in page
    assert str(Entry.objects.count()) in page


@pytest.mark.parametrize(("language", "words"), [("en", "Entry 4"), ("zh-hans", "第 4 条")])
def test_the_verdict_names_the_entry_that_was_altered(language, words, desk, browse):
    with connection.cursor() as cursor:
        triggers.remove(None, SimpleNamespace(connection=connection, execute=cursor.execute))
        cursor.execute("UPDATE journal_entry SET officer_name = 'nobody' WHERE seq = 4")
    page = browse("clerk", language).post(reverse("journal:verify")).content.decode()
    assert words in page


def _written_acts() -> set[str]:
    """The act of every `caller.write("…", …)` in the desk's own code."""
    found = set()
    for path in Path(fenghuo.desk.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "write" and node.args:
                for constant in ast.walk(node.args[0]):
                    if isinstance(constant, ast.Constant) and "." in str(constant.value):
                        found.add(constant.value)
    return found


def test_every_act_that_the_desk_writes_has_words_in_both_languages():
    written = {act for act in _written_acts() if act.replace(".", "").replace("_", "").isalpha()}
    assert written >= {"places.site_added", "inspection.hazard_closed", "inspection.rectification_refused"}
    assert written - acts.ACTS.keys() == set()
    for act in written:
        with override("zh-hans"):
            chinese = acts.words(act)
        with override("en"):
            assert acts.words(act) != chinese
