"""`criptd check` finds each kind of damage, names it, and says nothing of an instance that is sound."""

import hashlib
import json
import os
import shutil
import unittest

import behind
import documents
from criptd import API, PROGRAM, STORE, Criptd
from fixture import postgres


class Damaged(unittest.TestCase):
    def setUp(self):
        self.server = Criptd()
        self.addCleanup(self.server.remove)
        self.server.start()
        self.ada = self.server.add_user("ada", admin=True)
        self.bob = self.server.add_user("bob")
        self.server.regenerate_token_of("bob")
        header = [("Authorization", self.ada.token)]
        connection = self.server.connect()
        self.document = documents.project()
        self.document["material"][0]["keyword"] = ["+own"]
        self.other = documents.project()
        for document in (self.document, self.other):
            answer = connection.send("POST", f"{API}/project/", document, header)
            self.assertEqual(answer.status, 200, answer)
        self.document["notes"] = self.document["material"][0]["notes"] = "changed"
        answer = connection.send("PATCH", f"{API}/project/{self.document['uuid']}/", self.document, header)
        self.assertEqual(answer.status, 200, answer)
        doomed = connection.send("POST", f"{API}/material/", documents.material("doomed"), header).data["result"][0]["uuid"]
        self.assertEqual(connection.send("DELETE", f"{API}/material/{doomed}/", None, header).status, 200)
        self.add_files(connection, header)
        self.add_records(connection, header)
        connection.close()
        self.server.command_output("audit", "verify")

    def add_files(self, connection, header):
        """A stored file that a node names, and an upload with a part."""
        stored = connection.send("PUT", f"{API}/upload/data.csv", CONTENT, header)
        node = {"node": ["File"], "source": stored.data["key"], "type": "data", "extension": ".csv"}
        self.assertEqual(connection.send("POST", f"{API}/file/", node, header).status, 200)
        upload = connection.send("POST", f"{API}/upload", {"name": "parts.bin"}, header).data["id"]
        self.assertEqual(connection.send("PUT", f"{API}/upload/{upload}/1", b"a part", header).status, 200)

    def add_records(self, connection, header):
        """What comes one by one through the older interface, before and after a change of its project."""
        self.records = connection.send("POST", "/api/project/", {"name": "records"}, header).json
        change = {"node": ["Project"], "notes": "changed"}
        for name in ("first", "second", None, "third"):
            if name is None:
                answer = connection.send("PATCH", f"{API}/project/{self.records['uid']}/", change, header)
            else:
                answer = connection.send("POST", "/api/material/", {"name": name, "project": self.records["url"]}, header)
            self.assertIn(answer.status, (200, 201), answer)

    @property
    def content(self):
        """Where the content of the stored file lies."""
        digest = hashlib.sha256(CONTENT).hexdigest()
        return self.server.data / "blobs" / "sha256" / digest[:2] / digest

    def check(self, *options):
        done = self.server.command("check", "--json", *options)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        answer = json.loads(done.stdout)
        self.assertEqual(answer["sound"], done.returncode == 0)
        return answer

    def assert_finds(self, kind, statement):
        self.server.stop()
        self.assertGreater(behind.sql(self.server, statement), 0, "nothing was damaged")
        answer = self.check()
        kinds = {entry["kind"] for entry in answer["damage"]}
        self.assertIn(kind, kinds, answer)
        text = self.server.command("check")
        self.assertEqual(text.returncode, 1)
        self.assertIn(f"{kind}: ", text.stdout)
        return answer


class Sound(Damaged):
    def test_an_instance_that_was_used(self):
        self.assertEqual(self.check()["damage"], [])

    def test_the_history_counts_the_revisions_that_it_keeps(self):
        history = self.server.ask("GET", f"{API}/project/{self.records['uid']}/history", token=self.ada.token).data
        self.assertEqual([entry["revision"] for entry in history["result"]], [5, 3])
        self.assertEqual(history["count"], 2)

    def test_beside_a_running_server(self):
        self.assertIsNone(self.server.process.poll())
        done = self.server.command("check")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("is sound", done.stdout)

    def test_what_cannot_be_checked_is_told_by_status_2(self):
        self.server.stop()
        (self.server.data / "keyring").unlink()
        done = self.server.command("check")
        self.assertEqual(done.returncode, 2)
        self.assertIn("key ring", done.stderr)


ANY_MATERIAL = "(select id from node where name = 'styrene' order by id limit 1)"
PROJECT = "(select min(project) from project_name)"
OTHER = "(select max(n.project) from project_name n where n.name <> 'records')"
FIELD = "(select id from link_field where name = '{}')"

