"""What a document has to be: every mistake told at once, nothing dropped, nothing half-saved, limits with clear words."""

import copy
import json
import re
import unittest

import documents
from criptd import API, Criptd

POST = f"{API}/project/"


class DocumentTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Criptd().start()
        cls.addClassCleanup(cls.server.remove)
        cls.user = cls.server.add_user("ada")

    def save(self, document, query=""):
        return self.server.ask("POST", POST + query, document, token=self.user.token)

    def read(self, kind, uuid):
        return self.server.ask("GET", f"{API}/{kind}/{uuid}/", token=self.user.token)

    def stored_count(self):
        """Rows of the graph's tables, seen from outside."""
        page = self.server.ask("GET", f"{API}/search/project/?limit=100", token=self.user.token)
        self.assertEqual(page.status, 200, page)
        materials = self.server.ask("GET", f"{API}/search/material/?limit=100", token=self.user.token)
        return page.data["count"], materials.data["count"]

    def assert_refused(self, answer, status, pointer=None):
        self.assertEqual(answer.status, status, answer)
        envelope = answer.json
        self.assertEqual((envelope["code"], envelope["data"]), (status, None))
        self.assertIsInstance(envelope["error"], str)
        self.assertTrue(envelope["error"])
        if pointer is not None:
            self.assertEqual([problem["pointer"] for problem in envelope["errors"]], [pointer], answer)


class Mistakes(DocumentTest):
    # What is done to a good document, and where the error must point.
    MISTAKES = {
        "/material/0/nam": lambda d: d["material"][0].update(nam="styrol"),
        "/material/0/pubchem_cid": lambda d: d["material"][0].update(pubchem_cid="7501"),
        "/material/0/names": lambda d: d["material"][0].update(names="styrol"),
        "/material/1/keyword/0": lambda d: d["material"][1].update(keyword=["homopolymr"]),
        "/material/1/property/0/key": lambda d: d["material"][1]["property"][0].update(key="densty"),
        "/material/1/property/0/uncertainty": lambda d: d["material"][1]["property"][0].update(uncertainty="0.1"),
        "/material/1/notes": lambda d: d["material"][1].update(notes="n" * 10_001),
        "/collection/0/name": lambda d: d["collection"][0].update(name=7),
        "/collection/0/inventory": lambda d: d["collection"][0].update(inventory={"node": ["Inventory"]}),
        "/collection/0/experiment/0/node": lambda d: d["collection"][0]["experiment"][0].update(node=["Experimnt"]),
        "/collection/0/uuid": lambda d: d["collection"][0].update(uuid="not-a-uuid"),
        "/public": lambda d: d.update(public="yes"),
    }

    def test_twelve_mistakes_get_twelve_errors_with_pointers_and_nothing_is_stored(self):
        before = self.stored_count()
        document = documents.project()
        for spoil in self.MISTAKES.values():
            spoil(document)

        answer = self.save(document)

        self.assert_refused(answer, 400)
        problems = answer.json["errors"]
        pointers = [problem["pointer"] for problem in problems]
        self.assertEqual(len(set(pointers)), len(pointers), "distinct pointers")
        self.assertEqual(sorted(pointers), sorted(self.MISTAKES), answer)
        for problem in problems:
            self.assertTrue(problem["code"] and problem["message"], problem)
        self.assertEqual(self.stored_count(), before)
        self.assertEqual(self.read("project", document["uuid"]).status, 404)
        for uuid in documents.uuids_of(document["material"]):
            self.assertEqual(self.read("material", uuid).status, 404)

    def test_each_mistake_alone_gets_its_one_error(self):
        for pointer, spoil in self.MISTAKES.items():
            with self.subTest(pointer):
                document = documents.project()
                spoil(document)
                self.assert_refused(self.save(document), 400, pointer)

    def test_an_unknown_field_is_an_error_with_a_suggestion(self):
        document = documents.project()
        document["material"][0]["nam"] = "styrol"
        answer = self.save(document)
        self.assert_refused(answer, 400, "/material/0/nam")
        problem = answer.json["errors"][0]
        self.assertEqual((problem["code"], problem["suggestion"]), ("unknown_field", "name"))

    def test_a_misspelt_term_is_an_error_with_a_suggestion(self):
        document = documents.project()
        document["material"][1]["property"][0]["key"] = "densty"
        answer = self.save(document)
        self.assertEqual(answer.json["errors"][0].get("suggestion"), "density", answer)

    def test_a_required_field_that_is_missing_is_told(self):
        document = documents.project()
        del document["material"][0]["name"]
        answer = self.save(document)
        self.assert_refused(answer, 400)
        (problem,) = answer.json["errors"]
        self.assertIn(problem["pointer"], ("/material/0", "/material/0/name"))
        self.assertIn("name", problem["message"])

    def test_a_link_to_nowhere_is_told(self):
        document = documents.project()
        document["collection"][0]["inventory"] = [
            {"node": ["Inventory"], "name": "shelf", "material": [{"uid": "_:nowhere"}]}
        ]
        self.assert_refused(self.save(document), 400, "/collection/0/inventory/0/material/0/uid")

    def test_a_key_that_comes_twice_is_an_error_not_a_choice(self):
        answer = self.save('{"node": ["Project"], "name": "Twice", "name": "Once"}')
        self.assert_refused(answer, 400, "/name")

    def test_what_is_not_json_is_refused(self):
        for body in ("", "{", '{"node": ["Project"], "name": NaN}', '{"a": 1} {"b": 2}', b'{"name": "\xff"}', "[]", "7"):
            with self.subTest(body):
                self.assert_refused(self.save(body), 400)

    def test_markup_in_a_name_is_data_when_it_is_stored_and_never_html(self):
        answer = self.save(documents.project(notes="<script>alert(1)</script>"))
        self.assertEqual(answer.status, 200, answer)
        self.assertTrue(answer.header("Content-Type").startswith("application/json"))
        self.assertEqual(answer.header("X-Content-Type-Options"), "nosniff")


