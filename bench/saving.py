"""Saving 10,000 nodes in one request, against the same rows inserted raw in one SQLite transaction."""

import json
import shutil
import statistics
import subprocess
import sys
import time

from criptd import API, BUILD, Criptd
from generated import count_of, project
from measuring import SERVER_CORE, copy_database, cpu_seconds, pinned, print_table

NODES = 10_000


def database_of(folder):
    return next(folder.glob("*.db"))


def save_once(folder):
    """A fresh server, one request. Returns the seconds as the client sees them and the server's processor seconds, and
    leaves before.db and after.db in the folder."""
    data = folder / "data"
    data.mkdir(parents=True, mode=0o700)
    with Criptd(data) as server:
        token = server.add_user("ada").token
        server.stop()
        copy_database(database_of(data), folder / "before.db")

    with Criptd(data, wrapper=pinned(SERVER_CORE)) as server:
        body = json.dumps(project(NODES)).encode()
        connection = server.connect()
        used = cpu_seconds(server.process.pid)
        began = time.perf_counter()
        answer = connection.send("POST", f"{API}/project/", body, [("Authorization", token)])
        took = time.perf_counter() - began
        used = cpu_seconds(server.process.pid) - used
        connection.close()
        if answer.status != 200:
            sys.exit(f"the project could not be saved: {answer}")
        root = answer.data["result"][0]["uuid"]
        stored = count_of(server.ask("GET", f"{API}/project/{root}/", token=token).data)
        if stored != NODES:
            sys.exit(f"{stored} nodes were stored instead of {NODES}")
        server.stop()
    copy_database(database_of(data), folder / "after.db")
    return {"ms": took * 1e3, "cpu_ms": used * 1e3, "bytes": len(body)}


def insert_raw(folder):
    """The same rows into a copy of the database as it was before. Returns the milliseconds and what was printed."""
    shutil.copy(folder / "before.db", folder / "target.db")
    command = [BUILD / "bin" / "raw_inserts", folder / "before.db", folder / "after.db", folder / "target.db"]
    done = subprocess.run([*pinned(SERVER_CORE), *command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    printed = done.stdout
    return float(printed.rsplit("milliseconds ", 1)[1]), printed


def measure(scratch, rounds):
    print(f"\nSaving {NODES:,} nodes:", flush=True)
    saves, raws, printed = [], [], ""
    for number in range(rounds):
        print(f"  round {number + 1} of {rounds} …", flush=True)
        folder = scratch / f"save-{number}"
        saves.append(save_once(folder))
        raw, printed = insert_raw(folder)
        raws.append(raw)

    print("  The raw transaction of the last round:")
    for line in printed.splitlines():
        print(f"    {line}")
    save, raw = statistics.median(row["ms"] for row in saves), statistics.median(raws)
    print_table(
        ["one core", "ms", "nodes/s", "ratio"],
        [
            [f"criptd, one POST of {saves[0]['bytes'] / 1e6:.1f} MB", f"{save:,.0f}", f"{NODES / save * 1e3:,.0f}", f"{save / raw:.2f}"],
            ["the same rows, raw", f"{raw:,.0f}", f"{NODES / raw * 1e3:,.0f}", "1.00"],
        ],
    )
    print(f"  criptd's processor time: {statistics.median(row['cpu_ms'] for row in saves):,.0f} ms")
