"""Where one is signed in, for how long, and how one's own password is changed."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from pwa.accounts.browsers import named
from pwa.accounts.throttle import PER_ACCOUNT
from pwa.records import Clinic, Notice, SignIn, db
from tests.conftest import CAST, CLINIC, PASSWORD

ANA = CAST["ana"]
NEW = "four sea birds asleep"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"


def change(browser, current=PASSWORD, new=NEW):
    return browser.post("/account/password", data={"current": current, "password": new})


def sign_in(app, password=PASSWORD, email=ANA[3], **more):
    browser = app.test_client()
    return browser, browser.post("/sign-in", data={"clinic": CLINIC, "email": email, "password": password}, **more)


def ends(browser) -> list[str]:
    return re.findall(r'action="(/account/sign-ins/[0-9a-f-]+/end)"', browser.get("/account").text)


def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others(app, signed_in):
    here, others = signed_in("ana"), [sign_in(app, headers={"User-Agent": IPHONE})[0] for _ in range(3)]
    assert here.get("/account").text.count("Safari, iPhone") == 6, "in words, and on the button"
    assert "this one" in here.get("/account").text
    first, *_ = ends(here)
    assert here.post(first).headers["Location"] == "/account"
    assert sorted(other.get("/me").status_code for other in others) == [200, 200, 401]
    here.post("/account/sign-ins/end")
    assert {other.get("/me").status_code for other in others} == {401}
    assert here.get("/me").status_code == 200
    assert ends(here) == []


def test_nobody_ends_a_sign_in_of_somebody_else(app, signed_in):
    ana, nurse = signed_in("ana"), signed_in("clinician")
    with app.app_context():
        one = db.session.scalars(select(SignIn.id).where(SignIn.person_id == ANA[1])).one()
    assert nurse.post(f"/account/sign-ins/{one}/end").status_code == 404
    assert ana.get("/me").status_code == 200


def test_the_password_is_changed_with_the_old_one_and_signs_out_everywhere_else(app, signed_in, audit):
    here, other = signed_in("ana"), signed_in("ana")
    assert change(here, "wrong").status_code == 422
    assert change(here).headers["Location"] == "/account"
    assert (here.get("/me").status_code, other.get("/me").status_code) == (200, 401)
    assert sign_in(app)[1].status_code == 422
    assert sign_in(app, NEW)[1].status_code == 302
    with app.app_context():
        assert db.session.execute(select(Notice.what, Notice.person_id)).all() == [("keys", ANA[1])]
    assert [(row.what, row.patients, row.why) for row in audit()] == [("keys", [ANA[1]], "own-account")]


@pytest.mark.parametrize("new", ["short", "iloveyou", "ana@here.test", "ana-harbour-1988", "harbour-1988"])
def test_a_new_password_must_be_a_good_one(signed_in, new):
    assert change(signed_in("ana"), new=new).status_code == 422


def test_an_open_browser_does_not_guess_the_password_for_ever(signed_in, clock):
    here = signed_in("ana")
    assert {change(here, f"guess {n}").status_code for n in range(PER_ACCOUNT)} == {422}
    assert change(here).status_code == 429
    assert here.post("/account/prove", data={"password": PASSWORD}).status_code == 429
    clock.forward(minutes=15)
    assert change(here).status_code == 302


@pytest.fixture
def lasts(app):
    def set_to(**fields):
        with app.app_context():
            for name, value in fields.items():
                setattr(db.session.get_one(Clinic, CLINIC), name, value)
            db.session.commit()
            db.session.remove()

    return set_to


def test_staff_are_out_after_idle_time_and_what_a_page_asks_by_itself_is_no_use(signed_in, clock, lasts):
    lasts(idle_minutes=15)
    nurse = signed_in("clinician")
    for _ in range(3):
        clock.forward(minutes=14)
        assert nurse.get("/clinic/triage").status_code == 200
    clock.forward(minutes=10)
    assert nurse.get("/clinic/triage/stand").status_code == nurse.get("/me").status_code == 200
    clock.forward(minutes=6)
    assert nurse.get("/clinic/triage").status_code == 302


def test_whoever_types_is_there(app, signed_in, clock, lasts):
    lasts(idle_minutes=15)
    nurse = signed_in("clinician")
    for _ in range(3):
        clock.forward(minutes=14)
        assert nurse.post("/account/here").status_code == 403, "no script of ours"
        assert nurse.post("/account/here", headers={"X-Tidelog": "1"}).status_code == 204
    assert nurse.get("/clinic/triage").status_code == 200


def test_a_patient_is_never_idle_and_stays_for_as_long_as_the_clinic_says(signed_in, clock, lasts):
    lasts(idle_minutes=15, patient_days=30)
    ana = signed_in("ana")
    clock.forward(days=29)
    assert ana.get("/me").status_code == 200
    clock.forward(days=2)
    assert ana.get("/me").status_code == 401


def test_the_manager_says_how_long_sign_ins_last(signed_in, clock):
    manager = signed_in("manager")
    assert manager.post("/clinic/doors", data={"idle_minutes": "1", "patient_days": "0"}).status_code == 422
    assert manager.post("/clinic/doors", data={"idle_minutes": "5", "patient_days": "10"}).status_code == 302
    assert 'value="5"' in manager.get("/clinic/doors").text
    nurse = signed_in("clinician")
    clock.forward(minutes=6)
    assert nurse.get("/clinic/triage").status_code == 302


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (IPHONE, "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_a_browser_has_a_name_that_its_owner_knows(said, name):
    assert named(said) == name
