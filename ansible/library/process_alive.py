#!/usr/bin/python
"""Tells whether a process that was seen before still runs."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: process_alive
short_description: Tell whether a process that was seen before still runs
description:
  - Runs on the controller, delegated to localhost, to find out whether the ansible-playbook that took a lock is still at work.
    Changes nothing.
  - A process is known by its number, the time of its start, and the machine and boot in which it was seen. A container
    with processes of its own counts as a machine.
options:
  self:
    description: Tell of the ansible-playbook that runs this task, for others to ask after it.
    type: bool
    default: false
  pid:
    description: Number of the process.
    type: int
  start:
    description: Time of its start, as C(self) told it.
    type: int
  boot_id:
    description: Where it was seen, as C(self) told it.
    type: str
author: Heliograph
"""

EXAMPLES = r"""
- name: Find out who we are
  process_alive:
    self: true
  delegate_to: localhost
  register: controller

- name: See whether the holder of the lock is still at work
  process_alive:
    pid: "{{ lock.held.pid }}"
    start: "{{ lock.held.start }}"
    boot_id: "{{ lock.held.boot_id }}"
  delegate_to: localhost
  register: holder
"""

RETURN = r"""
state:
  description: C(alive), C(dead), or C(unknown) if it ran elsewhere or before the last boot.
  type: str
  returned: always
pid:
  description: Number of the process.
  type: int
  returned: always
start:
  description: Time of its start, in ticks since boot.
  type: int
  returned: always
boot_id:
  description: The boot of this machine, and which numbers of processes it means.
  type: str
  returned: always
controller:
  description: Name of this host.
  type: str
  returned: with self
owner:
  description: Who runs it, as C(USER@HOST); behind sudo the one who called sudo.
  type: str
  returned: with self
"""

import getpass  # noqa: E402
import os  # noqa: E402
import socket  # noqa: E402

from ansible.module_utils.basic import AnsibleModule  # noqa: E402
from ansible.module_utils.heliograph_processes import ALIVE, PLAYBOOK, Proc, playbook, state  # noqa: E402


def user():
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except KeyError:
        return str(os.getuid())


def main():
    module = AnsibleModule(
        argument_spec={
            "self": {"type": "bool", "default": False},
            "pid": {"type": "int"},
            "start": {"type": "int"},
            "boot_id": {"type": "str"},
        },
        required_if=[("self", False, ["pid", "start", "boot_id"])],
        supports_check_mode=True,
    )
    proc = Proc()
    pid, start, boot_id = (module.params[key] for key in ("pid", "start", "boot_id"))
    if not module.params["self"]:
        module.exit_json(changed=False, state=state(proc, pid, start, boot_id), pid=pid, start=start, boot_id=boot_id)
    pid = playbook(proc, os.getpid())
    if pid is None:
        module.fail_json(msg="no %s runs this task: delegate it to localhost, with a local connection" % PLAYBOOK)
    host = socket.gethostname()
    module.exit_json(
        changed=False,
        state=ALIVE,
        pid=pid,
        start=proc.start(pid),
        boot_id=proc.machine(),
        controller=host,
        owner="%s@%s" % (user(), host),
    )


if __name__ == "__main__":
    main()
