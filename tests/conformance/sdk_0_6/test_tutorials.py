"""The tutorials of the time: first steps, a whole synthesis, a simulation; files are left to the tests of files."""

import cript

from sdk import APIError, SdkTest, forget, unique

STEPS = (
    ("initiator", "SecBuLi solution", "volume", 0.017, "ml"),
    ("solvent", "toluene", "volume", 10, "ml"),
    ("monomer", "styrene", "mass", 0.455, "g"),
    ("quench", "1-butanol", "volume", 5, "ml"),
    ("workup", "methanol", "volume", 100, "ml"),
)


def in_unit(thing, unit):
    return cript.pint_ureg.Quantity(thing.value, thing.unit).to(unit).magnitude


class FirstSteps(SdkTest):
    def test_make_find_change_and_delete(self):
        project = cript.Project(name=unique("first"))
        project.save()
        self.assertIsInstance(project.group, cript.Group)
        material = cript.Material(project=project, name="water")
        material.save()
        uid, url = material.uid, material.url
        for how in ({"uid": uid}, {"url": url}, {"url": url.replace("/api/", "/")}, {"project": project.uid, "name": "water"}):
            forget()
            self.assertEqual(cript.Material.get(**how).url, url, how)
        # Without the last slash, as people paste addresses.
        self.assertEqual(self.ask("GET", url.rstrip("/")).json["uid"], uid)
        project.update(name=unique("renamed"), notes="changed")
        renamed = self.again(project)
        self.assertEqual((renamed.name, renamed.notes), (project.name, "changed"))
        renamed.name = "something else"
        renamed.refresh()
        self.assertEqual(renamed.name, project.name)
        with self.assertRaisesRegex(ValueError, "did not match any"):
            cript.Project.get(name=unique("never"))
        project_url = project.url
        project.delete()
        self.assertIsNone(project.url)
        for gone in (project_url, url):
            self.assertEqual(self.ask("GET", gone).status, 404)
        with self.assertRaises(APIError):
            cript.Project.get(url=project_url)


class Synthesis(SdkTest):
    def test_an_anionic_polymerization_is_as_it_was_written(self):
        project = self.project("synthesis")
        collection = cript.Collection.create(project=project, name="tutorials")
        self.assertIs(collection.group, project.group)
        experiment = cript.Experiment.create(collection=collection, name="polymerization")
        materials = [cript.Material.create(project=project, name=step[1]) for step in STEPS]
        inventory = cript.Inventory.create(collection=collection, name="shelf", materials=materials)
        forget()
        inventory = cript.Inventory.get(uid=inventory.uid)
        self.assertEqual([material.name for material in inventory.materials], [step[1] for step in STEPS])
        process = cript.Process.create(experiment=experiment, name="anionic", type="multistep", description="in a glovebox")
        for keyword, name, key, value, unit in STEPS:
            quantity = cript.Quantity(key=key, value=value, unit=unit)
            process.add_ingredient(cript.Ingredient(keyword=keyword, material=inventory[name], quantities=[quantity]))
        process.add_condition(cript.Condition(key="temperature", value=25, unit="celsius"))
        process.add_condition(cript.Condition(key="time_duration", value=60, unit="min"))
        process.add_property(cript.Property(key="yield_mass", value=0.47, unit="g", method="scale"))
        process.save()
        product = cript.Material.create(project=project, name="polystyrene")
        for key, value in (("names", ["poly(styrene)", "PS"]), ("chem_repeat", "C8H8"), ("bigsmiles", "{[][$]CC(c1ccccc1)[$][]}"), ("cas", "9003-53-6")):
            product.add_identifier(cript.Identifier(key=key, value=value))
        product.add_property(cript.Property(key="phase", value="solid"))
        sec = cript.Data.create(experiment=experiment, name="SEC", type="sec_trace")
        product.add_property(cript.Property(key="mw_n", value=5200, unit="g/mol", uncertainty=100, data=sec))
        product.save()
        process.add_product(product)
        process.save()

        process = self.again(process)
        self.assertEqual([ingredient.keyword for ingredient in process.ingredients], [step[0] for step in STEPS])
        for ingredient, (_, _, _, value, unit) in zip(process.ingredients, STEPS):
            self.assertAlmostEqual(in_unit(ingredient.quantities[0], unit), value, places=12)
        temperature, time = process.conditions
        self.assertEqual((temperature.value, temperature.unit), (298.15, "kelvin"))
        self.assertEqual((time.value, time.unit), (3600.0, "second"))
        self.assertEqual(process.properties[0].unit, "kilogram")
        self.assertEqual(process.products, [product.url])
        product = self.again(product)
        self.assertEqual([identifier.key for identifier in product.identifiers], ["names", "chem_repeat", "bigsmiles", "cas"])
        self.assertEqual(product.identifiers[1].value, "C8H8")
        weight = product.properties[1]
        self.assertAlmostEqual(weight.value, 5.2)
        self.assertEqual(weight.unit, "kilogram / mole")
        self.assertAlmostEqual(weight.uncertainty, 0.1)
        self.assertEqual(weight.data, sec.url)
        experiment = self.again(experiment)
        self.assertEqual([child.count() for child in (experiment.processes, experiment.data, experiment.computations, experiment.computational_processes)], [1, 1, 0, 0])
        project = self.again(project)
        self.assertEqual((project.materials.count(), project.collections.count(), project.files.count()), (6, 1, 0))


