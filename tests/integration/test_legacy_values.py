"""Values, units and words at `/api`, the dialect of SDK 0.4 to 0.6: what is taken, what is refused, and with which words."""

import json
import tomllib
import unittest
import uuid

from criptd import ROOT, Criptd

CORRECTIONS = tomllib.loads((ROOT / "model" / "units.toml").read_text(encoding="utf-8"))["corrections"]
VOCABULARIES = json.loads((ROOT / "model" / "vocabulary.json").read_text(encoding="utf-8"))["vocabularies"]


def unit_of(vocabulary, key):
    term = next(term for term in VOCABULARIES[vocabulary] if term["name"] == key)
    return term.get("si_unit") or term.get("preferred_unit")


class LegacyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.user = cls.server.add_user("ada")
        cls.project = cls.make("project", name="values")
        collection = cls.make("collection", name="c", project=cls.project["url"])
        cls.experiment = cls.make("experiment", name="e", collection=collection["url"])
        cls.water = cls.make("material", name="water", project=cls.project["url"])

    @classmethod
    def ask(cls, method, url, body=None, user=None):
        path = url.split(cls.server.address, 1)[1] if "://" in url else url
        return cls.server.ask(method, path, body, token=(user or cls.user).token)

    @classmethod
    def make(cls, kind, **body):
        answer = cls.ask("POST", f"/api/{kind}/", body)
        assert answer.status == 201, answer
        return answer.json

    def save(self, kind="material", **body):
        home = {"project": self.project["url"]} if kind == "material" else {"experiment": self.experiment["url"], "type": "mix"}
        return self.ask("POST", f"/api/{kind}/", {"name": str(uuid.uuid4()), **home, **body})

    def save_measure(self, vocabulary, **measure):
        if vocabulary == "condition_key":
            return self.save("process", conditions=[measure])
        if vocabulary == "quantity_key":
            return self.save("process", ingredients=[{"material": self.water["url"], "keyword": "", "quantities": [measure]}])
        return self.save(properties=[measure])

    def assert_taken(self, answer):
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def assert_refused(self, answer, *problems):
        """With exactly these problems, in any order."""
        self.assertEqual(answer.status, 422, answer)
        self.assertCountEqual(answer.json["errors"], problems)


