"""Signing in with a browser: the cookie, forged requests, re-authentication, the list of sessions, the audit list."""

import unittest

from criptd import API, Criptd


class SessionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Criptd().start()
        cls.addClassCleanup(cls.server.remove)

    def setUp(self):
        self.user = self.server.add_user(self._testMethodName.removeprefix("test_").replace("_", "")[:40])
        self.session = self.server.session(self.user.name, self.user.password)
        self.assertEqual(self.session.signed_in.status, 200, self.session.signed_in)

    def actions(self):
        return [entry["action"] for entry in self.session.send("GET", "/account/audit").data]


class SigningIn(SessionTest):
    def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(self):
        text = self.session.signed_in.header("Set-Cookie")
        parts = [part.strip().lower() for part in text.split(";")]
        self.assertTrue(text.startswith("cript_session="), "on loopback HTTP the name carries no __Host-")
        self.assertIn("httponly", parts)
        self.assertIn("samesite=lax", parts)
        self.assertIn("path=/", parts)
        self.assertFalse([part for part in parts if part.startswith("domain")])

    def test_the_session_shows_who_signed_in(self):
        me = self.session.send("GET", "/account").data
        self.assertEqual((me["username"], me["authenticated_by"]), (self.user.name, "session"))
        self.assertEqual(me["email"], f"{self.user.name}@example.org")

    def test_the_mail_address_serves_as_well_as_the_name(self):
        again = self.server.session(f"{self.user.name}@example.org", self.user.password)
        self.assertEqual(again.signed_in.status, 200)

    def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(self):
        wrong = self.server.session(self.user.name, "not the password of it").signed_in
        unknown = self.server.session("nobody-here", "not the password of it").signed_in
        self.assertEqual((wrong.status, wrong.body), (401, unknown.body))
        self.assertEqual(unknown.status, 401)

    def test_signing_out_ends_the_session_on_the_server(self):
        kept = dict(self.session.cookies)
        self.assertEqual(self.session.send("DELETE", "/account/session").status, 200)
        self.session.cookies = kept
        self.assertEqual(self.session.send("GET", "/account").status, 401)

    def test_too_many_wrong_passwords_are_slowed_down_and_a_token_still_serves(self):
        for _ in range(50):
            answer = self.server.session(self.user.name, "not the password of it").signed_in
            if answer.status != 401:
                break
        self.assertEqual(answer.status, 429, answer)
        self.assertGreater(int(answer.header("Retry-After")), 0)
        self.assertEqual(self.server.ask("GET", f"{API}/account", token=self.user.token).status, 200)


