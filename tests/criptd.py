"""Starts a real criptd on a temporary folder and speaks HTTP with it, for every test that looks from outside.

Reads CRIPT_BUILD, the build folder whose bin/criptd is tested (default build/release), and CRIPT_TEST_STORE: with
"postgres", each server keeps its data in a database of its own on the server that tests/fixture/postgres.py started.
With CRIPT_TEST_BLOBS "s3" each keeps the contents of files in a bucket of its own at the one of tests/fixture/swift.py.
"""

import base64
import dataclasses
import http.client
import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time

from fixture import postgres, s3

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("CRIPT_BUILD", ROOT / "build" / "release"))
PROGRAM = BUILD / "bin" / "criptd"
API = "/api/v1"

STORE = os.environ.get("CRIPT_TEST_STORE", "sqlite")
assert STORE in ("sqlite", "postgres"), f"CRIPT_TEST_STORE is {STORE}"

BLOBS = os.environ.get("CRIPT_TEST_BLOBS", "folder")
assert BLOBS in ("folder", "s3"), f"CRIPT_TEST_BLOBS is {BLOBS}"

# Sanitizer builds are slower by an order of magnitude; no test depends on how fast something is.
PATIENCE_SECONDS = 60


def wait_until(condition, what, threads=()):
    """Looks again and again; fails when it takes too long, or when one of the threads that should bring it about has died."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not in {PATIENCE_SECONDS} s"
        assert all(thread.is_alive() for thread in threads) or condition(), f"{what}: a thread has ended"
        time.sleep(0.005)


@dataclasses.dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name):
        """The value of the only header of that name, or None."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(values) <= 1, f"{name} stands {len(values)} times in {self.headers}"
        return values[0] if values else None

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def data(self):
        return self.json["data"]

    def __str__(self):
        return f"{self.status} {self.body[:2000].decode(errors='replace')}"


class Connection:
    """One kept-alive connection. Headers are pairs, so that a name can come twice."""

    def __init__(self, address, timeout=PATIENCE_SECONDS, asks_again=STORE == "postgres"):
        """`asks_again` when told to: a token or session that PostgreSQL does not confirm within 400 ms, as on a busy machine,
        is answered 503, and nothing was done."""
        host, port = address.rsplit(":", 1)
        self._http = http.client.HTTPConnection(host, int(port), timeout=timeout)
        self._asks_again = asks_again

    def send(self, method, path, body=None, headers=()):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = self._send_once(method, path, body, headers)
            if not self._asks_again or answer.status != 503 or not answer.header("Retry-After") or time.monotonic() > deadline:
                return answer
            print("(503, asked again) ", end="", flush=True)
            time.sleep(0.05)

    def _send_once(self, method, path, body, headers):
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        self._http.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            self._http.putheader(name, value)
        if body is not None:
            if not any(name.lower() == "content-type" for name, _ in headers):
                self._http.putheader("Content-Type", "application/json")
            self._http.putheader("Content-Length", str(len(body)))
        self._http.endheaders(body)
        response = self._http.getresponse()
        return Answer(response.status, response.getheaders(), response.read())

    @property
    def local_port(self):
        """Of this connection: the same as long as it was not opened anew."""
        return self._http.sock.getsockname()[1] if self._http.sock else None

    def close(self):
        self._http.close()


