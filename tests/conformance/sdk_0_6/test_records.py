"""Every record with every field: read, saved as it was read, changed, taken from."""

import cript

from older_records import everything
from sdk import SdkTest, members_of


class Records(SdkTest):
    def v1(self, node):
        slug = type(node).__name__
        kind = {"ComputationalProcess": "computation_process"}.get(slug, slug.lower())
        return self.server.ask("GET", f"/api/v1/{kind}/{node.uid}/", token=self.user.token).data[0]

    def test_what_is_saved_as_it_was_read_stays_as_it_is(self):
        for node in everything(self):
            with self.subTest(type(node).__name__):
                before = self.v1(node)
                read = self.again(node)
                said = members_of(read)
                if not isinstance(read, cript.Reference):  # the SDK posts it anew
                    read.save(get_level=0)
                self.assertEqual(members_of(self.again(node)), said)
                self.assertEqual(self.v1(node), before)

    def test_fields_and_sub_objects_are_changed_and_the_others_stay(self):
        material = next(node for node in everything(self) if isinstance(node, cript.Material))
        before = self.v1(material)
        material = self.again(material)
        material.properties[0].notes = "changed"
        material.remove_property(material.properties[1])
        material.remove_identifier(material.identifiers[3])
        material.computational_forcefield = None
        material.process = None
        material.save(get_level=0)
        material, after = self.again(material), self.v1(material)
        self.assertEqual([prop.key for prop in material.properties], ["conc_molar", "color", "associated", "+custom"])
        self.assertEqual((material.properties[0].notes, material.properties[0].set_id), ("changed", 7))
        self.assertEqual([identifier.value for identifier in material.identifiers], [["x", "y"], 962, "the blend", "[OH2]"])
        self.assertEqual((material.computational_forcefield, material.process), (None, None))
        kept = [prop["uuid"] for prop in before["property"] if prop["key"] != "color_rgb"]
        self.assertEqual([prop["uuid"] for prop in after["property"]], kept)
        self.assertEqual(after["smiles"], "[OH2]")

    def test_what_is_wrong_is_told_and_nothing_is_saved(self):
        project = self.project()
        wrong = {
            "project": project.url, "name": "M", "keywords": ["nonsense"], "notes": 3, "identifiers": [{"key": "nonsense", "value": 1}, {"key": "cas"}],
            "properties": [
                {"key": "densty", "value": 1, "unit": "g/ml"}, {"key": "density", "value": 1, "unit": "K"}, {"key": "density", "value": -1, "unit": "g/ml"},
                {"key": "density", "value": 1}, {"key": "color", "value": "red", "data": "http://x/api/material/1/"}, {"key": "density", "value": 1, "unit": "furlongz"},
                {"key": "color", "value": "red", "unit": "kg"}, {"key": "+own", "value": "a few", "unit": "kg"},
            ],
        }  # fmt: skip
        answer = self.ask("POST", "/api/material/", wrong)
        self.assertEqual(answer.status, 422)
        places = [error.split(":")[0] for error in answer.json["errors"]]
        for place in ("/keywords/0", "/notes", "/identifiers/0/key", "/identifiers/1/value", "/properties/0/key", "/properties/1/unit", "/properties/2/value", "/properties/3/unit", "/properties/4/data", "/properties/5/unit", "/properties/6/unit", "/properties/7/unit"):  # fmt: skip
            self.assertIn(place, places, answer)
        self.assertEqual(self.ask("GET", f"{project.url}materials/").json["count"], 0)
        for body, place in (({"name": "x"}, "/project"), ({"project": project.url}, "/name"), ({"project": project.url.replace("project", "material"), "name": "x"}, "/project")):
            answer = self.ask("POST", "/api/material/", body)
            self.assertEqual((answer.status, answer.json["errors"][0].split(":")[0]), (422, place))
        self.assertEqual(self.ask("POST", "/api/material/", '{"name": NaN}').status, 422)
        moved = cript.Material.create(project=project, name="moved")
        answer = self.ask("PUT", moved.url, {"project": self.project().url})
        self.assertEqual((answer.status, answer.json["errors"]), (422, ["/project: a Material stays in its project"]))

    def test_words_are_taken_in_any_case(self):
        material = cript.Material.create(project=self.project(), name="M", properties=[cript.Property(key=" Density ", value=1.0, unit="g/ml")])
        self.assertEqual(self.again(material).properties[0].key, "density")

    def test_names_may_be_anything(self):
        for name in ("C", "a < b | c", "100 % $^>"):
            self.assertEqual(self.again(cript.Material.create(project=self.project(), name=name)).name, name)
