"""The main job in three engines: all is logged without a network, the browser is closed, and the clinic has it all."""

from __future__ import annotations

import pytest

from pwa.records import CheckIn, JournalEntry, ReportedEffect, db
from tests.browser.scene import Live
from tests.browser.test_owners import all_sign_ins_run_out
from tests.conftest import CAST, PASSWORD
from tests.engines.conftest import KEEPERS
from tests.engines.engine import Engine, button, choice, entry
from tests.engines.played import Played

pytestmark = pytest.mark.browser

SHARED = "Under the water it was quiet, and I was not afraid."
EDITED = SHARED + " I would like to talk about that."
PRIVATE = "This is for nobody but me."
REGRETTED = "I take this one back."


def test_what_is_logged_without_a_network_reaches_the_clinic(engine: Engine, live: Live) -> None:
    """Chromium and Firefox end and begin again on their profile. WebKitGTK keeps none under automation: there the page
    is read anew, and its server is really gone."""
    engine.come_in("ana")
    with engine.without_network():
        log_all(engine)
        engine.begin_again()
        see_all(engine)
        engine.says("Offline. 5 saved on this phone")
    engine.says("All sent")
    see_all(engine)
    assert waiting(engine) == 0
    assert in_the_tables(live) == SAID
    see_at_the_clinic(live)


@pytest.mark.parametrize("engine", KEEPERS, indirect=True)
def test_what_was_saved_stands_when_the_browser_is_killed_at_once(engine: Played, live: Live) -> None:
    engine.come_in("ana")
    all_sign_ins_run_out(live)  # a browser that is killed may forget its cookies or not
    live.kill()
    engine.go("/en/check-in")
    engine.press("#mood", "ArrowRight")
    engine.tap(button("Save"))
    engine.sees("Saved on this phone", "#dock-says")
    engine.die()
    engine.open()
    engine.go("/en/")
    engine.says("Offline. 1 saved on this phone")
    live.start()
    engine.sign_in("ana")
    engine.says("All sent")
    assert live.count("SELECT mood FROM check_in") == 6


def log_all(engine: Engine) -> None:
    check_in(engine)
    report_headache(engine)
    write(engine, SHARED, "My therapist")
    write(engine, PRIVATE, "Only me")
    write(engine, REGRETTED, "My care team")
    edit(engine)
    take_back(engine)


def check_in(engine: Engine) -> None:
    engine.go("/en/check-in")
    engine.press("#mood", "ArrowRight")
    engine.press("#anxiety", "ArrowLeft")
    engine.tap(button("Save"))
    engine.at("/en/")


def report_headache(engine: Engine) -> None:
    engine.go("/en/body")
    engine.write("#find", "headache")
    engine.tap("[data-effect=headache] button")
    engine.tap("//tide-effect" + choice("Mild"))
    engine.tap(button("Save"))
    engine.at("/en/")


def write(engine: Engine, text: str, reader: str) -> None:
    engine.go("/en/journal/entry")
    engine.write("#text", text)
    engine.tap(choice(reader))
    engine.tap(button("Done"))
    engine.at("/en/journal")
    engine.sees(text)


def edit(engine: Engine) -> None:
    engine.tap(entry(SHARED))
    engine.write("#text", EDITED)
    engine.tap(button("Done"))
    engine.at("/en/journal")
    engine.sees(EDITED)


def take_back(engine: Engine) -> None:
    engine.tap(entry(REGRETTED))
    engine.tap(button("Take this entry back"))
    engine.tap(button("Take it back"))
    engine.at("/en/journal")
    engine.sees("The entry was taken back.")
    engine.misses(REGRETTED)


def see_all(engine: Engine) -> None:
    engine.go("/en/journal")
    for text in (EDITED, PRIVATE):
        engine.sees(text)
    engine.misses(REGRETTED)


def waiting(engine: Engine) -> int:
    """The rows of the outbox, whatever the page says."""
    return engine.js(WAITING % CAST["ana"][1])


WAITING = """new Promise((done) => {
  const opening = indexedDB.open("tidelog-outbox-%s");
  opening.onsuccess = () => {
    const counting = opening.result.transaction("versions").objectStore("versions").count();
    counting.onsuccess = () => (opening.result.close(), done(counting.result));
  };
})"""

SAID = {
    "check-ins": [(6, 4)],
    "effects": [("headache", 1)],
    "journal": [(PRIVATE, "me"), (EDITED, "therapist")],
}


def in_the_tables(live: Live) -> dict[str, list[tuple[object, ...]]]:
    with live.app.app_context():
        found = {
            "check-ins": db.session.execute(db.select(CheckIn.mood, CheckIn.anxiety)),
            "effects": db.session.execute(db.select(ReportedEffect.effect, ReportedEffect.severity)),
            "journal": db.session.execute(
                db.select(JournalEntry.text, JournalEntry.audience).order_by(JournalEntry.audience)
            ),
        }
        rows = {name: [tuple(row) for row in result] for name, result in found.items()}
        db.session.remove()
    return rows


def see_at_the_clinic(live: Live) -> None:
    page = read_at_the_clinic(live, "clinician")
    for said in ("<td>6</td><td>4</td>", "Headache: Mild"):
        assert said in page
    for text in (EDITED, PRIVATE, REGRETTED):
        assert text not in page
    page = read_at_the_clinic(live, "therapist")
    assert EDITED in page
    for text in (PRIVATE, REGRETTED):
        assert text not in page


def read_at_the_clinic(live: Live, who: str) -> str:
    live.app.config["WTF_CSRF_ENABLED"] = False
    browser = live.app.test_client()
    browser.post("/sign-in", data={"clinic": CAST[who][0], "email": CAST[who][3], "password": PASSWORD})
    return browser.get(f"/clinic/patients/{CAST['ana'][1]}").text
