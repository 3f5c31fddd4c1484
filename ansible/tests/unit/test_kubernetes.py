"""The descriptions for Kubernetes: their schemas, and that they fit each other."""

import copy
import json
import pathlib
import sys
import unittest

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import schemas  # noqa: E402

FOLDER = schemas.ROOT / "ansible" / "kubernetes"

# The oldest and the newest of the archive.
VERSIONS = ("v1.25.0", "v1.37.0")

SCHEMAS = {
    ("v1", "ConfigMap"): "configmap-v1",
    ("v1", "Service"): "service-v1",
    ("apps/v1", "Deployment"): "deployment-apps-v1",
    ("policy/v1", "PodDisruptionBudget"): "poddisruptionbudget-policy-v1",
    ("autoscaling/v2", "HorizontalPodAutoscaler"): "horizontalpodautoscaler-autoscaling-v2",
}


def documents():
    return [document for file in sorted(FOLDER.glob("*.yaml")) for document in yaml.safe_load_all(file.read_text())]


class KubernetesTest(unittest.TestCase):
    def setUp(self):
        self.by_kind = {document["kind"]: document for document in documents()}
        self.relay = self.by_kind["Deployment"]["spec"]["template"]["spec"]

    def problems(self, version, document):
        """Strict: a key that is not known is a problem."""
        library = schemas.jsonschema()
        archive = schemas.archive("kubernetes-validate==1.37.0")
        self.addCleanup(archive.close)
        folder = f"kubernetes_validate/kubernetes-json-schema/{version}-local-strict/"
        name = SCHEMAS[document["apiVersion"], document["kind"]]
        # References lead from one file to the other; in one document they lead nowhere else.
        whole = archive.text(f"{folder}{name}.json"), archive.text(f"{folder}_definitions.json")
        schema, definitions = (json.loads(text.replace("/api/_definitions.json#", "#")) for text in whole)
        schema.pop("$id", None)
        return schemas.problems(library.Draft7Validator({"$defs": definitions["$defs"], **schema}), document)

    def test_all_fit_their_schemas(self):
        self.assertEqual(5, len(documents()))
        for version in VERSIONS:
            for document in documents():
                with self.subTest(version=version, kind=document["kind"]):
                    self.assertEqual([], self.problems(version, document))

    def test_the_schemas_find_mistakes(self):
        for kind, change in (
            ("HorizontalPodAutoscaler", lambda spec: spec.update(minReplica=3)),
            ("HorizontalPodAutoscaler", lambda spec: spec["metrics"][0]["pods"]["target"].pop("type")),
            ("Deployment", lambda spec: spec["template"]["spec"]["containers"][0].update(prots=[])),
            ("Service", lambda spec: spec["ports"][0].update(port="eighty")),
            ("PodDisruptionBudget", lambda spec: spec.update(maxUnavailable=True)),
        ):
            with self.subTest(kind=kind):
                broken = copy.deepcopy(self.by_kind[kind])
                change(broken["spec"])
                self.assertNotEqual([], self.problems(VERSIONS[-1], broken))

    def test_they_select_the_relays(self):
        labels = self.by_kind["Deployment"]["spec"]["template"]["metadata"]["labels"]
        for selector in (
            self.by_kind["Deployment"]["spec"]["selector"]["matchLabels"],
            self.by_kind["Service"]["spec"]["selector"],
            self.by_kind["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
            self.relay["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"],
        ):
            self.assertLessEqual(selector.items(), labels.items())
        target = self.by_kind["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
        deployment = self.by_kind["Deployment"]
        self.assertEqual((target["apiVersion"], target["kind"]), (deployment["apiVersion"], deployment["kind"]))
        self.assertEqual(target["name"], deployment["metadata"]["name"])
        self.assertNotIn("replicas", deployment["spec"], "an apply would undo the autoscaler")

    def test_ports_and_files_are_there(self):
        (container,) = self.relay["containers"]
        ports = {port["name"] for port in container["ports"]}
        for port in self.by_kind["Service"]["spec"]["ports"]:
            self.assertIn(port["targetPort"], ports)
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            self.assertIn(container[probe]["httpGet"]["port"], ports)
        volumes = {volume["name"] for volume in self.relay["volumes"]}
        self.assertEqual(volumes, {mount["name"] for mount in container["volumeMounts"]})

    def test_the_drain_has_the_time_that_it_needs(self):
        config = yaml.safe_load(self.by_kind["ConfigMap"]["data"]["relay.yaml"])
        drain = int(config["shutdown"]["timeout"].removesuffix("s"))
        before = int(self.relay["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
        self.assertGreater(self.relay["terminationGracePeriodSeconds"], drain + before)
        # As many as a relay may have are moved in four fifths of it, or the relay hurries.
        moved = config["shutdown"]["pace"] * drain * 0.8
        self.assertGreaterEqual(moved, config["client"]["connection_limit"])

    def test_one_relay_may_be_lost(self):
        spec = self.by_kind["HorizontalPodAutoscaler"]["spec"]
        config = yaml.safe_load(self.by_kind["ConfigMap"]["data"]["relay.yaml"])
        target = int(spec["metrics"][0]["pods"]["target"]["averageValue"])
        least = spec["minReplicas"]
        self.assertLessEqual(least * target, (least - 1) * config["client"]["connection_limit"])


if __name__ == "__main__":
    unittest.main()
