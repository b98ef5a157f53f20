"""An article becomes a script: numbered segments, chapters and notes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from script.article import Article, Block, Override
from script.chapters import called, chapters, first_words
from script.characters import tidy
from script.dialogue import label_end, with_speakers
from script.languages import language_in, other_language, tag_of
from script.lexicon import Lexicon
from script.policy import Policy
from script.respelling import respelt
from script.script import Script, ScriptChapter, Segment, SegmentKind, Utterance
from script.settings import CASTING, ScriptSettings, settings_of
from script.speech import spoken
from script.utterances import utterances

_Voiced = tuple[Block, tuple[Utterance, ...], tuple[str, ...]]  # with the lexicon's entries that apply


def compose(article: Article, settings: ScriptSettings | None = None) -> Script:
    """The script of an article, as the settings say; None: as the article's front matter says.

    Whatever the text, it never fails; what is left out or shortened becomes a note. A script of an article
    without anything that can be said has no segments. Raises ArticleError only for meaningless front matter.
    """
    chosen = settings or settings_of(article)
    notes: Counter[str] = Counter()
    language = tag_of(chosen.language or article.language) or _detected(article, notes)
    policy = Policy(chosen.policies, language)
    lexicon = Lexicon(chosen.lexicon)
    spoken_blocks = policy.applied(article.blocks)
    if chosen.dialogue:
        spoken_blocks = tuple(with_speakers(tuple(map(_tidied, spoken_blocks)), chosen.cast))
    voiced = _voiced(policy, lexicon, spoken_blocks, chosen.utterance_characters, notes)
    blocks = [block for block, *_ in voiced]
    opening = next((block.text for block in blocks if block.text), "")
    title = called(tidy(chosen.title or article.title)[0]) or first_words(called(opening))
    author, date, description = (
        tidy(text)[0] for text in (chosen.author or article.author, article.date, article.description)
    )
    found = chapters(blocks, chosen.chapters, title)
    return Script(
        title=title,
        author=author,
        date=date,
        language=language,
        description=description,
        chapters=found,
        segments=tuple(_segments(voiced, found, chosen)),
        notes=(*article.notes, *policy.told(), *(_counted(note, count) for note, count in notes.items() if count)),
        policies=tuple(chosen.policies.chosen().items()),
        casting=_casting(article, chosen),
    )


def _casting(article: Article, chosen: ScriptSettings) -> tuple[tuple[str, str], ...]:
    asked = tuple((name, value) for name, value in article.settings.items() if name.startswith(CASTING))
    return (*asked, ("dialogue", "true")) if chosen.dialogue else asked


def _detected(article: Article, notes: Counter[str]) -> str:
    """The language of an article that does not name its own: what it looks like, or English."""
    language = language_in(block.text for block in article.blocks) or "en"
    given = f"The language is called “{article.language}”, which nobody knows" if article.language else ""
    if given or language != "en":
        doubt = given or "The language is not given"
        notes[f"{doubt}; it is taken to be {language}. `language:` in the front matter settles it."] = 1
    return language


def _voiced(
    policy: Policy, lexicon: Lexicon, blocks: Sequence[Block], longest: int, notes: Counter[str]
) -> list[_Voiced]:
    """The blocks that become segments, with what is said for each.

    Of breaks only one is kept between two others, and none at either end, where it would be a mere silence.
    """
    voiced: list[_Voiced] = []
    for block in blocks:
        if block.kind == "break":
            if voiced and voiced[-1][0].kind != "break":
                voiced.append((replace(block, text="", overrides=()), (), ()))
            continue
        text, moved = tidy(block.text, block.overrides)
        overrides = _standing(text, moved)
        other = block.language or other_language(text, policy.language)
        language = other or policy.language
        wanted = _said(text, overrides, [*_label(block, text, notes), *policy.asides(text, language)])
        found = tuple(lexicon.found(text, language, wanted))
        wanted = _spelt((*wanted, *(each.override for each in found)), language)
        said = utterances(text, language, wanted, longest, notes)
        if said:
            entries = tuple(dict.fromkeys(each.grapheme for each in found))
            voiced.append((replace(block, text=text, language=other, overrides=overrides), said, entries))
            notes[f"Taken to be in another language, {other}."] += other != block.language
        else:
            notes[f"“{first_words(text)}” has nothing to say and was left out."] += 1
    if voiced and voiced[-1][0].kind == "break":
        voiced.pop()
    return voiced


def _tidied(block: Block) -> Block:
    text, overrides = tidy(block.text, block.overrides)
    return replace(block, text=text, overrides=tuple(overrides))


def _label(block: Block, text: str, notes: Counter[str]) -> list[Override]:
    """The speaker's label, which is not said."""
    if not block.speaker:
        return []
    notes["The name before a speech is not said."] += 1
    return [Override(0, label_end(text), silent=True)]


