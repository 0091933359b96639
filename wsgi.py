"""The application, for gunicorn and the flask command."""

from pwa import create_app

app = create_app()
