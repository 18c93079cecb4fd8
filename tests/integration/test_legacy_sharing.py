"""What is shared and what is not, where the projects of several people touch: at `/api` above all, and beside it at `/api/v1`."""

import unittest

import documents
from criptd import API, Criptd


class Sharing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.tokens = {name: cls.server.add_user(name).token for name in ("ada", "bob", "eve")}
        cls.uuids = {name: cls.ask(name, "GET", f"{API}/account").data["uuid"] for name in cls.tokens}

    @classmethod
    def ask(cls, caller, method, path, body=None, headers=()):
        return cls.server.ask(method, path, body, token=cls.tokens[caller], headers=headers)

    def done(self, caller, method, path, body=None):
        answer = self.ask(caller, method, path, body)
        self.assertIn(answer.status, (200, 201, 204), answer)
        return answer

    def person(self, name):
        return {"uuid": self.uuids[name]}

    def user_url(self, name):
        return f"http://{self.server.address}/api/user/{self.uuids[name]}/"

    def save(self, caller, **fields):
        """A new project, as a document of `/api/v1`."""
        document = {"node": ["Project"], "uuid": documents.new_uuid(), "name": f"Project {documents.new_uuid()}", **fields}
        self.done(caller, "POST", f"{API}/project/", document)
        return document

    def read(self, caller, kind, uuid):
        return self.done(caller, "GET", f"/api/{kind}/{uuid}/").json

    def audit(self, caller):
        return [entry["action"] for entry in self.done(caller, "GET", f"{API}/account/audit").data]


class Groups(Sharing):
    def new_group(self, caller, *members):
        users = [self.user_url(name) for name in members]
        return self.done(caller, "POST", "/api/group/", {"name": f"group {documents.new_uuid()}", "users": users}).json

    def test_who_only_reads_a_project_does_not_give_it_to_a_group(self):
        home = self.save("ada", public=True)
        path = f"/api/project/{home['uuid']}/"
        groups = {"one made for it": self.new_group("eve")["url"], "their own": self.user_url("eve").replace("/user/", "/group/")}
        for what, group in groups.items():
            with self.subTest(what):
                shown = self.read("eve", "project", home["uuid"])
                answer = self.ask("eve", "PUT", path, {**shown, "group": group})
                self.assertEqual(answer.status, 403, answer)
                self.assertEqual(self.read("ada", "project", home["uuid"])["group"], shown["group"])
        self.assertEqual(self.ask("eve", "PUT", path, {"name": "mine now"}).status, 403)

    def test_a_member_does_not_give_a_project_to_a_group(self):
        home = self.save("ada", member=[self.person("bob")])
        shown = self.read("bob", "project", home["uuid"])
        answer = self.ask("bob", "PUT", f"/api/project/{home['uuid']}/", {**shown, "group": self.new_group("bob", "eve")["url"]})
        self.assertEqual(answer.status, 403, answer)
        self.assertEqual(self.ask("eve", "GET", f"/api/project/{home['uuid']}/").status, 404)

    def test_an_administrator_gives_a_project_to_a_group_and_that_is_written_down(self):
        home = self.save("ada")
        shown = self.read("ada", "project", home["uuid"])
        group = self.new_group("ada", "bob")["url"]
        before = self.audit("ada").count("project.group_changed")
        changed = self.done("ada", "PUT", f"/api/project/{home['uuid']}/", {**shown, "group": group})
        self.assertEqual(changed.json["group"], group)
        self.assertEqual(self.read("bob", "project", home["uuid"])["group"], group)
        self.assertEqual(self.audit("ada").count("project.group_changed"), before + 1)
        self.done("ada", "PUT", f"/api/project/{home['uuid']}/", changed.json)
        self.assertEqual(self.audit("ada").count("project.group_changed"), before + 1)

    def test_a_locked_project_keeps_its_group(self):
        home = self.save("ada")
        shown = self.read("ada", "project", home["uuid"])
        self.done("ada", "PATCH", f"{API}/project/{home['uuid']}/", {"node": ["Project"], "locked": True})
        answer = self.ask("ada", "PUT", f"/api/project/{home['uuid']}/", {**shown, "group": self.new_group("ada")["url"]})
        self.assertEqual(answer.status, 403, answer)

    def test_only_its_maker_says_who_is_in_a_group(self):
        group = self.new_group("ada", "bob")
        path = f"/api/group/{group['uid']}/"
        for users in (["ada", "bob", "eve"], ["bob"]):
            answer = self.ask("bob", "PUT", path, {"name": group["name"], "users": [self.user_url(name) for name in users]})
            self.assertEqual(answer.status, 403, answer)
        self.assertEqual(self.ask("eve", "GET", path).status, 404)
        self.done("bob", "PUT", path, {"name": group["name"] + " renamed", "users": [self.user_url("bob"), self.user_url("ada")]})
        self.done("ada", "PUT", path, {"name": group["name"], "users": [self.user_url("eve")]})
        self.assertEqual(self.ask("bob", "GET", path).status, 404)
        self.assertIn("group.members_changed", self.audit("ada"))


