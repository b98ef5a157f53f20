"""What will be recorded, what will be reused, and why: decided before anything is done."""

import difflib
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from narration.project import Choice, How, Take
from narration.take import Sound

Action = Literal["reuse", "record", "pause"]

_CHOSEN: dict[How, str] = {
    "redo": "the take you recorded again",
    "pick": "the take you picked",
    "say": "the words you gave it",
    "voice": "the voice you gave it",
    "from": "your own recording",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One segment as the plan sees it: which text it is, and how it would sound; sound: None for a break.

    key: hash of the written text; occurrence: counts equal paragraphs from 1; lexicon: the entries that apply to it.
    """

    number: int
    text: str
    key: str
    occurrence: int
    sound: Sound | None
    lexicon: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What is done for one paragraph, and why. take: the one that is reused."""

    paragraph: Paragraph
    action: Action
    why: str
    take: int | None = None
    chosen: Choice | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A step for each paragraph, and what a person should know: choices that no longer apply."""

    steps: tuple[Step, ...]
    notes: tuple[str, ...]

    @property
    def to_record(self) -> tuple[Step, ...]:
        """The steps that record."""
        return tuple(step for step in self.steps if step.action == "record")


def paragraph_key(text: str) -> str:
    """What a paragraph is known by, wherever it stands: SHA-256 of its written text, 32 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def paragraphs(
    texts: Sequence[str], sounds: Sequence[Sound | None], lexicons: Sequence[tuple[str, ...]] = ()
) -> tuple[Paragraph, ...]:
    """The segments' texts and sounds as paragraphs, equal ones counted; lexicons: the entries that apply to each."""
    seen: Counter[str] = Counter()
    result = []
    applying = lexicons or [()] * len(texts)
    for number, (text, sound, entries) in enumerate(zip(texts, sounds, applying, strict=True), 1):
        key = paragraph_key(text)
        seen[key] += 1
        result.append(Paragraph(number, text, key, seen[key], sound, entries))
    return tuple(result)


def plan(
    now: Sequence[Paragraph],
    takes: Sequence[Take],
    choices: Mapping[tuple[str, int], Choice],
    before: Sequence[Paragraph],
) -> Plan:
    """The step of each paragraph: what was chosen, else a take that sounds just like it, else a new recording.

    before: the paragraphs of the last `make`, from which the reasons come.
    """
    by_key = {take.key: take for take in reversed(takes)}
    by_id = {take.id: take for take in takes}
    matches = _matches(before, now)
    steps = []
    notes = []
    for paragraph in now:
        choice = choices.get((paragraph.key, paragraph.occurrence))
        chosen = by_id.get(choice.take) if choice else None
        if choice and chosen and _stands(choice, chosen, paragraph):
            steps.append(Step(paragraph, "reuse", _CHOSEN[choice.how], chosen.id, choice))
            notes += _kept(paragraph, choice, chosen)
        else:
            steps.append(_step(paragraph, by_key, matches.get(paragraph.number)))
    return Plan(tuple(steps), (*notes, *_dropped(now, before, choices)))


def _step(paragraph: Paragraph, by_key: Mapping[str, Take], earlier: Paragraph | None) -> Step:
    if paragraph.sound is None:
        return Step(paragraph, "pause", "a pause")
    take = by_key.get(paragraph.sound.key)
    if take is not None:
        return Step(paragraph, "reuse", "unchanged", take.id)
    if earlier is None or earlier.sound is None:
        return Step(paragraph, "record", "new")
    why = paragraph.sound.difference(earlier.sound, _said_otherwise(paragraph, earlier))
    return Step(paragraph, "record", why or "not recorded yet")


def _said_otherwise(paragraph: Paragraph, earlier: Paragraph) -> str:
    """Why a paragraph is said in other words: its text, or the lexicon's entries that apply to it."""
    if paragraph.key != earlier.key:
        return "text changed"
    new = [f"lexicon entry “{each}” is new" for each in paragraph.lexicon if each not in earlier.lexicon]
    gone = [f"lexicon entry “{each}” no longer applies" for each in earlier.lexicon if each not in paragraph.lexicon]
    if new or gone:
        return "; ".join([*new, *gone])
    entries = " or ".join(f"“{each}”" for each in paragraph.lexicon)
    return f"lexicon entry {entries} changed" if entries else "text changed"


def _stands(choice: Choice, chosen: Take, paragraph: Paragraph) -> bool:
    """Whether the choice still holds: a plain new take does so until the text or the voice is another."""
    if choice.how != "redo" or chosen.sound is None or paragraph.sound is None:
        return True
    return chosen.sound.first == paragraph.sound.first


def _kept(paragraph: Paragraph, choice: Choice, chosen: Take) -> list[str]:
    """A note where a choice overrules what the settings ask for now."""
    if choice.how in ("say", "voice", "from") or chosen.sound is None or paragraph.sound is None:
        return []
    difference = paragraph.sound.first.difference(chosen.sound.first)
    return [f"Paragraph {paragraph.number} keeps {_CHOSEN[choice.how]}, though: {difference}."] if difference else []


def _dropped(
    now: Sequence[Paragraph], before: Sequence[Paragraph], choices: Mapping[tuple[str, int], Choice]
) -> list[str]:
    """A note for each choice whose paragraph the last `make` had and this one has not."""
    here = {(paragraph.key, paragraph.occurrence) for paragraph in now}
    notes = []
    for paragraph in before:
        place = (paragraph.key, paragraph.occurrence)
        if place in choices and place not in here:
            notes.append(
                f"“{_excerpt(paragraph.text)}” is no longer there. Until it is back, the episode goes without "
                f"{_CHOSEN[choices[place].how]}, and the project keeps that."
            )
    return notes


def _matches(before: Sequence[Paragraph], now: Sequence[Paragraph]) -> dict[int, Paragraph]:
    """For each paragraph's number, the earlier one it came from: the same text, or a text changed in its place."""
    matcher = difflib.SequenceMatcher(None, [p.key for p in before], [p.key for p in now], autojunk=False)
    pairs: dict[int, Paragraph] = {}
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag in ("equal", "replace"):
            pairs |= {new.number: old for old, new in zip(before[first:last], now[start:end], strict=False)}
    return pairs


def _excerpt(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + "…"
