"""The runner itself: it runs what is good, and garbage of every kind turns it red."""

import pathlib
import tempfile
import unittest

from blocks import Block, PageError, blocks_of
from other_platforms import powershell_problem, zsh_problem
from page_run import Surroundings, matches, run_page

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
TOKEN = "Token 0123456789abcdef0123456789abcdef01234567"


def page(text):
    folder = tempfile.TemporaryDirectory()
    path = pathlib.Path(folder.name) / "page.md"
    path.write_text(text, encoding="utf-8")
    return folder, path


def problems_of(text):
    folder, path = page(text)
    with folder, tempfile.TemporaryDirectory() as work:
        surroundings = Surroundings("127.0.0.1:1", pathlib.Path("/nowhere"), TOKEN, [], pathlib.Path("/nowhere"))
        return [outcome.problem for outcome in run_page(blocks_of(path), pathlib.Path(work), surroundings)]


def fenced(kind, text):
    return f"```{kind}\n{text}\n```\n"


class TestRunner(unittest.TestCase):
    def test_good_blocks_pass_and_share_their_shell(self):
        text = fenced("bash", "word=seven\ncd /tmp") + fenced("bash", "echo $word; pwd") + fenced("output", "seven\n/tmp")
        self.assertEqual(problems_of(text), [None, None])

    def test_garbage_in_a_shell_block_is_red(self):
        for garbage in ("gibberish here", "(", "if then", "echo 'no end", "false"):
            with self.subTest(garbage):
                self.assertTrue(any(problems_of(fenced("bash", garbage))))

    def test_garbage_behind_which_the_shell_goes_on_is_red(self):
        self.assertTrue(any(problems_of(fenced("bash", "gibberish || true"))))

    def test_other_output_than_the_page_says_is_red(self):
        self.assertTrue(any(problems_of(fenced("bash", "echo one") + fenced("output", "two"))))
        self.assertTrue(any(problems_of(fenced("bash", "echo one; echo two") + fenced("output", "one"))))

    def test_a_block_that_shows_the_token_is_red(self):
        self.assertTrue(any(problems_of(fenced("bash", "read -rs T; echo $T"))))

    def test_a_program_that_nothing_builds_is_red(self):
        self.assertTrue(any(problems_of(fenced("cpp", "int main() {}"))))

    def test_garbage_in_a_program_is_red(self):
        cmake = "cmake_minimum_required(VERSION 3.16)\nproject(p LANGUAGES CXX)\nadd_executable(p page.cpp)"
        build = "cmake -S . -B build > build.log\ncmake --build build >> build.log\nbuild/p"

        def program(cpp, lists):
            return problems_of(fenced("cpp", cpp) + fenced("cmake", lists) + fenced("bash", build))

        self.assertEqual(program("int main() {}", cmake), [None])
        self.assertTrue(any(program("int main() { gibberish }", cmake)))
        self.assertTrue(any(program("int main() {}", cmake + "\ngibberish")))

    def test_a_block_of_an_unknown_kind_or_without_an_end_is_red(self):
        for text in (fenced("python", "print()"), fenced("", "words"), "```bash\necho\n", fenced("output", "alone")):
            folder, path = page(text)
            with folder, self.assertRaises(PageError):
                blocks_of(path)

    def test_garbage_in_a_block_of_another_platform_is_red(self):
        for check, good, kind in (
            (zsh_problem, "export A=1", "zsh"),
            (powershell_problem, "$env:A = 'x'\nRead-Host 'y'", "powershell"),
        ):
            self.assertIsNone(check(Block("p", 1, kind, good + "\n")))
            for garbage in ("gibberish here", "export 'no end", "(("):
                self.assertIsNotNone(check(Block("p", 1, kind, garbage + "\n")), (kind, garbage))

    def test_dots_stand_for_anything_on_their_line(self):
        self.assertTrue(matches("at …\nend\n", "at somewhere\nend\n"))
        self.assertFalse(matches("at …\nend\n", "at some\nwhere\nend\n"))

    def test_the_pages_are_there(self):
        self.assertGreaterEqual(len(PAGES), 3)


if __name__ == "__main__":
    unittest.main()
