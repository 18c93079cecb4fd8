"""A graph of 100,000 nodes comes back as it was saved, node by node; what a node costs does not grow with the graph."""

import json
import pathlib
import sys
import time
import unittest

from criptd import API, STORE, Criptd
from generated import count_of, project

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "conformance"))
import graph_walk  # noqa: E402

SIZES = (1_000, 10_000, 100_000)


class LargeGraph(unittest.TestCase):
    def setUp(self):
        self.server = Criptd()
        self.addCleanup(self.server.remove)
        self.server.start()
        self.header = [("Authorization", self.server.add_user("ada").token)]
        self.connection = self.server.connect()
        self.addCleanup(self.connection.close)

    def timed(self, method, path, body=None):
        began = time.perf_counter()
        answer = self.connection.send(method, path, body, self.header)
        self.assertEqual(answer.status, 200, str(answer)[:500])
        return answer, (time.perf_counter() - began) * 1e6

    def save_and_read(self, nodes):
        """Compares every node, and gives the microseconds a node of saving and of reading."""
        document = project(nodes)
        self.assertEqual(count_of(document), nodes)
        saved, save = self.timed("POST", f"{API}/project/", json.dumps(document).encode())
        self.assertEqual(saved.data["result"][0]["uuid"], document["uuid"])
        answer, read = self.timed("GET", f"{API}/project/{document['uuid']}/")
        (shown,) = answer.data
        self.assertEqual(count_of(shown), nodes)
        self.assertEqual(graph_walk.differences(document, shown), [])
        return save / nodes, read / nodes

    def test_every_node_of_a_hundred_thousand_comes_back(self):
        print(f"\n  {STORE}: nodes, µs a node to save, to read", flush=True)
        for nodes in SIZES:
            save, read = self.save_and_read(nodes)
            print(f"  {nodes:>8,} {save:8.1f} {read:8.1f}", flush=True)
        self.assertIn("is sound", self.server.command_output("check"))


if __name__ == "__main__":
    unittest.main()
