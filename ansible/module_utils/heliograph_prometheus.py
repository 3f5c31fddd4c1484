"""What Prometheus knows at the moment, and arithmetic on raw counters.

Increases are computed here and not by PromQL: increase() extrapolates, and needs two scrapes within its window, while a canary is judged
from the first scrape on, whether these are 1 s apart or 15.
"""

from __future__ import annotations

import math
import time
import urllib.parse

from ansible.module_utils.heliograph_http import HttpError, ask

PAGES = 'ALERTS{alertstate="firing",severity="page"}'


class Sample:
    """One series at one time."""

    __slots__ = ("name", "labels", "value")

    def __init__(self, name, labels, value):
        self.name = name
        self.labels = labels
        self.value = value

    @property
    def node(self):
        return self.labels.get("node") or self.labels.get("instance", "")

    @property
    def key(self):
        return self.name, frozenset(self.labels.items())


class Prometheus:
    """A Prometheus by its address. Raises HttpError if it does not answer as it should."""

    def __init__(self, url, timeout=3.0):
        self.url = url.rstrip("/")
        self.timeout = timeout

    def instant(self, query):
        answer = ask(
            self.url + "/api/v1/query?" + urllib.parse.urlencode({"query": query}), timeout=self.timeout
        )
        try:
            return [sample(each) for each in answer["data"]["result"]]
        except (KeyError, TypeError, ValueError, IndexError) as e:
            raise HttpError("%s answers what is no result of a query" % self.url) from e

    def range(self, query, seconds, step):
        """[(how many seconds ago, labels, value)] of a query over the last seconds, the oldest first."""
        end = time.time()
        window = {"query": query, "start": "%.3f" % (end - seconds), "end": "%.3f" % end, "step": "%g" % step}
        answer = ask(self.url + "/api/v1/query_range?" + urllib.parse.urlencode(window), timeout=self.timeout)
        try:
            rows = [
                (end - float(at), row["metric"], float(value))
                for row in answer["data"]["result"]
                for at, value in row["values"]
            ]
        except (KeyError, TypeError, ValueError) as e:
            raise HttpError("%s answers what is no result of a query" % self.url) from e
        return sorted(rows, key=lambda row: -row[0])

    def pages(self):
        """The alerts that wake somebody up now: their labels, without the state."""
        return {alert(each.labels) for each in self.instant(PAGES)}


def sample(row):
    labels = dict(row["metric"])
    return Sample(labels.pop("__name__", ""), labels, float(row["value"][1]))


def alert(labels):
    return tuple(sorted((key, value) for key, value in labels.items() if key != "alertstate"))


def alert_text(labels):
    """An alert in words: its name, and what it is about."""
    of = dict(labels)
    about = of.get("node") or of.get("instance") or ""
    return of.get("alertname", "an alert") + (" of " + about if about else "")


class Increase:
    """How much counters have grown since they were first seen; a process that starts anew begins at 0."""

    def __init__(self):
        self._last = {}
        self._gained = {}
        self._labels = {}
        self._instances = set()

    def observe(self, samples):
        instances = set()
        for each in samples:
            key = each.key
            instance = each.labels.get("instance")
            instances.add(instance)
            before = self._last.get(key)
            if before is None:
                # What appears on an instance that was there before began at 0 since; what comes with a new one did not.
                gained = each.value if instance in self._instances else 0.0
                self._labels[key] = each
            else:
                gained = each.value - before if each.value >= before else each.value
            self._last[key] = each.value
            self._gained[key] = self._gained.get(key, 0.0) + gained
        self._instances |= instances

    def all(self):
        """Each counter with how much it has grown."""
        for key, gained in self._gained.items():
            each = self._labels[key]
            yield Sample(each.name, each.labels, gained)


def quantile(q, buckets):
    """The quantile of a histogram, in its unit: upper bound -> how many are at most so big. None if it is empty.

    What is above the highest bound counts as that bound.
    """
    bounds = sorted(buckets)
    if not bounds or bounds[-1] != math.inf or buckets[math.inf] <= 0:
        return None
    rank = q * buckets[math.inf]
    lower, below = 0.0, 0.0
    for bound in bounds:
        count = buckets[bound]
        if count >= rank and count > below:
            if bound == math.inf:
                return lower
            return lower + (bound - lower) * (rank - below) / (count - below)
        lower, below = bound, max(below, count)
    return lower


def at_least(events):
    """The rate of which so many events are the least surprising low end: the 95 % lower bound of a Poisson mean.

    By Wilson and Hilferty's approximation, which is within 2 % from 3 events on.
    """
    if events <= 0:
        return 0.0
    return events * max(0.0, 1 - 1 / (9 * events) - 1.645 / (3 * math.sqrt(events))) ** 3
