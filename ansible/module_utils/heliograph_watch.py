"""Watches the relays of a colour through Prometheus until a verdict is due.

     begin ──► gather ──► judge ──► pass | fail | inconclusive
       │          │ ▲       │
       │          │ └extend─┘ too little, or too close, to judge by
       └──────────┴──► fail as soon as it is clear; inconclusive if Prometheus does not answer for too long
"""

from __future__ import annotations

import math
import time

from ansible.module_utils.heliograph_figures import COUNTERS, GAUGES, colour_of, figures, less, told
from ansible.module_utils.heliograph_http import HttpError
from ansible.module_utils.heliograph_judge import BROKEN, FINE, OVER, findings, heap_finding, missing
from ansible.module_utils.heliograph_prometheus import Increase, alert_text

PASS = "pass"
FAIL = "fail"
INCONCLUSIVE = "inconclusive"

# How far back "lately" goes at least: seconds, and deliveries.
LATELY_SECONDS = 3.0
LATELY_DELIVERIES = 100

# A scrape that took longer than that has not found a dead process, but one that is slow or stopped.
REFUSED_WITHIN = 1.0


class Rules:
    """What a verdict needs."""

    def __init__(self, new, old, limits, **others):
        self.new = new
        self.old = old
        self.limits = limits
        self.nodes = set(others.get("nodes") or ())
        self.bake = others.get("bake", False)
        self.seconds = others.get("seconds", 60.0)
        self.extend = others.get("extend", 1)
        self.min_connections = others.get("min_connections", 30)
        self.min_deliveries = others.get("min_deliveries", 500)
        self.grace = others.get("grace", 20.0)
        self.interval = others.get("interval", 1.0)
        self.ignored_alerts = set(others.get("ignored_alerts") or ())


class Verdict(Exception):
    """The end of watching."""

    def __init__(self, verdict, reasons):
        super().__init__(verdict)
        self.verdict = verdict
        self.reasons = reasons