class Saving(DocumentTest):
    def test_what_is_saved_can_be_read_node_by_node(self):
        document = documents.project()
        answer = self.save(document)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.data["count"], 1)
        (read,) = self.read("project", document["uuid"]).data
        self.assertEqual(documents.uuids_of(read), documents.uuids_of(document))
        for kind, node in (("material", document["material"][1]), ("property", document["material"][1]["property"][0])):
            (alone,) = self.read(kind, node["uuid"]).data
            for field in node.keys() - {"property"}:
                self.assertEqual(alone[field], node[field])

    def test_saving_the_same_again_changes_nothing(self):
        document = documents.project()
        first = self.save(document)
        again = self.server.ask("PATCH", f"{API}/project/{document['uuid']}/", document, token=self.user.token)
        self.assertEqual(again.status, 200, again)
        self.assertEqual(again.data["result"], first.data["result"])

    def test_numbers_keep_their_value_and_their_kind(self):
        for value in (1, 1.0, 0.1, 1e-300, 1.7976931348623157e308, 12008.265386099245, -0.0, 9007199254740993):
            with self.subTest(value):
                document = documents.project(material=[documents.material("measured", property=[documents.density(value)])])
                document["collection"] = []
                answer = self.save(document)
                self.assertEqual(answer.status, 200, answer)
                shown = self.read("property", document["material"][0]["property"][0]["uuid"]).data[0]["value"]
                self.assertEqual((repr(shown), type(shown)), (repr(value), type(value)))

    def test_any_text_comes_back_as_it_was(self):
        for text in ("µ–Å 漢字 🧪", "quote \" and \\ and \n and \t", "\u0001\u001f\u007f", "a\u0301 ≠ á", "x" * 10_000):
            with self.subTest(text[:20]):
                document = documents.project(notes=text)
                self.assertEqual(self.save(document).status, 200)
                self.assertEqual(self.read("project", document["uuid"]).data[0]["notes"], text)

    def test_a_project_name_is_unique(self):
        document = documents.project()
        self.assertEqual(self.save(document).status, 200)
        clash = {**documents.project(), "name": document["name"]}
        self.assert_refused(self.save(clash), 409)
        self.assertEqual(self.read("project", clash["uuid"]).status, 404)

    def test_a_stale_revision_is_refused(self):
        document = documents.project()
        self.save(document)
        path = f"{API}/project/{document['uuid']}/"
        tag = self.server.ask("GET", path, token=self.user.token).header("ETag")
        change = {"node": ["Project"], "notes": "first"}
        match = [("If-Match", tag)]
        self.assertEqual(self.server.ask("PATCH", path, change, token=self.user.token, headers=match).status, 200)
        change["notes"] = "second"
        stale = self.server.ask("PATCH", path, change, token=self.user.token, headers=match)
        self.assert_refused(stale, 412)
        self.assertEqual(self.read("project", document["uuid"]).data[0]["notes"], "first")

    def test_null_clears_and_absence_keeps(self):
        document = documents.project(notes="to be cleared")
        self.save(document)
        path = f"{API}/project/{document['uuid']}/"
        self.server.ask("PATCH", path, {"node": ["Project"], "public": True}, token=self.user.token)
        self.assertEqual(self.read("project", document["uuid"]).data[0]["notes"], "to be cleared")
        self.server.ask("PATCH", path, {"node": ["Project"], "notes": None}, token=self.user.token)
        self.assertNotIn("notes", self.read("project", document["uuid"]).data[0])

    def test_a_change_of_one_field_is_judged_with_the_fields_that_stay(self):
        amount = {"node": ["Quantity"], "uuid": documents.new_uuid(), "key": "mass", "value": 1.5, "unit": "kg"}
        ask = lambda method, path, body: self.server.ask(method, f"{API}/quantity/{path}", body, token=self.user.token)
        self.assertEqual(ask("POST", "", amount).status, 200)
        for change, pointer in (({"value": -2}, "/value"), ({"unit": "lb"}, "/unit")):
            with self.subTest(pointer):
                self.assert_refused(ask("PATCH", f"{amount['uuid']}/", {"node": ["Quantity"], **change}), 400, pointer)
        self.assertEqual(self.read("quantity", amount["uuid"]).data[0]["value"], 1.5)

    def test_what_was_deleted_is_gone_with_all_below_it(self):
        document = documents.project()
        self.save(document)
        path = f"{API}/project/{document['uuid']}/"
        self.assertEqual(self.server.ask("DELETE", path, token=self.user.token).status, 200)
        for node in documents.nodes_of(document):
            kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node["node"][0]).lower()
            self.assertEqual(self.read(kind, node["uuid"]).status, 404, kind)