class Values(LegacyTest):
    def test_what_the_vocabularies_have_wrong_is_corrected_here_too(self):
        self.assertGreater(len(CORRECTIONS), 20)
        for row in CORRECTIONS:
            vocabulary, key = row["vocabulary"], row["key"]
            value = -1.0 if row.get("range") == [] else 0.5
            for unit in row.get("units", [unit_of(vocabulary, key)]):
                with self.subTest(key, unit=unit):
                    self.assert_taken(self.save_measure(vocabulary, key=key, value=value, unit=unit))

    def test_ordinary_values_are_taken(self):
        for key, value, unit in [
            ("thermal_conductivity", 0.2, "W/m/K"), ("strain_failure", 0.5, None), ("log_p", -1.2, None), ("rate_dissociation", 3, "1/s"),
            ("rate_association", 3, "1/M/s"), ("melt_flow_index", 1.2, "g/min"), ("mw_var", 3, "(g/mol)**2"), ("mw_skew", 3, None), ("charge", -1, "e"),
            ("stress_tensor", [-1, 2, 3], "MPa"), ("e_potential", -5, "J"), ("e_potential", -5, "kBT"), ("pmf", -2, "J"), ("enthalpy", 5, "kcal/mol"),
            ("r_ee", 5, "nm"), ("temp_melt", -459.67, "degF"), ("contact_angle", 90, "deg"), ("conc_vol_fraction", 100, "percent"), ("density", 1, " g/ml "),
            ("purity", 0.7, None), ("mw_d", 1.5, None), ("mw_d", 1.5, ""), ("color", "white", None), ("biodegradable", True, None), ("+mine", True, None),
            ("associated", None, None), ("no_property", None, None),
        ]:  # fmt: skip
            with self.subTest(key, value=value, unit=unit):
                self.assert_taken(self.save_measure("material_property_key", key=key, value=value, unit=unit))
        self.assert_taken(self.save_measure("condition_key", key="boundary_value", value=300, unit="K"))
        self.assert_taken(self.save_measure("condition_key", key="material", value=None, material=self.water["url"]))

    def test_what_does_not_fit_its_key_is_refused_with_its_place(self):
        for key, value, unit, problem in [
            ("contact_angle", 400, "deg", "value: 400 is above 6.283185307179586 radian, the greatest value of 'contact_angle'"),
            ("mw_d", 0.5, None, "value: 0.5 is below 1, the least value of 'mw_d'"),
            ("purity", 7, None, "value: 7 is above 1, the greatest value of 'purity'"),
            ("density", "abc", "g/ml", "value: the value of 'density' is a number"),
            ("density", True, "g/ml", "value: the value of 'density' is a number"),
            ("density", None, "g/ml", "value: 'density' needs a value"),
            ("density", "", "g/ml", "value: 'density' needs a value"),
            ("density", ["1", "abc"], "g/ml", "value: the value of 'density' is a number"),
            ("density", "nan", "g/ml", "value: the value of 'density' is a number"),
            ("density", 1, None, "unit: 'density' needs a unit, such as 'g/ml'"),
            ("color", "white", "kg", "unit: 'color' has no unit, 'kg' is one"),
            ("mw_d", 1.5, "kg", "unit: 'mw_d' is a number: it has no unit, 'kg' is one"),
            ("+mine", "white", "furlongz", "unit: 'furlongz' is not a unit (character 1 of 'furlongz')"),
        ]:  # fmt: skip
            with self.subTest(key, value=value, unit=unit):
                self.assert_refused(self.save(properties=[{"key": key, "value": value, "unit": unit}]), f"/properties/0/{problem}")

    def test_a_problem_of_a_condition_is_told_where_the_condition_was_sent(self):
        cold = {"key": "temperature", "value": -300, "unit": "degC"}
        answer = self.save(properties=[{"key": "color", "value": "red"}, {"key": "density", "value": 1, "unit": "g/ml", "conditions": [cold]}])
        self.assert_refused(answer, "/properties/1/conditions/0/value: -300 is below 0 kelvin, the least value of 'temperature'")

    def test_numbers_that_come_as_text_become_numbers(self):
        made = self.assert_taken(self.save(properties=[{"key": "density", "value": " 0.9 ", "unit": "g/ml"}, {"key": "mw_d", "value": "2"}, {"key": "+mine", "value": "3"}]))
        self.assertAlmostEqual(made["properties"][0]["value"], 900)
        self.assertEqual([prop["value"] for prop in made["properties"]][1:], [2.0, "3"])
        made = self.assert_taken(self.save(properties=[{"key": "temp_cloud", "value": ["300", 310.5], "unit": "K"}]))
        self.assertEqual(made["properties"][0]["value"], [300.0, 310.5])

    def test_quantities_and_parameters_are_held_to_their_units(self):
        def quantity(**members):
            return self.save_measure("quantity_key", **members)

        place = "/ingredients/0/quantities/0"
        self.assert_refused(quantity(key="mass_fraction", value=5, unit="kg"), f"{place}/unit: 'kg' does not fit 'mass_fraction', whose unit is 'dimensionless'")
        self.assert_refused(quantity(key="mass", value=5, unit="m"), f"{place}/unit: 'm' does not fit 'mass', whose unit is 'kg'")
        self.assert_refused(quantity(key="mass", value=5), f"{place}/unit: A unit is required for mass.")
        self.assert_refused(quantity(key="mass", value=-5, unit="g"), f"{place}/value: -0.005 is below 0 kg, the least value of 'mass'")
        self.assert_refused(quantity(key="mass", value="5", unit="g"), f"{place}/value: a quantity has a number as its value")
        self.assert_refused(quantity(key="+mine", value=5, unit="furlongz"), f"{place}/unit: 'furlongz' is not a unit (character 1 of 'furlongz')")
        made = self.assert_taken(quantity(key="mass", value=5, unit="g"))
        self.assertEqual((made["ingredients"][0]["quantities"][0]["value"], made["ingredients"][0]["quantities"][0]["unit"]), (0.005, "kg"))

        software = self.make("software", name=str(uuid.uuid4()), version="1")

        def parameter(**members):
            algorithm = {"key": "+mine", "type": "of mine", "parameters": [members]}
            return self.save("computation", type="analysis", software_configurations=[{"software": software["url"], "algorithms": [algorithm]}])

        place = "/software_configurations/0/algorithms/0/parameters/0"
        self.assert_refused(parameter(key="+mine", value=5, unit="gg"), f"{place}/unit: 'gg' is not a unit (character 1 of 'gg')")
        self.assert_taken(parameter(key="+mine", value=5, unit="g"))


