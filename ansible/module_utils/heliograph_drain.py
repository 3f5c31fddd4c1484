"""Moves the clients of several nodes to the others, with one rate for all of them together.

Each relay paces its own drain, and slows down by itself while the others refuse clients or are too busy (docs/drain.md). What is
done here is what no relay can know: the sum of all, alerts, the time that it takes, and that it goes on after a crash.

     start ──► running ◄──page fires / is over──► paused
                  └──► done with all nodes | stalled | cancelled by somebody
"""

from __future__ import annotations

import time
import urllib.parse

from ansible.module_utils.heliograph_http import HttpError, Refused
from ansible.module_utils.heliograph_prometheus import alert_text

ACTIVE = ("running", "paused")

# A node with hardly any clients shall begin to refuse new ones, too.
LEAST_SHARE = 0.01

# The rate is shared out anew when that makes it so much better, for so many seconds at least.
WORTH = 0.9
WORTH_SECONDS = 3.0


class DrainFailed(Exception):
    """It does not come to an end."""


def shares(connections, per_second):
    """How many clients a second each node may move, by how many it has; the sum is per_second."""
    if not connections:
        return {}
    all_of_them = sum(connections.values())
    least = LEAST_SHARE * per_second
    rest = per_second - least * len(connections)
    return {
        node: least + rest * (count / all_of_them if all_of_them else 1 / len(connections))
        for node, count in connections.items()
    }


def plan(rows, per_second):
    """[(row, rate)]: drains to be started with a rate, instead of what they do; in this order their sum is never more than it may be.

    rows: of the nodes that are not done yet.
    """
    wanted = shares({row["node_id"]: row["connections"] for row in rows}, per_second)
    current = {row["node_id"]: row["set_point"] if drains(row) else 0.0 for row in rows}
    total = sum(current.values())
    left = sum(row["connections"] for row in rows)
    slack = total < WORTH * per_second and left > WORTH_SECONDS * per_second
    if all(map(drains, rows)) and total <= per_second * 1.001 and not slack:
        return []
    changes = [(row, wanted[row["node_id"]]) for row in rows if abs(wanted[row["node_id"]] - current[row["node_id"]]) > 0.01]
    return sorted(changes, key=lambda change: change[1] - current[change[0]["node_id"]])


def drains(row):
    """Whether a node moves its clients, or would if it were not paused."""
    return row["kind"] == "drain" and row["state"] in ACTIVE


class Pacing:
    """How a drain is to be done."""

    def __init__(self, per_second, **others):
        self.per_second = float(per_second)
        self.deadline = others.get("deadline")
        self.force = others.get("force", False)
        self.interval = others.get("interval", 0.5)
        self.grace = others.get("grace", 30.0)
        self.stall = others.get("stall", 120.0)
        self.longest_pause = others.get("longest_pause", 600.0)
        self.ignored_alerts = set(others.get("ignored_alerts") or ())
        self.tell_seconds = 2.0


class Rate:
    """Clients a second, as they were counted from outside: over a second or a little more."""

    def __init__(self):
        self.points = []
        self.peak = 0.0

    def count(self, now, moved):
        self.points = [(at, count) for at, count in self.points if at > now - 5] + [(now, moved)]
        spans = [(now - at, moved - count) for at, count in self.points if now - at >= 1]
        if spans:
            seconds, count = spans[-1]
            self.peak = max(self.peak, count / seconds)

    def lately(self):
        (first, before), (last, after) = self.points[0], self.points[-1]
        return (after - before) / (last - first) if last > first else 0.0


