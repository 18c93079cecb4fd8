"""One of each record with every field of every sub-object set."""

import cript

from sdk import unique


def everything(test, numbers=True):
    """The nodes by type, in a project of their own. Without `numbers`, no quantity of the key that has no unit: SDK 2.4.0
    leaves an empty unit out of what it reads, and then misses it."""
    project = test.project("everything", notes="of the project")
    collection = cript.Collection.create(project=project, name="C", notes="of the collection")
    experiment = cript.Experiment.create(collection=collection, name="E", funding=["NSF", "DOE"], notes="of the experiment")
    reference = cript.Reference.create(
        group=project.group, title=unique("title"), authors=["A. Author", "B. Author"], journal="J", publisher="P", year=1999, volume=2, issue=3,
        pages=[4, 5], doi=unique("10.1/x"), issn="1234-5678", arxiv_id="2101.00001", pmid=6, website="https://example.org", notes="of the reference",
    )  # fmt: skip
    software = cript.Software.create(group=project.group, name=unique("LAMMPS"), version="3.1", source="lammps.org", notes="of the software")
    file = cript.File.create(project=project, source="https://example.org/calibration.txt", type="calibration")
    a, b = (cript.Material.create(project=project, name=name) for name in "ab")
    data = cript.Data.create(experiment=experiment, name="D", type="nmr_h1", files=[file], notes="of the data")
    analysis = cript.Computation.create(experiment=experiment, name="K", type="analysis")
    preparation = cript.Process.create(experiment=experiment, name="prep", type="mix")

    def citation():
        return cript.Citation(reference=reference, type="derived_from", notes="see table 1")

    def condition():
        return cript.Condition(
            key="temperature", value=298.15, unit="kelvin", type="value", uncertainty=0.5, uncertainty_type="stdev", material=a,
            descriptor="oil bath", set_id=1, measurement_id=2, data=data,
        )  # fmt: skip

    def configuration():
        parameters = [cript.Parameter(key="+tolerance", value=4.5, unit="angstrom"), cript.Parameter(key="+maxit", value=50)]
        algorithm = cript.Algorithm(key="advanced_sampling", type="umbrella", citations=[citation()], parameters=parameters)
        return cript.SoftwareConfiguration(software=software, notes="of it", citations=[citation()], algorithms=[algorithm])

    def measured(key, value, unit):
        return cript.Property(
            key=key, value=value, unit=unit, type="mean", method="nmr", method_description="400 MHz", sample_preparation=preparation,
            uncertainty=3, uncertainty_type="stdev", components=[a], components_relative=[b], structure="{[][]}", set_id=7,
            conditions=[condition()], data=data, computations=[analysis], citations=[citation()], notes="of the property",
        )  # fmt: skip

    quantity = cript.Quantity(key="mass", value=1.25, unit="kg", uncertainty=0.25, uncertainty_type="stdev")
    second = cript.Quantity(key="number", value=3, uncertainty=0.0) if numbers else cript.Quantity(key="volume", value=1.0, unit="m**3")
    ingredients = [cript.Ingredient(material=a, keyword="monomer", quantities=[quantity, second])]
    material = cript.Material.create(
        project=project, name="blend", components=[a, b], keywords=["polymer_blend", "linear"], notes="of the material", process=preparation,
        identifiers=[
            cript.Identifier(key="names", value=["x", "y"]), cript.Identifier(key="pubchem_cid", value=962),
            cript.Identifier(key="preferred_name", value="the blend"), cript.Identifier(key="smiles", value="O"), cript.Identifier(key="smiles", value="[OH2]"),
        ],
        properties=[
            measured("conc_molar", 1400, "mole / meter ** 3"), cript.Property(key="color_rgb", value=[1, 2, 3]), cript.Property(key="color", value="white"),
            cript.Property(key="associated", data=data), cript.Property(key="+custom", value=1.5, unit="kg"),
        ],
        computational_forcefield=cript.ComputationalForcefield(
            key="opls_aa", building_block="atom", coarse_grained_mapping="m", implicit_solvent="w", source="s", description="d", data=data, citations=[citation()]
        ),
    )  # fmt: skip
    equipment = cript.Equipment(key="hot_plate", description="with oil bath", conditions=[condition()], files=[file], citations=[citation()])
    process = cript.Process.create(
        experiment=experiment, name="P", type="multistep", keywords=["anionic", "solution"], description="d", prerequisite_processes=[preparation],
        set_id=3, products=[material], waste=[b], ingredients=ingredients, equipment=[equipment], properties=[cript.Property(key="yield_mass", value=0.5, unit="kilogram")],
        conditions=[condition(), cript.Condition(key="atm", value="none", material=b)], citations=[citation()],
    )  # fmt: skip
    computation = cript.Computation.create(
        experiment=experiment, name="K2", type="MD", input_data=[data], output_data=[data], prerequisite_computation=analysis, notes="of the computation",
        citations=[citation()], conditions=[cript.Condition(key="number", value=31)], software_configurations=[configuration()],
    )  # fmt: skip
    virtual = cript.ComputationalProcess.create(
        experiment=experiment, name="V", type="+cross_linking", input_data=[data], output_data=[data], ingredients=ingredients,
        software_configurations=[configuration()], properties=[cript.Property(key="+bonds", value=3)], conditions=[condition()], citations=[citation()], notes="of it",
    )  # fmt: skip
    inventory = cript.Inventory.create(collection=collection, name="I", materials=[material, a, b], notes="of the inventory")
    return [project, collection, experiment, inventory, material, process, data, computation, virtual, file, reference, software]
