"""The product as if a deploy had gone half: a newer worker lists a file that is not there."""

import re

from pwa.shell import worker
from wsgi import app

with app.app_context():
    text = re.sub(r'"version": "\w+"', '"version": "broken"', worker.script())
    app.extensions["worker"] = text.replace('"files": [', '"files": ["/static/pages/gone-ABCDEFGH.js", ', 1)
