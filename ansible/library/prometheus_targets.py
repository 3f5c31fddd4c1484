#!/usr/bin/python
"""Ansible module: the files in which Prometheus finds what to scrape."""

from __future__ import annotations

DOCUMENTATION = r"""
module: prometheus_targets
short_description: Writes the files in which Prometheus finds its targets
description:
  - A file for each job, C(FOLDER/JOB.yaml), and those of relays (C(relay.yaml)) and of hosts (C(node.yaml)). Prometheus reads them by
    itself when they change; each is replaced all at once.
  - A relay is a target as long as it is in service; one that is a target and does not run is an alert. So whoever takes units in or
    out of service passes I(units), before it stops one and after it has started one. Without I(units) they stay as the file has them.
  - The exporter of a host has the label C(node) of each unit on it, since that is what ties alerts of a host to those of its relay;
    a host without units has its own name.
options:
  folder:
    description: Where the files are.
    type: path
    default: /etc/prometheus/targets
  addresses:
    description: Address of each host, by its name. Each gets a target for its node exporter.
    type: dict
    required: true
  jobs:
    description: By the name of the job, C(hosts) (names), C(port), and C(labels) besides C(node).
    type: dict
    default: {}
  units:
    description: All relays in service, each with C(host) and C(colour).
    type: list
    elements: dict
  initial_units:
    description: The same, for the first time only.
    type: list
    elements: dict
    default: []
  spares:
    description: Hosts that are no targets unless they have a unit in service, since they may be off.
    type: list
    elements: str
    default: []
  metrics_ports:
    description: Port of the metrics of a relay, by its colour.
    type: dict
    default: {blue: 9464, green: 9465}
  node_port:
    description: Port of the node exporters.
    type: int
    default: 9100
author: Heliograph
"""

EXAMPLES = r"""
- name: Only green is in service
  prometheus_targets:
    addresses: {relay1: 10.0.0.21, relay2: 10.0.0.22}
    units: [{host: relay1, colour: green}, {host: relay2, colour: green}]
"""

RETURN = r"""
units:
  description: The relays in service, as the file has them now.
  type: list
  elements: dict
  returned: success
files:
  description: The files that have changed.
  type: list
  elements: str
  returned: success
"""

import json
import os
import tempfile

from ansible.module_utils.basic import AnsibleModule

NOTE = "# Written by Ansible (prometheus_targets).\n"


def entry(address, port, labels):
    host = "[%s]" % address if ":" in address else address
    return {"targets": ["%s:%d" % (host, int(port))], "labels": labels}


def text(entries):
    """YAML, but written so that it can be read again without a library: each entry is JSON."""
    return NOTE + ("".join("- %s\n" % json.dumps(each) for each in entries) or "[]\n")


def read_units(path):
    """The units in a file that text() wrote, or None if there is no file."""
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line for line in file if line.startswith("- ")]
    except FileNotFoundError:
        return None
    try:
        labels = [json.loads(line[2:])["labels"] for line in lines]
        return [{"host": host_of(each), "colour": each["colour"]} for each in labels]
    except (ValueError, KeyError, TypeError) as e:
        raise ValueError("%s was written by somebody else; pass the units, or remove it" % path) from e


def host_of(labels):
    suffix = "-" + labels["colour"]
    if not labels["node"].endswith(suffix):
        raise ValueError(labels["node"])
    return labels["node"][: -len(suffix)]


def node_name(unit):
    return "%s-%s" % (unit["host"], unit["colour"])


def files(p):
    """Texts by path, and the units."""
    relay_file = os.path.join(p["folder"], "relay.yaml")
    units = p["units"]
    if units is None:
        units = read_units(relay_file)
    if units is None:
        units = p["initial_units"]
    check(units, p)
    units = sorted(({"host": unit["host"], "colour": unit["colour"]} for unit in units), key=node_name)
    addresses = p["addresses"]
    found = {
        job: [
            entry(addresses[host], each["port"], dict(each.get("labels") or {}, node=host)) for host in each["hosts"]
        ]
        for job, each in p["jobs"].items()
    }
    found["relay"] = [
        entry(
            addresses[unit["host"]],
            p["metrics_ports"][unit["colour"]],
            {"node": node_name(unit), "colour": unit["colour"]},
        )
        for unit in units
    ]
    found["node"] = [
        entry(addresses[host], p["node_port"], {"node": name})
        for host in sorted(addresses)
        for name in names(host, units, p["spares"])
    ]
    return {os.path.join(p["folder"], job + ".yaml"): text(entries) for job, entries in found.items()}, units


def check(units, p):
    for unit in units:
        if unit.get("host") not in p["addresses"] or unit.get("colour") not in p["metrics_ports"]:
            raise ValueError("the unit %s has no known host or colour" % (unit,))
    for job, each in p["jobs"].items():
        unknown = [host for host in each["hosts"] if host not in p["addresses"]]
        if unknown:
            raise ValueError("hosts of the job %s have no address: %s" % (job, ", ".join(unknown)))


def names(host, units, spares):
    own = [node_name(unit) for unit in units if unit["host"] == host]
    return own or ([] if host in spares else [host])


def differs(path, wanted):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read() != wanted
    except FileNotFoundError:
        return True


def replace(module, path, wanted):
    handle, temporary = tempfile.mkstemp(dir=module.tmpdir)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(wanted)
    os.chmod(temporary, 0o644)
    module.atomic_move(temporary, path)
    os.chmod(path, 0o644)


def main():
    module = AnsibleModule(
        argument_spec={
            "folder": {"type": "path", "default": "/etc/prometheus/targets"},
            "addresses": {"type": "dict", "required": True},
            "jobs": {"type": "dict", "default": {}},
            "units": {"type": "list", "elements": "dict"},
            "initial_units": {"type": "list", "elements": "dict", "default": []},
            "spares": {"type": "list", "elements": "str", "default": []},
            "metrics_ports": {"type": "dict", "default": {"blue": 9464, "green": 9465}},
            "node_port": {"type": "int", "default": 9100},
        },
        supports_check_mode=True,
    )
    p = module.params
    try:
        wanted, units = files(p)
        changed = sorted(path for path, content in wanted.items() if differs(path, content))
        if not module.check_mode:
            os.makedirs(p["folder"], 0o755, exist_ok=True)
            for path in changed:
                replace(module, path, wanted[path])
    except (ValueError, OSError) as e:
        module.fail_json(msg=str(e))
    module.exit_json(changed=bool(changed), files=changed, units=units)


if __name__ == "__main__":
    main()
