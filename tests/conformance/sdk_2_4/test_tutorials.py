"""What the SDK's two public tutorials build, a synthesis and a simulation, saved and read back."""

import cript
from sdk import MODES, SdkTest, forget, unique


def synthesis():
    """An anionic polymerisation: chemicals that only the inventory holds, one process, one product that is measured."""
    toluene = cript.Material(name="toluene", smiles="Cc1ccccc1", pubchem_cid=1140)
    chemicals = {
        "initiator": cript.Material(name="SecBuLi solution 1.4M cHex", chemical_id="598-30-1"),
        "solvent": toluene,
        "monomer": cript.Material(name="styrene", smiles="c1ccccc1C=C", inchi="InChI=1S/C8H8/c1-2-8-6-4-3-5-7-8/h2-7H,1H2"),
        "quench": cript.Material(name="1-butanol", smiles="OCCCC", inchi_key="InChIKey=LRHPLDYGYMQRHN-UHFFFAOYSA-N"),
        "workup": cript.Material(name="methanol", smiles="CO", names=["wood alcohol", "carbinol", "methanol"]),
    }
    amounts = {
        "initiator": ("volume", 1.7e-8, "m**3"),
        "solvent": ("volume", 1e-4, "m**3"),
        "monomer": ("mass", 0.455e-3, "kg"),
        "quench": ("volume", 5e-3, "m**3"),
        "workup": ("volume", 0.1, "m**3"),
    }
    polystyrene = cript.Material(name="polystyrene", bigsmiles="[H]{[>][<]C(C[>])c1ccccc1[<]}C(C)CC")
    polystyrene.chem_repeat = ["C8H8"]
    polystyrene.property += [
        cript.Property(key="phase", value="solid", type="none", unit=None),
        cript.Property(key="color", value="white", type="none", unit=None),
    ]

    process = cript.Process(name="Anionic of Synthesis Poly-Styrene", type="multistep", description="In a glove box filled with argon.")
    process.ingredient += [
        cript.Ingredient(keyword=[role], material=chemicals[role], quantity=[cript.Quantity(key=key, value=value, unit=unit)])
        for role, (key, value, unit) in amounts.items()
    ]
    process.condition = [
        cript.Condition(key="temperature", type="value", value=25, unit="celsius"),
        cript.Condition(key="time_duration", type="value", value=60, unit="min"),
    ]
    process.property += [cript.Property(key="yield_mass", type="number", value=47e-5, unit="kilogram", method="scale")]
    process.product += [polystyrene]

    experiment = cript.Experiment(name="Anionic Polymerization of Styrene with SecBuLi", process=[process])
    inventory = cript.Inventory(name="Common chemicals for poly-styrene synthesis", material=list(chemicals.values()))
    collection = cript.Collection(name="Initial screening", experiment=[experiment], inventory=[inventory])
    return cript.Project(name=unique("My first project."), collection=[collection], material=[polystyrene])


