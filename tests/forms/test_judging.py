"""What a form says of JSON: nothing is converted, 0 is an answer, blank is blank."""

from __future__ import annotations

import json

import pytest

from pwa.domain import checkin
from pwa.forms.kinds import KINDS, judge, judged
from pwa.forms.wrong import SENTENCES


@pytest.fixture(autouse=True)
def in_a_request(app):
    with app.test_request_context():
        yield


def codes(kind: str, body: object) -> set[tuple[str, str]]:
    return {(error["field"], error["code"]) for error in judge(kind, body)}  # type: ignore[arg-type]


@pytest.mark.parametrize("answer", ["mood", "anxiety", "energy", "sleep"])
def test_nought_is_an_answer(answer):
    assert codes("check-in", {answer: 0}) == set()


def test_nothing_at_all_is_not():
    assert codes("check-in", {}) == {("body", "nothing")}
    assert codes("effects", {"effects": []}) == {("body", "nothing")}


@pytest.mark.parametrize("value", [None, "6", 6.0, 6.5, True, False, [6], {"value": 6}, 10**400])
def test_a_mood_is_a_whole_number_and_nothing_is_made_into_one(value):
    assert {field for field, _ in codes("check-in", {"mood": value})} == {"mood"}


@pytest.mark.parametrize("value", [-1, 11, 1000])
def test_a_mood_is_on_its_scale(value):
    assert codes("check-in", {"mood": value}) == {("mood", "range")}


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_what_is_no_number_is_no_sleep(text):
    assert {field for field, _ in codes("check-in", json.loads(f'{{"sleep": {text}}}'))} == {"sleep"}


def test_sleep_comes_in_halves():
    assert codes("check-in", {"sleep": 6.5}) == set()
    assert codes("check-in", {"sleep": 6.25}) == {("sleep", "halves")}


@pytest.mark.parametrize("value", ["yes", 1, True, ["no"]])
def test_the_answers_about_thoughts_are_the_four(value):
    assert {field for field, _ in codes("check-in", {"thoughts": value})} == {"thoughts"}
    assert all(codes("check-in", {"thoughts": answer}) == set() for answer, _ in checkin.THOUGHTS)


def test_an_unknown_key_is_refused_by_name_and_never_ignored():
    assert codes("check-in", {"mood": 6, "humour": 3}) == {("humour", "unknown")}


def test_a_key_that_could_carry_words_is_not_named():
    assert codes("check-in", {"mood": 6, "I feel awful today": 3}) == {("body", "unknown")}


def test_one_wrong_answer_leaves_nothing_behind_for_the_next():
    assert codes("check-in", {"mood": 99})
    assert codes("check-in", {"anxiety": 3}) == set()
    assert codes("check-in", {}) == {("body", "nothing")}


def test_each_effect_of_a_report_is_judged_for_itself():
    good = {"effect": "nausea", "severity": 1}
    assert codes("effects", {"effects": [good]}) == set()
    for bad in (
        {"effect": "nausea"},
        {"severity": 1},
        {**good, "effect": "glee"},
        {**good, "severity": 4},
        "nausea",
        None,
    ):
        assert codes("effects", {"effects": [good, bad]}), bad
    assert codes("effects", {"effects": [good, good]})


def test_a_journal_entry_needs_words_and_readers():
    assert codes("journal", {"text": "Rain.", "audience": "me"}) == set()
    assert ("text", "needed") in codes("journal", {"audience": "me"})
    assert ("audience", "needed") in codes("journal", {"text": "Rain."})
    assert ("text", "long") in codes("journal", {"text": "r" * 20_001, "audience": "me"})


def test_a_withdrawal_has_nothing_to_be_wrong():
    assert all(judge(kind, None) == [] for kind in KINDS)


def test_every_error_is_a_sentence_in_the_readers_language():
    [english] = judged("check-in", {"mood": 99}, "en")
    [french] = judged("check-in", {"mood": 99}, "fr")
    assert english["message"] == "This must be from 0 to 10."
    assert french["message"] not in (english["message"], "")
    assert english["code"] in SENTENCES
