"""A clinic changes a figure: the courier judges what was written lately once more."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import select, update

from pwa.notices import rerunning
from pwa.records import Alert, SafetySettings, db
from tests.clinic.conftest import says_to
from tests.conftest import CLINIC


@pytest.fixture
def sets(clock):
    """`sets(app, **levels)`, as the page does."""

    def to(app, **levels):
        with app.app_context():
            here = db.session.get(SafetySettings, CLINIC) or SafetySettings(clinic_id=CLINIC)
            here.days, here.opens, here.closes = [1, 2, 3, 4, 5], time(9), time(17)
            here.minutes, here.off, here.signed, here.tells_seen = {}, [], [], False
            here.levels = {name.replace("_", "-"): value for name, value in levels.items()}
            here.changed_at, here.judged_to = clock(), None
            db.session.add(here)
            db.session.commit()
            db.session.remove()

    return to


def standing(app) -> list[tuple[str, str, int]]:
    with app.app_context():
        found = [(one.patient_id, one.rule, one.count) for one in db.session.scalars(select(Alert))]
        db.session.remove()
    return sorted(found)


def test_what_a_new_figure_asks_for_is_raised_once_and_nothing_is_closed(
    app_on_both, clock, mailbox, go_round, sets, monkeypatch
):
    monkeypatch.setattr(rerunning, "AT_ONCE", 1)
    says = says_to(app_on_both, clock)
    says("ana", "check-in", {"mood": 2, "thoughts": "often"}, ago=timedelta(days=3))
    says("another-patient", "check-in", {"mood": 2}, ago=timedelta(days=3))
    says("another-patient", "check-in", {"mood": 2}, ago=timedelta(days=40))
    assert [rule for _, rule, _ in standing(app_on_both)] == ["thoughts-often"]
    sets(app_on_both, lowest_mood=2)
    for _ in range(6):
        go_round(app_on_both)
    raised = standing(app_on_both)
    assert sorted(rule for _, rule, _ in raised) == ["mood-lowest", "mood-lowest", "thoughts-often"]
    assert {count for *_, count in raised} == {1}
    clock.forward(minutes=1)
    sets(app_on_both, lowest_mood=0)
    for _ in range(6):
        go_round(app_on_both)
    assert standing(app_on_both) == raised
    with app_on_both.app_context():
        assert db.session.get_one(SafetySettings, CLINIC).changed_at is None


def test_a_figure_that_is_changed_again_on_the_way_begins_anew(app, clock, says, sets, monkeypatch):
    says("ana", "check-in", {"mood": 2}, ago=timedelta(days=3))
    sets(app, lowest_mood=0)
    real = rerunning.of_one

    def changes_meanwhile(*one):
        real(*one)
        clock.forward(minutes=1)
        db.session.execute(update(SafetySettings).values(changed_at=clock(), levels={"lowest-mood": 2}))
        db.session.commit()

    with app.app_context():
        monkeypatch.setattr(rerunning, "of_one", changes_meanwhile)
        rerunning.run_again("a courier")
        assert db.session.get_one(SafetySettings, CLINIC).judged_to is None
        db.session.remove()
        monkeypatch.undo()
        rerunning.run_again("a courier")
        db.session.remove()
    assert [rule for _, rule, _ in standing(app)] == ["mood-lowest"]
