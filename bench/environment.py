"""The stock Rasa's own environment, ``.bench/stock``: made from its lock, and made anew when the lock changes."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = ROOT / ".bench"
STOCK_LOCK = ROOT / "requirements" / "stock.txt"
STOCK_ENVIRONMENT = SCRATCH / "stock"
TANDEM_LOCK = ROOT / "requirements" / "run.txt"
TANDEM_ENVIRONMENT = ROOT / ".venv"
MIB = 1024 * 1024
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==", re.MULTILINE)


class BenchError(RuntimeError):
    """The measurement cannot be made; one sentence says why."""


def stock_is_installed() -> bool:
    """Tell whether the stock environment is there and is what its lock says."""
    stamp = _stamp()
    return stamp.is_file() and stamp.read_bytes() == STOCK_LOCK.read_bytes()


def install_stock() -> None:
    """Make the stock environment, every package checked against the hashes of the lock.

    Raises:
        BenchError: uv is missing or fails.
    """
    shutil.rmtree(STOCK_ENVIRONMENT, ignore_errors=True)
    _uv("venv", "--quiet", "--python", "3.10", str(STOCK_ENVIRONMENT))
    python = str(STOCK_ENVIRONMENT / "bin" / "python")
    _uv("pip", "sync", "--quiet", "--require-hashes", "--python", python, str(STOCK_LOCK))
    _stamp().write_bytes(STOCK_LOCK.read_bytes())


def size_in_mib(environment: Path, lock: Path) -> float:
    """Return what a lock's packages take on disk: development tools beside them do not count."""
    locked = {_plain(name) for name in _PINNED.findall(lock.read_text(encoding="utf-8"))}
    site_packages = next(environment.glob("lib/python3*/site-packages"))
    installed = distributions(path=[str(site_packages)])
    return sum(_size(package) for package in installed if _plain(package.metadata["Name"]) in locked) / MIB


def _size(package: Distribution) -> int:
    files = (Path(str(file.locate())) for file in package.files or ())
    return sum(file.stat().st_size for file in files if file.is_file())


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _stamp() -> Path:
    return STOCK_ENVIRONMENT / ".lock"


def _uv(*arguments: str) -> None:
    uv = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    try:
        done = subprocess.run([uv, *arguments], capture_output=True, text=True)
    except FileNotFoundError:
        raise BenchError("uv is missing, which installs the stock Rasa; run: make setup") from None
    if done.returncode:
        raise BenchError(f"uv {arguments[0]} failed: {done.stderr.strip().splitlines()[-1:]}")
