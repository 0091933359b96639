"""A script of our own pages needs no token: no other site can add this header, and the browser says where it stands."""

from __future__ import annotations

from flask import request

HEADER = "X-Tidelog"


def came_from_a_script_of_ours() -> bool:
    said = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site", "same-origin")
    return HEADER in request.headers and said[0] in (None, request.host_url.rstrip("/")) and said[1] == "same-origin"
