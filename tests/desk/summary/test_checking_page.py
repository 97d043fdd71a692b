"""The page that checks papers: each finding in its place, the mended copy, and what is refused."""

import base64
import io
import re
from collections import Counter
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rulebook import FAMILIES, rules
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.summary.checking import forms
from fenghuo.desk.warning.checking import limits

BAD = """云岭镇2026年上半年森林防火工作总结
上半年，全镇共有林地XX亩，开展巡护１２６次，，制止野外用火____起。
全镇共检查42处，其中企业20处、学校12处、林区8处。
2026年2月30日，镇政府召开会议。
云岭镇人民政府
2026年7月5日"""
CLEAN = "云岭镇2026年上半年森林防火工作总结\n上半年，全镇开展巡护126次。\n云岭镇人民政府\n2026年7月5日"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE", 0.01)


def checked(client, paper: str | bytes, name: str = "", families=FAMILIES):
    given = {"file": SimpleUploadedFile(name, paper)} if name else {"text": paper}
    return client.post(reverse("papers:check"), {**given, "families": list(families)})


def text_of(response) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode())))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_finding_is_marked_where_it_stands_in_the_reader_s_language(browse, language):
    page = checked(browse("clerk", language), BAD).content.decode()
    rows = dict(re.findall(r'<li id="L(\d+)"[^>]*>(.*?)</li>(?=<li|</ol>)', page, re.S))
    assert len(rows) == len(BAD.splitlines())
    document = from_text(BAD)
    findings = check(document)
    assert {rules()[each.rule].family for each in findings} >= {"left_open", "noise", "numbers"}
    for number, finding in enumerate(findings, 1):
        row = rows[str(document.line(finding.span.start))]
        code = "en" if language == "en" else "zh"
        assert finding.message.in_language(code) in unescape(row) and f'id="S{number}"' in row
        marked = document.text[finding.span.start : finding.span.end]
        spot = re.search(rf'id="F{number}"[^>]*>{number}</a>(.*)', row, re.S)[1]
        assert unescape(re.sub(r'<a class="spot.*?</a>|<[^>]+>', "", spot)).startswith(
            marked[:8].split("\n")[0]
        )
    assert ("按文中顺序" in page) == (language == "zh-hans")


@pytest.mark.parametrize(("language", "more"), [("en", "13 more places"), ("zh-hans", "另有 13 处")])
def test_of_a_finding_with_many_other_places_some_are_shown_and_the_rest_folded(browse, language, more):
    paper = CLEAN.replace(
        "\n云岭", "".join(f"\n{n}、巡护记录按月归档备查。" for n in range(1, 21)) + "\n云岭", 1
    )
    page = checked(browse("clerk", language), paper).content.decode()
    shown, _, folded = page.partition(more)
    assert "全文这样写的有20处" in page or "as 20 in this paper are" in page
    assert folded.count('class="other"') == 13 and shown.count('class="other"') == 6


def test_a_file_and_the_same_text_pasted_say_the_same(browse):
    clerk = browse("clerk")
    made = Document()
    for line in BAD.splitlines():
        made.add_paragraph(line)
    kept = io.BytesIO()
    made.save(kept)
    chosen = ("left_open", "noise", "numbers", "personal")
    pasted = text_of(checked(clerk, BAD, families=chosen))
    count = re.search(r"(\d+) findings", pasted)[0]
    for data, name in ((kept.getvalue(), "总结.docx"), (BAD.encode("gb18030"), "总结.txt")):
        page = text_of(checked(clerk, data, name, families=chosen))
        assert count in page and name in page
    assert "gb18030" in page


def test_the_mended_copy_is_offered_and_nothing_but_noise_is_mended_in_it(browse):
    page = checked(browse("clerk"), BAD.encode(), "总结.txt").content.decode()
    name, address = re.search(r'download="([^"]+)" href="data:text/plain;base64,([^"]+)"', page).groups()
    mended = base64.b64decode(unescape(address)).decode()
    assert unescape(name) == "总结.mended.txt"
    assert mended == BAD.replace("１２６", "126").replace("，，", "，")
    assert re.findall(r"<del>(.*?)</del>", page) and re.findall(r"<ins>(.*?)</ins>", page)


def test_a_clean_paper_is_said_to_be_clean_and_only_what_is_ticked_is_looked_for(browse):
    clerk = browse("clerk")
    page = text_of(checked(clerk, CLEAN))
    assert "Nothing is wrong" in page and "Download" not in page
    only = text_of(checked(clerk, BAD, families=["numbers"]))
    told = [each.message.en for each in check(from_text(BAD))]
    numbers = [
        each.message.en
        for each in check(from_text(BAD), without=[name for name in FAMILIES if name != "numbers"])
    ]
    assert numbers and all((message in only) == (message in numbers) for message in told)
    assert checked(clerk, BAD, families=[]).status_code == 422


def test_a_single_rule_is_left_out_where_it_is_ticked(browse):
    clerk = browse("clerk")
    found = check(from_text(BAD))
    rule = Counter(each.rule for each in found).most_common(1)[0][0]
    kept = check(from_text(BAD), without=[rule])
    assert 0 < len(kept) < len(found)
    given = {"text": BAD, "families": list(FAMILIES)}
    answer = clerk.post(reverse("papers:check"), {**given, "left_out": [rule]})
    page = answer.content.decode()
    assert f"{len(kept)} findings" in text_of(answer)
    assert re.search(rf'value="{rule}"[^>]*checked', page) and '<details class="fold" open>' in page
    assert clerk.post(reverse("papers:check"), {**given, "left_out": ["no-such-rule"]}).status_code == 422


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.doc", ".docx"),
        (b"PK\x03\x04 broken", "a.docx", "damaged"),
        (b"%PDF-1.4\nnothing", "a.pdf", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a.txt", "picture"),
    ],
)
def test_what_is_no_paper_is_refused_beside_its_field_with_what_to_do(browse, data, name, reason):
    response = checked(browse("clerk"), data, name)
    assert response.status_code == 422
    assert reason in text_of(response) and "Traceback" not in text_of(response)


def test_too_much_is_refused_and_nothing_at_all_too(browse, monkeypatch):
    clerk = browse("clerk")
    monkeypatch.setattr(forms, "LARGEST", 100)
    monkeypatch.setattr("fenghuo.desk.summary.checking.page.LONGEST", 50)
    for given, reason in (
        ({"families": ["noise"]}, "Choose a file or paste a text."),
        ({"file": SimpleUploadedFile("a.txt", b"x" * 101), "families": ["noise"]}, "larger than 10 MB"),
        ({"text": "火" * 51, "families": ["noise"]}, "more than 200,000 characters"),
    ):
        response = clerk.post(reverse("papers:check"), given)
        assert (response.status_code, reason in text_of(response)) == (422, True)


def test_a_paper_cannot_act_on_the_page_and_nothing_of_it_is_kept(browse):
    before = Entry.objects.count()
    hostile = BAD + "\n<script>alert(1)</script>\u202e<img src=x onerror=alert(1)>"
    page = checked(browse("clerk"), hostile).content.decode()
    assert "<script>alert(1)" not in page and "<img src=x" not in page
    assert "\u202e" not in re.sub(r"<textarea.*?</textarea>", "", page, flags=re.S)
    assert Entry.objects.count() == before
