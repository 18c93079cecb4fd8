"""Searches, lists and pages of `/api`, the dialect of SDK 0.4 to 0.6, from outside."""

import unittest

from criptd import API, Criptd

FAR = (10**12, 2**63, 2**64 - 1)


class LegacySearch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.ada = cls.server.add_user("ada")
        cls.home = cls.make("project", name="home")

    @classmethod
    def ask(cls, method, path, body=None):
        path = "/api/" + path.split("/api/", 1)[1] if "/api/" in path else path
        return cls.server.ask(method, path, body, token=cls.ada.token)

    @classmethod
    def make(cls, kind, **body):
        answer = cls.ask("POST", f"/api/{kind}/", body)
        assert answer.status == 201, answer
        return answer.json

    def page(self, kind, query, options=""):
        answer = self.ask("POST", f"/api/search/{kind}/{options}", query)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def names(self, kind, **query):
        page = self.page(kind, query, "?limit=100")
        self.assertEqual(page["count"], len(page["results"]))
        return [hit["name"] for hit in page["results"]]

    def listed(self, path):
        answer = self.ask("GET", path)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.json["count"], len(answer.json["results"]))
        return [hit.get("name", hit.get("title")) for hit in answer.json["results"]]

    def refused(self, kind, query, *words):
        answer = self.ask("POST", f"/api/search/{kind}/", query)
        self.assertEqual(answer.status, 400, answer)
        for word in words:
            self.assertIn(word, answer.json["errors"][0])

    # Conditions

    def test_a_comparison_that_there_is_not_is_refused_at_any_depth(self):
        collection = self.make("collection", name="oven", project=self.home["url"])
        experiment = self.make("experiment", name="oven", collection=collection["url"])
        file = self.make("file", name="oven.csv", project=self.home["url"], type="data", source="https://example.org/oven.csv")
        equipment = [{"key": "oven", "files": [file["url"]]}]
        self.make("process", name="bake", type="multistep", experiment=experiment["url"], equipment=equipment)
        self.assertEqual(self.names("process", equipment=[{"files": [{"name": "oven.csv"}]}]), ["bake"])
        self.assertEqual(self.names("process", equipment=[{"files": [file["uid"].upper()]}]), ["bake"])
        self.refused("process", {"equipment": [{"files": [{"name__foo": "x"}]}]}, "/equipment/0/files/0/name__foo")
        self.refused("process", {"products": [{"name__foo": "x"}]}, "/products/0")
        self.assertEqual(self.names("process", name="bake"), ["bake"])

    def test_numbers_are_compared_in_the_unit_that_is_shown(self):
        own = self.make("project", name="numbers")["uid"]

        def add(name, key, value, unit, **more):
            self.make("material", name=name, project=f"/api/project/{own}/", properties=[{"key": key, "value": value, "unit": unit, **more}])

        add("list", "e_landscape", [1, 2], "kJ")
        add("custom", "+own", 1500, "g", uncertainty=20)
        add("celsius", "t_g", 100, "degC")
        add("benzene", "molar_mass", 78, "g/mol", uncertainty=2)
        cases = (
            ({"key": "e_landscape", "value__gt": 1.5, "unit": "kJ"}, ["list"]),
            ({"key": "e_landscape", "value__lt": 0.5, "unit": "kJ"}, []),
            ({"key": "+own", "value__gt": 1, "unit": "kg"}, ["custom"]),
            ({"key": "+own", "uncertainty__gt": 0.01, "unit": "kg"}, ["custom"]),
            ({"key": "t_g", "value__gt": 350, "unit": "K"}, ["celsius"]),
            ({"key": "T_g", "value__gt": 90, "unit": "degC"}, ["celsius"]),
            ({"key": "molar_mass", "value__in": [78, 79], "unit": "g/mol"}, ["benzene"]),
            ({"key": "molar_mass", "value__isnull": False, "unit": "kilogram / mole"}, ["benzene"]),
            ({"key": "molar_mass", "value__isnull": False, "unit": "g/mol"}, []),
            ({"key": "+own", "value__isnull": False, "unit": "K"}, []),
            ({"key": "molar_mass", "uncertainty__lt": 3, "unit": "g/mol"}, ["benzene"]),
            ({"key": "Molar_Mass", "value__lt": 100, "value__gt": 70, "unit": "g/mol"}, ["benzene"]),
        )
        for query, expected in cases:
            with self.subTest(query):
                self.assertEqual(self.names("material", project=own, properties=[query]), expected)
        for unit in ("gg/mol", "K"):
            query = {"properties": [{"key": "molar_mass", "value": 78, "unit": unit}]}
            self.refused("material", query, "/properties/0/unit")

    def test_numbers_of_conditions_are_found_in_lists(self):
        collection = self.make("collection", name="heat", project=self.home["url"])
        experiment = self.make("experiment", name="heat", collection=collection["url"])
        conditions = [{"key": "temperature", "value": [1, 2], "unit": "degC"}]
        self.make("process", name="heat", type="multistep", experiment=experiment["url"], conditions=conditions)
        for value, unit in ((0, "degC"), (200, "K"), (1.5, "degC")):
            query = [{"key": "temperature", "value__gt": value, "unit": unit}]
            self.assertEqual(self.names("process", conditions=query, experiment=experiment["uid"]), ["heat"])
        query = [{"key": "temperature", "value__gt": 300, "unit": "K"}]
        self.assertEqual(self.names("process", conditions=query, experiment=experiment["uid"]), [])

    def test_every_identifier_is_found_whatever_its_key_and_case(self):
        identifiers = [
            {"key": "cas", "value": "1-1-1"},
            {"key": "cas", "value": "2-2-2"},
            {"key": "pubchem_cid", "value": 241},
            {"key": "+shelf", "value": "C7"},
            {"key": "names", "value": ["Äther", "ether"]},
        ]
        own = self.make("project", name="identifiers")
        made = self.make("material", name="Äther", project=own["url"], identifiers=identifiers)
        self.make("material", name="bare", project=own["url"])
        asked = (("CAS", "1-1-1"), ("cas", "2-2-2"), ("pubchem_cid", "241"), ("pubchem_cid", 241), ("+shelf", "C7"), ("names", "ether"))
        for key, value in asked:
            with self.subTest(key):
                self.assertEqual(self.names("material", identifiers=[{"key": key, "value": value}]), ["Äther"])
        self.assertEqual(self.names("material", identifiers=[{"key": "+shelf", "value": "1-1-1"}]), [])
        self.assertEqual(self.names("material", uid=made["uid"].upper()), ["Äther"])
        self.assertEqual(self.names("material", name__iexact="äther"), ["Äther"])
        self.assertEqual(self.names("material", name__icontains="ÄTH"), ["Äther"])
        bare = {"identifiers__isnull": True, "components__isnull": True, "project": own["uid"]}
        self.assertEqual(self.names("material", **bare), ["bare"])
        # A client of the model's own makes them as well, and changes them.
        patch = {"node": ["Material"], "chemical_id": "3-3-3"}
        self.assertEqual(self.ask("PATCH", f"{API}/material/{made['uid']}/", patch).status, 200)
        self.assertEqual(self.names("material", identifiers=[{"key": "cas", "value": "3-3-3"}]), ["Äther"])
        self.assertEqual(self.names("material", identifiers=[{"key": "cas", "value": "1-1-1"}]), [])
        self.assertEqual(self.names("material", identifiers=[{"key": "cas", "value": "2-2-2"}]), ["Äther"])

    def test_a_query_has_an_end(self):
        conditions = [{"key": "molar_mass", "value__gt": 0}] * 51
        self.refused("material", {"properties": conditions}, "at most 100 conditions")
        self.page("material", {"properties": conditions[:49]})

    # Where records belong

    def test_what_stands_in_two_collections_belongs_to_the_older_one(self):
        first = self.make("collection", name="first", project=self.home["url"])
        second = self.make("collection", name="second", project=self.home["url"])
        made = self.make("experiment", name="both", collection=first["url"])
        link = {"node": ["Collection"], "experiment": [{"uuid": made["uid"]}]}
        self.assertEqual(self.ask("PATCH", f"{API}/collection/{second['uid']}/", link).status, 200)
        self.assertEqual(self.ask("GET", made["url"]).json["collection"], first["url"])
        for query in ({}, {"name": "both"}, {"name__contains": "bot"}, {"uid": made["uid"]}):
            with self.subTest(query):
                self.assertEqual(self.names("experiment", collection=first["uid"], **query), ["both"])
                self.assertEqual(self.names("experiment", collection=second["uid"], **query), [])
        self.assertEqual(self.listed(first["experiments"]), ["both"])
        self.assertEqual(self.listed(second["experiments"]), [])
        wrong = first["url"].replace("/collection/", "/experiment/")
        self.assertEqual(self.names("experiment", collection=wrong), [])

    def test_what_is_listed_twice_is_shown_once(self):
        collection = self.make("collection", name="twice", project=self.home["url"])
        for name in ("one", "two"):
            made = self.make("experiment", name=name, collection=collection["url"])
        link = {"node": ["Collection"], "experiment": [{"uuid": made["uid"]}] * 2}
        self.assertEqual(self.ask("PATCH", f"{API}/collection/{collection['uid']}/", link).status, 200)
        self.assertEqual(self.listed(collection["experiments"]), ["one", "two"])
        self.assertEqual(self.names("experiment", collection=collection["uid"]), ["one", "two"])

    def test_a_material_that_names_its_process_is_not_where_that_belongs(self):
        material = self.make("material", name="made", project=self.home["url"])
        collection = self.make("collection", name="making", project=self.home["url"])
        experiment = self.make("experiment", name="making", collection=collection["url"])
        process = self.make("process", name="making", type="multistep", experiment=experiment["url"])
        changed = self.ask("PUT", material["url"], {**material, "process": process["url"]})
        self.assertEqual(changed.status, 200, changed)
        self.assertEqual(self.ask("GET", process["url"]).json["experiment"], experiment["url"])
        self.assertEqual(self.names("process", experiment=experiment["uid"]), ["making"])
        self.assertEqual(self.listed(experiment["processes"]), ["making"])
        body = {"name": "making", "type": "multistep", "experiment": experiment["url"]}
        self.assertEqual(self.ask("POST", "/api/process/", body).status, 400, "the name is taken in its experiment")

    def test_what_stands_nowhere_is_counted_nowhere(self):
        node = {"node": ["Process"], "name": "nowhere", "type": "multistep"}
        self.assertEqual(self.ask("POST", f"{API}/process/", node).status, 200)
        node = {"node": ["Material"], "name": "nowhere", "smiles": "C"}
        self.assertEqual(self.ask("POST", f"{API}/material/", node).status, 200)
        for kind in ("process", "material"):
            with self.subTest(kind):
                self.assertNotIn("nowhere", self.names(kind))
                self.assertEqual(self.names(kind, name="nowhere"), [])

    # Pages

    def test_a_page_behind_the_end_is_empty(self):
        for number in range(3):
            self.make("collection", name=f"page {number}", project=self.home["url"])
        for offset in FAR:
            for query in ({"project": self.home["uid"]}, {"name__startswith": "page"}):
                with self.subTest(offset=offset, query=query):
                    page = self.page("collection", query, f"?limit=2&offset={offset}")
                    self.assertGreaterEqual(page["count"], 3)
                    self.assertEqual((page["results"], page["next"]), ([], None))
            group = self.ask("GET", f"/api/group/?offset={offset}").json
            self.assertEqual((group["results"], group["next"]), ([], None))

    def test_lists_take_conditions_from_their_address(self):
        self.make("material", name="a b", project=self.home["url"])
        self.make("material", name="a+b", project=self.home["url"])
        self.make("reference", title="list", year=1999)
        self.assertEqual(self.listed("/api/material/?name=a+b"), ["a b"])
        self.assertEqual(self.listed("/api/material/?name=a%2Bb"), ["a+b"])
        self.assertEqual(self.listed("/api/reference/?year=1999"), ["list"])
        self.assertEqual(self.listed("/api/reference/?year__lt=1999"), [])
        self.assertEqual(self.listed("/api/project/?public=false&name=home"), ["home"])
        self.assertEqual(self.listed("/api/project/?public=true&name=home"), [])
        self.assertEqual(self.listed("/api/group/?name=zzz"), [])
        self.assertEqual(self.listed("/api/group/?name=ada"), ["ada"])
        self.assertEqual(self.ask("GET", "/api/group/?nam=zzz").status, 400)


if __name__ == "__main__":
    unittest.main()