class StagedDrain:
    """One drain. api: AdminApi. pages: a function that tells the alerts that page, or None. tell: takes a line of progress."""

    def __init__(self, api, pacing, pages=None, sign_of_life=lambda: None, tell=lambda _: None, **time_of):
        self.api = api
        self.pacing = pacing
        self.pages = pages
        self.sign_of_life = sign_of_life
        self.tell = tell
        self.clock = time_of.get("clock", time.monotonic)
        self.sleep = time_of.get("sleep", time.sleep)
        self.rate = Rate()
        self.rows = {}
        self.before = {}
        self.begun = set()
        self.paused_by = None
        self.paused_seconds = 0.0
        self.looked = None
        self.first_pages = None
        self.warnings = []
        self.told = -1e9
        self.began = self.clock()

    def nodes(self, colour, names):
        """[(name, clients)] of the nodes that are meant and there."""
        rows = self.api.ask("/v1/nodes")["nodes"]
        return [(row["name"], row["clients"]) for row in rows if row["name"] in names or (colour and row["colour"] == colour)]

    def command(self, row, command="", body=None):
        path = "/v1/drains/%s%s?reason=staged+drain" % (urllib.parse.quote(row["node_id"]), command and "/" + command)
        return self.api.ask(path, "POST", body)["drain"]

    def cancel(self, colour, names):
        """Has nodes that refuse clients take them again. Returns their names."""
        cancelled = []
        for row in self.api.ask("/v1/nodes")["nodes"]:
            if row["draining"] and (row["name"] in names or (colour and row["colour"] == colour)):
                try:
                    self.command({"node_id": row["id"]}, "cancel")
                except Refused as e:
                    if e.status != 409:
                        raise
                    continue
                cancelled.append(row["name"])
        return sorted(cancelled)

    def run(self, names):
        """Drains the nodes of these names; returns when none of them has a client left to move. Raises DrainFailed."""
        heard = progressed = self.clock()
        moved = -1
        while True:
            self.sign_of_life()
            now = self.clock()
            try:
                if self._turn(names, now):
                    return
                heard = now
            except HttpError as e:
                if isinstance(e, Refused) and e.status in (401, 403):
                    raise DrainFailed("the token of the operator is no good: %s" % e) from e
                # A node that died is asked until it is forgotten; drains go on without us.
                if now - heard > self.pacing.grace:
                    raise DrainFailed("for %d s no relay tells how far the drain is: %s" % (now - heard, e)) from e
            if self.paused_by or self.moved() != moved:
                moved, progressed = self.moved(), now
            elif now - progressed > self.pacing.stall:
                raise DrainFailed("no client has moved for %d s: %s" % (now - progressed, self.line()))
            if self.paused_seconds > self.pacing.longest_pause:
                raise DrainFailed("the drain has been paused for %d s: %s" % (self.paused_seconds, self.paused_by))
            self.sleep(self.pacing.interval)

    def _turn(self, names, now):
        """Looks, and does what is to be done. Whether all is done."""
        paused = self._page()
        rows = [row for row in self.api.ask("/v1/drains")["drains"] if row["node"] in names]
        for row in self.rows.values():
            # Unless it is there again below: a node that has gone has no clients.
            row["connections"] = 0
        for row in rows:
            self._see(row)
        self.rate.count(self.clock(), self.moved())
        todo = [row for row in rows if not self._finished(row)]
        self._pause(todo, paused, now)
        if not paused:
            for row, rate in plan(todo, self.pacing.per_second):
                self._start(row, rate)
        if now - self.told >= self.pacing.tell_seconds or not todo:
            self.told = now
            self.tell(self.line())
        return not todo

    def _see(self, row):
        node = row["node_id"]
        if node in self.begun and row["state"] == "cancelled":
            raise DrainFailed("somebody has cancelled the drain of %s" % row["node"])
        if drains(row):
            self.begun.add(node)
        self.rows[node] = row

    def _finished(self, row):
        """Whether all that can be done of a node is done: by us, or by who was here before."""
        if row["kind"] == "shutdown":
            return True
        return row["kind"] == "drain" and row["state"] == "done" and (row["node_id"] in self.begun or row["connections"] == 0)

    def _start(self, row, rate):
        node = row["node_id"]
        if row["state"] in ACTIVE:
            moved = self.command(row, "cancel")["moved"]
            if node in self.begun:
                self.before[node] = self.before.get(node, 0) + moved
        wish = {"percent": 100, "per_second": round(rate, 3), "force": self.pacing.force}
        try:
            answer = self.command(row, "", wish)
        except Refused as e:
            # It has been started, and the answer has not come.
            if e.status == 409 and "already" in str(e):
                return
            if e.status == 409:
                raise DrainFailed("%s refuses to be drained: %s" % (row["node"], e)) from e
            raise
        self.begun.add(node)
        self.rows[node] = answer

    def _page(self):
        """The page for which to wait, in words, or None."""
        if self.pages is None:
            return None
        try:
            pages = self.pages()
        except HttpError as e:
            if not self.warnings:
                self.warnings.append("no alert could stop the drain for some time: %s" % e)
            return self.paused_by
        if self.first_pages is None:
            self.first_pages = pages
        fresh = [each for each in pages - self.first_pages if dict(each).get("alertname") not in self.pacing.ignored_alerts]
        return "%s fires" % alert_text(sorted(fresh)[0]) if fresh else None

    def _pause(self, todo, page, now):
        running = [row for row in todo if row["kind"] == "drain" and row["state"] == "running"]
        waiting = [row for row in todo if row["kind"] == "drain" and row["state"] == "paused"]
        if page:
            for row in running:
                self.rows[row["node_id"]] = self.command(row, "pause")
        else:
            # Also of a run that was interrupted before it could do so.
            for row in waiting:
                row.update(self.command(row, "resume"))
        if self.paused_by:
            self.paused_seconds += now - self.looked
        self.looked = now
        self.paused_by = page

    def moved(self):
        """By this drain, also before we came to it; what a node says of an earlier one does not count."""
        return sum(self.before.get(node, 0) + self.rows[node]["moved"] for node in self.begun)

    def left(self):
        return sum(row["connections"] for row in self.rows.values())

    def seconds(self):
        return self.clock() - self.began

    def late(self):
        return self.pacing.deadline is not None and self.seconds() > self.pacing.deadline

    def line(self):
        """How far it is, in words."""
        why = self.paused_by and "paused: " + self.paused_by
        why = why or next((row["note"] for row in self.rows.values() if row["note"]), "")
        return "%d clients moved, %d left, %.0f a second%s%s" % (
            self.moved(),
            self.left(),
            self.rate.lately() if self.rate.points else 0,
            ", late" if self.late() else "",
            " (%s)" % why if why else "",
        )
