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
    required: true
  entries:
    description: Keys and their values; none of them may have white space, C(;), C(<) or a backslash in it.
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
  returned: always
before:
  description: The entries of C(memory) and of C(file) as they were; of C(memory) none if HAProxy does not run.
  type: dict
  returned: always
after:
  description: The same as they are now, or would be in check mode.
  type: dict
  returned: always
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


def main():
    module = AnsibleModule(
        argument_spec={
            "socket": {"type": "path", "default": "/run/haproxy/admin.sock"},
            "file": {"type": "path", "required": True},
            "entries": {"type": "dict"},
            "state": {"type": "str", "choices": ["present", "query"], "default": "present"},
            "timeout": {"type": "float", "default": 5.0},
        },
        required_if=[("state", "present", ["entries"])],
        supports_check_mode=True,
    )
    path = module.params["file"]
    entries = {str(key): str(value) for key, value in (module.params["entries"] or {}).items()}
    problem = unusable(entries)
    if problem:
        module.fail_json(msg=problem)
    haproxy = Haproxy(module.params["socket"], module.params["timeout"])
    try:
        memory = memory_of(haproxy, path)
        text = read_text(path)
        before = {"memory": memory or {}, "file": map_in_file(text or "")}
        after = before
        if module.params["state"] == "present":
            if module.check_mode:
                after = {"memory": dict(memory, **entries) if memory is not None else {}, "file": {**before["file"], **entries}}
            else:
                apply(haproxy, path, entries, memory, text)
                after = {"memory": (memory_of(haproxy, path) or {}), "file": map_in_file(read_text(path) or "")}
    except HaproxyError as e:
        module.fail_json(msg=str(e))
    except OSError as e:
        module.fail_json(msg="cannot change %s: %s" % (path, e))
    running = memory is not None
    module.exit_json(
        changed=before != after,
        running=running,
        entries=after["memory"] if running else after["file"],
        before=before,
        after=after,
    )


if __name__ == "__main__":
    main()