class Simulation(SdkTest):
    def software(self, group, name, version, source=None):
        made = cript.Software(group=group, name=name, version=version, source=source)
        made.save(update_existing=True)
        return made

    def test_a_polymer_melt_is_as_it_was_computed(self):
        project = self.project("simulation")
        experiment = self.experiment(project)
        python = self.software(project.group, "python", "3.9")
        openmm = self.software(project.group, "openmm", "7.5", "https://openmm.org")
        self.assertNotEqual(self.software(project.group, "openmm", "7.6").url, openmm.url)
        self.assertEqual(cript.Software.get(name="openmm", source="https://openmm.org").url, openmm.url)
        packing = cript.Algorithm(
            key="+molecule_packing",
            type="initialization",
            parameters=[cript.Parameter(key="+maxit", value=50), cript.Parameter(key="+tolerance", value=4.0, unit="angstrom")],
        )
        configurations = [cript.SoftwareConfiguration(software=python), cript.SoftwareConfiguration(software=openmm, algorithms=[packing])]
        first = cript.Computation.create(experiment=experiment, name="initial", type="initialization", software_configurations=configurations)
        bulk = cript.Computation.create(
            experiment=experiment,
            name="bulk",
            type="MD",
            software_configurations=configurations[1:],
            conditions=[cript.Condition(key="time_duration", value=100.0, unit="ns"), cript.Condition(key="number", value=31)],
            prerequisite_computation=first,
        )
        link = cript.File.create(project=project, source="https://example.org/packing.pdb")
        packed = cript.Data.create(experiment=experiment, name="packed", type="computation_config", files=[link], computations=[first])
        first.update(output_data=[packed])
        bulk.update(input_data=[packed])
        melt = cript.Material.create(
            project=project,
            name="melt",
            computational_forcefield=cript.ComputationalForcefield(key="opls_aa", building_block="atom", source="STAGE", data=packed),
        )
        crosslinking = cript.ComputationalProcess.create(
            experiment=experiment,
            name="crosslink",
            type="+cross_linking",
            input_data=[packed],
            ingredients=[cript.Ingredient(material=melt, quantities=[cript.Quantity(key="number", value=10)], keyword="computation")],
            software_configurations=configurations,
            properties=[cript.Property(key="+bond_count", value=3)],
        )
        packed.update(computational_process=crosslinking)
        bulk = self.again(bulk)
        self.assertAlmostEqual(bulk.conditions[0].value, 1e-7, places=20)
        self.assertEqual((bulk.prerequisite_computation, bulk.input_data), (first.url, [packed.url]))
        first = self.again(first)
        algorithm = first.software_configurations[1].algorithms[0]
        self.assertEqual([parameter.value for parameter in algorithm.parameters], [50, 4.0])
        self.assertEqual(self.again(packed).computational_process, crosslinking.url)
        self.assertEqual(self.again(melt).computational_forcefield.data, packed.url)
        back = self.again(crosslinking)
        self.assertEqual((back.type, back.ingredients[0].keyword, back.properties[0].value), ("+cross_linking", "computation", 3))
