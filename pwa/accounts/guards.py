"""Which pages a role opens: `domain.rights` as guards. Whose rows it finds there the lookups say."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import redirect, request, url_for
from flask_login import current_user, login_required

from pwa.accounts.live import lacks_a_step
from pwa.accounts.refusing import note_refused
from pwa.accounts.sign_in import has_agreed, is_invited
from pwa.domain import rights
from pwa.errors import Problem

P = ParamSpec("P")
R = TypeVar("R")


def reads(*what: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Opens a page to the roles that read all of this: parts of the table, or what the house has."""
    return _opens(lambda: rights.may_read(current_user.role, *what), what)


def writes(*what: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Opens a page to the roles that write all of this."""
    return _opens(lambda: rights.may_write(current_user.role, *what), what)


def _opens(may: Callable[[], bool], what: tuple[str, ...]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Once they agreed to the terms; in a real clinic after a second step."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        @login_required
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return let_through(*args, **kwargs)
            except Problem as problem:
                note_refused(current_user._get_current_object(), problem)
                raise

        def let_through(*args: P.args, **kwargs: P.kwargs) -> R:
            if not may():
                raise Problem("not-yours")
            if lacks_a_step(current_user):
                return redirect(url_for("accounts.set_up"))  # type: ignore[return-value]
            if not has_agreed():
                here = request.full_path.removesuffix("?") if request.method == "GET" else None
                return redirect(url_for("accounts.terms_of_use", next=here))  # type: ignore[return-value]
            if is_invited() and _goes_to_a_page():
                return redirect(url_for("accounts.was_it_you", next=request.full_path.removesuffix("?")))  # type: ignore[return-value]
            return view(*args, **kwargs)

        guarded.is_about = what  # type: ignore[attr-defined]
        return guarded

    return guard


def _goes_to_a_page() -> bool:
    """Nothing that was typed, and nothing that a script asks, is held up."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
