"""What whoever runs it sees: a line for each request, and how the service stands; nobody's name or words."""

from flask import Flask


def register(app: Flask) -> None:
    from pwa.operating import metrics, requests

    requests.register(app)
    app.register_blueprint(metrics.blueprint)
