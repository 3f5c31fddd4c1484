#!/usr/bin/python
"""Ansible module: a running Redis takes over the settings of a file."""

from __future__ import annotations

DOCUMENTATION = r"""
module: redis_settings
short_description: Gives a running Redis the settings of a configuration file
description:
  - Sets what can be set while it runs (C(CONFIG SET)), then has Redis write its own file anew. That is needed for the
    password, which Redis keeps there a second time, as a user, and which counts more than C(requirepass).
  - What takes effect only at the start is compared, and reported.
options:
  path:
    description: The file, with one setting a line; a name that stands there several times has all these values.
    type: path
    required: true
  address:
    description: Where Redis listens, C(host:port).
    type: str
    required: true
  password:
    description: The password that it has, or gets by the file.
    type: str
    default: ""
  previous_password:
    description: Tried if it refuses the other one.
    type: str
    default: ""
author: Heliograph
"""

EXAMPLES = r"""
- name: Give the running Redis the settings of the file
  redis_settings:
    path: /etc/redis/heliograph.conf
    address: 127.0.0.1:6379
    password: "{{ heliograph_redis_password }}"
"""

RETURN = r"""
settings:
  description: Names of the settings that have changed.
  type: list
  elements: str
  returned: success
restart_required:
  description: Names of the settings that differ and take effect at the start only.
  type: list
  elements: str
  returned: success
role:
  description: C(master) or C(replica).
  type: str
  returned: success
replicas:
  description: How many replicas are online.
  type: int
  returned: success
"""

import shlex

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.heliograph_redis import Address, Redis, RedisError, Refused


def read(path):
    """The settings of a file, by name, as CONFIG SET takes them."""
    settings = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = shlex.split(line, comments=True)
            if words:
                # An empty value only takes back the default before others follow.
                settings.setdefault(words[0].lower(), []).extend(word for word in words[1:] if word)
    return {name: " ".join(values) for name, values in settings.items()}


UNITS = {"k": 1000, "kb": 1024, "m": 1000**2, "mb": 1024**2, "g": 1000**3, "gb": 1024**3}


def alike(wanted, found):
    """Whether both mean the same: Redis answers with bytes where the file may have units."""
    return [_plain(word) for word in wanted.split()] == [_plain(word) for word in found.split()]


def _plain(word):
    number = word.rstrip("bkmgBKMG")
    unit = word[len(number) :].lower()
    return str(int(number) * UNITS[unit]) if number.isdigit() and unit in UNITS else word


def differences(redis, settings):
    """Names of the settings that Redis has otherwise. It must know all of them."""
    found = {name: redis.call("CONFIG", "GET", name) for name in settings}
    unknown = [name for name, reply in found.items() if not reply]
    if unknown:
        raise RedisError("Redis does not know the settings " + ", ".join(unknown))
    return [name for name, wanted in settings.items() if not same(name, wanted, found[name][1])]


def same(name, wanted, found):
    if name == "client-output-buffer-limit":
        # The answer has all classes; the file only those that matter.
        return all(any(alike(limit, other) for other in _classes(found)) for limit in _classes(wanted))
    return alike(wanted, found)


def _classes(limits):
    words = limits.replace("slave ", "replica ").split()
    return [" ".join(words[i : i + 4]) for i in range(0, len(words), 4)]


def apply(redis, settings, check_mode):
    differ = differences(redis, settings)
    password = settings.get("requirepass")
    wrong = password is not None and redis.password != password
    if wrong and "requirepass" not in differ:
        differ.append("requirepass")
    if check_mode:
        return differ, []
    at_start = []
    if wrong:
        # CONFIG SET does nothing if Redis was started with this requirepass, and with another one of the user `default`.
        redis.call("ACL", "SETUSER", "default", "on", "resetpass", ">" + password)
    for name in differ:
        try:
            redis.call("CONFIG", "SET", name, settings[name])
        except Refused as e:
            if "immutable" not in str(e):
                raise RedisError("Redis refuses %s: %s" % (name, e)) from e
            at_start.append(name)
    changed = [name for name in differ if name not in at_start]
    if changed:
        redis.call("CONFIG", "REWRITE")
    left = differences(redis, {name: settings[name] for name in changed})
    if left:
        raise RedisError("Redis has taken settings over otherwise than they are written: " + ", ".join(left))
    return changed, at_start


def main():
    module = AnsibleModule(
        argument_spec={
            "path": {"type": "path", "required": True},
            "address": {"type": "str", "required": True},
            "password": {"type": "str", "default": "", "no_log": True},
            "previous_password": {"type": "str", "default": "", "no_log": True},
        },
        supports_check_mode=True,
    )
    p = module.params
    try:
        with Redis(Address.parse(p["address"]), [p["password"], p["previous_password"]]) as redis:
            part = redis.replication()
            changed, at_start = apply(redis, read(p["path"]), module.check_mode)
    except (RedisError, ValueError, OSError) as e:
        module.fail_json(msg=str(e))
    module.exit_json(
        changed=bool(changed),
        settings=changed,
        restart_required=at_start,
        role="master" if part.is_master else "replica",
        replicas=sum(replica.online for replica in part.replicas),
    )


if __name__ == "__main__":
    main()
