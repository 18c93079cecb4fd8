"""Words of users' own (`+word`): kept with their unit, and listed with the vocabulary to those who may see them."""

import unittest

import behind
import documents
from criptd import API, Criptd


class CustomWords(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.ada, cls.bob = cls.server.add_user("ada"), cls.server.add_user("bob")
        cls.root = cls.server.add_user("root", admin=True)

    def ask(self, method, path, body=None, user=None):
        answer = self.server.ask(method, path, body, token=(user or self.ada).token)
        self.assertLess(answer.status, 300, answer)
        return answer

    def save(self, word, user=None, unit="kg", **fields):
        """A project with a property of that key; its uuid and the property's."""
        own = documents.density(1.5, key=word, unit=unit)
        project = documents.project(material=[documents.material("measured", property=[own], keyword=["linear"])], collection=[], **fields)
        self.ask("POST", f"{API}/project/", project, user)
        return project["uuid"], own["uuid"]

    def listed(self, word, user=None, category="material_property_key"):
        token = user.token if user else None
        one = [entry for entry in self.server.ask("GET", f"{API}/cv/{category}/", token=token).data if entry["name"] == word]
        of_all = [entry for entry in self.server.ask("GET", f"{API}/cv/", token=token).data[category] if entry["name"] == word]
        self.assertEqual(one, of_all)
        older = category.replace("_", "-")
        theirs = [entry for entry in self.server.ask("GET", f"/api/option/{older}/", token=token).json if entry["name"] == word]
        self.assertEqual([(entry["units"], entry["users"]) for entry in theirs], [(entry["units"], entry["users"]) for entry in one])
        self.assertEqual([entry for entry in self.server.ask("GET", "/api/keys/all/", token=token).json[older] if entry["name"] == word], theirs)
        page = self.server.ask("GET", f"/keys/{older}/", token=token).body.decode()
        self.assertEqual(word in page, bool(one))
        return one

    def test_who_may_see_the_project_sees_its_words_with_unit_and_user(self):
        project, own = self.save("+hardness")
        entry = {"name": "+hardness", "description": "", "status": "custom", "units": ["kg"], "users": ["ada"]}
        self.assertEqual(self.listed("+hardness", self.ada), [entry])
        self.assertEqual(self.listed("+hardness", self.ada, "process_property_key"), [entry])
        self.assertEqual(self.listed("+hardness", self.root), [entry])
        for stranger in (self.bob, None):
            self.assertEqual(self.listed("+hardness", stranger), [])
        self.ask("PATCH", f"{API}/project/{project}/", {"node": ["Project"], "public": True})
        self.assertEqual(self.listed("+hardness", self.bob), [entry])
        self.assertEqual(self.listed("+hardness"), [], "without a token, the standard terms and no more")
        self.save("+hardness", self.bob, unit="N/m**2")
        self.assertEqual(self.listed("+hardness", self.ada), [entry])
        self.assertEqual(self.listed("+hardness", self.bob), [{**entry, "units": ["N/m**2", "kg"], "users": ["bob", "ada"]}])
        stored = self.ask("GET", f"{API}/property/{own}/").data[0]
        self.assertEqual((stored["key"], stored["value"], stored["unit"]), ("+hardness", 1.5, "kg"))

    def test_a_word_goes_with_the_last_node_that_uses_it(self):
        project, own = self.save("+brief")
        self.ask("PATCH", f"{API}/property/{own}/", {"node": ["Property"], "unit": "g"})
        self.assertEqual(self.listed("+brief", self.ada)[0]["units"], ["g"])
        self.ask("PATCH", f"{API}/property/{own}/", {"node": ["Property"], "key": "density", "unit": "g/ml"})
        self.assertEqual(self.listed("+brief", self.ada), [])
        self.ask("PATCH", f"{API}/property/{own}/", {"node": ["Property"], "key": "+brief"})
        self.assertEqual(len(self.listed("+brief", self.ada)), 1)
        self.ask("DELETE", f"{API}/project/{project}/")
        self.assertEqual(self.listed("+brief", self.ada), [])

    def test_words_of_lists_and_of_the_older_dialect_are_listed_too(self):
        home = self.ask("POST", "/api/project/", {"name": "of the older dialect", "group": None}).json
        material = {"project": home["url"], "name": "M", "keywords": ["linear", "+shiny"], "identifiers": [{"key": "+shelf", "value": "A 3"}], "properties": [{"key": "+bonds", "value": 3, "unit": "1/nm"}]}
        url = self.ask("POST", "/api/material/", material).json["url"]
        path = url[url.index("/api/") :]
        for word, category, units in (("+shiny", "material_keyword", []), ("+shelf", "material_identifier_key", []), ("+bonds", "material_property_key", ["1/nm"])):
            with self.subTest(word):
                self.assertEqual([(entry["units"], entry["users"]) for entry in self.listed(word, self.ada, category)], [(units, ["ada"])])
        shown = self.ask("GET", path).json
        self.assertEqual((shown["properties"][0]["key"], shown["properties"][0]["value"], shown["properties"][0]["unit"]), ("+bonds", 3, "1/nm"))
        self.ask("PUT", path, {**material, "keywords": ["linear"], "identifiers": [], "properties": []})
        for word, category in (("+shiny", "material_keyword"), ("+shelf", "material_identifier_key"), ("+bonds", "material_property_key")):
            self.assertEqual(self.listed(word, self.ada, category), [], word)

    def test_only_the_standard_terms_may_be_kept_by_others(self):
        for path in (f"{API}/cv/", f"{API}/cv/process_type/", "/api/keys/all/", "/api/option/process-type/", "/keys/process-type/"):
            with self.subTest(path):
                for token, kept in ((None, "public, max-age=3600"), (self.ada.token, "private, no-cache"), ("Token " + "0" * 40, "public, max-age=3600")):
                    answer = self.server.ask("GET", path, token=token)
                    self.assertEqual((answer.status, answer.header("Cache-Control"), answer.header("Vary")), (200, kept, "Authorization, Cookie"))

    def test_a_session_is_as_good_as_a_token(self):
        self.save("+seen by session")
        session = self.server.session(self.ada.name, self.ada.password)
        self.addCleanup(session.close)
        words = [entry["name"] for entry in session.send("GET", "/cv/material_property_key/").data]
        self.assertIn("+seen by session", words)


class ManyWords(unittest.TestCase):
    def test_no_vocabulary_is_cut_for_another_and_a_cut_is_told(self):
        server = self.enterContext(Criptd())
        ada = server.add_user("ada")
        material = documents.material("named", keyword=["+own"])
        self.assertEqual(server.ask("POST", f"{API}/material/", material, token=ada.token).status, 200)
        server.stop()
        added = behind.sql(server, """
            insert into custom_word (vocabulary, word, unit, node)
            with recursive n (i) as (select 1 union all select i + 1 from n where i <= 10000)
            select 'algorithm_key', '+w' || i, '', (select min(node) from custom_word) from n""")
        self.assertEqual(added, 10_001)
        server.start()
        whole = server.ask("GET", f"{API}/cv/", token=ada.token)
        self.assertIn("+own", [entry["name"] for entry in whole.data["material_keyword"]])
        self.assertEqual(sum(entry["name"].startswith("+w") for entry in whole.data["algorithm_key"]), 10_000)
        for path, is_cut in ((f"{API}/cv/", True), (f"{API}/cv/algorithm_key/", True), (f"{API}/cv/material_keyword/", False)):
            warning = server.ask("GET", path, token=ada.token).header("Warning")
            self.assertEqual(warning is not None, is_cut, path)
