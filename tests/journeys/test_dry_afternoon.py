"""A dry afternoon: from weather that comes in to a warning acknowledged, a hazard closed, and a journal that holds.

One story in each language, told in a real browser, with real letters over SMTP. Time moves by the desk's clock.
"""

import json
import re
import urllib.request
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from docx import Document
from playwright.sync_api import Page, expect

from fenghuo.core import cap
from fenghuo.desk.danger import commands as danger
from fenghuo.desk.inspection.models import Hazard
from fenghuo.desk.journal import triggers
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.site.command_line.journal import journal
from fenghuo.desk.warning.models import Warning
from tests.desk.inspection.pictures import picture
from tests.worked_desk import weather

from .conftest import PHONE
from .words import words

INSTRUCTIONS = {"en": "Close the north gate of the forest.", "zh-hans": "关闭林区北门。"}
REPORT = {"en": "Six people patrol; the gate is shut.", "zh-hans": "六人巡山，北门已关。"}
DONE = {"en": "Cleared; the passage is free.", "zh-hans": "已清理，通道畅通。"}


@dataclass
class Afternoon:
    """The people of the story, the tools they use, and what they have come to know."""

    language: str
    desk: Any
    clock: Any
    work: Any
    mailboxes: Any
    sign_in: Any
    open_page: Any
    duty: Page = field(init=False)
    warning: Warning = field(init=False)

    def __post_init__(self):
        self.say = words(self.language)

    def see(self, page: Page, text: str) -> None:
        expect(page.get_by_text(self.say(text)).first).to_be_visible()

    def press(self, page: Page, text: str, exact: bool = True) -> None:
        page.get_by_role("button", name=self.say(text), exact=exact).click()

    def follow(self, page: Page, text: str) -> None:
        page.get_by_role("link", name=self.say(text)).first.click()

    def letters(self, who: str) -> list[str]:
        """The texts that arrived for somebody, oldest first."""
        mine = [letter for letter in self.mailboxes.letters if letter["To"] == f"{who}@example.org"]
        return [letter.get_body(("plain",)).get_content() for letter in mine]

    def answered(self, count: int) -> None:
        """The board, as it stands open before the duty officer, comes to show so many answers."""
        expect(self.duty.locator("#board .big")).to_have_text(f"{count} / 3 {self.say('answered')}")


@pytest.fixture(params=["en", "zh-hans"])
def afternoon(request, desk, clock, work, mailboxes, sign_in, open_page, settings, tmp_path) -> Afternoon:
    settings.MEDIA_ROOT = tmp_path
    Officer.objects.update(language=request.param)
    return Afternoon(request.param, desk, clock, work, mailboxes, sign_in, open_page)


@pytest.mark.journey
def test_a_dry_afternoon(afternoon, as_role):
    danger.add_station(
        as_role("duty"),
        code="SM01",
        name="石门站",
        area=afternoon.desk.township,
        latitude=40.32,
        longitude=116.68,
    )
    the_clerk_enters_the_shift(afternoon)
    weather_comes_in_and_the_map_shows_its_class(afternoon)
    the_waiting_draft_is_edited_and_submitted(afternoon)
    the_leader_approves_and_the_duty_officer_issues(afternoon)
    link = the_letter_arrives_and_a_scanner_acknowledges_nothing(afternoon)
    the_contact_acknowledges_with_one_tap_and_reports_back(afternoon, link)
    who_does_not_answer_is_called_again_and_then_the_leader(afternoon)
    the_notice_and_the_cap_alert_are_in_order(afternoon)
    lifting_the_warning_names_the_one_it_ends(afternoon)
    a_hazard_is_found_fixed_and_closed_by_another(afternoon)
    every_figure_lists_the_records_it_counts(afternoon)
    the_journal_holds_until_a_byte_is_altered(afternoon)


