"""The examples in deploy/: nginx before two servers of one database, the unit for systemd, the image of the containers."""

import http.client
import pathlib
import re
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
import uuid

from criptd import API, PATIENCE_SECONDS, PROGRAM, ROOT, Connection, Criptd, Session, wait_until
from fixture import postgres

DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

AROUND = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log info;
events {{ worker_connections 256; }}
http {{
    log_format asked '$request $upstream_addr';
    access_log {folder}/access.log asked;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {example}
}}
"""


class TlsConnection(Connection):
    """Trusts whatever certificate: the one of the test is its own."""

    def __init__(self, address, source=""):
        super().__init__(address)
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        host, port = address.rsplit(":", 1)
        self._http = http.client.HTTPSConnection(host, int(port), timeout=PATIENCE_SECONDS, context=context, source_address=(source, 0))


class Proxy:
    """nginx with the example as its configuration; only places differ. Stands where a Criptd stands for a Session."""

    def __init__(self, servers):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nginx-"))
        port = postgres.free_port()
        self.address = f"127.0.0.1:{port}"
        text = (DEPLOY / "nginx" / "opencript.conf").read_text()
        for number, server in enumerate(servers, start=1):
            text = self._replaced(text, f"127.0.0.1:808{number}", server.address)
        text = self._replaced(text, "listen 443 ssl", f"listen {self.address} ssl")
        text = self._replaced(text, "listen 80;", f"listen 127.0.0.1:{postgres.free_port()};")
        text = re.sub(r"\n *listen \[::\]:[^\n]*", "", text)
        text = self._replaced(text, "/etc/ssl/opencript", str(self.folder))
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=cript.example.org", "-days", "2",
             "-keyout", self.folder / "privkey.pem", "-out", self.folder / "fullchain.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
        self._file = self.folder / "nginx.conf"
        self._file.write_text(AROUND.format(folder=self.folder, example=text))
        self.process = None

    @staticmethod
    def _replaced(text, old, new):
        assert old in text, f"the example has no {old} any more"
        return text.replace(old, new)

    def check(self):
        """What `nginx -t` says."""
        return subprocess.run([NGINX, "-t", "-c", self._file], capture_output=True, text=True)

    def start(self):
        self.process = subprocess.Popen([*postgres.ends_with_us(signal.SIGTERM), NGINX, "-c", self._file], stdin=subprocess.DEVNULL)
        host, port = self.address.split(":")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection((host, int(port))).close()
                return self
            except OSError:
                assert time.monotonic() < deadline and self.process.poll() is None, "nginx does not start"
                time.sleep(0.02)

    def remove(self):
        if self.process:
            self.process.terminate()
            self.process.wait(PATIENCE_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self):
        return TlsConnection(self.address)

    def ask(self, method, path, body=None, *, token=None):
        connection = self.connect()
        try:
            return connection.send(method, path, body, [("Authorization", token)] if token else [])
        finally:
            connection.close()


class TlsSession(Session):
    @property
    def same_origin(self):
        return [("Origin", f"https://{self._server.address}"), ("Sec-Fetch-Site", "same-origin")]


@unittest.skipUnless(NGINX, "nginx is not installed (Debian: apt-get install nginx-light)")
class BehindNginx(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        server = postgres.shared()
        if not server:
            raise unittest.SkipTest(f"{postgres.VARIABLE} is not set: run this under tests/fixture/postgres.py")
        database = server.create_database()
        cls.addClassCleanup(server.drop_database, database)
        cls.servers = []
        for _ in range(2):
            files = {"CRIPTD_BLOB_URL": f"file:{cls.servers[0].data}/blobs"} if cls.servers else {}
            one = Criptd(environment={"CRIPTD_STORE_URL": server.url(database), **files})
            cls.addClassCleanup(one.remove)
            (one.data / "criptd.toml").write_text('trusted_proxies = ["127.0.0.1"]\n')
            if cls.servers:
                shutil.copy(cls.servers[0].data / "keyring", one.data / "keyring")
            cls.servers.append(one.start(f"127.0.0.1:{postgres.free_port()}"))
        cls.proxy = Proxy(cls.servers)
        cls.addClassCleanup(cls.proxy.remove)
        cls.checked = cls.proxy.check()
        cls.proxy.start()
        cls.user = cls.servers[0].add_user("ada")

    def test_nginx_takes_the_configuration(self):
        self.assertEqual(self.checked.returncode, 0, self.checked.stderr)
        self.assertNotIn("[warn]", self.checked.stderr)

    def test_a_session_and_its_nonces_serve_on_whichever_server_the_next_request_meets(self):
        session = TlsSession(self.proxy, self.user.name, self.user.password)
        self.assertEqual(session.signed_in.status, 200, session.signed_in)
        self.assertIn("__Host-cript_session", session.cookies)
        # nginx throws a coin for each request.
        for _ in range(6):
            self.assertEqual(session.reveal(), self.user.token)
        for _ in range(3):
            session.regenerate()
        type(self).user.token = session.reveal()
        for _ in range(4):
            self.assertEqual(self.proxy.ask("GET", f"{API}/account", token=self.user.token).status, 200)

    def test_the_client_address_is_the_one_before_the_proxy_whatever_the_client_says(self):
        connection = TlsConnection(self.proxy.address, source="127.0.0.3")
        headers = [("Authorization", self.user.token), ("X-Forwarded-For", "203.0.113.9")]
        self.assertEqual(connection.send("GET", f"{API}/account", None, headers).status, 200)
        connection.close()
        deadline = time.monotonic() + PATIENCE_SECONDS
        session = TlsSession(self.proxy, self.user.name, self.user.password)
        while True:
            text = session.send("GET", "/account/audit").body.decode()
            self.assertNotIn("203.0.113.9", text)
            if "127.0.0.3" in text:
                return
            self.assertLess(time.monotonic(), deadline, text)

    def test_requests_of_every_client_are_spread_over_the_servers(self):
        deadline = time.monotonic() + PATIENCE_SECONDS
        for client in ("python-requests/2.31.0", "curl/8.0"):
            while len(self.servers_asked_by(client)) < 2:  # one that was away is asked again after some seconds
                self.assertLess(time.monotonic(), deadline, client)

    def test_what_one_server_told_a_client_all_of_them_know(self):
        """A material without `uuid`, under a label that is not its uuid, is not taken for another node."""
        unknown = [{"uuid": str(uuid.uuid4())} for _ in range(2)]
        inventory = {"node": ["Inventory"], "name": "shelf", "material": unknown}
        body = {"node": ["Project"], "name": secrets.token_hex(8), "collection": [{"node": ["Collection"], "name": "c", "inventory": [inventory]}]}
        self.assertEqual(self.servers[0].ask("POST", f"{API}/project/", body, token=self.user.token).status, 409)
        material = {"node": ["Material"], "name": "water", "uid": f"_:{uuid.uuid4()}"}
        for server in self.servers:
            answer = server.ask("POST", f"{API}/material/", material, token=self.user.token)
            self.assertEqual(answer.status, 400, answer)
            self.assertIn("'uuid' is a required property", answer.json["error"])

    def servers_asked_by(self, client):
        """Those of which nginx says that they answered."""
        mark = secrets.token_hex(8)
        for _ in range(20):
            connection = self.proxy.connect()
            connection.send("GET", f"/healthz?{mark}", None, [("User-Agent", client)])
            connection.close()
        lines, deadline = [], time.monotonic() + PATIENCE_SECONDS
        while len(lines) < 20:  # a line is written after the answer
            self.assertLess(time.monotonic(), deadline, lines)
            lines = [line for line in (self.proxy.folder / "access.log").read_text().splitlines() if mark in line]
        return {line.rsplit(" ", 1)[1] for line in lines}

    def test_a_document_of_several_megabytes_passes_both_ways(self):
        materials = [{"node": ["Material"], "name": f"material {number}", "notes": "x" * 9_000} for number in range(500)]
        body = {"node": ["Project"], "name": secrets.token_hex(8), "material": materials}
        saved = self.proxy.ask("POST", f"{API}/project/", body, token=self.user.token)
        self.assertEqual(saved.status, 200, saved)
        answer = self.proxy.ask("GET", f"{API}/project/{saved.data['result'][0]['uuid']}/", token=self.user.token)
        self.assertGreater(len(answer.body), 4_000_000)
        self.assertEqual(len(answer.data[0]["material"]), len(materials))

    def test_reads_do_not_notice_a_server_that_dies_and_comes_back(self):
        statuses, ending = [], threading.Event()

        def read():
            connection = self.proxy.connect()
            while not ending.is_set():
                statuses.append(connection.send("GET", f"{API}/account", None, [("Authorization", self.user.token)]).status)
            connection.close()

        readers = [threading.Thread(target=read, daemon=True) for _ in range(3)]
        for reader in readers:
            reader.start()
        port = self.servers[1].address.rsplit(":", 1)[1]
        self.servers[1].kill()
        self.await_more(statuses, readers)
        self.servers[1].start(listen=f"127.0.0.1:{port}")
        self.await_more(statuses, readers)
        ending.set()
        for reader in readers:
            reader.join(PATIENCE_SECONDS)
        self.assertEqual(set(statuses), {200})

    @staticmethod
    def await_more(statuses, readers, count=100):
        wanted = len(statuses) + count
        wait_until(lambda: len(statuses) >= wanted, "answers", readers)


class Unit(unittest.TestCase):
    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not installed (Debian: apt-get install systemd)")
    def test_systemd_takes_it_and_finds_it_closed(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "criptd.service"
            file.write_text((DEPLOY / "systemd" / "criptd.service").read_text().replace("/usr/local/bin/criptd", str(PROGRAM)))
            verified = subprocess.run(["systemd-analyze", "verify", "--man=no", file], capture_output=True, text=True)
            self.assertEqual((verified.returncode, verified.stderr), (0, ""))
            # Of 100, which would be a service without any restriction.
            judged = subprocess.run(
                ["systemd-analyze", "security", "--offline=yes", "--threshold=20", file], capture_output=True, text=True
            )
            self.assertEqual(judged.returncode, 0, judged.stdout[-400:] + judged.stderr)


class Image(unittest.TestCase):
    @unittest.skipUnless(shutil.which("readelf"), "readelf is not installed")
    def test_it_has_every_library_that_criptd_is_linked_to(self):
        dynamic = subprocess.run(["readelf", "--dynamic", PROGRAM], check=True, capture_output=True, text=True).stdout
        wanted = set(re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic)) - {"libasan.so.8", "libubsan.so.1"}
        self.assertGreater(len(wanted), 5)
        dockerfile = (DEPLOY / "compose" / "Dockerfile").read_text().split("FROM debian:12-slim")[1]
        for library in sorted(wanted):
            found = subprocess.run(["dpkg", "--search", f"*/{library}"], capture_output=True, text=True).stdout
            packages = {line.split(":")[0] for line in found.splitlines()}
            if packages & {"libc6", "libgcc-s1", "libstdc++6"}:
                continue  # in every Debian that runs a program
            self.assertTrue(any(re.search(rf"\b{re.escape(package)}\s", dockerfile) for package in packages), f"{library}: {packages}")


if __name__ == "__main__":
    unittest.main()
