#!/usr/bin/env python3
"""Checks that docs/reference/promises.md names tests that exist, and at least one behind every promise.

    check_promises.py [--root DIR]
"""

import argparse
import pathlib
import re
import sys

PAGE = "docs/reference/promises.md"


def exists(root, reference):
    """`fault/test_kill: words` or `unit/account: Suite.Name`."""
    where, _, name = reference.partition(": ")
    if where.startswith("unit/"):
        suite, _, test = name.partition(".")
        wanted = re.compile(rf"\b(TEST|TEST_F|TEST_P|RC_GTEST_PROP)\(\s*{re.escape(suite)},\s*{re.escape(test)}\b")
        files = (root / "tests" / where).glob("*.cpp")
    else:
        wanted = re.compile(rf"^\s+def test_{re.escape(name)}\(", re.M)
        files = [root / "tests" / f"{where}.py"]
    return any(path.is_file() and wanted.search(path.read_text(encoding="utf-8")) for path in files)


def violations_of(root):
    for number, line in enumerate((root / PAGE).read_text(encoding="utf-8").split("\n"), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or cells[0] in ("promise", "---"):
            continue
        references = re.findall(r"`([a-z0-9_/]+: [\w.]+)`", cells[-1])
        if not references:
            yield f"{PAGE}:{number}: a promise without a test: {cells[0]}"
        for reference in references:
            if not exists(root, reference):
                yield f"{PAGE}:{number}: there is no test '{reference}'"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    found = list(violations_of(parser.parse_args().root))
    for violation in found:
        print(violation)
    print(f"{len(found)} violations" if found else "Every promise names tests that exist.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
