"""The second step of staff: asked for in a real clinic, each code once, and a way in when the phone is lost."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import delete, select, text

from pwa.accounts.keyed import keyed_hash
from pwa.accounts.throttle import PER_ACCOUNT
from pwa.records import Authenticator, Clinic, Notice, RecoveryCode, SignIn, db
from tests.accounts.test_invitations import CHOSEN, again, come_in
from tests.accounts.test_passkeys import make
from tests.conftest import CAST, CLINIC, PASSWORD

NURSE = CAST["clinician"]


@pytest.fixture
def real(app):
    """Not the demo's clinic any longer."""
    with app.app_context():
        db.session.get_one(Clinic, CLINIC).is_demo = False
        db.session.commit()
        db.session.remove()


def secret_on(page: str) -> str:
    return re.search(r'class="secret">([A-Z2-7]+)<', page)[1]


def set_up(browser, clock) -> tuple[str, list[str]]:
    """The app's secret, and the recovery codes; then the next code may be used."""
    secret = secret_on(browser.get("/account/second").text)
    answer = browser.post("/account/second", data={"code": code_at(secret, clock)})
    codes = re.findall(r"<li>([A-Z0-9]{5}-[A-Z0-9]{5})</li>", answer.text)
    clock.forward(minutes=1)
    return secret, codes


def code_at(secret, clock, seconds=0) -> str:
    return pyotp.TOTP(secret).at(clock() + timedelta(seconds=seconds))


def password(app, browser=None, email=NURSE[3]):
    browser = browser or app.test_client()
    return browser, browser.post("/sign-in", data={"clinic": CLINIC, "email": email, "password": PASSWORD})


def step(app, code, browser=None):
    browser, _ = password(app, browser)
    return browser, browser.post("/sign-in/second", data={"code": code})


def test_staff_of_a_real_clinic_are_led_to_set_one_up_before_anything_else(app, real, signed_in, clock):
    nurse = signed_in("clinician")
    for path in ("/clinic/", "/clinic/triage", f"/clinic/patients/{CAST['ana'][1]}"):
        assert nurse.get(path).headers["Location"] == "/account/second"
    assert nurse.post("/clinic/names", data={"names": "hide"}).headers["Location"] == "/account/second"
    _, codes = set_up(nurse, clock)
    assert len(set(codes)) == 10
    assert nurse.get("/clinic/triage").status_code == 200


def test_in_a_demo_clinic_a_password_is_enough_until_one_is_set_up(app, signed_in, clock):
    nurse = signed_in("clinician")
    assert nurse.get("/clinic/triage").status_code == 200
    set_up(nurse, clock)
    _, answer = password(app)
    assert answer.headers["Location"] == "/sign-in/second"


def test_after_the_password_comes_the_code_and_before_it_nothing_opens(app, real, signed_in, clock):
    secret, _ = set_up(signed_in("clinician"), clock)
    browser, answer = password(app)
    assert answer.headers["Location"] == "/sign-in/second"
    assert browser.get("/clinic/triage").status_code == 302
    assert browser.get("/me").status_code == 401
    wrong = browser.post("/sign-in/second", data={"code": "000000"})
    assert (wrong.status_code, "is wrong or was used" in wrong.text) == (422, True)
    right = browser.post("/sign-in/second?next=/clinic/patients", data={"code": code_at(secret, clock)})
    assert right.status_code == 302
    assert browser.get("/clinic/triage").status_code == 200


def test_a_code_is_taken_once_also_if_two_use_it_at_the_same_time_and_none_before_it(app, signed_in, clock):
    secret, _ = set_up(signed_in("clinician"), clock)
    code, before = code_at(secret, clock), code_at(secret, clock, -30)
    both = [password(app)[0] for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.post("/sign-in/second", data={"code": code}).status_code, both))
    assert sorted(answers) == [302, 422]
    assert step(app, code)[1].status_code == step(app, before)[1].status_code == 422
    clock.forward(seconds=30)
    assert step(app, code_at(secret, clock))[1].status_code == 302


