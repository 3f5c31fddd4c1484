#!/usr/bin/python
"""Ansible module: a running sentinel watches a master, with these settings."""

from __future__ import annotations

DOCUMENTATION = r"""
module: redis_sentinel_monitor
short_description: Has a running sentinel watch the Redis master
description:
  - Everything is told to the running sentinel, which writes it into its own file. That file is its memory (masters, epochs, other
    sentinels), so nobody else writes there.
  - A master that the sentinel knows already stays as it is, whoever that is now; a new sentinel learns it from the other sentinels,
    or else from the Redis, or else it is I(initial).
options:
  address:
    description: Where the sentinel listens, C(host:port), as the others know it.
    type: str
    required: true
  login_host:
    description: Where to connect to it on this host.
    type: str
    default: 127.0.0.1
  password:
    description: What this sentinel wants from clients, and the others, and Redis, from it.
    type: str
    default: ""
  previous_password:
    description: Tried if it refuses the other one.
    type: str
    default: ""
  name:
    description: Of the master.
    type: str
    default: heliograph
  sentinels:
    description: Addresses of all sentinels.
    type: list
    elements: str
    default: []
  servers:
    description: Addresses of all Redis.
    type: list
    elements: str
    default: []
  initial:
    description: Address of the master if nobody knows one.
    type: str
    required: true
  quorum:
    description: So many sentinels must call the master down.
    type: int
    required: true
  settings:
    description: Of C(SENTINEL SET), by name.
    type: dict
    default: {}
  config:
    description: The sentinel's own file, which alone tells the password that it uses.
    type: path
    default: /etc/redis/sentinel.conf
author: Heliograph
"""

EXAMPLES = r"""
- name: Watch the master
  redis_sentinel_monitor:
    address: 10.0.0.11:26379
    password: "{{ heliograph_redis_password }}"
    sentinels: [10.0.0.11:26379, 10.0.0.12:26379]
    servers: [10.0.0.11:6379, 10.0.0.12:6379]
    initial: 10.0.0.11:6379
    quorum: 2
    settings: {down-after-milliseconds: 1000}
"""

RETURN = r"""
master:
  description: Address of the master.
  type: str
  returned: success
changes:
  description: What was told to the sentinel.
  type: list
  elements: str
  returned: success
"""

import shlex

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.heliograph_redis import Address, Redis, RedisError, find_master, named_by, pairs

# Watched by a sentinel as Debian installs it.
EXAMPLE = "mymaster"


def passwords_in(path, name):
    """The passwords that the sentinel uses, for other sentinels and for the Redis of this name, as its file says."""
    found = {}
    with open(path, encoding="utf-8") as file:
        for words in map(shlex.split, filter(is_setting, file)):
            if words[:2] == ["sentinel", "sentinel-pass"]:
                found["sentinels"] = words[2]
            if words[:2] == ["sentinel", "auth-pass"] and words[2] == name:
                found["redis"] = words[3]
    return found


def is_setting(line):
    return line.startswith("sentinel ")


class Changes:
    """What is to be told to the sentinel, and is, unless this is a check."""

    def __init__(self, sentinel, check_mode):
        self.sentinel = sentinel
        self.check_mode = check_mode
        self.done = []

    def tell(self, what, *words):
        self.done.append(what)
        if not self.check_mode:
            self.sentinel.call(*words)


def monitor(module):
    p = module.params
    name = p["name"]
    own = Address.parse(p["address"])
    passwords = [p["password"], p["previous_password"]]
    with Redis(Address(p["login_host"], own.port), passwords) as sentinel:
        changes = Changes(sentinel, module.check_mode)
        if sentinel.password != p["password"]:
            changes.tell("its password", "ACL", "SETUSER", "default", "on", "resetpass", ">" + p["password"])
        if named_by(sentinel, EXAMPLE) and name != EXAMPLE:
            changes.tell("forget " + EXAMPLE, "SENTINEL", "REMOVE", EXAMPLE)
        tell_config(sentinel, changes, "announce-ip", own.host)
        tell_config(sentinel, changes, "announce-port", str(own.port))
        known = passwords_in(p["config"], name)
        if known.get("sentinels", "") != p["password"]:
            changes.tell("sentinel-pass", "SENTINEL", "CONFIG", "SET", "sentinel-pass", p["password"])
        master = named_by(sentinel, name)
        if master is None:
            others = [Address.parse(other) for other in p["sentinels"] if Address.parse(other) != own]
            servers = [Address.parse(server) for server in p["servers"]]
            master = find_master(name, others, servers, passwords, 1.0) or Address.parse(p["initial"])
            changes.tell("watch %s" % (master,), "SENTINEL", "MONITOR", name, master.host, master.port, p["quorum"])
        if known.get("redis", "") != p["password"]:
            changes.tell("auth-pass", "SENTINEL", "SET", name, "auth-pass", p["password"])
        tell_settings(sentinel, changes, name, dict(p["settings"], quorum=p["quorum"]))
    return {"changed": bool(changes.done), "changes": changes.done, "master": str(master)}


def tell_config(sentinel, changes, setting, value):
    found = pairs(sentinel.call("SENTINEL", "CONFIG", "GET", setting))
    if found.get(setting) != value:
        changes.tell("%s %s" % (setting, value), "SENTINEL", "CONFIG", "SET", setting, value)


def tell_settings(sentinel, changes, name, settings):
    # A check of a sentinel that does not watch it yet has nothing to compare with.
    found = pairs(sentinel.call("SENTINEL", "MASTER", name)) if named_by(sentinel, name) else {}
    for setting, value in sorted(settings.items()):
        if found.get(setting) != str(value):
            changes.tell("%s %s" % (setting, value), "SENTINEL", "SET", name, setting, value)


def main():
    module = AnsibleModule(
        argument_spec={
            "address": {"type": "str", "required": True},
            "login_host": {"type": "str", "default": "127.0.0.1"},
            "password": {"type": "str", "default": "", "no_log": True},
            "previous_password": {"type": "str", "default": "", "no_log": True},
            "name": {"type": "str", "default": "heliograph"},
            "sentinels": {"type": "list", "elements": "str", "default": []},
            "servers": {"type": "list", "elements": "str", "default": []},
            "initial": {"type": "str", "required": True},
            "quorum": {"type": "int", "required": True},
            "settings": {"type": "dict", "default": {}},
            "config": {"type": "path", "default": "/etc/redis/sentinel.conf"},
        },
        supports_check_mode=True,
    )
    try:
        result = monitor(module)
    except (RedisError, ValueError, OSError) as e:
        module.fail_json(msg=str(e))
    module.exit_json(**result)


if __name__ == "__main__":
    main()
