"""Who may do what: one table of (route, caller, answer), walked row by row, and a test that the table names every route."""

import re
import unittest

import documents
from criptd import API, Criptd
from test_legacy_policy import NOT_IN_V1

# Callers: anonymous, a stranger (has an account, no rights), a member of the project, its owner, an owner whose token
# was revoked. What a caller who may not see a thing gets is the 404 of a thing that does not exist.
CALLERS = ("anonymous", "revoked", "stranger", "member", "owner")

KINDS = (
    "project collection experiment inventory material process computation computation_process data reference software file"
    " user algorithm citation computational_forcefield condition equipment ingredient parameter property quantity"
    " software_configuration"
).split()

OPEN = dict.fromkeys(CALLERS, 200)
SIGNED_IN = {"anonymous": 401, "revoked": 401, "stranger": 200, "member": 200, "owner": 200}
OF_THE_PROJECT = {"anonymous": 401, "revoked": 401, "stranger": 404, "member": 200, "owner": 200}
# A token never does what needs a person who gave a password just now.
SESSION_ONLY = {"anonymous": 401, "revoked": 401, "stranger": 403, "member": 403, "owner": 403}

# Outside the API, for whoever watches the server.
OPERATION = ("/healthz", "/readyz")

# (method, path): who gets what. Nodes are those of a project that is not public.
TABLE = {
    ("GET", "/healthz"): OPEN,
    ("GET", "/readyz"): OPEN,
    ("GET", "/account/status"): OPEN,
    ("GET", "/schema/"): OPEN,
    ("GET", "/cv/"): OPEN,
    ("GET", "/cv/{category}/"): OPEN,
    ("GET", "/openapi.json"): OPEN,
    ("GET", "/account"): SIGNED_IN,
    ("GET", "/account/token"): SIGNED_IN,
    ("GET", "/account/audit"): SIGNED_IN,
    ("GET", "/account/sessions"): SESSION_ONLY,
    ("DELETE", "/account/sessions"): SESSION_ONLY,
    ("POST", "/account/password"): SESSION_ONLY,
    ("POST", "/account/reauthenticate"): SESSION_ONLY,
    ("POST", "/account/token/reveal"): SESSION_ONLY,
    ("POST", "/account/token/regenerate"): SESSION_ONLY,
    ("GET", "/{type}/{uuid}/"): OF_THE_PROJECT,
    ("PATCH", "/{type}/{uuid}/"): OF_THE_PROJECT,
    ("DELETE", "/{type}/{uuid}/"): OF_THE_PROJECT,
    ("POST", "/{type}/"): SIGNED_IN,
    ("GET", "/{type}/"): SIGNED_IN,
    ("GET", "/search/{type}/"): SIGNED_IN,
    ("GET", "/search/exact/{type}/"): SIGNED_IN,
    ("GET", "/search/bigsmiles/"): SIGNED_IN,
    ("POST", "/search/{type}/"): SIGNED_IN,
    ("POST", "/search/properties/{type}/"): SIGNED_IN,
    ("POST", "/validate/{type}/"): SIGNED_IN,
    ("GET", "/{type}/{uuid}/{child}/"): OF_THE_PROJECT,
    ("GET", "/search/exact/{type}/{uuid}/{child}/"): OF_THE_PROJECT,
    ("GET", "/{type}/{uuid}/history/"): OF_THE_PROJECT,
    ("POST", "/{type}/{uuid}/history/{revision}/restore/"): OF_THE_PROJECT,
    ("GET", "/account/storage"): SIGNED_IN,
}

# Routes that their own tests walk, and which.
ELSEWHERE = {
    ("POST", "/account/setup"): "test_setup",
    ("POST", "/account/session"): "test_sessions",
    ("DELETE", "/account/session"): "test_sessions",
    ("DELETE", "/account/sessions/{id}"): "test_sessions",
    ("GET", "/{type}/{uuid}/content"): "test_files",
    ("GET", "/{type}/{uuid}/url"): "test_files",
    ("PUT", "/upload/{name}"): "test_files",
    ("POST", "/upload"): "test_files",
    ("PUT", "/upload/{id}/{number}"): "test_files",
    ("GET", "/upload/{id}"): "test_files",
    ("POST", "/upload/{id}/complete"): "test_files",
    ("DELETE", "/upload/{id}"): "test_files",
    ("GET", "/upload"): "test_transfers",
}

BODIES = {
    "/material/": {"node": ["Material"], "name": "unfiled"},
    "/search/material/": {"q": "nothing of that name"},
    "/search/properties/material/": {"key": "density"},
    "/validate/material/": {"node": ["Material"], "name": "unfiled"},
    "/account/password": {"current_password": "x", "new_password": "a long enough password"},
    "/account/reauthenticate": {"password": "x"},
    "/account/token/reveal": {"nonce": "x", "purpose": "reveal"},
    "/account/token/regenerate": {"nonce": "x"},
}


