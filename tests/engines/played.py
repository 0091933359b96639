"""Chromium and Firefox, through Playwright."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser.scene import PLAIN, Live
from tests.engines.engine import Engine

#: Debian's own, which Playwright otherwise takes for its patched one
FIREFOX = {"executable_path": "/usr/bin/firefox-esr", "channel": "moz-firefox"}
CHROMIUM = {"executable_path": "/usr/bin/chromium", "args": PLAIN}
HOW = {"chromium": CHROMIUM, "firefox": FIREFOX}


class Played(Engine):
    """With a profile on disk."""

    PASSING = (Error,)
    is_offline = False

    def __init__(self, live: Live, playwright: Playwright, name: str, profile: Path) -> None:
        super().__init__(live)
        self.kind, self.how, self.profile = getattr(playwright, name), HOW[name], profile

    def open(self) -> None:
        self.context: BrowserContext = self.kind.launch_persistent_context(
            self.profile,
            **self.how,
            base_url=self.live.address,
            viewport={"width": 390, "height": 844},
            timezone_id="America/Toronto",
            locale="en-CA",
            offline=self.is_offline,
        )
        self.page: Page = self.context.pages[0]

    def close(self) -> None:
        self.context.close()

    def go(self, path: str) -> None:
        self.page.goto(path)

    def js(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def tap(self, element: str) -> None:
        self.page.locator(element).locator("visible=true").first.click()

    def press(self, element: str, key: str) -> None:
        self.page.locator(element).wait_for()
        self.page.locator(element).press(key)

    def write(self, element: str, words: str) -> None:
        self.page.locator(element).fill(words)

    def offline(self, yes: bool) -> None:
        self.is_offline = yes
        self.context.set_offline(yes)

    @contextmanager
    def other_tab(self) -> Iterator[None]:
        first, self.page = self.page, self.context.new_page()
        yield
        self.page = first
        first.bring_to_front()

    def begin_again(self) -> None:
        self.close()
        self.open()

    def die(self) -> None:
        """As when the battery is empty: nothing can be put in order before."""
        for number in processes_with(str(self.profile)):
            os.kill(number, signal.SIGKILL)
        with suppress(Error):  # Playwright may have noticed already
            self.context.close()


def processes_with(word: str) -> list[int]:
    """Their numbers: the profile's folder is ours alone, so they are ours."""
    found = []
    for said in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word in said.read_text(errors="replace"):
                found.append(int(said.parent.name))
        except OSError:
            continue  # it ended meanwhile
    return found
