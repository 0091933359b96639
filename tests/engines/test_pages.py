"""The patient's pages in the engines other than Chromium, in which tests/pages looks closer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.engines.conftest import WEBKIT
from tests.engines.engine import Engine
from tests.pages.test_accessibility import LET_GO, RULES

pytestmark = pytest.mark.browser

#: and what each says when all of it is there
PAGES = dict.fromkeys(("", "check-in", "after-session", "body", "journal", "journal/entry", "progress"), "All sent")
PAGES["help"] = "Harbour clinic"
FOUND = """axe.run(document, %s).then(({ violations }) =>
  violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join(" ")))"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("engine", ["firefox", WEBKIT], indirect=True)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(engine: Engine, course: Any) -> None:
    engine.come_in("ana")
    for theme in ("light", "dim"):
        engine.js(f"localStorage.setItem('look', JSON.stringify({{ theme: '{theme}' }}))")
        for path, words in PAGES.items():
            engine.go(f"/en/{path}")
            engine.sees(words)
            assert engine.js(WIDER) <= 0, path
            engine.js(f"(() => {{{AXE_SCRIPT}}})()")
            engine.js(LET_GO)
            assert engine.js(FOUND % json.dumps(RULES)) == [], f"{path}, {theme}"
