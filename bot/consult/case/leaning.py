"""How a message leans on an earlier turn: "why?", "the other way round?", "and the day after that?"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.consult.case.case import Lean, LeanKind
from bot.consult.case.evidence import Guess
from bot.consult.case.memory import Memory
from bot.consult.case.thread import timing_topic
from bot.consult.reading.message import Reading
from bot.consult.topics import Topic, is_on_timing, of_treatment, wait_after

ASPECTS_OF_EACH = frozenset({"what", "uses"})
"""What the knowledge tells of every treatment of ours."""
SAME_FOR_BOTH = frozenset({"price", "pain", "aftercare", "number_of_sessions"})
FEW_WORDS, SHORT, NOT_LONG = 5, 12, 16
"""The most words of a bare figure, of a message that leans on an earlier turn, of one that names its subject again."""


@dataclass(frozen=True)
class _Turn:
    """One message beside its conversation."""

    reading: Reading
    memory: Memory
    guesses: tuple[Guess, ...]
    clear: bool

    @property
    def elsewhere(self) -> bool:
        """The classifier is clear of a topic that has nothing to do with timing."""
        return self.clear and not is_on_timing(self.guesses[0].topic)

    @property
    def on_timing(self) -> bool:
        """The turn before spoke of timing."""
        return bool(self.memory.topic and is_on_timing(self.memory.topic))

    @property
    def gives_time(self) -> bool:
        """It gives a date, a length or a bare figure."""
        return bool(self.reading.times) or self.reading.figure is not None

    def fits(self, most_words: int) -> bool:
        """It is short and names no other treatment."""
        return self.reading.words <= most_words and not self.reading.uncovered


def leaning(reading: Reading, memory: Memory, guesses: tuple[Guess, ...], clear: bool) -> Lean | None:
    """Return how a message leans on the turns before it, if it does; the first that fits."""
    turn = _Turn(reading, memory, guesses, clear)
    return next((lean for read in WAYS if (lean := read(turn))), None)


def _answers(turn: _Turn) -> Lean | None:
    """The date that was asked for."""
    timeline = turn.reading.timeline
    dated = bool(timeline.loose or timeline.times)
    ours = not turn.elsewhere or turn.reading.words <= FEW_WORDS
    return Lean("answers") if turn.memory.awaiting and dated and ours and not turn.reading.uncovered else None


def _moves(turn: _Turn) -> Lean | None:
    """The plan last spoken of, moved ("and the day after that?")."""
    spoken_of = bool(turn.memory.times or turn.memory.gap) and timing_topic(turn.memory)
    moves = turn.reading.moved_by is not None and not turn.reading.mentions
    return Lean("moves") if moves and spoken_of and turn.fits(SHORT) else None


def _whole(turn: _Turn) -> Lean | None:
    """A message that is a known form as a whole (data/language/follow_ups.yml)."""
    kind = turn.reading.follow_up
    if kind == "when" and not turn.memory.times:
        kind = "how_long"
    if kind == "ack" and turn.memory.asked_to_call:
        kind = "yes"
    return Lean(kind) if kind else None  # type: ignore[arg-type]


def _asks_figure(turn: _Turn) -> Lean | None:
    """Presses for a number in other words ("just the weeks please")."""
    presses = turn.reading.has("figure") and not turn.reading.mentions and turn.fits(SHORT)
    held = turn.on_timing or turn.memory.safe.safe_state == "clinician_only"
    return Lean("number_only") if presses and held else None


def _for_another(turn: _Turn) -> Lean | None:
    """The question at hand, for somebody else ("and for my mom, she's 45?")."""
    asks = turn.reading.has("for_another") and not turn.reading.mentions and turn.fits(NOT_LONG)
    return Lean("another") if asks and timing_topic(turn.memory) else None


def _asks_leave(turn: _Turn) -> Lean | None:
    """Asks for a clearance in other words ("my sister was fine", "can I go ahead?"): nothing of it changes anything."""
    reading = turn.reading
    like_others = reading.has("others") and reading.has("went_fine")
    permitted = reading.has("go_ahead") and reading.words <= SHORT and not reading.times
    doubts = turn.on_timing and not turn.clear and reading.has("may_i") and not (reading.mentions or turn.gives_time)
    asks = like_others or permitted or (doubts and reading.words <= SHORT)
    return Lean("clearance") if asks and not reading.uncovered and not turn.elsewhere else None


def _returns(turn: _Turn) -> Lean | None:
    """Takes up a topic that was spoken of before ("ok back to that gap, what was it")."""
    reading, memory = turn.reading, turn.memory
    if not reading.has("back_to") or reading.timeline.says_when or not turn.fits(NOT_LONG):
        return None
    if reading.has("between", "waiting_itself") and any(map(is_on_timing, memory.topics)):
        return Lean("returns", wait_after(reading.direction.first or memory.first or reading.pair[0]))
    known = next((g.topic for g in turn.guesses if g.topic in memory.topics), None)
    return Lean("returns", known) if known and not (turn.clear and turn.guesses[0].topic != known) else None


def _in_its_place(turn: _Turn) -> Lean | None:
    """One of ours for another treatment whose dates were told ("and normal needling that day?")."""
    told = {treatment for treatment, _ in turn.memory.times}
    others = set(turn.reading.uncovered)
    replaces = bool(others) and turn.reading.has("negation") and others <= told
    named = turn.reading.covered and (replaces or turn.reading.has("plain_kind") or not (others or turn.elsewhere))
    fits = turn.memory.topic == "other_treatment" and told and turn.reading.words <= SHORT
    return Lean("in_its_place") if named and fits else None


def _is_back(turn: _Turn) -> Lean | None:
    """Is there again, and asks nothing yet ("sorry, had to take a call")."""
    reading = turn.reading
    asks = reading.mentions or reading.times or reading.has("planned", "how_long", "which", "why", "back_to")
    return Lean("greet") if turn.memory.turns and reading.has("was_away") and not asks and turn.fits(SHORT) else None


def _twin(turn: _Turn) -> Lean | None:
    """The same of the other treatment ("and needling?" after a question on Botox)."""
    topic, reading = turn.memory.topic, turn.reading
    if not topic or not turn.fits(FEW_WORDS):
        return None
    if reading.has("other_one") and not reading.mentions:
        return _of_the_other(topic, turn)
    if len(reading.covered) != 1 or is_on_timing(topic):
        return None
    if topic == "other_treatment" and reading.has("plain_kind"):  # "and just regular needling?"
        return Lean("twin", wait_after(reading.pair[0]))
    if not _only_names(reading):
        return None
    twin = of_treatment(topic, reading.covered[0])
    known = any(guess.topic == twin for guess in turn.guesses)
    return Lean("twin", twin if known else topic) if known or topic in SAME_FOR_BOTH else None


def _only_names(reading: Reading) -> bool:
    beside = reading.words - len(reading.mentions[0].text.split())
    return beside <= 2 and not reading.has("how_long", "which", "done", "planned")


def _of_the_other(topic: Topic, turn: _Turn) -> Lean | None:
    one, _, aspect = topic.partition("_")
    other = next((t for t in turn.reading.pair if t != one), "")
    known = one in turn.reading.pair and aspect in ASPECTS_OF_EACH
    return Lean("twin", of_treatment(topic, other)) if known else None


def _retimes(turn: _Turn) -> Lean | None:
    """The same question with another time or another order ("3 days is fine?", "sorry, needling first")."""
    reading = turn.reading
    if not turn.on_timing or not turn.fits(NOT_LONG):
        return None
    bare = reading.figure is not None or any(t.kind == "length" for t in reading.times)
    figure_only = bare and not reading.mentions and reading.words <= FEW_WORDS
    if turn.elsewhere and not figure_only:
        return None
    if reading.direction.flips:
        return Lean("flip")
    if reading.has("hearsay") and not reading.has("updates") and not any(t.kind == "point" for t in reading.times):
        return Lean("number_only")
    if (reading.timeline.says_when or bare) and not (reading.has("same_day") and not reading.times):
        return Lean("regaps" if bare and not turn.memory.times else "retimes")
    return _reorders(turn)


def _reorders(turn: _Turn) -> Lean | None:
    direction, asks = turn.reading.direction, turn.reading.has("how_long", "same_day")
    tells = direction.first and not direction.asks_which and not asks
    return Lean("reorders") if tells and turn.reading.words <= SHORT else None


def stands_at(lean: Lean | None, *kinds: LeanKind) -> bool:
    """Tell whether a message leans in one of these ways."""
    return lean is not None and lean.kind in kinds


WAYS = (
    _answers,
    _moves,
    _whole,
    _asks_figure,
    _for_another,
    _asks_leave,
    _returns,
    _in_its_place,
    _is_back,
    _twin,
    _retimes,
)
