"""A patient finds what she shared with whom, since when, and what she took back; nobody else does."""

from __future__ import annotations

from datetime import timedelta

from tests.clinic.conftest import plain


def page(browser):
    return plain(browser.get("/account/sharing").text)


def shared_for_two_days_and_taken_back(says):
    shared = says("ana", "journal", {"text": "the gate", "audience": "therapist"}, ago=timedelta(days=3))
    wider = {"text": "the gate was open", "audience": "care-team"}
    edited = says("ana", "journal", wider, ago=timedelta(days=2), record=shared.record, parents=[shared.id])
    says("ana", "journal", None, ago=timedelta(days=1), record=shared.record, parents=[edited.id])


def test_each_change_of_who_may_read_stands_there_with_its_moment(signed_in, says):
    shared_for_two_days_and_taken_back(says)
    said = page(signed_in("ana"))
    assert "the gate was open Tue 17 Nov 2026, 10:00: My therapist Wed 18 Nov 2026, 10:00: My care team" in said
    assert "Thu 19 Nov 2026, 10:00: Taken back" in said


def test_the_moment_is_that_at_which_the_clinic_could_read_it(signed_in, says):
    body = {"text": "written in the car", "audience": "therapist"}
    says("ana", "journal", body, ago=timedelta(days=2), late=timedelta(days=1))
    assert "Thu 19 Nov 2026, 10:00: My therapist" in page(signed_in("ana"))


def test_an_edit_that_changes_no_reader_is_no_step(signed_in, says):
    first = says("ana", "journal", {"text": "one", "audience": "therapist"})
    says("ana", "journal", {"text": "two", "audience": "therapist"}, record=first.record, parents=[first.id])
    assert page(signed_in("ana")).count(": My therapist") == 1


def test_where_two_phones_disagree_the_narrower_one_holds(signed_in, says):
    first = says("ana", "journal", {"text": "one", "audience": "therapist"})
    for audience in ("me", "care-team"):
        says("ana", "journal", {"text": "two", "audience": audience}, record=first.record, parents=[first.id])
    said = page(signed_in("ana"))
    assert ": Only me" in said
    assert "My care team" not in said


def test_what_was_always_hers_alone_is_not_listed(signed_in, says):
    says("ana", "journal", {"text": "the gate", "audience": "me"})
    assert "the gate" not in page(signed_in("ana"))
    assert "Nothing so far." in page(signed_in("ana"))


def test_nobody_finds_it_of_somebody_else(signed_in, says):
    shared_for_two_days_and_taken_back(says)
    assert "the gate" not in page(signed_in("another-patient"))
    for who in ("clinician", "therapist", "manager", "front-desk"):
        assert signed_in(who).get("/account/sharing").status_code == 403
