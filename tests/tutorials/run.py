#!/usr/bin/env python3
"""Runs every fenced block of docs/tutorials.

    run.py [PAGE...]        without pages: all, and then the tests of the runner itself

The programs come from $CRIPTD and $CRIPT, or from the folder bin/ of $CRIPT_BUILD (default build/release), libcript from
the same build.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
BUILD = pathlib.Path(os.environ.get("CRIPT_BUILD", ROOT / "build" / "release")).resolve()
CRIPTD = pathlib.Path(os.environ.get("CRIPTD", BUILD / "bin" / "criptd")).resolve()
CRIPT = pathlib.Path(os.environ.get("CRIPT", BUILD / "bin" / "cript")).resolve()

import criptd  # noqa: E402
import other_platforms  # noqa: E402
from blocks import PageError, blocks_of  # noqa: E402
from page_run import Outcome, Surroundings, run_page  # noqa: E402


def installed_package(folder):
    subprocess.run(
        ["cmake", "--install", BUILD, "--prefix", folder, "--component", "sdk"], check=True, stdout=subprocess.DEVNULL
    )
    return folder


def sanitizer_flags():
    """The archive of a sanitizer build needs its run time."""
    for line in (BUILD / "CMakeCache.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("CRIPT_SANITIZE:") and line.partition("=")[2]:
            return f"-fsanitize={line.partition('=')[2]}"
    return ""


def run_one(page, package):
    """A real server, an account, and the page."""
    blocks = blocks_of(page)
    for block in blocks:
        check = {"zsh": other_platforms.zsh_problem, "powershell": other_platforms.powershell_problem}.get(block.kind)
        if check:
            yield Outcome(block.place, check(block))
    for kind in sorted({block.kind for block in blocks} & {"zsh", "powershell"}):
        if reason := other_platforms.left_unchecked(kind):
            print(f"note: {page.name}: {reason}")
    criptd.PROGRAM = CRIPTD
    with criptd.Criptd() as server, tempfile.TemporaryDirectory(prefix="tutorial-") as folder:
        user = server.add_user("ada")
        programs = list(dict.fromkeys([CRIPT.parent, CRIPTD.parent]))
        surroundings = Surroundings(server.address, server.data, user.token, programs, package, sanitizer_flags())
        yield from run_page(blocks, pathlib.Path(folder), surroundings)


def run_pages(pages):
    """How many outcomes are good and bad; each bad one is told."""
    good, bad = 0, 0
    with tempfile.TemporaryDirectory(prefix="libcript-") as folder:
        package = installed_package(pathlib.Path(folder))
        for page in pages:
            try:
                outcomes = list(run_one(page, package))
            except PageError as error:
                outcomes = [Outcome(page.name, str(error))]
            for outcome in outcomes:
                print(f"{'ok' if outcome.problem is None else 'FAILED'}: {outcome.place}")
                if outcome.problem is not None:
                    print(outcome.problem)
            bad += sum(1 for outcome in outcomes if outcome.problem is not None)
            good += sum(1 for outcome in outcomes if outcome.problem is None)
    return good, bad


def run_own_tests():
    """The tests of this runner: garbage must turn a page red."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "run_unittests.py", pathlib.Path(__file__).parent], stdout=subprocess.PIPE, text=True
    )
    print(done.stdout)
    count = done.stdout.strip().splitlines()[-1].replace(",", "").split()
    return int(count[0]), int(count[2])


def main(arguments):
    pages = [pathlib.Path(argument) for argument in arguments]
    pages = pages or sorted(path for path in (ROOT / "docs" / "tutorials").glob("*.md") if path.name != "README.md")
    good, bad = run_pages(pages)
    if not arguments:
        own_good, own_bad = run_own_tests()
        good, bad = good + own_good, bad + own_bad
    print(f"{good} passed, {bad} failed")
    return 1 if bad or not good else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
