#!/usr/bin/python
"""Judges by Prometheus whether a new version does as well as the old one."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: canary_judge
short_description: Judge by Prometheus whether a new version does as well as the old one
description:
  - Watches the relays of two colours for some time and compares them. Says C(pass), C(fail) or C(inconclusive), and why; it
    fails only if it cannot do its work, such as when the deployment lock is lost.
  - >-
    Compared are failed deliveries, publications, handshakes and commands, the 99th percentile of the delay of deliveries, connections
    that ended abnormally, the growth of the heap, and processor time a delivery.
  - A relay of the new colour that is down or has started anew, and an alert of severity C(page) that did not fire at the beginning, is
    a C(fail), too.
  - It says C(fail) as soon as that is clear, not at the end. It is clear when chance does not explain it (95 %), and of
    delays when it was so of the last seconds, too, in two scrapes. Processor time counts at the end alone.
  - What is too little or too close to judge by when the time is over is watched for longer, C(extend) times, and is
    C(inconclusive) then.
  - The relays' targets have the labels C(job), C(colour) and C(node).
options:
  prometheus_url:
    description: Address of Prometheus.
    type: str
    required: true
  job:
    description: Job of the relays.
    type: str
    default: relay
  new:
    description: Colour that is judged.
    type: str
    required: true
  old:
    description: Colour that it is compared with. Without it, and where that has no traffic, limits are absolute.
    type: str
  nodes:
    description: Nodes of the new colour that must be there from the beginning to the end; all that Prometheus knows if left out.
    type: list
    elements: str
    default: []
  mode:
    description: C(canary) compares. C(bake) is for when all clients are on the new colour, and limits are absolute.
    type: str
    choices: [canary, bake]
    default: canary
  percent:
    description: Share of new connections that the new colour gets, for the words of the verdict.
    type: int
  seconds:
    description: How long to watch at least.
    type: float
    default: 60
  extend:
    description: How many times as long again if there is too little to judge by.
    type: int
    default: 1
  min_connections:
    description: Connections that the new colour must have or have had.
    type: int
    default: 30
  min_deliveries:
    description: Deliveries that the new colour must have made while it is watched.
    type: int
    default: 500
  limits:
    description:
      - Other limits than the usual ones.
      - C(error_ratio) 0.001, C(error_factor) 2, C(min_errors) 3 for deliveries, publications, handshakes, commands.
      - C(p99_factor) 1.5, C(p99_warmup) 3, C(p99_floor_ms) 5, and C(p99_max_ms) 250 where there is nothing to compare with.
      - C(close_ratio) 0.01, C(close_factor) 2 for abnormal ends.
      - C(heap_bytes) 33554432, C(heap_factor) 2, C(heap_seconds) 20, C(heap_lookback) 300, C(heap_per_connection) 65536 for the growth of a
        node's heap, which is looked at back to before this module began.
      - C(cpu_factor) 2, C(cpu_processors) 0.5, C(cpu_share) 0.2 for processor time.
    type: dict
    default: {}
  interval:
    description: Seconds between two looks.
    type: float
    default: 1
  grace:
    description: Seconds that Prometheus may not answer, or not know the relays.
    type: float
    default: 20
  watch_alerts:
    description: Whether an alert that pages is a C(fail).
    type: bool
    default: true
  ignored_alerts:
    description: Names of alerts that are not. What a drain did just before may look like a storm of reconnects.
    type: list
    elements: str
    default: [HeliographReconnectStorm]
  path:
    description: Folder of the deployment lock.
    type: path
    default: /var/lib/heliograph/deploy
  id:
    description: Id of the deployment, whose lock is renewed each turn; without it there is no lock.
    type: str
    aliases: [lock_id]
  timeout:
    description: Seconds that Prometheus has for each answer.
    type: float
    default: 3
author: Heliograph
"""

EXAMPLES = r"""
- name: Judge the canary
  canary_judge:
    prometheus_url: http://127.0.0.1:9090
    old: blue
    new: green
    nodes: [relay1-green, relay2-green, relay3-green]
    percent: 5
    seconds: 300
    id: 20261130T101500Z-ab12
  register: judged

- name: Go back unless it is as good
  ansible.builtin.fail:
    msg: "{{ judged.verdict }}: {{ judged.reasons | join('; ') }}"
  when: judged.verdict != 'pass'
"""

