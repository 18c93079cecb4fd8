"""Files: contents of all sizes, links, and what is the same."""

import hashlib
import os
import pathlib
import tempfile

import cript
import requests

from sdk import APIError, SdkTest, UniqueNodeError

SIZES = (0, 5_000_000, 6_291_455, 6_291_456, 20_000_000)


class Files(SdkTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))

    def local(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def content(self, file, user=None):
        return requests.get(file.source, headers={"Authorization": (user or self.user).token})

    def test_contents_of_all_sizes_come_back(self):
        home = self.project()
        for size in SIZES:
            with self.subTest(size):
                content = os.urandom(size)
                file = cript.File(project=home, source=self.local(f"{size}.bin", content))
                file.save()
                self.assertEqual((file.name, file.extension, file.checksum), (f"{size}.bin", ".bin", hashlib.sha256(content).hexdigest()))
                self.assertEqual(file.unique_name, f"{file.uid}.bin")
                self.assertTrue(file.source.startswith(f"http://{self.server.address}/file/download/"), file.source)
                answer = self.content(file)
                self.assertEqual((answer.status_code, hashlib.sha256(answer.content).hexdigest()), (200, file.checksum))

    def test_a_content_that_looks_like_a_form_comes_back(self):
        content = b"--x\r\nContent-Disposition: form-data\r\n\r\na,b\r\n--x--\r\n"
        file = cript.File(project=self.project(), source=self.local("form.csv", content))
        file.save()
        self.assertEqual(self.content(file).content, content)

    def test_only_those_who_may_read_the_record_get_the_content(self):
        other = self.server.add_user("eve")
        file = cript.File(project=self.project(), source=self.local("private.csv", b"private"))
        file.save()
        self.assertEqual(self.content(file, other).status_code, 404)
        self.assertEqual(requests.get(file.source).status_code, 401)
        url = self.ask("POST", "/api/s3-signed-url/", {"action": "upload", "file_uid": file.uid, "file_checksum": file.checksum}, user=other)
        self.assertEqual(url.status, 404)

    def test_an_address_is_good_for_its_own_file_only(self):
        home = self.project()
        first = cript.File(project=home, source=self.local("first.csv", b"first"))
        first.save()
        second = cript.File(project=home, source=self.local("second.csv", b"second"))
        second.save()
        signed = self.ask("POST", "/api/s3-signed-url/", {"action": "upload", "file_uid": first.uid, "file_checksum": first.checksum}).json
        for wrong in (signed.replace(first.uid, second.uid), signed[:-1] + ("0" if signed[-1] != "0" else "1"), signed.replace("access=", "access=x")):
            self.assertIn(requests.put(wrong, files={"file": b"other"}).status_code, (401, 403), wrong)
        announced = requests.put(signed, files={"file": b"not what was announced"})
        self.assertIn(announced.status_code, (409, 422), announced.text)
        self.assertEqual(self.content(first).content, b"first")

    def test_a_content_is_one_file_in_its_project(self):
        home = self.project()
        path = self.local("same.csv", b"the same content")
        first = cript.File(project=home, source=path)
        first.save()
        with self.assertRaises(UniqueNodeError):
            cript.File(project=home, source=path).save()
        again = cript.File(project=home, source=path, type="calibration")
        again.save(update_existing=True)
        self.assertEqual((again.url, again.type), (first.url, "calibration"))
        self.assertEqual(self.content(again).content, b"the same content")
        elsewhere = cript.File(project=self.project(), source=path)
        elsewhere.save()
        self.assertNotEqual(elsewhere.url, first.url)

    def test_a_link_stays_a_link(self):
        link = cript.File.create(project=self.project(), source="https://example.org/paper.pdf")
        self.assertEqual(self.again(link).source, "https://example.org/paper.pdf")
        link.update(type="calibration")
        self.assertEqual((self.again(link).type, self.again(link).source), ("calibration", "https://example.org/paper.pdf"))

    def test_there_is_no_globus_here_and_it_says_so(self):
        answer = self.ask("POST", "/api/globus-stage-upload/", {"file_uid": "x"})
        self.assertEqual(answer.status, 422)
        self.assertIn("Globus", answer.json["errors"][0])
        self.assertTrue(issubclass(APIError, Exception))
