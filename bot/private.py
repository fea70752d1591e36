"""Files and folders that only their owner may read: what the bot keeps on people, and its key.

As far as this user may say so: what belongs to another one stays as it is.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_folder(folder: Path) -> None:
    """Make a folder for its owner alone; one that is there stays as it is."""
    folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)


def private_database(file: Path) -> None:
    """Make an SQLite file for its owner alone, or close one, and what SQLite keeps beside it.

    One that is there is never opened here: closing it again would drop all locks that SQLite holds on it.
    """
    with suppress(OSError):  # it is there; or SQLite itself says what is wrong with the place
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR))
    for suffix in ("", "-wal", "-shm"):
        close_to_others(file.with_name(file.name + suffix))


def close_to_others(path: Path) -> None:
    """Take from everybody but the owner what they may do with a file or folder.

    A folder that is made for many (its sticky bit says so) stays theirs.
    """
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & OTHERS and not mode & stat.S_ISVTX:
            path.chmod(mode & ~OTHERS)
