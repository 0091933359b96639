"""The product as if a deploy had gone half: its worker is a newer one and lists a file that is not there."""

from pwa.shell import worker
from wsgi import app

with app.app_context():
    kept = worker.kept()
    version = kept.script.split('"')[3]
    script = kept.script.replace('"files": [', '"files": ["/static/pages/gone-ABCDEFGH.js", ', 1)
    broken = worker.Kept(*(text.replace(version, "broken", 1) for text in (script, kept.pages)))
    app.extensions["worker"] = broken
