"""Units of measure: values that do not fit their key are told, and values are found in whatever unit they were entered."""

import unittest

import documents
from criptd import API, Criptd


def prop(key, value, unit=None, **fields):
    node = {"node": ["Property"], "uuid": documents.new_uuid(), "key": key, "type": "value", "value": value, **fields}
    return node if unit is None else {**node, "unit": unit}


class UnitTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.user = cls.server.add_user("ada")
        cls.other = cls.server.add_user("grace")

    def ask(self, method, path, body=None, status=200, user=None):
        answer = self.server.ask(method, API + path, body, token=(user or self.user).token)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def save(self, *properties, **fields):
        """A material with these properties in a project of its own, and the warnings of the save."""
        node = documents.material(f"m {documents.new_uuid()}", smiles="CCO", property=list(properties))
        project = {**documents.project(**fields), "material": [node], "collection": []}
        return node, self.ask("POST", "/project/", project).get("warnings", [])


class Values(UnitTest):
    def codes(self, *properties):
        return [warning["code"] for warning in self.save(*properties)[1]]

    def test_what_fits_is_not_spoken_of(self):
        self.assertEqual(self.codes(prop("density", 0.906, "g/ml"), prop("temp_melt", -95, "degC"), prop("mw_d", 1.2)), [])

    def test_a_value_that_does_not_fit_is_a_warning_with_its_place(self):
        node, warnings = self.save(prop("density", 1, "g/ml"), prop("enthalpy", 3, "GPa"))
        self.assertEqual([(warning["code"], warning["pointer"]) for warning in warnings],
                         [("unit_mismatch", "/material/0/property/1/unit")])
        stored = self.ask("GET", f"/property/{node['property'][1]['uuid']}/")["data"][0]
        self.assertEqual((stored["value"], stored["unit"]), (3, "GPa"))

    def test_a_unit_that_is_unknown_missing_or_leads_out_of_the_range(self):
        self.assertEqual(self.codes(prop("density", 1, "g/mls/what")), ["unknown_unit"])
        self.assertEqual(self.codes(prop("density", 1)), ["unit_missing"])
        self.assertEqual(self.codes(prop("temp_melt", -300, "degC")), ["out_of_range"])

    def test_text_has_no_unit(self):
        for key in ("color", "+own"):
            self.assertEqual(self.codes(prop(key, "a text", "kg")), ["unit_of_text"], key)
        self.assertEqual(self.codes(prop("density", "a text", "kg")), ["wrong_type"], "it is a number")
        self.assertEqual(self.codes(prop("color", "white"), prop("+own", "white", "")), [])

    def test_what_is_stored_is_not_judged_again(self):
        node, _ = self.save(prop("enthalpy", 3, "GPa"))
        sent = node["property"][0]
        self.assertEqual(self.ask("PATCH", f"/property/{sent['uuid']}/", sent).get("warnings", []), [])
        noted = {"node": ["Property"], "method": "bet"}
        self.assertEqual(self.ask("PATCH", f"/property/{sent['uuid']}/", noted).get("warnings", []), [])
        changed = {"node": ["Property"], "value": 4}
        self.assertEqual([warning["code"] for warning in self.ask("PATCH", f"/property/{sent['uuid']}/", changed)["warnings"]],
                         ["unit_mismatch"])


