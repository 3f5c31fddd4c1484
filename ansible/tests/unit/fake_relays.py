"""Relays as Prometheus knows them, whose figures a test moves. Their series are of a real one (data/relay.metrics)."""

from __future__ import annotations

import os
import re

import harness  # noqa: F401
from ansible.module_utils.heliograph_prometheus import Sample

LINE = re.compile(r"(\w+)(?:\{(.*)\})? (\S+)\Z")
LABEL = re.compile(r'(\w+)="([^"]*)"')

with open(os.path.join(os.path.dirname(__file__), "data", "relay.metrics"), encoding="utf-8") as _file:
    EXPOSITION = [LINE.match(line.rstrip("\n")).groups() for line in _file]


class FakeRelay:
    """One relay; it has served somebody before, so that its counters do not begin at 0."""

    def __init__(self, node, colour, connections=50):
        self.target = {"job": "relay", "instance": node + ":9464", "node": node, "colour": colour}
        self.values = {}
        self.labels = {}
        for name, labels, value in EXPOSITION:
            key = (name, tuple(sorted(LABEL.findall(labels or ""))))
            self.values[key] = float(value)
            self.labels[key] = dict(key[1], **self.target)
        self.up = 1.0
        self.scrape = 0.01
        self.set("heliograph_connections", connections, encoding="json")
        self.set("heliograph_connections", 0, encoding="protobuf")

    def key(self, name, labels):
        wanted = set(labels.items())
        return next(key for key in self.values if key[0] == name and wanted <= set(key[1]))

    def set(self, name, value, **labels):
        self.values[self.key(name, labels)] = float(value)

    def add(self, name, value, **labels):
        self.values[self.key(name, labels)] += value

    def deliver(self, count, seconds=0.002):
        """So many messages, written to sockets after so long."""
        self.add("heliograph_deliveries_total", count, encoding="json")
        for name, labels in self.values:
            if name == "heliograph_delivery_delay_seconds_bucket" and seconds <= float(dict(labels)["le"]):
                self.values[(name, labels)] += count

    def heap(self, size):
        self.set("jvm_memory_used_bytes", size, id="Tenured Gen")

    def restart(self):
        for name, labels in self.values:
            if name.endswith(("_total", "_bucket")):
                self.values[(name, labels)] = 0.0
        self.add("process_start_time_seconds", 60)

    def samples(self):
        own = [("up", self.up), ("scrape_duration_seconds", self.scrape)]
        found = [Sample(name, dict(self.target), value) for name, value in own]
        if self.up:
            found += [Sample(key[0], self.labels[key], value) for key, value in self.values.items()]
        return found


class Cluster:
    """Two relays of each colour, and a clock that goes on when somebody sleeps."""

    def __init__(self, new_connections=50, old_connections=500):
        self.green = [FakeRelay("relay%d-green" % i, "green", new_connections) for i in (1, 2)]
        self.blue = [FakeRelay("relay%d-blue" % i, "blue", old_connections) for i in (1, 2)]
        self.now = 1000.0
        self.began = self.now
        self.pages = set()
        self.age = 0.5
        self.events = []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds

    def elapsed(self):
        return self.now - self.began

    def samples(self):
        return [sample for relay in self.green + self.blue for sample in relay.samples()]
