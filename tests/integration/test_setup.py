"""The first account of a fresh server, made by the one-time link that the first start prints."""

import unittest

from criptd import API, Criptd

ACCOUNT = {"username": "ada", "email": "ada@example.org", "password": "an engine of difference"}


def set_up(server, token, **changes):
    origin = [("Origin", f"http://{server.address}"), ("Sec-Fetch-Site", "same-origin")]
    return server.ask("POST", f"{API}/account/setup", {"setup_token": token, **ACCOUNT, **changes}, headers=origin)


class SetUp(unittest.TestCase):
    def setUp(self):
        self.server = Criptd().start()
        self.addCleanup(self.server.remove)

    def status(self):
        return self.server.ask("GET", f"{API}/account/status").data

    def test_a_fresh_server_prints_a_link_and_says_that_it_needs_setting_up(self):
        self.assertTrue(self.server.setup_token, self.server.recent_output)
        self.assertIs(self.status()["setup_needed"], True)

    def test_the_link_makes_an_administrator_who_is_signed_in(self):
        answer = set_up(self.server, self.server.setup_token)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual((answer.data["username"], answer.data["admin"]), ("ada", True))
        self.assertTrue(answer.header("Set-Cookie"))
        self.assertTrue(answer.data["nonce"])
        self.assertIs(self.status()["setup_needed"], False)
        self.assertRegex(self.server.token_of("ada"), r"\AToken [0-9a-f]{40}\Z")

    def test_the_link_serves_once(self):
        token = self.server.setup_token
        self.assertEqual(set_up(self.server, token).status, 200)
        again = set_up(self.server, token, username="eve", email="eve@example.org")
        self.assertIn(again.status, (403, 404, 409), again)
        self.assertNotEqual(self.server.session("eve", ACCOUNT["password"]).signed_in.status, 200)

    def test_a_guessed_link_is_refused_and_the_real_one_still_serves(self):
        answer = set_up(self.server, "A" * len(self.server.setup_token))
        self.assertIn(answer.status, (401, 403), answer)
        self.assertEqual(set_up(self.server, self.server.setup_token).status, 200)

    def test_mistakes_are_told_all_at_once_and_do_not_use_the_link_up(self):
        answer = set_up(self.server, self.server.setup_token, username="", email="nonsense", password="short")
        self.assertEqual(answer.status, 400, answer)
        self.assertEqual(
            sorted(problem["pointer"] for problem in answer.json["errors"]), ["/email", "/password", "/username"]
        )
        self.assertEqual(set_up(self.server, self.server.setup_token).status, 200)

    def test_a_new_start_prints_a_new_link_and_the_old_one_is_dead(self):
        old = self.server.setup_token
        self.server.restart()
        self.assertNotEqual(self.server.setup_token, old)
        self.assertIn(set_up(self.server, old).status, (401, 403))
        self.assertEqual(set_up(self.server, self.server.setup_token).status, 200)

    def test_no_link_is_printed_once_there_is_an_account(self):
        set_up(self.server, self.server.setup_token)
        self.server.restart()
        self.assertIsNone(self.server.setup_token)

    def test_an_account_of_the_operator_closes_the_link(self):
        token = self.server.setup_token
        self.server.add_user("ada", admin=True)
        self.assertIn(set_up(self.server, token, username="eve").status, (403, 404, 409))

    def test_the_link_lies_nowhere_in_the_data_folder(self):
        token = self.server.setup_token.encode()
        for path in self.server.data.rglob("*"):
            if path.is_file():
                self.assertNotIn(token, path.read_bytes(), path.name)
