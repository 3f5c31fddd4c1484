"""A client for Redis and Sentinel, and what they say about who is the master."""

from __future__ import annotations

import collections
import socket


class RedisError(Exception):
    """Redis cannot be asked, or its answer is of no use."""


class Unreachable(RedisError):
    """Nobody answers at this address, or not in time."""


class Refused(RedisError):
    """Redis answered with an error; its first word says which."""

    @property
    def code(self):
        return str(self).split(" ", 1)[0]


class Address(collections.namedtuple("Address", "host port")):
    """Where a Redis or a sentinel listens; written as host:port, or [host]:port for IPv6."""

    __slots__ = ()

    @classmethod
    def parse(cls, text):
        host, colon, port = text.rpartition(":")
        if not colon or not host or not port.isdigit():
            raise ValueError("%r is not host:port" % text)
        return cls(host.strip("[]"), int(port))

    def __str__(self):
        return ("[%s]:%d" if ":" in self.host else "%s:%d") % self


class Redis:
    """One connection. Not for several threads.

    password is the one that was right, or empty if the server wants none.
    """

    def __init__(self, address, passwords=(), timeout=3.0):
        """Connects, and logs in with the first of the passwords that is right; a server that wants none gets none."""
        self.address = address
        self.password = ""
        try:
            self._socket = socket.create_connection(address, timeout)
        except OSError as e:
            raise Unreachable("%s does not answer: %s" % (address, e)) from e
        self._input = self._socket.makefile("rb")
        try:
            self._log_in([p for p in passwords if p])
        except BaseException:
            self.close()
            raise

    def _log_in(self, passwords):
        for left, password in zip(reversed(range(len(passwords))), passwords):
            try:
                self.call("AUTH", password)
                self.password = password
                return
            except Refused as e:
                if "without any password configured" in str(e):
                    return
                if e.code != "WRONGPASS" or left == 0:
                    raise

    def call(self, *words):
        """Sends a command and returns its reply: text, a number, a list, or None."""
        reply = self.call_all([words])[0]
        if isinstance(reply, Refused):
            raise reply
        return reply

    def call_all(self, commands):
        """Sends commands in one go and returns their replies; what is refused is in the list as Refused."""
        request = b"".join(map(_encode, commands))
        try:
            self._socket.sendall(request)
            return [self._read() for _ in commands]
        except OSError as e:
            raise Unreachable("%s has stopped answering: %s" % (self.address, e)) from e

    def _read(self):
        line = self._input.readline()
        if not line.endswith(b"\r\n"):
            raise Unreachable("%s has closed the connection" % (self.address,))
        kind, rest = line[:1], line[1:-2].decode("utf-8", "surrogateescape")
        if kind == b"+":
            return rest
        if kind == b"-":
            return Refused(rest)
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == "-1" else self._read_bulk(int(rest))
        if kind == b"*":
            return None if rest == "-1" else [self._read() for _ in range(int(rest))]
        raise RedisError("%s does not speak the protocol of Redis: %r" % (self.address, line[:40]))

    def _read_bulk(self, length):
        data = self._input.read(length + 2)
        if len(data) < length + 2:
            raise Unreachable("%s has closed the connection" % (self.address,))
        return data[:-2].decode("utf-8", "surrogateescape")

    def info(self, section):
        """A section of INFO as a dictionary of texts."""
        lines = self.call("INFO", section).split("\r\n")
        return dict(line.split(":", 1) for line in lines if ":" in line and not line.startswith("#"))

    def replication(self):
        return Replication(self.info("replication"))

    def close(self):
        self._input.close()
        self._socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _encode(words):
    parts = [b"*%d\r\n" % len(words)]
    for word in words:
        data = str(word).encode("utf-8", "surrogateescape")
        parts.append(b"$%d\r\n%s\r\n" % (len(data), data))
    return b"".join(parts)


Replica = collections.namedtuple("Replica", "address online offset lag")


class Replication:
    """What a Redis says about its part: INFO replication."""

    def __init__(self, info):
        self.is_master = info["role"] == "master"
        self.offset = int(info["master_repl_offset"])
        self.master = None if self.is_master else Address(info["master_host"], int(info["master_port"]))
        self.link_up = info.get("master_link_status") == "up"
        self.syncing = info.get("master_sync_in_progress") == "1"
        self.replicas = [
            self._replica(value) for key, value in info.items() if key.startswith("slave") and key[5:].isdigit()
        ]

    @staticmethod
    def _replica(text):
        fields = dict(field.split("=", 1) for field in text.split(","))
        return Replica(
            Address(fields["ip"], int(fields["port"])),
            fields["state"] == "online",
            int(fields["offset"]),
            int(fields["lag"]),
        )


def pairs(reply):
    """A list of names and values by turns, as Sentinel answers, as a dictionary."""
    return dict(zip(reply[::2], reply[1::2]))


def named_by(sentinel, name):
    """Whom a sentinel takes for the master, or None if it does not know the name."""
    reply = sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", name)
    return Address(reply[0], int(reply[1])) if reply else None


def find_master(name, sentinels, servers, passwords=(), timeout=3.0):
    """Who is the master, or None if nobody knows.

    What more than half of the sentinels that know one say, counts. Without such sentinels it is whom replicas follow, or
    the only one that has data. Whoever does not answer is passed over.

    Raises RedisError if they do not agree.
    """
    named = _answers(sentinels, passwords, timeout, lambda sentinel: named_by(sentinel, name))
    views = collections.Counter(view for view in named.values() if view)
    if views:
        master, votes = views.most_common(1)[0]
        if 2 * votes <= sum(views.values()):
            raise RedisError("the sentinels do not agree who is the master: " + _listed(views))
        return master
    parts = _answers(servers, passwords, timeout, lambda server: (server.replication(), server.call("DBSIZE")))
    followed = {part.master for part, _ in parts.values() if not part.is_master}
    followed = followed or {server for server, (part, _) in parts.items() if part.replicas}
    followed = followed or {server for server, (_, keys) in parts.items() if keys}
    if len(followed) > 1:
        raise RedisError("no sentinel knows the master, and several Redis may be it: " + _listed(followed))
    return followed.pop() if followed else None


def _listed(addresses):
    return ", ".join(sorted(map(str, addresses)))


def _answers(addresses, passwords, timeout, ask):
    answers = {}
    for address in addresses:
        try:
            with Redis(address, passwords, timeout) as redis:
                answers[address] = ask(redis)
        except Unreachable:
            continue
        except Refused as e:
            # One that has no password yet answers its own host only, so it knows nothing.
            if e.code != "DENIED":
                raise
    return answers
