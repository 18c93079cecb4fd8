"""Pinning, processor time, the load generator, medians: what every part of bench/run measures with."""

import os
import pathlib
import socket
import sqlite3
import statistics
import subprocess
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
# The last two cores of this machine: one serves, one asks.
SERVER_CORE, CLIENT_CORE = sorted(os.sched_getaffinity(0))[-2:] if len(os.sched_getaffinity(0)) > 1 else (0, 0)


def pinned(core):
    """To be put before a command."""
    return ["taskset", "-c", str(core)]


def processes_of(pid):
    """The process and all that descend from it."""
    found = [pid]
    for parent in found:
        children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        found += map(int, children)
    return found


def cpu_seconds(pid):
    """Processor time, user and system, of a process and its descendants so far."""
    ticks = 0
    for process in processes_of(pid):
        fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS_PER_SECOND


def memory_kib(pid, what="VmRSS"):
    """A row of /proc/PID/status."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().split("\n"):
        if line.startswith(what + ":"):
            return int(line.split()[1])
    return None


def private_kib(pid):
    """Memory that is the process's alone, its descendants included."""
    return sum(
        int(row.split()[1])
        for process in processes_of(pid)
        for row in pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().split("\n")
        if row.startswith("Private_")
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def copy_database(source, target):
    """Page by page, with what is still in the write-ahead log."""
    with sqlite3.connect(source) as read, sqlite3.connect(target) as written:
        read.backup(written)
    read.close()
    written.close()


def wait_for(url, headers=(), seconds=30):
    """Until a GET is answered 200. Returns the body."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=dict(headers)), timeout=5) as answer:
                return answer.read()
        except OSError as error:
            if time.monotonic() > deadline:
                raise SystemExit(f"{url} does not answer 200: {error}") from error
            time.sleep(0.02)


def load(base, uuid_file, authorization, pid, seconds, connections=64):
    """One round of wrk: requests a second, microseconds of the server's processor time a request, latencies."""
    before = cpu_seconds(pid)
    command = [*pinned(CLIENT_CORE), "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", HERE / "random_nodes.lua"]
    done = subprocess.run([*command, base, "--", uuid_file, authorization], capture_output=True, text=True, check=True)
    used = cpu_seconds(pid) - before
    values = dict(line.split() for line in done.stdout.splitlines() if len(line.split()) == 2 and line.split()[1].isdigit())
    requests = int(values["requests"])
    if int(values["bad"]) or not requests:
        raise SystemExit(f"{base}: {values['bad']} bad answers of {requests}:\n{done.stdout}")
    return {
        "requests/s": requests / (int(values["microseconds"]) / 1e6),
        "cpu_us": used / requests * 1e6,
        "p50_ms": int(values["p50"]) / 1e3,
        "p99_ms": int(values["p99"]) / 1e3,
    }


def medians(rounds):
    """The median of each figure over rounds of figures."""
    return {name: statistics.median(figures[name] for figures in rounds) for name in rounds[0]}


def print_table(head, rows):
    """Aligned columns, the first to the left."""
    cells = [head, *rows]
    widths = [max(len(str(row[column])) for row in cells) for column in range(len(head))]
    for row in cells:
        print("  " + "  ".join(str(cell).ljust(w) if i == 0 else str(cell).rjust(w) for i, (cell, w) in enumerate(zip(row, widths))))
