import json
import os
import stat
import unittest

from harness import FolderTest, Process, run
from ansible.module_utils.heliograph_lock import DeployLock, LockHeld, LockLost, metrics, why_free

SECOND = 1000
MINE = {"boot_id": "boot-1", "pid": 10, "start": 100, "controller": "ops1"}


def record(lock_id="a", purpose="deploy 1.2.0", **others):
    return dict(MINE, id=lock_id, owner="alice@ops1", purpose=purpose, acquired_ms=0, heartbeat_ms=0, **others)


class WhyFreeTest(unittest.TestCase):
    def test_a_lock_that_shows_life_is_held_and_the_message_says_by_whom(self):
        with self.assertRaises(LockHeld) as held:
            why_free(dict(record(), heartbeat_ms=50 * SECOND), record("b"), 60 * SECOND)
        self.assertEqual(
            "the deployment lock is held by alice@ops1 on ops1 since 1970-01-01 00:00:00 UTC (60 s ago) for 'deploy 1.2.0', id a;"
            " last sign of life 10 s ago. Wait until it is done; if you know that it is not at work any more,"
            " ansible/README.md says how to take it over by hand.",
            str(held.exception),
        )

    def test_a_lock_is_stale_after_the_time_and_not_before(self):
        with self.assertRaises(LockHeld):
            why_free(record(), record("b"), 120 * SECOND)
        self.assertEqual("no sign of life for 121 s", why_free(record(), record("b"), 121 * SECOND))
        self.assertIn("6 s", why_free(record(), record("b"), 6 * SECOND, stale_seconds=5))

    def test_a_dead_process_counts_only_for_the_lock_it_was_found_for_and_on_its_machine(self):
        self.assertEqual("process 10 of ops1 is gone", why_free(record(), record("b"), SECOND, dead_id="a"))
        with self.assertRaises(LockHeld):
            why_free(record("c"), record("b"), SECOND, dead_id="a")
        elsewhere = dict(record("b"), boot_id="boot-2")
        with self.assertRaises(LockHeld):
            why_free(record(), elsewhere, SECOND, dead_id="a")

    def test_a_freeze_ends_by_hand_alone(self):
        freeze = record(purpose="freeze")
        with self.assertRaises(LockHeld) as held:
            why_free(freeze, record("b"), 10**12, dead_id="a")
        self.assertIn("the cluster is frozen", str(held.exception))
        self.assertEqual("taken over by hand", why_free(freeze, record("b"), SECOND, take_over=True))


class MetricsTest(unittest.TestCase):
    def test_a_lock_that_is_held_is_1_whatever_for(self):
        self.assertIn("\nheliograph_deploy_lock 1\n", metrics(record(), 1500))
        self.assertIn("\nheliograph_deploy_lock 1\n", metrics(record(purpose="freeze"), 1500))
        self.assertIn("\nheliograph_deploy_lock 0\n", metrics(None, 1500))
        self.assertIn("\nheliograph_deploy_lock_timestamp_seconds 1.500\n", metrics(None, 1500))


