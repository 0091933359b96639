"""The three engines, each with the same phone in it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import live, served
from tests.browser.scene import Live
from tests.engines.engine import Engine
from tests.engines.played import Played
from tests.engines.webkit import WebKit

__all__ = ["live", "served"]
KEEPERS = ["chromium", "firefox"]
#: beside other work WebKitGTK's storage may keep a page waiting for ever
WEBKIT = pytest.param("webkit", marks=pytest.mark.alone)
ALL = [*KEEPERS, WEBKIT]
#: for what tests/browser asks of Chromium
OTHERS = ["firefox", WEBKIT]


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen that nobody sees, under a number that was free."""
    words = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x1024x24"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


@pytest.fixture(params=ALL)
def engine(request: pytest.FixtureRequest, live: Live, tmp_path: Path) -> Iterator[Engine]:
    """Opened, and nobody has signed in. Tests of what one of them cannot show name the others."""
    yield from opened(request, live, tmp_path / "profile")


@pytest.fixture(scope="module", params=OTHERS)
def held(request: pytest.FixtureRequest, served: Live, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    served.begin()
    yield from opened(request, served, tmp_path_factory.mktemp("phone"))


@pytest.fixture
def phone(held: Engine) -> Engine:
    """Ana's, signed in, the same for all tests of a file unless it went dead in the last one."""
    if not held.answers():
        held.close()
        held.open()
        held.whose = ""
    if not held.whose:
        held.come_in("ana")
    return held


def opened(request: pytest.FixtureRequest, live: Live, profile: Path) -> Iterator[Engine]:
    if request.param == "webkit":
        one: Engine = WebKit(live, request.getfixturevalue("display"))
    else:
        one = Played(live, request.getfixturevalue("playwright"), request.param, profile)
    one.open()
    yield one
    one.close()
