"""The demo's patients are the same for the same seed and day, and one could believe in them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from statistics import mean
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pwa.demo.lives import life
from pwa.demo.people import TROUBLES, Someone, someone
from pwa.demo.symptoms import Symptoms
from pwa.demo.treatments import INDUCTION
from pwa.demo.words import words
from pwa.domain import heads, rates
from pwa.domain.days import window
from pwa.domain.routes import ROUTE_IDS
from pwa.forms.kinds import KINDS, judge

SEED, TODAY, DAYS, MANY = 7, date(2026, 11, 20), 270, 400
Version = dict[str, Any]
Story = tuple[Someone, list[Version]]


@cache
def stories() -> list[Story]:
    people = [someone(n, SEED, TODAY, DAYS) for n in range(MANY)]
    return [(person, [json.loads(said.text) for said in life(person, SEED, TODAY)]) for person in people]


def standing(versions: list[Version], kind: str) -> list[Version]:
    """The versions of a kind that no other names."""
    records: dict[str, dict[str, Version]] = defaultdict(dict)
    for version in versions:
        if version["kind"] == kind:
            records[version["record"]][version["id"]] = version
    heads_of = [
        (record, heads.heads({id_: each["parents"] for id_, each in record.items()})) for record in records.values()
    ]
    return [record[head] for record, found in heads_of for head in found if record[head]["body"] is not None]


def given(versions: list[Version]) -> list[Version]:
    return [version for version in standing(versions, "treatment") if version["body"]["status"] == "given"]


def test_the_same_seed_and_day_tell_the_same_stories() -> None:
    for n in range(10):
        person = someone(n, SEED, TODAY, DAYS)
        assert person == someone(n, SEED, TODAY, DAYS)
        assert life(person, SEED, TODAY) == life(person, SEED, TODAY)


def test_another_seed_tells_others() -> None:
    mine, other = ([someone(n, seed, TODAY, DAYS).name for n in range(1, 30)] for seed in (7, 8))
    assert mine != other


def test_every_version_has_an_id_of_its_own() -> None:
    ids = [version["id"] for _, versions in stories() for version in versions]
    assert len(set(ids)) == len(ids)
    assert all(id_[14] == "7" and id_[19] in "89ab" for id_ in ids)


def test_a_form_finds_nothing_wrong_with_any_of_them() -> None:
    for _, versions in stories()[:200]:
        for version in versions:
            assert judge(version["kind"], version["body"]) == [], version


def test_nothing_comes_from_today_or_later_except_plans() -> None:
    midnight = datetime(2026, 11, 20, tzinfo=ZoneInfo("America/Toronto"))
    for person, versions in stories():
        for said in life(person, SEED, TODAY) if person.n < 60 else ():
            assert said.received_at < midnight
        for version in versions:
            assert datetime.fromisoformat(version["written_at"]) < midnight
            planned = version["kind"] == "treatment" and version["body"]["status"] == "planned"
            assert planned or date.fromisoformat(version["day"]) < TODAY


def test_patients_do_not_write_what_the_clinic_says_nor_the_clinic_for_patients() -> None:
    for person, _ in stories()[:60]:
        for said in life(person, SEED, TODAY):
            assert KINDS[json.loads(said.text)["kind"]].writer == said.by


def test_all_five_routes_are_there_among_forty() -> None:
    assert {person.route for person, _ in stories()[:40]} == set(ROUTE_IDS)


def test_an_induction_is_six_treatments_in_two_to_three_weeks() -> None:
    for _, versions in stories():
        induction = sorted(
            each["day"] for each in standing(versions, "treatment") if each["body"].get("of") == INDUCTION
        )
        days = [date.fromisoformat(day) for day in induction]
        if len(days) == INDUCTION:
            assert 13 <= (days[-1] - days[0]).days <= 22


@pytest.mark.parametrize("today", [TODAY + timedelta(days=n) for n in range(7)])
def test_a_clinic_treats_on_weekdays(today: date) -> None:
    """But for yesterday, on which the third treatment of patient@demo.test must have been."""
    for n in range(40):
        versions = [json.loads(said.text) for said in life(someone(n, SEED, today, DAYS), SEED, today)]
        at_clinic = [each for each in standing(versions, "treatment") if each["body"]["place"] == "clinic"]
        days = {date.fromisoformat(each["day"]) for each in at_clinic} - {today - timedelta(days=1)}
        assert all(day.weekday() < 5 for day in days)


def test_after_an_induction_comes_maintenance() -> None:
    courses = [[each["body"]["phase"] for each in standing(versions, "course")] for _, versions in stories()[:40]]
    assert Counter(map(tuple, courses))[("induction", "maintenance")] > 15


def test_most_people_know_when_the_next_treatment_is() -> None:
    planned = [
        any(each["body"]["status"] == "planned" for each in standing(versions, "treatment"))
        for _, versions in stories()
    ]
    assert mean(planned) > 0.75


def test_mood_rises_one_to_three_days_after_a_treatment_and_sags_before_the_next() -> None:
    after, before = [], []
    for person, versions in stories():
        moods = {date.fromisoformat(each["day"]): each["body"].get("mood") for each in standing(versions, "check-in")}
        treated = [date.fromisoformat(each["day"]) for each in given(versions)]
        for day in treated if person.trouble is None else ():
            after += [
                moods[day + timedelta(days=n)] for n in (1, 2, 3) if moods.get(day + timedelta(days=n)) is not None
            ]
            before += [
                moods[day - timedelta(days=n)] for n in (1, 2, 3) if moods.get(day - timedelta(days=n)) is not None
            ]
    assert len(after) > 1000
    assert mean(after) - mean(before) > 0.5


def test_people_feel_better_after_an_induction_than_before_it() -> None:
    first, later = [], []
    for person, versions in stories():
        for each in standing(versions, "check-in"):
            days = (date.fromisoformat(each["day"]) - person.began).days
            if each["body"].get("mood") is not None and person.trouble is None:
                (first if days < 1 else later if 17 < days < 30 else []).append(each["body"]["mood"])
    assert mean(later) - mean(first) > 1


def ever(route: str) -> list[set[str]]:
    """What each of many patients of a route had after any of six treatments."""
    return [
        {effect for index in range(INDUCTION) for effect in patient.after(index)}
        for patient in (Symptoms(Random(n), route) for n in range(3000))
    ]


@pytest.mark.parametrize("route", ["iv", "nasal"])
def test_effects_come_at_the_published_rates(route: str) -> None:
    had = ever(route)
    for effect, published in rates.PUBLISHED[route].items():
        assert 100 * mean(effect in each for each in had) == pytest.approx(published, abs=3), effect


@pytest.mark.parametrize("route", ["sublingual", "oral"])
def test_at_home_some_effect_is_found_two_to_three_times_as_often_as_unasked(route: str) -> None:
    unasked = rates.PUBLISHED_ANY["sublingual"]
    assert 2 * unasked < 100 * mean(bool(each) for each in ever(route)) < 3 * unasked


def test_what_people_had_is_what_they_report() -> None:
    reported = [
        {one["effect"] for each in standing(versions, "effects") for one in each["body"]["effects"] if one["severity"]}
        for person, versions in stories()
        if person.route == "iv" and len(given(versions)) > 5 and person.trouble is None
    ]
    assert 100 * mean("drowsiness" in each for each in reported) == pytest.approx(56.4, abs=15)


def test_the_first_treatment_brings_more_than_later_ones() -> None:
    shares: dict[bool, list[bool]] = {True: [], False: []}
    for person, versions in stories():
        first = min((each["body"]["at"] for each in given(versions)), default=None)
        at = {each["record"]: each["body"]["at"] for each in given(versions)}
        for report in standing(versions, "effects") if person.trouble is None else ():
            if treatment := report["body"].get("treatment"):
                shares[at[treatment] == first].append(any(one["severity"] for one in report["body"]["effects"]))
    assert mean(shares[True]) > mean(shares[False]) + 0.05


def test_there_are_gaps_late_entries_corrections_and_two_phones() -> None:
    checks = [version for _, versions in stories() for version in versions if version["kind"] == "check-in"]
    late = mean(each["felt_at"][:10] < each["written_at"][:10] for each in checks)
    assert 0.02 < late < 0.08
    assert any(each["parents"] for each in checks)
    twice = [
        Counter(each["record"] for each in standing(versions, "check-in")).most_common(1) for _, versions in stories()
    ]
    assert any(most and most[0][1] == 2 for most in twice)


def test_some_entries_wait_on_a_phone_for_days() -> None:
    waits = [
        said.received_at - datetime.fromisoformat(json.loads(said.text)["written_at"])
        for person, _ in stories()[:40]
        for said in life(person, SEED, TODAY)
        if said.by == "patient"
    ]
    assert 0.02 < mean(wait > timedelta(minutes=30) for wait in waits) < 0.1
    assert max(waits) > timedelta(days=1)


def test_the_question_about_thoughts_is_not_answered_for_an_earlier_day() -> None:
    for _, versions in stories():
        for each in versions:
            if each["kind"] == "check-in" and each["felt_at"][:10] < each["written_at"][:10]:
                assert "thoughts" not in each["body"]


def test_journals_are_shared_and_unshared_in_both_languages() -> None:
    seen = {
        (person.language, entry["body"]["audience"])
        for person, versions in stories()[:40]
        for entry in standing(versions, "journal")
    }
    assert {language for language, _ in seen} == {"en", "fr"}
    assert {audience for _, audience in seen} == {"me", "therapist", "care-team"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_writes_the_same_entry_twice_and_there_are_forty_to_choose_from(language: str) -> None:
    entries = words(language)["entries"]
    assert len(entries) >= 40
    assert len({entry["text"] for entry in entries}) == len(entries)


def test_a_few_are_in_trouble() -> None:
    assert {person.trouble for person, _ in stories()[:40]} - {None} == {trouble for trouble, _ in TROUBLES.values()}
    answers = {n: [each["body"].get("thoughts") for each in standing(stories()[n][1], "check-in")] for n in TROUBLES}
    assert answers[4][-1] == "often"
    bladder = [
        each for each in standing(stories()[9][1], "effects") if not {"treatment", "checks"} & each["body"].keys()
    ]
    assert len(bladder) == 2
    assert any(each["body"].get("systolic") == 182 for each in standing(stories()[25][1], "effects"))
    assert not [
        each for each in stories()[29][1] if each["kind"] == "check-in" and each["day"] > str(TODAY - timedelta(2))
    ]


@pytest.mark.parametrize("today", [TODAY + timedelta(days=n) for n in range(7)])
def test_patient_at_demo_test_had_the_third_of_six_treatments_yesterday(today: date) -> None:
    versions = [json.loads(said.text) for said in life(someone(0, SEED, today, DAYS), SEED, today)]
    last = max(given(versions), key=lambda each: each["day"])
    assert (last["body"]["route"], last["body"]["number"], last["body"]["of"]) == ("iv", 3, 6)
    assert date.fromisoformat(last["day"]) == today - timedelta(days=1)
    planned = [each for each in standing(versions, "treatment") if each["body"]["status"] == "planned"]
    assert len(planned) == 3
    assert {entry["body"]["audience"] for entry in standing(versions, "journal")} == {"me", "therapist"}


def test_her_effects_fade_from_the_first_hours_and_the_day_after_the_last_session_is_still_to_be_asked() -> None:
    versions = [json.loads(said.text) for said in life(someone(0, SEED, TODAY, DAYS), SEED, TODAY)]
    at = {each["record"]: datetime.fromisoformat(each["body"]["at"]) for each in given(versions)}
    told: dict[str, list[str]] = {record: [] for record in sorted(at, key=lambda record: at[record])}
    for report in standing(versions, "effects"):
        if "checks" in report["body"]:
            continue
        of = report["body"]["treatment"]
        told[of].append(report["body"]["window"])
        assert told[of][-1] == window(at[of], datetime.fromisoformat(report["felt_at"]))
    assert list(told.values()) == [["acute", "next-day"], ["acute", "next-day"], ["acute"]]


def test_what_is_given_at_the_clinic_was_observed_and_what_is_taken_at_home_was_not() -> None:
    for _, versions in stories()[:60]:
        for each in given(versions):
            assert ("observed" in each["body"]) is (each["body"]["place"] == "clinic")


def test_most_doses_at_home_are_written_down_with_someone_there_and_an_i_am_ok() -> None:
    home = [
        (each["record"], {dose["body"]["treatment"]: dose["body"] for dose in standing(versions, "home-dose")})
        for person, versions in stories()
        for each in given(versions)
        if each["body"]["place"] == "home" and person.trouble != "silent"
    ]
    doses = [doses[record] for record, doses in home if record in doses]
    assert 0.8 < len(doses) / len(home) < 0.97
    assert 0.8 < mean("ok_at" in dose for dose in doses) < 0.99
    assert 0.85 < mean(dose["someone"] for dose in doses) < 0.99


def test_nobody_takes_a_dose_at_home_by_a_route_of_the_clinic() -> None:
    for person, versions in stories():
        if person.route not in ("sublingual", "oral"):
            assert standing(versions, "home-dose") == []


def test_a_baseline_comes_before_the_first_treatment_and_checks_go_on() -> None:
    for person, versions in stories()[:60]:
        answers = [each for each in standing(versions, "effects") if "checks" in each["body"]]
        if person.trouble == "silent" or person.began >= TODAY - timedelta(days=1):
            continue
        first = min(answers, key=lambda each: str(each["felt_at"]))
        assert first["body"]["checks"] == ["bladder", "memory", "pressure", "changes"]
        assert date.fromisoformat(first["day"]) < person.began
    assert (
        mean(
            len(each["body"]["checks"])
            for _, v in stories()
            for each in standing(v, "effects")
            if "checks" in each["body"]
        )
        < 4
    )


def test_the_one_who_signs_in_has_shared_her_safety_plan_and_left_no_part_of_it_blank() -> None:
    [plan] = standing(stories()[0][1], "safety-plan")
    assert plan["body"].keys() == {"signs", "helps", "people", "places", "safer", "audience"}
    assert plan["body"]["audience"] == "care-team"
