"""A name is found as people type it, and nobody else's."""

from __future__ import annotations

import unicodedata

import pytest

from pwa.domain.names import INSTEAD, holds, is_called, looks, no_name, shown

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


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Dr. Owen Lindqvist",
            "Jean-Luc O’Neil",
            "Zoë Œdipe",
            "Łukasz",
            "Nguyễn Thị Hòa",
            "Smith, Jones & Co.",
            "Ward 3/B",
        ),
        *("山田 太郎", "محمد علي", "नेहा", "Анна Иванова", "Ελένη", "Zoe\u0301"),
    ],
)
def test_people_are_called_all_kinds_of_things(name):
    assert no_name(name) is None
    assert shown(name) == name


@pytest.mark.parametrize(
    ("name", "why", "as_shown"),
    [
        ("\u200b", "nothing", INSTEAD),
        ("…", "nothing", f"…{INSTEAD}"),
        ("\u202etsivqdniL", "sign", f"{INSTEAD}tsivqdniL"),
        ("Owen\u200bLindqvist", "sign", f"Owen{INSTEAD}Lindqvist"),
        ("Owen\u00ad", "sign", f"Owen{INSTEAD}"),
        ("Owen\n", "sign", f"Owen{INSTEAD}"),
        ("\u3164x", "sign", f"{INSTEAD}x"),
        ("\u0301Owen", "sign", "\u0301Owen"),
        ("Nadia (here since 2015)", "sign", "Nadia ‹here since 2015›"),
        ("Nadia \uff08here\uff09", "sign", "Nadia ‹here›"),
        ("Nadia \u239bhere\u239e", "sign", "Nadia ‹here‹"),
        ("\u041ewen", "mixed", "\u041ewen"),
    ],
)
def test_a_name_says_nothing_that_is_not_seen_and_holds_no_brackets(name, why, as_shown):
    assert no_name(name) == why
    assert shown(name) == as_shown


#: the letters of the other alphabets by number, since here too one would take them for Latin ones
COPA, ANNA, OWEN = "\u0421\u043e\u0440\u0430", "\u0391\u039d\u039d\u0391", "\uff2f\uff57\uff45\uff4e"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Owen Lindqvist", "OWEN LINDQVIST"), ("Owen Lindqvist", "Owen  Iindqvist"), ("Owen", OWEN)),
        *(("Copa", COPA), ("Anna", ANNA), ("Carnie", "Camie"), ("Olo", "0l0"), ("Nadia", "\u202eNadia")),
        ("Nadia", unicodedata.normalize("NFKD", "Nädia")),
    ],
)
def test_names_are_the_same_that_one_takes_for_each_other(one, other):
    assert looks(one) == looks(other)
    assert looks(one) != looks("Somebody")
