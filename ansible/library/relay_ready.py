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
  unit:
    description:
      - Its systemd unit on this host. Fails at once when that has ended twice since it was started, or is to be started no more, and
        says what it logged last.
    type: str
"""

EXAMPLES = r"""
- name: Wait until the relay is ready
  relay_ready:
    address: 10.0.0.21
    port: 8000
    unit: heliograph@blue
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
import subprocess  # noqa: E402
import time  # noqa: E402

from ansible.module_utils.basic import AnsibleModule  # noqa: E402

# The PROXY protocol, version 2, section 2.2: signature, version 2 with the command LOCAL, no addresses.
LOCAL = b"\r\n\r\n\x00\r\nQUIT\n\x20\x00\x00\x00"
REQUEST = b"GET /health/ready HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n"
TIMEOUT = 2.0
AGAIN = 0.2
MOST = 4096
# Once may be a Redis that was not there yet; systemd counts from when somebody started the unit.
ENDS = 2
LAST_WORDS = 400
# Seconds that the unit may have been started before this module.
BEFORE = 5


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


def output(*command: str) -> str:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout.decode("utf-8", "replace")


def ended(unit: str, since: float) -> str:
    """Why there is nothing to wait for, as systemd knows; empty if there is. What was logged before the time does not count."""
    shown = output("systemctl", "show", "--property", "NRestarts,ActiveState,Result", "--", unit)
    of = dict(line.split("=", 1) for line in shown.splitlines() if "=" in line)
    if of.get("ActiveState") == "failed":
        what = "%s has failed (%s)" % (unit, of.get("Result", "?"))
    elif int(of.get("NRestarts") or 0) >= ENDS:
        what = "%s has ended %s times since it was started" % (unit, of["NRestarts"])
    else:
        return ""
    words = output(
        "journalctl", "--no-pager", "--output=cat", "--lines=20", "--since=@%d" % since, "_SYSTEMD_UNIT=%s.service" % unit
    )
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return "%s; it logged last: %s" % (what, " / ".join(lines)[-LAST_WORDS:] or "nothing")


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "address": {"type": "str", "required": True},
            "port": {"type": "int", "required": True},
            "seconds": {"type": "float", "default": 30},
            "unit": {"type": "str"},
        },
        supports_check_mode=True,
    )
    address, port = module.params["address"], module.params["port"]
    began = time.monotonic()
    end = began + module.params["seconds"]
    since = time.time() - BEFORE
    while True:
        answer = ask(address, port)
        if answer.startswith("200 "):
            module.exit_json(changed=False, waited=round(time.monotonic() - began, 2), answer=answer)
        why = ended(module.params["unit"], since) if module.params["unit"] else ""
        if why:
            module.fail_json(msg="The relay on %s:%d does not run: %s" % (address, port, why), answer=answer)
        if time.monotonic() >= end:
            module.fail_json(
                msg="The relay on %s:%d is not ready after %g s; it said: %s"
                % (address, port, module.params["seconds"], answer),
                answer=answer,
            )
        time.sleep(AGAIN)


if __name__ == "__main__":
    main()
