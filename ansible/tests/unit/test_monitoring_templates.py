"""What the templates of prometheus, alertmanager and grafana make of the files of the release."""

from __future__ import annotations

import glob
import os
import subprocess

import harness
import templates
from templates import SOURCE


class MonitoringTest(templates.TemplateTest):
    def run_tool(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout


class PrometheusTest(MonitoringTest):
    def config(self, **variables):
        path = self.render("prometheus", "prometheus.yml.j2", prometheus_cluster="east", **variables)
        self.run_tool("promtool", "check", "config", path)
        config = self.load(path)
        return config, {job["job_name"]: job for job in config["scrape_configs"]}

    def test_it_is_the_configuration_of_the_release_with_the_name_of_the_cluster(self):
        config, _ = self.config()
        expected = self.load(os.path.join(SOURCE, "prometheus", "prometheus.yml"))
        expected["global"]["external_labels"]["cluster"] = "east"
        expected["rule_files"].insert(0, "*.rules.yaml")
        self.assertEqual(config, expected)

    def test_intervals_of_the_inventory_win(self):
        config, jobs = self.config(
            prometheus_scrape_interval="1s",
            prometheus_evaluation_interval="2s",
            prometheus_jobs={"redis": {"scrape_interval": "3s", "scrape_timeout": "2s"}},
        )
        self.assertEqual((config["global"]["scrape_interval"], config["global"]["evaluation_interval"]), ("1s", "2s"))
        self.assertNotIn("scrape_timeout", jobs["relay"])
        self.assertNotIn("scrape_interval", jobs["relay"])
        self.assertEqual((jobs["redis"]["scrape_interval"], jobs["redis"]["scrape_timeout"]), ("3s", "2s"))
        self.assertEqual(jobs["redis"]["relabel_configs"], jobs["sentinel"]["relabel_configs"])

    def test_no_rule_is_left_out_or_changed(self):
        path = self.render("prometheus", "rules.yaml.j2")
        self.run_tool("promtool", "check", "rules", path)
        files = sorted(glob.glob(os.path.join(SOURCE, "prometheus", "rules", "*.yaml")))
        expected = [group for file in files for group in self.load(file)["groups"]]
        self.assertGreater(len(expected), 5)
        self.assertEqual(self.load(path)["groups"], expected)


class AlertmanagerTest(MonitoringTest):
    TOKEN = "token-of-tests"

    def config(self, **variables):
        path = self.render("alertmanager", "alertmanager.yml.j2", alertmanager_webhook_token=self.TOKEN, **variables)
        self.run_tool("amtool", "check-config", path)
        return path

    def receivers(self, path, **labels):
        words = ["%s=%s" % label for label in labels.items()]
        return self.run_tool("amtool", "config", "routes", "test", "--config.file", path, *words).strip()

    def test_routes_are_those_of_the_release(self):
        path = self.config(alertmanager_fleet_webhook="")
        self.assertEqual(self.load(path), self.load(os.path.join(SOURCE, "alertmanager", "alertmanager.yml")))

    def test_alerts_of_load_wake_up_the_fleet_controller_and_go_where_they_go_anyway(self):
        path = self.config()
        self.assertEqual(
            self.receivers(path, alertname="HeliographConnectionsNearLimit", severity="ticket"), "fleet-controller,ticket"
        )
        self.assertEqual(self.receivers(path, alertname="HeliographRelayDown", severity="page"), "fleet-controller,page")
        self.assertEqual(self.receivers(path, alertname="HeliographRedisDown", severity="page"), "page")
        self.assertEqual(self.receivers(path, alertname="HeliographWatchdog", severity="info"), "dead-man")

    def test_alerts_that_wake_it_up_exist(self):
        rules = self.load(self.render("prometheus", "rules.yaml.j2"))
        alerts = {rule.get("alert") for group in rules["groups"] for rule in group["rules"]}
        route = self.load(self.config())["route"]["routes"][0]
        named = set(route["matchers"][0].split('"')[1].split("|"))
        self.assertTrue(named)
        self.assertLessEqual(named, alerts)

    def test_webhooks_and_tokens_can_be_others(self):
        config = self.load(
            self.config(alertmanager_webhook="http://10.0.0.9:80", alertmanager_fleet_token="another-token-of-tests")
        )
        hooks = {receiver["name"]: receiver["webhook_configs"][0] for receiver in config["receivers"]}
        self.assertEqual(hooks["page"]["url"], "http://10.0.0.9:80/page")
        self.assertEqual(hooks["fleet-controller"]["url"], "http://127.0.0.1:9098/alert")
        self.assertEqual(hooks["fleet-controller"]["http_config"]["authorization"]["credentials_file"], "fleet.token")

    def test_a_shorter_wait_leaves_what_does_not_wait(self):
        route = self.load(self.config(alertmanager_group_wait="1s"))["route"]
        waits = {each["receiver"]: each.get("group_wait") for each in route["routes"]}
        self.assertEqual((route["group_wait"], waits["page"], waits["dead-man"]), ("1s", "1s", "0s"))


class GrafanaTest(MonitoringTest):
    def test_the_data_source_and_the_dashboards_are_where_the_role_puts_them(self):
        more = {"grafana_prometheus_url": "http://10.0.0.41:9090", "grafana_interval": "1s", "grafana_dashboards": "/srv/boards"}
        source = self.load(self.render("grafana", "datasources.yaml.j2", **more))["datasources"][0]
        self.assertEqual((source["url"], source["jsonData"]["timeInterval"]), ("http://10.0.0.41:9090", "1s"))
        self.assertEqual((source["type"], source["jsonData"]["httpMethod"]), ("prometheus", "POST"))
        provider = self.load(self.render("grafana", "dashboards.yaml.j2", **more))["providers"][0]
        self.assertEqual(provider["options"]["path"], "/srv/boards")
        self.assertEqual(provider["allowUiUpdates"], False)


if __name__ == "__main__":
    harness.unittest.main()
