"""Both languages are complete, and one English text has one Chinese text."""

from collections import defaultdict

from babel.messages.pofile import read_po

from fenghuo.desk.site import catalogue


def test_everything_a_reader_sees_has_chinese():
    assert {text: files for (_, text), files in catalogue.missing().items()} == {}


def test_one_message_has_one_chinese_text():
    found = defaultdict(dict)
    for po in catalogue.catalogues():
        with po.open("rb") as source:
            for message in read_po(source, locale="zh_Hans"):
                if message.id and message.string:
                    found[message.context, str(message.id)].setdefault(str(message.string), po.parts[-5])
    assert {key: texts for key, texts in found.items() if len(texts) > 1} == {}


def test_placeholders_survive_translation():
    import re

    broken = []
    for po in catalogue.catalogues():
        with po.open("rb") as source:
            for message in read_po(source, locale="zh_Hans"):
                wanted = message.id if isinstance(message.id, str) else message.id[-1]
                text = message.string if isinstance(message.string, str) else message.string[0]
                if message.id and sorted(re.findall(r"%\(\w+\)", wanted)) != sorted(
                    re.findall(r"%\(\w+\)", text)
                ):
                    broken.append((po.parts[-5], wanted, text))
    assert broken == []
