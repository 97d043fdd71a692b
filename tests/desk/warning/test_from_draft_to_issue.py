"""A warning is drafted, signed by a second officer, issued as CAP, updated, cancelled."""

from datetime import timedelta

import pytest

from fenghuo.core import cap
from fenghuo.core.access import NotAllowed, NotFound, RuleBroken
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers import identity
from fenghuo.desk.warning import commands, queries
from fenghuo.desk.warning.models import Delivery, Recipient, Warning


def test_a_threshold_draft_waits_and_sends_nothing(desk, clock, work, mailboxes):
    program = identity.program(clock.now)
    warning = commands.draft(
        program, areas=desk.villages, level="orange", cause="火险 4 级", source="threshold"
    )
    clock.forward(days=1)
    work()
    assert Warning.objects.get().state == "draft"
    assert Recipient.objects.count() == Delivery.objects.count() == 0
    assert mailboxes.letters == []
    assert warning.area == desk.township
    with pytest.raises(NotAllowed):
        commands.approve(program, warning)


def test_a_draft_of_the_same_day_and_areas_is_not_doubled(desk, clock, story, as_role):
    program = identity.program(clock.now)
    first = commands.draft(program, areas=desk.villages, level="yellow", source="threshold")
    again = commands.draft(program, areas=desk.villages[::-1], level="yellow", source="threshold")
    raised = commands.draft(program, areas=desk.villages, level="red", source="threshold")
    assert first.pk == again.pk == raised.pk
    assert raised.level == "red"
    assert story.draft(areas=desk.villages[:1]).pk != first.pk
    clock.forward(days=1)
    assert commands.draft(identity.program(clock.now), areas=desk.villages, level="red").pk != first.pk


def test_what_an_officer_withdrew_is_not_drafted_again_by_the_threshold_that_day(desk, clock, as_role):
    program = identity.program(clock.now)
    first = commands.draft(program, areas=desk.villages, level="yellow", source="threshold")
    commands.withdraw(as_role("duty"), first)
    assert commands.draft(program, areas=desk.villages, level="yellow", source="threshold").pk == first.pk
    assert Warning.objects.filter(state__in=Warning.OPEN).count() == 0
    assert commands.draft(program, areas=desk.villages, level="red", source="threshold").state == "draft"


def test_the_leader_signs_and_never_what_they_wrote_themselves(story, as_role):
    own = commands.draft(as_role("leader"), areas=story.desk.villages, level="red")
    commands.submit(as_role("leader"), own)
    with pytest.raises(RuleBroken):
        commands.approve(as_role("leader"), own)
    rewritten = story.draft("yellow")
    commands.edit(as_role("leader"), rewritten, cause="风大")
    commands.submit(as_role("duty"), rewritten)
    with pytest.raises(RuleBroken):
        commands.approve(as_role("leader"), rewritten)


@pytest.mark.parametrize("role", ["duty", "contact", "inspector", "responsible", "clerk", "county"])
def test_only_a_leader_approves(story, as_role, role):
    warning = story.draft()
    commands.submit(as_role("duty"), warning)
    with pytest.raises(NotAllowed):
        commands.approve(as_role(role), warning)


def test_nothing_is_issued_unsigned_and_a_change_takes_the_signature_away(story, as_role):
    warning = story.draft()
    for attempt in (
        lambda: commands.issue(as_role("duty"), warning),
        lambda: commands.approve(as_role("leader"), warning),
    ):
        with pytest.raises(RuleBroken):
            attempt()
    warning = story.approved("red")
    commands.edit(as_role("duty"), warning, level="blue")
    with pytest.raises(RuleBroken):
        commands.issue(as_role("duty"), warning)
    assert Warning.objects.get(pk=warning.pk).approved_by is None


