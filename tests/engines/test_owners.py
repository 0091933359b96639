"""Who holds the phone, in Firefox and WebKit too: another reads nothing of the first; signing out leaves nothing."""

from __future__ import annotations

import pytest

from tests.browser.scene import Live
from tests.browser.test_owners import all_sign_ins_run_out, texts
from tests.conftest import CAST
from tests.engines.conftest import OTHERS
from tests.engines.engine import Engine
from tests.engines.faults import READABLE
from tests.engines.test_journey import write

pytestmark = pytest.mark.browser

WORDS = "Nobody else shall read that the harbour was empty."


@pytest.mark.parametrize("engine", OTHERS, indirect=True)
def test_another_patient_reads_nothing_of_the_first_who_finds_all_again(engine: Engine, live: Live) -> None:
    engine.come_in("ana")
    all_sign_ins_run_out(live)
    write(engine, WORDS, "Only me")
    engine.says("1 saved on this phone. Sign in to send it")
    engine.come_in("another-patient")
    engine.go("/en/journal")
    engine.sees("Nothing is written yet.")
    readable = engine.js(READABLE)
    assert CAST["another-patient"][1] in readable
    assert WORDS not in readable
    assert "a key that can be taken out" not in readable
    assert texts(live) == []
    all_sign_ins_run_out(live)
    engine.come_in("ana")
    assert texts(live) == [WORDS]
    sign_out(engine)


def sign_out(engine: Engine) -> None:
    """Leaves no store of anyone who has nothing waiting, and no cookie."""
    engine.go("/en/more")
    engine.tap("#sign-out")
    engine.at("/sign-in")
    names = engine.js("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert [name for name in names if CAST["ana"][1] in name] == []
    assert engine.js("document.cookie") == ""
    assert WORDS not in engine.js(READABLE)
    engine.go("/en/journal")
    engine.sees("Not signed in", "tide-status")
