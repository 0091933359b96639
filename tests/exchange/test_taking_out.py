"""A patient takes out everything that is hers, to read and as data, and nobody else does."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from pwa.exchange import sections
from pwa.exchange.record import FORMAT, VERSION
from pwa.records import Annotation, Person, Version, db
from pwa.sync.ids import new_id
from tests.clinic.conftest import plain
from tests.conftest import CAST, CLINIC, renames

ANA, BO = CAST["ana"][1], CAST["another-patient"][1]
MINE, SHARED, BEFORE = "the blue gate was open", "the walk was good", "the walk was bad"
KEPT_BY_A_THERAPIST = "ask about the gate"


@pytest.fixture
def lived(app, says, noted_by, treated, judged_by, clock, signed_in):
    """A record with a bit of everything."""
    says("ana", "check-in", {"mood": 2, "thoughts": "often", "note": "slept badly"})
    said = says("ana", "journal", {"text": BEFORE, "audience": "me"})
    says("ana", "journal", {"text": SHARED, "audience": "care-team"}, record=said.record, parents=[said.id])
    says("ana", "journal", {"text": MINE, "audience": "me"})
    says("ana", "safety-plan", {"helps": "the sea", "audience": "me"})
    says("another-patient", "journal", {"text": "of Bo", "audience": "care-team"})
    treated(days=3)
    noted_by("clinician", "Call her on Monday.")
    judged_by("clinician", words="A fall")
    signed_in("ana").post("/account/hidden", data={"what": "hide", "part": "check-ins", "role": "therapist"})
    signed_in("clinician").get(f"/clinic/patients/{ANA}")
    with app.app_context():
        aside = {"id": new_id(clock()), "patient_id": ANA, "person_id": CAST["therapist"][1], "at": clock()}
        db.session.add(Annotation(clinic_id=CLINIC, **aside, text=KEPT_BY_A_THERAPIST))
        db.session.commit()
        db.session.remove()


def taken(answer):
    assert answer.status_code == 200, answer.text
    box = zipfile.ZipFile(io.BytesIO(answer.data))
    return json.loads(box.read("data.json")), box.read("record.html").decode()


def test_she_takes_out_all_that_is_hers_to_read_and_as_data_in_one_press(signed_in, lived):
    ana = signed_in("ana")
    assert "Take out everything" in ana.get("/account/record").text
    answer = ana.post("/account/record")
    data, page = taken(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    for words in ("slept badly", MINE, SHARED, BEFORE, "the sea", "Call her on Monday.", "A fall", "ana@here.test"):
        assert words in json.dumps(data, ensure_ascii=False), words
        assert words in page, words
    assert (data["format"], data["version"], data["holds_only_me"]) == (FORMAT, VERSION, True)
    assert (data["patient"]["code"], data["patient"]["birth_date"]) == ("KT-1001", "1988-03-01")
    by_kind = [(one["kind"], one["stands"], one["fhir"]) for one in data["entries"] if one["kind"] == "journal"]
    assert by_kind == [("journal", False, "DocumentReference")] + [("journal", True, "DocumentReference")] * 2
    assert [(one["part"], one["role"]) for one in data["hidden"]] == [("check-ins", "therapist")]
    assert [one["person_id"] for one in data["looks"] if one["what"] == "patient"] == [CAST["clinician"][1]]
    assert [one["version"] for one in data["agreements"]] == [1]
    assert data["alerts"]
    assert data["sign_ins"]


def test_who_wrote_and_looked_keeps_the_name_of_then_in_both_files(app, clock, signed_in, lived):
    clock.forward(minutes=1)
    renames(app, CAST["clinician"][1], "Nadia")
    data, page = taken(signed_in("ana").post("/account/record"))
    theirs = data["people"][CAST["clinician"][1]]
    assert (theirs["name"], [one["name"] for one in theirs["earlier"]]) == ("Nadia", ["clinician"])
    assert "10:00 EST · clinician · Call her on Monday." in plain(page)
    assert "10:00 EST · clinician · clinician · looked at" in plain(page)
    assert " Nadia · clinician" in plain(page), "the care team now"


def test_of_staff_who_do_not_stand_in_a_record_it_says_nothing(app, signed_in, lived):
    for who in ("another-clinician", "clinician"):
        renames(app, CAST[who][1], f"Nadia {who}")
    data, page = taken(signed_in("ana").post("/account/record"))
    assert CAST["clinician"][1] in data["people"]
    assert CAST["another-clinician"][1] not in data["people"]
    assert "another-clinician" not in json.dumps(data) + page


def test_what_is_to_be_read_speaks_in_words_and_in_whole_days(signed_in, lived):
    page = plain(taken(signed_in("ana").post("/account/record"))[1])
    assert "20 Nov 2026, 10:00 EST · Journal entry · ana" in page
    assert "clinician · clinician · looked at: your page: how you are, side effects, sessions" in page
    assert "Check-ins · your therapists · 20 Nov 2026" in page
    for code in ("· check-in ·", "· seen ·", "· card ·", "today 10:00"):
        assert code not in page, code


def test_nothing_of_anybody_elses_and_no_secret_is_in_it(app, signed_in, lived):
    data, page = taken(signed_in("ana").post("/account/record"))
    whole = json.dumps(data, ensure_ascii=False) + page
    for words in ("of Bo", BO, KEPT_BY_A_THERAPIST, "argon2"):
        assert words not in whole, words
    with app.app_context():
        for person in db.session.scalars(select(Person)):
            assert person.password_hash not in whole
            assert person.id == ANA or person.email not in whole


def test_only_a_patient_who_proved_lately_who_she_is_takes_it_out(signed_in, clock, audit):
    ana = signed_in("ana")
    for who in ("clinician", "manager"):
        assert signed_in(who).post("/account/record").status_code == 403
    clock.forward(minutes=11)
    answer = ana.post("/account/record", data={"back": "/account/record"})
    assert answer.headers["Location"] == "/account/prove?next=/account/record"
    assert [row.what for row in audit() if row.what == "record"] == []


def test_taking_it_out_is_a_row_of_the_trail(signed_in, audit):
    signed_in("ana").post("/account/record")
    row = audit()[-1]
    assert (row.what, row.action, row.why, row.person_id) == ("record", "read", "own-account", ANA)


def test_what_the_service_could_not_take_is_in_it_as_it_was_sent(app, signed_in, lived):
    """Also what no JSON and no file can hold: half a pair of signs, and lists within lists."""
    odd = ['{"a": "\\ud800"}', "[" * 5000, '{"n": NaN}', "\udc00"]
    with app.app_context():
        one = db.session.scalars(select(Version).where(Version.patient_id == ANA)).first()
        for n, text in enumerate(odd):
            again = {"id": f"sha256:{n}", "seq": 900 + n, "text": text.encode("utf-8", "surrogatepass")}
            whose = {"clinic_id": CLINIC, "patient_id": ANA, "author_id": ANA, "received_at": one.received_at}
            db.session.add(Version(**whose, **again, outcome="parked", parents=[]))
        db.session.commit()
        db.session.remove()
    data, _page = taken(signed_in("ana").post("/account/record"))
    said = {entry["id"]: entry["said"] for entry in data["entries"]}
    assert [said[f"sha256:{n}"] for n in range(3)] == odd[:3]


def test_every_table_that_names_a_patient_is_taken_out_or_left_out_for_a_reason():
    named = {
        table.name
        for table in db.metadata.sorted_tables
        if {"patient_id", "person_id", "author_id"} & {column.name for column in table.columns}
    }
    taken_out = {
        what.__tablename__ for what in (*sections.OF_THE_PATIENT.values(), *sections.OF_THE_ACCOUNT.values())
    } | {what.__tablename__ for tables in sections.OTHERWISE.values() for what in tables}
    assert taken_out & set(sections.LEFT_OUT) == set()
    assert named <= taken_out | set(sections.LEFT_OUT)
    assert all(sections.LEFT_OUT.values())


def test_the_document_names_all_that_is_in_it(signed_in, lived):
    data, _page = taken(signed_in("ana").post("/account/record"))
    document = Path("docs/record.md").read_text()
    assert set(re.findall(r"^\| `(\w+)` \|", document, re.M)) == set(data)
    assert f"version {VERSION}" in document
