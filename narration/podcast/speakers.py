"""Who speaks in an episode that has several voices."""

from narration.podcast.plain_text import plain
from narration.podcast.programme import Programme


def speakers(programme: Programme) -> dict[int, str]:
    """The name of who speaks each segment, by its number; none where one speaks throughout.

    It is the voice's, without its engine's, and the author's for a recording of a person's own.
    """
    names = {
        segment.number: plain(heard.voice.partition("/")[2] or programme.author)
        for segment, heard in programme.segments
        if heard.take is not None
    }
    return names if len(set(names.values())) > 1 else {}
