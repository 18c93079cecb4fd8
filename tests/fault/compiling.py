"""Compiles the small C programs beside the tests, once, into build/fault."""

import pathlib
import subprocess

from criptd import ROOT

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = ROOT / "build" / "fault"


def compile_c(source, output, *options):
    """The path of the program or library; built anew only when the source is newer."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    target = OUTPUT / output
    if not target.exists() or target.stat().st_mtime < (HERE / source).stat().st_mtime:
        subprocess.run(
            ["cc", "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", *options, "-o", target, HERE / source], check=True
        )
    return target
