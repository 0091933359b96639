"""What a network does to a call. Each fault has the line on which the call came, and ends by telling or hanging up."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.soak.proxy import Line

Fault = Callable[["Line"], None]
#: seconds at most that a call or its answer is on its way, and that a socket hangs
SLOW, HANGS = 1.5, 6.0
#: how many of all calls go wrong
RATES, OTHER_RATE = {"/sync": 0.45, "/me": 0.2, "/sign-out": 0.2}, 0.05


class Answer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


def fault_for(path: str, wanted: str, chance: Random, only: Sequence[str] = ()) -> str | None:
    """What goes wrong with a call, by name; None: nothing. `wanted` is what the browser fetches, such as "script"."""
    if chance.random() >= RATES.get(path, OTHER_RATE):
        return None
    if path in RATES:
        return chance.choice([name for name in FAULTS if name in only] or list(FAULTS))
    return chance.choice(WEATHER if wanted == "document" else [*WEATHER, "a portal page"])


def lose_request(line: Line) -> None:
    line.hang_up()


def lose_answer(line: Line) -> None:
    line.ask()
    line.hang_up()


def delay_request(line: Line) -> None:
    line.wait(SLOW)
    line.tell(line.ask())


def delay_answer(line: Line) -> None:
    answer = line.ask()
    line.wait(SLOW)
    line.tell(answer)


def repeat(line: Line) -> None:
    line.ask()
    line.tell(line.ask())


def repeat_later(line: Line) -> None:
    """The network keeps a copy, which arrives when the phone is already further."""
    line.tell(line.ask())
    line.wait(SLOW)
    line.ask()


def hang(line: Line) -> None:
    line.wait(HANGS)
    line.hang_up()


def cut_request(line: Line) -> None:
    line.ask_half()
    line.hang_up()


def cut_answer(line: Line) -> None:
    line.tell_half(line.ask())


def another_batch(line: Line) -> None:
    """What another call was answered."""
    earlier = line.server.earlier
    line.ask_perhaps()
    line.tell(earlier or EMPTY)


def another_owner(line: Line) -> None:
    status, headers, body = line.ask()
    line.tell(Answer(status, headers, body.replace(b'"owner"', b'"was"').replace(b"{", b'{"owner": "another", ', 1)))


def truncated(line: Line) -> None:
    """Whole to the network, half to a reader."""
    status, headers, body = line.ask()
    line.tell(Answer(status, headers, body[: len(body) // 2]))


def lie(*answers: Answer) -> Fault:
    def told(line: Line) -> None:
        line.ask_perhaps()
        line.tell(line.server.chance.choice(answers))

    return told


def page(status: int, words: str, *headers: tuple[str, str]) -> Answer:
    html = f"<!doctype html><html lang=en><title>{words}</title><h1>{words}</h1><p>Please go on.</p></html>"
    return Answer(status, [("Content-Type", "text/html; charset=utf-8"), *headers], html.encode())


def said(status: int, what: object, *headers: tuple[str, str]) -> Answer:
    return Answer(status, [("Content-Type", "application/json"), *headers], json.dumps(what).encode())


EMPTY = Answer(200, [("Content-Type", "application/json")], b"")
WAIT, SIGN_IN = ("Retry-After", "1"), ("Location", "/sign-in")
FAULTS: dict[str, Fault] = {
    "request lost": lose_request,
    "answer lost": lose_answer,
    "request late": delay_request,
    "answer late": delay_answer,
    "sent twice": repeat,
    "sent again later": repeat_later,
    "socket hangs": hang,
    "request cut": cut_request,
    "answer cut": cut_answer,
    "answer truncated": truncated,
    "another batch's answer": another_batch,
    "another owner's answer": another_owner,
    "a portal page": lie(page(200, "Free Wi-Fi"), page(511, "Log in to the network")),
    "a proxy's error": lie(*(page(status, "Bad gateway") for status in (500, 502, 503, 504))),
    "sent to a sign-in page": lie(page(302, "Found", SIGN_IN), page(303, "See other", SIGN_IN)),
    "empty": lie(EMPTY, Answer(200, [], b""), Answer(204, [], b"")),
    "a 401 not ours": lie(page(401, "Unauthorized"), said(401, {"detail": "Unauthorized"})),
    "a 403 or 409 not ours": lie(page(403, "Blocked"), page(409, "Conflict"), said(409, {"error": "conflict"})),
    "a 413 not ours": lie(page(413, "Request entity too large")),
    "slow down": lie(page(429, "Too many requests", WAIT), said(429, {"error": "slow-down"}, WAIT)),
}  # fmt: skip
#: what can befall any call
WEATHER = ["request lost", "answer lost", "request late", "answer late", "answer cut", "a proxy's error"]
