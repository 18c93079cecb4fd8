"""An authenticated GET of a node without children, picked at random among at least 100,000: criptd, DRF, bare Beast."""

import contextlib
import os
import pathlib
import random
import shutil
import subprocess
import sys

from criptd import API, BUILD, Criptd
from generated import plain_materials
from measuring import HERE, SERVER_CORE, copy_database, free_port, load, medians, memory_kib, pinned, print_table, private_kib, wait_for

NODES, AT_ONCE = 100_000, 10_000
PYTHON = "/usr/bin/python3"  # Debian's, whose packages Django and DRF are


def fill(server, token):
    """Saves the nodes and returns their UUIDs."""
    uuids = []
    while len(uuids) < NODES:
        document = plain_materials(AT_ONCE)
        answer = server.ask("POST", f"{API}/project/", document, token=token)
        if answer.status != 200:
            sys.exit(f"the nodes could not be saved: {answer}")
        uuids += [material["uuid"] for material in document["material"]]
    return uuids


@contextlib.contextmanager
def running(command, folder, **environment):
    """A server in its own process group, ended with the block."""
    process = subprocess.Popen(
        [*pinned(SERVER_CORE), *command],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def prepare_peer(database, token):
    """Django's own tables in the copy, one user, and the same token as criptd's."""
    environment = {**os.environ, "PEER_DATABASE": str(database), "DJANGO_SETTINGS_MODULE": "peer.settings"}
    program = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "from django.contrib.auth.models import User\n"
        "from rest_framework.authtoken.models import Token\n"
        f"Token.objects.create(key='{token.removeprefix('Token ')}', user=User.objects.create_user('ada'))\n"
    )
    subprocess.run([PYTHON, "-c", program], cwd=HERE / "drf", env=environment, check=True)


def measure(scratch, rounds, seconds):
    missing = [name for name in ("wrk", "gunicorn") if not shutil.which(name)]
    if missing or subprocess.run([PYTHON, "-c", "import rest_framework"], capture_output=True).returncode:
        sys.exit("The peers are missing: apt-get install wrk gunicorn python3-djangorestframework")

    data = scratch / "criptd"
    data.mkdir(mode=0o700)
    print(f"\nReading one node among {NODES:,}: filling the database …", flush=True)
    with Criptd(data) as server:
        token = server.add_user("ada").token
        uuids = fill(server, token)
        server.stop()
    uuid_file = scratch / "uuids"
    uuid_file.write_text("\n".join(random.Random(7).sample(uuids, 20_000)) + "\n")
    database = scratch / "peer.db"
    copy_database(next(data.glob("*.db")), database)
    prepare_peer(database, token)

    with contextlib.ExitStack() as stack:
        servers = {}
        criptd = stack.enter_context(Criptd(data, wrapper=pinned(SERVER_CORE)))
        servers["criptd"] = (f"http://{criptd.address}", criptd.process.pid)

        port = free_port()
        command = ["gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", "peer.wsgi"]
        gunicorn = stack.enter_context(running(command, HERE / "drf", PEER_DATABASE=str(database)))
        servers["Django REST Framework, gunicorn × 2"] = (f"http://127.0.0.1:{port}", gunicorn.pid)

        bare = BUILD / "bin" / "bare_beast"
        if bare.exists():
            port = free_port()
            beast = stack.enter_context(running([bare, str(port)], scratch))
            servers["bare Beast responder"] = (f"http://127.0.0.1:{port}", beast.pid)
        else:
            print(f"  {bare} is not built: measured without it")

        sizes = {}
        for name, (base, _) in servers.items():
            sizes[name] = len(wait_for(f"{base}{API}/material/{uuids[0]}/", [("Authorization", token)]))
        results = {name: [] for name in servers}
        for number in range(rounds):
            print(f"  round {number + 1} of {rounds} …", flush=True)
            for name, (base, pid) in servers.items():
                results[name].append(load(base, uuid_file, token, pid, seconds))
        memory = {name: (memory_kib(pid), private_kib(pid)) for name, (_, pid) in servers.items()}
    report({name: medians(figures) for name, figures in results.items()}, sizes, memory)


def report(figures, sizes, memory):
    own = figures["criptd"]
    print_table(
        ["64 connections, one core", "requests/s", "CPU µs/request", "p50 ms", "p99 ms", "answer bytes", "private MB", "criptd is"],
        [
            [
                name,
                f"{row['requests/s']:,.0f}",
                f"{row['cpu_us']:,.1f}",
                f"{row['p50_ms']:.2f}",
                f"{row['p99_ms']:.2f}",
                sizes[name],
                f"{memory[name][1] / 1024:.1f}",
                "" if row is own else f"{row['cpu_us'] / own['cpu_us']:.2f} × as cheap",
            ]
            for name, row in figures.items()
        ],
    )
