"""Names of projects are unique on a server; what the SDK says about it, whatever the name holds."""

import cript
from cript.api.exceptions import CRIPTAPISaveError, CRIPTDuplicateNameError

from sdk import MODES, SdkTest, Wire, material, project_with, unique

NAMES = (
    "plain",
    "it's",
    'a "quoted" name',
    "braces {a} and } {",
    "back\\slash \\n \\u0041",
    "all of it: '{\"\\}'",
    "tab\tand\nnew line",
    "Größe, 名前, Ωμ, 🧪",
    "100% [a] & b = c ? d / e + f # g",
    "%27 %7B",
)


class Names(SdkTest):
    def test_a_taken_name_is_told_as_a_duplicate(self):
        for name in NAMES:
            with self.subTest(name):
                name = unique(name)
                first = cript.Project(name=name, notes="the first")
                self.api.save(first)
                second = cript.Project(name=name)
                with self.assertRaises(CRIPTDuplicateNameError) as refused:
                    self.api.save(second)
                self.assertIn("Project", str(refused.exception))
                self.assertIsNone(self.json_of(cript.Project, second.uuid))
                self.assertEqual(self.json_of(cript.Project, first.uuid)["notes"], "the first")

    def test_every_name_can_be_saved_and_found(self):
        for name in NAMES:
            with self.subTest(name):
                project = cript.Project(name=unique(name))
                self.api.save(project)
                self.assertEqual(next(self.search(cript.Project, MODES.EXACT_NAME, project.name)).uuid, project.uuid)
                self.assertIn(project.uuid, [hit.uuid for hit in self.search(cript.Project, MODES.CONTAINS_NAME, project.name)])

    def test_a_taken_name_of_a_whole_project_saves_nothing_of_it(self):
        name = unique("taken")
        self.api.save(cript.Project(name=name))
        inside = material("inside")
        project = cript.Project(name=name, material=[inside], collection=[cript.Collection(name="a collection")])
        with self.assertRaises(CRIPTDuplicateNameError):
            self.api.save(project)
        self.assertIsNone(self.json_of(cript.Material, inside.uuid))
        self.assertIsNone(self.json_of(cript.Collection, project.collection[0].uuid))

    def test_a_project_cannot_be_renamed_to_a_taken_name(self):
        for name in NAMES:
            with self.subTest(name):
                taken = unique(name)
                self.api.save(cript.Project(name=taken))
                project = cript.Project(name=unique("to be renamed"), notes="before")
                self.api.save(project)
                former = project.name
                project.name, project.notes = taken, "after"
                with self.assertRaises(CRIPTAPISaveError) as refused:
                    self.api.save(project)
                self.assertNotIsInstance(refused.exception, CRIPTDuplicateNameError)
                self.assertIn("already in use", str(refused.exception))
                kept = self.json_of(cript.Project, project.uuid)
                self.assertEqual((kept["name"], kept["notes"]), (former, "before"))

    def test_a_name_is_free_again_after_renaming_and_after_deleting(self):
        name = unique("changes hands")
        first = cript.Project(name=name)
        self.api.save(first)
        first.name = unique("renamed")
        self.api.save(first)
        second = cript.Project(name=name)
        self.api.save(second)
        self.api.delete(second)
        self.api.save(cript.Project(name=name))

    def test_only_the_names_of_projects_are_unique(self):
        twins = [material("twin"), material("twin")]
        project = project_with(experiment={"process": [cript.Process(name="same", type="mix"), cript.Process(name="same", type="mix")]}, material=twins)
        self.assert_comes_back(project)
        self.assert_comes_back(project_with(experiment={}, material=[material("twin")]))

    def test_the_duplicate_is_told_in_six_requests(self):
        name = unique("counted")
        self.api.save(cript.Project(name=name))
        with Wire() as wire, self.assertRaises(CRIPTDuplicateNameError):
            self.api.save(cript.Project(name=name))
        self.assertEqual([method for method, *_ in wire.requests], ["GET", "POST", "GET", "POST", "GET", "PATCH"])
        self.assertEqual([status for *_, status, _ in wire.requests], [404, 409, 404, 400, 404, 400])
