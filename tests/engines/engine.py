"""What all three engines can be told. Whatever is told waits for a state, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count, repeat
from typing import Any

from tests.browser.scene import WORKING, Live
from tests.conftest import CAST, PASSWORD

#: seconds; two busy cores are slow
PATIENCE = 60
LOADED = "document.readyState === 'complete'"


class Engine:
    """A browser with one person's phone in it. Elements are named by CSS, or by XPath from "//"."""

    #: how the engine says that the page is on its way to another, or drawing itself
    PASSING: tuple[type[Exception], ...] = ()

    #: whoever came in and has all she keeps on it
    whose = ""

    def __init__(self, live: Live) -> None:
        self.live = live

    # What each does its own way

    def open(self) -> None: ...
    def close(self) -> None: ...
    def go(self, path: str) -> None: ...
    def js(self, expression: str) -> Any:
        """What it comes to; a promise is awaited."""

    def tap(self, element: str) -> None: ...
    def press(self, element: str, key: str) -> None: ...
    def write(self, element: str, words: str) -> None:
        """In place of what stands there."""

    def offline(self, yes: bool) -> None:
        """Tells the browser, as far as it can be told."""

    def other_tab(self) -> AbstractContextManager[None]:
        """What is told inside is told to a tab beside."""

    def begin_again(self) -> None:
        """The browser's process ends, and another begins on the same profile."""

    def answers(self) -> bool:
        """Whether anything more can be told to it."""
        return True

    # What is the same for all

    def at(self, path: str) -> None:
        self.until(lambda: self.js(f"location.pathname === {path!r} && {LOADED}"), f"at {path}")

    def sees(self, words: str, within: str = "body") -> None:
        self.until(lambda: words in self.words(within), f"“{words}” in {within}")

    def misses(self, words: str, within: str = "body") -> None:
        self.until(lambda: words not in self.words(within), f"no “{words}” in {within}")

    def words(self, within: str) -> str:
        """As they are shown, so neither hidden ones nor those of a script."""
        return " ".join((self.js(f"document.querySelector({within!r})?.innerText") or "").split())

    def says(self, words: str) -> None:
        self.sees(words, "tide-status")

    def until(self, holds: Callable[[], Any], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not self.now(holds):
            assert time.monotonic() < end, f"not within {PATIENCE} seconds: {what}\n{self.words('body')}"
            time.sleep(0.05)

    def now(self, holds: Callable[[], Any]) -> bool:
        try:
            return bool(holds())
        except self.PASSING:
            return False

    # What a person does

    def sign_in(self, who: str) -> None:
        self.go("/sign-in")
        self.js(f"document.querySelector('[name=clinic]').value = '{CAST[who][0]}'")
        self.write("[name=email]", CAST[who][3])
        self.write("[name=password]", PASSWORD)
        self.tap("main form button[type=submit]")
        self.until(lambda: self.js(f"location.pathname !== '/sign-in' && {LOADED}"), "signed in")

    def come_in(self, who: str, says: str = "All sent") -> None:
        """Signed in for the first time, read who reads what, and everything pulled and kept."""
        self.sign_in(who)
        pauses = map(pow, repeat(2), count())
        self.until(lambda: self.js(WORKING) or self._ask_anew(next(pauses)), "the worker has all it keeps")
        self.at("/en/welcome")
        self.tap("#read")
        self.at("/en/")
        self.says(says)
        self.whose = who

    def _ask_anew(self, seconds: float) -> None:
        """To a page that was there before, WebKit may not say how the install ended, and pages that follow one another
        at once keep it from ending, so on a busy machine it is left alone for longer each time."""
        time.sleep(seconds)
        self.go("/en/welcome")

    @contextmanager
    def without_network(self) -> Iterator[None]:
        """The browser is told, if it can be, and nobody answers. No browser is told when a server is back, and Firefox
        does not tell a page that opened offline that it is online again; whoever opens a page looks."""
        self.offline(True)
        self.live.kill()
        yield
        self.live.start()
        self.offline(False)
        self.go("/en/")


def button(words: str) -> str:
    return f"//button[normalize-space()={words!r}]"


def choice(words: str) -> str:
    return f"//label[normalize-space()={words!r}]"


def entry(words: str) -> str:
    return f"//a[contains(@class, 'entry')][contains(., {words!r})]"
