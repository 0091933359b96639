"""What is done for many in one turn: what fails for one is heard of, and keeps none of the others waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from pwa.records import db
from pwa.records.base import begin_writing
from pwa.records.responding import tell_operators

log = logging.getLogger(__name__)
T = TypeVar("T")


def for_each(part: str, whose: Iterable[tuple[str, str]], do: Callable[[str, str], T], moment: datetime) -> list[T]:
    """`whose`: clinic and id, such as a patient's. `do` begins and ends its own transactions."""
    done = []
    for clinic_id, id_ in whose:
        try:
            done.append(do(clinic_id, id_))
        except Exception:  # whatever is wrong with one must not keep an alert of the next from a person
            log.exception("%s failed for %s of clinic %s", part, id_, clinic_id)
            confess(part, clinic_id, moment)
    return done


def confess(part: str, clinic_id: str, moment: datetime) -> None:
    """The clinic's managers hear of it, once a day."""
    begin_writing()
    tell_operators(clinic_id, {part: moment}, "courier-failed")
    db.session.commit()
