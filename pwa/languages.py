"""Which language a page speaks: the address says it on patients' pages, the person's own setting on the clinic's.

Before anyone has signed in, the address may ask for one (`?language=fr`); else it is the browser's."""

from __future__ import annotations

from flask import g, request

LANGUAGES = ("en", "fr")


def language() -> str:
    in_path = request.path[1:3] if request.path[3:4] in ("/", "") else ""
    if in_path in LANGUAGES:
        return in_path
    person = g.get("_login_user")  # only who was looked up already: a page may have to say that the database is away
    if person and person.is_authenticated:
        return str(person.language)
    asked = request.args.get("language")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES) or "en"
