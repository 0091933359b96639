"""What an operator can do: rebuild typed rows, judge parked versions again."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, select, update

from pwa.forms import kinds
from pwa.records import CheckIn, EffectsReport, JournalEntry, ReportedEffect, Version, db
from tests.sync.phones import EFFECTS, JOURNAL, alerts, id_in, kept, over, rows, said


@pytest.fixture
def diary(phone):
    """A record of each kind, edited, withdrawn, and with two heads."""
    check_in, journal, effects = said(), said(JOURNAL, "journal"), said(EFFECTS, "effects")
    phone.send(check_in, journal, effects, over(check_in, body={"mood": 2}))
    phone.send(over(journal, body={**JOURNAL, "audience": "me"}), over(journal), over(effects), said({"mood": 11}))
    gone = said()
    phone.send(gone, over(gone, body=None))
    return phone


def changed(phone, statement):
    with phone.app.app_context():
        db.session.execute(statement)
        db.session.commit()
        db.session.remove()


def of(phone, model):
    return model.patient_id == phone.owner.id


def test_what_was_written_bit_by_bit_equals_what_is_rebuilt(diary, run):
    result = run("rebuild", "--check")
    assert (result.output, result.exit_code) == ("0 differences\n", 0)


def test_a_missing_a_foreign_and_a_different_row_are_reported_and_only_reported(diary, run):
    [row] = rows(diary, CheckIn)
    changed(diary, update(CheckIn).where(of(diary, CheckIn)).values(mood=9, note="not what was said"))
    changed(diary, delete(JournalEntry).where(of(diary, JournalEntry), JournalEntry.audience == "me"))
    other = {column.name: getattr(row, column.name) for column in CheckIn.__table__.columns}
    first = next(version.id for version in kept(diary).values() if version.parents == [])
    changed(diary, insert(CheckIn).values(**{**other, "version_id": first}))
    result = run("rebuild", "--check")
    assert result.exit_code == 1
    assert f"{row.version_id}: different" in result.output
    assert f"{first}: too many" in result.output
    assert result.output.count("missing") == 2
    assert "not what was said" not in result.output
    assert rows(diary, CheckIn)[0].note == "not what was said" or rows(diary, CheckIn)[1].note == "not what was said"
    assert run("rebuild").exit_code == 0
    assert run("rebuild", "--check").output == "0 differences\n"
    assert rows(diary, CheckIn)[0].note is None


def test_rebuilding_writes_effects_below_their_report(diary, run):
    before = {row.effect for row in rows(diary, ReportedEffect)}
    changed(diary, delete(ReportedEffect).where(of(diary, ReportedEffect)))
    changed(diary, delete(EffectsReport).where(of(diary, EffectsReport)))
    assert "repaired" in run("rebuild").output
    assert {row.effect for row in rows(diary, ReportedEffect)} == before


def test_after_a_fix_a_parked_version_is_taken_and_every_phone_hears_of_it(phone, another, run, monkeypatch):
    text = said({"thoughts": "often"}, "mood-note")
    assert phone.outcomes(text, said()) == ["parked", "stored"]
    assert alerts(phone) == []
    cursor = phone.pull()["cursor"]
    monkeypatch.setitem(kinds.KINDS, "mood-note", kinds.KINDS["check-in"])
    result = run("judge-again")
    assert result.exit_code == 0
    assert kept(phone)[id_in(text)].outcome == "stored"
    assert another(phone).pull(cursor)["versions"] == [text]
    assert phone.outcomes(text) == ["known"]


def test_judging_again_gives_the_heads_that_were_meant(phone, run):
    first = said()
    early = over(first, body={"mood": 8}, day="2026-11-30")
    late = over(early, body={"mood": 9})
    phone.send(first, early, late)
    assert {row.mood for row in rows(phone, CheckIn)} == {6, 9}
    changed(phone, update(Version).where(Version.id == id_in(early)).values(received_at=over_a_week()))
    run("judge-again")
    assert {row.mood for row in rows(phone, CheckIn)} == {9}
    assert run("rebuild", "--check").exit_code == 0


def over_a_week():
    from datetime import timedelta

    from tests.sync.conftest import START

    return START + timedelta(days=10)


def test_a_yes_is_heard_once_when_it_was_parked_first(phone, run):
    text = said({"thoughts": "often"}, day="2026-11-30")
    assert phone.outcomes(text) == ["parked"]
    assert len(alerts(phone)) == 1
    changed(phone, update(Version).where(Version.id == id_in(text)).values(received_at=over_a_week()))
    run("judge-again")
    assert kept(phone)[id_in(text)].outcome == "stored"
    assert len(alerts(phone)) == 1


def test_what_is_still_wrong_stays_parked(phone, run):
    phone.send(said({"mood": 11}), "junk")
    seqs = {version.seq for version in kept(phone).values()}
    assert run("judge-again").exit_code == 0
    assert {version.outcome for version in kept(phone).values()} == {"parked"}
    assert {version.seq for version in kept(phone).values()} == seqs


def test_a_failure_of_the_judge_parks_and_says_no_word_of_the_entry(phone, monkeypatch, caplog, run):
    class Broken:
        def __init__(self):
            raise RuntimeError("a secret of the patient")

    broken = kinds.Kind(Broken, 1, "patient")
    monkeypatch.setitem(kinds.KINDS, "broken", broken)
    text = said(kind="broken")
    assert phone.codes(text) == {("version", "internal")}
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text
    monkeypatch.setitem(kinds.KINDS, "broken", kinds.KINDS["check-in"])
    monkeypatch.setitem(kinds._kept.__dict__, "broken", kinds.KINDS["check-in"].form())
    run("judge-again")
    assert kept(phone)[id_in(text)].outcome == "stored"


def test_operators_can_see_what_is_parked_by_codes(phone):
    phone.send(said({"mood": 11}))
    with phone.app.app_context():
        [errors] = db.session.scalars(select(Version.errors).where(of(phone, Version)))
    assert errors == [{"field": "mood", "code": "range", "min": 0, "max": 10}]
