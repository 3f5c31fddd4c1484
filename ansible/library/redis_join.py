#!/usr/bin/python
"""Ansible module: a new Redis follows the master that is there."""

from __future__ import annotations

DOCUMENTATION = r"""
module: redis_join
short_description: Makes a new Redis a replica of the master that is there
description:
  - Asks the sentinels who the master is; if none of them knows, the other Redis; if they do not know either, it is I(initial).
  - Changes only a Redis that is a master by default, follows nobody, has no replicas and no keys. What sentinels have decided is
    never undone. A Redis that follows one that is not the master is left to the sentinels.
  - The decision is written into Redis's own configuration file (C(CONFIG REWRITE)), as sentinels do it.
options:
  address:
    description: Where this Redis listens, as the others know it, C(host:port).
    type: str
    required: true
  login_host:
    description: Where to connect to it on this host.
    type: str
    default: 127.0.0.1
  password:
    description: Of this Redis, the others, and the sentinels.
    type: str
    default: ""
  previous_password:
    description: Tried where the other one is refused.
    type: str
    default: ""
  master_name:
    description: Under which the sentinels know the master.
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
    description: Address of the master of a cluster that has none yet.
    type: str
    required: true
  discard_data:
    description: Whether a Redis that has keys, and should not be the master, loses them.
    type: bool
    default: false
  timeout:
    description: Seconds to wait for an answer of each.
    type: float
    default: 2.0
author: Heliograph
"""

EXAMPLES = r"""
- name: Follow the master
  redis_join:
    address: 10.0.0.12:6379
    servers: [10.0.0.11:6379, 10.0.0.12:6379]
    sentinels: [10.0.0.11:26379, 10.0.0.12:26379]
    initial: 10.0.0.11:6379
    password: "{{ heliograph_redis_password }}"
"""

RETURN = r"""
role:
  description: C(master) or C(replica).
  type: str
  returned: success
master:
  description: Address of the master, which may be this one.
  type: str
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.heliograph_redis import Address, Redis, RedisError, find_master


def join(module):
    p = module.params
    own = Address.parse(p["address"])
    others = [Address.parse(server) for server in p["servers"] if Address.parse(server) != own]
    sentinels = [Address.parse(sentinel) for sentinel in p["sentinels"]]
    initial = Address.parse(p["initial"])
    passwords = [p["password"], p["previous_password"]]
    with Redis(Address(p["login_host"], own.port), passwords, p["timeout"]) as redis:
        part = redis.replication()
        if not part.is_master:
            return {"changed": False, "role": "replica", "master": str(part.master)}
        known = find_master(p["master_name"], sentinels, others, passwords, p["timeout"])
        if known is None and not part.replicas and not redis.call("DBSIZE"):
            known = initial
        if known in (None, own):
            return {"changed": False, "role": "master", "master": str(own)}
        refuse_to_lose(redis, part, own, known, p["discard_data"])
        if not module.check_mode:
            redis.call("REPLICAOF", known.host, known.port)
            redis.call("CONFIG", "REWRITE")
        return {"changed": True, "role": "replica", "master": str(known)}


def refuse_to_lose(redis, part, own, known, discard_data):
    if part.replicas:
        raise RedisError(
            "%s takes itself for the master and has %d replicas, while %s is the master: see the runbook redis-split"
            % (own, len(part.replicas), known)
        )
    keys = redis.call("DBSIZE")
    if keys and not discard_data:
        raise RedisError(
            "%s takes itself for the master and has %d keys, which it would lose as a replica of %s. If it has just come back,"
            " sentinels change it within seconds; if its keys are of no use, set redis_discard_data" % (own, keys, known)
        )


def main():
    module = AnsibleModule(
        argument_spec={
            "address": {"type": "str", "required": True},
            "login_host": {"type": "str", "default": "127.0.0.1"},
            "password": {"type": "str", "default": "", "no_log": True},
            "previous_password": {"type": "str", "default": "", "no_log": True},
            "master_name": {"type": "str", "default": "heliograph"},
            "sentinels": {"type": "list", "elements": "str", "default": []},
            "servers": {"type": "list", "elements": "str", "default": []},
            "initial": {"type": "str", "required": True},
            "discard_data": {"type": "bool", "default": False},
            "timeout": {"type": "float", "default": 2.0},
        },
        supports_check_mode=True,
    )
    try:
        result = join(module)
    except (RedisError, ValueError) as e:
        module.fail_json(msg=str(e))
    module.exit_json(**result)


if __name__ == "__main__":
    main()
