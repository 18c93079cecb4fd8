"""The five search modes: what they find, in pages, in an order that is stable, with hits that load."""

import cript
from cript.api.exceptions import APIError

from sdk import MODES, SdkTest, Wire, data, forget, material, project_with, unique

TWO_BLOCKS = "{[][<]C(C)C(=O)O[>][<]}{[$][$]CCC(C)C[$],[$]CC(C(C)C)[$],[$]CC(C)(CC)[$][]}"


def shelf(number):
    """Materials of two families, and two that have no BigSMILES."""
    for at in range(number):
        if at % 2:
            yield material(f"Polyactide {at:03}", smiles=None, bigsmiles="{[][<]C(C)C(=O)O[>]" + "C" * (at // 2) + "[]}")
        else:
            yield material(f"acrylate & = ? / {at:03}", smiles=None, bigsmiles="{[][$]CC(" + "C" * (at // 2) + ")[$][]}")
    yield material("water", smiles="O")
    yield material("Wasser für Füße", smiles="O")


class Search(SdkTest):
    NUMBER = 57

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        forget()
        cls.materials = list(shelf(cls.NUMBER))
        cls.project = cript.Project(name=unique("a shelf of materials"), material=cls.materials)
        cls.api.save(cls.project)

    def uuids(self, nodes):
        return [node["uuid"] for node in nodes]

    def hits(self, mode, text="", node_type=cript.Material):
        """All hits in the server's order, and that the SDK yields them all."""
        found, yielded = self.raw(self.search(node_type, mode, text))
        self.assertEqual(set(self.uuids(found)), set(self.uuids(yielded)))
        self.assertEqual(len(set(self.uuids(found))), len(found), "a hit came twice")
        return found

    def test_a_type_is_listed_to_the_end_in_the_order_of_creation(self):
        found = self.hits(MODES.NODE_TYPE)
        self.assertEqual(self.uuids(found)[: len(self.materials)], [node.uuid for node in self.materials])

    def test_the_end_of_a_list_is_an_empty_page(self):
        with Wire() as wire:
            found = self.hits(MODES.NODE_TYPE)
        pages = [path for _, path, *_ in wire.requests]
        self.assertTrue(pages[-1].endswith(f"after={found[-1]['uuid']}"), pages[-1])
        self.assertIn('"result":[]', wire.requests[-1][4])

    def test_a_list_goes_on_behind_a_node_that_is_named(self):
        paginator = self.search(cript.Material, MODES.NODE_TYPE)
        paginator.start_after_uuid(self.materials[20].uuid)
        found, _ = self.raw(paginator)
        self.assertEqual(self.uuids(found)[: len(self.materials) - 21], [node.uuid for node in self.materials[21:]])

    def test_the_number_of_hits_can_be_limited(self):
        paginator = self.search(cript.Material, MODES.NODE_TYPE)
        paginator.limit_node_fetches(7)
        self.assertEqual(len(list(paginator)), 7)

    def test_an_after_that_never_was_is_an_error(self):
        paginator = self.search(cript.Material, MODES.NODE_TYPE)
        paginator.start_after_uuid("3a063b7c-8ac9-4ca5-a14c-e59063f2b903")
        with self.assertRaisesRegex(APIError, "400"):
            next(paginator)

    def test_a_deletion_between_two_pages_loses_no_hit(self):
        extra = [material(f"passing {number}") for number in range(25)]
        self.api.save(cript.Project(name=unique("passing"), material=extra))
        paginator = self.search(cript.Material, MODES.CONTAINS_NAME, "passing")
        paginator.auto_load_nodes = False
        next(paginator)
        page = len(paginator._fetched_nodes)
        self.api.delete(extra[page - 1])
        rest = list(paginator)
        self.assertLessEqual({node.uuid for node in extra[page:]}, set(self.uuids(rest)))

    def test_a_part_of_a_name_is_found_in_any_case(self):
        found = self.hits(MODES.CONTAINS_NAME, "ACT")
        self.assertEqual(self.uuids(found), [node.uuid for node in self.materials if "act" in node.name.lower()])

    def test_a_text_with_the_signs_of_a_query_is_taken_as_it_stands(self):
        text = "acrylate & = ? / 01"
        self.assertEqual(len(self.hits(MODES.CONTAINS_NAME, text)), sum(text in node.name for node in self.materials))
        for text in ("a & b = c?", "100%", "a+b", "#", "&after=", "&limit=three", "&field=none", "%41"):
            with self.subTest(text):
                self.assertEqual(self.hits(MODES.CONTAINS_NAME, text), [])

    def test_a_part_of_a_name_beyond_ascii_is_found(self):
        for text in ("für", "FÜSSE", "Füße"):
            with self.subTest(text):
                found = self.hits(MODES.CONTAINS_NAME, text)
                self.assertEqual(len(found), 0 if text == "FÜSSE" else 1)

    def test_a_whole_name_is_found_with_everything_below_it(self):
        forget()
        found = next(self.search(cript.Project, MODES.EXACT_NAME, self.project.name))
        self.assert_same(self.project, found)

    def test_a_whole_name_is_not_a_part_of_it(self):
        self.assertEqual(list(self.search(cript.Material, MODES.EXACT_NAME, "wate")), [])
        self.assertEqual(list(self.search(cript.Material, MODES.EXACT_NAME, "Water")), [])
        self.assertEqual(next(self.search(cript.Material, MODES.EXACT_NAME, "water")).uuid, self.materials[-2].uuid)

    def test_a_uuid_finds_its_node_and_nothing_else(self):
        self.assertEqual(next(self.search(cript.Material, MODES.UUID, self.materials[3].uuid)).name, self.materials[3].name)
        for node_type, text in (
            (cript.Material, "00000000-0000-0000-0000-000000000000"),
            (cript.Project, self.materials[3].uuid),
            (cript.Material, "not-a-uuid"),
        ):
            self.assertEqual(list(self.search(node_type, MODES.UUID, text)), [])

    def test_similar_structures_come_with_the_most_similar_first(self):
        found = self.hits(MODES.BIGSMILES, TWO_BLOCKS)
        self.assertGreaterEqual(len(found), 14)
        self.assertLessEqual({node.uuid for node in self.materials if node.bigsmiles}, set(self.uuids(found)))
        self.assertTrue(all("bigsmiles" in node for node in found))
        ranks = [(-node["score"], node["uuid"]) for node in found]
        self.assertEqual(ranks, sorted(ranks))
        for node in found:
            self.assertTrue(0 < node["score"] <= 1)

    def test_the_structure_itself_has_the_score_1(self):
        wanted = self.materials[31]
        paginator = self.search(cript.Material, MODES.BIGSMILES, wanted.bigsmiles)
        found, _ = self.raw(paginator)
        self.assertEqual((found[0]["uuid"], found[0]["score"]), (wanted.uuid, 1.0))
        self.assertEqual(paginator.get_bigsmiles_search_score(wanted.uuid), 1.0)
        with self.assertRaises(RuntimeError):
            paginator.get_bigsmiles_search_score("3a063b7c-8ac9-4ca5-a14c-e59063f2b903")

    def test_a_ranking_goes_on_behind_any_of_its_hits(self):
        everything = self.hits(MODES.BIGSMILES, TWO_BLOCKS)
        for at in (0, 9, 23, len(everything) - 1):
            with self.subTest(at):
                paginator = self.search(cript.Material, MODES.BIGSMILES, TWO_BLOCKS)
                paginator.start_after_uuid(everything[at]["uuid"], everything[at]["score"])
                found, _ = self.raw(paginator)
                self.assertEqual(self.uuids(found), self.uuids(everything[at + 1 :]))

    def test_scores_that_are_equal_are_told_apart_by_uuid(self):
        twins = [material(f"twin {number}", bigsmiles="{[][$]CC(F)(F)[$][]}") for number in range(23)]
        self.api.save(cript.Project(name=unique("twins"), material=twins))
        found = self.hits(MODES.BIGSMILES, "{[][$]CC(F)(F)[$][]}")
        self.assertEqual(self.uuids(found)[: len(twins)], sorted(node.uuid for node in twins))

    def test_names_that_nobody_has_find_nothing(self):
        for mode in (MODES.CONTAINS_NAME, MODES.EXACT_NAME):
            self.assertEqual(list(self.search(cript.Project, mode, "no such name")), [])
        self.assertEqual(list(self.search(cript.Inventory, MODES.NODE_TYPE)), [])


class HitsLoad(SdkTest):
    """Every hit of a list is loaded and validated by the SDK, whatever its children need."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        forget()
        reference = cript.Reference(type="journal_article", title="a title")
        citation = cript.Citation(type="reference", reference=reference)
        software = cript.Software(name="openmm", version="7.5")
        algorithm = cript.Algorithm(key="mc_barostat", type="barostat", parameter=[cript.Parameter(key="update_frequency", value=10.0, unit="1/ns")])
        configuration = cript.SoftwareConfiguration(software=software, algorithm=[algorithm], citation=[citation])
        measured = data()
        first = material("first", property=[cript.Property(key="density", type="value", value=1.0, unit="g/cm**3", data=[measured], citation=[citation])])
        first.computational_forcefield = cript.ComputationalForcefield(key="opls_aa", building_block="atom", data=[measured])
        second = material("second", component=[first], parent_material=first)
        ingredients = [cript.Ingredient(material=node, quantity=[cript.Quantity(key="mass", value=1.0, unit="kg")]) for node in (first, second)]
        equipment = cript.Equipment(key="hot_plate", condition=[cript.Condition(key="temperature", type="value", value=1, unit="K")])
        process = cript.Process(name="mixing", type="mix", ingredient=ingredients, product=[second], equipment=[equipment], citation=[citation])
        first.process = process
        computation = cript.Computation(name="a run", type="MD", software_configuration=[configuration], output_data=[measured])
        virtual = cript.ComputationProcess(name="a virtual mix", type="cross_linking", input_data=[measured], ingredient=[ingredients[0]], software_configuration=[configuration])
        measured.computation, measured.material, measured.process = [computation], [first], [process]
        cls.project = project_with(
            experiment={"process": [process], "computation": [computation], "computation_process": [virtual], "data": [measured], "citation": [citation]},
            material=[first, second],
            inventory=[cript.Inventory(name="an inventory", material=[first, second])],
            collection={"citation": [citation]},
        )
        cls.api.save(cls.project)

    def test_of_every_type(self):
        types = sorted({type(node) for node in self.project}, key=lambda node_type: node_type.__name__)
        self.assertEqual(len(types), 22, types)
        for node_type in types:
            with self.subTest(node_type.__name__):
                forget()
                hits = list(self.search(node_type, MODES.NODE_TYPE))
                self.assertLessEqual({node.uuid for node in self.project if type(node) is node_type}, {hit.uuid for hit in hits})

    def test_and_a_hit_that_is_saved_again_changes_nothing(self):
        for node_type in (cript.Material, cript.Process, cript.Computation):
            with self.subTest(node_type.__name__):
                forget()
                hit = next(self.search(node_type, MODES.NODE_TYPE))
                project = cript.Project(name=unique("around a hit"), material=[hit] if node_type is cript.Material else [])
                if node_type is not cript.Material:
                    field = {cript.Process: "process", cript.Computation: "computation"}[node_type]
                    project.collection = [cript.Collection(name="a collection", experiment=[cript.Experiment(name="an experiment", **{field: [hit]})])]
                self.api.save(project)
                self.assert_same(self.project, self.read_again(self.project))