def the_clerk_enters_the_shift(day: Afternoon) -> None:
    clerk = day.sign_in("clerk", day.language)
    clerk.goto("/duty/roster/")
    day.follow(clerk, "Enter a shift")
    clerk.get_by_label(day.say("Leader on shift")).select_option(label=day.say("Li, leader"))
    clerk.get_by_label(day.say("Duty officer"), exact=True).select_option(label=day.say("Wang, duty officer"))
    day.press(clerk, "Keep the shift")
    expect(clerk.locator(".week .today .shift:not(.gap)")).to_contain_text(day.say("Li, leader"))


def weather_comes_in_and_the_map_shows_its_class(day: Afternoon) -> None:
    day.duty = duty = day.sign_in("duty", day.language)
    duty.goto("/danger/")
    day.follow(duty, "Import weather")
    file = {"name": "sm01.csv", "mimeType": "text/csv", "buffer": weather(day.clock.now + timedelta(hours=8))}
    duty.get_by_label(day.say("Weather file")).set_input_files(file)
    day.press(duty, "Import")
    for village in ("Shimen", "Shuangquan"):
        spoken = f"{day.say(village)} · {day.say('class 5')} {day.say('Extreme')}"
        expect(duty.get_by_role("link", name=spoken)).to_be_visible()
    chips = duty.locator(".fmap-labels .fmap-long", has_text=day.say("class 5"))
    expect(chips).to_have_count(2)
    expect(chips.first.locator("use")).to_have_attribute("href", re.compile("sign-5$"))


def the_waiting_draft_is_edited_and_submitted(day: Afternoon) -> None:
    duty = day.duty
    duty.goto("/warnings/")
    row = duty.get_by_role("listitem").filter(has_text=day.say("Red warning: forest fire danger"))
    expect(row).to_contain_text(day.say("drafted by the danger threshold"))
    expect(row).to_contain_text(day.say("Draft"))
    row.get_by_role("link").click()

    village = duty.get_by_role("checkbox", name=day.say("Shuangquan"))
    village.uncheck()
    expect(duty.locator("#reach")).to_contain_text(day.say("Goes to 1 contact in 1 village."))
    village.check()
    expect(duty.locator("#reach")).to_contain_text(day.say("Goes to 2 contacts in 2 villages."))
    duty.get_by_role("radio", name=day.say("Orange")).check()
    duty.get_by_label(day.say("Until when")).fill("2026-04-04T18:30")
    if day.language == "en":
        duty.get_by_text(day.say("In English"), exact=True).click()
    instructions = duty.get_by_label(day.say("What to do, in English")).first
    instructions.fill(INSTRUCTIONS[day.language])
    preview = duty.locator("#preview-phone")
    expect(preview.locator(".phone-head b")).to_have_text(day.say("Orange warning"))
    expect(preview.get_by_role("listitem")).to_have_text([INSTRUCTIONS[day.language]])
    expect(preview).to_contain_text("18:30")
    day.press(duty, "Submit for approval")
    day.see(duty, "Awaiting the leader's approval")
    day.warning = Warning.objects.get()


def the_leader_approves_and_the_duty_officer_issues(day: Afternoon) -> None:
    leader = day.sign_in("leader", day.language)
    leader.get_by_role("link", name=day.say("Orange warning: forest fire danger")).first.click()
    day.press(leader, "Approve")
    duty = day.duty
    duty.reload()
    day.press(duty, "Issue to 2 contacts in 2 villages")
    asked = duty.get_by_role("dialog")
    expect(asked).to_contain_text(
        day.say(
            "Issue the Orange warning of Forest fire danger to 2 contacts in 2 villages? The messages leave at once."
        )
    )
    asked.get_by_role("button", name=day.say("Issue"), exact=True).click()
    duty.wait_for_url(f"**/warnings/{day.warning.pk}/")
    day.answered(0)


