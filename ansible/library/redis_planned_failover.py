#!/usr/bin/python
"""Ansible module: a replica becomes the master, as planned, and no acknowledged write is lost."""

from __future__ import annotations

DOCUMENTATION = r"""
module: redis_planned_failover
short_description: Has a replica take over from the Redis master without losing a write
description:
  - Asks the sentinels for the master, sees that every replica is in sync, has writes wait on the master, waits until the replicas
    have all of it, and lets a sentinel promote one of them. As soon as that one is the master, the old one becomes its replica
    and drops its clients, whose waiting writes are thereby refused; only then writes go on.
  - Refuses, and changes nothing, if no replica is in sync, if a sentinel does not answer or names another master, or if they have
    no quorum.
  - If no replica becomes the master in time, writes go on where they were. They do so in any case when the module has ended, and
    after I(pause) seconds even if it was killed.
options:
  sentinels:
    description: Addresses of all sentinels, C(host:port).
    type: list
    elements: str
    required: true
  password:
    description: Of Redis and of the sentinels.
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
  only_from:
    description: If this address is not that of the master, nothing is done.
    type: str
    default: ""
  max_lag_bytes:
    description: How far behind a replica may be at the beginning. What it lacks is what writes wait for.
    type: int
    default: 1048576
  catch_up:
    description:
      - Seconds that writes wait for the replicas to have all. Less than what sentinels call down, since they get no answer meanwhile.
    type: float
    default: 0.7
  pause:
    description: Seconds that writes wait at most for the new master.
    type: float
    default: 10
  answer:
    description: Seconds to wait for an answer of each.
    type: float
    default: 3
  timeout:
    description: Seconds until all sentinels name the new master and the old one is its replica, in sync. Before, so long for sentinels in
      TILT to act again.
    type: float
    default: 60
author: Heliograph
"""

EXAMPLES = r"""
- name: Let a replica take over
  redis_planned_failover:
    sentinels: [10.0.0.11:26379, 10.0.0.12:26379, 10.0.0.13:26379]
    password: "{{ heliograph_redis_password }}"
"""

RETURN = r"""
before:
  description: Address of the master before.
  type: str
  returned: success
after:
  description: Address of the master now.
  type: str
  returned: success
paused_ms:
  description: How long writes have waited.
  type: int
  returned: changed
took_ms:
  description: Until sentinels and the old master agreed.
  type: int
  returned: changed
"""

import contextlib
import time

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.heliograph_redis import Address, Redis, RedisError, Refused, Unreachable, named_by, pairs

POLL = 0.01


