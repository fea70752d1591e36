"""The tables of other parts that hold what people wrote, as far as retention and privacy need them.

They belong to the website's and the SMS channel and to Rasa's tracker store. They are named here once more, so that
deleting needs neither Rasa nor a channel; a test compares them with the database.
"""

from __future__ import annotations

import sqlalchemy as sa

website_conversations = sa.table(
    "website_conversations", sa.column("id"), sa.column("started_at", sa.DateTime), sa.column("ended_at", sa.DateTime)
)

website_turns = sa.table(
    "website_turns",
    sa.column("id"),
    sa.column("conversation_id"),
    sa.column("text"),
    sa.column("asked_at", sa.DateTime),
    sa.column("answer"),
    sa.column("answered_at", sa.DateTime),
    sa.column("feedback"),
)

sms_senders = sa.table(
    "sms_senders",
    sa.column("sender"),
    sa.column("first_seen_at", sa.DateTime),
    sa.column("last_seen_at", sa.DateTime),
    sa.column("introduced_at", sa.DateTime),
    sa.column("opted_out_at", sa.DateTime),
    sa.column("language"),
    sa.column("sealed_offer"),
)

sms_consents = sa.table(
    "sms_consents",
    sa.column("id"),
    sa.column("sender"),
    sa.column("at", sa.DateTime),
    sa.column("keyword"),
    sa.column("action"),
)

sms_inbox = sa.table(
    "sms_inbox",
    sa.column("id"),
    sa.column("sender"),
    sa.column("received_at", sa.DateTime),
    sa.column("state"),
)

sms_outbox = sa.table(
    "sms_outbox",
    sa.column("id"),
    sa.column("inbox_id"),
    sa.column("sender"),
    sa.column("kind"),
    sa.column("created_at", sa.DateTime),
    sa.column("state"),
    sa.column("sent_at", sa.DateTime),
    sa.column("delivered_at", sa.DateTime),
)

events = sa.table(
    "events",
    sa.column("id"),
    sa.column("sender_id"),
    sa.column("type_name"),
    sa.column("timestamp", sa.Float),
    sa.column("data"),
)
"""Rasa's tracker: a conversation's id is its sender, and times are seconds since 1970."""

SESSION_STARTED = "session_started"
"""The event that opens each of a conversation's sessions; only the latest is ever read again."""
