"""The catalogue of effects and what is asked first."""

import pytest

from pwa.domain import effects, rates
from pwa.domain.routes import ROUTE_IDS, ROUTES, by_id

THOUGHTS = {"suicidal-thoughts", "self-harm"}


def test_every_effect_has_an_id_of_its_own_that_the_tables_can_hold() -> None:
    assert len(set(effects.IDS)) == len(effects.IDS)
    assert all(len(effect) <= 32 and effect == effect.lower() for effect in effects.IDS)


def test_every_effect_stands_in_a_group_and_in_a_window_and_fits_a_route() -> None:
    groups = {group.id for group in effects.GROUPS}
    windows = {window for window, _ in effects.WINDOWS}
    for effect in effects.CATALOGUE:
        assert effect.group in groups
        assert effect.windows
        assert set(effect.windows) <= windows
        assert effect.routes
        assert set(effect.routes) <= set(ROUTE_IDS)


def test_no_group_is_empty() -> None:
    assert {effect.group for effect in effects.CATALOGUE} == {group.id for group in effects.GROUPS}


def test_no_two_effects_have_the_same_words() -> None:
    labels = [effect.label for effect in effects.CATALOGUE]
    assert len(set(labels)) == len(labels)


def test_thoughts_of_suicide_are_a_question_and_never_an_effect() -> None:
    assert not THOUGHTS & set(effects.IDS)


def test_pressure_is_a_reading_and_a_racing_heart_a_feeling() -> None:
    assert "bp-raised" not in effects.IDS
    assert effects.by_id("palpitations").label == "Heart racing or pounding"


def test_the_four_that_are_always_listed_show_the_emergency_number() -> None:
    assert [effect.id for effect in effects.always()] == ["chest-pain", "breathless", "fainting", "seizure"]
    assert all(effect.emergency and effect.routes == ROUTE_IDS for effect in effects.always())


@pytest.mark.parametrize("route", ROUTE_IDS)
def test_at_most_ten_are_asked_first_all_of_them_fit_and_none_is_an_emergency(route: str) -> None:
    first = effects.first_ten(route)
    assert 1 < len(first) <= 10
    assert len(set(first)) == len(first)
    assert all(route in effect.routes and not effect.emergency for effect in first)
    assert all(set(effect.windows) & {"acute", "next-day"} for effect in first)


@pytest.mark.parametrize("route", rates.PUBLISHED)
def test_they_come_in_the_order_in_which_they_were_published(route: str) -> None:
    published = rates.PUBLISHED[route]
    shown = [published[effect.id] for effect in effects.first_ten(route) if effect.id in published]
    assert shown == sorted(shown, reverse=True)
    assert shown[0] == max(published.values())


def test_a_nose_is_asked_about_only_after_a_spray_and_a_needle_only_after_a_needle() -> None:
    assert effects.by_id("nose-throat").routes == ("nasal",)
    assert effects.by_id("injection-site").routes == ("iv", "im")
    assert "nose-throat" not in {effect.id for effect in effects.for_route("iv")}


def test_only_known_effects_have_rates() -> None:
    named = {effect for route in ROUTE_IDS for effect in rates.asked_first(route)}
    assert named <= set(effects.IDS)


def test_the_bladder_is_asked_about_in_plain_words() -> None:
    bladder = {effect.label for effect in effects.CATALOGUE if effect.group == "bladder"}
    assert {"Bladder pain", "Blood in your pee"} <= bladder


def test_an_unknown_effect_or_route_is_no_effect_and_no_route() -> None:
    with pytest.raises(KeyError):
        effects.by_id("bp-raised")
    with pytest.raises(KeyError):
        by_id("rectal")


def test_routes_have_tags_of_two_letters_each_its_own() -> None:
    assert [route.tag for route in ROUTES] == ["IV", "IM", "NS", "SL", "PO"]


def test_how_often_one_gets_up_at_night_is_what_each_word_means():
    """The rule counts how many times more it is than at first."""
    meanings = effects.by_id("nocturia").hint.split(". ")
    assert [one.split(":")[0] for one in meanings] == [word for severity, word in effects.SEVERITIES if severity]
