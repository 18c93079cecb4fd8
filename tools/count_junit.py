#!/usr/bin/env python3
"""Prints what a JUnit file (of CTest or Vitest) comes to, as the line that ./test counts.

    count_junit.py FILE
"""

import sys
import xml.etree.ElementTree


def main(path):
    passed = failed = 0
    skipped = []
    for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
        note = case.find("skipped")
        if note is not None or case.get("status") in ("notrun", "disabled"):
            skipped.append((case.get("name"), note.get("message") if note is not None else case.get("status")))
        elif case.find("failure") is not None or case.find("error") is not None or case.get("status", "run") != "run":
            failed += 1
        else:
            passed += 1
    for name, reason in skipped:
        print(f"skipped: {name}: {reason}")
    print(f"{passed} passed, {failed} failed" + (f", {len(skipped)} skipped" if skipped else ""))


if __name__ == "__main__":
    main(sys.argv[1])
