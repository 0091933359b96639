"""The tables hold to the same limits as the forms, and keep moments as moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from pwa.domain import checkin, limits
from pwa.records import CheckIn, EffectsReport, Version, db
from tests.conftest import CAST

CLINIC, ANA, *_ = CAST["ana"]
WHOSE = {"clinic_id": CLINIC, "patient_id": ANA}
MOMENT = datetime(2026, 11, 20, 7, 40, tzinfo=timezone(timedelta(hours=-5)))
HEAD = {
    **WHOSE,
    "version_id": "v",
    "record": "r",
    "day": date(2026, 11, 20),
    "felt_at": MOMENT,
    "written_at": MOMENT,
    "received_at": MOMENT,
    "zone": "America/Toronto",
}


@pytest.fixture
def version(app_on_both):
    with app_on_both.app_context():
        db.session.execute(
            insert(Version).values(
                **WHOSE, id="v", seq=1, text=b"", outcome="stored", parents=[], author_id=ANA, received_at=MOMENT
            )
        )
        yield
        db.session.rollback()


@pytest.mark.parametrize(
    ("model", "name", "lowest", "highest"),
    [
        *[(CheckIn, scale.id, scale.min, scale.max) for scale in checkin.SCALES],
        (EffectsReport, "systolic", limits.SYSTOLIC.min, limits.SYSTOLIC.max),
        (EffectsReport, "diastolic", limits.DIASTOLIC.min, limits.DIASTOLIC.max),
        (EffectsReport, "pulse", limits.PULSE.min, limits.PULSE.max),
    ],
)
def test_a_table_takes_what_the_form_takes_and_no_more(version, model, name, lowest, highest):
    for value in (lowest - 1, highest + 1):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(insert(model).values(**HEAD, **{name: value}))
    for value in (lowest, highest):
        savepoint = db.session.begin_nested()
        db.session.execute(insert(model).values(**HEAD, **{name: value}))
        savepoint.rollback()


@pytest.mark.parametrize("answer", [answer for answer, _ in checkin.THOUGHTS])
def test_every_answer_about_thoughts_has_its_place(version, answer):
    db.session.execute(insert(CheckIn).values(**HEAD, thoughts=answer))
    assert db.session.get(CheckIn, (CLINIC, ANA, "v")).thoughts == answer


def test_a_moment_comes_back_aware_and_in_utc(version):
    db.session.execute(insert(CheckIn).values(**HEAD))
    row = db.session.get(CheckIn, (CLINIC, ANA, "v"))
    assert row.felt_at == MOMENT
    assert row.felt_at.tzinfo is UTC
    assert row.day == date(2026, 11, 20)


def test_sqlite_is_durable_and_holds_to_its_keys(app):
    with app.app_context():
        found = [
            db.session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]
