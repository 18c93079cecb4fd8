"""Random projects: made by one SDK, read by the other, changed there and read again by the first, value by value.

CRIPT_RANDOM_SEEDS is how many projects there are each way (4), CRIPT_RANDOM_FROM the first seed (1).
"""

import os
import unittest

import cript

import random_projects
from random_older import OLD_KIND, Older
from sdk import SdkTest, forget
from test_dialects import OTHER_PYTHON, OtherSdk

FIRST = int(os.environ.get("CRIPT_RANDOM_FROM", "1"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("CRIPT_RANDOM_SEEDS", "4")))


def in_si(value, unit):
    if unit is None:
        return value, ""
    quantity = cript.pint_ureg.Quantity(value, unit).to_base_units()
    return quantity.magnitude, str(quantity.units)


def same_measure(expected, seen):
    """The value with its unit, and the uncertainty, which is a difference."""
    (value, unit), (other, other_unit) = in_si(expected["value"], expected.get("unit")), in_si(seen["value"], seen.get("unit"))
    if unit != other_unit or abs(value - other) > 1e-9 * max(abs(value), abs(other)):
        return False
    if ("uncertainty" in expected) != ("uncertainty" in seen):
        return False
    if "uncertainty" not in expected:
        return True
    steps = [in_si(side["value"] + side["uncertainty"], side.get("unit"))[0] - in_si(side["value"], side.get("unit"))[0] for side in (expected, seen)]
    return abs(steps[0] - steps[1]) <= 1e-6 * max(map(abs, steps))


@unittest.skipUnless(OTHER_PYTHON.is_file(), "SDK 2.4.0 is not installed: tests/conformance/run does that")
class RandomProjects(SdkTest):
    def setUp(self):
        super().setUp()
        self.other = self.enterContext(OtherSdk(self.server.address, self.user.token))

    def again_at(self, kind, url):
        forget()
        return getattr(cript, OLD_KIND.get(kind, kind)).get(url=url, get_level=0)

    def assert_same(self, expected, seen, what):
        found = random_projects.differences(expected, seen, same_measure)
        self.assertEqual(found, [], f"{what}: {len(found)} differences")

    def test_from_the_older_to_the_newer_and_back(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                forget()
                records = random_projects.plan(seed, "older")
                kinds = {name: record["kind"] for name, record in records.items()}
                older = Older(self).make(records)
                project = older.nodes[next(iter(records))].uid
                self.assert_same(records, older.read(kinds), "as it was made")
                self.assert_same(random_projects.seen_by(records, "newer"), self.other("records", project=project), "in the other")
                orders = random_projects.changes(seed, records, "newer")
                self.other("change records", project=project, orders=orders)
                random_projects.changed(records, orders)
                self.assert_same(random_projects.seen_by(records, "newer"), self.other("records", project=project), "changed there")
                self.assert_same(records, older.read(kinds), "changed there, and back")

    def test_from_the_newer_to_the_older_and_back(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                forget()
                records = random_projects.plan(seed, "newer")
                kinds = {name: record["kind"] for name, record in records.items()}
                uuids = self.other("make", records=records)
                project = uuids[next(iter(records))]
                self.assert_same(records, self.other("records", project=project), "as it was made")
                older = Older(self)
                slugs = {name: getattr(cript, OLD_KIND.get(kind, kind)).slug for name, kind in kinds.items()}
                older.url = {name: f"http://{self.server.address}/api/{slugs[name]}/{uuid}/" for name, uuid in uuids.items()}
                self.assert_same(random_projects.seen_by(records, "older"), older.read(kinds), "in the other")
                orders = random_projects.changes(seed, random_projects.seen_by(records, "older"), "older")
                older.change(kinds, orders)
                random_projects.changed(records, orders)
                self.assert_same(random_projects.seen_by(records, "older"), older.read(kinds), "changed there")
                self.assert_same(records, self.other("records", project=project), "changed there, and back")
