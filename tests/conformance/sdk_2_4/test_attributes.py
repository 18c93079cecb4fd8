"""Every attribute of every node type, set to something and read back; and the table of what was run of the SDK."""

import collections
import dataclasses
import inspect
import pathlib
import re

import cript
from cript.api.data_schema import DataSchema
from cript.api.paginator import Paginator
from cript.nodes.core import BaseNode
from cript.nodes.exceptions import CRIPTNodeSchemaError

from sdk import SdkTest, project_with

TABLE = pathlib.Path(__file__).resolve().parents[3] / "docs" / "reference" / "compatibility.md"
# Set by the server, or identity.
NOT_SET = {"node", "uid", "uuid", "created_at", "created_by", "updated_at", "updated_by", "model_version", "locked", "public"}
# Who belongs to a project: see test_members_of_a_project.
ACCOUNTS = {"member", "admin"}


def node_types():
    classes = (value for _, value in inspect.getmembers(cript, inspect.isclass))
    return {value.__name__: value for value in classes if issubclass(value, BaseNode) and value is not BaseNode}


def everything():
    """A project in which each attribute of each node type is set somewhere."""
    reference = cript.Reference(
        type="journal_article",
        title="a title",
        author=["A. Author"],
        journal="a journal",
        publisher="a publisher",
        year=2001,
        volume=2,
        issue=3,
        pages=[4, 5],
        doi="10.1/x",
        issn="1234-5678",
        arxiv_id="2101.00001",
        pmid=6,
        website="https://example.org",
    )
    citation = cript.Citation(type="reference", reference=reference)
    file = cript.File(name="a file", source="https://example.org/a.csv", type="data", extension=".csv", data_dictionary="columns", notes="notes")
    data = cript.Data(name="some data", type="afm_amp", file=[file], citation=[citation], notes="notes")
    condition = cript.Condition(
        key="temperature",
        type="value",
        value=1.5,
        unit="K",
        descriptor="near",
        uncertainty=0.1,
        uncertainty_type="stdev",
        set_id=1,
        measurement_id=2,
        data=[data],
    )
    solvent = cript.Material(name="a solvent", smiles="CCO")
    quantity = cript.Quantity(key="mass", value=1.5, unit="kg", uncertainty=0.1, uncertainty_type="stdev")
    ingredient = cript.Ingredient(material=solvent, quantity=[quantity], keyword=["solvent"])
    equipment = cript.Equipment(key="hot_plate", description="warm", condition=[condition], file=[file], citation=[citation])
    algorithm = cript.Algorithm(
        key="mc_barostat", type="barostat", parameter=[cript.Parameter(key="update_frequency", value=10.0, unit="1/ns")]
    )
    algorithm.citation = [citation]
    software = cript.Software(name="openmm", version="7.5", source="https://example.org")
    configuration = cript.SoftwareConfiguration(software=software, algorithm=[algorithm], notes="notes", citation=[citation])
    first = cript.Computation(name="the first run", type="initialization")
    computation = cript.Computation(
        name="a run",
        type="MD",
        input_data=[data],
        output_data=[data],
        software_configuration=[configuration],
        condition=[condition],
        prerequisite_computation=first,
        citation=[citation],
        notes="notes",
    )
    earlier = cript.Process(name="before", type="mix")
    product, waste = cript.Material(name="a product", smiles="CC"), cript.Material(name="waste", smiles="C")
    measured = cript.Property(
        key="density",
        type="value",
        value=1.0,
        unit="g/cm**3",
        uncertainty=0.1,
        uncertainty_type="stdev",
        component=[solvent],
        structure="{[][$]CC[$][]}",
        method="scale",
        sample_preparation=earlier,
        condition=[condition],
        data=[data],
        computation=[computation],
        citation=[citation],
        notes="notes",
    )
    process = cript.Process(
        name="a process",
        type="mix",
        ingredient=[ingredient],
        description="stirred",
        equipment=[equipment],
        product=[product],
        waste=[waste],
        prerequisite_process=[earlier],
        condition=[condition],
        property=[cript.Property(key="yield_mass", type="value", value=1.0, unit="kg")],
        keyword=["anionic"],
        citation=[citation],
        notes="notes",
    )
    virtual = cript.ComputationProcess(
        name="a virtual mix",
        type="cross_linking",
        input_data=[data],
        ingredient=[ingredient],
        output_data=[data],
        software_configuration=[configuration],
        condition=[condition],
        property=[measured],
        citation=[citation],
        notes="notes",
    )
    forcefield = cript.ComputationalForcefield(
        key="opls_aa",
        building_block="atom",
        coarse_grained_mapping="atomistic",
        implicit_solvent="water",
        source="somewhere",
        description="fitted",
        data=[data],
        citation=[citation],
    )
    polymer = cript.Material(
        name="a polymer",
        component=[product],
        process=process,
        property=[measured],
        parent_material=solvent,
        computational_forcefield=forcefield,
        keyword=["acetylene"],
        amino_acid="A",
        bigsmiles="{[][$]CC[$][]}",
        chem_formula="C2H4",
        chem_repeat=["C2H4"],
        chemical_id="9002-88-4",
        inchi="InChI=1S/C2H4/c1-2/h1-2H2",
        inchi_key="VGGSQFUCUMXWEO-UHFFFAOYSA-N",
        lot_number="7",
        names=["polyethylene"],
        pubchem_cid=6325,
        smiles="C=C",
        vendor="somebody",
        notes="notes",
    )
    data.sample_preparation, data.computation, data.computation_process = earlier, [computation], [virtual]
    data.material, data.process = [polymer], [process]
    project = project_with(
        experiment={
            "process": [earlier, process],
            "computation": [first, computation],
            "computation_process": [virtual],
            "data": [data],
            "funding": ["somebody"],
            "citation": [citation],
            "notes": "notes",
        },
        material=[solvent, product, waste, polymer],
        inventory=[cript.Inventory(name="an inventory", material=[solvent, polymer], notes="notes")],
        collection={"doi": "10.1/y", "citation": [citation], "notes": "notes"},
    )
    project.notes = "notes"
    return project