def test_the_leader_sends_back_with_a_reason_that_the_writer_sees(story, as_role):
    warning = story.draft()
    commands.submit(as_role("duty"), warning)
    with pytest.raises(RuleBroken):
        commands.send_back(as_role("leader"), warning, "  ")
    returned = commands.send_back(as_role("leader"), warning, "双泉不必")
    assert (returned.state, returned.send_back_reason) == ("draft", "双泉不必")


def test_a_warning_that_would_have_expired_is_not_issued(story, as_role, clock):
    warning = story.approved(valid_hours=2)
    clock.forward(hours=3)
    with pytest.raises(RuleBroken) as broken:
        commands.issue(as_role("duty"), warning)
    assert broken.value.field == "expires"


def test_issue_numbers_by_area_and_year_and_warns_every_unit_once(story, desk, as_role):
    warning = story.issued()
    assert warning.number == "云岭〔2026〕1号"
    assert story.issued("red").number == "云岭〔2026〕2号"
    units = {recipient.unit.name: recipient.officer for recipient in warning.recipients.all()}
    assert units["石门村委会"].username == "contact"
    assert units["双泉村委会"].username == "other"
    assert units["石门林场"] is None  # no contact: it shows on the board, and is not left out
    sent = Delivery.objects.filter(recipient__warning=warning)
    assert sorted((d.officer.username, d.channel) for d in sent) == [
        ("contact", "inbox"),
        ("other", "inbox"),
    ]


def test_each_channel_carries_one_message_to_each_address(story, desk, as_role, mailboxes):
    warning = story.issued()
    sent = Delivery.objects.filter(recipient__warning=warning)
    assert sorted((d.officer.username, d.channel, d.target) for d in sent) == [
        ("contact", "inbox", ""),
        ("contact", "mail", "contact@example.org"),
        ("other", "inbox", ""),
        ("other", "mail", "other@example.org"),
    ]
    assert len({d.key for d in sent}) == 4


def test_the_alert_is_valid_cap_in_two_languages_with_the_ground_it_covers(story):
    warning = story.issued("red", cause="连续 17 天无雨", cause_en="No rain for 17 days")
    assert cap.check(warning.cap_xml.encode()) == []
    alert = cap.parse(warning.cap_xml.encode())
    assert (alert.msg_type, alert.status, alert.scope) == ("Alert", "Actual", "Public")
    assert alert.identifier == warning.identifier == "110199100_20260403130000_1"
    assert alert.sent == warning.issued_at
    chinese, english = alert.infos
    assert (chinese.language, chinese.event, chinese.severity) == ("zh-CN", "森林火险", "Extreme")
    assert (english.language, english.headline) == ("en-US", "Red warning: forest fire danger")
    assert "连续 17 天无雨" in chinese.description
    assert "No rain for 17 days." in english.description
    assert chinese.expires == warning.expires
    assert [area.geocodes[0].value for area in chinese.areas] == ["110199100201", "110199100202"]
    assert all(len(area.polygons[0].points) == 5 for area in chinese.areas)


def test_an_update_and_a_cancellation_refer_to_the_original_and_end_it(story, as_role, clock):
    first = story.issued()
    clock.forward(minutes=5)
    second = story.updated(first)
    reference = cap.parse(first.cap_xml.encode()).reference
    assert cap.parse(second.cap_xml.encode()).references == (reference,)
    assert cap.parse(second.cap_xml.encode()).msg_type == "Update"
    assert Warning.objects.get(pk=first.pk).state == "updated"
    clock.forward(minutes=5)
    third = commands.cancel(as_role("duty"), second)
    alert = cap.parse(third.cap_xml.encode())
    assert alert.msg_type == "Cancel"
    assert alert.references == (cap.parse(second.cap_xml.encode()).reference,)
    assert all(cap.check(one.cap_xml.encode()) == [] for one in (second, third))
    assert Warning.objects.get(pk=second.pk).state == "cancelled"
    assert queries.in_force(as_role("duty")) == []
    with pytest.raises(RuleBroken):
        commands.update(as_role("duty"), first)
    with pytest.raises(RuleBroken):
        commands.cancel(as_role("duty"), second)


