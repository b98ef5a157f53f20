"""Text and times as every tag format can hold them."""

from audio.episode import Chapter, Tags


def tag_text(text: str) -> str:
    """Text without what breaks files: lone surrogates become U+FFFD, NUL characters go."""
    return text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def cut_utf8(text: str, max_bytes: int) -> bytes:
    """Clean text in UTF-8, cut between characters so that it has so many bytes at most."""
    return tag_text(text).encode()[:max_bytes].decode(errors="ignore").encode()


def chapter_time_ms(chapter: Chapter, sample_rate_hz: int) -> int:
    """Where the chapter starts, in milliseconds."""
    return time_ms(chapter.start_samples, sample_rate_hz)


def time_ms(position_samples: int, sample_rate_hz: int) -> int:
    """Timeline position in milliseconds: always from the absolute one, half a millisecond rounds up."""
    return (position_samples * 2000 + sample_rate_hz) // (2 * sample_rate_hz)


def tag_pairs(tags: Tags) -> tuple[tuple[str, str], ...]:
    """Names of the tags that are set and their clean text: title, author, date, language, description."""
    names = ("title", "author", "date", "language", "description")
    values = ((name, tag_text(getattr(tags, name)).strip()) for name in names)
    return tuple((name, value) for name, value in values if value)
