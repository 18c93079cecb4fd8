"""What the tests of the SDKs of the older dialect share: the same code runs under each of them.

A test that hands itself over has `make(type, **fields)`, which gives the record saved, and `project(name, **fields)`.
"""

import uuid

import cript


def unique(text):
    """The names of projects, groups and software are unique on a server."""
    return f"{text} {uuid.uuid4().hex[:12]}"


def value_of(thing):
    """A node or sub-object as plain values: what it links to by URL, times left out."""
    if isinstance(thing, cript.Paginator):
        return str(thing.url).split("?")[0]
    if isinstance(thing, list):
        return [value_of(entry) for entry in thing]
    if hasattr(thing, "url") and hasattr(thing, "uid"):
        return thing.url
    if hasattr(thing, "__dict__") and type(thing).__module__.startswith("cript."):
        return {"": type(thing).__name__, **members_of(thing)}
    return thing


def members_of(node):
    left_out = {"created_at", "updated_at", "can_edit", "index_table"}
    return {
        name.lstrip("_"): value_of(member)
        for name, member in vars(node).items()
        if "__" not in name and name.lstrip("_") not in left_out
    }


def everything(test, manuals=True):
    """One of each record with every field of every sub-object set, in a project of their own. Without `manuals`, equipment
    has no files: SDK 0.5 cannot read those."""
    make = test.make
    project = test.project("everything", notes="of the project")
    collection = make(cript.Collection, project=project, name="C", notes="of the collection")
    experiment = make(cript.Experiment, collection=collection, name="E", funding=["NSF", "DOE"], notes="of the experiment")
    reference = make(
        cript.Reference, group=project.group, title=unique("title"), authors=["A. Author", "B. Author"], journal="J", publisher="P", year=1999, volume=2, issue=3,
        pages=[4, 5], doi=unique("10.1/x"), issn="1234-5678", arxiv_id="2101.00001", pmid=6, website="https://example.org", notes="of the reference",
    )  # fmt: skip
    software = make(cript.Software, group=project.group, name=unique("LAMMPS"), version="3.1", source="lammps.org", notes="of the software")
    file = make(cript.File, project=project, source="https://example.org/calibration.txt", type="calibration")
    a, b = (make(cript.Material, project=project, name=name) for name in "ab")
    data = make(cript.Data, experiment=experiment, name="D", type="nmr_h1", files=[file], notes="of the data")
    analysis = make(cript.Computation, experiment=experiment, name="K", type="analysis")
    preparation = make(cript.Process, experiment=experiment, name="prep", type="mix")

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
    second = cript.Quantity(key="number", value=3, uncertainty=0.0)
    ingredients = [cript.Ingredient(material=a, keyword="monomer", quantities=[quantity, second])]
    material = make(
        cript.Material, project=project, name="blend", components=[a, b], keywords=["polymer_blend", "linear"], notes="of the material", process=preparation,
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
    equipment = cript.Equipment(key="hot_plate", description="with oil bath", conditions=[condition()], files=[file] if manuals else [], citations=[citation()])
    process = make(
        cript.Process, experiment=experiment, name="P", type="multistep", keywords=["anionic", "solution"], description="d", prerequisite_processes=[preparation],
        set_id=3, products=[material], waste=[b], ingredients=ingredients, equipment=[equipment], properties=[cript.Property(key="yield_mass", value=0.5, unit="kilogram")],
        conditions=[condition(), cript.Condition(key="atm", value="none", material=b)], citations=[citation()],
    )  # fmt: skip
    computation = make(
        cript.Computation, experiment=experiment, name="K2", type="MD", input_data=[data], output_data=[data], prerequisite_computation=analysis, notes="of the computation",
        citations=[citation()], conditions=[cript.Condition(key="number", value=31)], software_configurations=[configuration()],
    )  # fmt: skip
    virtual = make(
        cript.ComputationalProcess, experiment=experiment, name="V", type="+cross_linking", input_data=[data], output_data=[data], ingredients=ingredients,
        software_configurations=[configuration()], properties=[cript.Property(key="+bonds", value=3)], conditions=[condition()], citations=[citation()], notes="of it",
    )  # fmt: skip
    inventory = make(cript.Inventory, collection=collection, name="I", materials=[material, a, b], notes="of the inventory")
    return [project, collection, experiment, inventory, material, process, data, computation, virtual, file, reference, software]
