"""What Ansible makes of templates of roles."""

from __future__ import annotations

import os

import harness
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

SOURCE = os.path.join(os.path.dirname(harness.HOME), "grafana")


class TemplateTest(harness.FolderTest):
    def render(self, role, template, **variables):
        """The file that Ansible makes of a template, with the defaults of its role."""
        defaults = self.load(os.path.join(harness.HOME, "roles", role, "defaults", "main.yml"))
        own = {role + "_source": SOURCE, "ansible_managed": "managed", "heliograph_address": "10.0.0.41"}
        templar = Templar(DataLoader(), variables={**defaults, **own, **variables})
        # As the module `template` does.
        with templar.set_temporary_context(trim_blocks=True):
            text = templar.do_template(
                self.read(os.path.join(harness.HOME, "roles", role, "templates", template)),
                preserve_trailing_newlines=True,
                escape_backslashes=False,
            )
        return self.write(template[: -len(".j2")], text)

    def load(self, path):
        with open(path, encoding="utf-8") as file:
            return yaml.safe_load(file)
