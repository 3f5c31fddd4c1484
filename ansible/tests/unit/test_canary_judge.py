import unittest

from fake_relays import Cluster
from harness import FolderTest, free_port, load, run
from http_server import JsonServer
from ansible.module_utils.heliograph_http import HttpError
from ansible.module_utils.heliograph_judge import LIMITS, slope
from ansible.module_utils.heliograph_readings import Reading
from ansible.module_utils.heliograph_watch import Rules, Watch

MB = 1_000_000.0


def page(name, node="relay1-green"):
    return tuple(sorted({"alertname": name, "node": node, "severity": "page"}.items()))


class WatchTest(unittest.TestCase):
    """Scenarios: each second the cluster does something, and Prometheus has it at once."""

    def setUp(self):
        self.cluster = Cluster()
        self.past = {}

    def judge(self, traffic, limits=None, **rules):
        """(verdict, reasons as one text, seconds). traffic(second) moves the figures."""

        def source():
            traffic(round(self.cluster.elapsed()))
            return Reading(self.cluster.samples(), self.cluster.pages, self.cluster.age)

        def heaps(colour, seconds):
            return [each for each in self.past.get(colour, []) if each[0] <= seconds]

        source.heaps = heaps
        rules = Rules("green", rules.pop("old", "blue"), dict(LIMITS, **(limits or {})), **dict({"seconds": 60}, **rules))
        self.watch = Watch(source, rules, clock=self.cluster.clock, sleep=self.cluster.sleep, wall=self.wall)
        verdict, reasons = self.watch.run()
        return verdict, "; ".join(reasons), round(self.cluster.elapsed())

    def wall(self):
        """The processes have run for an hour."""
        return self.cluster.green[0].values[("process_start_time_seconds", ())] + 3600 + self.cluster.elapsed()

    def serve(self, new=20, old=200, new_delay=0.002, old_delay=0.002):
        """What goes well: deliveries a second of each node."""
        for relay in self.cluster.green:
            relay.deliver(new, new_delay)
        for relay in self.cluster.blue:
            relay.deliver(old, old_delay)

    def test_what_is_as_good_passes_when_the_time_is_over(self):
        verdict, reasons, seconds = self.judge(lambda _: self.serve())
        self.assertEqual(("pass", 60), (verdict, seconds))
        for criterion in ("deliveries", "publications", "handshakes", "commands", "ended abnormally", "p99", "heap", "processor"):
            self.assertIn(criterion, reasons)
        self.assertIn("0 of 2400 (0 %) on green, 0 of 24000 (0 %) on blue", reasons)

    def test_figures_are_those_since_the_beginning(self):
        self.judge(lambda _: self.serve())
        figures = self.watch.summary()
        self.assertEqual({"failed": 0, "all": 2400}, figures["new"]["deliveries"])
        self.assertEqual((2, 100), (figures["new"]["nodes"], figures["new"]["connections"]))
        self.assertAlmostEqual(1.75, figures["new"]["p50_ms"])
        self.assertEqual({"failed": 0, "all": 24000}, figures["old"]["deliveries"])

    def test_too_little_is_watched_for_longer_and_inconclusive_then(self):
        self.cluster = Cluster(new_connections=8)
        verdict, reasons, seconds = self.judge(lambda second: self.serve(new=1), extend=2)
        self.assertEqual(("inconclusive", 180), (verdict, seconds))
        self.assertEqual("only 16 connections on green, 30 are needed; only 360 deliveries on green, 500 are needed", reasons)

    def test_what_comes_while_it_is_extended_counts(self):
        # 360 deliveries after 60 s, and 720 after 120 s.
        self.assertEqual(("pass", 120), self.judge(lambda second: self.serve(new=3))[::2])
        self.assertEqual(1, self.watch.extended)

    def test_failed_deliveries_are_seen_long_before_the_end(self):
        def traffic(second):
            self.serve()
            self.cluster.green[0].add("heliograph_drops_total", 1, cause="slow")

        verdict, reasons, seconds = self.judge(traffic)
        self.assertEqual("fail", verdict)
        self.assertLess(seconds, 6)
        self.assertRegex(reasons, r"^failed deliveries: 3 of 1\d\d \(2.\d* %\) on green, 0 of 1200 \(0 %\) on blue; limit 0.1 %$")

    def test_messages_that_a_peer_did_not_wait_for_are_no_errors(self):
        def traffic(second):
            self.serve()
            self.cluster.green[0].add("heliograph_drops_total", 9, cause="gone")
            self.cluster.green[0].add("heliograph_drops_total", 9, cause="latest_only")

        self.assertEqual("pass", self.judge(traffic)[0])

    def test_what_is_as_bad_on_the_old_colour_is_not_the_new_one_s_fault(self):
        def traffic(second):
            self.serve()
            for relay in self.cluster.green:
                relay.add("heliograph_broker_dropped_messages_total", 1)
            for relay in self.cluster.blue:
                relay.add("heliograph_broker_dropped_messages_total", 10)

        self.assertEqual("pass", self.judge(traffic)[0])

    def test_a_single_error_may_be_chance(self):
        def traffic(second):
            self.serve(new=5)
            if second == 10:
                self.cluster.green[1].add("heliograph_drops_total", 1, cause="slow")

        verdict, reasons, seconds = self.judge(traffic, extend=0)
        self.assertEqual(("inconclusive", 60), (verdict, seconds))
        self.assertIn("1 of 601 (0.166 %) on green", reasons)
        self.assertIn("which may be chance", reasons)

    def test_a_single_error_is_forgiven_when_enough_goes_well_after_it(self):
        def traffic(second):
            self.serve(new=5)
            if second == 10:
                self.cluster.green[1].add("heliograph_drops_total", 1, cause="slow")

        self.assertEqual(("pass", 120), self.judge(traffic, extend=1)[::2])

    def test_too_many_errors_at_the_end_are_a_fail_even_if_chance_may_explain_them(self):
        def traffic(second):
            self.serve(new=20)
            if second in (10, 30, 50):
                self.cluster.green[1].add("heliograph_drops_total", 1, cause="slow")

        verdict, reasons, seconds = self.judge(traffic, extend=0)
        self.assertEqual(("fail", 60), (verdict, seconds))
        self.assertIn("3 of 2403 (0.125 %)", reasons)

    def test_slow_deliveries_are_seen_long_before_the_end(self):
        verdict, reasons, seconds = self.judge(lambda _: self.serve(new=50, new_delay=0.03, old_delay=0.012))
        self.assertEqual("fail", verdict)
        self.assertLessEqual(seconds, 8)
        self.assertEqual("p99 of deliveries: 49.8 ms on green, 24.9 ms on blue; limit 37.3 ms", reasons)

    def test_a_start_that_stutters_is_no_reason_while_it_may_be_made_up_for(self):
        verdict, _, seconds = self.judge(lambda second: self.serve(new=50, new_delay=0.2 if second == 1 else 0.002), {"p99_warmup": 0}, seconds=120)
        self.assertEqual(("pass", 120), (verdict, seconds))

    def test_the_first_seconds_of_delays_do_not_count(self):
        def traffic(second):
            self.serve(new=100, new_delay=0.2 if second < 3 else 0.002)

        self.assertEqual(("pass", 10), self.judge(traffic, seconds=10)[::2])
        self.cluster = Cluster()
        self.assertEqual("fail", self.judge(traffic, {"p99_warmup": 0}, seconds=10)[0])

    def test_the_first_seconds_of_delays_count_if_there_are_too_few_others(self):
        def traffic(second):
            self.serve(new=200 if second < 3 else 20, new_delay=0.2)

        self.assertEqual("fail", self.judge(traffic, seconds=10)[0])

    def test_a_start_that_stuttered_too_much_is_a_reason_at_the_end(self):
        verdict, reasons, seconds = self.judge(lambda second: self.serve(new=50, new_delay=0.2 if second in (1, 2) else 0.002), {"p99_warmup": 0}, extend=0)
        self.assertEqual(("fail", 60), (verdict, seconds))
        self.assertIn("p99", reasons)

    def test_one_slow_delivery_in_a_hundred_is_not_what_goes_on(self):
        def traffic(second):
            self.serve(new=5, new_delay=0.2 if second == 5 else 0.002)
            if second % 10 == 0:
                self.cluster.green[0].deliver(1, 0.2)

        # A start that stuttered is a reason at the end, and none before.
        self.assertEqual(("fail", 120), self.judge(traffic, seconds=120, extend=0)[::2])

    def test_what_stutters_again_and_again_is_seen_long_before_the_end(self):
        verdict, _, seconds = self.judge(lambda second: self.serve(new=50, new_delay=0.2 if second % 3 == 0 else 0.002))
        self.assertEqual("fail", verdict)
        self.assertLess(seconds, 10)

    def test_below_the_floor_differences_are_noise(self):
        self.assertEqual("pass", self.judge(lambda _: self.serve(new_delay=0.004, old_delay=0.0004))[0])
        self.assertEqual("fail", self.judge(lambda _: self.serve(new_delay=0.004, old_delay=0.0004), {"p99_floor_ms": 2})[0])

    def test_without_old_traffic_the_delay_has_an_absolute_limit(self):
        self.assertEqual("pass", self.judge(lambda _: self.serve(old=0, new_delay=0.2))[0])
        verdict, reasons, _ = self.judge(lambda _: self.serve(old=0, new_delay=0.3))
        self.assertEqual(("fail", "p99 of deliveries: 498 ms on green; limit 250 ms"), (verdict, reasons))

    def test_refused_handshakes_are_a_reason_even_when_nobody_gets_in(self):
        self.cluster = Cluster(new_connections=0)

        def traffic(second):
            self.serve(new=0)
            self.cluster.green[0].add("heliograph_handshakes_total", 2, outcome="other")
            self.cluster.green[1].add("heliograph_handshakes_total", 1, outcome="accepted")
            self.cluster.green[1].add("heliograph_connects_total", 1, outcome="internal")

        verdict, reasons, seconds = self.judge(traffic)
        self.assertEqual("fail", verdict)
        self.assertLess(seconds, 4)
        self.assertRegex(reasons, r"failed handshakes and connects: 3 of 4 \(75 %\) on green")

    def test_what_clients_do_wrong_is_no_error_of_handshakes(self):
        def traffic(second):
            self.serve()
            for outcome in ("origin", "rate", "draining", "timeout"):
                self.cluster.green[0].add("heliograph_handshakes_total", 5, outcome=outcome)
            self.cluster.green[0].add("heliograph_connects_total", 5, outcome="invalid_token")

        self.assertEqual("pass", self.judge(traffic)[0])

    def test_each_kind_of_error_is_a_reason_of_its_own(self):
        for metric, labels, words in (
            ("heliograph_broker_errors_total", {"operation": "publish"}, "failed publications"),
            ("heliograph_command_errors_total", {"code": "100"}, "commands with an internal error"),
            ("heliograph_disconnects_total", {"code": "lost"}, "connections that ended abnormally"),
            ("heliograph_disconnects_total", {"code": "3004"}, "connections that ended abnormally"),
            ("heliograph_connects_total", {"outcome": "internal"}, "failed handshakes and connects"),
        ):
            self.cluster = Cluster()

            def traffic(second):
                self.serve()
                for relay in self.cluster.green:
                    relay.add(metric, 1, **labels)
                    relay.add("heliograph_publications_total", 5, source="api", namespace="chat")
                    relay.add("heliograph_handshakes_total", 5, outcome="accepted")
                    relay.add("heliograph_commands_total", 5)

            verdict, reasons, seconds = self.judge(traffic)
            self.assertEqual("fail", verdict, words)
            self.assertTrue(reasons.startswith(words), reasons)
            self.assertNotIn(";", reasons.replace("; limit", ""), "one reason alone")
            self.assertLess(seconds, 10)

    def test_connections_that_end_as_they_should_are_no_reason(self):
        def traffic(second):
            self.serve()
            for code in ("peer", "3001", "3005", "3503"):
                self.cluster.green[0].add("heliograph_disconnects_total", 5, code=code)

        self.assertEqual("pass", self.judge(traffic)[0])

    def test_a_relay_that_is_dead_is_seen_with_the_next_scrape(self):
        def traffic(second):
            self.serve()
            if second == 7:
                self.cluster.green[1].up = 0.0

        self.assertEqual(("fail", "relay2-green (green) is down: it does not answer Prometheus", 7), self.judge(traffic))

    def test_one_scrape_that_took_too_long_is_not_the_end_and_two_are(self):
        def traffic(second):
            self.serve()
            slow = second in (7, 8, 20, 21, 22)
            self.cluster.green[1].up = 0.0 if slow else 1.0
            # The seconds 7 and 8 look at the same scrape.
            self.cluster.green[1].scrape = {7: 4.0001, 8: 4.0001, 20: 4.0002, 21: 4.0003}.get(second, 0.01)

        self.assertEqual(("fail", 21), self.judge(traffic)[::2])

    def test_scrapes_that_take_too_long_of_old_relays_too_are_the_machine_s_fault_for_a_while(self):
        def traffic(second):
            self.serve()
            for relay in [self.cluster.green[1], self.cluster.blue[0]]:
                relay.up = 0.0 if 10 <= second < 25 or second >= 40 else 1.0
                relay.scrape = 4.0 + second / 1000 if relay.up == 0 else 0.01
            self.cluster.green[0].add("heliograph_disconnects_total", 4 if 10 <= second < 13 else 0, code="lost")

        verdict, reasons, seconds = self.judge(traffic, seconds=120, limits={"close_ratio": 0.11})
        # Twelve of 112 connections, also while nobody knows of half of them.
        self.assertEqual(("fail", "relay2-green (green) is down: it does not answer Prometheus", 61), (verdict, reasons, seconds))

    def test_a_relay_that_started_anew_is_a_fail(self):
        def traffic(second):
            self.serve()
            if second == 9:
                self.cluster.green[0].restart()

        self.assertEqual(("fail", "relay1-green (green) has started anew: its process ended", 9), self.judge(traffic))

    def test_a_relay_that_prometheus_forgets_is_a_fail(self):
        def traffic(second):
            self.serve()
            if second == 9:
                self.cluster.green.pop()

        self.assertEqual(("fail", "relay2-green (green) is not known to Prometheus any more", 9), self.judge(traffic))

    def test_an_old_relay_that_starts_anew_hides_no_errors_and_makes_none(self):
        def traffic(second):
            self.serve()
            if second == 20:
                self.cluster.blue[0].restart()

        self.assertEqual("pass", self.judge(traffic)[0])
        # What it did in its last second nobody knows.
        self.assertEqual(24000 - 200, self.watch.summary()["old"]["deliveries"]["all"])

    def test_it_begins_when_all_relays_are_there(self):
        late = self.cluster.green.pop()

        def traffic(second):
            self.serve()
            if second == 5:
                self.cluster.green.append(late)

        verdict, _, seconds = self.judge(traffic, nodes=["relay1-green", "relay2-green"])
        self.assertEqual(("pass", 65), (verdict, seconds))

    def test_relays_that_do_not_come_are_inconclusive(self):
        self.cluster.green.pop()
        result = self.judge(lambda _: self.serve(), nodes=["relay1-green", "relay2-green"])
        self.assertEqual(("inconclusive", "Prometheus does not know relay2-green yet", 21), result)
        self.cluster = Cluster()
        self.cluster.green.clear()
        self.assertEqual(("inconclusive", "Prometheus knows no relay of green", 21), self.judge(lambda _: self.serve()))

    def test_a_prometheus_that_is_silent_for_a_moment_is_waited_for(self):
        def traffic(second):
            self.serve()
            if 10 <= second < 28:
                raise HttpError("connection refused")

        self.assertEqual(("pass", 60), self.judge(traffic)[::2])

    def test_a_prometheus_that_is_silent_for_too_long_is_inconclusive(self):
        def traffic(second):
            self.serve()
            if second >= 10:
                raise HttpError("connection refused")

        verdict, reasons, seconds = self.judge(traffic)
        self.assertEqual(("inconclusive", 30), (verdict, seconds))
        self.assertEqual("for 21 s: Prometheus does not answer: connection refused", reasons)

    def test_a_prometheus_that_repeats_old_news_is_silent(self):
        def traffic(second):
            self.cluster.age = 1 if second < 10 else 1 + second
            self.serve()

        verdict, reasons, _ = self.judge(traffic)
        self.assertEqual("inconclusive", verdict)
        self.assertIn("has not heard of the relays for", reasons)

    def test_a_page_that_was_not_there_is_a_fail(self):
        self.cluster.pages = {page("HeliographDiskFilling", "redis1")}

        def traffic(second):
            self.serve()
            if second == 4:
                self.cluster.pages = {page("HeliographBrokerUnavailable", ""), page("HeliographDiskFilling", "redis1")}

        self.assertEqual(("fail", "HeliographBrokerUnavailable fires, and did not at the beginning", 4), self.judge(traffic))

    def test_a_page_that_is_ignored_is_not(self):
        def traffic(second):
            self.serve()
            self.cluster.pages = {page("HeliographReconnectStorm")} if second > 4 else set()

        self.assertEqual("pass", self.judge(traffic, ignored_alerts=["HeliographReconnectStorm"])[0])
        self.cluster = Cluster()
        self.assertEqual("fail", self.judge(traffic)[0])

    def leak(self, relays, per_second, second):
        for relay in relays:
            relay.heap(20 * MB + per_second * second)

    def test_a_heap_that_grows_all_the_time_is_a_leak(self):
        def traffic(second):
            self.serve()
            self.leak(self.cluster.green, 1.5 * MB, second)

        verdict, reasons, seconds = self.judge(traffic, seconds=120)
        self.assertEqual("fail", verdict)
        self.assertTrue(20 <= seconds <= 40, seconds)
        self.assertRegex(reasons, r"^old heap of a node grew by 3\d\.\d MB in \d\d s on green, by 0.0 MB on blue")

    def test_a_leak_shows_in_a_short_step_since_the_heap_has_a_history(self):
        def traffic(second):
            self.serve(new=60)
            self.leak(self.cluster.green, 1.5 * MB, 30 + second)

        self.past["green"] = [(30 - second, 20 * MB + 1.5 * MB * second, 50) for second in range(30)]
        verdict, reasons, seconds = self.judge(traffic, seconds=5)
        self.assertEqual(("fail", True), (verdict, seconds <= 5), reasons)
        self.cluster = Cluster()
        self.past.clear()
        self.assertEqual("pass", self.judge(traffic, seconds=5)[0])

    def test_what_a_heap_was_before_a_process_started_does_not_count(self):
        def traffic(second):
            self.serve(new=60)
            self.leak(self.cluster.green, 1.5 * MB, 30 + second)

        self.past["green"] = [(100 - second, 300 * MB, 50) for second in range(70)]
        self.past["green"] += [(30 - second, 20 * MB + 1.5 * MB * second, 50) for second in range(30)]
        for relay in self.cluster.green[1:]:
            relay.add("process_start_time_seconds", 3570)
        verdict, reasons, _ = self.judge(traffic, seconds=5)
        self.assertEqual("fail", verdict, reasons)

    def test_what_a_heap_was_longer_ago_than_that_does_not_count(self):
        def traffic(second):
            self.serve(new=60)
            self.leak(self.cluster.green, 0, 0)

        self.past["green"] = [(90 - second, 2 * MB + 0.2 * MB * second, 50) for second in range(90)]
        self.assertEqual("pass", self.judge(traffic, {"heap_bytes": 5 * MB, "heap_lookback": 20}, seconds=20)[0])
        self.cluster = Cluster()
        self.assertEqual("fail", self.judge(traffic, {"heap_bytes": 5 * MB}, seconds=20)[0])

    def test_a_heap_that_grows_as_the_old_one_does_for_its_connections_is_none(self):
        def traffic(second):
            self.serve()
            self.leak(self.cluster.green, 1.5 * MB, second)
            self.leak(self.cluster.blue, 9 * MB, second)

        self.assertEqual("pass", self.judge(traffic, seconds=120)[0])

    def test_a_heap_that_collections_empty_is_none(self):
        def traffic(second):
            self.serve()
            self.leak(self.cluster.green, 3 * MB, second % 20)

        self.assertEqual("pass", self.judge(traffic, seconds=120)[0])

    def test_a_heap_that_grows_between_collections_and_after_them_is_a_leak(self):
        def traffic(second):
            self.serve()
            for relay in self.cluster.green:
                relay.heap(20 * MB + 3 * MB * (second % 10) + 1.2 * MB * second)

        self.assertEqual("fail", self.judge(traffic, seconds=120)[0])

    def test_a_heap_that_connections_fill_is_none(self):
        def traffic(second):
            self.serve()
            self.leak(self.cluster.green, 1.5 * MB, second)
            for relay in self.cluster.green:
                relay.set("heliograph_connections", 50 + 25 * second, encoding="json")

        self.assertEqual("pass", self.judge(traffic, seconds=120)[0])

    def test_a_heap_that_grows_as_much_on_an_old_node_is_none_however_few_connections_there_are(self):
        def traffic(second):
            self.serve()
            self.leak(self.cluster.green + self.cluster.blue, 1.5 * MB, second)

        self.assertEqual("pass", self.judge(traffic, seconds=120)[0])

    def test_a_heap_that_grows_less_a_connection_than_the_old_one_is_none(self):
        self.cluster = Cluster(new_connections=5000, old_connections=500)

        def traffic(second):
            self.serve()
            self.leak(self.cluster.green, 1.5 * MB, second)
            self.leak(self.cluster.blue, 0.5 * MB, second)

        self.assertEqual("pass", self.judge(traffic, seconds=120)[0])

    def test_young_objects_are_no_leak(self):
        def traffic(second):
            self.serve()
            for relay in self.cluster.green:
                relay.set("jvm_memory_used_bytes", 1.5 * MB * second, id="Eden Space")

        self.assertEqual("pass", self.judge(traffic, seconds=120)[0])

    def test_a_slope_needs_all_quarters_of_the_time(self):
        grows = [(second, 100.0 + second, 1) for second in range(40)]
        self.assertEqual((30.0, True), slope(grows, 0))
        self.assertEqual((0.0, False), slope([grows[0], grows[-1]], 0))
        self.assertFalse(slope([(second, min(120, size), 1) for second, size, _ in grows], 0)[1])
        self.assertTrue(slope([(second, 100 + 20 * (second // 15), 1) for second, *_ in grows], 0)[1])
        self.assertFalse(slope([(second, 100 + 20 * (second // 30), 1) for second, *_ in grows], 0)[1])
        self.assertEqual((30.0 - 20 * 10 + 0.0, False), slope([(s, size, 1 + (20 if s >= 20 else 0)) for s, size, _ in grows], 10))

    def work(self, new, old, deliveries):
        def traffic(second):
            self.serve(new=deliveries)
            for relays, seconds in ((self.cluster.green, new), (self.cluster.blue, old)):
                for relay in relays:
                    relay.add("process_cpu_seconds_total", seconds)

        return self.judge(traffic, extend=0)

    def test_deliveries_that_cost_more_than_twice_as_much_are_a_fail(self):
        verdict, reasons, seconds = self.work(0.6, 0.4, 100)
        # A young process compiles: it is no reason before the end.
        self.assertEqual(("fail", 60), (verdict, seconds))
        self.assertEqual("processor time a delivery: 6 ms on green, 2 ms on blue; limit 4 ms", reasons)
        self.cluster = Cluster()
        self.assertEqual("pass", self.work(0.6, 0.7, 100)[0])

    def test_what_few_deliveries_cost_says_nothing(self):
        self.assertEqual("pass", self.work(0.6, 0.4, 20)[0])
        self.cluster = Cluster()
        self.assertEqual("pass", self.work(0.2, 0.04, 100)[0])

    def test_baking_has_absolute_limits(self):
        def traffic(second):
            self.serve(new=100, old=0, new_delay=0.1)
            self.cluster.green[0].add("heliograph_drops_total", 1, cause="slow")
            self.cluster.blue[0].add("heliograph_drops_total", 9, cause="slow")

        verdict, reasons, _ = self.judge(traffic, bake=True)
        self.assertEqual("fail", verdict)
        self.assertTrue(reasons.startswith("failed deliveries"), reasons)
        self.cluster = Cluster()
        self.assertEqual("pass", self.judge(lambda _: self.serve(new_delay=0.1), bake=True)[0])
        self.cluster = Cluster()
        self.assertEqual("pass", self.judge(lambda _: self.serve(new_delay=0.1), bake=True, old=None)[0])

    def test_scrapes_that_are_fifteen_seconds_apart_give_the_same_verdicts(self):
        for bad, verdict in ((0, "pass"), (1, "fail")):
            self.cluster = Cluster()
            kept = []

            def source():
                second = round(self.cluster.elapsed())
                self.serve(new_delay=0.03 if bad else 0.002)
                if second % 15 == 0:
                    kept[:] = self.cluster.samples()
                return Reading(list(kept), self.cluster.pages, second % 15)

            source.heaps = lambda *_: []
            rules = Rules("green", "blue", dict(LIMITS), seconds=90)
            watch = Watch(source, rules, clock=self.cluster.clock, sleep=self.cluster.sleep)
            self.assertEqual(verdict, watch.run()[0])


class LimitsTest(unittest.TestCase):
    def test_limits_can_be_changed_one_by_one_and_misspelt_ones_are_refused(self):
        limits_of = load("canary_judge").limits_of
        self.assertEqual(dict(LIMITS, p99_floor_ms=20.0), limits_of({"p99_floor_ms": "20"}))
        for wrong, said in (({"p99_flor_ms": 1}, "no limit p99_flor_ms"), ({"p99_floor_ms": "x"}, "is no number"), ({"p99_factor": -1}, "not 0 or more")):
            with self.assertRaises(ValueError) as error:
                limits_of(wrong)
            self.assertIn(said, str(error.exception))

    def test_the_documentation_has_all_limits(self):
        documentation = load("canary_judge").DOCUMENTATION
        for name, value in LIMITS.items():
            self.assertIn("C(%s) %g" % (name, value) if value < 1e6 else "C(%s) %d" % (name, value), documentation)


class CanaryJudgeTest(FolderTest):
    """The module as Ansible runs it, with a Prometheus that a test makes up."""

    def setUp(self):
        super().setUp()
        self.cluster = Cluster()
        self.on_query = lambda: None
        self.prometheus = JsonServer(self.answer)
        self.addCleanup(self.prometheus.close)
        self.lock("d1")

    def lock(self, lock_id):
        run("deploy_lock", path=self.folder, state="acquired", id=lock_id, owner="bob@ops2", purpose="deploy", take_over=True, textfile="")

    def answer(self, method, path, body):
        if "timestamp" in path:
            rows = [{"metric": {}, "value": [0, "0.5"]}]
        elif "ALERTS" in path:
            rows = []
        else:
            self.on_query()
            for relay in self.cluster.green + self.cluster.blue:
                relay.deliver(200)
            rows = [
                {"metric": dict(each.labels, __name__=each.name), "value": [0, repr(each.value)]} for each in self.cluster.samples()
            ]
        return 200, {"status": "success", "data": {"resultType": "vector", "result": rows}}

    def judge(self, check=False, **others):
        return run(
            "canary_judge",
            check,
            **{"prometheus_url": self.prometheus.url, "new": "green", "old": "blue", "seconds": 0.3, "interval": 0.02, "path": self.folder}
            | {"id": "d1", "percent": 5}
            | others,
        )

    def test_a_good_canary_passes_and_the_lock_is_renewed(self):
        before = run("deploy_lock", path=self.folder, state="query")["held"]["heartbeat_ms"]
        result = self.judge()
        self.assertEqual(("pass", 5, False), (result["verdict"], result["percent"], result["changed"]), result)
        self.assertGreaterEqual(result["seconds"], 0.3)
        self.assertEqual(0, result["figures"]["new"]["deliveries"]["failed"])
        self.assertGreater(run("deploy_lock", path=self.folder, state="query")["held"]["heartbeat_ms"], before)
        query = self.prometheus.asked[0][1]
        self.assertIn("job%3D%22relay%22%2Ccolour%3D~%22green%7Cblue%22", query)

    def test_a_relay_that_dies_is_a_fail_and_not_an_error(self):
        def die():
            self.cluster.green[0].up = 0.0

        self.on_query = lambda: die() if len(self.prometheus.asked) > 6 else None
        result = self.judge(seconds=600)
        self.assertEqual("fail", result["verdict"])

    def test_without_the_lock_it_ends(self):
        self.on_query = lambda: self.lock("d2") if len(self.prometheus.asked) == 4 else None
        result = self.judge(seconds=600)
        self.assertTrue(result["failed"])
        self.assertIn("d1 has lost the deployment lock", result["msg"])

    def test_without_prometheus_it_is_inconclusive(self):
        url = "http://127.0.0.1:%d" % free_port()
        result = self.judge(prometheus_url=url, grace=0.1)
        self.assertEqual("inconclusive", result["verdict"])
        self.assertIn(url, result["reasons"][0])

    def test_check_mode_watches_nothing(self):
        self.assertEqual("inconclusive", self.judge(check=True)["verdict"])
        self.assertEqual([], self.prometheus.asked)

    def test_a_limit_that_there_is_not_is_an_error(self):
        self.assertIn("no limit p98", self.judge(limits={"p98": 1})["msg"])


if __name__ == "__main__":
    unittest.main()
