"""The completion script of bash, as bash itself uses it."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from criptd import BUILD

CRIPT = pathlib.Path(os.environ.get("CRIPT", BUILD / "bin" / "cript")).resolve()

COMPLETE = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_cript
printf '%s\\n' "${COMPREPLY[@]}"
"""


class BashCompletion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        script = subprocess.run([CRIPT, "completion", "bash"], capture_output=True, text=True, check=True).stdout
        cls.script = cls.folder / "completion"
        cls.script.write_text(script, encoding="utf-8")
        for name in ("seed one.json", "notes.txt"):
            (cls.folder / name).touch()

    def completed(self, *words):
        command = ["bash", "-c", COMPLETE, "bash", self.script, "cript", *words]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.stderr, "")
        return set(done.stdout.split("\n")) - {""}

    def test_commands(self):
        self.assertEqual(self.completed("pu"), {"push", "pull"})

    def test_options_of_a_command_and_of_the_program(self):
        self.assertEqual(self.completed("push", "--d"), {"--dry-run"})
        self.assertEqual(self.completed("push", "--js"), {"--json"})
        self.assertEqual(self.completed("--json", "whoami", "--h"), {"--host", "--help"})

    def test_files_of_projects_with_blanks_in_their_names(self):
        self.assertEqual(self.completed("push", "s"), {"seed one.json"})
        self.assertEqual(self.completed("check", "n"), set())

    def test_any_file_to_upload(self):
        self.assertEqual(self.completed("upload", "n"), {"notes.txt"})
        self.assertEqual(self.completed("upload", "--da"), {"--data"})

    def test_shells(self):
        self.assertEqual(self.completed("completion", "z"), {"zsh"})

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not here")
    def test_zsh_reads_its_script(self):
        script = subprocess.run([CRIPT, "completion", "zsh"], capture_output=True, text=True, check=True).stdout
        subprocess.run(["zsh", "-n"], input=script, text=True, check=True)

    @unittest.skipUnless(shutil.which("fish"), "fish is not here")
    def test_fish_reads_its_script(self):
        script = subprocess.run([CRIPT, "completion", "fish"], capture_output=True, text=True, check=True).stdout
        subprocess.run(["fish", "--no-execute"], input=script, text=True, check=True)


if __name__ == "__main__":
    unittest.main()
