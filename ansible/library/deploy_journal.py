#!/usr/bin/python
"""Keeps how far a deployment is, and tells relays."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: deploy_journal
short_description: Keep how far a deployment is, and tell relays
description:
  - Keeps the journal of a deployment, C(journal.json), in a folder of one host. It is written all at once, so that it survives a crash,
    and another controller can go on from it.
  - Each change renews the heartbeat of the deployment lock; the module fails if the lock is another's.
  - Each change is told to the first relay that answers (C(PUT /v1/deployment)), so that consoles show it. If none does there
    is a warning, and the deployment goes on.
options:
  path:
    description: Folder of the journal, and of the lock.
    type: path
    default: /var/lib/heliograph/deploy
  state:
    description:
      - C(started) begins a journal; if that of the same C(id) is there and has not ended, it goes on, with nothing changed.
      - C(phase) changes C(phase), C(canary_percent) or C(note); C(verdict) adds one on the canary; C(finished) ends it.
      - C(query) only tells it.
    type: str
    choices: [started, phase, verdict, finished, query]
    required: true
  id:
    description: Id of the deployment, which is that of its lock; for all but C(query).
    type: str
    aliases: [lock_id]
  version:
    description: The version that comes.
    type: str
  previous:
    description: The version of before.
    type: str
  from:
    description: The colour of before.
    type: str
  to:
    description: The colour that takes over.
    type: str
  strategy:
    description: How the new version comes in.
    type: str
    choices: [blue_green, rolling]
  back:
    description: With C(started), whether it brings the version of before back. Who goes on with it must know; relays are not told.
    type: bool
  by:
    description: Who runs it, such as C(alice@ops1).
    type: str
  phase:
    description:
      - The phase that begins. With C(started) C(preflight) if it is left out, with C(finished) C(done).
    type: str
    choices: [preflight, install, smoke, canary, switch, drain, bake, retire, done, rolling_back, rolled_back, failed]
  canary_percent:
    description: Share of new clients that the new version gets.
    type: int
  note:
    description: A few words on how it stands.
    type: str
  verdict:
    description: What M(canary_judge) said.
    type: dict
    suboptions:
      percent:
        description: Share of new clients that the canary had.
        type: int
        required: true
      verdict:
        description: C(running) is replaced by the next one of the same percentage.
        type: str
        choices: [pass, fail, inconclusive, running]
        required: true
      reasons:
        description: Why, in plain words.
        type: list
        elements: str
        default: []
  lock:
    description: Renew the lock's heartbeat, and fail if it is another's.
    type: bool
    default: true
  admin_urls:
    description: Admin APIs of relays, such as C(http://192.0.2.11:8010).
    type: list
    elements: str
    default: []
  admin_token:
    description: Token of an operator.
    type: str
    aliases: [token]
  timeout:
    description: Seconds that each relay has to answer.
    type: float
    default: 2
author: Heliograph
"""

EXAMPLES = r"""
- name: Begin, or go on
  deploy_journal:
    state: started
    id: 20261130T101500Z-ab12
    version: 1.2.0
    previous: 1.1.0
    from: blue
    to: green
    by: alice@ops1
    admin_urls: ["http://192.0.2.11:8010", "http://192.0.2.12:8010"]
    admin_token: "{{ heliograph_admin_token }}"
  register: journal

- name: Begin the canary
  deploy_journal:
    state: phase
    id: "{{ journal.journal.id }}"
    phase: canary
    canary_percent: 5

- name: End
  deploy_journal:
    state: finished
    id: "{{ journal.journal.id }}"
    phase: rolled_back
    note: the canary delivered too slowly
"""