class Watch:
    """One judgement. sign_of_life is called each turn, and may raise to end it."""

    def __init__(self, source, rules, sign_of_life=lambda: None, clock=time.monotonic, sleep=time.sleep, wall=time.time):
        self.source = source
        self.rules = rules
        self.sign_of_life = sign_of_life
        self.clock = clock
        self.sleep = sleep
        self.wall = wall
        self.increase = Increase()
        self.known = {}
        self.began = None
        self.extended = 0
        self.peak = 0.0
        self.new = self.old = None
        self.pages = None
        self.started = {}
        self.suspects = {}
        self.doubts = {}
        self.delays = []
        self.cold = [{}, {}]
        self.heaps = {"new": [], "old": []}

    def run(self):
        """(verdict, reasons)."""
        came = heard = self.clock()
        problem = "Prometheus has not answered yet"
        while True:
            self.sign_of_life()
            now = self.clock()
            try:
                reading = self.source()
                problem = self._stale(reading)
            except HttpError as e:
                problem = "Prometheus does not answer: %s" % e
            try:
                if problem is None:
                    heard = now
                    problem = self._turn(reading, now)
                    came = now if problem is None else came
                    if problem and now - came > self.rules.grace:
                        raise Verdict(INCONCLUSIVE, [problem])
                elif now - heard > self.rules.grace:
                    raise Verdict(INCONCLUSIVE, ["for %d s: %s" % (now - heard, problem)])
            except Verdict as e:
                return e.verdict, [self._worded(reason) for reason in e.reasons]
            self.sleep(self.rules.interval)

    def seconds(self):
        return 0.0 if self.began is None else self.clock() - self.began

    def _stale(self, reading):
        if reading.age > self.rules.grace:
            return "Prometheus has not heard of the relays for %d s" % reading.age
        return None

    def _worded(self, text):
        return text.replace("{new}", self.rules.new).replace("{old}", self.rules.old or "the old colour")

    def _turn(self, reading, now):
        """Takes a reading in. Returns why watching cannot begin yet, or None; raises Verdict."""
        new = colour_of(reading.samples, self.rules.new)
        old = colour_of(reading.samples, self.rules.old)
        if self.pages is None:
            self.pages = reading.pages
        self._health(new, old, now)
        if self.began is None:
            absent = self._absent(new)
            if absent:
                return absent
            self.began = now
            self._remember(new, old, now)
        self._take_in(new, old, now)
        self._alerts(reading.pages)
        found = findings(
            self.new,
            self.old,
            self._lately(),
            now - self.began,
            self.rules.limits,
            self.rules.min_deliveries,
            self.rules.bake,
        )
        found.append(heap_finding(self.heaps["new"], self.heaps["old"], self.rules.limits))
        broken = [each.text for each in found if self._surely(each)]
        if broken:
            raise Verdict(FAIL, broken)
        if self._over(now):
            self._judge(found)
        return None

    def _absent(self, new):
        """What Prometheus does not know yet of the relays that are to be watched."""
        known = {each.node for each in new if each.name == "up" and each.value == 1}
        if not self.rules.nodes:
            return None if known else "Prometheus knows no relay of {new}"
        lacking = sorted(self.rules.nodes - known)
        return "Prometheus does not know %s yet" % ", ".join(lacking) if lacking else None

    def _health(self, new, old, now):
        """Raises Verdict if a relay is down or has started anew."""
        took = {each.node: each.value for each in new + old if each.name == "scrape_duration_seconds"}
        busy = any(took.get(each.node, 0.0) >= REFUSED_WITHIN for each in old if each.name == "up" and each.value != 1)
        gone = set(self.started) - {each.node for each in new if each.name == "up"}
        for node in sorted(gone):
            raise Verdict(FAIL, ["%s ({new}) is not known to Prometheus any more" % node])
        for each in new:
            if each.name == "up" and each.value == 1:
                self.suspects.pop(each.node, None)
                self.started.setdefault(each.node, None)
            elif each.name == "up" and self._is_down(each.node, took.get(each.node, 0.0), busy, now):
                raise Verdict(FAIL, ["%s ({new}) is down: it does not answer Prometheus" % each.node])
        for each in new:
            if each.name == "process_start_time_seconds":
                before = self.started.get(each.node)
                self.started[each.node] = each.value
                # Rounding differs by milliseconds.
                if before is not None and abs(each.value - before) > 1:
                    raise Verdict(FAIL, ["%s ({new}) has started anew: its process ended" % each.node])

    def _is_down(self, node, took, busy, now):
        """Whether a relay that has not answered is down: at once if it refused, or if it was too slow a second time.

        busy: an old relay was too slow as well, so that it may be the machine, or Prometheus; then the time counts.
        """
        first, since = self.suspects.setdefault(node, (took, now))
        if took < REFUSED_WITHIN or now - since > self.rules.grace:
            return True
        # The same duration to the nanosecond is the same scrape.
        return took != first and not busy

    def _remember(self, new, old, now):
        """Begins with what heaps were before: a step of a canary is short for a leak to show."""
        for name, colour, samples in (("new", self.rules.new, new), ("old", self.rules.old, old)):
            # The series goes on, with another heap, where a process of before was.
            starts = [each.value for each in samples if each.name == "process_start_time_seconds"]
            age = min(self.rules.limits["heap_lookback"], self.wall() - max(starts)) if starts else 0.0
            try:
                past = self.source.heaps(colour, age) if age >= 1 else []
            except HttpError:
                # It has just answered. What is lost is history.
                past = []
            self.heaps[name] = [(now - ago, size, connections) for ago, size, connections in past]

    def _take_in(self, new, old, now):
        self.increase.observe([each for each in new + old if each.name in COUNTERS])
        grown = list(self.increase.all())
        # What a relay said last stands for one that has not answered this time.
        self.known.update((each.key, each) for each in new + old if each.name in GAUGES)
        gauges = list(self.known.values())
        self.new = figures(colour_of(gauges, self.rules.new), colour_of(grown, self.rules.new))
        self.old = figures(colour_of(gauges, self.rules.old), colour_of(grown, self.rules.old))
        self.peak = max(self.peak, self.new["connections"])
        if not self.delays or self.delays[-1][1] != self.new["delay"]:
            self.delays.append((now, self.new["delay"]))
        self._without_start(now)
        for name, of in (("new", self.new), ("old", self.old)):
            if of["nodes"] and of["heap"]:
                self.heaps[name].append((now, of["heap"] / of["nodes"], of["connections"] / of["nodes"]))

    def _over(self, now):
        return now - self.began >= self.rules.seconds * (1 + self.extended)

    def _without_start(self, now):
        """Takes out of the delays those of the first seconds; at the end only if enough are left."""
        whole = [of["delay"] for of in (self.new, self.old)]
        if now - self.began < min(self.rules.limits["p99_warmup"], self.rules.seconds / 2):
            self.cold = whole
        rest = [less(of, cold) for of, cold in zip(whole, self.cold)]
        if self._over(now) and rest[0].get(math.inf, 0.0) < self.rules.min_deliveries:
            rest = whole
        self.new["delay"], self.old["delay"] = rest

    def _lately(self):
        """The delays of the last seconds in which there was something new."""
        latest, all_now = self.delays[-1]
        for at, then in reversed(self.delays):
            enough = all_now.get(math.inf, 0.0) - then.get(math.inf, 0.0) >= LATELY_DELIVERIES
            if at <= latest - LATELY_SECONDS and enough:
                return less(all_now, then)
        return all_now

    def _alerts(self, pages):
        fresh = [dict(each) for each in pages - self.pages]
        fresh = [each for each in fresh if each.get("alertname") not in self.rules.ignored_alerts]
        if fresh:
            texts = sorted({"%s fires, and did not at the beginning" % alert_text(each.items()) for each in fresh})
            raise Verdict(FAIL, texts)

    def _surely(self, finding):
        """Whether it is clearly broken: at once, or when it was so the second time, with new figures."""
        if finding.state != BROKEN:
            self.doubts.pop(finding.name, None)
            return False
        if finding.fresh is None:
            return True
        return self.doubts.setdefault(finding.name, finding.fresh) != finding.fresh

    def _judge(self, found):
        """The end of the time: raises Verdict unless it is extended."""
        lacking = missing(self.new, self.peak, self.rules.min_connections, self.rules.min_deliveries)
        over = [each for each in found if each.state in (OVER, BROKEN)]
        if (lacking or over) and self.extended < self.rules.extend:
            self.extended += 1
            return
        certain = [each.text for each in over if self._enough(each)]
        if certain:
            raise Verdict(FAIL, certain)
        if lacking or over:
            raise Verdict(INCONCLUSIVE, lacking + ["%s, which may be chance" % each.text for each in over])
        raise Verdict(PASS, [each.text for each in found if each.state == FINE])

    def _enough(self, finding):
        """Whether what is beyond a limit at the end of the time counts."""
        if finding.name in self.new and isinstance(self.new[finding.name], tuple):
            return self.new[finding.name][0] >= self.rules.limits["min_errors"]
        return True

    def summary(self):
        """The figures of both colours, for people and records."""
        return {name: told(of) for name, of in (("new", self.new), ("old", self.old)) if of}
