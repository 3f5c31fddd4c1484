"""Redis and sentinels as processes of this machine."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile

import harness
from ansible.module_utils.heliograph_redis import Address, Redis, RedisError

PASSWORD = "a-password-of-tests"
NAME = "heliograph"

# Machines that run tests can be slow; nothing here waits without need.
SECONDS = 180
PATIENT = {"answer": 10, "catch_up": 10, "pause": 40, "timeout": SECONDS}


class PortTaken(Exception):
    """Another process listens there."""


class Process:
    """A redis-server with a file of its own; sentinels are servers, too."""

    def __init__(self, folder, settings=(), sentinel=False, options=()):
        self.folder = tempfile.mkdtemp(dir=folder)
        self.file = os.path.join(self.folder, "redis.conf")
        self.process = None
        # Somebody else may take a port that was free.
        for _ in range(5):
            self.port = harness.free_port()
            self.address = Address("127.0.0.1", self.port)
            self.configure(settings, sentinel, options)
            with contextlib.suppress(PortTaken):
                self.start()
                return
        raise AssertionError("no port is free")

    def configure(self, settings, sentinel, options):
        own = ["bind 127.0.0.1", "port %d" % self.port, "dir " + self.folder, 'save ""', "repl-diskless-sync-delay 0"]
        with open(self.file, "w", encoding="utf-8") as file:
            file.write("\n".join((own[:3] if sentinel else own) + list(settings)) + "\n")
        self.command = ["redis-server", self.file] + (["--sentinel"] if sentinel else []) + list(options)

    def start(self):
        log = os.path.join(self.folder, "log")
        with open(log, "ab") as output:
            self.process = subprocess.Popen(self.command, stdout=output, stderr=output)
        harness.until(self.answers, SECONDS)

    def answers(self):
        if self.process.poll() is not None:
            with open(os.path.join(self.folder, "log"), encoding="utf-8") as log:
                text = log.read()[-2000:]
            if "Address already in use" in text:
                raise PortTaken(text)
            raise AssertionError("redis-server has ended: " + text)
        try:
            with self.connect():
                return True
        except RedisError as e:
            return str(e).startswith("WRONGPASS")

    def connect(self, *passwords):
        return Redis(self.address, passwords or [PASSWORD], 20)

    def call(self, *words):
        with self.connect() as redis:
            return redis.call(*words)

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def __str__(self):
        return str(self.address)


class Group:
    """A master with replicas and three sentinels. They are patient, so that only what a test asks for happens."""

    def __init__(self, replicas=1, sentinels=3, settings=("requirepass " + PASSWORD, "masterauth " + PASSWORD)):
        self.all = []
        self.folder = tempfile.mkdtemp(prefix="hg-redis-")
        with contextlib.ExitStack() as stack:
            stack.callback(self.close)
            master = self.add(settings)
            follow = "replicaof 127.0.0.1 %d" % master.port
            self.servers = [master] + [self.add([*settings, follow]) for _ in range(replicas)]
            harness.until(lambda: len(self.online(master)) == replicas, SECONDS)
            self.sentinels = [self.add(self.watching(master), sentinel=True) for _ in range(sentinels)]
            harness.until(lambda: all(self.sees_all(sentinel) for sentinel in self.sentinels), SECONDS)
            stack.pop_all()

    def add(self, settings=(), **options):
        self.all.append(Process(self.folder, settings, **options))
        return self.all[-1]

    @staticmethod
    def watching(master):
        return [
            "requirepass " + PASSWORD,
            "sentinel monitor %s 127.0.0.1 %d 2" % (NAME, master.port),
            "sentinel auth-pass %s %s" % (NAME, PASSWORD),
            "sentinel down-after-milliseconds %s 20000" % NAME,
            "sentinel failover-timeout %s 5000" % NAME,
        ]

    @staticmethod
    def online(server):
        with server.connect() as redis:
            return [replica.address for replica in redis.replication().replicas if replica.online]

    def sees_all(self, sentinel):
        status = harness.run(
            "redis_status",
            address=str(sentinel),
            password=PASSWORD,
            sentinel_of=NAME,
            min_sentinels=len(self.sentinels) - 1,
            timeout=SECONDS,
        )
        return not status["problems"] and len(status["replicas"]) == len(self.servers) - 1

    def addresses(self):
        return [str(sentinel) for sentinel in self.sentinels]

    def server(self, address):
        return next(server for server in self.servers if str(server) == str(address))

    def close(self):
        for process in reversed(self.all):
            process.kill()
        shutil.rmtree(self.folder)
