import unittest

from harness import FolderTest, free_port, run
from http_server import JsonServer
from ansible.module_utils.heliograph_drain import DrainFailed, Pacing, StagedDrain, plan, shares
from ansible.module_utils.heliograph_http import HttpError, Refused


class Node:
    """A relay as docs/drain.md has it: a drain asks so many a second, evenly."""

    def __init__(self, name, colour, connections):
        self.name = name
        self.id = "id-" + name
        self.colour = colour
        self.connections = connections
        self.kind, self.state, self.note = "none", "idle", ""
        self.total = self.moved = self.ever = 0
        self.set_point = self.asked = 0.0
        self.throttle = 1.0

    def row(self):
        return {
            "node": self.name,
            "node_id": self.id,
            "kind": self.kind,
            "state": self.state,
            "total": self.total,
            "moved": self.moved,
            "left": self.total - self.moved,
            "connections": self.connections,
            "set_point": self.set_point,
            "pace": self.set_point,
            "measured": 0.0,
            "note": self.note,
        }

    def refuses(self):
        return self.state in ("running", "paused", "done")

    def go_on(self, seconds):
        if self.state != "running":
            return
        self.asked += self.set_point * self.throttle * seconds
        count = min(int(self.asked), self.connections)
        self.asked -= int(self.asked)
        self.moved += count
        self.ever += count
        self.connections -= count
        if self.connections == 0:
            self.state = "done"


class Cluster:
    """An admin API of such relays, and a clock that goes on when somebody sleeps."""

    def __init__(self, *nodes):
        self.nodes = list(nodes)
        self.now = 1000.0
        self.asked = []
        self.sums = []
        self.at = []
        self.down = False

    def node(self, name):
        return next(node for node in self.nodes if name in (node.name, node.id))

    def clock(self):
        return self.now

    def sleep(self, seconds):
        """In steps of 10 ms, in which what is due at a time happens."""
        for _ in range(round(seconds * 100)):
            self.now += 0.01
            for node in self.nodes:
                node.go_on(0.01)
            for due in [each for each in self.at if each[0] <= self.now - 1000]:
                self.at.remove(due)
                due[1]()

    def rate(self):
        return sum(node.set_point for node in self.nodes if node.state == "running")

    def ask(self, path, method="GET", body=None):
        if self.down:
            raise HttpError("connection refused")
        if path == "/v1/nodes":
            return {"nodes": [{"id": n.id, "name": n.name, "colour": n.colour, "clients": n.connections, "draining": n.refuses()} for n in self.nodes]}
        if path == "/v1/drains":
            return {"drains": [node.row() for node in self.nodes]}
        if path == "/v1/deployment":
            return {}
        _, _, _, name, *command = path.partition("?")[0].split("/")
        self.asked.append((name, *command, body and body["per_second"]))
        self.obey(self.node(name), *command, body=body)
        self.sums.append(self.rate())
        return {"drain": self.node(name).row(), "dry_run": False}

    def obey(self, node, command="start", body=None):
        if command == "start":
            if node.state in ("running", "paused"):
                raise Refused("409 the node has something under way already", 409)
            if all(each.refuses() for each in self.nodes if each is not node) and not body["force"]:
                raise Refused("409 no other node is there to take the clients", 409)
            assert body["percent"] == 100
            node.kind, node.state, node.total, node.moved = "drain", "running", node.connections, 0
            node.set_point = body["per_second"]
        elif command == "cancel":
            if node.state == "idle":
                raise Refused("409 nothing is under way", 409)
            node.state = "cancelled"
        elif command == "pause":
            if node.state != "running":
                raise Refused("409 nothing is running that could pause", 409)
            node.state = "paused"
        elif command == "resume":
            if node.state != "paused":
                raise Refused("409 nothing is paused", 409)
            node.state = "running"


def row(name, connections, set_point=0.0, state="idle", kind="drain"):
    return {"node": name, "node_id": name, "connections": connections, "set_point": set_point, "state": state, "kind": kind}


