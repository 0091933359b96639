"""A served clinic, phones, and a desk at the clinic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from tests.browser import forks, releases
from tests.browser.begun import Begun
from tests.browser.scene import ARGUMENTS, CHROMIUM, WORKING, Live, Phone, until
from tests.browser.told import begin, course, course_of_days_ago
from tests.notices import world
from tests.notices.conftest import mailbox
from tests.notices.world import Mailbox
from tools.trees import ROOT

__all__ = ["course", "course_of_days_ago", "mailbox"]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    server = Live(tmp_path_factory.mktemp("live"))
    yield server
    server.kill()


@pytest.fixture
def live(served: Live) -> Live:
    """Running, and as new."""
    served.begin()
    return served


@pytest.fixture(scope="session")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of a newer release, built."""
    return releases.newer(tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session")
def visited(playwright: Playwright, served: Live, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The profile of a browser in which somebody looked at Tidelog before: the worker has all it keeps."""
    served.begin()
    one = Phone(playwright, tmp_path_factory.mktemp("visited") / "profile", served.address)
    one.open().goto("/en/")
    until(one.page, WORKING)
    one.close()
    return one.profile


@pytest.fixture(scope="session")
def begun(playwright: Playwright, served: Live, visited: Path, tmp_path_factory: pytest.TempPathFactory) -> Begun:
    served.begin()
    one = Phone(playwright, copytree(visited, tmp_path_factory.mktemp("begun") / "profile"), served.address)
    begin(one)
    one.close()
    return Begun.of(served, one)


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path, live: Live, visited: Path, begun: Begun) -> Iterator[Phone]:
    one = Phone(playwright, copytree(visited, tmp_path / "profile"), live.address)
    one.begun = begun
    yield one
    one.close()


@pytest.fixture
def other_phone(playwright: Playwright, tmp_path: Path, live: Live, visited: Path) -> Iterator[Phone]:
    one = Phone(playwright, copytree(visited, tmp_path / "other-profile"), live.address)
    yield one
    one.close()


@pytest.fixture
def new_phone(playwright: Playwright, tmp_path: Path, live: Live) -> Iterator[Phone]:
    """Tidelog was never open on it."""
    one = Phone(playwright, tmp_path / "new-profile", live.address)
    yield one
    one.close()


@pytest.fixture(scope="session")
def started(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def chromium(started: Browser) -> Iterator[Browser]:
    """It stays open; nothing that a test did in it does."""
    yield started
    for context in started.contexts:
        context.close()


@pytest.fixture
def desk(chromium: Browser, live: Live) -> BrowserContext:
    """A browser at the clinic, in which nobody has signed in."""
    return chromium.new_context(base_url=live.address, viewport={"width": 1440, "height": 900})


@pytest.fixture
def ahead(live: Live, mailbox: Mailbox, tmp_path: Path) -> Iterator[Path]:
    """The clinic with its rota, served by a clock that is ahead by the minutes in this file, and its courier."""
    minutes = tmp_path / "ahead"
    minutes.write_text("0")
    world.rota(live.app)
    env = {**world.mail_settings(mailbox), "VAPID_KEY": world.KEY, "AHEAD": str(minutes)}
    live.kill()
    live.start("tests.browser.later:app", **env)
    courier = forks.forks_of(ROOT).start("tests.browser.later", [], {**live.environment(), **env})
    yield minutes
    forks.kill(courier)
    live.kill()
