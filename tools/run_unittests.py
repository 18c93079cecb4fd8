#!/usr/bin/env python3
"""Runs the Python tests of one folder and ends with the line that ./test counts.

    run_unittests.py FOLDER [NAME...]

NAME picks tests whose full name contains it. Each skipped test is told with its reason.
"""

import pathlib
import sys
import time
import unittest


class TimedResult(unittest.TextTestResult):
    """As unittest prints it, with the seconds of each test behind it, and a count of those that passed."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.passed = 0
        self._began = 0.0

    def startTest(self, test):
        self._began = time.monotonic()
        super().startTest(test)

    def addSuccess(self, test):
        self.passed += 1
        unittest.TestResult.addSuccess(self, test)
        self.stream.writeln(f"ok ({time.monotonic() - self._began:.2f} s)")


def tests_of(suite):
    for entry in suite:
        if isinstance(entry, unittest.TestSuite):
            yield from tests_of(entry)
        else:
            yield entry


def main(arguments):
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    folder, names = pathlib.Path(arguments[0]).resolve(), arguments[1:]
    sys.path.insert(0, str(folder))
    sys.path.insert(0, str(folder.parent))
    found = unittest.defaultTestLoader.discover(str(folder), pattern="test_*.py", top_level_dir=str(folder))
    chosen = unittest.TestSuite(
        test for test in tests_of(found) if not names or any(name in test.id() for name in names)
    )

    runner = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=TimedResult)
    result = runner.run(chosen)
    for test, reason in result.skipped:
        print(f"skipped: {test.id()}: {reason}")
    # A test fails once, however many of its parts did.
    bad = len({getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors})
    bad += len(result.unexpectedSuccesses)
    print(f"{result.passed} passed, {bad} failed" + (f", {len(result.skipped)} skipped" if result.skipped else ""))
    return 1 if bad or not result.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
