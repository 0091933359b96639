"""How long what a patient says may lie about on its way to a person, by our own doing."""

from __future__ import annotations

import re
from pathlib import Path

from pwa.notices.courier import REST

#: seconds from going online to the clinician's screen and to the mail server, as docs/messages.md promises
PROMISED = 5
TRIAGE = Path("pwa/static/js/pages/triage/renewing.js")
PHONE = Path("pwa/static/js/store/when.js")


def test_our_own_waits_between_a_phone_online_and_screen_and_mailbox_leave_time_for_the_way_itself():
    looks = int(re.findall(r"^const EVERY = (\d+);", TRIAGE.read_text("utf-8"), re.M)[0]) / 1000
    assert re.search(r'for \(const name of \["online", .+ addEventListener\(name, look\)', PHONE.read_text("utf-8"))
    assert looks + REST < PROMISED
