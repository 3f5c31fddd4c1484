import os
import stat
import unittest

from harness import FolderTest, free_port, run
from http_server import JsonServer
from ansible.module_utils.heliograph_http import AdminApi, HttpError, Refused
from ansible.module_utils.heliograph_journal import begun, judged, moved, told

FIELDS = {"id": "d1", "version": "1.2.0", "previous": "1.1.0", "from": "blue", "to": "green", "by": "alice@ops1"}


class JournalTest(unittest.TestCase):
    def test_a_phase_that_is_new_is_in_the_history_and_time_goes_on(self):
        journal = moved(begun(FIELDS, 1000), {"phase": "canary", "canary_percent": 5, "note": None}, 2000)
        self.assertEqual([{"phase": "preflight", "at_ms": 1000}, {"phase": "canary", "at_ms": 2000}], journal["history"])
        self.assertEqual((1000, 2000, 5), (journal["started_ms"], journal["updated_ms"], journal["canary_percent"]))
        self.assertIs(journal, moved(journal, {"phase": "canary"}, 3000))
        # Relays take no news that is older than what they know, whatever the clock does.
        self.assertEqual(2001, moved(journal, {"note": "x"}, 500)["updated_ms"])

    def test_a_verdict_takes_the_place_of_running_for_the_same_percentage_only(self):
        journal = begun(FIELDS, 0)
        for percent, verdict in ((1, "running"), (1, "pass"), (5, "running"), (5, "running"), (5, "fail")):
            journal = judged(journal, {"percent": percent, "verdict": verdict, "reasons": []}, percent)
        self.assertEqual([(1, "pass"), (5, "fail")], [(v["percent"], v["verdict"]) for v in journal["verdicts"]])
        journal = judged(judged(journal, {"percent": 5, "verdict": "running", "reasons": []}, 1), {"percent": 25, "verdict": "pass", "reasons": []}, 2)
        self.assertEqual(["pass", "fail", "running", "pass"], [v["verdict"] for v in journal["verdicts"]])

    def test_relays_are_told_no_more_than_they_take(self):
        journal = dict(begun(FIELDS, 1), note="n" * 600)
        for i in range(60):
            journal = judged(journal, {"percent": i, "verdict": "pass", "reasons": ["", "r" * 300] * 11}, i)
        wire = told(journal)
        self.assertNotIn("history", wire)
        self.assertEqual((500, 50, 59), (len(wire["note"]), len(wire["verdicts"]), wire["verdicts"][-1]["percent"]))
        self.assertEqual(["r" * 200] * 10, wire["verdicts"][0]["reasons"])


class AdminApiTest(unittest.TestCase):
    def serve(self, status, body):
        server = JsonServer(lambda *_: (status, body))
        self.addCleanup(server.close)
        return server

    def test_the_first_that_answers_is_asked_and_asked_again(self):
        gone = "http://127.0.0.1:%d" % free_port()
        busy = self.serve(503, {"error": {"code": "unavailable", "message": "starts"}})
        old = self.serve(404, {"error": {"code": "not_found", "message": "nothing here"}})
        good = self.serve(200, {"nodes": []})
        api = AdminApi([gone, busy.url, old.url + "/", good.url], "hgo_x")
        self.assertEqual({"nodes": []}, api.ask("/v1/nodes"))
        self.assertEqual({"nodes": []}, api.ask("/v1/nodes"))
        self.assertEqual(1, len(busy.asked))
        self.assertEqual([("GET", "/v1/nodes", None, "Bearer hgo_x")] * 2, good.asked)

    def test_no_is_an_answer(self):
        no = self.serve(409, {"error": {"code": "conflict", "message": "under way already"}})
        good = self.serve(200, {})
        with self.assertRaises(Refused) as refused:
            AdminApi([no.url, good.url], "x").ask("/v1/drains/a", "POST", {})
        self.assertEqual(409, refused.exception.status)
        self.assertIn("409 under way already", str(refused.exception))
        self.assertEqual([], good.asked)

    def test_what_waits_for_all_relays_is_asked_of_another_one_only_the_next_time(self):
        busy = self.serve(503, {"error": {"code": "unavailable", "message": "relay3 does not answer"}})
        good = self.serve(200, {"drains": []})
        api = AdminApi([busy.url, good.url], "x", ask_others=False)
        with self.assertRaises(Refused):
            api.ask("/v1/drains")
        self.assertEqual([], good.asked)
        self.assertEqual({"drains": []}, api.ask("/v1/drains"))
        self.assertEqual(1, len(busy.asked))

    def test_no_answer_at_all_names_each_that_was_asked(self):
        ports = [free_port(), free_port()]
        broken = self.serve(200, b"<html>")
        with self.assertRaises(HttpError) as error:
            AdminApi(["http://127.0.0.1:%d" % port for port in ports] + [broken.url], "x").ask("/")
        for part in (str(ports[0]), str(ports[1]), broken.url):
            self.assertIn(part, str(error.exception))
        self.assertNotIsInstance(error.exception, Refused)