@pytest.mark.parametrize(("seconds", "status"), [(-60, 422), (-30, 302), (30, 302), (60, 422)])
def test_a_clock_may_be_off_by_half_a_minute(app, signed_in, clock, seconds, status):
    secret, _ = set_up(signed_in("clinician"), clock)
    clock.forward(minutes=5)
    assert step(app, code_at(secret, clock, seconds))[1].status_code == status


def test_a_recovery_code_lets_in_once_and_only_its_hash_is_kept(app, signed_in, clock):
    _, codes = set_up(signed_in("clinician"), clock)
    with app.app_context():
        kept = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(kept) == 10
    assert codes[0].replace("-", "") not in str(kept)
    assert step(app, codes[0].lower())[1].status_code == 302
    assert step(app, codes[0])[1].status_code == 422


def test_recovery_codes_outlive_another_secret_key(app, signed_in, clock):
    _, codes = set_up(signed_in("clinician"), clock)
    app.config["SECRET_KEY"] = "another secret that is long enough to be taken"
    assert step(app, codes[0])[1].status_code == 302


def test_recovery_codes_of_an_earlier_release_go_on_until_its_secret_key_ends(app, signed_in, clock):
    _, codes = set_up(signed_in("clinician"), clock)
    with app.app_context():
        db.session.execute(delete(RecoveryCode))
        whose = dict(zip(("clinic_id", "person_id"), CAST["clinician"][:2], strict=True))
        hashed = [keyed_hash(f"recovery:{code.replace('-', '')}") for code in codes]
        db.session.add_all(RecoveryCode(**whose, code_hash=one) for one in hashed)
        db.session.commit()
    assert step(app, codes[0])[1].status_code == 302
    app.config["SECRET_KEY"] = "another secret that is long enough to be taken"
    assert step(app, codes[1])[1].status_code == 422


def test_new_recovery_codes_end_the_old_ones(app, signed_in, clock):
    nurse = signed_in("clinician")
    _, codes = set_up(nurse, clock)
    page = nurse.post("/account/recovery").text
    assert step(app, codes[1])[1].status_code == 422
    assert step(app, re.search(r"<li>([A-Z0-9]{5}-[A-Z0-9]{5})</li>", page)[1])[1].status_code == 302


def test_guessing_codes_ends_soon_and_waits_also_with_the_right_one(app, signed_in, clock):
    secret, _ = set_up(signed_in("clinician"), clock)
    browser, _ = password(app)
    answers = [browser.post("/sign-in/second", data={"code": f"{n:06}"}).status_code for n in range(PER_ACCOUNT)]
    assert set(answers) == {422}
    assert step(app, code_at(secret, clock), browser)[1].status_code == 429
    clock.forward(minutes=15)
    assert step(app, code_at(secret, clock), browser)[1].status_code == 302


def test_the_password_is_good_for_five_minutes_and_in_its_own_browser_alone(app, signed_in, clock):
    secret, _ = set_up(signed_in("clinician"), clock)
    browser, _ = password(app)
    stranger = app.test_client()
    assert stranger.post("/sign-in/second", data={"code": code_at(secret, clock)}).headers["Location"] == "/sign-in"
    clock.forward(minutes=6)
    assert browser.post("/sign-in/second", data={"code": code_at(secret, clock)}).headers["Location"] == "/sign-in"


def test_the_secret_lies_sealed_and_setting_up_signs_out_elsewhere_and_is_told(app, signed_in, clock, audit):
    elsewhere, nurse = signed_in("clinician"), signed_in("clinician")
    secret, _ = set_up(nurse, clock)
    assert elsewhere.get("/me").status_code == 401
    with app.app_context():
        kept = db.session.execute(text("SELECT secret FROM authenticator")).scalar_one()
        assert secret.encode() not in kept
        assert db.session.scalars(select(Notice.what)).all() == ["keys"]
    assert [row.what for row in audit()] == ["keys"]


def test_a_square_that_nobody_confirmed_is_no_second_step(app, signed_in, clock):
    nurse = signed_in("clinician")
    page = nurse.get("/account/second").text
    assert "<svg" in page
    assert nurse.post("/account/second", data={"code": "123456"}).status_code == 422
    assert secret_on(nurse.get("/account/second").text) == secret_on(page)
    assert password(app)[1].headers["Location"] == "/clinic/"