class ForgedRequests(SessionTest):
    def change(self, **how):
        return self.session.send("POST", "/account/reauthenticate", {"password": self.user.password}, **how)

    def test_a_change_without_the_synchronizer_token_is_refused(self):
        self.assertEqual(self.change(csrf=False).status, 403)
        self.assertEqual(self.change().status, 200)

    def test_a_change_with_another_sessions_synchronizer_token_is_refused(self):
        other = self.server.session(self.user.name, self.user.password)
        self.session.csrf = other.csrf
        self.assertEqual(self.change().status, 403)

    def test_a_change_from_another_site_is_refused(self):
        for headers in (
            [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")],
            [("Origin", "https://evil.example")],
            [("Origin", "null")],
            [("Sec-Fetch-Site", "cross-site")],
            [("Sec-Fetch-Site", "same-site")],
        ):
            with self.subTest(headers):
                self.assertEqual(self.change(headers=headers).status, 403)

    def test_saving_a_node_is_a_change_like_any_other(self):
        project = {"node": ["Project"], "name": "Forged"}
        self.assertEqual(self.session.send("POST", "/project/", project, csrf=False).status, 403)
        self.assertEqual(self.session.send("POST", "/project/", project).status, 200)

    def test_signing_in_from_another_site_is_refused(self):
        body = {"username": self.user.name, "password": self.user.password}
        headers = [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")]
        answer = self.server.ask("POST", f"{API}/account/session", body, headers=headers)
        self.assertEqual(answer.status, 403, answer)


class Reveal(SessionTest):
    def test_the_page_is_handed_the_full_text(self):
        self.assertEqual(self.session.reveal(), self.user.token)

    def test_the_answer_may_not_be_stored_by_anyone(self):
        body = {"nonce": self.session.nonce, "purpose": "copy"}
        self.assertEqual(self.session.send("POST", "/account/token/reveal", body).header("Cache-Control"), "no-store")

    def test_a_nonce_serves_once(self):
        used = self.session.nonce
        self.session.reveal()
        self.session.nonce, fresh = used, self.session.nonce
        for path, body in (("reveal", {"nonce": used, "purpose": "reveal"}), ("regenerate", {"nonce": used})):
            with self.subTest(path):
                answer = self.session.send("POST", f"/account/token/{path}", body)
                self.assertEqual(answer.status, 403, answer)
                self.assertEqual(answer.json["errors"][0]["code"], "reauthentication_required")
        self.session.nonce = fresh
        self.assertEqual(self.server.ask("GET", f"{API}/account", token=self.user.token).status, 200)

    def test_a_nonce_of_another_session_does_not_serve(self):
        other = self.server.session(self.user.name, self.user.password)
        body = {"nonce": other.nonce, "purpose": "reveal"}
        self.assertEqual(self.session.send("POST", "/account/token/reveal", body).status, 403)

    def test_a_password_gives_a_new_nonce(self):
        self.session.nonce = None
        answer = self.session.send("POST", "/account/reauthenticate", {"password": self.user.password})
        self.assertEqual(answer.status, 200, answer)
        self.session.nonce = answer.data["nonce"]
        self.assertEqual(self.session.reveal(), self.user.token)

    def test_a_wrong_password_gives_none(self):
        answer = self.session.send("POST", "/account/reauthenticate", {"password": "not the password of it"})
        self.assertIn(answer.status, (401, 403), answer)
        self.assertIsNone(answer.json["data"])

    def test_a_token_can_neither_reveal_nor_regenerate(self):
        for path, body in (
            ("reveal", {"nonce": self.session.nonce, "purpose": "reveal"}),
            ("regenerate", {"nonce": self.session.nonce}),
        ):
            with self.subTest(path):
                answer = self.server.ask("POST", f"{API}/account/token/{path}", body, token=self.user.token)
                self.assertEqual(answer.status, 403, answer)
                self.assertNotIn(self.user.token.removeprefix("Token ").encode(), answer.body)
        self.assertEqual(self.server.ask("GET", f"{API}/account", token=self.user.token).status, 200)

    def test_about_the_token_never_holds_the_secret(self):
        answer = self.session.send("GET", "/account/token")
        self.assertIn("created_at", answer.data)
        self.assertNotIn(self.user.token.removeprefix("Token ").encode(), answer.body)

    def test_every_reveal_copy_and_regenerate_is_audited(self):
        self.session.reveal("reveal")
        self.session.reveal("copy")
        self.session.regenerate()
        actions = self.actions()
        for action in ("token.revealed", "token.copied", "token.regenerated", "session.created", "account.created"):
            self.assertIn(action, actions)

    def test_the_operators_look_at_a_token_is_audited(self):
        before = self.actions().count("token.revealed")
        self.server.token_of(self.user.name)
        self.assertEqual(self.actions().count("token.revealed"), before + 1)


class ListOfSessions(SessionTest):
    def sessions(self):
        return self.session.send("GET", "/account/sessions").data

    def test_it_shows_each_session_and_which_is_this_one(self):
        self.server.session(self.user.name, self.user.password)
        shown = self.sessions()
        self.assertEqual(len(shown), 2)
        self.assertEqual([entry["current"] for entry in shown], [False, True], "newest first")

    def test_another_session_can_be_signed_out(self):
        other = self.server.session(self.user.name, self.user.password)
        (entry,) = [entry for entry in self.sessions() if not entry["current"]]
        self.assertEqual(self.session.send("DELETE", f"/account/sessions/{entry['id']}").status, 200)
        self.assertEqual(other.send("GET", "/account").status, 401)
        self.assertEqual(self.session.send("GET", "/account").status, 200)

    def test_a_strangers_session_cannot_be_signed_out(self):
        stranger = self.server.add_user("stranger-of-sessions")
        theirs = self.server.session(stranger.name, stranger.password)
        number = theirs.send("GET", "/account/sessions").data[0]["id"]
        self.assertEqual(self.session.send("DELETE", f"/account/sessions/{number}").status, 404)
        self.assertEqual(theirs.send("GET", "/account").status, 200)

    def test_signing_out_everywhere_leaves_none(self):
        other = self.server.session(self.user.name, self.user.password)
        self.assertEqual(self.session.send("DELETE", "/account/sessions").status, 200)
        self.assertEqual(other.send("GET", "/account").status, 401)
        self.assertEqual(self.session.send("GET", "/account").status, 401)

    def test_sessions_outlive_a_restart(self):
        with Criptd() as server:
            user = server.add_user("ada")
            session = server.session(user.name, user.password)
            server.restart()
            answer = server.ask("GET", f"{API}/account", headers=session.cookie_header)
            self.assertEqual(answer.status, 200, answer)


class ChangingThePassword(SessionTest):
    def test_it_ends_every_other_session(self):
        other = self.server.session(self.user.name, self.user.password)
        body = {"current_password": self.user.password, "new_password": "quite another long password"}
        self.assertEqual(self.session.send("POST", "/account/password", body).status, 200)
        self.assertEqual(other.send("GET", "/account").status, 401)
        self.assertEqual(self.session.send("GET", "/account").status, 200)
        self.assertEqual(self.server.session(self.user.name, self.user.password).signed_in.status, 401)
        self.assertEqual(self.server.session(self.user.name, body["new_password"]).signed_in.status, 200)

    def test_a_short_or_common_password_is_refused_with_a_pointer(self):
        for password in ("short", "passwordpassword"):
            with self.subTest(password):
                body = {"current_password": self.user.password, "new_password": password}
                answer = self.session.send("POST", "/account/password", body)
                self.assertEqual(answer.status, 400, answer)
                self.assertEqual([problem["pointer"] for problem in answer.json["errors"]], ["/new_password"])

    def test_a_token_cannot_change_it(self):
        body = {"current_password": self.user.password, "new_password": "quite another long password"}
        self.assertEqual(self.server.ask("POST", f"{API}/account/password", body, token=self.user.token).status, 403)
