"""Contents of files in a bucket: what is set up wrongly is said at the start, and a store that is away or slow takes nothing
else with it. On a Swift of this test's own, which is stopped, frozen and started again."""

import concurrent.futures
import hashlib
import http.client
import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.parse

import documents
from criptd import API, PATIENCE_SECONDS, PROGRAM, STORE, Criptd, wait_until
from fixture import postgres, s3, swift
from fixture.tls import TlsFront

PART = 16 << 20  # what is larger is sent in parts


def sha256(content):
    return hashlib.sha256(content).hexdigest()


class S3Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.swift = cls.enterClassContext(swift.Swift())

    def setUp(self):
        self.bucket = s3.new_bucket(self.swift.endpoint)

    def server(self, **settings):
        """A criptd with its contents in the bucket, and these settings of it."""
        named = {f"CRIPTD_BLOB_{name}": str(value) for name, value in settings.items()}
        return Criptd(bucket=self.bucket, environment=named)

    def upload(self, server, token, content):
        return server.ask("PUT", f"{API}/upload/x.bin", content, token=token)

    def new_file(self, server, token, content):
        """The path of the content of a new File node."""
        stored = self.upload(server, token, content)
        self.assertEqual(stored.status, 200, stored)
        node = {"node": ["File"], "source": stored.data["key"], "type": "data", "extension": ".bin"}
        saved = server.ask("POST", f"{API}/file/", node, token=token)
        self.assertEqual(saved.status, 200, saved)
        return f"{API}/file/{saved.data['result'][0]['uuid']}/content"

    def files_of(self, server):
        """What /readyz, which stays 200, says of them."""
        answer = server.ask("GET", "/readyz")
        self.assertEqual(answer.status, 200, answer)
        return answer.data["files"]

    def await_files(self, server, word):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.files_of(server) != word:
            self.assertLess(time.monotonic(), deadline, f"files did not become {word}")
            time.sleep(0.02)

    def assert_no_secret(self, server):
        for line in server.output:
            self.assertNotIn(swift.SECRET_KEY, line)
            self.assertNotIn("Signature", line)


class SettingUp(S3Case):
    def refusal(self, **settings):
        """What criptd says before it ends, with these settings changed."""
        named = {f"CRIPTD_BLOB_{name}": str(value) for name, value in settings.items()}
        with tempfile.TemporaryDirectory(prefix="criptd-") as data:
            done = subprocess.run(
                [PROGRAM, "serve", "--data", data, "--listen", "127.0.0.1:0", "--metrics", "off"],
                env={**os.environ, **s3.environment_of(self.bucket), **named},
                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE_SECONDS,
            )  # fmt: skip
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertNotIn(swift.SECRET_KEY, done.stdout + done.stderr)
        return done.stderr

    def test_a_wrong_secret_is_refused_at_the_start(self):
        with tempfile.TemporaryDirectory() as folder:
            keys = pathlib.Path(folder) / "keys"
            keys.write_text(f"aws_access_key_id = {swift.ACCESS_KEY}\naws_secret_access_key = another\n")
            keys.chmod(0o600)
            self.assertIn("SignatureDoesNotMatch", self.refusal(CREDENTIALS=keys))
            keys.chmod(0o640)
            self.assertIn("0600", self.refusal(CREDENTIALS=keys))

    def test_a_bucket_that_is_not_there_is_said_at_the_start(self):
        self.assertIn("NoSuchBucket", self.refusal(URL="s3://nobodys-bucket"))
        self.assertEqual(self.bucket.keys(), [])

    def test_keys_do_not_belong_into_the_url(self):
        told = self.refusal(URL=f"s3://{swift.ACCESS_KEY}:{swift.SECRET_KEY}@{self.bucket.name}")
        self.assertIn("blob.url", told)

    def test_a_certificate_that_nobody_signed_is_refused_unless_it_is_named(self):
        address = urllib.parse.urlsplit(self.swift.endpoint)
        with TlsFront(address.hostname, address.port) as front:
            endpoint = f"https://127.0.0.1:{front.port}"
            told = self.refusal(ENDPOINT=endpoint)
            self.assertIn("is not trusted", told)
            self.assertIn("blob.ca_file", told)
            with self.server(ENDPOINT=endpoint, CA_FILE=front.certificate) as server:
                ada = server.add_user("ada")
                path = self.new_file(server, ada.token, b"over TLS")
                self.assertEqual(server.ask("GET", path, token=ada.token).body, b"over TLS")
                self.assertEqual(server.contents(), [sha256(b"over TLS")])

    def test_keys_may_come_from_the_environment(self):
        environment = {
            "AWS_ACCESS_KEY_ID": swift.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": swift.SECRET_KEY, "CRIPTD_BLOB_CREDENTIALS": "",
        }  # fmt: skip
        with Criptd(bucket=self.bucket, environment=environment) as server:
            self.assertEqual(self.files_of(server), "available")


