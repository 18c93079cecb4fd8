"""Connecting, configuration, the schema and the vocabularies."""

import json
import logging
import os
import pathlib
import tempfile
import unittest.mock

import cript
from cript.api.exceptions import APIError, CRIPTConnectionError, InvalidVocabulary
from cript.nodes.exceptions import CRIPTNodeSchemaError

from sdk import MODES, SdkTest, Wire, material, unique


class Connection(SdkTest):
    @property
    def host(self):
        return f"http://{self.server.address}"

    def test_connecting_is_one_request(self):
        with Wire() as wire, self.connection(self.user.token):
            pass
        self.assertEqual([(method, path) for method, path, *_ in wire.requests], [("GET", "/api/v1/schema/")])

    def test_a_client_can_be_connected_and_disconnected_by_hand(self):
        client = cript.API(self.host, self.user.token, self.user.token, default_log_level=logging.ERROR)
        previous = self.api
        client.connect()
        try:
            self.assertEqual(client.host, self.host)
            self.assertEqual((client.api_prefix, client.api_version), ("api", "v1"))
            self.assertIn(self.host, str(client))
            self.assertIsInstance(client.logger, logging.Logger)
        finally:
            client.disconnect()
            previous.connect()

    def test_the_configuration_may_come_from_the_environment(self):
        given = {"CRIPT_HOST": self.host, "CRIPT_TOKEN": self.user.token, "CRIPT_STORAGE_TOKEN": self.user.token}
        with unittest.mock.patch.dict(os.environ, given), cript.API(default_log_level=logging.ERROR) as client:
            self.assertEqual(list(self.search(cript.Project, MODES.CONTAINS_NAME, "no such project", client)), [])

    def test_the_configuration_may_come_from_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "config.json"
            path.write_text(json.dumps({"host": self.host, "api_token": self.user.token, "storage_token": self.user.token}))
            with cript.API(config_file_path=path, default_log_level=logging.ERROR) as client:
                self.assertEqual(client.host, self.host)

    def test_the_token_may_be_given_without_its_scheme_word(self):
        with self.connection(self.user.token.removeprefix("Token ")) as client:
            client.save(cript.Project(name=unique("by a bare token")))

    def test_a_wrong_token_connects_and_is_refused_when_it_matters(self):
        with self.connection("0" * 40) as client:
            with self.assertRaisesRegex(APIError, "401"):
                next(self.search(cript.Material, MODES.NODE_TYPE, api=client))
            with self.assertRaises(cript.api.exceptions.CRIPTAPISaveError) as refused:
                client.save(cript.Project(name=unique("by nobody")))
            self.assertIn("401", str(refused.exception))

    def test_something_else_than_a_cript_server_is_told(self):
        client = cript.API(f"{self.host}/nothing-here", "x", "x", default_log_level=logging.ERROR)
        with self.assertRaises(CRIPTConnectionError):
            client.connect()
        self.api.connect()


class Model(SdkTest):
    def test_the_schema_has_both_forms_of_every_node_type(self):
        definitions = self.api.schema._db_schema["$defs"]
        self.assertGreater(len(definitions), 30)
        for node_type in (
            "Project Collection Experiment Inventory Material Process Computation ComputationProcess Data Reference Software File User"
            " Algorithm Citation ComputationalForcefield Condition Equipment Ingredient Parameter Property Quantity SoftwareConfiguration"
        ).split():
            self.assertIn(node_type + "Post", definitions)
            self.assertIn(node_type + "Patch", definitions)

    def test_every_vocabulary_can_be_read_and_asked(self):
        for category in cript.VocabCategories:
            with self.subTest(category.value):
                terms = self.api.schema.get_vocab_by_category(category)
                self.assertIsInstance(terms, list)
                for term in terms:
                    self.assertTrue(self.api.schema._is_vocab_valid(vocab_category=category, vocab_word=term["name"]))
                with self.assertRaises(InvalidVocabulary):
                    self.api.schema._is_vocab_valid(vocab_category=category, vocab_word="no such word")
        for category, words in {
            cript.VocabCategories.MATERIAL_IDENTIFIER_KEY: ("bigsmiles", "smiles", "pubchem_cid"),
            cript.VocabCategories.FILE_TYPE: ("calibration",),
            cript.VocabCategories.QUANTITY_KEY: ("mass",),
            cript.VocabCategories.UNCERTAINTY_TYPE: ("fwhm",),
        }.items():
            names = {term["name"] for term in self.api.schema.get_vocab_by_category(category)}
            self.assertLessEqual(set(words), names)

    def test_documents_are_held_against_the_schema(self):
        valid = self.api.schema.is_node_schema_valid
        self.assertTrue(valid(json.dumps({"node": ["Material"], "name": "gel", "uid": "_:0.053 volume fraction CM gel"})))
        self.assertTrue(valid(json.dumps({"node": ["File"], "source": "https://a.b", "type": "calibration", "extension": ".csv", "data_dictionary": "x"})))
        self.assertTrue(valid(json.dumps({"node": ["Material"], "notes": "a change"}), is_patch=True))
        with self.assertRaises(CRIPTNodeSchemaError):
            valid(json.dumps({"node": ["Material"], "invalid key": "x"}))
        with self.assertRaises(CRIPTNodeSchemaError):
            valid(json.dumps({"node": ["Parameter"], "key": "update_frequency", "value": "abc"}))
        with self.assertRaises(CRIPTNodeSchemaError):
            cript.Process(name="a process", type="no such process")

    def test_validation_can_be_skipped_until_the_save(self):
        self.api.schema.skip_validation = True
        try:
            project = cript.Project(name=unique("skips"), material=[material(keyword=["no such keyword"])])
            with self.assertRaises(CRIPTNodeSchemaError):
                self.api.save(project)
        finally:
            self.api.schema.skip_validation = False