def the_letter_arrives_and_a_scanner_acknowledges_nothing(day: Afternoon) -> str:
    day.work()
    (text,) = day.letters("other")
    assert INSTRUCTIONS[day.language] in text
    assert len(day.letters("contact")) == 1 and day.letters("deputy") == day.letters("leader") == []
    link = re.search(r"https?://\S+/a/\S+", text)[0]
    for method in ("HEAD", "GET"):
        with urllib.request.urlopen(urllib.request.Request(link, method=method)) as opened:
            assert opened.status == 200
    day.duty.reload()
    day.answered(0)
    return link


def the_contact_acknowledges_with_one_tap_and_reports_back(day: Afternoon, link: str) -> None:
    day.clock.forward(minutes=7)
    phone = day.open_page(day.language, viewport=PHONE, javascript=False)
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text(day.say("Orange warning"))
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    day.press(phone, "I have read this")
    expect(phone.locator(".recorded")).to_contain_text(day.say("Recorded"))
    expect(phone.locator(".recorded")).to_contain_text("13:07")
    day.answered(1)
    phone.get_by_text(day.say("Report what we did")).click()
    phone.get_by_role("textbox").fill(REPORT[day.language])
    day.press(phone, "Send the report")
    expect(phone.get_by_text(REPORT[day.language])).to_be_visible()
    row = day.duty.get_by_role("row").filter(has_text=day.say("Shuangquan village committee"))
    expect(row).to_contain_text(day.say("reported back"))


def who_does_not_answer_is_called_again_and_then_the_leader(day: Afternoon) -> None:
    day.clock.forward(minutes=12)
    day.work()
    assert day.letters("deputy") == []
    day.clock.forward(minutes=1)
    day.work()
    (text,) = day.letters("deputy")
    assert text.startswith(day.say("Shimen village committee has not answered within 20 minutes."))
    row = day.duty.get_by_role("row").filter(has_text=day.say("Shimen village committee"))
    expect(row).to_contain_text(f"{day.say('called:')} {day.say('Qian, contact')}")
    day.clock.forward(minutes=20)
    day.work()
    told = [text.splitlines()[0] for text in day.letters("leader")]
    told = [
        line
        for line in told
        if line.startswith(day.say("Shimen village committee has not answered within 40 minutes."))
    ]
    assert len(told) == 1
    day.work()
    assert len(day.letters("deputy")) == len(day.letters("other")) == len(day.letters("contact")) == 1


def the_notice_and_the_cap_alert_are_in_order(day: Afternoon) -> None:
    with day.duty.expect_download() as download:
        day.follow(day.duty, "Notice")
    notice = Document(download.value.path())
    text = "\n".join(paragraph.text for paragraph in notice.paragraphs)
    for said in ("Orange warning: forest fire danger", "Yunling [2026] No. 1", "3 April 2026"):
        assert day.say(said) in text
    assert INSTRUCTIONS[day.language] in text
    published = day.duty.request.get(day.duty.get_by_role("link", name="CAP").get_attribute("href"))
    alert = cap.parse(published.body())
    assert cap.check(alert) == []
    assert (alert.msg_type, alert.references) == (cap.MsgType.ALERT, ())


def lifting_the_warning_names_the_one_it_ends(day: Afternoon) -> None:
    duty = day.duty
    day.press(duty, "Lift")
    duty.get_by_role("dialog").get_by_role("button", name=day.say("Lift the warning")).click()
    expect(duty.get_by_role("heading", level=1)).to_have_text(
        day.say("Orange warning lifted: forest fire danger")
    )
    day.work()
    assert day.say("The warning is lifted. Regular duty goes on.") in day.letters("other")[-1]
    day.warning.refresh_from_db()
    published = duty.request.get(duty.get_by_role("link", name="CAP").get_attribute("href"))
    lifted = cap.parse(published.body())
    assert lifted.msg_type == cap.MsgType.CANCEL
    assert lifted.references == (cap.parse(day.warning.cap_xml.encode()).reference,)


