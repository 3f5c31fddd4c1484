"""What a release archive is, and whether it can be unpacked without harm."""

from __future__ import annotations

import gzip
import hashlib
import os
import posixpath
import re
import tarfile
import zlib

NAME = re.compile(r"heliograph-(?P<version>\d[^/\s]*)-(?P<system>[a-z]+-[a-z0-9_]+)\Z")
SUFFIX = ".tar.gz"
PROGRAM = "bin/heliograph"


class BadRelease(Exception):
    """It is no release, or one that must not be unpacked."""


def parts(path):
    """(name, version, system), as the name of the archive has them."""
    name = os.path.basename(path)
    match = NAME.match(name[: -len(SUFFIX)]) if name.endswith(SUFFIX) else None
    if not match:
        raise BadRelease("%s is not called heliograph-VERSION-SYSTEM.tar.gz" % path)
    return match.group(0), match["version"], match["system"]


def harm(top, member):
    """What is wrong with a member of an archive that belongs into the folder `top`; None if nothing is."""
    if member.name.startswith("/") or ".." in member.name.split("/"):
        return "has a path that leads out of its folder: %s" % member.name
    path = posixpath.normpath(member.name)
    if path != top and not path.startswith(top + "/"):
        return "has %s, which is not in its folder %s" % (member.name, top)
    if member.issym() or member.islnk():
        # A symbolic link starts where it is, a hard link at the top of the archive.
        base = posixpath.dirname(path) if member.issym() else ""
        target = posixpath.normpath(posixpath.join(base, member.linkname))
        if not target.startswith(top + "/"):
            return "has a link that leads out of its folder: %s -> %s" % (member.name, member.linkname)
    elif not (member.isfile() or member.isdir()):
        return "has %s, which is neither a file nor a folder" % member.name
    return None


class _Hashed:
    """A file that is read once, and hashed as it is."""

    def __init__(self, file):
        self.file = file
        self.hash = hashlib.sha256()

    def read(self, size=-1):
        data = self.file.read(size)
        self.hash.update(data)
        return data

    def seekable(self):
        return False


def inspect(path):
    """version, system, name, sha256 and size of an archive, and how many files it has. Raises BadRelease or OSError."""
    name, version, system = parts(path)
    files = set()
    with open(path, "rb") as file:
        hashed = _Hashed(file)
        try:
            with gzip.GzipFile(fileobj=hashed) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as archive:
                for member in archive:
                    wrong = harm(name, member)
                    if wrong:
                        raise BadRelease("%s %s" % (path, wrong))
                    if not member.isdir():
                        files.add(posixpath.normpath(member.name))
                # To the end, where gzip has its checksum.
                while unpacked.read(1 << 20):
                    pass
        except (tarfile.TarError, EOFError, OSError, zlib.error) as e:
            raise BadRelease("%s is broken: %s" % (path, e)) from e
        size = file.tell()
    if posixpath.join(name, PROGRAM) not in files:
        raise BadRelease("%s has no %s/%s" % (path, name, PROGRAM))
    return {
        "version": version,
        "system": system,
        "name": name,
        "sha256": hashed.hash.hexdigest(),
        "size": size,
        "files": len(files),
    }