class DryRun(DocumentTest):
    def test_it_tells_the_difference_and_stores_nothing(self):
        before = self.stored_count()
        document = documents.project()
        answer = self.save(document, "?dry_run=true")
        self.assertEqual(answer.status, 200, answer)
        told = answer.data
        count = len(documents.uuids_of(document))
        self.assertEqual((told["dry_run"], told["created"], told["changed"], told["unchanged"]), (True, count, 0, 0))
        self.assertEqual({node["uuid"] for node in told["nodes"]}, documents.uuids_of(document))
        self.assertEqual(told["nodes"][0]["pointer"], "")
        self.assertEqual(self.stored_count(), before)
        self.assertEqual(self.read("project", document["uuid"]).status, 404)

    def test_it_names_the_fields_that_would_change(self):
        document = documents.project()
        self.save(document)
        changed = copy.deepcopy(document)
        changed["material"][0]["vendor"] = "Acme"
        path = f"{API}/project/{document['uuid']}/?dry_run=true"
        told = self.server.ask("PATCH", path, changed, token=self.user.token).data
        self.assertEqual((told["created"], told["changed"]), (0, 1))
        (node,) = told["nodes"]
        self.assertEqual(
            (node["uuid"], node["pointer"], node["change"], node["fields"]),
            (document["material"][0]["uuid"], "/material/0", "changed", ["vendor"]),
        )
        self.assertNotIn("vendor", self.read("material", document["material"][0]["uuid"]).data[0])

    def test_a_bad_document_gets_the_same_errors(self):
        document = documents.project()
        document["material"][0]["nam"] = "styrol"
        self.assert_refused(self.save(document, "?dry_run=true"), 400, "/material/0/nam")


