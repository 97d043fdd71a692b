"""Every figure opens exactly the records that it counts."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from docx import Document

from fenghuo.core.access import NotAllowed
from fenghuo.desk.gather import Fact, register
from fenghuo.desk.summary import figures, spans

APRIL = {"from": "2026-04-01", "to": "2026-04-30"}
NIGHT = datetime(2026, 4, 10, 15, 59, tzinfo=UTC)  # 23:59 in Asia/Shanghai


def april():
    return spans.between(datetime(2026, 4, 1).date(), datetime(2026, 4, 30).date()).period


def rows_of(html: str) -> int:
    listed = re.search(r'<ul class="rows records">(.*?)</ul>', html, re.S)
    return listed.group(1).count("<li") if listed else 0


def number_of(html: str) -> str:
    return re.search(r'class="opened-number"><b>(.*?)</b>', html).group(1)


def test_every_registered_figure_opens_as_many_records_as_it_counts_for_every_area_and_period(desk, browse):
    client = browse("duty")
    assert register.facts()
    for name in spans.NAMES:
        for area in (desk.township, desk.villages[0]):
            page = client.get(reverse("summary:page"), {"period": name, "area": area.code})
            assert page.status_code == 200
            for figure in page.context["figures"]:
                address = f"{reverse('summary:figure', args=[figure.key])}?{page.context['choice'].query}"
                assert address.replace("&", "&amp;") in page.text or address in page.text
                seen, number = 0, 1
                while True:
                    opened = client.get(f"{address}&page={number}")
                    seen += rows_of(opened.text)
                    if not opened.context["rows"].has_next():
                        break
                    number += 1
                assert seen == len(figure.records)
                assert number_of(opened.text) == figure.number
                fact = register.fact_named(figure.key)
                assert figure.value == figures.plain(fact.value(opened.context["figure"].records))
                assert fact.value is not len or figure.value == seen


def test_a_figure_counts_its_period_and_area_and_the_page_lists_each_record(walks, desk, browse):
    shimen, shuangquan = (village.code for village in desk.villages)
    walks.add(shimen, NIGHT)
    walks.add(shuangquan, NIGHT, in_time=False)
    walks.add(shimen, NIGHT.replace(day=30) + timedelta(minutes=1))  # 00:00 on 1 May
    client = browse("duty")
    opened = client.get(reverse("summary:figure", args=["walks"]), {**APRIL, "area": desk.township.code})
    assert number_of(opened.text) == "2"
    assert 'href="/walks/1/"' in opened.text and 'href="/walks/2/"' in opened.text
    assert "Walks through a village in the period." in opened.text and "April 2026" in opened.text
    village = client.get(reverse("summary:figure", args=["walks"]), {**APRIL, "area": shimen})
    assert number_of(village.text) == "1" and "/walks/2/" not in village.text
    share = client.get(
        reverse("summary:figure", args=["walks_in_time"]), {**APRIL, "area": desk.township.code}
    )
    assert number_of(share.text) == "50 %" and rows_of(share.text) == 2


def test_a_long_list_is_cut_in_the_side_sheet_which_leads_to_all_of_it(walks, desk, browse):
    for minute in range(250):
        walks.add(desk.villages[0].code, NIGHT - timedelta(minutes=minute))
    client = browse("duty")
    address = reverse("summary:figure", args=["walks"])
    sheet = client.get(address, APRIL, headers={"HX-Request": "true"})
    assert "<html" not in sheet.text and rows_of(sheet.text) == 100 and "All 250" in sheet.text
    pages = [client.get(address, {**APRIL, "page": number}) for number in (1, 2)]
    assert [rows_of(page.text) for page in pages] == [200, 50]


def test_a_share_of_nothing_is_a_dash_and_not_a_zero(walks, desk, browse):
    opened = browse("duty").get(reverse("summary:figure", args=["walks_in_time"]), APRIL)
    assert number_of(opened.text) == "—" and "No record" in opened.text


def test_a_period_that_ends_before_it_begins_is_explained_at_its_field(walks, desk, browse):
    client = browse("duty")
    page = client.get(reverse("summary:page"), {"from": "2026-04-30", "to": "2026-04-01"})
    assert page.status_code == 422 and "Put the earlier day first." in page.text
    assert page.context["form"].errors.keys() == {"from"} and not page.context["figures"]
    wrong = client.get(reverse("summary:page"), {"period": "fortnight"})
    assert wrong.status_code == 422 and "fortnight" in wrong.text
    for name in ("summary:docx", "summary:figure"):
        address = reverse(name, args=["walks"] if name == "summary:figure" else [])
        assert client.get(address, {"from": "2026-04-30", "to": "2026-04-01"}).status_code == 409
        assert client.get(address, {"from": "soon", "to": "2026-04-01"}).status_code == 409


def test_an_area_out_of_sight_and_a_figure_that_nobody_offers_are_not_there(walks, desk, browse, as_role):
    client = browse("duty")
    assert client.get(reverse("summary:page"), {"area": desk.county.code}).status_code == 404
    assert client.get(reverse("summary:figure", args=["unknown"])).status_code == 404
    with pytest.raises(NotAllowed):
        figures.figures(as_role("duty"), april(), desk.county.code)
    with pytest.raises(NotAllowed):
        figures.figures(as_role("contact"), april(), desk.villages[0].code)


def test_the_areas_offered_are_the_callers_own_and_those_within(walks, desk, browse):
    page = browse("duty").get(reverse("summary:page"))
    assert f'value="{desk.villages[1].code}"' in page.text
    assert f'value="{desk.county.code}"' not in page.text
    county = browse("county").get(reverse("summary:page"))
    assert f'value="{desk.county.code}"' in county.text


def test_a_figure_the_callers_role_may_not_read_is_left_out(walks, as_role, desk):
    def refused(caller, period, area):
        raise NotAllowed("elsewhere.read")

    register.fact(Fact("elsewhere", "Elsewhere", "What others count.", refused))
    keys = [figure.key for figure in figures.figures(as_role("inspector"), april(), desk.township.code)]
    assert keys == ["walks", "walks_in_time"]


def test_a_desk_without_figures_says_so(walks, monkeypatch, browse):
    monkeypatch.setattr(register, "_facts", {})
    assert "No figures yet" in browse("clerk").get(reverse("summary:page")).text


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "云岭镇2026年4月值守工作总结"), ("en", "Summary of duty work, Yunling, April 2026")],
)
def test_the_paper_holds_every_figure_in_its_prose_and_its_table(walks, desk, browse, language, words):
    for minute in range(37):
        walks.add(desk.villages[0].code, NIGHT - timedelta(minutes=minute), in_time=minute > 0)
    client = browse("clerk")
    answer = client.get(reverse("summary:docx"), {**APRIL, "language": language})
    assert ".docx" in answer["Content-Disposition"]
    paper = Document(io.BytesIO(answer.content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert words in text
    assert re.search(r"Walks(: )?37", text) and "97 %" in text
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Walks through a village in the period." in cells and "97 %" in cells
