"""The SDK under test, connected to a server of its own, and what its nodes say."""

import pathlib
import sys
import unittest

import cript
from cript.data_model.exceptions import UniqueNodeError  # noqa: F401

sys.path[:0] = [str(folder) for folder in pathlib.Path(__file__).resolve().parents[1:3]]
from criptd import Criptd  # noqa: E402
from older_records import members_of, unique  # noqa: E402, F401

APIError = cript.api.exceptions.APIError


def forget():
    """Empties the SDK's memory, so that what is got next comes from the server."""
    cript.cache.node_cache.clear()


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

    def make(self, kind, **fields):
        return kind.create(**fields)

    def project(self, name="a project", **fields):
        return cript.Project.create(name=unique(name), **fields)

    def experiment(self, project=None):
        collection = cript.Collection.create(project=project or self.project(), name=unique("a collection"))
        return cript.Experiment.create(collection=collection, name="an experiment")
