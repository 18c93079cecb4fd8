"""What must be unique, and what `update_existing` makes of it, for every type."""

import cript

from sdk import APIError, SdkTest, UniqueNodeError, unique


class Unique(SdkTest):
    def setUp(self):
        super().setUp()
        self.home = self.project()
        self.collection = cript.Collection.create(project=self.home, name="C")
        self.place = cript.Experiment.create(collection=self.collection, name="E")

    def makers(self):
        """For each type: what makes the same again, and the fields that the reply names."""
        names = [unique("the same") for _ in range(3)]
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
        }

    def test_the_second_one_is_refused_and_updates_the_first_when_told_to(self):
        for name, (make, fields) in self.makers().items():
            with self.subTest(name):
                first = make(notes="first")
                first.save()
                second = make(notes="second")
                with self.assertRaises(UniqueNodeError) as refused:
                    second.save()
                self.assertEqual(refused.exception.message, f"A {name} with the same {fields} already exists: {first.url}.")
                self.assertIsNone(second.url)
                third = make(notes="third")
                third.save(update_existing=True)
                self.assertEqual(third.url, first.url)
                if hasattr(third, "notes"):
                    self.assertEqual(self.again(first).notes, "third")

    def test_the_same_name_elsewhere_is_another_one(self):
        other = self.experiment()
        cript.Material.create(project=self.home, name="same")
        cript.Material.create(project=other.collection.project, name="same")
        cript.Process.create(experiment=self.place, name="same", type="mix")
        cript.Process.create(experiment=other, name="same", type="mix")
        cript.Data.create(experiment=self.place, name="same", type="sec_trace")

    def test_renaming_onto_another_one_is_told(self):
        cript.Material.create(project=self.home, name="one")
        two = cript.Material.create(project=self.home, name="two")
        two.name = "one"
        with self.assertRaisesRegex(APIError, "A Material with the same project and name already exists"):
            two.save()
        self.assertEqual(self.again(two).name, "two")

    def test_a_reference_is_posted_each_time_and_stays_one(self):
        title, doi = unique("Kinetics"), unique("10.1021/ja00872a012")
        first = cript.Reference.create(group=self.home.group, title=title, doi=doi, year=1962, pages=[2508], volume=84)
        self.assertEqual((first.year, first.pages, first.volume), (1962, [2508], 84))
        with self.assertRaises(UniqueNodeError):
            first.save()
        for fields in ({"title": title}, {"title": unique("another"), "doi": doi}):
            again = cript.Reference(group=self.home.group, **fields)
            with self.assertRaises(UniqueNodeError):
                again.save(update_existing=True)
            self.assertEqual(again.url, first.url)
        cited = cript.Data.create(experiment=self.place, name="cited", type="sec_trace", citations=[cript.Citation(reference=again)])
        self.assertEqual(cited.citations[0].reference, first.url)

    def test_what_the_caller_may_not_see_has_no_url(self):
        other = self.server.add_user("eve")
        answer = self.ask("POST", "/api/project/", {"name": self.home.name, "group": None}, user=other)
        self.assertEqual(answer.status, 400)
        self.assertIsNone(answer.json["unique"])
        self.assertNotIn(self.home.uid, str(answer))
