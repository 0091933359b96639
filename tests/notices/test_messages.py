"""The managers' page of what went out: in words, with what helps."""

from __future__ import annotations

import ast
from pathlib import Path

from pwa.clinic.messages import WHY

NOTICES = Path("pwa/notices")


def test_a_manager_reads_why_a_message_was_given_up_and_no_code(app, mailbox, tell, go_round, signed_in):
    mailbox.answers = "550 nobody here"
    tell(app, "clinician")
    go_round(app)
    page = signed_in("manager").get("/clinic/messages").text
    assert "not sent, given up" in page
    assert "the mail server refused it (550)" in page
    assert "smtp-550" not in page


def test_every_reason_that_the_courier_leaves_has_words():
    calls = (node for path in NOTICES.glob("*.py") for node in ast.walk(ast.parse(path.read_text())))
    said = {
        argument.value
        for call in calls
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Failed", "failed", "not_wanted")
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    assert {"no-mail-server", "in-doubt", "never-done"} <= said
    assert said <= set(WHY)
