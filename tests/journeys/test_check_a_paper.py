"""A copied paper is dropped on the page, its findings are read, the repair is seen, and the copy taken away."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import PHONE
from .words import words

BAD = """云岭镇2026年上半年森林防火工作总结
上半年，全镇共有林地XX亩，开展巡护１２６次，，制止野外用火____起。
全镇共检查42处，其中企业20处、学校12处、林区8处。
云岭镇人民政府
2026年7月5日
"""
DROP = """([name, kind, data]) => {
  const bytes = Uint8Array.from(atob(data), sign => sign.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, {type: kind}));
  const zone = document.querySelector("[data-drop]");
  for (const type of ["dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(type, {dataTransfer: carried, bubbles: true, cancelable: true}));
  }
}"""


@pytest.mark.journey
@pytest.mark.parametrize(
    ("language", "size"), [("en", None), ("zh-hans", PHONE)], ids=["English", "Chinese phone"]
)
def test_a_bad_paper_is_dropped_read_mended_and_taken_away(desk, sign_in, language, size):
    say = words(language)
    page = sign_in("clerk", language, viewport=size)
    page.goto("/summary/")
    page.get_by_role("link", name=say("Check a paper")).click()
    page.wait_for_url("**/papers/check/")
    encoded = base64.b64encode(BAD.encode("gb18030")).decode()
    page.evaluate(DROP, ["总结.txt", "text/plain", encoded])
    page.get_by_role("button", name=say("Check"), exact=True).click()

    expect(page.get_by_text("gb18030")).to_be_visible()
    listed = page.get_by_role("navigation", name=say("In the order of the text")).get_by_role("link")
    assert listed.count() >= 5
    entry = listed.filter(has_text="42处")
    target = entry.get_attribute("href")
    entry.click()
    expect(page.locator(target)).to_be_in_viewport()
    row = page.locator("li.has-findings").filter(has=page.locator(target))
    expect(row.locator("mark")).to_have_text("42处")
    row.locator(target).click()
    said = page.locator(target.replace("F", "S"))
    expect(said).to_be_in_viewport()
    expect(said).to_contain_text(say("Error"))

    page.get_by_text(say("Show the difference")).click()
    expect(page.locator(".compare del").first).to_have_text("１２６")
    expect(page.locator(".compare ins").first).to_have_text("126")
    with page.expect_download() as download:
        page.get_by_role("link", name=say("Download the mended copy")).click()
    assert download.value.suggested_filename == "总结.mended.txt"
    mended = Path(download.value.path()).read_bytes().decode("gb18030")
    assert mended == BAD.replace("１２６", "126").replace("，，", "，")