class Failover:
    """One failover; connections stay open until close()."""

    def __init__(self, p):
        self.p = p
        self.name = p["master_name"]
        self.passwords = [p["password"], p["previous_password"]]
        self.open = contextlib.ExitStack()

    def connect(self, address):
        return self.open.enter_context(self.visit(address))

    def visit(self, address):
        return Redis(address, self.passwords, self.p["answer"])

    def prepare(self):
        """Sees that nothing stands against it. Returns the master's address."""
        self.sentinels = [self.connect(Address.parse(sentinel)) for sentinel in self.p["sentinels"]]
        named = {sentinel.address: named_by(sentinel, self.name) for sentinel in self.sentinels}
        if len(set(named.values())) != 1 or None in named.values():
            raise RedisError(
                "the sentinels do not agree who is the master: "
                + ", ".join("%s names %s" % item for item in sorted(named.items()))
            )
        self.old = set(named.values()).pop()
        if self.p["only_from"] not in ("", str(self.old)):
            return self.old
        for sentinel in self.sentinels:
            self.see_quorum(sentinel)
        self.await_no_tilt()
        self.master = self.connect(self.old)
        part = self.master.replication()
        if not part.is_master:
            raise RedisError("the sentinels name %s, which is not a master" % (self.old,))
        self.replicas = {address: self.connect(address) for address in self.candidates()}
        self.see_in_sync(part)
        return self.old

    def await_no_tilt(self):
        """A sentinel whose clock has jumped, or that had no processor, does nothing for half a minute, and does not say so."""
        deadline = time.monotonic() + self.p["timeout"]
        while True:
            tilted = [str(s.address) for s in self.sentinels if s.info("sentinel").get("sentinel_tilt") == "1"]
            if not tilted:
                return
            if time.monotonic() > deadline:
                raise RedisError("%s will do nothing now (TILT): see to its clock or its load" % ", ".join(tilted))
            time.sleep(10 * POLL)

    def see_quorum(self, sentinel):
        try:
            sentinel.call("SENTINEL", "CKQUORUM", self.name)
        except Refused as e:
            raise RedisError("the sentinel %s says: %s" % (sentinel.address, e)) from e
        if self.flags(sentinel) != "master":
            raise RedisError("the sentinel %s sees %s as %s" % (sentinel.address, self.old, self.flags(sentinel)))

    def flags(self, sentinel):
        return pairs(sentinel.call("SENTINEL", "MASTER", self.name))["flags"]

    def well(self, sentinel):
        """Replicas that a sentinel may choose: not what it takes for down, nor what has the priority 0."""
        return {
            Address(replica["ip"], int(replica["port"]))
            for replica in map(pairs, sentinel.call("SENTINEL", "REPLICAS", self.name))
            if not {"s_down", "o_down", "disconnected"} & set(replica["flags"].split(",")) and replica["slave-priority"] != "0"
        }

    def candidates(self):
        found = set().union(*map(self.well, self.sentinels))
        if not found:
            raise RedisError("%s has no replica that could take over" % (self.old,))
        return sorted(found)

    def see_in_sync(self, part):
        online = {replica.address: replica for replica in part.replicas if replica.online}
        for address, replica in self.replicas.items():
            own = replica.replication()
            if own.is_master or own.master != self.old or not own.link_up or address not in online:
                raise RedisError("the replica %s is not in sync with %s" % (address, self.old))
            behind = part.offset - online[address].offset
            if behind > self.p["max_lag_bytes"]:
                raise RedisError("the replica %s is %d bytes behind %s" % (address, behind, self.old))

    def run(self):
        """Returns the new master's address."""
        self.paused_at = time.monotonic()
        # Beyond the deadline of this module, so that Redis does not let writes through while a promotion may still come.
        until = self.p["catch_up"] + self.p["pause"] + 5
        self.master.call("CLIENT", "PAUSE", int(until * 1000), "WRITE")
        try:
            self.wait_for_replicas()
            return self.promote()
        finally:
            self.go_on()

    def wait_for_replicas(self):
        deadline = time.monotonic() + self.p["catch_up"]
        while True:
            offset = self.master.replication().offset
            behind = [str(address) for address, replica in self.replicas.items() if replica.replication().offset < offset]
            if not behind:
                return
            if time.monotonic() > deadline:
                raise RedisError("%s had not all within %g s" % (", ".join(behind), self.p["catch_up"]))
            time.sleep(POLL)

    def promote(self):
        try:
            self.sentinels[0].call("SENTINEL", "FAILOVER", self.name)
        except Refused as e:
            raise RedisError("the sentinel %s refuses: %s" % (self.sentinels[0].address, e)) from e
        deadline = time.monotonic() + self.p["pause"]
        new = self.promoted()
        while new is None and time.monotonic() < deadline:
            time.sleep(POLL)
            new = self.promoted()
        if new is None:
            # It has its sentinel forget the failover: a promotion after writes go on would lose them.
            self.sentinels[0].call("SENTINEL", "RESET", self.name)
            time.sleep(20 * POLL)
            new = self.promoted()
        if new is None:
            raise RedisError(
                "no replica has become the master within %g s; writes go on with %s" % (self.p["pause"], self.old)
            )
        self.step_down(new)
        return new

    def promoted(self):
        return next(filter(self.is_master, self.replicas), None)

    def is_master(self, address):
        # By a new connection: a promotion drops all clients.
        try:
            with self.visit(address) as replica:
                return replica.replication().is_master
        except Unreachable:
            return False

    def step_down(self, new):
        """What a sentinel does with a master that comes back, but before it takes another write."""
        replies = self.master.call_all(
            [
                ("MULTI",),
                ("REPLICAOF", new.host, new.port),
                ("CONFIG", "REWRITE"),
                ("CLIENT", "KILL", "TYPE", "normal"),
                ("CLIENT", "KILL", "TYPE", "pubsub"),
                ("EXEC",),
            ]
        )
        refused = [reply for reply in replies if isinstance(reply, Refused)]
        refused += [reply for reply in replies[-1] or [] if isinstance(reply, Refused)]
        if refused:
            raise RedisError("%s is not yet a replica of %s: %s" % (self.old, new, refused[0]))

    def go_on(self):
        try:
            self.master.call("CLIENT", "UNPAUSE")
        except Unreachable:
            with contextlib.suppress(Unreachable), self.visit(self.old) as again:
                again.call("CLIENT", "UNPAUSE")
        self.paused_ms = round((time.monotonic() - self.paused_at) * 1000)

    def settle(self, new):
        """Waits until all see it the same way."""
        deadline = time.monotonic() + self.p["timeout"]
        while True:
            left = self.unsettled(new)
            if not left:
                return
            if time.monotonic() > deadline:
                raise RedisError("%s is the master, but after %g s %s" % (new, self.p["timeout"], left))
            time.sleep(10 * POLL)

    def unsettled(self, new):
        for sentinel in self.sentinels:
            if named_by(sentinel, self.name) != new:
                return "the sentinel %s does not know it" % (sentinel.address,)
            if self.flags(sentinel) != "master":
                return "the sentinel %s sees it as %s" % (sentinel.address, self.flags(sentinel))
            if self.old not in self.well(sentinel):
                return "the sentinel %s does not see its replica %s" % (sentinel.address, self.old)
        try:
            # By a new connection: a sentinel drops the clients of a master that it tells to follow.
            with self.visit(self.old) as old:
                part = old.replication()
        except Unreachable as e:
            return str(e)
        if part.is_master or part.master != new or not part.link_up:
            return "%s is not its replica, in sync" % (self.old,)
        return ""

    def close(self):
        self.open.close()


