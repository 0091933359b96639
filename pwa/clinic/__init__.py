"""What the clinic sees: patients, a patient, and what was shared; queries apart from pages."""

from flask import Flask


def register(app: Flask) -> None:
    from pwa.clinic import desk, journal, loop, patient, patients, people, sessions, times, treatments, triage, words  # noqa: F401

    app.register_blueprint(desk.blueprint)
