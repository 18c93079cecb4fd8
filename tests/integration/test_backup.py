"""A backup that is taken while servers write restores to a consistent instance; what was revoked since stays revoked."""

import hashlib
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

import documents
from criptd import API, PATIENCE_SECONDS, PROGRAM, STORE, Criptd, wait_until
from fixture import postgres

WRITERS, BEFORE = 3, 15


class Writer(threading.Thread):
    """Saves new projects until it is told to stop."""

    def __init__(self, server, token):
        super().__init__(daemon=True)
        self.acknowledged = []
        self._server, self._header = server, [("Authorization", token)]
        self._ending = threading.Event()

    def run(self):
        connection = self._server.connect()
        while not self._ending.is_set():
            document = documents.project()
            answer = connection.send("POST", f"{API}/project/", document, self._header)
            if answer.status == 503:
                continue
            assert answer.status == 200, answer
            self.acknowledged.append(document)
        connection.close()

    def end(self):
        self._ending.set()
        self.join(PATIENCE_SECONDS)
        assert not self.is_alive(), "a save hangs"


class BackedUp(unittest.TestCase):
    def setUp(self):
        self.server = Criptd()
        self.addCleanup(self.server.remove)
        self.server.start()
        self.ada = self.server.add_user("ada", admin=True)
        self.bob = self.server.add_user("bob")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="backup-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.backup = self.folder / "monday"

    def save(self, server=None):
        document = documents.project()
        answer = (server or self.server).ask("POST", f"{API}/project/", document, token=self.ada.token)
        self.assertEqual(answer.status, 200, answer)
        return document

    def status(self, server, token):
        return server.ask("GET", f"{API}/account/", token=token).status

    def fresh_place(self, name="restored"):
        """Another machine: nothing is there but the key ring and the digests of what was revoked."""
        data = self.folder / name
        data.mkdir(mode=0o700)
        for name in ("keyring", "keyring.revoked"):
            if (self.server.data / name).exists():
                shutil.copy(self.server.data / name, data / name)
        environment = {}
        if STORE == "postgres":
            database = postgres.shared().create_database()
            self.addCleanup(postgres.shared().drop_database, database)
            environment["CRIPTD_STORE_URL"] = postgres.shared().url(database)
        place = Criptd(data, environment=environment)
        place._database = None  # of this test, not of the server
        self.addCleanup(place.remove)
        return place

    def restore(self, place):
        out = place.command_output("restore", self.backup)
        self.assertIn("each table as it was", out)
        self.assertIn("is sound", place.command_output("check"))
        return out


