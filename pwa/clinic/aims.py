"""A goal as it stands: what was set at visits, with what the patient said of it since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pwa.clinic.standing import Standing
from pwa.domain.goals import TOP
from pwa.records import Goal, GoalSaid


@dataclass(frozen=True)
class Near:
    """How near it is."""

    day: date
    level: int
    #: by the patient alone, between visits
    is_own: bool = False


@dataclass(frozen=True)
class Aim:
    set: Standing[Goal]
    words: str
    #: in their order
    levels: list[Near]
    done: bool

    @property
    def record(self) -> str:
        return self.set.head.record

    @property
    def measure(self) -> str:
        return self.set.head.measure


def aims(goals: Iterable[Standing[Goal]], said: Sequence[Standing[GoalSaid]]) -> list[Aim]:
    return [_aim(goal, [one.head for one in said if one.head.goal == goal.head.record]) for goal in goals]


def _aim(goal: Standing[Goal], said: Sequence[GoalSaid]) -> Aim:
    """`said`: the newest first. The words are the patient's own, so theirs hold; of closing, whatever was said last."""
    head = goal.head
    words = next((one.wording for one in said if one.wording), head.words)
    let_go = next((one for one in said if one.done is not None), None)
    done = bool(let_go.done if let_go and let_go.written_at > head.written_at else head.done)
    return Aim(goal, words, sorted(_levels(head, said), key=lambda near: near.day), done)


def _levels(goal: Goal, said: Iterable[GoalSaid]) -> list[Near]:
    at_visits = [Near(date.fromisoformat(one["day"]), one["level"]) for one in goal.levels]
    own = [Near(one.day, one.level, True) for one in said if one.level is not None and one.level <= TOP[goal.measure]]
    return at_visits + own
