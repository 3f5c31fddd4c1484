"""Runs a module as Ansible does, but in a process of our choice."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import ansible.module_utils
from ansible.module_utils import basic

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Ansible finds playbook-adjacent module_utils by itself; Python is told.
ansible.module_utils.__path__.append(os.path.join(HOME, "module_utils"))


def load(name):
    """The module ansible/library/NAME.py."""
    spec = importlib.util.spec_from_file_location(name, os.path.join(HOME, "library", name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(name, check=False, **arguments):
    """What a module answers, as Ansible reads it."""
    basic._ANSIBLE_ARGS = _arguments(check, arguments)
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.suppress(SystemExit):
        load(name).main()
    return json.loads(output.getvalue())


def _arguments(check, arguments):
    return json.dumps({"ANSIBLE_MODULE_ARGS": dict(arguments, _ansible_check_mode=check)}).encode()


class Process:
    """A module as a process of its own, which waits to be told what to do."""

    def __init__(self, name):
        self.process = subprocess.Popen(
            [sys.executable, os.path.abspath(__file__), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.process.stdout.readline()

    def go(self, **arguments):
        self.process.stdin.write(_arguments(False, arguments))
        self.process.stdin.close()
        self.process.stdin = None

    def answer(self):
        return json.loads(self.process.communicate(timeout=30)[0])

    def kill(self):
        self.process.kill()
        self.process.communicate()


def start(name, **arguments):
    """Starts a module as a process of its own; finish() has its answer."""
    process = Process(name)
    process.go(**arguments)
    return process


def finish(process):
    return process.answer()


def until(condition, seconds=10):
    """Waits for another process; AssertionError if it takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("has not come to be within %g s" % seconds)
        time.sleep(0.02)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class FolderTest(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="hg-")
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()


if __name__ == "__main__":
    loaded = load(sys.argv[1])
    print("ready", flush=True)
    basic._ANSIBLE_ARGS = sys.stdin.buffer.read()
    loaded.main()
