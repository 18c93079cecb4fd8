"""Who may do what at `/api`, the dialect of SDK 0.4 to 0.6: every route that is documented is walked by every caller."""

import re
import unittest

from criptd import Criptd

# Asked by anyone: what a program reads before anybody signs in.
OPEN = {"/keys", "/keys/{category}", "/api/keys/all", "/api/option/{category}"}
# Nodes of a project that is not public.
HIDDEN = (
    "project collection experiment inventory material process computation computational-process data file"
).split()
# Seen by everyone who signed in, and changed by their owner alone.
SHARED = {"reference", "software", "user"}
NOT_IN_V1 = re.compile(r"^/(api/(?!v1/)|keys|file/download/)")


class LegacyPolicy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.tokens = {name: cls.server.add_user(name).token for name in ("owner", "stranger", "revoked")}
        revoked = cls.tokens["revoked"]
        cls.server.regenerate_token_of("revoked")
        cls.tokens |= {"revoked": revoked, "anonymous": None}
        cls.paths = cls.server.ask("GET", "/api/v1/openapi.json").json["paths"]
        cls.urls = cls.make_nodes()

    @classmethod
    def ask(cls, caller, method, path, body=None):
        return cls.server.ask(method, path, body, token=cls.tokens[caller])

    @classmethod
    def make_nodes(cls):
        """One node of each type, below one project."""
        urls = {}

        def make(kind, **body):
            answer = cls.ask("owner", "POST", f"/api/{kind}/", body)
            assert answer.status == 201, f"{kind}: {answer}"
            urls[kind] = answer.json["url"]

        make("project", name="hidden")
        make("collection", name="c", project=urls["project"])
        make("experiment", name="e", collection=urls["collection"])
        make("inventory", name="i", collection=urls["collection"])
        make("material", name="m", project=urls["project"], identifiers=[{"key": "preferred_name", "value": "water"}])
        make("process", name="p", experiment=urls["experiment"], type="multistep")
        make("computation", name="k", experiment=urls["experiment"], type="analysis")
        make("data", name="d", experiment=urls["experiment"], type="nmr_h1", files=[])
        make("file", name="f.csv", project=urls["project"], type="data", extension=".csv", source="https://example.org/f.csv")
        make("reference", title="r", doi="10.1/x")
        make("software", name="s", version="1")
        return urls

    @staticmethod
    def path_of(url):
        return "/api/" + url.split("/api/", 1)[1]

    @staticmethod
    def body_of(method, **members):
        return members if method in ("POST", "PUT", "PATCH") else None

    def routes(self):
        return [
            (method.upper(), path)
            for path, operations in self.paths.items()
            if NOT_IN_V1.match(path)
            for method in operations.keys() & {"get", "post", "put", "patch", "delete"}
        ]

    def filled(self, path):
        kind = path.split("/")[2] if path.startswith("/api/") else "file"
        uid = self.urls[kind].rstrip("/").rsplit("/", 1)[1] if kind in self.urls else "00000000-0000-4000-8000-000000000001"
        return path.replace("{uid}", uid).replace("{category}", "material-identifier-key") + "/"

    def test_only_vocabularies_are_for_anyone(self):
        self.assertGreater(len(self.routes()), 50)
        for method, path in self.routes():
            for caller in ("anonymous", "revoked"):
                with self.subTest(method=method, path=path, caller=caller):
                    answer = self.ask(caller, method, self.filled(path), self.body_of(method))
                    if path in OPEN:
                        self.assertEqual(answer.status, 200, answer)
                    else:
                        self.assertEqual(answer.status, 401, answer)

    def test_a_stranger_finds_nothing_of_a_hidden_project(self):
        walked = set()
        for method, path in self.routes():
            kind = path.split("/")[2] if path.startswith("/api/") else ""
            if "{uid}" not in path or kind not in HIDDEN or kind not in self.urls:
                continue
            with self.subTest(method=method, path=path):
                answer = self.ask("stranger", method, self.filled(path), self.body_of(method, name="mine now"))
                self.assertEqual(answer.status, 404, answer)
                walked.add(kind)
        self.assertEqual(walked, set(HIDDEN) & set(self.urls))

    def test_a_stranger_changes_nothing_that_is_shared(self):
        for kind in ("reference", "software"):
            path = self.path_of(self.urls[kind])
            self.assertEqual(self.ask("stranger", "GET", path).status, 200)
            for method in ("PUT", "DELETE"):
                with self.subTest(method=method, kind=kind):
                    answer = self.ask("stranger", method, path, self.body_of(method, title="mine now", name="mine now"))
                    self.assertIn(answer.status, (403, 422), answer)

    def test_lists_and_searches_hold_nothing_that_is_hidden(self):
        for kind in HIDDEN:
            if kind not in self.urls:
                continue
            with self.subTest(kind):
                self.assertEqual(self.ask("owner", "GET", f"/api/{kind}/").json["count"], 1)
                self.assertEqual(self.ask("stranger", "GET", f"/api/{kind}/").json["count"], 0)
                found = self.ask("stranger", "POST", f"/api/search/{kind}/", {})
                self.assertEqual(found.status, 200, found)
                self.assertEqual(found.json["count"], 0)

    def test_a_stranger_gets_no_address_for_a_hidden_file(self):
        uid = self.urls["file"].rstrip("/").rsplit("/", 1)[1]
        for path in ("/api/s3-signed-url/", "/api/s3-multipart-upload/", "/api/globus-stage-upload/", "/api/globus-stage-download/"):
            with self.subTest(path):
                answer = self.ask("stranger", "POST", path, {"action": "initiate", "file_uid": uid, "file_name": "f.csv", "file_checksum": "0"})
                self.assertGreaterEqual(answer.status, 400, answer)
                self.assertNotIn("X-Amz-Signature", str(answer))
        self.assertEqual(self.ask("stranger", "GET", f"/file/download/{uid}/").status, 404)

    def test_a_stranger_puts_nothing_into_a_hidden_node(self):
        for kind, parent in (("collection", "project"), ("material", "project"), ("experiment", "collection"), ("process", "experiment")):
            with self.subTest(kind):
                answer = self.ask("stranger", "POST", f"/api/{kind}/", {"name": "mine", "type": "multistep", parent: self.urls[parent]})
                self.assertEqual(answer.status, 422, answer)

    def test_groups_are_changed_by_their_members_alone(self):
        made = self.ask("owner", "POST", "/api/group/", {"name": "ours"})
        self.assertEqual(made.status, 201, made)
        path = self.path_of(made.json["url"])
        for method in ("PUT", "DELETE"):
            with self.subTest(method):
                self.assertIn(self.ask("stranger", method, path, self.body_of(method, name="mine")).status, (403, 404))
        self.assertEqual(self.ask("owner", "GET", path).json["name"], "ours")


if __name__ == "__main__":
    unittest.main()