class Attributes(SdkTest):
    def test_every_attribute_of_every_type_comes_back(self):
        project = everything()
        self.assert_every_attribute_is_set(project)
        self.assert_comes_back(project)

    def assert_every_attribute_is_set(self, project):
        missing = collections.defaultdict(set)
        for node_type in node_types().values():
            if node_type is not cript.User:
                missing[node_type] = {field.name for field in dataclasses.fields(node_type.JsonAttributes)} - NOT_SET - ACCOUNTS
        for node in project:
            default = node.JsonAttributes()
            for field in dataclasses.fields(node._json_attrs):
                if getattr(node._json_attrs, field.name) != getattr(default, field.name):
                    missing[type(node)].discard(field.name)
        self.assertEqual({node_type.__name__: names for node_type, names in missing.items() if names}, {})

    def test_members_of_a_project(self):
        """The SDK reads who belongs to a project, and sends it back; adding somebody is for the server's own interface."""
        other = self.server.add_user("grace")
        who = self.server.ask("GET", "/api/v1/account", token=other.token).data["uuid"]
        project = project_with(experiment={})
        self.api.save(project)
        answer = self.server.ask("PATCH", f"/api/v1/project/{project.uuid}/", {"node": ["Project"], "member": [{"uuid": who}]}, token=self.user.token)
        self.assertEqual(answer.status, 200, answer)
        back = self.read_again(project)
        self.assertEqual([getattr(user, "uuid", None) or user["uuid"] for user in back.member], [who])
        back.notes = "changed by somebody who read the members"
        self.api.save(back)
        self.assertEqual(len(self.read_again(back).member), 1)

    def test_text_forms_of_nodes(self):
        project = everything()
        self.assertEqual(project.node_type, "Project")
        self.assertEqual(project.collection[0].node_type_snake_case, "collection")
        self.assertEqual(project.node, ["Project"])
        self.assertIn(project.uuid, project.json)
        self.assertIn(project.uuid, project.get_json().json)
        self.assertIn(project.uuid, project.get_expanded_json())
        self.assertEqual(len(project.find_children({"node": ["Ingredient"]})), 1)
        self.assertTrue(project.remove_child(project.material[0]))
        self.assertTrue(project.uid.startswith("_:"))
        project.validate()
        with self.assertRaisesRegex(CRIPTNodeSchemaError, "'uid' was unexpected"):
            project.validate(is_patch=True)  # it leaves the uuid out, but not the uid, which a change does not have
        project.validate(force_validation=True)


class Table(SdkTest):
    """docs/reference/compatibility.md names every public method and attribute of the SDK."""

    def rows(self):
        rows = {}
        for line in TABLE.read_text(encoding="utf-8").splitlines():
            if line.startswith("| `"):
                title, *rest = (cell.strip() for cell in line.strip("|").split("|"))
                rows.setdefault(title.split("`")[1], set()).update(re.findall(r"`(\w+)", "|".join([title, *rest])))
        return rows

    def test_every_public_name_stands_in_the_table(self):
        rows = self.rows()
        of_all_nodes = set(dir(cript.nodes.primary_nodes.primary_base_node.PrimaryBaseNode))
        owners = {"API": cript.API, "DataSchema": DataSchema, "Paginator": Paginator, "every node": cript.nodes.primary_nodes.primary_base_node.PrimaryBaseNode}
        for title, owner in {**owners, **node_types()}.items():
            with self.subTest(title):
                names = {name for name in dir(owner) if not name.startswith("_")} - {"JsonAttributes"}
                if title in node_types():
                    own = {field.name for field in dataclasses.fields(owner.JsonAttributes)}
                    names = {name for name in names if name not in of_all_nodes or (name == "name" and owner is cript.Software)}
                    self.assertLessEqual(own - NOT_SET - {"name", "notes"}, names)
                self.assertEqual(names - rows.get(title, set()), set(), f"{title} has names that the table does not")

    def test_every_public_function_stands_in_the_table(self):
        rows = self.rows()
        for name in ("add_orphaned_nodes_to_project", "load_nodes_from_json", "NodeEncoder", "SearchModes", "VocabCategories", "CRIPTException"):
            self.assertTrue(hasattr(cript, name))
            self.assertIn(name, rows)
