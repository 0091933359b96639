"""What other systems read: a patient's whole record, as data and as a page."""

from flask import Flask


def register(app: Flask) -> None:
    from pwa.exchange import pages

    app.register_blueprint(pages.blueprint)
