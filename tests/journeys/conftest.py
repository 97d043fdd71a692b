"""A real browser on a real server: Debian's chromium, driven by Playwright, on a desk with a moving clock."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from playwright.sync_api import expect, sync_playwright

from fenghuo.desk.site import worker
from tests.desk.channel.sinks import Mailboxes

# Playwright's loop runs in the test's thread while Django's calls there are ordinary, blocking ones.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}


expect.set_options(timeout=15_000)


@pytest.fixture
def mailboxes(settings, live_server):
    """A real mail server on loopback, and links in its letters that lead to the live server."""
    with Mailboxes() as sink:
        settings.FENGHUO_SMTP, settings.PUBLIC_URL = sink.url, live_server.url
        yield sink


@pytest.fixture
def work() -> Callable[[], None]:
    """`work()`: the worker's rounds until nothing more is to do, at the clock's time."""

    def rounds() -> None:
        try:
            while worker.one_round():
                pass
        finally:
            connections.close_all()

    def in_a_thread() -> None:
        # The browser's event loop holds this thread, and the worker runs loops of its own.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(rounds).result()

    return in_a_thread


@pytest.fixture(scope="module")
def chromium():
    """One browser a file: while Playwright runs, no other test of the process could run an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """`open_page("en", PHONE)`: a fresh page of that language and size; fails the test on a script error."""
    opened = []

    def page(language: str = "en", viewport: dict | None = None, javascript: bool = True):
        context = chromium.new_context(
            viewport=viewport or DESKTOP,
            base_url=live_server.url,
            locale="en" if language == "en" else "zh-CN",
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        tab = context.new_page()
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        opened.append((context, errors))
        return tab

    yield page
    for context, errors in opened:
        context.close()
        assert not errors, f"the browser reported: {errors}"


@pytest.fixture
def sign_in(open_page):
    """`sign_in(officer, "en")`: a page on which that officer has signed in through the login form."""

    def signed_in(username: str, language: str = "en", password: str = "correct horse", **kwargs):
        tab = open_page(language, **kwargs)
        tab.goto("/login/")
        tab.fill("input[name=username]", username)
        tab.fill("input[name=password]", password)
        tab.click("main form button.btn")
        tab.wait_for_url("**/")
        return tab

    return signed_in
