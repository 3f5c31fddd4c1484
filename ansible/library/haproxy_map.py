#!/usr/bin/python
"""Sets entries of a map of HAProxy, in memory and in its file."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: haproxy_map
short_description: Set entries of a map of HAProxy, in memory and in its file
description:
  - Sets entries in the file of a map, which counts after the next reload, and in the running HAProxy, which counts now.
    Reads both back, and fails if one of them does not have every entry.
  - All other entries, and comments in the file, stay as they are.
  - If HAProxy does not run, only the file is changed, and C(running) of the result is false.
  - If HAProxy refuses an entry, the file is put back, so that a later reload changes nothing by surprise.
options:
  socket:
    description: Stats socket of HAProxy, of level C(admin).
    type: path
    default: /run/haproxy/admin.sock
  file:
    description: The map's file, by the name that HAProxy's configuration has for it.
    type: path
  entries:
    description: Keys and their values; none of them may have white space, C(;), C(<) or a backslash in it.
    type: dict
  maps:
    description:
      - Several maps in one call, files and the entries of each, in place of C(file) and C(entries). They are set in this order; one that
        is refused ends it, and those before it stay set.
    type: dict
  state:
    description: C(present) sets the entries, C(query) only tells those that there are.
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
- name: Send new clients to green
  haproxy_map:
    file: /etc/haproxy/maps/colour.map
    entries:
      active: green

- name: Send new clients to green, and none to a canary
  haproxy_map:
    maps:
      /etc/haproxy/maps/colour.map: {active: green}
      /etc/haproxy/maps/canary.map: {percent: "0"}

- name: See what the canary gets
  haproxy_map:
    file: /etc/haproxy/maps/canary.map
    state: query
  register: canary
"""

RETURN = r"""
running:
  description: Whether HAProxy runs.
  type: bool
  returned: always
entries:
  description: What counts now, all of it; in memory if HAProxy runs, else in the file.
  type: dict
  returned: with C(file)
before:
  description: The entries of C(memory) and of C(file) as they were; of C(memory) none if HAProxy does not run.
  type: dict
  returned: with C(file)
after:
  description: The same as they are now, or would be in check mode.
  type: dict
  returned: with C(file)
maps:
  description: C(entries), C(before) and C(after) of each file.
  type: dict
  returned: with C(maps)
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402
from ansible.module_utils.heliograph_files import read_text, replace_file  # noqa: E402
from ansible.module_utils.heliograph_haproxy import (  # noqa: E402
    Haproxy,
    HaproxyError,
    NotRunning,
    is_word,
    map_in_file,
    map_with,
)


def unusable(entries):
    """Why entries cannot be set; None if they can."""
    for pair in entries.items():
        for word in pair:
            if not is_word(word):
                return "'%s' cannot be in a map: white space, ';', '<' and '\\' have a meaning of their own" % word
    return None


def commands(name, memory, entries):
    """What makes the entries in memory those that are wanted."""
    changes = []
    for key, value in entries.items():
        if key not in memory:
            changes.append("add map %s %s %s" % (name, key, value))
        elif memory[key] != value:
            changes.append("set map %s %s %s" % (name, key, value))
    return changes


def missing(found, entries):
    return sorted(key for key, value in entries.items() if found.get(key) != value)


def memory_of(haproxy, name):
    """The entries in memory, or None if HAProxy does not run."""
    try:
        return haproxy.map(name)
    except NotRunning:
        return None


def apply(haproxy, path, entries, memory, text):
    """Changes file and memory. If memory cannot be changed, the file is as it was, and HaproxyError says why."""
    wanted = map_with(text or "", entries)
    if wanted != text:
        replace_file(path, wanted)
    if memory is None:
        return
    try:
        for command in commands(path, memory, entries):
            haproxy.do(command)
        lacking = missing(haproxy.map(path), entries)
        if lacking:
            raise HaproxyError("HAProxy did not take %s into the map %s" % (", ".join(lacking), path))
    except HaproxyError:
        if wanted != text and text is not None:
            replace_file(path, text)
        raise


def settle(haproxy, path, entries, change, check):
    """Sets the entries of one map if they are to be changed; what it says before and after, and whether HAProxy runs."""
    memory = memory_of(haproxy, path)
    text = read_text(path)
    before = {"memory": memory or {}, "file": map_in_file(text or "")}
    after = before
    if change and check:
        after = {"memory": dict(memory, **entries) if memory is not None else {}, "file": {**before["file"], **entries}}
    elif change:
        apply(haproxy, path, entries, memory, text)
        after = {"memory": (memory_of(haproxy, path) or {}), "file": map_in_file(read_text(path) or "")}
    entries_now = after["file"] if memory is None else after["memory"]
    return {"entries": entries_now, "before": before, "after": after}, memory is not None


def words_of(entries):
    return {str(key): str(value) for key, value in (entries or {}).items()}


def main():
    module = AnsibleModule(
        argument_spec={
            "socket": {"type": "path", "default": "/run/haproxy/admin.sock"},
            "file": {"type": "path"},
            "entries": {"type": "dict"},
            "maps": {"type": "dict"},
            "state": {"type": "str", "choices": ["present", "query"], "default": "present"},
            "timeout": {"type": "float", "default": 5.0},
        },
        mutually_exclusive=[("file", "maps"), ("entries", "maps")],
        required_one_of=[("file", "maps")],
        supports_check_mode=True,
    )
    single, change = module.params["file"], module.params["state"] == "present"
    if change and single and module.params["entries"] is None:
        module.fail_json(msg="state is present but the following are missing: entries")
    wanted = {single: module.params["entries"]} if single else module.params["maps"]
    wanted = {path: words_of(entries) for path, entries in wanted.items()}
    problem = next(filter(None, map(unusable, wanted.values())), None)
    if problem:
        module.fail_json(msg=problem)
    haproxy = Haproxy(module.params["socket"], module.params["timeout"])
    found = {}
    running = False
    try:
        for path, entries in wanted.items():
            found[path], running = settle(haproxy, path, entries, change, module.check_mode)
    except HaproxyError as e:
        module.fail_json(msg=str(e))
    except OSError as e:
        module.fail_json(msg="cannot change %s: %s" % (path, e))
    module.exit_json(
        changed=any(each["before"] != each["after"] for each in found.values()),
        running=running,
        **(found[single] if single else {"maps": found}),
    )


if __name__ == "__main__":
    main()
