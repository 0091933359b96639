"""Many at once: numbers are commit order, so that a cursor skips nothing (invariant 9)."""

from __future__ import annotations

import threading
import time

import pytest

from tests.sync.phones import kept, phone_of, said

THREADS, CALLS = 4, 6


def together(*works):
    """Runs these at the same time; what one of them raises is raised here."""
    failures: list[BaseException] = []

    def run(work):
        try:
            work()
        except BaseException as failure:  # noqa: BLE001
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_invariant_9_a_cursor_skips_nothing_under_concurrent_commits(phone, server, clock):
    writers = [phone_of(server, clock, phone.owner) for _ in range(THREADS)]
    reader = phone_of(server, clock, phone.owner)
    sent, seen, done = [], [], threading.Event()

    def write(writer):
        for _ in range(CALLS):
            texts = [said(), said()]
            assert writer.outcomes(*texts) == ["stored", "stored"]
            sent.extend(texts)

    def read():
        cursor = 0
        while True:
            last = done.is_set()
            got = reader.pull(cursor)
            seen.extend(got["versions"])
            cursor = got["cursor"]
            if last:
                return
            time.sleep(0.002)

    def write_all():
        together(*[lambda writer=writer: write(writer) for writer in writers])
        done.set()

    together(write_all, read)
    assert len(seen) == len(sent) == THREADS * CALLS * 2
    assert set(seen) == set(sent)


def test_each_writer_that_also_reads_gets_all_of_the_others(phone, server, clock):
    phones = [phone_of(server, clock, phone.owner) for _ in range(THREADS)]
    mirrors = [set() for _ in phones]

    def live(place):
        for _ in range(CALLS):
            text = said()
            answer = phones[place].post([text]).get_json()
            mirrors[place] |= {text, *answer["versions"]}
            phones[place].cursor = answer["cursor"]

    together(*[lambda place=place: live(place) for place in range(THREADS)])
    for each, mirror in zip(phones, mirrors, strict=True):
        mirror |= set(each.pull(each.cursor)["versions"])
    assert [len(mirror) for mirror in mirrors] == [THREADS * CALLS] * THREADS


def test_the_same_version_sent_at_the_same_time_is_stored_once(phone, server, clock):
    text, outcomes = said(), []
    phones = [phone_of(server, clock, phone.owner) for _ in range(THREADS)]
    together(*[lambda each=each: outcomes.extend(each.outcomes(text)) for each in phones])
    assert sorted(outcomes) == ["known"] * (THREADS - 1) + ["stored"]
    assert len(kept(phone)) == 1


@pytest.mark.parametrize("patients", [3])
def test_patients_at_once_do_not_mix(server, clock, patients):
    from tests.sync.phones import new_patient

    phones = [phone_of(server, clock, new_patient(server, clock)) for _ in range(patients)]
    together(*[lambda each=each: [each.send(said()) for _ in range(CALLS)] for each in phones])
    for each in phones:
        assert [version.seq for version in sorted(kept(each).values(), key=lambda v: v.seq)] == list(
            range(1, CALLS + 1)
        )


def test_two_patients_do_not_wait_for_each_other_on_postgresql(on_postgres, clock):
    """While one patient's row is locked, another's phone is answered."""
    from pwa.records import db
    from pwa.sync.sentences import LOCKED
    from tests.sync.phones import new_patient

    waiting, free = (phone_of(on_postgres, clock, new_patient(on_postgres, clock)) for _ in range(2))
    answered = threading.Event()
    with on_postgres.app_context():
        engine = db.engine
    late = threading.Thread(target=lambda: (waiting.send(said()), answered.set()))
    with engine.begin() as connection:
        connection.execute(LOCKED, {"clinic": waiting.owner.clinic_id, "owner": waiting.owner.id})
        late.start()
        assert free.outcomes(said()) == ["stored"]
        assert not answered.wait(0.2)
    late.join()
    assert answered.is_set()
