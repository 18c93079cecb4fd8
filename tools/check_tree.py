#!/usr/bin/env python3
"""Holds the tree to what CONTRIBUTING.md says about names, lengths and words.

    check_tree.py [--root DIR]     prints each violation as path:line: sentence; exit status 1 if there is one

Looks at the files that git tracks.
"""

import argparse
import pathlib
import re
import subprocess
import sys

CODE = {".cpp", ".hpp", ".h", ".c", ".py", ".sh", ".ts", ".tsx", ".mjs", ".js", ".css"}
CODE_FOLDERS = ("src/", "include/", "web/src/", "tools/", "tests/", "bench/", "fuzz/")
LONGEST = 400
LONG_FILES = "tools/long_files.txt"

# A name that could stand on any file tells nothing about this one.
EMPTY_NAMES = re.compile(r"(^|[_.-])(utils?|helpers?|common|managers?|misc|stuff)([_.-]|$)", re.I)
# In programs only; a text may speak of them. The placeholder attribute of a form field is a word of HTML.
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented", re.I)
SWITCHED_OFF = re.compile(r"\bDISABLED_\w|\bGTEST_SKIP\(\)\s*;|\b(it|test|describe)\.(skip|only|todo)\b")


def tracked(root):
    listed = subprocess.run(["git", "-c", f"safe.directory={root}", "-C", root, "ls-files", "-z"], check=True, capture_output=True).stdout
    return [name for name in listed.decode().split("\0") if name and (root / name).is_file()]


def reasons(root):
    rows = {}
    for line in (root / LONG_FILES).read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            path, _, reason = line.partition(" ")
            rows[path] = reason.strip()
    return rows


def check_names(names):
    for name in names:
        stem = pathlib.PurePath(name).name
        if name.startswith(CODE_FOLDERS) and EMPTY_NAMES.search(stem):
            yield f"{name}:1: this name says nothing about what is inside"


def check_lengths(root, names):
    listed = reasons(root)
    for name in names:
        if not name.startswith(CODE_FOLDERS) or pathlib.PurePath(name).suffix not in CODE:
            continue
        lines = (root / name).read_bytes().count(b"\n")
        if lines > LONGEST and name not in listed:
            yield f"{name}:{lines}: {lines} lines; one subject? Split it, or give the reason in {LONG_FILES}"
        if lines <= LONGEST and name in listed:
            yield f"{LONG_FILES}:1: '{name}' has only {lines} lines and needs no reason any more"
    for name, reason in listed.items():
        if name not in names:
            yield f"{LONG_FILES}:1: '{name}' is no file of the tree"
        if len(reason.split()) < 3:
            yield f"{LONG_FILES}:1: '{name}' stands there without a reason"


def check_words(root, names):
    for name in names:
        if not name.startswith(CODE_FOLDERS) or pathlib.PurePath(name).suffix not in CODE or name == "tools/check_tree.py":
            continue
        for number, line in enumerate((root / name).read_text(encoding="utf-8").split("\n"), 1):
            if UNFINISHED.search(line):
                yield f"{name}:{number}: an unfinished word: {line.strip()[:80]}"
            if SWITCHED_OFF.search(line):
                yield f"{name}:{number}: a test that does not run, or does not say why: {line.strip()[:80]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    root = parser.parse_args().root
    names = tracked(root)
    found = [*check_names(names), *check_lengths(root, names), *check_words(root, names)]
    for violation in found:
        print(violation)
    print(f"{len(found)} violations" if found else f"{len(names)} files, nothing to say.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