class Contents(S3Case):
    def test_a_hundred_uploads_of_one_file_at_once_are_one_object(self):
        content = random.Random(1).randbytes(200_000)
        with self.server() as server, concurrent.futures.ThreadPoolExecutor(20) as threads:
            ada = server.add_user("ada")
            answers = list(threads.map(lambda _: self.upload(server, ada.token, content).status, range(100)))
            self.assertEqual(answers, [200] * 100)
            self.assertEqual(server.contents(), [sha256(content)])
            self.assert_no_secret(server)

    def test_a_large_file_goes_in_parts_and_any_range_of_it_comes_back(self):
        content = random.Random(2).randbytes(2 * PART + 12_345)
        with self.server() as server:
            ada = server.add_user("ada")
            path = self.new_file(server, ada.token, content)
            self.assertEqual(sha256(server.ask("GET", path, token=ada.token).body), sha256(content))
            part = server.ask("GET", path, token=ada.token, headers=[("Range", f"bytes={PART - 5}-{PART + 4}")])
            self.assertEqual((part.status, part.body), (206, content[PART - 5 : PART + 5]))
            self.assertEqual(server.ask("HEAD", path, token=ada.token).header("Content-Length"), str(len(content)))
            self.assertEqual(server.contents(), [sha256(content)])
            self.assertEqual((self.bucket.uploads(), server.spools()), ([], []))

    def test_contents_move_between_a_bucket_and_a_folder_by_copying(self):
        with tempfile.TemporaryDirectory(prefix="criptd-") as data:
            store = {"CRIPTD_STORE_URL": f"sqlite:{data}/cript.db"}  # one for all three
            with Criptd(data, bucket=self.bucket, environment=store) as server:
                ada = server.add_user("ada")
                first = self.new_file(server, ada.token, b"in the bucket")
            folder = pathlib.Path(data) / "blobs"
            for key in self.bucket.keys():
                place = folder / key.removeprefix(f"{s3.PREFIX}/")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(self.bucket.read(key))
            with Criptd(data, environment=store | {"CRIPTD_BLOB_URL": f"file:{folder}"}) as server:
                self.assertEqual(server.ask("GET", first, token=ada.token).body, b"in the bucket")
                second = self.new_file(server, ada.token, b"in the folder")
            for path in (folder / "sha256").rglob("*"):
                if path.is_file():
                    self.bucket.put(f"{s3.PREFIX}/{path.relative_to(folder)}", path.read_bytes())
            shutil.rmtree(folder)
            with Criptd(data, bucket=self.bucket, environment=store) as server:
                self.assertEqual(server.ask("GET", first, token=ada.token).body, b"in the bucket")
                self.assertEqual(server.ask("GET", second, token=ada.token).body, b"in the folder")

    def test_several_servers_share_one_bucket(self):
        shared = postgres.shared()
        if shared is None:
            cluster = self.enterContext(postgres.Cluster())
            shared = postgres.Server(cluster.url())
        database = shared.create_database()
        self.addCleanup(shared.drop_database, database)
        environment = {"CRIPTD_STORE_URL": shared.url(database)}
        content = random.Random(3).randbytes(300_000)
        one, other = (Criptd(bucket=self.bucket, environment=environment) for _ in range(2))
        self.addCleanup(one.remove)
        self.addCleanup(other.remove)
        one.start()
        (other.data / "keyring").write_bytes((one.data / "keyring").read_bytes())
        (other.data / "keyring").chmod(0o600)
        other.start()
        ada = one.add_user("ada")
        with concurrent.futures.ThreadPoolExecutor(20) as threads:
            answers = list(threads.map(lambda at: self.upload((one, other)[at % 2], ada.token, content).status, range(40)))
        self.assertEqual(answers, [200] * 40)
        self.assertEqual(one.contents(), [sha256(content)])
        path = self.new_file(one, ada.token, content)
        self.assertEqual(other.ask("GET", path, token=ada.token).body, content)


