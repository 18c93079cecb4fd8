"""A trace of system calls: between a save's request and its acknowledgement, the write-ahead log reaches the disk."""

import pathlib
import re
import tempfile
import unittest

import documents
from criptd import API, Criptd

CALLS = "fsync,fdatasync,read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg"


def events_of(trace):
    """('request' | 'synced' | 'acknowledged', line) in the order in which the calls returned (requests, syncs) or were
    made (acknowledgements: the client may know as soon as the call begins)."""
    pending = {}
    for line in trace.read_text(errors="replace").split("\n"):
        found = re.match(r"(\d+)\s+(.*)", line)
        if not found:
            continue
        thread, call = found.groups()
        if call.endswith("<unfinished ...>"):
            begun = call.removesuffix("<unfinished ...>")
            pending[thread] = begun
            if begun.startswith(("write", "send")) and "HTTP/1.1 200" in begun:
                yield "acknowledged", line
            continue
        resumed = re.match(r"<\.\.\. (\w+) resumed>(.*)", call)
        was_split = resumed is not None
        if was_split:
            call = pending.pop(thread, resumed.group(1) + "(") + resumed.group(2)
        if re.match(r"f(data)?sync\(\d+<[^>]*-wal>\)\s+= 0", call):
            yield "synced", line
        elif call.startswith(("read", "recv")) and "POST /api/v1/project" in call:
            yield "request", line
        elif call.startswith(("write", "send")) and "HTTP/1.1 200" in call and not was_split:
            yield "acknowledged", line


class Acknowledgement(unittest.TestCase):
    def test_each_one_is_preceded_by_a_sync_of_the_log(self):
        saves = 25
        with tempfile.TemporaryDirectory(prefix="trace-") as scratch:
            trace = pathlib.Path(scratch) / "trace"
            # -D keeps criptd our own child, so that it can be signalled; -y shows the path of a descriptor.
            wrapper = ["strace", "-D", "-f", "-y", "-s", "64", "-e", f"trace={CALLS}", "-o", trace]
            with Criptd(wrapper=wrapper) as server:
                user = server.add_user("ada")
                connection = server.connect()
                header = [("Authorization", user.token)]
                for _ in range(saves):
                    answer = connection.send("POST", f"{API}/project/", documents.project(), header)
                    self.assertEqual(answer.status, 200, answer)
                server.stop()

            events = list(events_of(trace))
        first = next((i for i, (kind, _) in enumerate(events) if kind == "request"), None)
        self.assertIsNotNone(first, "no request in the trace")
        counted, synced = 0, None
        for kind, line in events[first:]:
            if kind == "request":
                self.assertIsNone(synced, f"a request before the last was answered: {line}")
                synced = False
            elif kind == "synced" and synced is not None:
                synced = True
            elif kind == "acknowledged" and synced is not None:
                self.assertTrue(synced, f"acknowledged before the log was synced: {line}")
                counted, synced = counted + 1, None
        self.assertEqual(counted, saves)
