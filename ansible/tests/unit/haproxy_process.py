"""A real HAProxy for a test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import unittest

from ansible.module_utils.heliograph_haproxy import Haproxy, HaproxyError
from harness import FolderTest, free_port, until

CONFIG = """
global
    stats socket {folder}/admin.sock mode 600 level admin
    server-state-file {folder}/server-state
defaults
    mode http
    load-server-state-from-file global
    timeout connect 1s
    timeout client 5s
    timeout server 5s
frontend clients
    bind 127.0.0.1:{port}
    http-request set-var(txn.colour) str(active),map({folder}/colour.map,blue)
    use_backend be_%[var(txn.colour)]
backend be_blue
    http-request return status 200 content-type text/plain string blue
    server relay1 127.0.0.1:9
    server relay2 127.0.0.1:9
backend be_green
    http-request return status 200 content-type text/plain string green
    server relay1 127.0.0.1:9 disabled
    server relay2 127.0.0.1:9 disabled
"""


@unittest.skipUnless(shutil.which("haproxy", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"), "no haproxy")
class HaproxyTest(FolderTest):
    """Its folder has colour.map, server-state and admin.sock of an HAProxy that start() starts."""

    def setUp(self):
        super().setUp()
        self.port = free_port()
        self.socket = self.path("admin.sock")
        self.map = self.write("colour.map", "# which colour\nactive blue\n")
        self.state = self.write("server-state", "1\n")
        self.config = self.write("haproxy.cfg", CONFIG.format(folder=self.folder, port=self.port))
        self.process = None
        self.addCleanup(self.stop)

    def start(self):
        program = shutil.which("haproxy", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
        self.process = subprocess.Popen([program, "-db", "-f", self.config], stderr=subprocess.DEVNULL)
        until(self.answers)

    def answers(self):
        try:
            return bool(Haproxy(self.socket).servers())
        except HaproxyError:
            return False

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
            if os.path.exists(self.socket):
                os.unlink(self.socket)


class StubbornHaproxyTest(FolderTest):
    """An HAProxy at the socket `s` that answers what `answers` has for the first word of a command, and does nothing."""

    def setUp(self):
        super().setUp()
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(self.path("s"))
        self.server.listen()
        self.answers = {}
        threading.Thread(target=self.serve, daemon=True).start()
        self.addCleanup(self.server.close)

    def serve(self):
        while True:
            try:
                connection = self.server.accept()[0]
            except OSError:
                return
            with connection:
                command = connection.recv(1000).decode()
                connection.sendall(self.answers[command.split()[0]].encode())
