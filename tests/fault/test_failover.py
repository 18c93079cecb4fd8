"""The primary dies and its standby takes over: a server whose URL names both goes on by itself, and nothing that was
acknowledged is lost."""

import unittest

from criptd import API, Criptd, wait_until
from fixture import postgres
from postgres_case import MATERIALS, Writer


class Failover(unittest.TestCase):
    def setUp(self):
        self.primary = postgres.Cluster().start()
        self.addCleanup(self.primary.remove)
        self.standby = self.primary.standby().start()
        self.addCleanup(self.standby.remove)
        # From now on a commit is acknowledged when both have it.
        server = postgres.Server(self.primary.url())
        server.ask("alter system set synchronous_standby_names = '*'")
        server.ask("select pg_reload_conf()")
        wait_until(lambda: server.ask("select sync_state from pg_stat_replication") == "sync", "a standby in step")
        self.database = server.create_database()

    def url(self, first, second):
        """Of both, in that order."""
        return f"postgres://cript@127.0.0.1:{first.port},127.0.0.1:{second.port}/{self.database}"

    def start(self, url):
        server = Criptd(environment={"CRIPTD_STORE_URL": url, "CRIPTD_STORE_TIMEOUT": "2"})
        self.addCleanup(server.remove)
        return server.start()

    def test_saves_go_on_at_the_standby_that_takes_over(self):
        server = self.start(self.url(self.primary, self.standby))
        token = server.add_user("ada").token
        writers = [Writer(server, token) for _ in range(3)]
        for writer in writers:
            writer.start()
        self.await_saves(writers, 3)
        self.primary.kill()
        self.standby.promote()
        self.await_saves(writers, 3 + max(len(writer.acknowledged) for writer in writers))
        for writer in writers:
            writer.end()
        self.assertLessEqual({status for writer in writers for _, status in writer.answers}, {200, 503})
        self.assertIsNone(server.process.poll())
        rows = postgres.Server(self.standby.url(self.database)).rows(
            "select n.name, (select count(*) from edge e where e.parent = n.project) from project_name n"
        )
        self.assertEqual({edges for _, edges in rows}, {str(MATERIALS)}, "half saved")
        acknowledged = set().union(*(writer.acknowledged for writer in writers))
        self.assertLessEqual(acknowledged, {name for name, _ in rows}, "an acknowledged save is lost")
        print(f"({len(acknowledged)} acknowledged) ", end="", flush=True)
        # Tokens are checked and replaced there as ever.
        replaced = server.regenerate_token_of("ada")
        self.assertEqual(server.ask("GET", f"{API}/account", token=token).status, 401)
        self.assertEqual(server.ask("GET", f"{API}/account", token=replaced).status, 200)

    def test_a_server_whose_url_names_the_standby_first_finds_the_primary(self):
        server = self.start(self.url(self.standby, self.primary))
        self.assertIn(f":{self.primary.port}/", server.store)
        server.add_user("ada")

    @staticmethod
    def await_saves(writers, count):
        wait_until(lambda: all(len(writer.acknowledged) >= count for writer in writers), "saves", writers)


if __name__ == "__main__":
    unittest.main()
