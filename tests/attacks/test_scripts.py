"""Script in every text that somebody can type: stored or repeated, it stays words on every page, for everyone."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape, unescape
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pwa.domain.names import shown
from pwa.forms.fields import Text
from pwa.forms.groups import GroupList
from pwa.forms.kinds import KINDS, judge
from pwa.languages import LANGUAGES
from pwa.records import Alert, Clinic, Person, db
from pwa.sync.ids import new_id
from tests.attacks.forms import forms_of
from tests.attacks.nasty import GOLDEN, SCRIPT
from tests.attacks.places import pages_of
from tests.clinic.conftest import PROTOCOL, TOLD, says_to
from tests.conftest import CAST, CLINIC, ROOT

#: out of an attribute, out of a script, and into the page; and what a sentence would take for a gap
PAYLOAD = f"\"'></script>{SCRIPT}50% %(no)s"
#: texts that must have been seen, each somewhere, or nothing was tried
SEEN = {"check-in.note", "effects.other", "journal.text", "note", "event", "aside", "raised", "act"}
SEEN |= {"protocol", "own-effect", "clinic", "people", "goal.words", "offer.line", "safety-plan.signs", "query"}
OWN = "own-1a2b3c4d"
EFFECTS = {"effects": [*GOLDEN["effects"]["effects"], {"effect": OWN, "severity": 1}]}
SAID = {**GOLDEN, "effects": {**GOLDEN["effects"], **EFFECTS}}


def scripted(form, body, name, is_good):
    """The body with a script in each text that takes one."""
    for field in form:
        if isinstance(field, GroupList) and body.get(field.name):
            inner = [dict(one) for one in body[field.name]]
            body = {**body, field.name: inner}
            for one in inner:
                one |= scripted(field.inner, one, f"{name}.{field.name}", lambda tried, one=one: good_in(one, tried))
        elif isinstance(field, Text):
            tried = {**body, field.name: f"{name}.{field.name}{PAYLOAD}"}
            body = tried if is_good(tried) else body
    return body


def good_in(one, tried):
    """Words stand beside an effect that the clinic added, and beside no other."""
    is_own = str(tried.get("effect", OWN)).startswith("own-")
    return (is_own or "words" not in tried) and len(str(tried)) - len(str(one)) < 200


@pytest.fixture
def full(whole):
    """Wherever somebody of the clinic or Ana can type, a script was typed."""
    says = says_to(whole.app, whole.clock)
    for kind in KINDS:
        by = {"patient": "ana"}.get(KINDS[kind].writer, "clinician")
        with whole.app.test_request_context():
            body = scripted(KINDS[kind].form(), SAID[kind], kind, lambda tried, kind=kind: not judge(kind, tried))
        if "audience" in body:
            body = {**body, "audience": "care-team"}
        says("ana", kind, body, by=by)
    with whole.rows() as rows:
        rows.get_one(Clinic, CLINIC).name = f"clinic{PAYLOAD}"
        for person in rows.scalars(db.select(Person)):
            person.name = f"people{PAYLOAD}"
    typed_on_pages(whole)
    return whole


def typed_on_pages(whole):
    ids, patient = whole.ids["ana"], f"/clinic/patients/{CAST['ana'][1]}"
    room, alert = f"/clinic/room/{CAST['ana'][1]}", f"/clinic/alerts/{whole.ids['ana']['alert']}"
    new = {"record": new_id(whole.clock()), "edition": "0"}
    asked = {"en": f"own-effect{PAYLOAD}", "fr": f"own-effect{PAYLOAD}"}
    for who, path, typed in (
        ("clinician", f"{patient}/notes", {**new, "text": f"note{PAYLOAD}"}),
        ("clinician", f"{patient}/events/new", {**TOLD, **new, "words": f"event{PAYLOAD}", "note": PAYLOAD}),
        ("therapist", f"{room}/notes", {**new, "text": f"aside{PAYLOAD}", "about": ids["entry"]}),
        ("therapist", f"{room}/raise", {"record": ids["entry"], "tier": "high", "note": f"raised{PAYLOAD}"}),
        ("clinician", f"{alert}/acknowledge", {}),
        ("clinician", f"{alert}/act", {"action": "none", "note": f"act{PAYLOAD}"}),
        ("manager", "/clinic/protocols/new", {**PROTOCOL, "name": f"protocol{PAYLOAD}"}),
        ("manager", "/clinic/asked", asked),
    ):
        answer = whole.browser(who).post(path, data=typed, headers={"User-Agent": PAYLOAD})
        assert answer.status_code == 302, f"{path}: {answer.text}"


def seen_in(answer, where):
    """What was typed and stands there; none of it as a tag."""
    if answer.mimetype != "text/html":
        return set()
    assert not any(script in answer.text for script in (SCRIPT, shown(SCRIPT))), where
    assert "'></script" not in answer.text, where
    typed = "|".join(map(re.escape, (PAYLOAD, shown(PAYLOAD))))  # a name is shown without brackets
    return set(re.findall(rf"([\w.-]+)(?:{typed})", unescape(answer.text)))


def test_what_was_typed_is_words_on_every_page(full):
    seen = set()
    with full.rows() as rows:
        alerts = [f"/clinic/alerts/{id_}" for id_ in rows.scalars(db.select(Alert.id))]
    ana = {"ana": full.ids["ana"]}
    for who in ("ana", "clinician", "therapist", "manager", "front-desk", "nobody"):
        browser = full.browser(who)
        for page in [*pages_of(who, ana), *(alerts if who == "clinician" else [])]:
            for query in ("", "?show=noted&by=cycle", f"?code=query{PAYLOAD}&show=quiet"):
                seen |= seen_in(browser.get(page + query), f"{who}: {page}{query}")
    assert seen >= SEEN, SEEN - seen


@pytest.mark.parametrize("who", ["ana", "clinician", "therapist", "manager", "front-desk", "nobody"])
def test_a_form_that_is_refused_repeats_words_and_no_script(whole, who):
    seen = set()
    browser = whole.browser(who)
    for form in forms_of(whole, who, pages_of(who, whole.ids)):
        typed = dict.fromkeys(form.fields, f"typed{PAYLOAD}")
        for data in (typed, {**form.filled(), **dict.fromkeys(form.texts, f"typed{PAYLOAD}")}):
            seen |= seen_in(browser.open(form.action, method=form.method, data=data), f"{who}: {form.action}")
    assert seen == {"typed"} or who == "ana"


def test_a_record_that_is_taken_out_holds_words_and_no_script(full):
    answer = full.browser("ana").post("/account/record")
    page = zipfile.ZipFile(io.BytesIO(answer.data)).read("record.html").decode()
    assert SCRIPT not in page
    assert escape(SCRIPT, quote=False) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_gives_to_be_translated_is_words_also_when_somebody_typed_it(app, language):
    page = """<p title="{{ _(typed) }}">{{ _(typed) }} {{ ngettext(typed, typed, 2) }}</p>"""
    with app.test_request_context(f"/{language}/"):
        told = app.jinja_env.from_string(page).render(typed=SCRIPT)
    assert "<img" not in told
    assert told.count(escape(SCRIPT)) == 3


def test_no_sentence_of_ours_holds_what_html_is_made_of():
    """So that whatever holds it was typed by somebody (pwa/languages.py)."""
    for path in sorted((ROOT / "pwa/translations").rglob("*.po")):
        for message in read_po(io.BytesIO(path.read_bytes())):
            told = "".join("".join(one) for one in (message.id, message.string))
            assert not message.id or not re.search(r"[<>\"]", told), told


MAKES_HTML = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setHTML|srcdoc")


def test_no_script_of_ours_makes_html_or_code_of_text():
    for path in sorted((ROOT / "pwa/static/js").rglob("*.js")):
        assert not MAKES_HTML.search(Path(path).read_text()), path.name


def test_no_template_lets_a_text_through_as_html_but_drawings_of_ours():
    through = {
        (path.name, found)
        for path in (ROOT / "pwa/templates").rglob("*.html")
        for found in re.findall(r"{{([^}]*\|\s*safe)\b", path.read_text())
    }
    assert through == {("parts.html", " shapes[tier]|safe"), ("icons.html", " DRAWN[name]|safe")}