class Limits(DocumentTest):
    def test_a_document_may_be_nested_only_so_deep(self):
        depth = 100_000
        answer = self.save('{"node": ["Project"], "name": "Deep", "material": ' + "[" * depth + "]" * depth + "}")
        self.assert_refused(answer, answer.status)
        self.assertIn(answer.status, (400, 413))

    def test_a_name_may_be_2048_characters_long_and_no_longer(self):
        for length, status in ((2048, 200), (2049, 400)):
            with self.subTest(length):
                document = documents.project()
                document["material"][0]["name"] = "é" * length
                self.assertEqual(self.save(document).status, status)

    def test_a_body_that_is_too_long_is_refused_before_it_is_read(self):
        connection = self.server.connect()
        self.addCleanup(connection.close)
        headers = [("Authorization", self.user.token), ("Content-Length", str(1 << 40))]
        answer = connection.send("POST", POST, None, headers)
        self.assertEqual(answer.status, 413, answer)

    def test_a_long_header_is_refused_and_the_server_lives_on(self):
        answer = self.server.ask("GET", f"{API}/account", headers=[("X-Long", "x" * 100_000)])
        self.assertEqual(answer.status, 431, answer)
        self.assertEqual(self.server.ask("GET", "/readyz").status, 200)

    def test_a_page_of_a_search_has_between_1_and_100_hits(self):
        for limit, status in (("1", 200), ("100", 200), ("0", 400), ("101", 400), ("-1", 400), ("x", 400)):
            with self.subTest(limit):
                path = f"{API}/search/material/?limit={limit}"
                self.assertEqual(self.server.ask("GET", path, token=self.user.token).status, status)


class Envelope(DocumentTest):
    def test_every_answer_has_code_data_and_error(self):
        for method, path, status in (
            ("GET", f"{API}/schema/", 200),
            ("GET", f"{API}/cv/", 200),
            ("GET", f"{API}/cv/no_such_category/", 404),
            ("GET", f"{API}/no_such_thing/", 404),
            ("GET", f"{API}/no/such/thing/at/all/", 404),
            ("GET", f"{API}/material/{documents.new_uuid()}/", 404),
            ("GET", f"{API}/material/not-a-uuid/", 404),
            ("PUT", f"{API}/account", 405),
        ):
            with self.subTest(f"{method} {path}"):
                answer = self.server.ask(method, path, token=self.user.token)
                self.assertEqual(answer.status, status, answer)
                self.assertEqual({"code", "data", "error"} - answer.json.keys(), set())
                self.assertEqual(answer.json["code"], answer.status)

    def test_the_last_slash_is_optional_and_never_redirected(self):
        for path in ("schema", "schema/", "cv", "cv/", "account", "account/"):
            with self.subTest(path):
                self.assertEqual(self.server.ask("GET", f"{API}/{path}", token=self.user.token).status, 200)

    def test_the_schema_is_draft_07_with_a_post_and_a_patch_form_of_all_node_types(self):
        schema = self.server.ask("GET", f"{API}/schema/").data
        self.assertEqual(schema["$schema"], "http://json-schema.org/draft-07/schema#")
        self.assertEqual(len([name for name in schema["$defs"] if name.endswith("Post")]), 23)
        self.assertEqual(len([name for name in schema["$defs"] if name.endswith("Patch")]), 23)

    def test_all_26_vocabularies_are_served_together_and_one_by_one(self):
        together = self.server.ask("GET", f"{API}/cv/").data
        self.assertEqual(len(together), 26)
        for category, terms in together.items():
            with self.subTest(category):
                alone = self.server.ask("GET", f"{API}/cv/{category}/").data
                self.assertEqual(json.dumps(alone), json.dumps(terms))
