"""What is unique, what a second one becomes, and what groups share."""

import cript
from cript.exceptions import APIGetError, APISaveError, DuplicateNodeError

from sdk import SdkTest, unique


class Unique(SdkTest):
    def setUp(self):
        super().setUp()
        self.home = self.project()
        self.collection = self.make(cript.Collection, project=self.home, name="C")
        self.place = self.make(cript.Experiment, collection=self.collection, name="E")

    def makers(self):
        """For each type: what makes the same again, and the fields that the reply names."""
        names = [unique("the same") for _ in range(4)]
        home, collection, place = self.home, self.collection, self.place
        return {
            "Group": (lambda **k: cript.Group(name=names[0]), "name"),
            "Project": (lambda **k: cript.Project(name=names[1], **k), "name"),
            "Collection": (lambda **k: cript.Collection(project=home, name="same", **k), "project and name"),
            "Experiment": (lambda **k: cript.Experiment(collection=collection, name="same", **k), "collection and name"),
            "Inventory": (lambda **k: cript.Inventory(collection=collection, name="same", **k), "collection and name"),
            "Material": (lambda **k: cript.Material(project=home, name="same", **k), "project and name"),
            "Process": (lambda **k: cript.Process(experiment=place, name="same", type="mix"), "experiment and name"),
            "Data": (lambda **k: cript.Data(experiment=place, name="same", type="sec_trace", **k), "experiment and name"),
            "Computation": (lambda **k: cript.Computation(experiment=place, name="same", type="MD", **k), "experiment and name"),
            "ComputationalProcess": (lambda **k: cript.ComputationalProcess(experiment=place, name="same", type="+x", **k), "experiment and name"),
            "Software": (lambda **k: cript.Software(group=home.group, name=names[2], version="1", **k), "name and version and created_by"),
            "Reference": (lambda **k: cript.Reference(group=home.group, title=names[3], **k), "title and created_by"),
        }

    def test_the_second_one_is_refused_and_updates_the_first_when_told_to(self):
        for name, (make, fields) in self.makers().items():
            with self.subTest(name):
                first = make(notes="first")
                self.api.save(first)
                second = make(notes="second")
                with self.assertRaises(DuplicateNodeError) as refused:
                    self.api.save(second)
                self.assertIn(f"A {name} with the same {fields} already exists: {first.url}.", str(refused.exception))
                self.assertIsNone(second.url)
                url = first.url
                third = make(notes="third")
                self.api.save(third, update_existing=True)
                self.assertEqual(third.url, url)
                if hasattr(third, "notes"):
                    self.assertEqual(self.again(url).notes, "third")

    def test_renaming_onto_another_one_is_told(self):
        self.make(cript.Material, project=self.home, name="one")
        two = self.make(cript.Material, project=self.home, name="two")
        two.name = "one"
        with self.assertRaisesRegex(DuplicateNodeError, "A Material with the same project and name already exists"):
            self.api.save(two)
        self.assertEqual(self.again(two).name, "two")

    def test_who_is_in_the_group_of_a_project_works_on_it(self):
        bob = self.server.add_user("bob")
        group = self.make(cript.Group, name=unique("team"))
        self.assertEqual([user.username for user in group.users], ["ada"])
        home = self.project(group=group)
        material = self.make(cript.Material, project=home, name="M")
        self.assertIs(material.group, group)
        theirs = self.connect(bob)
        with self.assertRaises(APIGetError):
            theirs.get(material.url + "?")  # the SDK asks first, and only then looks at what it has in memory
        group.add_user(theirs.user)
        self.api.save(group)
        self.assertEqual([user.username for user in group.users], ["ada", "bob"])
        same = self.again(material)
        same.notes = "by bob"
        theirs.save(same, max_level=0)
        self.assertEqual(self.again(same).notes, "by bob")
        with self.assertRaises(APIGetError):
            theirs.delete(home.url)
        group = self.again(group, max_level=1)
        group.remove_user(group.users[1])
        self.api.save(group)
        self.assertEqual([user.username for user in group.users], ["ada"])
        with self.assertRaises(APISaveError):
            theirs.save(same, max_level=0)
        self.api.delete(home.url)
        self.api.delete(group)
        self.assertIsNone(group.url)
