"""Who came in and went out stands in the trail; who only tried, in the log, and nobody's name in it."""

from __future__ import annotations

import json
import re

import pytest

from pwa.notices.ran_out import note_ran_out
from pwa.records import AuditRow, CourierTurn, Person, SignIn, db
from tests.accounts.test_codes import code_of
from tests.clinic.conftest import plain
from tests.conftest import CAST, CLINIC
from tests.operating.test_lines import written

__all__ = ["written"]
ANA, CLINICIAN, MANAGER = CAST["ana"], CAST["clinician"], CAST["manager"]
NOBODY = "nobody@here.test"


@pytest.fixture
def coming(audit):
    def rows():
        return [(row.person_id, row.action, row.why, row.patients) for row in audit("in", "out")]

    return rows


def tries(app, email, password="wrong", network="192.0.2.7"):
    app.config["WTF_CSRF_ENABLED"] = False
    typed = {"clinic": CLINIC, "email": email, "password": password}
    return app.test_client().post("/sign-in", data=typed, environ_base={"REMOTE_ADDR": network})


def told(written):
    return [line for line in map(json.loads, written) if "event" in line]


def hashed(app, what, address):
    ran = app.test_cli_runner().invoke(args=["log-hash", what, address])
    assert ran.exit_code == 0, ran.output
    return ran.output.strip()


def test_coming_in_and_going_out_are_rows_that_name_the_same_sign_in(app, signed_in, audit, coming):
    signed_in("clinician").post("/sign-out")
    assert coming() == [(CLINICIAN[1], "in", "by-password", []), (CLINICIAN[1], "out", "own-account", [])]
    came, went = audit("in", "out")
    with app.app_context():
        sign_in = db.session.scalars(db.select(SignIn)).one()
    assert came.records == went.records == [sign_in.id]
    assert (came.device, came.address) == (sign_in.device_id, "127.0.0.1")


def test_a_patient_who_comes_by_a_code_and_signs_out_elsewhere_is_found_by_her_code(app, signed_in, coming):
    ana, other = signed_in("ana"), app.test_client()
    other.post("/sign-in/code", data={"code": code_of(ana)})
    ana.post("/account/sign-ins/end")
    assert coming() == [
        (ANA[1], "in", "by-password", [ANA[1]]),
        (ANA[1], "in", "by-code", [ANA[1]]),
        (ANA[1], "out", "own-account", [ANA[1]]),
    ]
    assert "Nobody so far." in plain(ana.get("/account/looks").text)
    assert "came in" in plain(signed_in("manager").get("/clinic/audit?what=sign-ins").text)


def test_who_was_signed_out_by_another_has_a_row_in_their_name(signed_in, coming):
    signed_in("clinician")
    manager = signed_in("manager")
    manager.post(f"/clinic/people/{CLINICIAN[1]}/sign-out")
    assert coming()[-1] == (MANAGER[1], "out", "administration", [])


def test_a_sign_in_that_ended_by_itself_is_a_row_once(app, signed_in, clock, coming):
    signed_in("clinician")
    clock.forward(hours=13)
    with app.app_context():
        db.session.add(CourierTurn(id=1, at=clock.moment, planned_until=clock.moment.replace(year=2020)))
        db.session.commit()
        for _ in range(2):
            note_ran_out("me")
        db.session.remove()
    assert coming()[1:] == [(CLINICIAN[1], "out", "ran-out", [])]


def test_a_wrong_password_is_told_to_the_log_in_the_same_way_whether_there_is_an_account(app, written, audit):
    for email in (ANA[3], NOBODY):
        assert tries(app, email).status_code == 422
    known, unknown = told(written)
    assert known["event"] == unknown["event"] == "password-wrong"
    assert set(known) == set(unknown)
    assert (known["account"], known["clinic"], unknown["clinic"]) == (
        hashed(app, "account", "Ana@here.test"),
        None,
        None,
    )
    assert unknown["account"] == hashed(app, "account", NOBODY)
    assert known["network"] == unknown["network"] == hashed(app, "network", "192.0.2.7")
    assert audit("in", "out", "refused") == []
    assert not re.search(r"ana@|192\.0", "".join(written))


def test_who_must_wait_and_a_wrong_second_proof_are_told_too(app, signed_in, written, clock):
    for _ in range(9):
        tries(app, NOBODY)
    assert [line["event"] for line in told(written)] == ["password-wrong"] * 8 + ["password-waits"]
    manager = signed_in("manager")
    manager.post("/account/prove", data={"password": "wrong"})
    assert told(written)[-1]["event"] == "proof-wrong"
    assert told(written)[-1]["account"] == hashed(app, "account", MANAGER[3])


def test_networks_of_one_customer_are_called_the_same_and_nonsense_is_refused(app):
    assert hashed(app, "network", "2001:db8::1") == hashed(app, "network", "2001:db8::2")
    assert app.test_cli_runner().invoke(args=["log-hash", "network", "ana"]).exit_code == 1


def test_a_record_that_is_not_theirs_is_a_row_without_what_does_not_exist(signed_in, audit):
    stranger = signed_in("another-clinician")
    elsewhere = CAST["patient-elsewhere"][1]
    for patient in (ANA[1], elsewhere, "00000000-0000-4000-8000-00000000dead"):
        assert stranger.get(f"/clinic/patients/{patient}").status_code == 404
    assert stranger.get("/clinic/people").status_code == 403
    rows = [(row.what, row.patients, row.records, row.why) for row in audit("refused")]
    page = ["/clinic/patients/<uuid:patient>"]
    assert rows == [
        ("page", [ANA[1]], page, "not-found"),
        ("page", [], page, "not-found"),
        ("page", [], page, "not-found"),
        ("page", [], ["/clinic/people"], "not-yours"),
    ]
    assert "was refused: a page about you" in plain(signed_in("ana").get("/account/looks").text)


def test_who_asks_without_end_fills_no_trail(signed_in, audit):
    stranger = signed_in("another-clinician")
    for _ in range(70):
        assert stranger.get(f"/clinic/patients/{ANA[1]}").status_code == 404
    assert len(audit("refused")) == 60


def test_what_was_begun_before_a_refusal_is_undone(app, signed_in):
    """The row is kept, and nothing else of the request."""
    manager = signed_in("manager")
    assert manager.post("/clinic/people/00000000-0000-4000-8000-00000000dead/close").status_code == 404
    with app.app_context():
        assert db.session.scalars(db.select(Person.closed_at).where(Person.clinic_id == CLINIC)).all() == [None] * 7
        assert db.session.scalars(db.select(AuditRow.action).order_by(AuditRow.id)).all() == ["in", "refused"]
