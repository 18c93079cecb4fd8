"""Two servers of one PostgreSQL database: a token that is replaced on one is refused by the other within a second, also
when it hears of nothing; one that loses the database lets nobody pass; the jobs are done by one of them."""

import http.client
import os
import pathlib
import statistics
import threading
import time
import unittest

from criptd import API, Connection, Criptd, Session, PATIENCE_SECONDS, wait_until
from fixture import network, postgres

TRIALS = int(os.environ.get("CRIPT_REVOCATIONS", "200"))
ACCOUNTS = 8
BOUND = 1.0  # seconds
LOOK_EVERY = 0.004
LISTEN = "listen cript_account"  # with which a server begins to hear of changes
WHO_AM_I = f"{API}/account"
NEAR, FAR = "127.0.0.1", "127.0.0.2"  # how the two servers reach the database
TIMEOUT = 2  # seconds that a statement may take


def sockets_of(process):
    """The local ports of a process's TCP connections, by /proc."""
    inodes = set()
    for entry in pathlib.Path(f"/proc/{process}/fd").iterdir():
        try:
            inodes.add(os.readlink(entry))
        except FileNotFoundError:
            continue
    lines = pathlib.Path(f"/proc/{process}/net/tcp").read_text().splitlines()[1:]
    return {int(line.split()[1].split(":")[1], 16) for line in lines if f"socket:[{line.split()[9]}]" in inodes}


class Look:
    """One look at whether a token is accepted: when it was sent, when and how it was answered."""

    def __init__(self, connection, token):
        self.sent = time.monotonic()
        self.answer = connection.send("GET", WHO_AM_I, None, [("Authorization", token)])
        self.came = time.monotonic()
        self.status = self.answer.status


def known(connection, token):
    """Whether a token is accepted, once that is known: a server that cannot ask in time answers 503, and lets nobody pass."""
    looks = []
    wait_until(lambda: looks.append(Look(connection, token)) or looks[-1].status != 503, "an answer but 503")
    return looks[-1]


class Person(threading.Thread):
    """Regenerates a token on one server again and again, while a client of the other uses it all the time."""

    def __init__(self, here, there, name, trials):
        super().__init__(daemon=True)
        self.name, self._here, self._there, self._trials = name, here, there, trials
        self._user = here.add_user(name)
        self.took, self.problem = [], None
        self.looks = self.unavailable = 0

    def run(self):
        try:
            session = Session(self._here, self._user.name, self._user.password)
            assert session.signed_in.status == 200, session.signed_in
            token = self._user.token
            for _ in range(self._trials):
                token = self._replace(session, token)
        except Exception as error:  # told by the main thread
            self.problem = error

    def _replace(self, session, token):
        client, other = self._here.connect(), self._there.connect()
        assert known(client, token).status == 200
        ports = client.local_port
        used, ending = [], threading.Event()
        using = threading.Thread(target=self._use, args=(other, token, used, ending), daemon=True)
        using.start()
        wait_until(lambda: any(look.status == 200 for look in used), "let pass by the other server", [using])
        session.regenerate()
        done = time.monotonic()
        # The server that did it refuses at once, on the connection that was just let pass and on a new one.
        again = known(client, token)
        assert again.status == 401, f"let pass by the server that regenerated: {again.answer}"
        assert client.local_port == ports, "the connection was not kept"
        assert known(self._here.connect(), token).status == 401
        using.join(PATIENCE_SECONDS)
        ending.set()
        assert not using.is_alive() and used[-1].status == 401, f"never refused: {used[-1].answer}"
        self.looks += len(used)
        statuses = [look.status for look in used[:-1]]
        # A machine that is busy with other things may not answer in 400 ms; that lets nobody pass.
        self.unavailable += statuses.count(503)
        assert set(statuses) <= {200, 503}, f"besides 200, 401 and 503 there was {set(statuses)}"
        # How long it let pass what was asked afterwards: the time of an answer is the machine's, not the server's.
        self.took.append(max((look.sent for look in used if look.status == 200), default=done) - done)
        # And stays so.
        assert known(other, token).status == 401
        return session.reveal()

    @staticmethod
    def _use(connection, token, used, ending):
        while not ending.is_set() and (not used or used[-1].status != 401):
            used.append(Look(connection, token))
            time.sleep(LOOK_EVERY)


