"""nginx as an operator runs it, for a cluster and for tests: deploy/nginx, laid out at ports of this machine.

Nothing of the site itself is written here. Beside the site's own servers stands one without TLS.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.channels.apology import Reachable
from bot.channels.away import configuration
from bot.settings import PROJECT_ROOT
from cluster.replicas import NotStartedError

MISSING = "nginx is not installed; type: sudo apt-get install --yes nginx"
SITE = PROJECT_ROOT / "deploy" / "nginx"
NAME = "chat.clinic.example"
MAIN = """\
worker_processes 1;
daemon off;
pid nginx.pid;
error_log error.log warn;
events {{ worker_connections 2048; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include conf.d/*.conf;
    server {{
        listen 127.0.0.1:{port};
        include tandem/site.conf;
    }}
}}
"""
SERVER = re.compile(r"^ *server .*\n", re.MULTILINE)
START_SECONDS = 60


class NotInstalledError(Exception):
    """There is no nginx; the sentence names the command to type."""


@dataclass(frozen=True)
class Ports:
    """Where the site listens: without TLS, to lead to TLS, and with it."""

    http: int
    redirect: int
    tls: int


def lay_out(folder: Path, ports: Ports, replicas: Sequence[int], clinic: Reachable) -> None:
    """Write the site and a certificate of its own into a new folder.

    Args:
        folder: Where; its parent is there.
        ports: Where it listens, on this machine alone.
        replicas: The ports of the bot's processes.
        clinic: Whom to call while none of them answers.
    """
    shutil.copytree(SITE, folder)
    (folder / "nginx.conf").write_text(MAIN.format(port=ports.http))
    for file in folder.glob("*/*.conf"):
        file.write_text(_moved(file.read_text(), ports))
    upstream = folder / "tandem" / "upstream.conf"
    upstream.write_text(_led_to(upstream.read_text(), replicas))
    (folder / "tandem" / "away.conf").write_text(configuration(clinic))
    _certify(folder)


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """Nginx with what is laid out in a folder, for as long as the context lasts.

    Raises:
        NotInstalledError: it is not there.
        NotStartedError: it has ended instead of serving.
    """
    with subprocess.Popen(command(folder), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, folder)
            yield
        finally:
            process.terminate()


def command(folder: Path) -> list[str]:
    """What starts it."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin")
    if program is None:
        raise NotInstalledError(MISSING)
    return [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Until its number is written, which it does once it listens."""
    deadline = time.monotonic() + START_SECONDS
    while not (folder / "nginx.pid").exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotStartedError((folder / "error.log").read_text()[-2000:])
        time.sleep(0.02)


def _moved(text: str, ports: Ports) -> str:
    """A file of the site with its log and certificate in the folder, listening at other ports."""
    loopback = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    moved = loopback.replace("/var/log/nginx/", "").replace("/etc/tandem/tls/", "")
    moved = moved.replace("listen 80;", f"listen 127.0.0.1:{ports.redirect};")
    return moved.replace("listen 443 ", f"listen 127.0.0.1:{ports.tls} ")


def _led_to(upstream: str, replicas: Sequence[int]) -> str:
    """The upstream with the line of its one process once for each of these."""
    return SERVER.sub(lambda line: "".join(line[0].replace(":8000", f":{port}") for port in replicas), upstream)


def _certify(folder: Path) -> None:
    """A certificate that nobody else has to trust."""
    made = ("-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem")
    of_whom = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}")
    kind = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30")
    subprocess.run(["openssl", "req", *kind, *made, *of_whom], check=True, capture_output=True)
