"""PostgreSQL that is away, hangs, crashes, cuts sessions, is full or takes no changes: a clear answer in time, nothing half
saved, and service again without a restart of criptd."""

import os
import pathlib
import re
import signal
import subprocess
import threading
import time
import unittest

from criptd import API, PATIENCE_SECONDS, PROGRAM, Criptd, wait_until
from fixture import postgres, small_disk
from postgres_case import WithPostgres, document

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
        os.kill(parent, signal.SIGSTOP)  # first: then no other child is born
        wait_until(lambda: ") T " in pathlib.Path(f"/proc/{parent}/stat").read_text(), "a parent that stands still")
        children = pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        processes = [parent, *map(int, children)]
        for process in processes[1:]:
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
        self.sql.ask(
            f"select pg_terminate_backend(pid, {PATIENCE_SECONDS * 1_000}) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        self.assertEqual(self.save(), 503)
        self.assert_reads()
        administrator.ask(f"alter database {self.database} reset default_transaction_read_only")
        self.assert_serves_again()

    def test_a_database_that_restarts_during_saves(self):
        def restart():
            for _ in range(3):
                self.cluster.stop()
                self.cluster.start()
                self.assert_serves_again()

        self.assert_each_project_is_whole(self.write_while(restart))


class Slow(WithPostgres):
    def test_a_statement_that_waits_too_long_is_a_503_and_who_one_is_is_known_at_once(self):
        locking = subprocess.Popen(
            [postgres.programs() / "psql", "-XAtq", "-d", self.cluster.url(self.database)],
            stdin=subprocess.PIPE, text=True,
        )  # fmt: skip
        locking.stdin.write("begin; lock table node in access exclusive mode;\n")
        locking.stdin.flush()
        lock = "select count(*) from pg_locks where relation = 'node'::regclass and granted and mode = 'AccessExclusiveLock'"
        wait_until(lambda: self.sql.ask(lock) == "1", "a locked table")
        for ask in (lambda: self.read(), lambda: self.server.ask("POST", f"{API}/project/", document(), token=self.token)):
            began = time.monotonic()
            answer = ask()
            self.assertEqual(answer.status, 503, answer)
            self.assertIsNotNone(answer.header("Retry-After"))
            self.assertLess(time.monotonic() - began, PATIENCE_SECONDS)
        self.assertEqual(self.settled(lambda: self.server.ask("GET", f"{API}/account", token=self.token)).status, 200)
        self.assertEqual(self.settled(lambda: self.server.ask("GET", "/readyz")).status, 200)
        locking.communicate("rollback;\n")
        self.assert_serves_again()


class Full(WithPostgres):
    """The tables lie on a small filesystem of their own; the log of the server does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        try:
            cls.disk = small_disk.SmallDisk(megabytes=16)
        except OSError as reason:
            raise unittest.SkipTest(f"no small filesystem can be mounted here: {reason}") from reason
        cls.addClassCleanup(cls.disk.remove)
        cls.cluster.give_to_owner(cls.disk.folder)

    def make_database(self):
        server = postgres.Server(self.cluster.url())
        if server.ask("select count(*) from pg_tablespace where spcname = 'small'") == "0":
            server.ask(f"create tablespace small location '{self.disk.folder}'")
        return server.create_database("tablespace small")

    def test_a_full_disk_refuses_saves_and_nothing_else(self):
        acknowledged = set()

        def save_until(status):
            for _ in range(2_000):
                body = document()
                answer = self.server.ask("POST", f"{API}/project/", body, token=self.token)
                self.assertIn(answer.status, (200, 503), answer)
                if answer.status == 200:
                    acknowledged.add(body["name"])
                else:
                    self.assertIsNotNone(answer.header("Retry-After"))
                if answer.status == status:
                    return
            self.fail(f"no save was answered {status}")

        self.disk.fill()
        save_until(503)
        self.assert_reads()
        self.assert_each_project_is_whole(acknowledged)
        self.disk.make_room()
        save_until(200)
        self.assert_serves_again()
        self.assert_each_project_is_whole(acknowledged)


class TwoServers(WithPostgres):
    """Each has a data folder of its own; the key ring is copied."""

    def second(self, with_ring, with_files=True):
        shared = {"CRIPTD_BLOB_URL": f"file:{self.server.data}/blobs"} if with_files else {}
        other = Criptd(environment={"CRIPTD_STORE_URL": self.cluster.url(self.database), **shared})
        self.addCleanup(other.remove)
        if with_ring:
            (other.data / "keyring").write_bytes((self.server.data / "keyring").read_bytes())
            (other.data / "keyring").chmod(0o600)
        return other

    def test_what_one_saves_the_other_serves(self):
        other = self.second(with_ring=True).start()
        self.assertEqual(other.token_of("ada"), self.token)
        body = document()
        saved = self.settled(lambda: self.server.ask("POST", f"{API}/project/", body, token=self.token))
        self.assertEqual(saved.status, 200, saved)
        found = self.settled(lambda: other.ask("GET", f"{API}/project/{saved.data['result'][0]['uuid']}/", token=self.token))
        self.assertEqual(found.data[0]["name"], body["name"])

    def test_the_same_name_saved_on_both_at_once_is_taken_once(self):
        other = self.second(with_ring=True).start()
        for _ in range(20):
            body, answers = document(), []

            def save(server):
                answers.append(self.settled(lambda: server.ask("POST", f"{API}/project/", body, token=self.token)))

            threads = [threading.Thread(target=save, args=(server,)) for server in (self.server, other)]
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

    def test_a_server_that_keeps_files_elsewhere_is_refused_until_its_folder_bears_the_mark(self):
        other = self.second(with_ring=True, with_files=False)
        done = other.command("serve")
        self.assertEqual(done.returncode, 1)
        self.assertIn("blob.url", done.stderr)
        mark = re.search(r"write ([0-9a-f]{64}) into (\S+) and", done.stderr)
        pathlib.Path(mark.group(2)).write_text(mark.group(1))
        other.start()
        self.assertEqual(other.token_of("ada"), self.token)

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
