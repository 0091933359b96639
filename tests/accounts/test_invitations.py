"""An invitation: handed over, once, not to be guessed, and it ends in somebody who is signed in."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from pwa.accounts.invitations import invitation_with, mailed_code
from pwa.accounts.passwords import has_address
from pwa.accounts.throttle import WRONG_CODES
from pwa.domain.terms import NEWEST
from pwa.forms.password import COMMON, common
from pwa.records import CareTeam, Clinic, Invitation, Notice, Patient, Person, SafetySettings, db
from tests.conftest import CAST, CLINIC, PASSWORD

ANA = CAST["ana"]
NEW = {
    "name": "Dana Roy",
    "email": "Dana@here.test",
    "language": "fr",
    "code": "kt-2001",
    "birth_date": "1991-05-06",
    "phone": "",
    "clinician": CAST["clinician"][1],
    "therapist": "",
}
MEMBER = {"name": "Kim Fox", "email": "kim@here.test", "language": "en", "role": "therapist"}
CHOSEN = "four sea birds asleep"
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.fixture
def desk(signed_in):
    return signed_in("front-desk")


def link_of(answer) -> str:
    """As the square says it; tests in a browser read the square itself."""
    assert answer.status_code == 200, answer.text
    return "/invited#" + re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", answer.text)[0].replace("-", "")


def invited(browser, typed=NEW, to="patient") -> str:
    """The code, as the link carries it."""
    return link_of(browser.post(f"/clinic/invitations/{to}", data=typed)).partition("#")[2]


def again(browser, whose) -> str:
    return link_of(browser.post("/clinic/invitations/again", data={"whose": whose})).partition("#")[2]


def type_in(app, code, browser=None):
    browser = browser or app.test_client()
    return browser, browser.post("/invited", data={"code": code})


def mailed(app, code) -> str:
    """What the mail says besides, into an account that is in use."""
    with app.app_context():
        return mailed_code(invitation_with(code))


def come_in(app, code, password=CHOSEN, browser=None):
    browser, answer = type_in(app, code, browser)
    assert answer.status_code == 302, answer.text
    if answer.headers["Location"].startswith("/invited/mail"):
        answer = browser.post("/invited/mail", data={"code": mailed(app, code)})
    return browser, browser.post(answer.headers["Location"], data={"password": password})


def owner(browser) -> str | None:
    return (browser.get("/me").json or {}).get("owner")


def test_a_new_patient_comes_in_by_the_link_and_a_password_and_signs_in_with_it_from_then_on(app, desk):
    link = link_of(desk.post("/clinic/invitations/patient", data=NEW))
    browser, answer = come_in(app, link.partition("#")[2])
    assert answer.headers["Location"] == "/terms?next=/account/home-screen"
    with app.app_context():
        dana = db.session.scalars(select(Person).where(has_address("dana@here.test"))).one()
        assert db.session.get_one(Patient, (CLINIC, dana.id)).code == "KT-2001"
        team = db.session.scalars(select(CareTeam).where(CareTeam.patient_id == dana.id)).all()
        assert [(one.person_id, one.role) for one in team] == [(CAST["clinician"][1], "clinician")]
        assert owner(browser) == dana.id
    later = app.test_client().post("/sign-in", data={"clinic": CLINIC, "email": "dana@here.test", "password": CHOSEN})
    assert later.status_code == 302


def test_the_sheet_names_nobody_and_offers_no_link_that_could_be_mailed(desk):
    page = desk.post("/clinic/invitations/patient", data=NEW).text
    sheet = page[page.index('class="ticket"') :]
    assert "Dana" not in sheet
    assert "dana@" not in sheet
    assert len(re.findall(r"\b(?:[A-Z0-9]{4}-){2}[A-Z0-9]{4}\b", sheet)) == 1
    assert "<input" not in sheet
    for said in ("Le code est", "un journal pour votre traitement", "votre visage", "écran d’accueil", "Appelez-nous"):
        assert said in sheet
    assert "Pour la clinique seulement" in sheet
    assert "<svg" in sheet
    for inline in ("style=", "<style", "<script"):
        assert inline not in sheet


def test_a_manager_invites_staff_and_nobody_else_does(app, signed_in):
    browser, answer = come_in(app, invited(signed_in("manager"), MEMBER, "member"))
    assert answer.headers["Location"] == "/clinic/room"
    browser.post("/terms", data={"version": NEWEST.version})
    assert browser.get("/clinic/room").status_code == 200
    for who in ("clinician", "front-desk"):
        assert signed_in(who).post("/clinic/invitations/member", data=MEMBER).status_code == 403


def test_it_works_once_also_if_two_use_it_at_the_same_time(app, desk):
    code = invited(desk)
    opened = [type_in(app, code)[0] for _ in range(2)]
    assert {browser.get("/invited/choose").status_code for browser in opened} == {200}
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda one: one.post("/invited/choose", data={"password": CHOSEN}), opened))
    assert sorted(answer.headers["Location"] for answer in answers) == ["/invited", "/terms?next=/account/home-screen"]
    assert sum(owner(browser) is not None for browser in opened) == 1
    assert type_in(app, code)[1].status_code == 422


def test_only_a_keyed_hash_of_its_code_is_kept(app, desk):
    code = invited(desk)
    with app.app_context():
        row = db.session.scalars(select(Invitation)).one()
        assert len(row.code_hash) == 64
        assert code not in str(vars(row))


@pytest.mark.parametrize("end", ["time", "withdrawn", "another"])
def test_it_ends_by_time_by_hand_and_by_another_one_also_for_who_typed_its_code_already(app, desk, clock, end):
    code = invited(desk)
    browser, _ = type_in(app, code)
    if end == "time":
        clock.forward(days=3)
        desk.post("/sign-in", data={"clinic": CLINIC, "email": CAST["front-desk"][3], "password": PASSWORD})
    elif end == "withdrawn":
        with app.app_context():
            one = db.session.scalars(select(Invitation.id)).one()
        assert desk.post(f"/clinic/invitations/{one}/withdraw").status_code == 302
    else:
        again(desk, "KT-2001")
    assert browser.post("/invited/choose", data={"password": CHOSEN}).headers["Location"] == "/invited"
    assert owner(browser) is None
    _, answer = type_in(app, code)
    assert (answer.status_code, "is wrong, was used already, or is too old" in answer.text) == (422, True)
    if end != "another":
        assert "None is open." in desk.get("/clinic/invitations").text


def test_guessing_ends_soon_and_waits_also_with_the_right_code(app, desk, clock):
    code, browser = invited(desk), app.test_client()
    answers = [type_in(app, f"WRNGWRNG{n:04}", browser)[1].status_code for n in range(WRONG_CODES)]
    assert set(answers) == {422}
    assert type_in(app, code, browser)[1].status_code == 429
    clock.forward(minutes=15)
    assert type_in(app, code, browser)[1].status_code == 302


def test_a_whole_morning_of_patients_comes_in_behind_the_clinics_one_address(app, desk):
    code = invited(desk)
    answers = [type_in(app, code)[1].status_code for _ in range(WRONG_CODES + 1)]
    assert set(answers) == {302}, "a right code is no guess, however often it is typed"


@pytest.mark.parametrize("why", ["closed", "not-live"])
def test_a_right_code_that_opens_nothing_is_no_guess_either(app, desk, why):
    code = invited(desk)
    with app.app_context():
        if why == "closed":
            db.session.scalars(select(Person).where(has_address("dana@here.test"))).one().closed_at = NOW
        else:
            db.session.get_one(Clinic, CLINIC).is_demo = False
        db.session.commit()
    assert {type_in(app, code)[1].status_code for _ in range(WRONG_CODES + 1)} == {403}


def test_nobody_chooses_a_password_without_a_code(app):
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    assert browser.get("/invited/choose").headers["Location"] == "/invited"
    assert browser.post("/invited/choose", data={"password": CHOSEN}).headers["Location"] == "/invited"


def test_it_is_listed_while_it_is_open_and_its_making_and_its_use_are_audited(app, desk, audit):
    code = invited(desk)
    assert "Dana Roy" in desk.get("/clinic/invitations").text
    come_in(app, code)
    assert "None is open." in desk.get("/clinic/invitations").text
    whats = [(row.action, row.what, row.why, row.role) for row in audit()]
    assert whats == [
        ("write", "team", "administration", "front-desk"),
        ("write", "invitations", "administration", "front-desk"),
        ("read", "invitations", "administration", "front-desk"),
        ("write", "came-in", "coming-in", "patient"),
        ("read", "invitations", "administration", "front-desk"),
    ]


def test_a_new_one_for_an_account_is_told_by_mail_and_its_use_signs_out_everyone_else(app, signed_in, desk):
    old = signed_in("ana")
    code = again(desk, "kt-1001")
    assert owner(old) == ANA[1], "making it changes nothing yet"
    browser, answer = come_in(app, code)
    assert (answer.headers["Location"], owner(browser), owner(old)) == ("/account/home-screen", ANA[1], None)
    assert old.post("/sign-in", data={"clinic": ANA[0], "email": ANA[3], "password": PASSWORD}).status_code == 422
    assert old.post("/sign-in", data={"clinic": ANA[0], "email": ANA[3], "password": CHOSEN}).status_code == 302
    with app.app_context():
        told = db.session.execute(select(Notice.what, Notice.channel, Notice.person_id).order_by(Notice.what)).all()
    assert told == [("invited", "mail", ANA[1]), ("keys", "mail", ANA[1])]


def test_a_code_for_another_screen_ends_with_it_too(app, signed_in, desk):
    other = signed_in("ana").post("/code", headers={"X-Tidelog": "1"}).json["code"]
    come_in(app, again(desk, "KT-1001"))
    assert app.test_client().post("/sign-in/code", data={"code": other}).status_code == 422


@pytest.mark.parametrize(
    ("who", "whose", "status"),
    [
        ("clinician", "KT-1001", 200),
        ("another-clinician", "KT-1001", 422),
        ("clinician", CAST["therapist"][3], 422),
        ("front-desk", CAST["therapist"][3], 422),
        ("front-desk", "KT-1003", 422),
        ("manager", CAST["therapist"][3], 200),
        ("manager", CAST["manager"][3], 422),
        ("manager", CAST["stranger"][3], 422),
        ("therapist", "KT-1001", 403),
    ],
)
def test_who_may_let_whom_in_again(signed_in, who, whose, status):
    assert signed_in(who).post("/clinic/invitations/again", data={"whose": whose}).status_code == status


def test_a_clinician_sees_and_withdraws_those_of_their_own_patients_and_their_own(app, signed_in, desk):
    again(desk, "KT-1001")
    again(desk, "KT-1002")
    hers, other = signed_in("clinician"), signed_in("another-clinician")
    assert "KT-1001" in hers.get("/clinic/invitations").text
    assert "KT-1002" not in hers.get("/clinic/invitations").text
    with app.app_context():
        one = db.session.scalars(select(Invitation.id).where(Invitation.person_id == ANA[1])).one()
    assert other.post(f"/clinic/invitations/{one}/withdraw").status_code == 404
    assert hers.post(f"/clinic/invitations/{one}/withdraw").status_code == 302


@pytest.mark.parametrize(
    "password",
    ["short", "Password1", "iloveyou", "dana@here.test", "DanaDana12", "aaaaaaaaaaaa", "tidelog1", "harbourclinic"],
)
def test_a_password_is_long_enough_and_not_among_those_that_are_guessed_first(app, desk, password):
    browser, answer = come_in(app, invited(desk), password)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert ("trop court" in answer.text) != ("facile à deviner" in answer.text), "one thing to do, and not two"
    assert browser.post("/invited/choose", data={"password": "a b c d e"}).status_code == 302


def test_a_member_of_staff_takes_twelve_characters(app, signed_in):
    code = invited(signed_in("manager"), MEMBER, "member")
    browser, answer = come_in(app, code, "sea birds 4")
    assert answer.status_code == 422
    assert "at least 12 characters" in answer.text
    assert browser.post("/invited/choose", data={"password": CHOSEN}).status_code == 302


def test_the_list_of_common_passwords_says_where_it_is_from_and_is_long_enough():
    assert len(common()) > 3000
    assert re.search(r"Taken on 20\d\d-\d\d-\d\d", COMMON.read_text()[:400])


@pytest.mark.parametrize("wrong", [{"email": "no address"}, {"email": ANA[3]}, {"code": "KT-1001"}, {"name": ""}])
def test_what_is_wrong_makes_no_account(app, desk, wrong):
    answer = desk.post("/clinic/invitations/patient", data={**NEW, **wrong})
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == len(CAST)


def test_what_is_sent_beside_the_form_changes_nothing(app, desk):
    invited(desk, {**NEW, "role": "manager", "clinic_id": CAST["stranger"][0], "password_hash": "x"})
    with app.app_context():
        dana = db.session.scalars(select(Person).where(has_address("dana@here.test"))).one()
        assert (dana.clinic_id, dana.role, dana.password_hash) == (CLINIC, "patient", None)


def test_in_a_clinic_that_is_not_live_it_opens_nothing_and_is_not_used_up(app, desk):
    code = invited(desk)
    with app.app_context():
        db.session.get_one(Clinic, CLINIC).is_demo = False
        db.session.commit()
    _, answer = type_in(app, code)
    assert (answer.status_code, "has not begun with Tidelog yet" in answer.text) == (403, True)
    with app.app_context():
        assert db.session.scalars(select(Invitation.used_at)).one() is None
        assert db.session.get(SafetySettings, CLINIC) is None


def test_whoever_runs_the_server_lets_a_lone_manager_in_again(app):
    run = app.test_cli_runner().invoke(args=["invite", "Manager@here.test"])
    app.config["WTF_CSRF_ENABLED"] = False
    assert come_in(app, run.output.strip().partition("#")[2])[1].headers["Location"] == "/clinic/"
    assert app.test_cli_runner().invoke(args=["invite", "nobody@here.test"]).exit_code == 1


def test_of_two_who_invite_the_same_person_at_the_same_moment_one_does(app_on_both, signed_in):
    cookie = signed_in("front-desk", app_on_both).get_cookie("session").value

    def invites(_):
        browser = app_on_both.test_client()
        browser.set_cookie("session", cookie)
        return browser.post("/clinic/invitations/patient", data=NEW).status_code

    with ThreadPoolExecutor(4) as hands:
        assert sorted(hands.map(invites, range(4))) == [200, 422, 422, 422]