class Queries(Sharing):
    def setUp(self):
        self.home = self.save("ada", material=[documents.material("water", names=["oxidane"], property=[documents.density(1)])])

    def test_a_comparison_that_there_is_not_is_told_wherever_it_stands(self):
        for query in (
            {"name__like": "x"},
            {"identifiers": {"value__like": "x"}},
            {"identifiers": [{"key": "names", "value__like": "x"}]},
            {"identifiers": [{"key": "names", "value": {"a__like": [{"b__": 1}]}}]},
            {"identifiers__in": [{"value__like": 1}]},
            {"properties": [{"key": "density", "conditions": [{"value__like": 1}]}]},
            {"name": {"x__like": 1}},
            {"__": 1},
        ):
            with self.subTest(query):
                answer = self.ask("ada", "POST", "/api/search/material/", query)
                self.assertEqual(answer.status, 400, answer)
        found = self.done("ada", "POST", "/api/search/material/", {"identifiers": [{"key": "names", "value__contains": "oxid"}]})
        self.assertEqual(found.json["results"][0]["name"], "water")

    def test_whatever_is_asked_is_answered(self):
        values = (None, True, -1, 1e308, 18446744073709551615, "", "\0", "é" * 1000, [], {}, [[[]]], [None], {"a": None}, [{"key": []}])
        keys = ("name", "name__in", "name__isnull", "name__lt", "uid", "url", "project", "created_at__gt", "public", "group", "keywords__in")
        keys += ("identifiers", "identifiers__in", "properties", "properties__isnull", "process", "components", "computational_forcefield")
        for key in keys:
            for value in values:
                with self.subTest(key=key, value=value):
                    self.assertIn(self.ask("ada", "POST", "/api/search/material/", {key: value}).status, (200, 400))
        for member in ("key", "value", "unit", "value__gt", "conditions", "citations__isnull"):
            for value in values:
                with self.subTest(member=member, value=value):
                    query = {"properties": [{"unit": "g/ml", member: value}]}
                    self.assertIn(self.ask("ada", "POST", "/api/search/material/", query).status, (200, 400))
        for body in ("[]", "1", '"x"', "null", "[" * 1000, '{"a":' * 500, "{" * 5, "\x00"):
            with self.subTest(body):
                self.assertIn(self.ask("ada", "POST", "/api/search/material/", body).status, (400, 413))
        deep = {"identifiers": 1}
        for _ in range(100):
            deep = {"identifiers": [deep]}
        self.assertIn(self.ask("ada", "POST", "/api/search/material/", deep).status, (200, 400))

    def test_a_page_behind_the_end_is_empty_however_far_behind(self):
        for offset in (5_000, 2**31, 2**63 - 1, 2**63, 2**64 - 1):
            with self.subTest(offset):
                answer = self.done("ada", "GET", f"/api/project/{self.home['uuid']}/materials/?offset={offset}&limit=5")
                self.assertEqual((answer.json["count"], answer.json["next"], answer.json["results"]), (1, None, []))
        self.assertIn(self.ask("ada", "GET", "/api/material/?offset=18446744073709551616").status, (400, 422))


class Places(Sharing):
    """Whoever reads a record may list it in a project of their own. That does not move it."""

    def new_experiments(self, caller, count, **fields):
        experiments = [{"node": ["Experiment"], "uuid": documents.new_uuid(), "name": f"place {number}"} for number in range(count)]
        collection = {"node": ["Collection"], "uuid": documents.new_uuid(), "name": "places", "experiment": experiments}
        self.save(caller, collection=[collection], **fields)
        return collection

    def list_in_all(self, caller, collection, process):
        experiments = [{**experiment, "process": [{"uuid": process}]} for experiment in collection["experiment"]]
        self.done(caller, "PATCH", f"{API}/collection/{collection['uuid']}/", {"node": ["Collection"], "experiment": experiments})

    def test_a_record_stays_in_the_lists_of_its_own_project_whoever_else_lists_it(self):
        theirs = self.new_experiments("eve", 120)
        own = self.new_experiments("ada", 2, public=True)
        first, second = (experiment["uuid"] for experiment in own["experiment"])
        body = {"name": "placed", "type": "mix", "experiment": f"http://{self.server.address}/api/experiment/{first}/"}
        process = self.done("ada", "POST", "/api/process/", body).json
        self.list_in_all("eve", theirs, process["uid"])

        def count(caller, experiment):
            listed = self.done(caller, "GET", f"/api/experiment/{experiment}/processes/").json["count"]
            self.assertEqual(self.done(caller, "POST", "/api/search/process/", {"experiment": experiment}).json["count"], listed)
            return listed

        self.assertEqual(self.read("ada", "process", process["uid"])["experiment"], process["experiment"])
        self.assertEqual((count("ada", first), count("ada", second)), (1, 0))
        self.assertEqual(count("eve", theirs["experiment"][0]["uuid"]), 0)
        self.done("ada", "PUT", f"/api/process/{process['uid']}/", {**process, "name": "renamed"})
        self.assertEqual(self.ask("ada", "POST", "/api/process/", {**body, "name": "renamed"}).status, 400)


