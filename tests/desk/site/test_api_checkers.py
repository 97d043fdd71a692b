"""Scripts have papers and alerts checked through the API, and hear what the libraries say."""

import base64

from django.core.files.uploadedfile import SimpleUploadedFile

from fenghuo.core import cap
from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import from_text

PAPER = "云岭镇2026年上半年总结\n全镇共检查42处，其中企业20处、学校12处、林区8处，，开展巡护１２６次。\n2026年7月5日"
ALERT = b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a</identifier></alert>'


def test_a_paper_is_checked_and_mended(holds):
    file = SimpleUploadedFile("a.txt", PAPER.encode("gb18030"))
    status, told = holds("contact").upload(
        "/papers/check", file=file, repair="true", without=["layout", "form", "total-wrong"]
    )
    found = check(from_text(PAPER), without=["layout", "form", "total-wrong"])
    assert (status, told["encoding"]) == (200, "gb18030")
    assert [(row["rule"], row["place"]["start"], row["message"]) for row in told["findings"]] == [
        (each.rule, each.span.start, each.message.en) for each in found
    ]
    mended = base64.b64decode(told["mended"]).decode("gb18030")
    assert mended == PAPER.replace("，，", "，").replace("１２６", "126")


def test_what_is_no_paper_is_refused_in_words(holds):
    status, told = holds("clerk").upload(
        "/papers/check", file=SimpleUploadedFile("a.docx", b"PK\x03\x04 broken")
    )
    assert (status, told["field"]) == (409, "file") and "damaged" in told["detail"]


def test_an_alert_is_checked_by_the_packs_asked_for(holds):
    file = SimpleUploadedFile("a.xml", ALERT)
    status, told = holds("duty").upload("/cap/check", file=file, packs=["wmo"])
    assert status == 200
    assert [row["rule"] for row in told["findings"]] == [
        each.rule for each in cap.check(ALERT, ("cap12", "wmo"))
    ]
