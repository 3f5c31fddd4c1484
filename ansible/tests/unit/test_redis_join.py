from __future__ import annotations

import shutil
import tempfile
import unittest

import harness
import redis_processes
from redis_processes import NAME, PASSWORD, PATIENT, SECONDS, Process

SETTINGS = ("requirepass " + PASSWORD, "masterauth " + PASSWORD)


def join(server, servers, sentinels=(), check=False, **more):
    return harness.run(
        "redis_join",
        check=check,
        address=str(server),
        servers=[str(each) for each in servers],
        sentinels=[str(each) for each in sentinels],
        initial=str(servers[0]),
        password=PASSWORD,
        timeout=SECONDS,
        **more,
    )


class WithoutSentinelsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.mkdtemp(prefix="hg-redis-")
        self.addCleanup(shutil.rmtree, folder)
        self.servers = [Process(folder, SETTINGS) for _ in range(3)]
        for server in self.servers:
            self.addCleanup(server.kill)
        self.first, self.second, self.third = self.servers

    def test_the_others_follow_the_first_once(self):
        self.assertEqual(join(self.first, self.servers)["changed"], False)
        joined = join(self.second, self.servers)
        self.assertEqual((joined["changed"], joined["role"], joined["master"]), (True, "replica", str(self.first)))
        self.assertEqual(join(self.second, self.servers)["changed"], False)

    def test_what_was_decided_outlives_a_restart(self):
        join(self.second, self.servers)
        self.second.kill()
        self.second.start()
        self.assertEqual(join(self.second, self.servers)["role"], "replica")

    def test_who_has_a_replica_is_the_master_even_if_it_is_not_the_first(self):
        self.third.call("REPLICAOF", *self.second.address)
        harness.until(lambda: redis_processes.Group.online(self.second), SECONDS)
        self.assertEqual(join(self.first, self.servers)["master"], str(self.second))
        self.assertEqual(join(self.second, self.servers)["role"], "master")

    def test_who_has_data_is_the_master(self):
        self.second.call("SET", "key", "value")
        self.assertEqual(join(self.first, self.servers)["master"], str(self.second))
        self.assertEqual(join(self.second, self.servers)["role"], "master")

    def test_data_are_not_thrown_away_unasked(self):
        self.first.call("SET", "key", "value")
        self.third.call("SET", "other", "value")
        refused = join(self.third, self.servers)
        self.assertIn("has 1 keys, which it would lose as a replica of %s" % self.first, refused["msg"])
        self.assertEqual(self.third.call("GET", "other"), "value")
        self.assertEqual(join(self.third, self.servers, discard_data=True)["master"], str(self.first))

    def test_without_agreement_nobody_follows(self):
        self.first.call("SET", "key", "value")
        self.third.call("SET", "other", "value")
        self.assertIn("several Redis may be it", join(self.second, self.servers)["msg"])
        self.assertEqual(self.second.call("ROLE")[0], "master")

    def test_check_mode_changes_nothing(self):
        self.assertEqual(join(self.second, self.servers, check=True)["changed"], True)
        self.assertEqual(self.second.call("ROLE")[0], "master")


class WithSentinelsTest(unittest.TestCase):
    def setUp(self):
        self.group = redis_processes.Group()
        self.addCleanup(self.group.close)
        self.first, self.second = self.group.servers

    def fail_over(self):
        result = harness.run("redis_planned_failover", sentinels=self.group.addresses(), password=PASSWORD, **PATIENT)
        self.assertEqual(result.get("after"), str(self.second), result)

    def test_a_failover_is_not_undone(self):
        self.fail_over()
        for server, role in ((self.first, "replica"), (self.second, "master")):
            joined = join(server, self.group.servers, self.group.sentinels)
            self.assertEqual((joined["changed"], joined["role"], joined["master"]), (False, role, str(self.second)))

    def test_a_new_one_follows_whom_the_sentinels_name(self):
        self.fail_over()
        new = self.group.add(SETTINGS)
        joined = join(new, [*self.group.servers, new], self.group.sentinels)
        self.assertEqual((joined["changed"], joined["master"]), (True, str(self.second)))

    def test_the_first_one_on_a_new_disk_does_not_become_the_master_again(self):
        self.fail_over()
        new = self.group.add(SETTINGS)
        joined = join(new, [new, self.second], self.group.sentinels)
        self.assertEqual(joined["master"], str(self.second))

    def test_most_sentinels_decide(self):
        self.group.sentinels[0].call("SENTINEL", "REMOVE", NAME)
        self.group.sentinels[0].call("SENTINEL", "MONITOR", NAME, "127.0.0.1", 1, 2)
        new = self.group.add(SETTINGS)
        self.assertEqual(join(new, [new, *self.group.servers], self.group.sentinels)["master"], str(self.first))

    def test_sentinels_in_two_minds_decide_nothing(self):
        self.group.sentinels[0].call("SENTINEL", "REMOVE", NAME)
        self.group.sentinels[0].call("SENTINEL", "MONITOR", NAME, "127.0.0.1", 1, 2)
        new = self.group.add(SETTINGS)
        refused = join(new, [new, *self.group.servers], self.group.sentinels[:2])
        self.assertIn("the sentinels do not agree who is the master: 127.0.0.1:1, %s" % self.first, refused["msg"])
        self.assertEqual(new.call("ROLE")[0], "master")

    def test_sentinels_may_still_have_the_previous_password(self):
        for process in self.group.sentinels:
            process.call("ACL", "SETUSER", "default", "resetpass", ">previous-password")
        new = self.group.add(SETTINGS)
        servers = [new, *self.group.servers]
        self.assertIn("WRONGPASS", join(new, servers, self.group.sentinels)["msg"])
        self.assertEqual(
            join(new, servers, self.group.sentinels, previous_password="previous-password")["master"], str(self.first)
        )

    def test_in_a_split_nobody_loses_data(self):
        split = self.group.add(SETTINGS)
        lost = self.group.add([*SETTINGS, "replicaof 127.0.0.1 %d" % split.port])
        harness.until(lambda: self.group.online(split), SECONDS)
        refused = join(split, [*self.group.servers, split, lost], self.group.sentinels, discard_data=True)
        self.assertIn("redis-split", refused["msg"])
        self.assertEqual(split.call("ROLE")[0], "master")


if __name__ == "__main__":
    unittest.main()