class Foreign(Sharing):
    """A public project, with links into a hidden one of the same owner."""

    # No uuid and no time has such digits before or behind a point.
    SECRETS = ("123.4567", "123456.", "secret.csv", "hidden notes")

    def setUp(self):
        self.property = documents.density(123.4567, notes="hidden notes")
        self.file = {"node": ["File"], "uuid": documents.new_uuid(), "name": "secret.csv", "type": "data", "source": "https://example.org/secret.csv"}
        data = {"node": ["Data"], "uuid": documents.new_uuid(), "name": "data", "type": "nmr_h1", "file": [self.file]}
        experiment = {"node": ["Experiment"], "uuid": documents.new_uuid(), "name": "experiment", "data": [data]}
        collection = {"node": ["Collection"], "uuid": documents.new_uuid(), "name": "collection", "experiment": [experiment]}
        self.hidden_material = documents.material("hidden one", property=[self.property])
        self.hidden = self.save("ada", material=[self.hidden_material], collection=[collection])

        self.material = documents.material("open one", property=[{"uuid": self.property["uuid"]}, documents.density(1.04)])
        equipment = {"node": ["Equipment"], "uuid": documents.new_uuid(), "key": "hot_plate", "file": [{"uuid": self.file["uuid"]}]}
        self.process = {"node": ["Process"], "uuid": documents.new_uuid(), "name": "process", "type": "multistep", "equipment": [equipment]}
        experiment = {"node": ["Experiment"], "uuid": documents.new_uuid(), "name": "experiment", "process": [self.process]}
        collection = {"node": ["Collection"], "uuid": documents.new_uuid(), "name": "collection", "experiment": [experiment]}
        self.open = self.save("ada", public=True, member=[self.person("bob")], material=[self.material], collection=[collection])

    def assertSaysNothing(self, answer):
        for secret in self.SECRETS:
            self.assertNotIn(secret, str(answer))

    def properties(self, caller):
        node = self.done(caller, "GET", f"{API}/material/{self.material['uuid']}/").data[0]
        return {entry["uuid"]: entry.get("value") for entry in node.get("property", [])}

    def test_what_is_hidden_is_left_out_of_what_is_shown(self):
        for caller in ("bob", "eve"):
            with self.subTest(caller):
                shown = self.ask(caller, "GET", f"/api/material/{self.material['uuid']}/")
                self.assertEqual([round(entry["value"]) for entry in shown.json["properties"]], [1040])
                self.assertSaysNothing(shown)
                shown = self.ask(caller, "GET", f"/api/process/{self.process['uuid']}/")
                self.assertEqual(shown.json["equipment"][0]["files"], [])
                self.assertSaysNothing(shown)
                for kind in ("material", "process"):
                    found = self.ask(caller, "POST", f"/api/search/{kind}/", {})
                    self.assertGreater(found.json["count"], 0)
                    self.assertSaysNothing(found)
        whole = self.read("ada", "material", self.material["uuid"])
        self.assertEqual(sorted(round(entry["value"]) for entry in whole["properties"]), [1040, 123457])
        self.assertEqual(self.read("ada", "process", self.process["uuid"])["equipment"][0]["files"][0]["uid"], self.file["uuid"])

    def test_what_is_hidden_is_not_found_by_its_value(self):
        query = {"uid": self.material["uuid"], "properties": [{"key": "density", "value__gt": 5_000}]}
        self.assertEqual(self.done("ada", "POST", "/api/search/material/", query).json["count"], 1)
        self.assertEqual(self.done("bob", "POST", "/api/search/material/", query).json["count"], 0)
        query = {"uid": self.process["uuid"], "equipment": [{"files": {"name": "secret.csv"}}]}
        self.assertEqual(self.done("ada", "POST", "/api/search/process/", query).json["count"], 1)
        self.assertEqual(self.done("bob", "POST", "/api/search/process/", query).json["count"], 0)

    def test_a_stub_stands_for_it_in_the_other_dialect(self):
        for caller in ("bob", "eve"):
            for kind, uuid in (("material", self.material["uuid"]), ("process", self.process["uuid"])):
                for path in (f"{API}/{kind}/{uuid}/", f"{API}/search/{kind}/", f"{API}/{kind}/{uuid}/{'property' if kind == 'material' else 'equipment'}/"):
                    with self.subTest(caller=caller, path=path):
                        self.assertSaysNothing(self.done(caller, "GET", path))
        self.assertEqual(set(self.properties("eve")), set(self.properties("ada")))

    def test_a_record_that_comes_back_as_it_was_shown_keeps_what_was_not(self):
        shown = self.read("bob", "material", self.material["uuid"])
        self.done("bob", "PUT", f"/api/material/{self.material['uuid']}/", {**shown, "notes": "by bob"})
        self.done("bob", "PUT", f"/api/material/{self.material['uuid']}/", {**shown, "properties": []})
        self.assertEqual(self.properties("ada"), {self.property["uuid"]: 123.4567})
        shown = self.read("bob", "process", self.process["uuid"])
        shown["equipment"][0]["description"] = "by bob"
        self.done("bob", "PUT", f"/api/process/{self.process['uuid']}/", shown)
        kept = self.read("ada", "process", self.process["uuid"])["equipment"][0]
        self.assertEqual((kept["description"], [file["uid"] for file in kept["files"]]), ("by bob", [self.file["uuid"]]))

    def test_who_takes_a_sub_object_of_another_project_out_does_not_delete_it(self):
        self.done("ada", "PATCH", f"{API}/project/{self.hidden['uuid']}/", {"node": ["Project"], "public": True})
        self.done("ada", "DELETE", f"{API}/material/{self.hidden_material['uuid']}/", {"node": ["Material"], "property": [{"uuid": self.property["uuid"]}]})
        shown = self.read("bob", "material", self.material["uuid"])
        self.assertEqual(len(shown["properties"]), 2)
        self.done("bob", "PUT", f"/api/material/{self.material['uuid']}/", {**shown, "properties": []})
        self.assertEqual(self.properties("ada"), {})
        self.done("ada", "GET", f"{API}/property/{self.property['uuid']}/")

    def test_a_revision_of_what_is_hidden_is_answered_as_one_of_what_is_not_there(self):
        uuid = self.hidden_material["uuid"]
        for header in ('"1"', '"2"', '"999"'):
            for name in ("fine", "x\n"):
                with self.subTest(header=header, name=name):
                    asked = {}
                    for which in (uuid, documents.new_uuid()):
                        body = {"node": ["Material"], "name": name, "smiles": "C", "property": [{"uuid": self.property["uuid"]}]}
                        answer = self.ask("eve", "PATCH", f"{API}/material/{which}/", body, [("If-Match", header)])
                        asked[which] = (answer.status, answer.body.replace(which.encode(), b"UUID"))
                    self.assertEqual(len(set(asked.values())), 1, asked)
        for method, path in (("GET", "/"), ("GET", "/history/"), ("GET", "/property/"), ("DELETE", "/"), ("POST", "/history/1/restore/")):
            with self.subTest(method=method, path=path):
                answers = {
                    (answer.status, answer.body.replace(which.encode(), b"UUID"), answer.header("ETag"))
                    for which in (uuid, documents.new_uuid())
                    for answer in [self.ask("eve", method, f"{API}/material/{which}{path}", headers=[("If-Match", '"1"')])]
                }
                self.assertEqual(len(answers), 1, answers)

    def test_what_still_needs_a_node_is_not_named_to_who_may_not_see_it(self):
        ingredient = {"node": ["Ingredient"], "uuid": documents.new_uuid(), "material": {"uuid": self.material["uuid"]}, "keyword": ["monomer"]}
        process = {"node": ["Process"], "uuid": documents.new_uuid(), "name": "user of it", "type": "multistep", "ingredient": [ingredient]}
        experiment = {"node": ["Experiment"], "uuid": documents.new_uuid(), "name": "inner", "process": [process]}
        outer = self.save("ada", collection=[{"node": ["Collection"], "uuid": documents.new_uuid(), "name": "notebook", "experiment": [experiment]}])
        # The open project contains the hidden experiment, and what that holds needs a material of the open one.
        collection = self.open["collection"][0]["uuid"]
        self.done("ada", "PATCH", f"{API}/collection/{collection}/", {"node": ["Collection"], "experiment": [{"uuid": experiment["uuid"]}]})
        self.done("ada", "PATCH", f"{API}/project/{self.open['uuid']}/", {"node": ["Project"], "admin": [self.person("ada"), self.person("bob")]})
        answer = self.ask("bob", "DELETE", f"{API}/project/{self.open['uuid']}/")
        self.assertEqual(answer.status, 409, answer)
        self.assertNotIn(ingredient["uuid"], str(answer))
        self.assertIn(ingredient["uuid"], str(self.ask("ada", "DELETE", f"{API}/project/{self.open['uuid']}/")))
        self.done("ada", "DELETE", f"{API}/project/{outer['uuid']}/")


if __name__ == "__main__":
    unittest.main()
