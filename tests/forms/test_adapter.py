"""JSON meets a form: what a browser would have posted, and nothing else."""

from __future__ import annotations

import math
from itertools import product

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from pwa.domain.limits import Range
from pwa.forms.adapter import BodyForm, as_posted, judge_with, named
from pwa.forms.checkin import CheckInForm
from pwa.forms.fields import Id, Number, OneNumber, OneOf, Text, Whole, YesNo, in_halves, needed
from pwa.forms.kinds import judge


class Asked:
    score = Whole("", Range(0, 10))
    hours = Number("", Range(0, 24), in_halves)
    words = Text("", 5)
    choice = OneOf("", [("yes", ""), ("no", "")])
    strength = OneNumber("", [(0, ""), (1, "")])
    still = YesNo("")
    record = Id("")


class Answers(Asked, BodyForm):
    """As a phone sends them."""


class Typed(Asked, Form):
    """As a browser posts them."""


def wrong(body):
    return [(error["field"], error["code"]) for error in judge_with(Answers(), body)]


def answers(body):
    form = Answers()
    assert judge_with(form, body) == []
    return {name: value for name, value in form.data.items() if name in body}


@pytest.mark.parametrize(
    "body",
    [
        {"score": 0, "hours": 0, "strength": 0, "still": False},
        {"score": 10, "hours": 24, "strength": 1, "still": True},
        {"hours": 7.5, "words": "", "choice": "no"},
        {"words": "été", "record": "0199c0de-0000-7000-8000-000000000000"},
        {},
    ],
)
def test_what_is_right_arrives_as_it_was_said(body):
    assert answers(body) == {name: value if value != "" else None for name, value in body.items()}


def test_zero_and_false_are_answers():
    form = Answers()
    judge_with(form, {"score": 0, "hours": 0, "strength": 0, "still": False})
    assert (form.score.data, form.hours.data, form.strength.data, form.still.data) == (0, 0.0, 0, False)
    assert as_posted(form, {"score": 0, "still": False})[0] == {"score": ["0"], "still": ["False"]}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("score", True, "whole"),
        ("score", 2.9, "whole"),
        ("score", 2.0, "whole"),
        ("score", "2", "whole"),
        ("score", [2], "whole"),
        ("score", {}, "whole"),
        ("score", None, "blank"),
        ("score", 11, "range"),
        ("score", -1, "range"),
        ("score", 10**400, "range"),
        ("hours", math.nan, "range"),
        ("hours", math.inf, "range"),
        ("hours", -math.inf, "range"),
        ("hours", 7.25, "halves"),
        ("hours", False, "number"),
        ("hours", "7.5", "number"),
        ("words", 7, "words"),
        ("words", {"a": 1}, "words"),
        ("words", ["a"], "words"),
        ("words", None, "blank"),
        ("words", "sixsix", "long"),
        ("words", "\0", "letter"),
        ("words", "\ud800", "letter"),
        ("choice", "maybe", "choice"),
        ("choice", True, "choice"),
        ("choice", 0, "choice"),
        ("strength", 2, "choice"),
        ("strength", True, "choice"),
        ("strength", "1", "choice"),
        ("strength", 1.0, "choice"),
        ("still", "no", "yes-no"),
        ("still", 0, "yes-no"),
        ("still", 1, "yes-no"),
        ("record", "0199C0DE-0000-7000-8000-000000000000", "id"),
        ("record", "0199c0de-0000-7000-8000-000000000000\n", "id"),
        ("nobody-knows-this", 1, "unknown"),
        ("data", 1, "unknown"),
        ("_fields", 1, "unknown"),
        ("csrf_token", "x", "unknown"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(name, value, code):
    assert wrong({name: value}) == [(name, code)]


def test_every_field_is_named_once():
    assert wrong({"score": True, "hours": 7.25, "words": 7}) == [
        ("score", "whole"),
        ("words", "words"),
        ("hours", "halves"),
    ]


@pytest.mark.parametrize(
    ("key", "shown"), [("mood", "mood"), ("a b", "body"), ("I am sad.", "body"), ("x" * 25, "body")]
)
def test_a_key_that_could_hold_words_is_not_repeated(key, shown):
    assert named(key) == shown


def test_a_form_that_is_used_again_forgets_what_was_wrong():
    form = CheckInForm()
    assert [error["field"] for error in judge_with(form, {})] == ["body"]
    assert [error["field"] for error in judge_with(form, {"mood": 11})] == ["mood"]
    assert judge_with(form, {"mood": 6}) == []
    assert judge_with(form, {"anxiety": 1}) == []
    assert (form.mood.data, form.anxiety.data) == (None, 1)


def test_a_form_that_is_used_again_judges_like_a_new_one():
    class Needed(Answers):
        must = Text("", 5, needed)

    bodies = ({}, {"must": "a", "score": 11}, {"must": "too long", "words": "a"}, {"score": 0, "hours": 1.25, "x": 1})
    used = Needed()
    for body in (body for both in product(bodies, repeat=2) for body in both):
        new = Needed()
        assert judge_with(used, body) == judge_with(new, body)
        assert used.data == new.data


def test_an_emptied_answer_of_a_browser_is_blank():
    form = Typed(MultiDict({"score": "", "hours": "", "words": "", "choice": "", "record": ""}))
    assert form.validate()
    assert set(form.data.values()) == {None}


def test_what_a_browser_types_wrongly_is_said_in_words(app):
    form = Typed(MultiDict({"score": "six", "hours": "x", "words": "too long"}))
    assert not form.validate()
    with app.test_request_context():
        said = [str(field.errors[0]) for field in (form.score, form.hours, form.words)]
    assert said == [
        "This must be a whole number.",
        "This must be a number.",
        "This is too long. At most 5 characters fit.",
    ]


def test_needed_words_are_more_than_spaces():
    class Diary(BodyForm):
        text = Text("", 9, needed)

    assert [error["code"] for error in judge_with(Diary(), {"text": " \n"})] == ["needed"]
    assert judge_with(Diary(), {"text": "a"}) == []


def test_threads_do_not_share_a_form():
    import threading

    outcomes = []

    def work(body):
        outcomes.extend(bool(judge("check-in", body)) is ("mood" not in body) for _ in range(300))

    threads = [threading.Thread(target=work, args=(body,)) for body in ({"mood": 1}, {}, {"mood": 2}, {"x": 1})]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(outcomes)
