"""The SMS channel's tables; ``bot/migrations`` makes them. No phone number stands in them, nor any readable text."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

senders = sa.Table(
    "sms_senders",
    metadata,
    # An HMAC of the number, see bot/handoff/senders.py; it is also the conversation's name in Rasa.
    sa.Column("sender", sa.String(64), primary_key=True),
    sa.Column("first_seen_at", sa.DateTime, nullable=False),
    sa.Column("last_seen_at", sa.DateTime, nullable=False, index=True),
    sa.Column("introduced_at", sa.DateTime),
    sa.Column("opted_out_at", sa.DateTime),
    sa.Column("language", sa.String(8)),
    # The choices that the last answer offered, and what "more" sends.
    sa.Column("sealed_offer", sa.LargeBinary),
)

consents = sa.Table(
    "sms_consents",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender", sa.String(64), nullable=False, index=True),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
    sa.Column("keyword", sa.String(32), nullable=False),
    sa.Column("action", sa.String(16), nullable=False),
)
"""Who wished when to get no texts, or to get them again, and by which word."""

inbox = sa.Table(
    "sms_inbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("message_sid", sa.String(64), nullable=False, unique=True),
    # Of the whole request: two messages never share it, however a replayed one is bent.
    sa.Column("signature", sa.String(64), nullable=False, unique=True),
    sa.Column("sender", sa.String(64), nullable=False, index=True),
    sa.Column("received_at", sa.DateTime, nullable=False, index=True),
    sa.Column("pictures", sa.Integer, nullable=False),
    sa.Column("sealed", sa.LargeBinary),
    # new, answered, ignored, dead
    sa.Column("state", sa.String(16), nullable=False, index=True),
    # How often a claim ran out over it.
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("problem", sa.String(64)),
    sa.Column("done_at", sa.DateTime),
    sa.Column("claimed_until", sa.DateTime),
)

outbox = sa.Table(
    "sms_outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # Travels in the address of the status callback.
    sa.Column("delivery_id", sa.String(32), nullable=False, unique=True),
    # Unique: whatever crashes, no message gets a second answer.
    sa.Column("inbox_id", sa.Integer, sa.ForeignKey("sms_inbox.id", ondelete="CASCADE"), nullable=False, unique=True),
    sa.Column("sender", sa.String(64), nullable=False, index=True),
    # answer, limit, or confirmation: the one kind that goes to somebody who wants no more texts
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False, index=True),
    sa.Column("next_attempt_at", sa.DateTime, nullable=False),
    sa.Column("give_up_at", sa.DateTime, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    # queued, sending, sent, delivered, cancelled, dead
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("in_doubt", sa.Boolean, nullable=False),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("twilio_sid", sa.String(64), unique=True),
    sa.Column("problem", sa.String(64)),
    sa.Column("sent_at", sa.DateTime),
    sa.Column("delivered_at", sa.DateTime),
    sa.Column("claimed_until", sa.DateTime),
)
