"""Search over everything the caller may see."""

from django.urls import reverse

from fenghuo.desk.gather import SearchHit, register

SEARCH = reverse("search")


def test_hits_are_grouped_by_kind_and_a_long_group_is_cut(browse, monkeypatch):
    def many(caller, text):
        yield from (SearchHit("Hazard", f"Crack {n}", f"/h/{n}/", "Shimen") for n in range(15))
        yield SearchHit("Village", "Shimen", "/v/1/")

    monkeypatch.setattr(register, "_search", [many])
    page = browse("duty").get(SEARCH, {"q": "shi"}).text
    assert page.count('class="hit-group"') == 2 and page.count("Crack ") == 12
    assert "and 3 more" in page and 'href="/v/1/"' in page


def test_a_village_is_found_by_either_of_its_names(browse):
    assert "Shuangquan" in browse("duty").get(SEARCH, {"q": "双泉"}).text
    assert "双泉村" in browse("duty", "zh-hans").get(SEARCH, {"q": "shuangq"}).text


def test_a_contact_does_not_find_the_neighbours_village(browse, desk):
    page = browse("contact").get(SEARCH, {"q": "Shuangquan"})
    assert desk.villages[1].code not in page.text


def test_the_dialog_gets_the_list_alone_and_an_empty_answer_says_what_to_try(browse):
    answer = browse("duty").get(SEARCH, {"q": "<b>xyzzy"}, headers={"HX-Request": "true"}).text
    assert "<html" not in answer and "Nothing found for “&lt;b&gt;xyzzy”" in answer
    assert "<b>xyzzy" not in answer


def test_no_word_no_hits(browse):
    page = browse("duty").get(SEARCH)
    assert page.status_code == 200 and 'class="hit-group"' not in page.text
