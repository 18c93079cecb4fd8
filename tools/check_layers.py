#!/usr/bin/env python3
"""Holds the code to the arrows of docs/reference/architecture.md.

    check_layers.py [--root DIR]     prints each violation as path:line: sentence; exit status 1 if there is one
    check_layers.py --self-test      plants violations in a copy of the tree and shows that each is caught

Compared with the two tables of that page: the folders under src/, the USES of every cript_layer() in src/CMakeLists.txt,
and every #include below src/ and include/.
"""

import argparse
import dataclasses
import pathlib
import re
import shutil
import sys
import tempfile

TABLES = "docs/reference/architecture.md"
LINKS = "src/CMakeLists.txt"
SOURCES = {".hpp", ".cpp", ".h", ".c"}

# Headers of the system that carry ".h" or a folder; those of the C++ standard library carry neither.
SYSTEM_FOLDERS = ("sys/", "arpa/", "netinet/", "net/", "linux/")
SYSTEM_HEADERS = {
    "cxxabi.h", "dirent.h", "errno.h", "execinfo.h", "fcntl.h", "grp.h", "netdb.h", "poll.h", "pwd.h", "signal.h",
    "locale.h", "spawn.h", "termios.h", "unistd.h", "wctype.h",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Violation:
    path: str
    line: int
    sentence: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclasses.dataclass(frozen=True)
class House:
    """What the page allows."""

    arrows: dict[str, list[str]]  # folder → the folders it names
    libraries: dict[str, list[str]]  # header or prefix ending in "/" → folders (or "everywhere")

    def reachable(self, folder):
        """The folder, those it names, and whatever those may use."""
        seen, open_ones = {folder}, list(self.arrows.get(folder, []))
        while open_ones:
            name = open_ones.pop()
            if name not in seen:
                seen.add(name)
                open_ones += self.arrows.get(name, [])
        return seen

    def library_of(self, header):
        return next(
            (name for name in self.libraries if header == name or (name.endswith("/") and header.startswith(name))),
            None,
        )


def table(text, name):
    """The rows of the Markdown table between `<!-- NAME: begin -->` and `end`, without its head, as lists of cells."""
    block = re.search(rf"<!-- {name}: begin -->\n(.*?)<!-- {name}: end -->", text, re.S)
    if not block:
        sys.exit(f"{TABLES}: no table '{name}'")
    rows = [line.strip("|").split("|") for line in block.group(1).strip().split("\n")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def words(cell):
    return [word.strip("` ") for word in cell.split(",") if word.strip("` –")]


def read_house(root):
    text = (root / TABLES).read_text(encoding="utf-8")
    arrows = {row[0].strip("`"): words(row[2]) for row in table(text, "arrows")}
    libraries = {name: words(row[1]) for row in table(text, "libraries") for name in words(row[0])}
    return House(arrows, libraries)


def check_table(house):
    for folder, used in house.arrows.items():
        for name in used:
            if name not in house.arrows:
                yield Violation(TABLES, 1, f"'{folder}' may use '{name}', which has no row")
            elif folder in house.reachable(name):
                yield Violation(TABLES, 1, f"'{folder}' → '{name}' closes a circle")


def check_folders(root, house):
    """Every folder has a row and opens with a README.md."""
    for folder in sorted(path for path in (root / "src").iterdir() if path.is_dir()):
        name = f"src/{folder.name}"
        if folder.name not in house.arrows:
            yield Violation(name, 1, f"a folder without a row in {TABLES}")
        if not (folder / "README.md").is_file():
            yield Violation(name, 1, "a folder under src/ opens with a README.md")


def check_links(root, house):
    """The link lists are exactly the rows of the table."""
    text = (root / LINKS).read_text(encoding="utf-8")
    linked = {}
    for call in re.finditer(r"cript_layer\(\s*(\w+)([^)]*)\)", text):
        line = text.count("\n", 0, call.start()) + 1
        uses = re.search(r"USES\s+((?:(?!LINKS\b)\w+\s*)+)", call.group(2))
        linked[call.group(1)] = (line, uses.group(1).split() if uses else [])
        disguised = (name for name in re.findall(r"\bcript_(\w+)", call.group(2)) if name in house.arrows)
        for name in disguised:
            yield Violation(LINKS, line, f"'{call.group(1)}' links '{name}' under LINKS; folders stand under USES")

    for folder, (line, uses) in linked.items():
        if folder not in house.arrows:
            yield Violation(LINKS, line, f"'{folder}' has no row in {TABLES}")
            continue
        for name in sorted(set(uses) - set(house.arrows[folder])):
            yield Violation(LINKS, line, f"'{folder}' links '{name}', which its row does not name")
        for name in sorted(set(house.arrows[folder]) - set(uses)):
            yield Violation(LINKS, line, f"'{folder}' does not link '{name}', which its row names")
    for folder in house.arrows.keys() - linked.keys():
        yield Violation(LINKS, 1, f"no cript_layer({folder} …)")

    # Targets of the project may be tied together by cript_layer() only.
    for tie in re.finditer(r"target_link_libraries\(\s*(cript_\w+)", text):
        line = text.count("\n", 0, tie.start()) + 1
        yield Violation(LINKS, line, f"'{tie.group(1)}' gets its links from cript_layer(), not from target_link_libraries()")


def is_system(header):
    return ("/" not in header and "." not in header) or header.startswith(SYSTEM_FOLDERS) or header in SYSTEM_HEADERS


def includes_of(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        found = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if found:
            yield number, found.group(1) == '"', found.group(2)


def sources_below(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in SOURCES) if folder.is_dir() else []


def check_src_includes(root, house):
    for path in sources_below(root / "src"):
        where = path.relative_to(root)
        folder, inner = where.parts[1], "/".join(where.parts[1:-1])
        allowed = house.reachable(folder)
        for line, quoted, header in includes_of(path):
            first = header.split("/")[0]
            if first == "cript":
                if folder not in ("client", "cli"):
                    yield Violation(str(where), line, f"<{header}> is libcript's: only client and cli include it")
            elif quoted:
                if "/" not in header or first not in house.arrows:
                    yield Violation(str(where), line, f'"{header}" does not name a folder under src/')
                elif first not in allowed:
                    yield Violation(str(where), line, f"'{folder}' may not use '{first}' (\"{header}\")")
            elif not is_system(header):
                yield from check_library(house, where, line, header, inner)


def check_library(house, where, line, header, inner):
    library = house.library_of(header)
    if library is None:
        yield Violation(str(where), line, f"<{header}> belongs to no library of {TABLES}")
        return
    seen_in = house.libraries[library]
    if "everywhere" not in seen_in and not any(inner == name or inner.startswith(name + "/") for name in seen_in):
        yield Violation(str(where), line, f"<{header}> is seen only in {', '.join(seen_in)}")


def check_public_includes(root):
    """Whoever uses libcript needs libcript and a standard library, nothing else."""
    for path in sources_below(root / "include"):
        for line, _, header in includes_of(path):
            if not header.startswith("cript/") and not is_system(header):
                yield Violation(str(path.relative_to(root)), line, f"a public header may not include '{header}'")


def violations_of(root):
    house = read_house(root)
    return [
        *check_table(house),
        *check_folders(root, house),
        *check_links(root, house),
        *check_src_includes(root, house),
        *check_public_includes(root),
    ]


def plant_line(path, line):
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{line}\n{old}", encoding="utf-8")


def plant_replacement(path, old, new):
    text = path.read_text(encoding="utf-8")
    if old not in text:
        sys.exit(f"self-test: '{old}' does not stand in {path}")
    path.write_text(text.replace(old, new), encoding="utf-8")


# What is planted, and the beginning of the violation that must be found (and no other).
PLANTS = [
    (
        "a lower floor includes a higher one",
        lambda root: plant_line(root / "src/model/planted.hpp", '#include "store/store.hpp"'),
        "src/model/planted.hpp:1: 'model' may not use 'store'",
    ),
    (
        "a floor includes its neighbour",
        lambda root: plant_line(root / "src/http/planted.cpp", '#include "account/token.hpp"'),
        "src/http/planted.cpp:1: 'http' may not use 'account'",
    ),
    (
        "a lower floor links a higher one",
        lambda root: plant_replacement(root / LINKS, "cript_layer(model USES base", "cript_layer(model USES base store"),
        f"{LINKS}:",
    ),
    (
        "an arrow is cut in the build but not on the page",
        lambda root: plant_replacement(root / LINKS, "cript_layer(api USES service http", "cript_layer(api USES service"),
        f"{LINKS}:",
    ),
    (
        "an arrow disguised as a library",
        lambda root: plant_replacement(root / LINKS, "cript_layer(base LINKS", "cript_layer(base LINKS cript_model"),
        f"{LINKS}:2: 'base' links 'model' under LINKS",
    ),
    (
        "a link beside cript_layer()",
        lambda root: plant_line(root / LINKS, "target_link_libraries(cript_base PUBLIC cript_store)"),
        f"{LINKS}:1:",
    ),
    (
        "Beast outside http",
        lambda root: plant_line(root / "src/api/planted.cpp", "#include <boost/beast/http.hpp>"),
        "src/api/planted.cpp:1: <boost/beast/http.hpp> is seen only in http",
    ),
    (
        "SQLite outside its back end",
        lambda root: plant_line(root / "src/store/planted.hpp", "#include <sqlite3.h>"),
        "src/store/planted.hpp:1: <sqlite3.h> is seen only in store/sqlite",
    ),
    (
        "a library that nobody agreed on",
        lambda root: plant_line(root / "src/base/planted.hpp", "#include <yaml-cpp/yaml.h>"),
        "src/base/planted.hpp:1: <yaml-cpp/yaml.h> belongs to no library",
    ),
    (
        "an include without its folder",
        lambda root: plant_line(root / "src/base/planted.hpp", '#include "result.hpp"'),
        'src/base/planted.hpp:1: "result.hpp" does not name a folder',
    ),
    (
        "a public header that needs a private library",
        lambda root: plant_line(root / "include/cript/planted.hpp", "#include <fmt/format.h>"),
        "include/cript/planted.hpp:1: a public header may not include",
    ),
    (
        "a folder nobody described",
        lambda root: plant_line(root / "src/planted/planted.cpp", "#include <vector>"),
        "src/planted:1:",
    ),
    (
        "a circle on the page",
        lambda root: plant_replacement(root / TABLES, "logging, seams for clock and randomness | – |", "logging | crypto |"),
        TABLES,
    ),
]


def self_test(root):
    missed = 0
    with tempfile.TemporaryDirectory(prefix="layers-") as scratch:
        for number, (title, plant, expected) in enumerate(PLANTS):
            copy = pathlib.Path(scratch) / str(number)
            for part in ("src", "include", "docs/reference"):
                if (root / part).is_dir():
                    shutil.copytree(root / part, copy / part)
            before = {str(violation) for violation in violations_of(copy)}
            plant(copy)
            found = [str(violation) for violation in violations_of(copy) if str(violation) not in before]
            caught = any(violation.startswith(expected) for violation in found)
            missed += not caught
            print(f"{'caught' if caught else 'MISSED'}: {title}")
            for violation in found:
                print(f"    {violation}")
    return 1 if missed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--self-test", action="store_true")
    arguments = parser.parse_args()
    if arguments.self_test:
        return self_test(arguments.root)

    found = violations_of(arguments.root)
    for violation in found:
        print(violation)
    print(f"{len(found)} violations" if found else "The layers keep to their arrows.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
