"""The archive of papers: what was copied from one of them is found; personal data is not collected; nothing is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fenghuo.core.access import NotAllowed, NotFound, RuleBroken
from fenghuo.core.paper.check.document import from_text
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.summary.checking import archive
from fenghuo.desk.summary.models import ArchivedPaper
from tests.desk.summary.test_checking_page import checked, text_of

TELLING = (
    "上半年，镇森林防火指挥部组织三支巡护队分片包干，在清明、五一等重点时段对{}条进山路口逐一设卡登记，"
    "累计劝返携带火种人员{}人次，制止林缘违规用火{}起，未发生森林火灾。"
)
LAST_YEAR = "云岭镇2025年上半年森林防火工作总结\n" + TELLING.format(14, 236, 9)
THIS_YEAR = "云岭镇2026年上半年森林防火工作总结\n" + TELLING.format(16, 251, 7)


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path):
    settings.FENGHUO_ARCHIVE = tmp_path / "archive"


def kept(caller, text: str, name: str = "2025年总结.docx") -> ArchivedPaper:
    return archive.add(caller, from_text(text, name))


def test_a_paragraph_copied_from_last_year_is_shown_beside_it_with_the_difference(desk, as_role, browse):
    kept(as_role("clerk"), LAST_YEAR)
    page = checked(browse("clerk"), THIS_YEAR, families=["copied"]).content.decode()
    assert page.count("2025年总结.docx") >= 2 and ArchivedPaper.objects.get().key not in page
    for old in ("14", "236", "9"):
        assert f"<ins>{old}</ins>" in page
    assert "Nothing is wrong" in text_of(checked(browse("clerk"), LAST_YEAR, families=["copied"]))


def test_a_paper_taken_out_is_compared_with_no_longer_and_the_journal_keeps_both_acts(desk, as_role, browse):
    clerk = as_role("clerk")
    paper = kept(clerk, LAST_YEAR)
    assert "2025年总结.docx" in text_of(checked(browse("clerk"), THIS_YEAR, families=["copied"]))
    archive.remove(clerk, paper.pk)
    assert "2025年总结.docx" not in text_of(checked(browse("clerk"), THIS_YEAR, families=["copied"]))
    acts = list(Entry.objects.filter(subject=paper.subject).order_by("pk").values_list("act", flat=True))
    assert acts == ["paper.archived", "paper.unarchived"]
    with pytest.raises(NotFound):
        archive.remove(clerk, paper.pk)


def test_a_lost_or_damaged_index_is_made_anew(desk, as_role, settings):
    kept(as_role("clerk"), LAST_YEAR)
    file = settings.FENGHUO_ARCHIVE / archive.FILE
    for damage in (lambda: file.unlink(), lambda: file.write_bytes(b"no index")):
        archive.index()
        damage()
        found = archive.compared(as_role("clerk"), from_text(THIS_YEAR), ("layout",))
        assert [each.elsewhere[0].paper for each in found if each.elsewhere] == ["2025年总结.docx"]


def test_what_should_not_be_published_is_not_collected(desk, as_role):
    with pytest.raises(RuleBroken, match=r"personal data.*line 2"):
        kept(as_role("clerk"), "关于帮扶的报告\n联系人身份证号110101199003070011。")
    with pytest.raises(RuleBroken, match="no text"):
        kept(as_role("clerk"), " \n")
    kept(as_role("clerk"), LAST_YEAR)
    with pytest.raises(RuleBroken, match="already"):
        kept(as_role("clerk"), LAST_YEAR, "again.txt")


def test_only_the_office_adds_and_takes_out(desk, as_role):
    for role in ("contact", "inspector", "county", "responsible"):
        with pytest.raises(NotAllowed):
            kept(as_role(role), LAST_YEAR)
    paper = kept(as_role("duty"), LAST_YEAR)
    with pytest.raises(NotAllowed):
        archive.remove(as_role("contact"), paper.pk)


def test_papers_come_in_all_or_none(desk, browse):
    clerk = browse("clerk")
    good, bad = (
        SimpleUploadedFile("a.txt", LAST_YEAR.encode()),
        SimpleUploadedFile("b.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    )
    response = clerk.post(reverse("papers:archive"), {"files": [good, bad]})
    assert response.status_code == 422 and "b.doc" in text_of(response)
    assert not ArchivedPaper.objects.exists()
    good.seek(0)
    assert "1 paper is in the archive now." in text_of(
        clerk.post(reverse("papers:archive"), {"files": [good]}, follow=True)
    )
    assert clerk.post(reverse("papers:archive"), {}).status_code == 422
