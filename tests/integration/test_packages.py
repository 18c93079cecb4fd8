"""Installing packages starts none of their services, and leaves the machine's policy about that as it was."""

import os
import pathlib
import signal
import subprocess
import tempfile
import unittest

from criptd import PATIENCE_SECONDS, ROOT

OWN = "#!/bin/sh\n# the administrator's\nexit 104\n"
# Says what the policy answers while packages are installed, and ends as it is told.
APT = """#!/bin/sh
case "$*" in *install*) "$CRIPT_POLICY_FILE" nginx start; echo "policy: $?"; sleep "$SECONDS_TO_TAKE"; exit "$TO_ANSWER" ;; esac
"""
INSTALL = 'as_root() { "$@"; }; . "$root/tools/setup/packages.sh"; apt_install nginx'


class Policy(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.policy = self.folder / "policy-rc.d"
        (self.folder / "apt-get").write_text(APT)
        (self.folder / "apt-get").chmod(0o755)

    def begin(self, seconds=0, answer=0):
        environment = {
            **os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}", "root": str(ROOT), "CRIPT_POLICY_FILE": str(self.policy),
            "SECONDS_TO_TAKE": str(seconds), "TO_ANSWER": str(answer),
        }  # fmt: skip
        return subprocess.Popen(
            ["bash", "-c", INSTALL], env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def install(self, **named):
        process = self.begin(**named)
        output, _ = process.communicate(timeout=PATIENCE_SECONDS)
        self.assertIn("policy: 101", output)
        return process.returncode

    def write_own(self):
        self.policy.write_text(OWN)
        self.policy.chmod(0o755)

    def assert_as_before(self):
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["apt-get", "policy-rc.d"])
        self.assertEqual(self.policy.read_text(), OWN)
        self.assertEqual(self.policy.stat().st_mode & 0o777, 0o755)

    def test_no_service_starts_and_no_policy_stays(self):
        self.assertEqual(self.install(), 0)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["apt-get"])

    def test_a_policy_that_was_there_is_there_again(self):
        self.write_own()
        self.assertEqual(self.install(), 0)
        self.assert_as_before()

    def test_also_after_a_failure(self):
        self.write_own()
        self.assertEqual(self.install(answer=100), 100)
        self.assert_as_before()

    def test_also_when_it_is_interrupted(self):
        self.write_own()
        process = self.begin(seconds=600)
        self.assertEqual(process.stdout.readline(), "policy: 101\n")
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=PATIENCE_SECONDS)  # to the end of all that it has started
        self.assert_as_before()

    def test_a_killed_installation_is_tidied_up_by_the_next(self):
        self.write_own()
        process = self.begin(seconds=600)
        self.assertEqual(process.stdout.readline(), "policy: 101\n")
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=PATIENCE_SECONDS)
        self.assertEqual(self.install(), 0)
        self.assert_as_before()


if __name__ == "__main__":
    unittest.main()
