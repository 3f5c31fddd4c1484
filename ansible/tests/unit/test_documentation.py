import os
import unittest
from unittest import mock

import yaml

from harness import HOME, load

NAMES = sorted(name[:-3] for name in os.listdir(os.path.join(HOME, "library")) if name.endswith(".py"))


class Stopped(Exception):
    pass


def argument_spec(module):
    """What a module tells Ansible of its arguments."""
    with mock.patch.object(module, "AnsibleModule", side_effect=Stopped) as ansible:
        try:
            module.main()
        except Stopped:
            pass
    return ansible.call_args.kwargs


def told(options, spec):
    """The same facts of options in the documentation and in the argument spec."""
    documented = {
        name: (each["type"], each.get("default"), each.get("choices"), each.get("aliases", []), each.get("required", False), each.get("elements"))
        for name, each in options.items()
    }
    in_force = {
        name: (each["type"], each.get("default"), each.get("choices"), each.get("aliases", []), each.get("required", False), each.get("elements"))
        for name, each in spec.items()
    }
    return documented, in_force


class DocumentationTest(unittest.TestCase):
    def test_options_are_documented_as_they_are(self):
        for name in NAMES:
            with self.subTest(name):
                module = load(name)
                documentation = yaml.safe_load(module.DOCUMENTATION)
                self.assertEqual(name, documentation["module"])
                arguments = argument_spec(module)
                self.assertEqual(*told(documentation["options"], arguments["argument_spec"]))
                for option, each in documentation["options"].items():
                    if "suboptions" in each:
                        self.assertEqual(*told(each["suboptions"], arguments["argument_spec"][option]["options"]))
                self.assertTrue(arguments.get("supports_check_mode"), "check mode")

    def test_examples_are_tasks_with_options_that_there_are(self):
        for name in NAMES:
            with self.subTest(name):
                module = load(name)
                options = yaml.safe_load(module.DOCUMENTATION)["options"]
                known = set(options).union(*(each.get("aliases", []) for each in options.values()))
                tasks = [task for task in yaml.safe_load(module.EXAMPLES) if name in task]
                self.assertTrue(tasks)
                for task in tasks:
                    self.assertLessEqual(set(task[name]), known)
                    required = {option for option, each in options.items() if each.get("required")}
                    given = {option for option in options if {option, *options[option].get("aliases", [])} & set(task[name])}
                    self.assertLessEqual(required, given)

    def test_what_is_returned_is_documented(self):
        for name in NAMES:
            with self.subTest(name):
                for key, each in yaml.safe_load(load(name).RETURN).items():
                    self.assertTrue(each["description"] and each["type"] and each["returned"], key)


if __name__ == "__main__":
    unittest.main()
