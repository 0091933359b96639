"""A script of our own pages needs no token: no other site can add this header, and the browser says where it stands."""

from __future__ import annotations

from typing import Any

from flask import request

from pwa.errors import Problem

HEADER = "X-Tidelog"


def came_from_a_script_of_ours() -> bool:
    said = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site", "same-origin")
    return HEADER in request.headers and said[0] in (None, request.host_url.rstrip("/")) and said[1] == "same-origin"


def said_by_a_script() -> dict[str, Any]:
    """The object that it sent; anything else, however deep it goes, is unreadable."""
    try:
        said: Any = request.get_json(silent=True)
    except RecursionError:
        said = None
    if not isinstance(said, dict):
        raise Problem("unreadable")
    return said