class PlanTest(unittest.TestCase):
    def planned(self, *rows):
        return [(each["node"], round(rate, 2)) for each, rate in plan(list(rows), 100)]

    def test_shares_go_by_connections_and_sum_up(self):
        for connections in ({"a": 10}, {"a": 300, "b": 100}, {"a": 0, "b": 0}, {"a": 0, "b": 5000, "c": 1}):
            self.assertAlmostEqual(100, sum(shares(connections, 100).values()))
        self.assertEqual({"a": 1 + 98 * 0.75, "b": 1 + 98 * 0.25}, shares({"a": 300, "b": 100}, 100))
        self.assertEqual(1.0, shares({"a": 0, "b": 500}, 100)["a"])
        self.assertEqual({}, shares({}, 100))

    def test_all_begin_at_once(self):
        self.assertEqual([("b", 25.5), ("a", 74.5)], self.planned(row("a", 300), row("b", 100)))

    def test_what_goes_on_as_it_should_is_let_alone(self):
        self.assertEqual([], self.planned(row("a", 300, 74.5, "running"), row("b", 90, 25.5, "paused")))

    def test_the_share_of_one_that_is_done_goes_to_the_others(self):
        self.assertEqual([("a", 100)], self.planned(row("a", 1000, 50, "running")))
        # Not for a second or two.
        self.assertEqual([], self.planned(row("a", 200, 50, "running")))

    def test_one_that_comes_later_gets_a_share_after_the_others_gave_it(self):
        self.assertEqual([("a", 50), ("b", 50)], self.planned(row("a", 500, 100, "running"), row("b", 500)))

    def test_too_much_is_put_right(self):
        self.assertEqual([("a", 50), ("b", 50)], self.planned(row("a", 500, 100, "running"), row("b", 500, 100, "running")))

    def test_a_rebalance_is_no_drain(self):
        self.assertEqual([("a", 100)], self.planned(row("a", 500, 100, "running", "rebalance")))