def simulation():
    """An atomistic simulation: software, four computations that build on one another, files, data, a force field."""
    python = cript.Software(name="python", version="3.9")
    rdkit = cript.Software(name="rdkit", version="2020.9")
    stage = cript.Software(name="stage", source="https://doi.org/10.1021/jp505332p", version="N/A")
    packmol = cript.Software(name="Packmol", source="http://m3g.iqm.unicamp.br/packmol", version="N/A")
    openmm = cript.Software(name="openmm", version="7.5")
    configurations = {
        "packmol": cript.SoftwareConfiguration(software=packmol),
        "openmm": cript.SoftwareConfiguration(
            software=openmm,
            algorithm=[
                cript.Algorithm(key="energy_minimization", type="initialization"),
                cript.Algorithm(
                    key="mc_barostat", type="barostat", parameter=[cript.Parameter(key="update_frequency", value=1000.0, unit="1/second")]
                ),
            ],
        ),
    }

    initialisation = cript.Computation(
        name="Initial snapshot and force-field generation",
        type="initialization",
        software_configuration=[
            cript.SoftwareConfiguration(software=python),
            cript.SoftwareConfiguration(software=rdkit),
            cript.SoftwareConfiguration(software=stage, notes="parameters of the force field"),
            configurations["packmol"],
        ],
    )
    equilibration = cript.Computation(
        name="Equilibrate data prior to measurement",
        type="MD",
        software_configuration=[configurations["openmm"]],
        condition=[
            cript.Condition(key="time_duration", type="value", value=100.0, unit="ns"),
            cript.Condition(key="temperature", type="value", value=450.0, unit="K"),
            cript.Condition(key="pressure", type="value", value=1.0, unit="bar"),
            cript.Condition(key="number", type="value", value=31),
        ],
        prerequisite_computation=initialisation,
    )
    bulk = cript.Computation(
        name="Bulk simulation for measurement",
        type="MD",
        software_configuration=[configurations["openmm"]],
        condition=[cript.Condition(key="temperature", type="value", value=450.0, unit="K")],
        prerequisite_computation=equilibration,
    )
    analysis = cript.Computation(name="Density analysis", type="analysis", software_configuration=[cript.SoftwareConfiguration(software=python)], prerequisite_computation=bulk)

    def stored(name, file_type):
        return cript.File(name=name, type=file_type, extension=".csv", source=f"https://example.org/{name.replace(' ', '-')}.csv")

    packing = cript.Data(name="Loosely packed chains", type="computation_config", file=[stored("packing", "computation_snapshot")], notes="PDB file without topology")
    forcefield_data = cript.Data(name="OpenMM forcefield", type="computation_forcefield", file=[stored("forcefield", "data")])
    equilibrated = cript.Data(name="Equilibrated simulation snapshot", type="computation_config", file=[stored("snapshot", "computation_snapshot")])
    topology = cript.Data(name="Logical topology", type="computation_config", file=[stored("topology", "computation_config")])
    trajectory = cript.Data(name="Simulation trajectory", type="computation_trajectory", file=[stored("trajectory", "data")])

    initialisation.output_data = [packing, forcefield_data]
    equilibration.input_data = [packing, forcefield_data]
    equilibration.output_data = [equilibrated, topology]
    bulk.input_data = [equilibrated, topology, forcefield_data]
    bulk.output_data = [trajectory]
    analysis.input_data = [trajectory, topology]

    polystyrene = cript.Material(name="virtual polystyrene", bigsmiles="[H]{[>][<]C(C[>])c1ccccc1[<]}C(C)CC", names=["poly(styrene)", "poly(vinylbenzene)"], chem_repeat=["C8H8"])
    polystyrene.property += [cript.Property(key="density", type="value", value=0.955, unit="g/cm**3", computation=[analysis], data=[trajectory])]
    polystyrene.computational_forcefield = cript.ComputationalForcefield(
        key="opls_aa",
        building_block="atom",
        source="Custom determination via STAGE",
        data=[forcefield_data],
        citation=[
            cript.Citation(
                type="reference",
                reference=cript.Reference(
                    type="journal_article",
                    title="Automated topology generation",
                    author=["A. Author", "B. Author"],
                    journal="J. Chem. Phys.",
                    year=2014,
                    pages=[1, 12],
                    doi="10.1021/jp505332p",
                ),
            )
        ],
    )
    experiment = cript.Experiment(
        name="Simulation for the first candidate",
        computation=[initialisation, equilibration, bulk, analysis],
        data=[packing, forcefield_data, equilibrated, topology, trajectory],
    )
    collection = cript.Collection(name="Initial simulation screening", experiment=[experiment])
    return cript.Project(name=unique("My first simulation project."), collection=[collection], material=[polystyrene])


class Tutorials(SdkTest):
    def read_by_name(self, project):
        name = project.name
        forget()
        return next(self.search(cript.Project, MODES.EXACT_NAME, name))

    def test_the_synthesis_comes_back_value_by_value(self):
        project = synthesis()
        project.validate()
        back = self.assert_comes_back(project)
        self.assert_same(project, self.read_by_name(project))
        process = back.collection[0].experiment[0].process[0]
        self.assertEqual([entry.keyword for entry in process.ingredient], [["initiator"], ["solvent"], ["monomer"], ["quench"], ["workup"]])
        self.assertIs(process.ingredient[0].material, back.collection[0].inventory[0].material[0])
        self.assertIs(process.product[0], back.material[0])

    def test_the_simulation_comes_back_value_by_value(self):
        project = simulation()
        project.validate()
        back = self.assert_comes_back(project)
        self.assert_same(project, self.read_by_name(project))
        computations = back.collection[0].experiment[0].computation
        self.assertIs(computations[1].prerequisite_computation, computations[0])
        self.assertIs(back.material[0].property[0].computation[0], computations[3])

    def test_both_can_be_saved_again_as_they_were_read(self):
        for build in (synthesis, simulation):
            with self.subTest(build.__name__):
                forget()
                project = build()
                self.api.save(project)
                back = self.read_by_name(project)
                self.api.save(back)
                self.assert_same(project, self.read_by_name(project))

    def test_nodes_that_hang_nowhere_are_gathered_first(self):
        project = simulation()
        experiment = project.collection[0].experiment[0]
        experiment.data = []
        cript.add_orphaned_nodes_to_project(project=project, active_experiment=experiment, max_iteration=20)
        self.assertEqual(len(experiment.data), 5)
        self.assert_comes_back(project)
