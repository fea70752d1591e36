"""Delete what was kept for its time; export or forget what is held on one person."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from bot.cli.staff import opened_database, who
from bot.clock import utc_now
from bot.handoff.person import Person
from bot.handoff.privacy import Privacy
from bot.handoff.retention import Periods, Purged
from bot.handoff.retention import purge as delete_what_is_over
from bot.handoff.vault import ContactVault
from bot.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False)
Phone = Annotated[str | None, typer.Option(help="The person's phone number, such as 403-555-0100.")]
As = Annotated[str | None, typer.Option("--as", help="Who is asking, for the audit; your account unless given.")]
Email = Annotated[str | None, typer.Option(help="The person's e-mail address.")]


@app.callback()
def privacy() -> None:
    """Delete what was kept for its time; export or forget what is held on one person."""


@app.command()
def purge() -> None:
    """Delete conversations, contact data and requests whose time is over; the worker does it every day."""
    settings = Settings.from_environment()
    with opened_database(settings) as bound:
        print(_told(delete_what_is_over(bound, utc_now(), Periods.of(settings))))
        if resealed := ContactVault(bound, settings.secret_key()).reseal():
            print(f"Sealed anew with the newest key: {resealed}.")


@app.command()
def export(phone: Phone = None, email: Email = None, as_name: As = None) -> None:
    """Print all that is held on a person as JSON: requests, contact data, deliveries, conversations."""
    person, settings = Person.by(phone, email), Settings.from_environment()
    with opened_database(settings) as bound:
        held = Privacy(bound, ContactVault(bound, settings.secret_key())).export(person, who(as_name))
    print(json.dumps(held, ensure_ascii=False, indent=2))
    _warn(held["unreadable_values"])


@app.command()
def forget(phone: Phone = None, email: Email = None, as_name: As = None) -> None:
    """Delete all that is held on a person, for good, and print how much it was."""
    person, settings = Person.by(phone, email), Settings.from_environment()
    with opened_database(settings) as bound:
        gone = Privacy(bound, ContactVault(bound, settings.secret_key())).forget(person, who(as_name))
    counts = {name: count for name, count in asdict(gone).items() if name != "unreadable"}
    print(f"Deleted: {_counted(counts)}." if any(counts.values()) else "Nothing was held on this person.")
    _warn(gone.unreadable)


def _told(done: Purged | None) -> str:
    if done is None:
        return "Another process is deleting the same at this moment."
    counts = {name: count for name, count in asdict(done).items() if name != "never_closed"}
    told = f"Deleted: {_counted(counts)}."
    return f"{told} Never closed among the requests: {done.never_closed}." if done.never_closed else told


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _warn(unreadable: int) -> None:
    if unreadable:
        print(f"Could not be searched, because no key of TANDEM_SECRET_KEY opens it: {unreadable}.", file=sys.stderr)
