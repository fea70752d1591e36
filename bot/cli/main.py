"""The command-line tool ``tandem``.

Every module beside this one that sets ``app`` (a ``typer.Typer``) is a command of its name; the first line of
its docstring is its help. It is imported only when it is called, so that ``tandem knowledge`` does not wait
for Rasa.
"""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot.errors import TandemError
from bot.version import version

HERE = Path(__file__).parent


class _Later(TyperCommand):
    """A command that is known by name and help, and imported when it is called."""

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        module = import_module(f"bot.cli.{self.name}")
        return typer.main.get_command(module.app).make_context(info_name, args, parent, **extra)


class _Commands(TyperGroup):
    """The commands that lie beside this module."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(file.stem for file in HERE.glob("*.py") if _is_command(file))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        file = HERE / f"{cmd_name}.py"
        return _Later(name=cmd_name, help=_help_of(file), callback=None) if _is_command(file) else None


app = typer.Typer(cls=_Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Tandem {version()}")
        raise typer.Exit


@app.callback()
def tandem(
    _: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """The consultation bot for Botox and microneedling: serve it, ask it, look into what it knows."""


def main() -> None:
    """Run ``tandem``; an error that a person can put right is one line, without a stack trace."""
    try:
        app()
    except TandemError as error:
        print(error, file=sys.stderr)
        raise SystemExit(error.exit_code) from None


def _is_command(file: Path) -> bool:
    """Whether a module sets ``app``; its text is read, because importing it is what has to wait."""
    if not file.is_file() or file == Path(__file__):
        return False
    set_here = (node.targets for node in _parsed(file).body if isinstance(node, ast.Assign))
    return any(isinstance(t, ast.Name) and t.id == "app" for targets in set_here for t in targets)


def _help_of(file: Path) -> str:
    return (ast.get_docstring(_parsed(file)) or "").partition("\n")[0]


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
