"""`cript upload`, `cript download` and the local files of `cript push`, against a real server: killed half-way, resumed,
cancelled, refused. What was sent is counted by a proxy between the two; nothing depends on how long it takes."""

import hashlib
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import tempfile
import unittest

import documents
from criptd import API, BUILD, PATIENCE_SECONDS, Criptd
from fixture.counting_proxy import CountingProxy

CRIPT = pathlib.Path(os.environ.get("CRIPT", BUILD / "bin" / "cript"))

MEGABYTE = 1_000_000
LARGE = 300 * MEGABYTE
# Far above what a transfer needs, far below what it carries.
MOST_MEMORY = LARGE // 2


def write_large(path, size=LARGE, seed=1):
    """A file in which no two parts are alike."""
    numbers = random.Random(seed)
    digest = hashlib.sha256()
    with open(path, "wb") as file:
        for _ in range(size // MEGABYTE):
            piece = numbers.randbytes(MEGABYTE)
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def sha256_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def peak_memory(process):
    """In bytes, of a process that lives."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) * 1024


class Transfers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Criptd().start()
        cls.addClassCleanup(cls.server.remove)
        cls.user = cls.server.add_user("ada")

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.proxy = CountingProxy(self.server.address)
        self.addCleanup(self.proxy.close)
        self.environment = {
            **os.environ,
            "CRIPT_HOST": self.proxy.address,
            "CRIPT_API_KEY": self.user.token,
            "XDG_STATE_HOME": str(self.folder / "state"),
        }

    # Doing

    def cript(self, *arguments):
        return subprocess.run(
            [CRIPT, *arguments], env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=20 * PATIENCE_SECONDS
        )

    def answer(self, *arguments):
        done = self.cript("--json", *arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def start(self, *arguments):
        process = subprocess.Popen([CRIPT, *arguments], env=self.environment, cwd=self.folder, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stderr.close)
        return process

    def end_half_way(self, process, number):
        """Waits for the proxy to stop it, and sends it a signal. Its exit status and its peak memory."""
        self.assertTrue(self.proxy.reached.wait(20 * PATIENCE_SECONDS), "nothing moves")
        memory = peak_memory(process)
        process.send_signal(number)
        return process.wait(PATIENCE_SECONDS), memory

    def ask(self, method, path, body=None):
        return self.server.ask(method, API + path, body, token=self.user.token)

    def file_node(self, source):
        node = {"node": ["File"], "source": source, "type": "data", "extension": ".bin"}
        saved = self.ask("POST", "/file/", node)
        self.assertEqual(saved.status, 200, saved)
        return saved.data["result"][0]["uuid"]

    def new_file(self, body):
        stored = self.ask("PUT", "/upload/data.bin", body)
        self.assertEqual(stored.status, 200, stored)
        return self.file_node(stored.data["key"])

    # Large ones

    def test_an_upload_that_was_killed_half_way_sends_only_the_rest(self):
        digest = write_large(self.folder / "large.bin")
        self.proxy.reset(stop_up=LARGE // 2)
        status, memory = self.end_half_way(self.start("upload", "large.bin"), signal.SIGKILL)
        self.assertEqual(status, -signal.SIGKILL)
        self.assertLess(memory, MOST_MEMORY)
        self.proxy.reset()
        (file,) = self.answer("upload", "large.bin")["files"]
        self.assertEqual((file["size"], file["sha256"]), (LARGE, digest))
        # Half of it passed; at most one part of 16 MiB, and what had not arrived of the last one, is sent again.
        self.assertLess(self.proxy.up, LARGE // 2 + 40 * MEGABYTE)
        self.assertLess(file["sent"], LARGE // 2 + 40 * MEGABYTE)

        self.proxy.reset()
        (again,) = self.answer("upload", "large.bin")["files"]
        self.assertEqual((again["sent"], again["source"]), (0, file["source"]))
        self.assertLess(self.proxy.up, MEGABYTE)

    def test_a_download_that_was_killed_half_way_fetches_only_the_rest(self):
        digest = write_large(self.folder / "large.bin", seed=2)
        (file,) = self.answer("upload", "large.bin")["files"]
        uuid = self.file_node(file["source"])
        self.proxy.reset(stop_down=LARGE // 2)
        status, memory = self.end_half_way(self.start("download", uuid, "-o", "copy.bin"), signal.SIGKILL)
        self.assertEqual(status, -signal.SIGKILL)
        self.assertLess(memory, MOST_MEMORY)
        part = self.folder / "copy.bin.part"
        there = part.stat().st_size
        self.assertGreater(there, 0)
        self.assertFalse((self.folder / "copy.bin").exists())
        self.proxy.reset()
        (copy,) = self.answer("download", uuid, "-o", "copy.bin")["files"]
        self.assertEqual((copy["sha256"], copy["received"]), (digest, LARGE - there))
        self.assertLess(self.proxy.down, LARGE - there + MEGABYTE)
        self.assertEqual(sha256_of(self.folder / "copy.bin"), digest)
        self.assertFalse(part.exists())

    def test_ctrl_c_leaves_what_can_be_gone_on_with_and_says_how(self):
        write_large(self.folder / "large.bin", 60 * MEGABYTE, seed=3)
        self.proxy.reset(stop_up=40 * MEGABYTE)
        process = self.start("upload", "large.bin")
        status, _ = self.end_half_way(process, signal.SIGINT)
        self.assertEqual(status, 130)
        self.assertIn("the same command again goes on where it stopped", process.stderr.read())
        self.proxy.reset()
        (file,) = self.answer("upload", "large.bin")["files"]
        self.assertLess(file["sent"], 60 * MEGABYTE)

        uuid = self.file_node(file["source"])
        self.proxy.reset(stop_down=30 * MEGABYTE)
        process = self.start("download", uuid, "-o", "copy.bin")
        status, _ = self.end_half_way(process, signal.SIGINT)
        self.assertEqual(status, 130)
        self.assertIn("the same command again goes on where it stopped", process.stderr.read())
        self.proxy.reset()
        (copy,) = self.answer("download", uuid, "-o", "copy.bin")["files"]
        self.assertLess(copy["received"], 60 * MEGABYTE)
        self.assertEqual(copy["sha256"], file["sha256"])

    # Small ones

    def test_a_file_that_became_another_on_the_server_is_fetched_anew(self):
        first = random.Random(4).randbytes(30 * MEGABYTE)
        uuid = self.new_file(first)
        self.proxy.reset(stop_down=20 * MEGABYTE)
        self.end_half_way(self.start("download", uuid, "-o", "copy.bin"), signal.SIGKILL)
        self.assertGreater((self.folder / "copy.bin.part").stat().st_size, 0)
        stored = self.ask("PUT", "/upload/other.bin", b"another content")
        changed = self.ask("PATCH", f"/file/{uuid}/", {"node": ["File"], "source": stored.data["key"]})
        self.assertEqual(changed.status, 200, changed)
        self.proxy.reset()
        self.answer("download", uuid, "-o", "copy.bin")
        self.assertEqual((self.folder / "copy.bin").read_bytes(), b"another content")

    def test_a_file_that_is_there_is_replaced_by_force_only(self):
        uuid = self.new_file(b"new")
        (self.folder / "copy.bin").write_bytes(b"mine")
        refused = self.cript("download", uuid, "-o", "copy.bin")
        self.assertEqual(refused.returncode, 5)
        self.assertIn("--force", refused.stderr)
        self.assertEqual((self.folder / "copy.bin").read_bytes(), b"mine")
        self.assertEqual(self.cript("download", uuid, "-o", "copy.bin", "--force").returncode, 0)
        self.assertEqual((self.folder / "copy.bin").read_bytes(), b"new")

    def test_an_empty_file_and_standard_output(self):
        (self.folder / "empty").touch()
        (file,) = self.answer("upload", "empty")["files"]
        self.assertEqual((file["size"], file["sha256"]), (0, hashlib.sha256(b"").hexdigest()))
        uuid = self.file_node(file["source"])
        self.answer("download", uuid, "-o", "copy")
        self.assertEqual((self.folder / "copy").read_bytes(), b"")
        shown = self.cript("download", self.new_file(b"to be shown"), "-o", "-")
        self.assertEqual((shown.returncode, shown.stdout), (0, "to be shown"))

    def test_a_file_is_attached_to_a_data_node_and_fetched_from_there(self):
        document = documents.project()
        data = {"node": ["Data"], "uuid": documents.new_uuid(), "name": "measured", "type": "afm_amp"}
        document["collection"][0]["experiment"][0]["data"] = [data]
        self.assertEqual(self.ask("POST", "/project/", document).status, 200)
        for name in ("one.csv", "two.csv"):
            (self.folder / name).write_text(name)
        files = self.answer("upload", "one.csv", "two.csv", "--data", data["uuid"])["files"]
        (self.folder / "copies").mkdir()
        fetched = self.answer("download", data["uuid"], "-o", "copies")["files"]
        self.assertEqual({file["uuid"] for file in fetched}, {file["uuid"] for file in files})
        for name in ("one.csv", "two.csv"):
            self.assertEqual((self.folder / "copies" / name).read_text(), name)

    def test_a_file_is_not_sent_for_a_data_node_that_is_not_there(self):
        (self.folder / "one.csv").write_text("one")
        before = self.used()
        refused = self.cript("upload", "one.csv", "--data", documents.new_uuid())
        self.assertEqual(refused.returncode, 1)
        self.assertIn("no data has the uuid", refused.stderr)
        self.assertEqual(self.used(), before)

    def test_what_is_stored_under_a_key_is_told_to_those_who_may_read_it(self):
        stored = self.ask("PUT", "/upload/mine.bin", b"mine").data
        self.assertEqual(self.ask("GET", f"/upload?key={stored['key']}").data, stored)
        self.assertEqual(self.ask("GET", "/upload?key=uploads/none").status, 404)
        self.assertEqual(self.ask("GET", "/upload").status, 400)
        self.assertEqual(self.ask("GET", "/upload?name=x").status, 400)
        stranger = self.server.add_user("bob")
        self.assertEqual(self.server.ask("GET", f"{API}/upload?key={stored['key']}", token=stranger.token).status, 404)

    def test_the_quota_that_the_operator_sets_holds(self):
        user = self.server.add_user("carol")
        self.environment["CRIPT_API_KEY"] = user.token
        self.assertIn("carol keeps 0 B of 1 kB", self.server.command_output("user", "quota", "carol", "1kB"))
        (self.folder / "large.csv").write_bytes(b"x" * 1001)
        refused = self.cript("upload", "large.csv")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("1000 bytes", refused.stderr)
        self.server.command_output("user", "quota", "carol", "none")
        self.assertEqual(self.cript("upload", "large.csv").returncode, 0)
        told = json.loads(self.server.command_output("user", "quota", "carol", "--json"))
        self.assertEqual((told["account"], told["used"], told["own"]), ("carol", 1001, False))

    # Projects

    def write_project(self, *sources, **fields):
        files = [{"node": ["File"], "type": "data", "name": f"file {number}", "source": source} for number, source in enumerate(sources)]
        data = {"node": ["Data"], "name": "measured", "type": "afm_amp", "file": files}
        experiment = {"node": ["Experiment"], "name": "an experiment", "data": [data], **fields}
        project = {
            "node": ["Project"], "name": f"project {documents.new_uuid()}",
            "collection": [{"node": ["Collection"], "name": "a collection", "experiment": [experiment]}],
        }  # fmt: skip
        (self.folder / "demo.json").write_text(json.dumps(project, indent=1))
        return project["name"]

    def files_of(self, name):
        done = self.cript("pull", name)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["collection"][0]["experiment"][0]["data"][0]["file"]

    def used(self):
        return self.ask("GET", "/account/storage").data["used"]

    def test_a_push_takes_local_files_along_and_sends_each_once(self):
        (self.folder / "data").mkdir()
        (self.folder / "data" / "run 1.csv").write_text("1,2,3\n")
        name = self.write_project("data/run 1.csv", "https://example.org/a.csv", "./data/run 1.csv")
        before = self.used()
        planned = self.answer("push", "--dry-run", "demo.json")
        self.assertEqual([file["size"] for file in planned["files"]], [6, 6])
        self.assertIn("measured", [node["name"] for node in planned["nodes"]])
        self.assertEqual(self.used(), before)

        self.answer("push", "demo.json")
        first, elsewhere, second = self.files_of(name)
        self.assertEqual(elsewhere["source"], "https://example.org/a.csv")
        for file in (first, second):
            self.assertEqual(self.ask("GET", f"/file/{file['uuid']}/content").body, b"1,2,3\n")
        self.assertEqual(self.used(), before + 6)

        again = self.cript("push", "--dry-run", "demo.json")
        self.assertIn("0 would be created, 0 changed", again.stdout)
        self.assertEqual(self.cript("push", "demo.json").returncode, 0)
        self.assertEqual(self.files_of(name), [first, elsewhere, second])

        (self.folder / "data" / "run 1.csv").write_text("4,5,6\n")
        self.answer("push", "demo.json")
        changed = self.files_of(name)[0]
        self.assertEqual(changed["uuid"], first["uuid"])
        self.assertEqual(self.ask("GET", f"/file/{first['uuid']}/content").body, b"4,5,6\n")

    def test_a_pulled_project_is_pushed_again_with_its_keys(self):
        (self.folder / "run.csv").write_text("1\n")
        name = self.write_project("run.csv")
        self.answer("push", "demo.json")
        self.answer("pull", name, "-o", "pulled.json")
        (self.folder / "run.csv").unlink()
        self.assertEqual(self.answer("push", "pulled.json")["change"], "updated")

    def test_files_that_are_missing_are_problems_among_the_others_and_nothing_is_stored(self):
        (self.folder / "run.csv").write_text("1\n")
        name = self.write_project("run.csv", "missing.csv", "also/missing.csv")
        before = self.used()
        refused = self.cript("--json", "push", "demo.json")
        self.assertEqual(refused.returncode, 1)
        problems = json.loads(refused.stdout)["error"]["problems"]
        place = "/collection/0/experiment/0/data/0/file"
        self.assertEqual([problem["pointer"] for problem in problems], [f"{place}/1/source", f"{place}/2/source"])
        self.assertEqual({problem["code"] for problem in problems}, {"no_local_file"})

        self.write_project("missing.csv", nonsense=1)
        refused = self.cript("push", "demo.json")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("nonsense", refused.stderr)
        self.assertIn("there is no file 'missing.csv' beside the project file", refused.stderr)
        self.assertEqual(self.used(), before)
        self.assertEqual(self.cript("pull", name).returncode, 1)

    def test_no_file_outside_the_folder_of_the_project_is_sent(self):
        outside = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "secret"
        outside.write_text("my key")
        (self.folder / "link").symlink_to(outside)
        before = self.used()
        for source in (str(outside), "link", os.path.relpath(outside, self.folder)):
            with self.subTest(source):
                self.write_project(source)
                refused = self.cript("push", "demo.json")
                self.assertEqual(refused.returncode, 1, refused.stdout)
                self.assertIn("outside the folder of the project file", refused.stderr)
        self.assertEqual(self.used(), before)


if __name__ == "__main__":
    unittest.main()
