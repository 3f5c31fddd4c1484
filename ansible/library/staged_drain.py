#!/usr/bin/python
"""Moves the clients of relays to others, paced, with one rate for all of them."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: staged_drain
short_description: Move the clients of relays to others, paced, with one rate for all of them
description:
  - Drains relays by the admin API (docs/drain.md) and returns when none of them has a client left to move. They refuse new clients
    from the beginning, and go on to do so until they start anew or the drain is cancelled (C(state=cancelled)).
  - C(per_second) is for all nodes together; each gets a share by its connections. When one is done its share goes to the others; the sum is
    never more.
  - Each relay slows down by itself while those that take the clients refuse some, or use more than 75 % of their processors. This
    module does not do so a second time.
  - While an alert of severity C(page) fires that did not fire at the beginning, all of them pause.
  - Run again after an interruption it finds what goes on, and follows it. A drain that somebody else cancels ends it with a failure.
  - Fails if no client moves for C(stall_seconds); what is under way goes on then.
options:
  state:
    description: C(drained), or C(cancelled), which has nodes that refuse clients take them again and waits for nothing.
    type: str
    choices: [drained, cancelled]
    default: drained
  admin_urls:
    description: Admin APIs of any relays of the cluster; the first one that answers is asked.
    type: list
    elements: str
    required: true
  admin_token:
    description: Token of an operator.
    type: str
    required: true
    aliases: [token]
  colour:
    description: Colour of the relays.
    type: str
  nodes:
    description: Or their names.
    type: list
    elements: str
    default: []
  per_second:
    description: Clients a second that are asked to reconnect, of all nodes together.
    type: float
    default: 100
  deadline_seconds:
    description: When all should have moved. What has not moves at the same rate, and C(late) of the result is true.
    type: float
  force:
    description: Also if no other node is there to take the clients.
    type: bool
    default: false
  prometheus_url:
    description: Prometheus, for alerts; without it none stops the drain.
    type: str
  ignored_alerts:
    description: Names of alerts that do not. A drain may look like a storm of reconnects.
    type: list
    elements: str
    default: [HeliographReconnectStorm]
  longest_pause:
    description: Seconds of pauses after which it gives up.
    type: float
    default: 600
  stall_seconds:
    description: Seconds without a client that moved after which it gives up.
    type: float
    default: 120
  interval:
    description: Seconds between two looks.
    type: float
    default: 0.5
  path:
    description: Folder of the deployment lock and journal.
    type: path
    default: /var/lib/heliograph/deploy
  id:
    description:
      - Id of the deployment. Its lock is renewed each turn, and its journal says how far the drain is, if there is one. Without it neither
        is done.
    type: str
    aliases: [lock_id]
  timeout:
    description: Seconds that a relay has to answer; it waits up to 5 s for the others.
    type: float
    default: 8
author: Heliograph
"""

EXAMPLES = r"""
- name: Move all clients of blue to green
  staged_drain:
    admin_urls: ["http://192.0.2.11:8010", "http://192.0.2.12:8010"]
    admin_token: "{{ heliograph_admin_token }}"
    colour: blue
    per_second: 200
    deadline_seconds: 900
    prometheus_url: http://127.0.0.1:9090
    id: 20261130T101500Z-ab12

- name: Have blue take clients again
  staged_drain:
    state: cancelled
    admin_urls: ["http://192.0.2.11:8010"]
    admin_token: "{{ heliograph_admin_token }}"
    colour: blue
"""

