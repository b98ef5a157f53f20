"""What is published, against public test data: the Podcasting 2.0 schema, and strings that break programs.

    python benchmarks/listening.py [YARDSTICKS]

First the captions of a long text: how many keep to the rules, and what they cost.

YARDSTICKS is a folder with podcast/schema/podcast.xsd of the podcast namespace, text/naughty-strings.jsonl and
security/xss.jsonl: rows with a string as `input`. Each string is title, author, description, chapter and paragraph.
"""

import argparse
import json
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import prose
from lxml import etree, html

sys.path.insert(0, str(Path(__file__).parents[1]))

from narration.podcast.captions import cues, text_width
from narration.podcast.entry import entry_of
from narration.podcast.feed import feed_xml
from narration.podcast.outline import outline
from narration.podcast.page import page
from narration.podcast.plain_text import plain
from narration.podcast.show import Show, show_toml
from narration.podcast.show_page import show_page
from narration.podcast.transcript import srt, transcript_html, transcript_json, vtt
from tests.narration.podcast.programmes import programme

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SHOW = Show("A", "B", "a@example.org", category="Arts > Books", base_url="https://example.org", copyright="C")
RUNS = ("javascript:", "data:", "vbscript:")
CHARACTERS, WORD_S = 600_000, 0.33
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("yardsticks", type=Path, nargs="?")
    yardsticks = parser.parse_args().yardsticks
    captions()
    if yardsticks is None:
        return
    by_schema(yardsticks / "podcast" / "schema")
    for name in ("text/naughty-strings.jsonl", "security/xss.jsonl"):
        rows = (yardsticks / name).read_text("utf-8").strip("\n").split("\n")
        strings = [json.loads(row)["input"] for row in rows]
        faults = [fault for text in strings for fault in faults_of(text)]
        print(f"{name}: {len(strings)} strings, {len(faults)} faults")
        for fault in faults[:10]:
            print("   ", fault)


def captions() -> None:
    paragraphs = [text for text in prose.article(CHARACTERS).split("\n\n") if text.strip()]
    long = programme([paragraphs[n : n + 20] for n in range(0, len(paragraphs), 20)], [WORD_S])
    begun = time.process_time()
    found = cues(long)
    cpu_s = time.process_time() - begun
    lengths_ms = [cue.end_ms - cue.start_ms for cue in found]
    ends = [cue.lines[-1][-1].ends != "" for cue in found]
    print(f"captions of {long.duration_s / 3600:.1f} h: {len(found)} cues in {cpu_s:.1f} s of CPU")
    print(f"    from {min(lengths_ms)} to {max(lengths_ms)} ms, {100 * sum(ends) / len(ends):.1f} % end with a clause")
    print(f"    widest line {max(text_width(line) for cue in found for line in cue.texts)} characters")


def by_schema(folder: Path) -> None:
    schema = etree.XMLSchema(etree.parse(folder / "podcast-wrapper.xsd"))
    known = {each.get("name") for each in etree.parse(folder / "podcast.xsd").getroot().iter("{*}element")}
    feed = etree.fromstring(feed_xml(SHOW, [entry_of(programme([["One."], ["Two."]]), (), 1, NOW)]))
    ours = [each for each in feed.iter(f"{PODCAST}*") if etree.QName(each).localname in known]
    wrapper = etree.Element(f"{PODCAST}test-wrapper")
    wrapper.extend(ours)
    schema.validate(wrapper)
    names = sorted({etree.QName(each).localname for each in wrapper})
    print(f"schema: {len(schema.error_log)} errors in {', '.join(names)}")
    for error in schema.error_log:
        print("   ", error.message)


def faults_of(text: str) -> list[str]:
    made = programme([[text, "Words."], [text]], titles=[text, text], title=text, author=text, description=text)
    show = replace(SHOW, title=f"{text} t", author=text, description=text, copyright=text)
    entry = entry_of(made, (), 0, NOW)
    found = cues(made)
    plainly = programme([["One.", "Words."], ["Two."]], titles=["a", "b"])
    faults = []
    try:
        channel = etree.fromstring(feed_xml(show, [entry])).find("channel")
        if channel.findtext("item/title") != (plain(text) or "Untitled"):
            faults.append(f"feed: {text!r}")
        json.loads(transcript_json(found))
        show_toml(show)
        if vtt(found).count("\n\n") != len(found) or srt(found).count(" --> ") != len(found):
            faults.append(f"captions: {text!r}")
        for name, written, usual in (
            ("transcript", transcript_html(made), transcript_html(plainly)),
            ("show", show_page(show, [entry]), show_page(SHOW, [entry_of(plainly, (), 0, NOW)])),
            ("page", page(made, outline(made), {1: "", 2: ""}), page(plainly, outline(plainly), {1: "", 2: ""})),
        ):
            if kinds(written) - kinds(usual):
                faults.append(f"{name}: {text!r}: {sorted(kinds(written) - kinds(usual))}")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        faults.append(f"{text!r}: {error!r}")
    return faults


class _Kinds(HTMLParser):
    """Elements with the names of their attributes, and addresses that run scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag}[{name}]" for name, _ in attributes if name not in ("lang", "dir", "class"))}
        self.found |= {
            f"{name}={value}"
            for name, value in attributes
            if name in ("href", "src")
            and (value or "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))
        }


def kinds(text: str) -> set[str]:
    """What elements and attributes a page has, by two parsers."""
    parser = _Kinds()
    parser.feed(text)
    return parser.found | {f"{each.tag}" for each in html.document_fromstring(text).iter() if isinstance(each.tag, str)}


if __name__ == "__main__":
    main()