RETURN = r"""
verdict:
  description: C(pass), C(fail) or C(inconclusive); the last one in check mode, where nothing is watched.
  type: str
  returned: success
reasons:
  description: Why, in plain words with the figures of both colours; of C(pass) all that was compared.
  type: list
  elements: str
  returned: success
  sample: ["p99 of deliveries: 31 ms on green, 12 ms on blue; limit 18 ms"]
figures:
  description: >-
    Of C(new) and C(old), since the beginning: how many of all C(deliveries), C(publications), C(handshakes), C(commands) and
    C(closes) failed; C(p50_ms), C(p99_ms) without the first seconds, C(nodes), C(connections), C(accepted), C(cpu_seconds), C(heap_bytes).
  type: dict
  returned: success
seconds:
  description: How long it watched.
  type: float
  returned: success
extended:
  description: How many times the time was extended.
  type: int
  returned: success
percent:
  description: As it was given.
  type: int
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402
from ansible.module_utils.heliograph_judge import LIMITS  # noqa: E402
from ansible.module_utils.heliograph_lock import DeployLock, LockLost  # noqa: E402
from ansible.module_utils.heliograph_prometheus import Prometheus  # noqa: E402
from ansible.module_utils.heliograph_readings import Source  # noqa: E402
from ansible.module_utils.heliograph_watch import INCONCLUSIVE, Rules, Watch  # noqa: E402


def limits_of(given):
    """The limits in force. Raises ValueError for one that there is not, or that is no number."""
    unknown = sorted(set(given) - set(LIMITS))
    if unknown:
        raise ValueError("there is no limit %s; there are %s" % (", ".join(unknown), ", ".join(sorted(LIMITS))))
    limits = dict(LIMITS)
    for name, value in given.items():
        try:
            limits[name] = float(value)
        except (TypeError, ValueError):
            raise ValueError("limits.%s: '%s' is no number" % (name, value)) from None
        if not limits[name] >= 0:
            raise ValueError("limits.%s: %s is not 0 or more" % (name, value))
    return limits


def rules_of(params):
    keys = ("nodes", "seconds", "extend", "min_connections", "min_deliveries", "grace", "interval", "ignored_alerts")
    return Rules(
        params["new"],
        params["old"],
        limits_of(params["limits"]),
        bake=params["mode"] == "bake" or not params["old"],
        **{key: params[key] for key in keys},
    )


def watch_of(params):
    rules = rules_of(params)
    colours = [colour for colour in (rules.new, rules.old) if colour]
    prometheus = Prometheus(params["prometheus_url"], params["timeout"])
    source = Source(prometheus, params["job"], colours, params["watch_alerts"])
    if not params["id"]:
        return Watch(source, rules)
    lock = DeployLock(params["path"])
    return Watch(source, rules, sign_of_life=lambda: lock.renew(params["id"]))


def main():
    module = AnsibleModule(
        argument_spec={
            "prometheus_url": {"type": "str", "required": True},
            "job": {"type": "str", "default": "relay"},
            "new": {"type": "str", "required": True},
            "old": {"type": "str"},
            "nodes": {"type": "list", "elements": "str", "default": []},
            "mode": {"type": "str", "choices": ["canary", "bake"], "default": "canary"},
            "percent": {"type": "int"},
            "seconds": {"type": "float", "default": 60.0},
            "extend": {"type": "int", "default": 1},
            "min_connections": {"type": "int", "default": 30},
            "min_deliveries": {"type": "int", "default": 500},
            "limits": {"type": "dict", "default": {}},
            "interval": {"type": "float", "default": 1.0},
            "grace": {"type": "float", "default": 20.0},
            "watch_alerts": {"type": "bool", "default": True},
            "ignored_alerts": {"type": "list", "elements": "str", "default": ["HeliographReconnectStorm"]},
            "path": {"type": "path", "default": "/var/lib/heliograph/deploy"},
            "id": {"type": "str", "aliases": ["lock_id"], "no_log": False},
            "timeout": {"type": "float", "default": 3.0},
        },
        supports_check_mode=True,
    )
    percent = module.params["percent"]
    try:
        watch = watch_of(module.params)
        if module.check_mode:
            verdict, reasons = INCONCLUSIVE, ["nothing is watched in check mode"]
        else:
            verdict, reasons = watch.run()
    except (LockLost, ValueError) as e:
        module.fail_json(msg=str(e))
    except OSError as e:
        module.fail_json(msg="the deployment lock in %s: %s" % (module.params["path"], e))
    module.exit_json(
        changed=False,
        verdict=verdict,
        reasons=reasons,
        figures=watch.summary(),
        seconds=round(watch.seconds(), 1),
        extended=watch.extended,
        percent=percent,
    )


if __name__ == "__main__":
    main()
