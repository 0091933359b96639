from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from unicodedata import category

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
FRENCH = ROOT / "pwa/translations/fr/LC_MESSAGES/messages.po"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")


@pytest.fixture(scope="module")
def strings(tmp_path_factory):
    """Every string that the product says, as the extraction finds it now."""
    pot = tmp_path_factory.mktemp("strings") / "messages.pot"
    words = ["pybabel", "-q", "extract", "-F", "babel.cfg", "-k", "N_", "-k", "lazy_gettext", "-o", pot, "pwa"]
    subprocess.run(words, cwd=ROOT, check=True)
    return [message for message in read_po(io.BytesIO(pot.read_bytes())) if message.id]


@pytest.fixture(scope="module")
def french():
    return read_po(io.BytesIO(FRENCH.read_bytes()), locale="fr")


def test_every_string_is_there_in_french_and_none_is_fuzzy(strings, french):
    missing = []
    for message in strings:
        said = french.get(message.id if isinstance(message.id, str) else message.id[0])
        if said is None or said.fuzzy or not said.string or (isinstance(said.string, tuple) and not all(said.string)):
            missing.append(message.id)
    assert missing == []


def test_the_french_keeps_every_placeholder(strings, french):
    for message in strings:
        singular = message.id if isinstance(message.id, str) else message.id[-1]
        said = french.get(message.id if isinstance(message.id, str) else message.id[0])
        for text in said.string if isinstance(said.string, tuple) else (said.string,):
            wanted, kept = set(PLACEHOLDER.findall(singular)), set(PLACEHOLDER.findall(text))
            assert kept <= wanted, singular
            assert wanted - kept <= {"%(n)d", "%(n)s", "%(num)d", "{n}"}, singular


def test_no_french_sentence_stands_twice(french):
    assert [
        text for text in texts_of(french) if len(text) > 20 and text[: len(text) // 2] == text[-(len(text) // 2) :]
    ] == []


def test_no_french_line_begins_or_ends_with_a_mark_that_belongs_to_a_word(french):
    broken = re.compile(r"« | [»:;?!](?!\w)")
    assert [text for text in texts_of(french) if broken.search(text)] == []


def test_no_french_sentence_holds_a_sign_that_nobody_sees(french):
    assert [text for text in texts_of(french) if any(category(sign) == "Cc" and sign != "\n" for sign in text)] == []


def test_a_colon_is_the_languages_own_and_in_french_it_never_breaks_off(french):
    bare = re.compile(r"(?<!\N{NO-BREAK SPACE}):(?=\s|$)")
    assert [text for text in texts_of(french) if bare.search(text)] == []
    untold = re.compile(r"\}\}:(?=[\s<])")
    assert [page.name for page in (ROOT / "pwa/templates").rglob("*.html") if untold.search(page.read_text())] == []


def test_french_marks_stand_as_in_canada_after_the_word_and_its_apostrophes_are_curly(french):
    """No space before ? ! and ;, as the Office québécois de la langue française has it; a colon has its own rule."""
    odd = re.compile(r"'|\s[?!;]")
    assert [text for text in (*texts_of(french), *texts_of_crisis_lines()) if odd.search(text)] == []


def test_the_french_says_you_to_whoever_reads_and_not_to_a_man(french):
    man = re.compile(
        r"\b[Vv]ous (y )?êtes (déjà )?(dé)?connecté\b(?!·)|\b[Vv]ous seul\b(?!·)|\bPas sûr\b|\bun clinicien\b(?!·)"
    )
    assert [text for text in texts_of(french) if man.search(text)] == []


def texts_of_crisis_lines():
    lines = (ROOT / "pwa/domain/data/crisis-lines.json").read_text("utf-8")
    found = re.findall(r'"fr": "([^"]+)"', lines)
    assert found
    return found


def texts_of(french):
    return [
        text for one in french if one.id for text in (one.string if isinstance(one.string, tuple) else (one.string,))
    ]


def test_the_french_catalogue_holds_nothing_that_is_no_longer_said(strings, french):
    said = {message.id if isinstance(message.id, str) else message.id[0] for message in strings}
    kept = {message.id if isinstance(message.id, str) else message.id[0] for message in french if message.id}
    assert kept - said == set()