class DeployJournalTest(FolderTest):
    def setUp(self):
        super().setUp()
        self.relay = JsonServer(lambda *_: (200, {"dry_run": False}))
        self.addCleanup(self.relay.close)
        self.lock("d1")

    def lock(self, lock_id):
        result = run(
            "deploy_lock",
            path=self.path("deploy"),
            state="acquired",
            id=lock_id,
            owner="alice@ops1",
            purpose="deploy",
            take_over=True,
            textfile="",
        )
        self.assertNotIn("failed", result)

    def journal(self, state, check=False, **fields):
        return run(
            "deploy_journal",
            check,
            **{"path": self.path("deploy"), "state": state, "admin_urls": [self.relay.url], "token": "hgo_x", **fields},
        )

    def start(self, **fields):
        return self.journal("started", **dict(FIELDS, **fields))

    def test_a_deployment_is_kept_and_told_from_start_to_end(self):
        self.assertIsNone(self.journal("query")["journal"])
        self.assertTrue(self.start()["changed"])
        self.journal("phase", id="d1", phase="canary", canary_percent=5)
        self.journal("verdict", id="d1", verdict={"percent": 5, "verdict": "pass", "reasons": ["p99 12 ms against 11 ms"]})
        result = self.journal("finished", id="d1", note="fine")
        self.assertFalse(result["unfinished"])
        self.assertEqual(["preflight", "canary", "done"], [each["phase"] for each in result["journal"]["history"]])
        self.assertEqual(result["journal"], self.journal("query")["journal"])
        method, path, last, token = self.relay.asked[-1]
        self.assertEqual(("PUT", "/v1/deployment", "Bearer hgo_x"), (method, path, token))
        at_ms = last["verdicts"][0].pop("at_ms")
        self.assertTrue(last["started_ms"] < at_ms < last["updated_ms"])
        self.assertEqual(
            dict(
                FIELDS,
                strategy="blue_green",
                phase="done",
                canary_percent=5,
                note="fine",
                verdicts=[{"percent": 5, "verdict": "pass", "reasons": ["p99 12 ms against 11 ms"]}],
                started_ms=last["started_ms"],
                updated_ms=last["updated_ms"],
            ),
            last,
        )
        self.assertEqual(["preflight", "canary", "canary", "done"], [body["phase"] for _, _, body, _ in self.relay.asked])

    def test_the_same_deployment_goes_on_where_it_was(self):
        self.start()
        self.journal("phase", id="d1", phase="switch")
        result = self.start(version="9.9.9")
        self.assertTrue(result["resumed"])
        self.assertFalse(result["changed"])
        self.assertEqual(("switch", "1.2.0"), (result["journal"]["phase"], result["journal"]["version"]))

    def test_another_deployment_begins_anew_and_tells_what_was_before(self):
        self.start()
        self.lock("d2")
        result = self.start(id="d2")
        self.assertFalse(result["resumed"])
        self.assertEqual(("d1", "d2", "preflight"), (result["before"]["id"], result["journal"]["id"], result["journal"]["phase"]))

    def test_one_that_has_ended_begins_anew_even_with_its_id(self):
        self.start()
        self.journal("finished", id="d1", phase="rolled_back")
        self.assertEqual("preflight", self.start()["journal"]["phase"])

    def test_the_second_time_changes_nothing_but_the_heartbeat(self):
        self.start()
        self.journal("phase", id="d1", phase="drain")
        before = self.read("deploy/journal.json")
        lock = run("deploy_lock", path=self.path("deploy"), state="query")["held"]
        self.assertFalse(self.journal("phase", id="d1", phase="drain")["changed"])
        self.assertEqual(before, self.read("deploy/journal.json"))
        renewed = run("deploy_lock", path=self.path("deploy"), state="query")["held"]
        self.assertGreater(renewed["heartbeat_ms"], lock["heartbeat_ms"])

    def test_without_the_lock_nothing_is_written(self):
        self.start()
        self.lock("d2")
        result = self.journal("phase", id="d1", phase="switch")
        self.assertIn("d1 has lost the deployment lock, which is held by alice@ops1", result["msg"])
        self.assertEqual("preflight", self.journal("query")["journal"]["phase"])
        self.assertTrue(self.journal("phase", id="d1", phase="rolling_back", lock=False)["changed"])

    def test_what_was_not_started_cannot_go_on(self):
        self.assertIn("the journal is none, not that of d1", self.journal("phase", id="d1", phase="drain")["msg"])
        self.start()
        self.lock("d2")
        self.assertIn("the journal is that of d1, not that of d2", self.journal("finished", id="d2")["msg"])

    def test_relays_that_do_not_answer_are_a_warning(self):
        gone = "http://127.0.0.1:%d" % free_port()
        result = self.start(admin_urls=[gone])
        self.assertTrue(result["changed"])
        self.assertFalse(result["announced"])
        self.assertIn("no relay shows this deployment", result["warnings"][0])
        self.assertIn(gone, result["warnings"][0])
        self.assertTrue(self.start(admin_urls=[gone, self.relay.url])["announced"])

    def test_check_mode_tells_and_changes_nothing(self):
        self.assertEqual("preflight", self.journal("started", True, **FIELDS)["journal"]["phase"])
        self.assertIsNone(self.journal("query")["journal"])
        # A whole playbook can be checked, though its start has written nothing.
        self.assertEqual("canary", self.journal("phase", True, id="d9", phase="canary")["journal"]["phase"])
        self.start()
        asked = len(self.relay.asked)
        result = self.journal("finished", True, id="d1")
        self.assertTrue(result["changed"])
        self.assertEqual("done", result["journal"]["phase"])
        self.assertEqual("preflight", self.journal("query")["journal"]["phase"])
        self.assertEqual(asked, len(self.relay.asked))

    def test_an_end_is_an_end(self):
        self.start()
        self.assertIn("ends as one of", self.journal("finished", id="d1", phase="drain")["msg"])
        self.assertIn("state finished", self.journal("phase", id="d1", phase="done")["msg"])

    def test_a_file_that_is_no_journal_is_named(self):
        for text, said in (("{", "is not JSON"), ("{}", "is no journal")):
            self.write("deploy/journal.json", text)
            self.assertIn(said, self.journal("query")["msg"])
            self.assertIn(said, self.start()["msg"])

    def test_the_journal_is_for_its_owner_alone(self):
        self.start()
        self.assertEqual(0o600, stat.S_IMODE(os.stat(self.path("deploy/journal.json")).st_mode))


if __name__ == "__main__":
    unittest.main()