class Away(S3Case):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.come_back)

    def server(self, *arguments, **options):
        made = super().server(*arguments, **options)
        made.asks_again = False  # a 503 is what is looked for
        return made

    def fresh_database(self):
        database = postgres.shared().create_database()
        self.addCleanup(postgres.shared().drop_database, database)
        return {"CRIPTD_STORE_URL": postgres.shared().url(database)}

    def come_back(self):
        self.swift.thaw()
        if not self.swift.processes:
            self.swift.start()

    def assert_all_but_files(self, server, token):
        saved = server.ask("POST", f"{API}/project/", documents.project(), token=token)
        self.assertEqual(saved.status, 200, saved)

    def assert_refused(self, answer):
        self.assertEqual((answer.status, answer.header("Retry-After")), (503, "1"), answer)
        self.assertNotIn("127.0.0.1", json.dumps(answer.json), "where the store is, is nobody's business")

    def test_without_the_store_files_wait_and_everything_else_goes_on(self):
        with self.server() as server:
            ada = server.add_user("ada")
            path = self.new_file(server, ada.token, b"before")
            self.assertEqual(self.files_of(server), "available")
            self.swift.stop()
            self.assert_refused(self.upload(server, ada.token, b"meanwhile"))
            self.assertEqual(self.files_of(server), "unavailable")
            self.assert_refused(server.ask("GET", path, token=ada.token))
            self.assertEqual(server.spools(), [])
            self.assert_all_but_files(server, ada.token)
            server.restart()
            self.assertEqual(self.files_of(server), "unavailable")
            self.assert_all_but_files(server, ada.token)
            self.swift.start()
            self.await_files(server, "available")
            self.assertEqual(server.ask("GET", path, token=ada.token).body, b"before")
            self.assertEqual(self.upload(server, ada.token, b"meanwhile").status, 200)
            self.assert_no_secret(server)
            self.assertEqual(server.contents(), sorted([sha256(b"before"), sha256(b"meanwhile")]))

    def test_a_store_that_says_nothing_holds_nobody_else_up(self):
        contents = [random.Random(number).randbytes(100_000) for number in range(4)]
        # As many as there are threads: if they were those of everybody, nothing else would be answered.
        settings = {"CRIPTD_BLOB_TIMEOUT": "600", "CRIPTD_POOL_THREADS": str(len(contents))}
        with (
            Criptd(bucket=self.bucket, environment=settings) as server,
            concurrent.futures.ThreadPoolExecutor(len(contents)) as threads,
        ):
            ada = server.add_user("ada")
            self.swift.freeze()
            try:
                uploads = [threads.submit(self.upload, server, ada.token, content) for content in contents]
                deadline = time.monotonic() + PATIENCE_SECONDS
                while len(server.spools()) < len(contents):
                    self.assertLess(time.monotonic(), deadline, "the uploads did not come")
                    time.sleep(0.02)
                self.assert_all_but_files(server, ada.token)
                self.assertFalse(any(upload.done() for upload in uploads), "they wait for the store")
            finally:
                self.swift.thaw()
            self.assertEqual({upload.result().status for upload in uploads}, {200})
            self.assertEqual(server.contents(), sorted(map(sha256, contents)))

    def test_a_server_that_is_told_to_end_does_not_wait_for_it(self):
        with self.server(TIMEOUT=3_600) as server, concurrent.futures.ThreadPoolExecutor(1) as threads:
            ada = server.add_user("ada")
            self.swift.freeze()
            try:
                upload = threads.submit(self.upload, server, ada.token, b"never sent")
                wait_until(server.spools, "the upload")
                self.assertEqual(server.stop(), 0)
            finally:
                self.swift.thaw()
            with self.assertRaises((OSError, http.client.HTTPException)):
                upload.result()

    def test_a_backup_is_restored_without_it(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="restored-")))
        with self.server() as server:
            ada = server.add_user("ada")
            self.new_file(server, ada.token, b"before")
            server.command_output("backup", folder / "backup")
            data = folder / "data"
            data.mkdir(mode=0o700)
            shutil.copy(server.data / "keyring", data)
            # The first database is gone with its machine.
            store = {"CRIPTD_STORE_URL": f"sqlite:{data}/cript.db"} if STORE == "sqlite" else self.fresh_database()
            place = Criptd(data, bucket=self.bucket, environment=store)
            self.swift.stop()
            told = place.command_output("restore", folder / "backup")
            self.assertIn("Everybody is signed out", told)
            self.assertIn("could not be looked at", told)
            self.assertIn("does not answer", told)
            self.swift.start()
            self.assertIn("is sound", place.command_output("check"))

    def test_an_upload_that_is_killed_on_its_way_to_the_store_leaves_nothing(self):
        with Criptd(bucket=self.bucket) as server, concurrent.futures.ThreadPoolExecutor(1) as threads:
            ada = server.add_user("ada")
            self.swift.freeze()
            try:
                upload = threads.submit(self.upload, server, ada.token, b"killed")
                deadline = time.monotonic() + PATIENCE_SECONDS
                while not server.spools():
                    self.assertLess(time.monotonic(), deadline, "the upload did not come")
                    time.sleep(0.02)
                server.kill()
            finally:
                self.swift.thaw()
            with self.assertRaises((OSError, http.client.HTTPException)):
                upload.result()
            server.start()
            self.assertEqual((server.contents(), server.spools(), self.bucket.uploads()), ([], [], []))
            self.assertEqual(self.upload(server, ada.token, b"killed").status, 200)
            self.assertEqual(server.contents(), [sha256(b"killed")])


if __name__ == "__main__":
    unittest.main()
