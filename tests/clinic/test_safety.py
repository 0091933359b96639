"""The clinic's own settings of safety, and what came of its rules."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from pwa.domain import safety
from pwa.forms.safety import to_sign
from pwa.records import Alert, Clinic, Person, Responder, SafetySettings, Version, db
from pwa.records.card import said
from tests.browser.told import CARD
from tests.clinic.conftest import CROWD, plain
from tests.conftest import CAST, CLINIC, PASSWORD

PAGE = "/clinic/safety"
#: by whoever signs the defaults
TO_SIGN = to_sign((), safety.levels({}))


@pytest.fixture
def manager(signed_in):
    return signed_in("manager")


def filled(browser, **other):
    """The page's form as it stands, sent in again with other answers."""
    html = browser.get(PAGE).text
    form: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            form.setdefault(name[1], []).append(value[1] if value else "y")
    form.pop("back", None)  # of the form beside it, by which one chooses a language
    return browser.post(PAGE, data={**form, **other})


def later(manager, clock):
    """The same day, and proved once more."""
    clock.forward(hours=9)
    manager.post("/account/prove", data={"password": PASSWORD})


def test_the_rota_hours_and_figures_are_the_clinics_own(app, manager, says):
    answer = filled(
        manager, responder_1=CAST["another-clinician"][1], days=["1", "6"], urgent_first="10", level_lowest_mood="0"
    )
    assert answer.status_code == 302, plain(answer.text)
    with app.app_context():
        settings = db.session.get(SafetySettings, CLINIC)
        assert (settings.days, settings.minutes["urgent"][0], settings.levels) == ([1, 6], 10, {"lowest-mood": 0})
        assert db.session.scalars(select(Responder.person_id)).all() == [CAST["another-clinician"][1]]
        assert settings.changed_at
        db.session.remove()
    says("ana", "check-in", {"mood": 1})
    with app.app_context():
        assert db.session.scalars(select(Alert)).all() == []


def test_the_hours_of_cover_reach_the_patients_phones(app, manager, says):
    says("ana", "card", CARD, by="clinician")
    filled(manager, days=["2", "6"], opens="10:00", closes="15:30")
    with app.app_context():
        newest = db.session.scalars(select(Version.text).where(Version.kind == "card").order_by(Version.seq)).all()[-1]
    assert json.loads(newest)["body"]["cover"] == {"days": [2, 6], "opens": "10:00", "closes": "15:30"}


def test_who_answers_for_the_clinic_sees_alerts_of_patients_whom_somebody_else_treats(manager, signed_in, says):
    says("ana", "check-in", {"thoughts": "often"})
    assert "KT-1001" not in signed_in("another-clinician").get("/clinic/triage").text
    filled(manager, responder_1=CAST["another-clinician"][1])
    assert "KT-1001" in signed_in("another-clinician").get("/clinic/triage").text
    assert "KT-1001" not in signed_in("stranger").get("/clinic/triage").text


def test_a_figure_outside_of_its_limits_is_refused(manager):
    assert filled(manager, level_lowest_mood="5").status_code == 422


@pytest.fixture
def real(app):
    """`real(thoughts_asked=True)`: the clinic is no demo."""

    def turn(**more):
        with app.app_context():
            clinic = db.session.get_one(Clinic, CLINIC)
            clinic.is_demo = False
            for name, value in more.items():
                setattr(clinic, name, value)
            db.session.commit()
            db.session.remove()

    return turn


def test_until_a_medical_lead_has_signed_the_clinics_pages_say_so(manager, signed_in, real):
    unsigned, clinician = "This clinic is not live", signed_in("clinician")
    assert unsigned not in manager.get("/clinic/people").text
    real()
    for browser, page in ((manager, "/clinic/people"), (clinician, "/clinic/triage"), (clinician, "/clinic/")):
        assert unsigned in browser.get(page).text
    assert filled(manager, signed_by="Dr. Lead", signed=TO_SIGN).status_code == 302
    assert unsigned not in manager.get("/clinic/people").text
    assert unsigned not in clinician.get("/clinic/triage").text


def test_what_a_release_adds_to_sign_is_said_and_shuts_nobody_out(app, manager, signed_in, real):
    real()
    assert f"{len(TO_SIGN)} rules and figures that are not confirmed" in manager.get("/clinic/people").text
    filled(manager, signed_by="Dr. Lead", signed=TO_SIGN)
    with app.app_context():
        db.session.get_one(SafetySettings, CLINIC).signed = TO_SIGN[1:]
        db.session.commit()
        db.session.remove()
    page = plain(signed_in("clinician").get("/clinic/triage").text)
    assert "1 rule or figure that is not confirmed has no signature." in page
    assert "is not live" not in page
    signed_in("ana")


