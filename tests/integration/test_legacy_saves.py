"""Saves at `/api`, the dialect of SDK 0.4 to 0.6, that go wrong: contents, refusals, audit entries."""

import hashlib
import unittest
import uuid

from criptd import Criptd

DIFFERS = "the content that arrived is not the one that was announced: its SHA-256 differs"


def form_of(content):
    """A multipart form with one file, as requests sends it, and its headers."""
    head = b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    return head + content + b"\r\n--XX--\r\n", [("Content-Type", "multipart/form-data; boundary=XX")]


class LegacyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.user = cls.server.add_user("ada")
        cls.bob = cls.server.add_user("bob")

    def ask(self, method, url, body=None, user=None, **more):
        path = url.split(self.server.address, 1)[1] if "://" in url else url
        return self.server.ask(method, path, body, token=(user or self.user).token, **more)

    def make(self, kind, **body):
        answer = self.ask("POST", f"/api/{kind}/", {"name": str(uuid.uuid4()), **body})
        self.assertEqual(answer.status, 201, answer)
        return answer.json


class Contents(LegacyTest):
    def file_of(self, content):
        return self.make("file", project=self.make("project")["url"], source="/home/ada/a.csv", checksum=hashlib.sha256(content).hexdigest(), extension=".csv", type="data")

    def upload(self, file, **more):
        return {"file_uid": file["uid"], "file_checksum": file["checksum"], **more}

    def downloaded(self, file):
        return self.ask("GET", self.ask("GET", file["url"]).json["source"]).body

    def test_after_a_wrong_content_the_right_one_still_comes(self):
        file = self.file_of(b"right")

        def send(content):
            address = self.ask("POST", "/api/s3-signed-url/", self.upload(file, action="upload")).json
            body, headers = form_of(content)
            return self.server.ask("PUT", address.split(self.server.address, 1)[1], body, headers=headers)

        refused = send(b"wrong")
        self.assertEqual((refused.status, refused.json), (422, {"errors": [DIFFERS]}))
        self.assertEqual(self.ask("GET", file["url"]).json["source"], "Invalid")
        self.assertEqual(send(b"right").status, 200)
        self.assertEqual(self.downloaded(file), b"right")

    def test_after_wrong_parts_the_right_ones_still_come(self):
        file = self.file_of(b"right")

        def send(content):
            upload = self.ask("POST", "/api/s3-multipart-upload/", self.upload(file, action="create")).json["UploadId"]
            address = self.ask("POST", "/api/s3-signed-url/", self.upload(file, action="upload", upload_id=upload, part_number=1)).json
            part = self.server.ask("PUT", address.split(self.server.address, 1)[1], content)
            self.assertEqual(part.status, 200, part)
            parts = [{"ETag": part.header("ETag"), "PartNumber": 1}]
            return self.ask("POST", "/api/s3-multipart-upload/", self.upload(file, action="complete", upload_id=upload, parts=parts))

        refused = send(b"wrong")
        self.assertEqual((refused.status, refused.json), (422, {"errors": [DIFFERS]}))
        self.assertEqual(self.ask("GET", file["url"]).json["source"], "Invalid")
        completed = send(b"right")
        self.assertEqual(completed.status, 200, completed)
        self.assertEqual(self.downloaded(file), b"right")


class Refusals(LegacyTest):
    def test_what_has_no_route_is_told_in_the_words_of_the_dialect(self):
        nothing = (404, {"detail": "Not found."})
        for method, path in (("GET", "/api/nonsense/"), ("GET", "/api/material/x/y/z/"), ("GET", "/api/")):
            answer = self.ask(method, path)
            self.assertEqual((answer.status, answer.json), nothing, (method, path))
        for method, path in (("PATCH", f"/api/material/{uuid.uuid4()}/"), ("DELETE", "/api/material/")):
            answer = self.ask(method, path)
            self.assertEqual((answer.status, answer.json), (405, {"detail": f'Method "{method}" not allowed.'}), (method, path))
            self.assertTrue(answer.header("Allow"))
        self.assertIn("error", self.ask("GET", "/api/v1/nonsense/x/y/z/").json)

    def test_a_missing_token_and_a_wrong_one_are_told_apart(self):
        path = "/api/session-info/"
        for token, detail in ((None, "Authentication credentials were not provided."), ("Token " + "0" * 40, "Invalid token.")):
            answer = self.server.ask("GET", path, token=token)
            self.assertEqual((answer.status, answer.json), (401, {"detail": detail}))

    def test_an_integer_out_of_all_bounds_is_refused(self):
        project = self.make("project")
        answer = self.ask("POST", "/api/material/", {"name": "m", "project": project["url"], "properties": [{"key": "color", "value": "red", "set_id": 1e300}]})
        self.assertEqual((answer.status, answer.json), (422, {"errors": ["/properties/0/set_id: expected an integer"]}))


class Audit(LegacyTest):
    def actions(self, user):
        return [entry["action"] for entry in self.server.ask("GET", "/api/v1/account/audit", token=user.token).data]

    def test_a_project_that_stays_public_is_not_said_to_be_private(self):
        users = [self.ask("GET", "/api/session-info/", user=user).json["user_info"]["url"] for user in (self.user, self.bob)]
        group = self.make("group", users=[])
        self.assertEqual(self.ask("PUT", group["url"], {"name": group["name"], "users": users}).status, 200)
        project = self.make("project", group=group["url"], public=True)
        changed = self.ask("PUT", project["url"], {**project, "notes": "by bob", "public": False}, user=self.bob)
        self.assertEqual((changed.status, changed.json["notes"], changed.json["public"]), (200, "by bob", True), changed)
        self.assertNotIn("project.made_private", self.actions(self.bob))
        changed = self.ask("PUT", project["url"], {**project, "public": False})
        self.assertEqual((changed.status, changed.json["public"]), (200, False), changed)
        self.assertIn("project.made_private", self.actions(self.user))


if __name__ == "__main__":
    unittest.main()
