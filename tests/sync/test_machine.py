"""Several phones, one server, and every fault between them, in any order that Hypothesis can think of."""

from __future__ import annotations

import json
import random
from itertools import takewhile
from typing import Any

from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, update

from pwa.records import (
    AfterTreatment,
    AlertCause,
    CheckIn,
    EffectsReport,
    FeltAfter,
    JournalEntry,
    Patient,
    ReportedEffect,
    ServerState,
    SignIn,
    Version,
    db,
)
from pwa.sync import pull
from pwa.sync.rebuild import rebuild_of
from tests.conftest import Clock
from tests.sync.model import Asked, Form, ModelPhone
from tests.sync.phones import HEADERS, alerts, by_the_clinic, id_in, kept, new_patient, phone_of, rows, said

#: below their reports first
TYPED = (CheckIn, JournalEntry, ReportedEffect, EffectsReport)
AUDIENCES = ["me", "therapist", "care-team"]
BODIES: dict[str, Any] = {
    "check-in": st.one_of(
        st.none(),
        st.fixed_dictionaries({"mood": st.integers(0, 11)}),  # 11 is parked
        st.just({"mood": 3, "thoughts": "often"}),
    ),
    "journal": st.one_of(
        st.none(),
        st.fixed_dictionaries({"text": st.text(min_size=0, max_size=5), "audience": st.sampled_from(AUDIENCES)}),
    ),
}
#: two treatments, which staff plans, gives, moves and calls off, and patients report on
TREATMENTS = ["7d8f2c00-0000-4000-8000-000000000001", "7d8f2c00-0000-4000-8000-000000000002"]
BODIES["effects"] = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {
            "treatment": st.sampled_from(TREATMENTS),
            "window": st.sampled_from(["acute", "next-day"]),
            "effects": st.lists(
                st.fixed_dictionaries(
                    {"effect": st.sampled_from(["nausea", "headache"]), "severity": st.integers(0, 4)}  # 4 is parked
                ),
                min_size=1,
                max_size=2,
                unique_by=lambda one: one["effect"],
            ),
        }
    ),
)
GIVEN = {"at": "2026-11-19T10:00:00-05:00", "minutes": 120, "route": "iv", "drug": "ketamine", "dose": 0.5}
GIVEN |= {"unit": "mg/kg", "place": "clinic", "number": 2, "of": 6}
MOMENTS = st.sampled_from(["1971-01-01T00:00:00Z", "2026-11-20T07:48:12-05:00", "2049-01-01T00:00:00+14:00"])


