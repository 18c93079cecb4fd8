"""Documents that the tests save: small projects with a bit of everything, each with names and UUIDs of its own."""

import itertools
import uuid

_numbers = itertools.count(1)


def new_uuid():
    return str(uuid.uuid4())


def material(name, **fields):
    return {"node": ["Material"], "uuid": new_uuid(), "name": name, **fields}


def density(value, **fields):
    return {
        "node": ["Property"],
        "uuid": new_uuid(),
        "key": "density",
        "type": "value",
        "value": value,
        "unit": "g/cm**3",
        **fields,
    }


def project(**fields):
    """A project with two materials (one of them measured), a collection, and an experiment with a process that links both."""
    number = next(_numbers)
    monomer = material("styrene", smiles="C=Cc1ccccc1", chem_formula="C8H8")
    polymer = material("polystyrene", bigsmiles="[H]{[>][<]CC([>])c1ccccc1[<]}[H]", property=[density(1.04)])
    ingredient = {
        "node": ["Ingredient"],
        "uuid": new_uuid(),
        "material": {"uuid": monomer["uuid"]},
        "keyword": ["monomer"],
        "quantity": [{"node": ["Quantity"], "uuid": new_uuid(), "key": "mass", "value": 0.5, "unit": "kg"}],
    }
    process = {
        "node": ["Process"],
        "uuid": new_uuid(),
        "name": "polymerisation",
        "type": "multistep",
        "ingredient": [ingredient],
        "product": [{"uuid": polymer["uuid"]}],
    }
    experiment = {"node": ["Experiment"], "uuid": new_uuid(), "name": "first try", "process": [process]}
    collection = {"node": ["Collection"], "uuid": new_uuid(), "name": "notebook 1", "experiment": [experiment]}
    return {
        "node": ["Project"],
        "uuid": new_uuid(),
        "name": f"Project {number} {new_uuid()[:8]}",
        "material": [monomer, polymer],
        "collection": [collection],
        **fields,
    }


def nodes_of(document):
    """Every full node of a document or an answer, in document order."""
    if isinstance(document, list):
        for entry in document:
            yield from nodes_of(entry)
    elif isinstance(document, dict):
        if "node" in document:
            yield document
        for value in document.values():
            yield from nodes_of(value)


def uuids_of(document):
    return {node["uuid"] for node in nodes_of(document)}