PLANTED = {
    "dangling_edge": f"delete from node where id = {ANY_MATERIAL}",
    "wrong_edge": f"update edge set field = {FIELD.format('computation')} where field = {FIELD.format('property')}",
    "wrong_position": f"update edge set position = position + 5 where parent = {PROJECT} and position > 0",
    "missing_link": f"delete from edge where field = {FIELD.format('material')} and parent <> {PROJECT} and parent <> {OTHER}",
    "wrong_owner": f"update node set project = {OTHER} where project = {PROJECT} and type in (select id from node_type where name = 'Property')",
    "unknown_type": f"update node set type = 99 where id = {ANY_MATERIAL}",
    "bad_attributes": f"update node set attributes = 'no json' where id = {ANY_MATERIAL}",
    "wrong_name": f"update node set attributes = '{{}}' where id = {ANY_MATERIAL}",
    "wrong_identifiers": "update identifier set value = 'wrong' where value = 'C=Cc1ccccc1'",
    "wrong_custom_words": "update custom_word set unit = 'kg' where word = '+own'",
    "stray_custom_word": "insert into custom_word (vocabulary, word, unit, node) values ('process_type', '+own', '', 99999)",
    "stray_identifier": "insert into identifier (kind, value, node) values (1, 'C', 99999)",
    "wrong_project_name": f"delete from project_name where project = {PROJECT}",
    "stray_role": "insert into acl (project, account, role) values (99999, 1, 2)",
    "no_administrator": f"delete from acl where project = {PROJECT}",
    "wrong_history": "delete from history where node in (select id from node)",
    "bad_history": "update history set edges = '[['",
    "living_tombstone": f"update tombstone set node = {ANY_MATERIAL}",
    "wrong_measures": f"insert into measured_value (node, key, unit, value) values ({ANY_MATERIAL}, 'x', 'K', 1)",
    "wrong_content_uses": "update blob set uses = uses + 1",
    "unknown_content": "delete from blob",
    "wrong_file_size": "update stored_file set size = size + 1",
    "wrong_file_uses": "update stored_file set uses = uses + 1",
    "stray_file": "update stored_file set owner = 99999",
    "stray_file_source": "update file_source set file = 99999 where file is not null",
    "stray_part": "delete from upload",
    "wrong_storage_use": "update storage_use set used = used + 1",
    "stray_member": "insert into group_member (account, group_id) values (1, 99999)",
    "stray_project_group": f"insert into project_group (project, group_id) values ({PROJECT}, 99999)",
    "sequence_behind": "update node set id = id + 1000 where id = (select max(id) from node)",
    "missing_account": f"update node set updated_by = 77 where id = {ANY_MATERIAL}",
    "missing_user_node": "delete from node where type in (select id from node_type where name = 'User')",
    "wrong_token_count": "delete from token where state = 1 and account = 1",
    "unreadable_token": "update token set sealed = digest where state = 1 and account = 1",
    "unerased_token": "update token set sealed = digest where state = 2",
    "broken_audit_chain": "update audit set detail = 'something else' where id = 2",
    "wrong_key_ring": "update key_check set value = (select digest from token order by id limit 1)",
}

CONTENT = b"the content of a file"

INDEX_OF_NAMES = {
    "sqlite": "insert into node_name (node_name, rowid, name) select 'delete', id, name from node where name = 'polymerisation'",
    "postgres": "update node set folded_name = 'another' where name = 'polymerisation'",
}


class Planted(Damaged):
    def test_every_kind_of_damage_is_found_and_named(self):
        self.server.stop()
        copies = Copies(self.server)
        self.addCleanup(copies.remove)
        for kind, statement in PLANTED.items():
            with self.subTest(kind):
                copies.put_back()
                self.assert_finds(kind, statement)
        copies.put_back()
        self.assertEqual(self.check()["damage"], [], "the copy that all were planted in is not sound")

    def test_an_index_of_names_that_has_another_name(self):
        self.assert_finds("wrong_name_index", INDEX_OF_NAMES[STORE])


class Contents(Damaged):
    """Damage in the folder of the contents."""

    def setUp(self):
        super().setUp()
        self.server.stop()

    def kinds(self, *options):
        return [entry["kind"] for entry in self.check(*options)["damage"]]

    def test_one_that_is_missing(self):
        self.content.unlink()
        self.assertEqual(self.kinds(), ["missing_content"])

    def test_one_that_is_too_long(self):
        with self.content.open("ab") as file:
            file.write(b"x")
        self.assertEqual(self.kinds(), ["wrong_content_size"])

    def test_one_whose_bytes_are_others_is_found_when_all_is_read(self):
        self.assertEqual(self.kinds("--contents"), [])
        self.content.write_bytes(CONTENT.swapcase())
        self.assertEqual(self.kinds(), [])
        self.assertEqual(self.kinds("--contents"), ["damaged_content"])

    def test_one_that_is_nobodys(self):
        digest = hashlib.sha256(b"nobody's").hexdigest()
        folder = self.server.data / "blobs" / "sha256" / digest[:2]
        folder.mkdir(exist_ok=True)
        (folder / digest).write_bytes(b"nobody's")
        self.assertEqual(self.kinds(), ["orphaned_content"])

    def test_a_folder_that_is_not_there(self):
        shutil.rmtree(self.server.data / "blobs")
        self.assertEqual(self.kinds(), ["missing_content"] * 2)
        self.assertFalse((self.server.data / "blobs").exists(), "looking made it")


class Copies:
    """The database as it was, as often as it is wanted."""

    def __init__(self, server):
        self._server = server
        self._template = None
        if STORE == "postgres":
            self._template = f"{server._database}_sound"
            postgres.shared().ask(f"create database {self._template} template {server._database}")
        else:
            self._bytes = (server.data / "cript.db").read_bytes()

    def put_back(self):
        if self._template:
            postgres.shared().drop_database(self._server._database)
            postgres.shared().ask(f"create database {self._server._database} template {self._template}")
            return
        for name in ("cript.db-wal", "cript.db-shm"):
            (self._server.data / name).unlink(missing_ok=True)
        (self._server.data / "cript.db").write_bytes(self._bytes)

    def remove(self):
        if self._template:
            postgres.shared().drop_database(self._template)


if __name__ == "__main__":
    assert PROGRAM.is_file(), os.environ
    unittest.main()
