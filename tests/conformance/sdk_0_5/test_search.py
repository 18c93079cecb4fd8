"""Searches, their pages, and the pages of what belongs to a record."""

import cript

from sdk import SdkTest, unique

SUBSTANCES = (("hydrogen", "1333-74-0", "[H][H]", 2.016), ("helium", "7440-59-7", "[He]", 4.0026), ("benzene", "71-43-2", "c1ccccc1", 78.11), ("toluene", "108-88-3", "Cc1ccccc1", 92.141))


class Search(SdkTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cript.Project(name=unique("search"))
        cls.api.save(cls.home)
        for name, cas, structure, weight in SUBSTANCES:
            identifiers = [cript.Identifier("cas", cas), cript.Identifier("bigsmiles", structure), cript.Identifier("names", [name, name.upper()])]
            properties = [cript.Property(key="molar_mass", value=weight, unit="g/mol", method="prescribed")]
            cls.api.save(cript.Material(project=cls.home, name=name, identifiers=identifiers, properties=properties))

    def names(self, **query):
        return sorted(hit["name"] for hit in self.api.search(cript.Material, {"project": self.home.uid, **query}).json())

    def test_fields_sub_objects_and_numbers_in_any_unit(self):
        self.assertEqual(self.names(), ["benzene", "helium", "hydrogen", "toluene"])
        self.assertEqual(self.names(name="benzene"), ["benzene"])
        self.assertEqual(self.names(identifiers=[{"key": "cas", "value": "71-43-2"}]), ["benzene"])
        self.assertEqual(self.names(identifiers=[{"key": "names", "value": "HELIUM"}]), ["helium"])
        for limit, unit in ((10, "g/mol"), (0.01, "kg/mol")):
            self.assertEqual(self.names(properties=[{"key": "molar_mass", "value__lt": limit, "unit": unit}]), ["helium", "hydrogen"])

    def test_every_page_is_read_forwards_and_backwards(self):
        home = self.project()
        for number in range(13):
            self.make(cript.Material, project=home, name=f"material {number:02}")
        searched = self.api.search(cript.Material, {"project": home.uid})
        searched.limit = 5  # the SDK does not hand on what its search() is told
        listed = self.again(home).materials
        listed.limit = 5
        for pages in (searched, listed):
            seen = [hit["name"] for hit in pages.json()]
            self.assertEqual((pages.count(), len(seen)), (13, 5))
            for size in (5, 3):
                pages.next_page()
                self.assertEqual([type(node) for node in pages.objects()], [cript.Material] * size)
                seen += [hit["name"] for hit in pages.json()]
            self.assertEqual(seen, [f"material {number:02}" for number in range(13)])
            pages.previous_page()
            self.assertEqual(pages.json()[0]["name"], "material 05")
            pages.previous_page()
            self.assertEqual(pages.json()[0]["name"], "material 00")
