"""Who speaks in an episode in which several do."""

from narration.podcast.plain_text import plain
from narration.podcast.programme import Programme


def speakers(programme: Programme) -> dict[int, str]:
    """The name of who speaks each segment, by its number; none where one speaks throughout.

    In a dialogue it is the speaker's, as the article has it, and the author's for what stands between. Else it is the
    voice's, without its engine's, and the author's for a recording of a person's own.
    """
    heard = [(segment, heard.voice) for segment, heard in programme.segments if heard.take is not None]
    dialogue = any(segment.speaker for segment, _ in heard)
    names = {
        segment.number: plain(segment.speaker or ("" if dialogue else voice.partition("/")[2]) or programme.author)
        for segment, voice in heard
    }
    return names if len(set(names.values())) > 1 else {}