class Words(LegacyTest):
    def test_words_are_spelt_as_the_vocabularies_do(self):
        made = self.assert_taken(self.save(properties=[{"key": "mw_n", "value": 1, "unit": "g/mol", "method": " SEC ", "type": " Mean ", "uncertainty_type": "STDEV"}]))
        self.assertEqual([made["properties"][0][name] for name in ("method", "type", "uncertainty_type")], ["sec", "mean", "stdev"])
        made = self.assert_taken(self.save("process", conditions=[{"key": "temperature", "value": 1, "unit": "K", "type": "MAX"}]))
        self.assertEqual(made["conditions"][0]["type"], "max")
        made = self.assert_taken(self.save(properties=[{"key": "mw_n", "value": 1, "unit": "g/mol", "method": "+My own"}]))
        self.assertEqual(made["properties"][0]["method"], "+My own")

    def test_a_word_in_no_vocabulary_is_told_once(self):
        density = {"key": "density", "value": 1, "unit": "g/ml"}
        self.assert_refused(self.save(properties=[{**density, "method": "nonsense"}]), "/properties/0/method: 'nonsense' is not a valid property method.")
        self.assert_refused(self.save(properties=[{**density, "type": "nonsense"}]), "/properties/0/type: 'nonsense' is not a valid set type.")
        self.assert_refused(self.save(properties=[{**density, "key": "densty"}]), "/properties/0/key: 'densty' is not a valid material property key.")
        self.assert_refused(
            self.save("process", conditions=[{"key": "temperature", "value": 1, "unit": "K", "type": "nonsense"}]),
            "/conditions/0/type: 'nonsense' is not a valid set type.",
        )

    def test_blank_text_is_no_word(self):
        for blank in ("", " "):
            made = self.assert_taken(self.save(properties=[{"key": "density", "value": 1, "unit": "kg/m**3", "type": blank, "method": blank, "uncertainty_type": blank}]))
            self.assertEqual([made["properties"][0][name] for name in ("type", "method", "uncertainty_type")], [None, None, None])
            reference = self.make("reference", title=str(uuid.uuid4()))
            made = self.assert_taken(self.save("process", citations=[{"reference": reference["url"], "type": blank}]))
            self.assertEqual(made["citations"][0]["type"], "reference")


