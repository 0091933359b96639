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
#: pages of one's own account that lead on by themselves
ON_THE_WAY = ("accounts.prove", "accounts.closed")


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
    page = _page_at(path)
    if path.startswith(ACCOUNT):
        return page.startswith(("accounts.", "exchange.")) and page not in ON_THE_WAY
    if path == "/" or path.startswith(CLINIC) == (person.role == "patient"):
        return False
    return page.startswith(("clinic.", "diary.", "notices."))


def _page_at(path: str) -> str:
    """The name of its view; empty if no page is there."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return ""
    return str(endpoint)