def test_the_last_who_answers_is_not_taken_out_while_thoughts_are_asked_about(manager, real):
    real(thoughts_asked=True)
    signed = {"signed_by": "Dr. Lead", "signed": TO_SIGN}
    refused = filled(manager, **signed)
    assert refused.status_code == 422
    assert "Somebody must answer while" in refused.text
    assert filled(manager, **signed, responder_1=CAST["clinician"][1]).status_code == 302


def test_other_figures_are_tried_over_the_last_days_and_nothing_is_saved_or_raised(app, manager, real, crowd):
    real()
    for n, one in enumerate(CROWD):
        crowd(one, "check-in", {"mood": 2 if n < 10 else 6}, ago=timedelta(days=7 + n % 5))
    page = filled(manager, level_lowest_mood="2", **{"try": "y"})
    assert page.status_code == 200
    assert "50 alerts per 100 reports, over the 30 days up to Sunday" in plain(page.text)
    assert 'value="lowest-mood=2"' in page.text
    assert filled(manager, level_lowest_mood="9", **{"try": "y"}).status_code == 422
    with app.app_context():
        assert db.session.get(SafetySettings, CLINIC) is None
        assert db.session.scalars(select(Alert)).all() == []


def test_nobody_is_named_to_answer_whom_no_mail_would_reach(app, manager):
    with app.app_context():
        db.session.get_one(Person, CAST["clinician"][:2]).email = None
        db.session.commit()
        db.session.remove()
    refused = filled(manager, responder_1=CAST["clinician"][1])
    assert refused.status_code == 422
    assert "no alert would reach them" in refused.text
    assert filled(manager, responder_1=CAST["another-clinician"][1]).status_code == 302


def test_a_real_clinic_needs_the_name_of_whoever_signs_and_each_signature(app, manager, real):
    real()
    refused = filled(manager)
    assert refused.status_code == 422
    assert "A named medical lead must sign" in refused.text
    assert filled(manager, signed_by="Dr. Lead", signed=TO_SIGN[1:]).status_code == 422
    assert filled(manager, signed_by="Dr. Lead", signed=TO_SIGN).status_code == 302
    assert "Signed by Dr. Lead, today 10:00" in plain(manager.get(PAGE).text)


def test_a_rule_of_which_patients_are_told_that_it_reaches_the_clinic_cannot_be_switched_off(app, manager, says):
    assert filled(manager, rules=["pulse"]).status_code == 302
    with app.app_context():
        settings = db.session.get_one(SafetySettings, CLINIC)
        assert not {"thoughts-often", "thoughts-rather-not-say", "chest-pain", "call", "pulse"} & set(settings.off)
        settings.off = [*settings.off, "thoughts-often", "call"]  # as an older release let it be
        db.session.commit()
        db.session.remove()
    says("ana", "check-in", {"thoughts": "often", "mood": 0})
    says("ana", "call", {"asked": True})
    with app.app_context():
        assert sorted(db.session.scalars(select(Alert.rule))) == ["call", "thoughts-often"]


def test_a_changed_figure_or_rule_is_not_signed_by_the_name_and_the_ticks_from_before(app, manager, real, clock):
    real()
    filled(manager, signed_by="Dr. Lead", signed=TO_SIGN)
    later(manager, clock)
    changes = {"level_lowest_mood": "2"}
    refused = filled(manager, **changes, signed_by="Dr. Lead")
    assert refused.status_code == 422
    assert 'value="lowest-mood=2"' in refused.text
    anew = ["lowest-mood=2" if one.startswith("lowest-mood=") else one for one in TO_SIGN]
    assert filled(manager, **changes, signed=anew).status_code == 422, "without the name"
    optional = [rule.id for rule in safety.OPTIONAL]
    assert filled(manager, rules=optional[1:]).status_code == 422, "a rule is off"
    assert "Signed by Dr. Lead, today 10:00" in plain(manager.get(PAGE).text)
    assert filled(manager, **changes, signed=anew, signed_by="Dr. Lead").status_code == 302
    assert "Signed by Dr. Lead, today 19:00" in plain(manager.get(PAGE).text)


def test_what_is_no_rule_and_no_figure_is_saved_without_the_lead(app, manager, real, clock):
    real()
    filled(manager, signed_by="Dr. Lead", signed=TO_SIGN)
    later(manager, clock)
    assert filled(manager, opens="08:00").status_code == 302
    assert "Signed by Dr. Lead, today 10:00" in plain(manager.get(PAGE).text)


