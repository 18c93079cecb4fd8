#!/usr/bin/env python3
"""Prints what a JUnit file of CTest comes to, as the line that ./test counts.

    count_junit.py FILE
"""

import sys
import xml.etree.ElementTree


def main(path):
    passed = failed = 0
    skipped = []
    for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
        if case.get("status") == "run":
            passed += 1
        elif case.get("status") in ("notrun", "disabled"):
            note = case.find("skipped")
            skipped.append((case.get("name"), note.get("message") if note is not None else case.get("status")))
        else:
            failed += 1
    for name, reason in skipped:
        print(f"skipped: {name}: {reason}")
    print(f"{passed} passed, {failed} failed" + (f", {len(skipped)} skipped" if skipped else ""))


if __name__ == "__main__":
    main(sys.argv[1])
