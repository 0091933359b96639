"""What the clinic sees: patients, a patient, and what was shared; queries apart from pages."""

from flask import Flask


def register(app: Flask) -> None:
    from pwa.clinic import (  # noqa: F401
        agreeing,
        alert_words,
        annotations,
        asked,
        correcting,
        courses,
        desk,
        doors,
        effects,
        emergency,
        event_words,
        events,
        goals,
        invitations,
        journal,
        keeping,
        loop,
        messages,
        notes,
        offers,
        outcomes,
        page_words,
        patient,
        patients,
        people,
        protocols,
        registry,
        room,
        safety,
        sessions,
        setting_words,
        summary,
        teams,
        times,
        trail,
        treatments,
        triage,
        unread,
        visits,
        words,
    )

    app.register_blueprint(desk.blueprint)
