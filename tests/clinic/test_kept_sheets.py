"""A sheet that somebody kept, or that they print once more, opens no record of which something is written."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from pwa.accounts.passwords import person_at
from pwa.records import Invitation, Notice, Person, db
from tests.accounts.test_invitations import MEMBER, NEW, again, come_in, invited, owner, type_in
from tests.conftest import CAST, CLINIC

ANA = CAST["ana"]


@pytest.fixture
def dana(app):
    """Who was invited, by their id."""

    def find():
        with app.app_context():
            return person_at(CLINIC, "dana@here.test").id

    return find


def note_of(clinician, patient):
    answer = clinician.post(
        f"/clinic/patients/{patient}/notes", data={"record": str(uuid4()), "edition": "0", "text": "She is afraid."}
    )
    assert answer.status_code == 302, answer.text


def mails_to(app, person_id):
    with app.app_context():
        theirs = select(Notice.what).where(Notice.person_id == person_id, Notice.channel == "mail")
        return list(db.session.scalars(theirs))


@pytest.mark.parametrize("when", ["kept", "made anew"])
def test_a_record_of_which_something_is_written_opens_by_no_sheet_alone(app, signed_in, dana, when):
    desk = signed_in("front-desk")
    code = invited(desk)
    note_of(signed_in("clinician"), dana())
    if when == "made anew":
        code = again(desk, "KT-2001")
    browser, answer = type_in(app, code)
    assert answer.headers["Location"].startswith("/invited/mail")
    assert browser.get("/invited/choose").headers["Location"].startswith("/invited/mail")
    type_in(app, code)
    assert mails_to(app, dana()) == ["invited"], (
        "the second code goes to her once, also where the sheet was made before"
    )
    browser, _ = come_in(app, code)
    assert owner(browser) == dana()


def test_what_the_clinic_planned_is_something_too(app, signed_in, says):
    desk = signed_in("front-desk")
    with app.app_context():
        db.session.get_one(Person, ANA[:2]).password_hash = None
        db.session.commit()
    assert type_in(app, again(desk, "KT-1001"))[1].headers["Location"].startswith("/invited/choose")
    course = {"phase": "induction", "route": "iv", "planned": 6, "started": "2026-11-10"}
    says("ana", "course", course, by="clinician")
    assert type_in(app, again(desk, "KT-1001"))[1].headers["Location"].startswith("/invited/mail")


def test_nor_does_a_manager_lead_the_second_code_to_another_address(app, signed_in, dana):
    manager = signed_in("manager")
    invited(manager)
    page = f"/clinic/people/{dana()}/correct"
    assert 'name="email"' in manager.get(page).text
    note_of(signed_in("clinician"), dana())
    assert 'name="email"' not in manager.get(page).text
    typed = {"name": "Dana Roy", "code": "KT-2001", "birth_date": "1991-05-06", "phone": "", "email": "mine@here.test"}
    manager.post(page, data=typed)
    with app.app_context():
        assert person_at(CLINIC, "mine@here.test") is None


@pytest.fixture
def close(signed_in):
    def closed(who):
        answer = signed_in("manager").post(f"/clinic/people/{CAST[who][1]}/close")
        assert answer.status_code == 302, answer.text

    return closed


def test_what_somebody_made_who_leaves_opens_nothing(app, signed_in, close):
    code = invited(signed_in("front-desk"))
    kept = invited(signed_in("manager"), MEMBER, "member")
    close("front-desk")
    assert type_in(app, code)[1].status_code == 422
    assert type_in(app, kept)[1].status_code == 302


def test_what_a_clinician_agreed_to_who_leaves_opens_nothing(app, signed_in, close, clock):
    page = signed_in("manager").post("/clinic/invitations/again", data={"whose": "KT-1001", "without_mail": "y"})
    assert page.status_code == 200
    with app.app_context():
        made = db.session.scalars(select(Invitation)).one()
    assert signed_in("clinician").post(f"/clinic/invitations/{made.id}/agree").status_code == 302
    with app.app_context():
        assert db.session.scalars(select(Invitation)).one().agreed_by == CAST["clinician"][1]
    close("clinician")
    with app.app_context():
        assert db.session.scalars(select(Invitation)).one().withdrawn_at == clock()


def test_who_puts_whom_on_a_care_team_stands_in_the_trail_also_where_the_desk_invites(signed_in, dana, audit):
    invited(signed_in("front-desk"), NEW | {"therapist": CAST["therapist"][1]})
    [row] = [row for row in audit() if row.what == "team"]
    members = [CAST["clinician"][1], CAST["therapist"][1]]
    assert (row.person_id, row.patients, row.records) == (CAST["front-desk"][1], [dana()], members)
