"""The editable script: pandoc Markdown that reads as the same script again."""

import re
from collections.abc import Callable
from urllib.parse import quote

from script.article import Block, Override, Picture
from script.chapters import chapters
from script.patterns import regex
from script.script import Script, Segment
from script.settings import ChapterMode, Pauses

# What means something to pandoc's Markdown wherever it stands; quotation marks and dashes are left as typed.
_SPECIAL = regex(r"[\\`*_\[\]<~^${}]|(?<![^\W_])@|&(?=#?\w+;)|#(?=#*$)")
_LISTED = regex(r"(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)(?=[.)](?:\s|$))")
_UNSAFE = regex(r'[\s()<>\\"]')  # what would end or break a picture's place
_BREAK = "* * *"

Placing = Callable[[str], str]
"""Where a picture is as seen from the script, of its place in the article; "" where it cannot be had."""


def written(script: Script, placed: Placing = str) -> str:
    """The script as pandoc Markdown: front matter, and each segment with what sets it apart, and its pictures.

    `read` accepts it, and composed again it gives the same segments and spoken text, unless its settings
    ask for a shorter utterance.
    """
    body = (_segment(segment, script, index, placed) for index, segment in enumerate(script.segments))
    return "\n\n".join([_front_matter(script), *body]) + "\n"


def _front_matter(script: Script) -> str:
    about = {
        "title": _marked(script.title),
        "author": _marked(script.author),
        "date": _marked(script.date),
        "language": _marked(script.language),
        "description": _marked(script.description),
        "chapters": _mode(script).removeprefix("auto"),
        **dict(script.policies),
        **dict(script.casting),
    }
    # In single quotes nothing means anything to YAML but the quote itself.
    quoted = {key: value.replace("'", "''") for key, value in about.items() if value}
    lines = [f"{_key(key)}: '{value}'" for key, value in quoted.items()]
    return "\n".join(["---", *lines, "---"])


def _key(name: str) -> str:
    doubled = name.replace("'", "''")
    return name if re.fullmatch(r"[\w.-]+", name) else f"'{doubled}'"


def _mode(script: Script) -> ChapterMode:
    """The simplest way of making chapters that gives the script's own."""
    blocks = [_block(segment) for segment in script.segments]
    modes: tuple[ChapterMode, ...] = ("auto", "headings", "paragraphs", "none")
    return next((mode for mode in modes if chapters(blocks, mode, script.title) == script.chapters), "auto")


def _block(segment: Segment) -> Block:
    return Block(segment.kind, segment.text, segment.level, overrides=segment.overrides)


def _segment(segment: Segment, script: Script, index: int, placed: Placing) -> str:
    text = _BREAK if segment.kind == "break" else _marked(segment.text, segment.overrides)
    pictures = [each for each in segment.pictures if placed(each.place)]
    described = segment.kind == "caption" and bool(pictures)
    if described:
        text = _picture(pictures.pop(0), placed, segment.text, text)
    elif segment.kind == "heading":
        text = f"{'#' * min(max(segment.level, 1), 6)} {text}"
    elif segment.kind == "item":
        text = "- " * max(segment.level, 1) + text
    elif segment.kind == "quote":
        text = "> " * max(segment.level, 1) + text
    asked = _asked(segment, script, index)
    if segment.kind == "caption" and not described:
        asked = f".caption {asked}".rstrip()
    own = f"::: {{{asked}}}\n{text}\n:::" if asked else text
    return "\n\n".join([own, *(_picture(each, placed) for each in pictures)])


def _picture(picture: Picture, placed: Placing, caption: str = "", marked: str = "") -> str:
    """A picture with its caption, as it stands and as Markdown, and what else describes it."""
    place = _UNSAFE.sub(lambda found: quote(found[0]), placed(picture.place))
    other = picture.description if caption and picture.description != caption else ""
    return f"![{marked}]({place})" + (f'{{alt="{_attribute(other)}"}}' if other else "")


def _asked(segment: Segment, script: Script, index: int) -> str:
    """The attributes that set a segment apart from others of its kind."""
    wanted = {
        "voice": segment.voice,
        "speed": "" if segment.speed is None else f"{segment.speed:.12g}",
        "lang": segment.language,
        "pause": "" if segment.pause_after_s == _usual_pause_s(script, index) else f"{segment.pause_after_s:.12g}",
    }
    return " ".join(f'{name}="{_attribute(value)}"' for name, value in wanted.items() if value)


def _usual_pause_s(script: Script, index: int) -> float:
    """The pause after a segment when nobody asks for another, in seconds."""
    pauses = Pauses()
    following = script.segments[index + 1] if index + 1 < len(script.segments) else None
    usual = pauses.after(script.segments[index].kind)
    opens = following and following.kind == "heading" and following.chapter != script.segments[index].chapter
    return max(usual, pauses.chapter) if opens else usual


def _marked(text: str, overrides: tuple[Override, ...] = ()) -> str:
    """The text with its overrides as spans, and what would mean something to Markdown escaped."""
    pieces: list[str] = []
    last = 0
    for each in overrides:
        said = {"say": each.say, "ipa": each.ipa, "lang": each.language}
        wanted = [f'{name}="{_attribute(value)}"' for name, value in said.items() if value]
        attributes = " ".join(['say=""', *wanted] if each.silent else wanted)
        before = re.sub(r"!\Z", r"\!", _escaped(text[last : each.start]))  # "![" would begin a picture
        pieces += [before, f"[{_escaped(text[each.start : each.end])}]{{{attributes}}}"]
        last = each.end
    rest = _escaped(text[last:])
    return _opened("".join([*pieces, rest]))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _opened(text: str) -> str:
    listed = _LISTED.match(text)
    if listed:
        return f"{text[: listed.end()]}\\{text[listed.end() :]}"
    # A heading, quotation, list, table, title block or definition would begin here.
    return re.sub(r"\A(?:[#>|%+:=!-]|\()", r"\\\g<0>", text)


def _attribute(value: str) -> str:
    return re.sub(r'["\\&]', r"\\\g<0>", value)
