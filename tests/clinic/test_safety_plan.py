"""A safety plan that is not shared is nowhere for staff; a shared one stands on the patient's page until it is not."""

from __future__ import annotations

import pytest

from tests.clinic.conftest import ANA, plain

PAGE = f"/clinic/patients/{ANA}"
WORDS = "a walk by the water"


def plan(audience: str) -> dict[str, str]:
    return {"helps": WORDS, "audience": audience}


@pytest.mark.parametrize("who", ["clinician", "therapist"])
def test_a_plan_is_read_by_whoever_treats_her_only_while_it_is_shared(signed_in, says, who):
    browser = signed_in(who)
    own = says("ana", "safety-plan", plan("me"))
    assert WORDS not in browser.get(PAGE).text
    shared = says("ana", "safety-plan", plan("care-team"), record=own.record, parents=[own.id])
    assert f"What helps me: {WORDS}" in plain(browser.get(PAGE).text)
    says("ana", "safety-plan", plan("me"), record=own.record, parents=[shared.id])
    assert WORDS not in browser.get(PAGE).text


def test_what_is_opened_to_the_therapist_is_hers_alone(signed_in, says):
    says("ana", "safety-plan", plan("therapist"))
    assert WORDS not in signed_in("clinician").get(PAGE).text
    assert WORDS in signed_in("therapist").get(PAGE).text


def test_of_two_phones_the_narrower_choice_holds(signed_in, says):
    first = says("ana", "safety-plan", plan("care-team"))
    for audience in ("care-team", "me"):
        says("ana", "safety-plan", plan(audience), record=first.record, parents=[first.id])
    assert WORDS not in signed_in("clinician").get(PAGE).text


def test_reading_a_plan_is_noted_and_nobody_elses_clinician_reads_it(signed_in, says, audit):
    shared = says("ana", "safety-plan", plan("care-team"))
    assert signed_in("stranger").get(PAGE).status_code == 404
    signed_in("clinician").get(PAGE)
    assert shared.record in audit()[-1].records
