"""An instance moves from SQLite to PostgreSQL and back: with 100,000 nodes and 100 accounts, shot at several points on the
way. What arrives is compared row by row by other means than the program's own."""

import fcntl
import os
import re
import select
import signal
import sqlite3
import subprocess
import threading
import unittest
import uuid

import documents
from criptd import API, PATIENCE_SECONDS, PROGRAM, Criptd
from fixture import postgres

ACCOUNTS = 100
PROJECTS, MATERIALS = 20, 2_499  # each material with a property, and the project itself: 4,999 nodes
SHOTS = ["reading", "copying 0 %", "copying 35 %", "copying 70 %", "copying 95 %", "checking 50 %"]
LEFT_OUT = {"setup_link", "sqlite_sequence", "index_version"}


def big_project():
    materials = [
        documents.material(f"polymer {number}", smiles="C" * (1 + number % 30), property=[documents.density(1 + number / 1000)])
        for number in range(MATERIALS)
    ]
    return {"node": ["Project"], "uuid": str(uuid.uuid4()), "name": f"project {uuid.uuid4()}", "material": materials}


class Migration:
    """`criptd migrate`, and what it prints. It tells its progress into a pipe of packets (pipe(2), O_DIRECT) with room for
    one, and so never gets further than to the line after the one that was read here."""

    def __init__(self, server, to):
        self._told, telling = os.pipe2(os.O_DIRECT | os.O_CLOEXEC)
        fcntl.fcntl(telling, fcntl.F_SETPIPE_SZ, 4096)
        self.process = subprocess.Popen(
            [PROGRAM, "migrate", "--data", server.data, "--to", to],
            env=server._environment, stdout=subprocess.PIPE, stderr=telling, text=True,
        )  # fmt: skip
        os.close(telling)

    def lines(self):
        while True:
            ready, _, _ = select.select([self._told], [], [], 10 * PATIENCE_SECONDS)
            assert ready, "it hangs"
            printed = os.read(self._told, 65536).decode()
            if not printed:
                return
            yield printed

    def shoot_at(self, line):
        """Kills it when it prints a line that begins so. As end()."""
        printed = []
        for printed_line in self.lines():
            printed.append(printed_line)
            if printed_line.startswith(line):
                self.process.send_signal(signal.SIGKILL)
                break
        return self.end(printed)

    def end(self, printed=()):
        """Its exit status and what it printed on both streams."""
        errors = "".join([*printed, *self.lines()])
        os.close(self._told)
        out, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, out, errors


def tables_of(file):
    """Every row of every table of an SQLite database, with node types and link fields by their names."""
    database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    names = [name for (name,) in database.execute("select name from sqlite_schema where type = 'table' order by name")]
    tables = {}
    for name in names:
        if name in LEFT_OUT or name.startswith("node_name"):
            continue
        tables[name] = sorted(database.execute(f"select * from {name}").fetchall(), key=repr)
    tables["sequences"] = sorted(database.execute("select * from sqlite_sequence where name in ('node', 'audit')"))
    tables["names found"] = database.execute("select count(*) from node_name where node_name match '\"polymer 24\"'").fetchall()
    database.close()
    return tables