def fail_over(module):
    failover = Failover(module.params)
    with contextlib.closing(failover):
        started = time.monotonic()
        before = failover.prepare()
        if module.params["only_from"] not in ("", str(before)):
            return {"changed": False, "before": str(before), "after": str(before)}
        if module.check_mode:
            return {"changed": True, "before": str(before), "after": str(before)}
        after = failover.run()
        failover.settle(after)
        return {
            "changed": True,
            "before": str(before),
            "after": str(after),
            "paused_ms": failover.paused_ms,
            "took_ms": round((time.monotonic() - started) * 1000),
        }


def main():
    module = AnsibleModule(
        argument_spec={
            "sentinels": {"type": "list", "elements": "str", "required": True},
            "password": {"type": "str", "default": "", "no_log": True},
            "previous_password": {"type": "str", "default": "", "no_log": True},
            "master_name": {"type": "str", "default": "heliograph"},
            "only_from": {"type": "str", "default": ""},
            "max_lag_bytes": {"type": "int", "default": 1048576},
            "catch_up": {"type": "float", "default": 0.7},
            "pause": {"type": "float", "default": 10},
            "answer": {"type": "float", "default": 3},
            "timeout": {"type": "float", "default": 60},
        },
        supports_check_mode=True,
    )
    if not module.params["sentinels"]:
        module.fail_json(msg="no sentinel is named")
    try:
        result = fail_over(module)
    except (RedisError, ValueError) as e:
        module.fail_json(msg=str(e))
    module.exit_json(**result)


if __name__ == "__main__":
    main()
