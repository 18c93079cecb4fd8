"""The SDK under test, connected to a server of its own, and what its nodes say."""

import pathlib
import sys
import unittest
import warnings

import cript

sys.path[:0] = [str(folder) for folder in pathlib.Path(__file__).resolve().parents[1:3]]
from criptd import Criptd  # noqa: E402
from older_records import everything, members_of, unique  # noqa: E402, F401


def forget():
    """Empties the SDK's memory, so that what is got next comes from the server."""
    cript.nodes.base.Base.__refs__.clear()


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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # there is a newer one
            return cript.API(cls.server.address, user.token, tls=False)

    def setUp(self):
        forget()

    def make(self, kind, **fields):
        node = kind(**fields)
        self.api.save(node)
        return node

    def again(self, node, max_level=0):
        """The node as the server has it, as a new object; at level 0 one that follows no links."""
        forget()
        return self.api.get(node if isinstance(node, str) else node.url, max_level=max_level)

    def ask(self, method, url, body=None, user=None):
        """A plain request in the words of the SDK."""
        path = url.split(self.server.address, 1)[1] if "://" in url else url
        return self.server.ask(method, path, body, token=(user or self.user).token)

    def project(self, name="a project", **fields):
        return self.make(cript.Project, name=unique(name), **fields)

    def experiment(self, project=None):
        collection = self.make(cript.Collection, project=project or self.project(), name=unique("a collection"))
        return self.make(cript.Experiment, collection=collection, name="an experiment")
