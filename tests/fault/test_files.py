"""Files when things go wrong, and large ones: kill -9 during uploads leaves nothing, and the memory of the server stays flat.

CRIPT_LARGE_FILE is the size of the large file in MiB (default 2048).
"""

import hashlib
import http.client
import json
import os
import pathlib
import random
import re
import socket
import threading
import time
import unittest

from criptd import API, PATIENCE_SECONDS, Criptd, wait_until

MIB = 1 << 20
LARGE = int(os.environ.get("CRIPT_LARGE_FILE", "2048"))
MOST_MEMORY = 150 * MIB
ROUNDS = 5
CUT = (OSError, http.client.HTTPException)


class Sender(threading.Thread):
    """Uploads files one after the other until the server is gone."""

    def __init__(self, server, token, number):
        super().__init__(daemon=True)
        self._server, self._header = server, [("Authorization", token)]
        self._random = random.Random(number)
        self.acknowledged = {}
        self.refused = []

    def run(self):
        connection = self._server.connect()
        try:
            while True:
                body = self._random.randbytes(self._random.choice((1_000, 300_000, 4 * MIB)))
                answer = connection.send("PUT", f"{API}/upload/a%20file.bin", body, self._header)
                if answer.status != 200:
                    self.refused.append(str(answer))
                    return
                self.acknowledged[answer.data["key"]] = hashlib.sha256(body).hexdigest()
        except CUT:
            connection.close()


