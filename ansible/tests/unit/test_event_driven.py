"""The rulebook of Event-Driven Ansible: its schema, and that it does what the service does."""

import copy
import pathlib
import sys
import unittest

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import schemas  # noqa: E402

FILE = schemas.ROOT / "ansible" / "event-driven" / "rulebook.yml"


class RulebookTest(unittest.TestCase):
    def setUp(self):
        self.rulebook = yaml.safe_load(FILE.read_text())

    def problems(self, rulebook):
        library = schemas.jsonschema()
        archive = schemas.archive("ansible-rulebook==1.3.2")
        self.addCleanup(archive.close)
        schema = archive.read("ansible_rulebook/schema/ruleset_schema.json")
        return schemas.problems(library.Draft7Validator(schema), rulebook)

    def test_it_fits_its_schema(self):
        self.assertEqual([], self.problems(self.rulebook))

    def test_the_schema_finds_mistakes(self):
        for change in (
            lambda ruleset: ruleset.pop("sources"),
            lambda ruleset: ruleset["rules"][0].pop("condition"),
            lambda ruleset: ruleset["rules"][0]["action"].update(run_shell={}),
            lambda ruleset: ruleset["rules"][0]["throttle"].update(once_within="soon"),
        ):
            broken = copy.deepcopy(self.rulebook)
            change(broken[0])
            self.assertNotEqual([], self.problems(broken))

    def test_every_rule_looks_once(self):
        (ruleset,) = self.rulebook
        self.assertEqual("sequential", ruleset["execution_strategy"])
        for rule in ruleset["rules"]:
            module = rule["action"]["run_module"]
            self.assertEqual("ansible.builtin.command", module["name"])
            self.assertEqual(["fleet", "run", "--once", "--config"], module["module_args"]["argv"][1:5])

    def test_it_listens_where_the_service_would(self):
        sources = {name: value for source in self.rulebook[0]["sources"] for name, value in source.items() if name != "name"}
        webhook = sources["eda.builtin.webhook"]
        self.assertEqual(("127.0.0.1", 9098), (webhook["host"], webhook["port"]))
        self.assertIn("{{", webhook["token"], "a token stands in no file")
        self.assertEqual(30, sources["eda.builtin.range"]["delay"])


if __name__ == "__main__":
    unittest.main()
