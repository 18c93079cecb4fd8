"""Every record with every field: read, refreshed, saved as it was read, changed, taken from, deleted."""

import cript
from cript.exceptions import APIDeleteError, APIGetError, APISaveError, UnsavedNodeError

from sdk import SdkTest, everything, members_of, unique


class Records(SdkTest):
    def v1(self, node):
        kind = {"ComputationalProcess": "computation_process"}.get(type(node).__name__, type(node).__name__.lower())
        return self.server.ask("GET", f"/api/v1/{kind}/{node.uid}/", token=self.user.token).data[0]

    def test_what_is_saved_as_it_was_read_stays_as_it_is(self):
        nodes = everything(self, manuals=False)
        self.assertEqual({type(node) for node in nodes}, {kind for kind in cript.NODE_CLASSES if issubclass(kind, cript.nodes.primary.base_primary.BasePrimary)} - {cript.User, cript.Group})
        for node in nodes:
            with self.subTest(type(node).__name__):
                before = self.v1(node)
                read = self.again(node)
                said = members_of(read)
                self.api.save(read, max_level=0)
                self.assertEqual(members_of(self.again(node)), said)
                read = self.again(node)
                self.api.refresh(read, max_level=0)
                self.assertEqual(members_of(read), said)
                # At the usual level the linked nodes come along.
                self.assertEqual(members_of(self.again(node, max_level=1)), said)
                self.assertEqual(self.v1(node), before)

    def test_fields_and_sub_objects_are_changed_and_the_others_stay(self):
        material = next(node for node in everything(self, manuals=False) if isinstance(node, cript.Material))
        before = self.v1(material)
        material = self.again(material)
        material.properties[0].notes = "changed"
        material.remove_property(material.properties[1])
        material.remove_identifier(material.identifiers[3])
        material.computational_forcefield = None
        material.process = None
        self.api.save(material, max_level=0)
        material, after = self.again(material), self.v1(material)
        self.assertEqual([prop.key for prop in material.properties], ["conc_molar", "color", "associated", "+custom"])
        self.assertEqual((material.properties[0].notes, material.properties[0].set_id), ("changed", 7))
        self.assertEqual([identifier.value for identifier in material.identifiers], [["x", "y"], 962, "the blend", "[OH2]"])
        self.assertEqual((material.computational_forcefield, material.process), (None, None))
        kept = [prop["uuid"] for prop in before["property"] if prop["key"] != "color_rgb"]
        self.assertEqual([prop["uuid"] for prop in after["property"]], kept)

    def test_a_node_takes_what_others_have_changed(self):
        project = self.project(notes="before")
        self.ask("PUT", project.url, {"name": project.name, "notes": "after"})
        self.api.refresh(project)
        self.assertEqual(project.notes, "after")
        project.notes = "and after that"
        self.api.save(project)
        self.assertEqual(self.again(project).notes, "and after that")

    def test_what_is_wrong_is_told_and_nothing_is_saved(self):
        project = self.project()
        material = cript.Material(project=project, name="M", keywords=["linear"])
        material._keywords = ["nonsense"]
        with self.assertRaisesRegex(APISaveError, "/keywords/0"):
            self.api.save(material)
        self.assertIsNone(material.url)
        self.assertEqual(self.again(project).materials.count(), 0)
        with self.assertRaises(UnsavedNodeError):
            self.api.save(cript.Material(project=cript.Project(name="unsaved"), name="M"))

    def test_every_way_to_get_and_to_delete(self):
        project = self.project()
        material = self.make(cript.Material, project=project, name="water")
        uid, url = material.uid, material.url
        for how in ((url,), (url.replace("/api/", "/"),), (url.rstrip("/"),), (cript.Material, {"uid": uid}), (cript.Material, {"project": project.uid, "name": "water"})):
            with self.subTest(how):
                self.again(project)
                self.assertEqual(self.api.get(*how).url, url)
        for how in ((url + "x/",), (cript.Material, {"name": unique("never")})):
            with self.assertRaises(APIGetError):
                self.api.get(*how)
        self.make(cript.Material, project=project, name="ice")
        with self.assertRaisesRegex(APIGetError, "more than one"):
            self.api.get(cript.Material, {"project": project.uid})
        material = self.again(material)
        self.api.delete(material)
        self.assertEqual((material.url, material.uid, material.created_at), (None, None, None))
        with self.assertRaises(APIDeleteError):
            self.api.delete(material)
        self.api.delete(cript.Material, {"project": project.uid, "name": "ice"})
        self.assertEqual(self.again(project).materials.count(), 0)
        project_url = project.url
        self.api.delete(project_url)
        self.assertEqual(self.ask("GET", project_url).status, 404)
        with self.assertRaises(APIGetError):
            self.api.delete(url)

    def test_every_type_is_deleted_or_says_why_not(self):
        nodes = everything(self, manuals=False)
        project, collection, experiment, inventory, material, process, data, computation, virtual, file, reference, software = nodes
        for node in (reference, software):
            with self.assertRaisesRegex(APIGetError, "permanent"):
                self.api.delete(node)
            self.assertEqual(self.ask("GET", node.url).status, 200)
        for node in (virtual, computation, process, inventory, material, file, data, experiment, collection, project):
            with self.subTest(type(node).__name__):
                url = node.url
                self.api.delete(node)
                self.assertIsNone(node.url)
                self.assertEqual(self.ask("GET", url).status, 404)
        with self.assertRaises(APIGetError):
            self.api.delete(self.api.user)
