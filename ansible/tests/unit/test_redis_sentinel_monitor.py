from __future__ import annotations

import unittest

import harness
import redis_processes
from redis_processes import NAME, PASSWORD, PATIENT, SECONDS


class RedisSentinelMonitorTest(unittest.TestCase):
    def setUp(self):
        self.group = redis_processes.Group(sentinels=0)
        self.addCleanup(self.group.close)
        self.master, self.replica = self.group.servers
        # As Debian's package starts them.
        self.group.sentinels = [
            self.group.add(["sentinel monitor mymaster 127.0.0.1 1 2"], sentinel=True) for _ in range(3)
        ]

    def monitor(self, sentinel, check=False, **more):
        arguments = {
            "address": str(sentinel),
            "password": PASSWORD,
            "sentinels": self.group.addresses(),
            "servers": [str(server) for server in self.group.servers],
            "initial": str(self.master),
            "quorum": 2,
            "settings": {"down-after-milliseconds": 20000, "failover-timeout": 5000},
            "config": sentinel.file,
        }
        return harness.run("redis_sentinel_monitor", check=check, **{**arguments, **more})

    def monitor_all(self):
        for sentinel in self.group.sentinels:
            result = self.monitor(sentinel)
            self.assertEqual((result.get("changed"), result.get("master")), (True, str(self.master)), result)
        harness.until(lambda: all(self.group.sees_all(sentinel) for sentinel in self.group.sentinels), SECONDS)

    def test_sentinels_watch_the_master_and_a_second_run_changes_nothing(self):
        self.monitor_all()
        for sentinel in self.group.sentinels:
            self.assertEqual(self.monitor(sentinel)["changes"], [])
            self.assertIsNone(sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster"))
            with self.assertRaisesRegex(Exception, "WRONGPASS"):
                sentinel.connect("a-wrong-one")

    def test_after_a_failover_and_a_restart_nothing_changes(self):
        self.monitor_all()
        result = harness.run("redis_planned_failover", sentinels=self.group.addresses(), password=PASSWORD, **PATIENT)
        self.assertEqual(result.get("after"), str(self.replica), result)
        for sentinel in self.group.sentinels:
            sentinel.kill()
            sentinel.start()
            again = self.monitor(sentinel)
            self.assertEqual((again["changes"], again["master"]), ([], str(self.replica)))

    def test_a_new_sentinel_learns_the_master_from_the_others(self):
        self.monitor_all()
        harness.run("redis_planned_failover", sentinels=self.group.addresses(), password=PASSWORD, **PATIENT)
        new = self.group.add([], sentinel=True)
        self.assertEqual(self.monitor(new)["master"], str(self.replica))

    def test_a_setting_changes_while_it_runs(self):
        self.monitor_all()
        sentinel = self.group.sentinels[0]
        slower = {"settings": {"down-after-milliseconds": 3000, "failover-timeout": 5000}}
        self.assertEqual(self.monitor(sentinel, **slower)["changes"], ["down-after-milliseconds 3000"])
        self.assertEqual(self.monitor(sentinel, **slower)["changes"], [])

    def test_the_password_changes_while_it_runs(self):
        self.monitor_all()
        sentinel = self.group.sentinels[0]
        changed = self.monitor(sentinel, password="another-password", previous_password=PASSWORD)
        self.assertEqual(changed["changes"], ["its password", "sentinel-pass", "auth-pass"])
        sentinel.kill()
        sentinel.start()
        self.assertEqual(self.monitor(sentinel, password="another-password")["changes"], [])

    def test_check_mode_changes_nothing(self):
        sentinel = self.group.sentinels[0]
        self.assertTrue(self.monitor(sentinel, check=True)["changed"])
        self.assertIsNone(sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME))


class RedisStatusTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.group = redis_processes.Group()
        cls.addClassCleanup(cls.group.close)
        cls.master, cls.replica = cls.group.servers

    def status(self, process, **more):
        return harness.run("redis_status", address=str(process), password=PASSWORD, timeout=SECONDS, **more)

    def test_all_is_well(self):
        master = self.status(self.master, min_replicas=1)
        self.assertEqual((master["role"], master["replicas"], master["problems"]), ("master", [str(self.replica)], []))
        replica = self.status(self.replica)
        self.assertEqual((replica["role"], replica["master"], replica["problems"]), ("replica", str(self.master), []))
        sentinel = self.status(self.group.sentinels[0], sentinel_of=NAME, min_sentinels=2)
        self.assertEqual((sentinel["role"], sentinel["master"], sentinel["problems"]), ("sentinel", str(self.master), []))

    def test_what_is_missing_is_a_problem(self):
        self.assertIn("has 1 replicas, not 2", self.status(self.master, min_replicas=2)["problems"][0])
        problems = self.status(self.group.sentinels[0], sentinel_of=NAME, min_sentinels=3)["problems"]
        self.assertIn("knows 2 other sentinels, not 3", problems[0])
        self.assertIn("does not know other", self.status(self.group.sentinels[0], sentinel_of="other")["problems"][0])

    def test_a_sentinel_that_does_not_see_a_replica_is_a_problem(self):
        # A sentinel looks for replicas each 10 s only.
        new = self.group.add(["requirepass " + PASSWORD, "masterauth " + PASSWORD, "replicaof 127.0.0.1 %d" % self.master.port])
        self.addCleanup(new.kill)
        harness.until(lambda: new.address in self.group.online(self.master), SECONDS)
        problems = self.status(self.group.sentinels[0], sentinel_of=NAME)["problems"]
        self.assertIn("does not see the replica %s" % new, problems[0])

    def test_a_replica_without_its_master_is_a_problem(self):
        alone = self.group.add(["requirepass " + PASSWORD, "replicaof 127.0.0.1 1"])
        self.assertIn("has no connection to its master 127.0.0.1:1", self.status(alone)["problems"][0])

    def test_nobody_there_is_a_failure(self):
        self.assertIn("does not answer", self.status("127.0.0.1:1")["msg"])


if __name__ == "__main__":
    unittest.main()
