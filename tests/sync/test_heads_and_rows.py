"""What follows from versions: heads, typed rows, audiences, alerts."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import text as sql

from pwa.records import CheckIn, Course, EffectsReport, JournalEntry, ReportedEffect, Treatment, db
from tests.sync.phones import (
    EFFECTS,
    JOURNAL,
    alerts,
    by_the_clinic,
    id_in,
    kept,
    new_id,
    new_patient,
    over,
    phone_of,
    rows,
    said,
)

TREATMENT = {
    "status": "planned",
    "at": "2026-12-20T09:00:00-05:00",
    "minutes": 120,
    "route": "iv",
    "drug": "ketamine",
    "dose": 0.5,
    "unit": "mg/kg",
    "place": "clinic",
    "number": 2,
    "of": 6,
}
COURSE = {"phase": "induction", "route": "iv", "planned": 6, "started": "2026-11-02"}
CARD = {
    "name": "Harbour clinic",
    "phone": "+14165550101",
    "hours": {"en": "Weekdays", "fr": "En semaine"},
    "region": "CA",
    "zone": "America/Toronto",
    "reads": {"days": [1, 2, 3, 4, 5], "at": "09:00"},
    "thoughts_asked": True,
}


def in_every_order(server, clock, texts, look):
    """What is there after the same versions in each order, one by one and in one batch."""
    found = []
    for order in permutations(texts):
        for batches in ([[text] for text in order], [list(order)]):
            phone = phone_of(server, clock, new_patient(server, clock))
            for batch in batches:
                assert set(phone.outcomes(*batch)) == {"stored"}
            found.append(look(phone))
    return found


def test_a_check_in_fills_its_row_and_blank_is_not_zero(phone):
    phone.send(said({"mood": 0, "sleep": 7.5, "thoughts": "no"}))
    [row] = rows(phone, CheckIn)
    assert (row.mood, row.anxiety, row.energy, row.sleep, row.thoughts, row.note) == (0, None, None, 7.5, "no", None)
    assert (row.day.isoformat(), row.zone) == ("2026-11-20", "America/Toronto")
    assert row.felt_at.isoformat() == "2026-11-20T12:40:00+00:00"


def test_an_effects_report_fills_its_rows(phone):
    phone.send(said({**EFFECTS, "systolic": 150, "other": "A cold hand", "window": "acute"}, "effects"))
    [report] = rows(phone, EffectsReport)
    [effect] = rows(phone, ReportedEffect)
    assert (report.systolic, report.other, report.window) == (150, "A cold hand", "acute")
    assert (effect.effect, effect.severity, effect.ongoing, effect.lasted) == ("nausea", 2, True, "1-4h")


def test_an_edit_replaces_the_rows(phone):
    first = said(EFFECTS, "effects")
    phone.send(first)
    phone.send(over(first, body={"effects": [{"effect": "headache", "severity": 1}]}))
    assert [row.effect for row in rows(phone, ReportedEffect)] == ["headache"]
    assert len(rows(phone, EffectsReport)) == 1


def test_a_withdrawal_leaves_no_row_and_every_version(phone):
    first = said(JOURNAL, "journal")
    phone.send(first)
    assert phone.outcomes(over(first, body=None)) == ["stored"]
    assert rows(phone, JournalEntry) == []
    assert len(kept(phone)) == 2


def test_two_phones_that_did_not_see_each_other_leave_two_heads(phone, another):
    first = said()
    phone.send(first)
    phone.send(over(first, body={"mood": 1}))
    another(phone).send(over(first, body={"mood": 9}))
    assert {row.mood for row in rows(phone, CheckIn)} == {1, 9}


def test_a_choice_between_heads_names_both(phone):
    first = said()
    one, two = over(first, body={"mood": 1}), over(first, body={"mood": 9})
    phone.send(first, one, two, over(one, two, body={"mood": 9}))
    assert [row.mood for row in rows(phone, CheckIn)] == [9]


def test_of_several_heads_the_narrowest_audience_holds(phone, another):
    first = said(JOURNAL, "journal")
    phone.send(first)
    phone.send(over(first, body={**JOURNAL, "audience": "me"}))
    another(phone).send(over(first, body={**JOURNAL, "text": "Later, elsewhere."}))
    assert {row.audience for row in rows(phone, JournalEntry)} == {"me"}


def test_when_one_of_them_falls_the_next_narrowest_holds(phone):
    first = said(JOURNAL, "journal")
    mine = over(first, body={**JOURNAL, "audience": "me"})
    theirs = over(first)
    phone.send(first, mine, theirs)
    phone.send(over(mine, body={**JOURNAL, "audience": "therapist"}))
    assert {row.audience for row in rows(phone, JournalEntry)} == {"therapist"}


def test_an_edit_against_a_withdrawal_stands_unshared(server, clock):
    first = said(JOURNAL, "journal")
    texts = [first, over(first, body=None), over(first, body={**JOURNAL, "text": "Edited."})]
    found = in_every_order(
        server, clock, texts, lambda phone: [(row.text, row.audience) for row in rows(phone, JournalEntry)]
    )
    assert found == [[("Edited.", "me")]] * len(found)


def test_parents_may_come_late_or_never(phone):
    first = said()
    second = over(first, body={"mood": 7})
    phone.send(second)
    assert [row.mood for row in rows(phone, CheckIn)] == [7]
    phone.send(first)
    assert [row.mood for row in rows(phone, CheckIn)] == [7]


def test_versions_that_name_each_other_do_not_hide_their_record(phone):
    one, two = sorted([new_id(), new_id()])
    record = new_id()
    phone.send(said({"mood": 1}, id=one, record=record, parents=[two]))
    phone.send(said({"mood": 2}, id=two, record=record, parents=[one]), said({"mood": 3}, parents=[record]))
    assert {row.mood for row in rows(phone, CheckIn)} == {2, 3}


def test_a_version_that_names_itself_stands(phone):
    id_ = new_id()
    phone.send(said(id=id_, parents=[id_]))
    assert len(rows(phone, CheckIn)) == 1


def test_one_record_id_in_two_kinds_is_two_records(server, clock):
    record = new_id()
    texts = [said({"mood": 6}, record=record), said(JOURNAL, "journal", record=record)]
    found = in_every_order(
        server, clock, texts, lambda phone: (len(rows(phone, CheckIn)), len(rows(phone, JournalEntry)))
    )
    assert set(found) == {(1, 1)}


def test_a_parked_version_is_no_head_and_supersedes_nothing(phone):
    first = said()
    phone.send(first)
    assert phone.outcomes(over(first, body={"mood": 11})) == ["parked"]
    assert [row.mood for row in rows(phone, CheckIn)] == [6]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_later_version_mends_a_parked_one_that_it_names_with_its_parents(phone, order):
    first = said()
    parked = over(first, body={"mood": 11})
    mended = over(first, parked, body={"mood": 10})
    for place in order:
        phone.send((first, parked, mended)[place])
    assert [row.mood for row in rows(phone, CheckIn)] == [10]


@pytest.mark.parametrize(("kind", "body"), [("treatment", TREATMENT), ("course", COURSE), ("card", CARD)])
def test_what_the_clinic_says_is_parked_from_a_phone(phone, kind, body):
    assert phone.codes(said(body, kind)) == {("kind", "not-from-here")}
    assert phone.codes(said(None, kind)) == {("kind", "not-from-here")}


def test_what_the_clinic_says_is_stored_and_pulled_by_the_cursor(phone):
    texts = [said(TREATMENT, "treatment", day="2026-12-20"), said(COURSE, "course"), said(CARD, "card")]
    assert by_the_clinic(phone, *texts) == ["stored"] * 3
    assert phone.pull()["versions"] == texts
    assert (rows(phone, Treatment)[0].dose, rows(phone, Course)[0].started.isoformat()) == (0.5, "2026-11-02")


def test_a_treatment_planned_and_then_given_is_one_record(phone):
    planned = said(TREATMENT, "treatment", day="2026-12-20")
    by_the_clinic(phone, planned)
    by_the_clinic(phone, over(planned, body={**TREATMENT, "status": "given"}))
    assert [row.status for row in rows(phone, Treatment)] == ["given"]


def test_staff_do_not_write_a_patients_entries(phone):
    assert by_the_clinic(phone, said(), said(JOURNAL, "journal")) == ["parked"] * 2
    assert rows(phone, CheckIn) == []


def test_every_answer_to_the_question_about_thoughts_but_no_raises_by_its_weight(server, clock):
    for answer, tier in (("no", None), ("rather-not-say", "watch"), ("now-and-then", "high"), ("often", "urgent")):
        phone = phone_of(server, clock, new_patient(server, clock))
        phone.send(said({"thoughts": answer}))
        assert [alert.tier for alert in alerts(phone)] == ([tier] if tier else [])


def test_a_patient_has_one_open_alert_of_a_problem_with_a_counter_and_the_gravest_tier(phone):
    phone.send(said({"thoughts": "now-and-then"}))
    phone.send(said({"thoughts": "often"}), said({"thoughts": "now-and-then"}))
    [alert] = alerts(phone)
    assert (alert.tier, alert.rule, alert.count) == ("urgent", "thoughts-often", 3)


def test_sent_again_it_stays_one_alert_counted_once(phone):
    text = said({"thoughts": "often"})
    phone.send(text, text)
    phone.send(text)
    phone.send(over(text))
    [alert] = alerts(phone)
    assert alert.count == 1


def test_editing_or_withdrawing_never_closes_an_alert(phone):
    first = said({"thoughts": "often"})
    phone.send(first, over(first, body={"thoughts": "no"}))
    phone.send(over(first, body=None))
    [alert] = alerts(phone)
    assert (alert.version_id, alert.state) == (id_in(first), "raised")


def test_a_yes_in_a_version_that_is_parked_for_something_else_is_heard(phone):
    assert phone.outcomes(said({"thoughts": "often", "mood": 11})) == ["parked"]
    assert len(alerts(phone)) == 1


def test_a_zone_that_only_the_phone_knows_is_no_reason_to_park(phone):
    assert phone.outcomes(said(zone="Mars/Olympus_Mons")) == ["stored"]
    assert rows(phone, CheckIn)[0].zone == "UTC"


def test_what_the_database_refuses_is_parked_alone(phone):
    """A trigger stands for whatever the forms let through and a table does not."""
    with phone.app.app_context():
        for statement in refusing(db.engine.dialect.name):
            db.session.execute(sql(statement))
        db.session.commit()
    try:
        bad = said({"energy": 9, "thoughts": "often"})
        receipts = phone.send(said(), bad, said(JOURNAL, "journal"), bad)
    finally:
        with phone.app.app_context():
            for statement in allowing(db.engine.dialect.name):
                db.session.execute(sql(statement))
            db.session.commit()
            db.session.remove()
    assert [receipt["outcome"] for receipt in receipts] == ["stored", "parked", "stored", "parked"]
    assert receipts[1]["errors"][0]["code"] == "internal"
    assert (len(rows(phone, CheckIn)), len(rows(phone, JournalEntry)), len(kept(phone))) == (1, 1, 3)
    assert len(alerts(phone)) == 1


def refusing(dialect):
    if dialect == "sqlite":
        return [
            "CREATE TRIGGER refuse BEFORE INSERT ON check_in WHEN NEW.energy = 9 "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        ]
    return [
        "CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER refuse BEFORE INSERT ON check_in FOR EACH ROW WHEN (NEW.energy = 9) EXECUTE FUNCTION refuse()",
    ]


def allowing(dialect):
    return (
        ["DROP TRIGGER refuse"] if dialect == "sqlite" else ["DROP TRIGGER refuse ON check_in", "DROP FUNCTION refuse"]
    )