def test_days_on_which_the_clinic_is_closed_are_kept_and_go_onto_the_card(app, manager):
    assert filled(manager, closed="2026-12-26, 2026-12-25").status_code == 302
    assert "2026-12-25 2026-12-26" in manager.get(PAGE).text
    with app.app_context():
        assert said(CLINIC)["cover"]["closed"] == ["2026-12-25", "2026-12-26"]
    assert "Write each day as year-month-day" in filled(manager, closed="Christmas").text


@pytest.fixture
def answering(manager, signed_in):
    """The clinician, who answers for the clinic."""
    filled(manager, responder_1=CAST["clinician"][1])
    return signed_in("clinician")


def alerts_of_ten(app, crowd, thoughts):
    """Ten say so, as many others are at the lowest mood, and the rest say that nothing is wrong."""
    for n, one in enumerate(CROWD):
        crowd(one, "check-in", {"thoughts": thoughts} if n < 10 else {"mood": 0 if n < 20 else 5})
    with app.app_context():
        alerts = db.session.scalars(select(Alert.id)).all()
        db.session.remove()
    assert len(alerts) == 20
    return alerts


def test_the_figures_say_what_came_of_each_rule(app, signed_in, answering, crowd, clock):
    alerts = alerts_of_ten(app, crowd, "often")
    clock.forward(minutes=12)
    for alert in alerts:
        answering.post(f"/clinic/alerts/{alert}/act", data={"action": "call"})
    clock.forward(days=7)
    page = plain(signed_in("manager").get(PAGE).text)
    assert "All rules 10+ 10+ 50 10+ up to 15 min" in page
    assert "“often or hard to push away” 10+ 10+ 50 10+ up to 15 min" in page


def test_the_time_to_acknowledge_counts_each_time_that_somebody_was_asked_to_look(
    app, signed_in, answering, crowd, clock
):
    """Under the rule that raised it, which is no longer the gravest."""
    alerts = alerts_of_ten(app, crowd, "now-and-then")
    for minutes, done in ((0, "acknowledge"), (2, "take-back"), (8, "act")):
        clock.forward(minutes=minutes)
        for alert in alerts:
            answering.post(f"/clinic/alerts/{alert}/{done}", data={"action": "call"})
    clock.forward(hours=6)
    for one in list(CROWD)[:10]:
        crowd(one, "check-in", {"thoughts": "often"})
    clock.forward(minutes=30)
    for alert in alerts:
        answering.post(f"/clinic/alerts/{alert}/acknowledge")
    clock.forward(days=7)
    page = plain(signed_in("manager").get(PAGE).text)
    assert "All rules 10+ 10+ 33.3 10+ up to 15 min" in page
    assert "“now and then” 10+ 10+ 33.3 10+ up to 1 h" in page


def test_where_the_clinic_wishes_it_the_phone_hears_that_an_entry_was_seen(app, manager, signed_in, says, clock):
    filled(manager, tells_seen="y")
    entry = says("ana", "check-in", {"thoughts": "often"})
    with app.app_context():
        alert = db.session.scalars(select(Alert.id)).one()
        db.session.remove()
    browser = signed_in("clinician")
    browser.post(f"/clinic/alerts/{alert}/acknowledge")
    told = {"entry": entry.record, "at": "2026-11-20T10:00:00-05:00", "versions": [entry.id]}
    assert seen(app) == [told]
    browser.post(f"/clinic/alerts/{alert}/take-back")
    assert seen(app) == [told, None]


def test_taking_one_alert_back_leaves_what_another_told_of_the_same_entry(app, manager, signed_in, says, clock):
    filled(manager, tells_seen="y")
    says("ana", "effects", {"effects": [{"effect": name, "severity": 3} for name in ("chest-pain", "blood-in-urine")]})
    with app.app_context():
        alerts = db.session.scalars(select(Alert.id)).all()
        db.session.remove()
    browser = signed_in("clinician")
    for alert in alerts:
        clock.forward(minutes=1)
        browser.post(f"/clinic/alerts/{alert}/acknowledge")
    browser.post(f"/clinic/alerts/{alerts[0]}/take-back")
    assert len(alerts) == 2
    assert [body and body["at"][11:16] for body in seen(app)] == ["10:01", "10:02", None]


def test_what_was_changed_before_the_clinic_looked_is_what_it_has_seen(app, manager, signed_in, says):
    filled(manager, tells_seen="y")
    first = says("ana", "check-in", {"thoughts": "often"})
    change = says("ana", "check-in", {"thoughts": "now-and-then"}, record=first.record, parents=[first.id])
    with app.app_context():
        alert = db.session.scalars(select(Alert.id)).one()
        db.session.remove()
    signed_in("clinician").post(f"/clinic/alerts/{alert}/acknowledge")
    [told] = seen(app)
    assert told["versions"] == [change.id]