RETURN = r"""
journal:
  description: The journal now, or as it would be in check mode; null if there was no deployment yet. C(history) has the times of its phases.
  type: dict
  returned: always
before:
  description: The journal as it was; of C(started) the one of the deployment before, if it is another.
  type: dict
  returned: always
unfinished:
  description: Whether C(journal) is of a deployment that has not ended.
  type: bool
  returned: always
resumed:
  description: Whether C(started) found a journal to go on with.
  type: bool
  returned: always
announced:
  description: Whether a relay has been told.
  type: bool
  returned: always
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402
from ansible.module_utils.heliograph_journal import (  # noqa: E402
    ENDS,
    PHASES,
    ROLLING_BACK,
    STRATEGIES,
    VERDICTS,
    Journal,
    NoSuchDeployment,
    begun,
    continued,
    judged,
    moved,
    unfinished,
)
from ansible.module_utils.heliograph_lock import DeployLock, LockLost  # noqa: E402

FIELDS = ("id", "version", "previous", "from", "to", "strategy", "back", "by", "phase", "canary_percent", "note")


def argument_spec():
    verdict = {
        "percent": {"type": "int", "required": True},
        "verdict": {"type": "str", "choices": list(VERDICTS), "required": True},
        "reasons": {"type": "list", "elements": "str", "default": []},
    }
    return {
        "path": {"type": "path", "default": "/var/lib/heliograph/deploy"},
        "state": {"type": "str", "choices": ["started", "phase", "verdict", "finished", "query"], "required": True},
        "id": {"type": "str", "aliases": ["lock_id"], "no_log": False},
        "version": {"type": "str"},
        "previous": {"type": "str"},
        "from": {"type": "str"},
        "to": {"type": "str"},
        "strategy": {"type": "str", "choices": list(STRATEGIES)},
        "back": {"type": "bool"},
        "by": {"type": "str"},
        "phase": {"type": "str", "choices": [*PHASES, "done", ROLLING_BACK, "rolled_back", "failed"]},
        "canary_percent": {"type": "int"},
        "note": {"type": "str"},
        "verdict": {"type": "dict", "options": verdict},
        "lock": {"type": "bool", "default": True},
        "admin_urls": {"type": "list", "elements": "str", "default": []},
        "admin_token": {"type": "str", "aliases": ["token"], "no_log": True},
        "timeout": {"type": "float", "default": 2.0},
    }


def change_of(params):
    """What a state does to the journal of a deployment: a function of the journal and the time."""
    fields = {key: params[key] for key in FIELDS if key != "id"}
    if params["state"] == "finished":
        fields["phase"] = fields["phase"] or "done"
    if params["state"] == "verdict":
        return lambda journal, now: judged(moved(journal, {"note": params["note"]}, now), params["verdict"], now)
    return lambda journal, now: moved(journal, fields, now)


def changed_journal(journal, params, check):
    """(the journal now, the one of before)."""
    fields = {key: params[key] for key in FIELDS}
    if params["state"] == "started":
        if not check:
            return journal.begin(fields)
        before = journal.read()
        return continued(before, fields, journal.clock()), before
    change = change_of(params)
    if not check:
        return journal.change(params["id"], change)
    before = journal.read()
    if before is None or before["id"] != params["id"]:
        # Its start did not write it.
        before = begun(fields, journal.clock())
    return change(before, journal.clock()), before


def problem(params):
    """What is wrong with the arguments together; None if nothing is."""
    if params["state"] == "finished" and (params["phase"] or "done") not in ENDS:
        return "a deployment ends as one of %s, not in the phase %s" % (", ".join(ENDS), params["phase"])
    if params["state"] != "finished" and params["phase"] in ENDS:
        return "the phase %s ends a deployment: state finished" % params["phase"]
    return None


def main():
    module = AnsibleModule(
        argument_spec=argument_spec(),
        required_if=[
            ("state", "started", ["id", "version", "by"]),
            ("state", "phase", ["id"]),
            ("state", "verdict", ["id", "verdict"]),
            ("state", "finished", ["id"]),
        ],
        supports_check_mode=True,
    )
    params = module.params
    wrong = problem(params)
    if wrong:
        module.fail_json(msg=wrong)
    journal = Journal(params["path"], params["admin_urls"], params["admin_token"], params["timeout"])
    try:
        if params["state"] == "query":
            now = before = journal.read()
        else:
            if params["lock"] and not module.check_mode:
                DeployLock(params["path"]).renew(params["id"])
            now, before = changed_journal(journal, params, module.check_mode)
    except (LockLost, NoSuchDeployment, ValueError) as e:
        module.fail_json(msg=str(e))
    except OSError as e:
        module.fail_json(msg="the journal in %s: %s" % (params["path"], e))
    announced = params["state"] != "query" and not module.check_mode and journal.api is not None
    if announced:
        warning = journal.announce(now)
        if warning:
            announced = False
            module.warn(warning)
    module.exit_json(
        changed=now is not before,
        journal=now,
        before=before,
        unfinished=unfinished(now),
        resumed=params["state"] == "started" and now is before,
        announced=announced,
    )


if __name__ == "__main__":
    main()
