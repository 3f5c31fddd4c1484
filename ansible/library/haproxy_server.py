#!/usr/bin/python
"""Puts servers of HAProxy in service, drains them, or puts them in maintenance."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: haproxy_server
short_description: Put servers of HAProxy in service, drain them, or put them in maintenance
description:
  - Sets the administrative state of servers in the running HAProxy, reads it back, and keeps it in a server state file, from
    which HAProxy takes it at its next start or reload (C(load-server-state-from-file)).
  - If HAProxy does not run, the state is set in the file alone, and C(running) of the result is false. A server that the
    file does not have is an error then, since nothing would remember its state.
options:
  socket:
    description: Stats socket of HAProxy, of level C(admin).
    type: path
    default: /run/haproxy/admin.sock
  backends:
    description: Backends in which the servers are; each of them must have each of the servers.
    type: list
    elements: str
    required: true
  servers:
    description:
      - Names of servers and what they shall be.
      - C(ready) takes connections; C(drain) takes no new ones and keeps those that it has; C(maint) takes none, and
        is not checked.
    type: dict
  state_file:
    description: Where to keep the state of all servers.
    type: path
  state:
    description: C(present) sets the state, C(query) only tells it.
    type: str
    choices: [present, query]
    default: present
  timeout:
    description: Seconds that HAProxy has for each answer.
    type: float
    default: 5
author: Heliograph
"""

EXAMPLES = r"""
- name: Take relay2 out of service
  haproxy_server:
    backends: [be_blue, be_green]
    servers:
      relay2: drain
    state_file: /var/lib/haproxy/server-state

- name: See who is up
  haproxy_server:
    backends: [be_green]
    state: query
  register: green
"""

