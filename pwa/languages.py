"""Which language a page speaks: the address says it on patients' pages, the person's own setting on the clinic's.

Before anyone has signed in, the address may ask for one (`?language=fr`); else it is the browser's."""

from __future__ import annotations

from flask import request
from flask_login import current_user

LANGUAGES = ("en", "fr")


def language() -> str:
    in_path = request.path[1:3] if request.path[3:4] in ("/", "") else ""
    if in_path in LANGUAGES:
        return in_path
    if current_user and current_user.is_authenticated:
        return str(current_user.language)
    asked = request.args.get("language")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES) or "en"
