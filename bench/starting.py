"""How long criptd takes from the start of the process to a good /readyz, and what it holds when idle."""

import http.client
import socket
import statistics
import subprocess
import time

from criptd import PROGRAM, Criptd
from measuring import free_port, memory_kib, print_table, private_kib


def start_once(data):
    """Seconds to the first good answer of /readyz."""
    port = free_port()
    began = time.perf_counter()
    command = [PROGRAM, "serve", "--data", data, "--listen", f"127.0.0.1:{port}", "--metrics", "127.0.0.1:0"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not is_ready(port):
            if process.poll() is not None:
                raise SystemExit("criptd ended instead of starting")
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()


def is_ready(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException, socket.timeout):
        return False
    finally:
        connection.close()


def measure(rounds):
    print("\nStarting:", flush=True)
    with Criptd() as server:
        server.add_user("ada")
        server.restart()
        resident, private = memory_kib(server.process.pid), private_kib(server.process.pid)
        server.stop()
        seconds = statistics.median(start_once(server.data) for _ in range(rounds))
    print_table(
        ["criptd", "start to /readyz, ms", "idle, resident MB", "idle, private MB"],
        [["an account, no nodes", f"{seconds * 1e3:.0f}", f"{resident / 1024:.1f}", f"{private / 1024:.1f}"]],
    )
