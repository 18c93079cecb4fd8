"""What searches look in is made anew when a server starts on a database whose side tables follow older rules."""

import re
import subprocess
import threading
import unittest

import behind
import documents
from criptd import API, PATIENCE_SECONDS, PROGRAM, STORE, Criptd

TABLES = ("custom_word", "measured_value", "identifier")


class OlderIndex(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(Criptd())
        self.ada = self.server.add_user("ada")
        project = documents.project()
        project["material"][1]["keyword"] = ["+own"]
        answer = self.server.ask("POST", f"{API}/project/", project, token=self.ada.token)
        self.assertEqual(answer.status, 200, answer)
        self.found = self.searches(self.server)
        self.assertEqual([count for count in self.found if count == 0], [])

    def searches(self, server):
        """How much of it is found: by value, by identifier, and by custom word."""
        token = self.ada.token
        value = {"key": "density", "min": 1.0, "max": 1.1, "unit": "g/ml"}
        measured = server.ask("POST", f"{API}/search/properties/material/", value, token=token)
        similar = server.ask("GET", f"{API}/search/bigsmiles/?q=c1ccccc1&field=smiles", token=token)
        words = [entry["name"] for entry in server.ask("GET", f"{API}/cv/material_keyword/", token=token).data]
        return [measured.data["count"], similar.data["count"], words.count("+own")]

    def grow_old(self):
        self.server.stop()
        for table in TABLES:
            self.assertGreater(behind.sql(self.server, f"delete from {table}"), 0)
        self.assertEqual(behind.sql(self.server, "update index_version set version = 0"), 1)

    def test_a_server_finds_everything_from_its_first_answer_on(self):
        self.grow_old()
        self.server.start()
        self.assertEqual(self.searches(self.server), self.found)
        events = re.findall(r'"event":"(index\.\w+|server\.started)"', self.server.recent_output)
        self.assertEqual(events, ["index.begun", "index.made", "server.started"])
        self.server.restart()
        self.assertNotIn("index.", self.server.recent_output)

    def test_it_is_not_made_anew_for_nothing(self):
        self.server.stop()
        self.assertGreater(behind.sql(self.server, "delete from custom_word"), 0)
        self.server.start()
        self.assertEqual(self.searches(self.server), [*self.found[:2], 0])
        self.assertIn("with words of users' own", self.server.command_output("reindex"))
        self.assertEqual(self.searches(self.server), self.found)

    @unittest.skipUnless(STORE == "postgres", "only PostgreSQL is shared by several servers")
    def test_of_several_servers_one_does_it_and_the_others_wait(self):
        self.grow_old()
        shared = {
            "CRIPTD_STORE_URL": self.server._environment["CRIPTD_STORE_URL"],
            "CRIPTD_BLOB_URL": f"file:{self.server.data}/blobs",
        }
        others = [Criptd(environment=shared) for _ in range(2)]
        for other in others:
            self.addCleanup(other.remove)
            (other.data / "keyring").write_bytes((self.server.data / "keyring").read_bytes())
            (other.data / "keyring").chmod(0o600)
        servers = [self.server, *others]
        for server in servers:
            server.begin()
        for server in servers:
            server.await_start()
            self.assertEqual(self.searches(server), self.found)
        made = [server for server in servers if "index.made" in server.recent_output]
        self.assertEqual(len(made), 1)

    @unittest.skipUnless(STORE == "postgres", "only PostgreSQL is shared by several servers")
    def test_a_server_that_waits_for_another_ends_when_it_is_told_to(self):
        self.grow_old()
        command = [PROGRAM, "serve", "--data", self.server.data, "--listen", "127.0.0.1:0"]
        with behind.session(self.server, "select pg_advisory_lock(x'414c4f4e45'::bigint)"):
            waiting = subprocess.Popen(command, env=self.server._environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            patience = threading.Timer(PATIENCE_SECONDS, waiting.kill)
            patience.start()
            try:
                for line in waiting.stdout:
                    if "index.awaited" in line:
                        waiting.terminate()
                        break
                rest, _ = waiting.communicate()
            finally:
                patience.cancel()
                waiting.kill()
                waiting.wait()
        self.assertIn("it was told to end", rest)
