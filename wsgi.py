"""The application, for gunicorn and the flask command."""

import os
import sys
from typing import Any

from pwa import create_app
from pwa.config import Settings
from pwa.operating import lines

#: what a worker of gunicorn says when it cannot start; after any other code it is started again, for ever
CANNOT_START = 3


def answer_or_end(*asked: Any) -> Any:
    """Keys that could not be proved at the start, since the database was away, end a worker once it is back."""
    try:
        return answer(*asked)
    except SystemExit as stop:
        print(stop, file=sys.stderr, flush=True)  # noqa: T201 (as at the start)
        os._exit(CANNOT_START)  # a thread of gunicorn's that ends takes nothing else along


try:
    settings = Settings.from_env()
    lines.begin(settings.logs)
    app = create_app(settings)
except SystemExit as stop:
    print(stop, file=sys.stderr)  # noqa: T201 (there is no application yet that could log)
    sys.exit(CANNOT_START)

answer = app.wsgi_app
app.wsgi_app = answer_or_end  # type: ignore[method-assign, assignment]
