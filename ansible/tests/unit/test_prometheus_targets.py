from __future__ import annotations

import json
import subprocess

import harness

HOSTS = {"relay1": "10.0.0.21", "relay2": "10.0.0.22", "relay4": "10.0.0.24", "lb1": "10.0.0.11", "mon1": "fd00::41"}
JOBS = {
    "haproxy": {"hosts": ["lb1"], "port": 8404},
    "redis": {"hosts": ["mon1"], "port": 6379, "labels": {"shard": "main", "exporter": "127.0.0.1:9121"}},
}


def units(*names):
    return [dict(zip(("host", "colour"), name.split("-"))) for name in names]


class PrometheusTargetsTest(harness.FolderTest):
    def write_targets(self, check=False, **more):
        arguments = {"folder": self.path("targets"), "addresses": HOSTS, "spares": ["relay4"]}
        return harness.run("prometheus_targets", check=check, **{**arguments, **more})

    def targets(self, job):
        lines = self.read("targets/%s.yaml" % job).splitlines()
        entries = [json.loads(line[2:]) for line in lines if line.startswith("- ")]
        return {entry["labels"]["node"]: entry for entry in entries}

    def first(self):
        return self.write_targets(jobs=JOBS, initial_units=units("relay1-blue", "relay2-blue"))

    def test_each_job_has_its_targets_and_labels(self):
        self.assertTrue(self.first()["changed"])
        self.assertEqual(
            self.targets("redis")["mon1"],
            {"targets": ["[fd00::41]:6379"], "labels": {"shard": "main", "exporter": "127.0.0.1:9121", "node": "mon1"}},
        )
        self.assertEqual(
            self.targets("relay")["relay2-blue"],
            {"targets": ["10.0.0.22:9464"], "labels": {"node": "relay2-blue", "colour": "blue"}},
        )
        self.assertEqual(sorted(self.targets("haproxy")), ["lb1"])

    def test_a_host_has_the_name_of_what_runs_there(self):
        self.first()
        self.assertEqual(sorted(self.targets("node")), ["lb1", "mon1", "relay1-blue", "relay2-blue"])

    def test_a_second_run_changes_nothing(self):
        self.first()
        self.assertEqual(self.first()["files"], [])

    def test_what_a_deployment_says_stays(self):
        self.first()
        green = units("relay1-green", "relay2-green")
        self.assertTrue(self.write_targets(units=[*green, *units("relay1-blue", "relay2-blue")])["changed"])
        self.assertEqual(self.targets("node")["relay1-blue"]["targets"], self.targets("node")["relay1-green"]["targets"])
        self.write_targets(units=green)
        self.assertEqual(self.first()["files"], [])
        self.assertEqual(sorted(self.targets("relay")), ["relay1-green", "relay2-green"])
        self.assertEqual(self.targets("relay")["relay1-green"]["targets"], ["10.0.0.21:9465"])
        self.assertEqual(sorted(self.targets("haproxy")), ["lb1"])

    def test_a_spare_is_a_target_as_long_as_it_is_in_service(self):
        self.first()
        self.write_targets(units=units("relay1-blue", "relay2-blue", "relay4-blue"))
        self.assertIn("relay4-blue", self.targets("node"))
        self.write_targets(units=units("relay1-blue"))
        self.assertEqual(sorted(self.targets("node")), ["lb1", "mon1", "relay1-blue", "relay2"])

    def test_without_units_the_file_is_empty_and_valid(self):
        self.write_targets(units=[])
        self.assertEqual(self.read("targets/relay.yaml").splitlines()[1:], ["[]"])

    def test_prometheus_takes_the_files(self):
        self.first()
        jobs = "".join(
            "  - {job_name: %s, file_sd_configs: [{files: [targets/%s.yaml]}]}\n" % (job, job) for job in ("relay", "redis", "node")
        )
        config = self.write("prometheus.yml", "scrape_configs:\n" + jobs)
        subprocess.run(["promtool", "check", "config", config], check=True, capture_output=True)

    def test_what_makes_no_sense_is_refused_and_changes_nothing(self):
        self.first()
        before = self.read("targets/relay.yaml")
        for wrong in (units("relay9-blue"), units("relay1-red"), [{"host": "relay1"}]):
            self.assertIn("no known host or colour", self.write_targets(units=wrong)["msg"])
        self.assertIn("have no address: lb9", self.write_targets(jobs={"haproxy": {"hosts": ["lb9"], "port": 1}})["msg"])
        self.assertEqual(self.read("targets/relay.yaml"), before)

    def test_a_file_of_somebody_else_is_not_guessed_at(self):
        self.first()
        self.write("targets/relay.yaml", "- targets: ['10.0.0.21:9464']\n")
        self.assertIn("written by somebody else", self.first()["msg"])

    def test_check_mode_writes_nothing(self):
        self.assertTrue(self.write_targets(check=True, units=units("relay1-blue"))["changed"])
        self.assertFalse(harness.os.path.exists(self.path("targets")))


if __name__ == "__main__":
    harness.unittest.main()
