"""A name is found as people type it, and nobody else's."""

from __future__ import annotations

import unicodedata

import pytest

from pwa.domain.names import holds, is_called

INES = ("KT-1006", "Inès Hébert")


@pytest.mark.parametrize(
    "typed",
    [
        "Ines Hebert",
        "INÈS HÉBERT",
        "Inès  Hébert ",
        unicodedata.normalize("NFD", "Inès Hébert"),
        "Hébert Inès",
        "hebert, ines",
        "KT1006",
        "kt 1006",
        "kt-1006",
    ],
)
def test_she_is_found_however_her_name_or_code_is_typed(typed):
    assert is_called(typed, *INES)


@pytest.mark.parametrize("typed", ["Ines", "Hebert", "Inés Hubert", "Ines Hebert Roy", "1006", "KT-100", "", "-", "’"])
def test_a_part_or_another_name_is_not_hers(typed):
    assert not is_called(typed, *INES)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Jean Luc O Brien", "Jean-Luc O'Brien"),
        ("OBRIEN JEANLUC", "Jean-Luc O’Brien"),
        ("Marie-Eve D'Angelo", "Marie Ève Dangelo"),
        ("Soren Oeuvrard", "Søren Œuvrard"),
        ("Strauss, Zoe", "Zoë Strauß"),
        ("g f e d c b a", "A B C D E F G"),
    ],
)
def test_hyphens_apostrophes_and_letters_of_other_languages_do_not_matter(typed, name):
    assert is_called(typed, "KT-1", name)


def test_a_name_of_many_words_takes_no_longer_than_another():
    assert not is_called("a " * 60, "KT-1", "b " * 60)


def test_a_list_is_searched_by_parts_in_any_order():
    called = ("KT-1006", "Inès Hébert-Roy")
    for typed in ("heb", "Roy ine", "hebert roy", "Hébert-R", "kt10", "1006", "ines kt-1006"):
        assert holds(typed, *called), typed
    for typed in ("sheb", "ines hubert", "", "-", "kt1007"):
        assert not holds(typed, *called), typed
