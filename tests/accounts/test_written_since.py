"""Who typed the code of a sheet before anything was written is asked for that of the mail once something is."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pwa.accounts.passwords import has_address
from pwa.records import Invitation, Notice, Person, db
from tests.accounts.an_authenticator import Authenticator
from tests.accounts.test_invitations import CHOSEN, again, invited, mailed, owner, type_in
from tests.accounts.test_passkeys import OURS, make, riddle
from tests.accounts.test_sign_in import tries

DANA = "dana@here.test"


@pytest.fixture
def sheet(signed_in):
    return invited(signed_in("front-desk"))


@pytest.fixture
def first(app, sheet):
    """The browser in which the sheet's code was typed while nothing was written: it may choose."""
    browser, answer = type_in(app, sheet)
    assert answer.headers["Location"].startswith("/invited/choose")
    return browser


def dana(app) -> str:
    with app.app_context():
        return db.session.scalars(select(Person.id).where(has_address(DANA))).one()


@pytest.fixture
def is_written(app, signed_in):
    def write():
        typed = {"text": "She slept badly.", "record": "00000000-0000-4000-8000-000000000701", "edition": "0"}
        assert signed_in("clinician").post(f"/clinic/patients/{dana(app)}/notes", data=typed).status_code == 302

    return write


def is_still_open(app):
    with app.app_context():
        return db.session.scalars(select(Invitation.used_at)).one() is None


def mails(app):
    with app.app_context():
        return db.session.scalars(select(Notice.what).where(Notice.person_id == dana(app))).all()


def test_a_password_alone_opens_nothing_any_more_and_goes_along_until_the_code_is_right(
    app, sheet, first, is_written, audit
):
    assert first.get("/invited/choose").status_code == 200
    is_written()
    answer = first.post("/invited/choose?language=fr", data={"password": CHOSEN})
    assert (answer.status_code, owner(first), is_still_open(app)) == (403, None, True)
    assert "votre clinique a ajouté quelque chose à votre dossier" in answer.text
    assert mails(app) == ["invited"]
    wrong = first.post("/invited/mail?since=choosing&language=fr", data={"code": "ABCDEFGH", "password": CHOSEN})
    assert (wrong.status_code, owner(first)) == (422, None)
    for page in (answer, wrong):
        assert f'<input type="hidden" name="password" value="{CHOSEN}">' in page.text
        assert 'action="/invited/mail?since=choosing&amp;language=fr"' in page.text
    came = first.post("/invited/mail?since=choosing", data={"code": mailed(app, sheet), "password": CHOSEN})
    assert came.headers["Location"] == "/terms?next=/account/home-screen"
    assert owner(first) == dana(app)
    assert [row.why for row in audit("in")][-1] == "by-invitation"
    assert tries(app.test_client(), DANA, CHOSEN).status_code == 302


def test_the_page_to_choose_leads_to_the_mails_code_and_back(app, sheet, first, is_written):
    is_written()
    to = first.get("/invited/choose").headers["Location"]
    assert to.startswith("/invited/mail?since=choosing")
    assert "votre clinique a ajouté quelque chose" in first.get(to).text
    back = first.post(to, data={"code": mailed(app, sheet)}).headers["Location"]
    assert first.post(back, data={"password": CHOSEN}).status_code == 302
    assert owner(first) == dana(app)


def test_no_passkey_is_made_by_the_sheet_alone_either(app, sheet, first, is_written):
    asked, key = riddle(first, "make"), Authenticator()
    is_written()
    for answer in (
        first.post("/passkey/make", headers=OURS, json=key.make(asked)),
        first.post("/passkey/options/make", headers=OURS),
    ):
        assert (answer.status_code, answer.json["error"]) == (403, "mailed-code")
    assert (owner(first), is_still_open(app), mails(app)) == (None, True, ["invited"])
    first.post("/invited/mail", data={"code": mailed(app, sheet)})
    assert make(first)[1].json == {"to": "/terms?next=/account/home-screen"}
    assert owner(first) == dana(app)


def test_the_mails_code_of_one_invitation_is_none_of_the_next(app, sheet, first, is_written, signed_in):
    is_written()
    first.get("/invited/choose")
    assert first.post("/invited/mail", data={"code": mailed(app, sheet)}).status_code == 302
    code = again(signed_in("front-desk"), DANA)
    assert type_in(app, code, first)[1].headers["Location"].startswith("/invited/mail")
    assert first.post("/invited/choose", data={"password": CHOSEN}).status_code == 403
    assert owner(first) is None


def test_who_is_not_written_of_is_asked_for_no_other_code(app, first):
    assert first.get("/invited/mail").headers["Location"] == "/invited/choose"
    assert first.post("/invited/choose", data={"password": CHOSEN}).status_code == 302
    assert (owner(first), mails(app)) == (dana(app), [])
