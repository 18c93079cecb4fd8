"""Two users: what is private, what is public, and what a group makes common."""

import cript

from sdk import APIError, SdkTest, forget, unique


class Rights(SdkTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.server.add_user("bob")
        cls.bob_url = cls.server.ask("GET", "/api/session-info/", token=cls.bob.token).json["user_info"]["url"]

    def bobs(self, method, url, body=None):
        return self.ask(method, url, body, user=self.bob)

    def test_a_private_project_is_nobody_elses(self):
        home = self.project()
        material = cript.Material.create(project=home, name="M")
        for url in (home.url, material.url, f"{home.url}materials/"):
            self.assertEqual(self.bobs("GET", url).status, 404)
        self.assertEqual(self.bobs("POST", "/api/search/material/", {"name": "M"}).json["count"], 0)
        for method, body in (("PUT", {"name": "stolen"}), ("DELETE", None)):
            self.assertEqual(self.bobs(method, material.url, body).status, 404)
        refused = self.bobs("POST", "/api/material/", {"project": home.url, "name": "x"})
        self.assertEqual(refused.status, 422)
        self.assertIn("/project: there is no such Project", refused.json["errors"])

    def test_a_public_project_is_read_by_everyone_and_changed_by_its_own(self):
        home = self.project(public=True)
        material = cript.Material.create(project=home, name="M")
        self.assertEqual(self.bobs("GET", material.url).json["name"], "M")
        self.assertEqual(self.bobs("POST", "/api/search/project/", {"name": home.name}).json["count"], 1)
        for method, url, body in (("PUT", home.url, {"name": "x"}), ("DELETE", home.url, None), ("PUT", material.url, {"name": "x"}), ("POST", "/api/material/", {"project": home.url, "name": "x"})):
            answer = self.bobs(method, url, body)
            self.assertEqual(answer.status, 403, (method, url))
            self.assertTrue(answer.json["detail"].startswith("You do not have permission to perform this action"))
        home.update(public=False)
        self.assertEqual(self.bobs("GET", home.url).status, 404)
        audit = self.server.ask("GET", "/api/v1/account/audit", token=self.user.token).data
        self.assertIn("project.made_private", [entry["action"] for entry in audit])

    def test_who_is_in_the_group_of_a_project_works_on_it(self):
        group = cript.Group.create(name=unique("team"))
        self.assertEqual(group.users[0].username, "ada")
        home = self.project(group=group)
        material = cript.Material.create(project=home, name="M")
        self.assertIs(material.group, group)
        self.assertEqual(self.bobs("GET", material.url).status, 404)
        added = self.ask("PUT", group.url, {"name": group.name, "users": [self.api.user.url, self.bob_url]})
        self.assertEqual(added.status, 200, added)
        self.assertEqual(self.bobs("GET", material.url).json["group"], group.url)
        self.assertEqual(self.bobs("GET", group.url).json["users"], [self.api.user.url, self.bob_url])
        changed = self.bobs("PUT", material.url, {**self.bobs("GET", material.url).json, "notes": "by bob"})
        self.assertEqual((changed.status, changed.json["notes"]), (200, "by bob"))
        self.assertEqual(self.bobs("POST", "/api/material/", {"project": home.url, "name": "bob's"}).status, 201)
        self.assertEqual(self.bobs("DELETE", home.url).status, 403)
        self.assertEqual(self.ask("DELETE", group.url).status, 409)
        taken = self.ask("PUT", group.url, {"name": group.name, "users": [self.api.user.url]})
        self.assertEqual(taken.status, 200)
        self.assertEqual(self.bobs("GET", material.url).status, 404)
        home.delete()
        group.delete()
        self.assertEqual(self.ask("GET", f"/api/group/{added.json['uid']}/").status, 404)

    def test_everyone_has_a_group_of_their_own(self):
        home = self.project()
        forget()
        own = cript.Group.get(url=home.group.url)
        self.assertEqual((own.name, [user.username for user in own.users]), ("ada", ["ada"]))
        self.assertEqual(self.ask("PUT", own.url, {"name": "other"}).status, 403)
        with self.assertRaises(APIError):
            own.delete()

    def test_a_group_of_others_is_no_group_for_a_node(self):
        group = cript.Group.create(name=unique("closed"))
        answer = self.bobs("POST", "/api/project/", {"name": unique("p"), "group": group.url})
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.json["errors"], ["/group: there is no such group that you are in"])
        self.assertEqual(self.bobs("GET", group.url).status, 404)

    def test_addresses_of_people_are_their_own_business(self):
        self.assertEqual(self.bobs("GET", self.api.user.url).json["email"], "")
        self.assertEqual(self.bobs("GET", self.bob_url).json["email"], "bob@example.org")
        self.assertEqual(self.bobs("POST", "/api/search/user/", {"email": "ada@example.org"}).json["count"], 0)

    def test_another_ones_software_is_not_updated(self):
        made = cript.Software.create(group=self.project().group, name=unique("program"), version="1")
        self.assertEqual(self.bobs("PUT", made.url, {"name": made.name, "version": "2"}).status, 403)
        same = self.bobs("POST", "/api/software/", {"name": made.name, "version": "1"})
        self.assertEqual(same.status, 201, same)
