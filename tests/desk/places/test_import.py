"""Sites from a table: its preview, all of its rows or none, and the columns that are never taken in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fenghuo.core.access import NotAllowed, RuleBroken
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.places import commands, table
from fenghuo.desk.places.models import Site

URL = "/places/import/"
GOOD = """\
code,name,kind,area_code,latitude,longitude
S8,南坡学校,school,110199100201,40.31,116.62
S9,北坡仓库,warehouse,110199100202,,
"""


def _file(text: str | bytes, encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile("sites.csv", text if isinstance(text, bytes) else text.encode(encoding))


def _state():
    return Site.objects.count(), Entry.objects.count()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_shown_first_and_goes_in_when_confirmed(encoding, desk, browse):
    before = _state()
    shown = browse("clerk").post(URL, {"file": _file(GOOD, encoding)})
    assert "南坡学校" in shown.content.decode()
    assert _state() == before
    answer = browse("clerk").post(URL, {"text": shown.context["table"].text, "confirmed": "1"})
    assert answer.headers["Location"] == reverse("places:list")
    assert _state() == (before[0] + 2, before[1] + 2)
    school = Site.objects.get(code="S8")
    assert (school.name, school.kind, school.area, school.latitude) == (
        "南坡学校", "school", desk.villages[0], 40.31,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_chinese_table_may_name_columns_and_kinds_in_chinese(language, desk, browse):
    text = "编码,名称,类别,辖区代码\r\nS8,南坡学校,学校,110199100201\r\n\r\n"
    shown = browse("duty", language).post(URL, {"file": _file(text, "gb18030")})
    browse("duty", language).post(URL, {"text": shown.context["table"].text, "confirmed": "1"})
    assert Site.objects.get(code="S8").kind == "school"


BROKEN = {
    "an unknown area": GOOD.replace("110199100202", "110199100299"),
    "an unknown kind": GOOD.replace("warehouse", "castle"),
    "a code twice": GOOD.replace("S9", "S8"),
    "a code that is taken": GOOD.replace("S9", "S1"),
    "a unit that there is not": GOOD.replace("area_code,", "area_code,unit,")
    .replace("201,", "201,石门林场,")
    .replace("202,", "202,石门林场,"),
    "a name too long": GOOD.replace("南坡学校", "南坡学校" * 30),
    "no name": GOOD.replace("南坡学校", ""),
    "a latitude beyond the pole": GOOD.replace("40.31", "140.31"),
    "an elevation in words": GOOD.replace("longitude", "longitude,elevation")
    .replace("116.62", "116.62,high")
    .replace(",,\n", ",,,\n"),
    "an elevation above every mountain": GOOD.replace("longitude", "longitude,elevation")
    .replace("116.62", "116.62,9000")
    .replace(",,\n", ",,,\n"),
    "a missing column": GOOD.replace("area_code", "village"),
    "a row too short": GOOD.replace(",,\n", "\n"),
    "a row too long": GOOD.replace(",,\n", ",,,,\n"),
    "a column twice": GOOD.replace("latitude", "name"),
    "no rows": GOOD.split("\n")[0],
    "an open quote": GOOD.replace("北坡仓库", '"北坡仓库'),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_one_bad_row_keeps_the_whole_table_out(text, desk, browse):
    before = _state()
    answer = browse("clerk").post(URL, {"text": text, "confirmed": "1"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"file"}
    assert _state() == before


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 a spreadsheet", b"\x89PNG\r\n\x1a\n\0\0\0\0", b"", b"a" * (table.LARGEST_FILE + 1)]
)
def test_what_is_no_csv_text_is_refused_in_words(data, desk, browse):
    before = _state()
    answer = browse("clerk").post(URL, {"file": _file(data)})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert _state() == before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "header", ["民族", "宗教信仰", "政治面貌", "religion", "Party member", "disability", "户主"]
)
def test_a_column_about_a_person_s_standing_is_refused_by_its_name(header, language, desk, browse):
    before = _state()
    rows = [line + (f",{header}" if number == 0 else ",x") for number, line in enumerate(GOOD.split())]
    text = "\n".join(rows)
    for sent in ({"file": _file(text)}, {"text": text, "confirmed": "1"}):
        answer = browse("clerk", language).post(URL, sent)
        assert answer.status_code == 422
        (said,) = answer.context["form"].errors["file"]
        assert header in said
        assert ("一律不记录" if language == "zh-hans" else "never records") in said
    with pytest.raises(RuleBroken, match=header):
        read = table.read(text)
        commands.import_sites(answer.wsgi_request.caller, read.headers, read.rows)
    assert _state() == before


def test_only_the_office_imports_and_only_into_its_own_area(desk, browse, as_role):
    for role in ("contact", "responsible", "inspector", "county"):
        assert browse(role).get(URL).status_code == 403
        assert browse(role).post(URL, {"text": GOOD, "confirmed": "1"}).status_code == 403
    read = table.read(GOOD.replace("110199100202", "110199"))
    before = _state()
    with pytest.raises(NotAllowed):
        commands.import_sites(as_role("clerk"), read.headers, read.rows)
    assert _state() == before


def test_the_empty_table_can_be_filled_in_and_imported(desk, browse):
    answer = browse("clerk").get(reverse("places:template"))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    filled = (
        answer.content.decode()
        + "S8,南坡学校,South Slope school,school,110199100201,石门林场,40.31,116.62,312.5\r\n"
    )
    shown = browse("clerk").post(URL, {"file": _file(filled)})
    assert len(shown.context["table"].rows) == 1


def test_the_list_shows_what_the_caller_may_see(desk, browse):
    names = {role: {site.code for site in browse(role).get("/places/").context["page"]}
             for role in ("duty", "contact", "responsible", "county")}  # fmt: skip
    assert names == {"duty": {"S1", "S2"}, "contact": {"S1"}, "responsible": {"S1"}, "county": {"S1", "S2"}}
    asked = [{"village": desk.villages[1].code}, {"kind": "warehouse"}, {"q": "warehouse"}, {"q": "双泉"}]
    for query in asked:
        assert [site.code for site in browse("duty").get("/places/", query).context["page"]] == ["S2"]


def test_the_responsible_unit_comes_with_its_site(desk, as_role):
    text = "编码,名称,类别,辖区代码,责任单位\nS8,南坡学校,学校,110199100201,石门林场\nS9,北坡仓库,仓库,110199100202,\n"
    read = table.read(text)
    commands.import_sites(as_role("clerk"), read.headers, read.rows)
    assert Site.objects.get(code="S8").unit.name == "石门林场" and Site.objects.get(code="S9").unit is None


@pytest.mark.parametrize("header", ["海拔", "海拔（米）", "elevation"])
def test_a_table_may_tell_how_high_its_sites_lie(header, desk, as_role):
    text = (
        f"编码,名称,类别,辖区代码,{header}\n"
        "S8,南坡学校,学校,110199100201,312.5\nS9,洼地仓库,仓库,110199100202,-154\nS7,仓库,仓库,110199100202,\n"
    )
    read = table.read(text)
    commands.import_sites(as_role("clerk"), read.headers, read.rows)
    told = dict(Site.objects.filter(code__in=("S7", "S8", "S9")).values_list("code", "elevation"))
    assert told == {"S8": 312.5, "S9": -154.0, "S7": None}


@pytest.mark.parametrize("value", ["abc", "9000", "-500", "nan", "inf", "312米"])
def test_an_impossible_elevation_is_refused_with_its_row_and_its_column(value, desk, as_role):
    text = f"编码,名称,类别,辖区代码,海拔\nS8,学校,学校,110199100201,312\nS9,仓库,仓库,110199100202,{value}\n"
    read, before = table.read(text), _state()
    with pytest.raises(RuleBroken) as refused:
        commands.import_sites(as_role("clerk"), read.headers, read.rows)
    said = str(refused.value)
    assert all(words in said for words in ("3", "elevation", value, "-430", "8850"))
    assert _state() == before
