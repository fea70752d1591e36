"""nginx in front of the replicas: each conversation goes to one of them, and to another while that one is away.

What the replicas cannot know alone is limited here: how fast one address may be, whichever replica answers it. If no
replica answers, nginx says the same apology as the bot.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import Template

from bot import languages
from bot.channels.apology import Reachable, apology, sorry

MISSING = "nginx is not installed; type: sudo apt-get install --yes nginx"
_TEMPLATE = Template((Path(__file__).parent / "nginx.conf").read_text(encoding="utf-8"))


class NotInstalledError(Exception):
    """There is no nginx; the sentence names the command to type."""


def rendered(folder: Path, port: int, replicas: Sequence[int], clinic: Reachable) -> str:
    """The configuration for these replicas, which listen on ports of this machine."""
    servers = "\n        ".join(f"server 127.0.0.1:{each} max_fails=1 fail_timeout=1s;" for each in replicas)
    return _TEMPLATE.substitute(
        folder=folder,
        port=port,
        servers=servers,
        apology=_quoted(apology(clinic)(languages.ids()[0])),
        sorry=_quoted({"error": sorry(clinic)}),
    )


@contextmanager
def running(folder: Path, port: int, replicas: Sequence[int], clinic: Reachable) -> Iterator[None]:
    """Nginx on a port, for as long as the context lasts.

    Raises:
        NotInstalledError: it is not there.
    """
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
    if program is None:
        raise NotInstalledError(MISSING)
    folder.mkdir(mode=0o711, exist_ok=True)
    file = folder / "nginx.conf"
    file.write_text(rendered(folder, port, replicas, clinic), encoding="utf-8")
    command = [program, "-c", str(file), "-e", str(folder / "error.log"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _quoted(answer: object) -> str:
    """JSON as nginx takes it between single quotes; a dollar sign would name one of its variables."""
    return json.dumps(answer).replace("\\", "\\\\").replace("'", "\\u0027").replace("$", "\\u0024")
