"""chapters.json: the chapters as podcast players load them. Source: "JSON Chapters Format", Podcasting 2.0, 1.2.0."""

import json

from audio.formats.tag_text import time_ms
from narration.podcast.plain_text import plain
from narration.podcast.programme import Programme

CHAPTERS = "chapters.json"
CHAPTERS_MIME = "application/json+chapters"


def chapters_json(programme: Programme) -> str:
    """The chapters, in seconds with three decimals: the very milliseconds that the sound's own tags have."""
    rate_hz = programme.sample_rate_hz
    chapters = [
        {
            "startTime": time_ms(chapter.start_samples, rate_hz) / 1000,
            "endTime": time_ms(chapter.end_samples, rate_hz) / 1000,
            "title": plain(chapter.title),
        }
        for chapter in programme.chapters
    ]
    document = {
        "version": "1.2.0",
        "title": plain(programme.title),
        "author": plain(programme.author),
        "chapters": chapters,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