def test_that_it_can_wait_is_told_and_lowers_nothing(app, signed_in, says):
    says("ana", "effects", {"effects": [{"effect": "chest-pain", "severity": 2}], "can_wait": True})
    with app.app_context():
        alert = db.session.scalars(select(Alert)).one()
        db.session.remove()
    assert (alert.tier, alert.state, alert.snoozed_until) == ("urgent", "raised", None)
    browser, waits = signed_in("clinician"), "The patient says that this can wait"
    assert waits in browser.get("/clinic/triage").text
    assert waits in browser.get(f"/clinic/alerts/{alert.id}").text


def test_what_nobody_said_can_wait_is_not_told_so(app, signed_in, says):
    says("ana", "effects", {"effects": [{"effect": "chest-pain", "severity": 2}]})
    assert "can wait" not in signed_in("clinician").get("/clinic/triage").text


def seen(app):
    """What the clinic told the phone, in order."""
    import json

    from pwa.records import Version

    with app.app_context():
        texts = db.session.scalars(select(Version.text).where(Version.kind == "seen").order_by(Version.seq)).all()
        db.session.remove()
    return [json.loads(text)["body"] for text in texts]


def test_rules_are_folded_by_tier_with_how_many_are_not_signed_and_open_where_something_is_wrong(manager):
    rules = [rule for rule in safety.RULES if rule.tier == "urgent"]
    unsigned = sum(bool(rule.unconfirmed) for rule in rules)
    page = manager.get(PAGE).text
    assert f"Urgent {len(rules)} of {len(rules)} rules are on, {unsigned} not signed" in plain(page)
    assert '<details class="fold">' in page
    assert '<details class="fold" open>' not in page
    assert '<details class="fold">' not in filled(manager, level_lowest_mood="99").text


def test_the_sources_of_rules_and_figures_are_named_in_the_readers_language(app, manager):
    manager.post("/language", data={"language": "fr"})
    page = manager.get(PAGE).text
    assert "notice de Spravato; Szarmach 2020" in plain(page)
    assert "sur 100 personnes mortes par suicide, 71,6 avaient répondu 0" in plain(page)
    english = {one.source for one in (*safety.RULES, *safety.LEVELS.values()) if one.source}
    assert not [source for source in english if f"{source}," in plain(page)]


def test_other_rules_wait_for_a_proof_and_trying_them_does_not(app, manager, clock):
    clock.forward(minutes=11)
    assert filled(manager, level_lowest_mood="2", **{"try": "y"}).status_code == 200
    asked = filled(manager, level_lowest_mood="2")
    assert (asked.status_code, "Is it you?" in asked.text) == (403, True)
    with app.app_context():
        assert db.session.get(SafetySettings, CLINIC) is None


def test_the_row_says_from_what_to_what_figures_went_and_what_else_is_otherwise(manager, audit):
    filled(manager)
    filled(manager, level_lowest_mood="2", urgent_first="10", responder_1=CAST["clinician"][1], closed="2026-12-25")
    row = audit()[-1]
    assert (row.what, row.action) == ("safety", "write")
    assert row.records == ["closed", "level lowest mood 1 → 2", "responder 1", "urgent first 30 → 10"]


def test_the_trail_calls_settings_as_their_page_does_in_either_language(manager, audit):
    filled(manager)
    filled(manager, level_together_hours="12.5", urgent_first="10", closes="18:30", tells_seen="y", responder_1="")
    manager.post("/clinic/doors", data={"idle_minutes": "30", "patient_days": "400"})
    said = plain(manager.get("/clinic/audit").text)
    for words in (
        "Two signs of two reports count as one picture within: 24 → 12.5",
        "Urgent: Minutes to acknowledge: 30 → 10",
        "When somebody is there: To: 17:00 → 18:30",
        "Patients are told when an entry of theirs was seen: no → yes",
        "Minutes without use after which staff are signed out: 720 → 30",
    ):
        assert words in said
    said = plain(manager.get("/clinic/audit?language=fr").text)
    names = {word for row in audit() if row.what in ("safety", "doors") for word in row.records}
    assert not [word for word in names if f" {word.split(' → ')[0]}" in said], "as they are kept, which is English"
    assert "24 → 12,5" in said
    assert "non → oui" in said


def test_the_row_says_how_long_sign_ins_lasted_and_last(manager, audit):
    manager.post("/clinic/doors", data={"idle_minutes": "30", "patient_days": "90"})
    assert audit()[-1].records == ["idle minutes 720 → 30", "patient days 400 → 90"]
