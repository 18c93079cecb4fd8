"""The account token as a client meets it: which forms serve, which are refused and how, and when one dies."""

import re
import unittest

from criptd import API, Criptd, random_token_text

WHO_AM_I = f"{API}/account"


class TokenTest(unittest.TestCase):
    """One server for all tests of a class; each test has accounts of its own."""

    @classmethod
    def setUpClass(cls):
        cls.server = Criptd().start()
        cls.addClassCleanup(cls.server.remove)

    def user(self):
        name = re.sub(r"[^a-z0-9]", "", self._testMethodName.removeprefix("test_"))[:40]
        return self.server.add_user(name)

    def who_am_i(self, value):
        return self.server.ask("GET", WHO_AM_I, headers=[("Authorization", value)])


class TokenText(TokenTest):
    def test_an_account_has_a_token_from_the_moment_it_exists(self):
        user = self.user()
        self.assertRegex(user.token, r"\AToken [0-9a-f]{40}\Z")

    def test_token_show_prints_the_full_text_and_nothing_else(self):
        user = self.user()
        self.assertEqual(self.server.command_output("token", "show", user.name), user.token + "\n")

    def test_token_regenerate_prints_the_new_text_and_nothing_else(self):
        user = self.user()
        printed = self.server.command_output("token", "regenerate", user.name)
        self.assertRegex(printed, r"\AToken [0-9a-f]{40}\n\Z")
        self.assertNotEqual(printed, user.token + "\n")

    def test_the_operator_gets_a_sentence_for_an_unknown_user(self):
        done = self.server.command("token", "show", "nobody-of-that-name")
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stdout, "")
        self.assertIn("nobody-of-that-name", done.stderr)


class HeaderForms(TokenTest):
    def test_all_four_forms_and_any_case_of_the_scheme_serve(self):
        user = self.user()
        digits = user.token.removeprefix("Token ")
        for value in (
            f"Token {digits}",
            f"Bearer {digits}",
            f"Bearer Token {digits}",
            digits,
            f"token {digits}",
            f"TOKEN {digits}",
            f"bEaReR {digits}",
            f"bearer token {digits}",
        ):
            with self.subTest(value.replace(digits, "X")):
                answer = self.who_am_i(value)
                self.assertEqual(answer.status, 200, answer)
                self.assertEqual(answer.data["username"], user.name)

    def test_two_authorization_headers_are_refused_with_400(self):
        user = self.user()
        for second in (user.token, random_token_text(), ""):
            with self.subTest(second == user.token):
                pair = [("Authorization", user.token), ("Authorization", second)]
                self.assertEqual(self.server.ask("GET", WHO_AM_I, headers=pair).status, 400)

    def test_a_token_wins_over_a_cookie(self):
        owner, other = self.user(), self.server.add_user("cookieowner")
        session = self.server.session(other.name, other.password)
        answer = self.server.ask("GET", WHO_AM_I, token=owner.token, headers=session.cookie_header)
        self.assertEqual((answer.data["username"], answer.data["authenticated_by"]), (owner.name, "token"))
        self.assertNotIn("session", answer.data)

    def test_a_bad_token_is_not_rescued_by_a_good_cookie(self):
        user = self.user()
        session = self.server.session(user.name, user.password)
        answer = self.server.ask("GET", WHO_AM_I, token=random_token_text(), headers=session.cookie_header)
        self.assertEqual(answer.status, 401)


