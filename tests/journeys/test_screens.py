"""Every screen in both languages, on desktop and phone, by day and in the dark: nothing overflows, all is labelled.

What axe-core calls serious or critical fails the test; so does anything the browser's console reports.
"""

from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Page, expect

from fenghuo.core.access import Role
from fenghuo.desk.warning import links
from tests.worked_desk import Worked

from .conftest import DESKTOP, PHONE

AXE = (Path(__file__).parent / "vendor/axe-core/axe.min.js").read_text(encoding="utf-8")
GROUND = {
    "light": {"rgb(245, 246, 244)", "rgb(255, 255, 255)"},
    "dark": {"rgb(17, 24, 31)", "rgb(26, 35, 44)"},
}
"""What lies under everything: the tokens ground and surface."""

LOOKS = [
    pytest.param("zh-hans", [(PHONE, "light"), (DESKTOP, "dark")], id="Chinese"),
    pytest.param("en", [(DESKTOP, "dark"), (PHONE, "light")], id="English"),
]

FAULTS = """() => {
  const fields = [...document.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const named = (field) => field.labels?.length || field.ariaLabel || field.getAttribute("aria-labelledby");
  const torn = [];
  const range = document.createRange();
  for (const part of document.querySelectorAll("h1, h2, dt, th, label, legend, button, .btn, .chip")) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const word of walker.currentNode.data.matchAll(/[A-Za-z]+/g)) {
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) torn.push(`torn apart: ${word[0]}`);
      }
    }
  }
  const over = document.documentElement.scrollWidth - window.innerWidth;
  return [
    ...(over > 0 ? [`${over} px wider than the screen`] : []),
    ...(document.querySelectorAll("h1").length === 1 ? [] : ["not exactly one h1"]),
    ...(document.title.trim() ? [] : ["no title"]),
    ...[...document.images].filter((image) => !image.hasAttribute("alt")).map((image) => `no alt: ${image.src}`),
    ...torn,
    ...fields.filter((field) => !named(field)).map((field) => `no label: ${field.outerHTML}`),
  ];
}"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
VIOLATIONS = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(" | ")}`);
}"""


def screens(worked: Worked) -> dict[str, list[str]]:
    """The addresses of every screen, by the user name of who looks at it."""
    village = worked.desk.villages[0].code
    return {
        "duty": [
            reverse("home"),
            reverse("search") + "?q=Shimen",
            reverse("danger:overview"),
            reverse("danger:area", args=[village]),
            reverse("danger:import"),
            reverse("danger:forecast_import"),
            reverse("danger:columns", args=[worked.file.pk]),
            reverse("danger:mapping", args=[worked.columns.pk]),
            reverse("danger:checks"),
            reverse("danger:check", args=[worked.doubt.pk]),
            reverse("danger:forecast"),
            reverse("danger:forecast_issue", args=[worked.forecast.pk]),
            reverse("danger:fetching"),
            reverse("danger:skill"),
            reverse("danger:pairs") + "?lead=0",
            reverse("danger:settings"),
            reverse("warning:list"),
            reverse("warning:new"),
            reverse("warning:check"),
            reverse("warning:edit", args=[worked.by_threshold.pk]),
            reverse("warning:edit", args=[worked.approved.pk]),
            reverse("warning:board", args=[worked.issued.pk]),
            reverse("warning:board", args=[worked.lifted.pk]),
            reverse("warning:recipient", args=[worked.recipient.pk]),
            reverse("warning:recipient", args=[worked.waiting.pk]),
            reverse("duty:day"),
            reverse("duty:roster"),
            reverse("duty:shift_new"),
            reverse("duty:shift", args=[worked.coming.pk]),
            reverse("duty:correct", args=[worked.log.pk]),
            reverse("duty:handover"),
            reverse("duty:handed_over", args=[worked.handover.pk]),
            reverse("inspection:list"),
            reverse("inspection:list") + "?state=closed",
            reverse("inspection:new"),
            reverse("inspection:hazard", args=[worked.major.pk]),
            reverse("inspection:hazard", args=[worked.closed.pk]),
            reverse("inspection:verify", args=[worked.rectified.pk]),
            reverse("incident:list"),
            reverse("incident:detail", args=[worked.incident.pk]),
            reverse("incident:follow_up", args=[worked.incident.pk]),
            reverse("incident:finish", args=[worked.filed.pk]),
            reverse("incident:file", args=[worked.incident.first_report.pk]),
            reverse("summary:page"),
            reverse("papers:check"),
            reverse("papers:archive"),
            reverse("summary:figure", args=["hazards_found"]),
            reverse("summary:sealed", args=[worked.summary.pk]),
            reverse("summary:sealed_figure", args=[worked.summary.pk, "hazards_found"]),
            reverse("places:list"),
            reverse("places:import"),
            reverse("places:elevation", args=[worked.desk.sites[0].pk]),
            reverse("journal:list"),
            reverse("journal:entry", args=[30]),
        ],
        "leader": [reverse("warning:edit", args=[worked.submitted.pk])],
        "contact": [
            reverse("home"),
            reverse("warning:inbox"),
            reverse("warning:letter", args=[worked.recipient.pk]),
            reverse("incident:new"),
        ],
        "responsible": [
            reverse("inspection:plan", args=[worked.major.pk]),
            reverse("inspection:rectify", args=[worked.major.pk]),
        ],
        "county": [reverse("home"), reverse("duty:day"), reverse("incident:list")],
        "": [
            reverse("login"),
            reverse("warning:acknowledge", args=[links.token(worked.recipient, worked.desk.deputy)]),
            reverse(
                "warning:acknowledge", args=[links.token(worked.other_recipient, worked.desk.other_contact)]
            ),
        ],
    }


