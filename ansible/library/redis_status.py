#!/usr/bin/python
"""Ansible module: what a Redis or a sentinel says of itself, and what is wrong with that."""

from __future__ import annotations

DOCUMENTATION = r"""
module: redis_status
short_description: Tells the role of a Redis, or what a sentinel knows, and what is wrong with it
description:
  - Changes nothing. Fails only if nobody answers; everything else that is wrong is in C(problems).
options:
  address:
    description: Where it listens, C(host:port).
    type: str
    required: true
  password:
    description: Its password.
    type: str
    default: ""
  previous_password:
    description: Tried if it refuses the other one.
    type: str
    default: ""
  sentinel_of:
    description:
      - Name of a master. If it is set, the address is that of a sentinel. It is to see each replica that the master has.
    type: str
    default: ""
  max_lag:
    description: Seconds since a replica has last heard from its master, above which that is a problem.
    type: int
    default: 5
  min_sentinels:
    description: So many other sentinels, at least, are to be known.
    type: int
    default: 0
  min_replicas:
    description: So many replicas, at least, are to be online; for a master.
    type: int
    default: 0
  timeout:
    description: Seconds to wait for an answer.
    type: float
    default: 2.0
author: Heliograph
"""

EXAMPLES = r"""
- name: See that Redis is well
  redis_status:
    address: 10.0.0.11:6379
    password: "{{ heliograph_redis_password }}"
  register: status
  until: status is success and not status.problems
"""

RETURN = r"""
problems:
  description: Sentences, none if all is well.
  type: list
  elements: str
  returned: success
role:
  description: C(master), C(replica) or C(sentinel).
  type: str
  returned: success
master:
  description: Address of the master, as this one sees it; empty if it knows none.
  type: str
  returned: success
replicas:
  description: Addresses of the replicas that are online.
  type: list
  elements: str
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.heliograph_redis import Address, Redis, RedisError, Refused, named_by, pairs


def server_status(redis, address, p):
    part = redis.replication()
    persistence = redis.info("persistence")
    problems = []
    if persistence.get("loading") == "1":
        problems.append("%s is still reading its data" % (address,))
    if persistence.get("aof_last_write_status", "ok") != "ok":
        problems.append("%s cannot write its append only file" % (address,))
    online = [str(replica.address) for replica in part.replicas if replica.online]
    if not part.is_master:
        silent = int(redis.info("replication").get("master_last_io_seconds_ago", -1))
        if part.syncing:
            problems.append("%s is still copying the data of %s" % (address, part.master))
        elif not part.link_up:
            problems.append("%s has no connection to its master %s" % (address, part.master))
        elif silent > p["max_lag"]:
            problems.append("%s has heard nothing from its master %s for %d s" % (address, part.master, silent))
    elif len(online) < p["min_replicas"]:
        problems.append("%s has %d replicas, not %d" % (address, len(online), p["min_replicas"]))
    return {
        "role": "master" if part.is_master else "replica",
        "master": str(address if part.is_master else part.master),
        "replicas": online,
        "problems": problems,
    }


def sentinel_status(sentinel, address, p):
    name = p["sentinel_of"]
    master = named_by(sentinel, name)
    if master is None:
        return {
            "role": "sentinel",
            "master": "",
            "replicas": [],
            "problems": ["the sentinel %s does not know %s" % (address, name)],
        }
    known = pairs(sentinel.call("SENTINEL", "MASTER", name))
    replicas = [pairs(replica) for replica in sentinel.call("SENTINEL", "REPLICAS", name)]
    online = [
        "%s:%s" % (replica["ip"], replica["port"])
        for replica in replicas
        if replica["flags"] == "slave" and replica["master-link-status"] == "ok"
    ]
    problems = []
    if known["flags"] != "master":
        problems.append("the sentinel %s sees the master %s as %s" % (address, master, known["flags"]))
    if int(known["num-other-sentinels"]) < p["min_sentinels"]:
        problems.append(
            "the sentinel %s knows %s other sentinels, not %d"
            % (address, known["num-other-sentinels"], p["min_sentinels"])
        )
    problems += unseen(address, master, online, p)
    try:
        sentinel.call("SENTINEL", "CKQUORUM", name)
    except Refused as e:
        problems.append("the sentinel %s says: %s" % (address, e))
    return {"role": "sentinel", "master": str(master), "replicas": online, "problems": problems}


def unseen(address, master, online, p):
    try:
        with Redis(master, passwords(p), p["timeout"]) as redis:
            replicas = [str(replica.address) for replica in redis.replication().replicas if replica.online]
    except RedisError as e:
        return [str(e)]
    return ["the sentinel %s does not see the replica %s" % (address, each) for each in replicas if each not in online]


def passwords(p):
    return [p["password"], p["previous_password"]]


def main():
    module = AnsibleModule(
        argument_spec={
            "address": {"type": "str", "required": True},
            "password": {"type": "str", "default": "", "no_log": True},
            "previous_password": {"type": "str", "default": "", "no_log": True},
            "sentinel_of": {"type": "str", "default": ""},
            "max_lag": {"type": "int", "default": 5},
            "min_sentinels": {"type": "int", "default": 0},
            "min_replicas": {"type": "int", "default": 0},
            "timeout": {"type": "float", "default": 2.0},
        },
        supports_check_mode=True,
    )
    p = module.params
    try:
        address = Address.parse(p["address"])
        with Redis(address, passwords(p), p["timeout"]) as redis:
            result = (sentinel_status if p["sentinel_of"] else server_status)(redis, address, p)
    except (RedisError, ValueError) as e:
        module.fail_json(msg=str(e))
    module.exit_json(changed=False, **result)


if __name__ == "__main__":
    main()
