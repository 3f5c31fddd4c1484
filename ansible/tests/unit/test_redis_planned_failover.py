from __future__ import annotations

import contextlib
import threading
import time
import unittest

import harness
import redis_processes
from ansible.module_utils.heliograph_redis import Redis, RedisError, named_by
from redis_processes import NAME, PASSWORD, PATIENT, SECONDS


class Writer(threading.Thread):
    """Writes numbers one after the other to whomever the sentinels name, and keeps those that were acknowledged."""

    def __init__(self, group):
        super().__init__(daemon=True)
        self.group = group
        self.acknowledged = []
        self.stopped = threading.Event()
        self.start()

    def run(self):
        number = 0
        while not self.stopped.is_set():
            with contextlib.suppress(RedisError), self.group.sentinels[number % 3].connect() as sentinel:
                with Redis(named_by(sentinel, NAME), [PASSWORD], SECONDS) as master:
                    while not self.stopped.is_set():
                        number += 1
                        master.call("SET", "write:%d" % number, number)
                        self.acknowledged.append((number, master.address))

    def await_writes(self, more, address=None):
        start = len(self.acknowledged)
        harness.until(
            lambda: sum(1 for _, at in self.acknowledged[start:] if address in (None, str(at))) >= more, SECONDS
        )

    def lost(self, server):
        self.stopped.set()
        self.join()
        with server.connect() as redis:
            return [number for number, _ in self.acknowledged if redis.call("GET", "write:%d" % number) is None]


class PlannedFailoverTest(unittest.TestCase):
    def setUp(self):
        self.group = redis_processes.Group()
        self.addCleanup(self.group.close)
        self.master, self.replica = self.group.servers

    def fail_over(self, check=False, **more):
        arguments = {"sentinels": self.group.addresses(), "password": PASSWORD, **PATIENT}
        return harness.run("redis_planned_failover", check=check, **{**arguments, **more})

    def test_no_acknowledged_write_is_lost_there_and_back(self):
        writer = Writer(self.group)
        self.addCleanup(writer.stopped.set)
        writer.await_writes(200)

        there = self.fail_over()

        self.assertEqual(there.get("after"), str(self.replica), there)
        self.assertEqual(there["before"], str(self.master))
        self.assertTrue(there["changed"])
        writer.await_writes(200, str(self.replica))
        back = self.fail_over()
        self.assertEqual(back.get("after"), str(self.master), back)
        writer.await_writes(200, str(self.master))
        self.assertEqual(writer.lost(self.master), [])
        self.assertEqual(self.group.online(self.master), [self.replica.address])

    def test_the_old_master_follows_the_new_one_when_it_has_started_again(self):
        self.assertEqual(self.fail_over().get("after"), str(self.replica))
        self.master.kill()
        self.master.start()
        with self.master.connect() as redis:
            self.assertEqual(redis.replication().master, self.replica.address)

    def test_without_a_replica_nothing_is_done(self):
        self.replica.kill()
        harness.until(lambda: not self.group.online(self.master), SECONDS)
        self.assert_refused("not in sync|does not answer|no replica")

    def test_a_replica_that_hangs_is_waited_for_briefly_and_writes_go_on(self):
        self.replica.pause()
        self.addCleanup(self.replica.resume)
        self.assert_refused("has stopped answering|does not answer", answer=1)

    def test_a_replica_that_does_not_catch_up_is_not_promoted(self):
        real = Redis.replication

        def behind(redis):
            part = real(redis)
            if redis.address == self.replica.address:
                part.offset = -1
            return part

        Redis.replication = behind
        self.addCleanup(setattr, Redis, "replication", real)
        self.assert_refused("had not all within 0.2 s", catch_up=0.2)

    def test_when_no_replica_becomes_master_writes_go_on(self):
        # Sentinels command the replica by this name; under another one it refuses.
        with self.replica.connect() as redis:
            redis.call("ACL", "SETUSER", "default", "-replicaof", "-slaveof")
        self.assert_refused("no replica has become the master within 1 s", pause=1)

    def test_with_a_sentinel_that_is_gone_nothing_is_done(self):
        self.group.sentinels[2].kill()
        self.assert_refused("does not answer")

    def test_sentinels_that_disagree_are_not_asked(self):
        self.group.sentinels[1].call("SENTINEL", "REMOVE", NAME)
        self.assert_refused("do not agree")

    def test_sentinels_that_would_do_nothing_are_not_asked(self):
        sentinel = self.group.sentinels[0]
        sentinel.pause()
        # It takes a gap of more than 2 s for a jump of its clock.
        time.sleep(3)
        sentinel.resume()
        with sentinel.connect() as connection:
            harness.until(lambda: connection.info("sentinel")["sentinel_tilt"] == "1", SECONDS)
        self.assert_refused("%s will do nothing now" % sentinel, timeout=1)

    def test_an_address_that_is_not_the_master_has_nothing_to_hand_over(self):
        result = self.fail_over(only_from=str(self.replica))
        self.assertEqual((result["changed"], result["after"]), (False, str(self.master)))

    def test_check_mode_changes_nothing(self):
        result = self.fail_over(check=True)
        self.assertEqual((result["changed"], result["after"]), (True, str(self.master)))
        self.assert_master_takes_writes()

    def assert_refused(self, reason, **more):
        result = self.fail_over(**more)
        self.assertTrue(result.get("failed"), result)
        self.assertRegex(result["msg"], reason)
        self.assert_master_takes_writes()

    def assert_master_takes_writes(self):
        with self.master.connect() as redis:
            self.assertEqual(redis.call("SET", "key", "value"), "OK")
            self.assertTrue(redis.replication().is_master)


class TwoReplicasTest(unittest.TestCase):
    def test_the_other_replica_follows_the_new_master_and_nothing_is_lost(self):
        group = redis_processes.Group(replicas=2)
        self.addCleanup(group.close)
        writer = Writer(group)
        self.addCleanup(writer.stopped.set)
        writer.await_writes(200)

        result = harness.run("redis_planned_failover", sentinels=group.addresses(), password=PASSWORD, **PATIENT)

        new = group.server(result.get("after"))
        self.assertIsNot(new, group.servers[0])
        self.assertEqual(len(group.online(new)), 2)
        writer.await_writes(200, str(new))
        self.assertEqual(writer.lost(new), [])


if __name__ == "__main__":
    unittest.main()
