"""Whatever is asked, by whomever: no failure of ours, nobody else's words or rows, and nothing runs that was typed.

`make fuzz REQUESTS=10000` asks more, and others each time; SEED=… asks the same again."""

from __future__ import annotations

import os
import random
import secrets
from urllib.parse import urlsplit

import pytest

from tests.attacks.forms import forms_of
from tests.attacks.nasty import SCRIPT, Pen
from tests.attacks.others import rows_of_others
from tests.attacks.places import EVERYONE, pages_of
from tests.attacks.whole import ALL, forbidden_to, opened_by
from tests.conftest import uid

#: what a clinician knows of whom they open in an emergency: of Bo first, then of Ana and of a patient elsewhere
WHOM = {
    "who": ["KT-1002", "KT-1001", "KT-1003"],
    "birth_date": ["1988-03-02", "1988-03-01", "1988-03-03"],
    "reason": ["Brought in by ambulance"],
}
#: in a row by one person, in a house as it was laid down
IN_A_ROW = 10
REQUESTS = int(os.environ.get("REQUESTS", "600"))
SEED = os.environ.get("SEED") or (secrets.token_hex(4) if "REQUESTS" in os.environ else "the same each time")


@pytest.fixture(scope="module")
def pens(laid):
    """By who asks."""
    laid.put_back()
    ids = sorted(
        {id_ for rows in laid.ids.values() for id_ in rows.values()} | {one[1] for one in ALL.values()} | {uid(7)}
    )
    rules = sorted({rule.rule for rule in laid.app.url_map.iter_rules()})
    chance = random.Random(SEED)
    made = {}
    for who in EVERYONE:
        pages = list(pages_of(who, laid.ids))
        _, owner, role, _ = ALL.get(who, ("", uid(7), "nobody", ""))
        forms = forms_of(laid, who, pages)
        for form in forms:
            if form.action == "/clinic/emergency":
                form.fields |= WHOM
        made[who] = Pen(chance, rules, pages, forms, ids, owner, role == "patient")
    return made


def test_whatever_is_asked_nothing_fails_and_nothing_leaks(laid, pens):
    laid.put_back()
    kept = {who: rows_of_others(laid, who) for who in EVERYONE}
    print(f"{REQUESTS} requests, SEED={SEED!r}")
    for n in range(REQUESTS // IN_A_ROW):
        who = EVERYONE[n % len(EVERYONE)]
        laid.put_back()
        browser, opened = laid.browser(who), set()
        for asked in [pens[who].request() for _ in range(IN_A_ROW)]:
            with browser.open(asked.path, **asked.options()) as answer:
                if who in ALL and asked.path.startswith("/clinic/emergency") and answer.status_code == 302:
                    opened |= opened_by(laid, who)
                wrong = list(wrongs(answer, [words.encode() for words in forbidden_to(who, opened)]))
            assert not wrong, f"SEED={SEED!r}, {who}: {wrong} {asked}"
        assert rows_of_others(laid, who) == kept[who], f"SEED={SEED!r}, {who}"


def wrongs(answer, forbidden):
    if answer.status_code >= 500:
        yield answer.status
    yield from (words for words in forbidden if words in answer.data)
    if SCRIPT.encode() in answer.data and answer.mimetype == "text/html":
        yield "repeats a script"
    to = urlsplit(answer.headers.get("Location", "/"))
    if (to.netloc, to.path[:1]) not in (("", "/"), ("localhost", "/")):
        yield f"leads to {to}"
    if "X-Evil" in answer.headers or answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "carries other headers"
