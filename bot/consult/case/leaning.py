"""How a message leans on an earlier turn: "why?", "the other way round?", "and the day after that?"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.consult.case.case import Lean, LeanKind
from bot.consult.case.evidence import NO_TURN, Guess, TurnGuess
from bot.consult.case.memory import Memory
from bot.consult.case.thread import timing_topic
from bot.consult.reading.message import Reading
from bot.consult.topics import (
    COURTESIES,
    NOT_OURS,
    REASONS,
    Topic,
    is_about,
    is_of_each,
    is_on_timing,
    of_treatment,
    wait_after,
)
from bot.consult.types import TreatmentId

WHAT, DURATION = "what", "duration"
WORKS = ("_onset", f"_{DURATION}")
"""How the topics end that tell when and how long something works."""
SAME_FOR_BOTH = frozenset(
    {"price", "pain", "aftercare", "number_of_sessions", "provider_choice", "side_effect_mild", "clinician_only"}
)
"""What has one topic for both: the same question of the other treatment keeps it."""
PASSING = frozenset({"side_effect_mild", "microneedling_inflammation", "pain"})
"""What goes away again: "how long does that last?" asks for more of it."""
SESSIONS = "number_of_sessions"
SEEN = 0.4
"""How likely a kind of turn has to be."""
LIKELY = 0.3
"""From this confidence on a message is about something of its own."""
REACTIONS = frozenset({"ack", "no"})
"""Kinds of turns that ask nothing."""
WITH_A_DAY = 2
"""The most words beside a treatment and the day that it is given."""
FEW_WORDS, SHORT, NOT_LONG = 5, 12, 16
"""The most words of a bare figure, of a message that leans on an earlier turn, of one that names its subject again."""


@dataclass(frozen=True)
class _Turn:
    """One message beside its conversation."""

    reading: Reading
    memory: Memory
    guesses: tuple[Guess, ...]
    clear: bool
    seen: TurnGuess = NO_TURN

    @property
    def elsewhere(self) -> bool:
        """It asks something of the clinic, or the classifier is clear of a topic that has nothing to do with timing."""
        looked_up = self.reading.has("updates")  # "found your email, it was Nov 6"
        of_the_clinic = bool(self.reading.clinic) and not looked_up
        return of_the_clinic or (self.clear and not is_on_timing(self.guesses[0].topic))

    @property
    def asks_why(self) -> bool:
        """The classifier is clear that it asks for reasons or benefits."""
        return self.clear and self.guesses[0].topic in REASONS

    @property
    def on_timing(self) -> bool:
        """The turn before spoke of timing."""
        return bool(self.memory.topic and is_on_timing(self.memory.topic))

    @property
    def spoke(self) -> bool:
        """Something was spoken of before."""
        return self.memory.topic is not None

    @property
    def gives_time(self) -> bool:
        """It gives a date, a length or a bare figure."""
        return bool(self.reading.times) or self.reading.figure is not None

    def fits(self, most_words: int) -> bool:
        """It is short and names no other treatment."""
        return self.reading.words <= most_words and not self.reading.uncovered

    def knows(self, topic: Topic) -> bool:
        """There is such a topic: one of every treatment, or one that the classifier thought of."""
        return is_of_each(topic) or any(guess.topic == topic for guess in self.guesses)


def leaning(
    reading: Reading, memory: Memory, guesses: tuple[Guess, ...], clear: bool, seen: TurnGuess = NO_TURN
) -> Lean | None:
    """Return how a message leans on the turns before it, if it does; the first that fits."""
    turn = _Turn(reading, memory, guesses, clear, seen)
    return next((lean for read in WAYS if (lean := read(turn))), None)


def _answers(turn: _Turn) -> Lean | None:
    """The date that was asked for."""
    timeline = turn.reading.timeline
    dated = bool(timeline.loose or timeline.times)
    ours = not turn.elsewhere or turn.reading.words <= FEW_WORDS
    return Lean("answers") if turn.memory.awaiting and dated and ours and not turn.reading.uncovered else None


def _settles(turn: _Turn) -> Lean | None:
    """Thanks with a day in it ("ok Dec 5 it is, thanks"): with the day spoken of a courtesy, else a new plan."""
    days = {period for told in turn.reading.times for period in told.readings}
    thanks = turn.reading.has("settles") and turn.guesses[0].topic in COURTESIES and turn.fits(NOT_LONG)
    if not (thanks and days and turn.on_timing):
        return None
    return Lean("retimes" if all(days.isdisjoint(time.readings) for _, time in turn.memory.times) else "ack")


def _moves(turn: _Turn) -> Lean | None:
    """The plan last spoken of, moved ("and the day after that?")."""
    spoken_of = bool(turn.memory.times or turn.memory.gap) and timing_topic(turn.memory)
    beside = turn.elsewhere and turn.reading.words > FEW_WORDS  # "can I wear makeup the day after?"
    moves = turn.reading.moved_by is not None and not (turn.reading.mentions or beside)
    return Lean("moves") if moves and spoken_of and turn.fits(SHORT) else None


def _whole(turn: _Turn) -> Lean | None:
    """A message that is a known form as a whole (data/language/follow_ups.yml)."""
    kind = turn.reading.follow_up
    if kind == "when" and not turn.memory.times:
        kind = "how_long"
    if kind == "ack" and turn.memory.asked_to_call:
        kind = "yes"
    if kind == "lasts":
        return _lasts(turn)
    return _lean(kind, turn) if kind else None


def _which_counts(turn: _Turn) -> Lean | None:
    """Of two days told of one treatment the one that counts ("surely the first one counts?")."""
    several = any(time.several for _, time in turn.memory.times)
    return Lean("which_counts") if several and turn.reading.has("counted") else None


def _lasts(turn: _Turn) -> Lean | None:
    """How long that lasts: more of what passes, or else the effect of the treatment spoken of."""
    topic = turn.memory.topic or ""
    if topic in PASSING:
        return Lean("more")
    effect = f"{topic.partition('_')[0]}_{DURATION}"
    return Lean("twin", effect) if is_about(topic, turn.reading.pair) and turn.knows(effect) else None


def _lean(kind: str, turn: _Turn) -> Lean:
    """A length that is asked for is that of what was spoken of last: after a question on sessions theirs."""
    of_sessions = kind == "how_long" and turn.memory.topic == SESSIONS
    return Lean("more" if of_sessions else kind)  # type: ignore[arg-type]


def _asks_figure(turn: _Turn) -> Lean | None:
    """Presses for a number in other words ("just the weeks please"), between both, or for the longest wait."""
    presses = _names_figure(turn) and not turn.reading.mentions and turn.fits(SHORT)
    held = turn.on_timing or turn.memory.safe.safe_state == "clinician_only"
    return Lean("number_only") if presses and held else None


def _names_figure(turn: _Turn) -> bool:
    reading = turn.reading
    if reading.has("figure") and not (reading.clinic or _wants_a_person(turn)):
        return True
    if "alternatives" in reading.manners:
        return True  # "but is it like a week or two?"
    longest = reading.has("at_most") and (not turn.elsewhere or _gives_length(reading))
    return longest or (reading.has("how_long") and reading.has("both"))


def _wants_a_person(turn: _Turn) -> bool:
    """As in "can I leave my number?"."""
    return turn.clear and turn.guesses[0].topic == "consult"


def _for_another(turn: _Turn) -> Lean | None:
    """The question at hand, for somebody else ("and for my mom, she's 45?")."""
    anew = turn.reading.mentions or turn.elsewhere or turn.reading.has("which")
    asks = turn.reading.has("for_another") and not anew and turn.fits(NOT_LONG)
    return Lean("another") if asks and timing_topic(turn.memory) else None


def _asks_leave(turn: _Turn) -> Lean | None:
    """Asks for a clearance in other words ("my sister was fine", "can I go ahead?"): nothing of it changes anything."""
    reading = turn.reading
    if reading.uncovered:
        return None
    permitted = reading.has("go_ahead") and not reading.times
    asks = not turn.elsewhere and reading.words <= SHORT and (permitted or _doubts(turn))
    return Lean("clearance") if asks or _did_like_others(turn) else None


def _did_like_others(turn: _Turn) -> bool:
    """Where timing was spoken of, others had both and it went well for them; a question of its own is none of it."""
    did = turn.reading.has("others") and turn.reading.has("went_fine", "do_both")
    told = did and not turn.reading.timeline.says_when
    return turn.spoke and told and not (turn.elsewhere and "whether" in turn.reading.manners)


def _doubts(turn: _Turn) -> bool:
    """It asks "may I?" on the timing at hand, and nothing new comes with it."""
    may_i = turn.on_timing and not turn.clear and "may_i" in turn.reading.manners
    return may_i and not (turn.reading.mentions or turn.gives_time)


def _same_for_it(turn: _Turn) -> Lean | None:
    """The same rule for another treatment just spoken of ("is it the same wait?")."""
    asks = turn.memory.topic == "other_treatment" and turn.reading.has("the_same") and turn.fits(SHORT)
    return Lean("returns", "other_treatment") if asks and len(turn.reading.covered) < 2 else None


def _returns(turn: _Turn) -> Lean | None:
    """Takes up a topic that was spoken of before ("ok back to that gap, what was it")."""
    if not turn.reading.has("back_to") or turn.reading.timeline.says_when or not turn.fits(NOT_LONG):
        return None
    topic = _spoken_of(turn)
    return Lean("returns", topic) if topic else None


def _spoken_of(turn: _Turn) -> Topic | None:
    """The wait, or else the likeliest guess among the topics of earlier turns; beside a clear guess no other counts."""
    reading, memory = turn.reading, turn.memory
    if reading.has("between", "waiting_itself") and any(map(is_on_timing, memory.topics)):
        return wait_after(reading.direction.first or memory.first or reading.pair[0])
    guesses = turn.guesses[:1] if turn.clear else turn.guesses
    return next((g.topic for g in guesses if g.topic in memory.topics), None)


def _in_its_place(turn: _Turn) -> Lean | None:
    """One of ours for another treatment whose dates were told ("and normal needling that day?")."""
    told = dict(turn.memory.times)
    fits = turn.memory.topic == "other_treatment" and told and turn.reading.words <= SHORT
    return Lean("in_its_place") if fits and turn.reading.covered and _replaces(turn, set(told)) else None


def _replaces(turn: _Turn, told: set[TreatmentId]) -> bool:
    """The plain kind, or one of ours alone, or "not" one whose dates were told."""
    if turn.reading.has("plain_kind"):
        return True
    others = set(turn.reading.uncovered)
    return turn.reading.has("negation") and others <= told if others else not turn.elsewhere


def _is_back(turn: _Turn) -> Lean | None:
    """Is there again, and asks nothing yet ("sorry, had to take a call")."""
    reading = turn.reading
    asks = reading.mentions or reading.times or reading.has("planned", "how_long", "which", "why", "back_to")
    return Lean("greet") if turn.memory.turns and reading.has("was_away") and not asks and turn.fits(SHORT) else None


def _of_the_other(turn: _Turn) -> Lean | None:
    """Something of the treatment not spoken of ("what does the other one do?"): the same, or else what it is."""
    topic, pair = turn.memory.topic or "", turn.reading.pair
    asks = turn.reading.has("other_one") and not turn.reading.mentions and turn.fits(SHORT)
    if not asks or not is_about(topic, pair) or _is_of_both(turn):
        return None
    other = pair[1] if is_about(topic, pair[:1]) else pair[0]
    asked = turn.guesses[0].topic if is_about(turn.guesses[0].topic, pair) else topic
    return Lean("twin", _twin_of(asked, other, turn) or f"{other}_{WHAT}")


def _twin_of(topic: Topic, treatment: TreatmentId, turn: _Turn) -> Topic | None:
    """The same of the other treatment; what nothing says of when and how long it works, the answer on sessions says."""
    twin = of_treatment(topic, treatment)
    if twin == topic or turn.knows(twin):
        return twin  # "same for Dysport?" is the same
    bare = turn.reading.words <= FEW_WORDS  # "and the other one, what does that do" asks for what it is
    return SESSIONS if bare and topic.endswith(WORKS) else None


def _is_of_both(turn: _Turn) -> bool:
    """It is clear of something that is no matter of one treatment ("does the other one hurt?")."""
    guess = turn.guesses[0].topic
    return turn.clear and not (guess in REASONS or is_about(guess, turn.reading.pair))


def _plain_kind(turn: _Turn) -> Lean | None:
    """One of ours after a question on another treatment ("and just regular needling?")."""
    plain = turn.reading.has("plain_kind") and len(turn.reading.covered) == 1 and turn.fits(FEW_WORDS)
    after = turn.memory.topic == "other_treatment"
    return Lean("twin", wait_after(turn.reading.pair[0])) if plain and after else None


def _twin(turn: _Turn) -> Lean | None:
    """The same of the other treatment ("what about needling then?" after a question on Botox)."""
    topic, covered = turn.memory.topic, turn.reading.covered
    if not topic or is_on_timing(topic) or len(covered) != 1 or turn.reading.beside or turn.reading.uncovered:
        return None
    twin = topic if topic in SAME_FOR_BOTH else _twin_of(topic, covered[0], turn)
    return Lean("twin", twin) if twin else None


def _retimes(turn: _Turn) -> Lean | None:
    """The same question with another time or another order ("3 days is fine?", "sorry, needling first")."""
    if not _is_at_hand(turn) or not turn.fits(NOT_LONG) or _asks_elsewhere(turn):
        return None
    if turn.reading.direction.flips:
        return Lean("flip")
    return Lean("number_only") if _is_hearsay(turn.reading) else _at_another_time(turn) or _reorders(turn)


def _asks_elsewhere(turn: _Turn) -> bool:
    """It asks for something else, or for reasons; a day or a length that says little else is of the timing at hand."""
    bare = _is_bare_figure(turn) or _is_bare_day(turn)
    return (turn.elsewhere and not bare) or turn.reading.has("why") or turn.asks_why


def _gives_length(reading: Reading) -> bool:
    """It gives a length of time, with or without its unit."""
    return reading.figure is not None or any(t.kind == "length" for t in reading.times)


def _is_at_hand(turn: _Turn) -> bool:
    """The turn before spoke of timing; after a side question a day alone is still of the timing before."""
    day = any(t.kind == "point" and not t.vague for t in turn.reading.times)
    alone = day and not turn.reading.mentions and turn.guesses[0].confidence < LIKELY
    return turn.on_timing or (alone and timing_topic(turn.memory) is not None)


def _is_bare_figure(turn: _Turn) -> bool:
    """It gives a length and hardly anything else, or a day that was taken for a courtesy ("so tomorrow")."""
    if not turn.gives_time or turn.reading.mentions or turn.reading.words > FEW_WORDS:
        return False
    of_a_day = not turn.reading.clinic and turn.guesses[0].topic in COURTESIES | {"location_hours"}
    return _gives_length(turn.reading) or of_a_day


def _is_bare_day(turn: _Turn) -> bool:
    """It gives a treatment another day, and says hardly anything else ("and the needling on the 3rd?")."""
    return bool(turn.reading.timeline.times) and turn.reading.beside <= WITH_A_DAY and not turn.reading.clinic


def _is_hearsay(reading: Reading) -> bool:
    """It tells what others say, and no day, news or question of its own."""
    dated = any(t.kind == "point" for t in reading.times)
    return reading.has("hearsay") and not reading.has("updates", "same_day") and not dated


def _at_another_time(turn: _Turn) -> Lean | None:
    """Another length or day; "the same day" alone is none."""
    reading, length = turn.reading, _gives_length(turn.reading)
    told = reading.timeline.says_when or reading.figure is not None or (length and "as_rule" in reading.manners)
    if (reading.has("same_day") and not reading.times) or not told:
        return None
    return Lean("regaps" if length and not (turn.memory.times or reading.timeline.times) else "retimes")


def _reorders(turn: _Turn) -> Lean | None:
    """Only another order ("sorry, needling first"); one that is put to be confirmed, or thanked for, turns nothing."""
    direction, asks = turn.reading.direction, turn.reading.has("how_long", "same_day")
    asks = asks or any(guess.topic in COURTESIES for guess in turn.guesses[:1])
    tells = direction.first and not direction.asks_which and not asks
    return Lean("reorders") if tells and not _puts_to_confirm(turn) and turn.reading.words <= SHORT else None


def _puts_to_confirm(turn: _Turn) -> bool:
    """It asks whether an order is right: in words, or the order at hand with a question mark."""
    same = turn.reading.direction.first == turn.memory.first and not turn.reading.has("supposes")
    return "confirm" in turn.reading.manners or ("proposal" in turn.reading.manners and same)


def _as_seen(turn: _Turn) -> Lean | None:
    """What the classifier of turns takes it for, where it names nothing, gives no time and is clear of no topic."""
    moved = turn.reading.moved_by is not None
    bare = turn.fits(NOT_LONG) and not (turn.reading.mentions or turn.gives_time or moved)
    if not (turn.memory.turns and bare) or turn.seen.probability < SEEN or _stands_alone(turn):
        return None
    return _lean(turn.seen.kind, turn)


def _stands_alone(turn: _Turn) -> bool:
    """It is clear of a topic of its own, or it asks something where a reaction asks nothing."""
    asks = turn.reading.has("question_word") or bool({"whether", "proposal"} & {*turn.reading.manners})
    clear = turn.clear and turn.guesses[0].topic not in NOT_OURS
    return clear or (turn.seen.kind in REACTIONS and asks)


def stands_at(lean: Lean | None, *kinds: LeanKind) -> bool:
    """Tell whether a message leans in one of these ways."""
    return lean is not None and lean.kind in kinds


WAYS = (
    _whole,
    _which_counts,
    _answers,
    _settles,
    _moves,
    _asks_figure,
    _for_another,
    _asks_leave,
    _same_for_it,
    _returns,
    _in_its_place,
    _is_back,
    _of_the_other,
    _plain_kind,
    _twin,
    _retimes,
    _as_seen,
)
