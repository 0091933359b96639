"""What goes out: reminders, alerts by mail and push; the courier that sends them."""

from flask import Flask


def register(app: Flask) -> None:
    from pwa.notices import commands, health, pages, subscribing

    app.extensions["health"].append(health.courier_goes_round)
    for view in (pages.off, subscribing.subscribe):
        app.extensions["csrf"].exempt(view)  # a mail's own button and a script of ours: they check for themselves
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(subscribing.blueprint)
    commands.register(app)
