"""Writes the ``.pth`` file that has every Python of this environment call ``bot.server.lean.install``.

Run once at set-up: ``python -m bot.server.lean.install_hook``. With it, ``rasa`` typed by hand is as lean as the
server. Without the project folder the line does nothing, so the environment stays usable.
"""

from __future__ import annotations

import sysconfig
from pathlib import Path

HOOK_FILE = "tandem_lean.pth"
HOOK = "import sys; exec('try:\\n from bot.server.lean import install\\n install()\\nexcept Exception:\\n pass')\n"
"""One line, as ``site`` reads it; a failure here would spoil the start of every Python, hence the silence."""


def write_hook(site_packages: Path) -> Path:
    """Write the hook into a site-packages folder and tell where."""
    hook_file = site_packages / HOOK_FILE
    hook_file.write_text(HOOK, encoding="utf-8")
    return hook_file


if __name__ == "__main__":
    write_hook(Path(sysconfig.get_paths()["purelib"]))
