"""Who somebody is can be put right by the clinic; who was invited by mistake and never came in can be removed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pwa.accounts.passwords import person_at
from pwa.records import Device, Erasure, Notice, Patient, Person, db
from tests.clinic.conftest import plain
from tests.conftest import CAST, CLINIC

ANA, BO, DESK, THERAPIST = (CAST[who][1] for who in ("ana", "another-patient", "front-desk", "therapist"))
RIGHT = {"name": "Ana Right", "code": "kt-2000", "birth_date": "1990-01-02", "phone": "+14165550199"}
NEW = {"name": "Cleo", "email": "cleo@here.test", "language": "fr", "code": "KT-3000", "birth_date": "1990-01-02"}
NEW |= {"phone": "", "clinician": "", "therapist": ""}


def correct(browser, whom=ANA, **typed):
    return browser.post(f"/clinic/people/{whom}/correct", data=RIGHT | typed)


@pytest.fixture
def came_in(app, clock):
    with app.app_context():
        for n, (clinic, id_, *_) in enumerate(CAST.values()):
            device = f"00000000-0000-4000-8000-0000000007{n:02d}"
            db.session.add(Device(clinic_id=clinic, id=device, person_id=id_, issued_at=clock()))
        db.session.commit()
        db.session.remove()


def person(app, id_=ANA):
    with app.app_context():
        found, patient = (db.session.get(what, (CLINIC, id_)) for what in (Person, Patient))
        db.session.remove()
        return found, patient


def told(app):
    with app.app_context():
        rows = db.session.execute(select(Notice.person_id, Notice.what)).all()
        db.session.remove()
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("who", ["front-desk", "manager", "clinician"])
def test_the_clinic_corrects_who_a_patient_is_and_tells_her(app, signed_in, came_in, audit, who):
    page = signed_in(who).get(f"/clinic/people/{ANA}/correct").text
    assert "KT-1001" in page
    assert correct(signed_in(who)).status_code == 302
    ana, patient = person(app)
    assert (ana.name, patient.code, str(patient.birth_date), patient.phone) == (
        *("Ana Right", "KT-2000"),
        *("1990-01-02", "+14165550199"),
    )
    row = audit()[-1]
    assert (row.what, row.action, row.patients) == ("people", "write", [ANA])
    assert set(row.records) == {ANA, "name", "code", "birth_date", "phone"}
    assert "Ana Right" not in str(row.__dict__)
    assert told(app) == [(ANA, "corrected")]
    assert ana.email == "ana@here.test"


def test_what_was_right_already_changes_nothing_and_tells_nobody(app, signed_in, came_in, audit):
    before = {"name": "ana", "code": "KT-1001", "birth_date": "1988-03-01", "phone": "+14165550101"}
    assert correct(signed_in("front-desk"), **before).status_code == 302
    assert told(app) == []
    assert [row for row in audit() if row.action == "write"] == []


def test_nobody_corrects_whom_they_may_not(app, signed_in, came_in):
    for who, whom in (
        ("another-clinician", ANA),
        ("front-desk", CAST["clinician"][1]),
        ("clinician", BO),
        ("stranger", ANA),
        ("manager", CAST["patient-elsewhere"][1]),
        ("manager", CAST["manager"][1]),
    ):
        assert correct(signed_in(who), whom).status_code == 404, (who, whom)
    for who in ("therapist", "ana"):
        assert correct(signed_in(who)).status_code == 403
    assert person(app)[0].name == "ana"


def test_a_manager_corrects_staff_and_an_address_only_before_its_owner_came_in(app, signed_in, came_in):
    manager = signed_in("manager")
    assert correct(manager, THERAPIST, email="evil@there.test").status_code == 302
    assert (person(app, THERAPIST)[0].name, person(app, THERAPIST)[0].email) == ("Ana Right", "therapist@here.test")
    with app.app_context():
        db.session.execute(db.delete(Device).where(Device.person_id.in_((THERAPIST, BO))))
        db.session.execute(db.update(Person).where(Person.id.in_((THERAPIST, BO))).values(password_hash=None))
        db.session.commit()
    assert correct(manager, THERAPIST, email=" New@Here.test").status_code == 302
    assert person(app, THERAPIST)[0].email == "new@here.test"
    assert correct(signed_in("front-desk"), BO, code="KT-1002", email="bo2@here.test").status_code == 302
    assert person(app, BO)[0].email == "bo@here.test", "the desk changes no address"


def test_a_code_or_address_of_somebody_elses_is_refused_and_so_is_a_wrong_one(app, signed_in):
    manager = signed_in("manager")
    for wrong in ({"code": "KT-1002"}, {"birth_date": "2027-01-01"}, {"phone": "call me"}, {"name": ""}):
        assert correct(manager, **wrong).status_code == 422, wrong
    assert person(app)[1].code == "KT-1001"


def test_only_who_proved_lately_who_they_are_corrects(app, signed_in, clock):
    desk = signed_in("front-desk")
    clock.forward(minutes=11)
    answer = correct(desk, back=f"/clinic/people/{ANA}/correct")
    assert answer.headers["Location"].startswith("/account/prove?next=")
    assert person(app)[0].name == "ana"


def test_the_desk_finds_whom_to_correct_by_code_or_address(signed_in):
    desk = signed_in("front-desk")
    for whose in ("kt-1001", "ANA@here.test"):
        assert desk.post("/clinic/correct", data={"whose": whose}).headers["Location"].endswith(f"{ANA}/correct")
    assert desk.post("/clinic/correct", data={"whose": "KT-1003"}).status_code == 422


def invited(app, browser, **typed):
    assert browser.post("/clinic/invitations/patient", data=NEW | typed).status_code == 200
    with app.app_context():
        found = person_at(CLINIC, typed.get("email", NEW["email"])).id
        db.session.remove()
        return found


def withdrawn(app, browser):
    page = browser.get("/clinic/invitations").text
    [address] = [part.split('"')[0] for part in page.split('action="')[1:] if "/withdraw" in part.split('"')[0]]
    assert browser.post(address).status_code == 302


def test_who_never_came_in_is_invited_anew_after_the_invitation_was_withdrawn(app, signed_in):
    desk = signed_in("front-desk")
    cleo = invited(app, desk)
    assert "Never came in" not in desk.get("/clinic/invitations").text
    withdrawn(app, desk)
    page = desk.get("/clinic/invitations").text
    assert "Never came in" in page
    assert "Cleo KT-3000" in plain(page)
    assert desk.post("/clinic/invitations/again", data={"whose": cleo}).status_code == 200
    assert "Never came in" not in desk.get("/clinic/invitations").text


def test_who_was_invited_by_mistake_is_removed_and_code_and_address_are_free_again(app, signed_in, audit):
    desk = signed_in("front-desk")
    cleo = invited(app, desk)
    assert "Remove for good" in desk.get(f"/clinic/people/{cleo}/correct").text
    assert desk.post(f"/clinic/people/{cleo}/remove").status_code == 302
    assert audit()[-1].records == sorted([cleo, "removed"])
    assert person(app, cleo)[1] is None
    again = invited(app, desk)
    assert again != cleo
    with app.app_context():
        assert db.session.scalars(select(Erasure.by)).all() == [DESK]


def test_a_member_of_staff_who_never_came_in_is_removed_by_a_manager(app, signed_in):
    manager = signed_in("manager")
    typed = {"name": "Max", "email": "max@here.test", "language": "en", "role": "clinician"}
    assert manager.post("/clinic/invitations/member", data=typed).status_code == 200
    with app.app_context():
        max_ = person_at(CLINIC, "max@here.test").id
        db.session.remove()
    assert signed_in("front-desk").post(f"/clinic/people/{max_}/remove").status_code == 404
    assert manager.post(f"/clinic/people/{max_}/remove").status_code == 302
    assert manager.post("/clinic/invitations/member", data=typed).status_code == 200


def test_nobody_is_removed_who_came_in_or_of_whom_something_is_written(app, signed_in, came_in, says):
    manager = signed_in("manager")
    assert manager.post(f"/clinic/people/{ANA}/remove").status_code == 404
    assert "Remove for good" not in manager.get(f"/clinic/people/{ANA}/correct").text
    with app.app_context():
        db.session.execute(db.delete(Device).where(Device.person_id == BO))
        db.session.commit()
    assert "Remove for good" in manager.get(f"/clinic/people/{BO}/correct").text
    says("another-patient", "check-in", {"mood": 5})
    assert manager.post(f"/clinic/people/{BO}/remove").status_code == 404
    assert person(app, BO)[0].name == "another-patient"
