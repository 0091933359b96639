"""The application, for gunicorn and the flask command."""

import logging
import os
import sys

from pwa import create_app
from pwa.config import Settings
from pwa.operating import lines

#: what a worker of gunicorn says when it cannot start; after any other code it is started again, for ever
CANNOT_START = 3

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