RETURN = r"""
moved:
  description: Clients that were asked to reconnect, by this drain from its beginning.
  type: int
  returned: success
left:
  description: Connections that are left, such as those that do not end.
  type: int
  returned: success
seconds:
  description: How long it took.
  type: float
  returned: success
peak_per_second:
  description: The most clients that were asked in about a second, as counted here.
  type: float
  returned: success
late:
  description: Whether the deadline was missed.
  type: bool
  returned: success
paused_seconds:
  description: How long alerts have stopped it.
  type: float
  returned: success
nodes:
  description: Names of the nodes that were drained, or whose drains were cancelled.
  type: list
  elements: str
  returned: success
missing:
  description: Names in C(nodes) that the cluster does not know.
  type: list
  elements: str
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402
from ansible.module_utils.heliograph_drain import DrainFailed, Pacing, StagedDrain  # noqa: E402
from ansible.module_utils.heliograph_http import AdminApi, HttpError  # noqa: E402
from ansible.module_utils.heliograph_journal import Journal, NoSuchDeployment, moved  # noqa: E402
from ansible.module_utils.heliograph_lock import DeployLock, LockLost  # noqa: E402
from ansible.module_utils.heliograph_prometheus import Prometheus  # noqa: E402


def teller(params):
    """A function that puts a line of progress into the journal, and tells relays."""
    journal = Journal(params["path"], params["admin_urls"], params["admin_token"])

    def tell(line):
        try:
            now, _ = journal.change(params["id"], lambda before, at: moved(before, {"note": line}, at))
        except (FileNotFoundError, NoSuchDeployment):
            # A restart of relays has the lock, and no deployment.
            return
        journal.announce(now)

    return tell


def drain_of(params):
    pacing = Pacing(
        params["per_second"],
        deadline=params["deadline_seconds"],
        force=params["force"],
        interval=params["interval"],
        stall=params["stall_seconds"],
        longest_pause=params["longest_pause"],
        ignored_alerts=params["ignored_alerts"],
    )
    api = AdminApi(params["admin_urls"], params["admin_token"], params["timeout"], ask_others=False)
    url = params["prometheus_url"]
    pages = Prometheus(url).pages if url else None
    if not params["id"]:
        return StagedDrain(api, pacing, pages)
    lock = DeployLock(params["path"])
    return StagedDrain(api, pacing, pages, lambda: lock.renew(params["id"]), teller(params))


def result(drain, names, missing, changed):
    return {
        "changed": changed,
        "moved": drain.moved(),
        "left": drain.left(),
        "seconds": round(drain.seconds(), 1),
        "peak_per_second": round(drain.rate.peak, 1),
        "late": drain.late(),
        "paused_seconds": round(drain.paused_seconds, 1),
        "nodes": names,
        "missing": missing,
    }


def perform(params, check):
    drain = drain_of(params)
    colour, wanted = params["colour"], set(params["nodes"])
    if params["state"] == "cancelled":
        names = [] if check else drain.cancel(colour, wanted)
        return result(drain, names, [], bool(names)), drain.warnings
    there = drain.nodes(colour, wanted)
    names = sorted({name for name, _ in there})
    missing = sorted(wanted - set(names))
    if check:
        return dict(result(drain, names, missing, bool(there)), left=sum(clients for _, clients in there)), []
    if names:
        drain.run(set(names))
    return result(drain, names, missing, drain.moved() > 0), drain.warnings


def main():
    module = AnsibleModule(
        argument_spec={
            "state": {"type": "str", "choices": ["drained", "cancelled"], "default": "drained"},
            "admin_urls": {"type": "list", "elements": "str", "required": True},
            "admin_token": {"type": "str", "required": True, "aliases": ["token"], "no_log": True},
            "colour": {"type": "str"},
            "nodes": {"type": "list", "elements": "str", "default": []},
            "per_second": {"type": "float", "default": 100.0},
            "deadline_seconds": {"type": "float"},
            "force": {"type": "bool", "default": False},
            "prometheus_url": {"type": "str"},
            "ignored_alerts": {"type": "list", "elements": "str", "default": ["HeliographReconnectStorm"]},
            "longest_pause": {"type": "float", "default": 600.0},
            "stall_seconds": {"type": "float", "default": 120.0},
            "interval": {"type": "float", "default": 0.5},
            "path": {"type": "path", "default": "/var/lib/heliograph/deploy"},
            "id": {"type": "str", "aliases": ["lock_id"], "no_log": False},
            "timeout": {"type": "float", "default": 8.0},
        },
        supports_check_mode=True,
    )
    if not module.params["colour"] and not module.params["nodes"]:
        module.fail_json(msg="say which relays: a colour, or nodes")
    if module.params["per_second"] <= 0:
        module.fail_json(msg="per_second must be more than 0")
    try:
        answer, warnings = perform(module.params, module.check_mode)
    except HttpError as e:
        if not module.check_mode:
            module.fail_json(msg="no relay answers: %s" % e)
        answer, warnings = {"changed": False}, ["no relay can be asked yet: %s" % e]
    except (DrainFailed, LockLost, ValueError) as e:
        module.fail_json(msg=str(e))
    except OSError as e:
        module.fail_json(msg="the deployment lock and journal in %s: %s" % (module.params["path"], e))
    for warning in warnings:
        module.warn(warning)
    module.exit_json(**answer)


if __name__ == "__main__":
    main()
