"""Who may enter whom (the layout of the house), read from the imports themselves."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = {"domain", "errors", "config", "languages"}
#: room → the rooms it may enter; the edges that know every room are left out
MAY_ENTER = {
    "domain": set(),
    "config": set(),
    "errors": {"domain"},
    "languages": set(),
    "records": {"domain", "config"},
    "forms": {"domain", "errors"},
    "accounts": CORE | {"forms", "records"},
    "operating": {"config", "errors", "records"},
    "diary": CORE | {"forms", "accounts"},
    "shell": CORE | {"forms", "accounts", "diary"},
    "sync": CORE | {"forms", "records", "accounts", "operating"},
    "clinic": CORE | {"forms", "records", "accounts"},
    "notices": CORE | {"forms", "records", "accounts"},
    "exchange": CORE | {"forms", "records", "accounts"},
}
#: what staff say, and what a mail's button says, are versions too and go through the one door (docs/decisions/0003)
DOORS = {(room, f"pwa.sync.{module}") for room in ("clinic", "notices") for module in ("envelope", "ids", "receive")}
EDGES = {"__init__", "cli", "demo"}
#: what only one room may import from outside
ONLY_IN = {
    "wtforms": {"forms"},
    "sqlalchemy": {
        "errors",
        "records",
        "accounts",
        "sync",
        "clinic",
        "notices",
        "exchange",
        "shell",
        "config",
        "operating",
        *EDGES,
    },
    "http_ece": {"notices"},
    "py_vapid": {"notices"},
    "smtplib": {"notices"},
    "prometheus_client": {"operating"},
}
STANDARD_ONLY = {"domain"}


def python_files() -> list[Path]:
    return sorted((ROOT / "pwa").rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "pwa").parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name} must name the room that it imports from"
            from_pwa = node.module == "pwa"
            names |= {f"pwa.{alias.name}" for alias in node.names} if from_pwa else {str(node.module)}
    return names


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_enters_only_the_rooms_it_may(path):
    room = room_of(path)
    if room in EDGES:
        return
    names = {name for name in imported(path) if name.startswith("pwa.") and (room, name) not in DOORS}
    entered = {name.split(".")[1] for name in names} - {room}
    assert entered <= MAY_ENTER[room], f"{room} must not enter {sorted(entered - MAY_ENTER[room])}"


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_in_the_rooms_that_own_them(path):
    import sys

    room, outside = room_of(path), {name.split(".")[0] for name in imported(path)} - {"pwa"}
    for library, rooms in ONLY_IN.items():
        assert library not in outside or room in rooms, f"{library} does not belong in {room}"
    if room in STANDARD_ONLY:
        assert outside <= sys.stdlib_module_names, f"domain imports {outside - sys.stdlib_module_names}"


IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
#: folder of scripts → the folders it may import from
SCRIPTS = {
    "store": {"store"},
    "elements": {"elements", "store"},
    "pages": {"pages", "elements", "store"},
    "worker": {"worker", "store"},
}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "pwa/static/js").rglob("*.js")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_scripts_keep_apart_too(path):
    folder = path.relative_to(ROOT / "pwa/static/js").parts[0]
    entered = {
        (path.parent / name).resolve().relative_to(ROOT / "pwa/static/js").parts[0]
        for name in IMPORT.findall(path.read_text())
    }
    assert entered <= SCRIPTS[folder], f"{folder} must not import from {sorted(entered - SCRIPTS[folder])}"


def test_every_room_says_in_one_sentence_what_it_is_for():
    for package in sorted((ROOT / "pwa").glob("*/__init__.py")):
        docstring = ast.get_docstring(ast.parse(package.read_text()))
        assert docstring, f"{package.parent.name} has no sentence"
        assert "\n\n" not in docstring