def test_patients_have_none(signed_in):
    assert signed_in("ana").get("/account/second").status_code == 403


def test_another_app_takes_its_place_once_its_first_code_is_typed_and_not_before(app, signed_in, clock):
    nurse = signed_in("clinician")
    old, codes = set_up(nurse, clock)
    new = secret_on(nurse.get("/account/second").text)
    assert nurse.post("/account/second", data={"code": code_at(old, clock)}).status_code == 422
    assert step(app, code_at(new, clock))[1].status_code == 422
    assert step(app, code_at(old, clock))[1].status_code == 302, "the old one goes on"
    assert set_up(nurse, clock)[0] == new
    for gone in (code_at(old, clock), codes[0]):
        assert step(app, gone)[1].status_code == 422
    assert step(app, code_at(new, clock))[1].status_code == 302


def test_whoever_lost_the_phone_proves_it_by_a_recovery_code_and_sets_up_a_new_one(app, real, signed_in, clock):
    _, codes = set_up(signed_in("clinician"), clock)
    browser, _ = step(app, codes[0])
    clock.forward(minutes=11)
    assert browser.get("/account/second").headers["Location"].startswith("/account/prove")
    proof = {"password": PASSWORD, "code": codes[1]}
    assert browser.post("/account/prove", data=proof).status_code == 302
    new, _ = set_up(browser, clock)
    assert step(app, code_at(new, clock))[1].status_code == 302


def test_a_new_invitation_ends_the_second_step_too(app, real, signed_in, clock):
    manager = signed_in("manager")
    set_up(manager, clock)
    nurse = signed_in("clinician")
    set_up(nurse, clock)
    browser, answer = come_in(app, again(manager, NURSE[3]), CHOSEN + " again")
    assert answer.status_code == 302
    assert browser.get("/clinic/triage").headers["Location"] == "/account/second"
    with app.app_context():
        whose = db.session.scalars(select(Authenticator.person_id).where(Authenticator.confirmed_at.is_not(None))).all()
    assert whose == [CAST["manager"][1]]


def test_a_new_proof_gives_a_new_cookie_and_the_one_before_opens_nothing(app, signed_in):
    browser, thief = signed_in("ana"), app.test_client()
    thief.set_cookie("session", browser.get_cookie("session").value)
    assert thief.get("/account").status_code == 200
    browser.post("/account/prove", data={"password": PASSWORD})
    assert (browser.get("/account").status_code, thief.get("/account").status_code) == (200, 302)
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count(SignIn.id))) == 1, "it is the same sign-in"


def test_what_changes_the_way_in_is_asked_for_once_more_after_ten_minutes(app, signed_in, clock):
    nurse = signed_in("clinician")
    clock.forward(minutes=11)
    asked = nurse.get("/account/second").headers["Location"]
    assert asked == "/account/prove?next=/account/second"
    assert nurse.post(asked, data={"password": "wrong"}).status_code == 422
    assert nurse.post(asked, data={"password": PASSWORD}).headers["Location"] == "/account/second"
    set_up(nurse, clock)
    with app.app_context():
        assert db.session.scalars(select(SignIn.two_steps).where(SignIn.revoked_at.is_(None))).all() == [True]


def open_browser(app, signed_in, clock):
    """Of a clinician with an app, left open for a while; and the app's secret."""
    browser = signed_in("clinician")
    secret, _ = set_up(browser, clock)
    clock.forward(minutes=11)
    return browser, secret


def changes(browser, new="four sea birds asleep"):
    return browser.post("/account/password", data={"current": PASSWORD, "password": new})


def test_at_an_open_browser_the_password_alone_changes_no_password_and_proves_nothing(app, signed_in, clock):
    browser, secret = open_browser(app, signed_in, clock)
    assert browser.get("/account/password").headers["Location"] == "/account/prove?next=/account/password"
    assert changes(browser).headers["Location"] == "/account/prove?next=/account/password"
    assert browser.post("/account/prove", data={"password": PASSWORD}).status_code == 422
    assert browser.get("/account/second").headers["Location"].startswith("/account/prove")
    proof = {"password": PASSWORD, "code": code_at(secret, clock)}
    assert browser.post("/account/prove?next=/account/password", data=proof).location == "/account/password"
    assert changes(browser).headers["Location"] == "/account"