class Search(UnitTest):
    def find(self, key, status=200, user=None, kind="material", **bounds):
        answer = self.ask("POST", f"/search/properties/{kind}/", {"key": key, **bounds}, status=status, user=user)
        return answer["data"] if status == 200 else answer

    def found(self, key, **bounds):
        return {node["uuid"] for node in self.find(key, **bounds)["result"]}

    def test_a_value_is_found_in_whatever_unit_it_was_entered(self):
        key = "+" + documents.new_uuid()
        light, _ = self.save(prop(key, 0.5, "g/ml"))
        middle, _ = self.save(prop(key, 906, "kg/m**3"))
        heavy, _ = self.save(prop(key, 12.0, "g/cm^3"))
        self.assertEqual(self.found(key, min=0.8, max=1.0, unit="g/ml"), {middle["uuid"]})
        self.assertEqual(self.found(key, min=800, unit="kg/m^3"), {middle["uuid"], heavy["uuid"]})
        self.assertEqual(self.found(key, max=1, unit="kg/l"), {light["uuid"], middle["uuid"]})
        self.assertEqual(self.found(key, unit="lb/ft**3"), {light["uuid"], middle["uuid"], heavy["uuid"]})
        self.assertEqual(self.found(key, unit="K"), set())

    def test_the_answer_shows_it_as_entered_and_in_si_units_and_scales_the_uncertainty(self):
        key = "+" + documents.new_uuid()
        node, _ = self.save(prop(key, 25, "degC", uncertainty=0.5), prop(key, 99, "degC"))
        data = self.find(key, min=20, max=30, unit="celsius")
        (match,) = data["matches"][node["uuid"]]
        self.assertEqual(match, {
            "node": "Property", "uuid": node["property"][0]["uuid"], "key": key, "value": 25, "unit": "degC",
            "uncertainty": 0.5, "si": {"value": 298.15, "unit": "kelvin", "uncertainty": 0.5},
        })
        self.assertEqual(data["si"], {"unit": "kelvin", "min": 293.15, "max": 303.15})
        self.assertEqual(data["count"], 1)

    def test_without_a_unit_it_is_that_of_the_key(self):
        node, _ = self.save(prop("molar_mass", 104.15, "g/mol"))
        self.assertIn(node["uuid"], self.found("molar_mass", min=0.104, max=0.105, limit=100))

    def test_a_list_is_found_by_any_of_its_numbers_and_a_property_by_itself(self):
        key = "+" + documents.new_uuid()
        node, _ = self.save(prop(key, [1, 50, 9], "kPa"))
        self.assertEqual(self.found(key, min=0.4, max=0.6, unit="bar"), {node["uuid"]})
        self.assertEqual(self.found(key, min=0.2, max=0.3, unit="bar"), set())
        self.assertEqual(self.found(key, kind="property", min=0.4, max=0.6, unit="bar"), {node["property"][0]["uuid"]})

    def test_a_value_that_changes_or_goes_is_not_found_any_more(self):
        key = "+" + documents.new_uuid()
        node, _ = self.save(prop(key, 1, "m"))
        uuid = node["property"][0]["uuid"]
        self.ask("PATCH", f"/property/{uuid}/", {"node": ["Property"], "value": 3, "unit": "km"})
        self.assertEqual(self.found(key, max=2, unit="m"), set())
        self.assertEqual(self.found(key, min=2000, unit="m"), {node["uuid"]})
        self.ask("PATCH", f"/property/{uuid}/", {"node": ["Property"], "value": "much"})
        self.assertEqual(self.found(key, unit="m"), set())
        self.ask("PATCH", f"/property/{uuid}/", {"node": ["Property"], "value": 5, "unit": "m"})
        self.assertEqual(self.found(key, unit="m"), {node["uuid"]})
        self.ask("DELETE", f"/property/{uuid}/")
        self.assertEqual(self.found(key, unit="m"), set())

    def test_it_goes_on_after_a_page(self):
        key = "+" + documents.new_uuid()
        nodes = [self.save(prop(key, number, "s"))[0]["uuid"] for number in range(5)]
        first = self.find(key, unit="min", limit=3)
        self.assertEqual((first["count"], [node["uuid"] for node in first["result"]]), (5, nodes[:3]))
        rest = self.find(key, unit="min", limit=3, after=nodes[2])
        self.assertEqual([node["uuid"] for node in rest["result"]], nodes[3:])

    def test_a_stranger_finds_only_what_is_public(self):
        key = "+" + documents.new_uuid()
        self.save(prop(key, 1, "s"))
        shown, _ = self.save(prop(key, 2, "s"), public=True)
        data = self.find(key, unit="s", user=self.other)
        self.assertEqual(([node["uuid"] for node in data["result"]], data["count"]), ([shown["uuid"]], 1))

    def test_everything_wrong_with_a_search_is_told_at_once(self):
        answer = self.ask("POST", "/search/properties/material/",
                          {"unit": "kg/foo", "min": "x", "max": 1, "limit": 0, "colour": 1}, status=400)
        self.assertEqual({(error["pointer"], error["code"]) for error in answer["errors"]},
                         {("", "missing_field"), ("/unit", "unknown_unit"), ("/min", "wrong_type"), ("/limit", "wrong_type"),
                          ("/colour", "unknown_field")})
        self.find("density", status=400, min=2, max=1)
        self.find("density", status=400, unit="kBT")
        self.ask("POST", "/search/properties/planet/", {"key": "density"}, status=404)


if __name__ == "__main__":
    unittest.main()
