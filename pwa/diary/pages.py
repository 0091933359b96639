"""Every page of the patient, the same bytes for everyone, once in each language."""

from __future__ import annotations

import re

from flask import Blueprint, Flask, jsonify, redirect, render_template
from flask_compress import Compress
from werkzeug.wrappers import Response

from pwa.accounts.live import await_a_clinic
from pwa.diary import content
from pwa.diary.words import words
from pwa.languages import LANGUAGES, language

blueprint = Blueprint("diary", __name__)
compress = Compress()

#: what only we read, who write the templates, and each phone would keep thirty times
INDENTED = re.compile(r"\s*\n\s*")
#: address below the language → template
PAGES = {
    "": "today",
    "check-in": "check-in",
    "after-session": "after-session",
    "body": "body",
    "checks": "checks",
    "home-dose": "home-dose",
    "safety-plan": "safety-plan",
    "journal": "journal",
    "journal/entry": "journal-entry",
    "progress": "progress",
    "goal": "goal",
    "help": "help",
    "more": "more",
    "welcome": "welcome",
    "waiting": "waiting",
    "lock": "lock",
}


def register(app: Flask) -> None:
    compress.init_app(app)
    app.register_blueprint(blueprint)


@blueprint.get("/")
def door() -> Response:
    await_a_clinic()
    return redirect(f"/{language()}/")


for _lang in LANGUAGES:

    @blueprint.get(f"/{_lang}/words.json", endpoint=f"words-{_lang}")
    @compress.compressed()
    def all_words() -> Response:
        return jsonify(words())

    for _path, _name in PAGES.items():

        @blueprint.get(f"/{_lang}/{_path}", endpoint=f"{_name}-{_lang}")
        @compress.compressed()
        def page(name: str = _name) -> str:
            return INDENTED.sub("\n", render_template(f"diary/{name}.html", page=name, **content.of(name)))
