"""What is worth a look: found where it is, silent where nothing is, and looked at whole weeks alone."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from statistics import median

import pytest

from pwa.domain.signals import Given, worth_a_look
from tests.domain.signals.clinic import WEEKS, clinic
from tests.domain.signals.simulation import BEGINS, delays, false_signals, said_of


def often(of: str, value: str, effect: str, share: float):
    """Brings an effect besides to a share of one group's treatments."""
    return lambda chance, one: {effect} if getattr(one, of) == value and chance.random() < share else set()


def test_in_at_most_one_of_ten_quarters_anything_is_called_worth_a_look_where_nothing_is():
    clinics = 12
    wrong = sum(bool(false_signals(f"null {n}", 20)) for n in range(clinics))
    print(f"at least one false signal in a quarter: {wrong} of {clinics} clinics")
    assert wrong <= clinics / 10


def test_a_change_from_four_to_eleven_percent_is_told_within_weeks():
    found = delays(7, 60, prone=False)
    print(f"from 4 % to 11 % at 60 treatments a week: {said_of(found)}")
    assert median(found) <= 7


@pytest.mark.parametrize(
    ("factor", "value", "route"), [("route", "nasal", None), ("dose", "high", "iv"), ("lot", "iv 7A", "iv")]
)
def test_what_follows_one_group_more_often_is_found_and_nothing_else_is(factor, value, route):
    found = worth_a_look(clinic("planted", 120, often(factor, value, "tremor", 0.35)), WEEKS)
    assert {(one.factor, one.value) for one in found.differences if one.effect == "tremor"} >= {(factor, value)}
    assert {one.effect for one in found.differences} == {"tremor"}
    first = next(one for one in found.differences if one.value == value)
    assert first.ratio.low > 1
    assert first.events / first.of > first.other_events / first.other_of


def test_twice_as_many_in_nineteen_treatments_are_not_judged():
    few = [given(f"p{n}", route="oral", felt={"tremor"}) for n in range(19)]
    many = [given(f"q{n}", felt={"tremor"} if n % 10 == 0 else set()) for n in range(200)]
    assert worth_a_look({"acute": [*few, *many]}, 40).differences == []
    assert worth_a_look({"acute": [*few, given("p19", route="oral", felt=set()), *many]}, 40).differences


@pytest.mark.parametrize(("patients", "is_found"), [(2, False), (4, False), (5, True)])
def test_what_a_few_patients_say_again_and_again_is_not_called_worth_a_look(patients, is_found):
    loud = [given(f"p{n % patients}", route="oral", felt={"tremor"}) for n in range(5 * patients)]
    others = [given(f"p{n}", route="oral", felt=set()) for n in range(patients, patients + 30)]
    many = [given(f"q{n}", felt={"tremor"} if n % 50 == 0 else set()) for n in range(400)]
    assert bool(worth_a_look({"acute": [*loud, *others, *many]}, 40).differences) == is_found


def test_a_number_that_brings_more_is_no_difference_between_routes():
    """One route has only begun: all its treatments are first ones, which bring it to four of ten everywhere."""
    first = [given(f"p{n}", route="nasal", number="1", felt={"nausea"} if n % 5 < 2 else set()) for n in range(60)]
    same = [given(f"q{n}", number="1", felt={"nausea"} if n % 5 < 2 else set()) for n in range(60)]
    later = [given(f"r{n}", number="4-6", felt={"nausea"} if n % 20 == 0 else set()) for n in range(300)]
    assert worth_a_look({"acute": [*first, *same, *later]}, 40).differences == []
    everything = [replace(one, number="1") for one in (*first, *same, *later)]
    assert worth_a_look({"acute": everything}, 40).differences


def test_an_effect_that_belongs_to_some_ways_in_is_compared_among_those_alone():
    sore = [given(f"p{n}", route="im", felt={"injection-site"} if n % 3 == 0 else set()) for n in range(60)]
    iv = [given(f"q{n}", route="iv", felt={"injection-site"} if n % 3 == 0 else set()) for n in range(60)]
    nasal = [given(f"r{n}", route="nasal", felt=set()) for n in range(200)]
    assert worth_a_look({"acute": [*sore, *iv, *nasal]}, 40).differences == []


def test_a_route_whose_form_does_not_ask_about_an_effect_is_not_compared_with_one_that_does():
    """Numbness stands on the nasal form alone; after infusions nobody was asked."""
    asked = [given(f"p{n}", route="nasal", felt={"numbness-tingling"} if n % 3 == 0 else set()) for n in range(60)]
    never = [given(f"q{n}", route="iv", felt=set()) for n in range(200)]
    look = worth_a_look({"acute": [*asked, *never]}, 40)
    assert (look.differences, look.asked) == ([], 0)


def test_what_no_form_asks_about_is_compared_between_routes_as_it_is_told_unasked_after_each():
    told = [given(f"p{n}", route="nasal", felt={"tremor"} if n % 3 == 0 else set()) for n in range(60)]
    others = [given(f"q{n}", route="iv", felt={"tremor"} if n % 50 == 0 else set()) for n in range(200)]
    assert worth_a_look({"acute": [*told, *others]}, 40).differences


def test_driving_is_no_effect_of_a_treatment():
    drove = [given(f"p{n}", route="oral", felt={"drove"}) for n in range(40)]
    assert worth_a_look({"acute": [*drove, *(given(f"q{n}", felt=set()) for n in range(200))]}, 40).differences == []


def test_the_running_week_is_not_looked_at():
    chance = Random("running")
    calm = [given(f"p{n}", week=n // 60, felt={"tremor"} if chance.random() < 0.04 else set()) for n in range(60 * 40)]
    loud = [given(f"q{n}", week=40, felt={"tremor"}) for n in range(60)]
    assert worth_a_look({"acute": [*calm, *loud]}, 40).changes == []
    [change] = [one for one in worth_a_look({"acute": [*calm, *loud]}, 41).changes if one.route is None]
    assert (change.since, change.effect) == (40, "tremor")


def test_a_change_is_told_with_its_weeks_and_what_was_expected():
    rising = clinic(
        "rising", 120, lambda chance, one: {"tremor"} if one.week >= BEGINS and chance.random() < 0.2 else set()
    )
    change = next(one for one in worth_a_look(rising, WEEKS).changes if one.route is None)
    assert (change.effect, change.window) == ("tremor", "acute")
    assert change.since >= BEGINS
    assert [week.week for week in change.weeks] == list(range(BEGINS, WEEKS))
    assert sum(week.events for week in change.weeks) > 2 * sum(week.expected for week in change.weeks)


def given(patient: str, **other) -> Given:
    fields = {"week": 39, "route": "iv", "number": "1", "dose": "low", "place": "clinic", "lot": None, "felt": set()}
    return Given(patient=patient, **{**fields, **other})
