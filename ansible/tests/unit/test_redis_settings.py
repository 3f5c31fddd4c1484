from __future__ import annotations

import harness
from redis_processes import PASSWORD, Process

SETTINGS = """\
# a comment
bind 127.0.0.1
requirepass {password}
masterauth {password}
maxmemory 300mb
maxmemory-policy noeviction
client-output-buffer-limit pubsub 256mb 64mb 60
appendonly yes
save ""
save 900 1
save 300 10
repl-backlog-size 16mb
"""


class RedisSettingsTest(harness.FolderTest):
    def setUp(self):
        super().setUp()
        self.server = None
        self.write("managed.conf", SETTINGS.format(password=PASSWORD))

    def start(self, settings=()):
        self.server = Process(self.folder, settings, options=["--include", self.path("managed.conf")])
        self.addCleanup(self.server.kill)

    def run_module(self, check=False, **more):
        arguments = {"path": self.path("managed.conf"), "address": str(self.server), "password": PASSWORD}
        return harness.run("redis_settings", check=check, **{**arguments, **more})

    def get(self, name):
        return self.server.call("CONFIG", "GET", name)[1]

    def test_what_redis_was_started_with_is_no_change(self):
        self.start()
        result = self.run_module()
        self.assertEqual((result["changed"], result["settings"], result["restart_required"]), (False, [], []))
        self.assertEqual((result["role"], result["replicas"]), ("master", 0))

    def test_what_has_changed_takes_effect_and_is_kept(self):
        self.start()
        self.write("managed.conf", SETTINGS.format(password=PASSWORD).replace("300mb", "200mb").replace("900 1", "800 1"))
        self.assertEqual(sorted(self.run_module()["settings"]), ["maxmemory", "save"])
        self.assertEqual(self.run_module()["changed"], False)
        self.assertEqual((self.get("maxmemory"), self.get("save")), (str(200 * 1024 * 1024), "800 1 300 10"))
        with open(self.server.file, encoding="utf-8") as file:
            self.assertIn("maxmemory 200mb", file.read())

    def test_the_managed_file_wins_over_what_redis_wrote(self):
        self.start()
        self.write("managed.conf", SETTINGS.format(password=PASSWORD).replace("300mb", "200mb"))
        self.run_module()
        self.write("managed.conf", SETTINGS.format(password=PASSWORD).replace("300mb", "100mb"))
        self.server.kill()
        self.server.start()
        self.assertEqual(self.run_module()["changed"], False)
        self.assertEqual(self.get("maxmemory"), str(100 * 1024 * 1024))

    def test_what_needs_a_restart_is_told(self):
        self.start()
        self.write("managed.conf", SETTINGS.format(password=PASSWORD) + "tcp-backlog 100\n")
        result = self.run_module()
        self.assertEqual((result["changed"], result["restart_required"]), (False, ["tcp-backlog"]))
        self.server.kill()
        self.server.start()
        self.assertEqual(self.run_module()["restart_required"], [])

    def test_the_password_changes_while_it_runs_and_for_the_next_start(self):
        self.start()
        self.write("managed.conf", SETTINGS.format(password="another-password"))
        self.assertIn("WRONGPASS", self.run_module(password="another-password")["msg"])
        changed = self.run_module(password="another-password", previous_password=PASSWORD)
        self.assertEqual(sorted(changed["settings"]), ["masterauth", "requirepass"])
        self.server.kill()
        self.server.start()
        self.assertEqual(self.run_module(password="another-password")["changed"], False)

    def test_the_password_of_a_user_that_redis_wrote_is_changed_too(self):
        self.start()
        self.server.call("CONFIG", "REWRITE")
        self.write("managed.conf", SETTINGS.format(password="another-password"))
        self.server.kill()
        self.server.start()
        changed = self.run_module(password="another-password", previous_password=PASSWORD)
        self.assertEqual(changed["settings"], ["requirepass"])
        self.assertEqual(self.run_module(password="another-password")["changed"], False)

    def test_a_redis_without_a_password_gets_one(self):
        self.start()
        self.server.call("ACL", "SETUSER", "default", "nopass")
        self.assertEqual(self.run_module()["settings"], ["requirepass"])
        with self.assertRaisesRegex(Exception, "WRONGPASS"):
            self.server.connect("a-wrong-one")

    def test_a_name_that_redis_does_not_know_is_an_error(self):
        self.start()
        self.write("managed.conf", SETTINGS.format(password=PASSWORD) + "no-such-setting 1\n")
        self.assertIn("does not know the settings no-such-setting", self.run_module()["msg"])

    def test_check_mode_tells_and_changes_nothing(self):
        self.start()
        self.write("managed.conf", SETTINGS.format(password=PASSWORD).replace("300mb", "200mb"))
        self.assertEqual(self.run_module(check=True)["settings"], ["maxmemory"])
        self.assertEqual(self.get("maxmemory"), str(300 * 1024 * 1024))


if __name__ == "__main__":
    harness.unittest.main()
