#!/usr/bin/python
"""Waits until a relay behind the PROXY protocol says that it is ready."""

from __future__ import annotations

DOCUMENTATION = r"""
module: relay_ready
short_description: Wait until a relay is ready
description:
  - Asks C(/health/ready) of a relay that requires the PROXY protocol, with a header of version 2 that says C(LOCAL), as
    health checks of load balancers do, until it answers 200.
  - Must run on an address that is one of the relay's C(http_server.trusted_proxies).
options:
  address:
    description: Where the relay listens.
    type: str
    required: true
  port:
    description: Its port for clients.
    type: int
    required: true
  seconds:
    description: How long to wait at most; 0 to ask once.
    type: float
    default: 30
"""

EXAMPLES = r"""
- name: Wait until the relay is ready
  relay_ready:
    address: 10.0.0.21
    port: 8000
"""

RETURN = r"""
waited:
  description: Seconds until it was ready.
  type: float
  returned: success
answer:
  description: What it said last.
  type: str
  returned: always
"""

import socket  # noqa: E402
import time  # noqa: E402

from ansible.module_utils.basic import AnsibleModule  # noqa: E402

# The PROXY protocol, version 2, section 2.2: signature, version 2 with the command LOCAL, no addresses.
LOCAL = b"\r\n\r\n\x00\r\nQUIT\n\x20\x00\x00\x00"
REQUEST = b"GET /health/ready HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n"
TIMEOUT = 2.0
AGAIN = 0.2
MOST = 4096


def ask(address: str, port: int) -> str:
    """The answer's status and body, or why there is none."""
    try:
        with socket.create_connection((address, port), TIMEOUT) as connection:
            connection.settimeout(TIMEOUT)
            connection.sendall(LOCAL + REQUEST)
            answer = b""
            while len(answer) < MOST and b"}" not in answer:
                more = connection.recv(MOST)
                if not more:
                    break
                answer += more
    except OSError as error:
        return "no answer: %s" % error
    head, _, body = answer.decode("utf-8", "replace").partition("\r\n\r\n")
    words = head.split(" ", 2)
    return "%s %s" % (words[1] if len(words) > 1 else "?", body.strip())


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "address": {"type": "str", "required": True},
            "port": {"type": "int", "required": True},
            "seconds": {"type": "float", "default": 30},
        },
        supports_check_mode=True,
    )
    address, port = module.params["address"], module.params["port"]
    began = time.monotonic()
    end = began + module.params["seconds"]
    while True:
        answer = ask(address, port)
        if answer.startswith("200 "):
            module.exit_json(changed=False, waited=round(time.monotonic() - began, 2), answer=answer)
        if time.monotonic() >= end:
            module.fail_json(
                msg="The relay on %s:%d is not ready after %g s; it said: %s"
                % (address, port, module.params["seconds"], answer),
                answer=answer,
            )
        time.sleep(AGAIN)


if __name__ == "__main__":
    main()
