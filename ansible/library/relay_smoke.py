#!/usr/bin/python
"""A message from a back end to a WebSocket client, all the way through a load balancer."""

from __future__ import annotations

DOCUMENTATION = r"""
module: relay_smoke
short_description: Send messages through a relay and see them arrive
description:
  - Connects clients over WebSocket, with tokens that subscribe them to a channel of the namespace C(probe), publishes to
    that channel over the server API, and waits until each client has each message.
  - Every client is a connection of its own, so that with a few of them each relay behind the load balancer has some.
options:
  url:
    description: Where clients and back ends connect, as in C(http://10.0.0.11:8081).
    type: str
    required: true
  api_key:
    description: The key of the server API.
    type: str
    required: true
  token_secret:
    description: The secret that signs tokens of clients (HS256).
    type: str
    required: true
  channel:
    description: A channel that nobody else listens to.
    type: str
    default: probe:smoke
  clients:
    description: How many.
    type: int
    default: 10
  messages:
    description: How many each must get.
    type: int
    default: 3
  seconds:
    description: How long all of it may take.
    type: float
    default: 15
"""

EXAMPLES = r"""
- name: Try the new version
  relay_smoke:
    url: http://10.0.0.11:8081
    api_key: "{{ heliograph_api_key }}"
    token_secret: "{{ heliograph_token_secret }}"
"""

RETURN = r"""
versions:
  description: Versions of the relays that the clients were on.
  type: list
  elements: str
  returned: success
slowest_ms:
  description: The longest from publishing to having the message, in milliseconds.
  type: float
  returned: success
"""

import base64  # noqa: E402
import hashlib  # noqa: E402
import hmac  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import socket  # noqa: E402
import struct  # noqa: E402
import time  # noqa: E402
import urllib.error  # noqa: E402
import urllib.parse  # noqa: E402
import urllib.request  # noqa: E402

from ansible.module_utils.basic import AnsibleModule  # noqa: E402


class Broken(Exception):
    """Why the new version is not fit to be seen by anybody."""


def segment(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def token(secret: str, channel: str) -> str:
    """A JSON Web Token that subscribes whoever shows it to a channel, good for a minute."""
    claims = {"sub": "smoke", "exp": int(time.time()) + 60, "channels": [channel]}
    signed = segment(b'{"alg":"HS256","typ":"JWT"}') + b"." + segment(json.dumps(claims).encode())
    return (signed + b"." + segment(hmac.new(secret.encode(), signed, hashlib.sha256).digest())).decode()


class Client:
    """Just enough of RFC 6455 to be a client: text frames, masked, and nothing fragmented."""

    def __init__(self, url: str, deadline: float) -> None:
        parts = urllib.parse.urlsplit(url)
        self.deadline = deadline
        self.waiting = b""
        self.socket = socket.create_connection((parts.hostname, parts.port or 80), self.left())
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            (
                "GET /connection/websocket HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n\r\n" % (parts.netloc, key)
            ).encode()
        )
        while b"\r\n\r\n" not in self.waiting:
            self.more()
        head, _, self.waiting = self.waiting.partition(b"\r\n\r\n")
        status = head.split(b"\r\n", 1)[0].decode("latin-1")
        if " 101 " not in status + " ":
            raise Broken("the handshake of a WebSocket was answered with '%s'" % status)

    def left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Broken("it took too long")
        return left

    def more(self) -> None:
        self.socket.settimeout(self.left())
        data = self.socket.recv(65536)
        if not data:
            raise Broken("a connection was closed")
        self.waiting += data

    def send(self, message: dict) -> None:
        data = json.dumps(message).encode()
        mask = os.urandom(4)
        length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack("!H", len(data))
        self.socket.sendall(b"\x81" + length + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def frame(self) -> tuple[int, bytes]:
        while True:
            if len(self.waiting) >= 2:
                length, at = self.waiting[1] & 0x7F, 2
                if length == 126 and len(self.waiting) >= 4:
                    length, at = struct.unpack("!H", self.waiting[2:4])[0], 4
                if length < 126 or at > 2:
                    if len(self.waiting) >= at + length:
                        frame = self.waiting[0] & 0x0F, self.waiting[at : at + length]
                        self.waiting = self.waiting[at + length :]
                        return frame
            self.more()

    def messages(self) -> list[dict]:
        """What one frame brings: a line each."""
        kind, data = self.frame()
        if kind == 8:
            raise Broken("a connection was closed: %s" % data[2:].decode("utf-8", "replace"))
        return [json.loads(line) for line in data.decode().splitlines() if line] if kind == 1 else []

    def connect(self, shown: str) -> str:
        self.send({"id": 1, "connect": {"token": shown}})
        while True:
            for message in self.messages():
                if "error" in message:
                    raise Broken("a client was refused: %s" % message["error"])
                if "connect" in message:
                    return str(message["connect"].get("version", "?"))

    def await_data(self, channel: str, data: str) -> None:
        while True:
            for message in self.messages():
                push = message.get("push", {})
                if push.get("channel") == channel and push.get("pub", {}).get("data") == data:
                    return


def publish(url: str, key: str, channel: str, data: str, seconds: float) -> None:
    request = urllib.request.Request(
        url + "/api/publish",
        json.dumps({"channel": channel, "data": data}).encode(),
        {"X-API-Key": key, "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=seconds) as response:
            answer = json.load(response)
    except (OSError, ValueError) as error:
        raise Broken("publishing failed: %s" % error) from error
    if "result" not in answer:
        raise Broken("publishing failed: %s" % answer.get("error", answer))


def smoke(params: dict) -> dict:
    url, channel = params["url"].rstrip("/"), params["channel"]
    deadline = time.monotonic() + params["seconds"]
    shown = token(params["token_secret"], channel)
    clients, versions, slowest = [], set(), 0.0
    try:
        for _ in range(params["clients"]):
            client = Client(url, deadline)
            clients.append(client)
            versions.add(client.connect(shown))
        for number in range(params["messages"]):
            data = "%d %s" % (number, os.urandom(8).hex())
            began = time.monotonic()
            publish(url, params["api_key"], channel, data, clients[0].left())
            for client in clients:
                client.await_data(channel, data)
            slowest = max(slowest, time.monotonic() - began)
    except (OSError, ValueError) as error:
        raise Broken(str(error) or type(error).__name__) from error
    finally:
        for client in clients:
            client.socket.close()
    return {"versions": sorted(versions), "slowest_ms": round(slowest * 1000, 1)}


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "url": {"type": "str", "required": True},
            "api_key": {"type": "str", "required": True, "no_log": True},
            "token_secret": {"type": "str", "required": True, "no_log": True},
            "channel": {"type": "str", "default": "probe:smoke"},
            "clients": {"type": "int", "default": 10},
            "messages": {"type": "int", "default": 3},
            "seconds": {"type": "float", "default": 15},
        },
        supports_check_mode=True,
    )
    if module.check_mode:
        module.exit_json(changed=False, versions=[], slowest_ms=0.0)
    try:
        module.exit_json(changed=False, **smoke(module.params))
    except Broken as broken:
        module.fail_json(msg="Messages do not get through %s: %s." % (module.params["url"], broken))


if __name__ == "__main__":
    main()
