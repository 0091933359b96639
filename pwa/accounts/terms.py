"""The terms of use: everyone agrees once to each version, where they begin, and can read at any time what they did.

What must not wait for it asks nobody: help, the safety plan, writing on a phone and sending what was written."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from pwa.accounts import audit
from pwa.accounts.entrance import blueprint
from pwa.accounts.sign_in import has_agreed
from pwa.accounts.way import onward
from pwa.config import now
from pwa.domain import terms
from pwa.forms.accounts import TermsForm
from pwa.records import Person, db
from pwa.records.agreements import agree, agreements_of
from pwa.records.base import begin_writing


@blueprint.get("/terms")
def terms_of_use() -> Response:
    """For whoever asks; an earlier version by its number."""
    asked = request.args.get("version", "")
    said = terms.by_version(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    return _page(said or terms.NEWEST)


@blueprint.post("/terms")
@login_required
def agree_to_terms() -> Response:
    """To those that were shown: if newer ones came meanwhile, these are shown first."""
    form, person = TermsForm(), _person()
    if not form.validate_on_submit() or form.version.data != terms.NEWEST.version:
        return _page(terms.NEWEST, 422)
    begin_writing()
    if agree(person, terms.NEWEST.version, str(get_locale()), now()):
        patients = [person.id] if person.role == "patient" else []
        audit.wrote(person, "terms", patients, [f"version {terms.NEWEST.version}"], why="own-account")
    db.session.commit()
    return redirect(onward(person, request.args.get("next")))


def _page(shown: terms.Terms, status: int = 200) -> Response:
    person = _person() if current_user.is_authenticated else None
    asks = person is not None and shown is terms.NEWEST and not has_agreed()
    page = render_template(
        "accounts/terms.html",
        terms=shown,
        person=person,
        form=TermsForm(version=shown.version, formdata=None) if asks else None,
        agreements=agreements_of(person) if person else (),
        start=onward(person, None) if person else url_for("accounts.sign_in"),
    )
    return make_response(page, status)


def _person() -> Person:
    person: Person = current_user._get_current_object()
    return person
