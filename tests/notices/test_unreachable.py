"""Whoever answers alerts and cannot be told of them."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from pwa.records import Alert, Notice, Person, db
from tests.conftest import CAST
from tests.notices import world

FIRST, SECOND, MANAGER = CAST["clinician"], CAST["another-clinician"], CAST["manager"]


@pytest.fixture
def without_address(app):
    """`without_address("clinician")`: no mail reaches them, and no browser of theirs asked to be told."""

    def loses(*who: str) -> None:
        with app.app_context():
            db.session.execute(update(Person).where(Person.id.in_(CAST[one][1] for one in who)).values(email=None))
            db.session.commit()
            db.session.remove()

    return loses


def escalations(app) -> list[str]:
    with app.app_context():
        found = list(db.session.scalars(select(Notice.person_id).where(Notice.what == "escalation").distinct()))
        db.session.remove()
    return found


def test_the_next_hears_at_once_of_an_alert_that_cannot_reach_the_first(
    app, says, without_address, mailbox, go_round, clock
):
    world.rota(app)
    without_address("clinician")
    says("ana", "check-in", {"thoughts": "often"})
    for _ in range(3):
        go_round(app)
    assert [mail["To"] for mail in mailbox.mails] == [SECOND[3]]
    with app.app_context():
        alert = db.session.scalars(select(Alert)).one()
        assert (alert.assigned_to, alert.escalated) == (SECOND[1], 1)


def test_where_nobody_of_the_rota_can_be_reached_the_managers_hear_once_and_the_clock_goes_on(
    app, says, without_address, mailbox, go_round, clock
):
    world.rota(app)
    without_address("clinician", "another-clinician")
    says("ana", "check-in", {"thoughts": "often"})
    for _ in range(5):
        go_round(app)
    assert [mail["To"] for mail in mailbox.mails] == [MANAGER[3]]
    assert escalations(app) == [SECOND[1]]
    clock.forward(minutes=30)
    go_round(app)
    assert sorted(escalations(app)) == [FIRST[1], SECOND[1]]


def test_an_alert_that_somebody_has_acknowledged_stays_with_them(
    app, signed_in, says, without_address, mailbox, go_round
):
    world.rota(app)
    says("ana", "check-in", {"thoughts": "often"})
    with app.app_context():
        alert = db.session.scalars(select(Alert.id)).one()
        db.session.remove()
    signed_in("clinician").post(f"/clinic/alerts/{alert}/acknowledge")
    without_address("clinician")
    go_round(app)
    assert escalations(app) == []
