import gzip
import hashlib
import io
import os
import tarfile
import unittest

from harness import FolderTest, run
from ansible.module_utils.heliograph_release import BadRelease, parts

NAME = "heliograph-1.2.0-linux-x64"


class PartsTest(unittest.TestCase):
    def test_version_and_system_are_in_the_name(self):
        for version in ("1.2.0", "0.1.0-SNAPSHOT", "1.2.0-rc-1"):
            path = "/a-b/heliograph-%s-linux-x64.tar.gz" % version
            self.assertEqual(("heliograph-%s-linux-x64" % version, version, "linux-x64"), parts(path))

    def test_another_name_is_no_release(self):
        for name in ("heliograph-console-1.2.0-linux-x64.tar.gz", "heliograph-1.2.0.tar.gz", NAME + ".zip", NAME, "heliograph--linux-x64.tar.gz"):
            with self.assertRaises(BadRelease, msg=name):
                parts(name)


class ReleaseInfoTest(FolderTest):
    def archive(self, *members, name=NAME, program=True):
        """members: a path, or (path, type, target)."""
        path = self.path(name + ".tar.gz")
        with tarfile.open(path, "w:gz") as archive:
            for member in ((NAME + "/bin/heliograph",) if program else ()) + members:
                member = (member, tarfile.REGTYPE, "") if isinstance(member, str) else member
                info = tarfile.TarInfo(member[0])
                info.type, info.linkname = member[1:]
                info.size = 3 if info.isfile() else 0
                archive.addfile(info, io.BytesIO(b"abc"))
        return path

    def test_a_release_is_told(self):
        link = (NAME + "/legal/a/LICENSE", tarfile.SYMTYPE, "../b/LICENSE")
        hard = (NAME + "/lib/b.jar", tarfile.LNKTYPE, NAME + "/lib/a.jar")
        path = self.archive((NAME, tarfile.DIRTYPE, ""), NAME + "/lib/a.jar", link, hard)
        with open(path, "rb") as file:
            sha256 = hashlib.sha256(file.read()).hexdigest()
        result = run("release_info", path=path, sha256=sha256.upper(), version="1.2.0")
        self.assertEqual(
            {"name": NAME, "version": "1.2.0", "system": "linux-x64", "sha256": sha256, "files": 4}
            | {"size": os.path.getsize(path), "changed": False},
            {key: value for key, value in result.items() if key != "invocation"},
        )

    def test_the_hash_is_of_the_whole_file_even_behind_the_archive(self):
        path = self.archive()
        with open(path, "ab") as file:
            file.write(gzip.compress(b"\0" * 3_000_000))
        with open(path, "rb") as file:
            sha256 = hashlib.sha256(file.read()).hexdigest()
        self.assertEqual(sha256, run("release_info", path=path)["sha256"])

    def test_what_leads_out_of_the_folder_is_refused(self):
        for member in (
            "/etc/passwd",
            NAME + "/../../etc/passwd",
            NAME + "/a/../b",
            "../x",
            "etc/passwd",
            NAME + "-evil/x",
            (NAME + "/x", tarfile.SYMTYPE, "/etc/passwd"),
            (NAME + "/x", tarfile.SYMTYPE, "../../x"),
            (NAME + "/x", tarfile.LNKTYPE, "../x"),
            (NAME + "/x", tarfile.LNKTYPE, "etc/passwd"),
            (NAME + "/x", tarfile.FIFOTYPE, ""),
            (NAME + "/x", tarfile.CHRTYPE, ""),
        ):
            result = run("release_info", path=self.archive(member))
            self.assertTrue(result.get("failed"), member)
            self.assertIn(member if isinstance(member, str) else member[0], result["msg"])

    def test_another_version_or_checksum_than_the_wanted_one_is_refused(self):
        path = self.archive()
        self.assertIn("has the version 1.2.0, not 1.3.0", run("release_info", path=path, version="1.3.0")["msg"])
        self.assertIn("has the sha256", run("release_info", path=path, sha256="0" * 64)["msg"])

    def test_what_is_not_there_or_broken_is_told(self):
        self.assertIn("there is no release", run("release_info", path=self.path(NAME + ".tar.gz"))["msg"])
        self.assertIn("has no %s/bin/heliograph" % NAME, run("release_info", path=self.archive(NAME + "/x", program=False))["msg"])
        path = self.archive(*(NAME + "/%d" % i for i in range(2000)))
        with open(path, "r+b") as file:
            file.truncate(os.path.getsize(path) - 9)
        self.assertIn("is broken", run("release_info", path=path)["msg"])
        path = self.archive()
        with open(path, "r+b") as file:
            file.seek(-8, os.SEEK_END)
            file.write(b"....")
        self.assertIn("is broken: CRC", run("release_info", path=path)["msg"])
        self.write(NAME + ".tar.gz", "<html>404</html>")
        self.assertIn("is broken", run("release_info", path=path)["msg"])


if __name__ == "__main__":
    unittest.main()
