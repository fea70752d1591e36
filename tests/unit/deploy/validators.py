"""The programs that know the files of ``deploy/``: Debian's, and those of the development packages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT

DEPLOY = PROJECT_ROOT / "deploy"
FOLDERS = ("/usr/sbin", "/usr/bin", str(Path(sys.executable).parent))


def run(program: str, *arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What a program says, both outputs in one; a missing one fails the test with the command to type."""
    found = shutil.which(program, path=":".join(FOLDERS))
    if not found:
        pytest.fail(f"{program} is not installed; type: sudo make debian-packages")
    command = [found, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
