#!/usr/bin/python
"""Tells what a release archive is."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: release_info
short_description: Tell what a release archive is
description:
  - Reads an archive as C(bin/dist) makes it, all of it and once, on the host that has it, which may be localhost. Changes
    nothing.
  - Refuses one that is broken, that does not have the folder that its name says, or that would write or link outside of it.
options:
  path:
    description: The archive, C(heliograph-VERSION-SYSTEM.tar.gz).
    type: path
    required: true
  version:
    description: The version that it must have.
    type: str
  sha256:
    description: The checksum that it must have.
    type: str
author: Heliograph
"""

EXAMPLES = r"""
- name: Look at the release
  release_info:
    path: releases/heliograph-1.2.0-linux-x64.tar.gz
  delegate_to: localhost
  become: false
  register: release
"""

RETURN = r"""
name:
  description: The folder in it.
  type: str
  returned: success
  sample: heliograph-1.2.0-linux-x64
version:
  description: Its version.
  type: str
  returned: success
  sample: 1.2.0
system:
  description: What it runs on.
  type: str
  returned: success
  sample: linux-x64
sha256:
  description: Its checksum.
  type: str
  returned: success
size:
  description: Its size in bytes.
  type: int
  returned: success
files:
  description: How many files it has.
  type: int
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402
from ansible.module_utils.heliograph_release import BadRelease, inspect  # noqa: E402


def main():
    module = AnsibleModule(
        argument_spec={
            "path": {"type": "path", "required": True},
            "version": {"type": "str"},
            "sha256": {"type": "str"},
        },
        supports_check_mode=True,
    )
    path = module.params["path"]
    try:
        found = inspect(path)
    except FileNotFoundError:
        module.fail_json(msg="there is no release %s" % path)
    except (BadRelease, OSError) as e:
        module.fail_json(msg=str(e))
    for key in ("version", "sha256"):
        wanted = module.params[key]
        if wanted and wanted.lower() != found[key].lower():
            module.fail_json(msg="%s has the %s %s, not %s" % (path, key, found[key], wanted), **found)
    module.exit_json(changed=False, **found)


if __name__ == "__main__":
    main()