def a_hazard_is_found_fixed_and_closed_by_another(day: Afternoon) -> None:
    def photo(name: str) -> dict:
        return {"name": name, "mimeType": "image/jpeg", "buffer": picture().getvalue()}

    finder = day.sign_in("inspector", day.language, viewport=PHONE)
    finder.goto("/hazards/")
    day.follow(finder, "Record a hazard")
    finder.get_by_label(day.say("Where"), exact=True).select_option(label=day.say("Shimen school"))
    finder.get_by_label(day.say("The hazard")).fill("消防通道堆放杂物")
    finder.get_by_label(day.say("Photo")).set_input_files(photo("before.jpg"))
    day.press(finder, "Record the hazard")
    expect(finder.get_by_role("img", name=day.say("The hazard as it was found, photo 1"))).to_be_visible()
    hazard = Hazard.objects.get()

    fixer = day.sign_in("responsible", day.language, viewport=PHONE)
    fixer.get_by_role("link").filter(has_text="消防通道堆放杂物").click()
    day.follow(fixer, "Report the rectification")
    fixer.get_by_label(day.say("Photo of the rectified condition")).set_input_files(photo("after.jpg"))
    fixer.get_by_label(day.say("What was done")).fill(DONE[day.language])
    day.press(fixer, "Report as rectified")
    expect(fixer.get_by_role("img", name=day.say("After the rectification, photo 1"))).to_be_visible()
    expect(fixer.get_by_role("link", name=day.say("Verify"))).to_have_count(0)
    assert fixer.request.get(f"/hazards/{hazard.pk}/verify/").status == 403

    checker = day.sign_in("inspector2", day.language, viewport=PHONE)
    checker.goto(f"/hazards/{hazard.pk}/")
    day.follow(checker, "Verify")
    checker.get_by_role("radio", name=day.say("Rectified: close the hazard")).check()
    day.press(checker, "Record the verification")
    expect(checker.locator(".chain")).to_contain_text(day.say("Verified and closed"))
    hazard.refresh_from_db()
    assert hazard.state == Hazard.State.CLOSED


def every_figure_lists_the_records_it_counts(day: Afternoon) -> None:
    page = day.duty
    page.goto("/summary/?period=month")
    sheet = page.get_by_role("dialog")
    # Two contacts warned, three calls, two contacts told that it is lifted: each by mail and in the inbox.
    wanted = {"Warnings issued": 1, "Hazards closed": 1, "Escalations": 3, "Messages sent": 14}
    for title, count in wanted.items():
        link = page.locator(".figures a").filter(has_text=day.say(title))
        expect(link.locator("b")).to_have_text(str(count))
        link.click()
        expect(sheet.get_by_role("heading", level=1)).to_have_text(day.say(title))
        expect(sheet.locator(".records > li")).to_have_count(count)
        sheet.get_by_role("button", name=day.say("Close")).click()
    with page.expect_download() as download:
        day.follow(page, "Paper (.docx)")
    paper = Document(download.value.path())
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    said += "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert all(day.say(title) in said for title in wanted)


def the_journal_holds_until_a_byte_is_altered(day: Afternoon) -> None:
    def verified() -> tuple[int, list[str]]:
        done = CliRunner().invoke(journal, ["verify", "--format", "json"])
        return done.exit_code, [finding["place"] for finding in json.loads(done.stdout)["findings"]]

    assert verified() == (0, [])
    day.duty.goto("/journal/")
    day.press(day.duty, "Verify now")
    day.see(day.duty, "the chain holds")

    with connection.schema_editor() as editor:
        triggers.remove(None, editor)
    with connection.cursor() as intruder:
        name = Entry.objects.get(seq=9).officer_name
        intruder.execute("UPDATE journal_entry SET officer_name = %s WHERE seq = 9", [name[:-1] + "X"])
    assert verified() == (1, ["journal entry 9"])
    day.duty.goto("/journal/")
    day.press(day.duty, "Verify now")
    day.see(day.duty, "The chain is broken")
    day.see(day.duty, "Entry 9")
