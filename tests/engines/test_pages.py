"""The patient's pages in the engines other than Chromium, in which tests/pages looks closer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engines.conftest import OTHERS
from tests.engines.engine import Engine

pytestmark = pytest.mark.browser

#: and what each says when all of it is there
PAGES = dict.fromkeys(("", "check-in", "after-session", "body", "journal", "journal/entry", "progress"), "All sent")
PAGES["help"] = "Harbour clinic"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("engine", OTHERS, indirect=True)
def test_no_page_scrolls_sideways(engine: Engine, course: Any) -> None:
    engine.come_in("ana")
    for path, words in PAGES.items():
        engine.go(f"/en/{path}")
        engine.sees(words)
        assert engine.js(WIDER) <= 0, path
