"""Runs one page: its program, and its shell blocks in order in one shell."""

import dataclasses
import os
import pathlib
import re
import secrets
import subprocess

TIMEOUT_SECONDS = 600


@dataclasses.dataclass
class Surroundings:
    """What the pages speak of, and what it is in this run."""

    address: str  # HOST:PORT of the server; the pages write cript.example.org
    data: pathlib.Path  # of the server; the pages write /var/lib/cript
    token: str  # what a person would paste
    programs: list[pathlib.Path]  # folders of criptd and cript
    package: pathlib.Path  # where libcript is installed
    flags: str = ""  # for the compiler, as the package was built

    def applied_to(self, text):
        return text.replace("cript.example.org", self.address).replace("/var/lib/cript", str(self.data))

    def environment(self, home):
        return {
            "PATH": os.pathsep.join([*map(str, self.programs), os.environ["PATH"]]),
            "HOME": str(home),
            "USER": "ada",
            "LANG": "C.UTF-8",
            "CMAKE_PREFIX_PATH": str(self.package),
            "CXXFLAGS": self.flags,
        }


@dataclasses.dataclass
class Outcome:
    place: str
    problem: str | None


def program_of(blocks, kind):
    """The blocks of a kind as one file, whose lines know where they come from."""
    parts = []
    for block in blocks:
        if block.kind == kind:
            origin = f'#line {block.line} "{block.page}"\n' if kind == "cpp" else ""
            parts.append(origin + block.text)
    return "".join(parts)


def matches(expected, printed):
    """Line by line; … stands for anything."""
    pattern = r"\n".join(".*".join(map(re.escape, line.split("…"))) for line in expected.rstrip("\n").split("\n"))
    return re.fullmatch(pattern, printed.rstrip("\n")) is not None


def script_of(blocks, mark):
    """One script that tells on its own lines where each block begins and ends, and stops at the first that fails."""
    lines = ["set -e -o pipefail"]
    for number, block in enumerate(blocks):
        lines += [f"printf '\\n{mark} %s\\n' {number}", block.text.rstrip("\n"), f"printf '\\n{mark} done\\n'"]
    return "\n".join(lines) + "\n"


def parts_of(output, mark):
    """What each block printed, and whether it came to its end."""
    parts = re.split(rf"\n{mark} (\d+)\n", output)
    result = {}
    for number, text in zip(parts[1::2], parts[2::2]):
        printed, end, _ = text.partition(f"\n{mark} done\n")
        result[int(number)] = (printed, bool(end))
    return result


def run_shell(blocks, folder, surroundings):
    shell_blocks = [block for block in blocks if block.kind == "bash"]
    if not shell_blocks:
        return
    mark = f"@@{secrets.token_hex(8)}"
    script = folder / "page.sh"
    script.write_text(surroundings.applied_to(script_of(shell_blocks, mark)), encoding="utf-8")
    home = folder / "home"
    home.mkdir()
    done = subprocess.run(
        ["bash", script],
        cwd=folder,
        env=surroundings.environment(home),
        input=(surroundings.token + "\n") * 10,  # for whatever asks to paste it
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=TIMEOUT_SECONDS,
    )
    parts = parts_of(done.stdout, mark)
    log = folder / "build.log"
    for number, block in enumerate(shell_blocks):
        printed, ended = parts.get(number, ("", False))
        if not ended:
            told = printed + (log.read_text(encoding="utf-8") if log.exists() else "")
            yield Outcome(block.place, f"did not come to its end (exit status {done.returncode}):\n{told}")
            return
        expected = next_output(blocks, block)
        if expected is not None and not matches(surroundings.applied_to(expected.text), printed):
            yield Outcome(expected.place, f"the page says:\n{expected.text}but this came:\n{printed}")
        elif re.search(r"^.*: command not found$|\bsyntax error\b", printed, re.M):
            yield Outcome(block.place, f"the shell complains:\n{printed}")
        elif surroundings.token.removeprefix("Token ") in printed:
            yield Outcome(block.place, "prints the token")
        else:
            yield Outcome(block.place, None)


def next_output(blocks, block):
    at = blocks.index(block)
    return blocks[at + 1] if at + 1 < len(blocks) and blocks[at + 1].kind == "output" else None


def run_page(blocks, folder, surroundings):
    """An outcome for each block that runs. The C++ blocks count with the shell block that builds them, so a page with
    a program must have one."""
    program, build = program_of(blocks, "cpp"), program_of(blocks, "cmake")
    page = blocks[0].page.removesuffix(".md")
    if program:
        (folder / f"{page}.cpp").write_text(surroundings.applied_to(program), encoding="utf-8")
    if build:
        (folder / "CMakeLists.txt").write_text(build, encoding="utf-8")
    if program and f"{page}.cpp" not in build:
        yield Outcome(blocks[0].page, f"its program {page}.cpp is not built by a cmake block")
    if program and not any(block.kind == "bash" and "cmake --build" in block.text for block in blocks):
        yield Outcome(blocks[0].page, "its program is not built by a bash block")
    yield from run_shell(blocks, folder, surroundings)
