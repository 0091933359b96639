"""Tidelog: the one module that knows every room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask
from flask_babel import Babel, get_locale
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from pwa import accounts, cli, clinic, config, diary, errors, exchange, notices, operating, shell, sync
from pwa.accounts import cookies
from pwa.languages import language, speak
from pwa.records import data_keys, db, keyring

#: what a form can hold, in whatever script; /sync takes more
FORM_BYTES = 256 * 1024


def create_app(settings: config.Settings | None = None, clock: Callable[[], datetime] = config.wall_clock) -> Flask:
    settings = settings or config.Settings.from_env()
    app = Flask(__name__, static_folder=None)
    app.config.update(
        CLOCK=clock,
        WORKER=settings.worker,
        OUTGOING=settings.outgoing,
        UPKEEP=settings.upkeep,
        METRICS_TOKEN=settings.metrics_token,
        TRUSTED_PROXIES=settings.trusted_proxies,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # an error in a log names no answer
        SESSION_COOKIE_NAME=cookies.named("session", settings.secure_cookies),
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=400),
        WTF_CSRF_TIME_LIMIT=None,  # a form that lay open for a day still sends
        COMPRESS_ALGORITHM=["br", "zstd", "gzip"],
        COMPRESS_BR_LEVEL=6,  # all pages in one file: a tenth smaller than at 4
        COMPRESS_REGISTER=False,  # only user-free pages and /sync are compressed, never a page with a token in it
        MAX_CONTENT_LENGTH=FORM_BYTES,
        TRUSTED_HOSTS=settings.outgoing.hosts,
    )
    if settings.trusted_proxies:
        # for, proto and host; a port that a browser says of itself would pass through some proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.trusted_proxies] * 3)  # type: ignore[method-assign]
    db.init_app(app)
    keyring.register(app, settings.keys)
    data_keys.register(app)
    Migrate(app, db, directory="migrations", compare_type=True)
    Babel(app, locale_selector=language)
    app.jinja_env.globals.update(get_locale=get_locale)
    speak(app.jinja_env)
    app.extensions["health"] = []  # what each room asks before the service calls itself well
    operating.register(app)
    CSRFProtect(app)
    Compress(app)
    for room in (errors, shell, accounts, diary, sync, clinic, notices, exchange, cli):
        room.register(app)
    return app
