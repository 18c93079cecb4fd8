"""The fenced blocks of a Markdown page."""

import dataclasses
import pathlib
import re

# What a block may be, and what becomes of it.
KINDS = {
    "bash": "runs",
    "output": "is what the bash block before it prints; … stands for anything on its line",
    "cpp": "is a part of the page's program",
    "cmake": "is the CMakeLists.txt of the page's program",
    "zsh": "is for macOS: its syntax is checked",
    "powershell": "is for Windows: its syntax is checked",
}


class PageError(Exception):
    """The page itself is wrong."""


@dataclasses.dataclass(frozen=True)
class Block:
    page: str
    line: int  # of its first line inside
    kind: str
    text: str

    @property
    def place(self):
        return f"{self.page}:{self.line}"


def blocks_of(path):
    """All fenced blocks in order. Raises PageError for one of an unknown kind, without a kind, or without an end."""
    path = pathlib.Path(path)
    found, kind, begin, lines = [], None, 0, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fence = re.match(r"\s*(```+|~~~+)\s*(.*)$", line)
        if kind is None and fence:
            kind, begin, lines = fence.group(2).strip(), number + 1, []
            if kind not in KINDS:
                raise PageError(f"{path.name}:{number}: a block of kind '{kind}' is none that is run ({', '.join(KINDS)})")
        elif kind is not None and fence:
            found.append(Block(path.name, begin, kind, "\n".join(lines) + "\n"))
            kind = None
        elif kind is not None:
            lines.append(line)
    if kind is not None:
        raise PageError(f"{path.name}:{begin}: a block without an end")
    for before, block in zip([None, *found], found):
        if block.kind == "output" and (before is None or before.kind != "bash"):
            raise PageError(f"{block.place}: an output block must follow what prints it")
    return found
