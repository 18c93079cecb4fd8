"""Values as scientists enter them: each comes back as it went, with its kind."""

import cript

from sdk import SdkTest, data, file, material, project_with, unique

BEYOND_ASCII = "Größe 20 µm, 名前, Ωμ ≤ ½, e\u0301, \u200b, 🧪"


class Values(SdkTest):
    def of_condition(self, **fields):
        condition = cript.Condition(**{"key": "temperature", "type": "value", **fields})
        process = cript.Process(name="a process", type="mix", condition=[condition])
        back = self.assert_comes_back(project_with(experiment={"process": [process]}))
        return back.collection[0].experiment[0].process[0].condition[0]

    def of_property(self, **fields):
        entry = cript.Property(**{"key": "density", "type": "value", "value": 1.0, "unit": "g/cm**3", **fields})
        return self.assert_comes_back(project_with(material=[material(property=[entry])])).material[0].property[0]

    def test_values_of_conditions(self):
        for value in (25, -273.15, 0, 1.0, 6.02214076e23, 5e-324, 0.1 + 0.2, "room temperature", "25"):
            with self.subTest(value):
                back = self.of_condition(value=value, unit="K").value
                self.assertEqual((type(back), back), (type(value), value))

    def test_conditions_with_everything_and_with_nothing(self):
        full = self.of_condition(
            value=22, unit="degC", descriptor="near the wall", uncertainty=0.1, uncertainty_type="stdev", set_id=0, measurement_id=3, data=[data()]
        )
        self.assertEqual((full.set_id, full.measurement_id, full.uncertainty), (0, 3, 0.1))
        bare = self.of_condition(value=1)
        self.assertEqual((bare.value, bare.unit, bare.uncertainty, bare.set_id), (1, "", None, None))
        self.assertEqual(self.of_condition(value="x", unit="").unit, "")

    def test_a_condition_is_changed_by_its_setters(self):
        condition = cript.Condition(key="temperature", type="value", value=1, unit="K")
        project = project_with(experiment={"process": [cript.Process(name="a process", type="mix", condition=[condition])]})
        self.api.save(project)
        condition.set_value(new_value=99.5, new_unit="degC")
        condition.set_uncertainty(0.5, "stderr")
        condition.descriptor = BEYOND_ASCII
        self.assert_comes_back(project)

    def test_values_of_properties(self):
        for value in (1, 1.0, -1e-300, True, False, "solid", "", None):
            with self.subTest(value):
                back = self.of_property(key="phase" if isinstance(value, str) else "density", value=value, unit=None).value
                self.assertEqual((type(back), back), (type(value), value) if value != "" else (type(back), back))

    def test_units_of_properties(self):
        for unit in ("g/cm**3", "", None, "%", "Ω·m"):
            with self.subTest(unit):
                back = self.of_property(unit=unit).unit
                self.assertIn(back, (unit, "" if unit is None else unit))

    def test_a_property_with_everything(self):
        part = material("part")
        preparation = cript.Process(name="a preparation", type="mix")
        run = cript.Computation(name="a run", type="analysis")
        reference = cript.Reference(type="journal_article", title="a title")
        self.of_property(
            key="modulus_shear",
            type="min",
            value=5,
            unit="GPa",
            uncertainty=0.1,
            uncertainty_type="stdev",
            component=[part],
            structure="{[][<]CC[>][]}",
            method="comp",
            sample_preparation=preparation,
            condition=[cript.Condition(key="temperature", type="value", value=1, unit="K")],
            data=[data()],
            computation=[run],
            citation=[cript.Citation(type="derived_from", reference=reference)],
            notes=BEYOND_ASCII,
        )

    def test_a_property_is_changed_by_its_setters(self):
        entry = cript.Property(key="density", type="value", value=1.0, unit="g/cm**3")
        project = project_with(material=[material(property=[entry])])
        self.api.save(project)
        entry.set_value(2.5, "kg/m**3")
        entry.set_uncertainty(0.25, "fwhm")
        self.assert_comes_back(project)

    def test_quantities_in_all_their_units(self):
        quantities = [
            cript.Quantity(key=key, value=value, unit=unit)
            for key, value, unit in (("mass", 11.2, "kg"), ("volume", 1e-9, "m**3"), ("pressure", 101.325, "kPa"), ("mole", 3.0, "mmole"), ("number", 3.0, ""))
        ]
        quantities[0].set_uncertainty(0.2, "stdev")
        ingredient = cript.Ingredient(material=material("weighed"), quantity=quantities, keyword=["catalyst", "solvent"])
        project = project_with(experiment={"process": [cript.Process(name="a process", type="mix", ingredient=[ingredient])]})
        self.assert_comes_back(project)
        quantities[0].set_key_unit("volume", "m**3")
        quantities[0].value = 0.5
        ingredient.set_material(material("another"), quantities)
        self.assert_comes_back(project)

    def test_parameters(self):
        parameters = [cript.Parameter(key="update_frequency", value=1000.0, unit="1/ns"), cript.Parameter(key="damping_time", value=1.5), cript.Parameter(key="damping_time", value=0.0, unit="")]
        algorithm = cript.Algorithm(key="mc_barostat", type="barostat", parameter=parameters)
        algorithm.citation = [cript.Citation(type="reference", reference=cript.Reference(type="journal_article", title="a title"))]
        configuration = cript.SoftwareConfiguration(software=cript.Software(name="a program", version="1", source="https://example.org"), algorithm=[algorithm], notes="notes")
        self.assert_comes_back(project_with(experiment={"computation": [cript.Computation(name="a run", type="MD", software_configuration=[configuration])]}))

    def test_text_beyond_ascii_everywhere(self):
        reference = cript.Reference(type="journal_article", title=BEYOND_ASCII, author=["Müller, Ö.", "山田"], journal="Z. für Chemie", pages=[1, 9], website="https://example.org/ä")
        product = material(BEYOND_ASCII, names=["Wasser", "水"], notes="Zeile 1\nZeile 2\t\"\\", vendor="Šimek & Söhne", lot_number="№ 7", chem_formula="C₈H₈")
        first = file("Messung ä.csv", source="https://example.org/ä b.csv", data_dictionary="Spalte 1: °C")
        process = cript.Process(name="Übung", type="mix", description=BEYOND_ASCII, product=[product], citation=[cript.Citation(type="reference", reference=reference)])
        project = project_with(experiment={"process": [process], "data": [data("Daten", file=[first])], "funding": ["DFG", "Ω"]}, material=[product])
        project.notes = BEYOND_ASCII
        self.assert_comes_back(project)

    def test_identifiers_of_a_material(self):
        self.assert_comes_back(
            project_with(
                material=[
                    cript.Material(
                        name="all identifiers",
                        amino_acid="A",
                        bigsmiles="{[][$]CC[$][]}",
                        chem_formula="C8H8",
                        chem_repeat=["C8H8", "CH2"],
                        chemical_id="100-42-5",
                        inchi="InChI=1S/C8H8/c1-2-8-6-4-3-5-7-8/h2-7H,1H2",
                        inchi_key="PPBRXRYQALVLMV-UHFFFAOYSA-N",
                        lot_number="1",
                        names=["styrene", "vinylbenzene"],
                        pubchem_cid=7501,
                        smiles="C=Cc1ccccc1",
                        vendor="somebody",
                        keyword=["acetylene"],
                    ),
                    cript.Material(name="none at all"),
                ]
            )
        )

    def test_an_emptied_field_is_not_sent_and_so_stays(self):
        """The SDK leaves out what has its default value: it cannot clear a field. So the stored value stays."""
        project = project_with(material=[material(notes="some notes", keyword=["acetylene"])])
        self.api.save(project)
        project.material[0].notes, project.material[0].keyword = "", []
        self.api.save(project)
        back = self.read_again(project).material[0]
        self.assertEqual((back.notes, back.keyword), ("some notes", ["acetylene"]))

    def test_what_a_list_no_longer_holds_stays_linked(self):
        """Lists unite: the SDK sends all it has, and a delete is a request of its own."""
        project = project_with(material=[material("first"), material("second")])
        self.api.save(project)
        second = project.material[1]
        project.remove_child(second)
        self.assertEqual(len(project.material), 1)
        self.api.save(project)
        self.assertEqual([node.name for node in self.read_again(project).material], ["first", "second"])

    def test_lists_of_texts_are_replaced(self):
        project = project_with(material=[material(names=["a", "b"])])
        self.api.save(project)
        project.material[0].names = ["c"]
        self.assertEqual(self.saved_and_read(project).material[0].names, ["c"])

    def test_the_order_of_lists_is_kept(self):
        materials = [material(f"number {number}") for number in (3, 1, 2)]
        project = project_with(material=materials)
        self.assert_comes_back(project)
        project.material = [materials[2], materials[0], materials[1]]
        self.assert_comes_back(project)

    def test_a_project_without_anything(self):
        self.assert_comes_back(cript.Project(name=unique("empty")))

    def test_who_saved_it_and_when(self):
        project = project_with(material=[material()])
        back = self.saved_and_read(project)
        self.assertRegex(back.created_at, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        self.assertEqual(back.created_by, back.updated_by)
        self.assertTrue(back.created_by["uuid"])
        self.assertFalse(back.locked or back.public)
        self.assertIn(back.uuid, back.url)
        back.notes = "changed"
        self.api.save(back)
        again = self.read_again(back)
        self.assertEqual(again.created_at, back.created_at)
        self.assertGreater(again.updated_at, back.updated_at)