class Refusals(TokenTest):
    def test_unknown_malformed_and_revoked_tokens_get_the_same_answer_to_the_byte(self):
        user = self.user()
        digits = user.token.removeprefix("Token ")
        revoked = user.token
        self.server.regenerate_token_of(user.name)
        self.assertNotEqual(self.who_am_i(revoked).status, 200)

        def shape(answer):
            # The date, and an id of the request, if there is one, are nobody's secret.
            return answer.status, [pair for pair in answer.headers if pair[0] not in ("Date", "X-Request-Id")], answer.body

        reference = self.who_am_i(random_token_text())
        self.assertEqual(reference.status, 401)
        self.assertEqual(reference.header("WWW-Authenticate"), 'Token realm="cript"')
        self.assertEqual({"code": 401, "data": None}, {key: reference.json[key] for key in ("code", "data")})
        for title, value in (
            ("revoked", revoked),
            ("one digit short", f"Token {digits[:-1]}"),
            ("one digit long", f"Token {digits}0"),
            ("not hexadecimal", f"Token {'g' * 40}"),
            ("a word", "Token"),
            ("another scheme", "Basic dXNlcjpwYXNz"),
            ("a named token that does not exist", f"Token cript_pat_{'a' * 49}"),
            ("long", f"Token {'0' * 4000}"),
            ("odd characters", "Token \"'<>;%00\xe9"),
        ):
            with self.subTest(title):
                self.assertEqual(shape(self.who_am_i(value)), shape(reference))
        with self.subTest("no header"):
            self.assertEqual(shape(self.server.ask("GET", WHO_AM_I)), shape(reference))

    def test_a_token_in_the_query_string_is_refused_wherever_it_stands(self):
        user = self.user()
        digits = user.token.removeprefix("Token ")
        for query in (
            f"token={digits}",
            f"access_token={digits}",
            f"api_key={digits}",
            f"q=Token%20{digits}",
            f"q=Token+{digits}",
            f"q=%54oken%20{digits}",
            f"q=cript_pat_{'a' * 49}",
            f"q={digits}",
            f"page=1&Token={digits}",
        ):
            for token in (None, user.token):
                with self.subTest(query=query.replace(digits, "X"), authorised=token is not None):
                    answer = self.server.ask("GET", f"{API}/search/material/?{query}", token=token)
                    self.assertEqual(answer.status, 400, answer)
                    self.assertNotIn(digits.encode(), answer.body)

    def test_forty_digits_that_are_no_live_token_may_be_searched_for(self):
        user = self.user()
        answer = self.server.ask("GET", f"{API}/search/material/?q={'0123456789' * 4}", token=user.token)
        self.assertEqual(answer.status, 200, answer)

    def test_a_live_token_in_a_query_string_is_told_to_its_owner_and_not_logged(self):
        user = self.user()
        digits = user.token.removeprefix("Token ")
        self.server.ask("GET", f"{API}/search/material/?token={digits}")
        seen = self.server.session(user.name, user.password).send("GET", "/account/audit")
        self.assertEqual(seen.status, 200, seen)
        self.assertIn("token.seen_in_query", [entry["action"] for entry in seen.data])
        self.assertNotIn(digits, "".join(self.server.output))


class Death(TokenTest):
    def test_a_kept_alive_connection_is_refused_after_the_operator_regenerates(self):
        user = self.user()
        connection = self.server.connect()
        header = [("Authorization", user.token)]
        self.assertEqual(connection.send("GET", WHO_AM_I, headers=header).status, 200)
        port = connection.local_port

        fresh = self.server.regenerate_token_of(user.name)

        answer = connection.send("GET", WHO_AM_I, headers=header)
        self.assertEqual(answer.status, 401, answer)
        self.assertEqual(connection.local_port, port, "the connection was opened anew: nothing is shown")
        self.assertEqual(self.who_am_i(fresh).status, 200)

    def test_a_kept_alive_connection_is_refused_after_the_page_regenerates(self):
        user = self.user()
        session = self.server.session(user.name, user.password)
        connection = self.server.connect()
        header = [("Authorization", user.token)]
        self.assertEqual(connection.send("GET", WHO_AM_I, headers=header).status, 200)
        port = connection.local_port

        session.regenerate()

        self.assertEqual(connection.send("GET", WHO_AM_I, headers=header).status, 401)
        self.assertEqual(connection.local_port, port, "the connection was opened anew: nothing is shown")
        self.assertEqual(self.who_am_i(session.reveal()).status, 200)


class AfterARestart(unittest.TestCase):
    def test_the_old_token_stays_dead_and_the_new_one_alive(self):
        with Criptd() as server:
            user = server.add_user("ada")
            fresh = server.regenerate_token_of("ada")
            self.assertEqual(server.ask("GET", WHO_AM_I, token=fresh).status, 200)
            for again in (server.restart, lambda: (server.kill(), server.start())):
                again()
                self.assertEqual(server.ask("GET", WHO_AM_I, token=user.token).status, 401)
                self.assertEqual(server.ask("GET", WHO_AM_I, token=fresh).status, 200)
                self.assertEqual(server.token_of("ada"), fresh)

    def test_the_operator_can_regenerate_while_no_server_runs(self):
        with Criptd() as server:
            old = server.add_user("ada").token
            server.stop()
            fresh = server.regenerate_token_of("ada")
            server.start()
            self.assertEqual(server.ask("GET", WHO_AM_I, token=old).status, 401)
            self.assertEqual(server.ask("GET", WHO_AM_I, token=fresh).status, 200)

    def test_what_lies_in_the_data_folder_is_for_its_owner_only(self):
        with Criptd() as server:
            server.add_user("ada")
            for path in [server.data, *server.data.rglob("*")]:
                with self.subTest(path.name):
                    self.assertEqual(path.stat().st_mode & 0o077, 0, oct(path.stat().st_mode))
