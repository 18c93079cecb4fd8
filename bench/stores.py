"""SQLite and PostgreSQL side by side: saving a graph, reading it back, and reading one node."""

import contextlib
import os
import statistics
import subprocess
import sys
import time

import criptd
from criptd import API, BUILD, Criptd
from fixture import postgres
from generated import count_of, project
from measuring import print_table

SIZES = (1_000, 10_000, 100_000)
POINT_READS = 2_000


def timed(action):
    began = time.perf_counter()
    answer = action()
    return answer, (time.perf_counter() - began) * 1e3


def measure_graph(server, connection, headers, nodes):
    """Milliseconds of one save and of one read of the same graph."""
    document = project(nodes)
    saved, save = timed(lambda: connection.send("POST", f"{API}/project/", document, headers))
    if saved.status != 200:
        sys.exit(f"the project could not be saved: {saved}")
    path = f"{API}/project/{saved.data['result'][0]['uuid']}/"
    answer, read = timed(lambda: connection.send("GET", path, None, headers))
    if count_of(answer.data) != nodes:
        sys.exit(f"{count_of(answer.data)} nodes were read instead of {nodes}")
    return save, read


def measure_points(connection, headers):
    """Median milliseconds of a read of one node without children, one after the other."""
    document = {"node": ["Project"], "name": "points", "material": [{"node": ["Material"], "name": "toluene", "smiles": "C"}]}
    saved = connection.send("POST", f"{API}/project/", document, headers)
    stored = connection.send("GET", f"{API}/project/{saved.data['result'][0]['uuid']}/", None, headers).data[0]
    path = f"{API}/material/{stored['material'][0]['uuid']}/"
    times = []
    for _ in range(POINT_READS):
        answer, took = timed(lambda: connection.send("GET", path, None, headers))
        assert answer.status == 200, answer
        times.append(took)
    return statistics.median(times)


def measure_store(rounds):
    figures = {}
    for _ in range(rounds):
        with Criptd() as server:
            headers = [("Authorization", server.add_user("ada").token)]
            connection = server.connect()
            for nodes in SIZES:
                save, read = measure_graph(server, connection, headers, nodes)
                figures.setdefault(f"save {nodes:,} nodes", []).append(save)
                figures.setdefault(f"read {nodes:,} nodes", []).append(read)
            figures.setdefault("read one node", []).append(measure_points(connection, headers))
            connection.close()
    return {name: statistics.median(values) for name, values in figures.items()}


@contextlib.contextmanager
def store(kind):
    criptd.STORE = kind
    yield
    criptd.STORE = "sqlite"


def measure_bare_reads():
    """One row through the store beside a bare round trip of libpq for it, in pairs."""
    done = subprocess.run([BUILD / "bin" / "micro_postgres_read"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"micro_postgres_read: {done.stderr}")
    return dict(line.split() for line in done.stdout.splitlines())


def measure(rounds):
    print("\nBoth stores, as a client sees them:", flush=True)
    found = {}
    with postgres.Cluster() as cluster:
        os.environ[postgres.VARIABLE] = cluster.url()
        for kind in ("sqlite", "postgres"):
            with store(kind):
                found[kind] = measure_store(rounds)
        bare = measure_bare_reads()
    print_table(
        ["milliseconds", "SQLite", "PostgreSQL", "ratio"],
        [
            [name, f"{lite:,.2f}", f"{found['postgres'][name]:,.2f}", f"{found['postgres'][name] / lite:.2f}"]
            for name, lite in found["sqlite"].items()
        ],
    )
    print("\nMicroseconds a node, which should not grow with the graph:", flush=True)
    print_table(
        ["nodes", "SQLite save", "SQLite read", "PostgreSQL save", "PostgreSQL read"],
        [
            [f"{nodes:,}"]
            + [f"{found[kind][f'{what} {nodes:,} nodes'] * 1e3 / nodes:.1f}" for kind in ("sqlite", "postgres") for what in ("save", "read")]
            for nodes in SIZES
        ],
    )
    print(
        f"\nOne row through the PostgreSQL store {bare['store_us']} µs, by bare libpq {bare['bare_us']} µs: ratio {bare['ratio']}"
        f" ({bare['ratio_least']} to {bare['ratio_most']} over 21 blocks of 1,000 pairs)"
    )
