"""Files that are never half written, and a lock between processes of one host."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import tempfile


def replace_file(path, text, mode=0o644):
    """Gives a file another content, all at once, even if the power fails; it keeps its owner and mode.

    mode is that of a file that is not there yet.
    """
    path = os.path.realpath(path)
    folder = os.path.dirname(path)
    try:
        was = os.stat(path)
    except FileNotFoundError:
        was = None
    handle, temporary = tempfile.mkstemp(prefix="." + os.path.basename(path) + ".", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            if was is None:
                os.fchmod(file.fileno(), mode)
            else:
                if (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
                    os.fchown(file.fileno(), was.st_uid, was.st_gid)
                # After the owner, whose change clears bits of the mode.
                os.fchmod(file.fileno(), was.st_mode & 0o7777)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    sync_folder(folder)


def sync_folder(folder):
    """Makes sure that a power cut does not undo what was renamed, linked or deleted in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_text(path):
    """The content, or None if there is no such file."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None


def read_json(path):
    """What a file holds, or None if there is no such file; ValueError if it is not JSON."""
    text = read_text(path)
    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError as e:
        raise ValueError("%s is not JSON (%s): look at it, and move it away" % (path, e)) from e


def as_json(value):
    return json.dumps(value, indent=2, sort_keys=True) + "\n"


@contextlib.contextmanager
def guarded(path):
    """Only one process of this host at a time is inside; it ends with the process at the latest."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
