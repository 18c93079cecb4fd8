"""The SDK under test, connected to a server of its own, and what its nodes say."""

import pathlib
import sys
import unittest
import uuid

import cript
from cript.data_model.exceptions import UniqueNodeError  # noqa: F401

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from criptd import Criptd  # noqa: E402

APIError = cript.api.exceptions.APIError


def unique(text):
    """The names of projects, groups and software are unique on a server."""
    return f"{text} {uuid.uuid4().hex[:12]}"


def forget():
    """Empties the SDK's memory, so that what is got next comes from the server."""
    cript.cache.node_cache.clear()


def value_of(thing, seen=()):
    """A node or sub-object as plain values: what it links to by URL, times left out."""
    if isinstance(thing, cript.Paginator):
        return str(thing.url).split("?")[0]
    if isinstance(thing, list):
        return [value_of(entry) for entry in thing]
    if hasattr(thing, "url") and hasattr(thing, "uid"):
        return thing.url
    if hasattr(thing, "__dict__") and type(thing).__module__.startswith("cript."):
        return {"": type(thing).__name__, **members_of(thing)}
    return thing


def members_of(node):
    left_out = {"created_at", "updated_at", "can_edit", "index_table"}
    return {
        name.lstrip("_"): value_of(member)
        for name, member in vars(node).items()
        if "__" not in name and name.lstrip("_") not in left_out
    }


class SdkTest(unittest.TestCase):
    """A test with a fresh server and a connected SDK, both of its class."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Criptd())
        cls.user = cls.server.add_user("ada")
        cls.api = cls.connect(cls.user)

    @classmethod
    def connect(cls, user):
        return cript.API(cls.server.address, user.token, tls=False)

    def setUp(self):
        forget()

    def again(self, node, **how):
        """The node as the server has it, as a new object that follows no links."""
        forget()
        return type(node).get(url=node.url, **{"get_level": 0, **how})

    def ask(self, method, url, body=None, user=None):
        """A plain request in the words of the SDK."""
        path = url.split(self.server.address, 1)[1] if "://" in url else url
        return self.server.ask(method, path, body, token=(user or self.user).token)

    def project(self, name="a project", **fields):
        return cript.Project.create(name=unique(name), **fields)

    def experiment(self, project=None):
        collection = cript.Collection.create(project=project or self.project(), name=unique("a collection"))
        return cript.Experiment.create(collection=collection, name="an experiment")
