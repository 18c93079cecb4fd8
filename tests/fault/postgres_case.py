"""What tests of a failing PostgreSQL share: a cluster and a database of their own, a server on it, and clients that save all
the time."""

import http.client
import threading
import time
import unittest
import uuid

from criptd import API, PATIENCE_SECONDS, Criptd, wait_until
from fixture import postgres

MATERIALS = 20
CUT = (OSError, http.client.HTTPException)


def document():
    return {
        "node": ["Project"],
        "name": f"project {uuid.uuid4()}",
        "material": [{"node": ["Material"], "name": f"material {number}", "smiles": "C"} for number in range(MATERIALS)],
    }


class Writer(threading.Thread):
    """Saves new projects until it is told to stop, and remembers how each was answered."""

    def __init__(self, server, token):
        super().__init__(daemon=True)
        self.answers = []  # of (name, status)
        self._server, self._header = server, [("Authorization", token)]
        self._ending = threading.Event()

    def run(self):
        connection = self._server.connect()
        while not self._ending.is_set():
            body = document()
            self.answers.append((body["name"], connection.send("POST", f"{API}/project/", body, self._header).status))
        connection.close()

    def end(self):
        self._ending.set()
        self.join(PATIENCE_SECONDS)
        assert not self.is_alive(), "a request hangs"

    @property
    def acknowledged(self):
        return {name for name, status in self.answers if status == 200}


class WithPostgres(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = postgres.Cluster().start()
        cls.addClassCleanup(cls.cluster.remove)

    def setUp(self):
        self.database = self.make_database()
        self.sql = postgres.Server(self.cluster.url(self.database))
        self.server = Criptd(environment={"CRIPTD_STORE_URL": self.cluster.url(self.database), "CRIPTD_STORE_TIMEOUT": "2"})
        self.addCleanup(self.server.remove)
        self.server.start()
        self.assertIn(f"/{self.database}", self.server.store)
        self.process = self.server.process.pid
        self.token = self.server.add_user("ada").token
        self.assert_serves_again()

    def make_database(self):
        return postgres.Server(self.cluster.url()).create_database()

    def save(self):
        return self.server.ask("POST", f"{API}/project/", document(), token=self.token).status

    def read(self):
        return self.server.ask("GET", f"{API}/project/", token=self.token)

    def assert_unavailable_in_time(self):
        began = time.monotonic()
        answer = self.read()
        self.assertEqual(answer.status, 503, answer)
        self.assertIsNotNone(answer.header("Retry-After"))
        self.assertEqual(self.save(), 503)
        self.assertEqual(self.server.ask("GET", "/readyz").status, 503)
        self.assertEqual(self.server.ask("GET", "/healthz").status, 200)
        self.assertLess(time.monotonic() - began, PATIENCE_SECONDS)

    def assert_serves_again(self):
        wait_until(lambda: self.server.ask("GET", "/readyz").status == 200, "a good /readyz")
        self.assert_reads()
        self.assertEqual(self.settled(lambda: self.server.ask("POST", f"{API}/project/", document(), token=self.token)).status, 200)
        self.assertEqual(self.server.process.pid, self.process)
        self.assertIsNone(self.server.process.poll())

    def settled(self, ask):
        """An answer that is not 503. A token check waits for the database for 400 ms: on a busy machine one may be refused,
        with Retry-After."""
        answers = []

        def is_settled():
            answers.append(ask())
            if answers[-1].status != 503:
                return True
            self.assertIsNotNone(answers[-1].header("Retry-After"))
            return False

        wait_until(is_settled, "an answer but 503")
        return answers[-1]

    def assert_reads(self):
        self.assertEqual(self.settled(self.read).status, 200)

    def assert_each_project_is_whole(self, acknowledged):
        """What was acknowledged is there, and whatever is there is there in full."""
        rows = self.sql.rows(
            "select p.name, (select count(*) from node m where m.project = p.id),"
            " (select count(*) from edge e where e.parent = p.id), (select count(*) from acl where project = p.id)"
            " from project_name n join node p on p.id = n.project"
        )
        for name, nodes, edges, roles in rows:
            self.assertEqual((nodes, edges, roles), (str(MATERIALS + 1), str(MATERIALS), "1"), name)
        self.assertLessEqual(acknowledged, {name for name, *_ in rows})
        self.assertEqual(self.sql.ask("select count(*) from node where project not in (select id from node)"), "0")
        self.assertEqual(self.sql.ask("select count(*) from edge where child not in (select id from node)"), "0")

    def write_while(self, happening):
        writers = [Writer(self.server, self.token) for _ in range(4)]
        for writer in writers:
            writer.start()
        wait_until(lambda: all(len(writer.acknowledged) > 2 for writer in writers), "saves", writers)
        happening()
        for writer in writers:
            writer.end()
        statuses = {status for writer in writers for _, status in writer.answers}
        self.assertLessEqual(statuses, {200, 503})
        return set().union(*(writer.acknowledged for writer in writers))
