import math
import time
import unittest
import urllib.parse

from http_server import JsonServer
import harness  # noqa: F401
from ansible.module_utils.heliograph_http import HttpError
from ansible.module_utils.heliograph_prometheus import Increase, Prometheus, Sample, alert_text, at_least, quantile


def counter(value, instance="a", **labels):
    return Sample("c_total", dict(labels, instance=instance), value)


class IncreaseTest(unittest.TestCase):
    def grown(self, *readings):
        increase = Increase()
        for reading in readings:
            increase.observe(reading)
        return {tuple(sorted(each.labels.items())): each.value for each in increase.all()}

    def total(self, *readings):
        return sum(self.grown(*readings).values())

    def test_what_was_there_before_does_not_count(self):
        self.assertEqual(7, self.total([counter(100)], [counter(103)], [counter(107)]))

    def test_a_counter_that_starts_anew_goes_on_from_0(self):
        self.assertEqual(5 + 2 + 1, self.total([counter(100)], [counter(105)], [counter(2)], [counter(3)]))

    def test_a_series_that_is_new_on_a_known_instance_began_at_0(self):
        self.assertEqual(4, self.total([counter(1, code="x")], [counter(1, code="x"), counter(4, code="y")]))

    def test_an_instance_that_comes_later_has_a_past(self):
        self.assertEqual(1, self.total([counter(1)], [counter(1), counter(900, "b")], [counter(1), counter(901, "b")]))

    def test_a_gap_hides_nothing(self):
        self.assertEqual(9, self.total([counter(1)], [], [counter(10)]))

    def test_series_are_told_apart_by_all_their_labels(self):
        grown = self.grown([counter(1, code="x"), counter(1, code="y")], [counter(2, code="x"), counter(4, code="y")])
        self.assertEqual({(("code", "x"), ("instance", "a")): 1, (("code", "y"), ("instance", "a")): 3}, grown)


class QuantileTest(unittest.TestCase):
    def test_it_is_linear_within_a_bucket(self):
        buckets = {1.0: 10, 2.0: 20, 4.0: 100, math.inf: 100}
        self.assertAlmostEqual(0.5, quantile(0.05, buckets))
        self.assertAlmostEqual(1.5, quantile(0.15, buckets))
        self.assertAlmostEqual(2 + 2 * 79 / 80, quantile(0.99, buckets))

    def test_empty_buckets_are_passed(self):
        self.assertAlmostEqual(9.5, quantile(0.9, {1.0: 0, 5.0: 0, 10.0: 50, math.inf: 50}))

    def test_what_is_above_all_bounds_counts_as_the_highest(self):
        self.assertEqual(10.0, quantile(0.99, {1.0: 5, 10.0: 5, math.inf: 100}))

    def test_nothing_has_no_quantile(self):
        self.assertIsNone(quantile(0.99, {}))
        self.assertIsNone(quantile(0.99, {1.0: 0, math.inf: 0}))


class AtLeastTest(unittest.TestCase):
    def test_it_is_the_lower_bound_of_a_poisson_mean(self):
        # The exact ones: half the 5 % quantile of chi square with 2k degrees of freedom.
        for events, exact in ((3, 0.8177), (5, 1.9701), (10, 5.4254), (100, 84.139)):
            self.assertAlmostEqual(exact, at_least(events), delta=exact * 0.02)
        self.assertEqual(0, at_least(0))


class PrometheusTest(unittest.TestCase):
    def serve(self, status, body):
        server = JsonServer(lambda *_: (status, body))
        self.addCleanup(server.close)
        return Prometheus(server.url + "/"), server

    def test_a_vector_is_read(self):
        row = {"metric": {"__name__": "up", "node": "relay1"}, "value": [1.5, "1"]}
        prometheus, server = self.serve(200, {"status": "success", "data": {"resultType": "vector", "result": [row]}})
        (sample,) = prometheus.instant('up{job="relay"}')
        self.assertEqual(("up", {"node": "relay1"}, 1.0, "relay1"), (sample.name, sample.labels, sample.value, sample.node))
        self.assertEqual("/api/v1/query?query=up%7Bjob%3D%22relay%22%7D", server.asked[0][1])

    def test_a_range_is_read_by_how_long_ago_it_was(self):
        now = time.time()
        rows = [{"metric": {"node": name}, "values": [[now - 2, "3"], [now - 1, "4"]]} for name in "ab"]
        prometheus, server = self.serve(200, {"data": {"result": rows}})
        read = [(round(ago), labels["node"], value) for ago, labels, value in prometheus.range("up", 60, 5)]
        self.assertEqual([(2, "a", 3.0), (2, "b", 3.0), (1, "a", 4.0), (1, "b", 4.0)], read)
        asked = urllib.parse.parse_qs(server.asked[0][1].partition("?")[2])
        self.assertAlmostEqual(60, float(asked["end"][0]) - float(asked["start"][0]), delta=0.01)
        self.assertEqual(["5"], asked["step"])

    def test_pages_are_known_by_their_labels_without_the_state(self):
        labels = {"alertname": "HeliographRelayDown", "alertstate": "firing", "node": "relay1", "severity": "page"}
        row = {"metric": dict(labels, __name__="ALERTS"), "value": [1, "1"]}
        prometheus, _ = self.serve(200, {"data": {"result": [row]}})
        (page,) = prometheus.pages()
        self.assertEqual("HeliographRelayDown of relay1", alert_text(page))
        self.assertNotIn("alertstate", dict(page))

    def test_anything_else_is_an_error_that_says_what(self):
        for status, body, said in ((400, {"status": "error", "error": "parse error"}, "400 parse error"), (200, {"data": 1}, "no result"), (503, b"Service Unavailable", "503 Service")):
            with self.assertRaises(HttpError) as error:
                self.serve(status, body)[0].instant("up")
            self.assertIn(said, str(error.exception))


if __name__ == "__main__":
    unittest.main()
