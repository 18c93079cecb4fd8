"""Documents that are judged and not saved, and failures in the form of RFC 9457."""

import unittest

import documents
from criptd import API, Criptd

PROBLEM = "application/problem+json"


class Validation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.user = cls.server.add_user("ada")

    def ask(self, method, path, body=None, headers=()):
        return self.server.ask(method, API + path, body, token=self.user.token, headers=headers)

    def verdict(self, slug, body):
        answer = self.ask("POST", f"/validate/{slug}", body)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.data["valid"], not answer.data["errors"])
        return answer.data

    def test_a_good_document_is_valid_and_not_saved(self):
        document = documents.project()
        self.assertTrue(self.verdict("project", document)["valid"])
        self.assertEqual(self.ask("GET", f"/project/{document['uuid']}/").status, 404)

    def test_every_fault_is_told_with_its_pointer(self):
        document = documents.project()
        document["material"][0]["nam"] = "x"
        document["material"][1]["property"][0]["key"] = "no such key"
        del document["collection"][0]["name"]
        pointers = {error["pointer"] for error in self.verdict("project", document)["errors"]}
        self.assertLessEqual({"/material/0/nam", "/material/1/property/0/key", "/collection/0"}, pointers)

    def test_so_is_what_only_the_store_knows(self):
        document = documents.project()
        self.assertEqual(self.ask("POST", "/project/", document).status, 200)
        self.assertTrue(self.verdict("project", document)["valid"], "what is stored can be saved again")
        other = documents.project(name=document["name"])
        other["material"].append({"uuid": documents.new_uuid()})
        codes = {error["code"] for error in self.verdict("project", other)["errors"]}
        self.assertEqual(codes, {"project_name_taken", "unknown_uuid"})

    def test_warnings_are_told(self):
        found = self.verdict("material", {"node": ["Material"], "name": "without identifiers"})
        self.assertTrue(found["valid"])
        self.assertTrue(found["warnings"])

    def test_what_is_no_document_is_invalid_and_what_is_no_type_is_not_found(self):
        for body in ("{", "[]", '{"node": ["Material"], "name": NaN}', {"node": ["Project"], "name": "of another type"}):
            self.assertFalse(self.verdict("material", body)["valid"])
        self.assertEqual(self.ask("POST", "/validate/nothing", {}).status, 404)

    # RFC 9457

    def refused(self, method, path, body=None, accept=PROBLEM):
        return self.ask(method, path, body, [("Accept", accept)])

    def test_a_caller_who_asks_gets_problem_details(self):
        answer = self.refused("POST", "/material/", {"node": ["Material"], "nam": "x"})
        self.assertEqual((answer.status, answer.header("Content-Type")), (400, PROBLEM))
        problem = answer.json
        self.assertEqual((problem["type"], problem["title"], problem["status"]), ("about:blank", "Bad Request", 400))
        self.assertIn("nam", problem["detail"])
        self.assertIn("/nam", [error["pointer"] for error in problem["errors"]])
        self.assertNotIn("code", problem)

    def test_for_every_kind_of_failure(self):
        name = documents.new_uuid()
        self.ask("POST", "/project/", {"node": ["Project"], "name": name})
        for answer, status, title in (
            (self.refused("GET", f"/material/{documents.new_uuid()}/"), 404, "Not Found"),
            (self.refused("POST", "/project/", {"node": ["Project"], "name": name}), 409, "Conflict"),
            (self.server.ask("GET", f"{API}/account", headers=[("Accept", PROBLEM)]), 401, "Unauthorized"),
            (self.server.ask("POST", f"{API}/material/", {}, headers=[("Accept", PROBLEM)]), 401, "Unauthorized"),
        ):
            with self.subTest(status):
                self.assertEqual((answer.status, answer.header("Content-Type")), (status, PROBLEM), answer)
                self.assertEqual((answer.json["status"], answer.json["title"]), (status, title))

    def test_the_header_is_read_as_a_list_with_weights(self):
        for accept, is_problem in (
            (f"application/json, {PROBLEM}", True),
            (f"{PROBLEM};q=0.5, */*;q=0.1", True),
            ("APPLICATION/PROBLEM+JSON", True),
            (f"{PROBLEM};q=0", False),
            (f"{PROBLEM};q=0.0, application/json", False),
            ("application/json", False),
            ("*/*", False),
        ):
            with self.subTest(accept):
                answer = self.refused("GET", "/material/x/", accept=accept)
                self.assertEqual(answer.header("Content-Type") == PROBLEM, is_problem, answer)
                self.assertEqual("code" in answer.json, not is_problem)

    def test_a_success_is_the_same_for_everybody(self):
        answer = self.refused("GET", "/material/")
        self.assertEqual((answer.status, answer.header("Content-Type"), answer.json["code"]), (200, "application/json", 200))


if __name__ == "__main__":
    unittest.main()
