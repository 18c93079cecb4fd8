"""Files: contents of all sizes, and links."""

import hashlib
import os
import pathlib
import tempfile

import cript
import requests
from cript.exceptions import DuplicateNodeError, FileSizeLimitError

from sdk import SdkTest

SIZES = (0, 5_000_000, 6_291_455, 6_291_456)


class Files(SdkTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))

    def local(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def content(self, file):
        return requests.get(file.source, headers={"Authorization": self.user.token})

    def test_contents_of_all_sizes_come_back(self):
        home = self.project()
        for size in SIZES:
            with self.subTest(size):
                content = os.urandom(size)
                file = self.make(cript.File, project=home, source=self.local(f"{size}.bin", content))
                self.assertEqual((file.name, file.extension, file.checksum), (f"{size}.bin", ".bin", hashlib.sha256(content).hexdigest()))
                self.assertEqual(file.unique_name, f"{file.uid}.bin")
                self.assertTrue(file.source.startswith(f"http://{self.server.address}/file/download/"), file.source)
                self.assertEqual(self.again(file).source, file.source)
                answer = self.content(file)
                self.assertEqual((answer.status_code, hashlib.sha256(answer.content).hexdigest()), (200, file.checksum))
                self.assertIsNone(self.api.download_file(file, str(self.folder / "none")))
                self.assertFalse((self.folder / "none").exists())  # what it says of S3: "Coming soon"

    def test_a_content_is_one_file_in_its_project(self):
        home = self.project()
        path = self.local("same.csv", b"the same content")
        first = self.make(cript.File, project=home, source=path)
        with self.assertRaises(DuplicateNodeError):
            self.make(cript.File, project=home, source=path)
        again = cript.File(project=home, source=path, type="calibration")
        self.api.save(again, update_existing=True)
        self.assertEqual((again.url, again.type), (first.url, "calibration"))
        self.assertEqual(self.content(again).content, b"the same content")

    def test_what_is_too_large_is_refused_by_the_sdk_itself(self):
        api = self.connect(self.user)
        api.storage_info = {**api.storage_info, "max_file_size": 3}
        with self.assertRaises(FileSizeLimitError):
            api.save(cript.File(project=self.project(), source=self.local("large.csv", b"four")))

    def test_a_link_stays_a_link(self):
        link = self.make(cript.File, project=self.project(), source="https://example.org/paper.pdf")
        self.assertEqual(self.again(link).source, "https://example.org/paper.pdf")
        link.type = "calibration"
        self.api.save(link)
        self.assertEqual((self.again(link).type, self.again(link).source), ("calibration", "https://example.org/paper.pdf"))
