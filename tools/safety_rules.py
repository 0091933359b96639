"""Writes docs/safety-rules.md from the rules themselves: `python -m tools.safety_rules`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from textwrap import fill

from pwa.demo import weighed
from pwa.demo.truth import DANGERS
from pwa.domain.safety import LEVELS, PROBLEMS, RULES, TIERS, Level, Rule
from pwa.domain.safety.clock import MINUTES
from pwa.domain.safety.fixed import FIXED
from pwa.domain.safety.history import OPEN_FOR, Tally
from pwa.domain.safety.levels import OURS

PAGE = Path("docs/safety-rules.md")
WIDTH = 118
HEAD = (
    "Written by `python -m tools.safety_rules` from `pwa/domain/safety`; a test says that it is current. No rule is "
    "medical advice, and none has been confirmed in ketamine therapy. *Unconfirmed* says why a clinic’s medical lead "
    "must sign a rule or a figure on its own, and again when it is changed. What no rule finds is not safe.",
    "Rules read what was said and when. They run in the transaction that stores an entry, and again over what was "
    "felt later when something arrives late. An update of a report says how it is when it is written: the hours after "
    "a dose and the days of a pattern count until then. An update or a changed answer that is worse, or was not given "
    "before, is new: it raises an alert, or tells of an open one again; one that repeats or eases raises none. "
    "Editing or withdrawing an entry closes nothing. A rule that fails raises *A rule failed* for the patient and "
    "tells the managers. Whether nothing was said after a dose follows from what came since: a phone whose clock is "
    "ahead neither hides it nor makes it so.",
    "A patient has one open alert of each problem, with a counter. What is new or worse raises one; what is bad and "
    "unchanged only adds to one that is open. What belongs to a dose (detached, drowsy, throwing up, the heart) is "
    "held against the last report about the same dose; what lasts (bladder, blood in the urine, an urge, elevated "
    "mood, the liver, pregnancy, a new drug) against the last report that names it, whichever treatment it is about; "
    "a pulse or a blood pressure against the last reading. After a report that names it as gone, or a reading that is "
    "as it should be, it is news again, and so it is after the days that `unchanged-days` and `reading-days` say. "
    "Chest pain, trouble breathing, fainting, a seizure, a severe headache with another sign, very high blood "
    "pressure with a sign of an emergency or in the hours after a dose, an answer that tells of thoughts, *took more* "
    "and *drove* are never old news: each report of them is new.",
    "Expected effects inside the hours after a dose raise nothing, and among them a heart that races, unless a sign "
    "of an emergency comes with it. What is told after them and is not called over goes on, unless it says how soon "
    "it was over. What a nurse measures at the peak raises neither *high after a session* nor *pulse at rest*: she "
    "stands by. What she measures before leaving counts, and so does a pulse that a patient takes at any time. Of a "
    "blood pressure each number counts by itself, also where the other is missing.",
    "A clinic may switch off rules below urgent, but neither those on the question about thoughts nor the one that "
    "hears a patient who asks for a call: patients are told that it reaches the clinic.",
)

SET_BY_NOBODY = (
    "These stand fixed in the code: they say how far a rule looks and what it reads together. None is published, and "
    "none can be signed on its own: whoever signs the rules signs them with these."
)
WHY_LEFT_OUT = (
    "Of the default rules that the product’s clinical reference proposes some are not here, or only in part. A clinic "
    "must not count on them."
)
LEFT_OUT = (
    (
        "item 9 of the PHQ-9, a rise of it, an answer that tells of a plan",
        "no questionnaire is asked yet; the question about thoughts of each check-in stands in",
    ),
    ("a screener such as the C-SSRS or the ASQ", "its wording is fixed, and it needs registration"),
    ("changes of PHQ-9, GAD-7, PCL-5 and WHO-5", "no questionnaire is asked yet"),
    ("words of suicide in the journal", "on purpose: free text is never searched; help stands on each page of it"),
    ("cannot be woken, as a supporter reports", "nobody names supporters yet; what the patient reports later is read"),
    ("a named supporter hears of a missing “I am OK”", "nobody names supporters yet; patient and clinic are told"),
    ("a strong urge on two of four weekly checks", "the check comes every four weeks; see `craving-days`"),
)


def page() -> str:
    tally, planted = weighed.weighed()
    paragraphs = ["# The safety rules", *(fill(text, WIDTH) for text in (*HEAD, _clocks()))]
    return "\n\n".join([*paragraphs, *_rules(), *_levels(), *_left_out(), *_weighed(tally, planted)]) + "\n"


def _clocks() -> str:
    clocks = (f"{TIERS[tier].lower()} {first} min, then {then} min" for tier, (first, then) in MINUTES.items())
    return (
        "An alert goes on to the next person when nobody acknowledges it in time, and again when nobody acts: "
        f"{'; '.join(clocks)}. Below urgent only the clinic’s hours of cover count. On the list a yes to the question "
        "about thoughts stands above all other alerts until somebody acknowledges it (`docs/decisions/0030-*`); then "
        "come the gravest, and of each tier the oldest."
    )


def _rules() -> list[str]:
    columns = ("#", "rule", "tier", "fires when", "problem", "figures", "source", "unconfirmed")
    return ["## The rules, in their order", _table(columns, (_of_rule(n, rule) for n, rule in enumerate(RULES, 1)))]


def _of_rule(n: int, rule: Rule) -> tuple[object, ...]:
    figures = ", ".join(f"{LEVELS[id_].default:g} {LEVELS[id_].unit}".strip() for id_ in rule.levels)
    words = TIERS[rule.tier], rule.words, PROBLEMS[rule.problem]
    return n, f"`{rule.id}`", *words, figures, _source(rule), rule.unconfirmed


def _levels() -> list[str]:
    columns = ("id", "figure", "default", "a clinic may set", "unit", "source", "unconfirmed")
    fixed = ((words, _amount(figure), OURS) for words, figure in FIXED)
    return [
        "## The figures",
        _table(columns, map(_of_level, LEVELS.values())),
        fill(SET_BY_NOBODY, WIDTH),
        _table(("figure", "is", "unconfirmed"), fixed),
    ]


def _amount(figure: timedelta | int) -> str:
    if isinstance(figure, int):
        return str(figure)
    hours = figure / timedelta(hours=1)
    return f"{hours / 24:g} d" if hours >= 24 else f"{hours * 60:g} min"


def _left_out() -> list[str]:
    return ["## What is left out", fill(WHY_LEFT_OUT, WIDTH), _table(("proposed", "why it is not here"), LEFT_OUT)]


def _of_level(one: Level) -> tuple[object, ...]:
    may = f"{one.min:g} to {one.max:g}"
    return f"`{one.id}`", one.words, f"{one.default:g}", may, one.unit, _source(one), one.unconfirmed


def _source(one: Rule | Level) -> str:
    return f"{one.source or 'none published was found'}, {one.read_on}"


def _weighed(tally: Tally, planted: dict[str, list[bool]]) -> list[str]:
    rules = sorted(tally.alerts.items(), key=lambda one: (-one[1], one[0]))
    dangers = (
        (name, f"`{DANGERS[name][0]}`", f"{sum(heard)} of {len(heard)}") for name, heard in sorted(planted.items())
    )
    how = (
        f"The demo’s generator: {weighed.PATIENTS} patients, {weighed.DAYS} days, seed {weighed.SEED}. An alert counts "
        f"as open for {OPEN_FOR.days} days. Simulated people are no patients: the figures weigh the rules against each "
        "other, no more."
    )
    outcome = (
        f"**{sum(tally.alerts.values())} alerts in {tally.reports:,} reports: {tally.in_hundred():.1f} in 100.** At "
        "most 13 is the aim; 34 to 37 was found to be a burden in trials of symptom monitoring."
    )
    return [
        "## The default rules, weighed",
        fill(how, WIDTH),
        fill(outcome, WIDTH),
        _table(
            ("rule", "alerts", "in 100 reports"), ((f"`{id_}`", n, f"{tally.in_hundred(id_):.2f}") for id_, n in rules)
        ),
        _table(("planted danger", "rule", "found by it on its day"), dangers),
    ]


def _table(columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = (columns, ("---",) * len(columns), *rows)
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
