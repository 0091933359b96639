"""A patient two weeks into a course, as her phone and her clinic would have told it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from pwa.records import Patient, Person, Version, db
from pwa.records.base import begin_writing
from pwa.sync.receive import receive
from tests.browser.scene import Live, Phone, until
from tests.conftest import CAST, CLINIC

ZONE = ZoneInfo("America/Toronto")
NOW = datetime.now(ZONE)
TODAY = NOW - timedelta(hours=3)
CARD = {
    "name": "Harbour clinic",
    "phone": "+14165550142",
    "hours": {"en": "Monday to Friday, 8:00 to 18:00", "fr": "Du lundi au vendredi, de 8 h à 18 h"},
    "region": "CA",
    "zone": "America/Toronto",
    "reads": {"days": [1, 2, 3, 4, 5], "at": "09:00"},
    "thoughts_asked": True,
}


def version(kind: str, moment: datetime, body: Any, **more: Any) -> dict[str, Any]:
    at = moment.isoformat(timespec="seconds")
    made = {"id": str(uuid4()), "record": str(uuid4()), "kind": kind, "schema": 1, "parents": []}
    times = {"day": str(moment.date()), "felt_at": at, "written_at": at, "zone": "America/Toronto"}
    return {**made, **times, "body": body, **more}


def treatment(moment: datetime, number: int, status: str = "given") -> dict[str, Any]:
    when = {"status": status, "at": moment.isoformat(timespec="seconds"), "minutes": 120}
    what = {"route": "iv", "drug": "ketamine", "dose": 0.5, "unit": "mg/kg", "place": "clinic"}
    return version("treatment", moment, {**when, **what, "number": number, "of": 6})


def at(days_ago: int, hour: int = 14) -> datetime:
    return (TODAY - timedelta(days=days_ago)).replace(hour=hour, minute=0, second=0, microsecond=0)


def bring(live: Live, author: str, *versions: dict[str, Any], outcome: str = "stored") -> None:
    """As if they had been sent by a phone or written at the clinic."""
    with live.app.app_context():
        begin_writing()
        patient = db.session.get_one(Patient, (CLINIC, CAST["ana"][1]))
        person = db.session.get_one(Person, (CLINIC, CAST[author][1]))
        texts = [json.dumps(one) for one in versions]
        receipts = receive(patient, texts, author=person, device=None, received_at=datetime.now(ZONE))
        assert {receipt.outcome for receipt in receipts} == {outcome}, receipts
        db.session.commit()
        db.session.remove()


@pytest.fixture
def course(live: Live) -> None:
    """The last session was yesterday: before six in the morning one still rests after it."""
    begin_a_course(live, last=1)


@pytest.fixture
def course_of_days_ago(live: Live) -> None:
    """The last session was the day before yesterday: one rests at no hour."""
    begin_a_course(live, last=2)


def begin_a_course(live: Live, last: int) -> None:
    """Three sessions given and one ahead, check-ins on most days and two on one, effects of the last two sessions.

    At 15:00: after sixty hours Today asks about the third day, and a day ends at three in the morning."""
    given = [treatment(at(back, 15), number) for number, back in enumerate((8, 4, last), 1)]
    begun = version("course", at(9), {"phase": "induction", "route": "iv", "planned": 6, "started": str(at(9).date())})
    bring(live, "clinician", version("card", at(9), CARD), begun, *given, treatment(at(-3, 10), 4, "planned"))
    moods = {10: (3, 7), 9: (3, 7), 8: (4, 6), 7: (4, 6), 6: (4, 7), 4: (5, 5), 3: (5, 5), 2: (6, 4)}
    days = [version("check-in", at(back, 8), {"mood": m, "anxiety": a, "sleep": 6.5}) for back, (m, a) in moods.items()]
    evening = version("check-in", at(2, 20), {"mood": 5})
    its = given[-1]["record"]
    first = effects(at(last, 18), its, "acute", dissociation=3, nausea=2, headache=1)
    then = effects(at(last - 1, 0) - timedelta(hours=2), its, "next-day", dissociation=0, nausea=0, headache=1)
    before = effects(at(4, 16), given[1]["record"], "acute", dissociation=2)
    bring(live, "ana", *days, evening, first, then, before)


def effects(moment: datetime, of: str, window: str, **levels: int) -> dict[str, Any]:
    said = [{"effect": name, "severity": level} for name, level in levels.items()]
    return version("effects", moment, {"treatment": of, "window": window, "effects": said})


def begin(phone: Phone, says: str = "All sent") -> Page:
    """Signed in, read who reads what, and everything pulled."""
    if phone.begun and not phone.was_opened:
        phone.begun.carry_on(phone)
        with phone.page.expect_response("**/sync"):
            phone.page.goto("/en/")
        until(phone.page, NOT_AT_IT)
    else:
        phone.sign_in("ana")
        phone.page.wait_for_url("**/en/welcome")
        phone.page.get_by_role("button", name="I have read this").click()
        phone.page.wait_for_url("**/en/")
    phone.says(says)
    return phone.page


def go(page: Page, path: str) -> Page:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return page


def kept(live: Live) -> list[dict[str, Any]]:
    with live.app.app_context():
        texts = db.session.scalars(db.select(Version.text).order_by(Version.seq)).all()
        db.session.remove()
    return [json.loads(text) for text in texts]


def keeps_a_draft(page: Page, of: Callable[[], None]) -> None:
    """Does something in a form, and waits until its draft is another than before."""
    before = page.evaluate(DRAFTS)
    of()
    until(page, f"({DRAFTS})().then((drafts) => drafts !== {json.dumps(before)})")


#: neither a page nor the worker sends or takes
NOT_AT_IT = """navigator.locks.query().then(({ held, pending }) =>
  [...held, ...pending].every(({ name }) => !name.startsWith("tidelog-sync")))"""
#: the drafts on this phone, each by the numbers it was sealed with
DRAFTS = """async () => {
  const named = (await indexedDB.databases()).find(({ name }) => name.startsWith("tidelog-drafts"));
  if (!named) return "";
  const done = (asking) => new Promise((resolve) => (asking.onsuccess = () => resolve(asking.result)));
  const database = await done(indexedDB.open(named.name));
  const rows = await done(database.transaction("drafts").objectStore("drafts").getAll());
  database.close();
  return rows.map(({ id, iv }) => id + iv).join();
}"""
#: what the plain store beside everyone's own holds
DOOR = """() => new Promise((done) => {
  const opening = indexedDB.open("tidelog-door");
  opening.onsuccess = () => {
    const asking = opening.result.transaction("door").objectStore("door").get("door");
    asking.onsuccess = () => (opening.result.close(), done(asking.result));
  };
})"""
