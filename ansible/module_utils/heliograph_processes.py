"""Which process is which: a number is used again, a number and a time of start are not, until the machine starts anew."""

from __future__ import annotations

import os

PLAYBOOK = "ansible-playbook"

ALIVE = "alive"
DEAD = "dead"
UNKNOWN = "unknown"


class Proc:
    """The processes that one sees here."""

    def __init__(self, root="/proc"):
        self.root = root

    def _read(self, *names):
        with open(os.path.join(self.root, *names), "rb") as file:
            return file.read().decode("utf-8", "replace")

    def machine(self):
        """The same for all who see the same processes under the same numbers, and new after each boot."""
        boot = self._read("sys", "kernel", "random", "boot_id").strip()
        try:
            space = os.readlink(os.path.join(self.root, "self", "ns", "pid"))
        except OSError:
            space = ""
        return boot + "/" + space.strip("pid:[]")

    def _stat(self, pid):
        """The fields after the name, which may have anything in it; the first one is the third of stat(5)."""
        return self._read(str(pid), "stat").rpartition(")")[2].split()

    def start(self, pid):
        """Ticks from boot to its start, or None if it has ended."""
        try:
            fields = self._stat(pid)
        except (FileNotFoundError, ProcessLookupError):
            return None
        return None if fields[0] in "ZX" else int(fields[19])

    def parent(self, pid):
        return int(self._stat(pid)[1])

    def command(self, pid):
        return self._read(str(pid), "cmdline").rstrip("\0").split("\0")


def is_playbook(command):
    """Whether a command line is that of ansible-playbook itself, and not of what calls it."""
    names = [os.path.basename(word) for word in command]
    if names[0] == PLAYBOOK:
        return True
    return names[0].startswith("python") and PLAYBOOK in names[1:] and all(
        name.startswith("-") for name in names[1 : names.index(PLAYBOOK)]
    )


def playbook(proc, pid):
    """The ansible-playbook that a process belongs to, or None. Its workers are forks of it and end before it does."""
    found = None
    command = None
    while pid > 0:
        this = proc.command(pid)
        if found and this != command:
            break
        if is_playbook(this):
            found, command = pid, this
        pid = proc.parent(pid)
    return found


def state(proc, pid, start, machine):
    """Whether a process that was seen on a machine still runs."""
    if machine != proc.machine():
        return UNKNOWN
    return ALIVE if proc.start(pid) == start else DEAD
