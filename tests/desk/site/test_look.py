"""The look keeps its own rules: icons that exist, few sizes, levels' colours kept apart, small phone pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from fenghuo.desk.site.templatetags.look import time_left, when

ROOT = Path(__file__).resolve().parents[3]
DESK = ROOT / "src/fenghuo/desk"
STATIC = DESK / "site/static"
STYLES = sorted((STATIC / "site").glob("*.css"))
TEMPLATES = sorted(DESK.rglob("templates/**/*.html"))
NOW = datetime(2026, 11, 23, 6, 24, tzinfo=UTC)  # 14:24 in Asia/Shanghai


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor/lucide/icons.svg").read_text()))
    named = {
        (name, path.name)
        for path in TEMPLATES
        for name in re.findall(r"""(?:{% icon |icon=)["']([a-z0-9-]+)["']""", path.read_text())
    }
    assert {(name, file) for name, file in named if name not in sprite} == set()
    assert len(named) > 20


def test_no_template_carries_script_or_style_that_the_content_policy_refuses() -> None:
    refused = re.compile(
        r"""\sstyle=["']|\son[a-z]+=["']|<style|<script(?![^>]*\s(?:src|type="application/json")=?)"""
    )
    assert {path.name for path in TEMPLATES if refused.search(path.read_text())} == set()


def test_type_comes_in_five_sizes_and_corners_in_one() -> None:
    for path in STYLES:
        text = re.sub(r"--s(14|16|20|28|40): [^;]+;", "", path.read_text())
        sizes = set(re.findall(r"font-size: ([^;}]+)", text)) - {"inherit", "11pt"}
        assert {
            size for size in sizes if not re.fullmatch(r"var\(--s(14|16|20|28|40)\)", size.strip())
        } == set()


def test_level_colours_stand_only_where_a_level_or_a_danger_class_is_shown() -> None:
    wearers = []
    for path in STYLES:
        if path.name != "tokens.css":
            rules = re.findall(r"([^{}]+){([^{}]*)}", path.read_text())
            wearers += [
                name.strip() for name, body in rules if re.search(r"--(level|danger)-[a-z1-5]+\)", body)
            ]
    assert len(wearers) > 8
    assert [
        name for name in wearers if not re.match(r"\.(shape|band\.level-|phone-head\.level-)", name)
    ] == []


def test_the_dark_look_is_the_same_whether_chosen_or_asked_for_by_the_device() -> None:
    text = (STATIC / "site/tokens.css").read_text()
    chosen = text.split('html[data-theme="dark"] {')[1].split("}")[0]
    asked = text.split('html:not([data-theme="light"]) {')[1].split("}")[0]
    assert chosen.split() == asked.split()
    assert chosen.split()


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [":root {", 'html[data-theme="dark"] {'])
def test_text_is_readable_on_every_ground_by_day_and_in_the_dark(look: str) -> None:
    block = (STATIC / "site/tokens.css").read_text().split(look)[1].split("}")[0]
    token = dict(re.findall(r"--([a-z-]+[0-9]?): (#[0-9a-f]{6});", block))
    pairs = [
        (text, ground) for text in ("ink", "muted", "accent", "done") for ground in ("ground", "surface")
    ]
    pairs += [("on-accent", "accent"), ("done", "done-soft"), ("accent", "accent-soft"), ("ink", "waiting")]
    pairs += [(f"on-{level}", f"level-{level}") for level in ("blue", "yellow", "orange", "red")]
    weak = {pair: contrast(token[pair[0]], token[pair[1]]) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in weak.items() if ratio < 4.5} == {}


def test_a_phone_page_with_all_its_styles_stays_under_fifty_kilobytes_and_has_no_script() -> None:
    page = engines["django"].from_string(
        '{% extends "site/base_phone.html" %}{% block head %}{% include "site/components/phone_head.html"'
        ' with level="orange" title="橙色预警" subtitle="森林火险" only %}{% endblock %}'
    )
    html = page.render({})
    sheets = [STATIC / "site" / name for name in re.findall(r'href="[^"]*?/site/(\w+)[^"]*\.css"', html)]
    size = len(html.encode()) + sum(sheet.with_suffix(".css").stat().st_size for sheet in sheets)
    assert len(sheets) >= 3
    assert size < 50_000
    assert "<script" not in html


def test_a_level_is_said_in_colour_shape_and_word() -> None:
    shapes = set()
    with translation.override("zh-hans"):
        for level, word in {"blue": "蓝色", "yellow": "黄色", "orange": "橙色", "red": "红色"}.items():
            html = render_to_string("site/components/level.html", {"level": level, "bare": 1})
            assert f"shape-{level}" in html
            assert word in html
            shapes.add(re.search(r"<(?:circle|path)[^>]*>", html)[0])
    assert len(shapes) == 4


@pytest.mark.parametrize(
    ("minutes", "chinese", "english"),
    [
        (0.2, "00:01", "00:01"),
        (41, "00:41", "00:41"),
        (119, "01:59", "01:59"),
        (336, "5 小时", "5 hours"),
        (60 * 72, "3 天", "3 days"),
        (-1, "超 1 分钟", "1 minute over"),
        (-60 * 50, "超 2 天", "2 days over"),
    ],
)
def test_the_time_left_is_said_in_both_languages(minutes: float, chinese: str, english: str) -> None:
    due = NOW + timedelta(minutes=minutes)
    with translation.override("zh-hans"):
        assert time_left(due, NOW) == chinese
    with translation.override("en"):
        assert time_left(due, NOW) == english


def test_a_moment_is_said_as_today_and_carries_its_full_date() -> None:
    with translation.override("zh-hans"):
        html = when({"now": NOW}, NOW - timedelta(minutes=19))
        assert ">今天 14:05<" in html
        assert 'title="2026年11月23日 14:05"' in html
    with translation.override("en"):
        assert ">yesterday<" in when({"now": NOW}, NOW - timedelta(days=1), date_only=True)
        assert when({"now": NOW}, None) == "—"


class Composing(forms.Form):
    text = forms.CharField(label="What to do", help_text="Three lines at most.")
    level = forms.ChoiceField(label="Level", choices=[("o", "Orange")], widget=forms.RadioSelect)


def test_errors_stand_beside_their_field_and_are_linked_from_the_summary() -> None:
    with translation.override("en"):
        html = render_to_string("site/components/form.html", {"form": Composing({"text": ""})})
    assert "2 things to put right" in html
    assert 'href="#id_text"' in html
    assert 'id="id_text_error"' in html
    assert re.search(r'<input[^>]*name="text"[^>]*aria-describedby="id_text_helptext id_text_error"', html)
    assert "<fieldset" in html