def test_who_was_warned_first_hears_of_the_update_even_where_it_no_longer_reaches(story, desk, as_role):
    first = story.issued()
    following = commands.update(as_role("duty"), first)
    assert commands.update(as_role("duty"), first).pk == following.pk
    commands.edit(as_role("duty"), following, areas=desk.villages[:1])
    commands.submit(as_role("duty"), following)
    commands.approve(as_role("leader"), following)
    second = commands.issue(as_role("duty"), following)
    assert {r.unit.name for r in second.recipients.all()} == {"石门村委会", "双泉村委会", "石门林场"}


def test_untouched_words_follow_the_event_and_touched_ones_stay(story, desk, as_role):
    warning = commands.edit(as_role("duty"), story.draft(), event="gale")
    assert "高空坠物" in warning.description_zh
    assert "loose things" in warning.instruction_en
    warning = commands.edit(as_role("duty"), warning, description_zh="今夜风大", event="rainstorm")
    assert warning.description_zh == "今夜风大"
    assert "Heavy rain" in warning.description_en


@pytest.mark.parametrize(
    "change",
    [
        {"level": "purple"},
        {"event": "meteor"},
        {"description_zh": " "},
        {"instruction_zh": ""},
        {"channels": ["pigeon"]},
        {"areas": []},
    ],
)
def test_a_change_that_breaks_a_rule_is_refused(story, as_role, change):
    with pytest.raises(RuleBroken):
        commands.edit(as_role("duty"), story.draft(), **change)


def test_an_officer_drafts_for_their_own_area_alone(story, desk, as_role):
    with pytest.raises(NotAllowed):
        commands.draft(as_role("duty"), areas=[desk.county], level="red")


def test_every_act_is_in_the_journal_with_its_officer(story, as_role, clock):
    warning = story.issued()
    commands.cancel(as_role("duty"), warning)
    acts = list(Entry.objects.filter(act__startswith="warning.").values_list("act", "officer_name"))
    assert acts == [
        ("warning.drafted", "王值班"),
        ("warning.submitted", "王值班"),
        ("warning.approved", "李带班"),
        ("warning.issued", "王值班"),
        ("warning.cancelled", "王值班"),
    ]


def test_who_sees_which_warnings(story, desk, as_role, clock):
    draft = story.draft(areas=desk.villages[:1], level="blue")
    shimen = story.issued(areas=desk.villages[:1])
    shuangquan = story.issued(areas=desk.villages[1:])
    whole = story.issued("red", areas=[desk.township])
    seen = {
        role: {one.pk for one in queries.warnings(as_role(role))}
        for role in ("duty", "contact", "county", "inspector")
    }
    assert seen["duty"] == {draft.pk, shimen.pk, shuangquan.pk, whole.pk}
    assert seen["contact"] == {shimen.pk, whole.pk}
    assert seen["county"] == seen["inspector"] == {shimen.pk, shuangquan.pk, whole.pk}
    with pytest.raises(NotFound):
        queries.warning(as_role("contact"), shuangquan.pk)
    with pytest.raises(NotAllowed):
        queries.board(as_role("contact"), shimen)
    clock.forward(days=3)
    assert queries.in_force(as_role("duty")) == []
    assert timedelta(0) < clock.now - whole.expires


def test_a_board_shows_the_units_of_the_callers_area_alone(story, desk, as_role, clock):
    warning = story.issued()
    there = officers.add_officer(
        identity.program(clock.now),
        username="duty2",
        name="丁值班",
        role="duty",
        area=desk.villages[1],
        password=None,
    )
    caller = identity.caller_for(there, clock.now)
    assert [row.recipient.unit.name for row in queries.board(caller, warning).rows] == ["双泉村委会"]
    with pytest.raises(NotFound):
        queries.recipient(caller, story.unit(warning, 0).pk)
