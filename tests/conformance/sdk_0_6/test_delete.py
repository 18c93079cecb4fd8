"""Deleting: what goes along, what is refused, what loses a link."""

import cript

from sdk import APIError, SdkTest, unique


class Delete(SdkTest):
    def status(self, node_or_url):
        return self.ask("GET", getattr(node_or_url, "url", node_or_url)).status

    def test_what_belongs_to_it_goes_along(self):
        place = self.experiment()
        home = place.collection.project
        process = cript.Process.create(experiment=place, name="P", type="mix")
        material = cript.Material.create(project=home, name="M")
        file = cript.File.create(project=home, source="https://example.org/a.csv")
        urls = [place.url, process.url, material.url, file.url]
        place.collection.delete()
        self.assertEqual([self.status(url) for url in urls], [404, 404, 200, 200])
        home.delete()
        self.assertEqual([self.status(url) for url in urls], [404] * 4)

    def test_what_something_needs_is_kept_and_the_reason_told(self):
        place = self.experiment()
        material = cript.Material.create(project=place.collection.project, name="M")
        process = cript.Process.create(experiment=place, name="P", type="mix", ingredients=[cript.Ingredient(material=material, quantities=[], keyword="monomer")])
        with self.assertRaisesRegex(APIError, "needs it as its 'material'"):
            material.delete()
        self.assertEqual(self.status(material.url), 200)
        process.delete()
        material.delete()

    def test_other_links_are_cut(self):
        place = self.experiment()
        home = place.collection.project
        data = cript.Data.create(experiment=place, name="D", type="sec_trace")
        other = cript.Material.create(project=home, name="other")
        material = cript.Material.create(
            project=home, name="M", components=[other], properties=[cript.Property(key="density", value=1.0, unit="g/ml", data=data, components_relative=[other])]
        )
        inventory = cript.Inventory.create(collection=place.collection, name="I", materials=[other, material])
        data.delete()
        other.delete()
        material = self.again(material)
        self.assertEqual((material.components, material.properties[0].data, material.properties[0].components_relative), ([], None, []))
        self.assertEqual(self.again(inventory).materials, [material.url])

    def test_what_everyone_shares_is_permanent(self):
        group = self.project().group
        for node in (cript.Reference.create(group=group, title=unique("title")), cript.Software.create(group=group, name=unique("program"), version="1")):
            with self.assertRaisesRegex(APIError, "permanent"):
                node.delete()
            self.assertEqual(self.status(node.url), 200)

    def test_what_is_not_there_is_not_found(self):
        material = cript.Material.create(project=self.project(), name="M")
        url = material.url
        material.delete()
        self.assertIsNone(material.created_at)
        self.assertEqual(self.ask("DELETE", url).status, 404)
        with self.assertRaisesRegex(ValueError, "does not exist"):
            material.delete()

    def test_people_are_not_changed_here(self):
        for method, path in (("POST", "/api/user/"), ("PUT", self.api.user.url), ("DELETE", self.api.user.url)):
            answer = self.ask(method, path, None if method == "DELETE" else {"username": "eve"})
            self.assertEqual(answer.status, 405)
            self.assertEqual(answer.json["detail"], f'Method "{method}" not allowed.')

    def test_sub_objects_that_are_taken_away_leave_nothing_behind(self):
        material = cript.Material.create(
            project=self.project(), name="M", properties=[cript.Property(key="color", value="white", conditions=[cript.Condition(key="temperature", value=1, unit="K")])]
        )
        found = self.server.ask("GET", f"/api/v1/material/{material.uid}/", token=self.user.token).data[0]["property"][0]
        material.remove_property(material.properties[0])
        material.save()
        for kind, uuid in (("property", found["uuid"]), ("condition", found["condition"][0]["uuid"])):
            self.assertEqual(self.server.ask("GET", f"/api/v1/{kind}/{uuid}/", token=self.user.token).status, 404, kind)
