import os
import socket
import unittest
import urllib.request

from harness import run
from haproxy_process import HaproxyTest, StubbornHaproxyTest
from ansible.module_utils.heliograph_haproxy import Haproxy, map_in_file, map_with


class MapTextTest(unittest.TestCase):
    def test_comments_other_entries_and_order_stay(self):
        text = "# colours\n\nactive  blue\nother x y\n"
        self.assertEqual("# colours\n\nactive green\nother x y\nnew 1\n", map_with(text, {"active": "green", "new": "1"}))

    def test_an_entry_that_is_there_leaves_the_text_as_it_is(self):
        text = "active\tblue\n"
        self.assertEqual(text, map_with(text, {"active": "blue"}))

    def test_a_key_that_is_there_twice_is_changed_twice(self):
        self.assertEqual("a 2\na 2\n", map_with("a 1\na 0\n", {"a": "2"}))

    def test_the_first_of_two_entries_counts(self):
        self.assertEqual({"a": "1", "b": ""}, map_in_file("a 1\n#a 9\na 0\nb\n"))


class HaproxyMapTest(HaproxyTest):
    def set(self, check=False, **entries):
        return run("haproxy_map", check=check, socket=self.socket, file=self.map, entries=entries)

    def colour(self):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open("http://127.0.0.1:%d/" % self.port, timeout=5) as answer:
            return answer.read().decode()

    def test_new_requests_go_to_the_colour_that_is_set(self):
        self.start()
        self.assertEqual("blue", self.colour())
        result = self.set(active="green")
        self.assertTrue(result["changed"])
        self.assertTrue(result["running"])
        self.assertEqual({"memory": {"active": "blue"}, "file": {"active": "blue"}}, result["before"])
        self.assertEqual({"memory": {"active": "green"}, "file": {"active": "green"}}, result["after"])
        self.assertEqual("green", self.colour())
        self.assertEqual("# which colour\nactive green\n", self.read("colour.map"))

    def test_the_second_time_changes_nothing(self):
        self.start()
        self.set(active="green", percent=5)
        inode = os.stat(self.map).st_ino
        result = self.set(active="green", percent=5)
        self.assertFalse(result["changed"])
        self.assertEqual({"active": "green", "percent": "5"}, result["entries"])
        self.assertEqual(inode, os.stat(self.map).st_ino)

    def test_a_difference_in_memory_alone_is_a_change(self):
        self.start()
        Haproxy(self.socket).do("set map %s active green" % self.map)
        result = self.set(active="blue")
        self.assertTrue(result["changed"])
        self.assertEqual("green", result["before"]["memory"]["active"])
        self.assertEqual("blue", result["after"]["memory"]["active"])

    def test_a_difference_in_the_file_alone_is_a_change(self):
        self.start()
        self.write("colour.map", "active green\n")
        self.assertTrue(self.set(active="blue")["changed"])
        self.assertEqual("active blue\n", self.read("colour.map"))

    def test_the_file_keeps_its_mode_and_owner(self):
        self.start()
        os.chmod(self.map, 0o640)
        if os.geteuid() == 0:
            os.chown(self.map, 1, 2)
        before = os.stat(self.map)
        self.set(active="green")
        after = os.stat(self.map)
        self.assertEqual((before.st_mode, before.st_uid, before.st_gid), (after.st_mode, after.st_uid, after.st_gid))
        self.assertEqual([], [name for name in os.listdir(self.folder) if name.startswith(".colour")])

    def test_without_haproxy_the_file_alone_is_changed(self):
        result = self.set(active="green")
        self.assertTrue(result["changed"])
        self.assertFalse(result["running"])
        self.assertEqual({"active": "green"}, result["entries"])
        self.assertEqual("# which colour\nactive green\n", self.read("colour.map"))
        self.start()
        self.assertEqual("green", self.colour())

    def test_a_socket_that_a_dead_haproxy_left_is_no_haproxy(self):
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(self.socket)
        self.assertFalse(self.set(active="green")["running"])

    def test_check_mode_tells_and_changes_nothing(self):
        self.start()
        result = self.set(check=True, active="green")
        self.assertTrue(result["changed"])
        self.assertEqual("green", result["after"]["memory"]["active"])
        self.assertEqual("blue", self.colour())
        self.assertIn("active blue", self.read("colour.map"))

    def test_a_query_tells_what_is_in_memory(self):
        self.start()
        self.write("colour.map", "active green\n")
        result = run("haproxy_map", socket=self.socket, file=self.map, state="query")
        self.assertFalse(result["changed"])
        self.assertEqual({"active": "blue"}, result["entries"])
        self.assertEqual({"active": "green"}, result["after"]["file"])

    def test_a_map_that_haproxy_does_not_know_is_an_error_and_no_file_is_made(self):
        self.start()
        result = run("haproxy_map", socket=self.socket, file=self.path("nope.map"), entries={"a": "b"})
        self.assertTrue(result["failed"])
        self.assertIn("no map", result["msg"])
        self.assertFalse(os.path.exists(self.path("nope.map")))

    def test_several_maps_are_set_in_one_call(self):
        self.start()
        result = run("haproxy_map", socket=self.socket, maps={self.map: {"active": "green", "percent": 0}})
        self.assertTrue(result["changed"])
        self.assertEqual({"active": "green", "percent": "0"}, result["maps"][self.map]["entries"])
        self.assertEqual("green", self.colour())
        nope = self.path("nope.map")
        result = run("haproxy_map", socket=self.socket, maps={self.map: {"active": "blue"}, nope: {"a": "b"}})
        self.assertTrue(result["failed"])
        self.assertIn("no map", result["msg"])
        self.assertEqual("blue", self.colour())
        self.assertFalse(os.path.exists(nope))

    def test_a_map_or_several_are_named_and_not_both(self):
        for arguments in ({}, {"file": self.map}, {"file": self.map, "maps": {}}, {"maps": {}, "entries": {"a": "b"}}):
            self.assertTrue(run("haproxy_map", socket=self.socket, **arguments)["failed"], arguments)

    def test_what_would_be_another_command_is_refused(self):
        for value in ("green;shutdown sessions", "a b", "", "x\ny"):
            result = self.set(active=value)
            self.assertTrue(result["failed"], value)
            self.assertIn("cannot be in a map", result["msg"])


class StubbornHaproxyMapTest(StubbornHaproxyTest):
    def test_an_entry_that_is_not_taken_fails_and_the_file_is_put_back(self):
        path = self.write("m.map", "active blue\n")
        for answer, said in (("\n", "did not take active"), ("Permission denied\n", "refuses 'set map")):
            self.answers = {"show": "0x1 active blue\n\n", "set": answer}
            result = run("haproxy_map", socket=self.path("s"), file=path, entries={"active": "green"})
            self.assertTrue(result["failed"])
            self.assertIn(said, result["msg"])
            self.assertEqual("active blue\n", self.read("m.map"))


if __name__ == "__main__":
    unittest.main()