class StagedDrainTest(unittest.TestCase):
    def setUp(self):
        self.cluster = Cluster(Node("blue-1", "blue", 1500), Node("blue-2", "blue", 500), Node("green-1", "green", 0))
        self.blue = self.cluster.nodes[:2]
        self.pages = None
        self.lines = []

    def drain(self, names=("blue-1", "blue-2"), per_second=100, **pacing):
        pages = None if self.pages is None else lambda: set(self.pages)
        self.staged = StagedDrain(
            self.cluster,
            Pacing(per_second, **pacing),
            pages,
            tell=self.lines.append,
            clock=self.cluster.clock,
            sleep=self.cluster.sleep,
        )
        self.staged.run(set(names))
        return self.staged

    def page(self, name):
        self.pages.add((("alertname", name), ("node", "green-1")))

    def test_all_clients_move_and_the_rate_is_that_of_all_together(self):
        staged = self.drain()
        self.assertEqual((2000, 0), (staged.moved(), staged.left()))
        self.assertAlmostEqual(20, staged.seconds(), delta=2)
        self.assertLessEqual(max(self.cluster.sums), 100.01)
        self.assertTrue(90 <= staged.rate.peak <= 101, staged.rate.peak)
        self.assertEqual(["done", "done", "idle"], [node.state for node in self.cluster.nodes])

    def test_nodes_without_clients_refuse_new_ones_from_the_beginning(self):
        self.blue[1].connections = 0
        self.drain()
        self.assertEqual(["done", "done"], [node.state for node in self.blue])
        self.assertIn(("id-blue-2", 1.0), self.cluster.asked)

    def test_the_share_of_a_node_that_is_done_goes_to_the_others_and_nothing_is_counted_twice(self):
        # It loses its clients by itself.
        self.cluster.at.append((3, lambda: setattr(self.blue[1], "connections", 0)))
        staged = self.drain()
        self.assertIn(("id-blue-1", 100.0), self.cluster.asked)
        self.assertLessEqual(max(self.cluster.sums), 100.01)
        self.assertAlmostEqual(1500 + 3 * 25.5, staged.moved(), delta=3)
        self.assertLessEqual(staged.rate.peak, 102)

    def test_what_moved_before_each_change_of_its_rate_counts(self):
        self.cluster.nodes.insert(0, Node("blue-3", "blue", 1000))
        self.cluster.at.append((3, lambda: setattr(self.blue[1], "connections", 0)))
        self.cluster.at.append((6, lambda: setattr(self.cluster.node("blue-3"), "connections", 0)))
        staged = self.drain(["blue-1", "blue-2", "blue-3"])
        self.assertEqual(3, len([each for each in self.cluster.asked if each[0] == "id-blue-1" and len(each) == 2]))
        self.assertEqual(sum(node.ever for node in self.cluster.nodes), staged.moved())

    def test_what_a_rebalance_moved_does_not_count(self):
        self.blue[0].kind, self.blue[0].state, self.blue[0].moved = "rebalance", "running", 777
        self.assertEqual(2000, self.drain().moved())

    def test_a_start_that_was_heard_though_its_answer_was_not_is_one(self):
        obey = self.cluster.obey

        def twice(node, *command, body=None):
            obey(node, *command, body=body)
            if body:
                obey(node, *command, body=body)

        self.cluster.obey = twice
        self.assertEqual(2000, self.drain().moved())

    def test_a_page_stops_it_until_it_is_over(self):
        self.pages = {(("alertname", "HeliographDiskFilling"),)}
        self.cluster.at.append((5, lambda: self.page("HeliographDeliveryLatency")))
        self.cluster.at.append((12, lambda: self.pages.pop() and self.pages.clear()))
        stood = []
        self.cluster.at.append((7, lambda: stood.append((self.staged.moved(), [node.state for node in self.blue]))))
        self.cluster.at.append((11, lambda: stood.append((self.staged.moved(), [node.state for node in self.blue]))))
        staged = self.drain()
        self.assertEqual(stood[0], stood[1])
        self.assertEqual(["paused", "paused"], stood[0][1])
        self.assertEqual(2000, staged.moved())
        self.assertAlmostEqual(7, staged.paused_seconds, delta=1.1)
        self.assertTrue(any("(paused: HeliographDeliveryLatency of green-1 fires)" in line for line in self.lines), self.lines)

    def test_pages_of_before_and_ignored_ones_do_not(self):
        self.pages = {(("alertname", "HeliographDiskFilling"),)}
        self.cluster.at.append((5, lambda: self.page("HeliographReconnectStorm")))
        staged = self.drain(ignored_alerts=["HeliographReconnectStorm"])
        self.assertEqual(0, staged.paused_seconds)
        self.assertFalse([each for each in self.cluster.asked if "pause" in each])

    def test_a_page_that_does_not_end_ends_it(self):
        self.pages = set()
        self.cluster.at.append((5, lambda: self.page("HeliographDeliveryLatency")))
        with self.assertRaises(DrainFailed) as failed:
            self.drain(longest_pause=30)
        self.assertIn("has been paused for 30 s: HeliographDeliveryLatency", str(failed.exception))

    def test_without_an_answer_of_prometheus_it_goes_on_and_says_so(self):
        def silent():
            raise HttpError("no route to host")

        staged = StagedDrain(self.cluster, Pacing(100), silent, clock=self.cluster.clock, sleep=self.cluster.sleep)
        staged.run({"blue-1", "blue-2"})
        self.assertEqual(2000, staged.moved())
        self.assertEqual(["no alert could stop the drain for some time: no route to host"], staged.warnings)

    def test_a_drain_that_goes_on_is_followed(self):
        for node, rate in zip(self.blue, (74.5, 25.5)):
            self.cluster.obey(node, body={"percent": 100, "per_second": rate, "force": False})
        self.cluster.sleep(5)
        staged = self.drain()
        self.assertEqual([], self.cluster.asked)
        self.assertEqual(2000, staged.moved())
        self.assertAlmostEqual(15, staged.seconds(), delta=1.5)
        self.assertLessEqual(staged.rate.peak, 102)

    def test_a_drain_that_was_left_paused_or_half_begun_goes_on(self):
        self.cluster.obey(self.blue[0], body={"percent": 100, "per_second": 74.5, "force": False})
        self.cluster.sleep(2)
        self.cluster.obey(self.blue[0], "pause")
        staged = self.drain()
        self.assertEqual(2000, staged.moved())
        self.assertIn(("id-blue-1", "resume", None), self.cluster.asked)
        self.assertLessEqual(max(self.cluster.sums), 100.01)

    def test_what_a_node_says_of_an_earlier_drain_does_not_count(self):
        for node in self.blue:
            node.kind, node.state, node.moved = "drain", "cancelled", 777
        self.assertEqual(2000, self.drain().moved())

    def test_what_is_drained_already_is_let_alone(self):
        for node in self.blue:
            node.kind, node.state, node.moved, node.connections = "drain", "done", 777, 0
        self.assertEqual(0, self.drain().moved())
        self.assertEqual([], self.cluster.asked)

    def test_a_drained_node_that_has_clients_again_is_drained_again(self):
        self.blue[0].kind, self.blue[0].state = "drain", "done"
        self.assertEqual(2000, self.drain().moved())

    def test_connections_that_do_not_end_are_left(self):
        def stuck():
            self.blue[0].state, self.blue[0].connections, self.blue[0].note = "done", 7, "some connections do not end"

        self.cluster.at.append((30, stuck))
        self.blue[0].throttle = 0.1
        staged = self.drain()
        self.assertEqual(7, staged.left())
        self.assertIn("7 left", self.lines[-1])
        self.assertIn("(some connections do not end)", self.lines[-1])

    def test_a_node_that_goes_takes_its_clients_with_it(self):
        self.cluster.at.append((3, lambda: self.cluster.nodes.remove(self.blue[1])))
        staged = self.drain()
        self.assertAlmostEqual(1500 + 3 * 25.5, staged.moved(), delta=3)
        self.assertEqual(0, staged.left())

    def test_a_node_that_starts_anew_is_drained_anew(self):
        def restart():
            self.cluster.nodes.remove(self.blue[1])
            again = Node("blue-2", "blue", 40)
            again.id = "id-again"
            self.cluster.nodes.append(again)

        self.cluster.at.append((3, restart))
        self.drain()
        self.assertEqual("done", self.cluster.node("id-again").state)

    def test_a_moment_without_an_answer_is_waited_out_and_a_long_one_is_not(self):
        self.cluster.at.append((3, lambda: setattr(self.cluster, "down", True)))
        self.cluster.at.append((13, lambda: setattr(self.cluster, "down", False)))
        self.assertEqual(2000, self.drain().moved())
        self.setUp()
        self.cluster.at.append((3, lambda: setattr(self.cluster, "down", True)))
        with self.assertRaises(DrainFailed) as failed:
            self.drain()
        self.assertIn("for 30 s no relay tells how far the drain is: connection refused", str(failed.exception))

    def test_a_drain_that_somebody_cancels_ends_it(self):
        self.cluster.at.append((3, lambda: self.cluster.obey(self.blue[1], "cancel")))
        with self.assertRaises(DrainFailed) as failed:
            self.drain()
        self.assertEqual("somebody has cancelled the drain of blue-2", str(failed.exception))

    def test_clients_that_do_not_move_end_it(self):
        for node in self.blue:
            node.throttle = 0.0
            node.note = "other nodes refuse clients"
        with self.assertRaises(DrainFailed) as failed:
            self.drain(stall=60)
        self.assertIn("no client has moved for 60 s: 0 clients moved, 2000 left", str(failed.exception))
        self.assertIn("(other nodes refuse clients)", str(failed.exception))

    def test_without_a_node_that_takes_them_it_does_not_begin_unless_forced(self):
        self.cluster.nodes.pop()
        self.cluster.nodes.pop()
        with self.assertRaises(DrainFailed) as failed:
            self.drain(["blue-1"])
        self.assertIn("blue-1 refuses to be drained: 409 no other node", str(failed.exception))
        self.assertEqual(1500, self.drain(["blue-1"], force=True).moved())

    def test_after_the_deadline_it_goes_on_at_the_same_rate_and_is_late(self):
        staged = self.drain(deadline=10)
        self.assertTrue(staged.late())
        self.assertAlmostEqual(20, staged.seconds(), delta=2)
        self.assertIn(", late", self.lines[-1])
        self.assertNotIn(", late", self.lines[0])
        self.setUp()
        self.assertFalse(self.drain(deadline=100).late())

    def test_a_token_that_is_no_good_is_told_at_once(self):
        def forbidden(*_, **__):
            raise Refused("403 the role operator is needed", 403)

        self.cluster.obey = forbidden
        with self.assertRaises(DrainFailed) as failed:
            self.drain()
        self.assertIn("the token of the operator is no good", str(failed.exception))
        self.assertLess(self.cluster.now, 1001)

    def test_cancelled_are_those_that_refuse_clients_and_are_meant(self):
        for node in self.cluster.nodes:
            node.kind, node.state = "drain", "done"
        self.blue[1].state = "idle"
        staged = StagedDrain(self.cluster, Pacing(1))
        self.assertEqual(["blue-1"], staged.cancel("blue", set()))
        self.assertEqual([], staged.cancel("blue", set()))
        self.assertEqual(["green-1"], staged.cancel(None, {"green-1"}))


