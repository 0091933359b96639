"""What the phone sends: the envelope, and one version's way in."""

from flask import Flask

BATCH_BYTES = 2 * 1024 * 1024


def register(app: Flask) -> None:
    from pwa.sync import commands, pages, rate

    app.extensions["sync-rate"] = rate.Rate()
    pages.compress.init_app(app)
    app.extensions["csrf"].exempt(pages.blueprint)  # no page token: a form that lay open for a week still sends
    app.register_blueprint(pages.blueprint)
    commands.register(app)
