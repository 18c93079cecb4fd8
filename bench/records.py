"""What the SDK 0.6 does with `Inventory.get(get_level=2)`: one GET after another, on one connection, by uid."""

import json

from criptd import Criptd
from measuring import SERVER_CORE, cpu_seconds, pinned, print_table

MATERIALS, REQUESTS = 300, 1_000


def fill(server, token):
    """Saves an inventory as the SDK does and returns the addresses in the order in which the SDK asks for them."""
    connection = server.connect()
    headers = [("Authorization", token)]

    def post(slug, **body):
        answer = connection.send("POST", f"/api/{slug}/", body, headers)
        assert answer.status == 201, answer
        return answer.json

    project = post("project", name="bench", group=None)
    collection = post("collection", name="bench", project=project["url"])
    materials = [
        post(
            "material",
            name=f"material {number}",
            project=project["url"],
            identifiers=[{"key": "cas", "value": f"{number}-00-0"}, {"key": "smiles", "value": "C" * (number % 30 + 1)}],
        )
        for number in range(MATERIALS)
    ]
    inventory = post("inventory", name="bench", collection=collection["url"], materials=[one["url"] for one in materials])
    connection.close()
    first = [inventory["url"], collection["url"], inventory["group"], project["url"], *(one["url"] for one in materials)]
    return [url.split(server.address, 1)[1] for url in first]


def measure(rounds):
    print(f"\n{REQUESTS:,} GETs one after another, as SDK 0.6 reads an inventory of {MATERIALS} materials:", flush=True)
    with Criptd(wrapper=pinned(SERVER_CORE)) as server:
        token = server.add_user("ada").token
        paths = fill(server, token)
        asked = [paths[number % len(paths)] for number in range(REQUESTS)]
        figures, size = [], 0
        for _ in range(rounds + 1):  # the first one warms up
            connection = server.connect()
            before = cpu_seconds(server.process.pid)
            for _ in range(10):  # processor time is counted in hundredths of a second
                for path in asked:
                    answer = connection.send("GET", path, headers=[("Authorization", token), ("Accept", "application/json; version=0.6.0")])
                    assert answer.status == 200, answer
            figures.append((cpu_seconds(server.process.pid) - before) / (10 * REQUESTS) * 1e6)
            size = len(json.dumps(answer.json))
            connection.close()
    figures = sorted(figures[1:])
    print_table(
        ["", "CPU µs/GET, median", "least", "most", "bytes of the last answer"],
        [["criptd /api", f"{figures[len(figures) // 2]:.1f}", f"{figures[0]:.1f}", f"{figures[-1]:.1f}", size]],
    )
