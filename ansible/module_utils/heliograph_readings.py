"""What a judgement reads of Prometheus at one time."""

from __future__ import annotations

from ansible.module_utils.heliograph_figures import COUNTERS, GAUGES

# The same pools as those of heliograph_figures.
HEAP = (
    'avg(sum by (node) (jvm_memory_used_bytes{%s,area="heap",id=~".*(Old|Tenured).*"})'
    ' or sum by (node) (jvm_memory_used_bytes{%s,area="heap"}))'
)


class Reading:
    """What Prometheus knows at one time: samples of both colours, pages that fire, seconds since the newest scrape of the new one."""

    def __init__(self, samples, pages=frozenset(), age=0.0):
        self.samples = samples
        self.pages = set(pages)
        self.age = age


class Source:
    """Readings from a Prometheus."""

    def __init__(self, prometheus, job, colours, with_pages):
        self.prometheus = prometheus
        self.job = job
        new = colours[0]
        self.query = '{__name__=~"%s",job="%s",colour=~"%s"}' % ("|".join(COUNTERS + GAUGES), job, "|".join(colours))
        self.age = 'time() - min(timestamp(up{job="%s",colour="%s"}))' % (job, new)
        self.with_pages = with_pages

    def __call__(self):
        samples = self.prometheus.instant(self.query)
        ages = self.prometheus.instant(self.age)
        pages = self.prometheus.pages() if self.with_pages else frozenset()
        return Reading(samples, pages, ages[0].value if ages else 0.0)

    def heaps(self, colour, seconds):
        """[(seconds ago, bytes a node, connections a node)] of the last seconds, the oldest first: a heap has a history."""
        labels = 'job="%s",colour="%s"' % (self.job, colour)
        heap = HEAP % (labels, labels)
        connections = "avg(sum by (node) (heliograph_connections{%s}))" % labels
        step = max(1.0, seconds / 300)
        counted = {round(ago / step): value for ago, _, value in self.prometheus.range(connections, seconds, step)}
        sizes = self.prometheus.range(heap, seconds, step)
        return [(ago, size, counted[round(ago / step)]) for ago, _, size in sizes if round(ago / step) in counted]
