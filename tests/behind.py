"""Changes the database of a server behind its back, whichever store it is."""

import contextlib
import re
import sqlite3
import subprocess

from criptd import STORE
from fixture import postgres


def sql(server, statement):
    """Runs it, and says how many rows it changed."""
    if STORE == "postgres":
        command = [postgres.programs() / "psql", "-X", "-v", "ON_ERROR_STOP=1", "-d", postgres.shared().url(server._database), "-c", statement]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return int(re.search(r"\d+$", done.stdout.strip()).group())
    database = sqlite3.connect(server.data / "cript.db")
    with database:
        count = database.execute(statement).rowcount
    database.close()
    return count


@contextlib.contextmanager
def session(server, statement):
    """A session of PostgreSQL that has run this, and keeps what it took until the block ends."""
    command = [postgres.programs() / "psql", "-X", "-q", "-d", postgres.shared().url(server._database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as psql:
        psql.stdin.write(f"{statement};\n\\echo done\n")
        psql.stdin.flush()
        assert any(line.strip() == "done" for line in psql.stdout), "the session has ended"
        yield
        psql.stdin.close()