class Machine(RuleBasedStateMachine):
    app: Flask
    clock: Clock

    @initialize(size=st.integers(1, 4))
    def sign_in(self, size: int) -> None:
        pull.PAGE_VERSIONS = size
        self.owner, other = new_patient(self.app, self.clock), new_patient(self.app, self.clock)
        self.phones = [ModelPhone(phone_of(self.app, self.clock, owner)) for owner in (self.owner, self.owner, other)]
        self.said: list[tuple[ModelPhone, str]] = []
        #: of these, what staff wrote at the clinic
        self.by_clinic: list[str] = []
        self.asked: list[Asked] = []
        #: what stood on the screen when a form was opened
        self.screens: dict[int, set[str]] = {}
        #: the texts that the server keeps; None: look again
        self.on_server: set[str] | None = None

    def teardown(self) -> None:
        if hasattr(self, "phones"):
            self.faults_stop()
            self.everything_agrees()
            self.summaries_are_what_the_versions_say()
            self.order_is_irrelevant()
            pull.PAGE_VERSIONS = 500
            with self.app.app_context():
                db.session.execute(update(ServerState).values(epoch=1))
                db.session.commit()

    # what people do

    @rule(which=st.integers(0, 2), kind=st.sampled_from(sorted(BODIES)), pick=st.integers(0, 9))
    def open_a_form(self, which: int, kind: str, pick: int) -> None:
        phone = self.phones[which]
        records = sorted({version["record"] for version in phone.shown().values() if version["kind"] == kind})
        phone.open_form(kind, records[pick % len(records)] if records and pick < 8 else None)
        form = phone.forms[-1]
        self.screens[id(form)] = set(phone.heads(form.record))

    @precondition(lambda self: any(phone.forms for phone in self.phones))
    @rule(data=st.data(), moment=MOMENTS)
    def save_a_form(self, data: st.DataObject, moment: str) -> None:
        phone, form = data.draw(st.sampled_from([(phone, form) for phone in self.phones for form in phone.forms]))
        self.save(phone, form, data, moment)

    @rule(which=st.integers(0, 1), kind=st.sampled_from(sorted(BODIES)), data=st.data())
    def write_quickly(self, which: int, kind: str, data: st.DataObject) -> None:
        self.open_a_form(which, kind, data.draw(st.integers(0, 9)))
        phone = self.phones[which]
        self.save(phone, phone.forms[-1], data, data.draw(MOMENTS))

    @rule(
        which=st.sampled_from(TREATMENTS),
        status=st.sampled_from(["planned", "given", "given", "cancelled", None]),
        day=st.sampled_from(["2026-11-12", "2026-11-19"]),
        over=st.booleans(),
    )
    def the_clinic_speaks_of_a_treatment(self, which: str, status: str | None, day: str, over: bool) -> None:
        """Over what stands, or beside it."""
        before = [v for v in map(json.loads, self.by_clinic) if v["record"] == which]
        named = {parent for version in before for parent in version["parents"]}
        parents = [version["id"] for version in before if version["id"] not in named] if over else []
        body = {**GIVEN, "status": status} if status else None
        text = said(body, "treatment", record=which, parents=parents, day=day)
        assert by_the_clinic(self.phones[0].real, text) == ["stored"]
        self.by_clinic.append(text)
        self.said.append((self.phones[0], text))
        self.on_server = None

    # what the network does

    @rule(which=st.integers(0, 2), most=st.integers(0, 5), backwards=st.booleans())
    def ask(self, which: int, most: int, backwards: bool) -> None:
        self.asked.append(self.phones[which].ask(most, backwards))

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def request_arrives_perhaps_again(self, data: st.DataObject) -> None:
        self.deliver(data.draw(st.sampled_from(self.asked)))

    @precondition(lambda self: any(asked.answers for asked in self.asked))
    @rule(data=st.data())
    def answer_arrives_perhaps_again(self, data: st.DataObject) -> None:
        asked = data.draw(st.sampled_from([asked for asked in self.asked if asked.answers]))
        asked.phone.hear(asked, *data.draw(st.sampled_from(asked.answers)))

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def request_and_answers_are_lost(self, data: st.DataObject) -> None:
        self.asked.remove(data.draw(st.sampled_from(self.asked)))

    @rule(which=st.integers(0, 2))
    def sync_well(self, which: int) -> None:
        asked = self.phones[which].ask(100)
        self.deliver(asked)
        asked.phone.hear(asked, *asked.answers[-1])

    # faults that take more than one step; single steps are too weak to find them

    @rule(kind=st.sampled_from(sorted(BODIES)), data=st.data())
    def a_slow_edit_on_one_phone_and_a_quick_one_on_the_other(self, kind: str, data: st.DataObject) -> None:
        pick = data.draw(st.integers(0, 7))
        self.open_a_form(0, kind, pick)
        form = self.phones[0].forms[-1]
        self.write_quickly(1, kind, data)
        self.sync_well(1)
        self.sync_well(0)
        self.save(self.phones[0], form, data, data.draw(MOMENTS))

    @rule(which=st.integers(0, 1), kind=st.sampled_from(sorted(BODIES)), data=st.data())
    def an_answer_is_overtaken_by_a_later_one(self, which: int, kind: str, data: st.DataObject) -> None:
        slow = self.phones[which].ask(100)
        self.deliver(slow)
        self.write_quickly(which, kind, data)
        self.write_quickly(1 - which, kind, data)
        self.sync_well(1 - which)
        self.sync_well(which)
        slow.phone.hear(slow, *slow.answers[-1])

    @rule(which=st.integers(0, 1), kind=st.sampled_from(sorted(BODIES)), data=st.data())
    def an_answer_comes_when_the_mirror_is_gone(self, which: int, kind: str, data: st.DataObject) -> None:
        self.write_quickly(which, kind, data)
        self.sync_well(which)
        slow = self.phones[which].ask(0)
        self.deliver(slow)
        self.mirror_is_thrown_away(which)
        slow.phone.hear(slow, *slow.answers[-1])

    @rule(which=st.integers(0, 1), kind=st.sampled_from(sorted(BODIES)), data=st.data())
    def an_answer_is_overtaken_by_a_restore(self, which: int, kind: str, data: st.DataObject) -> None:
        self.write_quickly(which, kind, data)
        slow = self.phones[which].ask(100)
        self.deliver(slow)
        self.server_is_restored_from_a_backup(1)
        news = self.phones[which].ask(0)
        self.deliver(news)
        news.phone.hear(news, *news.answers[-1])
        slow.phone.hear(slow, *slow.answers[-1])

    # what befalls phones and server

    @rule(which=st.integers(0, 2))
    def phone_dies_with_its_open_forms(self, which: int) -> None:
        self.phones[which].forms = []

    @rule(which=st.integers(0, 2))
    def mirror_is_thrown_away(self, which: int) -> None:
        """Not when the server was restored and only this mirror still has some words: two faults at once lose them."""
        mirror = self.phones[which].mirror
        self.phones[which].mirror = {}
        if self.said_texts() <= self.there():
            self.phones[which].lose_mirror()
        else:
            self.phones[which].mirror = mirror

    @rule(which=st.integers(0, 2))
    def sign_in_is_closed_and_opened_again(self, which: int) -> None:
        phone = self.phones[which]
        with self.app.app_context():
            db.session.execute(
                update(SignIn).where(SignIn.device_id == phone.real.device).values(revoked_at=self.clock())
            )
            db.session.commit()
        asked = phone.ask(100)
        self.deliver(asked)
        assert asked.answers[-1][0] == 401
        phone.hear(asked, *asked.answers[-1])
        again = phone_of(self.app, self.clock, phone.real.owner)
        phone.real.browser, phone.real.device = again.browser, again.device

    @rule()
    def another_person_is_signed_in_on_this_phone(self) -> None:
        asked = self.phones[0].ask(100)
        answer = self.phones[2].real.browser.post("/sync", json=asked.call, headers=HEADERS)
        assert answer.status_code == 409
        asked.phone.hear(asked, answer.status_code, answer.get_json())

    @rule(back=st.integers(0, 6))
    def server_is_restored_from_a_backup(self, back: int) -> None:
        """To where phones can heal it: what no phone has any more, a restore loses for good."""
        held = {*self.phones[0].outbox, *self.phones[0].mirror, *self.phones[1].outbox, *self.phones[1].mirror}
        with self.app.app_context():
            patient = db.session.get_one(Patient, self.owner)
            newest = db.select(Version.id).where(Version.patient_id == self.owner.id).order_by(Version.seq.desc())
            held -= set(map(id_in, self.by_clinic))  # no phone may send what the clinic said
            gone = list(takewhile(held.__contains__, db.session.scalars(newest.limit(back))))
            patient.seq -= len(gone)
            for column in (*(model.version_id for model in TYPED), Version.id):
                db.session.execute(
                    delete(column.class_).where(column.class_.patient_id == patient.id, column.in_(gone))
                )
            db.session.execute(update(ServerState).values(epoch=ServerState.epoch + 1))
            db.session.commit()
            list(rebuild_of(*self.owner, repair=True))
        self.on_server = None

    # what must hold

    def save(self, phone: ModelPhone, form: Form, data: st.DataObject, moment: str) -> None:
        """Invariant 5: nothing is superseded that its writer did not have on the screen when the form opened."""
        text = phone.save(form, data.draw(BODIES[form.kind]), moment)
        assert set(json.loads(text)["parents"]) <= self.screens[id(form)]
        self.said.append((phone, text))

    def deliver(self, asked: Asked) -> None:
        before = texts(asked.phone)
        answer = asked.phone.real.browser.post("/sync", json=asked.call, headers=HEADERS)
        body = answer.get_json()
        self.on_server = None
        asked.answers.append((answer.status_code, body))
        if answer.status_code != 200:
            assert answer.status_code == 401
            return
        after = texts(asked.phone)
        assert [receipt["id"] for receipt in body["receipts"]] == [id_in(text) for text in asked.texts]  # invariant 7
        for text, receipt in zip(asked.texts, body["receipts"], strict=True):
            assert after[id_in(text)] == text.encode()
            assert (receipt["outcome"] == "known") <= (id_in(text) in before)  # invariant 2
        assert before.items() <= after.items()
        assert len(after) == len(before) + len({id_in(text) for text in asked.texts} - before.keys())
        mine = {text for phone, text in self.said if phone.real.owner == asked.phone.real.owner}
        pulled = {*body["versions"], *(parked["text"] for parked in body["parked"])}
        assert pulled <= mine  # invariant 3

    @invariant()
    def nothing_is_lost(self) -> None:
        """Invariant 1; a restore may take from the server what a phone then has."""
        if hasattr(self, "phones"):
            assert self.said_texts() <= self.there()

    def said_texts(self) -> set[str]:
        return {text for _, text in self.said}

    def there(self) -> set[str]:
        """Every text in an outbox, in a mirror or on the server."""
        if self.on_server is None:
            self.on_server = {text.decode() for phone in self.phones[1:] for text in texts(phone).values()}
        there = set(self.on_server)
        for phone in self.phones:
            there |= set(phone.outbox.values()) | {text for text, _, _ in phone.mirror.values()}
        return there

    def faults_stop(self) -> None:
        for _ in range(60):
            for which in range(3):
                self.sync_well(which)
            if all(not phone.outbox and not phone.replacing for phone in self.phones) and not self.behind():
                return
        raise AssertionError("the phones never come to rest")

    def behind(self) -> bool:
        with self.app.app_context():
            return any(phone.cursor != db.session.get_one(Patient, phone.real.owner).seq for phone in self.phones)

    def everything_agrees(self) -> None:
        """Invariants 4, 5, 6 and 10."""
        for phone in self.phones:
            versions = kept(phone.real).values()
            stored = {version.text.decode() for version in versions if version.outcome == "stored"}
            parked = {version.text.decode() for version in versions if version.outcome == "parked"}
            assert phone.holds() == (stored, parked)
            mine = {text for writer, text in self.said if writer.real.owner == phone.real.owner}
            assert stored | parked == mine
            assert typed(phone) == expected(stored)
            yes = {json.loads(text)["record"] for text in mine if '"often"' in text}
            heard = [cause for cause in rows(phone.real, AlertCause) if cause.rule == "thoughts-often"]
            assert {cause.record for cause in heard if cause.alert_id} == yes
            assert len([alert for alert in alerts(phone.real) if alert.problem == "thoughts"]) == bool(yes)

    def summaries_are_what_the_versions_say(self) -> None:
        with self.app.app_context():
            for owner in {phone.real.owner for phone in self.phones}:
                assert list(rebuild_of(*owner, repair=False)) == []

    def order_is_irrelevant(self) -> None:
        """Invariant 6: the same versions in another order, in other batches, give the same rows."""
        texts = [version.text.decode() for version in kept(self.phones[0].real).values()]
        order = random.Random(7)
        order.shuffle(texts)
        fresh = ModelPhone(phone_of(self.app, self.clock, new_patient(self.app, self.clock)))
        while texts:
            size = order.randint(1, 4)
            clinics = [text for text in texts[:size] if text in self.by_clinic]
            fresh.real.send(*(text for text in texts[:size] if text not in clinics))
            by_the_clinic(fresh.real, *clinics)
            texts = texts[size:]
        assert typed(fresh) == typed(self.phones[0])
        assert summed(fresh) == summed(self.phones[0])


