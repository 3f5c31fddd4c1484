"""How far a deployment is: a file from which another controller can go on, and what relays show of it."""

from __future__ import annotations

import os

from ansible.module_utils.heliograph_files import as_json, guarded, read_json, replace_file
from ansible.module_utils.heliograph_http import AdminApi, HttpError
from ansible.module_utils.heliograph_lock import now_ms

FILE = "journal.json"
GUARD = ".journal-guard"

PHASES = ("preflight", "install", "smoke", "canary", "switch", "drain", "bake", "retire")
ROLLING_BACK = "rolling_back"
ENDS = ("done", "rolled_back", "failed")
STRATEGIES = ("blue_green", "rolling")
VERDICTS = ("pass", "fail", "inconclusive", "running")

# What relays are told, with its default. More is a mistake to them.
TOLD = {
    "id": "",
    "version": "",
    "previous": "",
    "from": "",
    "to": "",
    "strategy": "blue_green",
    "phase": "preflight",
    "canary_percent": 0,
    "by": "",
    "started_ms": 0,
    "updated_ms": 0,
    "note": "",
    "verdicts": [],
}

# What relays take at most.
MAX_NOTE = 500
MAX_VERDICTS = 50
MAX_REASONS = 10
MAX_REASON = 200


class NoSuchDeployment(Exception):
    """The journal is not that of this deployment."""


def begun(fields, now):
    """The journal of a deployment that begins."""
    journal = dict(TOLD, **{key: value for key, value in fields.items() if value is not None})
    journal.update(started_ms=now, updated_ms=now, verdicts=[])
    journal["history"] = [{"phase": journal["phase"], "at_ms": now}]
    return journal


def unfinished(journal):
    return bool(journal) and journal["phase"] not in ENDS


def moved(journal, fields, now):
    """The journal with some fields changed; the same one if nothing changes."""
    changed = {key: value for key, value in fields.items() if value is not None and journal[key] != value}
    if not changed:
        return journal
    after = dict(journal, **changed)
    after["updated_ms"] = max(now, journal["updated_ms"] + 1)
    if "phase" in changed:
        after["history"] = journal["history"] + [{"phase": after["phase"], "at_ms": now}]
    return after


def judged(journal, verdict, now):
    """The journal with a verdict more; it takes the place of `running` for the same percentage."""
    earlier = journal["verdicts"]
    if earlier and earlier[-1]["verdict"] == "running" and earlier[-1]["percent"] == verdict["percent"]:
        earlier = earlier[:-1]
    return moved(journal, {"verdicts": earlier + [dict(verdict, at_ms=now)]}, now)


def told(journal):
    """What relays are told of it, as short as they want it."""
    wire = {key: journal[key] for key in TOLD}
    wire["note"] = wire["note"][:MAX_NOTE]
    wire["verdicts"] = [
        dict(each, reasons=[reason[:MAX_REASON] for reason in each["reasons"] if reason][:MAX_REASONS])
        for each in journal["verdicts"][-MAX_VERDICTS:]
    ]
    return wire


class Journal:
    """The journal in a folder, and the relays that hear of it."""

    def __init__(self, folder, urls=(), token=None, timeout=2.0, clock=now_ms):
        self.folder = folder
        self.file = os.path.join(folder, FILE)
        self.api = AdminApi(urls, token, timeout) if urls else None
        self.clock = clock

    def read(self):
        """The journal, or None if there was no deployment yet; ValueError if it cannot be read."""
        journal = read_json(self.file)
        if journal is not None and not (isinstance(journal, dict) and all(key in journal for key in TOLD)):
            raise ValueError("%s is no journal of a deployment: look at it, and move it away" % self.file)
        return journal

    def begin(self, fields):
        """Begins a journal, or goes on with the one of the same deployment. Returns it and the one of before."""
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        with guarded(os.path.join(self.folder, GUARD)):
            before = self.read()
            after = continued(before, fields, self.clock())
            if after is not before:
                self._write(after)
            return after, before

    def change(self, deployment, change):
        """Changes the journal of a deployment by a function of it and the time. Returns it and the one of before."""
        with guarded(os.path.join(self.folder, GUARD)):
            before = of(self.read(), deployment)
            after = change(before, self.clock())
            if after is not before:
                self._write(after)
            return after, before

    def _write(self, journal):
        replace_file(self.file, as_json(journal), 0o600)

    def announce(self, journal):
        """Tells the first relay that answers. Returns what is wrong if none takes it: no reason to stop."""
        if self.api is None:
            return None
        try:
            self.api.ask("/v1/deployment", "PUT", told(journal))
        except HttpError as e:
            return "no relay shows this deployment: %s" % e
        return None


def of(journal, deployment):
    """A journal, if it is that of a deployment."""
    if journal is None or journal["id"] != deployment:
        there = "that of %s" % journal["id"] if journal else "none"
        raise NoSuchDeployment("the journal is %s, not that of %s: start it first" % (there, deployment))
    return journal


def continued(journal, fields, now):
    """The journal with which a deployment begins, or goes on where it was."""
    if unfinished(journal) and journal["id"] == fields["id"]:
        return journal
    return begun(fields, now)
