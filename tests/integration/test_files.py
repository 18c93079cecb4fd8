"""Contents of files through our own routes: whole, in parts, by token and by signed address, and who may do what with them."""

import base64
import hashlib
import http.client
import socket
import unittest

import documents
from criptd import API, PATIENCE_SECONDS, Criptd, random_token_text


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Criptd().start()
        cls.addClassCleanup(cls.server.remove)
        cls.ada = cls.server.add_user("ada")
        cls.bob = cls.server.add_user("bob")

    def ask(self, method, path, body=None, *, token=None, headers=()):
        return self.server.ask(method, API + path, body, token=self.ada.token if token is None else token, headers=headers)

    def upload(self, body, name="data.csv", **named):
        return self.ask("PUT", f"/upload/{name}", body, **named)

    def new_file(self, body=b"content", **fields):
        """A File node that names a stored file, and the answer of the upload."""
        stored = self.upload(body)
        self.assertEqual(stored.status, 200, stored)
        node = {"node": ["File"], "source": stored.data["key"], "type": "data", "extension": ".csv", **fields}
        saved = self.ask("POST", "/file/", node)
        self.assertEqual(saved.status, 200, saved)
        return saved.data["result"][0]["uuid"], stored.data

    # In one piece

    def test_a_file_comes_back_as_it_was_stored(self):
        body = bytes(range(256)) * 1000
        uuid, stored = self.new_file(body)
        self.assertEqual(stored["size"], len(body))
        self.assertEqual(stored["sha256"], hashlib.sha256(body).hexdigest())
        answer = self.ask("GET", f"/file/{uuid}/content")
        self.assertEqual((answer.status, answer.body), (200, body))
        head = self.ask("HEAD", f"/file/{uuid}/content")
        self.assertEqual((head.status, head.header("Content-Length"), head.body), (200, str(len(body)), b""))

    def test_what_is_sent_can_do_nothing_in_a_browser(self):
        uuid, _ = self.new_file(b"<script>alert(1)</script>")
        answer = self.ask("GET", f"/file/{uuid}/content")
        self.assertTrue(answer.header("Content-Disposition").startswith("attachment;"))
        self.assertEqual(answer.header("X-Content-Type-Options"), "nosniff")
        self.assertEqual(answer.header("Content-Security-Policy"), "sandbox; default-src 'none'")

    def test_a_range_a_condition_and_what_cannot_be(self):
        uuid, _ = self.new_file(b"0123456789")
        path = f"/file/{uuid}/content"
        part = self.ask("GET", path, headers=[("Range", "bytes=2-4")])
        self.assertEqual((part.status, part.body, part.header("Content-Range")), (206, b"234", "bytes 2-4/10"))
        beyond = self.ask("GET", path, headers=[("Range", "bytes=10-")])
        self.assertEqual((beyond.status, beyond.header("Content-Range"), beyond.json["code"]), (416, "bytes */10", 416))
        etag = part.header("ETag")
        self.assertEqual(self.ask("GET", path, headers=[("If-None-Match", etag)]).status, 304)
        self.assertEqual(self.ask("GET", path, headers=[("If-Match", '"other"')]).status, 412)
        changed = self.ask("GET", path, headers=[("Range", "bytes=2-4"), ("If-Range", '"other"')])
        self.assertEqual((changed.status, changed.body), (200, b"0123456789"))

    def test_equal_contents_are_one_blob_and_two_files(self):
        first, second = self.upload(b"the same"), self.upload(b"the same")
        self.assertNotEqual(first.data["key"], second.data["key"])
        digest = hashlib.sha256(b"the same").hexdigest()
        self.assertEqual(self.server.contents().count(digest), 1)

    def test_a_wrong_checksum_stores_nothing(self):
        right = base64.b64encode(hashlib.md5(b"right").digest()).decode()
        self.assertEqual(self.upload(b"right", headers=[("Content-MD5", right)]).status, 200)
        wrong = self.upload(b"wrong", headers=[("Content-MD5", right)])
        self.assertEqual((wrong.status, wrong.json["errors"][0]["code"]), (400, "checksum_differs"))
        digest = hashlib.sha256(b"wrong").hexdigest()
        self.assertNotIn(digest, self.server.contents())

    def test_a_refusal_after_the_body_is_a_problem_where_one_is_asked_for(self):
        headers = [("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg=="), ("Accept", "application/problem+json")]
        answer = self.upload(b"wrong", headers=headers)
        self.assertEqual((answer.status, answer.header("Content-Type")), (400, "application/problem+json"))
        self.assertEqual(answer.json["errors"][0]["code"], "checksum_differs")

    def test_a_stranger_sends_no_body_in_vain(self):
        for token in (random_token_text(), "nonsense"):
            connection = self.server.connect()._http
            connection.putrequest("PUT", f"{API}/upload/x.bin")
            for header in (("Authorization", token), ("Content-Length", str(1 << 30)), ("Expect", "100-continue")):
                connection.putheader(*header)
            connection.endheaders()
            self.assertEqual(connection.getresponse().status, 401)
            connection.close()

    # In parts

    def begin(self, **named):
        answer = self.ask("POST", "/upload", {"name": "parts.bin"}, **named)
        self.assertEqual(answer.status, 200, answer)
        return answer.data["id"], answer.data["key"]

    def test_parts_are_put_together_in_the_order_of_their_numbers(self):
        upload, key = self.begin()
        for number, body in ((20, b"c"), (1, b"a"), (3, b"wrong"), (3, b"b")):
            part = self.ask("PUT", f"/upload/{upload}/{number}", body)
            self.assertEqual((part.status, part.data["size"]), (200, len(body)))
        there = self.ask("GET", f"/upload/{upload}").data
        self.assertEqual([part["number"] for part in there["parts"]], [1, 3, 20])
        done = self.ask("POST", f"/upload/{upload}/complete")
        self.assertEqual(done.data, {"key": key, "size": 3, "sha256": hashlib.sha256(b"abc").hexdigest()})
        self.assertEqual(self.ask("GET", f"/upload/{upload}").status, 404)
        self.assertEqual(self.ask("POST", f"/upload/{upload}/complete").data, done.data, "asked again, the same")
        self.assertEqual(self.ask("PUT", f"/upload/{upload}/4", b"late").status, 404)

    def test_an_upload_is_its_owners_alone(self):
        upload, _ = self.begin()
        for method, path in (("GET", ""), ("PUT", "/1"), ("POST", "/complete"), ("DELETE", "")):
            with self.subTest(method):
                body = b"x" if method == "PUT" else None
                self.assertEqual(self.ask(method, f"/upload/{upload}{path}", body, token=self.bob.token).status, 404)
                self.assertEqual(self.ask(method, f"/upload/{upload}{path}", body, token=random_token_text()).status, 401)
        self.assertEqual(self.ask("DELETE", f"/upload/{upload}").status, 200)
        self.assertEqual(self.ask("DELETE", f"/upload/{upload}").status, 404)

    def test_an_upload_ends_with_the_token_that_began_it(self):
        user = self.server.add_user("carol")
        upload, _ = self.begin(token=user.token)
        token = self.server.regenerate_token_of("carol")
        self.assertEqual(self.ask("GET", f"/upload/{upload}", token=token).status, 404)

    def test_numbers_of_parts_have_a_limit(self):
        upload, _ = self.begin()
        for number in (0, 10_001, "one", -1):
            self.assertEqual(self.ask("PUT", f"/upload/{upload}/{number}", b"x").status, 400)
        self.assertEqual(self.ask("POST", f"/upload/{upload}/complete").status, 400, "without any part")

    def test_a_running_transfer_ends_with_its_token(self):
        user = self.server.add_user("dora")
        connection = http.client.HTTPConnection(*self.server.address.rsplit(":", 1))
        connection.putrequest("PUT", f"{API}/upload/slow.bin")
        connection.putheader("Authorization", user.token)
        connection.putheader("Content-Length", "10")
        connection.putheader("Expect", "100-continue")
        connection.endheaders()
        self.assertIn(b" 100 ", connection.sock.recv(1_000), "the token was let pass")
        connection.send(b"01234")
        self.server.regenerate_token_of("dora")
        connection.send(b"56789")
        self.assertEqual(connection.getresponse().status, 401)
        connection.close()

    # Who may read

    def test_a_file_is_read_by_those_who_may_read_a_node_that_names_it(self):
        uuid, stored = self.new_file()
        self.assertEqual(self.ask("GET", f"/file/{uuid}/content", token=self.bob.token).status, 404)
        self.assertEqual(self.ask("GET", f"/file/{uuid}/url", token=self.bob.token).status, 404)
        document = documents.project()
        document["collection"][0]["experiment"][0]["data"] = [
            {
                "node": ["Data"], "uuid": documents.new_uuid(), "name": "shared", "type": "afm_amp",
                "file": [{"node": ["File"], "uuid": documents.new_uuid(), "source": stored["key"], "type": "data", "extension": ".csv"}],
            }
        ]  # fmt: skip
        self.assertEqual(self.ask("POST", "/project/", document).status, 200)
        shared = document["collection"][0]["experiment"][0]["data"][0]["file"][0]["uuid"]
        self.assertEqual(self.ask("GET", f"/file/{shared}/content", token=self.bob.token).status, 404)
        bob = self.ask("GET", "/account", token=self.bob.token).data["uuid"]
        self.ask("PATCH", f"/project/{document['uuid']}/", {"node": ["Project"], "member": [{"uuid": bob}]})
        self.assertEqual(self.ask("GET", f"/file/{shared}/content", token=self.bob.token).body, b"content")
        again = {"node": ["File"], "source": stored["key"], "type": "data", "extension": ".csv"}
        self.assertEqual(self.ask("POST", "/file/", again, token=self.bob.token).status, 200, "he may read it already")

    def test_a_key_of_somebody_else_cannot_be_named(self):
        _, stored = self.new_file()
        node = {"node": ["File"], "source": stored["key"], "type": "data", "extension": ".csv"}
        for path, document, pointer in (
            ("/file/", node, "/source"),
            ("/data/", {"node": ["Data"], "name": "some data", "type": "afm_amp", "file": [node]}, "/file/0/source"),
        ):
            answer = self.ask("POST", path, document, token=self.bob.token)
            self.assertEqual((answer.status, answer.json["errors"][0]["pointer"]), (403, pointer), answer)

    def test_a_key_under_which_nothing_is_stored_is_saved_with_a_warning(self):
        node = {"node": ["File"], "source": "not/there.csv", "type": "data", "extension": ".csv"}
        answer = self.ask("POST", "/file/", node)
        self.assertEqual((answer.status, answer.json["warnings"][0]["code"]), (200, "no_stored_file"))
        uuid = answer.data["result"][0]["uuid"]
        self.assertEqual(self.ask("GET", f"/file/{uuid}/content").status, 404)
        address = {**node, "source": "https://example.org/a.csv"}
        self.assertNotIn("warnings", self.ask("POST", "/file/", address).json)

    # Signed addresses

    def test_a_signed_address_needs_no_token_and_dies_with_the_one_that_asked(self):
        user = self.server.add_user("emil")
        stored = self.upload(b"signed", token=user.token).data
        node = {"node": ["File"], "source": stored["key"], "type": "data", "extension": ".csv"}
        uuid = self.ask("POST", "/file/", node, token=user.token).data["result"][0]["uuid"]
        signed = self.ask("GET", f"/file/{uuid}/url", token=user.token)
        self.assertEqual(signed.header("Cache-Control"), "no-store")
        path = "/" + signed.data["url"].split("/", 3)[3]
        self.assertEqual(self.server.ask("GET", path).body, b"signed")
        self.assertEqual(self.server.ask("HEAD", path).status, 403, "another method is not signed")
        self.assertEqual(self.server.ask("GET", path.replace(".csv", ".csw")).status, 403)
        last = path[-1]
        self.assertEqual(self.server.ask("GET", path[:-1] + ("0" if last != "0" else "1")).status, 403)
        self.server.regenerate_token_of("emil")
        self.assertEqual(self.server.ask("GET", path).status, 403)

    def test_a_signed_address_of_a_session_dies_with_it(self):
        stored = self.upload(b"by session").data
        node = {"node": ["File"], "source": stored["key"], "type": "data", "extension": ".csv"}
        uuid = self.ask("POST", "/file/", node).data["result"][0]["uuid"]
        session = self.server.session("ada", self.ada.password)
        path = "/" + session.send("GET", f"/file/{uuid}/url").data["url"].split("/", 3)[3]
        self.assertEqual(self.server.ask("GET", path).body, b"by session")
        self.assertEqual(session.send("DELETE", "/account/session").status, 200)
        self.assertEqual(self.server.ask("GET", path).status, 403)

    def test_a_page_uploads_with_its_synchronizer_token_only(self):
        session = self.server.session("bob", self.bob.password)
        self.assertEqual(session.send("PUT", "/upload/page.csv", b"from a page").status, 200)
        self.assertEqual(session.send("PUT", "/upload/page.csv", b"from a page", csrf=False).status, 403)

    # Limits

    def test_more_than_the_quota_is_refused(self):
        with Criptd(environment={"CRIPTD_STORAGE_QUOTA": "1"}) as server:
            user = server.add_user("ada")
            used = server.ask("GET", f"{API}/account/storage", token=user.token).data
            self.assertEqual(used, {"used": 0, "quota": 1 << 30})
            connection = http.client.HTTPConnection(*server.address.rsplit(":", 1))
            connection.putrequest("PUT", f"{API}/upload/large.bin")
            connection.putheader("Authorization", user.token)
            connection.putheader("Content-Length", str((1 << 30) + 1))
            connection.endheaders()
            answer = connection.getresponse()
            self.assertEqual(answer.status, 413)
            self.assertIn(b"quota_exceeded", answer.read())
            connection.close()

    def invited(self, server, user, path, length, method="PUT"):
        """A request that waits to be asked for its body, and the status that it got: 100 if it was."""
        connection = socket.create_connection(server.address.rsplit(":", 1), timeout=PATIENCE_SECONDS)
        self.addCleanup(connection.close)
        lines = (f"{method} {path} HTTP/1.1", f"Host: {server.address}", f"Content-Length: {length}", "Expect: 100-continue",
                 f"Authorization: {user}", "Content-Type: application/json", "", "")  # fmt: skip
        connection.sendall("\r\n".join(lines).encode())
        return int(connection.recv(65536).split()[1])

    def test_uploads_at_once_have_to_fit_into_the_quota_together(self):
        with Criptd(environment={"CRIPTD_STORAGE_QUOTA": "1", "CRIPTD_STORAGE_FLOOR": "1"}) as server:
            user = server.add_user("ada").token
            self.assertEqual(self.invited(server, user, f"{API}/upload/a.bin", 600 << 20), 100)
            self.assertEqual(self.invited(server, user, f"{API}/upload/b.bin", 600 << 20), 413)
            self.assertEqual(self.invited(server, user, f"{API}/upload/c.bin", 400 << 20), 100)

    def test_a_disk_that_has_to_stay_free_takes_no_files_and_the_rest_is_served(self):
        with Criptd(environment={"CRIPTD_STORAGE_FLOOR": "1000000000"}) as server:
            user = server.add_user("ada").token
            answer = server.ask("PUT", f"{API}/upload/a.bin", b"content", token=user)
            self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (507, "disk_full"))
            ready = server.ask("GET", "/readyz")
            self.assertEqual((ready.status, ready.data), (200, {"status": "ready", "files": "unavailable"}))
            self.assertEqual(server.ask("POST", f"{API}/project/", documents.project(), token=user).status, 200)
        self.assertEqual(self.server.ask("GET", "/readyz").data["files"], "available")

    def test_long_documents_of_one_client_have_to_fit_into_its_memory_together(self):
        with Criptd(environment={"CRIPTD_BODY_MEMORY": "4", "CRIPTD_BODY_MEMORY_PER_CLIENT": "1"}) as server:
            user = server.add_user("ada").token
            self.assertEqual(self.invited(server, user, f"{API}/project/", 900 << 10, "POST"), 100)
            self.assertEqual(self.invited(server, user, f"{API}/project/", 900 << 10, "POST"), 429)
            self.assertEqual(self.invited(server, user, f"{API}/project/", 2 << 20, "POST"), 413)
            self.assertEqual(server.ask("POST", f"{API}/project/", documents.project(), token=user).status, 200)

    def test_a_stranger_is_not_asked_for_a_long_document(self):
        self.assertEqual(self.invited(self.server, random_token_text(), f"{API}/project/", 1 << 20, "POST"), 401)
        self.assertEqual(self.invited(self.server, "AWS4-HMAC-SHA256 x", "/cript-user-data/key?uploadId=x", 1 << 20, "POST"), 400)


if __name__ == "__main__":
    unittest.main()