class StagedDrainModuleTest(FolderTest):
    """The module as Ansible runs it; a fiftieth of a second here is one of the cluster."""

    def setUp(self):
        super().setUp()
        self.cluster = Cluster(Node("blue-1", "blue", 120), Node("blue-2", "blue", 80), Node("green-1", "green", 0))
        self.server = JsonServer(self.answer)
        self.addCleanup(self.server.close)
        run("deploy_lock", path=self.folder, state="acquired", id="d1", owner="bob@ops2", purpose="deploy", textfile="")

    def answer(self, method, path, body):
        if path == "/v1/drains":
            self.cluster.sleep(0.2)
        try:
            return 200, self.cluster.ask(path, method, body)
        except Refused as e:
            return e.status, {"error": {"code": "conflict", "message": str(e)}}

    def drain(self, check=False, **others):
        return run(
            "staged_drain",
            check,
            **{"admin_urls": [self.server.url], "token": "hgo_x", "colour": "blue", "per_second": 100, "interval": 0.005}
            | {"path": self.folder, "lock_id": "d1"}
            | others,
        )

    def start_journal(self):
        run("deploy_journal", path=self.folder, state="started", id="d1", version="2", by="bob", phase="drain")

    def journal(self):
        return run("deploy_journal", path=self.folder, state="query")["journal"]

    def test_a_colour_is_drained_and_the_journal_and_relays_hear_of_it(self):
        self.start_journal()
        result = self.drain()
        self.assertEqual((True, 200, 0, ["blue-1", "blue-2"]), (result["changed"], result["moved"], result["left"], result["nodes"]), result)
        self.assertIn("200 clients moved, 0 left", self.journal()["note"])
        self.assertEqual("drain", self.journal()["phase"])
        told = [body for method, path, body, _ in self.server.asked if path == "/v1/deployment"]
        self.assertIn("200 clients moved", told[-1]["note"])
        self.assertEqual({"Bearer hgo_x"}, {token for *_, token in self.server.asked})
        self.assertFalse(self.drain()["changed"])

    def test_a_lock_without_a_journal_will_do(self):
        self.assertEqual(120, self.drain(colour=None, nodes=["blue-1", "blue-9"])["moved"])
        self.assertIsNone(self.journal())
        self.assertEqual(["blue-9"], self.drain(colour=None, nodes=["blue-1", "blue-9"])["missing"])

    def test_without_the_lock_nothing_moves(self):
        result = self.drain(lock_id="d2")
        self.assertIn("d2 has lost the deployment lock", result["msg"])
        self.assertEqual([], self.cluster.asked)

    def test_check_mode_tells_how_many_would_move(self):
        result = self.drain(check=True)
        self.assertEqual((True, 200, 0), (result["changed"], result["left"], result["moved"]))
        self.assertEqual([], self.cluster.asked)
        gone = "http://127.0.0.1:%d" % free_port()
        result = self.drain(check=True, admin_urls=[gone])
        self.assertFalse(result["changed"])
        self.assertIn("no relay can be asked yet", result["warnings"][0])

    def test_no_relay_at_all_is_an_error(self):
        self.assertIn("no relay answers", self.drain(admin_urls=["http://127.0.0.1:%d" % free_port()])["msg"])

    def test_a_drain_is_cancelled(self):
        self.drain()
        result = self.drain(state="cancelled")
        self.assertEqual((True, ["blue-1", "blue-2"]), (result["changed"], result["nodes"]))
        self.assertFalse(self.drain(state="cancelled")["changed"])

    def test_what_is_to_be_drained_must_be_said(self):
        self.assertIn("say which relays", self.drain(colour=None)["msg"])
        self.assertIn("per_second", self.drain(per_second=0)["msg"])


if __name__ == "__main__":
    unittest.main()
