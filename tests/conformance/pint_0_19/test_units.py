"""Units of measure mean what they mean to pint."""

import logging
import math
import os
import pathlib
import random
import re
import subprocess
import tomllib
import unittest

import pint

ROOT = pathlib.Path(__file__).resolve().parents[3]
BUILD = pathlib.Path(os.environ.get("CRIPT_BUILD", ROOT / "build" / "release"))
DIMENSIONS = ["[length]", "[mass]", "[time]", "[current]", "[temperature]", "[substance]", "[luminosity]"]
EXPRESSIONS = 105_000
SEED = int(os.environ.get("CRIPT_TEST_SEED", "20260101"))

# Words of ours that pint 0.19.2 does not have (docs/decisions/0017-units-as-pint-reads-them.md), and letters that it knows in one of two forms.
OURS_ALONE = {"Rad", "Angstrom", "Mpa", "kj", "percent", "%", "wt%", "mol%", "vol%", "ppm", "ppb", "℃", "℉"}
OTHER_FORMS = {"\u212a", "\u2126", "\u03bc", "R_∞"}

with open(ROOT / "model" / "units.toml", "rb") as file:
    TABLE = tomllib.load(file)
WORDS = [word for unit in TABLE["units"] for word in [unit["name"], *unit.get("also", [])]]
PREFIXES = [word for prefix in TABLE["prefixes"] for word in [prefix["name"], *prefix.get("also", [])]]
SCALES = {word for unit in TABLE["units"] if "offset" in unit for word in [unit["name"], *unit.get("also", [])]}


def read_units(texts):
    """What our reader makes of each: (factor, offset, exponents), or the word it answers with instead."""
    done = subprocess.run([BUILD / "bin" / "unit_reader"], input="".join(f"{text}\n" for text in texts), capture_output=True,
                          text=True, check=True, encoding="utf-8")
    answers = []
    for line in done.stdout.splitlines():
        word, *rest = line.split(" ")
        answers.append(line if word in ("error", "indefinite") else (float(word), float(rest[0]), [float(x) for x in rest[1:]]))
    assert len(answers) == len(texts)
    return answers


class Units(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        logging.getLogger("pint").setLevel(logging.CRITICAL)  # it tells of each word that has two readings
        cls.pint = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)

    def reference(self, text, has_numbers=False):
        """What pint makes of it."""
        if has_numbers:
            one = self.pint.parse_expression(text)
            base, offset = one.to_base_units(), 0.0
        else:
            units = self.pint.parse_units(text)
            base = self.pint.Quantity(1.0, units).to_base_units()
            offset = self.pint.Quantity(0.0, units).to_base_units().magnitude
        dimension = dict(base.dimensionality)
        return base.magnitude - offset, offset, [dimension.pop(name, 0) for name in DIMENSIONS], dimension

    def compare(self, text, ours, has_numbers=False):
        factor, offset, exponents, rest = self.reference(text, has_numbers)
        self.assertEqual(rest, {}, text)
        self.assertIsInstance(ours, tuple, (text, ours))
        # An offset is lost in the digits of the difference from which the factor is taken.
        self.assertTrue(math.isclose(ours[0], factor, rel_tol=1e-12), (text, ours, factor))
        self.assertTrue(math.isclose(ours[1], offset, rel_tol=1e-12), (text, ours, offset))
        for ours_exponent, exponent in zip(ours[2], exponents):
            self.assertTrue(math.isclose(ours_exponent, exponent, abs_tol=1e-9), (text, ours, exponents))

    def test_every_word_of_the_table(self):
        words = [word for word in WORDS if word not in OURS_ALONE | OTHER_FORMS]
        self.assertGreater(len(words), 500)
        for word, ours in zip(words, read_units(words)):
            self.compare(word, ours)

    def test_pint_still_lacks_the_words_that_are_ours_alone(self):
        for word in OURS_ALONE:
            with self.assertRaises(Exception, msg=word):
                self.pint.parse_units(word)
        for word, ours in zip(OURS_ALONE, read_units(OURS_ALONE)):
            self.assertIsInstance(ours, tuple, word)

    def test_every_prefix_before_words_of_every_kind(self):
        words = [prefix + word for prefix in PREFIXES for word in ("meter", "Pa", "moles", "eV", "g") if prefix != "\u03bc"]
        for word, ours in zip(words, read_units(words)):
            self.compare(word, ours)

    def test_random_products_and_powers(self):
        chance = random.Random(SEED)
        words = [word for word in WORDS if word not in OURS_ALONE | OTHER_FORMS and self.is_plain(word)]
        texts = [self.expression(chance, words) for _ in range(EXPRESSIONS)]
        compared = 0
        for (text, has_numbers), ours in zip(texts, read_units([text for text, _ in texts])):
            compared += self.compare_if_computable(text, ours, has_numbers)
        print(f"{compared} random units of {len(texts)} compared, seed {SEED}")
        self.assertGreaterEqual(compared, 100_000)

    def compare_if_computable(self, text, ours, has_numbers):
        """False where the size leaves the range of a double: pint then goes on with 0 or infinity, and ours is an error."""
        try:
            factor = self.reference(text, has_numbers)[0]
        except OverflowError:
            factor = math.inf
        if not 1e-290 < factor < 1e290:
            return False
        self.compare(text, ours, has_numbers)
        return True

    @staticmethod
    def is_plain(word):
        """Can it stand beside others? `°C` is `degreeC` to pint, whatever stands before it."""
        return word.replace("_", "").isalnum() and word not in ("in", "is", "dimensionless") and "°" not in word

    def expression(self, chance, words):
        """A product of one to five operands, some of them in parentheses, and whether there are numbers in it."""
        has_numbers = chance.random() < 0.1
        terms = []
        for position in range(chance.randint(1, 5)):
            operand = self.operand(chance, words, has_numbers)
            if position > 0:
                # Of factors that only a blank divides, pint raises both where the second stands in parentheses. We refuse that.
                is_raised = re.search(r"\*\*|\^|²", terms[-1]) or not re.fullmatch(r"\([^()]*\)", operand)
                signs = ["*", " * ", "/", " / ", " per ", "·"]
                terms.append(chance.choice(signs if operand.startswith("(") and is_raised else [*signs, " "]))
            terms.append(operand)
        text = "".join(terms)
        if has_numbers:
            text = f"{chance.choice(['2', '0.5', '1e3', '1e-06', '60'])}{chance.choice(['*', ' * ', '/'])}{text}"
        return text, has_numbers

    def operand(self, chance, words, has_numbers):
        word = chance.choice(words)
        # A number before a scale of temperature makes it a temperature to pint, not a difference.
        while has_numbers and word in SCALES:
            word = chance.choice(words)
        if word not in SCALES and chance.random() < 0.3:
            word = chance.choice(["k", "milli", "m", "u", "n", "M", "centi"]) + word
        if chance.random() < 0.15:
            word = f"({word} {chance.choice('*/')} {chance.choice(['m', 'second', 'g', 'mol'])})"
        if chance.random() < 0.5:
            return word
        exponent = chance.choice(["2", "3", "-1", "-2", "0.5", "(1/2)", "(1/3)", "1.5", "-0.25", "(-3)", "2**2"])
        return word + chance.choice(["**", " ** ", "^"]) + exponent if chance.random() < 0.9 else word + "²"


if __name__ == "__main__":
    unittest.main()
