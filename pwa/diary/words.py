"""The words of all that a patient can say, in one language: for the file that a phone writes of its own entries."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from pwa.domain.effects import YES_NO
from pwa.forms.spoken import spoken


def words() -> dict[str, Any]:
    return {"fields": spoken(), "yes_no": sorted(YES_NO), "file": _file()}


def _file() -> dict[str, Any]:
    """The sentences around the answers."""
    return {
        "name": _("tidelog-copy"),
        "title": _("My entries in Tidelog"),
        "title_waiting": _("My entries that are not sent yet"),
        "written": _("Written by this phone on {day}, {time}."),
        "count": {"one": _("{n} entry"), "other": _("{n} entries, the oldest first")},
        "none": _("There are no entries."),
        "withdrawn": {
            "one": _("{n} entry that you took back is left out."),
            "other": _("{n} entries that you took back are left out."),
        },
        "unreadable": {
            "one": _("{n} entry could not be opened on this phone, and is not in this file."),
            "other": _("{n} entries could not be opened on this phone, and are not in this file."),
        },
        "unread": _("What else is kept on this phone could not be read now."),
        "on_screen": _("On the screen, not saved"),
        "waiting": _("Not sent yet: only on this phone."),
        "sent": _("Sent to your clinic."),
        "attention": _("Needs your attention: your clinic has it, but could not take it in as it is."),
        "held": _("Needs your attention: it is too large to send, and only on this phone."),
        "also": _("Also written, on another phone"),
        "care-team": _("Your care team can read this once it is sent."),
        "kinds": {
            "check-in": _("Mood check-in"),
            "effects": _("Side effects"),
            "journal": _("Journal entry"),
            "reminders": _("Reminders"),
            "home-dose": _("Dose at home"),
            "safety-plan": _("My safety plan"),
            "call": _("Asked my clinic to call me"),
            "goal-said": _("What I said of a goal"),
            "aside": _("Put aside what my therapist offered"),
        },
        "yes": _("Yes"),
        "no": _("No"),
        "session": _("Session {n}, {day}"),
        "session_plain": _("Session on {day}"),
    }
