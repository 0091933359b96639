"""The product as if a newer version had been deployed: its worker says another version."""

import re

from pwa.shell import worker
from wsgi import app

with app.app_context():
    app.extensions["worker"] = re.sub(r'"version": "\w+"', '"version": "newer"', worker.script())
