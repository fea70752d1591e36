"""The two systems that are measured: how each is trained, served and asked.

Both get the same examples, rules, domain, actions and knowledge. What differs is what this project changed of
Rasa: Tandem runs as ``tandem serve`` does, stock as Rasa's documentation says.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bench.conversations import Asker, ask_rest, ask_website
from bench.environment import (
    ROOT,
    SCRATCH,
    STOCK_ENVIRONMENT,
    STOCK_LOCK,
    TANDEM_ENVIRONMENT,
    TANDEM_LOCK,
)
from bench.processes import Program
from scripts.free_port import free_port

STOCK_FILES = ROOT / "bench" / "stock"
STOCK_FOLDER = SCRATCH / "stock-project"
TANDEM_MODEL = ROOT / "models" / "tandem.tar.gz"
EXAMPLES_AND_RULES = (str(ROOT / "data" / "nlu"), str(ROOT / "data" / "rules.yml"))
TRAIN = ("--force", "--skip-validation", "--fixed-model-name")


@dataclass(frozen=True)
class System:
    """One of the two, ready to be measured."""

    name: str
    environment: Path
    lock: Path
    folder: Path
    trained: Path
    """The model that the measured training makes."""
    served: Path
    ask: Asker

    @property
    def python(self) -> str:
        """The Python of its environment."""
        return str(self.environment / "bin" / "python")

    @property
    def training_times(self) -> Path:
        """Where its training notes what each component took."""
        return SCRATCH / f"{self.trained.name.removesuffix('.tar.gz')}-training.json"

    @property
    def training(self) -> Program:
        """Train it from nothing, with a stopwatch at every component."""
        data = [*EXAMPLES_AND_RULES, *map(str, self.folder.glob("fallback.yml"))]
        out = ["--out", str(self.trained.parent), *TRAIN, self.trained.name.removesuffix(".tar.gz")]
        command = ["-m", "bench.timed_rasa", str(self.training_times), "train", "--data", *data, *out]
        return self._program("training", self.python, *command)

    def reading(self, questions: Path) -> Program:
        """Read the questions without server and dialogue."""
        return self._program("reading", self.python, "-m", "bench.reading", str(self.served), str(questions))

    def servers(self, port: int) -> Sequence[Program]:
        """Serve it on a port, with whatever it needs beside it."""
        raise NotImplementedError

    def _program(self, purpose: str, *command: str) -> Program:
        return Program(command, self.folder, _environment(), SCRATCH / f"{self.name}-{purpose}.log")


class Tandem(System):
    """This bot, as ``make run`` serves it."""

    def servers(self, port: int) -> Sequence[Program]:
        """One process does it all."""
        server = self._program("server", str(self.environment / "bin" / "tandem"), "serve")
        return [replace(server, environment={**server.environment, "TANDEM_PORT": str(port)})]


class Stock(System):
    """Rasa as ``rasa init`` leaves it, with the actions on their own server."""

    def servers(self, port: int) -> Sequence[Program]:
        """The action server and the bot's."""
        actions_port, local = free_port(), ["-i", "127.0.0.1"]
        actions = self._program(
            "actions", self._rasa, "run", "actions", "--actions", "actions", "--port", str(actions_port)
        )
        command = ["run", *local, "--port", str(port), "--model", str(self.served), *_named_files()]
        server = self._program("server", self._rasa, *command)
        environment = {
            **server.environment,
            "STOCK_ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
            "STOCK_TRACKER_FILE": str(self.folder / "tracker.db"),
            "SANIC_HOST": "127.0.0.1",
        }
        return [replace(program, environment=environment) for program in (actions, server)]

    @property
    def _rasa(self) -> str:
        return str(self.environment / "bin" / "rasa")


def tandem() -> System:
    """Lay Tandem out; the model that is served is the one of ``make train``."""
    trained = SCRATCH / "tandem-model" / "tandem.tar.gz"
    return Tandem("tandem", TANDEM_ENVIRONMENT, TANDEM_LOCK, ROOT, trained, TANDEM_MODEL, ask_website)


def stock(epochs: int) -> System:
    """Lay the stock project out anew in the scratch folder, with a training of so many epochs."""
    STOCK_FOLDER.mkdir(parents=True, exist_ok=True)
    for file in [*STOCK_FILES.glob("*.yml"), ROOT / "domain.yml"]:
        shutil.copy(file, STOCK_FOLDER)
    _set_epochs(STOCK_FOLDER / "config.yml", epochs)
    model = STOCK_FOLDER / "models" / f"stock-{epochs}.tar.gz"
    return Stock("stock", STOCK_ENVIRONMENT, STOCK_LOCK, STOCK_FOLDER, model, model, ask_rest)


def fresh_data() -> None:
    """Forget the last run's conversations and databases."""
    shutil.rmtree(_data_folder(), ignore_errors=True)
    _data_folder().mkdir(parents=True)
    (STOCK_FOLDER / "tracker.db").unlink(missing_ok=True)


def knowledge() -> Program:
    """Load the knowledge into the database that both systems' actions read."""
    command = (str(TANDEM_ENVIRONMENT / "bin" / "python"), "-m", "bot.server.prepare")
    return Program(command, ROOT, _environment(), SCRATCH / "knowledge.log")


def _named_files() -> list[str]:
    return ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]


def _set_epochs(config_file: Path, epochs: int) -> None:
    config = yaml.safe_load(config_file.read_text(encoding="utf-8"))
    for step in [*config["pipeline"], *config["policies"]]:
        if "epochs" in step:
            step["epochs"] = epochs
    config_file.write_text(yaml.safe_dump(config), encoding="utf-8")


def _data_folder() -> Path:
    return SCRATCH / "data"


def _environment() -> dict[str, str]:
    """This shell's environment without the bot's settings in it, and with a database for this run alone."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("TANDEM_")}
    # Bytecode is kept, as make does for the bot: else every start would compile a thousand modules anew.
    outside.pop("PYTHONDONTWRITEBYTECODE", None)
    ours = {"TANDEM_DATA_DIR": str(_data_folder()), "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
    return {**outside, **ours, "RASA_MAX_CACHE_SIZE": "0", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
