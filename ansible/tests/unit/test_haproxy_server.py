import unittest

from harness import load, run
from haproxy_process import HaproxyTest, StubbornHaproxyTest
from ansible.module_utils.heliograph_haproxy import Haproxy, admin_state, server_rows, with_admin_states

HEADER = "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight\n"


class ServerStateTest(unittest.TestCase):
    def state_of(self, bits):
        return admin_state(server_rows(HEADER + "3 be_blue 1 relay1 127.0.0.1 2 %d 1\n" % bits)[("be_blue", "relay1")])

    def test_admin_states_are_those_that_an_operator_set(self):
        # Bits of the configuration, of a server that is tracked and of DNS are not an operator's.
        self.assertEqual("ready", self.state_of(0x00))
        self.assertEqual("ready", self.state_of(0x04))
        self.assertEqual("maint", self.state_of(0x01))
        self.assertEqual("maint", self.state_of(0x09))
        self.assertEqual("drain", self.state_of(0x08))
        self.assertEqual("drain", self.state_of(0x1C))

    def test_other_bits_and_servers_stay(self):
        text = HEADER + "3 be_blue 1 relay1 127.0.0.1 2 5 1\n3 be_blue 2 relay2 127.0.0.1 2 8 1\n"
        changed = with_admin_states(text, {("be_blue", "relay1"): "drain"})
        self.assertEqual(text.replace("127.0.0.1 2 5", "127.0.0.1 2 12"), changed)

    def test_what_cannot_be_a_name_or_state_is_refused(self):
        unusable = load("haproxy_server").unusable
        self.assertIsNone(unusable(["be_blue"], {"relay1": "drain"}))
        self.assertIn("none of ready, drain, maint", unusable(["be_blue"], {"relay1": "up"}))
        self.assertIn("no name", unusable(["be_blue"], {"relay1;shutdown": "drain"}))
        self.assertIn("no name", unusable(["be/blue"], {"relay1": "drain"}))


class HaproxyServerTest(HaproxyTest):
    def set(self, check=False, backends=("be_blue",), **servers):
        return run(
            "haproxy_server",
            check=check,
            socket=self.socket,
            backends=list(backends),
            servers=servers,
            state_file=self.state,
        )

    def query(self, *backends):
        return run("haproxy_server", socket=self.socket, backends=list(backends), state="query", state_file=self.state)

    def admin(self, backend):
        return {name: one["admin"] for name, one in self.query(backend)["servers"][backend].items()}

    def test_a_query_tells_states_sessions_and_weights(self):
        self.start()
        result = self.query("be_blue", "be_green")
        self.assertFalse(result["changed"])
        self.assertEqual(
            {"admin": "ready", "operational": "running", "status": "no check", "sessions": 0, "weight": 1},
            result["servers"]["be_blue"]["relay1"],
        )
        self.assertEqual(
            {"admin": "maint", "operational": "stopped", "status": "MAINT", "sessions": 0, "weight": 1},
            result["servers"]["be_green"]["relay2"],
        )

    def test_each_state_can_be_left_for_each_other(self):
        self.start()
        for before in ("ready", "drain", "maint"):
            for after in ("ready", "drain", "maint"):
                self.set(relay1=before)
                result = self.set(relay1=after)
                self.assertEqual(before != after, result["changed"], (before, after))
                self.assertEqual({"relay1": after, "relay2": "ready"}, self.admin("be_blue"))

    def test_a_server_that_the_configuration_disables_comes_into_service(self):
        self.start()
        result = self.set(backends=["be_green"], relay1="ready")
        self.assertEqual("running", result["servers"]["be_green"]["relay1"]["operational"])
        self.assertEqual(["set server be_green/relay1 state ready"], result["commands"])

    def test_the_states_are_still_there_after_a_restart(self):
        self.start()
        self.set(relay1="maint", relay2="drain")
        self.set(backends=["be_green"], relay1="ready")
        self.stop()
        self.start()
        self.assertEqual({"relay1": "maint", "relay2": "drain"}, self.admin("be_blue"))
        self.assertEqual({"relay1": "ready", "relay2": "maint"}, self.admin("be_green"))

    def test_a_state_file_that_says_otherwise_is_a_change(self):
        self.start()
        self.set(relay1="drain")
        self.assertFalse(self.set(relay1="drain")["changed"])
        self.write("server-state", "1\n")
        result = self.set(relay1="drain")
        self.assertTrue(result["changed"])
        self.assertTrue(result["state_file_changed"])
        self.assertEqual([], result["commands"])
        self.assertIn("be_blue 1 relay1", self.read("server-state"))

    def test_check_mode_tells_and_changes_nothing(self):
        self.start()
        result = self.set(check=True, relay1="drain")
        self.assertTrue(result["changed"])
        self.assertEqual(["set server be_blue/relay1 state drain"], result["commands"])
        self.assertEqual("ready", self.admin("be_blue")["relay1"])
        self.assertEqual("1\n", self.read("server-state"))

    def test_without_haproxy_the_state_is_kept_for_its_start(self):
        self.start()
        self.set(relay1="drain")
        self.stop()
        result = self.set(relay1="maint", relay2="drain")
        self.assertTrue(result["changed"])
        self.assertFalse(result["running"])
        self.assertFalse(self.set(relay1="maint", relay2="drain")["changed"])
        self.start()
        self.assertEqual({"relay1": "maint", "relay2": "drain"}, self.admin("be_blue"))

    def test_without_haproxy_and_a_state_of_it_nothing_can_be_done(self):
        result = self.set(relay1="maint")
        self.assertTrue(result["failed"])
        self.assertIn("does not have be_blue/relay1: start HAProxy first", result["msg"])
        self.assertTrue(self.set(check=True, relay1="maint")["changed"])
        self.assertFalse(self.query("be_blue")["running"])

    def test_what_is_not_there_is_named_and_nothing_is_done(self):
        self.start()
        result = self.set(backends=["be_blue", "be_red"], relay1="drain", relay9="drain")
        self.assertEqual("HAProxy has no be_red, be_blue/relay9", result["msg"])
        self.assertEqual("ready", self.admin("be_blue")["relay1"])

    def test_a_haproxy_that_denies_it_is_an_error(self):
        config = self.read("haproxy.cfg").replace("level admin", "level operator")
        self.write("haproxy.cfg", config)
        self.start()
        result = self.set(relay1="drain")
        self.assertIn("refuses 'set server be_blue/relay1 state drain': Permission denied", result["msg"])
        self.assertEqual("1\n", self.read("server-state"))
        self.assertTrue(Haproxy(self.socket).servers())


class StubbornHaproxyServerTest(StubbornHaproxyTest):
    def test_a_state_that_is_not_taken_fails(self):
        self.answers = {"show": HEADER + "3 be_blue 1 relay1 127.0.0.1 2 0 1\n\n", "set": "\n"}
        result = run("haproxy_server", socket=self.path("s"), backends=["be_blue"], servers={"relay1": "drain"})
        self.assertEqual("HAProxy did not change the state of be_blue/relay1", result["msg"])


if __name__ == "__main__":
    unittest.main()
