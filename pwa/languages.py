"""Which language a page speaks: the address says it on patients' pages, or asks for it (`?language=fr`); else it is the
person's own setting. Before anyone has signed in it is that of the page to which one wants
or from which one comes, or the browser's."""

from __future__ import annotations

from gettext import NullTranslations
from urllib.parse import urlsplit

from flask import g, request
from flask_babel import get_translations
from jinja2 import Environment

LANGUAGES = ("en", "fr")


def language() -> str:
    in_path = request.path[1:3] if request.path[3:4] in ("/", "") else ""
    if in_path in LANGUAGES:
        return in_path
    asked = request.args.get("language")
    if asked in LANGUAGES:
        return asked
    if spoken := g.get("language"):  # noted when they were looked up: a page may have to say that the database is away
        return str(spoken)
    for page in (request.args.get("next", ""), urlsplit(request.referrer or "").path):
        if page[1:3] in LANGUAGES and page[3:4] in ("/", ""):
            return page[1:3]
    return request.accept_languages.best_match(LANGUAGES) or "en"


def speak(environment: Environment) -> None:
    """Once a page looks up its translations; Babel's own gettext does so at every word."""
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _as_words(_translations().gettext(text)),
        lambda one, many, count: _as_words(_translations().ngettext(one, many, count)),
        newstyle=True,
        pgettext=lambda about, text: _as_words(_translations().pgettext(about, text)),
    )
    environment.globals["_"] = environment.globals["gettext"]


def _as_words(text: str) -> str:
    """Jinja takes for HTML what it gets to translate, and some of that was typed by somebody. No sentence of ours holds
    one of these signs."""
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")


def _translations() -> NullTranslations:
    if "translations" not in g:
        g.translations = get_translations()
    found: NullTranslations = g.translations
    return found
