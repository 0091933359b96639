"""A soak: some phones at once, each with two people and its own network, and a server that is hit again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from threading import Barrier, BrokenBarrierError, Event, Timer

from playwright.sync_api import Error, sync_playwright

from tests.browser.scene import WORKING, until
from tests.soak.browser import SoakedPhone
from tests.soak.clinic import SoakedClinic
from tests.soak.hands import Hands
from tests.soak.ledger import Ledger
from tests.soak.plan import ENDINGS, STEPS, chosen
from tests.soak.proxy import Proxy
from tests.soak.saving import revive
from tests.soak.settling import pull_all, put_away, send_all
from tests.soak.verdict import Verdict, judge, judge_bytes, judge_mirror

#: a patient, and the ids of the versions that her phone shows
Mirror = tuple[str, list[str]]


class Soak:
    """The same seed makes the same plan; how it meets the browser's own time differs from run to run."""

    def __init__(self, folder: Path, seed: int, seconds: float, phones: int, only: Sequence[str] = ()) -> None:
        self.folder, self.seed, self.seconds = folder, seed, seconds
        self.steps, self.endings = chosen(STEPS, only), chosen(ENDINGS, only)
        self.clinic = SoakedClinic(folder, phones + 1)
        self.proxies = [Proxy(self.clinic.port, self._chance(f"network {number}"), only) for number in range(phones)]
        self.ledgers = [Ledger(number, self._chance(f"phone {number}")) for number in range(phones)]
        #: steps that a fault broke off
        self.broken_off: Counter[str] = Counter()
        self.enough = Event()
        #: all phones and the server's storm meet: when all are signed in, when all is calm, when all is sent
        self.meeting = Barrier(phones + 1)

    def run(self) -> Verdict:
        try:
            self.clinic.begin()
            with ThreadPoolExecutor(len(self.proxies)) as threads:
                lives = [threads.submit(self._life, number) for number in range(len(self.proxies))]
                self._storm()
            return self._judge(results(lives))
        finally:
            self.clinic.kill()

    def _storm(self) -> None:
        with suppress(BrokenBarrierError), self._or_nobody_waits():
            self.meeting.wait()
            Timer(self.seconds, self.enough.set).start()
            self.clinic.suffer(self._chance("server"), self.enough)
            self.meeting.wait()
            self.meeting.wait()

    def _life(self, number: int) -> Mirror:
        """Of one phone, in a thread of its own: its two people take turns, and each has another phone too."""
        proxy, people = self.proxies[number], self.clinic.patients[number : number + 2]
        with self._or_nobody_waits(), sync_playwright() as playwright:
            phone = SoakedPhone(playwright, self.folder / f"phone-{number}", proxy.address)
            phone.open()
            try:
                return self._use(Hands(phone, proxy, people, self.ledgers[number]))
            finally:
                phone.kill()

    @contextmanager
    def _or_nobody_waits(self) -> Iterator[None]:
        """What fails here ends the soak for all."""
        try:
            yield
        except BaseException:
            self.enough.set()
            self.meeting.abort()
            raise

    def _use(self, hands: Hands) -> Mirror:
        hands.endings = self.endings
        hands.sign_in(hands.holder)
        until(hands.page, WORKING, within=60)
        self.meeting.wait()
        hands.proxy.calm = False
        while not self.enough.is_set():
            self._step(hands)
        hands.proxy.calm = True
        self.meeting.wait()
        send_all(hands)
        self.meeting.wait()
        mirror = pull_all(hands)
        put_away(hands)
        return mirror

    def _step(self, hands: Hands) -> None:
        step = hands.chance.choices(list(self.steps), list(self.steps.values()))[0]
        try:
            step(hands)
        except Error as error:
            self.broken_off[f"{step.__name__}: {error.message.splitlines()[0]}"] += 1
            if hands.page.is_closed():
                hands.phone.kill()
                revive(hands)
        for page in hands.phone.context.pages:
            if page is not hands.page:
                page.close()

    def _judge(self, mirrors: list[Mirror]) -> Verdict:
        verdict, (versions, clashes) = Verdict(), self.clinic.holds()
        judge(verdict, [save for ledger in self.ledgers for save in ledger.saves], versions, clashes)
        for proxy, ledger, mirror in zip(self.proxies, self.ledgers, mirrors, strict=True):
            judge_bytes(verdict, proxy.sent, versions)
            judge_mirror(verdict, *mirror, versions)
            verdict.lost += ledger.lost
            verdict.leaked += ledger.leaked
            verdict.crossed += proxy.crossed
        if differing := self.clinic.rows_differ():
            verdict.lost.append(f"typed rows say other things than the versions: {differing}")
        return verdict

    def _chance(self, of: str) -> Random:
        return Random(f"{self.seed} {of}")


def results(lives: list[Future[Mirror]]) -> list[Mirror]:
    """What one failed for is raised, rather than that the others waited for it in vain."""
    failures = [life.exception() for life in lives]
    for failure in failures:
        if failure and not isinstance(failure, BrokenBarrierError):
            raise failure
    return [life.result() for life in lives]
