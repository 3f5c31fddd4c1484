"""Whether the relays of one colour do as well as those of another: limits, and what is beyond them.

Nothing here asks anybody or waits; heliograph_watch does.
"""

from __future__ import annotations

import math

from ansible.module_utils.heliograph_figures import share
from ansible.module_utils.heliograph_prometheus import at_least, quantile

LIMITS = {
    # Failed deliveries, publications, handshakes, commands: the larger one of a share, and of so many times the old one.
    "error_ratio": 0.001,
    "error_factor": 2.0,
    # Fewer errors than that may be chance.
    "min_errors": 3,
    # The 99th percentile of the delay of deliveries, without those of the first seconds: a process that has just started is slow.
    # Below the floor differences are noise.
    "p99_warmup": 3.0,
    "p99_factor": 1.5,
    "p99_floor_ms": 5.0,
    # Where there is nothing to compare with: the alert's.
    "p99_max_ms": 250.0,
    # Connections that ended as they should not, of all that there were.
    "close_ratio": 0.01,
    "close_factor": 2.0,
    # A heap that grows steadily: by so much a node, and so many times as fast as an old one, a node and a connection.
    "heap_bytes": 32 * 1024 * 1024.0,
    "heap_factor": 2.0,
    # Less time does not show whether it goes on; what is longer ago does not count.
    "heap_seconds": 20.0,
    "heap_lookback": 300.0,
    # What a connection that came may have taken of it.
    "heap_per_connection": 64 * 1024.0,
    # Processor time a delivery, at the end of the time: a young process compiles. Judged only where a node uses so many processors,
    # and has such a share of the old nodes' deliveries: what a relay does for itself is no cost of the few of a small canary.
    "cpu_factor": 2.0,
    "cpu_processors": 0.5,
    "cpu_share": 0.2,
}

FINE = "fine"
# Beyond the limit, and it may be chance or past.
OVER = "over"
BROKEN = "broken"


class Finding:
    """What was found of one criterion. fresh is what must have changed until it can be found again; None if once is enough."""

    def __init__(self, name, state, text, fresh=None):
        self.name = name
        self.state = state
        self.text = text
        self.fresh = fresh


def percent(ratio):
    return "%.3g %%" % (ratio * 100)


def ratio_finding(name, words, new, old, floor, factor, least):
    """Whether too many of something went wrong: new and old are (wrong, all)."""
    limit = max(floor, factor * share(*old))
    text = "%s: %d of %d (%s) on {new}, %d of %d (%s) on {old}; limit %s" % (
        words,
        *new,
        percent(share(*new)),
        *old,
        percent(share(*old)),
        percent(limit),
    )
    state = FINE
    if share(*new) > limit:
        surely = share(at_least(new[0]), new[1])
        state = BROKEN if new[0] >= least and surely > limit else OVER
    return Finding(name, state, text)


def latency_finding(new, recent, old, limits, min_deliveries):
    """The 99th percentile. It is broken if that is so of the last seconds, too: a start may stutter once."""
    count = new["delay"].get(math.inf, 0)
    p99 = quantile(0.99, new["delay"])
    if p99 is None or count < min_deliveries:
        return Finding("latency", FINE, "p99 of deliveries: only %d measured on {new}" % count)
    theirs = quantile(0.99, old["delay"]) if old["delay"].get(math.inf, 0) >= min_deliveries else None
    if theirs is None:
        limit = limits["p99_max_ms"]
    else:
        limit = max(limits["p99_floor_ms"], limits["p99_factor"] * theirs * 1000)
    text = "p99 of deliveries: %.3g ms on {new}%s; limit %.3g ms" % (
        p99 * 1000,
        ", %.3g ms on {old}" % (theirs * 1000) if theirs is not None else "",
        limit,
    )
    state = FINE
    if p99 * 1000 > limit:
        lately = quantile(0.99, recent)
        goes_on = lately is not None and lately * 1000 > limit
        state = BROKEN if goes_on else OVER
    return Finding("latency", state, text, fresh=count)


def cpu_finding(new, old, seconds, limits):
    cost = share(new["cpu"], new["deliveries"][1])
    theirs = share(old["cpu"], old["deliveries"][1])
    text = "processor time a delivery: %.3g ms on {new}, %.3g ms on {old}; limit %.3g ms" % (
        cost * 1000,
        theirs * 1000,
        limits["cpu_factor"] * theirs * 1000,
    )
    comparable = (
        share(new["cpu"], new["nodes"] * seconds) >= limits["cpu_processors"]
        and share(new["deliveries"][1], new["nodes"])
        >= limits["cpu_share"] * share(old["deliveries"][1], old["nodes"])
        and theirs > 0
    )
    if not comparable:
        return Finding("cpu", FINE, text + " (too little load to judge)")
    return Finding("cpu", OVER if cost > limits["cpu_factor"] * theirs else FINE, text)


