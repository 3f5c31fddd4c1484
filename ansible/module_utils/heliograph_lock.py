"""The deployment lock: a file on one host that says who changes the cluster.

    free ──acquire──► held ──renew──► held ──release──► free
                       └──acquire, if it is dead, stale or taken over──► held by another

A process that holds it shows that it lives by renewing its heartbeat. Who finds that it holds the lock no longer must stop
changing things: somebody else does.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time

from ansible.module_utils.heliograph_files import as_json, guarded, read_json, replace_file, sync_folder

FILE = "lock.json"
GUARD = ".guard"
METRICS = "heliograph_deploy_lock.prom"
FREEZE = "freeze"

BY_HAND = "ansible/README.md says how to take it over by hand"


KEYS = ("id", "owner", "purpose", "controller", "boot_id", "pid", "start", "acquired_ms", "heartbeat_ms")


class LockHeld(Exception):
    """Somebody else has the lock."""


class LockLost(Exception):
    """The lock is not, or not any more, held by this deployment."""


def now_ms():
    return time.time_ns() // 1_000_000


def ago(milliseconds):
    seconds = max(0, milliseconds) // 1000
    if seconds < 120:
        return "%d s ago" % seconds
    return "%d min ago" % (seconds // 60) if seconds < 7200 else "%d h ago" % (seconds // 3600)


def description(held, now):
    """Who holds the lock, in words."""
    since = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(held["acquired_ms"] / 1000))
    return "held by %s on %s since %s (%s) for '%s', id %s" % (
        held["owner"],
        held["controller"],
        since,
        ago(now - held["acquired_ms"]),
        held["purpose"],
        held["id"],
    )


def same_holder(held, wanted):
    """Whether it is the same process, or a freeze, which has none."""
    if held["id"] != wanted["id"]:
        return False
    return held["purpose"] == FREEZE or all(held[key] == wanted[key] for key in ("boot_id", "pid", "start"))


def why_free(held, wanted, now, stale_seconds=120, dead_id=None, take_over=False):
    """Why a lock that is held may be taken, in words.

    dead_id is the id of the lock whose process was found dead, by who looked for it on that machine.
    Raises LockHeld if it may not.
    """
    if take_over:
        return "taken over by hand"
    silent = now - held["heartbeat_ms"]
    if held["purpose"] != FREEZE:
        if dead_id == held["id"] and held["boot_id"] == wanted["boot_id"]:
            return "process %s of %s is gone" % (held["pid"], held["controller"])
        if silent > stale_seconds * 1000:
            return "no sign of life for %d s" % (silent // 1000)
        raise LockHeld(
            "the deployment lock is %s; last sign of life %s. Wait until it is done; if you know that it is not at work any more, %s."
            % (description(held, now), ago(silent), BY_HAND)
        )
    raise LockHeld(
        "the cluster is frozen: the deployment lock is %s. It ends when its owner ends it, or by hand: %s."
        % (description(held, now), BY_HAND)
    )


def metrics(held, last_ms):
    """Text for the node exporter. A freeze holds the lock like a deployment: the fleet controller waits for both."""
    return (
        "# HELP heliograph_deploy_lock 1 while somebody holds the lock of deployments, else 0.\n"
        "# TYPE heliograph_deploy_lock gauge\n"
        "heliograph_deploy_lock %d\n"
        "# HELP heliograph_deploy_lock_timestamp_seconds When the lock was taken last.\n"
        "# TYPE heliograph_deploy_lock_timestamp_seconds gauge\n"
        "heliograph_deploy_lock_timestamp_seconds %.3f\n" % (1 if held else 0, last_ms / 1000)
    )


class DeployLock:
    """The lock in a folder; textfile is the folder for its metrics, or None."""

    def __init__(self, folder, textfile=None, clock=now_ms):
        self.folder = folder
        self.file = os.path.join(folder, FILE)
        self.textfile = textfile
        self.clock = clock

    def held(self):
        """What the lock says, or None if it is free; ValueError if that cannot be read."""
        held = read_json(self.file)
        if held is not None and not (isinstance(held, dict) and all(key in held for key in KEYS)):
            raise ValueError("%s is no deployment lock: look at it, and move it away" % self.file)
        return held

    def _guarded(self):
        return guarded(os.path.join(self.folder, GUARD))

    def acquire(self, wanted, check=False, **conditions):
        """Takes the lock. Returns (what it says now, what it said before, why it was free; whether it changed).

        conditions are those of why_free(). Raises LockHeld.
        """
        if check:
            return self._acquire(wanted, True, conditions)
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        with self._guarded():
            result = self._acquire(wanted, False, conditions)
            self._show(result[0], result[0]["acquired_ms"])
            return result

    def _acquire(self, wanted, check, conditions):
        now = self.clock()
        try:
            held = self.held()
        except ValueError:
            if not conditions.get("take_over"):
                raise
            held = None
        if held and same_holder(held, wanted):
            record = dict(held, heartbeat_ms=now)
            if not check:
                replace_file(self.file, as_json(record), 0o600)
            return record, None, "", False
        why = why_free(held, wanted, now, **conditions) if held else ""
        record = dict(wanted, acquired_ms=now, heartbeat_ms=now)
        if not check:
            if os.path.exists(self.file):
                replace_file(self.file, as_json(record), 0o600)
            else:
                self._create(record)
        return record, held, why, True

    def _create(self, record):
        """All of it at once, and only if it is not there, even if someone does not heed the guard."""
        handle, temporary = tempfile.mkstemp(prefix=".lock.", dir=self.folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(as_json(record))
                file.flush()
                os.fsync(file.fileno())
            os.link(temporary, self.file)
        except FileExistsError as e:
            raise LockHeld("somebody has taken the deployment lock just now: %s" % self.file) from e
        finally:
            os.unlink(temporary)
        sync_folder(self.folder)

    def _owned(self, lock_id):
        held = self.held()
        if held is None:
            raise LockLost("nobody holds the deployment lock: %s has been released or taken away" % lock_id)
        if held["id"] != lock_id:
            raise LockLost("%s has lost the deployment lock, which is %s" % (lock_id, description(held, self.clock())))
        return held

    def renew(self, lock_id):
        """Shows that its holder lives. Raises LockLost if it is not the holder any more."""
        try:
            with self._guarded():
                record = dict(self._owned(lock_id), heartbeat_ms=self.clock())
                replace_file(self.file, as_json(record), 0o600)
                return record
        except FileNotFoundError as e:
            raise LockLost("there is no deployment lock in %s" % self.folder) from e

    def release(self, lock_id, take_over=False, check=False):
        """Frees the lock. Returns what it said, or None if it was free. Raises LockLost if it is another's."""
        if not os.path.isdir(self.folder):
            return None
        with contextlib.nullcontext() if check else self._guarded():
            try:
                held = self.held()
            except ValueError:
                if not take_over:
                    raise
                held = {"id": lock_id, "acquired_ms": self.clock(), "purpose": ""}
            if held is None:
                return None
            if not take_over:
                self._owned(lock_id)
            if not check:
                os.unlink(self.file)
                sync_folder(self.folder)
                self._show(None, held["acquired_ms"])
            return held

    def _show(self, held, last_ms):
        if self.textfile and os.path.isdir(self.textfile):
            replace_file(os.path.join(self.textfile, METRICS), metrics(held, last_ms), 0o644)
