"""Each of the node types: saved by itself or in a project, read, changed, read again, deleted."""

import cript
from cript.api.exceptions import APIError

from sdk import MODES, SdkTest, data, file, material, project_with


def citation():
    return cript.Citation(type="reference", reference=cript.Reference(type="journal_article", title="a title", doi="10.1/x", year=2000))


def cases():
    """For each type: a project that holds one such node, that node, and a change to it."""
    polymer = material("polymer")
    polymer.property = [cript.Property(key="density", type="value", value=1.0, unit="g/cm**3", condition=[cript.Condition(key="temperature", type="value", value=1, unit="K")])]
    polymer.computational_forcefield = cript.ComputationalForcefield(key="opls_aa", building_block="atom", source="somewhere")
    first = data("some data")
    process = cript.Process(
        name="a process",
        type="mix",
        ingredient=[cript.Ingredient(material=polymer, quantity=[cript.Quantity(key="mass", value=1.5, unit="kg")], keyword=["monomer"])],
        equipment=[cript.Equipment(key="hot_plate", description="warm", file=[file("a manual")], citation=[citation()])],
        citation=[citation()],
    )
    configuration = cript.SoftwareConfiguration(
        software=cript.Software(name="openmm", version="7.5"),
        algorithm=[cript.Algorithm(key="mc_barostat", type="barostat", parameter=[cript.Parameter(key="update_frequency", value=10.0, unit="1/ns")])],
    )
    computation = cript.Computation(name="a run", type="MD", software_configuration=[configuration], output_data=[first])
    virtual = cript.ComputationProcess(name="a virtual mix", type="cross_linking", input_data=[first], ingredient=[process.ingredient[0]])
    project = project_with(
        experiment={"process": [process], "computation": [computation], "computation_process": [virtual], "data": [first]},
        material=[polymer],
        inventory=[cript.Inventory(name="an inventory", material=[polymer])],
    )
    collection = project.collection[0]
    return project, [
        (project, "notes", "changed"),
        (collection, "doi", "10.1/changed"),
        (collection.experiment[0], "funding", ["somebody"]),
        (collection.inventory[0], "notes", "changed"),
        (polymer, "bigsmiles", "{[][$]CC[$][]}"),
        (process, "type", "blow_molding"),
        (computation, "type", "analysis"),
        (virtual, "type", "DPD"),
        (first, "type", "afm_height"),
        (first.file[0], "data_dictionary", "changed"),
        (process.citation[0].reference, "journal", "changed"),
        (configuration.software, "source", "https://example.org/changed"),
        (configuration, "notes", "changed"),
        (configuration.algorithm[0], "type", "integration"),
        (configuration.algorithm[0].parameter[0], "value", 20.0),
        (process.citation[0], "type", "replicated"),
        (polymer.computational_forcefield, "description", "changed"),
        (polymer.property[0], "notes", "changed"),
        (polymer.property[0].condition[0], "descriptor", "changed"),
        (process.equipment[0], "description", "changed"),
        (process.ingredient[0], "keyword", ["solvent"]),
        (process.ingredient[0].quantity[0], "value", 2.5),
    ]


FROZEN = (cript.Reference, cript.Software)


class NodeTypes(SdkTest):
    def test_each_is_saved_changed_and_read(self):
        project, changes = cases()
        self.assertEqual(len({type(node) for node, *_ in changes}), 22)
        self.assert_comes_back(project)
        for node, field, value in changes:
            with self.subTest(type(node).__name__):
                setattr(node, field, value)
                self.api.save(project)
                back = self.read_again(node)
                self.assert_same(node, back)
                self.assertEqual(getattr(back, field), value)
        self.assert_same(project, self.read_again(project))

    def test_each_is_found_by_its_uuid_alone(self):
        project, changes = cases()
        self.api.save(project)
        for node, *_ in changes:
            with self.subTest(type(node).__name__):
                self.assert_same(node, self.read_again(node))

    def test_each_is_deleted_and_its_project_still_loads(self):
        for at in range(len(cases()[1])):
            project, changes = cases()
            node = changes[at][0]
            if isinstance(node, FROZEN):
                continue
            with self.subTest(type(node).__name__):
                self.api.save(project)
                if isinstance(node, (cript.Material, cript.Data)):
                    continue  # still in use by what must have it: see test_delete
                self.api.delete(node)
                self.assertIsNone(self.json_of(type(node), node.uuid))
                if node is not project:
                    back = self.read_again(project)
                    self.assertNotIn(node.uuid, {other.uuid for other in back})
                    self.api.save(back)

    def test_users_are_read_and_not_saved(self):
        who = self.server.ask("GET", "/api/v1/account", token=self.user.token).data["uuid"]
        user = self.json_of(cript.User, who)
        self.assertEqual((user["node"], user["username"]), (["User"], "ada"))
        loaded = next(self.search(cript.User, MODES.UUID, who))
        self.assertIsInstance(loaded, cript.User)
        self.assertEqual((loaded.username, loaded.uuid), ("ada", who))
        with self.assertRaises(APIError):
            self.api.delete(loaded)

    def test_each_can_be_saved_by_itself(self):
        """As the SDK does with nodes that are only linked to."""
        project, changes = cases()
        for node, *_ in changes[1:]:
            with self.subTest(type(node).__name__):
                self.api._internal_save(node)
                self.assert_same(node, self.read_again(node))
        self.api.save(project)
        self.assert_same(project, self.read_again(project))
