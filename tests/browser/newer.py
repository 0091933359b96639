"""The product as if a newer version had been deployed: its worker and its pages say another version."""

from pwa.shell import worker
from wsgi import app

with app.app_context():
    kept = worker.kept()
    version = kept.script.split('"')[3]
    newer = worker.Kept(*(text.replace(version, "newer", 1) for text in (kept.script, kept.pages)))
    app.extensions["worker"] = newer
