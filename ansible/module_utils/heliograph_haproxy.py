"""HAProxy's runtime API, and the formats of its maps and of its server state."""

from __future__ import annotations

import csv
import io
import re
import socket

READY = "ready"
DRAIN = "drain"
MAINT = "maint"

# Bits of srv_admin_state (HAProxy's management guide, `show servers state`) that an operator sets.
FORCED_MAINT = 0x01
FORCED_DRAIN = 0x08

OPERATIONAL = {"0": "stopped", "1": "starting", "2": "running", "3": "stopping"}

# What has a meaning of its own in a command.
WORD = re.compile(r"[^\s;\\<]+\Z")


class HaproxyError(Exception):
    """HAProxy refuses a command, or does not understand it."""


class NotRunning(HaproxyError):
    """Nobody listens at the socket."""


def is_word(text):
    """Whether it can be a key or a value of a command."""
    return bool(WORD.match(text))


class Haproxy:
    """A running HAProxy, by its stats socket of level admin."""

    def __init__(self, path, timeout=5.0):
        self.path = path
        self.timeout = timeout

    def ask(self, command):
        """What HAProxy answers to one command."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(self.timeout)
            try:
                connection.connect(self.path)
            except (FileNotFoundError, ConnectionRefusedError) as e:
                raise NotRunning("nobody listens at %s" % self.path) from e
            except OSError as e:
                raise HaproxyError("cannot connect to %s: %s" % (self.path, e)) from e
            try:
                connection.sendall((command + "\n").encode("utf-8"))
                return b"".join(iter(lambda: connection.recv(65536), b"")).decode("utf-8", "replace")
            except socket.timeout as e:
                raise HaproxyError(
                    "HAProxy has not answered '%s' within %g s (%s)" % (command, self.timeout, self.path)
                ) from e
            except OSError as e:
                raise HaproxyError("'%s' at %s: %s" % (command, self.path, e)) from e

    def do(self, command):
        """Has it do something; it answers nothing when it did."""
        answer = self.ask(command).strip()
        if answer:
            raise HaproxyError("HAProxy refuses '%s': %s" % (command, answer.splitlines()[0]))

    def map(self, name):
        """The entries of a map; of a key that is there twice the first, which is the one that counts."""
        answer = self.ask("show map " + name)
        if answer.startswith(("Unknown map", "Permission", "Unknown command")):
            raise HaproxyError("HAProxy has no map %s in memory: %s" % (name, answer.strip().splitlines()[0]))
        return map_in_memory(answer)

    def servers(self):
        """The text of `show servers state`."""
        answer = self.ask("show servers state")
        if not answer.startswith("1\n"):
            raise HaproxyError("HAProxy does not tell its servers' state: %s" % answer.strip()[:200])
        return answer

    def sessions(self):
        """(backend, server) -> what `show stat` has of it."""
        answer = self.ask("show stat")
        if not answer.startswith("# "):
            raise HaproxyError("HAProxy does not tell its statistics: %s" % answer.strip()[:200])
        rows = csv.DictReader(io.StringIO(answer[2:]))
        return {(row["pxname"], row["svname"]): row for row in rows}


def map_in_memory(answer):
    """The entries in an answer to `show map FILE`."""
    entries = {}
    for line in answer.splitlines():
        parts = line.split(" ", 2)
        if len(parts) == 3:
            entries.setdefault(parts[1], parts[2])
    return entries


def _entry(line):
    parts = line.split(None, 1)
    if not parts or parts[0].startswith("#"):
        return None
    return parts[0], parts[1].strip() if len(parts) > 1 else ""


def map_in_file(text):
    """The entries in the text of a map."""
    entries = {}
    for key, value in filter(None, map(_entry, text.splitlines())):
        entries.setdefault(key, value)
    return entries


def map_with(text, entries):
    """The text of a map with some entries changed or added; all else, comments too, stays."""
    lines = []
    missing = dict(entries)
    for line in text.splitlines():
        entry = _entry(line)
        if entry and entry[0] in entries:
            missing.pop(entry[0], None)
            if entry[1] != entries[entry[0]]:
                line = "%s %s" % (entry[0], entries[entry[0]])
        lines.append(line)
    lines.extend("%s %s" % entry for entry in missing.items())
    return "".join(line + "\n" for line in lines)


def server_rows(text):
    """(backend, server) -> its fields, in an answer to `show servers state` or a file of it."""
    rows = {}
    names = []
    for line in text.splitlines():
        if line.startswith("# "):
            names = line[2:].split()
        elif names and line.strip():
            row = dict(zip(names, line.split()))
            rows[(row["be_name"], row["srv_name"])] = row
    return rows


def admin_state(row):
    """What an operator has asked of a server."""
    bits = int(row["srv_admin_state"])
    if bits & FORCED_MAINT:
        return MAINT
    return DRAIN if bits & FORCED_DRAIN else READY


def with_admin_states(text, states):
    """The text of a server state file with the admin states of some servers changed: (backend, server) -> state."""
    lines = []
    names = []
    for line in text.splitlines():
        if line.startswith("# "):
            names = line[2:].split()
        elif names and line.strip():
            fields = line.split()
            row = dict(zip(names, fields))
            wanted = states.get((row["be_name"], row["srv_name"]))
            if wanted:
                bits = int(row["srv_admin_state"]) & ~(FORCED_MAINT | FORCED_DRAIN)
                bits |= {READY: 0, DRAIN: FORCED_DRAIN, MAINT: FORCED_MAINT}[wanted]
                fields[names.index("srv_admin_state")] = str(bits)
                line = " ".join(fields)
        lines.append(line)
    return "".join(line + "\n" for line in lines)
