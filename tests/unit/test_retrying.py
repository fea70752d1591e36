"""What passes is met with another try, what lasts is told at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.retrying import is_passing, persistently


def failing(times: int, error: Exception) -> Callable[[str], str]:
    left = [times]

    def work(given: str) -> str:
        left[0] -= 1
        if left[0] >= 0:
            raise error
        return given

    return work


def fault(told: str) -> OperationalError:
    return OperationalError("select", {}, Exception(told))


def test_a_fault_that_passes_is_met_with_other_tries() -> None:
    assert persistently(failing(3, fault("server closed the connection")), "done") == "done"


def test_one_that_stays_is_told_when_the_time_is_over() -> None:
    with pytest.raises(OperationalError):
        persistently(failing(10_000, fault("server closed the connection")), "done", seconds=0.2)


@pytest.mark.parametrize(
    "error",
    [
        fault("attempt to write a readonly database"),
        fault("database or disk is full"),
        fault("no such table: events"),
        IntegrityError("insert", {}, Exception("duplicate key")),
        ValueError("no fault of the database"),
    ],
)
def test_what_no_other_try_mends_is_told_at_once(error: Exception) -> None:
    with pytest.raises(type(error)):
        persistently(failing(1, error), "done")


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (fault("database is locked"), True),
        (fault("terminating connection due to administrator command"), True),
        (DBAPIError("select", {}, Exception("gone"), connection_invalidated=True), True),
        (fault("unable to open database file"), False),
    ],
)
def test_which_faults_pass(error: DBAPIError, passes: bool) -> None:
    assert is_passing(error) is passes