class Changes(LegacyTest):
    """What a PUT says of values that are stored."""

    def v1(self, method, kind, uid, body=None):
        answer = self.server.ask(method, f"/api/v1/{kind}/{uid}/", body, token=self.user.token)
        self.assertEqual(answer.status, 200, answer)
        return answer.data[0] if method == "GET" else None

    def put(self, record):
        answer = self.ask("PUT", record["url"], record)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def test_a_value_that_comes_back_in_si_units_stays_as_it_was_entered(self):
        made = self.assert_taken(self.save(properties=[{"key": "temp_melt", "value": 25, "unit": "degC"}]))
        self.assertEqual((made["properties"][0]["value"], made["properties"][0]["unit"]), (298.15, "kelvin"))
        made["properties"][0]["notes"] = "changed"
        self.put(made)
        stored = self.v1("GET", "material", made["uid"])["property"][0]
        self.assertEqual((stored["value"], stored["unit"], stored["notes"]), (25, "degC", "changed"))

    def test_a_unit_that_is_left_out_is_the_one_that_was_shown(self):
        made = self.assert_taken(self.save(properties=[{"key": "temp_melt", "value": 25, "unit": "degC"}]))
        answer = self.ask("PUT", made["url"], {"properties": [{"key": "temp_melt", "value": 300}]})
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual((answer.json["properties"][0]["value"], answer.json["properties"][0]["unit"]), (300, "kelvin"))

    def test_numbers_that_are_left_out_beside_another_unit_are_converted_to_it(self):
        def changed(made, kind, sent):
            answer = self.ask("PUT", made["url"], {"properties": [sent]} if kind == "property" else {"ingredients": [{"material": self.water["url"], "quantities": [sent]}]})
            self.assertEqual(answer.status, 200, answer)
            return answer.json["properties"][0] if kind == "property" else answer.json["ingredients"][0]["quantities"][0]

        for kind, stored, sent, expected in [
            ("property", {"key": "density", "value": 1, "unit": "g/ml", "uncertainty": 0.1}, {"value": 1.1, "unit": "g/ml"}, (1100, 100)),
            ("property", {"key": "density", "value": 1, "unit": "g/ml", "uncertainty": 0.1}, {"unit": "g/ml"}, (1000, 100)),
            ("property", {"key": "density", "value": 1, "unit": "g/ml", "uncertainty": 0.1}, {"unit": "g/ml", "uncertainty": 0.2}, (1000, 200)),
            ("property", {"key": "density", "value": 1, "unit": "g/ml", "uncertainty": 0.1}, {"value": 1100, "unit": "kg/m^3"}, (1100, 100)),
            ("property", {"key": "temp_melt", "value": 300, "unit": "K", "uncertainty": 9}, {"unit": "degF"}, (300, 9)),
            ("property", {"key": "temp_melt", "value": [300, 310], "unit": "K"}, {"unit": "degC"}, ([26.85, 36.85], None)),
            ("property", {"key": "+mine", "value": 5, "unit": "g", "uncertainty": 1}, {"value": 0.006, "unit": "kg"}, (0.006, 0.001)),
            ("property", {"key": "+mine", "value": 5, "uncertainty": 1}, {"unit": "kg"}, (5, 1)),
            ("quantity", {"key": "mass", "value": 5, "unit": "g", "uncertainty": 1}, {"value": 6, "unit": "g"}, (0.006, 0.001)),
            ("quantity", {"key": "mass", "value": 5, "unit": "g", "uncertainty": 1}, {"unit": "g"}, (0.005, 0.001)),
        ]:  # fmt: skip
            with self.subTest(stored=stored, sent=sent):
                made = self.assert_taken(self.save_measure("quantity_key" if kind == "quantity" else "material_property_key", **stored))
                shown = changed(made, kind, {"key": stored["key"], **sent})
                self.assert_close(shown["value"], expected[0])
                self.assert_close(shown["uncertainty"], expected[1])

    def assert_close(self, shown, expected):
        if isinstance(expected, list):
            self.assertEqual(len(shown), len(expected))
            for pair in zip(shown, expected, strict=True):
                self.assert_close(*pair)
        elif expected is None:
            self.assertIsNone(shown)
        else:
            self.assertLess(abs(shown - expected), 1e-9 * abs(expected), (shown, expected))

    def test_a_number_as_it_was_entered_comes_back_to_the_last_digit(self):
        made = self.assert_taken(self.save(properties=[{"key": "density", "value": 1.1, "unit": "g/ml", "uncertainty": 0.07}]))
        answer = self.ask("PUT", made["url"], {"properties": [{"key": "density", "value": 1.2, "unit": "g/ml"}]})
        self.assertEqual(answer.status, 200, answer)
        stored = self.v1("GET", "material", made["uid"])["property"][0]
        self.assertEqual((stored["value"], stored["unit"], stored["uncertainty"]), (1.2, "g/ml", 0.07))

    def test_a_number_that_cannot_be_converted_is_not_left_out(self):
        for stored, sent, missing in [
            ({"value": 5, "unit": "g", "uncertainty": 1}, {"value": 6, "unit": "K"}, ["uncertainty"]),
            ({"value": 5, "unit": "kBT", "uncertainty": 1}, {"unit": "J"}, ["value", "uncertainty"]),
        ]:
            with self.subTest(sent):
                made = self.assert_taken(self.save(properties=[{"key": "+mine", **stored}]))
                answer = self.ask("PUT", made["url"], {"properties": [{"key": "+mine", **sent}]})
                told = f"cannot be left out: what is stored in '{stored['unit']}' is not converted to '{sent['unit']}'"
                self.assert_refused(answer, *(f"/properties/0/{name}: '{name}' {told}" for name in missing))
                self.assertEqual(self.ask("GET", made["url"]).json, made)

    def test_what_the_other_dialect_let_pass_is_judged_when_it_changes(self):
        made = self.assert_taken(self.save(properties=[{"key": "density", "value": 1, "unit": "g/ml"}]))
        prop = self.v1("GET", "material", made["uid"])["property"][0]
        self.v1("PATCH", "property", prop["uuid"], {"node": ["Property"], "unit": "GPa", "method": "a method of v1"})
        shown = self.ask("GET", made["url"]).json
        self.assertEqual((shown["properties"][0]["unit"], shown["properties"][0]["method"]), ("GPa", "a method of v1"))
        shown["properties"][0]["notes"] = "changed"
        shown = self.put(shown)
        self.assertEqual((shown["properties"][0]["unit"], shown["properties"][0]["notes"]), ("GPa", "changed"))
        shown["properties"][0]["value"] = 2
        answer = self.ask("PUT", shown["url"], shown)
        self.assert_refused(answer, "/properties/0/unit: 'GPa' does not fit 'density', whose unit is 'kilogram / meter ** 3'")

    def test_a_list_of_the_other_dialect_stays_a_list(self):
        made = self.assert_taken(self.save("process", conditions=[{"key": "temperature", "value": 300, "unit": "kelvin"}]))
        condition = self.v1("GET", "process", made["uid"])["condition"][0]
        self.v1("PATCH", "condition", condition["uuid"], {"node": ["Condition"], "value": [300, 310]})
        shown = self.ask("GET", made["url"]).json
        shown["conditions"][0]["descriptor"] = "oil bath"
        shown = self.put(shown)
        self.assertEqual(self.v1("GET", "condition", condition["uuid"])["value"], [300, 310])
        shown["conditions"][0]["value"] = [300, 320]
        self.put(shown)
        self.assertEqual(self.v1("GET", "condition", condition["uuid"])["value"], [300, 320])

    def test_what_is_left_out_stays_and_what_is_empty_goes(self):
        made = self.assert_taken(self.save(notes="kept", keywords=["linear"], properties=[{"key": "color", "value": "white", "type": "mean"}]))
        left_out = {name: value for name, value in made.items() if name not in ("notes", "keywords", "properties")}
        self.assertEqual(self.put(left_out) | {"updated_at": made["updated_at"]}, made)
        emptied = self.put({**made, "notes": None, "keywords": [], "properties": []})
        self.assertEqual((emptied["notes"], emptied["keywords"], emptied["properties"]), (None, [], []))

    def test_what_comes_back_as_it_was_shown_or_empty_makes_no_revision(self):
        project = self.make("project", name=str(uuid.uuid4()))
        collection = self.make("collection", name="c", project=project["url"])
        experiment = self.make("experiment", name="e", collection=collection["url"])
        self.v1("PATCH", "material", self.water["uid"], {"node": ["Material"], "smiles": "O"})
        water = self.ask("GET", self.water["url"]).json
        for record, body in (
            (water, {"keywords": [], "components": [], "properties": []}),
            (water, {"keywords": None, "identifiers": water["identifiers"]}),
            (experiment, {"funding": []}),
            (experiment, {"funding": None, "notes": ""}),
            (collection, {"citations": []}),
        ):
            with self.subTest(body):
                before = self.ask("GET", record["url"]).json
                self.assertEqual(self.put({**before, **body})["updated_at"], before["updated_at"])


if __name__ == "__main__":
    unittest.main()
