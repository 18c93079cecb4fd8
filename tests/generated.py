"""Projects of a given size, with a bit of everything, as a laboratory would upload them."""

import uuid


def _node(kind, **fields):
    return {"node": [kind], "uuid": str(uuid.uuid4()), **fields}


def _measured_material(number):
    """5 nodes."""
    properties = [
        _node(
            "Property",
            key=key,
            type="value",
            value=value + number / 1000,
            unit=unit,
            condition=[_node("Condition", key="temperature", type="value", value=20.0 + number % 80, unit="degC")],
        )
        for key, value, unit in (("density", 1.04, "g/cm**3"), ("temp_glass", 100.0, "degC"))
    ]
    return _node(
        "Material",
        name=f"polystyrene, batch {number}",
        bigsmiles="[H]{[>][<]CC([>])c1ccccc1[<]}[H]",
        names=["PS", f"PS-{number}"],
        property=properties,
    )


def _step(number, material):
    """3 nodes."""
    quantity = _node("Quantity", key="mass", value=0.5 + number / 100, unit="kg")
    ingredient = _node("Ingredient", material={"uuid": material["uuid"]}, keyword=["monomer"], quantity=[quantity])
    return _node("Process", name=f"step {number}", type="multistep", description="Stirred.", ingredient=[ingredient])


def project(nodes):
    """A project of exactly that many nodes: four fifths materials with what was measured, one fifth processes."""
    materials = [_measured_material(number) for number in range(nodes * 4 // 5 // 5)]
    left = nodes - 5 * len(materials) - 3  # project, collection, experiment
    steps = [_step(number, materials[number % len(materials)]) for number in range(left // 3)]
    materials += [_node("Material", name=f"solvent {number}", smiles="C1CCOC1") for number in range(left % 3)]
    experiment = _node("Experiment", name="all of it", process=steps)
    collection = _node("Collection", name="notebook", experiment=[experiment])
    return _node("Project", name=f"Bench {uuid.uuid4()}", material=materials, collection=[collection])


def plain_materials(count):
    """A project of materials without children, each of whose answers is about 500 bytes long."""
    materials = [
        _node(
            "Material",
            name=f"styrene, lot {number}",
            smiles="C=Cc1ccccc1",
            chem_formula="C8H8",
            vendor="a supplier",
            lot_number=str(number),
        )
        for number in range(count)
    ]
    return _node("Project", name=f"Bench {uuid.uuid4()}", material=materials)


def count_of(document):
    if isinstance(document, list):
        return sum(map(count_of, document))
    if isinstance(document, dict):
        return ("node" in document) + sum(map(count_of, document.values()))
    return 0
