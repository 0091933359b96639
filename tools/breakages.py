"""Breaks each rule on purpose, one after another, and sees that its test fails: `make breakages`.

The tables are in tools/broken: what the server decides, what the phone decides, what the safety rules and the
loop of alerts promise, triage, outcomes, what the clinic reads and writes of a patient, the reading room, what goes
out, what happens between two versions, what keeps strangers out, and what a soak must see.

A copy of the tree is broken, never the tree itself. Words on the command line choose the breakings whose rule, file or
test holds one of them. Ends with 1 if a breaking went unnoticed, with 2 if a test fails before anything is broken.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.trees import ROOT, build, change, copy_tree

TABLES = sorted((ROOT / "tools" / "broken").glob("*.toml"))
LONGEST = 300


@dataclass(frozen=True)
class Breakage:
    #: what is broken, in words
    rule: str
    file: str
    #: stands in the file exactly once
    text: str
    broken: str
    #: a pytest node, a file for `node --test`, or "soak" and what `python -m tests.soak` is told
    test: str


def main(words: list[str]) -> int:
    chosen = [each for each in all_breakages() if not words or any(word in str(each) for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        copy_tree(copy)
        for failing in fail_unbroken(copy, {each.test for each in chosen}):
            print(f"FAILS UNBROKEN  {failing}")
            return 2
        unnoticed = [each for each in chosen if not is_noticed(copy, each)]
    print(f"{len(chosen) - len(unnoticed)} of {len(chosen)} breakings noticed")
    return 1 if unnoticed else 0


def fail_unbroken(copy: Path, tests: set[str]) -> Iterator[str]:
    """The tests that fail in a tree in which nothing is broken; asked all at once, since mostly none does."""
    soaks = {test for test in tests if is_soak(test)}
    scripts = {test for test in tests if is_script(test)}
    for some in (scripts, tests - scripts - soaks, *({soak} for soak in soaks)):
        if some and not pass_(copy, *sorted(some)):
            yield from (test for test in sorted(some) if not pass_(copy, test))


def all_breakages() -> Iterator[Breakage]:
    for table in TABLES:
        for row in tomllib.loads(table.read_text("utf-8"))["breakage"]:
            yield Breakage(**row)


def is_noticed(copy: Path, breakage: Breakage) -> bool:
    path = copy / breakage.file
    whole = path.read_text("utf-8")
    try:
        change(copy, breakage.file, breakage.text, breakage.broken)
        build_if_needed(copy, breakage)
        noticed = not pass_(copy, breakage.test)
    except ValueError as error:
        print(f"OUT OF DATE     {breakage.rule}: {error}")
        return False
    finally:
        path.write_text(whole, "utf-8")
    build_if_needed(copy, breakage)
    print(f"{'noticed   ' if noticed else 'UNNOTICED '} {breakage.rule}\n           {breakage.test}", flush=True)
    return noticed


def build_if_needed(copy: Path, breakage: Breakage) -> None:
    """A browser runs what was built; other tests read the scripts themselves."""
    if breakage.file.startswith("pwa/static/") and not is_script(breakage.test):
        build(copy)


def pass_(copy: Path, *tests: str) -> bool:
    """Whether the tests ran and passed. That they cannot even be read is no answer, and ends the run."""
    how = shlex.split("-m pytest -x -q -p no:rerunfailures")
    command = [sys.executable, *how, f"--basetemp={copy.parent}/pytest", *tests]
    if is_script(tests[0]):
        command = ["node", "--test", *tests]
    if is_soak(tests[0]):
        command = [sys.executable, "-m", "tests.soak", *shlex.split(tests[0])[1:]]
    longest = LONGEST * (1 + len(tests) // 10)
    ran = subprocess.run(
        command, cwd=copy, capture_output=True, text=True, timeout=longest, check=False, env=environment()
    )
    if ran.returncode not in (0, 1) or "SyntaxError" in ran.stdout + ran.stderr:
        raise SystemExit(f"{' '.join(tests)} could not be run:\n{ran.stdout[-3000:]}{ran.stderr[-3000:]}")
    return ran.returncode == 0


def is_script(test: str) -> bool:
    return test.endswith(".mjs")


def is_soak(test: str) -> bool:
    return test.startswith("soak ")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PATH": f"{ROOT}/.venv/bin:{os.environ['PATH']}"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