def texts(phone: ModelPhone) -> dict[str, bytes]:
    """That the server keeps, by id."""
    with phone.real.app.app_context():
        theirs = db.select(Version.id, Version.text).where(Version.patient_id == phone.real.owner.id)
        found = dict(db.session.execute(theirs).all())
        db.session.remove()
    return found


def typed(phone: ModelPhone) -> set[tuple[Any, ...]]:
    check_ins = {(row.version_id, row.record, row.day.isoformat(), row.mood) for row in rows(phone.real, CheckIn)}
    entries = rows(phone.real, JournalEntry)
    return check_ins | {(row.version_id, row.record, row.day.isoformat(), row.text, row.audience) for row in entries}


def summed(phone: ModelPhone) -> set[tuple[Any, ...]]:
    """What was felt after which treatment, and which reports there are."""
    told = {(row.treatment, row.window, row.week) for row in rows(phone.real, AfterTreatment)}
    return told | {(row.treatment, row.window, row.effect, row.severity) for row in rows(phone.real, FeltAfter)}


def expected(stored: set[str]) -> set[tuple[Any, ...]]:
    """The rows by the definition alone: what none names stands; of several the narrowest audience holds."""
    versions = [json.loads(text) for text in stored]
    named = {parent for version in versions for parent in version["parents"]}
    found: set[tuple[Any, ...]] = set()
    for head in (version for version in versions if version["id"] not in named and version["body"]):
        row = (head["id"], head["record"], head["day"])
        if head["kind"] == "check-in":
            found.add((*row, head["body"].get("mood")))
        elif head["kind"] == "journal":
            beside = [v for v in versions if v["record"] == head["record"] and v["id"] not in named]
            audience = min(AUDIENCES.index(each["body"]["audience"]) if each["body"] else 0 for each in beside)
            found.add((*row, head["body"]["text"], AUDIENCES[audience]))
    return found


def test_invariants_1_to_7_and_10_hold_whatever_goes_wrong(server, clock, profile):
    class OnThisServer(Machine):
        app = server

    OnThisServer.clock = clock
    run_state_machine_as_test(OnThisServer, settings=profile)