def slope(history, per_connection):
    """(bytes a node by which a heap has grown beyond what new connections explain, and whether it did so again and again).

    history: (seconds, bytes a node, connections a node), of which quarters of the time are compared: by their lowest points,
    since a collection makes it fall; whether it goes on by their means, since it grows in steps, one with each collection of the
    young heap. One step alone means nothing.
    """
    begin, end = history[0][0], history[-1][0]
    at_first = history[0][2]
    quarters = [[], [], [], []]
    for second, size, connections in history:
        quarter = min(3, int(4 * (second - begin) / (end - begin))) if end > begin else 0
        quarters[quarter].append(size - per_connection * max(0.0, connections - at_first))
    if not all(quarters):
        return 0.0, False
    means = [sum(quarter) / len(quarter) for quarter in quarters]
    steps = [means[i + 1] - means[i] for i in range(3)]
    return min(quarters[3]) - min(quarters[0]), min(steps) >= 0 and steps[-1] > 0 and sum(step > 0 for step in steps) >= 2


def heap_finding(new_history, old_history, limits):
    """Whether the heap grows as that of a leak does."""
    since = new_history[-1][0] - limits["heap_lookback"] if new_history else 0.0
    new_history, old_history = ([each for each in of if each[0] >= since] for of in (new_history, old_history))
    if len(new_history) < 4 or new_history[-1][0] - new_history[0][0] < limits["heap_seconds"]:
        return Finding("heap", FINE, "heap of {new}: not looked at for long enough")
    seconds = new_history[-1][0] - new_history[0][0]
    growth, steady = slope(new_history, limits["heap_per_connection"])
    theirs = max(0.0, slope(old_history, limits["heap_per_connection"])[0]) if len(old_history) >= 4 else 0.0
    limit = max(limits["heap_bytes"], limits["heap_factor"] * theirs)

    def pace(grown, history):
        return grown / seconds / max(1.0, history[-1][2] if history else 1.0)

    mine, other = pace(growth, new_history), pace(theirs, old_history)
    text = "old heap of a node grew by %.1f MB in %d s on {new}, by %.1f MB on {old} (%.3g and %.3g B/s a connection); limit %.1f MB" % (
        growth / 1e6,
        seconds,
        theirs / 1e6,
        mine,
        other,
        limit / 1e6,
    )
    leaks = steady and growth > limit and mine > limits["heap_factor"] * other
    return Finding("heap", BROKEN if leaks else FINE, text)


def findings(new, old, recent, seconds, limits, min_deliveries, bake=False):
    """All but the heap. With bake, or without traffic of the old colour, limits are absolute."""
    floor, factor, least = limits["error_ratio"], 0.0 if bake else limits["error_factor"], limits["min_errors"]
    found = [
        ratio_finding("deliveries", "failed deliveries", new["deliveries"], old["deliveries"], floor, factor, least),
        ratio_finding("publications", "failed publications", new["publications"], old["publications"], floor, factor, least),
        ratio_finding("handshakes", "failed handshakes and connects", new["handshakes"], old["handshakes"], floor, factor, least),
        ratio_finding("commands", "commands with an internal error", new["commands"], old["commands"], floor, factor, least),
        ratio_finding(
            "closes",
            "connections that ended abnormally",
            new["closes"],
            old["closes"],
            limits["close_ratio"],
            0.0 if bake else limits["close_factor"],
            least,
        ),
        latency_finding(new, recent, dict(old, delay={}) if bake else old, limits, min_deliveries),
    ]
    if not bake:
        found.append(cpu_finding(new, old, seconds, limits))
    return found


def missing(new, peak_connections, min_connections, min_deliveries):
    """What is lacking to judge by, in words."""
    lacking = []
    connections = max(peak_connections, new["accepted"])
    if connections < min_connections:
        lacking.append("only %d connections on {new}, %d are needed" % (connections, min_connections))
    if new["deliveries"][1] < min_deliveries:
        lacking.append("only %d deliveries on {new}, %d are needed" % (new["deliveries"][1], min_deliveries))
    return lacking
