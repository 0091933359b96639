from __future__ import annotations

import pytest

from pwa.domain.quotes import Piece, Quote, chosen, paragraphs, place

TEXT = "The gate. \N{WATER WAVE} The gate again."


def test_blanks_around_chosen_words_are_none_of_them():
    assert chosen(TEXT, 3, 9) == Quote("gate.", 4)
    assert chosen(TEXT, 9, 12) == Quote("\N{WATER WAVE}", 10)


@pytest.mark.parametrize(("begins", "ends"), [(9, 10), (5, 5), (8, 4), (400, 500)])
def test_where_no_words_were_chosen_there_is_no_quote(begins, ends):
    assert chosen(TEXT, begins, ends) is None


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (TEXT, (16, 20)),
        ("It rained. " + TEXT, (15, 19)),
        ("No more." + TEXT[9:], (15, 19)),
        ("A gate.", (2, 6)),
        ("Nothing of it.", None),
    ],
)
def test_words_are_found_nearest_to_where_they_stood(text, where):
    assert place(text, Quote("gate", 16)) == where


def test_signs_that_mean_something_to_a_search_are_words_too():
    assert place("why (gate.*)?", Quote("(gate.*)?", 0)) == (4, 13)


def test_words_of_several_notes_overlap_and_cross_paragraphs():
    first, second = paragraphs("One gate.\n \nAnd two.", {1: (4, 9), 2: (6, 15)})
    assert (first.at, second.at) == (0, 12)
    assert first.pieces == [Piece("One "), Piece("ga", (1,)), Piece("te.", (1, 2), (1,))]
    assert second.pieces == [Piece("And", (2,), (2,)), Piece(" two.")]
