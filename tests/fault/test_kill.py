"""kill -9 in the middle of saves: what was acknowledged is there in full, what was not is there in full or not at all."""

import http.client
import os
import random
import sqlite3
import threading
import unittest

import documents
from criptd import API, Criptd
from fixture import postgres

ROUNDS = int(os.environ.get("CRIPT_KILL_ROUNDS", "200"))
WRITERS = 4
# What a client sees when its server is shot.
CUT = (OSError, http.client.HTTPException)


class Writer(threading.Thread):
    """Saves new projects, and changes one of its own in two places at once, until the server is gone."""

    def __init__(self, server, token, own):
        super().__init__(daemon=True)
        self.acknowledged, self.unanswered, self.refused = [], [], []
        self.own = own
        self._server, self._header = server, [("Authorization", token)]
        self.first_sent = threading.Event()

    def run(self):
        connection = self._server.connect()
        try:
            while True:
                self.first_sent.set()
                self._save(connection)
                self._change(connection)
        except CUT:
            connection.close()
        finally:
            self.first_sent.set()

    def _save(self, connection):
        document = documents.project()
        self.unanswered.append(document)
        answer = connection.send("POST", f"{API}/project/", document, self._header)
        self.unanswered.remove(document)
        (self.acknowledged if answer.status == 200 else self.refused).append(document)
        if answer.status != 200:
            self.refusal = str(answer)

    def _change(self, connection):
        self.own.attempted += 1
        answer = connection.send("PATCH", self.own.path, self.own.change(self.own.attempted), self._header)
        if answer.status == 200:
            self.own.acknowledged = self.own.attempted
        else:
            self.refused.append(self.own.document)
            self.refusal = str(answer)


class Counted:
    """A project whose own notes and whose material's notes always say the same number, because one request sets both."""

    def __init__(self):
        self.document = documents.project(collection=[])
        self.path = f"{API}/project/{self.document['uuid']}/"
        self.attempted = self.acknowledged = 0
        self._say(self.document, 0)

    @staticmethod
    def _say(document, number):
        document["notes"] = document["material"][0]["notes"] = str(number)

    def change(self, number):
        self._say(self.document, number)
        return self.document


class Killed(unittest.TestCase):
    def make_server(self):
        return Criptd()

    def setUp(self):
        self.server = self.make_server().start()
        self.addCleanup(self.server.remove)
        self.token = self.server.add_user("ada").token

    def read(self, connection, kind, uuid):
        return connection.send("GET", f"{API}/{kind}/{uuid}/", None, [("Authorization", self.token)])

    def assert_complete(self, connection, document):
        answer = self.read(connection, "project", document["uuid"])
        self.assertEqual(answer.status, 200, f"an acknowledged save is lost: {document['uuid']}: {answer}")
        shown = {node["uuid"]: node for node in documents.nodes_of(answer.data)}
        for node in documents.nodes_of(document):
            self.assertIn(node["uuid"], shown)
            for field, value in node.items():
                if not isinstance(value, (list, dict)):
                    self.assertEqual(shown[node["uuid"]].get(field), value)

    def assert_absent(self, connection, document):
        for node in documents.nodes_of(document):
            kind = node["node"][0].lower()
            self.assertEqual(self.read(connection, kind, node["uuid"]).status, 404, f"half-saved: {kind} {node['uuid']}")

    def assert_whole(self, connection, own):
        (project,) = self.read(connection, "project", own.document["uuid"]).data
        numbers = {project["notes"], project["material"][0]["notes"]}
        self.assertEqual(len(numbers), 1, f"half-changed: {numbers}")
        self.assertIn(int(numbers.pop()), range(own.acknowledged, own.attempted + 1))

    def test_two_hundred_times_during_saves(self):
        seed = int.from_bytes(os.urandom(4), "big")
        chance = random.Random(seed)
        print(f"(seed {seed}) ", end="", flush=True)
        owned = [Counted() for _ in range(WRITERS)]
        connection = self.server.connect()
        for own in owned:
            answer = connection.send("POST", f"{API}/project/", own.document, [("Authorization", self.token)])
            self.assertEqual(answer.status, 200, answer)

        everything, cut = [], 0
        for _ in range(ROUNDS):
            writers = [Writer(self.server, self.token, own) for own in owned]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.first_sent.wait()
            self.wait_a_moment(writers, chance.randrange(0, 25), chance.random() * 0.01)
            self.server.kill()
            for writer in writers:
                writer.join()
                self.assertEqual(writer.refused, [], getattr(writer, "refusal", ""))

            self.server.start()
            connection = self.server.connect()
            for writer in writers:
                for document in writer.acknowledged:
                    self.assert_complete(connection, document)
                for document in writer.unanswered:
                    cut += 1
                    if self.read(connection, "project", document["uuid"]).status == 200:
                        self.assert_complete(connection, document)
                    else:
                        self.assert_absent(connection, document)
                self.assert_whole(connection, writer.own)
                everything += writer.acknowledged

        for document in everything:
            self.assert_complete(connection, document)
        connection.close()
        self.server.stop()
        for path in self.server.data.glob("*.db"):
            with sqlite3.connect(path) as database:
                self.assertEqual(database.execute("pragma integrity_check").fetchall(), [("ok",)])
                self.assertEqual(database.execute("pragma foreign_key_check").fetchall(), [])
        self.assertIn("is sound", self.server.command_output("check"))
        print(f"({len(everything)} acknowledged, {cut} cut off) ", end="", flush=True)
        self.assertGreater(len(everything), ROUNDS)
        self.assertGreater(cut, 0, "no kill ever hit a save: nothing is shown")

    @staticmethod
    def wait_a_moment(writers, saves, seconds):
        """Until that many saves were acknowledged, and a little longer, so that kills fall everywhere within a save."""
        pause = threading.Event()
        while sum(len(writer.acknowledged) for writer in writers) < saves and not any(w.refused for w in writers):
            if not all(writer.is_alive() for writer in writers):
                break
            pause.wait(0.0005)
        pause.wait(seconds)


class KilledOnPostgres(Killed):
    def make_server(self):
        shared = postgres.shared()
        if not shared:
            self.skipTest(f"{postgres.VARIABLE} is not set: run this under tests/fixture/postgres.py")
        database = shared.create_database()
        self.addCleanup(shared.drop_database, database)
        server = Criptd(environment={"CRIPTD_STORE_URL": shared.url(database)})
        server.asks_again = True
        return server

    def setUp(self):
        super().setUp()
        self.assertTrue(self.server.store.startswith("postgres:"), self.server.store)