def _spelt(overrides: Iterable[Override], language: str) -> tuple[Override, ...]:
    """The overrides in order; those in phonetic letters alone with the nearest spelling, for voices that take none."""
    return tuple(
        replace(each, say=respelt(each.ipa, language)) if each.ipa and not each.say else each
        for each in sorted(overrides, key=lambda override: override.start)
    )


def _standing(text: str, overrides: Iterable[Override]) -> tuple[Override, ...]:
    """The overrides that say something, in order and apart, each from its first word to its last."""
    standing: list[Override] = []
    reached = 0
    for each in sorted(overrides, key=lambda override: (override.start, override.end)):
        covered = text[max(each.start, 0) : each.end]
        start = max(each.start, 0) + len(covered) - len(covered.lstrip())
        end = start + len(covered.strip())
        say, ipa = tidy(each.say)[0], tidy(each.ipa)[0]
        if (say or ipa or each.silent or each.language) and reached <= start < end:
            standing.append(replace(each, start=start, end=end, say=say, ipa=ipa))
            reached = end
    return tuple(standing)


def _said(text: str, standing: Sequence[Override], asides: Sequence[Override]) -> tuple[Override, ...]:
    """What is said otherwise: as the author wants it, and elsewhere as the policies have it; in order and apart."""
    said: list[Override] = []
    taken = [(each.start, each.end) for each in standing]
    apart = (each for each in asides if not any(each.start < end and start < each.end for start, end in taken))
    for each in sorted([*standing, *apart], key=lambda override: (override.start, -override.end)):
        if each.start >= (said[-1].end if said else 0):
            said.append(_resolved(text, each))
    return tuple(said)


def _resolved(text: str, each: Override) -> Override:
    """An override in words: those of another language by its rules, of a silent one with the space before it."""
    if each.language and not (each.say or each.ipa):
        return replace(each, say=spoken(text[each.start : each.end], each.language))
    if not each.silent or text[max(each.start - 1, 0)] != " ":
        return each
    following = text[each.end : each.end + 1]
    if following == "," and text[each.start - 2 : each.start - 1] == ",":
        return replace(each, start=each.start - 1, end=each.end + 1)
    return replace(each, start=each.start - 1) if following in ",.;:!?)”’" else each


def _segments(voiced: list[_Voiced], found: tuple[ScriptChapter, ...], settings: ScriptSettings) -> Iterator[Segment]:
    openings = {chapter.first for chapter in found}
    chapter = 0
    for number, (block, said, entries) in enumerate(voiced, 1):
        chapter += number in openings
        following = voiced[number][0].kind if number < len(voiced) else ""
        kind = cast("SegmentKind", block.kind)  # the policies leave no other
        pause_s = settings.pauses.after(kind)
        if following == "heading" and number + 1 in openings:
            pause_s = max(pause_s, settings.pauses.chapter)
        yield Segment(
            number=number,
            kind=kind,
            level=block.level,
            chapter=chapter,
            text=block.text,
            utterances=said,
            voice=block.voice,
            speed=block.speed,
            pause_after_s=pause_s if block.pause_s is None else block.pause_s,
            language=block.language,
            overrides=block.overrides,
            lexicon=entries,
            speaker=block.speaker,
            pictures=block.pictures,
        )


def _counted(note: str, count: int) -> str:
    return note if count == 1 else f"{note.removesuffix('.')} ({count} times)."