class Policy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Criptd().start()
        cls.addClassCleanup(cls.server.remove)
        cls.owner = cls.server.add_user("owner")
        cls.member = cls.server.add_user("member")
        cls.stranger = cls.server.add_user("stranger")
        gone = cls.server.add_user("gone")
        cls.server.regenerate_token_of("gone")
        cls.tokens = {
            "anonymous": None,
            "revoked": gone.token,
            "stranger": cls.stranger.token,
            "member": cls.member.token,
            "owner": cls.owner.token,
        }

    def ask(self, caller, method, path, body=None):
        return self.server.ask(method, path if path in OPERATION else API + path, body, token=self.tokens[caller])

    def new_project(self):
        """Saved by the owner, with the member in it."""
        document = documents.project()
        answer = self.ask("owner", "POST", "/project/", document)
        self.assertEqual(answer.status, 200, answer)
        who = self.ask("member", "GET", "/account").data["uuid"]
        change = {"node": ["Project"], "member": [{"uuid": who}]}
        answer = self.ask("owner", "PATCH", f"/project/{document['uuid']}/", change)
        self.assertEqual(answer.status, 200, answer)
        return document

    def rows(self):
        for (method, path), expected in TABLE.items():
            if "{uuid}" in path:
                continue  # tests of their own, over several types
            yield method, path.replace("{category}", "process_type").replace("{type}", "material"), expected

    def test_routes_that_name_no_node(self):
        for method, path, expected in self.rows():
            for caller in CALLERS:
                with self.subTest(f"{caller}: {method} {path}"):
                    query = "?q=nothing-of-that-name" if "/exact/" in path or "/bigsmiles/" in path else ""
                    answer = self.ask(caller, method, path + query, BODIES.get(path) if method == "POST" else None)
                    self.assertEqual(answer.status, expected[caller], answer)

    CHANGES = {
        "project": {"notes": "changed"},
        "collection": {"notes": "changed"},
        "experiment": {"notes": "changed"},
        "process": {"description": "changed"},
        "ingredient": {"keyword": ["solvent"]},
        "quantity": {"value": 0.75},
        "material": {"vendor": "changed"},
        "property": {"value": 1.05},
    }
    # A PATCH of a UUID that does not exist makes the node, so what a stranger gets for a hidden one is what such a POST
    # would get: a list of what the document lacks, or word that the UUID is taken.
    REFUSALS = {401: (401,), 404: (400, 404, 409)}

    def test_reading_and_changing_a_node_of_a_project_that_is_not_public(self):
        for kind, pick in (
            ("project", lambda d: d),
            ("collection", lambda d: d["collection"][0]),
            ("experiment", lambda d: d["collection"][0]["experiment"][0]),
            ("process", lambda d: d["collection"][0]["experiment"][0]["process"][0]),
            ("ingredient", lambda d: d["collection"][0]["experiment"][0]["process"][0]["ingredient"][0]),
            ("quantity", lambda d: d["collection"][0]["experiment"][0]["process"][0]["ingredient"][0]["quantity"][0]),
            ("material", lambda d: d["material"][0]),
            ("property", lambda d: d["material"][1]["property"][0]),
        ):
            for caller in CALLERS:
                document = self.new_project()
                node = pick(document)
                path = f"/{kind}/{node['uuid']}/"
                with self.subTest(f"{caller}: {kind}"):
                    expected = OF_THE_PROJECT[caller]
                    before = self.ask("owner", "GET", path).data
                    self.assertEqual(self.ask(caller, "GET", path).status, expected)
                    changed = self.ask(caller, "PATCH", path, {"node": node["node"], **self.CHANGES[kind]})
                    if expected == 200:
                        self.assertEqual(changed.status, 200, changed)
                        self.assertNotEqual(self.ask("owner", "GET", path).data, before)
                        continue
                    self.assertIn(changed.status, self.REFUSALS[expected], changed)
                    changed = self.ask(caller, "PATCH", path, node)
                    self.assertIn(changed.status, self.REFUSALS[expected], changed)
                    self.assertEqual(self.ask(caller, "DELETE", path).status, expected)
                    self.assertEqual(self.ask("owner", "GET", path).data, before, "it is still as it was")

    def test_the_children_and_the_history_of_a_node_of_a_project_that_is_not_public(self):
        walked = []
        for caller in CALLERS:
            document = self.new_project()
            node = document["material"][0]["uuid"]
            self.ask("owner", "PATCH", f"/material/{node}/", {"node": ["Material"], "notes": "changed"})
            before = self.ask("owner", "GET", f"/material/{node}/").data
            for (method, pattern), expected in TABLE.items():
                if "{uuid}" not in pattern or pattern == "/{type}/{uuid}/":
                    continue
                path = pattern.replace("{type}", "material").replace("{uuid}", node).replace("{child}", "property")
                query = "?q=x&field=key" if "/exact/" in path else ""
                with self.subTest(f"{caller}: {method} {pattern}"):
                    answer = self.ask(caller, method, path.replace("{revision}", "1") + query)
                    self.assertEqual(answer.status, expected[caller], answer)
                walked.append(pattern)
            if OF_THE_PROJECT[caller] != 200:
                self.assertEqual(self.ask("owner", "GET", f"/material/{node}/").data, before)
        self.assertEqual(len(set(walked)), 4)

    def test_the_answer_of_a_hidden_node_is_that_of_a_missing_one(self):
        hidden = self.new_project()
        for method, body in (("GET", None), ("DELETE", None), ("PATCH", {"node": ["Material"], "notes": "mine now"})):
            with self.subTest(method):
                of_hidden = self.ask("stranger", method, f"/material/{hidden['material'][0]['uuid']}/", body)
                of_missing = self.ask("stranger", method, f"/material/{documents.new_uuid()}/", body)
                self.assertEqual((of_hidden.status, of_hidden.body), (of_missing.status, of_missing.body))

    def test_a_search_shows_a_stranger_neither_hits_nor_their_number(self):
        document = self.new_project()
        name = f"hidden {document['uuid']}"
        self.ask("owner", "PATCH", f"/project/{document['uuid']}/", {"node": ["Project"], "name": name})
        for path in ("/search/project/?q=", "/search/exact/project/?q="):
            with self.subTest(path):
                path += name.replace(" ", "%20")
                answer = self.ask("stranger", "GET", path)
                self.assertEqual((answer.status, answer.data["count"], answer.data["result"]), (200, 0, []))
                self.assertEqual(self.ask("member", "GET", path).data["count"], 1)

    def test_a_count_does_not_grow_with_what_a_stranger_may_not_see(self):
        before = self.ask("stranger", "GET", "/search/material/").data["count"]
        self.new_project()
        self.assertEqual(self.ask("stranger", "GET", "/search/material/").data["count"], before)

    def test_a_public_project_can_be_read_but_not_changed_by_everyone_who_signs_in(self):
        document = self.new_project()
        path = f"/project/{document['uuid']}/"
        self.ask("owner", "PATCH", path, {"node": ["Project"], "public": True})
        below = f"/material/{document['material'][0]['uuid']}/"
        for caller, status in (("anonymous", 401), ("stranger", 200)):
            with self.subTest(caller):
                self.assertEqual(self.ask(caller, "GET", path).status, status)
                self.assertEqual(self.ask(caller, "GET", below).status, status)
        self.assertEqual(self.ask("stranger", "PATCH", path, {"node": ["Project"], "notes": "mine now"}).status, 403)
        self.assertEqual(self.ask("stranger", "DELETE", below).status, 403)

    def test_a_stranger_cannot_adopt_or_overwrite_a_hidden_node_by_a_project_of_his_own(self):
        hidden = self.new_project()
        stolen = {**hidden["material"][0], "notes": "mine now"}
        for material in ({"uuid": stolen["uuid"]}, stolen):
            with self.subTest(full="node" in material):
                mine = documents.project(material=[material], collection=[])
                answer = self.ask("stranger", "POST", "/project/", mine)
                self.assertIn(answer.status, (400, 403, 409), answer)
                self.assertEqual(self.ask("stranger", "GET", f"/project/{mine['uuid']}/").status, 404)
        (kept,) = self.ask("owner", "GET", f"/material/{stolen['uuid']}/").data
        self.assertNotIn("notes", kept)

    def test_the_table_names_every_route(self):
        paths = self.ask("anonymous", "GET", "/openapi.json").json["paths"]
        listed = set()
        for path, operations in paths.items():
            if NOT_IN_V1.match(path):
                continue  # walked by test_legacy_policy
            path = path.removeprefix(API)
            for method in operations.keys() & {"get", "post", "put", "patch", "delete"}:
                listed.add((method.upper(), self.generic(path)))
        walked = {(method, self.generic(path)) for method, path in (TABLE | ELSEWHERE)}
        self.assertEqual(listed - walked, set(), "routes of which no row says who may use them")
        self.assertEqual(walked - listed, set(), "rows of routes that are not documented")

    @staticmethod
    def generic(path):
        path = re.sub(rf"(?<=/)({'|'.join(sorted(KINDS, key=len, reverse=True))})(?=/|$)", "{type}", path.rstrip("/"))
        return path
