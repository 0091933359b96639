"""The patient's pages are the same bytes for everyone, small, and whole without a word from the database."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pwa.diary import PAGES
from pwa.diary.content import VERSION
from pwa.domain import crisis, effects
from pwa.shell.assets import DIST, built

ADDRESSES = [f"/{language}/{path}" for language in ("en", "fr") for path in PAGES]
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(\ssrc=|type=\"application/json\"))")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_the_same_for_everyone(app, signed_in, address):
    nobody = app.test_client().get(address)
    assert nobody.status_code == 200
    assert f'lang="{address[1:3]}"' in nobody.text
    for name in ("ana", "another-patient", "clinician"):
        answer = signed_in(name).get(address)
        assert answer.data == nobody.data
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_carries_no_token_and_nothing_inline(app, address):
    page = app.test_client().get(address).text
    assert "csrf" not in page.lower()
    assert not INLINE.search(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_browser_is_let_to_note_what_is_typed(app, address):
    """Firefox writes what stands in a text area into its session file, readable, whatever the form around it says."""
    page = app.test_client().get(address).text
    assert [area for area in re.findall(r"<textarea[^>]*>", page) if 'autocomplete="off"' not in area] == []
    assert [form for form in re.findall(r"<form[^>]*>", page) if 'autocomplete="off"' not in form] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_in_a_page_is_there(app, address):
    browser = app.test_client()
    page = browser.get(address).text
    for link in set(re.findall(r'(?:href|src)="(/[^"#?]*)"', page)):
        with browser.get(link) as answer:
            assert answer.status_code in (200, 302), link


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_the_same_parts_in_both_languages(app, path):
    english, french = (shape(app.test_client().get(f"/{language}/{path}").text) for language in ("en", "fr"))
    assert english == french


def shape(page: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_help_lists_every_checked_line_without_a_script(app, language):
    page = app.test_client().get(f"/{language}/help").text
    for region in crisis.regions():
        assert region.name[language] in page
        lines = (*region.lines, *([region.emergency] if region.emergency else []))
        for line in lines:
            assert line.tel is None or f'href="tel:{line.tel}"' in page
            assert line.sms is None or f'href="sms:{line.sms}"' in page


def test_help_shows_no_number_that_nobody_checked(app):
    page = app.test_client().get("/en/help").text
    unchecked = [line for region in crisis.everything() for line in region.lines if not line.verified_on]
    assert unchecked
    assert not any(line.id in page or (line.text and line.text in page) for line in unchecked)


def test_the_start_leads_to_today_in_the_browsers_language(app):
    answer = app.test_client().get("/", headers={"Accept-Language": "fr-CA, fr;q=0.9, en;q=0.8"})
    assert answer.headers["Location"] == "/fr/"


def test_a_page_is_compressed_when_the_browser_can_read_that(app):
    answer = app.test_client().get("/en/", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"


def test_the_first_visit_to_today_weighs_at_most_60_kilobytes(app):
    page = app.test_client().get("/en/", headers={"Accept-Encoding": "br"}).data
    files = ["css/patient.css", "pages/appearance.js", "pages/today.js"]
    needed = [built()["files"][name] for name in files] + built()["imports"]["pages/today.js"]
    assert len(page) + sum((DIST / f"{name}.br").stat().st_size for name in needed) <= 60_000


def test_the_version_on_the_page_is_the_projects(app):
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
    assert VERSION in app.test_client().get("/en/more").text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_words_of_every_answer_are_the_same_for_everyone(app, signed_in, language):
    address = f"/{language}/words.json"
    words = app.test_client().get(address)
    assert signed_in("ana").get(address).data == words.data
    for kind, fields in words.json["fields"].items():
        for name, field in fields.items():
            assert field["label"], f"{kind}: {name}"
    assert set(words.json["fields"]["effects"]["effects"]["fields"]["effect"]["choices"]) == set(effects.IDS)
