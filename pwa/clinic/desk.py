"""What every page of the clinic has: whose clinic it is, its zone, and whether names are shown."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, g, request, session, url_for
from flask_babel import get_locale
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from pwa.accounts.live import is_live, unsigned
from pwa.clinic.queries.alerts import waiting
from pwa.config import now
from pwa.domain import rights
from pwa.errors import Problem
from pwa.records import Clinic, db
from pwa.records.notices import is_courier_silent
from pwa.records.responding import without_anyone

blueprint = Blueprint("clinic", __name__, url_prefix="/clinic")

HIDDEN = "names_hidden"
#: role → the pages of its rail, the first one first
RAIL = {
    "clinician": ("triage", "patients", "effects", "outcomes", "events", "sessions", "invitations"),
    "therapist": ("room", "patients", "triage", "sessions"),
    "manager": (
        *("people", "invitations", "protocols", "asked", "safety_settings"),
        *("doors", "keeping", "messages", "trail"),
    ),
    "front-desk": ("sessions", "invitations"),
}
#: who is told what stands in the way of alerts
ANSWERING = ("clinician", "manager")
#: where it is said that nobody would answer: it is counted over all patients
UNANSWERED = ("clinic.triage", "clinic.safety_settings", "clinic.people")
LANGUAGES = {"en": "English", "fr": "Français"}
FAR_PAGE = 9999


@blueprint.before_request
def only_for_eyes() -> None:
    """An audit row, and an answer marked as opened, must mean that a person looked; browsers also fetch ahead."""
    if request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        raise Problem("method")


@blueprint.after_request
def never_kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def clinic() -> Clinic:
    if "clinic" not in g:
        g.clinic = db.session.get_one(Clinic, current_user.clinic_id)
    found: Clinic = g.clinic
    return found


def here(moment: datetime) -> datetime:
    """The moment as the clinic's own clock shows it."""
    if "zone" not in g:
        g.zone = ZoneInfo(clinic().zone)
    return moment.astimezone(g.zone)


def today() -> date:
    """The same for the whole page, also at midnight."""
    if "today" not in g:
        g.today = here(now()).date()
    day: date = g.today
    return day


def locale() -> str:
    if "locale_name" not in g:
        g.locale_name = str(get_locale())
    name: str = g.locale_name
    return name


def first_page() -> str:
    return url_for(f"clinic.{RAIL[current_user.role][0]}")


def page_number() -> int:
    """Of a list; the first one for anything else."""
    asked = _asked().get("page", "")
    number = int(asked[:9]) if asked.isascii() and asked.isdigit() else 1  # Python makes no number of any length
    return min(number, FAR_PAGE) or 1


def pages_for(total: int, each: int) -> int:
    return -(-total // each)


def typed_code() -> str:
    """What is searched for."""
    return _asked().get("code", "").replace("\0", "").strip()


def _asked() -> MultiDict[str, str]:
    """A search in which there may be a name is a form, so that it stands in no address; any other is the address."""
    return request.form if request.method == "POST" else request.args


@blueprint.context_processor
def furniture() -> dict[str, Any]:
    """What the layout needs; a page that says why something did not go has another."""
    person = g.get("_login_user")
    if person is None or not person.is_authenticated or person.role not in RAIL:
        return {}
    others = {code: name for code, name in LANGUAGES.items() if code != person.language}
    here_now = request.full_path.removesuffix("?")
    return {
        "current_user": person,
        "may_read": partial(rights.may_read, person.role),
        "may_write": partial(rights.may_write, person.role),
        "start": "/clinic/",
        "clinic": clinic(),
        "rail": RAIL[person.role],
        "names_shown": not session.get(HIDDEN, False),
        "keys_on": not person.keys_off,
        "other_languages": others,
        "here": here_now,
        "today": today(),
        "is_silent": is_courier_silent(now()),
        "waiting": lambda: waiting(person, now()),
        "without_anyone": without_anyone(person.clinic_id) if _must_know(person.role) else 0,
        "is_live": is_live(clinic()),
        "unsigned": 0 if clinic().is_demo or person.role not in ANSWERING else len(unsigned(clinic())),
    }


def _must_know(role: str) -> bool:
    """That nobody would answer."""
    return role in ANSWERING and request.endpoint in UNANSWERED
