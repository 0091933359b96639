"""The product served in a process that can be killed, and a phone that can be switched off and on again."""

from __future__ import annotations

import os
import re
import time
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect
from sqlalchemy import select

from pwa import create_app
from pwa.config import Settings, wall_clock
from pwa.records import JournalEntry, db
from pwa.shell import assets
from tests.browser import forks
from tests.browser.begun import Begun
from tests.conftest import CAST, DATA_KEYS, KEYS, PASSWORD, SECRET, begin_anew
from tools.serving import free_port, wait_for
from tools.trees import ROOT

#: active: it has all it keeps. A page that was on its way meanwhile is not controlled by it; the next one is
WORKING = "navigator.serviceWorker.getRegistration().then((worker) => worker?.active?.state === 'activated')"
#: hides the page that it runs in, for good
HIDDEN = """Object.defineProperty(document, "hidden", { get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));"""
WSGI = "wsgi:app"
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
#: Chromium without windows, nor Background Sync, starts with a third of the work; tests/engines drive the whole one
CHROMIUM, WHOLE = "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"
#: it shows one site only, so each page in a process of its own would only take longer
ONE_SITE = ["--renderer-process-limit=1", "--disable-site-isolation-trials"]
PLAIN = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync", *ONE_SITE]
#: what draws and what asks the network live in the browser's own process, and of a script only what runs is compiled: a
#: start and five pages take an eighth less, hundreds of pages a tenth more
LITTLE = ["--in-process-gpu", "--enable-features=NetworkServiceInProcess2", "--no-zygote", "--js-flags=--max-lazy"]
ARGUMENTS = [*PLAIN, *LITTLE]


class Live:
    """The cast's clinics, served. `kill` is a power cut; `start` comes back with the same port and data."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.url = f"sqlite:///{folder}/tidelog.db"
        self.process: int | None = None
        self.running: tuple[str, Path, float] | None = None
        self.app: Flask = create_app(Settings(SECRET, self.url, KEYS, secure_cookies=False), wall_clock)
        with self.app.app_context():
            db.create_all()

    def begin(self) -> None:
        """As new: the cast, and nothing that anyone said."""
        if self.running != (WSGI, ROOT, built_at()):
            self.kill()
            self.start()
        with self.app.app_context():
            begin_anew(datetime.now(UTC))
            db.session.remove()

    def start(self, app: str = WSGI, tree: Path = ROOT, **more: str) -> None:
        """`tree`: another release of the product. `more`: further settings."""
        words = ["--bind", f"127.0.0.1:{self.port}", "--threads", "8", "--log-level", "warning", app]
        self.process = forks.forks_of(tree).start("gunicorn", words, {**self.environment(), **more})
        self.running = None if more else (app, tree, built_at())
        wait_for(self.address)

    def environment(self) -> dict[str, str]:
        secrets = {"SECRET_KEY": SECRET, "DATA_KEYS": DATA_KEYS}
        settings = {**secrets, "DATABASE_URL": self.url, "SECURE_COOKIES": "no", "LOGS": "quiet", "BACKUP_TO": "none"}
        return {**os.environ, **settings}

    def command(self, *words: str, tree: Path = ROOT) -> None:
        assert forks.forks_of(tree).run("flask", ["--app", "wsgi", *words], self.environment()) == 0

    def kill(self) -> None:
        if self.process:
            forks.kill(self.process)
        self.process = self.running = None

    def thoughts(self) -> list[str]:
        """Of all journals, as they stand there; the database alone holds them encrypted."""
        with self.app.app_context():
            found = list(db.session.scalars(select(JournalEntry.text)))
            db.session.remove()
        return found

    def count(self, query: str) -> int:
        with self.app.app_context():
            found = db.session.scalar(db.text(query))
            db.session.remove()
        return int(found or 0)


def built_at() -> float:
    return (assets.DIST / "built.json").stat().st_mtime


class Phone:
    """Chromium with a profile on disk. `close` ends the browser's process, `open` starts it on the same profile."""

    executable = CHROMIUM

    def __init__(self, playwright: Playwright, profile: Path, address: str) -> None:
        self.playwright, self.profile, self.address = playwright, profile, address
        self.is_offline = False
        #: what it may begin with
        self.begun: Begun | None = None

    @cached_property
    def page(self) -> Page:
        """Opened, if it is not yet."""
        return self.open()

    @cached_property
    def context(self) -> BrowserContext:
        return self.page.context

    @property
    def was_opened(self) -> bool:
        return "page" in vars(self)

    def open(self) -> Page:
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=self.executable,
            args=ARGUMENTS,
            base_url=self.address,
            viewport={"width": 390, "height": 844},
            has_touch=True,
            timezone_id="America/Toronto",
            locale="en-CA",
            offline=self.is_offline,
        )
        self.page = self.context.pages[0]
        return self.page

    def close(self) -> None:
        if self.was_opened:
            self.context.close()

    def offline(self, yes: bool = True) -> None:
        self.is_offline = yes
        self.context.set_offline(yes)

    def sign_in(self, who: str) -> Page:
        """Through the page, until the worker has all it keeps."""
        come_in(self.page, who)
        until(self.page, WORKING)
        return self.page

    def says(self, words: str, within: float = 20_000) -> None:
        """Until the status line says this."""
        expect(self.page.locator("tide-status")).to_contain_text(words, timeout=within)


def until(page: Page, holds: str, within: float = 20) -> None:
    """Polls, because the pages' own policy forbids what `wait_for_function` does."""
    end = time.monotonic() + within
    while not is_so(page, holds):
        assert time.monotonic() < end, f"not within {within} seconds: {holds}"
        page.wait_for_timeout(50)


def is_so(page: Page, holds: str) -> bool:
    try:
        return bool(page.evaluate(holds))
    except Error as error:
        if "navigation" not in error.message:
            raise
        return False


def hide(page: Page) -> None:
    """As when another app comes to the front, of which a browser without a screen knows nothing."""
    page.evaluate(HIDDEN)


def come_in(page: Page, who: str) -> None:
    """By the form, but without drawing its page, to where that leads. tests/engines type into it."""
    token = TOKEN.search(page.request.get("/sign-in").text())
    assert token
    clinic, _, _, email = CAST[who]
    typed = {"csrf_token": token[1], "clinic": clinic, "email": email, "password": PASSWORD}
    answer = page.request.post("/sign-in", form=typed, max_redirects=0)
    page.goto(answer.headers["location"])
    if CAST[who][2] == "patient":  # whose first page leads on by itself
        page.wait_for_load_state("networkidle")
