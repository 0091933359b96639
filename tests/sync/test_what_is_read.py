"""What a push makes SQLite read, which has no statistics to choose an index by."""

from __future__ import annotations

from sqlalchemy import event

from pwa.records import db
from tests.sync.phones import EFFECTS, new_patient, over, phone_of, said


def plans_of(phone, *texts) -> dict[str, str]:
    """By statement, how it is looked up, of all that is asked while a phone sends these."""
    asked: dict[str, tuple] = {}

    def note(connection, cursor, statement, parameters, context, executemany):
        if statement.startswith("SELECT"):
            asked[statement] = parameters

    with phone.app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            phone.outcomes(*texts)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        raw = db.session.connection()
        return {
            statement: " ".join(row.detail for row in raw.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
            for statement, values in asked.items()
        }


def test_what_stands_in_a_record_is_found_without_reading_all_that_the_patient_wrote(on_sqlite, clock):
    phone = phone_of(on_sqlite, clock, new_patient(on_sqlite, clock))
    reports = [said(EFFECTS, "effects") for _ in range(50)]
    phone.outcomes(*reports)
    plans = plans_of(phone, *[over(report) for report in reports])
    by_record = [plan for statement, plan in plans.items() if "FROM version" in statement and "record IN" in statement]
    assert len(by_record) == 2
    assert all("ix_version_record" in plan for plan in by_record)
