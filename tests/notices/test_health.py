"""When no courier goes round, nobody is told anything: so it is said."""

from __future__ import annotations

from datetime import timedelta

from pwa.records import Clinic, db
from tests.conftest import CLINIC

SILENT = timedelta(minutes=5, seconds=1)


def health(app):
    answer = app.test_client().get("/healthz")
    return answer.status_code, answer.json.get("error")


def test_a_courier_that_was_not_heard_of_for_five_minutes_is_missed(app, clock, go_round):
    go_round(app)
    clock.forward(minutes=5)
    assert health(app) == (200, None)
    clock.forward(seconds=1)
    assert health(app) == (503, "courier-silent")
    go_round(app)
    assert health(app) == (200, None)


def test_where_none_ever_ran_it_is_missed_as_soon_as_something_waits(app, clock, tell):
    clock.forward(days=1)
    assert health(app) == (200, None), "a demo has nobody who could be missed"
    tell(app, "clinician")
    clock.moment += SILENT
    assert health(app) == (503, "courier-silent")


def test_where_none_ever_ran_it_is_missed_as_soon_as_a_real_clinic_has_a_patient(app, clock):
    with app.app_context():
        db.session.get_one(Clinic, CLINIC).is_demo = False
        db.session.commit()
        db.session.remove()
    clock.forward(minutes=5)
    assert health(app) == (200, None)
    clock.forward(seconds=1)
    assert health(app) == (503, "courier-silent")


def test_an_empty_installation_is_well(app, clock):
    with app.app_context():
        db.drop_all()
        db.create_all()
    clock.forward(days=1)
    assert health(app) == (200, None)


def test_the_clinics_pages_say_so(app, clock, signed_in, go_round):
    go_round(app)
    line = "Messages do not go out as they should just now"
    for who in ("clinician", "manager"):
        assert line not in signed_in(who).get("/clinic/", follow_redirects=True).text
    clock.moment += SILENT
    for who in ("clinician", "manager"):
        assert line in signed_in(who).get("/clinic/", follow_redirects=True).text


def test_one_part_that_fails_keeps_none_of_the_others_from_its_turn(app, tell, mailbox, go_round, monkeypatch):
    from pwa.notices import courier, sending

    def fails(_me: str) -> None:
        raise RuntimeError("a rule is broken")

    monkeypatch.setattr(courier, "TURNS", (fails, sending.send_all))
    tell(app, "clinician")
    go_round(app)
    assert len(mailbox.mails) == 1
