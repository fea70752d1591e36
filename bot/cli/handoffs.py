"""See the requests for a professional, look one up, close it, have it delivered again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo
from typing import Annotated, Any

import typer
from rich.console import Console, RenderableType

from bot.cli.handoffs_view import document, one_request, one_shown, shown_document, table
from bot.cli.staff import opened_database, who
from bot.clinic import read_clinic
from bot.handoff.requests import RequestStore
from bot.handoff.types import STATES
from bot.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False)
Reference = Annotated[str, typer.Argument(help="The request's reference, such as TD-4F7K.", show_default=False)]
As = Annotated[str | None, typer.Option("--as", help="Who is asking, for the audit; your account unless given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, for scripts.")]


@app.callback()
def handoffs() -> None:
    """See the requests for a professional, look one up, close it, have it delivered again."""


@app.command("list")
def list_requests(
    every: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False, as_json: AsJson = False
) -> None:
    """List the open requests, the oldest first, without contact data."""
    with _context() as (store, zone):
        found = store.listed(*(STATES if every else ("waiting", "passed_on")))
    _write([document(request) for request in found], table(found, zone), as_json)


@app.command()
def show(reference: Reference, as_name: As = None, as_json: AsJson = False) -> None:
    """Show a request with its contact data; that you looked, and when, is kept."""
    with _context() as (store, zone):
        found = store.show(reference, who(as_name))
    _write(shown_document(found), one_shown(found, zone), as_json)


@app.command()
def close(reference: Reference, as_name: As = None, as_json: AsJson = False) -> None:
    """Close a request: somebody has taken care of it."""
    with _context() as (store, zone):
        found = store.close(reference, who(as_name))
    _write(document(found), one_request(found, zone), as_json)


@app.command()
def retry(reference: Reference, as_name: As = None, as_json: AsJson = False) -> None:
    """Try at once again to deliver a request, one that was given up too."""
    with _context() as (store, zone):
        found = store.retry(reference, who(as_name))
    _write(document(found), one_request(found, zone), as_json)


@contextmanager
def _context() -> Iterator[tuple[RequestStore, tzinfo]]:
    settings = Settings.from_environment()
    zone = read_clinic(settings.clinic_file).zone
    with opened_database(settings) as bound:
        yield RequestStore.from_settings(settings, bound), zone


def _write(plain: Any, page: RenderableType, as_json: bool) -> None:
    if as_json:
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        Console(highlight=False).print(page)
