"""The trail says who did something by the name of then, and which pages were refused in words."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select

from pwa.clinic.page_words import PARTS
from pwa.records import Alert, Emergency, Invitation, Person, chain, db
from tests.clinic.conftest import plain
from tests.clinic.test_emergency import opens
from tests.clinic.test_trail import looked, page, sheet
from tests.conftest import CAST, CLINIC, renames

NADIA = CAST["clinician"][1]
WHO, WHO_NOW = "who (not held)", "who_now (not held)"


def test_each_row_keeps_the_name_of_then_and_says_todays(app_on_both, clock, signed_in):
    def sign_in(who):
        return signed_in(who, app_on_both)

    looked(sign_in)
    clock.forward(minutes=1)
    renames(app_on_both, NADIA, "Nadia")
    clock.forward(minutes=1)
    sign_in("clinician").get("/clinic/")
    said = page(sign_in)
    assert "clinician (now called Nadia) A patient’s page read KT-1001" in said
    assert "Nadia List of patients read" in said
    assert "Today 10:01 clinician Nadia" in said
    rows = {row["what"]: (row[WHO], row[WHO_NOW]) for row in sheet(sign_in, f"?person={NADIA}")}
    assert (rows["patient"], rows["patients"]) == (("clinician", "Nadia"), ("Nadia", "Nadia"))


def test_two_of_one_name_are_told_apart_where_one_chooses_and_in_each_row(app, signed_in):
    looked(signed_in)
    renames(app, CAST["another-clinician"][1], "Clinician")
    said = signed_in("manager").get("/clinic/audit").text
    for name in ("clinician", "Clinician"):
        assert f">{name} (here since Fri 20 Nov 2026, 10:00)</option>" in said


def test_a_refused_page_is_said_in_words(signed_in):
    signed_in("clinician").get(f"/clinic/patients/{CAST['another-patient'][1]}/notes")
    signed_in("front-desk").get("/clinic/outcomes.csv")
    said = page(signed_in)
    assert "A page that is not theirs refused Notes KT-1002" in said
    assert "refused Outcomes" in said
    assert "‹" not in said
    assert "uuid" not in said


def test_a_refused_page_names_the_patient_whom_its_address_names_or_whose_alert_it_is(app, signed_in, says):
    bo, elsewhere = CAST["another-patient"][1], CAST["patient-elsewhere"][1]
    says("another-patient", "check-in", {"thoughts": "often"})
    opens(signed_in("clinician"), "KT-1002", birth_date="1988-03-02")
    with app.app_context():
        alert = db.session.scalars(select(Alert.id).where(Alert.patient_id == bo)).one()
        emergency = db.session.scalars(select(Emergency.id)).one()
        invited = {"clinic_id": CLINIC, "person_id": bo, "made_by": CAST["manager"][1], "code_hash": "x" * 64}
        moment = db.session.get_one(Person, (CLINIC, bo)).created_at
        db.session.add(Invitation(id=emergency, **invited, made_at=moment, expires_at=moment))
        db.session.commit()
        db.session.remove()
    therapist, desk = signed_in("therapist"), signed_in("front-desk")
    refusals = (
        therapist.get(f"/clinic/people/{bo}/correct"),
        desk.get(f"/clinic/people/{bo}/team"),
        therapist.get(f"/clinic/alerts/{alert}"),
        desk.post(f"/clinic/alerts/{alert}/acknowledge"),
        desk.post(f"/clinic/emergency/{emergency}/end"),
        therapist.post(f"/clinic/invitations/{emergency}/withdraw"),
        desk.get(f"/clinic/people/{elsewhere}/team"),
        desk.get(f"/clinic/people/{CAST['clinician'][1]}/team"),
    )
    assert {one.status_code for one in refusals} <= {403, 404}
    rows = [row for row in sheet(signed_in)[::-1] if row["action"] == "refused"]
    assert [row["patients"] for row in rows] == [bo] * 6 + ["", ""]


def test_every_page_of_the_clinic_has_words(app):
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("clinic.")]
    assert [
        rule for rule in rules if rule != "/clinic/" and PARTS.keys().isdisjoint(rule.replace(".csv", "").split("/"))
    ] == []


def test_every_hash_is_made_anew_from_the_spreadsheet_alone(app_on_both, clock, signed_in):
    def sign_in(who):
        return signed_in(who, app_on_both)

    clock.forward(microseconds=123456)
    looked(sign_in)
    sign_in("manager").post("/clinic/audit", data={"years": "15"})
    rows = sheet(sign_in)[::-1]
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
    before = ""
    for row in rows:
        assert row["before"] == before
        before = hashlib.sha256(f'["{before}", {row["said"][1:]}'.encode()).hexdigest()
        assert row["hash"] == before
        assert json.loads(row["said"])[0] == CLINIC
    [alone] = sheet(sign_in, "?action=write&what=sign-ins")
    assert alone["before"] == rows[int(alone["number"]) - 2]["hash"]


def test_where_old_rows_went_the_first_that_is_left_follows_the_sealed_beginning(app, clock, signed_in):
    looked(signed_in)
    clock.forward(days=400)
    with app.app_context():
        cut = chain.cut(CLINIC, clock())
    first = sheet(signed_in)[-1]
    assert int(first["number"]) == cut + 1
    assert hashlib.sha256(f'["{first["before"]}", {first["said"][1:]}'.encode()).hexdigest() == first["hash"]


def test_notes_judgements_and_what_was_done_of_an_alert_keep_the_name_of_then_too(
    app, clock, signed_in, says, noted_by, judged_by
):
    says("ana", "check-in", {"mood": 2, "thoughts": "often"})
    noted_by("clinician", "Call her on Monday.")
    event = judged_by("clinician", words="A fall")
    with app.app_context():
        alert = db.session.scalars(select(Alert.id)).first()
    clinician = signed_in("clinician")
    clinician.post(f"/clinic/alerts/{alert}/acknowledge", data={"edition": "1"})
    clock.forward(minutes=1)
    renames(app, NADIA, "Nadia")
    clock.forward(minutes=1)
    noted_by("clinician", "She called.")
    a_patient = f"/clinic/patients/{CAST['ana'][1]}"
    notes = plain(clinician.get(f"{a_patient}/notes").text).replace(" Change", "")
    assert "clinician today 10:00 Call her on Monday" in notes
    assert "Nadia today 10:02 She called" in notes
    for path, said in (
        (f"{a_patient}/events/{event}", "What was entered and changed clinician today 10:00"),
        ("/clinic/events", "Gone clinician 20 Nov 2026"),
        (f"/clinic/alerts/{alert}", "Acknowledged by clinician"),
    ):
        assert said in plain(clinician.get(path).text)


def test_a_row_of_who_somebody_is_says_what_was_put_right(signed_in):
    signed_in("manager").post(f"/clinic/people/{NADIA}/correct", data={"name": "Nadia", "email": CAST["clinician"][3]})
    assert "People changed, 1 record, name administration" in page(signed_in)
