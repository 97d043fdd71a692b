"""Every rule is described in both languages, numbered, found by its function, and found by nothing else."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from fenghuo.core import cap
from fenghuo.core.cap import packs
from fenghuo.core.cap.packs import BadPack, Rule
from fenghuo.core.cap.rules import finds, hit
from tests.core.cap.alerts import simple_alert, simple_info

RULES = [rule for name in packs.NAMES for rule in packs.load(name).rules.values()]
SHOWN = [rule for rule in RULES if rule.by not in ("writing", "schema")]
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", packs.NAMES)
def test_a_packs_example_breaks_no_rule_of_it_and_none_of_the_standard(name: str) -> None:
    pack = packs.load(name)
    assert cap.check(pack.example, (name, "cap12"), schema=True) == []


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.id)
def test_a_rules_example_breaks_that_rule_and_no_other(rule: Rule) -> None:
    right, wrong = packs.load(rule.pack).example_of(rule)
    assert all(piece.encode() in right for piece in rule.right)
    found = cap.check(wrong, (rule.pack,))
    assert {each.rule for each in found} == {rule.id, *rule.alongside}
    told = next(each for each in found if each.rule == rule.id)
    assert told.severity is rule.level
    for text in (told.message_en, told.message_zh, told.fix_en, told.fix_zh):
        assert (
            text and not re.search(r"\{\w+\}", text) and text[-1] in ".。？:"
        ) or rule.id == "phone-markup"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_written_in_both_languages_and_numbered(rule: Rule) -> None:
    for text in (rule.title, rule.why, rule.message, rule.fix):
        assert text.en.strip() and not CHINESE.search(text.en)
        assert CHINESE.search(text.zh) and "！" not in text.zh
    assert re.findall(r"\{\w+\}", rule.message.en) or not re.findall(r"\{\w+\}", rule.message.zh)
    assert rule.clause and rule.provenance in ("standard", "single-source", "ours")
    assert re.fullmatch(r"(CAP|WMO|TEL|DESK)-\d{3}", rule.number)


def test_no_two_rules_share_a_name_or_a_number() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.number for rule in RULES}) == len(RULES)
    assert packs.rule("polygon-closed") is packs.load("cap12").rules["polygon-closed"]
    assert packs.rule("no-such-rule") is None


def test_what_writing_finds_is_described_too() -> None:
    with pytest.raises(cap.CapError) as refused:
        cap.write(simple_alert(source="bell \x07", extra=(b"not xml",)))
    assert {each.rule for each in refused.value.findings} == {"xml-characters", "extra"}


def test_packs_are_asked_for_by_name_and_work_together() -> None:
    found = cap.check(simple_alert(), ("cap12", "wmo", "phone", "desk"))
    assert {each.rule.partition("-")[0] for each in found} == {"wmo", "phone", "desk"}
    assert cap.check(simple_alert()) == []
    with pytest.raises(BadPack, match="no-such"):
        cap.check(simple_alert(), ("no-such",))


OWN = """
[pack]
name = "county"
title = { en = "County", zh = "县" }

[[rule]]
id = "county-contact"
number = "C-1"
level = "warning"
clause = "County rules, 1"
title = { en = "A contact", zh = "联系方式" }
why = { en = "Somebody must answer.", zh = "要有人接听。" }
message = { en = "There is no contact.", zh = "没有联系方式。" }
fix = { en = "Add one.", zh = "补上。" }
when = { of = "info", field = "contact", present = true }

[[rule]]
id = "county-event"
number = "C-2"
clause = "County rules, 2"
title = { en = "A short event", zh = "简短的事件" }
why = { en = "Lists are narrow.", zh = "列表很窄。" }
message = { en = "“{text}” is no event of ours.", zh = "“{text}”不是本县的事件。" }
fix = { en = "Take one of the list.", zh = "从列表中选。" }
when = { of = "info", field = "event", longest = 3, one_of = ["山洪"], pattern = ".洪" }

[[rule]]
id = "county-codes"
number = "C-3"
clause = "County rules, 3"
title = { en = "One code", zh = "一个代码" }
why = { en = "It is filed by it.", zh = "按代码归档。" }
message = { en = "There are {text} codes.", zh = "有 {text} 个代码。" }
fix = { en = "Give one.", zh = "给出一个。" }
when = { of = "alert", field = "code", fewest = 1, most = 1 }
"""


def test_a_pack_of_ones_own_is_data(tmp_path: Path) -> None:
    file = tmp_path / "county.toml"
    file.write_text(OWN, encoding="utf-8")
    found = cap.check(simple_alert(), (str(file),))
    assert [(each.rule, each.severity, each.place.path) for each in found] == [
        ("county-codes", "error", "/alert"),
        ("county-contact", "warning", "/alert/info[1]"),
        ("county-event", "error", "/alert/info[1]/event"),
        ("county-event", "error", "/alert/info[1]/event"),
        ("county-event", "error", "/alert/info[1]/event"),
    ]
    assert found[0].message_en == "There are 0 codes."
    good = simple_alert(codes=("a",), infos=(simple_info(event="山洪", contact="110"),))
    assert cap.check(good, (file, "cap12")) == []


def test_a_pack_of_ones_own_may_bring_functions() -> None:
    @finds(cap.Alert, "county-sender")
    def sender(alert: cap.Alert):
        if not alert.sender.endswith("@county.example"):
            yield hit("county-sender", "sender", text=alert.sender)

    text = (
        OWN.partition("when =")[0].replace("county-contact", "county-sender").replace("There is", "{text} is")
    )
    pack = packs.from_text(text, functions=SimpleNamespace(sender=sender))
    (found,) = cap.check(simple_alert(sender="{fix} 100% %s"), (pack,))
    assert (found.rule, found.place.path) == ("county-sender", "/alert/sender")
    assert found.message_en == "{fix} 100% %s is no contact."
    with pytest.raises(BadPack, match="Nothing finds"):
        packs.from_text(text)
    with pytest.raises(BadPack, match="does not describe"):
        packs.from_text(OWN, functions=SimpleNamespace(sender=sender))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("[pack]", "[packed]"),
        ("[[rule]]", "[[rule"),
        ('level = "warning"', 'level = "grave"'),
        ('clause = "County rules, 1"', ""),
        ('zh = "联系方式"', ""),
        ('of = "info"', 'of = "infos"'),
        ('field = "contact"', 'field = "contacts"'),
        ("present = true", "is_there = true"),
        (", present = true", ""),
        ('pattern = ".洪"', 'pattern = "("'),
        ("county-event", "county-contact"),
    ],
)
def test_a_pack_that_cannot_be_meant_is_refused(right: str, wrong: str) -> None:
    with pytest.raises(BadPack):
        packs.from_text(OWN.replace(right, wrong, 1))


def test_a_function_is_not_asked_about_what_could_not_be_read() -> None:
    for right, wrong, rule, silent in (
        (
            b",2026-04-03T01:00:00-00:00</references>",
            b"</references>",
            "references-format",
            "references-missing",
        ),
        (b"<altitude>1000<", b"<altitude>low<", "number", "ceiling-alone"),
    ):
        example = packs.load("cap12").example
        assert right in example
        found = {each.rule for each in cap.check(example.replace(right, wrong))}
        assert rule in found and silent not in found