class Moved(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = postgres.Cluster().start()
        cls.addClassCleanup(cls.cluster.remove)
        cls.server = Criptd(environment={"CRIPTD_STORE_URL": ""})
        cls.addClassCleanup(cls.server.remove)
        cls.server.start()
        cls.server.add_user("u0", admin=True)
        cls.fill()
        cls.server.stop()
        cls.original = tables_of(cls.server.data / "cript.db")

    @classmethod
    def fill(cls):
        names = [f"u{number}" for number in range(1, ACCOUNTS)]
        threads = [threading.Thread(target=cls.add_users, args=(names[part::4],)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        cls.tokens = {name: cls.server.token_of(name) for name in ["u0", *names]}
        cls.retired = cls.tokens["u1"]
        cls.tokens["u1"] = cls.server.regenerate_token_of("u1")
        cls.projects = []
        connection = cls.server.connect()
        header = [("Authorization", cls.tokens["u0"])]
        for _ in range(PROJECTS):
            document = big_project()
            answer = connection.send("POST", f"{API}/project/", document, header)
            assert answer.status == 200, answer
            cls.projects.append(document)
        # Changed, so that there is history, and deleted, so that there are tombstones.
        changed = cls.projects[0]
        changed["notes"] = changed["material"][0]["notes"] = "changed"
        assert connection.send("PATCH", f"{API}/project/{changed['uuid']}/", changed, header).status == 200
        doomed = connection.send("POST", f"{API}/project/", documents.project(), header).data["result"][0]["uuid"]
        assert connection.send("DELETE", f"{API}/project/{doomed}/", None, header).status == 200
        connection.close()

    @classmethod
    def add_users(cls, names):
        for name in names:
            cls.server.add_user(name)

    def on(self, url):
        """The same data folder, key ring included, with its data in another store."""
        return Criptd(self.server.data, environment={"CRIPTD_STORE_URL": url})

    def assert_serves(self, server):
        server.start()
        try:
            connection = server.connect()
            for name, token in self.tokens.items():
                answer = connection.send("GET", f"{API}/account/", None, [("Authorization", token)])
                self.assertEqual(answer.status, 200, answer)
                self.assertEqual(answer.data["username"], name)
            self.assertEqual(connection.send("GET", f"{API}/account/", None, [("Authorization", self.retired)]).status, 401)
            header = [("Authorization", self.tokens["u0"])]
            for document in self.projects[:2]:
                answer = connection.send("GET", f"{API}/project/{document['uuid']}/", None, header)
                self.assertEqual(answer.status, 200, answer)
                shown = {node["uuid"]: node for node in documents.nodes_of(answer.data)}
                self.assertEqual(shown.keys(), documents.uuids_of(document))
                self.assertEqual(shown[document["material"][7]["uuid"]]["name"], document["material"][7]["name"])
            saved = connection.send("POST", f"{API}/project/", documents.project(), header)
            self.assertEqual(saved.status, 200, saved)
            self.assertIn("every seal fits", server.command_output("audit", "verify"))
            self.assertIn("is sound", server.command_output("check"))
        finally:
            server.stop()

    def assert_is_not_served(self, url):
        done = self.on(url).command("serve")
        self.assertEqual(done.returncode, 1)
        self.assertIn("unfinished copy", done.stderr)

    def move(self, server, to, shots):
        """Copies, and is shot at these points on the way; each run goes on where the one before was shot."""
        for line in shots:
            status, _, errors = Migration(server, to).shoot_at(line)
            self.assertEqual(status, -signal.SIGKILL, f"it ended before '{line}': {errors}")
            if not line.startswith("reading"):
                self.assert_is_not_served(to)
        status, out, errors = Migration(server, to).end()
        self.assertEqual(status, 0, errors)
        if shots:
            resumed = int(re.search(r"copying (\d+) %", errors).group(1))
            self.assertGreaterEqual(resumed, 95, "it began anew instead of going on")
        return out

    def test_both_ways_shot_on_the_way(self):
        there = self.cluster.url(postgres.Server(self.cluster.url()).create_database())
        back = f"sqlite:{self.server.data}/back.db"
        out = self.move(self.server, there, SHOTS)
        nodes = int(re.search(r"node +(\d+) rows", out).group(1))
        self.assertGreaterEqual(nodes, 100_000)
        self.assertEqual(int(re.search(r"account +(\d+) rows", out).group(1)), ACCOUNTS)
        self.move(self.on(there), back, SHOTS)
        returned = tables_of(self.server.data / "back.db")
        self.assertEqual(returned.keys(), self.original.keys())
        for name, rows in self.original.items():
            self.assertEqual(returned[name], rows, f"{name} is not what it was")
        for url in (there, back):
            with self.subTest(url.split(":")[0]):
                self.assert_serves(self.on(url))

    def test_a_store_that_a_server_uses_is_refused(self):
        there = self.cluster.url(postgres.Server(self.cluster.url()).create_database())
        self.server.start()
        try:
            status, _, errors = Migration(self.server, there).end()
        finally:
            self.server.stop()
        self.assertEqual(status, 1)
        self.assertIn("another criptd is using", errors)
        other = Criptd(environment={"CRIPTD_STORE_URL": there})
        self.addCleanup(other.remove)
        other.start()
        status, _, errors = Migration(self.server, there).end()
        self.assertEqual(status, 1)
        self.assertIn("stop every criptd", errors)


if __name__ == "__main__":
    unittest.main()