class Replicas(unittest.TestCase):
    def setUp(self):
        self.relay = None
        try:
            self.network = network.Namespace()
            self.addCleanup(self.network.leave)
        except OSError as reason:
            print(f"({reason}) ", end="", flush=True)
            self.network = None
        self.cluster = postgres.Cluster(listen=f"{NEAR},{FAR}").start()
        self.addCleanup(self.cluster.remove)
        self.database = postgres.Server(self.cluster.url()).create_database()
        self.sql = postgres.Server(self.cluster.url(self.database))
        self.one = self.server(self.cluster.url(self.database))
        self.ring = (self.one.data / "keyring").read_bytes()
        if self.network:
            far = self.cluster.url(self.database).replace(NEAR, FAR)
        else:
            self.relay = network.Relay(self.cluster.port, LISTEN)
            self.addCleanup(self.relay.close)
            far = self.cluster.url(self.database).replace(f":{self.cluster.port}", f":{self.relay.port}")
        self.other = self.server(far, self.ring)

    def server(self, url, ring=None):
        files = {"CRIPTD_BLOB_URL": f"file:{self.one.data}/blobs"} if ring else {}
        made = Criptd(environment={"CRIPTD_STORE_URL": url, "CRIPTD_STORE_TIMEOUT": str(TIMEOUT), **files})
        self.addCleanup(made.remove)
        if ring:
            (made.data / "keyring").write_bytes(ring)
            (made.data / "keyring").chmod(0o600)
        return made.start()

    # Cutting

    @property
    def kind(self):
        return (self.network or self.relay).kind

    def listening_port(self, server):
        """The port of the connection on which a server is told of changes."""
        ports = set()

        def is_found():
            rows = self.sql.rows("select client_port from pg_stat_activity where application_name = 'criptd listening'")
            ports.clear()
            ports.update({int(row[0]) for row in rows} & sockets_of(server.process.pid))
            return len(ports) == 1

        wait_until(is_found, "one connection that listens")
        return ports.pop()

    def cut_notifications(self):
        if self.network:
            self.network.drop_connection(FAR, self.cluster.port, self.listening_port(self.other), LISTEN)
        else:
            self.relay.swallow_marked()

    def cut_everything(self):
        if self.network:
            self.network.drop_all_with(FAR, self.cluster.port)
        else:
            self.relay.swallow_all()

    def restore(self):
        (self.network or self.relay).restore()

    def await_log(self, server, event, times=1):
        wait_until(lambda: server.recent_output.count(event) >= times, event)

    # Revocation

    def regenerate_many_times(self, prefix):
        people = [Person(self.one, self.other, f"{prefix}{number}", -(-TRIALS // ACCOUNTS)) for number in range(ACCOUNTS)]
        for person in people:
            person.start()
        for person in people:
            person.join()
        for person in people:
            if person.problem:
                raise person.problem
        took = sorted(seconds for person in people for seconds in person.took)
        self.assertGreaterEqual(len(took), TRIALS)
        looks, unavailable = sum(person.looks for person in people), sum(person.unavailable for person in people)
        print(
            f"({len(took)} trials: median {statistics.median(took):.3f} s, slowest {took[-1]:.3f} s; {unavailable} of {looks}"
            " requests were answered 503) ", end="", flush=True,
        )  # fmt: skip
        self.assertLess(took[-1], BOUND)

    def test_a_replaced_token_is_refused_by_the_other_server_which_is_told(self):
        self.listening_port(self.other)
        self.regenerate_many_times("told")
        self.listening_port(self.other)

    def test_a_replaced_token_is_refused_by_the_other_server_which_hears_of_nothing(self):
        print(f"(cut by {self.kind}) ", end="", flush=True)
        self.cut_notifications()
        self.await_log(self.other, "store.not_listening")
        self.regenerate_many_times("deaf")
        self.assertNotIn("store.listening_again", self.other.recent_output)
        self.restore()
        self.await_log(self.other, "store.listening_again")

    def test_notifications_that_are_lost_during_a_trial_make_it_no_slower(self):
        """The connection is cut just before, while the server still thinks that it hears everything."""
        slowest = 0.0
        for round_number in range(5):
            person = Person(self.one, self.other, f"cut{round_number}", 1)
            self.cut_notifications()
            person.start()
            person.join(5 * PATIENCE_SECONDS)
            self.assertFalse(person.is_alive(), "it hangs")
            if person.problem:
                raise person.problem
            slowest = max(slowest, *person.took)
            self.await_log(self.other, "store.not_listening", round_number + 1)
            self.restore()
            self.await_log(self.other, "store.listening_again", round_number + 1)
        print(f"(slowest {slowest:.3f} s) ", end="", flush=True)
        self.assertLess(slowest, BOUND)

    # Losing the database

    def use_from_many_sides(self, token, seconds):
        """Looks that begin all the time on connections of their own, whatever becomes of those before. Those that got no
        answer are missing."""
        looks, threads, began = [], [], time.monotonic()

        def look():
            connection = Connection(self.other.address)
            try:
                looks.append(Look(connection, token))
            except (OSError, http.client.HTTPException):
                pass
            connection.close()

        while time.monotonic() - began < seconds:
            threads.append(threading.Thread(target=look, daemon=True))
            threads[-1].start()
            time.sleep(0.02)
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
        self.assertEqual(len(looks), len(threads), "requests without an answer")
        return looks

    def assert_fails_closed(self, token, lose, get_back):
        self.assertEqual(known(self.other.connect(), token).status, 200)
        lose()
        lost = time.monotonic()
        looks = self.use_from_many_sides(token, 3)
        self.assertEqual(Look(self.other.connect(), token).status, 503)
        last_pass = max((look.sent - lost for look in looks if look.status == 200), default=0.0)
        refused = [look for look in looks if look.status == 503]
        first = min((look.came - lost for look in refused), default=0.0)
        slowest = max((look.came - look.sent for look in refused if look.sent - lost > BOUND), default=0.0)
        print(
            f"(last let pass after {last_pass:.3f} s, first 503 after {first:.3f} s, slowest 503 of a request after that second"
            f" {slowest:.3f} s) ", end="", flush=True,
        )  # fmt: skip
        self.assertEqual({look.status for look in looks} - {200, 503}, set())
        self.assertLess(last_pass, BOUND)
        self.assertTrue(all(look.answer.header("Retry-After") for look in refused))
        self.assertEqual(self.other.ask("GET", "/readyz").status, 503)
        self.assertEqual(self.other.ask("GET", "/healthz").status, 200)
        process = self.other.process.pid
        get_back()
        wait_until(lambda: Look(self.other.connect(), token).status == 200, "service again")
        self.assertEqual(self.other.process.pid, process)

    def test_a_server_whose_database_vanishes_from_the_network_lets_nobody_pass(self):
        token = self.one.add_user("ada").token
        print(f"(cut by {self.kind}) ", end="", flush=True)
        self.assert_fails_closed(token, self.cut_everything, self.restore)
        self.assertEqual(known(self.one.connect(), token).status, 200)

    def test_a_server_whose_database_is_stopped_lets_nobody_pass(self):
        token = self.one.add_user("ada").token
        self.assert_fails_closed(token, self.cluster.kill, self.cluster.start)

    # Jobs

    def jobs_of(self):
        return [server for server in (self.one, self.other) if "store.does_the_jobs" in server.recent_output]

    def await_seals(self):
        wait_until(lambda: self.sql.ask("select count(*) from audit where seal is null") == "0", "a sealed audit log")

    def test_one_server_does_the_jobs_until_it_dies_then_the_other(self):
        self.one.add_user("ada")
        self.await_seals()
        wait_until(self.jobs_of, "a server that does the jobs")
        (doing,) = self.jobs_of()
        (idle,) = {self.one, self.other} - {doing}
        doing.kill()
        idle.add_user("grace")
        self.await_seals()
        self.await_log(idle, "store.does_the_jobs")
        self.assertIn("fit", idle.command_output("audit", "verify"))

    def test_a_server_that_vanishes_from_the_network_loses_the_jobs(self):
        self.one.stop()
        self.await_log(self.other, "store.does_the_jobs")
        self.one.start()
        self.cut_everything()
        cut = time.monotonic()
        self.await_log(self.one, "store.does_the_jobs")
        print(f"(after {time.monotonic() - cut:.1f} s) ", end="", flush=True)
        self.one.add_user("ada")
        self.await_seals()


if __name__ == "__main__":
    unittest.main()
