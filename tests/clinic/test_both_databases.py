from __future__ import annotations

import re

from tests.clinic.conftest import ANA, IV, TOLD, plain, says_to
from tests.clinic.test_asked import ALL
from tests.clinic.test_courses import PROTOCOL
from tests.clinic.test_treatments import hidden

PAGE = f"/clinic/patients/{ANA}"
RECORD = "0199c0dd-0000-7000-8000-000000000001"


def test_every_page_of_the_clinic_answers_on_both_databases(app_on_both, signed_in, clock):
    says = says_to(app_on_both, clock)
    clinician = signed_in("clinician", on=app_on_both)
    form = clinician.get(f"{PAGE}/treatments/new").text
    typed = {**IV, **hidden(form), "day": "2026-11-20", "clock": "08:00"}
    assert clinician.post(f"{PAGE}/treatments/new", data=typed).status_code == 302
    says("ana", "check-in", {"mood": 3, "sleep": 6.5, "thoughts": "often", "note": "a line"})
    says("ana", "effects", {"treatment": typed["record"], "effects": [{"effect": "nausea", "severity": 2}]})
    says("ana", "journal", {"text": "shared", "audience": "care-team"})
    [alert] = set(re.findall(r"/clinic/alerts/([0-9a-f-]+)", clinician.post("/clinic/", data={"code": "kt"}).text))
    for page in (
        "/clinic/triage",
        "/clinic/triage?show=mine",
        "/clinic/triage?show=snoozed",
        f"/clinic/alerts/{alert}",
    ):
        assert clinician.get(page).status_code == 200, page
    assert clinician.post(f"/clinic/alerts/{alert}/act", data={"action": "call", "resolves": "y"}).status_code == 302
    assert "Resolved today 10:00" in plain(clinician.get(f"/clinic/alerts/{alert}").text)
    note = {"record": ANA, "edition": "0", "text": "a note"}
    assert clinician.post(f"{PAGE}/notes", data=note).status_code == 302
    assert clinician.post(f"{PAGE}/notes/{ANA}", data={**note, "edition": "1", "text": "changed"}).status_code == 302
    told = {**TOLD, "record": ANA, "words": "a fall"}
    assert clinician.post(f"{PAGE}/events/new", data=told).status_code == 302
    page = clinician.get(PAGE).text
    for words in ("a line", "shared", "Moderate", "0.5\xa0mg/kg", "changed", "a fall"):
        assert words in page
    assert "Yes, often" not in clinician.post("/clinic/", data={"code": "kt"}).text
    pages = (f"{PAGE}?days=273", f"{PAGE}/journal", f"{PAGE}/treatments/{typed['record']}", "/clinic/events")
    for path in (*pages, "/clinic/sessions"):
        assert clinician.get(path).status_code == 200
    manager = signed_in("manager", on=app_on_both)
    assert manager.post("/clinic/protocols/new", data=PROTOCOL).status_code == 302
    assert manager.post("/clinic/asked", data={**ALL, "en": "Itchy scalp", "fr": "Cuir chevelu"}).status_code == 302
    assert "IV twice a week" in clinician.get(f"{PAGE}/course").text
    assert "ana@here.test" in manager.post("/clinic/people", data={"code": "ana"}).text


def test_the_reading_room_answers_on_both_databases(app_on_both, signed_in, clock):
    entry = says_to(app_on_both, clock)("ana", "journal", {"text": "the blue gate", "audience": "therapist"})
    therapist, room = signed_in("therapist", on=app_on_both), f"/clinic/room/{ANA}"
    assert "1 entry to read" in plain(therapist.get("/clinic/room").text)
    for what, typed in (
        ("visits", {"day": "2026-11-24", "clock": "13:00", "minutes": "50"}),
        ("notes", {"text": "gate again", "about": entry.record}),
        ("offers", {"offer": "slow-breaths", "days": "3"}),
        ("goals", {"words": "Walk to the water.", "measure": "ten"}),
        ("raise", {"tier": "high", "note": "Please call her."}),
    ):
        typed["record"] = RECORD
        assert therapist.post(f"{room}/{what}", data=typed).status_code == 302, what
    assert therapist.post(f"{room}/goals/{RECORD}", data={"level": "4"}).status_code == 302
    page = plain(therapist.get("/clinic/room").text)
    for words in (
        "next visit Tue 24 Nov 13:00",
        "the blue gate",
        "gate again",
        "Three slow breaths",
        "4 of 10",
        "High",
    ):
        assert words in page
    for what in ("read", "unread"):
        mark = therapist.post(f"{room}/entries/{entry.record}/{what}", data={"versions": entry.id})
        assert mark.status_code == 302
    assert "Marked unread" in therapist.get("/clinic/room?show=noted").text
    assert therapist.get(f"/clinic/patients/{ANA}/shared?versions={entry.id}").json == {
        "shared": [entry.id],
        "hidden": [],
    }
    assert "visit with a therapist" in signed_in("front-desk", on=app_on_both).get("/clinic/sessions").text
    assert therapist.post(f"{room}/visits/{RECORD}/cancel").status_code == 302
    assert therapist.post(f"{room}/offers/{RECORD}/end").status_code == 302
