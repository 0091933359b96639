"""What a log says of a request, and what it never says."""

from __future__ import annotations

import json
import logging
import re

import pytest

from pwa.accounts.invitations import invite
from pwa.operating.lines import Lines
from pwa.records import Person, db
from tests.conftest import CAST, CLINIC, PASSWORD

ANA = CAST["ana"][1]
OF_PROXY = "0f" * 16
WORD = "heron"


@pytest.fixture
def written():
    """Every line of every logger, as this process would write it."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler, root, ours = Kept(), logging.getLogger(), logging.getLogger("pwa")
    handler.setFormatter(Lines())
    root.addHandler(handler)
    before = ours.level
    ours.setLevel(logging.INFO)
    yield lines
    root.removeHandler(handler)
    ours.setLevel(before)


def last(written):
    return json.loads(written[-1])


def test_a_line_says_the_route_and_the_clinic_and_not_who_or_whose(signed_in, written):
    browser = signed_in("clinician")
    answer = browser.get(f"/clinic/patients/{ANA}?days=30")
    line = last(written)
    assert line["route"] == "/clinic/patients/<uuid:patient>", line
    assert (line["method"], line["status"], line["clinic"]) == ("GET", 200, CLINIC)
    assert line["request"] == answer.headers["X-Request-ID"]
    assert line["ms"] > 0
    assert ANA not in written[-1]
    assert CAST["clinician"][1] not in written[-1]


def test_what_no_route_is_for_is_not_named(app, written):
    app.test_client().get(f"/{WORD}?{WORD}={WORD}")
    assert (last(written)["route"], last(written)["clinic"]) == ("none", None)
    app.test_client().open("/", method=WORD.upper())
    assert last(written)["method"] == "other"
    assert WORD not in "".join(written).lower()


def test_the_id_of_a_proxy_of_ours_is_taken_over_and_nothing_else_is(app, written):
    def answered(id_):
        return app.test_client().get("/healthz", headers={"X-Request-ID": id_}).headers["X-Request-ID"]

    assert answered(OF_PROXY) != OF_PROXY
    app.config["TRUSTED_PROXIES"] = 1
    assert answered(OF_PROXY) == OF_PROXY
    assert last(written)["request"] == OF_PROXY
    for words in ("ana is here", "ana-is-not-well-today", "0f", "0f" * 40):
        assert answered(words) != words


def test_an_error_is_told_with_its_stack_and_without_a_value(app, signed_in, written, monkeypatch):
    def broken(*_):
        try:
            int(WORD)
        except ValueError as error:
            raise RuntimeError(f"while reading {WORD}") from error

    browser = signed_in("clinician")
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setitem(app.view_functions, "clinic.patient", lambda patient: broken())
    assert browser.get(f"/clinic/patients/{ANA}").status_code == 500
    line = next(line for line in map(json.loads, written) if "stack" in line)
    assert line["stack"][-1] == "RuntimeError"
    assert "ValueError" in line["stack"]
    assert any("test_lines.py" in frame and "broken" in frame for frame in line["stack"])
    assert line["route"] == "/clinic/patients/<uuid:patient>"
    assert (last(written)["status"], last(written)["request"]) == (500, line["request"])
    assert WORD not in "".join(written)
    assert ANA not in "".join(written)


def test_what_a_library_complains_of_is_told_without_what_it_complains_about(written):
    library = logging.getLogger("some.library")
    library.warning("Not understood from %s: %s", "203.0.113.9", WORD)
    assert last(written)["said"] == "Not understood from %s: %s"
    library.warning(
        f"Not understood: {WORD}"
    )  # put together before it was said, as tests/operating/test_unreadable.py has it
    assert re.fullmatch(r"something that may name somebody \(test_lines:\d+\)", last(written)["said"])
    logging.getLogger("gunicorn.error").error("Worker (pid:%s) exited with code %s.", 7, 3)
    assert last(written)["said"] == "Worker (pid:7) exited with code 3."
    logging.getLogger("pwa.notices.sending").warning("Notice %s did not go out", "00f1")
    assert last(written)["said"] == "Notice 00f1 did not go out"


def test_for_people_a_line_is_words():
    record = logging.LogRecord("pwa.sync", logging.WARNING, "", 0, "parked version %s", ("00f1",), None)
    assert Lines("text").format(record).endswith("warning pwa.sync parked version 00f1")


def test_a_days_work_leaves_nobody_in_the_log(app, signed_in, written):
    """Names, addresses, codes, passwords, words, telephone numbers, birth dates: none of them, in no line."""
    desk, clinician, stranger = signed_in("front-desk"), signed_in("clinician"), app.test_client()
    stranger.post("/sign-in", data={"clinic": CAST["ana"][0], "email": CAST["ana"][3], "password": WORD})
    with app.app_context():
        code = invite(db.session.get_one(Person, (CLINIC, ANA)), None)
        db.session.commit()
    chosen = stranger.post("/invited", data={"code": code})
    stranger.post(chosen.headers["Location"], data={"password": PASSWORD})
    new = {"name": "Dana Roy", "email": "dana@here.test", "language": "fr", "code": "KT-2001", "phone": "+14165550199"}
    desk.post("/clinic/invitations/patient", data={**new, "birth_date": "1991-05-06", "clinician": "", "therapist": ""})
    clinician.get("/clinic/patients?q=KT-1001")
    clinician.get(f"/clinic/patients/{ANA}")
    stranger.post("/sync", json={"versions": [WORD], "owner": ANA}, headers={"X-Tidelog": "1"})
    stranger.get("/me", headers={"X-Forwarded-For": "203.0.113.9", "User-Agent": "a phone of Ana"})
    told = "".join(written)
    assert len(written) == 11
    assert sum("password-wrong" in line for line in written) == 1
    people = [word for name, (_, id_, _, email) in CAST.items() for word in (id_, email, f'"{name}"')]
    for word in (
        *people,
        *new.values(),
        WORD,
        PASSWORD,
        code,
        "1991-05-06",
        "1001",
        "203.0.113",
        "phone of",
        "127.0.0.1",
    ):
        if word != "fr":
            assert word not in told, word