RETURN = r"""
running:
  description: Whether HAProxy runs.
  type: bool
  returned: always
servers:
  description: >-
    For each backend and server its C(admin) state (ready, drain, maint); and, if HAProxy runs, its C(operational) state
    (stopped, starting, running, stopping), its C(status) as HAProxy's page has it, current C(sessions), and C(weight).
  type: dict
  returned: always
  sample: {be_blue: {relay1: {admin: ready, operational: running, status: UP, sessions: 812, weight: 1}}}
commands:
  description: What HAProxy was told, or would have been told in check mode.
  type: list
  returned: always
state_file_changed:
  description: Whether the state file had another state of one of these servers.
  type: bool
  returned: always
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402
from ansible.module_utils.heliograph_files import read_text, replace_file  # noqa: E402
from ansible.module_utils.heliograph_haproxy import (  # noqa: E402
    DRAIN,
    MAINT,
    OPERATIONAL,
    READY,
    Haproxy,
    HaproxyError,
    NotRunning,
    admin_state,
    is_word,
    server_rows,
    with_admin_states,
)

STATES = (READY, DRAIN, MAINT)


def unusable(backends, servers):
    """Why a task cannot be done; None if it can."""
    for name in backends + list(servers):
        if not is_word(name) or "/" in name:
            return "'%s' is no name of a backend or server" % name
    for name, state in servers.items():
        if state not in STATES:
            return "%s: '%s' is none of %s" % (name, state, ", ".join(STATES))
    return None


def absent(rows, backends, servers):
    """What is not there of what is meant."""
    known = {backend for backend, _ in rows}
    gone = [backend for backend in backends if backend not in known]
    gone += ["%s/%s" % (b, s) for b in backends if b in known for s in servers if (b, s) not in rows]
    return gone


def commands(rows, wanted):
    """What gives each server its state: wanted is (backend, server) -> state."""
    return [
        "set server %s/%s state %s" % (backend, server, state)
        for (backend, server), state in wanted.items()
        if admin_state(rows[(backend, server)]) != state
    ]


def differs(rows, wanted):
    """The servers that have another state than the wanted one, or are not there."""
    return ["/".join(key) for key, state in wanted.items() if key not in rows or admin_state(rows[key]) != state]


def described(rows, stats, backends):
    """What to tell of the servers of some backends; stats is None if HAProxy does not run."""
    told = {}
    for (backend, server), row in rows.items():
        if backend not in backends:
            continue
        one = {"admin": admin_state(row)}
        if stats is not None:
            live = stats.get((backend, server), {})
            one["operational"] = OPERATIONAL.get(row["srv_op_state"], "unknown")
            one["status"] = live.get("status", "")
            one["sessions"] = int(live.get("scur") or 0)
            one["weight"] = int(row["srv_uweight"])
        told.setdefault(backend, {})[server] = one
    return told


class Task:
    """What one run of the module does."""

    def __init__(self, params, check):
        self.backends = params["backends"]
        servers = {str(name): str(state) for name, state in (params["servers"] or {}).items()}
        self.query = params["state"] == "query"
        self.wanted = {} if self.query else {(b, s): state for b in self.backends for s, state in servers.items()}
        self.servers = servers
        self.state_file = params["state_file"]
        self.check = check
        self.haproxy = Haproxy(params["socket"], params["timeout"])

    def run(self):
        try:
            rows = server_rows(self.haproxy.servers())
        except NotRunning as e:
            return self.on_file(e)
        gone = absent(rows, self.backends, self.servers)
        if gone:
            raise HaproxyError("HAProxy has no %s" % ", ".join(gone))
        todo = commands(rows, self.wanted)
        kept = server_rows(read_text(self.state_file) or "") if self.state_file else {}
        stale = bool(self.state_file) and not self.query and bool(todo or differs(kept, self.wanted))
        if not self.check and (todo or stale):
            for command in todo:
                self.haproxy.do(command)
            text = self.haproxy.servers()
            rows = server_rows(text)
            wrong = differs(rows, self.wanted)
            if wrong:
                raise HaproxyError("HAProxy did not change the state of %s" % ", ".join(wrong))
            if stale:
                replace_file(self.state_file, text)
        return {
            "changed": bool(todo) or stale,
            "running": True,
            "servers": described(rows, self.haproxy.sessions(), self.backends),
            "commands": todo,
            "state_file_changed": stale,
        }

    def on_file(self, not_running):
        text = (read_text(self.state_file) if self.state_file else None) or ""
        rows = server_rows(text)
        lacking = ["/".join(key) for key in self.wanted if key not in rows]
        if lacking and not self.check:
            raise HaproxyError(
                "%s, and %s does not have %s: start HAProxy first"
                % (not_running, self.state_file or "no state file", ", ".join(lacking))
            )
        stale = bool(differs(rows, self.wanted))
        if stale and not self.check:
            text = with_admin_states(text, self.wanted)
            replace_file(self.state_file, text)
            rows = server_rows(text)
        return {
            "changed": stale,
            "running": False,
            "servers": described(rows, None, self.backends),
            "commands": [],
            "state_file_changed": stale,
        }


def main():
    module = AnsibleModule(
        argument_spec={
            "socket": {"type": "path", "default": "/run/haproxy/admin.sock"},
            "backends": {"type": "list", "elements": "str", "required": True},
            "servers": {"type": "dict"},
            "state_file": {"type": "path"},
            "state": {"type": "str", "choices": ["present", "query"], "default": "present"},
            "timeout": {"type": "float", "default": 5.0},
        },
        required_if=[("state", "present", ["servers"])],
        supports_check_mode=True,
    )
    task = Task(module.params, module.check_mode)
    problem = unusable(task.backends, {} if task.query else task.servers)
    if problem:
        module.fail_json(msg=problem)
    try:
        module.exit_json(**task.run())
    except HaproxyError as e:
        module.fail_json(msg=str(e))
    except OSError as e:
        module.fail_json(msg="cannot keep the servers' state in %s: %s" % (task.state_file, e))


if __name__ == "__main__":
    main()
