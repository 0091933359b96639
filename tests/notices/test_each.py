"""What is wrong with one clinic or one patient is heard of, and keeps nobody else waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from pwa.notices import courier
from pwa.notices.claiming import CLAIM_LASTS, MOST_CLAIMS
from pwa.records import Alert, Clinic, Notice, SafetySettings, db
from pwa.records.responding import house_of
from tests.conftest import CAST, CLINIC, OTHER_CLINIC
from tests.notices import world


@pytest.fixture
def broken_clinic(app, go_round):
    """Figures that cannot be read, as no page of ours writes them; until then all went well."""

    def breaks() -> None:
        go_round(app)
        world.rota(app)
        with app.app_context():
            db.session.execute(update(SafetySettings).values(minutes={"urgent": [], "watch": []}))
            db.session.commit()
            with pytest.raises(IndexError):
                house_of(CLINIC)
            db.session.remove()

    return breaks


def operator_words(app, clinic):
    with app.app_context():
        asked = select(Notice.about).where(Notice.what == "operator", Notice.channel == "mail")
        found = list(db.session.scalars(asked.where(Notice.clinic_id == clinic)))
        db.session.remove()
    return found


def test_an_alert_that_cannot_go_on_keeps_no_other_from_the_next_person(app, says, clock, go_round, broken_clinic):
    says("ana", "check-in", {"thoughts": "often"})
    says("patient-elsewhere", "check-in", {"thoughts": "often"})
    broken_clinic()
    clock.forward(minutes=31)
    go_round(app)
    go_round(app)
    with app.app_context():
        gone_on = {alert.clinic_id: alert.escalated for alert in db.session.scalars(select(Alert))}
        db.session.remove()
    assert gone_on == {CLINIC: 0, OTHER_CLINIC: 1}
    assert operator_words(app, CLINIC) == ["escalation"]
    assert operator_words(app, OTHER_CLINIC) == []


def test_a_silence_that_cannot_be_heard_keeps_no_other_from_being_heard(app, treated, clock, go_round, broken_clinic):
    treated(days=0.5)
    treated(days=0.5, who="patient-elsewhere")
    broken_clinic()
    clock.forward(hours=13)
    go_round(app)
    with app.app_context():
        assert [alert.clinic_id for alert in db.session.scalars(select(Alert))] == [OTHER_CLINIC]
        db.session.remove()
    assert operator_words(app, CLINIC) == ["silence"]


def test_a_patient_whose_reminders_cannot_be_planned_keeps_none_of_the_others_from_theirs(
    app, treated, clock, go_round
):
    treated(days=0)
    treated(days=0, who="patient-elsewhere")
    go_round(app)
    with app.app_context():
        db.session.execute(update(Clinic).where(Clinic.id == CLINIC).values(zone="Nowhere/Else"))
        db.session.commit()
        db.session.remove()
    clock.forward(hours=8)
    go_round(app)
    with app.app_context():
        reminded = select(Notice.person_id).where(Notice.what == "reminder")
        assert list(db.session.scalars(reminded)) == [CAST["patient-elsewhere"][1]]
        db.session.remove()
    assert operator_words(app, CLINIC) == ["planning"]


def test_a_notice_on_which_sending_itself_fails_keeps_none_back_and_ends_as_visibly_dead(
    app, tell, clock, go_round, notices, mailbox
):
    with app.app_context():
        db.session.execute(update(Clinic).where(Clinic.id == OTHER_CLINIC).values(zone="Nowhere/Else"))
        db.session.commit()
        db.session.remove()
    tell(app, "patient-elsewhere", "reminder", cause="first")
    tell(app, "another-clinician", cause="second")
    go_round(app)
    assert CAST["another-clinician"][3] in mailbox.to()
    for _ in range(MOST_CLAIMS):
        clock.moment += CLAIM_LASTS + timedelta(seconds=1)
        go_round(app)
    [first] = [one for one in notices(app) if one.cause == "first"]
    assert (first.state, first.failure) == ("dead", "never-done")


def test_a_part_that_has_not_gone_well_for_five_minutes_is_missed_like_a_courier(app, clock, go_round, monkeypatch):
    go_round(app)

    def fails(_me: str) -> None:
        raise RuntimeError("what nobody foresaw")

    monkeypatch.setattr(courier, "TURNS", (*courier.TURNS, fails))
    for _ in range(6):
        clock.forward(minutes=1)
        go_round(app)
    assert app.test_client().get("/healthz").status_code == 503
    monkeypatch.undo()
    go_round(app)
    assert app.test_client().get("/healthz").status_code == 200
