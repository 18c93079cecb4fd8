"""The SDK under test: connected to a server of its own, watched on the wire, and its nodes compared value by value."""

import dataclasses
import logging
import os
import pathlib
import sys
import unittest
import uuid
import warnings

import requests

# The SDK warns of nodes without a project and of materials without identifiers; both are wanted in these tests.
warnings.simplefilter("ignore")
# It asks the environment for what is not given; nothing of this machine may reach a test.
for name in ("CRIPT_HOST", "CRIPT_TOKEN", "CRIPT_STORAGE_TOKEN"):
    os.environ.pop(name, None)

import cript  # noqa: E402
from cript.nodes.core import BaseNode  # noqa: E402
from cript.nodes.uuid_base import UUIDBaseNode  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from criptd import Criptd  # noqa: E402

# `uid` is a label inside one document.
SET_BY_SERVER = {"uid", "created_at", "updated_at", "created_by", "updated_by", "model_version"}
MODES = cript.SearchModes


def unique(text):
    """The names of projects are unique on a server."""
    return f"{text} {uuid.uuid4().hex[:12]}"


def forget():
    """Empties the SDK's cache, so that what is loaded next is new Python objects and not those that were saved."""
    UUIDBaseNode._uuid_cache.clear()


def is_empty(value):
    return value is None or value == "" or value == []


def differences(expected, actual):
    """Sentences, one for each value in which two graphs of nodes differ; nodes belong together by uuid."""
    found, seen = [], set()

    def compare(left, right, path):
        if isinstance(left, BaseNode) or isinstance(right, BaseNode):
            compare_nodes(left, right, path)
        elif isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                found.append(f"{path}: {len(left)} elements became {len(right)}")
            for position, pair in enumerate(zip(left, right)):
                compare(*pair, f"{path}[{position}]")
        elif is_empty(left) and is_empty(right):
            pass
        elif type(left) is not type(right) or left != right:
            found.append(f"{path}: {left!r} became {right!r}")

    def compare_nodes(left, right, path):
        if type(left) is not type(right):
            found.append(f"{path}: {type(left).__name__} became {right!r}"[:300])
            return
        if left.uuid != right.uuid:
            found.append(f"{path}: uuid {left.uuid} became {right.uuid}")
        if left is right:
            found.append(f"{path}: the same Python object: nothing was read back")
        if left.uuid in seen:
            return
        seen.add(left.uuid)
        for field in dataclasses.fields(left._json_attrs):
            if field.name in SET_BY_SERVER:
                continue
            compare(getattr(left._json_attrs, field.name), getattr(right._json_attrs, field.name), f"{path}.{field.name}")

    compare(expected, actual, expected.node_type)
    return found


class Wire:
    """Counts the requests that the SDK sends while it is entered."""

    def __enter__(self):
        self.requests = []
        self._send = requests.Session.send

        def send(session, request, **named):
            answer = self._send(session, request, **named)
            path = request.path_url
            self.requests.append((request.method, path, len(request.body or b""), answer.status_code, answer.text))
            return answer

        requests.Session.send = send
        return self

    def __exit__(self, *_):
        requests.Session.send = self._send

    def __len__(self):
        return len(self.requests)

    def of(self, method):
        return [entry for entry in self.requests if entry[0] == method]


class SdkTest(unittest.TestCase):
    """A test with a fresh server and a connected SDK, both of its class."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.user = cls.server.add_user("ada")
        cls.api = cls.enterClassContext(cls.connection(cls.user.token))

    @classmethod
    def connection(cls, token):
        return cript.API(f"http://{cls.server.address}", token, token, default_log_level=logging.ERROR)

    def setUp(self):
        forget()

    # Reading back

    def search(self, node_type, mode, text="", api=None):
        return (api or self.api).search(node_type=node_type, search_mode=mode, value_to_search=text)

    def raw(self, paginator):
        """All that it yields as the server wrote it, in the server's order.

        The SDK's own iteration begins with the last node of the first page and yields that one twice; see
        docs/reference/compatibility.md."""
        paginator.auto_load_nodes = False
        yielded = list(paginator)
        return list(paginator._fetched_nodes), yielded

    def json_of(self, node_type, node_uuid):
        """The JSON of one node, or None if there is none."""
        paginator = self.search(node_type, MODES.UUID, node_uuid)
        paginator.auto_load_nodes = False
        return next(paginator, None)

    def read_again(self, node):
        """The node as the server has it, in new Python objects."""
        node_type, node_uuid = type(node), node.uuid
        forget()
        return next(self.search(node_type, MODES.UUID, node_uuid))

    def saved_and_read(self, project):
        self.api.save(project)
        return self.read_again(project)

    def assert_same(self, expected, actual):
        self.assertEqual(differences(expected, actual), [])

    def assert_comes_back(self, project):
        back = self.saved_and_read(project)
        self.assert_same(project, back)
        return back


def project_with(*, experiment=None, material=(), collection=None, inventory=()):
    """A project around what is given: experiment fields go into its one experiment."""
    experiments = [cript.Experiment(name="experiment", **experiment)] if experiment is not None else []
    collections = [cript.Collection(name="collection", experiment=experiments, inventory=list(inventory), **(collection or {}))]
    return cript.Project(name=unique("project"), collection=collections, material=list(material))


def material(name="a material", **fields):
    return cript.Material(name=name, **{"smiles": "CCO", **fields})


def file(name="a file", **fields):
    return cript.File(name=name, **{"source": "https://example.org/a.csv", "type": "data", "extension": ".csv", **fields})


def data(name="some data", **fields):
    return cript.Data(name=name, **{"type": "afm_amp", "file": [file()], **fields})
