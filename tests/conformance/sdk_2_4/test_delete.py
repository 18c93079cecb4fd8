"""What a deletion takes away, what it refuses, and that every graph loads afterwards."""

import cript
from cript.api.exceptions import APIError

from sdk import SdkTest, data, material, project_with, unique


def quantity(value=1.0):
    return cript.Quantity(key="mass", value=value, unit="kg")


class Delete(SdkTest):
    def gone(self, node):
        return self.json_of(type(node), node.uuid) is None

    def test_a_project_goes_with_all_it_contains(self):
        inside = material(property=[cript.Property(key="density", type="value", value=1.0, unit="g/cm**3")])
        project = project_with(experiment={"process": [cript.Process(name="a process", type="mix")]}, material=[inside])
        self.api.save(project)
        nodes = list(project)
        self.api.delete(project)
        self.assertEqual([node for node in nodes if not self.gone(node)], [])

    def test_by_type_and_uuid(self):
        project = project_with(experiment={})
        self.api.save(project)
        experiment = project.collection[0].experiment[0]
        self.api.delete_node_by_uuid(node_type="experiment", node_uuid=experiment.uuid)
        self.assertTrue(self.gone(experiment))
        self.assertEqual(self.read_again(project).collection[0].experiment, [])

    def test_what_does_not_exist_cannot_be_deleted(self):
        project = cript.Project(name=unique("twice"))
        self.api.save(project)
        self.api.delete(project)
        with self.assertRaisesRegex(APIError, "404"):
            self.api.delete(project)
        with self.assertRaisesRegex(APIError, "404"):
            self.api.delete_node_by_uuid(node_type="material", node_uuid="not-a-uuid")

    def test_references_and_software_are_everybodys(self):
        reference = cript.Reference(type="journal_article", title="a title")
        software = cript.Software(name="a program", version="1")
        computation = cript.Computation(name="a run", type="MD", software_configuration=[cript.SoftwareConfiguration(software=software)])
        project = project_with(experiment={"computation": [computation], "citation": [cript.Citation(type="reference", reference=reference)]})
        self.api.save(project)
        for node in (reference, software):
            with self.assertRaisesRegex(APIError, "400"):
                self.api.delete(node)
            self.assertFalse(self.gone(node))
        self.assert_same(project, self.read_again(project))

    def test_a_material_that_an_ingredient_needs_stays_until_the_ingredient_goes(self):
        used = material("used")
        ingredient = cript.Ingredient(material=used, quantity=[quantity()])
        process = cript.Process(name="a process", type="mix", ingredient=[ingredient])
        project = project_with(experiment={"process": [process]}, material=[used])
        self.api.save(project)
        with self.assertRaisesRegex(APIError, "409.*Ingredient"):
            self.api.delete(used)
        self.assert_same(project, self.read_again(project))
        self.api.delete(ingredient)
        self.api.delete(used)
        self.assertEqual(self.read_again(project).material, [])

    def test_the_only_quantity_of_an_ingredient(self):
        ingredient = cript.Ingredient(material=material("weighed"), quantity=[quantity()])
        project = project_with(experiment={"process": [cript.Process(name="a process", type="mix", ingredient=[ingredient])]})
        self.api.save(project)
        self.api.delete(ingredient.quantity[0])
        back = self.read_again(project)
        self.assertEqual(back.collection[0].experiment[0].process[0].ingredient[0].quantity, [])

    def test_what_another_node_contains_too_stays_there(self):
        shared = data("shared")
        first, second = (cript.Experiment(name=name, data=[shared]) for name in ("first", "second"))
        project = cript.Project(name=unique("shares"), collection=[cript.Collection(name="a collection", experiment=[first, second])])
        self.api.save(project)
        self.api.delete(first)
        self.assertFalse(self.gone(shared))
        self.assertEqual(self.read_again(second).data[0].uuid, shared.uuid)

    def test_links_to_what_was_deleted_are_gone_everywhere(self):
        linked = material("linked")
        holder = material("holder", component=[linked], parent_material=linked)
        process = cript.Process(name="a process", type="mix", product=[linked], waste=[linked])
        project = project_with(experiment={"process": [process]}, material=[linked, holder], inventory=[cript.Inventory(name="an inventory", material=[linked])])
        self.api.save(project)
        self.api.delete(linked)
        back = self.read_again(project)
        self.assertEqual((back.material[0].component, back.material[0].parent_material), ([], None))
        self.assertEqual(back.collection[0].inventory[0].material, [])
        self.assertEqual((back.collection[0].experiment[0].process[0].product, back.collection[0].experiment[0].process[0].waste), ([], []))

    def test_a_deleted_node_can_be_saved_anew(self):
        project = project_with(material=[material("comes back")])
        self.api.save(project)
        self.api.delete(project.material[0])
        self.api.save(project)
        self.assert_same(project, self.read_again(project))
