"""The episode's text with its times, in the four formats that podcast players know.

Sources: "WebVTT: The Web Video Text Tracks Format", W3C, section 4; "Transcripts", Podcasting 2.0 namespace.
"""

import json
from collections.abc import Iterator, Sequence
from html import escape

from audio.formats.tag_text import time_ms
from narration.podcast.caption_atoms import Atom
from narration.podcast.captions import Cue, joined
from narration.podcast.plain_text import clock, plain, stamp
from narration.podcast.programme import Programme
from narration.podcast.speakers import speakers
from script.dialogue import label_end

TRANSCRIPTS = {
    "transcript.vtt": "text/vtt",
    "transcript.srt": "application/x-subrip",
    "transcript.json": "application/json",
    "transcript.html": "text/html",
}
"""The names of the files, and their types as the namespace lists them."""


def vtt(cues: Sequence[Cue]) -> str:
    """The captions as WebVTT, with a speaker's name on each cue where there are several."""
    blocks = ["WEBVTT"]
    for cue in cues:
        voice = f"<v {_annotation(cue.speaker)}>" if cue.speaker else ""
        text = "\n".join(escape(line, quote=False) for line in cue.texts)
        blocks.append(f"{stamp(cue.start_ms)} --> {stamp(cue.end_ms)}\n{voice}{text}")
    return "\n\n".join(blocks) + "\n"


def srt(cues: Sequence[Cue]) -> str:
    """The captions as SubRip, a speaker's name where another one spoke before."""
    blocks = []
    for number, cue in enumerate(cues, 1):
        text = cue.lines[0][0].label + "\n".join(cue.texts) if cue.turn else "\n".join(cue.texts)
        text = text.replace("-->", "→")  # or it could be taken for a time
        blocks.append(f"{number}\n{stamp(cue.start_ms, ',')} --> {stamp(cue.end_ms, ',')}\n{text}\n")
    return "\n".join(blocks)


def transcript_json(cues: Sequence[Cue]) -> str:
    """Word by word, as the namespace's JSON: players put the words together to what they show."""
    segments = (
        ({"speaker": cue.speaker} if cue.speaker else {})
        | {"startTime": word[0].from_ms / 1000, "endTime": word[-1].to_ms / 1000, "body": joined(word)}
        for cue in cues
        for line in cue.lines
        for word in _words(line)
    )
    encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
    return f'{{"version":"1.0.0","segments":[{",".join(map(encoder.encode, segments))}]}}\n'


def transcript_html(programme: Programme) -> str:
    """A page of its own, paragraph by paragraph, each with its time and, where there are several, its speaker."""
    names = speakers(programme)
    body = [f"<h1>{_escaped(programme.title)}</h1>"]
    before = ""
    for chapter in programme.chapters:
        if len(programme.chapters) > 1:
            body.append(f"<h2>{_escaped(chapter.title)}</h2>")
        for segment, heard in programme.segments[chapter.first - 1 : chapter.last]:
            label = label_end(segment.text) if segment.speaker else 0
            words = plain(segment.text[label:])
            if not words or heard.take is None:
                continue
            name = names.get(segment.number, "")
            cite = f"<cite>{_escaped(name)}:</cite>\n" if name != before else ""
            before = name
            time = clock(time_ms(heard.from_samples, programme.sample_rate_hz))
            body.append(f"{cite}<time>{time}</time>\n<p>{_escaped(words)}</p>")
    return _HTML.format(
        language=escape(plain(programme.language) or "und"), title=_escaped(programme.title), body="\n".join(body)
    )


_HTML = """\
<!DOCTYPE html>
<html lang="{language}" dir="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body>
{body}
</body>
</html>
"""


def _escaped(text: str) -> str:
    return escape(plain(text))


def _annotation(name: str) -> str:
    """A name in a tag, whose end may not make an arrow of it: a line with "-->" is one of times."""
    return escape(name, quote=False) + (" " if name.endswith("--") else "")


def _words(line: Sequence[Atom]) -> Iterator[list[Atom]]:
    """The atoms of a line, those together that no space parts; without those that stand there once more."""
    word: list[Atom] = []
    for atom in line:
        if word and not atom.glued:
            yield word
            word = []
        if not atom.repeats:
            word.append(atom)
    if word:
        yield word
