"""SQLite on a disk that is full, in a folder that cannot be written, in a file that somebody else holds, or without its key
ring: a clear answer in time, nothing half saved, and service again without a restart where one is running."""

import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import time
import unittest

import documents
from criptd import API, PATIENCE_SECONDS, PROGRAM, Criptd
from fixture import small_disk

NOBODY = "65534"


class OnSqlite(unittest.TestCase):
    def start(self, data=None, **named):
        self.server = Criptd(data, environment={"CRIPTD_STORE_URL": ""}, **named).start()
        self.addCleanup(self.server.remove)
        self.assertTrue(self.server.store.startswith("sqlite:"))
        self.token = self.server.add_user("ada").token

    def save(self, document):
        return self.server.ask("POST", f"{API}/project/", document, token=self.token)

    def is_there(self, document):
        """In full, or not at all."""
        statuses = {
            self.server.ask("GET", f"{API}/{node['node'][0].lower()}/{node['uuid']}/", token=self.token).status
            for node in documents.nodes_of(document)
        }
        self.assertEqual(len(statuses), 1, "half saved")
        return statuses == {200}

    def assert_refused(self, answer):
        self.assertEqual(answer.status, 503, answer)
        self.assertIsNotNone(answer.header("Retry-After"))


class FullDisk(OnSqlite):
    def test_saves_are_refused_until_there_is_room_again(self):
        try:
            disk = small_disk.SmallDisk(megabytes=8)
        except OSError as reason:
            self.skipTest(f"no small filesystem can be mounted here: {reason}")
        self.addCleanup(disk.remove)
        self.start(disk.folder / "data")
        saved, refused = [], []
        disk.fill()
        while not refused:
            document = documents.project()
            answer = self.save(document)
            (saved if answer.status == 200 else refused).append(document)
        self.assert_refused(answer)
        self.assertFalse(any(self.is_there(document) for document in refused))
        self.assertTrue(all(self.is_there(document) for document in saved))
        self.assertEqual(self.server.ask("GET", "/readyz").status, 200, "it still reads")

        disk.make_room()
        self.assertEqual(self.save(refused[0]).status, 200, "the client's second attempt")
        self.server.restart()
        self.assertTrue(all(self.is_there(document) for document in saved + refused))
        self.server.stop()
        with sqlite3.connect(self.server.data / "cript.db") as database:
            self.assertEqual(database.execute("pragma integrity_check").fetchall(), [("ok",)])


class LockedFile(OnSqlite):
    def test_a_save_waits_a_few_seconds_and_is_refused_while_reading_goes_on(self):
        self.start()
        before, during = documents.project(), documents.project()
        self.assertEqual(self.save(before).status, 200)
        other = sqlite3.connect(self.server.data / "cript.db", isolation_level=None)
        self.addCleanup(other.close)
        other.execute("begin immediate")
        began = time.monotonic()
        self.assert_refused(self.save(during))
        self.assertLess(time.monotonic() - began, PATIENCE_SECONDS)
        self.assertTrue(self.is_there(before))
        self.assertFalse(self.is_there(during))
        other.execute("rollback")
        self.assertEqual(self.save(during).status, 200)
        self.assertTrue(self.is_there(during))


class ReadOnlyFolder(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="fault-")
        self.addCleanup(scratch.cleanup)
        self.data = pathlib.Path(scratch.name) / "data"
        self.program = [PROGRAM]
        if os.geteuid() == 0:  # whom no permission stops
            pathlib.Path(scratch.name).chmod(0o755)
            copy = shutil.copy(PROGRAM, pathlib.Path(scratch.name) / "criptd")
            self.program = ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", copy]

    def serve(self):
        command = [*self.program, "serve", "--data", self.data, "--listen", "127.0.0.1:0", "--metrics", "off"]
        environment = {**os.environ, "CRIPTD_STORE_URL": f"sqlite:{self.data}/cript.db"}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS)

    def own(self, folder, mode):
        folder.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            os.chown(folder, int(NOBODY), int(NOBODY))
        folder.chmod(mode)

    def test_a_folder_that_cannot_be_written_is_told_at_the_start(self):
        self.own(self.data, 0o555)
        done = self.serve()
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("Permission denied", done.stderr)
        self.assertIn(str(self.data), done.stderr)
        self.assertEqual(list(self.data.iterdir()), [])

    def test_a_database_that_cannot_be_written_is_told_at_the_start(self):
        self.own(self.data, 0o755)
        (self.data / "cript.db").touch(0o444)
        done = self.serve()
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("cript.db", done.stderr)
        self.assertFalse((self.data / "keyring").exists())


class MissingKeyRing(OnSqlite):
    def test_it_is_told_at_the_start_and_none_is_made(self):
        self.start()
        self.server.stop()
        ring = self.server.data / "keyring"
        kept = ring.read_bytes()
        ring.unlink()
        done = self.server.command("serve")
        self.assertEqual(done.returncode, 1)
        self.assertIn("key ring", done.stderr)
        self.assertIn("backup", done.stderr)
        self.assertFalse(ring.exists())
        ring.write_bytes(kept)
        ring.chmod(0o600)
        self.server.start()
        self.assertEqual(self.server.ask("GET", f"{API}/account", token=self.token).status, 200)


if __name__ == "__main__":
    unittest.main()
