"""What a browser keeps for us, and under which names: over https those that no other host can set (`__Host-`)."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

#: which of a person's browsers it is; and who signed in last, read by the phone's own pages, so that nobody's stores
#: open once another person has signed in
DEVICE, OWNER = "device", "owner"
FOR_SCRIPTS = (OWNER,)
#: as long as browsers keep one
LONGEST = timedelta(days=400)


def named(name: str, secure: bool) -> str:
    return f"__Host-{name}" if secure else name


def kept(name: str) -> str:
    """What this browser came with; empty if it came with none."""
    return request.cookies.get(named(name, _is_secure()), "")


def keep(answer: Response, name: str, value: str, lasts: timedelta | None) -> None:
    """`lasts` is None: until the browser closes."""
    answer.set_cookie(
        named(name, _is_secure()),
        value,
        max_age=lasts,
        httponly=name not in FOR_SCRIPTS,
        samesite="Lax",
        secure=_is_secure(),
    )


def forget(answer: Response, name: str) -> None:
    """Said as it was set: a browser takes no `__Host-` without `Secure`."""
    answer.delete_cookie(named(name, _is_secure()), samesite="Lax", secure=_is_secure())


def _is_secure() -> bool:
    secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    return secure
