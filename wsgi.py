"""The application, for gunicorn and the flask command."""

import logging
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
        logging.getLogger("pwa").critical("%s", stop)
        os._exit(CANNOT_START)  # a thread of gunicorn's that ends takes nothing else along


try:
    settings = Settings.from_env()
    lines.begin(settings.logs)
    for missing in settings.upkeep.missing():
        logging.getLogger("pwa").warning(missing)
    app = create_app(settings)
except SystemExit as stop:
    lines.begin(os.environ.get("LOGS", ""))
    logging.getLogger("pwa").critical("%s", stop)
    sys.exit(CANNOT_START)

answer = app.wsgi_app
app.wsgi_app = answer_or_end  # type: ignore[method-assign, assignment]
