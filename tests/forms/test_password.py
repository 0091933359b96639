"""A password made of what everyone would try for this person is none, however long; a few words in a row are one."""

from __future__ import annotations

import pytest

from pwa.demo.people import PASSWORD as OF_THE_DEMO
from pwa.forms.password import LEAST_OF_STAFF, what_counts
from tests.conftest import PASSWORD

OWN = ("Ana-Chloé Moreau", "a.moreau.fournier@post.test", "Harbour clinic")
GUESSED_FIRST = [
    "anamoreau1987",
    "moreau1987",
    "Moreau 1987!!",
    "moreau19870412",
    "fournier1985",
    "chloechloe12",
    "chloé moreau",
    "a.moreau.fournier@post.test",
    "harbourclinic",
    "harbour2026!",
    "tidelog2026!",
    "tidelogtidelog",
    "administrator",
    "ketamineclinic",
    "password1234!",
    "Password1234!",
    "passwordpassword",
    "sunshine20240815",
    "motdepasse2026",
    "letmein123456",
    "letmeinletmein",
    "abcdefghijkl",
    "zyxwvutsrqponm",
    "azertyuiop2024",
    "qwertyuiop12",
    "aaaaaaaaaaaa",
    "xkcdxkcdxkcd",
    "butterflysunshine",
]
A_PASSWORD = [
    PASSWORD,
    OF_THE_DEMO,
    "four sea birds asleep",
    "butterfly elephant strawberry",
    "trois oiseaux dorment",
    "balloons over seven hills",
    "xK9#mQ2$vL7p",
    "8241907365271",
]


@pytest.mark.parametrize("typed", GUESSED_FIRST)
def test_of_what_is_guessed_first_too_little_is_left_to_count(typed):
    assert len(what_counts(typed, OWN)) < 8


@pytest.mark.parametrize("typed", A_PASSWORD)
def test_a_few_words_in_a_row_count_and_so_does_what_nobody_would_try(typed):
    assert len(what_counts(typed, OWN)) >= LEAST_OF_STAFF


def test_what_stands_between_ones_own_words_counts_by_its_own_length():
    assert what_counts("moreau sea birds asleep", OWN) == " sea birds asleep"
    assert what_counts("moreau sea", OWN) == " sea"


def test_the_longest_that_may_be_typed_is_judged_as_well():
    assert len(what_counts("x9q!" * 64, OWN)) < 8