class DuringWrites(BackedUp):
    def test_what_was_acknowledged_before_is_there_and_all_is_sound(self):
        writers = [Writer(self.server, self.ada.token) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        wait_until(lambda: min(len(writer.acknowledged) for writer in writers) >= BEFORE, "saves", writers)
        during, deadline = 0, time.monotonic() + PATIENCE_SECONDS
        while during == 0:  # one that nobody wrote into shows nothing
            self.assertLess(time.monotonic(), deadline, "nobody wrote meanwhile")
            shutil.rmtree(self.backup, ignore_errors=True)
            before = [document for writer in writers for document in list(writer.acknowledged)]
            out = self.server.command_output("backup", self.backup)
            during = sum(len(writer.acknowledged) for writer in writers) - len(before)
        for writer in writers:
            writer.end()
        self.assertIn("key ring is not in it", out)
        self.assertEqual({path.stat().st_mode & 0o077 for path in self.backup.iterdir()}, {0})

        place = self.fresh_place()
        self.restore(place)
        place.start()
        connection = place.connect()
        for document in before:
            answer = connection.send("GET", f"{API}/project/{document['uuid']}/", None, [("Authorization", self.ada.token)])
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual({node["uuid"] for node in documents.nodes_of(answer.data)}, documents.uuids_of(document))
        connection.close()
        self.save(place)
        self.assertIn("every seal fits", place.command_output("audit", "verify"))


class WithFiles(BackedUp):
    CONTENT = b"the content of a file"

    def setUp(self):
        super().setUp()
        stored = self.server.ask("PUT", f"{API}/upload/data.csv", self.CONTENT, token=self.ada.token)
        node = {"node": ["File"], "source": stored.data["key"], "type": "data", "extension": ".csv"}
        self.file = self.server.ask("POST", f"{API}/file/", node, token=self.ada.token).data["result"][0]["uuid"]

    def content(self, place):
        return place.ask("GET", f"{API}/file/{self.file}/content", token=self.ada.token)

    def test_the_contents_of_files_are_in_it_and_come_back(self):
        self.assertIn("1 content of a file is in it", self.server.command_output("backup", self.backup))
        shutil.rmtree(self.server.data / "blobs")
        place = self.fresh_place()
        self.assertIn("All 1 contents of files are there", self.restore(place))
        self.assertIn("is sound", place.command_output("check", "--contents"))
        self.assertEqual(self.content(place.start()).body, self.CONTENT)

    def test_nothing_but_contents_is_copied_with_them(self):
        digest = hashlib.sha256(self.CONTENT).hexdigest()
        contents = self.server.data / "blobs" / "sha256" / digest[:2]
        (contents / "notes").write_text("somebody's")
        (contents / ("0" * 64)).symlink_to("/etc/hostname")
        self.server.command_output("backup", self.backup)
        copied = [path.name for path in (self.backup / "blobs" / "sha256").rglob("*") if not path.is_dir()]
        self.assertEqual(copied, [digest])

    def test_one_that_is_removed_after_it_is_no_loss(self):
        self.server.command_output("backup", self.backup)
        self.server.stop()
        digest = hashlib.sha256(self.CONTENT).hexdigest()
        (self.server.data / "blobs" / "sha256" / digest[:2] / digest).unlink()
        self.assertEqual((self.backup / "blobs" / "sha256" / digest[:2] / digest).read_bytes(), self.CONTENT)

    def test_where_they_were_left_out_that_is_told_on_both_ways(self):
        out = self.server.command_output("backup", self.backup, "--without-contents")
        self.assertIn("The contents of files are not in it", out)
        place = self.fresh_place()
        self.assertIn("MISSING: 1 of 1 contents", place.command_output("restore", self.backup))
        answer = json.loads(place.command("check", "--json").stdout)
        self.assertEqual([entry["kind"] for entry in answer["damage"]], ["missing_content"])
        shutil.copytree(self.server.data / "blobs" / "sha256", place.data / "blobs" / "sha256", dirs_exist_ok=True)
        self.assertEqual(self.content(place.start()).body, self.CONTENT)


class Revoked(BackedUp):
    def test_a_token_that_was_revoked_after_the_backup_stays_dead(self):
        session = self.server.session("bob", self.bob.password)
        self.server.command_output("backup", self.backup)
        new = self.server.regenerate_token_of("bob")
        place = self.fresh_place()
        self.assertIn("1 token that was revoked after the backup is dead", self.restore(place))
        place.start()
        self.assertEqual(self.status(place, self.bob.token), 401)
        self.assertEqual(self.status(place, new), 401)  # the backup does not know it
        self.assertEqual(self.status(place, place.token_of("bob")), 200)
        self.assertEqual(self.status(place, self.ada.token), 200)
        told = place.ask("GET", f"{API}/account/session", headers=session.cookie_header)
        self.assertEqual(told.status, 401, "a session outlived the restore")

    def test_without_the_file_it_would_live(self):
        self.server.command_output("backup", self.backup)
        self.server.regenerate_token_of("bob")
        (self.server.data / "keyring.revoked").unlink()
        place = self.fresh_place()
        self.restore(place)
        self.assertEqual(self.status(place.start(), self.bob.token), 200)

    def test_the_file_of_another_server_counts_too(self):
        self.server.command_output("backup", self.backup)
        self.server.regenerate_token_of("bob")
        other = self.folder / "other.revoked"
        (self.server.data / "keyring.revoked").rename(other)
        place = self.fresh_place()
        place.command_output("restore", self.backup, "--revoked", other)
        self.assertEqual(self.status(place.start(), self.bob.token), 401)


class Killed(BackedUp):
    def is_killed_half_way(self, place):
        """A restore to this place; or was it through before it was killed?"""
        database = postgres.Server(place._environment["CRIPTD_STORE_URL"])
        process = subprocess.Popen(
            [PROGRAM, "restore", self.backup, "--data", place.data],
            env=place._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

        def is_half_way():
            return database.ask("select to_regclass('unfinished_copy') is not null") == "t"

        wait_until(lambda: is_half_way() or process.poll() is not None, "a restore half way")
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # with the pg_restore that it runs
            process.wait()
        sessions = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        wait_until(lambda: database.ask(sessions) == "0", "the end of its sessions")
        return is_half_way()

    @unittest.skipIf(STORE == "sqlite", "SQLite's is under another name until it is whole, and renamed in one step")
    def test_a_restore_that_was_killed_is_not_served_and_can_be_run_again(self):
        document = self.save()
        self.server.command_output("backup", self.backup)
        place = next(filter(self.is_killed_half_way, map(self.fresh_place, ("one", "two", "three", "four", "five"))), None)
        self.assertIsNotNone(place, "each was through already")
        done = place.command("serve")
        self.assertEqual(done.returncode, 1)
        self.assertIn("unfinished copy", done.stderr)
        self.restore(place)
        place.start()
        answer = place.ask("GET", f"{API}/project/{document['uuid']}/", token=self.ada.token)
        self.assertEqual(answer.status, 200, answer)


class Refused(BackedUp):
    def setUp(self):
        super().setUp()
        self.save()
        self.server.command_output("backup", self.backup)

    def assert_refused(self, place, words, command=("restore",)):
        done = place.command(*command, self.backup)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(words, done.stderr)

    def test_over_a_database_that_is_there(self):
        self.assert_refused(self.server, "another criptd is using")
        self.server.stop()
        self.assert_refused(self.server, "is there already" if STORE == "sqlite" else "is not empty")

    def test_a_backup_that_was_not_written_to_its_end(self):
        (self.backup / "backup.json").unlink()
        self.assert_refused(self.fresh_place(), "not written to its end")

    def test_without_the_key_ring(self):
        place = self.fresh_place()
        (place.data / "keyring").unlink()
        self.assert_refused(place, "put the key ring of the backup")

    def test_a_folder_that_is_not_empty_takes_no_backup(self):
        self.assert_refused(self.server, "is not empty", ("backup",))

    @unittest.skipIf(STORE == "postgres", "an archive of pg_dump cannot be changed by hand")
    def test_a_backup_that_was_changed(self):
        with sqlite3.connect(self.backup / "cript.db") as database:
            database.execute("update node set attributes = '{}' where name = 'styrene'")
        database.close()
        place = self.fresh_place()
        self.assert_refused(place, "the backup is damaged: it is not what was written, in: node")
        self.assertFalse((place.data / "cript.db").exists())


if __name__ == "__main__":
    unittest.main()