@pytest.mark.journey
@pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="how a page looks is no database's matter; that each works on both, test_every_page tells",
)
@pytest.mark.parametrize(("language", "looks"), LOOKS)
def test_every_screen_fits_and_is_labelled(worked, sign_in, open_page, language, looks):
    """Each screen is opened in one look and turned to the other, as a window is widened and night falls.

    axe-core looks at the first: in Chinese at a phone by day, in English at a desk in the dark.
    """
    for officer in (worked.desk.deputy, worked.desk.other_contact):
        officer.language = language
        officer.save()
    (opened_at, _), *_ = looks
    faults = []
    for username, paths in screens(worked).items():
        page = sign_in(username, language, viewport=opened_at) if username else open_page(language, opened_at)
        for path in paths:
            turn(page, *looks[0])
            answer = page.goto(path)
            assert answer.status == 200, path
            page.evaluate(AXE)
            for number, (size, light) in enumerate(looks):
                turn(page, size, light)
                where = f"{username} {path} {size['width']} px {light}"
                found = faults_of(page, language, light) + (page.evaluate(VIOLATIONS) if not number else [])
                faults += [f"{where}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def turn(page: Page, size: dict[str, int], light: str) -> None:
    """To that size and light; what answers to a change of size has done so when this returns."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=light, reduced_motion="reduce")
    page.evaluate(TWO_FRAMES)


def faults_of(page: Page, language: str, light: str) -> list[str]:
    found = page.evaluate(FAULTS)
    if page.locator("html").get_attribute("lang") != {"en": "en", "zh-hans": "zh-Hans"}[language]:
        found.append("not in the language that was asked for")
    if page.evaluate("getComputedStyle(document.body).backgroundColor") not in GROUND[light]:
        found.append(f"not {light}")
    return found


@pytest.mark.journey
def test_the_desk_is_worked_by_the_keyboard(worked, clock, sign_in):
    clock.forward(minutes=1)
    page = sign_in("duty", "en")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    page.keyboard.press("l")
    log = page.get_by_label("Add to the log")
    expect(log).to_be_focused()
    page.keyboard.type("Smoke seen from the tower, gone by 13:10")
    page.keyboard.press("Enter")
    expect(page.locator("#log-tail")).to_contain_text("Smoke seen from the tower, gone by 13:10")

    page.keyboard.press("Control+k")
    search = page.get_by_role("searchbox", name="Search")
    expect(search).to_be_focused()
    page.keyboard.type("Smoke")
    expect(page.locator("#find-results").get_by_role("link")).to_contain_text("Smoke seen from the tower")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(search).to_be_hidden()

    page.get_by_role("main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("w")
    expect(page.get_by_role("heading", level=1)).to_have_text("Warnings")

    page.get_by_role("link", name="Orange warning: forest fire danger").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Orange warning: forest fire danger")
    page.wait_for_load_state()
    page.get_by_role("button", name="Lift").focus()
    page.keyboard.press("Enter")
    asked = page.get_by_role("dialog")
    expect(asked.get_by_role("button", name="Lift the warning")).to_be_focused()
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    expect(page.get_by_text("Next step")).to_be_visible()


@pytest.mark.journey
def test_the_acknowledgement_page_is_light_and_runs_no_script(worked, open_page):
    page = open_page("en", PHONE)
    weights = []
    page.on("response", lambda response: weights.append((response.request.resource_type, response)))
    page.goto(reverse("warning:acknowledge", args=[links.token(worked.waiting, leader(worked))]))
    expect(page.get_by_role("button")).to_have_count(1)
    assert "script" not in {kind for kind, _ in weights}
    assert sum(len(response.body()) for _, response in weights) < 50_000


def leader(worked: Worked):
    return worked.desk.officers[Role.LEADER]
