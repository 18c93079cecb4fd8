"""Searches: equality, parents, sub-objects, comparisons, units; pages of searches and of what belongs to a record."""

import json

import cript

from sdk import SdkTest, unique

SUBSTANCES = (("hydrogen", "1333-74-0", "[H][H]", 2.016), ("helium", "7440-59-7", "[He]", 4.0026), ("benzene", "71-43-2", "c1ccccc1", 78.11), ("toluene", "108-88-3", "Cc1ccccc1", 92.141))


class Search(SdkTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cript.Project.create(name=unique("search"))
        cls.other = cript.Project.create(name=unique("elsewhere"))
        for name, cas, structure, weight in SUBSTANCES:
            cript.Material.create(
                project=cls.home,
                name=name,
                notes=f"about {name.upper()}",
                keywords=["styrene"] if name == "toluene" else None,
                identifiers=[cript.Identifier("cas", cas), cript.Identifier("bigsmiles", structure), cript.Identifier("names", [name, name.upper()])],
                properties=[
                    cript.Property(key="molar_mass", value=weight, unit="g/mol", method="prescribed"),
                    cript.Property(key="density", value=weight, unit="kg/m**3", conditions=[cript.Condition(key="temperature", value=4, unit="degC")]),
                ],
            )
        cript.Material.create(project=cls.other, name="hydrogen")

    def names(self, **query):
        query.setdefault("project", self.home.uid)
        return sorted(hit["name"] for hit in cript.Material.search(limit=50, **query).json())

    def test_fields_are_compared_exactly_and_all_must_fit(self):
        self.assertEqual(self.names(), ["benzene", "helium", "hydrogen", "toluene"])
        self.assertEqual(self.names(name="benzene"), ["benzene"])
        self.assertEqual(self.names(name="benz"), [])
        self.assertEqual(cript.Material.search(name="hydrogen").count(), 2)
        self.assertEqual(cript.Material.search(name="hydrogen", project=self.other.url).count(), 1)
        one = cript.Material.get(name="toluene", project=self.home.uid)
        self.assertEqual(cript.Material.search(uid=one.uid).count(), 1)
        self.assertEqual(cript.Material.search(uid=one.uid, name="benzene").count(), 0)
        self.assertEqual(self.names(keywords="styrene"), ["toluene"])
        with self.assertRaisesRegex(ValueError, "matched more than one"):
            cript.Material.get(project=self.home.uid)

    def test_sub_objects_fit_as_wholes(self):
        self.assertEqual(self.names(identifiers=[{"key": "cas", "value": "71-43-2"}]), ["benzene"])
        self.assertEqual(self.names(identifiers=[{"key": "cas", "value": "71-43"}]), [])
        self.assertEqual(self.names(identifiers=[{"key": "bigsmiles", "value": "c1ccccc1"}]), ["benzene", "toluene"])
        self.assertEqual(self.names(identifiers=[{"key": "names", "value": "HELIUM"}]), ["helium"])
        # Key and value of one sub-object, not of two.
        self.assertEqual(self.names(identifiers=[{"key": "cas", "value": "c1ccccc1"}]), [])
        at_four = [{"key": "density", "conditions": [{"key": "temperature", "value": 277.15, "unit": "kelvin"}]}]
        self.assertEqual(len(self.names(properties=at_four)), 4)
        at_five = [{"key": "density", "conditions": [{"key": "temperature", "value": 5, "unit": "degC"}]}]
        self.assertEqual(self.names(properties=at_five), [])

    def test_numbers_are_compared_in_any_unit(self):
        light = ["helium", "hydrogen"]
        for limit, unit in ((10, "g/mol"), (0.01, "kg/mol"), (0.01, "kilogram / mole"), (1e4, "mg/mol")):
            self.assertEqual(self.names(properties=[{"key": "molar_mass", "value__lt": limit, "unit": unit}]), light, unit)
        heavy = [{"key": "molar_mass", "value__gte": 78.11, "unit": "g/mol"}, {"key": "density", "value__lte": 80, "unit": "kg/m**3"}]
        self.assertEqual(self.names(properties=heavy), ["benzene"])
        between = [{"key": "molar_mass", "value__gt": 3, "value__lt": 80, "unit": "g/mol"}]
        self.assertEqual(self.names(properties=between), ["benzene", "helium"])

    def test_every_comparison_is_known(self):
        cases = {
            "name__in": (["helium", "toluene", "neon"], ["helium", "toluene"]),
            "name__contains": ("en", ["benzene", "hydrogen", "toluene"]),
            "name__icontains": ("EL", ["helium"]),
            "name__startswith": ("h", ["helium", "hydrogen"]),
            "name__istartswith": ("H", ["helium", "hydrogen"]),
            "name__endswith": ("ene", ["benzene", "toluene"]),
            "name__iendswith": ("ENE", ["benzene", "toluene"]),
            "name__exact": ("helium", ["helium"]),
            "name__iexact": ("HELIUM", ["helium"]),
            "name__gt": ("helium", ["hydrogen", "toluene"]),
            "name__lte": ("helium", ["benzene", "helium"]),
            "notes__isnull": (False, ["benzene", "helium", "hydrogen", "toluene"]),
            "process__isnull": (True, ["benzene", "helium", "hydrogen", "toluene"]),
            "notes__contains": ("BENZ", ["benzene"]),
        }
        for field, (value, expected) in cases.items():
            with self.subTest(field):
                self.assertEqual(self.names(**{field: value}), expected)

    def test_what_is_no_field_is_told(self):
        for query in ({"nam": "x"}, {"name__like": "x"}, {"properties": [{"kee": "density"}]}):
            answer = self.ask("POST", "/api/search/material/", query)
            self.assertEqual(answer.status, 400, query)
            self.assertEqual(len(answer.json["errors"]), 1)
        self.assertEqual(self.ask("POST", "/api/search/material/", "{").status, 400)


class Pages(SdkTest):
    def test_a_search_is_read_page_by_page(self):
        home = self.project()
        for number in range(23):
            cript.Material.create(project=home, name=f"material {number:02}")
        seen = []
        pages = cript.Material.search(project=home.uid, limit=10)
        self.assertEqual(pages.count(), 23)
        for number in range(3):
            if number:
                pages.next_page()
            seen += [hit["name"] for hit in pages.json()]
        with self.assertRaisesRegex(Exception, "last page"):
            pages.next_page()
        pages.previous_page()
        self.assertEqual(pages.json()[0]["name"], "material 10")
        self.assertEqual(seen, [f"material {number:02}" for number in range(23)])

    def test_addresses_of_pages_lead_through_a_list_and_back(self):
        home = self.project()
        for number in range(23):
            cript.Material.create(project=home, name=f"material {number:02}")
        url, names = f"{home.url}materials/?limit=9", []
        while url:
            page = self.ask("GET", url).json
            self.assertEqual(page["count"], 23)
            names += [hit["name"] for hit in page["results"]]
            last, url = page, page["next"]
        self.assertEqual(names, [f"material {number:02}" for number in range(23)])
        self.assertTrue(last["previous"].endswith("?limit=9&offset=9"), last["previous"])
        past = self.ask("GET", f"{home.url}materials/?limit=9&offset=99").json
        self.assertEqual((past["count"], past["results"], past["next"]), (23, [], None))
        self.assertEqual(self.ask("GET", f"{home.url}materials/?limit=none").status, 422)
        one = self.ask("GET", f"/api/material/?name=material%2007&project={home.uid}").json
        self.assertEqual([hit["name"] for hit in one["results"]], ["material 07"])
        got = self.ask("GET", one["results"][0]["url"]).json
        self.assertEqual(json.dumps(got, sort_keys=True), json.dumps(one["results"][0], sort_keys=True))
