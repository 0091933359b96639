"""Copies of the whole tree, built: to be broken, or to stand for another release of the product."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: linked into a copy, since they are large and nobody changes them
LINKED = (".venv", "node_modules")
MADE = (".make", "__pycache__", ".*_cache", ".hypothesis", "demo-data", "screenshots")
LEFT = shutil.ignore_patterns(*LINKED, ".git", *MADE)


def copy_tree(copy: Path, of: Path = ROOT) -> Path:
    shutil.copytree(of, copy, ignore=LEFT)
    for name in LINKED:
        (copy / name).symlink_to((of / name).resolve())
    return copy


def change(tree: Path, file: str, text: str, becomes: str) -> None:
    """`text` stands in the file exactly once; ValueError if it does not."""
    path = tree / file
    whole = path.read_text("utf-8")
    if whole.count(text) != 1:
        raise ValueError(f"{file} holds its text {whole.count(text)} times")
    path.write_text(whole.replace(text, becomes), "utf-8")


def build(tree: Path) -> None:
    subprocess.run([Path(sys.executable).with_name("node"), "build.mjs"], cwd=tree, check=True)
