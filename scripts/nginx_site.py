"""Lays deploy/nginx out as a whole nginx of one's own: other ports, another certificate, any number of processes.

For the tests and for a cluster without containers; nothing of the site itself is written here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "deploy" / "nginx"
MAIN = """\
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    {temporary}
    include conf.d/*.conf;
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
SERVER = re.compile(r"^ *server .*\n", re.MULTILINE)


@dataclass(frozen=True)
class Ports:
    """Where the site listens."""

    plain: int
    tls: int


def lay_out(folder: Path, ports: Ports, processes: Sequence[str], name: str = "chat.clinic.example") -> list[str]:
    """Write the site and a certificate of its own into a folder; the command that starts nginx comes out.

    Args:
        folder: An empty folder, or one that is to be made.
        ports: Where it listens, on this machine alone.
        processes: The bot's processes, as ``host:port``.
        name: The host that it serves.
    """
    shutil.copytree(SITE, folder, dirs_exist_ok=True)
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in TEMPORARY)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, temporary=temporary))
    site = folder / "conf.d" / "tandem.conf"
    site.write_text(_moved(site.read_text(), folder, ports))
    (folder / "tandem" / "name.conf").write_text(f"server_name {name};\n")
    (folder / "tandem" / "certificate.conf").write_text(
        f"ssl_certificate {folder}/site.crt;\nssl_certificate_key {folder}/site.key;\n"
    )
    upstream = folder / "tandem" / "upstream.conf"
    upstream.write_text(_led_to(upstream.read_text(), processes))
    _certify(folder, name)
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def _moved(site: str, folder: Path, ports: Ports) -> str:
    """The site at other ports, with its log in the folder."""
    loopback = re.sub(r"^ *listen \[::\].*\n", "", site, flags=re.MULTILINE)
    moved = loopback.replace("listen 80;", f"listen 127.0.0.1:{ports.plain};")
    return moved.replace("listen 443 ", f"listen 127.0.0.1:{ports.tls} ").replace("/var/log/nginx", str(folder))


def _led_to(upstream: str, processes: Sequence[str]) -> str:
    """The upstream with the line of its one process once for each of these."""
    line = SERVER.findall(upstream)[0]
    lines = "".join(re.sub(r"server \S+", f"server {process}", line) for process in processes)
    return upstream.replace(line, lines)


def _certify(folder: Path, name: str) -> None:
    """A certificate that nobody else has to trust."""
    made = ("-keyout", str(folder / "site.key"), "-out", str(folder / "site.crt"))
    of_whom = ("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}")
    kind = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30")
    subprocess.run(["openssl", "req", *kind, *made, *of_whom], check=True, capture_output=True)
