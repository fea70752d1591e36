"""The worker killed at random moments, on every database: the quick version of ``make faults``."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from tests.faults.mailbox import open_mailbox
from tests.faults.worker_trials import run

TRIALS = 15


def test_nothing_is_lost_made_up_or_sent_under_two_ids(migrated: Engine) -> None:
    with open_mailbox(slowness=0.01) as mailbox:
        report = run(migrated, mailbox, TRIALS)
    assert report.faults == {}
    assert sum(report.fell.values()) == TRIALS
    assert report.confirmed
    assert len({mail.message_id for mail in report.mails}) == len({mail.reference for mail in report.mails})
