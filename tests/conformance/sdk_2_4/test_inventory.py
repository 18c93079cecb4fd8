"""Nodes that a document only links to, such as materials that nothing but an inventory holds: all of them arrive."""

import cript
from cript.api.exceptions import CRIPTAPISaveError

from sdk import MODES, SdkTest, Wire, data, forget, material, project_with, unique

MANY = 200


class Inventory(SdkTest):
    def test_one_material_that_only_an_inventory_holds(self):
        with Wire() as wire:
            self.assert_comes_back(project_with(inventory=[cript.Inventory(name="an inventory", material=[material()])]))
        refused = [entry for entry in wire.requests if entry[3] == 400]
        self.assertEqual(len(refused), 1)
        self.assertRegex(refused[0][4], r'"error":"Bad uuid: [0-9a-f-]{36} provided"')

    def test_many_materials_take_two_requests_each_and_two_whole_documents(self):
        materials = [material(f"material {number}", notes="x" * 50) for number in range(MANY)]
        project = project_with(inventory=[cript.Inventory(name="an inventory", material=materials)])
        with Wire() as wire:
            self.api.save(project)
        documents = [entry for entry in wire.requests if entry[1] == "/api/v1/project/" and entry[0] == "POST"]
        self.assertEqual(len(documents), 2)
        self.assertLessEqual(len(wire), 2 * MANY + 4)
        self.assert_same(project, self.read_again(project))
        hits, _ = self.raw(self.search(cript.Material, MODES.CONTAINS_NAME, "material "))
        self.assertLessEqual({node.uuid for node in materials}, {hit["uuid"] for hit in hits})
        self.assertEqual(len({hit["uuid"] for hit in hits}), len(hits))
        self.assertEqual(len([hit for hit in hits if hit["name"] == "material 7"]), 1, "a stray copy was made")

    def test_saving_it_again_is_one_document(self):
        materials = [material(f"kept {number}") for number in range(20)]
        project = project_with(inventory=[cript.Inventory(name="an inventory", material=materials)])
        self.api.save(project)
        with Wire() as wire:
            self.api.save(project)
        self.assertEqual([method for method, *_ in wire.requests], ["GET", "PATCH"])

    def test_new_materials_in_an_old_inventory_arrive(self):
        inventory = cript.Inventory(name="an inventory", material=[material("old")])
        project = project_with(inventory=[inventory])
        self.api.save(project)
        back = self.read_again(project)
        shelf = back.collection[0].inventory[0]
        shelf.material += [material("new 1"), material("new 2"), material("new 3")]
        self.assert_comes_back(back)

    def test_a_change_of_a_material_that_only_an_inventory_holds(self):
        """The document does not carry it: the SDK saves it with nothing but its link. So a change of such a material is
        saved by itself, or by listing it in the project."""
        inside = material("before")
        project = project_with(inventory=[cript.Inventory(name="an inventory", material=[inside])])
        self.api.save(project)
        inside.notes = "after"
        project.material = [inside]
        self.api.save(project)
        self.assertEqual(self.json_of(cript.Material, inside.uuid)["notes"], "after")

    def test_chains_of_nodes_that_are_only_linked_to(self):
        base = material("base")
        middle = material("middle", parent_material=base)
        blend = material("blend", component=[base, middle])
        other = material("other")
        project = project_with(inventory=[cript.Inventory(name="an inventory", material=[blend, middle, other])])
        self.assert_comes_back(project)

    def test_everything_else_that_is_only_linked_to(self):
        waste, product, part, standard = (material(name) for name in ("waste", "product", "part", "standard"))
        solvent = material("solvent")
        measured = data("measured", material=[standard])
        hidden = data("hidden")
        first = material("listed", property=[
            cript.Property(key="density", type="value", value=1.0, unit="g/cm**3", data=[measured], component=[part]),
        ])
        process = cript.Process(
            name="a process",
            type="mix",
            ingredient=[cript.Ingredient(material=solvent, quantity=[cript.Quantity(key="volume", value=1e-3, unit="m**3")])],
            product=[product],
            waste=[waste],
        )
        self.assert_comes_back(project_with(experiment={"process": [process], "data": [hidden]}, material=[first]))

    def test_data_that_only_properties_and_conditions_hold(self):
        of_property, of_condition, of_forcefield = data("of a property"), data("of a condition"), data("of a force field")
        process = cript.Process(name="a process", type="mix", condition=[cript.Condition(key="temperature", type="value", value=1.5, unit="K", data=[of_condition])])
        polymer = material(
            "polymer",
            property=[cript.Property(key="density", type="value", value=1.0, unit="g/cm**3", data=[of_property])],
            computational_forcefield=cript.ComputationalForcefield(key="opls_aa", building_block="atom", data=[of_forcefield]),
        )
        self.assert_comes_back(project_with(experiment={"process": [process]}, material=[polymer]))

    def test_nodes_whose_label_is_not_their_uuid_are_saved_under_their_uuid(self):
        """The SDK leaves the uuid out when it saves several nodes at once; a label of its own must not take its place."""
        forget()
        labelled = cript.load_nodes_from_json(
            {
                "node": ["Project"],
                "name": unique("labels of its own"),
                "uid": "_:11111111-1111-4111-8111-111111111111",
                "uuid": "21111111-1111-4111-8111-111111111111",
                "collection": [
                    {
                        "node": ["Collection"],
                        "name": "a collection",
                        "inventory": [
                            {
                                "node": ["Inventory"],
                                "name": "an inventory",
                                "material": [{"node": ["Material"], "name": f"unlabelled {number}", "smiles": "C"} for number in range(3)],
                            }
                        ],
                    }
                ],
            }
        )
        self.assert_comes_back(labelled)
        hits, _ = self.raw(self.search(cript.Material, MODES.CONTAINS_NAME, "unlabelled"))
        self.assertEqual(len(hits), 3)

    def test_and_so_are_nodes_with_and_without_such_a_label_side_by_side(self):
        loaded = [cript.load_nodes_from_json({"node": ["Material"], "name": f"side by side {number}", "smiles": "C"}) for number in range(3)]
        self.assertNotEqual([node.uid for node in loaded], ["_:" + node.uuid for node in loaded])
        made = [material(f"side by side, made {number}") for number in range(3)]
        mixed = [node for pair in zip(loaded, made) for node in pair]
        self.assert_comes_back(project_with(inventory=[cript.Inventory(name="an inventory", material=mixed)]))
        hits, _ = self.raw(self.search(cript.Material, MODES.CONTAINS_NAME, "side by side"))
        self.assertEqual(len(hits), 6, "a stray copy was made")

    def test_links_that_nobody_can_follow_are_told(self):
        unknown = [{"uuid": "3a063b7c-8ac9-4ca5-a14c-e59063f2b903"}, {"uuid": "3a063b7c-8ac9-4ca5-a14c-e59063f2b904"}]
        project = cript.Project(name=unique("unknown links"), collection=[cript.Collection(name="a collection", experiment=unknown)])
        with self.assertRaises(CRIPTAPISaveError) as refused:
            self.api.save(project)
        self.assertIn("3a063b7c-8ac9-4ca5-a14c-e59063f2b904", str(refused.exception))
        self.assertIsNone(self.json_of(cript.Project, project.uuid))
