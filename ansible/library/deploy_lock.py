#!/usr/bin/python
"""Takes and frees the lock that lets only one deployment at a time change the cluster."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: deploy_lock
short_description: Take and free the lock that lets only one deployment at a time change the cluster
description:
  - The lock is C(lock.json) in a folder of one host. Of any number that take it at the same time exactly one gets it.
  - A lock that is held can be taken if its process is known to be dead, if it has shown no sign of life for some time, or by hand. The
    purpose C(freeze) has no process and no heartbeat; it is taken by hand alone.
  - M(deploy_journal), M(canary_judge) and M(staged_drain) renew the heartbeat, and stop when the lock is another's.
  - Writes C(heliograph_deploy_lock) and C(heliograph_deploy_lock_timestamp_seconds) for the node exporter.
options:
  path:
    description: Folder of the lock.
    type: path
    default: /var/lib/heliograph/deploy
  state:
    description: Take it, free it, or tell who has it. Freeing a free lock changes nothing.
    type: str
    choices: [acquired, released, query]
    required: true
  id:
    description: Id of the deployment; not of C(query).
    type: str
    aliases: [token]
  owner:
    description: Who takes it, for people to read, such as C(alice@ops1).
    type: str
  purpose:
    description: What for, such as C(deploy 1.2.0), C(scale), or C(freeze).
    type: str
  controller:
    description: Host of the ansible-playbook that takes it.
    type: str
    default: ""
  controller_pid:
    description: Its process, as M(process_alive) tells.
    type: int
    default: 0
  controller_start:
    description: When that started, as M(process_alive) tells.
    type: int
    default: 0
  controller_boot_id:
    description: Where that runs, as M(process_alive) tells.
    type: str
    default: ""
  dead_id:
    description:
      - Id of the lock whose process M(process_alive) found dead. The lock is taken only if it is still that one, and was taken
        on the same machine.
    type: str
  stale_seconds:
    description: After how many seconds without a sign of life it can be taken.
    type: int
    default: 120
  take_over:
    description: Take or free it whoever has it. For people who know what they do.
    type: bool
    default: false
  textfile:
    description: Folder of the node exporter's textfile collector; empty for none, and nothing happens if it is not there.
    type: path
    default: /var/lib/prometheus/node-exporter
author: Heliograph
"""

EXAMPLES = r"""
- name: See who has the lock
  deploy_lock:
    state: query
  register: lock

- name: Take the lock
  deploy_lock:
    state: acquired
    id: 20261130T101500Z-ab12
    owner: "{{ controller.owner }}"
    purpose: deploy 1.2.0
    controller: "{{ controller.controller }}"
    controller_pid: "{{ controller.pid }}"
    controller_start: "{{ controller.start }}"
    controller_boot_id: "{{ controller.boot_id }}"
    dead_id: "{{ lock.held.id if holder.state | default('') == 'dead' else omit }}"

- name: Free the lock
  deploy_lock:
    state: released
    id: 20261130T101500Z-ab12
"""

RETURN = r"""
held:
  description: What the lock says now; null if it is free.
  type: dict
  returned: always
  sample: {id: 20261130T101500Z-ab12, owner: alice@ops1, purpose: deploy 1.2.0, controller: ops1, boot_id: "..", pid: 812, start: 91823,
           acquired_ms: 1796033700000, heartbeat_ms: 1796033712000}
previous:
  description: What it said before, if it was taken from somebody or freed; else null.
  type: dict
  returned: always
reason:
  description: Why it could be taken from them; else empty.
  type: str
  returned: always
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402
from ansible.module_utils.heliograph_lock import DeployLock, LockHeld, LockLost  # noqa: E402


def wanted(params):
    """What the lock is to say."""
    return {
        "id": params["id"],
        "owner": params["owner"],
        "purpose": params["purpose"],
        "controller": params["controller"],
        "boot_id": params["controller_boot_id"],
        "pid": params["controller_pid"],
        "start": params["controller_start"],
    }


def run(lock, params, check):
    if params["state"] == "query":
        return {"changed": False, "held": lock.held(), "previous": None, "reason": ""}
    if params["state"] == "released":
        previous = lock.release(params["id"], params["take_over"], check)
        return {"changed": previous is not None, "held": None, "previous": previous, "reason": ""}
    held, previous, reason, changed = lock.acquire(
        wanted(params),
        check,
        stale_seconds=params["stale_seconds"],
        dead_id=params["dead_id"],
        take_over=params["take_over"],
    )
    return {"changed": changed, "held": held, "previous": previous, "reason": reason}


def main():
    module = AnsibleModule(
        argument_spec={
            "path": {"type": "path", "default": "/var/lib/heliograph/deploy"},
            "state": {"type": "str", "choices": ["acquired", "released", "query"], "required": True},
            "id": {"type": "str", "aliases": ["token"], "no_log": False},
            "owner": {"type": "str"},
            "purpose": {"type": "str"},
            "controller": {"type": "str", "default": ""},
            "controller_pid": {"type": "int", "default": 0},
            "controller_start": {"type": "int", "default": 0},
            "controller_boot_id": {"type": "str", "default": ""},
            "dead_id": {"type": "str"},
            "stale_seconds": {"type": "int", "default": 120},
            "take_over": {"type": "bool", "default": False},
            "textfile": {"type": "path", "default": "/var/lib/prometheus/node-exporter"},
        },
        required_if=[("state", "acquired", ["id", "owner", "purpose"]), ("state", "released", ["id"])],
        supports_check_mode=True,
    )
    lock = DeployLock(module.params["path"], module.params["textfile"] or None)
    try:
        module.exit_json(**run(lock, module.params, module.check_mode))
    except (LockHeld, LockLost, ValueError) as e:
        module.fail_json(msg=str(e))
    except OSError as e:
        module.fail_json(msg="the deployment lock in %s: %s" % (module.params["path"], e))


if __name__ == "__main__":
    main()
