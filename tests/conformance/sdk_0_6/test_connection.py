"""Connecting, who is calling, and how the server speaks of itself."""

import warnings

import cript
import requests

from sdk import APIError, SdkTest, forget


class Connection(SdkTest):
    def test_says_who_is_calling_and_warns_of_nothing(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            api = self.connect(self.user)
        self.assertEqual(str(api), f"Connected to http://{self.server.address}/api")
        self.assertEqual((api.user.username, api.user.email), ("ada", "ada@example.org"))
        forget()
        self.assertEqual(cript.User.get(url=api.user.url).email, "ada@example.org")
        forget()
        self.assertEqual(cript.User.get(username="ada").uid, api.user.uid)

    def test_refuses_other_tokens_and_other_places(self):
        for token in ("Token " + "0" * 40, "", "Token x"):
            with self.assertRaises(APIError) as refused:
                cript.API(self.server.address, token, tls=False)
            self.assertIn("Invalid token.", str(refused.exception))
        with self.assertRaises(APIError) as refused:
            cript.API(self.server.address + "/nope", self.user.token, tls=False)
        self.assertIn("Please provide a valid host.", str(refused.exception))

    def test_brings_the_vocabularies(self):
        vocab = self.connect(self.user).vocab
        self.assertGreaterEqual(len(vocab), 23)
        density = next(entry for entry in vocab["material-property-key"] if entry["name"] == "density")
        self.assertEqual(density["si_unit"], "kilogram / meter ** 3")
        self.assertEqual(density["range"], [0, 23000])
        answer = self.server.ask("GET", "/api/keys/all/")
        self.assertEqual(answer.json, vocab)
        self.assertEqual(self.server.ask("GET", "/api/option/process-type/").json, vocab["process-type"])
        for path in ("/keys/", "/keys/process-type/"):
            page = self.server.ask("GET", path)
            self.assertEqual(page.status, 200)
            self.assertIn(b"process-type", page.body)
        self.assertEqual(self.server.ask("GET", "/keys/nothing/").status, 404)

    def test_gives_older_clients_what_they_read(self):
        for version, has_keys in (("0.4.5", True), ("0.5.0", True), ("0.6.0", False)):
            headers = [("Accept", f"application/json; version={version}")]
            answer = self.server.ask("GET", "/api/session-info/", token=self.user.token, headers=headers)
            self.assertEqual(answer.status, 200)
            self.assertEqual("keys" in answer.json, has_keys, version)
            self.assertEqual(answer.json["latest_version"], "0.6.0")

    def test_speaks_with_the_host_that_was_asked_and_with_no_other(self):
        port = self.server.address.rsplit(":", 1)[1]
        for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
            answer = self.session_info(self.server, self.user, host)
            self.assertTrue(answer.json()["user_info"]["url"].startswith(f"http://{host}/api/user/"), answer.text)
        self.assertEqual(self.session_info(self.server, self.user, "evil.example").status_code, 422)

    @staticmethod
    def session_info(server, user, host):
        headers = {"Host": host, "Authorization": user.token}
        return requests.get(f"http://{server.address}/api/session-info/", headers=headers)