class Criptd:
    """The server on one data folder. Can be stopped, killed and started again on it."""

    def __init__(self, data=None, *, environment=None, options=(), wrapper=(), bucket=None):
        self._own_folder = data is None
        self.data = pathlib.Path(data or tempfile.mkdtemp(prefix="criptd-"))
        self._environment = {**os.environ, **(environment or {})}
        self._options = list(options)
        self._wrapper = list(wrapper)
        self._database = None
        self.asks_again = STORE == "postgres"
        if STORE == "postgres" and "CRIPTD_STORE_URL" not in (environment or {}):
            self._make_database()
        self._bucket, self._own_bucket = bucket, False
        if BLOBS == "s3" and bucket is None and "CRIPTD_BLOB_URL" not in (environment or {}):
            self._make_bucket()
        if self._bucket:
            self._environment |= s3.environment_of(self._bucket) | (environment or {})
        self.process = None
        self.address = None
        self.output = []  # every line of every start

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.remove()

    def _make_database(self):
        server = postgres.shared()
        assert server, f"{postgres.VARIABLE} is not set: run this under tests/fixture/postgres.py"
        self._database = server.create_database()
        self._environment["CRIPTD_STORE_URL"] = server.url(self._database)

    def _make_bucket(self):
        endpoint = s3.shared_endpoint()
        assert endpoint, f"{s3.swift.VARIABLE} is not set: run this under tests/fixture/swift.py"
        self._bucket, self._own_bucket = s3.new_bucket(endpoint), True

    def start(self, listen="127.0.0.1:0"):
        return self.begin(listen).await_start()

    def begin(self, listen="127.0.0.1:0"):
        """Starts the process, and does not wait for what becomes of it."""
        assert PROGRAM.is_file(), f"{PROGRAM} is missing; build it, or set CRIPT_BUILD"
        self.address = None
        self._began = len(self.output)
        command = [PROGRAM, "serve", "--data", self.data, "--listen", listen, "--metrics", "127.0.0.1:0"]
        self.process = subprocess.Popen(
            [*postgres.ends_with_us(signal.SIGKILL), *self._wrapper, *command, *self._options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._environment,
            text=True,
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self._reader.start()
        return self

    def await_start(self):
        self._await(lambda: self.address, "a line that names its address")
        self._await(self._is_ready, "a good /readyz")
        if self._database:
            assert f"/{self._database}" in self.store, f"it keeps its data in {self.store}"
        if self._bucket:
            assert f'"blobs":"s3://{self._bucket.name}/' in self.recent_output, "it keeps its files elsewhere"
        return self

    @property
    def store(self):
        """The database that it says it uses."""
        return re.findall(r'"store":"([^"]+)"', self.recent_output)[-1]

    def _read(self, stream):
        for line in stream:
            self.output.append(line)
            found = re.search(r"ready at http://((?:127\.0\.0\.1|localhost):[1-9]\d*)", line)
            if found and self.address is None:
                self.address = found.group(1).replace("localhost", "127.0.0.1")

    def _is_ready(self):
        try:
            return self.ask("GET", "/readyz").status == 200
        except OSError:
            return False

    def _await(self, condition, what):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if self.process.poll() is not None:
                self._reader.join()
                raise AssertionError(f"criptd ended with {self.process.returncode} before {what}:\n{self.recent_output}")
            if time.monotonic() > deadline:
                raise AssertionError(f"criptd did not come to {what}:\n{self.recent_output}")
            time.sleep(0.002)

    @property
    def recent_output(self):
        """What it printed since the last start."""
        return "".join(self.output[self._began :])

    def stop(self):
        """Asks it to end, waits for it, and returns its exit status."""
        return self._end(signal.SIGTERM)

    def kill(self):
        return self._end(signal.SIGKILL)

    def _end(self, number):
        if self.process is None:
            return None
        self.process.send_signal(number)
        status = self.process.wait(timeout=PATIENCE_SECONDS)
        self._reader.join(timeout=PATIENCE_SECONDS)
        self.process.stdout.close()
        self.process = None
        return status

    def restart(self):
        self.stop()
        return self.start()

    def remove(self):
        if self.process is not None:
            self.kill()
        if self._own_folder:
            shutil.rmtree(self.data, ignore_errors=True)
        if self._database:
            postgres.shared().drop_database(self._database)
            self._database = None
        if self._own_bucket:
            self._bucket.remove()
            self._own_bucket = False

    # Contents of files

    def contents(self):
        """The SHA-256 of each that it keeps, sorted."""
        if self._bucket:
            return sorted(key.rsplit("/", 1)[1] for key in self._bucket.keys(f"{s3.PREFIX}/sha256/"))
        return sorted(path.name for path in (self.data / "blobs" / "sha256").rglob("*") if path.is_file())

    def content(self, digest):
        """What is kept under that SHA-256."""
        name = f"sha256/{digest[:2]}/{digest}"
        return self._bucket.read(f"{s3.PREFIX}/{name}") if self._bucket else (self.data / "blobs" / name).read_bytes()

    def spools(self):
        """Files of contents that are on their way in."""
        return sorted((self.data / "incoming" if self._bucket else self.data / "blobs" / "incoming").iterdir())

    # Requests

    def connect(self):
        return Connection(self.address, asks_again=self.asks_again)

    def ask(self, method, path, body=None, *, token=None, headers=()):
        """One request on a connection of its own."""
        connection = self.connect()
        try:
            extra = [("Authorization", token)] if token is not None else []
            return connection.send(method, path, body, [*extra, *headers])
        finally:
            connection.close()

    def session(self, username, password):
        return Session(self, username, password)

    @property
    def setup_token(self):
        """What stands behind the '#' of the set-up link that it printed, or None."""
        found = re.findall(r"/setup#([A-Za-z0-9_-]+)", self.recent_output)
        return found[-1] if found else None

    # The operator's commands

    def command(self, *arguments, text=None):
        return subprocess.run(
            [PROGRAM, *arguments, "--data", self.data],
            input=text,
            capture_output=True,
            text=True,
            env=self._environment,
            timeout=PATIENCE_SECONDS,
        )

    def command_output(self, *arguments, text=None):
        done = self.command(*arguments, text=text)
        assert done.returncode == 0, f"criptd {' '.join(map(str, arguments))}: {done.stdout}{done.stderr}"
        return done.stdout

    def add_user(self, name, *, password=None, admin=False):
        """Makes an account and returns it with its token."""
        password = password or f"a long password of {name}"
        options = ["--email", f"{name}@example.org", "--password-stdin", *(["--admin"] if admin else [])]
        self.command_output("user", "add", name, *options, text=password + "\n")
        return User(name, password, self.token_of(name))

    def token_of(self, name):
        return self.command_output("token", "show", name).removesuffix("\n")

    def regenerate_token_of(self, name):
        return self.command_output("token", "regenerate", name).removesuffix("\n")


@dataclasses.dataclass
class User:
    name: str
    password: str
    token: str


class Session:
    """A browser that signed in: one connection, its cookie, its synchronizer token, and the next nonce."""

    def __init__(self, server, username, password):
        self._server = server
        self._connection = server.connect()
        self.cookies = {}
        self.csrf = None
        self.signed_in = self.send("POST", "/account/session", {"username": username, "password": password})
        self._learn(self.signed_in)

    def _learn(self, answer):
        if answer.status != 200:
            return
        self.nonce = answer.data.get("nonce")
        self.csrf = answer.data["session"]["csrf"]

    @property
    def same_origin(self):
        return [("Origin", f"http://{self._server.address}"), ("Sec-Fetch-Site", "same-origin")]

    @property
    def cookie_header(self):
        return [("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))] if self.cookies else []

    def send(self, method, path, body=None, *, headers=None, csrf=True):
        """`headers` replaces the same-origin ones that a browser adds."""
        sent = [*self.cookie_header, *(self.same_origin if headers is None else headers)]
        if csrf and self.csrf and method != "GET":
            sent.append(("X-CSRF-Token", self.csrf))
        answer = self._connection.send(method, API + path, body, sent)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, text = value.split(";")[0].partition("=")
                self.cookies[key] = text
        return answer

    def reveal(self, purpose="reveal"):
        answer = self.send("POST", "/account/token/reveal", {"nonce": self.nonce, "purpose": purpose})
        assert answer.status == 200, answer
        self.nonce = answer.data["nonce"]
        return answer.data["token"]

    def regenerate(self):
        answer = self.send("POST", "/account/token/regenerate", {"nonce": self.nonce})
        assert answer.status == 200, answer
        self.nonce = answer.data["nonce"]
        return answer

    def close(self):
        self._connection.close()


def random_token_text():
    """What a token looks like, of nobody."""
    return f"Token {secrets.token_hex(20)}"


def forms_of(digits):
    """Every form in which 40 hexadecimal digits could lie in a file: text, upper case, raw bytes, base64 at each
    alignment, standard and for URLs. Each as bytes."""
    raw = bytes.fromhex(digits)
    forms = {digits.encode(), digits.upper().encode(), raw}
    for content in (raw, digits.encode()):
        for shift in range(3):
            # The first and last characters depend on the neighbours; what lies between does not.
            text = base64.b64encode(b"\0" * shift + content)
            inner = text[4 if shift else 0 : len(text) - len(text) % 4 - 4]
            forms |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return forms
