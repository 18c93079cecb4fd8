"""Somebody takes a copy of the database, the logs and a core of the process: no token is in any of them, in any form."""

import base64
import concurrent.futures
import http.client
import pathlib
import struct
import subprocess
import tempfile
import unittest

from compiling import compile_c
from criptd import API, Criptd, forms_of

TOKENS = 1000
USERS = 4


class Search:
    """Looks for many secrets in many files at once."""

    def __init__(self, scratch, secrets):
        self._program = compile_c("find_bytes.c", "find_bytes")
        self._patterns = scratch / "patterns"
        self._meaning = [(name, form) for name, forms in secrets.items() for form in forms if len(form) >= 8]
        self._patterns.write_bytes(b"".join(struct.pack("<I", len(form)) + form for _, form in self._meaning))

    def __call__(self, *paths):
        """What was found: (name of the secret, the form, file, offset)."""
        done = subprocess.run([self._program, self._patterns, *paths], capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        found = []
        for line in done.stdout.splitlines():
            path, offset, number = line.rsplit(" ", 2)
            name, form = self._meaning[int(number)]
            found.append((name, form, pathlib.Path(path).name, int(offset)))
        return found


class LeakTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="leaks-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)

    def core_of(self, process):
        prefix = self.scratch / "core"
        subprocess.run(["gcore", "-o", prefix, str(process.pid)], check=True, capture_output=True)
        return pathlib.Path(f"{prefix}.{process.pid}")


class TheSearchItself(LeakTest):
    def test_it_finds_each_form_wherever_it_lies(self):
        digits = "0123456789abcdeffedcba98765432100badcafe"
        search = Search(self.scratch, {"token": forms_of(digits)})
        for number, form in enumerate(sorted(forms_of(digits))):
            with self.subTest(form):
                for padding in range(9):
                    path = self.scratch / "haystack"
                    path.write_bytes(b"\xa5" * (4096 - 3 + padding) + form + b"\x5a" * padding)
                    self.assertEqual(len(search(path)), 1, number)
        path.write_bytes(bytes(1 << 16))
        self.assertEqual(search(path), [])

    def test_it_finds_a_token_inside_any_base64_text(self):
        digits = "fb" * 20
        search = Search(self.scratch, {"token": forms_of(digits)})
        path = self.scratch / "haystack"
        for content in (bytes.fromhex(digits), digits.encode(), f"Token {digits}".encode()):
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                for shift in range(5):
                    path.write_bytes(encode(b"\x01" * shift + content + b"\x02\x03"))
                    self.assertTrue(search(path), (content, encode.__name__, shift))

    def test_it_finds_what_a_process_holds_in_memory(self):
        digits = "00112233445566778899aabbccddeeff00112233"
        search = Search(self.scratch, {"token": forms_of(digits)})
        program = f"import sys; held = bytes.fromhex('{digits}') * 2; print('ready', flush=True); sys.stdin.read()"
        process = subprocess.Popen(["python3", "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            process.stdout.readline()
            self.assertTrue(search(self.core_of(process)))
        finally:
            process.communicate()


class Stolen(LeakTest):
    def test_a_copy_of_database_logs_and_core_holds_none_of_a_thousand_tokens(self):
        with Criptd() as server:
            users = [server.add_user(f"user{number}") for number in range(USERS)]
            issued = [user.token for user in users]
            open_connections = []  # kept until the core is taken, with whatever their buffers hold

            def use(user):
                """Has the server issue, show and check tokens, in every form and in every way it can."""
                mine = []
                session = server.session(user.name, user.password)
                connection = server.connect()
                open_connections.append(connection)
                by_session = 0
                for number in range((TOKENS + USERS - 1) // USERS):
                    if number % 2:
                        token = server.regenerate_token_of(user.name)
                    else:
                        try:
                            session.regenerate()
                        except AssertionError:  # reveal and regenerate have a rate limit; the operator has none
                            token = server.regenerate_token_of(user.name)
                        else:
                            token = session.reveal("copy")
                            by_session += 1
                    mine.append(token)
                    digits = token.removeprefix("Token ")
                    for value in (token, f"Bearer {digits}", digits, f"Bearer Token {digits}"):
                        try:
                            answer = connection.send("GET", f"{API}/account", None, [("Authorization", value)])
                        except http.client.HTTPException:
                            connection = server.connect()
                            open_connections.append(connection)
                            answer = connection.send("GET", f"{API}/account", None, [("Authorization", value)])
                        assert answer.status == 200, answer
                    if number % 10 == 0:
                        server.ask("GET", f"{API}/search/material/?token={digits}")
                        server.ask("GET", f"{API}/account", headers=[("Authorization", token), ("Authorization", token)])
                assert by_session > 0, "no token was made and shown by way of the page"
                return mine

            with concurrent.futures.ThreadPoolExecutor(USERS) as pool:
                for mine in pool.map(use, users):
                    issued += mine
            self.assertGreaterEqual(len(set(issued)), TOKENS)

            log = self.scratch / "log"
            log.write_text("".join(server.output))
            files = [path for path in server.data.rglob("*") if path.is_file()]
            self.assertTrue([path for path in files if path.name.endswith("-wal")], "no write-ahead log to look at")
            core = self.core_of(server.process)
            known = Search(self.scratch, {"a name": {users[0].name.encode() + b"@example.org"}, "a path": {b"/api/v1/account"}})
            found = {(name, path) for name, _, path, _ in known(core, *files)}
            self.assertTrue({("a name", "cript.db"), ("a path", core.name)} <= found, f"nothing is shown: {found}")
            search = Search(self.scratch, {token: forms_of(token.removeprefix("Token ")) for token in set(issued)})
            for title, paths in (("database and keys", files), ("log", [log]), ("core", [core])):
                with self.subTest(title):
                    self.assertEqual(search(*paths)[:10], [])

            for user, live in zip(users, self.live_tokens(server, users)):
                self.assertIn(live, issued)
                self.assertEqual(server.ask("GET", f"{API}/account", token=live).status, 200)
                self.assertEqual(server.ask("GET", f"{API}/account", token=live).data["username"], user.name)

    @staticmethod
    def live_tokens(server, users):
        return [server.token_of(user.name) for user in users]

    def test_passwords_and_cookies_are_in_no_file_either(self):
        with Criptd() as server:
            user = server.add_user("ada", password="lilac harbour 7 quartz window")
            session = server.session(user.name, user.password)
            wrong = "a wrong password that was typed"
            server.session(user.name, wrong)
            secrets = {
                "password": {user.password.encode()},
                "wrong password": {wrong.encode()},
                **{f"cookie {name}": {value.encode()} for name, value in session.cookies.items()},
                "synchronizer token": {session.csrf.encode()},
                "nonce": {session.nonce.encode()},
            }
            log = self.scratch / "log"
            log.write_text("".join(server.output))
            files = [path for path in server.data.rglob("*") if path.is_file()]
            self.assertEqual(Search(self.scratch, secrets)(log, *files), [])
