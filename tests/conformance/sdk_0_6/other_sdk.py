"""Runs under the Python of SDK 2.4.0: does what one line of JSON on its input says, and answers with one line.

    {"do": "save"}                                              saves a project with one of each, answers their uuids by type
    {"do": "change", "project", "uuid", "field", "value"}        loads the project, sets a field of one node, saves the project
    {"do": "read", "project"}                                    answers every attribute of every node of the project, by uuid
    {"do": "make", "records"}                                    saves a random project, answers uuids by name
    {"do": "records", "project"}                                 answers the records of a random project by name
    {"do": "change records", "project", "orders"}                changes some of them, saves the project
"""

import json
import logging
import sys
import warnings

warnings.simplefilter("ignore")

import cript  # noqa: E402
import random_newer  # noqa: E402
from cript.nodes.uuid_base import UUIDBaseNode  # noqa: E402


def one_of_each(name):
    polymer = cript.Material(name="polymer", smiles="CC", names=["p"], notes="of the polymer")
    polymer.property = [cript.Property(key="density", type="value", value=1.0, unit="g/cm**3", condition=[cript.Condition(key="temperature", type="value", value=1.5, unit="K")])]
    polymer.computational_forcefield = cript.ComputationalForcefield(key="opls_aa", building_block="atom", source="somewhere")
    file = cript.File(name="a file", source="https://example.org/a.csv", type="data", extension=".csv", data_dictionary="columns")
    data = cript.Data(name="some data", type="afm_amp", file=[file])
    citation = cript.Citation(type="reference", reference=cript.Reference(type="book", title=name, year=2000))
    quantity = cript.Quantity(key="mass", value=1.5, unit="kg")
    process = cript.Process(
        name="a process",
        type="mix",
        ingredient=[cript.Ingredient(material=polymer, quantity=[quantity], keyword=["monomer", "solvent"])],
        equipment=[cript.Equipment(key="hot_plate", description="warm", file=[file])],
        citation=[citation],
    )
    algorithm = cript.Algorithm(key="mc_barostat", type="barostat", parameter=[cript.Parameter(key="update_frequency", value=10.0, unit="1/ns")])
    configuration = cript.SoftwareConfiguration(software=cript.Software(name="openmm", version=name), algorithm=[algorithm])
    computation = cript.Computation(name="a run", type="MD", software_configuration=[configuration], output_data=[data])
    virtual = cript.ComputationProcess(name="a virtual mix", type="cross_linking", input_data=[data], ingredient=[process.ingredient[0]])
    experiment = cript.Experiment(name="an experiment", process=[process], computation=[computation], computation_process=[virtual], data=[data])
    inventory = cript.Inventory(name="an inventory", material=[polymer])
    collection = cript.Collection(name="a collection", experiment=[experiment], inventory=[inventory], doi="10.1/kept")
    return cript.Project(name=name, material=[polymer], collection=[collection])


def load(api, uuid):
    UUIDBaseNode._uuid_cache.clear()
    return next(api.search(node_type=cript.Project, search_mode=cript.SearchModes.UUID, value_to_search=uuid))


def nodes_of(project):
    found = {}
    for node in [project, *project]:
        found.setdefault(node.uuid, node)
    return found


def plain(value):
    if hasattr(value, "uuid"):
        return value.uuid
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return value


def read(project):
    left_out = {"uid", "created_at", "updated_at", "created_by", "updated_by", "model_version"}
    return {
        uuid: {name: plain(value) for name, value in vars(node._json_attrs).items() if name not in left_out}
        for uuid, node in nodes_of(project).items()
    }


def obey(api, order):
    if order["do"] == "save":
        project = one_of_each(order["name"])
        api.save(project)
        return {type(node).__name__: uuid for uuid, node in nodes_of(project).items()}
    if order["do"] == "make":
        nodes = random_newer.make(order["records"])
        api.save(next(iter(nodes.values())))
        return {name: node.uuid for name, node in nodes.items()}
    project = load(api, order["project"])
    if order["do"] == "read":
        return read(project)
    if order["do"] == "records":
        return random_newer.read(project)
    changed = [project]
    if order["do"] == "change records":
        changed = random_newer.change(project, order["orders"])
    else:
        setattr(nodes_of(project)[order["uuid"]], order["field"], order["value"])
    for node in changed:
        api.save(node)
    return None


def main(host, token):
    with cript.API(host, token, token, default_log_level=logging.ERROR) as api:
        for line in sys.stdin:
            try:
                answer = {"answer": obey(api, json.loads(line))}
            except Exception as error:
                # Its own texts hold whole documents.
                text = f"{type(error).__name__}: {error}"
                answer = {"error": text if len(text) < 2000 else f"{text[:1000]} … {text[-1000:]}"}
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
