"""PostgreSQL that is away, hangs, crashes, cuts sessions or takes no changes: a clear answer in time, nothing half saved,
and service again without a restart of criptd."""

import http.client
import os
import pathlib
import signal
import threading
import time
import unittest
import uuid

from criptd import API, PROGRAM, PATIENCE_SECONDS, Criptd
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
        self.database = postgres.Server(self.cluster.url()).create_database()
        self.sql = postgres.Server(self.cluster.url(self.database))
        self.server = Criptd(environment={"CRIPTD_STORE_URL": self.cluster.url(self.database), "CRIPTD_STORE_TIMEOUT": "2"})
        self.addCleanup(self.server.remove)
        self.server.start()
        self.assertIn(f"/{self.database}", self.server.store)
        self.process = self.server.process.pid
        self.token = self.server.add_user("ada").token
        self.assertEqual(self.save(), 200)

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
        self.assertLess(time.monotonic() - began, 30)

    def assert_serves_again(self):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.server.ask("GET", "/readyz").status != 200:
            self.assertLess(time.monotonic(), deadline, "it does not come back")
        self.assertEqual(self.read().status, 200)
        self.assertEqual(self.save(), 200)
        self.assertEqual(self.server.process.pid, self.process)
        self.assertIsNone(self.server.process.poll())

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
        while not all(len(writer.acknowledged) > 2 for writer in writers):
            time.sleep(0.01)
        happening()
        for writer in writers:
            writer.end()
        statuses = {status for writer in writers for _, status in writer.answers}
        self.assertLessEqual(statuses, {200, 503})
        return set().union(*(writer.acknowledged for writer in writers))


class AtTheStart(unittest.TestCase):
    def test_a_database_that_is_away_is_told_without_its_password(self):
        server = Criptd(environment={"CRIPTD_STORE_URL": f"postgres://ada:sesame@127.0.0.1:{postgres.free_port()}/cript"})
        self.addCleanup(server.remove)
        done = server.command("serve")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot reach the database", done.stderr)
        self.assertIn("127.0.0.1", done.stderr)
        self.assertNotIn("sesame", done.stdout + done.stderr)


class GoneAndBack(WithPostgres):
    def test_a_database_that_is_stopped_and_started(self):
        self.cluster.stop()
        self.assert_unavailable_in_time()
        self.cluster.start()
        self.assert_serves_again()

    def test_a_database_that_crashes_during_saves(self):
        def crash():
            self.cluster.kill()
            self.cluster.start()
            self.assert_serves_again()

        self.assert_each_project_is_whole(self.write_while(crash))

    def test_a_database_that_cuts_every_session_again_and_again(self):
        def cut():
            for _ in range(20):
                self.sql.ask(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where datname = current_database() and pid <> pg_backend_pid()"
                )

        self.assert_each_project_is_whole(self.write_while(cut))
        self.assert_serves_again()

    def test_a_database_that_hangs(self):
        parent = self.cluster.process.pid
        children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        processes = [parent, *map(int, children)]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            self.assert_unavailable_in_time()
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)
        self.assert_serves_again()

    def test_a_database_that_takes_no_changes_still_answers(self):
        administrator = postgres.Server(self.cluster.url())
        administrator.ask(f"alter database {self.database} set default_transaction_read_only = on")
        self.sql.ask("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
        self.assertEqual(self.save(), 503)
        self.assertEqual(self.read().status, 200)
        administrator.ask(f"alter database {self.database} reset default_transaction_read_only")
        self.assert_serves_again()


class TwoServers(WithPostgres):
    """Each has a data folder of its own; the key ring is copied."""

    def second(self, with_ring):
        other = Criptd(environment={"CRIPTD_STORE_URL": self.cluster.url(self.database)})
        self.addCleanup(other.remove)
        if with_ring:
            (other.data / "keyring").write_bytes((self.server.data / "keyring").read_bytes())
            (other.data / "keyring").chmod(0o600)
        return other

    def test_what_one_saves_the_other_serves(self):
        other = self.second(with_ring=True).start()
        self.assertEqual(other.token_of("ada"), self.token)
        body = document()
        saved = self.server.ask("POST", f"{API}/project/", body, token=self.token)
        self.assertEqual(saved.status, 200, saved)
        found = other.ask("GET", f"{API}/project/{saved.data['result'][0]['uuid']}/", token=self.token)
        self.assertEqual(found.data[0]["name"], body["name"])

    def test_the_same_name_saved_on_both_at_once_is_taken_once(self):
        other = self.second(with_ring=True).start()
        for _ in range(20):
            body, answers = document(), []
            threads = [
                threading.Thread(target=lambda server=server: answers.append(server.ask("POST", f"{API}/project/", body, token=self.token)))
                for server in (self.server, other)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(answer.status for answer in answers)[0], 200, [str(answer) for answer in answers])
            refused = max(answers, key=lambda answer: answer.status)
            self.assertEqual(refused.status, 409, refused)

    def test_a_server_without_the_key_ring_does_not_make_another(self):
        other = self.second(with_ring=False)
        done = other.command("serve")
        self.assertEqual(done.returncode, 1)
        self.assertIn("key ring", done.stderr)
        self.assertFalse((other.data / "keyring").exists())

    def test_a_server_with_the_ring_of_another_database_is_refused(self):
        stranger = Criptd(environment={"CRIPTD_STORE_URL": ""})
        self.addCleanup(stranger.remove)
        stranger.command_output("user", "list")  # makes an SQLite database and its ring
        moved = Criptd(stranger.data, environment={"CRIPTD_STORE_URL": self.cluster.url(self.database)})
        done = moved.command("serve")
        self.assertEqual(done.returncode, 1)
        self.assertIn("not the one of this database", done.stderr)


if __name__ == "__main__":
    assert PROGRAM.is_file()
    unittest.main()
