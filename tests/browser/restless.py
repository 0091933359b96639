"""The product as if every server of it had another release: its worker is a newer one each time it is asked for."""

from itertools import count

from flask import request

from pwa.shell import worker
from wsgi import app

numbers = count()
first: list[worker.Kept] = []


@app.before_request
def one_more() -> None:
    if request.path == "/sw.js":
        app.extensions["worker"] = renamed(f"newer-{next(numbers)}")


def renamed(name: str) -> worker.Kept:
    first[:] = first or [worker.kept()]
    version = first[0].script.split('"')[3]
    return worker.Kept(*(text.replace(version, name, 1) for text in (first[0].script, first[0].pages)))