def test_a_changed_password_is_no_proof_of_a_second_step_and_makes_none_last_longer(app, signed_in, clock):
    browser, secret = open_browser(app, signed_in, clock)
    browser.post("/account/prove", data={"password": PASSWORD, "code": code_at(secret, clock)})
    clock.forward(minutes=9)
    before = browser.get_cookie("session").value
    assert changes(browser).headers["Location"] == "/account"
    clock.forward(minutes=2)
    assert browser.get("/account/second").headers["Location"].startswith("/account/prove")
    thief = app.test_client()
    thief.set_cookie("session", before)
    assert thief.get("/account").status_code == 302, "the cookie from before opens nothing"


def test_where_a_passkey_is_the_second_step_a_password_alone_proves_nothing_and_a_recovery_code_beside_it_does(
    app, real, signed_in, clock
):
    browser = signed_in("clinician")
    make(browser)
    page = browser.post("/account/recovery").text
    clock.forward(minutes=11)
    assert browser.post("/account/prove", data={"password": PASSWORD}).status_code == 422
    assert "One of your recovery codes" in browser.get("/account/prove").text
    assert browser.get("/account/second").headers["Location"].startswith("/account/prove")
    code = re.search(r"<li>([A-Z0-9]{5}-[A-Z0-9]{5})</li>", page)[1]
    assert browser.post("/account/prove", data={"password": PASSWORD, "code": code}).status_code == 302
    assert browser.get("/account/second").status_code == 200


def change_elsewhere(app, signed_in, nurse, clock):
    assert changes(nurse).headers["Location"] == "/account"


def sign_out_everywhere_else(app, signed_in, nurse, clock):
    nurse.post("/account/sign-ins/end")


def end_one_sign_in(app, signed_in, nurse, clock):
    step(app, code_at(secret_of(app), clock))
    [other] = re.findall(r'action="(/account/sign-ins/[0-9a-f-]+/end)"', nurse.get("/account").text)
    assert nurse.post(other).status_code == 302


def sign_out_by_a_manager(app, signed_in, nurse, clock):
    nurse.post("/sign-out")
    assert signed_in("manager").post(f"/clinic/people/{NURSE[1]}/sign-out").status_code == 302


def close_and_open(app, signed_in, nurse, clock):
    manager = signed_in("manager")
    for what in ("close", "open"):
        assert manager.post(f"/clinic/people/{NURSE[1]}/{what}").status_code == 302


def use_an_invitation(app, signed_in, nurse, clock):
    come_in(app, again(signed_in("manager"), NURSE[3]), CHOSEN)


def secret_of(app) -> str:
    with app.app_context():
        return db.session.scalars(select(Authenticator.secret)).one()


ENDINGS = (
    change_elsewhere,
    sign_out_everywhere_else,
    end_one_sign_in,
    sign_out_by_a_manager,
    close_and_open,
    use_an_invitation,
)


@pytest.mark.parametrize("ending", ENDINGS)
def test_whoever_is_half_way_in_is_out_with_the_password_and_the_sign_ins_of_that_time(app, signed_in, clock, ending):
    nurse = signed_in("clinician")
    secret, _ = set_up(nurse, clock)
    thief, answer = password(app)
    assert answer.headers["Location"] == "/sign-in/second"
    ending(app, signed_in, nurse, clock)
    clock.forward(minutes=1)
    late = thief.post("/sign-in/second", data={"code": code_at(secret, clock)})
    assert late.headers["Location"] == "/sign-in"
    assert thief.get("/me").status_code == 401


def test_the_password_of_somebody_else_ends_nobodys_way(app, signed_in, clock):
    secret, _ = set_up(signed_in("clinician"), clock)
    browser, _ = password(app)
    assert signed_in("manager").post(f"/clinic/people/{CAST['therapist'][1]}/sign-out").status_code == 302
    assert browser.post("/sign-in/second", data={"code": code_at(secret, clock)}).headers["Location"] == "/clinic/"
