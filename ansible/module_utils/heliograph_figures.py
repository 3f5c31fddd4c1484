"""What Prometheus knows of the relays of a colour, in the figures that people compare."""

from __future__ import annotations

from ansible.module_utils.heliograph_prometheus import quantile

COUNTERS = (
    "heliograph_deliveries_total",
    "heliograph_drops_total",
    "heliograph_broker_dropped_messages_total",
    "heliograph_publications_total",
    "heliograph_broker_errors_total",
    "heliograph_handshakes_total",
    "heliograph_connects_total",
    "heliograph_commands_total",
    "heliograph_command_errors_total",
    "heliograph_disconnects_total",
    "heliograph_delivery_delay_seconds_bucket",
    "process_cpu_seconds_total",
)
GAUGES = (
    "up",
    "scrape_duration_seconds",
    "heliograph_connections",
    "process_start_time_seconds",
    "jvm_memory_used_bytes",
)

# The same as the objectives have (grafana/prometheus/rules/slo.yaml).
LOST_MESSAGES = {"slow", "write_timeout", "drop_oldest"}
REFUSED_HANDSHAKES = {"node_count", "other"}

# Codes of disconnects that nobody meant: internal error, slow, write error, insufficient state, no pong.
ABNORMAL = {"3004", "3008", "3009", "3010", "3012", "lost", "violation"}

# A command that was answered with "internal server error".
INTERNAL = "100"


def colour_of(samples, colour):
    """The samples of a colour; none of no colour."""
    return [each for each in samples if colour and each.labels.get("colour") == colour]


class _Sums:
    """Samples by their names."""

    def __init__(self, samples):
        self.named = {}
        for each in samples:
            self.named.setdefault(each.name, []).append(each)

    def of(self, name):
        return self.named.get(name, [])

    def __call__(self, name, **labels):
        """The sum of a metric whose labels are in the given sets."""
        return sum(
            each.value
            for each in self.of(name)
            if all(each.labels.get(label) in values for label, values in labels.items())
        )


def _heap(samples):
    """Bytes of long-lived objects; of all where the collector has no generations."""
    pools = [each for each in samples if each.labels.get("area") == "heap"]
    old = [each for each in pools if any(word in each.labels.get("id", "") for word in ("Old", "Tenured"))]
    return sum(each.value for each in old or pools)


def figures(gauges, increases):
    """What is known of the relays of a colour, from its gauges now and its counters' increases."""
    now, grown = _Sums(gauges), _Sums(increases)
    delay = {}
    for each in grown.of("heliograph_delivery_delay_seconds_bucket"):
        bound = float(each.labels["le"])
        delay[bound] = delay.get(bound, 0.0) + each.value
    lost = grown("heliograph_drops_total", cause=LOST_MESSAGES) + grown("heliograph_broker_dropped_messages_total")
    unpublished = grown("heliograph_broker_errors_total", operation={"publish"})
    accepted = grown("heliograph_handshakes_total", outcome={"accepted"})
    refused = grown("heliograph_handshakes_total", outcome=REFUSED_HANDSHAKES)
    refused += grown("heliograph_connects_total", outcome={"internal"})
    failed = grown("heliograph_command_errors_total", code={INTERNAL})
    connections = now("heliograph_connections")
    return {
        "nodes": len({each.node for each in now.of("up")}),
        "connections": connections,
        "accepted": accepted,
        "deliveries": (lost, grown("heliograph_deliveries_total") + lost),
        "publications": (unpublished, grown("heliograph_publications_total") + unpublished),
        "handshakes": (refused, accepted + refused),
        "commands": (failed, max(failed, grown("heliograph_commands_total"))),
        # Of all connections that there were: those that are there, and those that ended.
        "closes": (grown("heliograph_disconnects_total", code=ABNORMAL), connections + grown("heliograph_disconnects_total")),
        "delay": delay,
        "cpu": grown("process_cpu_seconds_total"),
        "heap": _heap(now.of("jvm_memory_used_bytes")),
    }


def share(part, whole):
    return part / whole if whole > 0 else 0.0


def less(buckets, others):
    """A histogram without what was in it before."""
    return {bound: count - others.get(bound, 0.0) for bound, count in buckets.items()}


def told(of):
    """Figures as JSON has them."""
    p50, p99 = (quantile(q, of["delay"]) for q in (0.5, 0.99))
    pairs = {name: {"failed": int(of[name][0]), "all": int(of[name][1])} for name in of if isinstance(of[name], tuple)}
    return dict(
        pairs,
        nodes=of["nodes"],
        connections=int(of["connections"]),
        accepted=int(of["accepted"]),
        p50_ms=None if p50 is None else round(p50 * 1000, 3),
        p99_ms=None if p99 is None else round(p99 * 1000, 3),
        cpu_seconds=round(of["cpu"], 3),
        heap_bytes=int(of["heap"]),
    )
