"""Compares two documents of a project as graphs, whatever their uuids and labels are.

Nodes are matched by structure: the roots belong together, and so do the targets of the same link of nodes that belong
together. Lists of nodes are compared in order. Every leaf is compared with its kind: 1 is not 1.0, and true is not 1.
Written against the description of the format, and not with the code under test.
"""

# What only a server sets. `uuid` is compared where both documents give one; `uid` is a label inside a document.
SET_BY_SERVER = {"created_at", "updated_at", "created_by", "updated_by", "model_version"}
IDENTITY = {"node", "uid", "uuid"}


class Document:
    """The nodes of one document, found by uuid and by label."""

    def __init__(self, root):
        self.root = root
        self._by_name = {}
        self.nodes = []
        self._collect(root)

    def _collect(self, value):
        if isinstance(value, list):
            for element in value:
                self._collect(element)
        elif isinstance(value, dict):
            if is_node(value):
                self.nodes.append(value)
                for name in self._names(value):
                    # A node may be repeated in short where it is still open; the first mention is the full one.
                    self._by_name.setdefault(name, value)
            for element in value.values():
                self._collect(element)

    @staticmethod
    def _names(mention):
        if "uid" in mention:
            yield mention["uid"]
            yield "uuid " + mention["uid"].removeprefix("_:")
        if "uuid" in mention:
            yield "uuid " + mention["uuid"]

    def resolve(self, mention):
        """The node that a mention means, or the mention itself if the document does not hold it."""
        for name in self._names(mention):
            if name in self._by_name:
                return self._by_name[name]
        return mention


def is_node(value):
    return isinstance(value, dict) and "node" in value


def is_mention(value):
    return isinstance(value, dict) and (is_node(value) or "uid" in value or "uuid" in value)


def is_nothing(value):
    """Fields without a value need not be written."""
    return value is None or value == []


def content(node):
    """What somebody wrote about the node."""
    fields = {}
    for name, value in node.items():
        if name in SET_BY_SERVER or name in IDENTITY or is_nothing(value):
            continue
        if name.endswith("_count") and type(value) is int:
            continue
        if name in ("locked", "public") and (value is False or node["node"][0] in ("Reference", "Software")):
            continue
        fields[name] = value
    return fields


def leaf(value):
    return f"{value!r} ({type(value).__name__})"


class Comparison:
    def __init__(self, expected, actual):
        self.expected = Document(expected)
        self.actual = Document(actual)
        self.differences = []
        self._partner = {}  # id of a node of one document → node of the other

    def run(self):
        self._compare_values(self.expected.root, self.actual.root, "")
        reached = sum(1 for node in self.expected.nodes if id(self.expected.resolve(node)) in self._partner)
        if reached != len(self.expected.nodes):
            self._differ("", f"only {reached} of {len(self.expected.nodes)} nodes were compared")
        return self.differences

    def _differ(self, path, sentence):
        self.differences.append(f"{path or '/'}: {sentence}")

    def _compare_values(self, expected, actual, path):
        if is_mention(expected) and is_mention(actual):
            self._compare_nodes(self.expected.resolve(expected), self.actual.resolve(actual), path)
        elif isinstance(expected, list) and isinstance(actual, list):
            if len(expected) != len(actual):
                self._differ(path, f"{len(expected)} elements became {len(actual)}")
            for position, pair in enumerate(zip(expected, actual)):
                self._compare_values(*pair, f"{path}/{position}")
        elif type(expected) is not type(actual) or expected != actual:
            self._differ(path, f"{leaf(expected)} became {leaf(actual)}")

    def _compare_nodes(self, expected, actual, path):
        known = self._partner.get(id(expected)), self._partner.get(id(actual))
        if known != (None, None):
            if known[0] is not actual or known[1] is not expected:
                self._differ(path, "leads to another node")
            return
        self._partner[id(expected)] = actual
        self._partner[id(actual)] = expected
        if "uuid" in expected and expected["uuid"] != actual.get("uuid"):
            self._differ(path, f"uuid {expected['uuid']} became {actual.get('uuid')}")
        if is_node(expected) != is_node(actual):
            self._differ(path, "a node became a link that leads nowhere, or the other way round")
            return
        if not is_node(expected):
            return
        if expected["node"] != actual["node"]:
            self._differ(path, f"{expected['node']} became {actual['node']}")
            return
        fields, others = content(expected), content(actual)
        for name in fields.keys() | others.keys():
            if name not in others:
                self._differ(f"{path}/{name}", "is missing")
            elif name not in fields:
                self._differ(f"{path}/{name}", f"appeared: {leaf(others[name])}")
            else:
                self._compare_values(fields[name], others[name], f"{path}/{name}")


def differences(expected, actual):
    """Sentences, one for each difference; none if the documents mean the same."""
    return Comparison(expected, actual).run()
