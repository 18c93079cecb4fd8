"""Connecting, who is calling, and the words and units that the SDK checks by what it is told."""

import warnings

import cript
from cript.exceptions import APIAuthError, InvalidKeyError, InvalidUnitError, InvalidValueRangeError, InvalidValueTypeError, RequiredUnitError

from sdk import SdkTest, forget


class Connection(SdkTest):
    def test_says_who_is_calling_and_that_there_is_a_newer_one(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            api = cript.API(self.server.address, self.user.token, tls=False)
        told = [str(entry.message) for entry in caught if entry.category is UserWarning]
        self.assertEqual(told, ["A newer version of the CRIPT SDK is available. Please upgrade."])
        self.assertEqual(str(api), f"Connected to http://{self.server.address}/api")
        self.assertEqual((api.user.username, api.user.email, api.latest_api_version), ("ada", "ada@example.org", "0.6.0"))
        self.assertEqual(api.storage_info, {"provider": "s3", "max_file_size": 50 << 30})
        self.assertEqual(self.again(api.user).email, "ada@example.org")
        forget()
        self.assertEqual(self.api.get(cript.User, {"username": "ada"}).uid, api.user.uid)

    def test_refuses_other_tokens_and_other_places(self):
        for token in ("Token " + "0" * 40, "", "Token x"):
            with self.assertRaisesRegex(APIAuthError, "Invalid token."):
                cript.API(self.server.address, token, tls=False)
        with self.assertRaisesRegex(APIAuthError, "Please provide a correct base URL."):
            cript.API(self.server.address + "/nope", self.user.token, tls=False)


class Words(SdkTest):
    """The SDK looks every word, value and unit up in the `keys` of session-info."""

    KINDS = {
        "material-identifier-key": lambda word: cript.Identifier(key=word, value="x"),
        "quantity-key": lambda word: cript.Quantity(key=word, value=1, unit=None),
        "parameter-key": lambda word: cript.Parameter(key=word, value=1),
        "algorithm-key": lambda word: cript.Algorithm(key=word, type="x"),
        "equipment-key": lambda word: cript.Equipment(key=word),
        "condition-key": lambda word: cript.Condition(key=word, value=1),
        "material-property-key": lambda word: cript.Property(key=word, value=1),
        "computational-forcefield-key": lambda word: cript.ComputationalForcefield(key=word, building_block="atom"),
        "building-block": lambda word: cript.ComputationalForcefield(key="opls_aa", building_block=word),
        "ingredient-keyword": lambda word: cript.Ingredient(material="http://x/api/material/1/", keyword=word),
        "citation-type": lambda word: cript.Citation(reference="http://x/api/reference/1/", type=word),
        "set-type": lambda word: cript.Property(key="+x", type=word),
        "property-method": lambda word: cript.Property(key="+x", method=word),
        "uncertainty-type": lambda word: cript.Condition(key="+x", uncertainty_type=word),
        "process-type": lambda word: cript.Process(experiment="http://x/api/experiment/1/", name="x", type=word, group="x"),
        "process-keyword": lambda word: cript.Process(experiment="x", name="x", type="mix", keywords=[word], group="x"),
        "material-keyword": lambda word: cript.Material(project="x", name="x", keywords=[word], group="x"),
        "data-type": lambda word: cript.Data(experiment="x", name="x", type=word, group="x"),
        "file-type": lambda word: cript.File(project="x", source="https://x", type=word, group="x"),
        "computation-type": lambda word: cript.Computation(experiment="x", name="x", type=word, group="x"),
        "computational-process-type": lambda word: cript.ComputationalProcess(experiment="x", name="x", type=word, group="x"),
    }

    def test_every_word_of_every_vocabulary_is_known_to_it(self):
        for category, make in self.KINDS.items():
            self.assertGreater(len(cript.API.keys[category]), 0, category)
            for entry in cript.API.keys[category]:
                with self.subTest(category=category, word=entry["name"]):
                    try:
                        make(entry["name"])
                    except (InvalidValueTypeError, InvalidValueRangeError, RequiredUnitError):
                        pass  # it is the value or the unit that it would like to be another

    def test_every_unit_that_a_key_has_is_one_it_can_convert_to(self):
        for category in ("material-property-key", "process-property-key", "computational-process-property-key", "condition-key", "quantity-key", "parameter-key"):
            for entry in cript.API.keys[category]:
                with self.subTest(category=category, word=entry["name"]):
                    if entry["si_unit"]:
                        unit = cript.validators.validate_unit(category, entry["name"], entry["si_unit"])
                        self.assertEqual(unit, entry["si_unit"])
                    else:
                        self.assertIsNone(cript.validators.validate_unit(category, entry["name"], None))

    def test_says_itself_what_is_wrong(self):
        for wrong, error in (
            (lambda: cript.Property(key="densty", value=1), InvalidKeyError),
            (lambda: cript.Property(key="density", value=1), RequiredUnitError),
            (lambda: cript.Property(key="density", value=1, unit="K"), InvalidUnitError),
            (lambda: cript.Property(key="density", value="heavy", unit="g/ml"), InvalidValueTypeError),
            (lambda: cript.Property(key="density", value=-1, unit="g/ml"), InvalidValueRangeError),
            (lambda: cript.Property(key="+own", value=-1, unit="furlongz"), InvalidUnitError),
        ):
            with self.assertRaises(error):
                wrong()
