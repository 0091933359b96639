from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from pwa.records import Note, db
from tests.clinic.conftest import ANA, plain
from tests.conftest import CAST

PAGE = f"/clinic/patients/{ANA}"


@pytest.fixture
def page(signed_in):
    return lambda who="clinician", path="": plain(signed_in(who).get(PAGE + path).text)


def change(browser, note, text, edition=1):
    return browser.post(f"{PAGE}/notes/{note}", data={"record": note, "edition": str(edition), "text": text})


def test_a_note_is_read_by_the_care_team_with_who_wrote_it_and_when(page, noted_by):
    noted_by("clinician", "Dose to 0.6 mg/kg. Watch light.")
    for who in ("clinician", "therapist"):
        assert "clinician today 10:00" in page(who)
        assert "Dose to 0.6 mg/kg. Watch light." in page(who)


def test_a_note_that_is_changed_keeps_what_it_said_before_with_the_time(page, signed_in, noted_by, clock):
    note = noted_by("clinician", "Sleeps badly.")
    clock.forward(minutes=30)
    assert change(signed_in("clinician"), note, "Sleeps well.").status_code == 302
    said = page("therapist")
    assert (
        said.index("Sleeps well.") < said.index("Changed today 10:30: what it said before") < said.index("Sleeps bad")
    )


def test_only_its_author_changes_a_note(page, signed_in, noted_by):
    note = noted_by("clinician", "As it was.")
    assert change(signed_in("therapist"), note, "Another's words.").status_code == 403
    assert "Another's words." not in page()
    assert signed_in("therapist").get(f"{PAGE}/notes/{note}").status_code == 403


def test_two_changes_of_one_note_do_not_write_over_each_other(page, signed_in, noted_by):
    note = noted_by("clinician", "First.")
    browser = signed_in("clinician")
    assert change(browser, note, "Second.").status_code == 302
    refused = change(browser, note, "Third, from an older page.")
    assert refused.status_code == 422
    assert "Someone changed this meanwhile" in plain(refused.text)
    assert "Third, from an older page." in refused.text
    assert "Third" not in page()


def test_a_note_sent_twice_is_kept_once(app, signed_in, noted_by):
    note = noted_by("clinician", "Once.")
    typed = {"record": note, "edition": "0", "text": "Once."}
    assert signed_in("clinician").post(f"{PAGE}/notes", data=typed).status_code == 302
    with app.app_context():
        assert len(db.session.scalars(select(Note)).all()) == 1


def test_a_note_needs_words_and_what_was_typed_is_not_lost(signed_in):
    refused = signed_in("clinician").post(f"{PAGE}/notes", data={"edition": "0", "text": "  "})
    assert refused.status_code == 422
    assert "This is needed." in plain(refused.text)
    again = signed_in("clinician").post(f"{PAGE}/notes", data={"edition": "0", "text": "kept words"})
    assert "kept words" in again.text


def test_nobody_outside_of_the_care_team_reads_or_writes_a_note(signed_in, noted_by):
    note = noted_by("clinician", "Of her team.")
    for who in ("another-clinician", "stranger"):
        assert signed_in(who).get(f"{PAGE}/notes").status_code == 404
        assert change(signed_in(who), note, "mine").status_code == 404
    bo = CAST["another-patient"][1]
    assert signed_in("another-clinician").get(f"/clinic/patients/{bo}/notes/{note}").status_code == 404


def test_the_page_shows_the_newest_three_and_leads_to_all(page, noted_by, clock):
    for n in range(4):
        noted_by("clinician", f"note number {n}")
        clock.forward(minutes=1)
    assert "note number 0" not in page()
    assert re.search("note number 3.*note number 2.*note number 1", page())
    assert "All notes" in page()
    assert "note number 0" in page(path="/notes")


def test_who_wrote_and_read_which_note_is_in_the_audit_trail(page, noted_by, audit):
    note = noted_by("clinician", "A line.")
    assert (audit()[-1].action, audit()[-1].what, audit()[-1].records) == ("write", "note", [note])
    page()
    assert (audit()[-1].action, audit()[-1].what, audit()[-1].records) == ("read", "patient", [note])
    page(path="/notes")
    assert (audit()[-1].what, audit()[-1].records) == ("notes", [note])


def test_notes_cost_the_page_one_statement_however_many_there_are(signed_in, statements, noted_by):
    browser = signed_in("clinician")
    few = statements(browser, PAGE)
    for n in range(5):
        noted_by("clinician", f"note {n}")
    assert statements(browser, PAGE) == few