class KilledUploads(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(Criptd())
        self.user = self.server.add_user("ada")

    def begin_upload(self, announced, sent):
        """An upload that stops in the middle and stays open."""
        host, port = self.server.address.rsplit(":", 1)
        connection = socket.create_connection((host, int(port)))
        head = f"PUT {API}/upload/half.bin HTTP/1.1\r\nHost: x\r\nAuthorization: {self.user.token}\r\nContent-Length: {announced}\r\n\r\n"
        connection.sendall(head.encode() + b"x" * sent)
        return connection

    def await_spool(self, size):
        wait_until(lambda: any(path.stat().st_size >= size for path in self.server.spools()), "a spool")

    def test_a_killed_upload_leaves_nothing(self):
        with self.begin_upload(8 * MIB, 4 * MIB):
            self.await_spool(4 * MIB)
            self.server.kill()
        self.assertEqual(len(self.server.spools()), 1, "what the killed process left")
        self.server.start()
        self.assertEqual((self.server.spools(), self.server.contents()), ([], []))
        files = self.server.ask("GET", f"{API}/file/", token=self.user.token)
        self.assertEqual(files.data["count"], 0)
        self.assertEqual(self.server.ask("GET", f"{API}/account/storage", token=self.user.token).data["used"], 0)

    def test_an_upload_whose_client_goes_away_leaves_nothing(self):
        with self.begin_upload(8 * MIB, 4 * MIB):
            self.await_spool(4 * MIB)
        wait_until(lambda: not self.server.spools(), "no spool")
        self.assertEqual(self.server.contents(), [])

    def test_every_acknowledged_file_is_whole_and_no_other_content_stays(self):
        kept = {}
        for number in range(ROUNDS):
            senders = [Sender(self.server, self.user.token, 10 * number + sender) for sender in range(4)]
            for sender in senders:
                sender.start()
            wait_until(lambda: sum(len(sender.acknowledged) for sender in senders) > 1 or any(s.refused for s in senders), "uploads")
            time.sleep(random.Random(number).uniform(0, 0.05))  # when the kill comes is what is varied here
            self.server.kill()
            for sender in senders:
                sender.join(PATIENCE_SECONDS)
                self.assertEqual(sender.refused, [])
                kept |= sender.acknowledged
            self.server.start()
            self.assertEqual(self.server.spools(), [])
            known = set(self.server.contents())
            for digest in known:
                content = self.server.content(digest)
                self.assertEqual(hashlib.sha256(content).hexdigest(), digest, "a content that is not whole")
            self.assertLessEqual(set(kept.values()), known, "an acknowledged file is gone")
        self.assertGreater(len(kept), ROUNDS)
        for key, digest in list(kept.items())[:20]:
            document = {"node": ["File"], "source": key, "type": "data", "extension": ".bin"}
            node = self.server.ask("POST", f"{API}/file/", document, token=self.user.token)
            self.assertEqual(node.status, 200, node)
            self.assertNotIn("warnings", node.json)
            uuid = node.data["result"][0]["uuid"]
            answer = self.server.ask("GET", f"{API}/file/{uuid}/content", token=self.user.token)
            self.assertEqual(hashlib.sha256(answer.body).hexdigest(), digest)


class Completions(unittest.TestCase):
    """Parts that are put together."""

    PART, PARTS = 16 * MIB, 4

    def setUp(self):
        self.server = self.enterContext(Criptd())
        self.token = self.server.add_user("ada").token
        self.upload = self.server.ask("POST", f"{API}/upload", {"name": "parts.bin"}, token=self.token).data["id"]
        whole = hashlib.sha256()
        for number in range(self.PARTS):
            body = random.Random(number).randbytes(self.PART)
            whole.update(body)
            answer = self.server.ask("PUT", f"{API}/upload/{self.upload}/{number + 1}", body, token=self.token)
            self.assertEqual(answer.status, 200, answer)
        self.digest = whole.hexdigest()

    def complete(self):
        return self.server.ask("POST", f"{API}/upload/{self.upload}/complete", token=self.token)

    @property
    def written(self):
        """Bytes that the server has written to files so far."""
        return int(re.search(r"wchar: (\d+)", pathlib.Path(f"/proc/{self.server.process.pid}/io").read_text()).group(1))

    def test_however_often_it_is_asked_for_the_parts_are_copied_once(self):
        before, answers = self.written, []
        threads = [threading.Thread(target=lambda: answers.append(self.complete())) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answers.append(self.complete())
        self.assertEqual({(answer.status, answer.data["sha256"]) for answer in answers}, {(200, self.digest)})
        self.assertLess(self.written - before, 2 * self.PARTS * self.PART, "copied more than once")

    def test_one_that_was_killed_on_the_way_leaves_nothing_half_and_can_be_asked_for_again(self):
        host, port = self.server.address.rsplit(":", 1)
        with socket.create_connection((host, int(port))) as connection:
            head = f"POST {API}/upload/{self.upload}/complete HTTP/1.1\r\nHost: x\r\nAuthorization: {self.token}\r\n\r\n"
            connection.sendall(head.encode())
            deadline = time.monotonic() + PATIENCE_SECONDS
            # Either it is under way, or it was faster than we looked.
            while not self.server.spools() and self.digest not in self.server.contents():
                self.assertLess(time.monotonic(), deadline, "nothing was begun")
            self.server.kill()
        self.server.start()
        self.assertEqual(self.server.spools(), [])
        answer = self.complete()
        self.assertEqual((answer.status, answer.data["sha256"]), (200, self.digest))
        for digest in self.server.contents():
            self.assertEqual(hashlib.sha256(self.server.content(digest)).hexdigest(), digest, "a content that is not whole")


class Peak(threading.Thread):
    """Watches the memory of a process that is its own: anonymous pages, and those of files that it has mapped."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self._status = pathlib.Path(f"/proc/{process.pid}/status")
        self.bytes = 0
        self.ended = threading.Event()

    def run(self):
        while not self.ended.wait(0.02):
            for line in self._status.read_text().splitlines():
                if line.startswith("VmRSS:"):
                    self.bytes = max(self.bytes, int(line.split()[1]) * 1024)


class LargeFiles(unittest.TestCase):
    """A file of 2 GiB, up in one piece, up in parts, and down. It repeats one mebibyte, so the test holds no more."""

    def setUp(self):
        self.server = self.enterContext(Criptd())
        self.user = self.server.add_user("ada")
        self.header = [("Authorization", self.user.token)]
        self.piece = random.Random(1).randbytes(MIB)
        self.peak = Peak(self.server.process)
        self.peak.start()

    def connection(self):
        host, port = self.server.address.rsplit(":", 1)
        return http.client.HTTPConnection(host, int(port), timeout=600)

    def put(self, path, pieces):
        connection = self.connection()
        connection.putrequest("PUT", API + path)
        connection.putheader("Authorization", self.user.token)
        connection.putheader("Content-Length", str(pieces * MIB))
        connection.endheaders()
        for _ in range(pieces):
            connection.send(self.piece)
        return self.data_of(connection)

    def data_of(self, connection):
        response = connection.getresponse()
        body = response.read()
        connection.close()
        self.assertEqual(response.status, 200, body[:500])
        return json.loads(body)["data"]

    def post(self, path, body=None):
        answer = self.server.ask("POST", API + path, body, token=self.user.token)
        self.assertEqual(answer.status, 200, answer)
        return answer.data

    def digest(self):
        digest = hashlib.sha256()
        for _ in range(LARGE):
            digest.update(self.piece)
        return digest.hexdigest()

    def test_memory_stays_flat_while_a_large_file_goes_up_and_down(self):
        whole = self.put("/upload/large.bin", LARGE)
        upload = self.post("/upload", {"name": "in parts.bin"})
        part = max(LARGE // 4, 1)
        for number in range(LARGE // part):
            self.put(f"/upload/{upload['id']}/{number + 1}", part)
        begun = time.monotonic()
        connection = self.connection()
        connection.request("POST", f"{API}/upload/{upload['id']}/complete", headers=dict(self.header))
        in_parts = self.data_of(connection)
        completed = time.monotonic() - begun
        self.assertEqual(whole["size"], LARGE * MIB)
        self.assertEqual(whole["sha256"], self.digest())
        self.assertEqual(in_parts["sha256"], whole["sha256"], "both ways give the same content")
        node = self.post("/file", {"node": ["File"], "source": whole["key"], "type": "data", "extension": ".bin"})
        connection = self.connection()
        connection.request("GET", f"{API}/file/{node['result'][0]['uuid']}/content", headers=dict(self.header))
        response, digest = connection.getresponse(), hashlib.sha256()
        while piece := response.read(MIB):
            digest.update(piece)
        connection.close()
        self.assertEqual(digest.hexdigest(), whole["sha256"])
        self.peak.ended.set()
        self.peak.join()
        print(f"\n{LARGE} MiB up, up in parts (put together in {completed:.1f} s) and down: peak {self.peak.bytes / MIB:.1f} MiB")
        self.assertLess(self.peak.bytes, MOST_MEMORY)


if __name__ == "__main__":
    unittest.main()