class DeployLockTest(FolderTest):
    def setUp(self):
        super().setUp()
        self.lock = self.path("deploy")
        self.textfile = self.path("textfile")
        os.mkdir(self.textfile)

    def arguments(self, state, **others):
        return dict({"path": self.lock, "textfile": self.textfile, "state": state}, **others)

    def acquire(self, lock_id, check=False, **others):
        return run("deploy_lock", check, **self.acquisition(lock_id, **others))

    def acquisition(self, lock_id, **others):
        return self.arguments(
            "acquired",
            **{
                "id": lock_id,
                "owner": "alice@ops1",
                "purpose": "deploy 1.2.0",
                "controller": "ops1",
                "controller_pid": 10,
                "controller_start": 100,
                "controller_boot_id": "boot-1",
                **others,
            },
        )

    def release(self, lock_id, **others):
        return run("deploy_lock", **self.arguments("released", id=lock_id, **others))

    def query(self):
        return run("deploy_lock", **self.arguments("query"))["held"]

    def gauge(self):
        with open(os.path.join(self.textfile, "heliograph_deploy_lock.prom"), encoding="utf-8") as file:
            return dict(line.split() for line in file if not line.startswith("#"))

    def test_a_lock_is_taken_and_freed_and_the_metrics_say_so(self):
        self.assertIsNone(self.query())
        result = self.acquire("a")
        self.assertTrue(result["changed"])
        held = self.query()
        self.assertEqual(result["held"], held)
        self.assertEqual(
            ("a", "alice@ops1", "deploy 1.2.0", "ops1", "boot-1", 10, 100),
            tuple(held[key] for key in ("id", "owner", "purpose", "controller", "boot_id", "pid", "start")),
        )
        self.assertEqual("1", self.gauge()["heliograph_deploy_lock"])
        self.assertAlmostEqual(held["acquired_ms"] / 1000, float(self.gauge()["heliograph_deploy_lock_timestamp_seconds"]))
        self.assertTrue(self.release("a")["changed"])
        self.assertIsNone(self.query())
        self.assertEqual("0", self.gauge()["heliograph_deploy_lock"])
        self.assertAlmostEqual(held["acquired_ms"] / 1000, float(self.gauge()["heliograph_deploy_lock_timestamp_seconds"]))
        self.assertFalse(self.release("a")["changed"])

    def test_the_folder_is_for_its_owner_alone_and_the_metrics_for_all(self):
        self.acquire("a")
        mode = lambda *names: stat.S_IMODE(os.stat(os.path.join(*names)).st_mode)  # noqa: E731
        self.assertEqual(0o700, mode(self.lock))
        self.assertEqual(0o600, mode(self.lock, "lock.json"))
        self.assertEqual(0o644, mode(self.textfile, "heliograph_deploy_lock.prom"))

    def test_the_same_process_may_take_it_again_and_another_may_not(self):
        self.acquire("a")
        self.assertFalse(self.acquire("a")["changed"])
        for other in ({"controller_pid": 11}, {"controller_start": 101}, {"controller_boot_id": "boot-2"}):
            result = self.acquire("a", **other)
            self.assertTrue(result.get("failed"), other)
            self.assertIn("held by alice@ops1 on ops1", result["msg"])

    def test_a_freeze_can_be_ended_by_its_id_from_any_process(self):
        self.acquire("f", purpose="freeze")
        self.assertEqual("1", self.gauge()["heliograph_deploy_lock"])
        self.assertFalse(self.acquire("f", purpose="freeze", controller_pid=77)["changed"])
        self.assertIn("frozen", self.acquire("b", stale_seconds=-1, dead_id="f")["msg"])
        self.assertTrue(self.release("f")["changed"])

    def test_a_dead_lock_is_taken_and_the_result_tells_from_whom(self):
        self.acquire("a")
        result = self.acquire("b", dead_id="a", controller_pid=12)
        self.assertEqual(("a", "b"), (result["previous"]["id"], result["held"]["id"]))
        self.assertEqual("process 10 of ops1 is gone", result["reason"])
        self.assertTrue(self.acquire("c", dead_id="a", controller_pid=13)["failed"])

    def test_a_lock_of_another_is_not_freed_but_by_hand(self):
        self.acquire("a")
        result = self.release("b")
        self.assertIn("b has lost the deployment lock, which is held by alice@ops1", result["msg"])
        self.assertEqual("a", self.query()["id"])
        self.assertEqual("a", self.release("b", take_over=True)["previous"]["id"])
        self.assertIsNone(self.query())

    def test_check_mode_tells_and_changes_nothing(self):
        self.assertTrue(self.acquire("a", check=True)["changed"])
        self.assertFalse(os.path.exists(self.lock))
        self.acquire("a")
        self.assertTrue(self.acquire("b", check=True)["failed"])
        self.assertTrue(run("deploy_lock", True, **self.arguments("released", id="a"))["changed"])
        self.assertEqual("a", self.query()["id"])
        self.assertEqual("1", self.gauge()["heliograph_deploy_lock"])

    def test_a_file_that_is_no_lock_holds_until_somebody_looks(self):
        os.mkdir(self.lock)
        for text, said in (("{", "is not JSON"), ('{"id": "x"}', "is no deployment lock")):
            self.write("deploy/lock.json", text)
            self.assertIn(said, self.acquire("a")["msg"])
            self.assertIn(said, self.release("a")["msg"])
        self.assertTrue(self.acquire("a", take_over=True)["changed"])
        self.assertEqual("a", self.query()["id"])

    def test_a_heartbeat_is_renewed_by_the_holder_alone(self):
        now = [1000]
        lock = DeployLock(self.lock, clock=lambda: now[0])
        with self.assertRaises(LockLost):
            lock.renew("a")
        lock.acquire({key: value for key, value in record("a").items() if not key.endswith("_ms")})
        now[0] = 5000
        lock.renew("a")
        self.assertEqual((1000, 5000), (lock.held()["acquired_ms"], lock.held()["heartbeat_ms"]))
        with self.assertRaises(LockLost) as lost:
            lock.renew("b")
        self.assertIn("b has lost the deployment lock", str(lost.exception))
        lock.release("a")
        with self.assertRaises(LockLost):
            lock.renew("a")

    def race(self, **others):
        processes = [Process("deploy_lock") for _ in range(20)]
        for i, process in enumerate(processes):
            process.go(**self.acquisition("id-%d" % i, controller_pid=1000 + i, owner="o%d@ops1" % i, **others))
        answers = [process.answer() for process in processes]
        winners = [answer for answer in answers if not answer.get("failed")]
        self.assertEqual(1, len(winners), answers)
        winner = winners[0]["held"]
        self.assertEqual(winner, self.query())
        for answer in answers:
            if answer.get("failed"):
                self.assertIn("held by %s on ops1" % winner["owner"], answer["msg"])
        return winners[0]

    def test_of_twenty_at_once_exactly_one_gets_a_free_lock(self):
        self.race()

    def test_of_twenty_at_once_exactly_one_gets_a_dead_lock(self):
        self.acquire("dead", controller_pid=9)
        self.assertEqual("dead", self.race(dead_id="dead")["previous"]["id"])

    def test_of_twenty_at_once_exactly_one_gets_a_stale_lock(self):
        self.acquire("stale", controller_pid=9)
        path = os.path.join(self.lock, "lock.json")
        with open(path, encoding="utf-8") as file:
            held = json.load(file)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(dict(held, heartbeat_ms=held["heartbeat_ms"] - 200_000), file)
        self.assertIn("no sign of life for 20", self.race()["reason"])


if __name__ == "__main__":
    unittest.main()
