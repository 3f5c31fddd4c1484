import json
import os
import shutil
import subprocess
import sys
import unittest

from harness import HOME, FolderTest, run
from ansible.module_utils.heliograph_processes import Proc, is_playbook, playbook

PYTHON = ["/usr/bin/python3", "/usr/bin/ansible-playbook", "site.yml"]


class Processes:
    """pid -> (parent, command)."""

    def __init__(self, table):
        self.table = table

    def parent(self, pid):
        return self.table[pid][0]

    def command(self, pid):
        return self.table[pid][1]


class PlaybookTest(unittest.TestCase):
    def test_the_process_is_that_of_the_playbook_and_not_its_worker_or_what_called_it(self):
        table = {
            1: (0, ["/sbin/init"]),
            50: (1, ["bash", "-c", "ansible-playbook site.yml"]),
            60: (50, ["sudo", "ansible-playbook", "site.yml"]),
            70: (60, PYTHON),
            71: (70, PYTHON),
            80: (71, ["/bin/sh", "-c", "python3 AnsiballZ_process_alive.py"]),
            81: (80, ["python3", "AnsiballZ_process_alive.py"]),
        }
        self.assertEqual(70, playbook(Processes(table), 81))
        self.assertIsNone(playbook(Processes(table), 60))

    def test_a_playbook_that_another_one_started_is_meant_alone(self):
        table = {1: (0, ["init"]), 70: (1, ["python3", "/usr/bin/ansible-playbook", "outer.yml"]), 80: (70, PYTHON), 81: (80, ["sh"])}
        self.assertEqual(80, playbook(Processes(table), 81))

    def test_what_only_mentions_a_playbook_is_none(self):
        self.assertTrue(is_playbook(["/usr/bin/python3.11", "-u", "/opt/bin/ansible-playbook", "x.yml"]))
        self.assertTrue(is_playbook(["ansible-playbook", "x.yml"]))
        for command in (["vi", "ansible-playbook"], ["python3", "wrapper.py", "ansible-playbook"], [""]):
            self.assertFalse(is_playbook(command), command)


class ProcessAliveTest(FolderTest):
    def state_of(self, pid, start, boot_id=None):
        return run("process_alive", pid=pid, start=start, boot_id=boot_id or Proc().machine())["state"]

    def test_a_process_is_alive_until_it_ends(self):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        start = Proc().start(child.pid)
        self.assertEqual("alive", self.state_of(child.pid, start))
        self.assertEqual("dead", self.state_of(child.pid, start - 1))
        self.assertEqual("unknown", self.state_of(child.pid, start, "another boot"))
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        # It has ended, and its parent has not asked how.
        self.assertEqual("dead", self.state_of(child.pid, start))
        child.communicate()
        self.assertEqual("dead", self.state_of(child.pid, start))

    def test_a_name_with_brackets_and_spaces_does_not_matter(self):
        os.makedirs(self.path("7"))
        self.write("7/stat", "7 (a) b (c)) S 5 " + " ".join(str(n) for n in range(5, 53)))
        self.assertEqual(22, Proc(self.folder).start(7))
        self.assertEqual(5, Proc(self.folder).parent(7))

    def test_a_task_that_no_playbook_runs_is_told_so(self):
        self.assertIn("delegate it to localhost", run("process_alive", **{"self": True})["msg"])

    @unittest.skipUnless(shutil.which("ansible-playbook", path="/usr/bin"), "no ansible-playbook")
    def test_a_real_playbook_is_found_and_dead_when_it_has_ended(self):
        play = self.write(
            "play.yml",
            """
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - process_alive: {self: true}
      register: me
    - process_alive: {pid: "{{ me.pid }}", start: "{{ me.start }}", boot_id: "{{ me.boot_id }}"}
      register: again
    - copy: {content: "{{ [me, again.state] | to_json }}", dest: "%s"}
"""
            % self.path("out.json"),
        )
        os.symlink(os.path.join(HOME, "library"), self.path("library"))
        os.symlink(os.path.join(HOME, "module_utils"), self.path("module_utils"))
        program = subprocess.Popen(
            ["/usr/bin/ansible-playbook", "-i", "localhost,", "-e", "ansible_python_interpreter=/usr/bin/python3", play],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(os.environ, ANSIBLE_LOCAL_TEMP=self.path("tmp"), ANSIBLE_REMOTE_TEMP=self.path("tmp"), HOME=self.folder),
        )
        output = program.communicate(timeout=50)[0].decode()
        self.assertEqual(0, program.returncode, output)
        me, again = json.loads(self.read("out.json"))
        self.assertEqual((program.pid, "alive"), (me["pid"], again), output)
        self.assertTrue(me["owner"].endswith("@" + me["controller"]))
        self.assertEqual("dead", self.state_of(me["pid"], me["start"], me["boot_id"]))


if __name__ == "__main__":
    unittest.main()
