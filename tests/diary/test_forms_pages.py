"""The pages that ask: user-free, one definition of what is asked, and whom to call on every one."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from pwa.domain import aftercare, checkin, checks, crisis, effects, routes
from pwa.forms.checkin import CheckInForm
from pwa.forms.effects import EffectForm, EffectsForm
from pwa.forms.homedose import HomeDoseForm

FORMS = ("check-in", "after-session", "body", "checks", "home-dose")
ASKS = [f"/{language}/{page}" for language in ("en", "fr") for page in FORMS]
#: known to the script, from the address and the clinic's own words
FIGURES = ("days", "treatments", "mg", "in_maintenance", "baseline")
NOT_ASKED = {"treatment", "window", "effects", "checks", "words", "at", "ok_at"}


@pytest.mark.parametrize("address", ASKS)
def test_a_form_is_the_same_for_two_people_and_carries_no_token(app, signed_in, address):
    hers, his = (signed_in(name).get(address) for name in ("ana", "another-patient"))
    assert hers.data == his.data == app.test_client().get(address).data
    assert "csrf" not in hers.text


@pytest.mark.parametrize("address", ASKS)
def test_a_form_sends_nothing_by_itself(app, address):
    """Its answers are the script's to save: without one, nothing of them may come into an address or a request."""
    for form in re.findall(r"<form[^>]*>", app.test_client().get(address).text):
        assert 'method="dialog"' in form
        assert "action=" not in form


@pytest.mark.parametrize("address", ASKS)
def test_a_form_offers_no_other_answers_before_there_are_any(app, address):
    page = re.sub(r"<template.*?</template>", "", app.test_client().get(address).text, flags=re.DOTALL)
    assert re.search(r'<div [^>]*id="other-heads"[^>]*></div>', page)


@pytest.mark.parametrize("address", ASKS)
def test_every_field_of_the_form_is_on_the_page(app, address):
    asked = set(CheckInForm()._fields)
    if "home-dose" in address:
        asked = set(HomeDoseForm()._fields) - NOT_ASKED
    elif "check-in" not in address:
        asked = (set(EffectsForm()._fields) - NOT_ASKED) | (set(EffectForm()._fields) - {"effect", *NOT_ASKED})
    assert asked <= names(app, address)


def names(app, address: str) -> set[str]:
    return set(re.findall(r'\sname="([a-z_-]+)"', app.test_client().get(address).text))


@pytest.mark.parametrize("address", ASKS)
def test_nothing_is_chosen_for_anyone(app, address):
    page = app.test_client().get(address).text
    chosen = [tag for tag in re.findall(r"<input[^>]*\schecked[^>]*>", page) if 'name="about"' not in tag]
    assert chosen == []
    assert not re.search(r'<input[^>]*type="(range|number|text)"[^>]*\svalue="[^"]', page)


@pytest.mark.parametrize("address", ASKS)
def test_every_form_names_its_readers_and_that_nobody_watches(app, address):
    page = unescape(app.test_client().get(address).text)
    if "/en/" in address:
        assert "Your care team reads what you save here" in page
        assert "Nobody watches in real time" in page
        assert "Your care team can read this too" in page


@pytest.mark.parametrize("address", ASKS)
def test_only_checked_numbers_are_on_a_form(app, address):
    page = app.test_client().get(address).text
    offered = {line.tel for region in crisis.regions() for line in (*region.lines, region.emergency) if line}
    assert set(re.findall(r'href="tel:([^"]+)"', page)) <= offered
    for region in crisis.regions():
        assert f'data-region="{region.id}"' in page


@pytest.mark.parametrize("page", ["after-session", "body", "checks"])
def test_the_whole_catalogue_is_there_in_the_patients_words(app, page):
    text = unescape(app.test_client().get(f"/en/{page}").text)
    by_part = [effect.id for group in effects.GROUPS for effect in effects.CATALOGUE if effect.group == group.id]
    serious = set(effects.ALWAYS) if page == "body" else set()  # they stand before all parts
    assert re.findall(r'data-effect="([^"]+)"', text) == sorted(by_part, key=lambda effect: effect not in serious)
    for effect in effects.CATALOGUE:
        assert f"<b>{effect.label}</b>" in text
        assert effect.clinical.lower() in text.lower()
    emergencies = re.findall(r'data-effect="([^"]+)"[^>]*data-emergency', text)
    assert sorted(emergencies) == sorted(effect.id for effect in effects.CATALOGUE if effect.emergency)


def test_the_script_gets_the_routes_first_effects_and_the_windows_from_the_domain(app):
    asked = json.loads(re.search(r'id="asked">(.*?)</script>', app.test_client().get("/en/after-session").text)[1])
    for route in routes.ROUTE_IDS:
        assert asked["first"][route] == [effect.id for effect in effects.first_ten(route)]
        assert len(asked["first"][route]) <= 10
    assert asked["always"] == list(effects.ALWAYS)
    assert [window for window, _ in asked["until"]] == [window for window, _ in effects.WINDOWS][:-1]


def test_the_question_about_thoughts_is_asked_in_the_one_approved_wording(app):
    page = unescape(app.test_client().get("/en/check-in").text)
    assert f"<legend>{checkin.THOUGHTS_QUESTION}</legend>" in page
    assert set(re.search(r'data-yes="([^"]*)"', page)[1].split()) == checkin.THOUGHTS_YES


@pytest.mark.parametrize("address", ["/en/", "/fr/checks"])
def test_the_script_gets_the_checks_that_fall_due_from_the_domain_in_the_pages_language(app, address):
    page = app.test_client().get(address).text
    found = json.loads(re.search(r'id="checks">(.*?)</script>', page)[1])
    assert [check["id"] for check in found] == [check.id for check in checks.CHECKS]
    for check, said in zip(checks.CHECKS, found, strict=True):
        assert {name: said[name] for name in FIGURES} == {name: getattr(check, name) for name in FIGURES}
        assert (said["question"] == check.question) is ("/en/" in address)


def test_before_a_dose_at_home_the_page_says_that_nobody_comes_and_encourages_none(app):
    page = unescape(app.test_client().get("/en/home-dose").text)
    assert page.index("If you do not, nobody comes.") < page.index('name="mg"')
    assert "I have someone with me" in page
    today = unescape(app.test_client().get("/en/").text)
    assert not re.search(r"(?i)time (for|to take) your dose|take your dose", page + today)


def test_what_not_to_do_is_said_by_route_with_its_source():
    for route in routes.ROUTE_IDS:
        assert "until you have slept and it is tomorrow" in aftercare.REST[route].dont
        assert aftercare.REST[route].is_confirmed is (route == "nasal")
