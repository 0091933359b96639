"""What may be in each kind, with limits that the domain and the tables share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask_babel import force_locale

from pwa.domain import effects, journal, limits
from pwa.forms.checkin import CheckInForm
from pwa.forms.effects import EffectForm, EffectsForm
from pwa.forms.journal import JournalForm
from pwa.forms.kinds import KINDS, judge, judged
from pwa.forms.wrong import SENTENCES

GOLDEN = Path(__file__).parent / "golden"
CARD = json.loads((GOLDEN / "card-1.json").read_text())
HOME_DOSE = json.loads((GOLDEN / "home-dose-1.json").read_text())
TREATMENT = json.loads((GOLDEN / "treatment-1.json").read_text())


def codes(kind, body):
    return {(error["field"], error["code"]) for error in judge(kind, body)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_withdrawal_is_right_in_every_kind(kind):
    assert judge(kind, None) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_said_is_not_right_in_any(kind):
    assert judge(kind, {})


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"effects": []}, {("body", "nothing")}),
        ({"effects": [], "other_severity": 2}, {("body", "nothing")}),
        ({"effects": [], "other": "A cold hand", "other_severity": 0}, set()),
        ({"effects": [], "systolic": 300, "diastolic": 20, "pulse": 250}, set()),
        ({"effects": [], "systolic": 301, "diastolic": 19}, {("systolic", "range"), ("diastolic", "range")}),
        ({"effects": [{"effect": "nausea"}]}, {("effects.0.severity", "needed")}),
        ({"effects": [{"effect": "nausea", "severity": 4}]}, {("effects.0.severity", "choice")}),
        ({"effects": [{"effect": "nausea", "severity": True}]}, {("effects.0.severity", "choice")}),
        ({"effects": [{"effect": "flying", "severity": 1}]}, {("effects.0.effect", "choice")}),
        ({"effects": [{"effect": "nausea", "severity": 1, "why": "x"}]}, {("effects.0.why", "unknown")}),
        ({"effects": [{"effect": "nausea", "severity": 1}] * 2}, {("effects.1.effect", "twice")}),
        ({"effects": [7, None, []]}, {("effects.0", "group"), ("effects.1", "group"), ("effects.2", "group")}),
        (
            {"effects": [{"effect": ["nausea"], "severity": {}}]},
            {("effects.0.effect", "choice"), ("effects.0.severity", "choice")},
        ),
        ({"effects": [{}] * 201}, {("effects", "too-large")}),
        ({"effects": {"nausea": 1}}, {("effects", "list")}),
        ({"effects": None}, {("effects", "blank")}),
        ({"effects": [{"effect": "own-1a2b3c4d", "words": "Itchy scalp", "severity": 1}]}, set()),
        (
            {"effects": [{"effect": "nausea", "words": "My brother hurt me", "severity": 1}]},
            {("effects.0.words", "unknown")},
        ),
        ({"effects": [{"effect": "own-scalp", "severity": 1}]}, {("effects.0.effect", "choice")}),
        ({"effects": [], "checks": ["bladder", "memory"], "can_wait": True}, set()),
        ({"effects": [], "can_wait": True}, {("body", "nothing")}),
        ({"effects": [], "checks": ["bladder", "bladder"]}, {("checks", "twice")}),
        ({"effects": [], "checks": ["kidney"]}, {("checks", "choice")}),
        ({"effects": [], "checks": [{}]}, {("checks", "choice")}),
        ({"effects": [], "checks": "bladder"}, {("checks", "list")}),
    ],
)
def test_what_an_effects_report_may_say(body, found):
    assert codes("effects", body) == found


def test_an_answer_like_one_before_is_judged_by_its_type_too():
    good = {"effects": [{"effect": "nausea", "severity": 1, "ongoing": True}]}
    assert judge("effects", good) == []
    assert codes("effects", {"effects": [{"effect": "nausea", "severity": 1, "ongoing": 1}]}) == {
        ("effects.0.ongoing", "yes-no")
    }
    assert codes("effects", {"effects": [{"effect": "nausea", "severity": 1.0, "ongoing": True}]}) == {
        ("effects.0.severity", "choice")
    }


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"text": "x" * limits.JOURNAL}, set()),
        ({"text": "x" * (limits.JOURNAL + 1)}, {("text", "long")}),
        ({"text": ""}, {("text", "needed")}),
        ({"audience": "everyone"}, {("audience", "choice")}),
        ({"prompt": "nothing of ours"}, {("prompt", "choice")}),
        ({"treatment": "x"}, {("treatment", "id")}),
    ],
)
def test_what_a_journal_entry_may_say(change, found):
    assert codes("journal", {"text": "Words.", "audience": "me"} | change) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"dose": 0}, {("dose", "range")}),
        ({"dose": True}, {("dose", "number")}),
        ({"at": "2026-11-20T09:00:00"}, {("at", "moment")}),
        ({"at": 7}, {("at", "moment")}),
        ({"minutes": 0}, {("minutes", "range")}),
        ({"route": "intravenous"}, {("route", "choice")}),
        ({"unit": "g"}, {("unit", "choice")}),
        ({"number": 0}, {("number", "range")}),
        ({"weight": 70.5, "lot": "A1", "given_by": "R. Osei", "ended": "2026-11-19T15:50:00-05:00"}, set()),
        ({"weight": 2}, {("weight", "range")}),
        ({"observed": {"before_systolic": 122, "peak_pulse": 70, "sedation": 0, "escort": "yes"}}, set()),
        ({"observed": {"leaving_systolic": 500}}, {("observed.leaving_systolic", "range")}),
        ({"observed": {"sedation": 4}}, {("observed.sedation", "choice")}),
        ({"observed": {"oxygen": 97, "maoi": "no", "form_sent": "2026-11-21"}}, set()),
        ({"observed": {"mood": 4}}, {("observed.mood", "unknown")}),
    ],
)
def test_what_a_treatment_may_say(change, found):
    assert codes("treatment", TREATMENT | change) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"phase": "maintenance", "route": "iv", "started": "2026-11-20"}, set()),
        ({"phase": "maintenance", "route": "iv", "planned": 6, "started": "2026-11-20"}, {("planned", "unknown")}),
        ({"phase": "induction", "route": "iv", "started": "2026-11-20"}, {("planned", "needed")}),
        ({"phase": "induction", "route": "iv", "planned": 6, "started": "2026-02-30"}, {("started", "day")}),
    ],
)
def test_what_a_course_may_say(body, found):
    assert codes("course", body) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"phone": "911"}, {("phone", "phone")}),
        ({"phone": "+1 416 555 0101"}, {("phone", "phone")}),
        ({"hours": {"en": "Weekdays"}}, {("hours.fr", "needed")}),
        ({"hours": "Weekdays"}, {("hours", "group")}),
        ({"region": "canada"}, {("region", "choice")}),
        ({"region": "elsewhere"}, set()),
        ({"zone": "Toronto"}, {("zone", "zone")}),
        ({"reads": {"days": [], "at": "09:00"}}, {("reads.days", "choice")}),
        ({"reads": {"days": [0, 8], "at": "09:00"}}, {("reads.days", "choice")}),
        ({"reads": {"days": [True], "at": "09:00"}}, {("reads.days", "choice")}),
        ({"reads": {"days": [1], "at": "9"}}, {("reads.at", "moment")}),
        ({"reads": {"days": [1], "at": "24:00"}}, {("reads.at", "moment")}),
        ({"reads": {"at": "09:00"}}, {("reads.days", "needed")}),
        ({"cover": {"days": [1], "opens": "09:00"}}, {("cover.closes", "needed")}),
        ({"cover": {"days": [1], "opens": "9", "closes": "17:00"}}, {("cover.opens", "moment")}),
        ({"thoughts_asked": "no"}, {("thoughts_asked", "yes-no")}),
        ({"thoughts_asked": False}, set()),
        ({"therapist": "Dr. Roy"}, set()),
        ({"asked": {"effects_off": ["taste"], "checks_off": ["liver"]}}, set()),
        ({"asked": {"own": [{"id": "own-1a2b3c4d", "en": "Itchy scalp", "fr": "Cuir chevelu"}]}}, set()),
        ({"asked": {"own": [{"id": "taste", "en": "a", "fr": "b"}]}}, {("asked.own.0.id", "id")}),
        ({"asked": {"checks_off": ["kidney"]}}, {("asked.checks_off", "choice")}),
    ],
)
def test_what_the_clinics_card_may_say(change, found):
    assert codes("card", CARD | change) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, set()),
        ({"mg": 0}, {("mg", "range")}),
        ({"mg": "100"}, {("mg", "number")}),
        ({"route": "iv"}, {("route", "choice")}),
        ({"someone": "yes"}, {("someone", "yes-no")}),
        ({"ok_at": "22:10"}, {("ok_at", "moment")}),
    ],
)
def test_what_a_dose_at_home_may_say(change, found):
    assert codes("home-dose", HOME_DOSE | change) == found


def test_every_sentence_can_be_said_in_both_languages(app):
    with app.test_request_context():
        for language in ("en", "fr"):
            with force_locale(language):
                from pwa.forms.wrong import said

                for code in SENTENCES:
                    assert "%(" not in said({"field": "x", "code": code, "min": 0, "max": 10}, language)["message"]


def test_errors_come_with_a_sentence_in_the_readers_language(app):
    with app.test_request_context():
        assert judged("check-in", {"mood": 11}, "en") == [
            {"field": "mood", "code": "range", "message": "This must be from 0 to 10."}
        ]


def test_a_page_renders_the_same_limits_that_judge(app):
    with app.test_request_context():
        form = CheckInForm()
        assert 'min="0"' in form.mood()
        assert 'max="10"' in form.mood()
        assert 'step="0.5"' in form.sleep()
        assert f'maxlength="{limits.NOTE}"' in form.note()
        assert "required" not in form.mood()
        assert next(str(option.label.text) for option in form.thoughts) == "No"
        assert "required" in JournalForm().text()
        assert [choice.value for choice in JournalForm().audience.choices] == list(journal.AUDIENCE_IDS)
        inner = EffectsForm().effects.inner
        assert isinstance(inner, EffectForm)
        assert [choice.value for choice in inner.effect.choices] == list(effects.IDS)


def test_a_thousand_check_ins_are_judged_in_no_time():
    """About 25 ms where this was written; ten times as much fails."""
    import time

    body = {"mood": 6, "anxiety": 4, "energy": 5, "sleep": 7.5, "thoughts": "no", "note": "fine"}
    start = time.process_time()
    for _ in range(1000):
        judge("check-in", body)
    assert time.process_time() - start < 0.25


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, set()),
        ({"daily": "21:00"}, {("daily", "choice")}),
        ({"daily": "08:30"}, {("daily", "choice")}),
        ({"way": "telephone"}, {("way", "choice")}),
        ({"sessions": 1}, {("sessions", "yes-no")}),
        ({"quiet": False}, {("quiet", "unknown")}),
        ({"sessions": False}, set()),
    ],
    ids=str,
)
def test_no_reminder_can_be_wished_into_the_night(change, found):
    assert codes("reminders", {"way": "push", "sessions": True, "checks": False, **change}) == found
