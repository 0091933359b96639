"""Where a person goes after signing in or pressing a switch: only to pages of this application that are theirs."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from pwa.config.outgoing import Outgoing
from pwa.records import Person

#: one slash, then what an address of ours holds; a backslash or a control character is read as another host by browsers
LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*")
CLINIC, ROOM, ACCOUNT = "/clinic/", "/clinic/room", "/account"
#: pages of one's own account, whoever one is
OWN = tuple(
    f"accounts.{page}"
    for page in ("account", "set_up", "change_password", "was_it_you", "opened", "ask_to_close", "home_screen")
)


def own_address() -> str:
    """Where people reach this service: as it is set, and in a trial without that setting as this browser reached it."""
    outgoing: Outgoing = current_app.config["OUTGOING"]
    return outgoing.address or request.host_url.rstrip("/")


def home(person: Person) -> str:
    if person.role == "therapist":
        return ROOM
    return f"/{person.language}/" if person.role == "patient" else CLINIC


def onward(person: Person, wanted: str | None) -> str:
    """The page that was asked for, if it is one of this person's; their first page otherwise."""
    return wanted if wanted and _is_theirs(person, wanted) else home(person)


def _is_theirs(person: Person, wanted: str) -> bool:
    if not LOCAL.fullmatch(wanted):
        return False
    path = urlsplit(wanted).path
    if path.startswith(ACCOUNT):
        return _is_a_page(path)
    if path == "/" or path.startswith(CLINIC) == (person.role == "patient"):
        return False
    return _is_a_page(path)


def _is_a_page(path: str) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return endpoint in OWN or str(endpoint).split(".")[0] in ("clinic", "diary", "notices")
