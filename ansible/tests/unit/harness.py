"""Runs a module as Ansible does, but in a process of our choice."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import shutil
import socket
import sys
import tempfile
import time
import unittest

import ansible.module_utils
from ansible.module_utils import basic
from ansible.module_utils.common import warnings

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
    # Those of the run before: Ansible has a process for each.
    warnings._global_warnings.clear()
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.suppress(SystemExit):
        load(name).main()
    return json.loads(output.getvalue())


def _arguments(check, arguments):
    return json.dumps({"ANSIBLE_MODULE_ARGS": dict(arguments, _ansible_check_mode=check)}).encode()


class Process:
    """A module as a process of its own, which waits to be told what to do."""

    _waiting = set()

    def __init__(self, name):
        told, self._go = os.pipe()
        self._waiting.add(self._go)
        self._answer, answers = os.pipe()
        # A fork, since an interpreter takes longer to start than a module to run.
        self.pid = os.fork()
        if self.pid == 0:
            # Also of the others, or they would wait for the end of this one.
            for each in self._waiting:
                os.close(each)
            os.dup2(answers, 1)
            sys.stdout = os.fdopen(1, "w", closefd=False)
            try:
                module = load(name)
                with os.fdopen(told, "rb") as file:
                    basic._ANSIBLE_ARGS = file.read()
                module.main()
            finally:
                sys.stdout.flush()
                os._exit(0)
        os.close(told)
        os.close(answers)

    def go(self, **arguments):
        self._waiting.remove(self._go)
        with os.fdopen(self._go, "wb") as file:
            file.write(_arguments(False, arguments))

    def answer(self):
        with os.fdopen(self._answer) as file:
            text = file.read()
        os.waitpid(self.pid, 0)
        return json.loads(text)


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
