"""The pipelines: their schemas, and what must stand between a change and production."""

import copy
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import schemas  # noqa: E402

GITHUB = schemas.ROOT / ".github" / "workflows" / "ci.yml"
GITLAB = schemas.ROOT / ".gitlab-ci.yml"
VENDORED = "check_jsonschema/builtin_schemas/vendor/"


def problems(test, name, document):
    library = schemas.jsonschema()
    archive = schemas.archive("check-jsonschema==0.39.0")
    test.addCleanup(archive.close)
    return schemas.problems(library.Draft7Validator(archive.read(VENDORED + name)), document)


def github():
    document = yaml.safe_load(GITHUB.read_text())
    # YAML 1.1 reads the key `on` as true, GitHub does not.
    document["on"] = document.pop(True)
    return document


class GithubTest(unittest.TestCase):
    def test_it_fits_its_schema(self):
        self.assertEqual([], problems(self, "github-workflows.json", github()))

    def test_the_schema_finds_mistakes(self):
        for change in (
            lambda jobs: jobs["test"].pop("runs-on"),
            lambda jobs: jobs["test"].update(step=[]),
            lambda jobs: jobs["test"].update({"timeout-minutes": "an hour"}),
        ):
            broken = copy.deepcopy(github())
            change(broken["jobs"])
            self.assertNotEqual([], problems(self, "github-workflows.json", broken))

    def test_production_comes_last_and_from_main_alone(self):
        jobs = github()["jobs"]
        self.assertEqual("staging", jobs["production"]["needs"])
        self.assertEqual("package", jobs["staging"]["needs"])
        self.assertEqual({"test", "ansible"}, set(jobs["package"]["needs"]))
        for name in ("staging", "production"):
            self.assertEqual(name, jobs[name]["environment"], "approval and secrets are those of the environment")
            self.assertIn("refs/heads/main", jobs[name]["if"])
            self.assertIn("push", jobs[name]["if"])
            self.assertIs(False, jobs[name]["concurrency"]["cancel-in-progress"])
            self.assertEqual(f"ansible/inventories/{name}", jobs[name]["steps"][-1]["env"]["INVENTORY"])
        self.assertEqual({"contents": "read"}, github()["permissions"])


class GitlabTest(unittest.TestCase):
    def setUp(self):
        self.pipeline = yaml.safe_load(GITLAB.read_text())

    def test_it_fits_its_schema(self):
        self.assertEqual([], problems(self, "gitlab-ci.json", self.pipeline))

    def test_the_schema_finds_mistakes(self):
        for change in (
            lambda pipeline: pipeline["test"].update(scripts=[]),
            lambda pipeline: pipeline["production"]["rules"][0].update(when="by hand"),
            lambda pipeline: pipeline["package"]["artifacts"].update(path=[]),
        ):
            broken = copy.deepcopy(self.pipeline)
            change(broken)
            self.assertNotEqual([], problems(self, "gitlab-ci.json", broken))

    def test_production_is_started_by_hand(self):
        self.assertEqual(["test", "package", "staging", "production"], self.pipeline["stages"])
        production = self.pipeline["production"]
        self.assertEqual({"when": "manual", "if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}, production["rules"][0])
        self.assertEqual(1, len(production["rules"]))
        self.assertIn("staging", production["needs"])
        for name in ("staging", "production"):
            self.assertEqual(".deploy", self.pipeline[name]["extends"])
            self.assertEqual(name, self.pipeline[name]["environment"])


class DeployTest(unittest.TestCase):
    """The script that both run."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name in (".ci", "bin", "release"):
            (self.folder / name).mkdir()
        script = (schemas.ROOT / ".ci" / "deploy").read_text()
        (self.folder / ".ci" / "deploy").write_text(script)
        fake = self.folder / "bin" / "ansible-playbook"
        fake.write_text(
            "#!/bin/sh\n"
            'printf "%s\\n" "$@" >"$(dirname "$0")/arguments"\n'
            'stat -c %a "$4" >"$(dirname "$0")/mode"\n'
            'cat "$4" >"$(dirname "$0")/secret"\n'
            'env >"$(dirname "$0")/environment"\n'
        )
        fake.chmod(0o755)

    def deploy(self, **more):
        environment = {"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "TMPDIR": str(self.folder), **more}
        return subprocess.run(
            ["bash", str(self.folder / ".ci" / "deploy")], env=environment, capture_output=True, text=True, check=False
        )

    def test_it_runs_the_playbook_with_the_release_and_leaves_no_secret(self):
        archive = self.folder / "release" / "heliograph-1.2.0-rc.1-linux-x64.tar.gz"
        archive.touch()
        before = {file.name for file in self.folder.iterdir()}
        done = self.deploy(INVENTORY="ansible/inventories/lab", ANSIBLE_VAULT_PASSWORD="a secret")
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        arguments = (self.folder / "bin" / "arguments").read_text().splitlines()
        self.assertEqual(["--inventory", "ansible/inventories/lab", "--vault-password-file"], arguments[:3])
        self.assertEqual(
            ["ansible/deploy.yml", "--extra-vars", "heliograph_version=1.2.0-rc.1"]
            + ["--extra-vars", f"heliograph_release={archive}"],
            arguments[4:],
        )
        self.assertEqual("600\n", (self.folder / "bin" / "mode").read_text())
        self.assertEqual("a secret\n", (self.folder / "bin" / "secret").read_text())
        self.assertNotIn("a secret", (self.folder / "bin" / "environment").read_text())
        self.assertEqual(before, {file.name for file in self.folder.iterdir()})

    def test_what_is_missing_is_said(self):
        self.assertIn("INVENTORY", self.deploy(ANSIBLE_VAULT_PASSWORD="x").stderr)
        self.assertIn("ANSIBLE_VAULT_PASSWORD", self.deploy(INVENTORY="x").stderr)
        everything = {"INVENTORY": "x", "ANSIBLE_VAULT_PASSWORD": "x"}
        self.assertIn("release/ is to have one", self.deploy(**everything).stderr)
        (self.folder / "release" / "heliograph-1.tar.gz").touch()
        self.assertIn("does not tell its version", self.deploy(**everything).stderr)
        (self.folder / "release" / "heliograph-1.0.0-linux-x64.tar.gz").touch()
        done = self.deploy(**everything)
        self.assertIn("release/ is to have one", done.stderr)
        self.assertEqual(1, done.returncode)
        self.assertFalse((self.folder / "bin" / "arguments").exists())


if __name__ == "__main__":
    unittest.main()
